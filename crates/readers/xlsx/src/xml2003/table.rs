//! Rows and columns of a worksheet, read as a stream.

use std::collections::BTreeMap;

use tabulary_ir::{Block, Error, Paragraph, Points};
use tabulary_package::xml::{Element, Event, Ns, Pull, Start};

use super::{Book, cell, in_start, is_true, of, text};
use crate::ods::blanks::Blanks;
use crate::place::{Area, COLUMNS, ROWS};
use crate::sheet::{ColumnInfo, RowInfo, SheetLink, SheetNote};

/// Reads a `Table` into the last sheet of the workbook.
pub(super) fn read(
    start: &Start<'_>,
    pull: &mut Pull<'_>,
    book: &mut Book<'_>,
) -> Result<(), Error> {
    let mut reading = Reading {
        style: in_start(start, "StyleID").map(str::to_owned),
        book,
        row: 0,
        col: 0,
        next_column: 0,
        columns: BTreeMap::new(),
        blanks: Blanks::default(),
    };
    let result = reading.rows(pull);
    reading.finish()?;
    result
}

struct Reading<'r, 'b> {
    book: &'r mut Book<'b>,
    /// The style of the table.
    style: Option<String>,
    /// Where the next row, cell and column stand.
    row: u32,
    col: u32,
    next_column: u32,
    /// The styles of columns by the first and last column they are for.
    columns: BTreeMap<u32, (u32, String)>,
    blanks: Blanks,
}

impl Reading<'_, '_> {
    fn rows(&mut self, pull: &mut Pull<'_>) -> Result<(), Error> {
        let outside = pull.depth() - 1;
        while pull.depth() > outside {
            let Event::Start(start) = pull.next_event()? else {
                continue;
            };
            if start.is(Ns::Ss, "Column") {
                self.column(&start);
                pull.skip()?;
            } else if start.is(Ns::Ss, "Row") {
                self.row(&start, pull)?;
            } else {
                pull.skip()?;
            }
        }
        Ok(())
    }

    fn column(&mut self, start: &Start<'_>) {
        let first = index(start, "Index").unwrap_or(self.next_column);
        let span = count(in_start(start, "Span"));
        let last = first.saturating_add(span).min(COLUMNS - 1);
        self.next_column = last + 1;
        if first > last {
            return;
        }
        if let Some(style) = in_start(start, "StyleID") {
            self.columns.insert(first, (last, style.to_owned()));
        }
        let info = ColumnInfo {
            width: length(in_start(start, "Width")),
            hidden: in_start(start, "Hidden").is_some_and(is_true),
        };
        if info.width.is_some() || info.hidden {
            for col in first..=last {
                self.book.sheet().columns.insert(col, info);
            }
        }
    }

    fn row(&mut self, start: &Start<'_>, pull: &mut Pull<'_>) -> Result<(), Error> {
        let row = index(start, "Index").unwrap_or(self.row);
        if row >= ROWS {
            self.book.unread("rows beyond the last that a sheet has");
            return pull.skip();
        }
        let span = count(in_start(start, "Span")).min(ROWS - 1 - row);
        self.row = row + 1 + span;
        self.col = 0;
        let own = in_start(start, "AutoFitHeight").is_some_and(|fit| !is_true(fit));
        let info = RowInfo {
            height: length(in_start(start, "Height")).filter(|_| own),
            hidden: in_start(start, "Hidden").is_some_and(is_true),
        };
        if info.height.is_some() || info.hidden {
            // A setting for all rows down to the last is that of the sheet.
            for row in row..=row + span.min(1 << 16) {
                self.book.sheet().rows.insert(row, info);
            }
        }
        let style = in_start(start, "StyleID").map(str::to_owned);
        let outside = pull.depth() - 1;
        while pull.depth() > outside {
            let Event::Start(start) = pull.next_event()? else {
                continue;
            };
            if !start.is(Ns::Ss, "Cell") {
                pull.skip()?;
                continue;
            }
            let (element, fault) = pull.partial_element(start);
            self.cell(&element, row, style.as_deref())?;
            fault.map_or(Ok(()), Err)?;
        }
        Ok(())
    }

