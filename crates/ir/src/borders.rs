//! The lines around a cell.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The lines around a cell. In JSON a single word where all four are alike.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, JsonSchema)]
#[schemars(with = "Wire")]
pub struct Borders {
    /// The line below.
    pub bottom: Option<Stroke>,
    /// The line at the left.
    pub left: Option<Stroke>,
    /// The line at the right.
    pub right: Option<Stroke>,
    /// The line above.
    pub top: Option<Stroke>,
}

impl Borders {
    /// The same line on all four sides.
    pub const fn all(stroke: Stroke) -> Self {
        Self {
            bottom: Some(stroke),
            left: Some(stroke),
            right: Some(stroke),
            top: Some(stroke),
        }
    }

    /// Whether no side has a line.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// How a line is drawn: what of the styles of ECMA-376-1 18.18.3 a person tells apart.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Stroke {
    /// The thinnest line that can be drawn.
    Hair,
    /// Dots.
    Dotted,
    /// Dashes, with or without dots.
    Dashed,
    /// A thin line.
    Thin,
    /// A line of twice that width.
    Medium,
    /// A line of three times that width.
    Thick,
    /// Two thin lines.
    Double,
}

#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
enum Wire {
    /// The line on all four sides.
    All(Stroke),
    /// The line on each side that has one.
    Sides(Sides),
}

#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(default)]
#[derive(Default)]
struct Sides {
    /// The line below.
    #[serde(skip_serializing_if = "Option::is_none")]
    bottom: Option<Stroke>,
    /// The line at the left.
    #[serde(skip_serializing_if = "Option::is_none")]
    left: Option<Stroke>,
    /// The line at the right.
    #[serde(skip_serializing_if = "Option::is_none")]
    right: Option<Stroke>,
    /// The line above.
    #[serde(skip_serializing_if = "Option::is_none")]
    top: Option<Stroke>,
}

impl Serialize for Borders {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self {
            bottom,
            left,
            right,
            top,
        } = *self;
        match top {
            Some(stroke) if *self == Self::all(stroke) => Wire::All(stroke),
            _ => Wire::Sides(Sides {
                bottom,
                left,
                right,
                top,
            }),
        }
        .serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Borders {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(match Wire::deserialize(deserializer)? {
            Wire::All(stroke) => Self::all(stroke),
            Wire::Sides(Sides {
                bottom,
                left,
                right,
                top,
            }) => Self {
                bottom,
                left,
                right,
                top,
            },
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn four_lines_alike_are_one_word() {
        let json = |borders: &Borders| serde_json::to_string(borders).expect("plain data");
        let all = Borders::all(Stroke::Thin);
        assert_eq!(json(&all), r#""thin""#);
        let some = Borders { left: None, ..all };
        assert_eq!(
            json(&some),
            r#"{"bottom":"thin","right":"thin","top":"thin"}"#
        );
        for borders in [all, some, Borders::default()] {
            let back: Borders = serde_json::from_str(&json(&borders)).expect("what was written");
            assert_eq!(back, borders);
        }
    }
}
