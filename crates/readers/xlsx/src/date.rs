//! Serial numbers as days and times (ECMA-376-1 18.17.4).

use tabulary_ir::civil::{Date, SignedDuration, Time};
use tabulary_ir::{Decimal, Value};

/// What a number format makes of a serial number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TimeKind {
    /// Days, or days and times.
    Calendar,
    /// Times of day.
    Clock,
    /// Time that has passed, as `[h]:mm`.
    Elapsed,
}

/// What the first section of a number format shows of time; none for a number.
pub(crate) fn time_kind(code: &str) -> Option<TimeKind> {
    let (mut calendar, mut clock, mut month) = (false, false, false);
    let mut characters = code.chars().peekable();
    while let Some(character) = characters.next() {
        match character {
            '"' => while characters.next().is_some_and(|c| c != '"') {},
            '\\' | '_' | '*' => {
                characters.next();
            }
            '[' => {
                let inside: String = characters.by_ref().take_while(|&c| c != ']').collect();
                let inside = inside.to_ascii_lowercase();
                let elapsed = ["h", "m", "s"]
                    .iter()
                    .any(|unit| !inside.is_empty() && inside.chars().all(|c| unit.contains(c)));
                if elapsed {
                    return Some(TimeKind::Elapsed);
                }
            }
            ';' => break,
            'y' | 'Y' | 'd' | 'D' => calendar = true,
            'h' | 'H' | 's' | 'S' => clock = true,
            'm' | 'M' => month = true,
            'G' if code.starts_with("General") => return None,
            _ => {}
        }
    }
    match (calendar, clock, month) {
        (true, ..) | (false, false, true) => Some(TimeKind::Calendar),
        (false, true, _) => Some(TimeKind::Clock),
        (false, false, false) => None,
    }
}

/// The day or time of a serial number; the number itself where it is before the first day.
pub(crate) fn value(number: &Decimal, kind: TimeKind, is_1904: bool) -> Value {
    typed(number.to_f64(), kind, is_1904).unwrap_or_else(|| Value::Number(number.clone()))
}

fn typed(serial: f64, kind: TimeKind, is_1904: bool) -> Option<Value> {
    const DAY: i64 = 86_400_000;
    let total = (serial * DAY as f64).round();
    // 3,000,000 days reach beyond the year 9999, where spreadsheets end.
    if !(0.0..3_000_000.0 * DAY as f64).contains(&total) {
        if kind == TimeKind::Elapsed && total.abs() < 1e15 {
            return Some(Value::Duration(SignedDuration::from_millis(total as i64)));
        }
        return None;
    }
    let total = total as i64;
    if kind == TimeKind::Elapsed {
        return Some(Value::Duration(SignedDuration::from_millis(total)));
    }
    let (days, rest) = (total / DAY, total % DAY);
    let time = clock_time(rest)?;
    if days == 0 && (!is_1904 || kind == TimeKind::Clock) {
        return Some(Value::Time(time));
    }
    let date = day(days, is_1904)?;
    Some(if rest == 0 {
        Value::Date(date)
    } else {
        Value::DateTime(date.to_datetime(time))
    })
}

fn clock_time(milliseconds: i64) -> Option<Time> {
    let (seconds, thousandths) = (milliseconds / 1000, milliseconds % 1000);
    Time::new(
        i8::try_from(seconds / 3600).ok()?,
        i8::try_from(seconds / 60 % 60).ok()?,
        i8::try_from(seconds % 60).ok()?,
        i32::try_from(thousandths * 1_000_000).ok()?,
    )
    .ok()
}

/// Day 60 of the 1900 system is 29 February 1900, which there never was: it is read as the day before.
fn day(days: i64, is_1904: bool) -> Option<Date> {
    let (year, offset) = match (is_1904, days) {
        (true, _) => (1904, days),
        (false, ..60) => (1900, days - 1),
        (false, _) => (1900, days - 2),
    };
    let days = jiff_days(offset)?;
    Date::new(year, 1, 1).ok()?.checked_add(days).ok()
}

fn jiff_days(days: i64) -> Option<SignedDuration> {
    Some(SignedDuration::from_secs(days.checked_mul(86_400)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(serial: &str, code: &str, is_1904: bool) -> String {
        let number = serial.parse().expect("a number");
        let kind = time_kind(code).expect("a format of time");
        format!("{:?}", value(&number, kind, is_1904))
    }

    #[test]
    fn formats_of_time_are_told_from_formats_of_numbers() {
        use TimeKind::{Calendar, Clock, Elapsed};
        for (code, kind) in [
            ("yyyy-mm-dd", Some(Calendar)),
            ("yyyy\"年\"m\"月\"", Some(Calendar)),
            ("m/d/yy h:mm", Some(Calendar)),
            ("mmm", Some(Calendar)),
            ("h:mm AM/PM", Some(Clock)),
            ("mm:ss", Some(Clock)),
            ("[h]:mm", Some(Elapsed)),
            ("[$-804]yyyy", Some(Calendar)),
            ("[Red]0.00", None),
            ("General", None),
            ("0.00E+00", None),
            ("\"day\" 0", None),
            ("#,##0_);(#,##0)", None),
            ("0;yyyy", None),
        ] {
            assert_eq!(time_kind(code), kind, "{code}");
        }
    }

    #[test]
    fn serial_numbers_are_days_and_times() {
        for (serial, code, is_1904, wanted) in [
            ("43850", "yyyy-mm-dd", false, "Date(2020-01-20)"),
            ("1", "yyyy", false, "Date(1900-01-01)"),
            ("59", "yyyy", false, "Date(1900-02-28)"),
            ("60", "yyyy", false, "Date(1900-02-28)"),
            ("61", "yyyy", false, "Date(1900-03-01)"),
            ("0", "yyyy", true, "Date(1904-01-01)"),
            (
                "43850.5",
                "yyyy-mm-dd",
                false,
                "DateTime(2020-01-20T12:00:00)",
            ),
            ("0.354166666666667", "h:mm", false, "Time(08:30:00)"),
            ("1.5", "[h]:mm", false, "Duration(36h)"),
            ("-1", "yyyy", false, "Number(Decimal(\"-1\"))"),
            ("99999999", "yyyy", false, "Number(Decimal(\"99999999\"))"),
        ] {
            assert_eq!(shown(serial, code, is_1904), wanted, "{serial} {code}");
        }
    }
}
