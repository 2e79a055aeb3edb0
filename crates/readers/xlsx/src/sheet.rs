//! A sheet as its file has it, before it is cut into blocks.

use std::collections::BTreeMap;

use tabulary_ir::{Cell, Metadata, Points};

use crate::place::Area;

/// A workbook.
#[derive(Debug, Default)]
pub(crate) struct Workbook {
    pub(crate) meta: Metadata,
    pub(crate) sheets: Vec<Sheet>,
}

/// A sheet. Rows and columns count from 0.
#[derive(Debug, Default)]
pub(crate) struct Sheet {
    pub(crate) name: String,
    pub(crate) hidden: bool,
    /// Cells that hold something or are styled, row by row.
    pub(crate) cells: Vec<Cell>,
    /// Merged ranges of more than one cell.
    pub(crate) merges: Vec<Area>,
    /// Columns that have a width or are hidden.
    pub(crate) columns: BTreeMap<u32, ColumnInfo>,
    /// Defined names that begin with those of this program, with their range.
    pub(crate) names: Vec<(String, Area)>,
    /// Rows that are repeated on every printed page, first and last.
    pub(crate) title_rows: Option<(u32, u32)>,
    /// Rows and columns above and at the left of the frozen pane.
    pub(crate) frozen: (u32, u32),
    /// Ranges of ListObjects, with their header rows.
    pub(crate) lists: Vec<(Area, u32)>,
}

/// What a sheet says of a column.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct ColumnInfo {
    pub(crate) width: Option<Points>,
    pub(crate) hidden: bool,
}
