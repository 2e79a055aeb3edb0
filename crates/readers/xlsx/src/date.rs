//! Serial numbers as days and times (ECMA-376-1 18.17.4).

use tabulary_ir::civil::{Date, DateTime, SignedDuration, Time};
use tabulary_ir::{Decimal, Value};
use tabulary_numfmt::TimeKind;

/// The day or time of a serial number; the number itself where it is before the first day.
pub(crate) fn value(number: &Decimal, kind: TimeKind, is_1904: bool) -> Value {
    typed(number.to_f64(), kind, is_1904).unwrap_or_else(|| Value::Number(number.clone()))
}

fn typed(serial: f64, kind: TimeKind, is_1904: bool) -> Option<Value> {
    const DAY: i64 = 86_400_000;
    let total = (serial * DAY as f64).round();
    // 3,000,000 days reach beyond the year 9999, where spreadsheets end; before the first day they
    // show no date, though other programs do.
    if total.abs() >= 3_000_000.0 * DAY as f64 {
        let is_length = kind == TimeKind::Elapsed && total.abs() < 1e15;
        return is_length.then(|| Value::Duration(SignedDuration::from_millis(total as i64)));
    }
    let total = total as i64;
    if kind == TimeKind::Elapsed {
        return Some(Value::Duration(SignedDuration::from_millis(total)));
    }
    let (days, rest) = (total.div_euclid(DAY), total.rem_euclid(DAY));
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
/// Days before the first are counted back from 30 December 1899.
fn day(days: i64, is_1904: bool) -> Option<Date> {
    let (year, offset) = match (is_1904, days) {
        (true, _) => (1904, days),
        (false, 1..60) => (1900, days - 1),
        (false, _) => (1900, days - 2),
    };
    let days = jiff_days(offset)?;
    Date::new(year, 1, 1).ok()?.checked_add(days).ok()
}

/// The serial number of a moment in the 1900 or the 1904 system.
pub(crate) fn serial(moment: DateTime, is_1904: bool) -> f64 {
    let first = if is_1904 {
        DateTime::constant(1904, 1, 1, 0, 0, 0, 0)
    } else {
        DateTime::constant(1899, 12, 30, 0, 0, 0, 0)
    };
    let serial = moment.duration_since(first).as_secs_f64() / 86_400.0;
    // Before 1 March 1900 the days count one less, since the system has a 29 February 1900.
    if !is_1904 && (1.0..61.0).contains(&serial) {
        serial - 1.0
    } else {
        serial
    }
}

fn jiff_days(days: i64) -> Option<SignedDuration> {
    Some(SignedDuration::from_secs(days.checked_mul(86_400)?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use tabulary_numfmt::FormatCode;

    fn number_of(serial: &str) -> f64 {
        serial.parse().expect("a number")
    }

    fn shown(serial: &str, code: &str, is_1904: bool) -> String {
        let number = serial.parse().expect("a number");
        let code = FormatCode::parse(code);
        let kind = code.time_kind(number_of(serial)).expect("a format of time");
        format!("{:?}", value(&number, kind, is_1904))
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
            ("-1", "yyyy", false, "Date(1899-12-29)"),
            ("-1.2", "yyyy h", false, "DateTime(1899-12-28T19:12:00)"),
            ("99999999", "yyyy", false, "Number(Decimal(\"99999999\"))"),
        ] {
            assert_eq!(shown(serial, code, is_1904), wanted, "{serial} {code}");
        }
    }
}
