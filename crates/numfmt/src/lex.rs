//! A format code cut into sections, and the sections into tokens (ECMA-376-1 18.8.31).

use crate::locale::Locale;
use crate::rules::Test;

/// What a placeholder shows where the number has no digit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    /// `0`
    Zero,
    /// `#`
    Nothing,
    /// `?`
    Blank,
}

/// A unit of time that has passed: `[h]`, `[m]`, `[s]`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Unit {
    Hours,
    Minutes,
    Seconds,
}

/// How a half of the day is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum HalfDay {
    /// `AM/PM`, in the words of the language.
    Words,
    /// `A/P`, with the case that the code has.
    Letters {
        morning: char,
        afternoon: char,
    },
    Chinese,
    Japanese,
    Korean,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Token {
    Literal(char),
    /// `_x`: as wide as the character, so a blank.
    Space,
    Place(Place),
    /// A digit from 1 to 9 without quotes.
    Figure(u8),
    Point,
    Comma,
    Percent,
    Slash,
    At,
    General,
    Exponent {
        letter: char,
        plus: bool,
    },
    /// A run of one letter of date or time, in lower case.
    Time(u8, usize),
    Elapsed(Unit, usize),
    HalfDay(HalfDay),
}

/// The tokens of one section.
#[derive(Debug, Default)]
pub(crate) struct Tokens {
    pub(crate) list: Vec<Token>,
    pub(crate) test: Option<Test>,
    pub(crate) locale: Locale,
    /// Whether it is something that Excel would take.
    pub(crate) valid: bool,
}

/// What `General` is called in the languages whose files do not keep the English name.
const GENERAL: [&str; 5] = ["General", "G/通用格式", "G/標準", "G/표준", "G/Standard"];

const HALF_DAYS: [(&str, HalfDay); 6] = [
    ("上午/下午", HalfDay::Chinese),
    ("午前/午後", HalfDay::Japanese),
    ("오전/오후", HalfDay::Korean),
    ("AM/PM", HalfDay::Words),
    (
        "A/P",
        HalfDay::Letters {
            morning: 'A',
            afternoon: 'P',
        },
    ),
    (
        "a/p",
        HalfDay::Letters {
            morning: 'a',
            afternoon: 'p',
        },
    ),
];

/// Names of colours; Excel writes the English ones, other programs those of their language.
const COLOURS: [&str; 16] = [
    "black", "blue", "cyan", "green", "magenta", "red", "white", "yellow", "schwarz", "blau",
    "rot", "gelb", "noir", "bleu", "rouge", "vert",
];

pub(crate) fn sections(code: &str) -> Vec<Tokens> {
    let mut sections = Vec::new();
    let mut rest = code;
    loop {
        let mut lexer = Lexer {
            rest,
            tokens: Tokens {
                valid: true,
                ..Tokens::default()
            },
            only_brackets: None,
        };
        let more = lexer.section();
        if lexer.only_brackets == Some(true) && lexer.tokens.list.is_empty() {
            lexer.tokens.list.push(Token::General);
        }
        rest = lexer.rest;
        sections.push(lexer.tokens);
        if !more {
            return sections;
        }
    }
}

struct Lexer<'a> {
    rest: &'a str,
    tokens: Tokens,
    /// Whether nothing but colours, figures and conditions was met, which leave the number to `General`.
    only_brackets: Option<bool>,
}

