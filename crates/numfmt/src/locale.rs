//! What `[$-…]`, `[DBNum1]` and the caller say of language, calendar and figures.

use crate::setting::Language;

/// A language with names of months and days here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tongue {
    English,
    Simplified,
    Traditional,
    Japanese,
    Korean,
    German,
    French,
    Spanish,
    Italian,
    Portuguese,
    Russian,
    /// Russian with the names of months as after a day.
    RussianOfDay,
    Dutch,
    Swedish,
    Danish,
    Norwegian,
    Turkish,
}

/// How years are counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Calendar {
    /// As the language does where the code asks for an era.
    #[default]
    Own,
    Gregorian,
    Japanese,
    Taiwanese,
    Korean,
    Hijri,
    Buddhist,
}

/// How figures are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Numerals {
    #[default]
    Plain,
    /// `[DBNum1]` to `[DBNum4]`.
    EastAsian(u8),
    Thai,
    Arabic,
    Persian,
    Devanagari,
}

/// A form that the system's settings decide, whatever else the section says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum System {
    /// `[$-F800]`
    LongDate,
    /// `[$-F400]`
    Time,
}

#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Locale {
    pub(crate) tongue: Option<Tongue>,
    pub(crate) calendar: Calendar,
    pub(crate) numerals: Numerals,
    pub(crate) system: Option<System>,
    /// Whether the first year of an era is written with a word.
    pub(crate) first_year_named: bool,
}

impl Locale {
    /// Reads what follows the hyphen: a number of figures, calendar and language, each two or four
    /// hexadecimal digits (`NNCCLLLL`), or the name of a language.
    pub(crate) fn read(&mut self, text: &str) {
        let is_name = text.bytes().all(|byte| byte.is_ascii_lowercase());
        if is_name && text.len() == 2 {
            self.read_name(text);
        } else if let Ok(number) = u32::from_str_radix(text, 16) {
            self.read_number(number);
        } else {
            self.read_name(text);
        }
    }

    fn read_number(&mut self, number: u32) {
        let language = number & 0xffff;
        match language {
            0xf800 => self.system = Some(System::LongDate),
            0xf400 => self.system = Some(System::Time),
            0xfc19 => self.tongue = Some(Tongue::RussianOfDay),
            0 => {}
            _ => self.tongue = Some(tongue_of_number(language)),
        }
        self.calendar = match number >> 16 & 0xff {
            1 | 2 | 9..=12 => Calendar::Gregorian,
            3 => Calendar::Japanese,
            4 => Calendar::Taiwanese,
            5 => Calendar::Korean,
            6 => Calendar::Hijri,
            7 => Calendar::Buddhist,
            _ => self.calendar,
        };
        match number >> 24 {
            2 => self.numerals = Numerals::Arabic,
            3 => self.numerals = Numerals::Persian,
            4 => self.numerals = Numerals::Devanagari,
            0x0d => self.numerals = Numerals::Thai,
            shape @ 0x1b..=0x1d => self.set_numerals(shape - 0x1a, Tongue::Japanese),
            shape @ 0x1e..=0x20 => self.set_numerals(shape - 0x1d, Tongue::Simplified),
            shape @ 0x21..=0x23 => self.set_numerals(shape - 0x20, Tongue::Traditional),
            shape @ 0x24..=0x27 => self.set_numerals(shape - 0x23, Tongue::Korean),
            _ => {}
        }
    }

    fn set_numerals(&mut self, mode: u32, tongue: Tongue) {
        self.numerals = Numerals::EastAsian(mode as u8);
        self.tongue.get_or_insert(tongue);
    }

    fn read_name(&mut self, name: &str) {
        let (name, settings) = name.split_once(',').unwrap_or((name, ""));
        let lower = name.to_ascii_lowercase();
        self.first_year_named |= lower.contains("x-gannen");
        if lower.starts_with("x-sysdate") {
            self.system = Some(System::LongDate);
        } else if lower.starts_with("x-systime") {
            self.system = Some(System::Time);
        } else if let Some(tongue) = tongue_of_name(&lower) {
            self.tongue = Some(tongue);
        }
        // What follows a comma has the figures and the calendar, as above.
        if let Ok(number) = u32::from_str_radix(settings, 16) {
            self.read_number(number << 16);
        }
    }

