use expect_test::expect;
use tabulary_ir::{
    Block, Cell, Diagnostics, Document, Input, Metadata, ReadOptions, Reader, Section, SectionKind,
    TableBuilder, Value, WriteOptions, Writer,
};
use tabulary_read_xlsx::XlsxReader;

use super::XlsxWriter;

fn write(document: &Document) -> (Vec<u8>, Vec<String>) {
    let mut bytes = Vec::new();
    let outcome = XlsxWriter
        .write(document, &mut bytes, &WriteOptions::default())
        .expect("a workbook");
    (
        bytes,
        outcome
            .diagnostics
            .iter()
            .map(ToString::to_string)
            .collect(),
    )
}

fn read(bytes: &[u8]) -> Document {
    let mut document = XlsxReader
        .read(Input::new(bytes), &ReadOptions::default())
        .expect("a workbook")
        .value;
    document.strip_origins();
    document
}

fn number(text: &str, value: &str) -> Cell {
    Cell {
        value: Some(Value::Number(value.parse().expect("a number"))),
        ..Cell::text(text)
    }
}

fn table(cells: Vec<Cell>, header_rows: u32) -> Block {
    let mut builder = TableBuilder::new().headers(header_rows, 0);
    cells.into_iter().for_each(|cell| builder.place(cell));
    Block::Table(Box::new(builder.finish(&mut Diagnostics::new())))
}

#[test]
fn prose_and_tables_come_back_from_one_sheet() {
    let document = Document {
        body: vec![
            Block::heading(1, "一、总体情况"),
            Block::paragraph("正文。"),
            table(
                vec![Cell::text("项目").spanning(1, 2), number("7", "7").at(1, 1)],
                1,
            ),
            table(vec![Cell::text("next")], 0),
            Block::heading(2, "（一）其他"),
            Block::paragraph("无"),
        ],
        meta: Metadata {
            fields: [("索引号", "43/1"), ("文号", "")].into_iter().collect(),
            issued: Some("2020-01-20".to_owned()),
            ..Metadata::default()
        },
        ..Document::default()
    };
    let (bytes, told) = write(&document);
    assert_eq!(read(&bytes), document);
    assert!(told.is_empty(), "{told:?}");
}

#[test]
fn sheets_keep_their_names_and_hidden_ones_stay_hidden() {
    let sheet = |name: &str, hidden| {
        Block::Section(Section {
            body: vec![table(vec![Cell::text("x")], 0)],
            hidden,
            kind: SectionKind::Sheet,
            name: name.to_owned(),
            ..Section::default()
        })
    };
    let document = Document {
        body: vec![sheet("收支", false), sheet("it's", true)],
        ..Document::default()
    };
    let (bytes, told) = write(&document);
    assert_eq!(read(&bytes), document);
    assert!(told.is_empty(), "{told:?}");
}

#[test]
fn what_a_workbook_cannot_hold_is_told() {
    let inner = table(vec![Cell::text("inner")], 0);
    let document = Document {
        body: vec![
            table(
                vec![
                    number("123456789012345678", "123456789012345678"),
                    Cell::blocks(vec![inner]).at(1, 0),
                    Cell::text("长".repeat(40_000)).at(2, 0),
                ],
                0,
            ),
            Block::Rule(tabulary_ir::Rule::default()),
        ],
        ..Document::default()
    };
    let (_, told) = write(&document);
    expect![[r#"
        loss[number-as-text]: "123456789012345678" was written as text: its digits are more than a workbook keeps
        loss[cell-blocks-flattened]: paragraphs, lists or tables in a cell were written as plain text
        loss[text-cut]: a text of 40000 characters was cut at the 32767 that a cell can hold
        loss[block-dropped]: rules and page breaks were left out"#]]
    .assert_eq(&told.join("\n"));
}

#[test]
fn a_table_that_is_wider_than_a_sheet_is_refused() {
    let document = Document {
        body: vec![table(vec![Cell::text("x").at(0, 20_000)], 0)],
        ..Document::default()
    };
    let error = XlsxWriter
        .write(&document, &mut Vec::new(), &WriteOptions::default())
        .expect_err("too wide");
    assert!(
        error.to_string().contains("larger than a worksheet"),
        "{error}"
    );
}

#[test]
fn the_same_document_is_the_same_bytes() {
    let document = Document {
        body: vec![table(vec![Cell::text("x")], 0)],
        ..Document::default()
    };
    assert_eq!(write(&document).0, write(&document).0);
}
