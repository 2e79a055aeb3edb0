//! Tables: grids whose cells never overlap and never leave the grid.

mod builder;
mod cover;

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use builder::TableBuilder;
use cover::Cover;

use crate::{Cell, CellStyle, Code, Content, Diagnostics, Inline, Origin, Points};

/// A table.
///
/// Its cells are kept by the square where they start, row by row. A square that no cell covers is a
/// blank cell, so that a sheet of a million rows with ten cells costs ten cells. Tables are made by
/// [`TableBuilder`] alone, which upholds that cells neither overlap nor leave the grid.
#[derive(Clone, Debug, Default)]
pub struct Table {
    /// The line above or below it.
    pub caption: Vec<Inline>,
    /// How many columns at the left say what their row is.
    pub header_columns: u32,
    /// How many rows at the top say what their column is.
    pub header_rows: u32,
    /// The name that formulas of its workbook know it by.
    pub name: Option<String>,
    /// Where it stood.
    pub origin: Option<Origin>,
    /// Whether its first column stands at the right.
    pub rtl: bool,
    cells: Vec<Cell>,
    columns: Vec<Column>,
    row_settings: Vec<RowSetting>,
    rows: u32,
    cover: Cover,
}

/// A column of a table.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Column {
    /// Whether its source hides it.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub hidden: bool,
    /// Its width.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub width: Option<Points>,
}

/// What is said of a row beside its cells.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct RowSetting {
    /// Its height.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub height: Option<Points>,
    /// Whether its source hides it.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub hidden: bool,
    /// The row, from 0.
    pub row: u32,
}

impl RowSetting {
    fn says_nothing(&self) -> bool {
        self.height.is_none() && !self.hidden
    }
}

/// What stands on a square of a row.
#[derive(Clone, Copy, Debug)]
pub enum Slot<'a> {
    /// A cell that starts here; the next slot stands behind its last column.
    Anchor(&'a Cell),
    /// A cell that started in a row above; the next slot stands behind its last column.
    Covered(&'a Cell),
    /// A blank square, with its column.
    Blank(u32),
}

impl Slot<'_> {
    /// How many columns it takes.
    pub fn width(&self) -> u32 {
        match self {
            Self::Anchor(cell) | Self::Covered(cell) => cell.col_span,
            Self::Blank(_) => 1,
        }
    }

    /// The column where it starts.
    pub fn col(&self) -> u32 {
        match self {
            Self::Anchor(cell) | Self::Covered(cell) => cell.col,
            Self::Blank(col) => *col,
        }
    }
}

impl Table {
    /// How many rows it has.
    pub fn rows(&self) -> u32 {
        self.rows
    }

    /// Its columns, from left to right.
    pub fn columns(&self) -> &[Column] {
        &self.columns
    }

    /// The rows of which something is said beside their cells, from top to bottom.
    pub fn row_settings(&self) -> &[RowSetting] {
        &self.row_settings
    }

    /// Tells, once for a document, that a format does not set cells as their source does, but for their
    /// lines and grounds.
    pub fn tell_settings_of_cells(&self, diagnostics: &mut Diagnostics) {
        let mut styles = self.cells.iter().filter_map(|cell| cell.style.as_deref());
        if styles.any(CellStyle::is_set) {
            let message =
                "font sizes, indents, wrapping and rotation of cells are not those of the source";
            diagnostics.once(Code::SheetSettingsDropped, message, None);
        }
    }

    /// How many columns it has.
    pub fn width(&self) -> u32 {
        u32::try_from(self.columns.len()).unwrap_or(u32::MAX)
    }

    /// How many squares it has.
    pub fn area(&self) -> u64 {
        u64::from(self.rows) * self.columns.len() as u64
    }

    /// Its cells by the square where they start, row by row. Blank squares have none.
    pub fn cells(&self) -> &[Cell] {
        &self.cells
    }

    /// Whether any cell takes more than one square.
    pub fn has_spans(&self) -> bool {
        self.cells.iter().any(Cell::is_merged)
    }

    /// The cell that covers a square; `None` for a blank square and for one outside of the table.
    pub fn at(&self, row: u32, col: u32) -> Option<&Cell> {
        let behind = self
            .cells
            .partition_point(|cell| (cell.row, cell.col) <= (row, col));
        if let Some(cell) = behind.checked_sub(1).and_then(|i| self.cells.get(i))
            && cell.row == row
            && col < cell.col + cell.col_span
        {
            return Some(cell);
        }
        self.cover.find(row, col).and_then(|i| self.cells.get(i))
    }

    /// The rows from top to bottom, each as its slots from left to right: every square once.
    pub fn row_slots(&self) -> impl Iterator<Item = Vec<Slot<'_>>> {
        let mut cells = self.cells.iter().peekable();
        let mut above: BTreeMap<u32, &Cell> = BTreeMap::new();
        (0..self.rows).map(move |row| {
            above.retain(|_, cell| cell.row + cell.row_span > row);
            let mut slots = Vec::with_capacity(self.columns.len());
            let mut col = 0;
            while col < self.width() {
                let slot = if let Some(cell) = above.get(&col) {
                    Slot::Covered(cell)
                } else if let Some(cell) = cells.next_if(|cell| (cell.row, cell.col) == (row, col))
                {
                    Slot::Anchor(cell)
                } else {
                    Slot::Blank(col)
                };
                col += slot.width();
                slots.push(slot);
            }
            for slot in &slots {
                if let Slot::Anchor(cell) = slot
                    && cell.row_span > 1
                {
                    above.insert(cell.col, cell);
                }
            }
            slots
        })
    }

    /// The contents and origins of all cells, for changes that leave the grid as it is.
    pub fn contents_mut(
        &mut self,
    ) -> impl Iterator<Item = (&mut Content, &mut Option<Box<Origin>>)> {
        self.cells
            .iter_mut()
            .map(|cell| (&mut cell.content, &mut cell.origin))
    }

    /// The cells, for changes that leave the grid as it is.
    pub(crate) fn cells_mut(&mut self) -> &mut [Cell] {
        &mut self.cells
    }

    /// Makes hidden rows and columns such as can be seen.
    pub(crate) fn show_hidden(&mut self) {
        for column in &mut self.columns {
            column.hidden = false;
        }
        for setting in &mut self.row_settings {
            setting.hidden = false;
        }
        self.row_settings.retain(|setting| !setting.says_nothing());
    }

    /// A builder that holds this table, for changes to its grid.
    pub fn into_builder(self) -> TableBuilder {
        TableBuilder::from_table(self)
    }
}

impl PartialEq for Table {
    fn eq(&self, other: &Self) -> bool {
        self.caption == other.caption
            && self.header_columns == other.header_columns
            && self.header_rows == other.header_rows
            && self.origin == other.origin
            && self.rtl == other.rtl
            && self.rows == other.rows
            && self.name == other.name
            && self.columns == other.columns
            && self.row_settings == other.row_settings
            && self.cells == other.cells
    }
}

impl Eq for Table {}

#[cfg(test)]
mod tests;
