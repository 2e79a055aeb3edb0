//! What is read from the pages of real PDFs, and of those that are written here.

mod support;

use std::fmt::Write as _;

use expect_test::{expect, expect_file};
use support::{fixtures, read_as, root, seed_report};
use tabulary::ir::{Block, Document, Table, WriteOptions, inline_text};
use tabulary::{Options, by_name, read, read_bytes, write_bytes};

/// A document read from the pages of a PDF, whatever the PDF carries.
fn from_pages(bytes: &[u8]) -> Document {
    let mut options = Options {
        from: Some("pdf".to_owned()),
        ..Options::default()
    };
    options.read.embedded = false;
    read_bytes(bytes, None, &options)
        .expect("the PDF is read")
        .value
}

/// A document as a PDF that carries nothing, read from its pages.
fn through_pages(document: &Document) -> Document {
    let options = WriteOptions {
        embed: false,
        ..WriteOptions::default()
    };
    from_pages(
        &write_bytes(document, "pdf", &options)
            .expect("a PDF is written")
            .value,
    )
}

/// A text without blanks, which pages do not keep.
fn squeezed(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// The cells of a table that have a text: place, spans and text.
fn shape(table: &Table) -> Vec<(u32, u32, u32, u32, String)> {
    let texts = table.cells().iter().map(|cell| {
        let text = squeezed(&cell.plain_text());
        (cell.row, cell.col, cell.row_span, cell.col_span, text)
    });
    let mut cells: Vec<_> = texts.filter(|cell| !cell.4.is_empty()).collect();
    // Blank rows and columns at the edges leave no trace on paper.
    let top = cells.iter().map(|cell| cell.0).min().unwrap_or(0);
    let left = cells.iter().map(|cell| cell.1).min().unwrap_or(0);
    for cell in &mut cells {
        (cell.0, cell.1) = (cell.0 - top, cell.1 - left);
    }
    cells
}

fn headings(document: &Document) -> Vec<(u8, String)> {
    let mut found = Vec::new();
    document.for_each_block(|block| {
        if let Block::Heading(heading) = block {
            let label = heading.label.as_deref().unwrap_or_default();
            let text = squeezed(&format!("{label}{}", inline_text(&heading.content)));
            found.push((heading.level, text));
        }
    });
    found
}

/// The tables of a document as text: a line each row.
fn tables(document: &Document) -> String {
    let mut text = String::new();
    for table in document.tables() {
        let caption = inline_text(&table.caption);
        let _ = writeln!(text, "table {}x{} {caption}", table.rows(), table.width());
        for row in 0..table.rows() {
            let cells = table
                .cells()
                .iter()
                .filter(|cell| cell.row == row && !cell.is_blank());
            let cells: Vec<String> = cells
                .map(|cell| {
                    let spans = match (cell.row_span, cell.col_span) {
                        (1, 1) => String::new(),
                        (rows, columns) => format!("({rows}x{columns})"),
                    };
                    format!("{}{spans} {}", cell.col, cell.plain_text())
                })
                .collect();
            let _ = writeln!(text, "  {}", cells.join(" | "));
        }
    }
    text
}

#[test]
fn tables_of_real_pages() {
    for name in [
        "us-002",
        "us-008",
        "us-034",
        "eu-025",
        "clockwise_table_2",
        "spanning_cells",
    ] {
        let path = root().join("fixtures/pdf").join(format!("{name}.pdf"));
        let bytes = std::fs::read(&path).expect("the fixture is there");
        let found = tables(&from_pages(&bytes));
        expect_file![root().join("tests/pages").join(format!("{name}.txt"))].assert_eq(&found);
    }
}

#[test]
fn word_documents_come_back_from_their_pages() {
    let mut told = String::new();
    for path in fixtures(by_name("docx").expect("Word documents are a format")) {
        let source = read(&path, &Options::default())
            .expect("the fixture is read")
            .value;
        let back = through_pages(&source);
        let wanted: Vec<_> = source
            .tables()
            .into_iter()
            .map(shape)
            .filter(|table| !table.is_empty())
            .collect();
        let found: Vec<_> = back.tables().into_iter().map(shape).collect();
        let same = wanted.iter().filter(|table| found.contains(table)).count();
        let (said, read) = (headings(&source), headings(&back));
        let kept = said.iter().filter(|heading| read.contains(heading)).count();
        let name = path
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        let _ = writeln!(
            told,
            "{name}: {same} of {} tables, {kept} of {} headings",
            wanted.len(),
            said.len()
        );
    }
    expect![[r#"
        chart.docx: 0 of 0 tables, 0 of 0 headings
        columns.docx: 0 of 0 tables, 0 of 0 headings
        endnotes.docx: 0 of 0 tables, 0 of 0 headings
        equations.docx: 0 of 0 tables, 0 of 0 headings
        lists.docx: 0 of 0 tables, 10 of 10 headings
        payment.docx: 4 of 4 tables, 0 of 0 headings
        right_to_left.docx: 0 of 1 tables, 33 of 35 headings
        tables.docx: 7 of 7 tables, 1 of 1 headings
        tracked_changes.docx: 0 of 0 tables, 0 of 0 headings
    "#]]
    .assert_eq(&told);
}

#[test]
fn the_seed_report_comes_back_from_its_pages() {
    let text = std::fs::read(seed_report()).expect("the report is there");
    let source = read_as(&text, "txt").value;
    let back = through_pages(&source);
    let shapes =
        |document: &Document| -> Vec<_> { document.tables().into_iter().map(shape).collect() };
    assert_eq!(shapes(&back), shapes(&source));
    assert_eq!(headings(&back), headings(&source));
    assert!(
        back.footers.len() == 1 && back.headers.is_empty(),
        "page numbers are kept apart"
    );
}
