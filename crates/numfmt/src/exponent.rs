//! Numbers with an exponent: `0.00E+00`, `##0.0E+0`.

use crate::digits::Digits;
use crate::lex::Token;
use crate::numerals::Script;
use crate::pattern::{self, Item, Pattern};

/// A mantissa, and the places of the exponent with text between them.
#[derive(Clone, Debug)]
pub(crate) struct Exponent {
    mantissa: Pattern,
    letter: char,
    plus: bool,
    items: Vec<Item>,
    places: usize,
}

impl Exponent {
    /// None where there is no exponent, or no place on one of its sides.
    pub(crate) fn new(tokens: &[Token]) -> Option<Self> {
        let at = tokens
            .iter()
            .position(|token| matches!(token, Token::Exponent { .. }))?;
        let (before, after) = tokens.split_at(at);
        let Some((&Token::Exponent { letter, plus }, after)) = after.split_first() else {
            return None;
        };
        let mut items = Vec::new();
        let mut places = 0;
        for token in after {
            match token {
                Token::Place(place) => {
                    places += 1;
                    items.push(Item::Whole(*place));
                }
                Token::Comma => {}
                other => items.extend(pattern::literal(other)),
            }
        }
        let mantissa = Pattern::new(before);
        (places > 0 && mantissa.has_places()).then_some(Self {
            mantissa,
            letter,
            plus,
            items,
            places,
        })
    }

    /// Writes a number without its sign. The exponent goes in steps of as many as there are places before
    /// the point; percent signs and commas do not scale beside an exponent.
    pub(crate) fn write(&self, number: &Digits, script: Option<&Script>, out: &mut String) {
        let mut mantissa = *number;
        let mut exponent = 0;
        if !number.is_zero() {
            exponent = self.step(number);
            mantissa.shift(-exponent);
            mantissa.round(self.mantissa.decimals);
            let stepped = self.step(&mantissa);
            if stepped > 0 {
                exponent += stepped;
                mantissa = *number;
                mantissa.shift(-exponent);
                mantissa.round(self.mantissa.decimals);
            }
        }
        self.mantissa
            .write(&mantissa, number.is_zero(), script, out);
        out.push(self.letter);
        let power = exponent.unsigned_abs().to_string();
        let sign = match (exponent < 0, self.plus) {
            (true, _) => Some('-'),
            (false, true) => Some('+'),
            (false, false) => None,
        };
        self.write_power(sign, &power, script, out);
    }

    /// The exponent that a number has by itself.
    fn step(&self, number: &Digits) -> i32 {
        match i32::try_from(self.mantissa.wholes).unwrap_or(i32::MAX) {
            0 => number.point(),
            wholes => (number.point() - 1).div_euclid(wholes) * wholes,
        }
    }

    /// The sign stands before the first place, wherever that is.
    fn write_power(
        &self,
        sign: Option<char>,
        power: &str,
        script: Option<&Script>,
        out: &mut String,
    ) {
        let digits = power.as_bytes();
        let mut left = self.places;
        for item in &self.items {
            match *item {
                Item::Literal(character) => out.push(character),
                Item::Whole(place) => {
                    if left == self.places {
                        out.extend(sign);
                        let more = digits.len().saturating_sub(left);
                        for digit in digits.iter().take(more) {
                            pattern::push_digit(digit - b'0', script, out);
                        }
                    }
                    match digits.len().checked_sub(left).and_then(|at| digits.get(at)) {
                        Some(digit) => pattern::push_digit(digit - b'0', script, out),
                        None => pattern::pad(place, script, out),
                    }
                    left -= 1;
                }
                Item::Space | Item::Point | Item::Decimal(_) => out.push(' '),
            }
        }
    }
}
