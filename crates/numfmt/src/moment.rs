//! A moment, part by part.

use crate::lex::{HalfDay, Unit};
use crate::locale::{Locale, Tongue};
use crate::names;
use crate::numerals::Script;
use crate::pattern;
use crate::serial;
use crate::setting::Setting;
use crate::time::{Moment, Part, SECONDS_OF_DAY};
use crate::year;

/// What one number is shown with.
pub(crate) struct Shown<'a> {
    pub(crate) moment: Moment,
    /// How many decimals of a second the moment has.
    pub(crate) decimals: usize,
    /// Whether hours go to twelve.
    pub(crate) halves: bool,
    pub(crate) locale: &'a Locale,
    pub(crate) setting: &'a Setting,
    pub(crate) script: Option<Script>,
}

impl Shown<'_> {
    /// Writes one part of a form.
    pub(crate) fn part(&self, part: Part, out: &mut String) {
        let Moment {
            days,
            day,
            seconds,
            decimals,
        } = self.moment;
        let names = self.locale.names();
        let calendar = self.locale.calendar;
        let script = self.script.as_ref();
        match part {
            Part::Literal(character) => out.push(character),
            Part::Year(count) => year::write_year(day, days, calendar, count, script, out),
            Part::BuddhistYear(count) => year::write_buddhist(day, count, script, out),
            Part::Era(count) => {
                let eras = self.locale.eras(self.setting.language);
                out.push_str(year::era(day, eras, count));
            }
            Part::EraYear(count) => {
                let eras = self.locale.eras(self.setting.language);
                let named = self.locale.first_year_named;
                year::write_era_year((day, days), eras, count, named, script, out);
            }
            Part::Month(count @ 3..) => out.push_str(names::month(names, self.month(), count)),
            Part::Month(count) => self.two(i64::from(self.month()), count, out),
            Part::Day(count @ (1 | 2)) => self.two(i64::from(self.day_of_month()), count, out),
            Part::Day(count) => out.push_str(names::day(names, self.weekday(), count == 3)),
            Part::Weekday(count) => {
                let eastern = self.locale.eastern(self.setting.language);
                out.push_str(names::day(eastern, self.weekday(), count == 3));
            }
            Part::Hour(count) => {
                let hour = seconds / 3600;
                let shown = match (self.halves, hour % 12) {
                    (false, _) => hour,
                    (true, 0) => 12,
                    (true, hour) => hour,
                };
                self.two(shown, count, out);
            }
            Part::Minute(count) => self.two(seconds / 60 % 60, count, out),
            Part::Second(count) => self.two(seconds % 60, count, out),
            Part::Decimals(count) => {
                out.push('.');
                // All are cut from the one that shows most.
                let mut power = self.decimals;
                for _ in 0..count {
                    power = power.saturating_sub(1);
                    let digit = decimals / 10_i64.pow(power as u32) % 10;
                    pattern::push_digit(digit as u8, script, out);
                }
            }
            Part::Elapsed(unit, count) => self.elapsed(unit, count, out),
            Part::HalfDay(half) => self.half_day(half, out),
        }
    }

    fn month(&self) -> u8 {
        year::month_and_day(self.moment.day, self.moment.days, self.locale.calendar).0
    }

    fn day_of_month(&self) -> u8 {
        year::month_and_day(self.moment.day, self.moment.days, self.locale.calendar).1
    }

    fn weekday(&self) -> u8 {
        serial::weekday(self.moment.days, self.setting.is_1904)
    }

    /// A number below one hundred, two places wide if the code says so.
    fn two(&self, number: i64, count: usize, out: &mut String) {
        match &self.script {
            Some(script) => script.write_part(number as u32, count >= 2, out),
            None => {
                if number >= 10 || count >= 2 {
                    out.push(char::from(b'0' + (number / 10 % 10) as u8));
                }
                out.push(char::from(b'0' + (number % 10) as u8));
            }
        }
    }

    fn elapsed(&self, unit: Unit, count: usize, out: &mut String) {
        let seconds = self.moment.days * SECONDS_OF_DAY + self.moment.seconds;
        let number = match unit {
            Unit::Hours => seconds / 3600,
            Unit::Minutes => seconds / 60,
            Unit::Seconds => seconds,
        };
        let digits = number.to_string();
        // A code may ask for any width; none is larger than it is itself.
        let script = self.script.as_ref();
        for _ in digits.len()..count {
            pattern::push_digit(0, script, out);
        }
        pattern::write_right(&[], &digits, script, out);
    }

    fn half_day(&self, half: HalfDay, out: &mut String) {
        let is_afternoon = self.moment.seconds >= SECONDS_OF_DAY / 2;
        let tongue = match half {
            HalfDay::Letters { morning, afternoon } => {
                out.push(if is_afternoon { afternoon } else { morning });
                return;
            }
            HalfDay::Words => self.locale.names(),
            HalfDay::Chinese => Tongue::Simplified,
            HalfDay::Japanese => Tongue::Japanese,
            HalfDay::Korean => Tongue::Korean,
        };
        out.push_str(names::half_day(tongue, is_afternoon));
    }
}
