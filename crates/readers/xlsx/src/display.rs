//! The text that a person sees of a number.

use std::collections::BTreeMap;

use ssfmt::{DateSystem, FormatOptions};
use tabulary_ir::{CompactString, Decimal, NumberFormat, Value};

use crate::date::{self, TimeKind};

/// Characters that `General` shows of a number, its sign not counted (ECMA-376-1 18.8.30 leaves it to
/// the program; Excel: 11).
const GENERAL_WIDTH: usize = 11;

/// Shows numbers by their format codes. Codes are parsed once.
pub(crate) struct Display {
    options: FormatOptions,
    is_1904: bool,
    codes: BTreeMap<String, Code>,
}

struct Code {
    format: NumberFormat,
    /// None where the code is not understood.
    parsed: Option<ssfmt::NumberFormat>,
    time: Option<TimeKind>,
}

/// A number as it is shown.
pub(crate) struct Shown {
    pub(crate) text: CompactString,
    pub(crate) value: Value,
    /// None for `General`.
    pub(crate) format: Option<NumberFormat>,
}

impl Display {
    pub(crate) fn new(is_1904: bool) -> Self {
        let date_system = if is_1904 {
            DateSystem::Date1904
        } else {
            DateSystem::Date1900
        };
        Self {
            options: FormatOptions {
                date_system,
                ..FormatOptions::default()
            },
            is_1904,
            codes: BTreeMap::new(),
        }
    }

    /// Shows a number by a format code; an empty code is `General`.
    pub(crate) fn number(&mut self, number: Decimal, code: &str) -> Shown {
        if code.is_empty() || code.eq_ignore_ascii_case("General") {
            return Shown {
                text: general(&number),
                value: Value::Number(number),
                format: None,
            };
        }
        if !self.codes.contains_key(code) {
            let parsed = Code {
                format: NumberFormat::new(code),
                parsed: ssfmt::NumberFormat::parse(code).ok(),
                time: date::time_kind(code),
            };
            self.codes.insert(code.to_owned(), parsed);
        }
        let options = &self.options;
        let known = self.codes.get(code);
        let parsed = known.and_then(|known| known.parsed.as_ref());
        let text = match parsed.map(|parsed| parsed.format(number.to_f64(), options)) {
            Some(text) => text.into(),
            None => general(&number),
        };
        let time = known.and_then(|known| known.time);
        Shown {
            text,
            value: match time {
                Some(kind) => date::value(&number, kind, self.is_1904),
                None => Value::Number(number),
            },
            format: known.map(|known| known.format.clone()),
        }
    }

    /// Shows a text by a format code; none where it is shown as it is.
    pub(crate) fn text(&self, text: &str, code: &str) -> Option<String> {
        let shown = text_by_code(text, code)?;
        (shown != text).then_some(shown)
    }
}

/// A text in the section for texts: the fourth, or the last where it holds an `@`
/// (ECMA-376-1 18.8.31).
fn text_by_code(text: &str, code: &str) -> Option<String> {
    if !code.contains('@') {
        return None;
    }
    let (mut shown, mut has_text, mut sections) = (String::new(), false, 0);
    let mut characters = code.chars();
    while let Some(character) = characters.next() {
        match character {
            '"' => shown.extend(characters.by_ref().take_while(|&c| c != '"')),
            '\\' => shown.extend(characters.next()),
            '_' => {
                characters.next();
                shown.push(' ');
            }
            '*' => {
                characters.next();
            }
            '[' => while characters.next().is_some_and(|c| c != ']') {},
            '@' => {
                shown.push_str(text);
                has_text = true;
            }
            ';' => {
                sections += 1;
                shown.clear();
                has_text = false;
            }
            other => shown.push(other),
        }
    }
    (has_text && sections <= 3).then_some(shown)
}

/// A number in the format `General`.
fn general(number: &Decimal) -> CompactString {
    let text = number.as_str();
    let width = text.trim_start_matches('-').len();
    if width <= GENERAL_WIDTH && !text.contains('e') {
        return text.into();
    }
    // A plain integer beyond the digits of a double is an identifier, and keeps them.
    if number.significant_digits() > 15 && !text.contains(['.', 'e']) {
        return text.into();
    }
    ssfmt::format_default(number.to_f64(), "General")
        .map_or_else(|_| text.into(), CompactString::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(number: &str, code: &str) -> String {
        Display::new(false)
            .number(number.parse().expect("a number"), code)
            .text
            .to_string()
    }

    #[test]
    fn texts_are_shown_by_the_section_for_texts() {
        for (code, wanted) in [
            ("@", None),
            ("\"（一） \"@", Some("（一） 甲")),
            ("0;0;0;\\<@\\>", Some("<甲>")),
            ("0.00", None),
        ] {
            assert_eq!(
                Display::new(false).text("甲", code).as_deref(),
                wanted,
                "{code}"
            );
        }
    }

    #[test]
    fn numbers_are_shown_as_a_spreadsheet_shows_them() {
        for (number, code, wanted) in [
            ("0.075", "0.0%", "7.5%"),
            ("1234567.8", "#,##0.00", "1,234,567.80"),
            ("-12", "0_);(0)", "(12)"),
            ("43850", "yyyy\"年\"m\"月\"d\"日\"", "2020年1月20日"),
            ("0.1", "General", "0.1"),
            ("123456789012", "", "1.23457E+11"),
            ("123456789012345678", "", "123456789012345678"),
            ("0.333333333333333", "", "0.333333333"),
            ("-1.2345678912", "", "-1.234567891"),
        ] {
            assert_eq!(shown(number, code), wanted, "{number} {code}");
        }
    }
}
