//! Sheets written as text, for tests.

use std::sync::Arc;

use tabulary_ir::{
    Align, Block, Borders, Cell, CellStyle, Diagnostics, Mark, Origin, Points, Rgb, Stroke, Value,
    block_text, inline_text,
};

use crate::lines::blocks;
use crate::sheet::Sheet;
use crate::used::drop_unseen;

/// A sheet of rows whose cells stand between bars. Before its text a cell has `+` for borders, `*` for
/// bold, `^` for centred, `~` for a ground, `!` for large, `=` for a number. `<` is part of the cell at
/// the left, `'` of the cell above.
pub(crate) fn sheet(rows: &[&str]) -> Sheet {
    let mut cells: Vec<Cell> = Vec::new();
    for (row, text) in (0..).zip(rows) {
        for (col, text) in (0..).zip(text.split('|')) {
            match text.trim() {
                "" => {}
                "<" => {
                    let left = cells.last_mut().expect("a cell at the left");
                    left.col_span = col - left.col + 1;
                }
                "'" => {
                    let above = cells.iter_mut().rev().find(|cell| cell.col == col);
                    let above = above.expect("a cell above");
                    above.row_span = row - above.row + 1;
                }
                text => cells.push(cell(text).at(row, col)),
            }
        }
    }
    Sheet {
        name: "S".to_owned(),
        cells,
        ..Sheet::default()
    }
}

fn cell(text: &str) -> Cell {
    let mut style = CellStyle::default();
    let mut rest = text;
    let is_number = loop {
        let Some(mark) = rest.chars().next() else {
            break false;
        };
        match mark {
            '+' => style.borders = Some(Borders::all(Stroke::Thin)),
            '*' => style.marks = style.marks.with(Mark::Bold),
            '^' => style.align = Some(Align::Center),
            '~' => style.fill = Some(Rgb([200, 200, 200])),
            '!' => style.font_size = Some(Points::new(18.0)),
            other => break other == '=',
        }
        rest = &rest[1..];
    };
    let mut cell = Cell::text(rest.trim_start_matches('='));
    if is_number {
        let number = rest.trim_start_matches('=').parse().expect("a number");
        cell.value = Some(Value::Number(number));
    }
    cell.style = (style != CellStyle::default()).then(|| Arc::new(style));
    cell
}

/// The blocks of a sheet, a line each.
pub(crate) fn cut(mut sheet: Sheet) -> String {
    let mut diagnostics = Diagnostics::new();
    let area = drop_unseen(&mut sheet).expect("a sheet that is in use");
    let blocks = blocks(sheet, area, &mut diagnostics);
    blocks.iter().map(line).collect()
}

fn line(block: &Block) -> String {
    match block {
        Block::Heading(heading) => format!("heading {}: {}\n", heading.level, block_text(block)),
        Block::Table(table) => {
            let range = match &table.origin {
                Some(Origin::Cells { range, .. }) => range.as_str(),
                _ => "",
            };
            let caption = inline_text(&table.caption);
            let caption = if caption.is_empty() {
                caption
            } else {
                format!(", caption {caption}")
            };
            format!(
                "table {range}, {} header rows{caption}\n",
                table.header_rows
            )
        }
        _ => format!("paragraph: {}\n", block_text(block).replace('\t', " / ")),
    }
}
