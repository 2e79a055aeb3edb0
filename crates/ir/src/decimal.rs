//! Exact decimal numbers, kept as text.

use std::fmt;
use std::io::Write as _;
use std::str::FromStr;

use compact_str::{CompactString, ToCompactString};
use serde::{Deserialize, Serialize};

/// The longest run of digits that is written out; beyond it the scientific form is used.
const PLAIN_DIGITS: i64 = 40;

/// Beyond this power of ten a text names no quantity that anyone has.
const LARGEST_EXPONENT: u64 = 1_000_000;

/// The significant digits that a spreadsheet shows of a double, and the most that every double keeps.
const DOUBLE_DIGITS: usize = 15;

/// An exact decimal number.
///
/// It holds its shortest text: no leading or trailing zeros, no plus sign, no negative zero, a point
/// only before a digit, and an exponent only where the digits written out would be longer than 40.
/// Two equal numbers therefore have equal text, and no digit passes through binary floating point.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, schemars::JsonSchema)]
#[serde(transparent)]
pub struct Decimal(
    #[schemars(
        with = "String",
        regex(pattern = r"^-?(0|[1-9][0-9]*)(\.[0-9]*[1-9])?(e-?[1-9][0-9]*)?$")
    )]
    CompactString,
);

/// A text that is not a decimal number.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is not a decimal number such as -12.5 or 1e6")]
pub struct ParseDecimalError(String);

impl Decimal {
    /// Zero.
    pub fn zero() -> Self {
        Self(CompactString::const_new("0"))
    }

    /// The number that a spreadsheet file means by the text of a stored double.
    ///
    /// Spreadsheet programs store doubles with 17 significant digits, so that `0.075` is written as
    /// `7.4999999999999997E-2`. Where a text has more than 15 significant digits and is not a plain
    /// integer, the shortest decimal that names the same double is taken. A plain integer keeps all
    /// of its digits, since identifiers are stored that way by programs that write text.
    ///
    /// # Errors
    /// Where `text` is not a decimal number.
    pub fn from_double_text(text: &str) -> Result<Self, ParseDecimalError> {
        if text.len() <= DOUBLE_DIGITS && is_normal(text) {
            return Ok(Self(text.into()));
        }
        if is_long_fraction(text)
            && let Some(shortest) = text.parse().ok().and_then(Self::from_f64)
        {
            return Ok(shortest);
        }
        let exact: Self = text.parse()?;
        let plain_integer = text.bytes().all(|b| b.is_ascii_digit() || b == b'-');
        if plain_integer || exact.significant_digits() <= DOUBLE_DIGITS {
            return Ok(exact);
        }
        let double: f64 = text
            .trim()
            .parse()
            .map_err(|_| ParseDecimalError(text.to_owned()))?;
        Self::from_f64(double).ok_or_else(|| ParseDecimalError(text.to_owned()))
    }

    /// The shortest decimal that names `double`; `None` for infinities and NaN.
    pub fn from_f64(double: f64) -> Option<Self> {
        if !double.is_finite() {
            return None;
        }
        // The longest is -1.7976931348623157e-308.
        let mut buffer = [0_u8; 32];
        let mut free = &mut buffer[..];
        write!(free, "{double:e}").ok()?;
        let length = 32 - free.len();
        let text = std::str::from_utf8(&buffer[..length]).ok()?;
        let (mantissa, exponent) = text.split_once('e')?;
        let unsigned = mantissa.trim_start_matches('-');
        if unsigned == "0" {
            return Some(Self::zero());
        }
        // One digit stands before the point.
        let point = exponent.parse::<i64>().ok()? + 1;
        let mut digits = [0_u8; 24];
        let significant = gather(unsigned.bytes().filter(|b| *b != b'.'), &mut digits)?;
        Some(Self(compose(
            unsigned.len() < mantissa.len(),
            significant,
            point,
        )))
    }

