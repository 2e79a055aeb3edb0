//! What is told once for a sheet, with its first place and how often it is there.

use tabulary_ir::{Code, Diagnostics, Origin};

use crate::place::{Area, COLUMNS, ROWS};

/// The first place of something, and how often it is there.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Counted(Option<(u32, u32)>, usize);

impl Counted {
    pub(crate) fn add(&mut self, row: u32, col: u32) {
        // What is read from a damaged record may lie outside of any sheet.
        let place = (row.min(ROWS - 1), col.min(COLUMNS - 1));
        self.0.get_or_insert(place);
        self.1 += 1;
    }

    /// Tells `what` with its count before it; nothing where it was not there.
    pub(crate) fn tell(self, code: Code, what: &str, sheet: &str, diagnostics: &mut Diagnostics) {
        if let Some((row, col)) = self.0 {
            let place = Area::new(row, col, row, col).to_string();
            let message = format!("{} {what}", self.1);
            diagnostics.add(code, message, Origin::cells(sheet, place));
        }
    }
}

/// Formulas of ranges: a cell has the text of its own formula alone.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct RangeFormulas {
    /// Formulas that were entered for a range, whose text the first cell keeps.
    pub(crate) arrays: Counted,
    /// Tables of the results that a formula has for several inputs.
    pub(crate) data_tables: Counted,
}

impl RangeFormulas {
    pub(crate) fn tell(self, sheet: &str, diagnostics: &mut Diagnostics) {
        let arrays = "formulas were entered for a range, and stand as formulas of its first cell";
        self.arrays
            .tell(Code::FormulaDropped, arrays, sheet, diagnostics);
        let tables = "data tables have formulas that were left out; their values stand";
        self.data_tables
            .tell(Code::FormulaDropped, tables, sheet, diagnostics);
    }
}
