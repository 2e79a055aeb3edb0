//! Numbers as fractions: `# ?/?`, `# ??/100`, `?/8`.
//!
//! What is shown of a part that is zero was taken from Excel's results in the test data of Apache POI.

use crate::digits::Digits;
use crate::lex::{Place, Token};
use crate::numerals::Script;
use crate::pattern::{self, Item, Pattern};

/// Digits of a denominator that are looked for at most, whatever its places.
const MOST_DIGITS: u32 = 7;

#[derive(Clone, Debug)]
pub(crate) struct Fraction {
    /// The whole part with the text before it, or only text.
    whole: Pattern,
    /// Text between the whole part and the numerator.
    gap: Vec<Item>,
    numerator: Vec<Place>,
    /// Text from the numerator to the denominator, the slash among it.
    bar: Vec<Item>,
    denominator: Denominator,
    /// What follows, with what its places show.
    tail: Vec<Item>,
}

#[derive(Clone, Debug)]
enum Denominator {
    Places(Vec<Place>),
    Fixed { number: u64, width: usize },
}

/// A number as whole, numerator and denominator.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Parts {
    whole: u64,
    numerator: u128,
    denominator: u64,
}

impl Fraction {
    /// None where no slash stands between placeholders.
    pub(crate) fn new(tokens: &[Token]) -> Option<Self> {
        let is_place = |token: &Token| matches!(token, Token::Place(_));
        let slash = tokens.iter().position(|token| *token == Token::Slash)?;
        let (before, after) = tokens.split_at(slash);
        let numerator_end = before.iter().rposition(is_place)? + 1;
        let numerator_start = before[..numerator_end]
            .iter()
            .rposition(|token| !is_place(token))
            .map_or(0, |at| at + 1);
        let denominator_start = after
            .iter()
            .position(|token| is_place(token) || matches!(token, Token::Figure(_)))?;
        let (denominator, width) = Denominator::new(&after[denominator_start..])?;
        let gap_start = before[..numerator_start]
            .iter()
            .rposition(is_place)
            .map_or(0, |at| at + 1);
        let has_whole = gap_start > 0;
        let text = |tokens: &[Token]| tokens.iter().filter_map(pattern::literal).collect();
        let (lead, gap) = if has_whole {
            before[..numerator_start].split_at(gap_start)
        } else {
            (&before[..numerator_start], &before[..0])
        };
        let mut bar: Vec<Item> = text(&before[numerator_end..]);
        bar.extend(
            after[..denominator_start]
                .iter()
                .filter_map(pattern::literal),
        );
        let tail = &after[denominator_start + width..];
        Some(Self {
            whole: Pattern::new(lead),
            gap: text(gap),
            numerator: places(&before[numerator_start..numerator_end]),
            bar,
            denominator,
            tail: tail
                .iter()
                .filter_map(|token| match token {
                    Token::Place(Place::Zero) => Some(Item::Literal('0')),
                    Token::Place(Place::Blank) => Some(Item::Space),
                    other => pattern::literal(other),
                })
                .collect(),
        })
    }

    /// Writes a number without its sign.
    pub(crate) fn write(
        &self,
        digits: &Digits,
        number: f64,
        script: Option<&Script>,
        out: &mut String,
    ) {
        let mixed = self.whole.wholes > 0;
        // From here on a double has no fraction worth showing.
        let parts = if number < 1e15 {
            self.denominator.parts(number, mixed)
        } else {
            Parts {
                whole: 0,
                numerator: number as u128,
                denominator: 1,
            }
        };
        if !mixed {
            self.whole.write(&Digits::whole(0), false, script, out);
            self.write_fraction(&parts, script, out);
        } else if parts.numerator == 0 && !self.numerator.contains(&Place::Zero) {
            self.write_whole(&Digits::whole(parts.whole), true, script, out);
            self.write_blank(out);
        } else if number < 1e15 {
            let is_zero = parts.whole == 0 && parts.numerator == 0;
            let ends_blank = self.last_whole() == Some(Place::Blank);
            self.write_whole(
                &Digits::whole(parts.whole),
                is_zero && ends_blank,
                script,
                out,
            );
            self.write_gap(parts.whole > 0 || (is_zero && ends_blank), out);
            self.write_fraction(&parts, script, out);
        } else {
            self.write_whole(digits, false, script, out);
            self.write_blank(out);
        }
        write_items(&self.tail, out);
    }

    fn last_whole(&self) -> Option<Place> {
        self.whole.items.iter().rev().find_map(|item| match item {
            Item::Whole(place) => Some(*place),
            _ => None,
        })
    }

    /// The whole part; zero has a digit in its last place if asked for.
    fn write_whole(
        &self,
        whole: &Digits,
        tells_zero: bool,
        script: Option<&Script>,
        out: &mut String,
    ) {
        if !(tells_zero && whole.is_zero()) || self.last_whole() == Some(Place::Zero) {
            self.whole.write(whole, false, script, out);
            return;
        }
        let mut shown = self.whole.clone();
        if let Some(last) = shown
            .items
            .iter_mut()
            .rev()
            .find(|item| matches!(item, Item::Whole(_)))
        {
            *last = Item::Whole(Place::Zero);
        }
        shown.write(whole, false, script, out);
    }

