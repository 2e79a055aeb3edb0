//! What a workbook says of a sheet beside its cells.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Decimal, Rgb};

/// What a workbook says of a sheet beside its cells. Ranges are those of the sheet, as `B3:C4`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct SheetSettings {
    /// How a person fills it in, where it is made for that: all other cells are then locked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub entry: Option<Box<Entry>>,
    /// How many columns at the left stay in sight when the sheet is moved.
    #[serde(skip_serializing_if = "is_zero")]
    pub frozen_columns: u32,
    /// How many rows at the top stay in sight when the sheet is moved.
    #[serde(skip_serializing_if = "is_zero")]
    pub frozen_rows: u32,
    /// The ranges that are printed; the whole sheet where there are none.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub print_areas: Vec<String>,
    /// The columns that are repeated on every printed page, as `A:B`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title_columns: Option<String>,
    /// The rows that are repeated on every printed page, as `1:2`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title_rows: Option<String>,
    /// The lists of values that cells may be filled with.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub validations: Vec<Validation>,
}

impl SheetSettings {
    /// Whether nothing is said.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde passes a reference"
)]
fn is_zero(number: &u32) -> bool {
    *number == 0
}

/// A list of the values that cells may be filled with (ECMA-376-1 18.3.1.32, type `list`).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Validation {
    /// What gives the values, where they are not named one by one: a range or a formula.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub formula: Option<String>,
    /// The ranges whose cells are meant.
    pub ranges: Vec<String>,
    /// The values, in order.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub values: Vec<String>,
}

/// How a sheet is filled in: which cells may be changed, what they take, and which turn red.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Entry {
    /// What cells take.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub checks: Vec<EntryCheck>,
    /// Cells that are given a ground as long as a formula holds.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub conditions: Vec<Condition>,
    /// The ranges that may be changed (ECMA-376-1 18.8.33).
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub unlocked: Vec<String>,
}

/// What cells take, and what a person is told of it (ECMA-376-1 18.3.1.32).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct EntryCheck {
    /// The values that they may have, where they take one of a list.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub choices: Vec<String>,
    /// What is said when something else is typed.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub error: String,
    /// What they take.
    pub kind: EntryKind,
    /// The least number that they take.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub least: Option<Decimal>,
    /// What is said when a cell is chosen.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub prompt: String,
    /// The ranges whose cells are meant.
    pub ranges: Vec<String>,
    /// The title of what is said.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub title: String,
}

/// What a cell takes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum EntryKind {
    /// Anything.
    #[default]
    Any,
    /// A whole number.
    Whole,
    /// A number.
    Number,
    /// A day.
    Date,
    /// One of a list of values.
    Choice,
}

/// Cells that are given a ground as long as a formula holds (ECMA-376-1 18.3.1.10, type `expression`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Condition {
    /// The ground.
    pub fill: Rgb,
    /// The formula, without an equals sign, as it stands for the first cell.
    pub formula: String,
    /// The ranges whose cells are meant.
    pub ranges: Vec<String>,
}

/// A name that a workbook gives to a range, a value or a formula (ECMA-376-1 18.2.5).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct DefinedName {
    /// The name.
    pub name: String,
    /// What it stands for, as a formula without an equals sign: `Sheet1!$A$1:$B$2`.
    pub refers_to: String,
    /// The sheet that alone knows the name; the whole workbook where there is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sheet: Option<String>,
}
