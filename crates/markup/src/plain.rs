//! Numbers that need no type beside their text.

use tabulary_ir::{Decimal, Value};

/// The most digits that every spreadsheet keeps.
const DIGITS: usize = 15;

/// The value of a text that is written as a plain decimal number: a minus sign or none, no zeros
/// before the first digit, a point or none, at most 15 digits. `007` and `1,234` have none.
pub fn plain_number(text: &str) -> Option<Value> {
    let unsigned = text.strip_prefix('-').unwrap_or(text);
    let (whole, fraction) = unsigned.split_once('.').unwrap_or((unsigned, "0"));
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    let plain = digits(whole) && digits(fraction) && (whole == "0" || !whole.starts_with('0'));
    let written = text.bytes().filter(u8::is_ascii_digit).count();
    if !plain || written > DIGITS {
        return None;
    }
    let number: Decimal = text.parse().ok()?;
    Some(Value::Number(number))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_numbers_have_one_way_to_be_written() {
        for text in ["0", "-1", "10.50", "123456789012345", "0.1000"] {
            assert!(plain_number(text).is_some(), "{text}");
        }
        for text in [
            "",
            "-",
            "007",
            "+1",
            "1,000",
            ".5",
            "5.",
            "1e3",
            "７",
            "1-2",
            "1234567890123456",
            " 1",
        ] {
            assert!(plain_number(text).is_none(), "{text}");
        }
    }
}
