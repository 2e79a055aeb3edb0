//! A sheet ([MS-XLS] 2.1.7.20.5, the worksheet substream).

use tabulary_ir::{Budget, Code, Diagnostics, Error, FurnitureKind, Origin, Points, Resources};

use super::art::Picture;
use super::cells::Cells;
use super::globals::{Bound, Globals};
use super::hyperlink;
use super::objects::Objects;
use super::records::{Record, Records, kind};
use super::version::{Biff, beginning};
use crate::biff::{
    Bytes, Formula, Grid, Page, Unread, columns, running_lines, text_of, validation,
};
use crate::display::Display;
use crate::look::Look;
use crate::place::Area;
use crate::sheet::{ListObject, RowInfo, Sheet};

/// What all sheets of a workbook need.
pub(super) struct Shared<'a, 'g> {
    pub(super) stream: &'a [u8],
    pub(super) globals: &'g Globals<'a>,
    pub(super) looks: &'g [Look],
    pub(super) display: &'g Display,
    pub(super) budget: &'g Budget,
    /// The pictures of the workbook, as sheets number them from 1.
    pub(super) pictures: &'g [Option<Picture>],
}

struct Reading<'a, 'g> {
    globals: &'g Globals<'a>,
    sheet: Sheet,
    cells: Cells<'a, 'g>,
    objects: Objects<'a>,
    page: Page,
    unread: Unread,
    is_frozen: bool,
    is_dialog: bool,
}

/// Reads a sheet.
pub(super) fn read(
    bound: &Bound,
    shared: &Shared<'_, '_>,
    resources: &mut Resources,
    diagnostics: &mut Diagnostics,
) -> Result<Sheet, Error> {
    let sheet = Sheet {
        name: bound.name.clone(),
        hidden: bound.hidden,
        ..Sheet::default()
    };
    let place = Origin::cells(&sheet.name, "A1");
    let mut records = Records::new(shared.stream, bound.at);
    if records.take().and_then(beginning).is_none() {
        let message = "the sheet is not where the workbook says, or the file is cut before it";
        diagnostics.add(Code::PackageDamaged, message, place);
        return Ok(sheet);
    }
    let globals = shared.globals;
    let size = globals.codec.biff.size();
    let grid = Grid::new(shared.looks, shared.display, shared.budget, size);
    let mut reading = Reading {
        globals,
        sheet,
        cells: Cells::new(grid, globals),
        objects: Objects::default(),
        // Margins of a sheet that says nothing of them ([MS-XLS] 2.4.29 and others).
        page: Page::with_margins([1.0, 0.75, 1.0, 0.75]),
        unread: Unread::default(),
        is_frozen: false,
        is_dialog: false,
    };
    let is_whole = reading.records(&mut records, shared.budget)?;
    if !is_whole {
        let message = "the sheet is cut short or damaged; what stands before the fault was read";
        diagnostics.add(Code::PackageDamaged, message, place);
    }
    reading.finish(shared, resources, diagnostics)
}

