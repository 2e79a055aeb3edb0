//! Text where a number is wanted.

/// What a text is where a number is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum AsNumber {
    /// A number, to every program.
    Number,
    /// No number, to any program.
    Words,
    /// Perhaps a number: an amount, a share, a day. Excel decides by the settings of its user.
    Unsure,
}

/// What a text is where a number is wanted.
pub(super) fn as_number(text: &str) -> AsNumber {
    let plain = !text.is_empty()
        && text
            .bytes()
            .all(|b| b.is_ascii_digit() || matches!(b, b'.' | b'-' | b'+'));
    let number = text.parse::<f64>().is_ok();
    match (plain && number, number) {
        (true, _) => AsNumber::Number,
        (false, false) if !text.chars().any(char::is_numeric) => AsNumber::Words,
        _ => AsNumber::Unsure,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_only_some_programs_take_as_a_number_is_unsure() {
        for text in ["12", "-1.5", ".5", "007"] {
            assert_eq!(as_number(text), AsNumber::Number, "{text}");
        }
        for text in ["", "abc", "合计", "n/a", "-"] {
            assert_eq!(as_number(text), AsNumber::Words, "{text}");
        }
        for text in ["1,234", "50%", "2020-01-20", " 12", "1e5", "inf", "NaN", "٣"] {
            assert_eq!(as_number(text), AsNumber::Unsure, "{text}");
        }
    }
}
