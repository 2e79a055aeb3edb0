//! What is used of a sheet.

use tabulary_ir::Cell;

use crate::place::Area;
use crate::sheet::Sheet;

/// Blank rows with borders that are kept below the last filled row.
const MOST_BLANK_ROWS: u32 = 1000;

/// Blank columns with borders that are kept at the right of the last filled column.
const MOST_BLANK_COLUMNS: usize = 100;

/// Whether a cell shows that a square is in use.
pub(crate) fn counts(cell: &Cell) -> bool {
    is_filled(cell) || cell.is_merged()
}

/// Whether a cell holds something.
pub(crate) fn is_filled(cell: &Cell) -> bool {
    !cell.is_blank() || cell.formula.is_some()
}

/// Whether a cell is drawn as a square, or as most of one.
pub(crate) fn has_borders(cell: &Cell) -> bool {
    cell.style.as_deref().is_some_and(|style| {
        let sides = style.borders.unwrap_or_default();
        let sides = [sides.top, sides.bottom, sides.left, sides.right];
        sides.iter().flatten().count() >= 2
    })
}

/// The cells that begin in some rows.
pub(crate) fn rows_of(sheet: &Sheet, first_row: u32, last_row: u32) -> &[Cell] {
    let start = sheet.cells.partition_point(|cell| cell.row < first_row);
    let end = sheet.cells.partition_point(|cell| cell.row <= last_row);
    sheet.cells.get(start..end).unwrap_or_default()
}

/// The range of the cells that begin in some rows.
pub(crate) fn used(sheet: &Sheet, first_row: u32, last_row: u32) -> Option<Area> {
    let cells = rows_of(sheet, first_row, last_row).iter();
    cells.fold(None, |area: Option<Area>, cell| {
        let (row, col) = (cell.row + cell.row_span - 1, cell.col + cell.col_span - 1);
        Some(match area {
            None => Area::new(cell.row, cell.col, row, col),
            Some(area) => Area::new(
                area.row,
                area.col.min(cell.col),
                area.last_row.max(row),
                area.last_col.max(col),
            ),
        })
    })
}

/// Drops blank cells that stand outside of what is used. Blank rows and columns with borders right
/// beside it are there to be filled in, and stay. What is used is returned.
pub(crate) fn drop_unseen(sheet: &mut Sheet) -> Option<Area> {
    let mut area: Option<Area> = None;
    let mut has_blank = false;
    for cell in &sheet.cells {
        if !counts(cell) {
            has_blank = true;
            continue;
        }
        let (row, col) = (cell.row + cell.row_span - 1, cell.col + cell.col_span - 1);
        let known = area.get_or_insert(Area::new(cell.row, cell.col, row, col));
        known.col = known.col.min(cell.col);
        known.last_row = known.last_row.max(row);
        known.last_col = known.last_col.max(col);
    }
    let Some(mut area) = area else {
        sheet.cells.clear();
        return None;
    };
    if !has_blank {
        return Some(area);
    }
    // Beside labels alone stand the squares for the answers.
    if area.width() == 1 {
        area.last_col = last_bordered_column(sheet, area);
    }
    area.last_row = last_bordered_row(sheet, area);
    sheet
        .cells
        .retain(|cell| counts(cell) || area.contains(cell.row, cell.col));
    Some(area)
}

/// The last of the blank columns at the right of a range in which most rows with borders have borders.
fn last_bordered_column(sheet: &Sheet, area: Area) -> u32 {
    let first = area.last_col + 1;
    let mut columns = [0_u32; MOST_BLANK_COLUMNS];
    let mut boxed = 0;
    for row in sheet.cells.chunk_by(|a, b| a.row == b.row) {
        let mut bordered = row.iter().filter(|cell| has_borders(cell)).peekable();
        boxed += u32::from(bordered.peek().is_some());
        for cell in bordered.filter(|cell| cell.col >= first) {
            if let Some(column) = columns.get_mut((cell.col - first) as usize) {
                *column += 1;
            }
        }
    }
    let blank = (first..).zip(columns);
    let blank = blank.take_while(|(_, bordered)| bordered * 2 > boxed);
    blank.last().map_or(area.last_col, |(col, _)| col)
}

/// The last of the blank rows right below a range of which most squares have borders.
fn last_bordered_row(sheet: &Sheet, area: Area) -> u32 {
    let below = rows_of(sheet, area.last_row + 1, area.last_row + MOST_BLANK_ROWS);
    let mut last = area.last_row;
    for row in below.chunk_by(|a, b| a.row == b.row) {
        let bordered = row
            .iter()
            .filter(|cell| has_borders(cell) && (area.col..=area.last_col).contains(&cell.col));
        let is_wide = bordered.count() as u64 * 2 > u64::from(area.width());
        match row.first() {
            Some(first) if is_wide && first.row == last + 1 => last = first.row,
            _ => break,
        }
    }
    last
}
