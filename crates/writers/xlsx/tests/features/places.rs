//! Blocks that say where they stood stand there again; others stand below one another.

use expect_test::expect;
use tabulary_ir::{Block, Cell, Inline, Marks, Origin, Paragraph, SheetAs, TableBuilder};

use crate::book::{number, read_placed, sheet, sheets, tells, texts, with, write};

fn at(range: &str) -> Option<Origin> {
    Some(Origin::cells("s", range))
}

fn line(text: &str, range: Option<&str>) -> Block {
    let Block::Paragraph(paragraph) = Block::paragraph(text) else {
        unreachable!("a paragraph was made");
    };
    Block::Paragraph(Paragraph {
        origin: range.and_then(at),
        ..paragraph
    })
}

/// A table with a formula and a merged cell, and its place.
fn counted(range: Option<&str>) -> Block {
    let sum = Cell {
        formula: Some("SUM(C5:C6)".into()),
        ..number("3", "3")
    };
    with(
        TableBuilder::new().origin(range.and_then(at)),
        vec![
            Cell::text("merged").spanning(1, 2),
            number("1", "1").at(1, 1),
            number("2", "2").at(2, 1),
            sum.at(3, 1),
        ],
    )
}

/// Cells of the whole sheet with their places.
fn squares(bytes: &[u8]) -> String {
    let document = read_placed(bytes, SheetAs::Table).value;
    let table = document.tables()[0];
    let mut lines = String::new();
    for cell in table.cells().iter().filter(|cell| !cell.is_blank()) {
        let origin = table.origin.as_ref().expect("a place");
        let place = origin.of_cell(cell.row, cell.col, cell.row_span, cell.col_span);
        let formula = cell
            .formula
            .as_deref()
            .map(|formula| format!(" ={formula}"));
        lines.push_str(&format!(
            "{} {}{}\n",
            place.expect("a place"),
            cell.plain_text(),
            formula.unwrap_or_default()
        ));
    }
    lines
}

#[test]
fn blocks_stand_where_they_stood() {
    let body = vec![
        line("title", Some("B2:D2")),
        counted(Some("B4:C7")),
        line("signed", Some("C9")),
        counted(Some("A12:B15")),
    ];
    let document = sheets(vec![sheet("s", body)]);
    let (bytes, told) = write(&document);
    assert_eq!(told, "");
    expect![[r#"
        s!B2:D2 title
        s!B4:C4 merged
        s!C5 1
        s!C6 2
        s!C7 3 =SUM(C5:C6)
        s!C9 signed
        s!A12:B12 merged
        s!B13 1
        s!B14 2
        s!B15 3 =SUM(C5:C6)
    "#]]
    .assert_eq(&squares(&bytes));
    assert_eq!(read_placed(&bytes, SheetAs::Blocks).value, document);
}

#[test]
fn blocks_without_places_follow_one_another() {
    let body = vec![line("title", None), counted(None), counted(Some("A12:B15"))];
    let document = sheets(vec![sheet("s", body)]);
    let (bytes, _) = write(&document);
    tells(
        &document,
        &expect![[r#"
        warning[formula-moved]: formulas name cells by their place, and their table stands at another than before
    "#]],
    );
    expect![[r#"
        s!A1:J1 title
        s!A2:B2 merged
        s!B3 1
        s!B4 2
        s!B5 3 =SUM(C5:C6)
        s!A7:B7 merged
        s!B8 1
        s!B9 2
        s!B10 3 =SUM(C5:C6)
    "#]]
    .assert_eq(&squares(&bytes));
}

#[test]
fn a_first_table_with_formulas_has_not_moved() {
    tells(&sheets(vec![sheet("s", vec![counted(None)])]), &expect![""]);
}

#[test]
fn lines_that_lay_over_cells_come_below() {
    let body = vec![
        counted(Some("B4:C7")),
        line("over", Some("B5:C6")),
        line("below", Some("A9")),
    ];
    let document = sheets(vec![sheet("s", body)]);
    let (bytes, _) = write(&document);
    tells(
        &document,
        &expect![[r#"
        s!B5:C6: loss[style-dropped]: texts that lay over cells were written as lines below the others
    "#]],
    );
    expect![[r#"
        s!B4:C4 merged
        s!C5 1
        s!C6 2
        s!C7 3 =SUM(C5:C6)
        s!A9 below
        s!A10:K10 over
    "#]]
    .assert_eq(&squares(&bytes));
}

fn captioned(range: &str) -> Block {
    let caption = vec![Inline::text("单位：万元", Marks::NONE)];
    let builder = TableBuilder::new().caption(caption).origin(at(range));
    with(builder, texts(&[["a", "b"], ["c", "d"]]))
}

#[test]
fn a_caption_stands_in_the_row_above_its_table() {
    let body = vec![line("title", Some("A1")), captioned("B4:C5")];
    let (bytes, told) = write(&sheets(vec![sheet("s", body)]));
    assert_eq!(told, "");
    expect![[r#"
        s!A1 title
        s!B3:C3 单位：万元
        s!B4 a
        s!C4 b
        s!B5 c
        s!C5 d
    "#]]
    .assert_eq(&squares(&bytes));
}
