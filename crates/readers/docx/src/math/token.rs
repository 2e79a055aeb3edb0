//! The characters of runs, told apart as names, numbers, signs, words and blanks.
//!
//! Runs are cut anywhere, so that a number goes on in the next run. A word of letters does not: `sin`
//! and `x` in two runs are two names.

use super::{Node, Row, letters};

/// How a character is set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Setting {
    /// Letters stand for themselves.
    Slanted,
    /// Letters form words.
    Upright,
    /// No mathematics (`m:nor`).
    Words,
}

/// A character of a run.
#[derive(Clone, Copy, Debug)]
pub(super) struct Letter {
    pub(super) character: char,
    pub(super) setting: Setting,
    /// The number of its run.
    pub(super) run: u32,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Words,
    Blank,
    Digit,
    Letter,
    Mark,
    Sign,
}

fn kind(letter: Letter) -> Kind {
    let c = letter.character;
    match c {
        _ if letter.setting == Setting::Words => Kind::Words,
        _ if is_blank(c) => Kind::Blank,
        _ if is_mark(c) => Kind::Mark,
        '∞' | '∅' | '°' => Kind::Letter,
        _ if c.is_numeric() => Kind::Digit,
        _ if c.is_alphabetic() || letters::plain(c).is_some() => Kind::Letter,
        _ => Kind::Sign,
    }
}

/// The blanks of Unicode that are seen.
pub(super) fn is_blank(c: char) -> bool {
    matches!(c, ' ' | '\u{2000}'..='\u{200A}' | '\u{205F}' | '\u{3000}')
}

/// Characters that are set upon the one before.
pub(super) fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36F}' | '\u{20D0}'..='\u{20FF}')
}

/// A character as it is kept: every plain blank is a space, and what is never seen is nothing.
pub(super) fn seen(c: char) -> Option<char> {
    match c {
        '\t' | '\n' | '\r' | '\u{A0}' => Some(' '),
        '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2064}' => None,
        '\u{AD}' | '\u{FEFF}' => None,
        c if c.is_control() => None,
        c => Some(c),
    }
}

/// Letters that MathML slants where one stands alone (MathML Core 3.2.2).
fn slants(c: char) -> bool {
    c.is_ascii_alphabetic() || matches!(c, '\u{370}'..='\u{3FF}')
}

/// Letters that are a name each where they are slanted. Others, such as those of Chinese, form words.
fn stands_alone(c: char) -> bool {
    slants(c) || !c.is_alphabetic() || letters::plain(c).is_some() || ('℀'..='⅏').contains(&c)
}

/// Makes words of slanted letters that follow one another, in one run or more.
pub(super) fn join_words(letters: &mut [Letter]) {
    let part = |l: &Letter| l.setting == Setting::Slanted && slants(l.character);
    for word in letters.chunk_by_mut(|before, letter| part(before) && part(letter)) {
        if let [first, _, ..] = *word {
            for letter in word {
                letter.setting = Setting::Upright;
                letter.run = first.run;
            }
        }
    }
}

/// The nodes of characters.
pub(super) fn tokens(letters: &[Letter]) -> Row {
    let mut row: Row = Vec::new();
    let mut rest = letters;
    while let Some(&first) = rest.first() {
        let length = length(first, rest);
        let (token, behind) = rest.split_at(length.max(1));
        let text: String = token.iter().map(|letter| letter.character).collect();
        row.push(node(first, text));
        rest = behind;
    }
    join_spaces(row)
}

/// How many characters the first one has a token with.
fn length(first: Letter, letters: &[Letter]) -> usize {
    let run_of =
        |wanted: &dyn Fn(&Letter) -> bool| letters.iter().take_while(|l| wanted(l)).count();
    match kind(first) {
        kind_of @ (Kind::Words | Kind::Blank) => run_of(&|l| kind(*l) == kind_of),
        Kind::Digit => {
            let digits = run_of(&|l| kind(*l) == Kind::Digit);
            let behind = &letters[digits..];
            let dot = behind.first().is_some_and(|l| is_dot(*l));
            let more = behind.iter().skip(1);
            let more = more.take_while(|l| kind(**l) == Kind::Digit).count();
            if dot && more > 0 {
                digits + 1 + more
            } else {
                digits
            }
        }
        Kind::Letter => {
            let alone = first.setting == Setting::Slanted && stands_alone(first.character);
            let goes_on = |l: &Letter| {
                let same = l.run == first.run && kind(*l) == Kind::Letter;
                let alone = l.setting == Setting::Slanted && stands_alone(l.character);
                same && !alone
            };
            let behind = &letters[1..];
            let more = behind
                .iter()
                .take_while(|l| kind(**l) == Kind::Mark || (!alone && goes_on(l)));
            1 + more.count()
        }
        Kind::Mark | Kind::Sign => 1,
    }
}

fn is_dot(letter: Letter) -> bool {
    letter.character == '.' && letter.setting != Setting::Words
}

fn node(first: Letter, text: String) -> Node {
    match kind(first) {
        Kind::Words if text.chars().all(is_blank) => Node::Space(text),
        Kind::Words => Node::Text(text),
        Kind::Blank => Node::Space(text),
        Kind::Digit => Node::Number(text),
        Kind::Letter => {
            let is_word = text.chars().filter(|&c| !is_mark(c)).count() > 1;
            let upright = first.setting == Setting::Upright && slants(first.character);
            Node::Name {
                text,
                upright: is_word || upright,
            }
        }
        Kind::Mark | Kind::Sign => Node::Operator(text),
    }
}

fn join_spaces(row: Row) -> Row {
    let mut joined: Row = Vec::with_capacity(row.len());
    for node in row {
        match (joined.last_mut(), node) {
            (Some(Node::Space(before)), Node::Space(text)) => before.push_str(&text),
            (_, node) => joined.push(node),
        }
    }
    joined
}
