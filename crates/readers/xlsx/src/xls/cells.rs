//! Records of cells ([MS-XLS] 2.1.7.20.5, CELL).

use tabulary_ir::Error;

use super::globals::Globals;
use super::records::{Record, Records};
use super::strings::styled;
use super::version::Biff;
use crate::biff::{Bytes, Formula, Formulas, Grid, Stored, rk};
use crate::text::Text;

/// The cells of a sheet while its records are read.
pub(super) struct Cells<'a, 'g> {
    pub(super) grid: Grid<'g>,
    globals: &'g Globals<'a>,
    /// The formula whose text comes in the next record.
    awaiting: Option<(usize, u32)>,
    formulas: Formulas<'a, 'g>,
}

impl<'a, 'g> Cells<'a, 'g> {
    pub(super) fn new(grid: Grid<'g>, globals: &'g Globals<'a>) -> Self {
        Self {
            grid,
            globals,
            awaiting: None,
            formulas: Formulas::new(globals.codec.biff.dialect(), &globals.links),
        }
    }

    /// Reads a record, where it is one of cells.
    pub(super) fn record(
        &mut self,
        record: Record<'a>,
        records: &mut Records<'a>,
    ) -> Result<(), Error> {
        let is_oldest = self.globals.codec.biff == Biff::Biff2;
        match record.kind {
            0x0203 | 0x027E | 0x0201 | 0x0205 | 0x0204 | 0x00D6 | 0x00FD => {
                self.single(record.kind, record.data)
            }
            0x0001..=0x0005 if is_oldest => self.single(record.kind, record.data),
            0x00BD | 0x00BE => self.several(record.kind, record.data),
            0x0006 | 0x0206 | 0x0406 => self.formula(record.data),
            0x0207 => self.string(records.continued(record)),
            0x0007 if is_oldest => self.string(records.continued(record)),
            0x04BC | 0x00BC | 0x0221 | 0x0021 => {
                // A record that does not hold what it should says nothing.
                let _ = self.formula_of_range(record);
                Ok(())
            }
            _ => Ok(()),
        }
    }

    /// Row, column and cell format ([MS-XLS] 2.5.13).
    fn head(&self, data: &mut Bytes<'_>) -> Option<((u32, u32), u32)> {
        let place = (data.u16()?.into(), data.u16()?.into());
        if self.globals.codec.biff == Biff::Biff2 {
            let look = data.u8()? & 0x3F;
            data.skip(2)?;
            return Some((place, look.into()));
        }
        Some((place, data.u16()?.into()))
    }

    fn single(&mut self, kind: u16, data: &[u8]) -> Result<(), Error> {
        let mut data = Bytes::new(data);
        let Some((place, look)) = self.head(&mut data) else {
            return Ok(());
        };
        let Some(stored) = self.stored(kind, &mut data) else {
            self.grid.without_string.add(place.0, place.1);
            return Ok(());
        };
        self.grid.put(place, look, stored, false).map(|_| ())
    }

    fn stored(&self, kind: u16, data: &mut Bytes<'_>) -> Option<Stored> {
        let codec = &self.globals.codec;
        Some(match kind {
            0x0203 | 0x0003 => Stored::Number(data.f64()?),
            0x027E => Stored::Number(rk(data.u32()?)),
            0x0002 => Stored::Number(data.u16()?.into()),
            0x0205 | 0x0005 => {
                let (value, is_error) = (data.u8()?, data.u8()? != 0);
                if is_error {
                    Stored::Error(value)
                } else {
                    Stored::Truth(value != 0)
                }
            }
            0x00FD => {
                let index = data.length()?;
                Stored::Text(self.globals.strings.get(index)?.clone())
            }
            0x0204 | 0x0004 | 0x00D6 => {
                let count = if kind == 0x0004 {
                    data.u8()?.into()
                } else {
                    data.u16()?.into()
                };
                let (text, mut runs) = codec.rich(data, count)?;
                if kind == 0x00D6 && codec.biff == Biff::Biff8 {
                    for _ in 0..data.u16()? {
                        runs.push((data.u16()?.into(), data.u16()?));
                    }
                } else if kind == 0x00D6 {
                    for _ in 0..data.u8()? {
                        runs.push((data.u8()?.into(), data.u8()?.into()));
                    }
                }
                Stored::Text(self.styled(text, &runs))
            }
            _ => Stored::Blank,
        })
    }

    fn styled(&self, text: String, runs: &[(u32, u16)]) -> Text {
        styled(text, runs, &|font| self.globals.marks(font))
    }

