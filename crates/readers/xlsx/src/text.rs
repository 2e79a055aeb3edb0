//! Strings of a workbook.

use tabulary_ir::{CompactString, Inline};

/// A string of a workbook.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Text {
    Plain(CompactString),
    /// Runs that are not all alike.
    Rich(Vec<Inline>),
}

impl Default for Text {
    fn default() -> Self {
        Self::Plain(CompactString::default())
    }
}
