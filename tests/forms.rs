//! Forms from end to end: templates that were drawn, and reports through every format.

mod support;

use std::path::Path;

use support::seed_report;
use tabulary::forms::{Form, Forms, Report, check, draft, extract, fill, load_form, read_report};
use tabulary::ir::{Document, Error, ReadOptions};
use tabulary::{Options, formats, read, read_bytes, write, write_bytes};

const DRAWN: &str = "项目,金额（万元）,人次\n国内,{{costs.home}},{{count.home}}\n国外,{{costs.abroad}},{{count.abroad}}\n合计,{{costs.all}},{{count.all}}\n";
const RULE: &str = "\n[[rules]]\nid = \"sum\"\nrule = \"costs.all == costs.home + costs.abroad\"\nzh = \"合计等于两项之和\"\n";

fn write_as(document: &Document, format: &str) -> Vec<u8> {
    let written = write_bytes(document, format, &Options::default().write);
    written.expect("a document that is written").value
}

/// A form whose template is a file of a format.
fn drawn(folder: &Path, format: &str) -> Result<Form, Error> {
    let options = Options::default();
    let document = read_bytes(DRAWN.as_bytes(), Some("drawn.csv"), &options)?.value;
    let template = format!("template.{format}");
    write(&document, folder.join(&template), &options)?;
    let drawn = read(folder.join(&template), &options)?.value;
    let toml = draft("costs", &template, &drawn)? + RULE;
    std::fs::write(folder.join("form.toml"), toml).expect("the folder is there");
    load_form(folder)
}

#[test]
fn a_template_may_be_drawn_in_any_format() {
    for format in ["xlsx", "docx", "html", "md", "csv"] {
        let folder = tempfile::tempdir().expect("a folder");
        let form = drawn(folder.path(), format).unwrap_or_else(|error| panic!("{format}: {error}"));
        let mut report = Report::new(&form);
        for (id, text) in [
            ("costs.home", "1.5万元"),
            ("costs.abroad", "20000元"),
            ("costs.all", "3.6"),
            ("count.home", "７人次"),
        ] {
            assert!(report.set(&form, id, text), "{id}");
        }
        let document = fill(&form, &report);
        for to in ["xlsx", "docx", "html", "md"] {
            let bytes = write_as(&document, to);
            let reading = read_report(
                &bytes,
                Some(&format!("a.{to}")),
                &[&form],
                &Options::default(),
            );
            let reading = reading.unwrap_or_else(|error| panic!("{format} {to}: {error}"));
            let values = &reading.extraction.report.fields;
            let shown = |id: &str| values[id].shown().to_owned();
            assert_eq!(
                (
                    shown("costs.home"),
                    shown("costs.abroad"),
                    shown("count.home")
                ),
                ("1.5".into(), "2".into(), "7".into())
            );
            let result = check(&form, &reading.extraction.report, None);
            let told: Vec<_> = result
                .findings
                .iter()
                .map(|finding| finding.difference.as_deref())
                .collect();
            assert_eq!(told, [Some("0.1")], "{format} {to}");
        }
    }
}

#[test]
fn a_form_that_is_not_sound_says_where() {
    let folder = tempfile::tempdir().expect("a folder");
    drawn(folder.path(), "xlsx").expect("a sound form");
    let path = folder.path().join("form.toml");
    let toml = std::fs::read_to_string(&path).expect("the form");
    std::fs::write(
        &path,
        toml.replace("costs.abroad\"\nzh", "costs.nowhere\"\nzh"),
    )
    .expect("written");
    let error = load_form(folder.path())
        .expect_err("a rule names no field")
        .to_string();
    assert!(
        error.contains("form.toml:") && error.contains("costs.nowhere"),
        "{error}"
    );
    std::fs::write(&path, toml.replace("template.xlsx", "../template.xlsx")).expect("written");
    let error = load_form(folder.path())
        .expect_err("a template elsewhere")
        .to_string();
    assert!(error.contains("beside it"), "{error}");
}

#[test]
fn the_first_report_goes_through_every_format() {
    let forms = Forms::new();
    let all = forms.all();
    let options = Options::default();
    let bytes = std::fs::read(seed_report()).expect("the report");
    let first = read_report(&bytes, Some("report.txt"), &all, &options).expect("a report");
    assert_eq!(first.extraction.findings.len(), 0);
    let document = fill(first.form, &first.extraction.report);
    let folder = tempfile::tempdir().expect("a folder");
    let mut paths = Vec::new();
    for row in formats() {
        let id = row.format.id;
        if row.writer.is_none() || ["csv", "tsv"].contains(&id) {
            continue;
        }
        let path = folder.path().join(format!("report.{id}"));
        write(&document, &path, &options).expect("a document that is written");
        paths.push(path);
    }
    assert_eq!(paths.len(), 7);
    for path in &paths {
        let bytes = std::fs::read(path).expect("what was written");
        let name = path.file_name().and_then(|name| name.to_str());
        let reading = read_report(&bytes, name, &all, &options);
        let reading = reading.unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        assert!(std::ptr::eq(reading.form, first.form));
        assert!(
            reading
                .extraction
                .report
                .same_data(&first.extraction.report),
            "{}",
            path.display()
        );
        assert_eq!(
            check(reading.form, &reading.extraction.report, None).holds,
            47
        );
    }
}

#[test]
fn the_pages_of_a_report_are_read_as_the_report() {
    let forms = Forms::new();
    let options = Options::default();
    let bytes = std::fs::read(seed_report()).expect("the report");
    let first = read_report(&bytes, Some("report.txt"), &forms.all(), &options).expect("a report");
    let pdf = write_as(&fill(first.form, &first.extraction.report), "pdf");
    let pages = Options {
        read: ReadOptions {
            embedded: false,
            ..ReadOptions::default()
        },
        ..Options::default()
    };
    let outcome = read_bytes(&pdf, Some("report.pdf"), &pages).expect("a document");
    let found = extract(first.form, &outcome.value, &outcome.diagnostics);
    assert_eq!(found.findings.len(), 0);
    assert_eq!(found.report.fields, first.extraction.report.fields);
    let sections: Vec<&String> = found.report.prose.keys().collect();
    assert_eq!(
        sections,
        first.extraction.report.prose.keys().collect::<Vec<_>>()
    );
}
