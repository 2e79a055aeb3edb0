//! A sheet (OpenDocument 1.3 part 3, 9.1), read as a stream.

use tabulary_ir::{Error, ErrorKind};
use tabulary_package::xml::{Element, Event, Ns, Pull, Start};

use super::address::{self, Reference};
use super::blanks::Blanks;
use super::book::Book;
use super::cell;
use super::lines::{Columns, Lines};
use super::names::Checked;
use super::{note, pictures};
use crate::look::Look;
use crate::place::{Area, COLUMNS, ROWS};
use crate::sheet::{RowInfo, Sheet, SheetLink};

/// Reads the table that begins with `start`, and adds its sheet to the workbook.
pub(super) fn read(
    start: &Start<'_>,
    pull: &mut Pull<'_>,
    book: &mut Book<'_>,
) -> Result<(), Error> {
    let of = |name| start.attribute(Ns::OdfTable, name).unwrap_or_default();
    if book.workbook.sheets.is_empty() {
        book.styles.settle();
        book.page_styles.settle();
    }
    let name = of("name").to_owned();
    if name.starts_with('\'') && name.contains("'#") {
        // What a program keeps of the sheet of another file.
        return pull.skip();
    }
    let style = of("style-name").to_owned();
    let mut sheet = Sheet {
        hidden: book.styles.hides_table(&style),
        ..Sheet::default()
    };
    sheet.print_areas = address::list(of("print-ranges"))
        .into_iter()
        .filter_map(|range| Reference::parse(range)?.area())
        .collect();
    sheet.name.clone_from(&name);
    if let Some(page) = book.styles.master_page(&style) {
        book.pages.give(page, &book.page_styles, &mut sheet);
    }
    book.at = (name, 0, 0);
    let mut reading = Reading {
        book,
        sheet,
        row: 0,
        col: 0,
        open: Vec::new(),
        lines: Lines::default(),
        blanks: Blanks::default(),
        checked: Checked::default(),
        is_full: false,
    };
    let result = reading.body(pull);
    reading.finish()?;
    result
}

/// Rows or columns that are grouped, and what the group says of them.
enum Group {
    Plain,
    /// Repeated on every page; the first row.
    HeaderRows(u32),
    /// Repeated on every page; the first column.
    HeaderColumns(u32),
    /// Folded away.
    Hidden,
}

struct Reading<'r, 'b> {
    book: &'r mut Book<'b>,
    sheet: Sheet,
    /// Where the next row and column stand.
    row: u32,
    col: u32,
    open: Vec<Group>,
    lines: Lines,
    blanks: Blanks,
    checked: Checked,
    /// There is no room for more copies.
    is_full: bool,
}

impl Reading<'_, '_> {
    fn body(&mut self, pull: &mut Pull<'_>) -> Result<(), Error> {
        let outside = pull.depth() - 1;
        while pull.depth() > outside {
            match pull.next_event()? {
                Event::Start(start) => self.element(start, pull)?,
                Event::End => self.close(),
                Event::Text(_) => {}
                Event::Eof => break,
            }
        }
        Ok(())
    }

    fn element(&mut self, start: Start<'_>, pull: &mut Pull<'_>) -> Result<(), Error> {
        let folded = start.attribute(Ns::OdfTable, "display") == Some("false");
        let group = if folded { Group::Hidden } else { Group::Plain };
        match (start.ns, start.local.as_ref()) {
            (Ns::OdfTable, "table-column") => {
                self.columns(&start);
                pull.skip()?;
            }
            (Ns::OdfTable, "table-row") => self.row(&start, pull)?,
            (Ns::OdfTable, "table-header-rows") => self.open.push(Group::HeaderRows(self.row)),
            (Ns::OdfTable, "table-header-columns") => {
                self.open
                    .push(Group::HeaderColumns(self.lines.columns_end()));
            }
            (Ns::OdfTable, "table-row-group" | "table-column-group") => self.open.push(group),
            (Ns::OdfTable, "table-rows" | "table-columns") => self.open.push(Group::Plain),
            (Ns::OdfTable, "shapes") => {
                let shapes = pull.element(start)?;
                pictures::collect(&shapes, None, self.book);
            }
            (Ns::OdfTable, "named-expressions") => {
                let element = pull.element(start)?;
                let sheet = self.sheet.name.clone();
                self.book.names.expressions(&element, Some(sheet));
            }
            (Ns::Calcext, "conditional-formats") => {
                for _ in pull.element(start)?.elements() {
                    self.book.unread("conditional formats");
                }
            }
            _ => pull.skip()?,
        }
        Ok(())
    }

