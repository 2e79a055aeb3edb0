//! A number as its decimal digits, rounded as Excel rounds.

use std::cmp::Ordering;

/// Significant digits that Excel keeps of a number.
const KEPT: usize = 15;

/// Exponents beyond this are the same to every format: no double reaches them.
const FAR: i32 = 100_000;

/// A number `0.d1d2d3… × 10^point`, its first and last digit not zero; zero has no digits.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Digits {
    negative: bool,
    figures: [u8; KEPT + 1],
    len: usize,
    point: i32,
}

impl Digits {
    /// Reads a decimal number, and rounds it to fifteen significant digits.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let mut digits = Self {
            negative: text.starts_with('-'),
            figures: [0; KEPT + 1],
            len: 0,
            point: 0,
        };
        let bytes = text.as_bytes();
        let start = usize::from(matches!(bytes.first(), Some(b'-' | b'+')));
        let (mut seen, mut after_point) = (false, false);
        let mut exponent = 0;
        for (at, &byte) in bytes.iter().enumerate().skip(start) {
            match byte {
                b'0'..=b'9' => {
                    seen = true;
                    digits.push(byte - b'0', after_point);
                }
                b'.' if !after_point => after_point = true,
                b'e' | b'E' if seen => {
                    exponent = parse_exponent(bytes.get(at + 1..)?)?;
                    break;
                }
                _ => return None,
            }
        }
        if !seen {
            return None;
        }
        digits.point = (digits.point + exponent).clamp(-FAR, FAR);
        if digits.len > KEPT {
            digits.cut(KEPT);
        } else {
            digits.trim();
        }
        Some(digits)
    }

    fn push(&mut self, figure: u8, after_point: bool) {
        if self.len == 0 && figure == 0 {
            if after_point {
                self.point = (self.point - 1).max(-FAR);
            }
            return;
        }
        if let Some(place) = self.figures.get_mut(self.len) {
            *place = figure;
            self.len += 1;
        }
        if !after_point {
            self.point = (self.point + 1).min(FAR);
        }
    }

    /// The digits of a whole number.
    pub(crate) fn whole(number: u64) -> Self {
        let mut digits = Self::ZERO;
        let (mut rest, mut power) = (number, 1);
        while rest / power >= 10 {
            power *= 10;
        }
        while power > 0 {
            digits.push((rest / power) as u8, false);
            rest %= power;
            power /= 10;
        }
        digits.trim();
        digits
    }

    const ZERO: Self = Self {
        negative: false,
        figures: [0; KEPT + 1],
        len: 0,
        point: 0,
    };

    pub(crate) fn is_zero(&self) -> bool {
        self.len == 0
    }

    /// How the number compares with zero.
    pub(crate) fn sign(&self) -> Ordering {
        match (self.is_zero(), self.negative) {
            (true, _) => Ordering::Equal,
            (false, true) => Ordering::Less,
            (false, false) => Ordering::Greater,
        }
    }

    /// Where the decimal point stands, counted from the first digit.
    pub(crate) fn point(&self) -> i32 {
        self.point
    }

    /// How many digits stand before the decimal point; none for numbers below one.
    pub(crate) fn before_point(&self) -> usize {
        usize::try_from(self.point).unwrap_or(0)
    }

    /// How many digits stand after the decimal point.
    pub(crate) fn after_point(&self) -> usize {
        usize::try_from(self.len as i32 - self.point).unwrap_or(0)
    }

    /// The digit that counts units of `10^power`.
    pub(crate) fn units_of(&self, power: usize) -> u8 {
        self.at(self.point - 1 - power as i32)
    }

    /// The digit after the point, the first being number 0; none after the last that is not zero.
    pub(crate) fn decimal(&self, number: usize) -> Option<u8> {
        (number < self.after_point()).then(|| self.at(self.point + number as i32))
    }

    fn at(&self, index: i32) -> u8 {
        match usize::try_from(index) {
            Ok(index) if index < self.len => self.figures.get(index).copied().unwrap_or(0),
            _ => 0,
        }
    }

    /// Multiplies by a power of ten.
    pub(crate) fn shift(&mut self, power: i32) {
        if !self.is_zero() {
            self.point = self.point.saturating_add(power).clamp(-2 * FAR, 2 * FAR);
        }
    }

    /// Rounds to a number of decimals, half away from zero.
    pub(crate) fn round(&mut self, decimals: usize) {
        let keep = i64::from(self.point) + decimals as i64;
        match usize::try_from(keep) {
            Ok(keep) if keep < self.len => self.cut(keep),
            Ok(_) => {}
            Err(_) => self.clear(),
        }
    }

    /// Rounds to a number of significant digits, half away from zero.
    pub(crate) fn round_significant(&mut self, count: usize) {
        if count < self.len {
            self.cut(count);
        }
    }

    fn cut(&mut self, keep: usize) {
        let up = self.figures.get(keep).is_some_and(|&figure| figure >= 5);
        self.len = keep;
        if !up {
            self.trim();
            return;
        }
        while let Some(last) = self
            .len
            .checked_sub(1)
            .and_then(|at| self.figures.get_mut(at))
        {
            if *last < 9 {
                *last += 1;
                return;
            }
            self.len -= 1;
        }
        self.figures[0] = 1;
        self.len = 1;
        self.point += 1;
    }

    fn trim(&mut self) {
        while self.len > 0 && self.figures.get(self.len - 1) == Some(&0) {
            self.len -= 1;
        }
        if self.len == 0 {
            self.clear();
        }
    }

    fn clear(&mut self) {
        self.len = 0;
        self.point = 0;
    }
}