    fn cell(&mut self, element: &Element, row: u32, row_style: Option<&str>) -> Result<(), Error> {
        let given = of(element, "Index").and_then(|n| n.parse::<u32>().ok()?.checked_sub(1));
        let col = given.unwrap_or(self.col);
        if col >= COLUMNS {
            self.book
                .unread("cells beyond the last column that a sheet has");
            return Ok(());
        }
        let across = count(of(element, "MergeAcross")).min(COLUMNS - 1 - col);
        let down = count(of(element, "MergeDown")).min(ROWS - 1 - row);
        self.col = col + 1 + across;
        let area = Area::new(row, col, row + down, col + across);
        if across > 0 || down > 0 {
            self.book.sheet().merges.push(area);
        }
        let style = of(element, "StyleID").or(row_style).map(str::to_owned);
        let style = style
            .or_else(|| self.column_style(col))
            .or_else(|| self.style.clone());
        let look = self
            .book
            .styles
            .look(style.as_deref(), &mut self.book.display);
        match cell::read(element, &look, (row, col), self.book) {
            Some(cell) => {
                self.book.budget.cells(1)?;
                self.book.budget.text(cell.plain_text().len() as u64)?;
                if cell.formula.is_some() && of(element, "ArrayRange").is_some() {
                    self.book.sheet().range_formulas.arrays.add(row, col);
                }
                if cell.formula.is_some() && cell.is_blank() && cell::is_text(element) {
                    self.book.sheet().empty_results.insert((row, col));
                }
                self.book.sheet().cells.push(cell.at(row, col));
            }
            None => {
                if let Some(style) = look.style.as_ref().filter(|_| look.is_seen()) {
                    self.blanks.add(Area::new(row, col, row, col), style);
                }
            }
        }
        if let Some(href) = of(element, "HRef").filter(|href| !href.is_empty()) {
            let href = href.to_owned();
            self.book.sheet().links.push(SheetLink { area, href });
        }
        if let Some(comment) = element.child(Ns::Ss, "Comment") {
            let note = note(comment, row, col);
            self.book.sheet().notes.extend(note);
        }
        Ok(())
    }

    fn column_style(&self, col: u32) -> Option<String> {
        let (_, (last, style)) = self.columns.range(..=col).next_back()?;
        (col <= *last).then(|| style.clone())
    }

    fn finish(mut self) -> Result<(), Error> {
        let budget = self.book.budget;
        let sheet = self.book.sheet();
        let cells = sheet.cells.iter().map(|cell| (cell.row, cell.col));
        let merges = sheet
            .merges
            .iter()
            .map(|area| (area.last_row, area.last_col));
        let corners = cells.chain(merges);
        let used = corners
            .reduce(|(row, col), (other_row, other_col)| (row.max(other_row), col.max(other_col)));
        if let Some((last_row, last_col)) = used {
            for (area, style) in self.blanks.within(last_row, last_col) {
                budget.cells(1)?;
                Blanks::write(&area, &style, 1, &mut sheet.cells);
            }
            sheet.columns.retain(|col, _| *col <= last_col);
            sheet.rows.retain(|row, _| *row <= last_row);
        }
        sheet.cells.sort_by_key(|cell| (cell.row, cell.col));
        Ok(())
    }
}

/// The comment of a cell; none where it says nothing.
fn note(comment: &Element, row: u32, col: u32) -> Option<SheetNote> {
    let data = comment.elements().find(|element| element.local == "Data")?;
    let content = text::line(data);
    if tabulary_ir::inline_text(&content).trim().is_empty() {
        return None;
    }
    let paragraph = Paragraph {
        content,
        ..Paragraph::default()
    };
    Some(SheetNote {
        row,
        col,
        author: of(comment, "Author")
            .filter(|author| !author.is_empty())
            .map(str::to_owned),
        blocks: vec![Block::Paragraph(paragraph)],
    })
}

/// A number from 1 as one from 0.
fn index(start: &Start<'_>, name: &str) -> Option<u32> {
    in_start(start, name)?.parse::<u32>().ok()?.checked_sub(1)
}

fn count(text: Option<&str>) -> u32 {
    text.and_then(|text| text.parse().ok()).unwrap_or_default()
}

fn length(text: Option<&str>) -> Option<Points> {
    let points = text?.parse::<f64>().ok()?;
    (0.0..=2000.0)
        .contains(&points)
        .then(|| Points::new(points))
}