    fn close(&mut self) {
        let stretch = |range: Option<(u32, u32)>, first: u32, end: u32| match range {
            _ if end <= first => range,
            Some((begin, last)) => Some((begin.min(first), last.max(end - 1))),
            None => Some((first, end - 1)),
        };
        match self.open.pop() {
            Some(Group::HeaderRows(first)) => {
                self.sheet.title_rows = stretch(self.sheet.title_rows, first, self.row);
            }
            Some(Group::HeaderColumns(first)) => {
                let end = self.lines.columns_end();
                self.sheet.title_columns = stretch(self.sheet.title_columns, first, end);
            }
            _ => {}
        }
    }

    fn is_folded(&self) -> bool {
        self.open.iter().any(|group| matches!(group, Group::Hidden))
    }

    fn columns(&mut self, start: &Start<'_>) {
        let of = |name| start.attribute(Ns::OdfTable, name).unwrap_or_default();
        let first = self.lines.columns_end();
        if first >= COLUMNS {
            return;
        }
        let count = repeated(start, "number-columns-repeated").min(COLUMNS - first);
        let name = of("default-cell-style-name");
        self.lines.add_columns(Columns {
            first,
            last: first + count - 1,
            style: of("style-name").to_owned(),
            hidden: matches!(of("visibility"), "collapse" | "filter") || self.is_folded(),
            look: self.book.styles.look(name, &mut self.book.display),
        });
    }

    fn row(&mut self, start: &Start<'_>, pull: &mut Pull<'_>) -> Result<(), Error> {
        let of = |name| start.attribute(Ns::OdfTable, name).unwrap_or_default();
        if self.row >= ROWS {
            self.book.unread("rows beyond the last that a sheet has");
            return pull.skip();
        }
        let count = repeated(start, "number-rows-repeated").min(ROWS - self.row);
        let info = RowInfo {
            height: self.book.styles.row_height(of("style-name")),
            hidden: matches!(of("visibility"), "collapse" | "filter") || self.is_folded(),
        };
        self.lines.add_rows(self.row, count, info);
        let default = start.attribute(Ns::OdfTable, "default-cell-style-name");
        let default = default.map(|name| self.book.styles.look(name, &mut self.book.display));
        let (cells, merges) = (self.sheet.cells.len(), self.sheet.merges.len());
        self.col = 0;
        let result = self.cells(pull, default.as_ref(), count);
        if count > 1
            && !result
                .as_ref()
                .is_err_and(|error| error.kind() == ErrorKind::Limit)
        {
            self.repeat_row(cells, merges, count)?;
        }
        self.row += count;
        result
    }

    /// Writes out a row that stands for several.
    fn repeat_row(&mut self, cells: usize, merges: usize, count: u32) -> Result<(), Error> {
        let width = (self.sheet.cells.len() - cells) + (self.sheet.merges.len() - merges);
        if width == 0 || self.is_full {
            return Ok(());
        }
        let width = width as u64;
        let rows = self.book.room(width * u64::from(count - 1))? / width;
        self.is_full = rows < u64::from(count - 1);
        let cells = self.sheet.cells[cells..].to_vec();
        let merges = self.sheet.merges[merges..].to_vec();
        for (_, below) in (0..rows).zip(1..) {
            self.book.budget.cells(cells.len() as u64)?;
            let text: usize = cells.iter().map(|cell| cell.plain_text().len()).sum();
            self.book.budget.text(text as u64)?;
            for cell in &cells {
                let (row, col) = (cell.row + below, cell.col);
                if self.sheet.empty_results.contains(&(cell.row, col)) {
                    self.sheet.empty_results.insert((row, col));
                }
                self.sheet.cells.push(cell.clone().at(row, col));
            }
            for area in &merges {
                let last = (area.last_row + below).min(ROWS - 1);
                let area = Area::new(area.row + below, area.col, last, area.last_col);
                self.sheet.merges.push(area);
            }
        }
        Ok(())
    }

