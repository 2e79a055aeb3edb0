//! Sections that show dates and times.

use crate::lex::{self, HalfDay, Place, Token, Unit};
use crate::locale::Locale;
use crate::moment::Shown;
use crate::numerals::Script;
use crate::pattern::{self, Item};
use crate::serial::{self, Day};
use crate::setting::{Language, Setting};

/// What a number format makes of a serial number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TimeKind {
    /// Days, or days and times.
    Calendar,
    /// Times of day.
    Clock,
    /// Time that has passed, as `[h]:mm`.
    Elapsed,
}

/// What fills the cell where a number is no date.
pub(crate) const HASHES: &str = "########";

/// Decimals of a second that Excel shows at most.
const MOST_DECIMALS: usize = 3;

pub(crate) const SECONDS_OF_DAY: i64 = 86_400;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    Literal(char),
    Year(usize),
    Era(usize),
    EraYear(usize),
    /// Years since the death of the Buddha.
    BuddhistYear(usize),
    Month(usize),
    Day(usize),
    /// Days of the week as East Asia abbreviates them.
    Weekday(usize),
    Hour(usize),
    Minute(usize),
    Second(usize),
    Decimals(usize),
    Elapsed(Unit, usize),
    HalfDay(HalfDay),
}

/// A section for dates and times.
#[derive(Clone, Debug)]
pub(crate) struct Form {
    parts: Vec<Part>,
    /// The most decimals of a second that are shown; to these the number is rounded.
    decimals: usize,
    halves: bool,
    kind: TimeKind,
    /// Whether it shows passed time and nothing else, so that it may be negative.
    only_elapsed: bool,
}

/// A number cut into what is shown of it.
pub(crate) struct Moment {
    pub(crate) days: i64,
    pub(crate) day: Day,
    /// Of the day.
    pub(crate) seconds: i64,
    /// Of the second, in the smallest unit that is shown.
    pub(crate) decimals: i64,
}

impl Form {
    /// None where nothing of date or time is in the section; the flag tells whether Excel takes it.
    pub(crate) fn new(tokens: &[Token]) -> Option<(Self, bool)> {
        let is_time = |token: &Token| {
            matches!(
                token,
                Token::Time(..) | Token::Elapsed(..) | Token::HalfDay(_)
            )
        };
        if !tokens.iter().any(is_time) {
            return None;
        }
        let mut parts = Vec::with_capacity(tokens.len());
        let mut valid = true;
        let mut at = 0;
        while let Some(token) = tokens.get(at) {
            at += 1;
            match *token {
                Token::Time(letter, count) => parts.push(part(letter, count)),
                Token::Elapsed(unit, count) => parts.push(Part::Elapsed(unit, count)),
                Token::HalfDay(half) => parts.push(Part::HalfDay(half)),
                Token::Point => {
                    let zeros = tokens[at..]
                        .iter()
                        .take_while(|token| **token == Token::Place(Place::Zero))
                        .count();
                    if zeros > 0 {
                        parts.push(Part::Decimals(zeros.min(MOST_DECIMALS)));
                        at += zeros;
                    } else {
                        parts.push(Part::Literal('.'));
                    }
                }
                Token::Place(_) | Token::General | Token::Exponent { .. } | Token::At => {
                    valid = false
                }
                ref other => match pattern::literal(other) {
                    Some(Item::Literal(character)) => parts.push(Part::Literal(character)),
                    Some(_) => parts.push(Part::Literal(' ')),
                    None => {}
                },
            }
        }
        tell_minutes(&mut parts);
        Some((Self::of(parts), valid))
    }

    /// The form that the system has.
    pub(crate) fn of_system(long_date: bool, language: Language) -> Option<Self> {
        let sections = lex::sections(system_code(long_date, language));
        Self::new(&sections.first()?.list).map(|(form, _)| form)
    }

    fn of(mut parts: Vec<Part>) -> Self {
        let shows = |wanted: fn(&Part) -> bool| parts.iter().any(wanted);
        let elapsed = shows(|part| matches!(part, Part::Elapsed(..)));
        let calendar = shows(|part| {
            matches!(
                part,
                Part::Year(_)
                    | Part::Era(_)
                    | Part::EraYear(_)
                    | Part::BuddhistYear(_)
                    | Part::Month(_)
                    | Part::Day(_)
                    | Part::Weekday(_)
            )
        });
        let kind = match (elapsed, calendar) {
            (true, _) => TimeKind::Elapsed,
            (_, true) => TimeKind::Calendar,
            _ => TimeKind::Clock,
        };
        let only_elapsed = !shows(|part| !matches!(part, Part::Elapsed(..) | Part::Literal(_)));
        let halves = shows(|part| matches!(part, Part::HalfDay(_)));
        let decimals = parts.iter().map(|part| match part {
            Part::Decimals(count) => *count,
            _ => 0,
        });
        let decimals = decimals.max().unwrap_or(0);
        // Beside passed hours, an hour of the day is one of them.
        if shows(|part| matches!(part, Part::Elapsed(Unit::Hours, _))) {
            for part in &mut parts {
                if let Part::Hour(count) = *part {
                    *part = Part::Elapsed(Unit::Hours, count);
                }
            }
        }
        Self {
            decimals,
            halves,
            kind,
            only_elapsed,
            parts,
        }
    }

