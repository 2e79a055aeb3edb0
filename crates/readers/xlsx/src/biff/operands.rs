//! Operands of formulas: references to cells, names and tables ([MS-XLS] 2.5.198.25).

use super::Bytes;
use super::formula::{Dialect, Writing};
use super::links::Links;
use super::reference::{Place, range};

impl Writing<'_> {
    pub(super) fn operand(&mut self, token: u8) -> Option<()> {
        match token {
            0x20 => self.array(),
            0x21 | 0x22 => self.function(token == 0x22),
            0x23 => {
                let number = match self.dialect {
                    Dialect::Biff3 | Dialect::Biff5 => self.tokens.u16()?.into(),
                    _ => self.tokens.u32()?,
                };
                self.tokens.skip(match self.dialect {
                    Dialect::Biff3 => 8,
                    Dialect::Biff5 => 12,
                    _ => 0,
                })?;
                let name = self.links.name(number)?.to_owned();
                self.push(&name)
            }
            0x24 | 0x2C => {
                let cell = self.cell(token == 0x2C)?.text();
                self.push(&cell)
            }
            0x25 | 0x2D => {
                let area = self.area(token == 0x2D)?;
                self.push(&area)
            }
            // What Excel keeps of a reference that it worked out; the reference comes behind.
            0x26..=0x28 => {
                self.tokens.skip(6)?;
                if token == 0x26 {
                    self.skip_areas()?;
                }
                Some(())
            }
            0x29 | 0x2E | 0x2F => self.tokens.skip(2),
            0x2A => {
                self.cell(false)?;
                self.push("#REF!")
            }
            0x2B => {
                self.area(false)?;
                self.push("#REF!")
            }
            0x39 => self.foreign_name(),
            0x3A..=0x3D => self.on_sheet(token),
            _ => None,
        }
    }

    /// A reference to a table of records ([MS-XLSB] 2.5.98.52).
    pub(super) fn table(&mut self) -> Option<()> {
        let is_list = self.dialect == Dialect::Biff12 && self.tokens.u8()? == 0x19;
        is_list.then_some(())?;
        self.tokens.skip(2)?;
        let bits = self.tokens.u16()?;
        let number = self.tokens.u32()?;
        let columns = [self.tokens.u16()?, self.tokens.u16()?];
        // Without these the table is one of another book, or gone.
        (bits & 0x3000 == 0).then_some(())?;
        let count = usize::from(bits & 3).min(2);
        let table = self.links.tables.get(&number)?;
        let text = table.reference(columns.get(..count)?, bits >> 2 & 0x1F)?;
        self.push(&text)
    }

    /// The characters of a string token ([MS-XLS] 2.5.198.89, [MS-XLSB] 2.5.98.88).
    pub(super) fn string(&mut self) -> Option<String> {
        match self.dialect {
            Dialect::Biff12 => {
                let count = self.tokens.u16()?;
                self.tokens.utf16(count.into())
            }
            Dialect::Biff8 => {
                let count = self.tokens.u8()?;
                unicode(&mut self.tokens, count.into())
            }
            Dialect::Biff3 | Dialect::Biff5 => {
                let count = self.tokens.u8()?;
                let bytes = self.tokens.take(count.into())?;
                Some(decoded(bytes, self.links))
            }
        }
    }

    /// A row or column with the bits that say what of a reference moves.
    fn row(&mut self) -> Option<(u32, u16)> {
        match self.dialect {
            Dialect::Biff12 => Some((self.tokens.u32()?, 0)),
            Dialect::Biff8 => Some((self.tokens.u16()?.into(), 0)),
            Dialect::Biff3 | Dialect::Biff5 => {
                let row = self.tokens.u16()?;
                Some((u32::from(row & 0x3FFF), row))
            }
        }
    }

    fn column(&mut self) -> Option<(u32, u16)> {
        match self.dialect {
            Dialect::Biff3 | Dialect::Biff5 => Some((self.tokens.u8()?.into(), 0)),
            _ => {
                let column = self.tokens.u16()?;
                Some((u32::from(column & 0x3FFF), column))
            }
        }
    }

    fn place(&self, row: (u32, u16), column: (u32, u16), is_offset: bool) -> Place {
        let bits = row.1 | column.1;
        let edge = self.dialect.edge();
        let place = Place {
            row: row.0,
            col: column.0,
            row_moves: bits & 0x8000 != 0,
            col_moves: bits & 0x4000 != 0,
        };
        if is_offset {
            place.from(self.base, edge)
        } else {
            place
        }
    }

    fn cell(&mut self, is_offset: bool) -> Option<Place> {
        let (row, column) = (self.row()?, self.column()?);
        Some(self.place(row, column, is_offset))
    }

    fn area(&mut self, is_offset: bool) -> Option<String> {
        let rows = [self.row()?, self.row()?];
        let columns = [self.column()?, self.column()?];
        let [first, last] = [0, 1].map(|i: usize| self.place(rows[i], columns[i], is_offset));
        Some(range(first, last, self.dialect.edge()))
    }

    /// A reference to cells of a sheet that is named ([MS-XLS] 2.5.198.86, 2.5.198.28).
    fn on_sheet(&mut self, token: u8) -> Option<()> {
        let prefix = self.sheets()?;
        let text = match token {
            0x3A => self.cell(false)?.text(),
            0x3B => self.area(false)?,
            0x3C => self.cell(false).map(|_| "#REF!".to_owned())?,
            _ => self.area(false).map(|_| "#REF!".to_owned())?,
        };
        self.push(&(prefix + &text))
    }

    fn sheets(&mut self) -> Option<String> {
        if !matches!(self.dialect, Dialect::Biff3 | Dialect::Biff5) {
            let target = self.tokens.u16()?;
            return self.links.prefix(target);
        }
        let book = self.tokens.i16()?;
        self.tokens.skip(8)?;
        let (first, last) = (self.tokens.i16()?, self.tokens.i16()?);
        // Other books are numbered from 1, this one is less than 0.
        (book < 0).then_some(())?;
        self.links.own_prefix(first.into(), last.into())
    }

    /// A name that another book or a function of a program has ([MS-XLS] 2.5.198.77).
    fn foreign_name(&mut self) -> Option<()> {
        let name = match self.dialect {
            Dialect::Biff3 | Dialect::Biff5 => {
                let book = self.tokens.i16()?;
                self.tokens.skip(8)?;
                let number = self.tokens.u16()?;
                self.tokens.skip(12)?;
                (book < 0).then_some(())?;
                self.links.name(number.into())?.to_owned()
            }
            _ => {
                let target = self.tokens.u16()?;
                let number = self.tokens.u32()?;
                self.links.name_of(target, number)?
            }
        };
        self.push(&name)
    }

    fn skip_areas(&mut self) -> Option<()> {
        let (count, size) = match self.dialect {
            Dialect::Biff12 => (self.extra.length()?, 16),
            Dialect::Biff8 => (self.extra.u16()?.into(), 8),
            Dialect::Biff3 | Dialect::Biff5 => (self.extra.u16()?.into(), 6),
        };
        self.extra.skip(count.checked_mul(size)?)
    }
}

/// Characters of one or two bytes, as the bit before them says ([MS-XLS] 2.5.240).
pub(super) fn unicode(bytes: &mut Bytes<'_>, count: usize) -> Option<String> {
    if bytes.u8()? & 1 == 0 {
        return Some(bytes.take(count)?.iter().map(|&b| char::from(b)).collect());
    }
    bytes.utf16(count)
}

pub(super) fn decoded(bytes: &[u8], links: &Links) -> String {
    let (text, _) = links.encoding.decode_without_bom_handling(bytes);
    text.into_owned()
}
