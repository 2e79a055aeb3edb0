//! Character marks: a small set, one bit each.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// One way in which a run of text is set apart.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "lowercase")]
#[repr(u8)]
pub enum Mark {
    /// Heavier strokes.
    Bold,
    /// Typed text, set in a font of one width.
    Code,
    /// Text that was marked as hidden in its source.
    Hidden,
    /// A coloured ground behind the text.
    Highlight,
    /// Slanted letters.
    Italic,
    /// Small capitals.
    Smallcaps,
    /// A line through the text.
    Strike,
    /// Smaller and lower.
    Subscript,
    /// Smaller and higher.
    Superscript,
    /// A line under the text.
    Underline,
}

impl Mark {
    /// Every mark, in the order of their names.
    pub const ALL: [Self; 10] = [
        Self::Bold,
        Self::Code,
        Self::Hidden,
        Self::Highlight,
        Self::Italic,
        Self::Smallcaps,
        Self::Strike,
        Self::Subscript,
        Self::Superscript,
        Self::Underline,
    ];
}

/// A set of [`Mark`]s. In JSON an array of their names, in the order of the names.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, JsonSchema)]
#[schemars(with = "Vec<Mark>")]
pub struct Marks(u16);

impl Marks {
    /// No mark.
    pub const NONE: Self = Self(0);

    /// Whether there is no mark.
    pub const fn is_empty(&self) -> bool {
        self.0 == 0
    }

    /// Whether `mark` is among them.
    pub const fn has(self, mark: Mark) -> bool {
        self.0 & (1 << mark as u16) != 0
    }

    /// These marks and `mark`.
    #[must_use]
    pub const fn with(self, mark: Mark) -> Self {
        Self(self.0 | 1 << mark as u16)
    }

    /// These marks without `mark`.
    #[must_use]
    pub const fn without(self, mark: Mark) -> Self {
        Self(self.0 & !(1 << mark as u16))
    }

    /// The marks of either.
    #[must_use]
    pub const fn union(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// The marks, in the order of their names.
    pub fn iter(self) -> impl Iterator<Item = Mark> {
        Mark::ALL.into_iter().filter(move |&mark| self.has(mark))
    }
}

impl FromIterator<Mark> for Marks {
    fn from_iter<I: IntoIterator<Item = Mark>>(marks: I) -> Self {
        marks.into_iter().fold(Self::NONE, Self::with)
    }
}

impl From<Mark> for Marks {
    fn from(mark: Mark) -> Self {
        Self::NONE.with(mark)
    }
}

impl Serialize for Marks {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.iter())
    }
}

impl<'de> Deserialize<'de> for Marks {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Vec::<Mark>::deserialize(deserializer)?
            .into_iter()
            .collect())
    }
}