    pub(crate) fn kind(&self) -> TimeKind {
        self.kind
    }

    /// Writes a serial number. Before day 0 there are no dates: in the system of 1900 the cell fills with
    /// hashes, in that of 1904 the number is shown with a minus, as passed time is in both.
    pub(crate) fn write(&self, number: f64, locale: &Locale, setting: &Setting, out: &mut String) {
        let negative = number < 0.0;
        let moment = if negative && !setting.is_1904 && !self.only_elapsed {
            None
        } else {
            self.moment(number.abs(), setting.is_1904)
        };
        let Some(moment) = moment else {
            out.push_str(HASHES);
            return;
        };
        if negative {
            out.push('-');
        }
        let language = setting.language;
        let eastern = locale.eastern(language);
        let script = Script::of(locale.numerals, eastern);
        let shown = Shown {
            moment,
            decimals: self.decimals,
            halves: self.halves,
            locale,
            setting,
            script,
        };
        for part in &self.parts {
            shown.part(*part, out);
        }
    }

    /// Cuts a number that is not negative, rounded to what is shown of a second; none where it is no date.
    ///
    /// Excel adds half of that to the number of days, and cuts: by what doubles leave of it, half a second
    /// of a day in our time may go either way.
    fn moment(&self, number: f64, is_1904: bool) -> Option<Moment> {
        let per_second = match self.decimals {
            0 => 1,
            1 => 10,
            2 => 100,
            _ => 1000,
        };
        let per_day = (SECONDS_OF_DAY * per_second) as f64;
        let number = number + 0.5 / per_day;
        if number >= 3_000_000.0 || number.is_nan() {
            return None;
        }
        let days = number.floor();
        let units = ((number - days) * per_day) as i64;
        let days = days as i64;
        Some(Moment {
            days,
            day: serial::day(days, is_1904)?,
            seconds: units / per_second,
            decimals: units % per_second,
        })
    }
}

fn part(letter: u8, count: usize) -> Part {
    match letter {
        b'y' => Part::Year(count),
        b'g' => Part::Era(count),
        b'b' => Part::BuddhistYear(count),
        b'm' => Part::Month(count),
        b'd' => Part::Day(count),
        b'a' => Part::Weekday(count),
        b'h' => Part::Hour(count),
        b's' => Part::Second(count),
        // `r` is `ee`, `rr` is `gggee`; the era of the latter is its first letter's.
        b'r' if count > 1 => Part::EraYear(usize::MAX),
        b'r' => Part::EraYear(2),
        _ => Part::EraYear(count),
    }
}

/// One or two `m` are minutes right after hours, or right before seconds; each hour and second has one.
fn tell_minutes(parts: &mut [Part]) {
    #[derive(PartialEq)]
    enum Last {
        Other,
        Free,
        Minute,
        /// At this place stands an `m` that may yet be minutes.
        Month(usize),
    }
    let mut last = Last::Other;
    for at in 0..parts.len() {
        match parts[at] {
            Part::Literal(_) | Part::Decimals(_) | Part::HalfDay(_) | Part::Era(_) => {}
            Part::Hour(_) | Part::Elapsed(Unit::Hours, _) => last = Last::Free,
            Part::Second(_) | Part::Elapsed(Unit::Seconds, _) => {
                if let Last::Month(month) = last {
                    if let Part::Month(count) = parts[month] {
                        parts[month] = Part::Minute(count);
                    }
                    last = Last::Other;
                } else if last == Last::Minute {
                    last = Last::Other;
                } else {
                    last = Last::Free;
                }
            }
            Part::Month(count @ 1..=2) => {
                if last == Last::Free {
                    parts[at] = Part::Minute(count);
                    last = Last::Minute;
                } else {
                    last = Last::Month(at);
                }
            }
            _ => last = Last::Other,
        }
    }
}

/// The system's own form of a long date and of a time, which replaces what the section says: those of
/// Windows, but in English those of Excel for Mac, as its CSV files show them.
fn system_code(long_date: bool, language: Language) -> &'static str {
    match (long_date, language) {
        (true, Language::EnUs) => r"dddd, mmmm d, yyyy",
        (true, Language::ZhCn | Language::ZhTw | Language::Ja) => "yyyy\"年\"m\"月\"d\"日\"",
        (true, Language::Ko) => "yyyy\"년\" m\"월\" d\"일\" aaaa",
        (false, Language::EnUs) => "hh:mm:ss",
        (false, Language::ZhCn | Language::Ja) => "h:mm:ss",
        (false, Language::ZhTw) => "上午/下午 hh:mm:ss",
        (false, Language::Ko) => "오전/오후 h:mm:ss",
    }
}
