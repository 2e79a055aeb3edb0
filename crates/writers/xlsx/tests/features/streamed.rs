//! Sheets that are written row by row.

use tabulary_ir::{Cell, Column, Points, RowSetting, TableBuilder};

use crate::book::{number, read, sheet, sheets, with, write};

#[test]
fn a_long_table_comes_back_whole() {
    // One cell more than what is written at once.
    const ROWS: u32 = 50_001;
    let (text, counted) = (Cell::text("偶"), number("7", "7"));
    let mut cells = Vec::new();
    for row in 0..ROWS {
        cells.push(text.clone().at(row, 0));
        cells.extend((1..10).map(|col| counted.clone().at(row, col)));
    }
    cells.push(number("8.5", "8.5").at(ROWS, 3));
    let column = |hidden, width| Column { hidden, width };
    let builder = TableBuilder::new()
        .columns(vec![
            column(false, Some(Points::new(60.0))),
            column(true, None),
        ])
        .row_settings(vec![RowSetting {
            row: ROWS - 1,
            hidden: true,
            height: None,
        }])
        .headers(1, 0);
    let document = sheets(vec![sheet("s", vec![with(builder, cells)])]);
    let (bytes, told) = write(&document);
    assert_eq!(told, "");
    let back = read(&bytes);
    let (before, after) = (document.tables()[0], back.tables()[0]);
    assert_eq!(after.cells().len(), before.cells().len());
    assert_eq!(after.columns(), before.columns());
    assert_eq!(after.row_settings(), before.row_settings());
    for (row, col) in [(0, 0), (0, 9), (25_000, 5), (ROWS - 1, 9), (ROWS, 3)] {
        assert_eq!(after.at(row, col), before.at(row, col));
    }
}
