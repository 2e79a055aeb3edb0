//! Typed values as a workbook stores them.

use tabulary_ir::civil::{Date, DateTime, SignedDuration, Time};
use tabulary_ir::{Cell, Decimal, Value};
use tabulary_numfmt::{FormatCode, Setting, write_general};

/// Why a value is written as text whose text is not one that a workbook would show.
const NO_FORMAT: &str = "no number format shows its text";

/// A value that a workbook can store.
pub(crate) enum Stored {
    Number(f64),
    Bool(bool),
    Error(String),
    /// The text of the cell, since a workbook cannot store the value. `lossy` is why.
    Text {
        lossy: Option<&'static str>,
    },
}

/// What a workbook stores of a cell, and the number format that shows its text.
pub(crate) fn store(cell: &Cell) -> (Stored, Option<String>) {
    let own = cell
        .format
        .as_ref()
        .map(|format| format.as_str().to_owned());
    let Some(value) = &cell.value else {
        return (Stored::Text { lossy: None }, own);
    };
    match value {
        Value::Number(number) if !number.fits_double() || is_identifier(number) => {
            let lossy = "its digits are more than a workbook keeps";
            (Stored::Text { lossy: Some(lossy) }, None)
        }
        Value::Number(number) => match own.or_else(|| code_of(&cell.plain_text(), number)) {
            Some(code) if code.is_empty() => (Stored::Number(number.to_f64()), None),
            Some(code) => (Stored::Number(number.to_f64()), Some(code)),
            None => (
                Stored::Text {
                    lossy: Some(NO_FORMAT),
                },
                None,
            ),
        },
        Value::Bool(truth) => (Stored::Bool(*truth), own),
        Value::Error(error) => (Stored::Error(error.to_string()), own),
        Value::Date(date) => timed(cell, serial(date.to_datetime(Time::midnight())), DAYS),
        Value::DateTime(moment) => timed(cell, serial(*moment), MOMENTS),
        Value::Time(time) => {
            let day = Date::constant(2000, 1, 1);
            let passed = day
                .to_datetime(*time)
                .duration_since(day.to_datetime(Time::midnight()));
            timed(cell, Some(days(passed)), TIMES)
        }
        Value::Duration(duration) => {
            let shown = Some(days(*duration)).filter(|days| (0.0..LAST_DAY).contains(days));
            timed(cell, shown, LENGTHS)
        }
    }
}

/// Formats by which people write days, moments, times and lengths of time; the first is the usual one.
const DAYS: &[&str] = &[
    "yyyy-mm-dd",
    "yyyy/m/d",
    "yyyy/mm/dd",
    "yyyy\"年\"m\"月\"d\"日\"",
];
const MOMENTS: &[&str] = &[
    "yyyy-mm-dd hh:mm:ss",
    "yyyy-mm-dd hh:mm",
    "yyyy-mm-dd\"T\"hh:mm:ss",
    "yyyy-mm-dd hh:mm:ss.000",
    "yyyy/m/d h:mm",
];
const TIMES: &[&str] = &["hh:mm:ss", "hh:mm", "h:mm", "h:mm:ss", "hh:mm:ss.000"];
const LENGTHS: &[&str] = &["[h]:mm:ss", "[h]:mm", "[hh]:mm:ss", "[h]:mm:ss.000"];
/// The serial number behind the last day of a workbook, 31 December 9999.
const LAST_DAY: f64 = 2_958_466.0;

/// A day, a time or a length of time as its serial number, with the format of the cell, or with one of
/// the `usual` that shows the text of the cell. `serial` is none where a workbook shows no such.
fn timed(cell: &Cell, serial: Option<f64>, usual: &[&str]) -> (Stored, Option<String>) {
    let text = |why: &'static str| (Stored::Text { lossy: Some(why) }, None);
    let Some(serial) = serial else {
        return text("no day or time of a workbook stands for it");
    };
    if let Some(own) = &cell.format {
        let is_timed = FormatCode::parse(own.as_str()).time_kind(serial).is_some();
        return if is_timed {
            (Stored::Number(serial), Some(own.as_str().to_owned()))
        } else {
            text("its number format shows no day and no time")
        };
    }
    let wanted = cell.plain_text();
    let shows = |code: &&&str| {
        let mut shown = String::new();
        if let Some(number) = Decimal::from_f64(serial) {
            let setting = Setting::default();
            FormatCode::parse(code).write_number(number.as_str(), &setting, &mut shown);
        }
        wanted.is_empty() || shown == *wanted
    };
    match usual.iter().find(shows) {
        Some(code) => (Stored::Number(serial), Some((*code).to_owned())),
        None => text(NO_FORMAT),
    }
}

