//! Data out of documents.

use tabulary_ir::{Reader, Writer};
use tabulary_read_docx::DocxReader;
use tabulary_read_html::HtmlReader;
use tabulary_read_xlsx::XlsxReader;
use tabulary_write_docx::DocxWriter;
use tabulary_write_html::HtmlWriter;
use tabulary_write_xlsx::XlsxWriter;

use super::{annual, differences, lines, numbered, of_text, read, seed, write};
use crate::{Form, Report, built_in, check, extract, fill};

const FORMATS: [(&str, &dyn Reader, &dyn Writer); 3] = [
    ("xlsx", &XlsxReader, &XlsxWriter),
    ("docx", &DocxReader, &DocxWriter),
    ("html", &HtmlReader, &HtmlWriter),
];

fn goes_round(form: &Form, report: &Report) {
    let document = fill(form, report);
    let again = extract(form, &document, &[]);
    assert_eq!(lines(&again), Vec::<String>::new());
    assert_eq!(differences(report, &again.report), Vec::<String>::new());
    for (name, reader, writer) in FORMATS {
        let bytes = write(writer, &document);
        let outcome = read(reader, &bytes);
        let again = extract(form, &outcome.value, &outcome.diagnostics);
        assert_eq!(lines(&again), Vec::<String>::new(), "{name}");
        assert_eq!(
            differences(report, &again.report),
            Vec::<String>::new(),
            "{name}"
        );
        assert!(report.same_data(&again.report), "{name}");
    }
}

#[test]
fn what_is_filled_in_is_read_back_from_every_format() {
    for form in built_in() {
        goes_round(form, &numbered(form));
    }
}

#[test]
fn the_first_report_goes_round() {
    let form = annual("2019");
    goes_round(form, &of_text(form, &seed()).report);
}

#[test]
fn every_cell_of_the_first_report_is_read() {
    let form = annual("2019");
    let extraction = of_text(form, &seed());
    let told: Vec<_> = extraction
        .findings
        .iter()
        .map(|f| f.line(crate::Language::English))
        .collect();
    assert_eq!(told, Vec::<String>::new());
    let report = &extraction.report;
    let numbers = form
        .fields()
        .iter()
        .filter(|field| field.kind.is_number() && field.id.contains('.'));
    let mut count = 0;
    for field in numbers {
        let wanted = match field.id.as_str() {
            "t2.reg.made" | "t2.reg.disclosed" | "t2.reg.total" => "2",
            _ => "0",
        };
        let value = report.fields.get(&field.id).map(|value| value.shown());
        assert_eq!(value, Some(wanted), "{}", field.id);
        count += 1;
    }
    assert_eq!(count, 198);
    assert_eq!(report.fields["year"].shown(), "2019");
    assert_eq!(report.fields["org"].shown(), "双牌县政务服务中心");
    let prose: Vec<_> = report
        .prose
        .iter()
        .map(|(id, blocks)| (id.as_str(), blocks.len()))
        .collect();
    assert_eq!(prose, [("s0", 1), ("s1", 9), ("s5", 2), ("s6", 1)]);
    let checked = check(form, report, None);
    assert_eq!(
        (
            checked.holds,
            checked.violated,
            checked.undecided.len(),
            checked.skipped
        ),
        (47, 0, 0, 12)
    );
}
