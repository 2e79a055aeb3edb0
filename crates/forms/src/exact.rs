//! Exact arithmetic with the numbers of a report.

use std::cmp::Ordering;

use tabulary_ir::Decimal;

/// The most digits behind the point that are reckoned with.
const SCALE: u32 = 18;

/// A decimal number as a whole number of units of a power of ten.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Exact {
    units: i128,
    /// How many digits stand behind the point.
    scale: u32,
}

impl Exact {
    /// A whole number.
    pub(crate) const fn whole(number: i64) -> Self {
        Self {
            units: number as i128,
            scale: 0,
        }
    }

    /// The number; none where it has more digits than are reckoned with.
    pub(crate) fn new(number: &Decimal) -> Option<Self> {
        let text = number.as_str();
        let (negative, digits) = match text.strip_prefix('-') {
            Some(digits) => (true, digits),
            None => (false, text),
        };
        let mut units = 0_i128;
        let mut scale = None;
        for byte in digits.bytes() {
            match byte {
                b'.' => scale = Some(0),
                b'0'..=b'9' => {
                    units = units
                        .checked_mul(10)?
                        .checked_add(i128::from(byte - b'0'))?;
                    scale = scale.map(|scale| scale + 1);
                }
                _ => return None,
            }
        }
        let scale: u32 = scale.unwrap_or_default();
        (scale <= SCALE).then_some(Self {
            units: if negative { -units } else { units },
            scale,
        })
    }

    /// The number as text is kept.
    pub(crate) fn to_decimal(self) -> Decimal {
        let text = format!("{}e-{}", self.units, self.scale);
        text.parse().unwrap_or_else(|_| Decimal::zero())
    }

    fn level(self, other: Self) -> Option<(i128, i128, u32)> {
        let scale = self.scale.max(other.scale);
        let lift = |number: Self| {
            let factor = 10_i128.checked_pow(scale - number.scale)?;
            number.units.checked_mul(factor)
        };
        Some((lift(self)?, lift(other)?, scale))
    }

    /// The sum; none where it is too large.
    pub(crate) fn plus(self, other: Self) -> Option<Self> {
        let (a, b, scale) = self.level(other)?;
        let units = a.checked_add(b)?;
        Some(Self { units, scale })
    }

    /// The difference; none where it is too large.
    pub(crate) fn minus(self, other: Self) -> Option<Self> {
        self.plus(other.negated())
    }

    /// The product; none where it is too large.
    pub(crate) fn times(self, other: Self) -> Option<Self> {
        let units = self.units.checked_mul(other.units)?;
        let scale = self.scale + other.scale;
        (scale <= SCALE).then_some(Self { units, scale })
    }

    /// The number below zero for one above, and the other way round.
    pub(crate) const fn negated(self) -> Self {
        Self {
            units: -self.units,
            scale: self.scale,
        }
    }

    /// The number without its sign.
    pub(crate) const fn magnitude(self) -> Self {
        Self {
            units: self.units.abs(),
            scale: self.scale,
        }
    }

    /// Which is greater; none where they are too far apart to tell.
    pub(crate) fn order(self, other: Self) -> Option<Ordering> {
        let (a, b, _) = self.level(other)?;
        Some(a.cmp(&b))
    }

    /// Whether nothing stands behind the point.
    pub(crate) fn is_whole(self) -> bool {
        10_i128
            .checked_pow(self.scale)
            .is_some_and(|unit| self.units % unit == 0)
    }

    /// Whether it is below zero.
    pub(crate) const fn is_negative(self) -> bool {
        self.units < 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn exact(text: &str) -> Exact {
        Exact::new(&text.parse().expect("a number")).expect("not too long")
    }

    #[test]
    fn tenths_add_up() {
        let sum = exact("0.1").plus(exact("0.2")).expect("small");
        assert_eq!(sum.to_decimal().as_str(), "0.3");
        assert_eq!(sum.order(exact("0.3")), Some(Ordering::Equal));
        let product = exact("2.02").times(exact("10000")).expect("small");
        assert_eq!(product.to_decimal().as_str(), "20200");
        assert!(product.is_whole());
        assert!(exact("-8").is_negative());
    }
}
