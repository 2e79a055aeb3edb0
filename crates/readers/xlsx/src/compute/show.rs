//! Results put into their cells.

use formualizer_parse::LiteralValue;
use tabulary_ir::{Cell, CellStyle, Content, Decimal};

use super::Told;
use super::grid::State;
use super::reason::Reason;
use crate::display::Display;
use crate::look::Look;
use crate::sheet::Workbook;
use crate::text::Text;

/// From here on a double does not hold every whole number that can be written with its digits.
const WHOLE: f64 = 1e15;

/// Puts results into their cells, and counts them for each sheet.
///
/// Where other formulas have values, an empty text was most likely stored, and only looked like none.
pub(super) fn put(
    workbook: &mut Workbook,
    results: Vec<((usize, usize), State)>,
    has_stored: bool,
) -> Vec<Told> {
    let mut display = Display::new(workbook.is_1904);
    let mut told: Vec<Told> = workbook.sheets.iter().map(|_| Told::default()).collect();
    for ((sheet, index), state) in results {
        let cell = workbook
            .sheets
            .get_mut(sheet)
            .and_then(|sheet| sheet.cells.get_mut(index));
        let (Some(cell), Some(told)) = (cell, told.get_mut(sheet)) else {
            continue;
        };
        let reason = match state {
            State::Done(LiteralValue::Text(text)) if text.is_empty() && has_stored => continue,
            // A 0 that was doubted and is one.
            State::Done(LiteralValue::Number(0.0)) if !cell.is_blank() => continue,
            State::Done(value) => {
                fill(cell, value, &mut display);
                told.computed += 1;
                told.first.get_or_insert((cell.row, cell.col));
                continue;
            }
            State::Blocked(reason) => reason,
            State::Waiting | State::Doing => Reason::Limit,
        };
        if cell.is_blank() {
            told.blank += 1;
            told.first_blank.get_or_insert((cell.row, cell.col));
        } else {
            told.kept += 1;
            told.first_kept.get_or_insert((cell.row, cell.col));
        }
        *told.reasons.entry(reason).or_default() += 1;
    }
    told
}

fn fill(cell: &mut Cell, value: LiteralValue, display: &mut Display) {
    let format = cell.format.take();
    let format = format.and_then(|format| display.format(format.as_str()));
    let look = Look::new(format, CellStyle::default());
    cell.computed = true;
    match value {
        LiteralValue::Number(number) => {
            if let Some(number) = decimal(number) {
                display.number(cell, number, &look);
            }
        }
        LiteralValue::Text(text) => display.text(cell, Text::Plain(text.into()), &look),
        LiteralValue::Boolean(truth) => display.truth(cell, truth),
        LiteralValue::Error(error) => display.error(cell, &error.kind.to_string()),
        _ => cell.content = Content::default(),
    }
}

/// A number as a spreadsheet would store it.
fn decimal(number: f64) -> Option<Decimal> {
    if number.abs() < WHOLE {
        return Decimal::from_f64(number);
    }
    // Fifteen digits: more would look like those of an identifier.
    format!("{number:.14e}").parse().ok()
}
