//! Which rows and columns of a range say what the others are.

use tabulary_ir::{Cell, Value};

use crate::place::Area;
use crate::row::{Row, is_label, reads_as_value};
use crate::sheet::{ListObject, Sheet};
use crate::used::{is_filled, rows_of};

/// More rows than any header has.
const MOST_ROWS: u32 = 6;
/// More columns than say what the rows are.
const MOST_COLUMNS: u32 = 4;
/// Rows of equal look that are one header, where nothing else joins them.
const MOST_ALIKE: u32 = 3;
/// Rows below a header that are asked whether they hold values.
const SAMPLE: u32 = 50;

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
    let rows = told.unwrap_or_else(|| guessed_rows(sheet, area).unwrap_or_default());
    let (_, frozen) = sheet.frozen;
    let titles = sheet.title_columns.map(|(_, last)| last + 1);
    let end = titles.unwrap_or(frozen);
    let columns = end.saturating_sub(area.col);
    Headers {
        rows,
        columns: if columns <= MOST_COLUMNS && columns < area.width() {
            columns
        } else {
            0
        },
        guessed: told.is_none() && rows > 0,
    }
}

/// Header rows that the workbook names.
fn told_rows(sheet: &Sheet, area: Area) -> Option<u32> {
    let rows = || (area.row..area.last_row).take(MOST_ROWS as usize);
    if let Some((first, last)) = sheet.title_rows
        && first <= area.last_row
        && rows().any(|row| row == last)
    {
        return Some(last - area.row + 1);
    }
    let starts_here =
        |list: &&ListObject| list.area.col <= area.col && rows().any(|row| row == list.area.row);
    if let Some(list) = sheet.lists.iter().find(starts_here) {
        return Some(list.area.row - area.row + list.header_rows);
    }
    let (frozen, _) = sheet.frozen;
    frozen
        .checked_sub(1)
        .filter(|last| rows().any(|row| row == *last))
        .map(|last| last - area.row + 1)
}

/// Rows at the top of a range that name its columns: words above values, or rows that are set apart by
/// their look.
fn guessed_rows(sheet: &Sheet, area: Area) -> Option<u32> {
    if area.height() < 2 {
        return None;
    }
    let spanned = spanned_end(sheet, area)?;
    let first = row_at(sheet, area.row)?;
    let lowest = row_at(sheet, spanned - 1)?;
    let is_alone = area.width() > 1 && first.filled < 2 && lowest.filled < 2;
    let labels = rows_of(sheet, area.row, area.row).iter();
    let asks = labels.filter(|cell| is_label(cell)).count() * 3 > first.filled as usize;
    if is_alone || asks || !is_wide(sheet, area, &first, spanned) {
        return None;
    }
    let alike = alike_end(sheet, area, &first, spanned);
    if stands_out(sheet, area, &first, alike) && has_names(sheet, area, alike) {
        return Some(alike - area.row);
    }
    let mut cells = rows_of(sheet, area.row, spanned - 1).iter();
    let is_header = counts_years(sheet, area.row)
        || cells.all(|cell| cell.value.is_none())
            && (heads_values(sheet, area, spanned) || heads_blanks(sheet, area, spanned));
    is_header.then_some(spanned - area.row)
}

/// Whether all that the rows down to `end` hold may name columns: texts, and in rows that are set apart
/// years and days.
fn has_names(sheet: &Sheet, area: Area, end: u32) -> bool {
    (area.row..end).all(|row| {
        let mut values = rows_of(sheet, row, row)
            .iter()
            .filter(|cell| cell.value.is_some())
            .peekable();
        let is_set_apart =
            || row_at(sheet, row).is_some_and(|row| stands_out(sheet, area, &row, end));
        values.peek().is_none() || values.all(is_name) && is_set_apart()
    })
}

/// Whether a row takes at least half of the columns that the rows below take.
fn is_wide(sheet: &Sheet, area: Area, first: &Row, end: u32) -> bool {
    let below = end..(end + MOST_ROWS).min(area.last_row + 1);
    let below = below.filter_map(|row| row_at(sheet, row));
    let most = below.map(|row| row.covered).max().unwrap_or_default();
    first.covered * 2 >= most && first.covered > 0
}

/// Whether the rows down to `end` fill all columns, and nothing below is filled in.
fn heads_blanks(sheet: &Sheet, area: Area, end: u32) -> bool {
    let covered = row_at(sheet, area.row).map(|row| row.covered);
    area.width() > 1
        && covered == Some(area.width())
        && !rows_of(sheet, end, area.last_row).iter().any(is_filled)
}

fn row_at(sheet: &Sheet, row: u32) -> Option<Row> {
    Row::new(rows_of(sheet, row, row), 0)
}

/// The row behind those that spans join to the first: rows that its cells reach into, and the parts
/// that a cell over several columns is divided into.
fn spanned_end(sheet: &Sheet, area: Area) -> Option<u32> {
    let mut end = area.row + 1;
    let mut row = area.row;
    while row < end {
        let cells = rows_of(sheet, row, row).iter();
        end = cells.fold(end, |end, cell| end.max(cell.row + cell.row_span));
        if end > area.last_row || end - area.row > MOST_ROWS {
            return None;
        }
        if row + 1 == end && end < area.last_row && is_divided(sheet, area, row) {
            end += 1;
        }
        row += 1;
    }
    Some(end)
}

