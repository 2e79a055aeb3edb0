//! Columns and rows of a sheet, which a file names in runs of many that are alike.

use std::collections::BTreeMap;

use tabulary_ir::{Error, Points};

use super::book::Book;
use super::styles::Styles;
use crate::look::Look;
use crate::sheet::{ColumnInfo, RowInfo};

/// A last run of at least so many columns says what is usual on the sheet.
const MANY: u32 = 64;

/// The columns and rows of a sheet.
#[derive(Debug, Default)]
pub(super) struct Lines {
    columns: Vec<Columns>,
    rows: Vec<Rows>,
}

/// Columns that are alike.
#[derive(Debug)]
pub(super) struct Columns {
    pub(super) first: u32,
    pub(super) last: u32,
    pub(super) style: String,
    pub(super) hidden: bool,
    /// The look of cells that have none of their own.
    pub(super) look: Look,
}

/// Rows that are alike.
#[derive(Debug)]
struct Rows {
    first: u32,
    last: u32,
    info: RowInfo,
}

impl Lines {
    /// The column behind the last that is known.
    pub(super) fn columns_end(&self) -> u32 {
        self.columns.last().map_or(0, |columns| columns.last + 1)
    }

    pub(super) fn add_columns(&mut self, columns: Columns) {
        self.columns.push(columns);
    }

    /// Adds rows, where anything is said of them.
    pub(super) fn add_rows(&mut self, first: u32, count: u32, info: RowInfo) {
        if info.height.is_some() || info.hidden {
            let last = first + count - 1;
            self.rows.push(Rows { first, last, info });
        }
    }

    /// The look that cells of a column have by themselves, and the end, at most `end`, of the columns
    /// of which that is true.
    pub(super) fn look(&self, col: u32, end: u32) -> (u32, Look) {
        let at = self.columns.partition_point(|columns| columns.last < col);
        match self.columns.get(at) {
            Some(columns) => (end.min(columns.last + 1), columns.look.clone()),
            None => (end, Look::default()),
        }
    }

    /// Widths of the columns in use, but for the usual width, and which of them are hidden.
    pub(super) fn column_settings(
        &self,
        styles: &Styles,
        last_col: u32,
    ) -> BTreeMap<u32, ColumnInfo> {
        let end = self
            .columns
            .last()
            .filter(|run| run.last - run.first >= MANY);
        let usual = end.and_then(|run| styles.column_width(&run.style));
        let mut settings = BTreeMap::new();
        for run in &self.columns {
            let width = styles.column_width(&run.style);
            let width = width.filter(|width| Some(*width) != usual && is_sound(*width));
            let hidden = run.hidden;
            if width.is_some() || hidden {
                let columns = run.first..=run.last.min(last_col);
                settings.extend(columns.map(|col| (col, ColumnInfo { width, hidden })));
            }
        }
        settings
    }

    /// Heights of the rows in use, and which of them are hidden.
    pub(super) fn row_settings(
        &mut self,
        book: &mut Book<'_>,
        last_row: u32,
    ) -> Result<BTreeMap<u32, RowInfo>, Error> {
        let mut settings = BTreeMap::new();
        for Rows { first, last, info } in std::mem::take(&mut self.rows) {
            let last = last.min(last_row);
            if first > last {
                continue;
            }
            let room = book.room(u64::from(last - first + 1))?;
            let height = info.height.filter(|height| is_sound(*height));
            let info = RowInfo {
                height: height.map(in_twips),
                ..info
            };
            settings.extend((0..room).zip(first..).map(|(_, row)| (row, info)));
        }
        Ok(settings)
    }
}

/// Whether a width or height is one that a sheet may have.
fn is_sound(length: Points) -> bool {
    (0..=2_000_000).contains(&length.thousandths())
}

/// A height in whole twentieths of a point, as programs count it: files write inches with four digits
/// behind the point.
fn in_twips(height: Points) -> Points {
    Points::from_twips((height.thousandths() + 25) / 50)
}
