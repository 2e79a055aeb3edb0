//! The value and text of a cell (OpenDocument 1.3 part 3, 9.1.4 and 19.385 to 19.389).

use tabulary_ir::civil::{Date, DateTime, SignedDuration, Time};
use tabulary_ir::{Cell, Code, Content, Decimal, Marks, Value};
use tabulary_package::xml::{Element, Ns};

use super::book::Book;
use super::formula;
use super::text::Shown;
use crate::look::Look;
use crate::text::Text;

/// The texts of errors (OpenDocument 1.3 part 4, 5.12). `Err:` and a number is how OpenOffice names
/// its own.
const ERRORS: &[&str] = &[
    "#N/A", "#NAME?", "#DIV/0!", "#VALUE!", "#REF!", "#NUM!", "#NULL!",
];

/// A cell that holds something, and where all of its text leads.
pub(super) struct Filled {
    pub(super) cell: Cell,
    pub(super) link: Option<String>,
    /// Whether it is a formula that gave an empty text.
    pub(super) is_empty_text: bool,
}

/// Reads a cell; none where it is blank.
pub(super) fn read(element: &Element, look: &Look, book: &mut Book<'_>) -> Option<Filled> {
    let marks = look
        .style
        .as_deref()
        .map_or(Marks::NONE, |style| style.marks);
    let shown = Shown::read(element, &book.styles, marks);
    let formula = element
        .attribute(Ns::OdfTable, "formula")
        .map(formula::excel)
        .filter(|formula| !formula.is_empty());
    let cell = Cell {
        style: look.style.clone(),
        formula: formula.map(Into::into),
        ..Cell::default()
    };
    let mut reading = Reading {
        element,
        look,
        book,
        shown,
        cell,
    };
    let link = reading.shown.take_link();
    reading.fill();
    let cell = reading.cell;
    let is_blank = cell.is_blank() && cell.formula.is_none();
    let is_empty_text =
        cell.is_blank() && element.attribute(Ns::OdfOffice, "value-type") == Some("string");
    (!is_blank).then_some(Filled {
        cell,
        link,
        is_empty_text,
    })
}

struct Reading<'r, 'b> {
    element: &'r Element,
    look: &'r Look,
    book: &'r mut Book<'b>,
    shown: Shown,
    cell: Cell,
}

impl Reading<'_, '_> {
    fn fill(&mut self) {
        let office = |name: &str| self.element.attribute(Ns::OdfOffice, name);
        let kind = office("value-type").unwrap_or_default();
        let own_kind = self.element.attribute(Ns::Calcext, "value-type");
        let plain = self.shown.plain();
        let error = plain.trim();
        let is_error = ERRORS.contains(&error) && (self.cell.formula.is_some() || kind == "float");
        if own_kind == Some("error") && !error.is_empty() || is_error {
            // An error that was typed is stored as a formula of itself.
            if self.cell.formula.as_deref() == Some(error) {
                self.cell.formula = None;
            }
            self.book.display.error(&mut self.cell, error);
            return;
        }
        let stored = match kind {
            "float" | "percentage" | "currency" => office("value"),
            "date" => office("date-value"),
            "time" => office("time-value"),
            "boolean" => office("boolean-value"),
            _ => None,
        };
        let Some(stored) = stored.map(str::trim).filter(|stored| !stored.is_empty()) else {
            self.text();
            return;
        };
        let known = match kind {
            // A truth value that its cell shows as such, as OpenOffice keeps the value of a formula.
            "float" if matches!((stored, error), ("1", "TRUE") | ("0", "FALSE")) => {
                self.truth(if stored == "1" { "true" } else { "false" })
            }
            "date" => self.date(stored),
            "time" => self.time(stored),
            "boolean" => self.truth(stored),
            _ => self.number(stored),
        };
        if known.is_some() {
            self.as_shown(&plain);
        } else {
            let message =
                format!("{stored:?} is stored as a {kind} and is none; it was read as text");
            let place = self.book.place();
            self.book
                .diagnostics
                .add(Code::ValueInvalid, message, place);
            if self.shown.any {
                self.text();
            } else {
                self.cell.content = Content::Text(stored.into());
            }
        }
    }

    fn text(&mut self) {
        if !self.shown.any {
            if let Some(text) = self.element.attribute(Ns::OdfOffice, "string-value") {
                let text = Text::Plain(text.into());
                self.book.display.text(&mut self.cell, text, self.look);
            }
            return;
        }
        let shown = std::mem::take(&mut self.shown);
        let (text, marks) = shown.into_text();
        if let Some(marks) = marks {
            let usual = self
                .look
                .style
                .as_deref()
                .map_or(Marks::NONE, |style| style.marks);
            if marks != usual {
                self.cell.restyle(|style| style.marks = marks);
            }
        }
        self.book.display.text(&mut self.cell, text, self.look);
    }

