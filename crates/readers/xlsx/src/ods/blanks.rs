//! Blank cells whose fill or borders are seen, of which a file may name millions in a line.

use std::sync::Arc;

use tabulary_ir::{Cell, CellStyle};

use crate::place::Area;

/// Ranges of blank cells, each of one style.
#[derive(Debug, Default)]
pub(crate) struct Blanks(Vec<(Area, Arc<CellStyle>)>);

impl Blanks {
    pub(crate) fn add(&mut self, area: Area, style: &Arc<CellStyle>) {
        self.0.push((area, Arc::clone(style)));
    }

    /// The ranges as far as they lie within the rows and columns in use.
    pub(crate) fn within(&mut self, last_row: u32, last_col: u32) -> Vec<(Area, Arc<CellStyle>)> {
        let mut ranges = std::mem::take(&mut self.0);
        ranges.retain_mut(|(area, _)| {
            area.last_row = area.last_row.min(last_row);
            area.last_col = area.last_col.min(last_col);
            area.row <= area.last_row && area.col <= area.last_col
        });
        ranges
    }

    /// Writes out the first cells of a range, as many as there is room for.
    pub(crate) fn write(area: &Area, style: &Arc<CellStyle>, squares: u64, cells: &mut Vec<Cell>) {
        let places = (area.row..=area.last_row)
            .flat_map(|row| (area.col..=area.last_col).map(move |col| (row, col)));
        for (_, (row, col)) in (0..squares).zip(places) {
            let cell = Cell {
                style: Some(Arc::clone(style)),
                ..Cell::default()
            };
            cells.push(cell.at(row, col));
        }
    }
}