    /// Reads the inside of `[DBNum1]` or `[NatNum1]`.
    pub(crate) fn read_numerals(&mut self, inside: &str) -> bool {
        let lower = inside.to_ascii_lowercase();
        let natural = lower.strip_prefix("natnum");
        let Some(number) = natural.or_else(|| lower.strip_prefix("dbnum")) else {
            return false;
        };
        match (number.parse::<u8>(), natural) {
            (Ok(mode @ 1..=4), None) => self.numerals = Numerals::EastAsian(mode),
            (Ok(1 | 4 | 7), Some(_)) => self.numerals = Numerals::EastAsian(1),
            (Ok(2 | 5 | 8), Some(_)) => self.numerals = Numerals::EastAsian(2),
            (Ok(3 | 6), Some(_)) => self.numerals = Numerals::EastAsian(3),
            (Ok(9..=11), Some(_)) => self.numerals = Numerals::EastAsian(4),
            (Ok(0), Some(_)) => self.numerals = Numerals::Plain,
            _ => return false,
        }
        true
    }

    pub(crate) fn set_hijri(&mut self, hijri: bool) {
        if self.tongue.is_none() {
            self.calendar = if hijri {
                Calendar::Hijri
            } else {
                Calendar::Gregorian
            };
        }
    }

    pub(crate) fn is_japanese(&self) -> bool {
        self.tongue == Some(Tongue::Japanese)
    }

    /// The language of names: that of the code, else English, as East Asian editions of Excel keep `mmm`
    /// and `ddd` English where no language is named.
    pub(crate) fn names(&self) -> Tongue {
        self.tongue.unwrap_or(Tongue::English)
    }

    /// The language of what only East Asia has: that of the code, else that of the setting.
    pub(crate) fn eastern(&self, language: Language) -> Tongue {
        self.tongue.unwrap_or(match language {
            Language::EnUs => Tongue::English,
            Language::ZhCn => Tongue::Simplified,
            Language::ZhTw => Tongue::Traditional,
            Language::Ja => Tongue::Japanese,
            Language::Ko => Tongue::Korean,
        })
    }

    /// How `e` and `g` count years.
    pub(crate) fn eras(&self, language: Language) -> Calendar {
        match (self.calendar, self.eastern(language)) {
            (Calendar::Own, Tongue::Japanese) => Calendar::Japanese,
            (Calendar::Own, Tongue::Traditional) => Calendar::Taiwanese,
            (Calendar::Own, _) => Calendar::Gregorian,
            (calendar, _) => calendar,
        }
    }
}

/// The language of a Windows language number; its low ten bits are the language, the others the country.
fn tongue_of_number(number: u32) -> Tongue {
    match (number & 0x3ff, number) {
        (0x04, 0x0404 | 0x0c04 | 0x1404 | 0x7c04) => Tongue::Traditional,
        (0x04, _) => Tongue::Simplified,
        (0x06, _) => Tongue::Danish,
        (0x07, _) => Tongue::German,
        (0x0a, _) => Tongue::Spanish,
        (0x0c, _) => Tongue::French,
        (0x10, _) => Tongue::Italian,
        (0x11, _) => Tongue::Japanese,
        (0x12, _) => Tongue::Korean,
        (0x13, _) => Tongue::Dutch,
        (0x14, 0x0414 | 0x0814) => Tongue::Norwegian,
        (0x16, _) => Tongue::Portuguese,
        (0x19, _) => Tongue::Russian,
        (0x1d, _) => Tongue::Swedish,
        (0x1f, _) => Tongue::Turkish,
        _ => Tongue::English,
    }
}

fn tongue_of_name(name: &str) -> Option<Tongue> {
    let (language, country) = name.split_once('-').unwrap_or((name, ""));
    Some(match language {
        "en" => Tongue::English,
        "zh" if ["tw", "hk", "mo", "hant"]
            .iter()
            .any(|place| country.contains(place)) =>
        {
            Tongue::Traditional
        }
        "zh" => Tongue::Simplified,
        "ja" => Tongue::Japanese,
        "ko" => Tongue::Korean,
        "de" => Tongue::German,
        "fr" => Tongue::French,
        "es" => Tongue::Spanish,
        "it" => Tongue::Italian,
        "pt" => Tongue::Portuguese,
        "ru" => Tongue::Russian,
        "nl" => Tongue::Dutch,
        "sv" => Tongue::Swedish,
        "da" => Tongue::Danish,
        "nb" | "nn" | "no" => Tongue::Norwegian,
        "tr" => Tongue::Turkish,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages_are_told() {
        for (text, tongue) in [
            ("409", Some(Tongue::English)),
            ("804", Some(Tongue::Simplified)),
            ("404", Some(Tongue::Traditional)),
            ("101040C", Some(Tongue::French)),
            ("1010407", Some(Tongue::German)),
            ("FC19", Some(Tongue::RussianOfDay)),
            ("ja-JP-x-gannen,80", Some(Tongue::Japanese)),
            ("zh-Hant-TW", Some(Tongue::Traditional)),
            ("130000", None),
            ("F800", None),
            ("nonsense", None),
        ] {
            let mut locale = Locale::default();
            locale.read(text);
            assert_eq!(locale.tongue, tongue, "{text}");
        }
    }
}