    fn number(&mut self, stored: &str) -> Option<()> {
        let number = Decimal::from_double_text(stored).ok()?;
        self.book.display.number(&mut self.cell, number, self.look);
        Some(())
    }

    fn truth(&mut self, stored: &str) -> Option<()> {
        let truth = match stored {
            "true" | "1" => true,
            "false" | "0" => false,
            _ => return None,
        };
        self.book.display.truth(&mut self.cell, truth);
        Some(())
    }

    fn date(&mut self, stored: &str) -> Option<()> {
        let stored = stored.trim_end_matches('Z');
        let moment: DateTime = match stored.parse::<DateTime>() {
            Ok(moment) => moment,
            Err(_) => stored.parse::<Date>().ok()?.to_datetime(Time::midnight()),
        };
        let own = if moment.time() == Time::midnight() {
            Value::Date(moment.date())
        } else {
            Value::DateTime(moment)
        };
        self.moment(
            serial(moment, self.book.workbook.is_1904)?,
            own,
            "yyyy-mm-dd",
        );
        Some(())
    }

    fn time(&mut self, stored: &str) -> Option<()> {
        let length: SignedDuration = stored.parse().ok()?;
        let day = SignedDuration::from_hours(24);
        let own = if length.is_negative() || length >= day {
            Value::Duration(length)
        } else {
            let midnight = Time::midnight();
            midnight
                .checked_add(length)
                .map_or(Value::Duration(length), Value::Time)
        };
        let serial = Decimal::from_f64(length.as_secs_f64() / day.as_secs_f64())?;
        self.moment(serial, own, "[h]:mm:ss");
        Some(())
    }

    /// Shows a day or time by its serial number. The value that the format makes of it stands, as in
    /// a workbook that stores serial numbers; `own` where the format makes no time of it.
    fn moment(&mut self, serial: Decimal, own: Value, usual: &str) {
        let mut look = self.look.clone();
        if look.format.is_none() {
            look.format = self.book.display.format(usual);
        }
        self.book.display.number(&mut self.cell, serial, &look);
        let agrees = match (&self.cell.value, &own) {
            (Some(Value::Date(day)), Value::Date(own)) => day == own,
            (Some(Value::DateTime(moment)), Value::DateTime(own)) => moment.date() == own.date(),
            (Some(Value::Duration(_) | Value::Time(_)), Value::Time(_) | Value::Duration(_)) => {
                true
            }
            (Some(Value::Duration(_)), _) => true,
            (Some(Value::Time(_)), Value::DateTime(own)) => own.date() == first_day(false).date(),
            _ => false,
        };
        if !agrees {
            self.cell.value = Some(own);
        }
    }

    /// The text of the file is what its program showed. Where the format does not give it, the text
    /// stands and the format goes.
    fn as_shown(&mut self, plain: &str) {
        // With no format the digits are those that fit a cell, and a file may hold more of them.
        let bare = self.look.format.is_none()
            && matches!(&self.cell.value, Some(Value::Number(number)) if is_same(number, plain));
        let narrow = !plain.is_empty() && plain.trim().bytes().all(|b| b == b'#');
        if plain.trim().is_empty() || narrow || bare || same_words(&self.cell.plain_text(), plain) {
            return;
        }
        self.cell.content = Content::Text(plain.into());
        self.cell.format = None;
    }
}

/// Whether a text has the digits of a number, if not all of them.
fn is_same(number: &Decimal, text: &str) -> bool {
    let Ok(shown) = text.trim().parse::<Decimal>() else {
        return false;
    };
    let (number, shown) = (number.to_f64(), shown.to_f64());
    (number - shown).abs() <= number.abs() * 1e-9
}

/// Whether two texts differ in white space alone, which the file does not keep.
fn same_words(a: &str, b: &str) -> bool {
    let words = |text: &'_ str| -> Vec<String> {
        text.split(|c: char| c.is_whitespace() || c == '\u{202f}')
            .filter(|word| !word.is_empty())
            .map(str::to_owned)
            .collect()
    };
    a == b || words(a) == words(b)
}

/// The serial number of a moment (ECMA-376-1 18.17.4.1). The 1900 system counts a day that there
/// never was, 29 February 1900.
fn serial(moment: DateTime, is_1904: bool) -> Option<Decimal> {
    let length = moment.duration_since(first_day(is_1904));
    let before_leap_day = !is_1904 && moment < DateTime::constant(1900, 3, 1, 0, 0, 0, 0);
    let missing = i64::from(before_leap_day);
    if moment.time() == Time::midnight() {
        return Some(Decimal::from(length.as_secs() / 86_400 - missing));
    }
    Decimal::from_f64(length.as_secs_f64() / 86_400.0 - missing as f64)
}

/// Day 0 of a system of serial numbers.
fn first_day(is_1904: bool) -> DateTime {
    if is_1904 {
        DateTime::constant(1904, 1, 1, 0, 0, 0, 0)
    } else {
        DateTime::constant(1899, 12, 30, 0, 0, 0, 0)
    }
}
