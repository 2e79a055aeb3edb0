//! The part of a sheet ([MS-XLSB] 2.1.7.62).

use tabulary_ir::{Code, Diagnostics, Error, FurnitureKind, Origin, Points};

use super::Shared;
use super::cells::Cells;
use super::records::Records;
use super::strings::{nullable, wide};
use super::workbook::{area, formula};
use crate::biff::{Bytes, Dialect, Page, Unread, columns, running_lines, text_of, validation};
use crate::ooxml::worksheet::References;
use crate::sheet::{RowInfo, Sheet};

struct Reading<'a, 'g> {
    shared: &'g Shared<'g>,
    sheet: Sheet,
    cells: Cells<'a, 'g>,
    references: References,
    page: Page,
    unread: Unread,
}

/// Reads a sheet.
pub(super) fn read(
    part: &[u8],
    sheet: Sheet,
    shared: &Shared<'_>,
    diagnostics: &mut Diagnostics,
) -> Result<(Sheet, References), Error> {
    let mut reading = Reading {
        shared,
        sheet,
        cells: Cells::new(shared),
        references: References::default(),
        page: Page::default(),
        unread: Unread::default(),
    };
    let mut records = Records::new(part);
    let mut is_whole = false;
    for (count, record) in (0_u32..).zip(records.by_ref()) {
        if count.is_multiple_of(4096) {
            shared.budget.tick()?;
        }
        match record.kind {
            1..=18 | 62 | 426 | 427 => reading.cells.record(record.kind, record.data)?,
            // The end of the sheet.
            130 => is_whole = true,
            // A record that does not hold what it should says nothing.
            _ => {
                let _ = reading.setting(record.kind, Bytes::new(record.data));
            }
        }
    }
    if records.is_cut() || !is_whole {
        let message = "the sheet is cut short or damaged; what stands before the fault was read";
        let place = Origin::cells(&reading.sheet.name, "A1");
        diagnostics.add(Code::PackageDamaged, message, place);
    }
    reading.finish(diagnostics)
}

impl Reading<'_, '_> {
    fn setting(&mut self, kind: u16, mut data: Bytes<'_>) -> Option<()> {
        match kind {
            0 => self.row(data)?,
            60 => {
                let (first, last, width) = (data.u32()?, data.u32()?, data.u32()?);
                data.skip(4)?;
                let bits = data.u16()?;
                let width = Some(width).filter(|_| bits & 0x0002 != 0);
                columns(&mut self.sheet, first, last, width, bits & 1 != 0);
            }
            176 => {
                let area = area(&mut data)?;
                if area.height() > 1 || area.width() > 1 {
                    self.sheet.merges.push(area);
                }
            }
            151 => self.pane(data)?,
            494 => {
                let area = area(&mut data)?;
                let relationship = nullable(&mut data)?.unwrap_or_default();
                let place = wide(&mut data).filter(|place| !place.is_empty());
                self.references.links.push((area, relationship, place));
            }
            64 => self.validation(data)?,
            461 => self.unread.add("conditional formats"),
            639 => self.unread.add("embedded objects"),
            645 => self.unread.add("form controls"),
            476 => {
                let [left, right] = [data.f64()?, data.f64()?];
                let [top, bottom] = [data.f64()?, data.f64()?];
                self.page.margins = [top, right, bottom, left].map(Some);
            }
            478 => {
                let paper = data.u32()?;
                data.skip(7 * 4)?;
                let bits = data.u16()?;
                // No direction may be said, and then it is upright.
                let is_landscape = bits & 0x0042 == 0x0002;
                self.page.paper(Some(paper), is_landscape);
            }
            479 => self.running_lines(data)?,
            550 => self.references.drawing = Some(wide(&mut data)?),
            _ => {}
        }
        Some(())
    }

    /// [MS-XLSB] 2.4.761.
    fn row(&mut self, mut data: Bytes<'_>) -> Option<()> {
        let row = data.u32()?;
        self.cells.row(row);
        data.skip(4)?;
        let height = data.u16()?;
        data.skip(1)?;
        let bits = data.u8()?;
        let hidden = bits & 0x10 != 0;
        let is_set = bits & 0x20 != 0 && (1..=8190).contains(&height);
        if (hidden || is_set) && row < crate::place::ROWS {
            let height = is_set.then(|| Points::from_twips(height.into()));
            self.sheet.rows.insert(row, RowInfo { height, hidden });
        }
        Some(())
    }

    /// [MS-XLSB] 2.4.712.
    fn pane(&mut self, mut data: Bytes<'_>) -> Option<()> {
        let (columns, rows) = (data.f64()?, data.f64()?);
        data.skip(12)?;
        if data.u8()? & 1 != 0 {
            let whole = |split: f64| split.clamp(0.0, 1e6) as u32;
            self.sheet.frozen = (whole(rows), whole(columns));
        }
        Some(())
    }

    /// [MS-XLSB] 2.4.352.
    fn validation(&mut self, mut data: Bytes<'_>) -> Option<()> {
        let bits = data.u32()?;
        if bits & 0x0F != 3 {
            self.unread.add("checks of what is typed other than lists");
            return None;
        }
        let mut ranges = Vec::new();
        for _ in 0..data.u32()? {
            ranges.push(area(&mut data)?);
        }
        for _ in 0..4 {
            nullable(&mut data)?;
        }
        let formula = formula(&mut data)?;
        let first = ranges.first()?;
        let base = (first.row, first.col);
        match text_of(formula, Dialect::Biff12, base, &self.shared.links) {
            Some(text) => {
                let is_list_of_values = bits & 0x80 != 0;
                let made = validation(&ranges, &text, is_list_of_values);
                self.sheet.validations.push(made);
            }
            None => self.unread.add("lists of values that cells may have"),
        }
        Some(())
    }

    /// [MS-XLSB] 2.4.90.
    fn running_lines(&mut self, mut data: Bytes<'_>) -> Option<()> {
        let bits = data.u16()?;
        for (kind, counts) in [
            (FurnitureKind::Default, true),
            (FurnitureKind::Even, bits & 1 != 0),
            (FurnitureKind::First, bits & 2 != 0),
        ] {
            for is_header in [true, false] {
                let codes = nullable(&mut data)?;
                if let Some(codes) = codes.filter(|_| counts) {
                    running_lines(&mut self.sheet, is_header, kind, &codes);
                }
            }
        }
        Some(())
    }

    fn finish(mut self, diagnostics: &mut Diagnostics) -> Result<(Sheet, References), Error> {
        let grid = self.cells.finish()?;
        grid.finish(&mut self.sheet, diagnostics);
        self.page.finish(&mut self.sheet);
        self.unread.tell(&self.sheet.name, diagnostics);
        Ok((self.sheet, self.references))
    }
}
