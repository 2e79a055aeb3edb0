//! PDFs as they are published: what they keep, what they carry, and that no table loses anything on paper.

mod support;

use support::{read_file, seed_report};
use tabulary::ir::{
    Block, Cell, Code, Diagnostics, Document, ErrorKind, PageStandard, PublicationStyle,
    TableBuilder, block_text,
};
use tabulary::{Options, convert_bytes, read_bytes, write_bytes};

/// A document as a PDF that does not carry it, and what the reader makes of its pages.
fn on_paper(document: &Document, options: &Options) -> (Vec<u8>, Document, Vec<String>) {
    let mut options = options.clone();
    options.write.embed = false;
    let written = write_bytes(document, "pdf", &options.write).expect("a PDF");
    let told = written.diagnostics.iter().map(ToString::to_string);
    let told = told.collect();
    let back = read_bytes(&written.value, None, &options).expect("a document");
    (written.value, back.value, told)
}

fn styled(style: PublicationStyle) -> Options {
    let mut options = Options::default();
    options.write.style = style;
    options
}

/// Letters and digits, in order of their codes: the layout changes the rest.
fn letters(document: &Document) -> String {
    let mut letters: Vec<char> = document
        .body
        .iter()
        .flat_map(|block| block_text(block).chars().collect::<Vec<_>>())
        .filter(|c| c.is_alphanumeric())
        .collect();
    letters.sort_unstable();
    letters.into_iter().collect()
}

fn table(builder: TableBuilder) -> Document {
    let table = builder.finish(&mut Diagnostics::new());
    Document {
        body: vec![Block::Table(Box::new(table))],
        ..Document::default()
    }
}

#[test]
fn the_report_is_whole_in_every_style() {
    let report = read_file(&seed_report()).value;
    for style in [
        PublicationStyle::Gongwen,
        PublicationStyle::Plain,
        PublicationStyle::Report,
    ] {
        let (_, back, _) = on_paper(&report, &styled(style));
        let texts = |document: &Document| {
            let tables = document.tables().into_iter();
            tables.map(|table| table.cells().len()).collect::<Vec<_>>()
        };
        assert_eq!(texts(&back), texts(&report), "{style:?}");
        let missing = |wanted: &str, found: &str| {
            let mut found: Vec<char> = found.chars().collect();
            wanted
                .chars()
                .filter(|c| match found.binary_search(c) {
                    Ok(at) => {
                        found.remove(at);
                        false
                    }
                    Err(_) => true,
                })
                .collect::<String>()
        };
        assert_eq!(missing(&letters(&report), &letters(&back)), "", "{style:?}");
    }
}

#[test]
fn a_table_of_forty_columns_loses_nothing() {
    let mut builder = TableBuilder::new().headers(1, 1);
    for row in 0..6 {
        for col in 0..40 {
            builder.place(Cell::text(format!("r{row}c{col}value")).at(row, col));
        }
    }
    let document = table(builder);
    let (_, back, told) = on_paper(&document, &styled(PublicationStyle::Plain));
    assert!(
        told.iter()
            .any(|one| one.contains("parts, one below another")),
        "{told:?}"
    );
    let found: String = back
        .body
        .iter()
        .map(block_text)
        .collect::<Vec<_>>()
        .join(" ");
    for row in 0..6 {
        for col in 0..40 {
            let wanted = format!("r{row}c{col}value");
            assert!(found.contains(&wanted), "{wanted} in {found}");
        }
    }
}

#[test]
fn a_long_span_and_a_long_cell_lose_nothing() {
    let mut builder = TableBuilder::new();
    builder.place(Cell::text("all of it").spanning(200, 1));
    for row in 0..200 {
        builder.place(Cell::text(format!("row{row}")).at(row, 1));
    }
    let document = table(builder);
    let (_, back, _) = on_paper(&document, &styled(PublicationStyle::Plain));
    let found: String = back
        .body
        .iter()
        .map(block_text)
        .collect::<Vec<_>>()
        .join(" ");
    assert!((0..200).all(|row| found.contains(&format!("row{row}"))));

    let long: String = (0..1000).map(|at| format!("w{at:03} ")).collect();
    let mut builder = TableBuilder::new();
    builder.place(Cell::text(long.trim()));
    builder.place(Cell::text("beside").at(0, 1));
    let document = table(builder);
    let (_, back, _) = on_paper(&document, &styled(PublicationStyle::Plain));
    assert_eq!(letters(&back), letters(&document));
}

#[test]
fn a_pdf_that_carries_its_document_is_for_archives() {
    let report = read_file(&seed_report()).value;
    let options = Options::default();
    let pdf = write_bytes(&report, "pdf", &options.write).expect("a PDF");
    let text = String::from_utf8_lossy(&pdf.value).into_owned();
    assert!(text.contains("<pdfaid:part>3</pdfaid:part>"));
    assert!(text.contains("/AFRelationship/Data"));

    let unknown = Document {
        body: vec![Block::paragraph("\u{E000}")],
        ..Document::default()
    };
    let pdf = write_bytes(&unknown, "pdf", &options.write).expect("a PDF");
    let lowered = pdf
        .diagnostics
        .iter()
        .find(|one| one.code == Code::StandardLowered);
    assert!(lowered.is_some_and(|one| one.message.contains("U+E000")));
    assert!(!String::from_utf8_lossy(&pdf.value).contains("pdfaid"));
}

#[test]
fn a_standard_without_attached_files_leaves_the_document_out() {
    let report = read_file(&seed_report()).value;
    let mut options = Options::default();
    options.write.standards = vec![PageStandard::A2b];
    let pdf = write_bytes(&report, "pdf", &options.write).expect("a PDF");
    assert!(
        pdf.diagnostics
            .iter()
            .any(|one| one.code == Code::DocumentNotCarried)
    );
    assert!(!String::from_utf8_lossy(&pdf.value).contains("/EmbeddedFiles"));

    options.write.standards = vec![PageStandard::A4f];
    options.write.embed = false;
    let error = write_bytes(&report, "pdf", &options.write).expect_err("no file is attached");
    assert_eq!(error.kind(), ErrorKind::Caller);
}

#[test]
fn the_source_goes_along_where_it_is_asked_for() {
    let source = "# One\n\ntext\n";
    let mut options = Options {
        to: Some("pdf".into()),
        attach_source: true,
        ..Options::default()
    };
    let name = Some("报告.md");
    let (pdf, _) = convert_bytes(source.as_bytes(), name, &options).expect("a PDF");
    let text = String::from_utf8_lossy(&pdf).into_owned();
    assert!(text.contains("/AFRelationship/Source") && text.contains("/Subtype/text#2Fmarkdown"));
    let back = read_bytes(&pdf, None, &Options::default()).expect("a document");
    let own = read_bytes(source.as_bytes(), name, &Options::default()).expect("a document");
    assert_eq!(back.value.body.len(), own.value.body.len());

    options.write.standards = vec![PageStandard::A2b];
    let error = convert_bytes(source.as_bytes(), name, &options).expect_err("no attached files");
    assert_eq!(error.kind(), ErrorKind::Caller);
}

#[test]
fn every_standard_gives_the_same_bytes_again() {
    let report = read_file(&seed_report()).value;
    for standard in PageStandard::ALL {
        let mut options = Options::default();
        options.write.standards = vec![standard];
        let write = || {
            write_bytes(&report, "pdf", &options.write)
                .expect("a PDF")
                .value
        };
        assert!(write() == write(), "{}", standard.as_str());
    }
}