/// Whether a cell over several columns, not all, has several texts right below it, in a row of texts.
fn is_divided(sheet: &Sheet, area: Area, row: u32) -> bool {
    let below = rows_of(sheet, row + 1, row + 1);
    let is_text = |cell: &Cell| cell.value.is_none() && !reads_as_value(cell);
    below.iter().all(is_text)
        && rows_of(sheet, row, row)
            .iter()
            .filter(|cell| is_filled(cell) && (2..area.width()).contains(&cell.col_span))
            .any(|cell| {
                let columns = cell.col..cell.col + cell.col_span;
                let parts = below.iter().filter(|part| is_filled(part));
                parts.filter(|part| columns.contains(&part.col)).count() > 1
            })
}

/// Whether a row of those down to `end` is set apart by its look from the rows below them. A ground that
/// every other row has sets nothing apart.
fn stands_out(sheet: &Sheet, area: Area, row: &Row, end: u32) -> bool {
    let mut below = (end..=area.last_row)
        .take(MOST_ROWS as usize)
        .filter_map(|row| row_at(sheet, row))
        .filter(|row| row.filled > 1 || row.filled == area.width());
    let Some(next) = below.next() else {
        return false;
    };
    let is_by_ground = row.look.stands_out_by_ground(next.look);
    row.look.stands_out_from(next.look)
        && !(is_by_ground && below.next().is_some_and(|next| next.look == row.look))
}

/// The row behind those from `end` on that are texts of the same look as the first.
fn alike_end(sheet: &Sheet, area: Area, first: &Row, end: u32) -> u32 {
    // One text in the first column is the label of a part.
    let is_alike = |row: &u32| {
        row_at(sheet, *row).is_some_and(|found| {
            let mut filled = rows_of(sheet, *row, *row)
                .iter()
                .filter(|cell| is_filled(cell));
            let is_label = found.filled < first.filled.min(2)
                && filled.next().is_some_and(|cell| cell.col == area.col);
            found.is_words && found.look == first.look && !is_label
        })
    };
    let last = area.last_row.min(area.row + MOST_ALIKE);
    let alike = (end..last).take_while(is_alike).last();
    alike.map_or(end, |row| row + 1)
}

/// Whether a value may name a column, as a year or a month does.
fn is_name(cell: &Cell) -> bool {
    match &cell.value {
        Some(Value::Number(number)) => number.as_str().parse::<u16>().is_ok_and(|n| n < 10_000),
        Some(Value::Date(_) | Value::DateTime(_)) | None => true,
        _ => false,
    }
}

/// Whether a row holds years that count up or down by one, and otherwise texts.
fn counts_years(sheet: &Sheet, row: u32) -> bool {
    let values = rows_of(sheet, row, row).iter();
    let years: Option<Vec<i32>> = values
        .filter_map(|cell| cell.value.as_ref())
        .map(|value| match value {
            Value::Number(number) => number.as_str().parse().ok(),
            _ => None,
        })
        .collect();
    let years = years.unwrap_or_default();
    let steps: Vec<i32> = years.windows(2).map(|pair| pair[1] - pair[0]).collect();
    matches!(steps.first(), Some(1 | -1))
        && steps.iter().all(|step| *step == steps[0])
        && years.iter().all(|year| (1900..2100).contains(year))
}

/// Whether the rows down to `end` have words above most columns in use, or above several and not many
/// less, and one of these holds values for the most part.
fn heads_values(sheet: &Sheet, area: Area, end: u32) -> bool {
    let mut columns = vec![ColumnUse::default(); area.width() as usize];
    for head in rows_of(sheet, area.row, end - 1) {
        let first = (head.col - area.col) as usize;
        let below = columns.get_mut(first..first + head.col_span as usize);
        let is_headed = is_filled(head) && !reads_as_value(head);
        for column in below.into_iter().flatten() {
            column.is_headed = is_headed;
        }
    }
    for cell in rows_of(sheet, end, area.last_row.min(end + SAMPLE)) {
        let column = columns.get_mut((cell.col - area.col) as usize);
        if let Some(column) = column.filter(|_| is_filled(cell)) {
            column.filled += 1;
            column.values += u32::from(reads_as_value(cell));
        }
    }
    columns.retain(|column| column.filled > 0);
    let headed = columns.iter().filter(|column| column.is_headed);
    let is_most = |column: &ColumnUse| column.values * 5 >= column.filled * 3;
    let count = headed.clone().count();
    let is_wide = count * 2 > columns.len() || count > 2 && count * 5 >= columns.len() * 2;
    is_wide && headed.clone().any(is_most)
}

/// What a column of a table holds.
#[derive(Clone, Default)]
struct ColumnUse {
    /// Whether words stand above it.
    is_headed: bool,
    filled: u32,
    values: u32,
}

#[cfg(test)]
mod tests;
