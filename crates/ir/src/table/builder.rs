//! Making tables out of whatever a source says.

use std::collections::BTreeMap;

use super::{Cover, RowSetting, Table};
use crate::{Cell, Code, Column, Content, Diagnostics, Inline, Origin, block_text};

/// Makes a [`Table`], and repairs what is no grid.
///
/// Cells are given in one of two ways: [`place`](Self::place) puts a cell where it says, as in a
/// workbook; [`row`](Self::row) and [`push`](Self::push) put each cell on the next free square of
/// its row, as in HTML and Word.
#[derive(Debug, Default)]
pub struct TableBuilder {
    caption: Vec<Inline>,
    header_columns: u32,
    header_rows: u32,
    name: Option<String>,
    origin: Option<Origin>,
    rtl: bool,
    columns: Vec<Column>,
    row_settings: Vec<RowSetting>,
    /// The least number of rows; the greatest too where rows are opened one by one.
    rows: u32,
    by_rows: bool,
    /// The next free square of the open row, and what reaches into it from above.
    next_col: u32,
    above: BTreeMap<u32, Above>,
    cells: Vec<Cell>,
    seen: Seen,
    /// Cells that were given for a place beyond the most rows and columns.
    outside: usize,
}

/// What is known of the cells by the time they are all given, so that they need not be looked through
/// for each question.
#[derive(Clone, Copy, Debug, Default)]
struct Seen {
    /// The square where the last cell starts.
    last: Option<(u32, u32)>,
    /// Whether a cell starts on a square that does not lie behind that of the cell before it.
    is_unordered: bool,
    has_merged: bool,
    has_plain_blank: bool,
    /// How far cells reach.
    end_row: u32,
    end_col: u32,
}

impl Seen {
    fn see(&mut self, cell: &Cell) {
        let place = Some((cell.row, cell.col));
        self.is_unordered |= place <= self.last;
        self.last = place;
        self.has_merged |= cell.is_merged();
        self.has_plain_blank |= cell.is_plain_blank();
        self.end_row = self.end_row.max(cell.row + cell.row_span);
        self.end_col = self.end_col.max(cell.col + cell.col_span);
    }
}

/// Squares that a cell of a row above keeps.
#[derive(Clone, Copy, Debug)]
struct Above {
    end_col: u32,
    end_row: u32,
    cell: usize,
}

/// The most rows: those of a workbook with room to spare.
const ROWS: u32 = 1 << 24;
/// The most columns: those of a workbook with room to spare.
const COLUMNS: u32 = 1 << 18;

impl TableBuilder {
    /// An empty table.
    pub fn new() -> Self {
        Self::default()
    }

    pub(super) fn from_table(table: Table) -> Self {
        let mut seen = Seen::default();
        table.cells.iter().for_each(|cell| seen.see(cell));
        Self {
            seen,
            caption: table.caption,
            header_columns: table.header_columns,
            header_rows: table.header_rows,
            name: table.name,
            origin: table.origin,
            rtl: table.rtl,
            columns: table.columns,
            row_settings: table.row_settings,
            rows: table.rows,
            cells: table.cells,
            ..Self::default()
        }
    }

    /// Gives it at least that many rows and columns.
    #[must_use]
    pub fn size(mut self, rows: u32, columns: u32) -> Self {
        self.rows = self.rows.max(rows.min(ROWS));
        self.widen(columns);
        self
    }

    /// Sets the columns, from the left.
    #[must_use]
    pub fn columns(mut self, columns: Vec<Column>) -> Self {
        self.widen(u32::try_from(columns.len()).unwrap_or(COLUMNS));
        for (column, given) in self.columns.iter_mut().zip(columns) {
            *column = given;
        }
        self
    }

    /// Sets what is said of rows beside their cells. What names a row that the table will not have
    /// is left out.
    #[must_use]
    pub fn row_settings(mut self, settings: Vec<RowSetting>) -> Self {
        self.row_settings = settings;
        self
    }

    /// Sets the name that formulas know it by.
    #[must_use]
    pub fn name(mut self, name: Option<String>) -> Self {
        self.name = name;
        self
    }

    /// Sets how many rows at the top and columns at the left are headers.
    #[must_use]
    pub fn headers(mut self, rows: u32, columns: u32) -> Self {
        (self.header_rows, self.header_columns) = (rows, columns);
        self
    }