    /// Cells side by side ([MS-XLS] 2.4.174, 2.4.175).
    fn several(&mut self, kind: u16, data: &[u8]) -> Result<(), Error> {
        let mut data = Bytes::new(data);
        let (Some(row), Some(first)) = (data.u16(), data.u16()) else {
            return Ok(());
        };
        let size = if kind == 0x00BD { 6 } else { 2 };
        for col in u32::from(first).. {
            // The last column stands behind the cells.
            let Some(mut cell) = data.take(size).map(Bytes::new) else {
                break;
            };
            let look = cell.u16().unwrap_or_default().into();
            let stored = cell.u32().map_or(Stored::Blank, |n| Stored::Number(rk(n)));
            self.grid.put((row.into(), col), look, stored, false)?;
        }
        Ok(())
    }

    /// A formula with its last value ([MS-XLS] 2.4.127).
    fn formula(&mut self, data: &'a [u8]) -> Result<(), Error> {
        let mut data = Bytes::new(data);
        let Some((place, look)) = self.head(&mut data) else {
            return Ok(());
        };
        let Some((stored, has_string)) = data.take(8).and_then(result) else {
            return Ok(());
        };
        let Some(number) = self.grid.put(place, look, stored, true)? else {
            return Ok(());
        };
        self.awaiting = has_string.then_some((number, look));
        let biff = self.globals.codec.biff;
        let mut tokens = || {
            let size = match biff {
                Biff::Biff2 => {
                    data.skip(1)?;
                    data.u8()?.into()
                }
                Biff::Biff3 | Biff::Biff4 => {
                    data.skip(2)?;
                    data.u16()?.into()
                }
                Biff::Biff5 | Biff::Biff8 => {
                    data.skip(6)?;
                    data.u16()?.into()
                }
            };
            let tokens = data.take(size)?;
            let extra = data.rest();
            Some(Formula { tokens, extra })
        };
        let formula = tokens();
        self.formulas.put(&mut self.grid, number, place, formula)
    }

    /// The text that a formula had as its last value ([MS-XLS] 2.4.268).
    fn string(&mut self, parts: Vec<&[u8]>) -> Result<(), Error> {
        let Some((number, look)) = self.awaiting else {
            return Ok(());
        };
        let Some(text) = self.globals.codec.continued(parts) else {
            return Ok(());
        };
        self.awaiting = None;
        let text = self.styled(text, &[]);
        self.grid.put_text(number, look, text)
    }

    /// A formula for the cells of a range: shared, or one of an array ([MS-XLS] 2.4.260, 2.4.4).
    fn formula_of_range(&mut self, record: Record<'a>) -> Option<()> {
        let mut data = Bytes::new(record.data);
        let row = data.u16()?;
        data.skip(2)?;
        let first = (u32::from(row), u32::from(data.u8()?));
        data.skip(1)?;
        let is_shared = matches!(record.kind, 0x04BC | 0x00BC);
        data.skip(if is_shared || self.globals.codec.biff < Biff::Biff5 {
            2
        } else {
            6
        })?;
        let size = data.u16()?;
        let formula = Formula {
            tokens: data.take(size.into())?,
            extra: data.rest(),
        };
        self.formulas.put_range(first, formula, is_shared);
        Some(())
    }

    /// Gives back the cells, each with its formula.
    pub(super) fn finish(mut self) -> Result<Grid<'g>, Error> {
        self.formulas.finish(&mut self.grid)?;
        Ok(self.grid)
    }
}

/// The last value of a formula, and whether its text comes in a record of its own
/// ([MS-XLS] 2.5.133).
fn result(bytes: &[u8]) -> Option<(Stored, bool)> {
    let bytes: [u8; 8] = bytes.try_into().ok()?;
    Some(match bytes {
        [0, _, _, _, _, _, 0xFF, 0xFF] => (Stored::Blank, true),
        [1, _, value, _, _, _, 0xFF, 0xFF] => (Stored::Truth(value != 0), false),
        [2, _, value, _, _, _, 0xFF, 0xFF] => (Stored::Error(value), false),
        [.., 0xFF, 0xFF] => (Stored::Blank, false),
        _ => (Stored::Number(f64::from_le_bytes(bytes)), false),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_of_formulas_are_told_apart() {
        for (bytes, wanted) in [
            ([0, 0, 0, 0, 0, 0, 0xFF, 0xFF], (Stored::Blank, true)),
            ([3, 0, 0, 0, 0, 0, 0xFF, 0xFF], (Stored::Blank, false)),
            ([1, 0, 1, 0, 0, 0, 0xFF, 0xFF], (Stored::Truth(true), false)),
            (
                [2, 0, 0x2A, 0, 0, 0, 0xFF, 0xFF],
                (Stored::Error(0x2A), false),
            ),
            (1.5_f64.to_le_bytes(), (Stored::Number(1.5), false)),
        ] {
            assert_eq!(result(&bytes), Some(wanted));
        }
    }
}