impl Lexer<'_> {
    /// Reads up to the next semicolon, and tells whether there is one.
    fn section(&mut self) -> bool {
        while let Some(character) = self.rest.chars().next() {
            if self.word(character) {
                self.only_brackets = Some(false);
                continue;
            }
            self.rest = &self.rest[character.len_utf8()..];
            if character == ';' {
                return true;
            }
            let is_modifier = character == '[' && !self.rest.starts_with('$');
            self.only_brackets = Some(is_modifier && self.only_brackets.unwrap_or(true));
            match character {
                '"' => self.quoted(),
                '[' => self.bracket(),
                '\\' => match self.next() {
                    Some(escaped) => self.push(Token::Literal(escaped)),
                    None => self.tokens.valid = false,
                },
                '_' => match self.next() {
                    Some(_) => self.push(Token::Space),
                    None => self.tokens.valid = false,
                },
                '*' => {
                    if self.next().is_none() {
                        self.tokens.valid = false;
                    }
                }
                '0' => self.push(Token::Place(Place::Zero)),
                '#' => self.push(Token::Place(Place::Nothing)),
                '?' => self.push(Token::Place(Place::Blank)),
                '1'..='9' => self.push(Token::Figure(character as u8 - b'0')),
                '.' => self.push(Token::Point),
                ',' => self.push(Token::Comma),
                '%' => self.push(Token::Percent),
                '/' => self.push(Token::Slash),
                '@' => self.push(Token::At),
                _ => self.letter(character),
            }
        }
        false
    }

    fn push(&mut self, token: Token) {
        self.tokens.list.push(token);
    }

    fn next(&mut self) -> Option<char> {
        let character = self.rest.chars().next()?;
        self.rest = &self.rest[character.len_utf8()..];
        Some(character)
    }

    /// Takes `General`, or a mark for the half of the day.
    fn word(&mut self, first: char) -> bool {
        let found = match first {
            'G' | 'g' => GENERAL
                .iter()
                .find_map(|name| Some((Token::General, strip(self.rest, name)?))),
            'A' | 'a' | '上' | '午' | '오' => HALF_DAYS.iter().find_map(|(mark, half)| {
                // The letters alone keep their case, so they must be met as they stand.
                let rest = match half {
                    HalfDay::Letters { .. } => self.rest.strip_prefix(mark),
                    _ => strip(self.rest, mark),
                };
                Some((Token::HalfDay(*half), rest?))
            }),
            _ => None,
        };
        let Some((token, rest)) = found else {
            return false;
        };
        self.push(token);
        self.rest = rest;
        true
    }

    fn quoted(&mut self) {
        let (inside, rest) = match self.rest.split_once('"') {
            Some(parts) => parts,
            None => {
                self.tokens.valid = false;
                (self.rest, "")
            }
        };
        self.tokens.list.extend(inside.chars().map(Token::Literal));
        self.rest = rest;
    }

    fn letter(&mut self, letter: char) {
        let lower = letter.to_ascii_lowercase();
        match lower {
            'e' if self.rest.starts_with(['+', '-']) => {
                let plus = self.rest.starts_with('+');
                self.rest = &self.rest[1..];
                self.push(Token::Exponent { letter, plus });
            }
            // The calendar: B1 is the Gregorian, B2 that of the Hijra.
            'b' if self.rest.starts_with(['1', '2']) => {
                self.tokens.locale.set_hijri(self.rest.starts_with('2'));
                self.rest = &self.rest[1..];
            }
            'y' | 'm' | 'd' | 'h' | 's' | 'e' | 'g' | 'b' => {
                let count = self.run(lower) + 1;
                self.push(Token::Time(lower as u8, count));
            }
            'a' => {
                let count = self.run(lower) + 1;
                if count >= 3 {
                    self.push(Token::Time(b'a', count));
                } else {
                    self.push(Token::Literal(letter));
                    self.tokens
                        .list
                        .extend((1..count).map(|_| Token::Literal(letter)));
                }
            }
            'r' if self.tokens.locale.is_japanese() => {
                let count = self.run(lower) + 1;
                self.push(Token::Time(b'r', count));
            }
            _ => self.push(Token::Literal(letter)),
        }
    }

    /// Takes what follows of a run of one letter, in either case, and counts it.
    fn run(&mut self, lower: char) -> usize {
        let mut count = 0;
        while let Some(next) = self.rest.chars().next() {
            if next.to_ascii_lowercase() != lower {
                break;
            }
            // An `e` before a sign is an exponent, and `AM/PM` and `A/P` are words of their own.
            let ahead = &self.rest[1..];
            let ends = match lower {
                'e' => ahead.starts_with(['+', '-']),
                'a' => ahead.starts_with(['M', 'm', '/']),
                _ => false,
            };
            if ends {
                break;
            }
            self.rest = &self.rest[1..];
            count += 1;
        }
        count
    }

    fn bracket(&mut self) {
        let Some((inside, rest)) = self.rest.split_once(']') else {
            self.tokens.valid = false;
            self.rest = "";
            return;
        };
        self.rest = rest;
        if let Some(currency) = inside.strip_prefix('$') {
            let (symbol, locale) = currency.split_once('-').unwrap_or((currency, ""));
            self.tokens.list.extend(symbol.chars().map(Token::Literal));
            if !locale.is_empty() {
                self.tokens.locale.read(locale);
            }
        } else if let Some((unit, count)) = elapsed(inside) {
            self.push(Token::Elapsed(unit, count));
        } else if inside.starts_with(['<', '>', '=']) {
            match Test::parse(inside) {
                Some(test) => self.tokens.test = Some(test),
                None => self.tokens.valid = false,
            }
        } else if !self.tokens.locale.read_numerals(inside) && !is_colour(inside) {
            self.tokens.valid = false;
        }
    }
}

/// What follows a word at the beginning of a text, the case of its letters aside.
fn strip<'a>(text: &'a str, word: &str) -> Option<&'a str> {
    let head = text.get(..word.len())?;
    head.eq_ignore_ascii_case(word)
        .then(|| text.get(word.len()..))
        .flatten()
}

fn elapsed(inside: &str) -> Option<(Unit, usize)> {
    let first = inside.chars().next()?;
    let unit = match first.to_ascii_lowercase() {
        'h' => Unit::Hours,
        'm' => Unit::Minutes,
        's' => Unit::Seconds,
        _ => return None,
    };
    inside
        .chars()
        .all(|c| c.eq_ignore_ascii_case(&first))
        .then_some((unit, inside.len()))
}

/// Whether a bracket names a colour; three capitals are the countries that old versions wrote there.
fn is_colour(inside: &str) -> bool {
    let name = inside.trim().to_ascii_lowercase();
    let numbered = name.strip_prefix("color").is_some_and(|number| {
        let number = number.trim();
        !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit())
    });
    let country = inside.len() == 3 && inside.bytes().all(|byte| byte.is_ascii_uppercase());
    numbered || country || !name.is_ascii() || COLOURS.contains(&name.as_str())
}