    /// Sets the caption.
    #[must_use]
    pub fn caption(mut self, caption: Vec<Inline>) -> Self {
        self.caption = caption;
        self
    }

    /// Sets whether its first column stands at the right.
    #[must_use]
    pub fn rtl(mut self, rtl: bool) -> Self {
        self.rtl = rtl;
        self
    }

    /// Sets where it stood.
    #[must_use]
    pub fn origin(mut self, origin: impl Into<Option<Origin>>) -> Self {
        self.origin = origin.into();
        self
    }

    /// How many rows there are by now.
    pub fn height(&self) -> u32 {
        self.rows
    }

    /// Puts a cell on the square that it names.
    pub fn place(&mut self, mut cell: Cell) {
        self.fit(&mut cell);
        self.cells.push(cell);
    }

    /// Puts many cells on the squares that they name.
    pub fn place_all(&mut self, mut cells: Vec<Cell>) {
        for cell in &mut cells {
            self.fit(cell);
        }
        if self.cells.is_empty() {
            self.cells = cells;
        } else {
            self.cells.append(&mut cells);
        }
    }

    /// Brings a cell that names its square within the bounds of a table.
    fn fit(&mut self, cell: &mut Cell) {
        cell.simplify();
        self.outside += usize::from(cell.row >= ROWS || cell.col >= COLUMNS);
        cell.row = cell.row.min(ROWS - 1);
        cell.col = cell.col.min(COLUMNS - 1);
        cell.row_span = cell.row_span.clamp(1, ROWS - cell.row);
        cell.col_span = cell.col_span.clamp(1, COLUMNS - cell.col);
        if !self.by_rows {
            self.rows = self.rows.max(cell.row + 1);
        }
        self.seen.see(cell);
    }

    /// Opens the next row.
    pub fn row(&mut self) {
        if self.by_rows || self.rows > 0 {
            self.rows += 1;
        } else {
            self.rows = 1;
        }
        self.by_rows = true;
        self.next_col = 0;
        let row = self.rows - 1;
        self.above.retain(|_, above| above.end_row > row);
    }

    /// Leaves `count` squares of the open row blank.
    pub fn skip(&mut self, count: u32) {
        self.next_col = self.next_free().saturating_add(count).min(COLUMNS - 1);
    }

    /// Puts a cell on the next free square of the open row. Its `row` and `col` do not count.
    pub fn push(&mut self, cell: Cell) {
        if !self.by_rows {
            self.row();
        }
        let (row, col) = (self.rows - 1, self.next_free());
        self.place(cell.at(row, col));
        if let Some(placed) = self.cells.last() {
            let end_col = placed.col + placed.col_span;
            self.next_col = end_col;
            if placed.row_span > 1 {
                let above = Above {
                    end_col,
                    end_row: row + placed.row_span,
                    cell: self.cells.len() - 1,
                };
                self.above.insert(placed.col, above);
            }
        }
    }

    /// The row and column where the next pushed cell will start.
    pub fn next_square(&self) -> (u32, u32) {
        (self.rows.saturating_sub(1), self.next_free())
    }

    fn next_free(&self) -> u32 {
        let row = self.rows.saturating_sub(1);
        let mut col = self.next_col;
        while let Some((_, above)) = self.above.range(..=col).next_back()
            && above.end_col > col
            && self.cells[above.cell].row < row
        {
            col = above.end_col;
        }
        col
    }

    fn widen(&mut self, columns: u32) {
        let columns = columns.min(COLUMNS) as usize;
        if self.columns.len() < columns {
            self.columns.resize(columns, Column::default());
        }
    }

