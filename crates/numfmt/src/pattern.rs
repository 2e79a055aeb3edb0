//! Placeholders with text between them, and the digits of a number put into them.

use crate::digits::Digits;
use crate::lex::{Place, Token};
use crate::numerals::Script;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Item {
    Literal(char),
    Space,
    Point,
    /// A place before the point.
    Whole(Place),
    /// A place after the point.
    Decimal(Place),
}

/// The part of a section that shows digits around a decimal point.
#[derive(Clone, Debug, Default)]
pub(crate) struct Pattern {
    pub(crate) items: Vec<Item>,
    pub(crate) wholes: usize,
    pub(crate) decimals: usize,
    /// Whether thousands are parted by commas.
    pub(crate) groups: bool,
    /// The power of ten by which percent signs and trailing commas multiply.
    pub(crate) power: i32,
}

impl Pattern {
    pub(crate) fn new(tokens: &[Token]) -> Self {
        let mut pattern = Self::default();
        let mut after_point = false;
        let mut at = 0;
        while let Some(token) = tokens.get(at) {
            let rest = &tokens[at..];
            at += 1;
            match token {
                Token::Place(place) if after_point => {
                    pattern.decimals += 1;
                    pattern.items.push(Item::Decimal(*place));
                }
                Token::Place(place) => {
                    pattern.wholes += 1;
                    pattern.items.push(Item::Whole(*place));
                }
                Token::Point => {
                    after_point = true;
                    pattern.items.push(Item::Point);
                }
                Token::Comma => {
                    let run = rest.iter().take_while(|t| **t == Token::Comma).count();
                    let follows_place = tokens
                        .get(..at - 1)
                        .and_then(<[Token]>::last)
                        .is_some_and(|token| matches!(token, Token::Place(_)));
                    at += run - 1;
                    pattern.commas(run, follows_place, &rest[run..], after_point);
                }
                Token::Percent => {
                    pattern.power = pattern.power.saturating_add(2);
                    pattern.items.push(Item::Literal('%'));
                }
                other => pattern.items.extend(literal(other)),
            }
        }
        pattern
    }

    /// Commas between placeholders part thousands, after the last they divide by a thousand each, and
    /// elsewhere they are text.
    fn commas(&mut self, run: usize, follows_place: bool, rest: &[Token], after_point: bool) {
        let place_ahead = || {
            rest.iter()
                .take_while(|token| **token != Token::Point)
                .any(|token| matches!(token, Token::Place(_)))
        };
        if !follows_place {
            self.items
                .extend(std::iter::repeat_n(Item::Literal(','), run));
        } else if !place_ahead() {
            let power = i32::try_from(run).unwrap_or(i32::MAX).saturating_mul(3);
            self.power = self.power.saturating_sub(power);
        } else if !after_point {
            self.groups = true;
        }
    }

    pub(crate) fn has_places(&self) -> bool {
        self.wholes + self.decimals > 0
    }

    /// Writes the digits, which are already scaled and rounded. With `all_places` each place before the
    /// point shows its digit, as for zero with an exponent.
    pub(crate) fn write(
        &self,
        number: &Digits,
        all_places: bool,
        script: Option<&Script>,
        out: &mut String,
    ) {
        let length = number.before_point();
        let mut left = self.wholes;
        let mut decimal = 0;
        let mut is_first_point = true;
        for item in &self.items {
            match *item {
                Item::Literal(character) => out.push(character),
                Item::Space => out.push(' '),
                Item::Point => {
                    // Without a place before it, the point itself brings the whole part.
                    if is_first_point && self.wholes == 0 && self.decimals > 0 {
                        for power in (0..length).rev() {
                            push_digit(number.units_of(power), script, out);
                        }
                    }
                    is_first_point = false;
                    out.push('.');
                }
                Item::Whole(place) => {
                    // The first place takes all digits that are more than there are places.
                    if left == self.wholes {
                        for power in (left..length).rev() {
                            push_digit(number.units_of(power), script, out);
                            self.group(power, Place::Zero, out);
                        }
                    }
                    left -= 1;
                    let shown = if left < length || all_places {
                        push_digit(number.units_of(left), script, out);
                        Place::Zero
                    } else {
                        pad(place, script, out);
                        place
                    };
                    self.group(left, shown, out);
                }
                Item::Decimal(place) => {
                    match number.decimal(decimal) {
                        Some(digit) => push_digit(digit, script, out),
                        None => pad(place, script, out),
                    }
                    decimal += 1;
                }
            }
        }
    }

    /// Parts thousands after the place of a power of ten.
    fn group(&self, power: usize, shown: Place, out: &mut String) {
        if self.groups && power > 0 && power.is_multiple_of(3) {
            match shown {
                Place::Zero => out.push(','),
                Place::Blank => out.push(' '),
                Place::Nothing => {}
            }
        }
    }
}

/// What a token shows that has no meaning where it stands.
pub(crate) fn literal(token: &Token) -> Option<Item> {
    Some(match token {
        Token::Literal(character) => Item::Literal(*character),
        Token::Space => Item::Space,
        Token::Figure(figure) => Item::Literal(char::from(b'0' + figure)),
        Token::Percent => Item::Literal('%'),
        Token::Slash => Item::Literal('/'),
        Token::Comma => Item::Literal(','),
        Token::Point => Item::Literal('.'),
        _ => return None,
    })
}

pub(crate) fn push_digit(digit: u8, script: Option<&Script>, out: &mut String) {
    match script {
        None => out.push(char::from(b'0' + digit)),
        Some(script) => out.push(script.figure(digit)),
    }
}

/// What a place shows without a digit.
pub(crate) fn pad(place: Place, script: Option<&Script>, out: &mut String) {
    match place {
        Place::Zero => push_digit(0, script, out),
        Place::Blank => out.push(' '),
        Place::Nothing => {}
    }
}

/// Writes a whole number into places of its own, its digits to the right; too many all stand in the first.
pub(crate) fn write_right(
    places: &[Place],
    number: &str,
    script: Option<&Script>,
    out: &mut String,
) {
    let digits = number.as_bytes();
    let missing = places.len().saturating_sub(digits.len());
    for place in places.iter().take(missing) {
        pad(*place, script, out);
    }
    for digit in digits {
        push_digit(digit.wrapping_sub(b'0'), script, out);
    }
}
