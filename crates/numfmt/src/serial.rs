//! Serial numbers as days and times (ECMA-376-1 18.17.4), in both date systems.
//!
//! In the system of 1900 day 1 is 1 January 1900, and day 60 is 29 February 1900, a day that there never
//! was; day 0 is shown as 0 January 1900. In the system of 1904 day 0 is 1 January 1904. Neither goes
//! beyond the year 9999.

/// Milliseconds of a day.
const DAY: f64 = 86_400_000.0;

/// What day 0 of the 1904 system is in that of 1900 (ECMA-376-1 18.17.4.1).
const DAYS_TO_1904: i64 = 1462;

/// The day after the last of the year 9999, in the system of 1900.
const END: i64 = 2_958_466;

/// Day 0 of the 1900 system by the rule after its false leap day, counted from 1 March of the year 0.
const DAY_ZERO: i64 = 693_899;

/// A day as spreadsheets show it. Two of the 1900 system are no days of a calendar: 0 January and
/// 29 February 1900.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Day {
    /// The year, from 1900 to 9999.
    pub year: u16,
    /// The month, from 1 to 12.
    pub month: u8,
    /// The day of the month, from 0 to 31.
    pub day: u8,
}

/// A day with a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Moment {
    /// The day.
    pub day: Day,
    /// The hour, from 0 to 23.
    pub hour: u8,
    /// The minute, from 0 to 59.
    pub minute: u8,
    /// The second, from 0 to 59.
    pub second: u8,
    /// The thousandth of a second, from 0 to 999.
    pub millisecond: u16,
}

/// The number that the day has in the system of 1900, if it is one of that system.
fn in_1900(day: i64, is_1904: bool) -> Option<i64> {
    let day = if is_1904 {
        day.checked_add(DAYS_TO_1904)?
    } else {
        day
    };
    (0..END).contains(&day).then_some(day)
}

/// The day of a serial number without its fraction; none before day 0 and after the year 9999.
#[must_use]
pub fn day(number: i64, is_1904: bool) -> Option<Day> {
    if is_1904 && number < 0 {
        return None;
    }
    let number = in_1900(number, is_1904)?;
    match number {
        0 => {
            return Some(Day {
                year: 1900,
                month: 1,
                day: 0,
            });
        }
        60 => {
            return Some(Day {
                year: 1900,
                month: 2,
                day: 29,
            });
        }
        _ => {}
    }
    // Years that begin in March have their leap day at the end.
    let days = number + DAY_ZERO + i64::from(number < 60);
    let era = days / 146_097;
    let day_of_era = days % 146_097;
    let year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month + 2) / 5 + 1;
    let (month, next) = if month < 10 {
        (month + 3, 0)
    } else {
        (month - 9, 1)
    };
    Some(Day {
        year: u16::try_from(era * 400 + year_of_era + next).ok()?,
        month: u8::try_from(month).ok()?,
        day: u8::try_from(day).ok()?,
    })
}

/// The day of the week of a serial number, Sunday being 0, as spreadsheets have it: they give the days
/// before 1 March 1900 the one before that of the calendar.
#[must_use]
pub fn weekday(number: i64, is_1904: bool) -> u8 {
    let number = if is_1904 {
        number.saturating_add(DAYS_TO_1904)
    } else {
        number
    };
    (number.rem_euclid(7) as u8 + 6) % 7
}

/// The day and time of a serial number, to the nearest millisecond; none where [`day`] has none.
#[must_use]
pub fn moment(serial: f64, is_1904: bool) -> Option<Moment> {
    // Beyond this no day is near, and the sum below would not be exact.
    if !(0.0..END as f64).contains(&serial) {
        return None;
    }
    let total = (serial * DAY).round() as i64;
    let day_length = DAY as i64;
    let rest = total % day_length;
    Some(Moment {
        day: day(total / day_length, is_1904)?,
        hour: (rest / 3_600_000) as u8,
        minute: (rest / 60_000 % 60) as u8,
        second: (rest / 1000 % 60) as u8,
        millisecond: (rest % 1000) as u16,
    })
}