    /// The table, with every fault of the grid repaired and told.
    ///
    /// - A cell that starts on a square of another: the other is cut before it; where both start on
    ///   the same square, their texts are joined.
    /// - A cell that reaches over another, or out of the table: its span is cut.
    /// - Rows with fewer cells than the table has columns: the rest is blank.
    pub fn finish(mut self, diagnostics: &mut Diagnostics) -> Table {
        if self.seen.is_unordered {
            self.cells.sort_by_key(|cell| (cell.row, cell.col));
        }
        if self.outside > 0 {
            let message = format!(
                "{} cells stand beyond row {ROWS} or column {COLUMNS}; they were moved to the edge",
                self.outside
            );
            diagnostics.add(Code::TableOverlap, message, self.origin.clone());
        }
        let is_plain = !self.seen.has_merged && !self.seen.is_unordered;
        if !is_plain {
            self.join_doubles(diagnostics);
            self.part(diagnostics);
        }
        self.clip(diagnostics);
        self.tell_ragged_rows(diagnostics);
        if self.seen.has_plain_blank || !is_plain {
            self.cells.retain(|cell| !cell.is_plain_blank());
        }
        let rows = self.rows;
        self.row_settings
            .retain(|setting| setting.row < rows && !setting.says_nothing());
        self.row_settings.sort_by_key(|setting| setting.row);
        self.row_settings.dedup_by_key(|setting| setting.row);
        let width = u32::try_from(self.columns.len()).unwrap_or(COLUMNS);
        Table {
            cover: if is_plain {
                Cover::default()
            } else {
                Cover::new(&self.cells)
            },
            caption: self.caption,
            header_columns: self.header_columns.min(width),
            header_rows: self.header_rows.min(self.rows),
            name: self.name,
            origin: self.origin,
            rtl: self.rtl,
            cells: self.cells,
            columns: self.columns,
            row_settings: self.row_settings,
            rows: self.rows,
        }
    }

    fn place_of(&self, cell: &Cell) -> Option<Origin> {
        cell.origin.as_deref().or(self.origin.as_ref()).cloned()
    }

    /// Joins cells that start on the same square.
    fn join_doubles(&mut self, diagnostics: &mut Diagnostics) {
        let doubled = |pair: &[Cell]| (pair[0].row, pair[0].col) == (pair[1].row, pair[1].col);
        if !self.cells.windows(2).any(doubled) {
            return;
        }
        let mut joined: Vec<Cell> = Vec::with_capacity(self.cells.len());
        for cell in std::mem::take(&mut self.cells) {
            match joined.last_mut() {
                Some(last) if (last.row, last.col) == (cell.row, cell.col) => {
                    let origin = cell.origin.as_deref().or(self.origin.as_ref()).cloned();
                    let message = format!(
                        "two cells start at row {}, column {}; their contents were joined",
                        cell.row + 1,
                        cell.col + 1
                    );
                    diagnostics.add(Code::TableOverlap, message, origin);
                    join(last, cell);
                    last.simplify();
                }
                _ => joined.push(cell),
            }
        }
        self.cells = joined;
    }

    /// Cuts spans so that no two cells overlap: one pass over the cells, row by row, with the
    /// squares that are taken in the current row.
    fn part(&mut self, diagnostics: &mut Diagnostics) {
        let mut taken: BTreeMap<u32, Above> = BTreeMap::new();
        let mut ends: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
        for index in 0..self.cells.len() {
            let (row, col) = (self.cells[index].row, self.cells[index].col);
            while let Some(entry) = ends.first_entry()
                && *entry.key() <= row
            {
                for first_col in entry.remove() {
                    if taken
                        .get(&first_col)
                        .is_some_and(|above| above.end_row <= row)
                    {
                        taken.remove(&first_col);
                    }
                }
            }
            if let Some((&first_col, &above)) = taken.range(..=col).next_back()
                && above.end_col > col
            {
                let other = &mut self.cells[above.cell];
                if other.row == row {
                    other.col_span = col - other.col;
                    let shorter = Above {
                        end_col: col,
                        ..above
                    };
                    taken.insert(first_col, shorter);
                } else {
                    other.row_span = row - other.row;
                    taken.remove(&first_col);
                }
                self.tell_overlap(index, above.cell, diagnostics);
            }
            let wanted = col + self.cells[index].col_span;
            let next = taken.range(col + 1..wanted).next();
            if let Some((&next_col, &above)) = next {
                self.cells[index].col_span = next_col - col;
                self.tell_overlap(index, above.cell, diagnostics);
            }
            let cell = &self.cells[index];
            if !cell.is_merged() {
                continue;
            }
            let above = Above {
                end_col: cell.col + cell.col_span,
                end_row: row + cell.row_span,
                cell: index,
            };
            taken.insert(col, above);
            ends.entry(above.end_row).or_default().push(col);
        }
    }