impl<'a> Reading<'a, '_> {
    /// Reads the records up to the end of the sheet; false where it does not end.
    fn records(&mut self, records: &mut Records<'a>, budget: &Budget) -> Result<bool, Error> {
        let mut count = 0_u32;
        while let Some(record) = records.take() {
            count = count.wrapping_add(1);
            if count.is_multiple_of(4096) {
                budget.tick()?;
            }
            match record.kind {
                kind::EOF => return Ok(true),
                bof if kind::BOF.contains(&bof) => {
                    self.unread.add("charts");
                    if !skip(records, &|record| kind::BOF.contains(&record), kind::EOF) {
                        return Ok(false);
                    }
                }
                // What a person set for a view of their own.
                0x01AA => {
                    if !skip(records, &|record| record == 0x01AA, 0x01AB) {
                        return Ok(false);
                    }
                }
                // A record that does not hold what it should says nothing.
                _ => {
                    self.cells.record(record, records)?;
                    self.objects.record(record, records, self.globals);
                    let _ = self.setting(record);
                }
            }
        }
        Ok(false)
    }

    fn setting(&mut self, record: Record<'_>) -> Option<()> {
        let mut data = Bytes::new(record.data);
        match record.kind {
            0x007D => self.columns(&mut data)?,
            0x0208 => self.row(&mut data)?,
            0x00E5 => {
                for _ in 0..data.u16()? {
                    let area = area(&mut data)?;
                    if area.height() > 1 || area.width() > 1 {
                        self.sheet.merges.push(area);
                    }
                }
            }
            0x023E => self.is_frozen = data.u16()? & 0x0008 != 0,
            0x0041 => {
                let (columns, rows) = (data.u16()?, data.u16()?);
                if self.is_frozen {
                    self.sheet.frozen = (rows.into(), columns.into());
                }
            }
            0x01B8 => {
                let area = area(&mut data)?;
                let href = hyperlink::address(&mut data)?;
                self.sheet
                    .links
                    .push(crate::sheet::SheetLink { area, href });
            }
            0x01BE => self.validation(&mut data)?,
            0x01B0 | 0x0879 => self.unread.add("conditional formats"),
            0x00B0 => self.unread.add("pivot tables"),
            0x0872 | 0x0878 => self.list(&mut data)?,
            0x0081 => self.is_dialog = data.u16()? & 0x0010 != 0,
            0x0014 | 0x0015 | 0x089C => self.running_lines(record.kind, &mut data)?,
            0x0026..=0x0029 => {
                let place = [3, 1, 0, 2].get(usize::from(record.kind - 0x0026))?;
                *self.page.margins.get_mut(*place as usize)? = Some(data.f64()?);
            }
            0x00A1 => {
                let paper = data.u16()?;
                data.skip(8)?;
                let bits = data.u16()?;
                // Nobody has said how it is printed.
                if bits & 0x0004 == 0 && paper != 0 {
                    let is_landscape = bits & 0x0042 == 0;
                    self.page.paper(Some(paper.into()), is_landscape);
                }
            }
            _ => {}
        }
        Some(())
    }

    /// [MS-XLS] 2.4.53.
    fn columns(&mut self, data: &mut Bytes<'_>) -> Option<()> {
        let (first, last) = (data.u16()?, data.u16()?);
        let width = data.u16()?;
        data.skip(2)?;
        let bits = data.u16()?;
        let width = Some(width.into()).filter(|_| bits & 0x0002 != 0);
        let last = last.min(0xFF).into();
        columns(&mut self.sheet, first.into(), last, width, bits & 1 != 0);
        Some(())
    }

    /// [MS-XLS] 2.4.221.
    fn row(&mut self, data: &mut Bytes<'_>) -> Option<()> {
        let row = data.u16()?;
        data.skip(4)?;
        let height = data.u16()? & 0x7FFF;
        data.skip(4)?;
        let bits = data.u16()?;
        let hidden = bits & 0x20 != 0;
        let is_set = bits & 0x40 != 0 && (1..=8190).contains(&height);
        if hidden || is_set {
            let height = is_set.then(|| Points::from_twips(height.into()));
            let info = RowInfo { height, hidden };
            self.sheet.rows.insert(row.into(), info);
        }
        Some(())
    }

    /// [MS-XLS] 2.4.93.
    fn validation(&mut self, data: &mut Bytes<'_>) -> Option<()> {
        let bits = data.u32()?;
        if bits & 0x0F != 3 {
            self.unread.add("checks of what is typed other than lists");
            return None;
        }
        for _ in 0..4 {
            self.globals.codec.long(data)?;
        }
        let mut formula = || {
            let size = data.u16()?;
            data.skip(2)?;
            data.take(size.into())
        };
        let (tokens, _) = (formula()?, formula()?);
        let mut ranges = Vec::new();
        for _ in 0..data.u16()? {
            ranges.push(area(data)?);
        }
        let first = ranges.first()?;
        let formula = Formula { tokens, extra: &[] };
        let dialect = self.globals.codec.biff.dialect();
        let base = (first.row, first.col);
        match text_of(formula, dialect, base, &self.globals.links) {
            Some(text) => {
                let is_list_of_values = bits & 0x80 != 0;
                let made = validation(&ranges, &text, is_list_of_values);
                self.sheet.validations.push(made);
            }
            None => self.unread.add("lists of values that cells may have"),
        }
        Some(())
    }

    /// A range that is kept as a table of records ([MS-XLS] 2.4.111, 2.5.266).
    fn list(&mut self, data: &mut Bytes<'_>) -> Option<()> {
        data.skip(12)?;
        // Other features are no tables.
        (data.u16()? == 5).then_some(())?;
        data.skip(5)?;
        let count = data.u16()?;
        data.skip(6)?;
        let first = area(data)?;
        for _ in 1..count {
            area(data)?;
        }
        data.skip(8)?;
        self.sheet.lists.push(ListObject {
            area: first,
            header_rows: data.u32()?.min(1),
            name: None,
        });
        Some(())
    }

    /// [MS-XLS] 2.4.136, 2.4.124, 2.4.137.
    fn running_lines(&mut self, record: u16, data: &mut Bytes<'_>) -> Option<()> {
        let codec = &self.globals.codec;
        if record != 0x089C {
            if data.is_empty() {
                return None;
            }
            let codes = if codec.biff == Biff::Biff8 {
                codec.long(data)?
            } else {
                codec.short(data)?
            };
            let kind = FurnitureKind::Default;
            running_lines(&mut self.sheet, record == 0x0014, kind, &codes);
            return Some(());
        }
        data.skip(28)?;
        let bits = data.u16()?;
        let sizes = [data.u16()?, data.u16()?, data.u16()?, data.u16()?];
        for (place, size) in (0..).zip(sizes) {
            if size == 0 {
                continue;
            }
            let codes = codec.long(data)?;
            let (kind, bit) = if place < 2 {
                (FurnitureKind::Even, 1)
            } else {
                (FurnitureKind::First, 2)
            };
            if bits & bit != 0 {
                running_lines(&mut self.sheet, place % 2 == 0, kind, &codes);
            }
        }
        Some(())
    }

    fn finish(
        mut self,
        shared: &Shared<'_, '_>,
        resources: &mut Resources,
        diagnostics: &mut Diagnostics,
    ) -> Result<Sheet, Error> {
        if self.is_dialog {
            let place = Origin::cells(&self.sheet.name, "A1");
            let message = "a sheet of the kind dialogsheet holds no cells that are read";
            diagnostics.add(Code::ContentSkipped, message, place);
            return Ok(Sheet {
                name: self.sheet.name,
                hidden: self.sheet.hidden,
                ..Sheet::default()
            });
        }
        let grid = self.cells.finish()?;
        grid.finish(&mut self.sheet, diagnostics);
        self.objects
            .finish(shared, resources, &mut self.sheet, &mut self.unread)?;
        self.page.finish(&mut self.sheet);
        self.unread.tell(&self.sheet.name, diagnostics);
        Ok(self.sheet)
    }
}

/// Passes over records up to the one that ends what has begun; false where it does not end.
fn skip(records: &mut Records<'_>, begins: &dyn Fn(u16) -> bool, end: u16) -> bool {
    let mut depth = 1;
    while let Some(record) = records.take() {
        if begins(record.kind) {
            depth += 1;
        } else if record.kind == end {
            depth -= 1;
            if depth == 0 {
                return true;
            }
        }
    }
    false
}

/// A range of rows and columns ([MS-XLS] 2.5.211); none where it is turned around.
fn area(data: &mut Bytes<'_>) -> Option<Area> {
    let [row, last_row] = [data.u16()?, data.u16()?];
    let [col, last_col] = [data.u16()?, data.u16()?].map(|col| col.min(0xFF));
    let area = Area::new(row.into(), col.into(), last_row.into(), last_col.into());
    (row <= last_row && col <= last_col).then_some(area)
}