/// The serial number of a day; none for what is no day of the system. 29 February 1900 is day 60, and
/// 0 January 1900 day 0.
#[must_use]
pub fn from_day(day: Day, is_1904: bool) -> Option<i64> {
    let shown = if day.year == 1900 && day.month <= 2 {
        let first = if day.month == 1 { 0 } else { 31 };
        first + i64::from(day.day)
    } else {
        let (month, year) = match day.month {
            3..=12 => (i64::from(day.month) - 3, i64::from(day.year)),
            _ => (i64::from(day.month) + 9, i64::from(day.year) - 1),
        };
        let (era, year_of_era) = (year / 400, year % 400);
        let day_of_year = (153 * month + 2) / 5 + i64::from(day.day) - 1;
        let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
        era * 146_097 + day_of_era - DAY_ZERO
    };
    let number = if is_1904 { shown - DAYS_TO_1904 } else { shown };
    // What no month has leads to another day, and is refused so.
    (self::day(number, is_1904) == Some(day)).then_some(number)
}

/// The serial number of a day and time; none where [`from_day`] has none.
#[must_use]
pub fn from_moment(moment: Moment, is_1904: bool) -> Option<f64> {
    let Moment {
        day,
        hour,
        minute,
        second,
        millisecond,
    } = moment;
    if hour > 23 || minute > 59 || second > 59 || millisecond > 999 {
        return None;
    }
    let seconds = i64::from(hour) * 3600 + i64::from(minute) * 60 + i64::from(second);
    let milliseconds = seconds * 1000 + i64::from(millisecond);
    Some(from_day(day, is_1904)? as f64 + milliseconds as f64 / DAY)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(year: u16, month: u8, day: u8) -> Day {
        Day { year, month, day }
    }

    #[test]
    fn days_have_numbers() {
        for (number, is_1904, wanted) in [
            (0, false, date(1900, 1, 0)),
            (1, false, date(1900, 1, 1)),
            (59, false, date(1900, 2, 28)),
            (60, false, date(1900, 2, 29)),
            (61, false, date(1900, 3, 1)),
            (36_526, false, date(2000, 1, 1)),
            (43_850, false, date(2020, 1, 20)),
            (2_958_465, false, date(9999, 12, 31)),
            (0, true, date(1904, 1, 1)),
            (42_388, true, date(2020, 1, 20)),
            (2_957_003, true, date(9999, 12, 31)),
        ] {
            assert_eq!(day(number, is_1904), Some(wanted), "{number}");
            assert_eq!(from_day(wanted, is_1904), Some(number), "{wanted:?}");
        }
        for (number, is_1904) in [
            (-1, false),
            (2_958_466, false),
            (-1, true),
            (2_957_004, true),
            (i64::MAX, true),
        ] {
            assert_eq!(day(number, is_1904), None);
        }
    }

    #[test]
    fn every_day_comes_back() {
        let mut before = None;
        for number in 0..END {
            let found = day(number, false);
            assert!(found > before, "{number}");
            assert_eq!(found.and_then(|found| from_day(found, false)), Some(number));
            before = found;
        }
    }

    #[test]
    fn what_is_no_day_has_no_number() {
        for day in [
            date(1900, 2, 30),
            date(2019, 2, 29),
            date(2020, 13, 1),
            date(2020, 0, 1),
            date(2020, 4, 31),
            date(1899, 12, 31),
            date(10_000, 1, 1),
            date(0, 0, 0),
        ] {
            assert_eq!(from_day(day, false), None, "{day:?}");
        }
        assert_eq!(from_day(date(1903, 12, 31), true), None);
    }

    #[test]
    fn days_of_the_week_are_those_of_excel() {
        assert_eq!(weekday(0, false), 6);
        assert_eq!(weekday(1, false), 0);
        assert_eq!(weekday(43_850, false), 1);
        assert_eq!(weekday(42_388, true), 1);
    }

    #[test]
    fn moments_have_numbers() {
        let noon = Moment {
            day: date(2020, 1, 20),
            hour: 12,
            minute: 30,
            second: 15,
            millisecond: 250,
        };
        let serial = from_moment(noon, false).expect("a moment");
        assert_eq!(moment(serial, false), Some(noon));
        assert_eq!(moment(-0.5, false), None);
        assert_eq!(moment(f64::NAN, false), None);
        assert_eq!(moment(1e300, false), None);
    }
}
