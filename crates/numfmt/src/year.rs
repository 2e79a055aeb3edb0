//! Years and eras of the calendars other than the Gregorian.

use crate::locale::Calendar;
use crate::numerals::Script;
use crate::pattern;
use crate::serial::Day;

/// Years from the death of the Buddha to that of the Gregorian calendar.
const BUDDHIST: u16 = 543;

/// An era of Japan: its first day, and its name by one letter, one character and in full.
struct Era {
    first: (u16, u8, u8),
    names: [&'static str; 3],
}

const ERAS: [Era; 5] = [
    Era {
        first: (2019, 5, 1),
        names: ["R", "令", "令和"],
    },
    Era {
        first: (1989, 1, 8),
        names: ["H", "平", "平成"],
    },
    Era {
        first: (1926, 12, 25),
        names: ["S", "昭", "昭和"],
    },
    Era {
        first: (1912, 7, 30),
        names: ["T", "大", "大正"],
    },
    Era {
        first: (1868, 1, 25),
        names: ["M", "明", "明治"],
    },
];

fn japanese(day: Day) -> Option<&'static Era> {
    ERAS.iter()
        .find(|era| era.first <= (day.year, day.month, day.day))
}

/// What `g`, `gg` and `ggg` show.
pub(crate) fn era(day: Day, calendar: Calendar, letters: usize) -> &'static str {
    match calendar {
        Calendar::Japanese => japanese(day)
            .and_then(|era| era.names.get(letters.min(3).saturating_sub(1)))
            .copied()
            .unwrap_or_default(),
        Calendar::Taiwanese if letters >= 3 => "中華民國",
        Calendar::Taiwanese => "民國",
        Calendar::Korean => "단기",
        _ => "",
    }
}

/// The year as a calendar counts it.
fn in_calendar(day: Day, days: i64, calendar: Calendar) -> u16 {
    match calendar {
        Calendar::Japanese => japanese(day).map_or(day.year, |era| day.year + 1 - era.first.0),
        Calendar::Taiwanese if day.year > 1911 => day.year - 1911,
        Calendar::Korean => day.year + 2333,
        Calendar::Buddhist => day.year + BUDDHIST,
        Calendar::Hijri => hijri(days).0,
        _ => day.year,
    }
}

/// `yy` shows two figures, `yyyy` four, or as many as a short year has.
pub(crate) fn write_year(
    day: Day,
    days: i64,
    calendar: Calendar,
    letters: usize,
    script: Option<&Script>,
    out: &mut String,
) {
    let year = in_calendar(day, days, calendar);
    if letters <= 2 {
        write_figures(year % 100, 2, script, out);
    } else {
        write_figures(year, 1, script, out);
    }
}

pub(crate) fn write_buddhist(day: Day, letters: usize, script: Option<&Script>, out: &mut String) {
    let year = day.year + BUDDHIST;
    if letters <= 2 {
        write_figures(year % 100, 2, script, out);
    } else {
        write_figures(year, 4, script, out);
    }
}

/// `e` shows the year of the era as it is, `ee` two figures of it; [`usize::MAX`] stands for `rr`, which
/// has the era before it. The first year of an era may have a name.
pub(crate) fn write_era_year(
    (day, days): (Day, i64),
    calendar: Calendar,
    letters: usize,
    first_year_named: bool,
    script: Option<&Script>,
    out: &mut String,
) {
    if letters == usize::MAX {
        out.push_str(era(day, calendar, 3));
    }
    let year = in_calendar(day, days, calendar);
    let of_era = matches!(calendar, Calendar::Japanese | Calendar::Taiwanese);
    if first_year_named && year == 1 {
        out.push('元');
    } else if of_era && year < 100 {
        match script {
            // A year below one hundred is written out, as months are.
            Some(script) => script.write_part(u32::from(year), letters >= 2, out),
            None => write_figures(year, letters.min(2), script, out),
        }
    } else {
        write_figures(year, 1, script, out);
    }
}

fn write_figures(number: u16, width: usize, script: Option<&Script>, out: &mut String) {
    let digits = [
        number / 10_000,
        number / 1000 % 10,
        number / 100 % 10,
        number / 10 % 10,
        number % 10,
    ];
    let start = digits
        .iter()
        .position(|&digit| digit > 0)
        .unwrap_or(4)
        .min(5 - width.clamp(1, 5));
    for digit in &digits[start..] {
        pattern::push_digit(*digit as u8, script, out);
    }
}

/// The month and the day of it.
pub(crate) fn month_and_day(day: Day, days: i64, calendar: Calendar) -> (u8, u8) {
    match calendar {
        Calendar::Hijri => {
            let (_, month, day) = hijri(days);
            (month, day)
        }
        _ => (day.month, day.day),
    }
}

/// Year, month and day of the Hijra of a day in the system of 1900, by the arithmetic calendar with eleven
/// leap years in thirty that agrees with what Excel shows under `B2`.
fn hijri(days: i64) -> (u16, u8, u8) {
    /// Days of thirty years.
    const CYCLE: i64 = 10_631;
    /// Days of the calendar before day 0.
    const BEFORE: i64 = 466_580;
    let day = days + BEFORE + i64::from(days < 60);
    let (cycle, in_cycle) = (day / CYCLE, day % CYCLE);
    let year = (30 * in_cycle + 20) / CYCLE;
    let in_year = in_cycle - (CYCLE * year + 9) / 30;
    // Months have thirty and twenty-nine days by turns.
    let month = ((in_year * 2 + 1) / 59).min(11);
    let in_month = in_year - (59 * month + 1) / 2;
    (
        (cycle * 30 + year + 1) as u16,
        (month + 1) as u8,
        (in_month + 1) as u8,
    )
}
