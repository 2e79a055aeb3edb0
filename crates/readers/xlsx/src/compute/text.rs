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

/// A number as text, in fifteen digits; none where Excel would write a power of ten.
pub(super) fn number_text(number: f64) -> Option<String> {
    if number.abs() <= 0.0 {
        return Some("0".to_owned());
    }
    let kept: f64 = format!("{number:.14e}").parse().ok()?;
    (1e-4..1e15).contains(&kept.abs()).then(|| kept.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_with_fifteen_digits() {
        for (number, text) in [
            (2.0 / 3.0, Some("0.666666666666667")),
            (0.1 + 0.2, Some("0.3")),
            (-0.0, Some("0")),
            (123_456_789_012.0, Some("123456789012")),
            (1e15, None),
            (1e-5, None),
        ] {
            assert_eq!(number_text(number).as_deref(), text, "{number}");
        }
    }

    #[test]
    fn what_only_some_programs_take_as_a_number_is_unsure() {
        for text in ["12", "-1.5", ".5", "007"] {
            assert_eq!(as_number(text), AsNumber::Number, "{text}");
        }
        for text in ["", "abc", "合计", "n/a", "-"] {
            assert_eq!(as_number(text), AsNumber::Words, "{text}");
        }
        for text in [
            "1,234",
            "50%",
            "2020-01-20",
            " 12",
            "1e5",
            "inf",
            "NaN",
            "٣",
        ] {
            assert_eq!(as_number(text), AsNumber::Unsure, "{text}");
        }
    }
}
