//! Which rows and columns of a range say what the others are.

use tabulary_ir::{Align, Cell, Mark};

use crate::place::Area;
use crate::sheet::{ListObject, Sheet};
use crate::split::{counts, rows_of};

/// More rows than any header has.
const MOST_ROWS: u32 = 6;

/// Header rows and columns of a range, and whether they were guessed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Headers {
    pub(crate) rows: u32,
    pub(crate) columns: u32,
    pub(crate) guessed: bool,
}

/// The headers of a range: those that print titles, a list object or a frozen pane name, else those
/// that look and read like headers.
pub(crate) fn headers(sheet: &Sheet, area: Area) -> Headers {
    let told = told_rows(sheet, area).filter(|rows| *rows < area.height());
    let rows = told.unwrap_or_else(|| guessed_rows(sheet, area));
    let (_, frozen) = sheet.frozen;
    let titles = sheet.title_columns.map(|(_, last)| last + 1);
    let end = titles.unwrap_or(frozen);
    let columns = end.saturating_sub(area.col);
    Headers {
        rows,
        columns: if columns <= 4 && columns < area.width() {
            columns
        } else {
            0
        },
        guessed: told.is_none() && rows > 0,
    }
}

/// Header rows that the workbook names.
fn told_rows(sheet: &Sheet, area: Area) -> Option<u32> {
    if let Some((first, last)) = sheet.title_rows
        && (area.row..area.last_row).contains(&last)
        && last - area.row < MOST_ROWS
        && first <= area.last_row
    {
        return Some(last - area.row + 1);
    }
    let starts_here = |list: &&ListObject| list.area.row == area.row && list.area.col <= area.col;
    if let Some(list) = sheet.lists.iter().find(starts_here) {
        return Some(list.header_rows);
    }
    let (frozen, _) = sheet.frozen;
    (frozen > area.row && frozen <= area.last_row && frozen - area.row <= MOST_ROWS)
        .then(|| frozen - area.row)
}

/// What a row at the top of a range is like.
struct RowLook {
    /// Whether it holds nothing but texts.
    is_text: bool,
    /// Squares that are filled.
    filled: u32,
    /// Filled squares that are bold, coloured or centred.
    marked: u32,
    /// The row behind the last that its cells reach into.
    end: u32,
}

fn look(sheet: &Sheet, area: Area, row: u32) -> RowLook {
    let mut found = RowLook {
        is_text: false,
        filled: 0,
        marked: 0,
        end: row + 1,
    };
    let mut texts = true;
    for cell in rows_of(sheet, row, row) {
        if !area.contains(row, cell.col) || cell.is_blank() {
            continue;
        }
        texts &= cell.value.is_none() && cell.formula.is_none();
        found.filled += cell.col_span;
        found.end = found.end.max(cell.row + cell.row_span);
        if is_marked(cell) {
            found.marked += cell.col_span;
        }
    }
    found.is_text = texts && found.filled > 0;
    found
}

fn is_marked(cell: &Cell) -> bool {
    cell.style.as_deref().is_some_and(|style| {
        style.marks.has(Mark::Bold) || style.fill.is_some() || style.align == Some(Align::Center)
    })
}

/// Rows at the top that hold nothing but texts and fill the width, above rows that hold values; where
/// all rows hold texts, those that are set apart by their look.
fn guessed_rows(sheet: &Sheet, area: Area) -> u32 {
    if area.height() < 2 || area.width() < 2 {
        return 0;
    }
    let last = area.last_row.min(area.row + MOST_ROWS + 1);
    let looks: Vec<RowLook> = (area.row..=last)
        .map(|row| look(sheet, area, row))
        .collect();
    let mut end = 0;
    let mut covered = area.row;
    for (row, found) in (area.row..).zip(&looks) {
        // A row below cells that reach down into it is part of their header.
        let is_wide = found.filled * 2 > area.width() || row < covered;
        let is_alone = row >= covered && found.filled <= 1;
        if !found.is_text || !is_wide || is_alone {
            break;
        }
        covered = covered.max(found.end);
        end += 1;
    }
    let end = end.max(covered - area.row).min(area.height() - 1);
    if end == 0 || end > MOST_ROWS {
        return 0;
    }
    let has_values = rows_of(sheet, area.row + end, area.last_row)
        .iter()
        .any(|cell| cell.value.is_some() && counts(cell));
    let is_marked = |found: &&RowLook| found.marked * 5 >= found.filled * 3;
    let marked = looks.iter().take_while(is_marked).count();
    let marked = u32::try_from(marked).unwrap_or(u32::MAX);
    // Rows that look like those below them are no headers for their look.
    let set_apart = if marked <= end.min(3) { marked } else { 0 };
    let first_end = looks.first().map_or(area.row + 1, |found| found.end);
    match (has_values, end) {
        (true, 1..=3) => end,
        (true, _) => set_apart.max(u32::from(set_apart == 0) * (first_end - area.row)),
        (false, _) if set_apart > 0 => set_apart.max(first_end - area.row).min(end),
        (false, _) => 0,
    }
}