    fn cells(
        &mut self,
        pull: &mut Pull<'_>,
        default: Option<&Look>,
        rows: u32,
    ) -> Result<(), Error> {
        let outside = pull.depth() - 1;
        while pull.depth() > outside {
            let Event::Start(start) = pull.next_event()? else {
                continue;
            };
            let is_cell = start.is(Ns::OdfTable, "table-cell")
                || start.is(Ns::OdfTable, "covered-table-cell");
            if !is_cell {
                pull.skip()?;
                continue;
            }
            if self.col >= COLUMNS {
                self.book
                    .unread("cells beyond the last column that a sheet has");
                pull.skip()?;
                continue;
            }
            let (element, fault) = pull.partial_element(start);
            self.cell(&element, default, rows)?;
            fault.map_or(Ok(()), Err)?;
        }
        Ok(())
    }

    /// A cell, and those that are like it in its row. `rows` is how many rows are like this one.
    fn cell(&mut self, element: &Element, default: Option<&Look>, rows: u32) -> Result<(), Error> {
        let of = |name| element.attribute(Ns::OdfTable, name);
        let count = of("number-columns-repeated")
            .map_or(1, times)
            .min(COLUMNS - self.col);
        let (row, col) = (self.row, self.col);
        self.col += count;
        (self.book.at.1, self.book.at.2) = (row, col);
        if let Some(name) = of("content-validation-name") {
            let area = Area::new(row, col, row + rows - 1, col + count - 1);
            if self.book.checks.contains_key(name) {
                self.checked.add(name, area);
            } else {
                self.book.unread("checks of what is typed other than lists");
            }
        }
        let own = of("style-name").map(|name| self.book.styles.look(name, &mut self.book.display));
        let own = own.or_else(|| default.cloned());
        if element.children.is_empty() && of("formula").is_none() && !has_value(element) {
            self.spread_blank(own.as_ref(), count, rows);
        } else {
            self.spread(element, own.as_ref(), count, rows)?;
            self.beside(element);
        }
        let (height, width) = (
            of("number-rows-spanned").map_or(1, times).min(ROWS - row),
            of("number-columns-spanned")
                .map_or(1, times)
                .min(COLUMNS - col),
        );
        if element.local == "table-cell" && (height > 1 || width > 1) {
            let area = Area::new(row, col, row + height - 1, col + width - 1);
            self.sheet.merges.push(area);
        }
        Ok(())
    }

    /// The columns from `col` on that have the same look, and that look.
    fn alike(&self, own: Option<&Look>, col: u32, end: u32) -> (u32, Look) {
        own.map_or_else(|| self.lines.look(col, end), |look| (end, look.clone()))
    }

    fn spread_blank(&mut self, own: Option<&Look>, count: u32, rows: u32) {
        let end = self.col;
        let mut col = end - count;
        while col < end {
            let (next, look) = self.alike(own, col, end);
            if let Some(style) = look.style.as_ref().filter(|_| look.is_seen()) {
                let area = Area::new(self.row, col, self.row + rows - 1, next - 1);
                self.blanks.add(area, style);
            }
            col = next;
        }
    }