    fn tell_overlap(&self, index: usize, other: usize, diagnostics: &mut Diagnostics) {
        let (cell, other) = (&self.cells[index], &self.cells[other]);
        let message = format!(
            "the cell at row {}, column {} and that at row {}, column {} overlap; a span was cut",
            cell.row + 1,
            cell.col + 1,
            other.row + 1,
            other.col + 1
        );
        diagnostics.add(Code::TableOverlap, message, self.place_of(cell));
    }

    /// Cuts spans at the edges of the table. Where columns were given, the table is as wide as they
    /// are, or as its last cell starts; else it is as wide as its cells reach.
    fn clip(&mut self, diagnostics: &mut Diagnostics) {
        let is_sized = !self.columns.is_empty() && !self.by_rows;
        let last = self.cells.iter().map(|cell| cell.col + 1);
        if !is_sized {
            let reach = self.cells.iter().map(|cell| cell.col + cell.col_span).max();
            self.widen(reach.unwrap_or_default());
        } else if self.seen.end_col as usize > self.columns.len() {
            self.widen(last.max().unwrap_or_default());
        }
        if !is_sized && !self.by_rows {
            let reach = self.cells.iter().map(|cell| cell.row + cell.row_span).max();
            self.rows = self.rows.max(reach.unwrap_or_default());
        }
        let (rows, columns) = (
            self.rows,
            u32::try_from(self.columns.len()).unwrap_or(COLUMNS),
        );
        if self.seen.end_row <= rows && self.seen.end_col <= columns {
            return;
        }
        for index in 0..self.cells.len() {
            let cell = &mut self.cells[index];
            let fits = cell.row + cell.row_span <= rows && cell.col + cell.col_span <= columns;
            if fits {
                continue;
            }
            let message = format!(
                "the cell at row {}, column {} spans {} rows and {} columns and leaves the table of {rows} rows and \
                 {columns} columns; the span was cut",
                cell.row + 1,
                cell.col + 1,
                cell.row_span,
                cell.col_span,
            );
            cell.row_span = cell.row_span.min(rows - cell.row);
            cell.col_span = cell.col_span.min(columns - cell.col);
            let origin = self.place_of(&self.cells[index]);
            diagnostics.add(Code::TableSpanClipped, message, origin);
        }
    }

    fn tell_ragged_rows(&self, diagnostics: &mut Diagnostics) {
        if !self.by_rows {
            return;
        }
        let mut change = vec![0_i64; self.rows as usize + 1];
        for cell in &self.cells {
            change[cell.row as usize] += i64::from(cell.col_span);
            change[(cell.row + cell.row_span) as usize] -= i64::from(cell.col_span);
        }
        let mut filled = 0;
        let mut short = Vec::new();
        for (row, change) in change[..self.rows as usize].iter().enumerate() {
            filled += change;
            if filled < self.columns.len() as i64 {
                short.push((row + 1, filled));
            }
        }
        if let Some((row, filled)) = short.first() {
            let message = format!(
                "{} of {} rows fill fewer than {} columns, the first of them row {row} with {filled}; the rest is blank",
                short.len(),
                self.rows,
                self.columns.len()
            );
            diagnostics.add(Code::TableRagged, message, self.origin.clone());
        }
    }
}

/// Joins the content of a second cell to that of the first, which keeps its span.
fn join(first: &mut Cell, second: Cell) {
    first.row_span = first.row_span.max(second.row_span);
    first.col_span = first.col_span.max(second.col_span);
    if second.is_blank() {
        return;
    }
    if first.is_blank() {
        first.value = second.value;
        first.content = second.content;
        first.format = second.format;
        first.formula = second.formula;
        return;
    }
    first.value = None;
    first.content = match (std::mem::take(&mut first.content), second.content) {
        (Content::Text(a), Content::Text(b)) => Content::Text(format!("{a}\n{b}").into()),
        (a, b) => {
            let mut blocks = a.to_blocks(crate::Marks::NONE);
            blocks.extend(b.to_blocks(crate::Marks::NONE));
            blocks.retain(|block| !block_text(block).is_empty());
            Content::Blocks(blocks)
        }
    };
}
