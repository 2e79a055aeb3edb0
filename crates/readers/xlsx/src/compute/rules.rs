//! The arguments for which the engine is known to give what Excel gives.

use formualizer_eval::traits::{ArgumentHandle, CalcValue};
use formualizer_parse::LiteralValue;

use super::guard::TEXT_LENGTH;
use super::reason::Reason;
use super::searches;
use super::text::number_text;
use super::trace::Trace;

/// The serial number after that of the last day, 31 December 9999.
const DAYS: f64 = 2_958_466.0;

pub(super) type Args<'c, 'a, 'b> = &'c [ArgumentHandle<'a, 'b>];

/// Whether a function is worked out for these arguments.
pub(super) fn check(name: &str, args: Args<'_, '_, '_>, trace: &Trace) -> Result<(), Reason> {
    match name {
        "LEFT" | "RIGHT" => text(name, args, 1..2),
        "MID" => text(name, args, 1..3),
        "REPT" => text(name, args, 1..2).and_then(|()| repeated(args)),
        "REPLACE" => text(name, args, 1..3).and_then(|()| replaced(args)),
        "SUBSTITUTE" => text(name, args, 3..4).and_then(|()| substituted(args)),
        "FIND" => text(name, args, 2..3).and_then(|()| searched(args, trace)),
        "SEARCH" => text(name, args, 2..3).and_then(|()| searched(args, trace)),
        "LARGE" | "MEDIAN" | "PERCENTILE" | "PERCENTILE.INC" | "QUARTILE" | "QUARTILE.INC"
        | "RANK" | "RANK.EQ" | "SMALL" => counted(args, trace),
        "CODE" | "UNICODE" | "PROPER" => text(name, args, 0..0).and_then(|()| ascii(name, args)),
        "CHAR" | "UNICHAR" => match number(args, 0) {
            Some(code) if (32.0..127.0).contains(&code) => Ok(()),
            Some(code) if name == "UNICHAR" && code >= 160.0 => Ok(()),
            Some(code) if [9.0, 10.0, 13.0].contains(&code) => Ok(()),
            _ => unsure(name),
        },
        "CLEAN" | "CONCAT" | "CONCATENATE" | "EXACT" | "LEN" | "TEXTJOIN" | "TRIM" => {
            texts(name, args, trace)
        }
        "CEILING" | "FLOOR" => positive(name, args, 1),
        // Excel gives an error for 0 to the power of 0, where others give 1.
        "POWER"
            if [0, 1]
                .iter()
                .all(|&i| number(args, i).is_some_and(|n| n.abs() <= 0.0)) =>
        {
            unsure(name)
        }
        "YEAR" | "MONTH" | "DAY" | "HOUR" | "MINUTE" | "SECOND" | "WEEKDAY" | "WEEKNUM"
        | "ISOWEEKNUM" | "EDATE" | "EOMONTH" => days(name, args, 1),
        "DAYS"
            if [0, 1]
                .iter()
                .any(|&i| number(args, i).is_some_and(|n| n.fract().abs() > 0.0)) =>
        {
            unsure(name)
        }
        "DAYS" | "DAYS360" | "DATEDIF" | "YEARFRAC" => days(name, args, 2),
        "NETWORKDAYS" => days(name, args, 2).and_then(|()| stepped(args, false, trace)),
        "WORKDAY" => days(name, args, 1).and_then(|()| stepped(args, true, trace)),
        "DATE" => match number(args, 0) {
            Some(year) if (1901.0..=9999.0).contains(&year) => Ok(()),
            _ => unsure(name),
        },
        "AVERAGEIF" | "AVERAGEIFS" | "COUNTIF" | "COUNTIFS" | "HLOOKUP" | "LOOKUP" | "MATCH"
        | "MAXIFS" | "MINIFS" | "SUMIF" | "SUMIFS" | "VLOOKUP" | "XLOOKUP" | "XMATCH" => {
            searches::check(name, args, trace)
        }
        _ => Ok(()),
    }
}

pub(super) fn unsure<T>(name: &str) -> Result<T, Reason> {
    Err(Reason::Unsure(name.to_owned()))
}

/// The one value of an argument; none where there is none, or many.
pub(super) fn value(args: Args<'_, '_, '_>, index: usize) -> Option<LiteralValue> {
    match args.get(index)?.value().ok()? {
        CalcValue::Scalar(LiteralValue::Array(_)) | CalcValue::Callable(_) => None,
        CalcValue::Scalar(value) | CalcValue::AnnotatedScalar(value, _) => Some(value),
        CalcValue::Range(view) => view.as_1x1(),
    }
}

pub(super) fn number(args: Args<'_, '_, '_>, index: usize) -> Option<f64> {
    match value(args, index)? {
        LiteralValue::Number(number) => Some(number),
        LiteralValue::Int(number) => Some(number as f64),
        LiteralValue::Empty => Some(0.0),
        _ => None,
    }
}

/// The length of a text in characters.
fn length(args: Args<'_, '_, '_>, index: usize) -> usize {
    match value(args, index) {
        Some(LiteralValue::Text(text)) => text.chars().count(),
        Some(LiteralValue::Empty) | None => 0,
        // The longest text of a number.
        Some(_) => 32,
    }
}