/// Whether a number is whole and has more digits than a workbook shows of one.
fn is_identifier(number: &Decimal) -> bool {
    !number.as_str().contains(['.', 'e']) && number.significant_digits() > 15
}

/// The serial number of a moment in the 1900 system (ECMA-376-1 18.17.4.1). There is none before its
/// first day: workbooks show hashes there.
fn serial(moment: DateTime) -> Option<f64> {
    let first = Date::constant(1900, 1, 1).to_datetime(Time::midnight());
    let leap_bug = Date::constant(1900, 3, 1).to_datetime(Time::midnight());
    // 1 January 1900 is day 1, and there is a 29 February 1900 in workbooks.
    let offset = if moment < leap_bug { 1.0 } else { 2.0 };
    (moment >= first).then(|| days(moment.duration_since(first)) + offset)
}

fn days(duration: SignedDuration) -> f64 {
    duration.as_secs_f64() / 86_400.0
}

/// The number format by which a number shows `text`: empty for `General`, none where no usual one does.
fn code_of(text: &str, number: &Decimal) -> Option<String> {
    let plain = text.strip_prefix('-').unwrap_or(text);
    let (digits, percent) = plain
        .strip_suffix('%')
        .map_or((plain, ""), |digits| (digits, "%"));
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    if text == number.as_str() && percent.is_empty() && text.len() <= 11 {
        return Some(String::new());
    }
    if is_general(text, number) {
        return Some(String::new());
    }
    let grouped = whole.contains(',');
    let bare = whole.replace(',', "");
    let is_digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    if !is_digits(&bare) || !(fraction.is_empty() || is_digits(fraction)) || fraction.len() > 15 {
        return None;
    }
    if bare.len() > 1 && bare.starts_with('0') {
        return None;
    }
    let shift = if percent.is_empty() { "" } else { "e-2" };
    let sign = if text.starts_with('-') { "-" } else { "" };
    let shown: Decimal = format!(
        "{sign}{bare}.{}{shift}",
        if fraction.is_empty() { "0" } else { fraction }
    )
    .parse()
    .ok()?;
    let regular = !grouped || group(&bare) == whole;
    if shown != *number || !regular {
        return None;
    }
    let base = if grouped { "#,##0" } else { "0" };
    let dot = if fraction.is_empty() { "" } else { "." };
    Some(format!(
        "{base}{dot}{}{percent}",
        "0".repeat(fraction.len())
    ))
}

/// Whether a text is a number as `General` shows it.
fn is_general(text: &str, number: &Decimal) -> bool {
    let mut shown = String::new();
    write_general(number.as_str(), &mut shown);
    shown == text
}

/// The text that a number format shows as that of the cell; the text itself where it does not.
pub(crate) fn bare_text<'a>(shown: &'a str, code: &str) -> &'a str {
    const MARK: &str = "\u{1}";
    let around = FormatCode::parse(code).text(MARK);
    let bare = around.as_deref().and_then(|around| {
        let (before, after) = around.split_once(MARK)?;
        shown.strip_prefix(before)?.strip_suffix(after)
    });
    bare.unwrap_or(shown)
}

fn group(digits: &str) -> String {
    let mut grouped = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_format_shows_the_text_that_stands() {
        for (text, number, code) in [
            ("12", "12", Some("")),
            ("1.50", "1.5", Some("0.00")),
            ("1,234,567.80", "1234567.8", Some("#,##0.00")),
            ("-7.5%", "-0.075", Some("0.0%")),
            ("123456789012345", "123456789012345", Some("0")),
            ("0.551426021", "0.5514260213307653", Some("")),
            ("1.23457E+11", "123456789012", Some("")),
            ("0.55", "0.5514260213307653", None),
            ("007", "7", None),
            ("12件", "12", None),
            ("1,23", "123", None),
        ] {
            let number = number.parse().expect("a number");
            assert_eq!(code_of(text, &number).as_deref(), code, "{text}");
        }
    }
}
