//! Searches and criteria for which the engine is known to find what Excel finds.

use formualizer_eval::engine::range_view::RangeView;
use formualizer_eval::traits::ArgumentHandle;
use formualizer_parse::LiteralValue;

use super::reason::Reason;
use super::rules::{Args, is_wild, number, unsure, value};
use super::trace::Trace;

/// Whether a function that searches is worked out for these arguments.
pub(super) fn check(name: &str, args: Args<'_, '_, '_>, trace: &Trace) -> Result<(), Reason> {
    match name {
        "COUNTIF" | "SUMIF" | "AVERAGEIF" | "COUNTIFS" => criteria(name, args, 0, trace),
        "SUMIFS" | "AVERAGEIFS" | "MAXIFS" | "MINIFS" => criteria(name, args, 1, trace),
        _ => {
            // What a blank cell stands for here differs from function to function.
            let wanted = match value(args, 0) {
                Some(LiteralValue::Empty) | None => return unsure("a search for a blank cell"),
                Some(wanted) => wanted,
            };
            let searched = args.get(1).map(ArgumentHandle::range_view);
            if !matches!(searched, Some(Ok(_))) {
                return unsure(name);
            }
            compared(&wanted, trace)?;
            let sorted = |side, falling| match &wanted {
                LiteralValue::Text(text) if !is_plain(text) => unsure("the order of texts"),
                _ => sorted(args.get(1), side, falling, trace),
            };
            match name {
                "VLOOKUP" if is_exact(args) => Ok(()),
                "VLOOKUP" => sorted(Side::Column, false),
                "HLOOKUP" if is_exact(args) => Ok(()),
                "HLOOKUP" => sorted(Side::Row, false),
                "MATCH" => match kind(args) {
                    Some(0) => Ok(()),
                    Some(kind) => sorted(Side::Line, kind < 0),
                    None => unsure(name),
                },
                "LOOKUP" => sorted(Side::Line, false),
                "XLOOKUP" => linear(name, args, 5),
                _ => linear(name, args, 3),
            }
        }
    }
}

/// Where a function looks for a value.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Column,
    Row,
    /// The whole of a range of one row or one column.
    Line,
}

/// Whether a search is for the very value. An approximate one halves what it searches; in what is not
/// sorted, every program finds another place.
fn is_exact(args: Args<'_, '_, '_>) -> bool {
    match args.get(3).and_then(|_| value(args, 3)) {
        Some(LiteralValue::Boolean(truth)) => !truth,
        Some(LiteralValue::Number(number)) => number.abs() <= 0.0,
        Some(LiteralValue::Int(number)) => number == 0,
        Some(LiteralValue::Empty) => true,
        _ => false,
    }
}

/// How `MATCH` searches: 0 for the very value, else up or down what is sorted.
fn kind(args: Args<'_, '_, '_>) -> Option<i8> {
    if args.len() < 3 {
        return Some(1);
    }
    let kind = number(args, 2)?;
    Some(if kind > 0.0 {
        1
    } else if kind < 0.0 {
        -1
    } else {
        0
    })
}

fn sorted(
    searched: Option<&ArgumentHandle<'_, '_>>,
    side: Side,
    falling: bool,
    trace: &Trace,
) -> Result<(), Reason> {
    let unsorted = || unsure("a search in what is not sorted");
    let Some(Ok(view)) = searched.map(ArgumentHandle::range_view) else {
        return unsorted();
    };
    let (rows, columns) = view.dims();
    let (length, is_column) = match side {
        Side::Column => (rows, true),
        Side::Row => (columns, false),
        Side::Line if columns == 1 => (rows, true),
        Side::Line if rows == 1 => (columns, false),
        Side::Line => return unsorted(),
    };
    if !trace.work(50 * length as u64) {
        return Err(Reason::Limit);
    }
    match in_order(&view, length, is_column, falling) {
        true => Ok(()),
        false => unsorted(),
    }
}

fn in_order(view: &RangeView<'_>, length: usize, is_column: bool, falling: bool) -> bool {
    let mut last = None;
    for index in 0..length {
        let value = match is_column {
            true => view.get_cell(index, 0),
            false => view.get_cell(0, index),
        };
        let ordered = match (&last, &value) {
            (_, LiteralValue::Empty) => {
                // Blank cells may only follow.
                last = Some(LiteralValue::Empty);
                continue;
            }
            (None, LiteralValue::Number(_)) => true,
            (None, LiteralValue::Text(text)) => is_plain(text),
            (Some(LiteralValue::Number(a)), LiteralValue::Number(b)) => (a <= b) != falling,
            (Some(LiteralValue::Text(a)), LiteralValue::Text(b)) => {
                is_plain(b) && (a.to_lowercase() <= b.to_lowercase()) != falling
            }
            _ => false,
        };
        if !ordered {
            return false;
        }
        last = Some(value);
    }
    true
}

/// Whether a text is sorted alike everywhere.
fn is_plain(text: &str) -> bool {
    text.bytes().all(|b| b.is_ascii_alphanumeric())
}

/// A search one by one.
fn linear(name: &str, args: Args<'_, '_, '_>, mode: usize) -> Result<(), Reason> {
    match args.get(mode).map(|_| number(args, mode)) {
        None => Ok(()),
        Some(Some(mode)) if mode.abs() < 1.5 => Ok(()),
        Some(_) => unsure(name),
    }
}

/// Ranges and criteria by turns, after the first `skip`.
fn criteria(name: &str, args: Args<'_, '_, '_>, skip: usize, trace: &Trace) -> Result<(), Reason> {
    let size = |index: usize| Some(args.get(index)?.range_view().ok()?.dims());
    let Some(first) = size(0) else {
        return unsure(name);
    };
    let is_single = matches!(name, "COUNTIF" | "SUMIF" | "AVERAGEIF");
    let ranges = match is_single {
        true => (0..args.len()).step_by(2),
        false => (skip..args.len()).step_by(2),
    };
    for index in ranges {
        if size(index) != Some(first) {
            return unsure(name);
        }
        let of_text = 60 * (first.0 * first.1) as u64;
        if trace.text_read() > 0 && !trace.work(of_text) {
            return Err(Reason::Limit);
        }
    }
    let criteria = match is_single {
        true => (1..2).step_by(2),
        false => (skip + 1..args.len()).step_by(2),
    };
    for index in criteria {
        let criterion = value(args, index);
        if let Some(criterion) = &criterion {
            compared(criterion, trace)?;
        }
        let blank = match criterion {
            Some(LiteralValue::Text(text)) => {
                text.is_empty() || text == "=" || text.starts_with("<>")
            }
            Some(LiteralValue::Number(_) | LiteralValue::Int(_) | LiteralValue::Boolean(_)) => {
                false
            }
            Some(LiteralValue::Empty) => false,
            _ => return unsure(name),
        };
        // Blank cells that were not looked at would count.
        if blank && trace.is_cut() {
            return Err(Reason::Limit);
        }
    }
    Ok(())
}

/// A text with wildcards is compared with each text.
fn compared(value: &LiteralValue, trace: &Trace) -> Result<(), Reason> {
    let wild = matches!(value, LiteralValue::Text(text) if is_wild(text));
    match !wild || trace.work(4 * trace.text_read()) {
        true => Ok(()),
        false => Err(Reason::Limit),
    }
}
