//! One section of a format code, ready to show numbers.

use std::cmp::Ordering;

use crate::digits::Digits;
use crate::exponent::Exponent;
use crate::fraction::Fraction;
use crate::general;
use crate::lex::{Token, Tokens};
use crate::locale::{Locale, System};
use crate::numerals::Script;
use crate::pattern::{self, Item, Pattern};
use crate::setting::{Language, Setting};
use crate::time::{Form, TimeKind};

#[derive(Clone, Debug)]
pub(crate) struct Section {
    body: Body,
    locale: Locale,
}

#[derive(Clone, Debug)]
enum Body {
    /// Text with the number as `General` shows it where none stands.
    General(Vec<Option<Item>>),
    Number(Pattern),
    Exponent(Exponent),
    Fraction(Fraction),
    Time(Form),
    /// The forms that the system sets, one for each language.
    System(System, Box<[Form; 5]>),
}

impl Section {
    /// The section `General`, which is there where a code has none for a number.
    pub(crate) fn general() -> Self {
        Self {
            body: Body::General(vec![None]),
            locale: Locale::default(),
        }
    }

    /// Makes a section of its tokens, and tells whether Excel would take it.
    pub(crate) fn new(tokens: &Tokens) -> (Self, bool) {
        let list = &tokens.list;
        let (body, valid) = body(list, tokens.locale.system);
        let section = Self {
            body,
            locale: tokens.locale,
        };
        (section, valid && tokens.valid)
    }

    /// Whether this is `General` and nothing else.
    pub(crate) fn is_general(&self) -> bool {
        let plain = Script::of(self.locale.numerals, self.locale.names()).is_none();
        plain && matches!(&self.body, Body::General(items) if items.as_slice() == [None])
    }

    pub(crate) fn time_kind(&self) -> Option<TimeKind> {
        match &self.body {
            Body::Time(form) => Some(form.kind()),
            Body::System(System::LongDate, _) => Some(TimeKind::Calendar),
            Body::System(System::Time, _) => Some(TimeKind::Clock),
            _ => None,
        }
    }

    /// Shows a number; `signed` says whether a minus is put before a negative one.
    pub(crate) fn write(
        &self,
        number: &str,
        digits: Digits,
        signed: bool,
        setting: &Setting,
        out: &mut String,
    ) {
        let minus = signed && digits.sign() == Ordering::Less;
        let language = setting.language;
        // Dates are shown of the number itself, all else of its digits.
        match &self.body {
            Body::Time(form) => return self.write_time(form, number, setting, out),
            Body::System(_, forms) => {
                let at = LANGUAGES.iter().position(|known| *known == language);
                let form = &forms[at.unwrap_or(0)];
                return self.write_time(form, number, setting, out);
            }
            _ => {}
        }
        let script = Script::of(self.locale.numerals, self.locale.eastern(language));
        let script = script.as_ref();
        match &self.body {
            Body::Number(pattern) => {
                let mut digits = digits;
                digits.shift(pattern.power);
                digits.round(pattern.decimals);
                if minus && !(digits.is_zero() && pattern.has_places()) {
                    out.push('-');
                }
                pattern.write(&digits, false, script, out);
            }
            Body::General(items) => {
                out.extend(minus.then_some('-'));
                write_general(items, &digits, script, out);
            }
            Body::Exponent(exponent) => {
                out.extend(minus.then_some('-'));
                exponent.write(&digits, script, out);
            }
            Body::Fraction(fraction) => {
                out.extend(minus.then_some('-'));
                fraction.write(&digits, double(number).abs(), script, out);
            }
            Body::Time(_) | Body::System(..) => {}
        }
    }

    fn write_time(&self, form: &Form, number: &str, setting: &Setting, out: &mut String) {
        form.write(double(number), &self.locale, setting, out);
    }
}

/// The languages of [`Body::System`], in their order.
const LANGUAGES: [Language; 5] = [
    Language::EnUs,
    Language::ZhCn,
    Language::ZhTw,
    Language::Ja,
    Language::Ko,
];

/// A number as a double; what is too large for one is infinite.
pub(crate) fn double(number: &str) -> f64 {
    number.parse().unwrap_or(0.0)
}

fn body(list: &[Token], system: Option<System>) -> (Body, bool) {
    if let Some(system) = system
        && let Some(forms) = system_forms(system)
    {
        return (Body::System(system, Box::new(forms)), true);
    }
    let has_place = list.iter().any(|token| matches!(token, Token::Place(_)));
    if let Some((form, valid)) = Form::new(list) {
        return (Body::Time(form), valid);
    }
    if list.contains(&Token::General) {
        return (Body::General(general_items(list)), !has_place);
    }
    if let Some(exponent) = Exponent::new(list) {
        return (Body::Exponent(exponent), true);
    }
    if let Some(fraction) = Fraction::new(list) {
        return (Body::Fraction(fraction), !list.contains(&Token::Point));
    }
    let refused = |token: &Token| matches!(token, Token::Exponent { .. });
    let valid = !list.iter().any(refused);
    (Body::Number(Pattern::new(list)), valid)
}

fn system_forms(system: System) -> Option<[Form; 5]> {
    let form = |language| Form::of_system(system == System::LongDate, language);
    let [a, b, c, d, e] = LANGUAGES;
    Some([form(a)?, form(b)?, form(c)?, form(d)?, form(e)?])
}

fn general_items(list: &[Token]) -> Vec<Option<Item>> {
    list.iter()
        .filter_map(|token| match token {
            Token::General => Some(None),
            other => pattern::literal(other).map(Some),
        })
        .collect()
}

fn write_general(
    items: &[Option<Item>],
    digits: &Digits,
    script: Option<&Script>,
    out: &mut String,
) {
    for item in items {
        match (item, script) {
            (None, None) => general::write(digits, out),
            (None, Some(script)) => {
                let mut shown = String::new();
                general::write(digits, &mut shown);
                script.write_general(&shown, out);
            }
            (Some(Item::Literal(character)), _) => out.push(*character),
            (Some(_), _) => out.push(' '),
        }
    }
}
