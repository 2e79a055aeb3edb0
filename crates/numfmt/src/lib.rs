//! The text that Microsoft Excel shows of a value under a number format code (ECMA-376-1 18.8.30 and
//! 18.8.31; the same codes stand in BIFF, \[MS-XLS\] 2.4.126).
//!
//! A code is parsed once into sections of tokens. A number comes as its decimal digits: it is rounded to
//! fifteen significant digits, as Excel keeps them, and then to the places of the format, half away from
//! zero in decimal. Only dates and fractions are computed in doubles, as Excel's results come of these.
//!
//! ```
//! use tabulary_numfmt::{FormatCode, Setting};
//!
//! let code = FormatCode::parse("#,##0.00;[Red]-#,##0.00");
//! let mut shown = String::new();
//! code.write_number("1234567.005", &Setting::default(), &mut shown);
//! assert_eq!(shown, "1,234,567.01");
//! ```
//!
//! The standard leaves much to the program. Where it does, this crate follows what Excel was seen to show:
//! CSV files that it wrote, and the test data of Apache POI (`tests/data/SOURCES.md`).

mod built_in;
mod digits;
mod exponent;
mod fraction;
mod general;
mod lex;
mod locale;
mod moment;
mod names;
mod numerals;
mod pattern;
mod rules;
mod section;
pub mod serial;
mod setting;
mod text;
mod time;
mod year;

pub use built_in::built_in;
pub use general::write_general;
pub use setting::{Language, Setting};
pub use time::TimeKind;

use std::cmp::Ordering;

use digits::Digits;
use lex::Token;
use rules::Rule;
use section::Section;
use text::TextForm;

/// A parsed format code (`formatCode` of `numFmt`, ECMA-376-1 18.8.30).
#[derive(Clone, Debug)]
pub struct FormatCode {
    sections: Vec<Section>,
    rules: Vec<Rule>,
    text: Option<TextForm>,
    is_valid: bool,
    is_general: bool,
    /// Whether a section has a condition of its own, so that a sign does not decide.
    has_tests: bool,
}

impl FormatCode {
    /// Parses a code. What Excel would refuse is not [valid](Self::is_valid), and shows as `General`.
    #[must_use]
    pub fn parse(code: &str) -> Self {
        Self::try_parse(code).unwrap_or_else(|| Self {
            is_valid: false,
            ..Self::general()
        })
    }

    fn general() -> Self {
        Self {
            sections: vec![Section::general()],
            rules: rules::rules(&[None]),
            text: None,
            is_valid: true,
            is_general: true,
            has_tests: false,
        }
    }

    fn try_parse(code: &str) -> Option<Self> {
        if code.is_empty() {
            return Some(Self::general());
        }
        let mut parts = lex::sections(code);
        if parts.len() > 4 {
            return None;
        }
        // Texts have the section with an at sign, or the fourth.
        let of_text = |tokens: &lex::Tokens| tokens.list.contains(&Token::At);
        let at = parts
            .iter()
            .position(of_text)
            .or_else(|| (parts.len() == 4).then_some(3));
        let text = match at {
            Some(at) => {
                let tokens = parts.remove(at);
                if !tokens.valid || parts.iter().any(of_text) {
                    return None;
                }
                Some(TextForm::new(&tokens.list))
            }
            None => None,
        };
        let mut sections = Vec::with_capacity(parts.len() + 1);
        for tokens in &parts {
            let (section, is_valid) = Section::new(tokens);
            if !is_valid {
                return None;
            }
            sections.push(section);
        }
        let tests: Vec<_> = parts.iter().map(|tokens| tokens.test).collect();
        let has_tests = tests.iter().any(Option::is_some);
        // A code for texts only shows numbers as `General`, and so does a lone condition what fails it.
        if sections.is_empty() || (sections.len() == 1 && has_tests) {
            sections.push(Section::general());
        }
        Some(Self {
            rules: rules::rules(&tests),
            is_general: text.is_none()
                && !has_tests
                && matches!(sections.as_slice(), [only] if only.is_general()),
            sections,
            text,
            is_valid: true,
            has_tests,
        })
    }

    /// Whether Excel would take the code. What it would refuse is shown as `General`.
    #[must_use]
    pub fn is_valid(&self) -> bool {
        self.is_valid
    }

    /// Whether the code is `General`, by whatever name, or none.
    #[must_use]
    pub fn is_general(&self) -> bool {
        self.is_general
    }

    /// What the section that a number falls into makes of it: a date, a time, passed time, or none of these.
    #[must_use]
    pub fn time_kind(&self, number: f64) -> Option<TimeKind> {
        let sign = number.partial_cmp(&0.0)?;
        self.choose(|| number, sign)?.0.time_kind()
    }

    /// The section for a number, and whether the number keeps its minus there.
    fn choose(&self, number: impl FnOnce() -> f64, sign: Ordering) -> Option<(&Section, bool)> {
        // Without conditions the sign alone decides, and the number need not be read.
        let number = match (self.has_tests, sign) {
            (true, _) => number(),
            (false, Ordering::Equal) => 0.0,
            (false, Ordering::Less) => -1.0,
            (false, Ordering::Greater) => 1.0,
        };
        let rule = self
            .rules
            .iter()
            .find(|rule| rule.test.is_none_or(|test| test.holds(number)))?;
        Some((self.sections.get(rule.section)?, rule.signed))
    }

    /// Appends what is shown of a number, which comes as decimal text: `-12.50`, `1e300`, `1.5e-7`.
    ///
    /// A number that no section takes, and one that is no date under a code for dates, fills the cell with
    /// hashes: eight stand here. What is no number is appended as it is.
    pub fn write_number(&self, number: &str, setting: &Setting, out: &mut String) {
        if self.is_general {
            write_general(number, out);
            return;
        }
        let Some(digits) = Digits::parse(number) else {
            out.push_str(number);
            return;
        };
        match self.choose(|| section::double(number), digits.sign()) {
            Some((section, signed)) => section.write(number, digits, signed, setting, out),
            None => out.push_str(time::HASHES),
        }
    }

    /// What is shown of a text, by the section for texts; none where it is shown as it stands.
    ///
    /// That is the section with an `@`, or the fourth.
    #[must_use]
    pub fn text(&self, text: &str) -> Option<String> {
        self.text.as_ref()?.write(text)
    }
}

#[cfg(test)]
mod tests;