/// Truth values as text, and text as a number, the engine does not take as Excel does.
fn text(name: &str, args: Args<'_, '_, '_>, numbers: std::ops::Range<usize>) -> Result<(), Reason> {
    for index in 0..args.len() {
        match value(args, index) {
            Some(LiteralValue::Boolean(_)) => return unsure(name),
            Some(LiteralValue::Text(_)) if numbers.contains(&index) => return unsure(name),
            Some(other) if !is_text(&other) => return unsure(name),
            _ => {}
        }
    }
    Ok(())
}

/// Whether every program makes the same text of a value.
fn is_text(value: &LiteralValue) -> bool {
    match value {
        LiteralValue::Number(number) => {
            number_text(*number).is_some_and(|text| text == number.to_string())
        }
        LiteralValue::Date(_)
        | LiteralValue::DateTime(_)
        | LiteralValue::Time(_)
        | LiteralValue::Duration(_) => false,
        _ => true,
    }
}

/// Values and ranges of which text is made.
fn texts(name: &str, args: Args<'_, '_, '_>, trace: &Trace) -> Result<(), Reason> {
    let mut sure = true;
    for arg in args {
        match arg.value() {
            Ok(CalcValue::Range(view)) => {
                let (rows, columns) = view.dims();
                if !trace.work(50 * (rows * columns) as u64) {
                    return Err(Reason::Limit);
                }
                let _ = view.for_each_cell(&mut |value| {
                    sure &= is_text(value);
                    Ok(())
                });
            }
            Ok(CalcValue::Scalar(value) | CalcValue::AnnotatedScalar(value, _)) => {
                sure &= is_text(&value);
            }
            _ => {}
        }
    }
    if sure { Ok(()) } else { unsure(name) }
}

fn ascii(name: &str, args: Args<'_, '_, '_>) -> Result<(), Reason> {
    match value(args, 0) {
        Some(LiteralValue::Text(text)) if name != "UNICODE" && !text.is_ascii() => unsure(name),
        _ => Ok(()),
    }
}

fn repeated(args: Args<'_, '_, '_>) -> Result<(), Reason> {
    let times = number(args, 1).unwrap_or(f64::MAX);
    match times * length(args, 0) as f64 <= TEXT_LENGTH as f64 {
        true => Ok(()),
        false => Err(Reason::Limit),
    }
}

fn replaced(args: Args<'_, '_, '_>) -> Result<(), Reason> {
    match number(args, 1) {
        Some(start) if start >= 1.0 && start <= length(args, 0) as f64 => Ok(()),
        _ => unsure("REPLACE"),
    }
}

fn substituted(args: Args<'_, '_, '_>) -> Result<(), Reason> {
    let times = length(args, 0) / length(args, 1).max(1);
    match times.saturating_mul(length(args, 2)) <= 4 * TEXT_LENGTH {
        true => Ok(()),
        false => Err(Reason::Limit),
    }
}

/// A search may compare much at each character, and with wildcards go on to the last.
fn searched(args: Args<'_, '_, '_>, trace: &Trace) -> Result<(), Reason> {
    let (wanted, length) = (length(args, 0) as u64, length(args, 1) as u64);
    let wild = matches!(value(args, 0), Some(LiteralValue::Text(text)) if is_wild(&text));
    let each = if wild { length } else { wanted };
    // Longer ones Excel refuses too.
    match wanted <= 255 && trace.work(length * each) {
        true => Ok(()),
        false => Err(Reason::Limit),
    }
}

/// The engine counts days one by one.
fn stepped(args: Args<'_, '_, '_>, is_count: bool, trace: &Trace) -> Result<(), Reason> {
    let from = if is_count { Some(0.0) } else { number(args, 0) };
    match (from, number(args, 1)) {
        (Some(from), Some(to)) if (to - from).abs() < DAYS => {
            match trace.work(4 * (to - from).abs() as u64) {
                true => Ok(()),
                false => Err(Reason::Limit),
            }
        }
        _ => unsure("a number of days"),
    }
}

pub(super) fn is_wild(text: &str) -> bool {
    text.contains(['*', '?'])
}

/// Functions that sort what they are given.
fn counted(args: Args<'_, '_, '_>, trace: &Trace) -> Result<(), Reason> {
    for arg in args {
        let (rows, columns) = arg.range_view().map_or((1, 1), |view| view.dims());
        if !trace.work(25 * (rows * columns) as u64) {
            return Err(Reason::Limit);
        }
    }
    Ok(())
}

fn positive(name: &str, args: Args<'_, '_, '_>, index: usize) -> Result<(), Reason> {
    match number(args, index) {
        Some(number) if number > 0.0 => Ok(()),
        _ => unsure(name),
    }
}

/// The first arguments are days that there are.
fn days(name: &str, args: Args<'_, '_, '_>, count: usize) -> Result<(), Reason> {
    for index in 0..count {
        match value(args, index) {
            Some(LiteralValue::Number(number)) if !(0.0..DAYS).contains(&number) => {
                return unsure(name);
            }
            // The engine reads days of the United States, whatever the user has set.
            Some(LiteralValue::Text(_) | LiteralValue::Boolean(_)) => return unsure(name),
            _ => {}
        }
    }
    Ok(())
}
