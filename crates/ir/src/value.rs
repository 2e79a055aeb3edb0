//! Typed cell values.

use std::fmt;
use std::sync::Arc;

use compact_str::CompactString;
use jiff::SignedDuration;
use jiff::civil::{Date, DateTime, Time};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::Decimal;

/// The typed value of a cell. A cell of text has none, and neither has a blank one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Value {
    /// An exact number.
    Number(Decimal),
    /// True or false.
    Bool(bool),
    /// A day, as `2020-01-20`.
    Date(#[schemars(with = "String")] Date),
    /// A time of day, as `08:30:00`.
    Time(#[schemars(with = "String")] Time),
    /// A day and a time without a zone, as `2020-01-20T08:30:00`.
    DateTime(#[schemars(with = "String")] DateTime),
    /// A length of time, as `PT36H` (ISO 8601-1 5.5.2).
    Duration(#[schemars(with = "String")] SignedDuration),
    /// An error that a formula gave, as `#N/A`.
    Error(CellError),
}

/// The text of an error value, with its number sign: `#N/A`, `#DIV/0!` (ECMA-376 18.18.11).
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct CellError(#[schemars(with = "String")] pub CompactString);

impl fmt::Display for CellError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A SpreadsheetML number format code such as `#,##0.00` (ECMA-376 18.8.30), shared among cells.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, JsonSchema)]
#[serde(transparent)]
pub struct NumberFormat(#[schemars(with = "String")] Arc<str>);

impl NumberFormat {
    /// The format of that code.
    pub fn new(code: impl Into<Arc<str>>) -> Self {
        Self(code.into())
    }

    /// The format code.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl<'de> Deserialize<'de> for NumberFormat {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Self(String::deserialize(deserializer)?.into()))
    }
}