    fn spread(
        &mut self,
        element: &Element,
        own: Option<&Look>,
        count: u32,
        rows: u32,
    ) -> Result<(), Error> {
        let end = self.col;
        let mut col = end - count;
        while col < end {
            let (next, look) = self.alike(own, col, end);
            let Some(filled) = cell::read(element, &look, self.book) else {
                if let Some(style) = look.style.as_ref().filter(|_| look.is_seen()) {
                    let area = Area::new(self.row, col, self.row + rows - 1, next - 1);
                    self.blanks.add(area, style);
                }
                col = next;
                continue;
            };
            let cell = filled.cell;
            let is_array = element
                .attribute(Ns::OdfTable, "number-matrix-rows-spanned")
                .is_some();
            if is_array && cell.formula.is_some() {
                self.sheet.range_formulas.arrays.add(self.row, col);
            }
            let extra = u64::from(next - col - 1);
            let copies = if extra > 0 && !self.is_full {
                self.book.room(extra)?
            } else {
                0
            };
            self.is_full |= copies < extra;
            let text = cell.plain_text().len() as u64;
            for (_, col) in (0..=copies).zip(col..) {
                self.book.budget.cells(1)?;
                self.book.budget.text(text)?;
                if filled.is_empty_text {
                    self.sheet.empty_results.insert((self.row, col));
                }
                self.sheet.cells.push(cell.clone().at(self.row, col));
            }
            if let Some(href) = filled.link {
                let area = Area::new(self.row, col, self.row, next - 1);
                self.sheet.links.push(SheetLink { area, href });
            }
            col = next;
        }
        Ok(())
    }

    /// What hangs on a cell and is no part of its text.
    fn beside(&mut self, element: &Element) {
        let (_, row, col) = self.book.at;
        for child in element.elements() {
            match (child.ns, child.local.as_str()) {
                (Ns::OdfOffice, "annotation") => {
                    let note = note::read(child, row, col, &self.book.styles);
                    self.sheet.notes.extend(note);
                }
                (Ns::OdfText, _) | (Ns::OdfOffice, _) => {}
                (Ns::OdfTable, "table") => self.book.unread("tables inside of cells"),
                _ => pictures::element(child, Some((row, col)), self.book),
            }
        }
    }

    fn finish(mut self) -> Result<(), Error> {
        let (last_row, last_col) = self.used();
        let at = self.book.at.clone();
        self.book.at.1 = 0;
        self.book.at.2 = 0;
        if let (Some(last_row), Some(last_col)) = (last_row, last_col) {
            let blanks = self.blanks.within(last_row, last_col);
            let wanted = blanks.iter().map(|(area, _)| squares(area)).sum();
            let mut room = self.book.room(wanted)?;
            for (area, style) in blanks {
                let squares = squares(&area).min(room);
                room -= squares;
                self.book.budget.cells(squares)?;
                Blanks::write(&area, &style, squares, &mut self.sheet.cells);
            }
            self.sheet.cells.sort_by_key(|cell| (cell.row, cell.col));
            self.sheet.columns = self.lines.column_settings(&self.book.styles, last_col);
            self.sheet.rows = self.lines.row_settings(self.book, last_row)?;
        }
        let checks = std::mem::take(&mut self.checked);
        self.sheet.validations = checks.validations(&self.book.checks);
        self.book.workbook.sheets.push(self.sheet);
        self.book.at = at;
        Ok(())
    }

    /// The last row and column that hold something or are merged.
    fn used(&self) -> (Option<u32>, Option<u32>) {
        let cells = self.sheet.cells.iter();
        let corners = cells.map(|cell| (cell.row, cell.col));
        let merges = self.sheet.merges.iter();
        let corners = corners.chain(merges.map(|area| (area.last_row, area.last_col)));
        corners.fold((None, None), |(last_row, last_col), (row, col)| {
            (last_row.max(Some(row)), last_col.max(Some(col)))
        })
    }
}

fn squares(area: &Area) -> u64 {
    u64::from(area.height()) * u64::from(area.width())
}

fn has_value(element: &Element) -> bool {
    element
        .attributes
        .iter()
        .any(|attribute| attribute.ns == Ns::OdfOffice && attribute.local.ends_with("value"))
}

fn repeated(start: &Start<'_>, name: &str) -> u32 {
    start.attribute(Ns::OdfTable, name).map_or(1, times)
}

/// A count of repetitions, at least 1.
fn times(text: &str) -> u32 {
    text.trim().parse().unwrap_or(1).max(1)
}
