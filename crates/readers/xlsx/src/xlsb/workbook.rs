//! The part of the workbook ([MS-XLSB] 2.1.7.61), and the tables that its formulas refer to.

use super::records::Records;
use super::strings::{nullable, wide};
use crate::biff::{Book, Bytes, Formula, LinkedName, LinkedTable, Links, Target};
use crate::place::Area;
use crate::sheet::ListObject;

/// What the workbook part says.
#[derive(Default)]
pub(super) struct Parts<'a> {
    pub(super) is_1904: bool,
    pub(super) sheets: Vec<Bundled>,
    pub(super) names: Vec<Name<'a>>,
    pub(super) links: Links,
    /// The relationships of other workbooks, in the order of the books of `links`.
    pub(super) others: Vec<(usize, String)>,
}

/// A sheet as the workbook lists it ([MS-XLSB] 2.4.304).
pub(super) struct Bundled {
    pub(super) name: String,
    pub(super) relationship: String,
    pub(super) hidden: bool,
}

/// A defined name ([MS-XLSB] 2.4.705).
pub(super) struct Name<'a> {
    pub(super) name: String,
    pub(super) sheet: Option<usize>,
    /// Whether it is hidden, or one of a function or macro.
    pub(super) is_of_program: bool,
    pub(super) formula: Formula<'a>,
}

impl<'a> Parts<'a> {
    pub(super) fn read(part: &'a [u8]) -> Self {
        let mut parts = Self::default();
        for record in Records::new(part) {
            // A record that does not hold what it should says nothing.
            let _ = parts.record(record.kind, Bytes::new(record.data));
        }
        let sheets = parts.sheets.iter().map(|sheet| sheet.name.clone());
        parts.links.sheets = sheets.collect();
        let names = parts.names.iter().map(|name| LinkedName {
            name: name.name.clone(),
            sheet: name.sheet,
        });
        parts.links.names = names.collect();
        parts
    }

    fn record(&mut self, kind: u16, mut data: Bytes<'a>) -> Option<()> {
        match kind {
            153 => self.is_1904 = data.u32()? & 1 != 0,
            156 => {
                let hidden = data.u32()? != 0;
                // Sheets count from 1; a number before theirs is what early versions wrote.
                if data.u32()? == 0 {
                    data.skip(4)?;
                }
                let relationship = nullable(&mut data)?.unwrap_or_default();
                self.sheets.push(Bundled {
                    relationship,
                    name: wide(&mut data)?,
                    hidden,
                });
            }
            39 => {
                // One that cannot be read keeps its number.
                let name = name(&mut data).unwrap_or_else(|| Name {
                    name: String::new(),
                    sheet: None,
                    is_of_program: true,
                    formula: Formula::default(),
                });
                self.names.push(name);
            }
            // Books that formulas refer to ([MS-XLSB] 2.4.815 and others).
            357 | 358 => self.links.books.push(Book::Own),
            667 => self.links.books.push(Book::AddIn { names: Vec::new() }),
            355 => {
                let number = self.others.len() + 1;
                let relationship = nullable(&mut data)?.unwrap_or_default();
                self.others.push((self.links.books.len(), relationship));
                self.links.books.push(Book::Other {
                    name: number.to_string(),
                    sheets: Vec::new(),
                    names: Vec::new(),
                });
            }
            362 => {
                for _ in 0..data.u32()? {
                    self.links.targets.push(Target {
                        book: data.length()?,
                        first: data.i32()?,
                        last: data.i32()?,
                    });
                }
            }
            _ => {}
        }
        Some(())
    }
}

fn name<'a>(data: &mut Bytes<'a>) -> Option<Name<'a>> {
    let bits = data.u32()?;
    data.skip(1)?;
    let sheet = data.u32()?;
    let name = wide(data)?;
    let is_built_in = bits & 0x20 != 0 && !name.starts_with("_xlnm.");
    Some(Name {
        name: if is_built_in {
            format!("_xlnm.{name}")
        } else {
            name
        },
        sheet: usize::try_from(sheet).ok().filter(|_| sheet != u32::MAX),
        is_of_program: bits & 0x0F != 0,
        formula: formula(data)?,
    })
}

/// The tokens of a formula, and what they have beside themselves ([MS-XLSB] 2.5.98.1 to 2.5.98.9).
pub(super) fn formula<'a>(data: &mut Bytes<'a>) -> Option<Formula<'a>> {
    let size = data.length()?;
    let tokens = data.take(size)?;
    let size = data.length()?;
    let extra = data.take(size)?;
    Some(Formula { tokens, extra })
}

/// The sheets and names of another workbook ([MS-XLSB] 2.1.7.25).
pub(super) fn other(part: &[u8], book: &mut Book) {
    let Book::Other { sheets, names, .. } = book else {
        return;
    };
    for record in Records::new(part) {
        let mut data = Bytes::new(record.data);
        match record.kind {
            359 => {
                for _ in 0..data.u32().unwrap_or_default() {
                    match wide(&mut data) {
                        Some(sheet) => sheets.push(sheet),
                        None => break,
                    }
                }
            }
            577 => names.push(wide(&mut data).unwrap_or_default()),
            _ => {}
        }
    }
}

/// A range that is kept as a table of records: its number, and what formulas and the sheet know of it
/// ([MS-XLSB] 2.1.7.54).
pub(super) fn table(part: &[u8]) -> Option<(u32, LinkedTable, ListObject)> {
    let mut found = None;
    let mut columns = Vec::new();
    for record in Records::new(part) {
        let data = Bytes::new(record.data);
        match record.kind {
            343 => found = list(data),
            347 => columns.push(column(data).unwrap_or_default()),
            _ => {}
        }
    }
    let (number, list) = found?;
    let name = list.name.clone().unwrap_or_default();
    Some((number, LinkedTable { name, columns }, list))
}

fn list(mut data: Bytes<'_>) -> Option<(u32, ListObject)> {
    let area = area(&mut data)?;
    data.skip(4)?;
    let number = data.u32()?;
    let header_rows = data.u32()?.min(1);
    data.skip(4 + 4 + 6 * 4 + 4)?;
    let name = nullable(&mut data)?;
    let shown = nullable(&mut data)?;
    let list = ListObject {
        area,
        header_rows,
        name: shown.or(name),
    };
    Some((number, list))
}

fn column(mut data: Bytes<'_>) -> Option<String> {
    data.skip(4 + 4 + 3 * 4 + 4)?;
    let name = nullable(&mut data)?;
    let caption = nullable(&mut data)?;
    caption.or(name)
}

/// A range of rows and columns ([MS-XLSB] 2.5.118); none where it is turned around.
pub(super) fn area(data: &mut Bytes<'_>) -> Option<Area> {
    let (row, last_row) = (data.u32()?, data.u32()?);
    let (col, last_col) = (data.u32()?, data.u32()?);
    let is_one = row <= last_row && col <= last_col;
    let is_inside = last_row < crate::place::ROWS && last_col < crate::place::COLUMNS;
    (is_one && is_inside).then(|| Area::new(row, col, last_row, last_col))
}