    /// The nearest double.
    pub fn to_f64(&self) -> f64 {
        self.0
            .parse()
            .expect("the text of a Decimal is a valid floating-point literal")
    }

    /// Whether a double holds the number: no shorter decimal names the same double.
    pub fn fits_double(&self) -> bool {
        Self::from_f64(self.to_f64()).as_ref() == Some(self)
    }

    /// The digits from the first to the last that is not zero.
    pub fn significant_digits(&self) -> usize {
        let mantissa = self.0.split('e').next().unwrap_or_default();
        let digits: Vec<u8> = mantissa.bytes().filter(u8::is_ascii_digit).collect();
        let first = digits
            .iter()
            .position(|&d| d != b'0')
            .unwrap_or(digits.len());
        let last = digits.iter().rposition(|&d| d != b'0').map_or(0, |i| i + 1);
        last.saturating_sub(first)
    }

    /// The number as text, in its normal form.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Decimal {
    type Err = ParseDecimalError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if text.len() <= DOUBLE_DIGITS && is_normal(text) {
            return Ok(Self(text.into()));
        }
        let error = || ParseDecimalError(text.chars().take(60).collect());
        let trimmed = text.trim();
        let (negative, unsigned) = match trimmed.as_bytes().first() {
            Some(b'-') => (true, &trimmed[1..]),
            Some(b'+') => (false, &trimmed[1..]),
            _ => (false, trimmed),
        };
        let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
            Some((mantissa, exponent)) => (mantissa, exponent.parse::<i32>().map_err(|_| error())?),
            None => (unsigned, 0),
        };
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let digits = || whole.bytes().chain(fraction.bytes());
        if digits().next().is_none() || !digits().all(|b| b.is_ascii_digit()) {
            return Err(error());
        }
        let Some(first) = digits().position(|b| b != b'0') else {
            return Ok(Self::zero());
        };
        let (mut short, long);
        short = [0_u8; 40];
        let significant = match gather(digits().skip(first), &mut short) {
            Some(significant) => significant,
            None => {
                long = digits().skip(first).map(char::from).collect::<String>();
                &long
            }
        };
        let significant = significant.trim_end_matches('0');
        // The place of the decimal point, counted from the first significant digit.
        let point = whole.len() as i64 - first as i64 + i64::from(exponent);
        if point.unsigned_abs() > LARGEST_EXPONENT {
            return Err(error());
        }
        Ok(Self(compose(negative, significant, point)))
    }
}

/// ASCII characters as a text; none where there is no room for them.
fn gather(bytes: impl Iterator<Item = u8>, room: &mut [u8]) -> Option<&str> {
    let mut length = 0;
    for byte in bytes {
        *room.get_mut(length)? = byte;
        length += 1;
    }
    std::str::from_utf8(room.get(..length)?).ok()
}

/// Whether a text is a broken number with more digits than a double tells apart.
fn is_long_fraction(text: &str) -> bool {
    let mut digits = 0;
    let mut is_broken = false;
    for byte in text.bytes() {
        match byte {
            b'0' if digits == 0 => {}
            b'0'..=b'9' => digits += 1,
            b'.' => is_broken = true,
            b'-' => {}
            b'e' | b'E' => return digits > DOUBLE_DIGITS,
            _ => return false,
        }
    }
    is_broken && digits > DOUBLE_DIGITS
}

/// Whether a short text is already the normal form of a number.
fn is_normal(text: &str) -> bool {
    let unsigned = text.strip_prefix('-').unwrap_or(text);
    let (whole, fraction) = match unsigned.split_once('.') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (unsigned, None),
    };
    let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    let whole_is_normal = match whole.as_bytes() {
        [] => false,
        [b'0'] => fraction.is_some() || unsigned.len() == text.len(),
        [first, ..] => *first != b'0' && digits(whole),
    };
    whole_is_normal
        && fraction.is_none_or(|fraction| {
            !fraction.is_empty() && !fraction.ends_with('0') && digits(fraction)
        })
}

