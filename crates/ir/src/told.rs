//! What is said to people about an input they may not trust: on one line, and no longer than a person reads.

/// How many characters a message may have, and how many of its beginning and end stand where it has more.
const MOST: usize = 4_000;
const HEAD: usize = 3_000;
const TAIL: usize = 900;

/// A message on one line: signs of control, and the separators of lines and paragraphs of Unicode, become blanks, and
/// the middle of a text that a damaged input makes endless is left out.
pub(crate) fn one_line(message: String) -> String {
    let is_harmless = |c: char| !c.is_control() && !matches!(c, '\u{2028}' | '\u{2029}');
    // A text of no more bytes has no more characters.
    if message.len() <= MOST && message.chars().all(is_harmless) {
        return message;
    }
    let line: Vec<char> = message
        .chars()
        .map(|c| if is_harmless(c) { c } else { ' ' })
        .collect();
    if line.len() <= MOST {
        return line.into_iter().collect();
    }
    let (head, tail) = (&line[..HEAD], &line[line.len() - TAIL..]);
    let head: String = head.iter().collect();
    let tail: String = tail.iter().collect();
    format!("{head} … {tail}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Code, Diagnostic, Error, Origin};

    #[test]
    fn what_an_input_says_stays_on_one_line() {
        let message = "`a\nb\u{1b}[2J\u{2028}` was found";
        let error = Error::input(message).at(Origin::part("x\r\n/y", ""));
        assert_eq!(error.to_string(), "x  /y: `a b [2J ` was found");
        let told = Diagnostic::new(Code::XmlDamaged, message).at(Origin::cells("\t表", "A1"));
        assert_eq!(
            told.to_string(),
            " 表!A1: repair[xml-damaged]: `a b [2J ` was found"
        );
    }

    #[test]
    fn the_middle_of_an_endless_message_is_left_out() {
        let line = one_line(format!("`{}` was found", "字".repeat(100_000)));
        assert!(line.starts_with("`字") && line.ends_with("字` was found"));
        assert_eq!(line.chars().count(), HEAD + 3 + TAIL);
    }

    #[test]
    fn each_of_several_things_has_a_line() {
        let things =
            (0..50).map(|number| format!("fault {number} of\nthe form: {}", "x".repeat(100)));
        let told = Error::inputs("not sound:", things).to_string();
        assert_eq!(told.lines().count(), 51);
        assert!(told.contains("\nfault 25 of the form"));
    }
}
