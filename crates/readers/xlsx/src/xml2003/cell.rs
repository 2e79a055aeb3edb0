//! Values of cells.

use tabulary_ir::civil::{Date, DateTime, Time};
use tabulary_ir::{Cell, Code, Content, Decimal, Origin};
use tabulary_package::xml::{Element, Ns};

use super::{Book, formula, of, text};
use crate::look::Look;
use crate::place::Area;

/// Reads a cell; none where it is blank.
pub(super) fn read(
    element: &Element,
    look: &Look,
    (row, col): (u32, u32),
    book: &mut Book<'_>,
) -> Option<Cell> {
    let formula = of(element, "Formula").map(|formula| formula::a1(formula, row, col));
    let mut cell = Cell {
        style: look.style.clone(),
        formula: formula
            .filter(|formula| !formula.is_empty())
            .map(Into::into),
        ..Cell::default()
    };
    if let Some(data) = element.child(Ns::Ss, "Data") {
        let stored = data.text();
        let kind = of(data, "Type").unwrap_or("String");
        if value(&mut cell, kind, &stored, data, look, book).is_none() {
            let message =
                format!("{stored:?} is stored as a {kind} and is none; it was read as text");
            let place = Area::new(row, col, row, col).to_string();
            let place = Origin::cells(&book.sheet().name, place);
            book.diagnostics.add(Code::ValueInvalid, message, place);
            cell.content = Content::Text(stored.into());
        }
    }
    (!cell.is_blank() || cell.formula.is_some()).then_some(cell)
}

/// Whether what is stored in a cell is a text.
pub(super) fn is_text(element: &Element) -> bool {
    let data = element.child(Ns::Ss, "Data");
    data.is_some_and(|data| of(data, "Type") == Some("String"))
}

/// Fills a cell by the type of its value; none where the text is no such value.
fn value(
    cell: &mut Cell,
    kind: &str,
    stored: &str,
    data: &Element,
    look: &Look,
    book: &mut Book<'_>,
) -> Option<()> {
    let word = stored.trim();
    match kind {
        _ if kind != "String" && word.is_empty() => {}
        "Number" => {
            let number = Decimal::from_double_text(word).ok()?;
            book.display.number(cell, number, look);
        }
        "DateTime" => {
            let serial = serial(word, book.workbook.is_1904)?;
            let mut look = look.clone();
            if look.format.is_none() {
                let code = if word.ends_with("T00:00:00.000") {
                    "yyyy-mm-dd"
                } else {
                    "yyyy-mm-dd hh:mm:ss"
                };
                look.format = book.display.format(code);
            }
            book.display.number(cell, serial, &look);
        }
        "Boolean" => {
            let truth = match word {
                "1" | "true" | "True" | "TRUE" => true,
                "0" | "false" | "False" | "FALSE" => false,
                _ => return None,
            };
            book.display.truth(cell, truth);
        }
        "Error" => {
            // An error that was typed is stored as a formula of itself.
            if cell.formula.as_deref() == Some(word) {
                cell.formula = None;
            }
            book.display.error(cell, word);
        }
        _ => book.display.text(cell, text::text(data), look),
    }
    Some(())
}

/// The serial number of `2020-01-20T08:30:00.000`. Day 0 is 31 December 1899 or 1 January 1904, and
/// the 1900 system has a 29 February 1900 that there never was (ECMA-376-1 18.17.4.1).
fn serial(text: &str, is_1904: bool) -> Option<Decimal> {
    let text = text.trim_end_matches('Z');
    let (date, time) = text.split_once('T').unwrap_or((text, "00:00:00"));
    let time: Time = time.parse().ok()?;
    let leap_day = date == "1900-02-29" && !is_1904;
    let date: Date = if leap_day {
        Date::constant(1900, 2, 28)
    } else {
        date.parse().ok()?
    };
    let first = if is_1904 {
        Date::constant(1904, 1, 1)
    } else {
        Date::constant(1899, 12, 31)
    };
    let moment: DateTime = date.to_datetime(time);
    let length = moment.duration_since(first.to_datetime(Time::midnight()));
    let after = leap_day || !is_1904 && date >= Date::constant(1900, 3, 1);
    let more = i64::from(after);
    if time == Time::midnight() {
        return Some(Decimal::from(length.as_secs() / 86_400 + more));
    }
    Decimal::from_f64(length.as_secs_f64() / 86_400.0 + more as f64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_serial_numbers() {
        for (text, is_1904, wanted) in [
            ("2020-01-20T00:00:00.000", false, Some("43850")),
            ("2020-01-20T12:00:00.000", false, Some("43850.5")),
            ("1899-12-31T06:00:00.000", false, Some("0.25")),
            ("1900-01-01T00:00:00.000", false, Some("1")),
            ("1900-02-29T00:00:00.000", false, Some("60")),
            ("1900-03-01T00:00:00.000", false, Some("61")),
            ("1904-01-02T00:00:00.000", true, Some("1")),
            ("2020-01-20", false, Some("43850")),
            ("20 January", false, None),
        ] {
            let serial = serial(text, is_1904).map(|serial| serial.to_string());
            assert_eq!(serial.as_deref(), wanted, "{text}");
        }
    }
}
