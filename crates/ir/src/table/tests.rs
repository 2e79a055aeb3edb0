use super::*;
use crate::{Code, Diagnostics};

fn codes(diagnostics: Diagnostics) -> Vec<Code> {
    diagnostics.into_vec().iter().map(|d| d.code).collect()
}

fn picture(table: &Table) -> String {
    let mut text = String::new();
    for row in 0..table.rows() {
        for col in 0..table.width() {
            let cell = table.at(row, col);
            let letter = cell.map_or(".".into(), |cell| cell.plain_text());
            text.push_str(letter.get(..1).unwrap_or("_"));
        }
        text.push('\n');
    }
    text
}

#[test]
fn cells_go_to_the_next_free_square() {
    let mut builder = TableBuilder::new();
    builder.row();
    builder.push(Cell::text("a").spanning(2, 1));
    builder.push(Cell::text("b").spanning(1, 2));
    builder.row();
    builder.push(Cell::text("c"));
    builder.push(Cell::text("d").spanning(2, 1));
    builder.row();
    builder.push(Cell::text("e").spanning(1, 2));
    let mut diagnostics = Diagnostics::new();
    let table = builder.finish(&mut diagnostics);
    assert_eq!(picture(&table), "abb\nacd\need\n");
    assert!(diagnostics.is_empty());
}

#[test]
fn a_blank_square_has_no_cell_and_a_blank_span_has_one() {
    let mut builder = TableBuilder::new();
    builder.row();
    builder.push(Cell::text(""));
    builder.push(Cell::text("").spanning(1, 2));
    let table = builder.finish(&mut Diagnostics::new());
    assert_eq!(picture(&table), ".__\n");
    assert_eq!(table.cells().len(), 1);
}

#[test]
fn overlaps_are_cut_and_told() {
    let mut builder = TableBuilder::new();
    builder.place(Cell::text("a").spanning(3, 3));
    builder.place(Cell::text("b").at(1, 1).spanning(1, 2));
    builder.place(Cell::text("c").at(0, 2));
    builder.place(Cell::text("d").at(2, 0).spanning(1, 3));
    let mut diagnostics = Diagnostics::new();
    let table = builder.finish(&mut diagnostics);
    assert_eq!(picture(&table), "aac\n.bb\nddd\n");
    assert_eq!(codes(diagnostics), [Code::TableOverlap; 2]);
}

#[test]
fn two_cells_of_one_square_are_joined() {
    let mut builder = TableBuilder::new();
    builder.place(Cell::text("a"));
    builder.place(Cell::text("b"));
    let mut diagnostics = Diagnostics::new();
    let table = builder.finish(&mut diagnostics);
    assert_eq!(table.at(0, 0).expect("a cell").plain_text(), "a\nb");
    assert_eq!(codes(diagnostics), [Code::TableOverlap]);
}

#[test]
fn a_span_past_the_last_row_is_cut_and_told() {
    let mut builder = TableBuilder::new();
    builder.row();
    builder.push(Cell::text("a").spanning(65_534, 1));
    builder.push(Cell::text("b"));
    let mut diagnostics = Diagnostics::new();
    let table = builder.finish(&mut diagnostics);
    assert_eq!(picture(&table), "ab\n");
    assert_eq!(codes(diagnostics), [Code::TableSpanClipped]);
}

#[test]
fn short_rows_are_told_once() {
    let mut builder = TableBuilder::new();
    for width in [3, 1, 2] {
        builder.row();
        (0..width).for_each(|_| builder.push(Cell::text("x")));
    }
    let mut diagnostics = Diagnostics::new();
    let table = builder.finish(&mut diagnostics);
    assert_eq!(picture(&table), "xxx\nx..\nxx.\n");
    let told = diagnostics.into_vec();
    assert_eq!(told.len(), 1);
    assert_eq!(
        told[0].message,
        "2 of 3 rows fill fewer than 3 columns, the first of them row 2 with 1; the rest is blank"
    );
}

#[test]
fn a_sparse_sheet_costs_its_cells() {
    let mut builder = TableBuilder::new();
    builder.place(Cell::text("a"));
    builder.place(Cell::text("z").at(1_048_575, 16_383));
    let table = builder.finish(&mut Diagnostics::new());
    assert_eq!((table.rows(), table.width()), (1_048_576, 16_384));
    assert_eq!(table.cells().len(), 2);
    assert!(table.at(500_000, 8_000).is_none());
}

#[test]
fn numbers_beyond_any_sheet_do_no_harm() {
    let mut builder = TableBuilder::new();
    builder.place(
        Cell::text("a")
            .at(u32::MAX, u32::MAX)
            .spanning(u32::MAX, u32::MAX),
    );
    let table = builder.finish(&mut Diagnostics::new());
    assert_eq!(table.cells().len(), 1);
}
