//! Characters that mean something in Markdown (CommonMark 0.31, 2.4), and those it cannot hold.

/// Where a run of text stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Place {
    /// At the beginning of a line, where a block could begin.
    pub(super) begins_line: bool,
    /// At the end of a line, which takes blanks away.
    pub(super) ends_line: bool,
}

/// Whether Markdown may hold a character.
pub(super) fn is_allowed(c: char) -> bool {
    c == '\t' || !(c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}'))
}

/// The text such that it reads back as it is.
pub(super) fn text(run: &str, place: Place) -> String {
    let mut out = String::with_capacity(run.len() + 8);
    let chars: Vec<char> = run.chars().filter(|&c| is_allowed(c)).collect();
    let number = place.begins_line.then(|| list_number(&chars)).flatten();
    for (index, &c) in chars.iter().enumerate() {
        let first = index == 0 && place.begins_line;
        let last = index + 1 == chars.len();
        let before = index.checked_sub(1).map(|i| chars[i]);
        let behind = chars.get(index + 1).copied();
        match c {
            ' ' if first || (last && place.ends_line) => {
                out.push_str("&#32;");
                continue;
            }
            '\t' => {
                out.push_str("&#9;");
                continue;
            }
            '&' if behind.is_none_or(|b| b == '#' || b.is_ascii_alphanumeric()) => {
                out.push_str("&amp;");
                continue;
            }
            _ => {}
        }
        let inside_word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        let escape = match c {
            '\\' | '`' | '*' | '[' | ']' | '<' | '~' | '|' | '$' => true,
            '_' => !(inside_word(before) && inside_word(behind)),
            '!' => last,
            '#' | '>' | '+' | '-' | '=' | ':' => first,
            '.' | ')' => number == Some(index),
            _ => false,
        };
        if escape {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

/// The place of the point or parenthesis behind a number that would begin a list.
fn list_number(chars: &[char]) -> Option<usize> {
    let digits = chars.iter().take_while(|c| c.is_ascii_digit()).count();
    let behind = chars.get(digits)?;
    let parted = chars
        .get(digits + 1)
        .is_none_or(|c| matches!(c, ' ' | '\t'));
    ((1..=9).contains(&digits) && matches!(behind, '.' | ')') && parted).then_some(digits)
}

/// An address in angle brackets.
pub(super) fn address(href: &str) -> String {
    let mut out = String::from("<");
    for c in href.chars() {
        match c {
            '\\' | '<' | '>' => {
                out.push('\\');
                out.push(c);
            }
            '&' => out.push_str("&amp;"),
            '\n' => out.push_str("&#10;"),
            '\r' => out.push_str("&#13;"),
            '|' => out.push_str("&#124;"),
            _ => out.push(c),
        }
    }
    out.push('>');
    out
}