    /// The text between whole part and numerator. Without a whole part it leaves blanks, if a part beside
    /// it does.
    fn write_gap(&self, has_whole: bool, out: &mut String) {
        if has_whole || self.last_whole() == Some(Place::Zero) {
            write_items(&self.gap, out);
        } else if self.last_whole() == Some(Place::Blank)
            || self.numerator.first() == Some(&Place::Blank)
        {
            out.extend(self.gap.iter().map(|_| ' '));
        }
    }

    fn write_fraction(&self, parts: &Parts, script: Option<&Script>, out: &mut String) {
        pattern::write_right(&self.numerator, &parts.numerator.to_string(), script, out);
        write_items(&self.bar, out);
        self.denominator.write(parts.denominator, script, out);
    }

    /// What stands for a fraction that is zero: blanks, if one of its places leaves one.
    fn write_blank(&self, out: &mut String) {
        let blanks = self.numerator.contains(&Place::Blank) || self.denominator.has_blank();
        if blanks {
            let width =
                self.gap.len() + self.numerator.len() + self.bar.len() + self.denominator.width();
            out.extend(std::iter::repeat_n(' ', width));
        }
    }
}

impl Denominator {
    /// The denominator at the beginning of tokens, and how many of them it takes.
    fn new(tokens: &[Token]) -> Option<(Self, usize)> {
        if let Some(Token::Place(_)) = tokens.first() {
            let width = tokens
                .iter()
                .take_while(|token| matches!(token, Token::Place(_)))
                .count();
            return Some((Self::Places(places(&tokens[..width])), width));
        }
        let figures = tokens.iter().map_while(|token| match token {
            Token::Figure(figure) => Some(*figure),
            Token::Place(Place::Zero) => Some(0),
            _ => None,
        });
        let (mut number, mut width) = (0_u64, 0);
        for figure in figures {
            number = number.checked_mul(10)?.checked_add(u64::from(figure))?;
            width += 1;
        }
        (number > 0 && width <= MOST_DIGITS as usize)
            .then_some((Self::Fixed { number, width }, width))
    }

    fn width(&self) -> usize {
        match self {
            Self::Places(places) => places.len(),
            Self::Fixed { width, .. } => *width,
        }
    }

    fn has_blank(&self) -> bool {
        matches!(self, Self::Places(places) if places.contains(&Place::Blank))
    }

    fn parts(&self, number: f64, mixed: bool) -> Parts {
        let whole = if mixed { number.floor() } else { 0.0 };
        match self {
            Self::Fixed {
                number: denominator,
                ..
            } => {
                let numerator = ((number - whole) * *denominator as f64 + 0.5).floor() as u64;
                let (more, numerator) = if mixed {
                    (numerator / denominator, numerator % denominator)
                } else {
                    (0, numerator)
                };
                Parts {
                    whole: whole as u64 + more,
                    numerator: u128::from(numerator),
                    denominator: *denominator,
                }
            }
            Self::Places(places) => {
                let digits = u32::try_from(places.len()).unwrap_or(MOST_DIGITS);
                let most = 10_u64.pow(digits.min(MOST_DIGITS)) - 1;
                let (numerator, denominator) = nearest(number, most);
                let (whole, numerator) = if mixed {
                    let denominator = u128::from(denominator);
                    (numerator / denominator, numerator % denominator)
                } else {
                    (0, numerator)
                };
                Parts {
                    whole: whole as u64,
                    numerator,
                    denominator,
                }
            }
        }
    }

    fn write(&self, denominator: u64, script: Option<&Script>, out: &mut String) {
        let digits = denominator.to_string();
        match self {
            Self::Places(places) if !places.contains(&Place::Zero) => {
                pattern::write_right(&[], &digits, script, out);
                for place in places.iter().skip(digits.len()) {
                    pattern::pad(*place, script, out);
                }
            }
            Self::Places(places) => pattern::write_right(places, &digits, script, out),
            Self::Fixed { .. } => pattern::write_right(&[], &digits, script, out),
        }
    }
}

/// The last convergent of the continued fraction of a number whose denominator is small enough, computed
/// in doubles as Excel does: 0.3 is 2/7 and 1.3 is 1 1/3 in ninths at most, by what rounding leaves.
fn nearest(number: f64, most: u64) -> (u128, u64) {
    /// What is left of a number that counts as nothing.
    const CLOSE: f64 = 5e-8;
    let mut rest = number;
    let (mut before, mut last) = ((0_u128, 1_u64), (1_u128, 0_u64));
    loop {
        let figure = rest.floor();
        let next = (
            (figure as u128)
                .saturating_mul(last.0)
                .saturating_add(before.0),
            (figure as u64)
                .saturating_mul(last.1)
                .saturating_add(before.1),
        );
        if next.1 > most {
            return if last.1 == 0 {
                (number as u128, 1)
            } else {
                last
            };
        }
        if rest - figure < CLOSE || next.1 == most {
            return next;
        }
        rest = 1.0 / (rest - figure);
        (before, last) = (last, next);
    }
}

fn places(tokens: &[Token]) -> Vec<Place> {
    tokens
        .iter()
        .filter_map(|token| match token {
            Token::Place(place) => Some(*place),
            _ => None,
        })
        .collect()
}

fn write_items(items: &[Item], out: &mut String) {
    out.extend(items.iter().map(|item| match item {
        Item::Literal(character) => *character,
        _ => ' ',
    }));
}