/// Writes `0.SIGNIFICANT × 10^point` in its normal form.
fn compose(negative: bool, significant: &str, point: i64) -> CompactString {
    let sign = if negative { "-" } else { "" };
    let length = significant.len() as i64;
    let written = if point <= 0 {
        length - point + 1
    } else {
        length.max(point)
    };
    if written > PLAIN_DIGITS && written > length {
        let (head, tail) = significant.split_at(1);
        let dot = if tail.is_empty() { "" } else { "." };
        return compact_str::format_compact!("{sign}{head}{dot}{tail}e{}", point - 1);
    }
    let mut text = CompactString::new(sign);
    let (head, tail) =
        significant.split_at(usize::try_from(point.clamp(0, length)).unwrap_or_default());
    text.push_str(if head.is_empty() { "0" } else { head });
    (length..point).for_each(|_| text.push('0'));
    if !tail.is_empty() {
        text.push('.');
        (point..0).for_each(|_| text.push('0'));
        text.push_str(tail);
    }
    text
}

macro_rules! from_integer {
    ($($integer:ty),*) => {$(
        impl From<$integer> for Decimal {
            fn from(number: $integer) -> Self {
                Self(number.to_compact_string())
            }
        }
    )*};
}
from_integer!(u8, u16, u32, u64, i32, i64);

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Decimal {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = CompactString::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn normal(text: &str) -> String {
        text.parse::<Decimal>().expect("a number").to_string()
    }

    #[test]
    fn one_number_has_one_text() {
        for (given, wanted) in [
            ("0", "0"),
            ("-0.00", "0"),
            ("-0", "0"),
            ("-0.5", "-0.5"),
            ("12.34", "12.34"),
            ("0.10", "0.1"),
            ("+7", "7"),
            ("007", "7"),
            ("1.50", "1.5"),
            (".5", "0.5"),
            ("5.", "5"),
            ("1E3", "1000"),
            ("1.25e-3", "0.00125"),
            ("123456789012345678", "123456789012345678"),
            ("1e300", "1e300"),
            ("-1.5E-300", "-1.5e-300"),
            ("100e38", "1e40"),
        ] {
            assert_eq!(normal(given), wanted, "{given}");
        }
    }

    #[test]
    fn what_is_no_number_is_refused() {
        for text in [
            "",
            "-",
            ".",
            "1.2.3",
            "1,000",
            "０",
            "1e",
            "e5",
            "NaN",
            "1e99999999999",
        ] {
            assert!(text.parse::<Decimal>().is_err(), "{text}");
        }
    }

    #[test]
    fn a_stored_double_is_read_as_the_number_that_was_typed() {
        for (stored, typed) in [
            ("7.4999999999999997E-2", "0.075"),
            ("0.10000000000000001", "0.1"),
            ("1234567.8", "1234567.8"),
            ("123456789012345678", "123456789012345678"),
            ("3.1415926535897931", "3.141592653589793"),
        ] {
            let read = Decimal::from_double_text(stored).expect("a number");
            assert_eq!(read.as_str(), typed);
        }
    }

    #[test]
    fn a_double_holds_what_it_names_alone() {
        for (text, fits) in [
            ("0.075", true),
            ("7.168538277299949", true),
            ("123456789012345678", false),
            ("0.30000000000000000001", false),
            ("1e400", false),
        ] {
            let number: Decimal = text.parse().expect("a number");
            assert_eq!(number.fits_double(), fits, "{text}");
        }
    }

    #[test]
    fn digits_are_counted_without_outer_zeros() {
        for (text, digits) in [
            ("0", 0),
            ("0.0750", 2),
            ("1200", 2),
            ("10.01", 4),
            ("1e300", 1),
        ] {
            let number: Decimal = text.parse().expect("a number");
            assert_eq!(number.significant_digits(), digits, "{text}");
        }
    }
}
