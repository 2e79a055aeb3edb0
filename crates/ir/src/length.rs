//! Lengths on paper.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A length in points (1/72 inch), exact to a thousandth. In JSON it is a number of points.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, schemars::JsonSchema,
)]
#[schemars(with = "f64")]
pub struct Points(i64);

impl Points {
    /// The length of that many thousandths of a point.
    pub const fn from_thousandths(thousandths: i64) -> Self {
        Self(thousandths)
    }

    /// The length in thousandths of a point.
    pub const fn thousandths(self) -> i64 {
        self.0
    }

    /// The length nearest to `points`; zero for what is not a number.
    pub fn new(points: f64) -> Self {
        Self((points * 1000.0).round() as i64)
    }

    /// The length nearest to `millimetres`.
    pub fn from_mm(millimetres: f64) -> Self {
        Self::new(millimetres * 72.0 / 25.4)
    }

    /// The length of `emu` English Metric Units, 12,700 to a point (ECMA-376 20.1.2.1).
    pub const fn from_emu(emu: i64) -> Self {
        Self(emu.saturating_mul(10) / 127)
    }

    /// The length in English Metric Units.
    pub const fn to_emu(self) -> i64 {
        self.0.saturating_mul(127) / 10
    }

    /// The length of `twips` twentieths of a point.
    pub const fn from_twips(twips: i64) -> Self {
        Self(twips.saturating_mul(50))
    }

    /// The length in twentieths of a point, rounded down.
    pub const fn to_twips(self) -> i64 {
        self.0.div_euclid(50)
    }

    /// The length in points.
    pub fn to_f64(self) -> f64 {
        self.0 as f64 / 1000.0
    }
}

impl fmt::Display for Points {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.to_f64())
    }
}

impl Serialize for Points {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.0 % 1000 == 0 {
            serializer.serialize_i64(self.0 / 1000)
        } else {
            serializer.serialize_f64(self.to_f64())
        }
    }
}

impl<'de> Deserialize<'de> for Points {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Self::new(f64::deserialize(deserializer)?))
    }
}
