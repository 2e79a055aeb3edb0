//! Documents with sheets, written and read back.

use expect_test::Expect;
use tabulary_ir::{
    Block, Cell, Diagnostics, Document, Input, Outcome, ReadOptions, Reader, Section, SectionKind,
    SheetAs, TableBuilder, Value, WriteOptions, Writer,
};
use tabulary_read_xlsx::XlsxReader;
use tabulary_write_xlsx::XlsxWriter;

/// Writes a document; the bytes, and what is told, a line each.
pub(crate) fn write(document: &Document) -> (Vec<u8>, String) {
    let mut bytes = Vec::new();
    let outcome = XlsxWriter.write(document, &mut bytes, &WriteOptions::default());
    let told = outcome.expect("a workbook").diagnostics;
    let lines: Vec<String> = told.iter().map(|told| format!("{told}\n")).collect();
    (bytes, lines.concat())
}

/// Reads a workbook with the places of all that stands in it.
pub(crate) fn read_placed(bytes: &[u8], sheet_as: SheetAs) -> Outcome<Document> {
    let options = ReadOptions {
        sheet_as,
        ..ReadOptions::default()
    };
    XlsxReader
        .read(Input::new(bytes), &options)
        .expect("a workbook")
}

/// Reads a workbook as this program wrote it.
pub(crate) fn read(bytes: &[u8]) -> Document {
    let mut document = read_placed(bytes, SheetAs::Blocks).value;
    document.strip_origins();
    document
}

/// Writes and reads back: nothing is told, and nothing is other than before.
pub(crate) fn comes_back(document: &Document) {
    let (bytes, told) = write(document);
    assert_eq!(told, "");
    assert_eq!(read(&bytes), *document);
}

/// What is told when the document is written. It is the same each time, and so are the bytes.
pub(crate) fn tells(document: &Document, expected: &Expect) -> Document {
    let (bytes, told) = write(document);
    assert!(
        write(document) == (bytes.clone(), told.clone()),
        "the bytes differ from run to run"
    );
    expected.assert_eq(&told);
    read(&bytes)
}

/// A table of cells that have their places.
pub(crate) fn table(cells: Vec<Cell>) -> Block {
    with(TableBuilder::new(), cells)
}

pub(crate) fn with(mut builder: TableBuilder, cells: Vec<Cell>) -> Block {
    cells.into_iter().for_each(|cell| builder.place(cell));
    Block::Table(Box::new(builder.finish(&mut Diagnostics::new())))
}

/// A table of rows of texts.
pub(crate) fn texts<const N: usize>(rows: &[[&str; N]]) -> Vec<Cell> {
    let cells = (0..).zip(rows).flat_map(|(row, texts)| {
        (0..)
            .zip(texts)
            .map(move |(col, text)| Cell::text(*text).at(row, col))
    });
    cells.collect()
}

/// A cell with a number.
pub(crate) fn number(text: &str, value: &str) -> Cell {
    Cell {
        value: Some(Value::Number(value.parse().expect("a number"))),
        ..Cell::text(text)
    }
}

/// A sheet of that name.
pub(crate) fn sheet(name: &str, body: Vec<Block>) -> Section {
    Section {
        body,
        kind: SectionKind::Sheet,
        name: name.to_owned(),
        ..Section::default()
    }
}

/// A document of sheets.
pub(crate) fn sheets(sections: Vec<Section>) -> Document {
    Document {
        body: sections.into_iter().map(Block::Section).collect(),
        ..Document::default()
    }
}

/// A document of blocks outside of sheets.
pub(crate) fn document(body: Vec<Block>) -> Document {
    Document {
        body,
        ..Document::default()
    }
}
