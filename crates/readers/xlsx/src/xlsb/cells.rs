//! Records of cells ([MS-XLSB] 2.1.7.62, CELL).

use tabulary_ir::Error;

use super::Shared;
use super::strings::{rich, wide};
use super::workbook::formula;
use crate::biff::{Bytes, Dialect, Formula, Formulas, Grid, Stored, rk};
use crate::place::{COLUMNS, ROWS};
use crate::text::Text;

/// The cells of a sheet while its records are read.
pub(super) struct Cells<'a, 'g> {
    grid: Grid<'g>,
    shared: &'g Shared<'g>,
    formulas: Formulas<'a, 'g>,
    row: u32,
    /// The column of the last cell; short records follow it.
    col: Option<u32>,
}

impl<'a, 'g> Cells<'a, 'g> {
    pub(super) fn new(shared: &'g Shared<'g>) -> Self {
        let grid = Grid::new(
            &shared.looks,
            &shared.display,
            shared.budget,
            (ROWS, COLUMNS),
        );
        Self {
            grid,
            shared,
            formulas: Formulas::new(Dialect::Biff12, &shared.links),
            row: 0,
            col: None,
        }
    }

    /// The cells that come next stand in that row.
    pub(super) fn row(&mut self, row: u32) {
        (self.row, self.col) = (row, None);
    }

    /// Reads a record of a cell or of a formula of several.
    pub(super) fn record(&mut self, kind: u16, data: &'a [u8]) -> Result<(), Error> {
        let mut data = Bytes::new(data);
        if let 426 | 427 = kind {
            // A record that does not hold what it should says nothing.
            let _ = self.formula_of_range(kind == 427, data);
            return Ok(());
        }
        let Some((col, look)) = self.head(kind, &mut data) else {
            return Ok(());
        };
        self.col = Some(col);
        let place = (self.row, col);
        let stored = self.stored(kind, &mut data);
        let is_formula = matches!(kind, 8..=11);
        let Some(stored) = stored else {
            self.grid.without_string.add(place.0, place.1);
            return Ok(());
        };
        let number = self.grid.put(place, look, stored, is_formula)?;
        match number {
            Some(number) if is_formula => {
                let formula = data.skip(2).and_then(|()| formula(&mut data));
                self.formulas.put(&mut self.grid, number, place, formula)
            }
            _ => Ok(()),
        }
    }

    /// Column and cell format ([MS-XLSB] 2.5.9).
    fn head(&self, kind: u16, data: &mut Bytes<'_>) -> Option<(u32, u32)> {
        let col = match kind {
            12..=18 => self.col.map_or(0, |col| col.saturating_add(1)),
            _ => data.u32()?,
        };
        let look = data.u24()?;
        data.skip(1)?;
        Some((col, look))
    }

    fn stored(&self, kind: u16, data: &mut Bytes<'_>) -> Option<Stored> {
        Some(match kind {
            2 | 13 => Stored::Number(rk(data.u32()?)),
            3 | 11 | 14 => Stored::Error(data.u8()?),
            4 | 10 | 15 => Stored::Truth(data.u8()? != 0),
            5 | 9 | 16 => Stored::Number(data.f64()?),
            6 | 8 | 17 => {
                let text = wide(data)?;
                if text.is_empty() {
                    return Some(Stored::Blank);
                }
                Stored::Text(crate::biff::rich_text(text, &[]))
            }
            7 | 18 => {
                let index = data.length()?;
                let text: &Text = self.shared.strings.get(index)?;
                Stored::Text(text.clone())
            }
            62 => Stored::Text(rich(data, &self.shared.fonts)?),
            _ => Stored::Blank,
        })
    }

    /// A formula for the cells of a range: shared, or one of an array ([MS-XLSB] 2.4.6, 2.4.807).
    fn formula_of_range(&mut self, is_shared: bool, mut data: Bytes<'a>) -> Option<()> {
        let row = data.u32()?;
        data.skip(4)?;
        let first = (row, data.u32()?);
        data.skip(if is_shared { 4 } else { 5 })?;
        let formula: Formula<'a> = formula(&mut data)?;
        self.formulas.put_range(first, formula, is_shared);
        Some(())
    }

    /// Gives back the cells, each with its formula.
    pub(super) fn finish(mut self) -> Result<Grid<'g>, Error> {
        self.formulas.finish(&mut self.grid)?;
        Ok(self.grid)
    }
}
