//! How a table was told from what else stands on a page.

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How a table was found, and how sure it is that it is one with these cells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Found {
    /// What told of it.
    pub by: FoundBy,
    /// How sure that is.
    pub sure: Sureness,
}

/// What tells of a table on a page, from the surest on.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum FoundBy {
    /// The structure that the page's maker gives.
    Structure,
    /// Lines around its cells.
    Lines,
    /// The edges of painted grounds.
    Grounds,
    /// Some lines, and where its text stands.
    LinesAndText,
    /// Where its text stands alone.
    Text,
}

impl Found {
    /// What holds of a table of which each part was found in its way: the least sure of both.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self {
            by: self.by.max(other.by),
            sure: self.sure.min(other.sure),
        }
    }
}

impl fmt::Display for Found {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let by = match self.by {
            FoundBy::Structure => "the structure that its maker gives",
            FoundBy::Lines => "lines around its cells",
            FoundBy::Grounds => "the grounds of its cells",
            FoundBy::LinesAndText => "some lines and where its text stands",
            FoundBy::Text => "where its text stands alone",
        };
        write!(f, "by {by}, {} % sure", self.sure.0)
    }
}

/// A share from 0 to 1, exact to a hundredth. In JSON it is a number.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, JsonSchema)]
#[schemars(with = "f64")]
pub struct Sureness(#[schemars(range(min = 0, max = 1))] u8);

impl Sureness {
    /// The hundredth nearest to a share; what is no share is brought to the nearest one, what is no number to 0.
    pub fn new(share: f64) -> Self {
        Self((share * 100.0).round().clamp(0.0, 100.0) as u8)
    }

    /// The share.
    pub fn to_f64(self) -> f64 {
        f64::from(self.0) / 100.0
    }
}

impl Serialize for Sureness {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            0 | 100 => serializer.serialize_u8(self.0 / 100),
            _ => serializer.serialize_f64(self.to_f64()),
        }
    }
}

impl<'de> Deserialize<'de> for Sureness {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Self::new(f64::deserialize(deserializer)?))
    }
}