fn parse_exponent(bytes: &[u8]) -> Option<i32> {
    let (negative, figures) = match bytes {
        [b'-', rest @ ..] => (true, rest),
        [b'+', rest @ ..] => (false, rest),
        rest => (false, rest),
    };
    let mut exponent = 0_i32;
    for byte in figures {
        if !byte.is_ascii_digit() {
            return None;
        }
        exponent = (exponent * 10 + i32::from(byte - b'0')).min(FAR);
    }
    if figures.is_empty() {
        return None;
    }
    Some(if negative { -exponent } else { exponent })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(digits: &Digits) -> String {
        let mut text = String::from(if digits.negative { "-0." } else { "0." });
        text.extend(
            digits.figures[..digits.len]
                .iter()
                .map(|figure| char::from(b'0' + figure)),
        );
        format!("{text}e{}", digits.point)
    }

    #[test]
    fn numbers_are_read() {
        for (text, wanted) in [
            ("0", "0.e0"),
            ("-0.00", "-0.e0"),
            ("-12.50", "-0.125e2"),
            ("1e300", "0.1e301"),
            ("1.5e-7", "0.15e-6"),
            ("0.00123", "0.123e-2"),
            ("123456789012345678", "0.123456789012346e18"),
            ("0.99999999999999999", "0.1e1"),
            ("1000", "0.1e4"),
        ] {
            let digits = Digits::parse(text).map(|digits| shown(&digits));
            assert_eq!(digits.as_deref(), Some(wanted), "{text}");
        }
        for text in ["", "-", ".", "x", "1e", "1e+", "1 2", "1.2.3", "é"] {
            assert!(Digits::parse(text).is_none(), "{text}");
        }
    }

    #[test]
    fn numbers_are_rounded_half_away_from_zero() {
        for (text, decimals, wanted) in [
            ("1.005", 2, "0.101e1"),
            ("9.075", 2, "0.908e1"),
            ("0.5", 0, "0.1e1"),
            ("0.4", 0, "0.e0"),
            ("0.05", 0, "0.e0"),
            ("99.5", 0, "0.1e3"),
            ("-2.5", 0, "-0.3e1"),
            ("12.5", 3, "0.125e2"),
        ] {
            let mut digits = Digits::parse(text).expect("a number");
            digits.round(decimals);
            assert_eq!(shown(&digits), wanted, "{text}");
        }
    }

    #[test]
    fn whole_numbers_have_digits() {
        for number in [0, 7, 10, 1203, 999_999_999_999] {
            let whole = shown(&Digits::whole(number));
            let read = Digits::parse(&number.to_string()).map(|digits| shown(&digits));
            assert_eq!(Some(whole), read);
        }
    }
}
