//! Cutting a sheet that a person or another program made into tables and the lines around them.
//!
//! A sheet is rarely one table: titles stand above it, signatures and notes below it, and a second
//! table may follow. First the rows are cut into regions, each with one table at most, then lines are
//! taken off both ends of each. Where nothing speaks for a cut, there is none: one table in two pieces
//! is worse than two tables in one.

use std::ops::Range;
use std::sync::Arc;

use tabulary_ir::CellStyle;

use crate::header::{Headers, headers};
use crate::place::Area;
use crate::plan::Plan;
use crate::row::{is_sentence, length};
use crate::sheet::Sheet;
use crate::unit::unit_note;
use crate::used::used;

/// Texts of one column that are longer than this on average are prose.
const PROSE: usize = 30;
/// Fewer lines below one another, beside tables, are no list.
const SHORTEST_LIST: usize = 4;
/// Lines between two boxes that are looked through.
const MOST_LINES: usize = 50;

/// A piece of a sheet.
#[derive(Clone, Debug)]
pub(crate) enum Piece {
    Line(Line),
    Table(Area, Headers),
}

/// Rows of a sheet that are no part of a table.
#[derive(Clone, Debug)]
pub(crate) struct Line {
    pub(crate) first_row: u32,
    pub(crate) last_row: u32,
    /// Whether it is one text.
    pub(crate) is_lone: bool,
    /// Whether it is set apart from usual text by its look or place, and no sentence.
    pub(crate) stands_out: bool,
    /// Whether its characters are larger or darker than usual.
    pub(crate) is_strong: bool,
    /// How its first filled cell is set.
    pub(crate) style: Option<Arc<CellStyle>>,
    /// The cell that says the unit of the table right below.
    pub(crate) unit: Option<(u32, u32)>,
}

/// The pieces of a sheet from the top.
pub(crate) fn pieces(sheet: &Sheet, area: Area) -> Vec<Piece> {
    let plan = Plan::new(sheet, area);
    let mut pieces = Vec::new();
    let mut first = 0;
    while first < plan.rows.len() {
        let end = plan.region_end(first);
        plan.cut(first..end, &mut pieces);
        first = end;
    }
    pieces
}

impl Plan<'_> {
    /// The row behind the region that begins at row `first`.
    fn region_end(&self, first: usize) -> usize {
        let mut has_table = !self.could_be_line(first);
        let mut reach = self.rows[first].end;
        for at in first + 1..self.rows.len() {
            let row = &self.rows[at];
            if has_table && row.row >= reach && self.starts_anew(first, at, row.row - reach) {
                return at;
            }
            has_table = has_table || !self.could_be_line(at);
            reach = reach.max(row.end);
        }
        self.rows.len()
    }

    /// Whether row `at`, below `gap` blank rows, starts another region than that of row `first`.
    fn starts_anew(&self, first: usize, at: usize, gap: u32) -> bool {
        let row = &self.rows[at];
        let begins_answers = || self.is_among_answers(at) && !self.is_among_answers(at - 1);
        if gap > 0 && (self.starts_list(at) || self.follows_list(at) || begins_answers()) {
            return true;
        }
        let ends_answers = || self.is_among_answers(at - 1) && !self.is_among_answers(at);
        if gap > 0 && self.names_columns(at) && ends_answers() {
            return true;
        }
        if self.is_bordered && row.bordered == 0 {
            return self.leaves_box(at, gap);
        }
        if row.is_lone() {
            return self.starts_table(at) && (gap > 0 || self.starts_with_look_of(first, at + 1));
        }
        if gap == 0 {
            return false;
        }
        let above = &self.rows[first..at];
        if self.is_bordered {
            return above.iter().all(|above| above.bordered == 0) || self.names_columns(at);
        }
        let columns = (row.col, row.end_col);
        let is_elsewhere = || {
            above
                .iter()
                .all(|above| (above.col, above.end_col) != columns)
        };
        self.names_columns(at) && (gap > 1 || is_elsewhere() || self.starts_with_look_of(first, at))
    }

    /// Whether a row without borders below a table leads to another, among tables with borders.
    fn leaves_box(&self, at: usize, gap: u32) -> bool {
        if at >= self.boxes_end {
            let next = self.rows.get(at + 1);
            let next = next.filter(|next| next.row <= self.rows[at].end && next.filled > 1);
            let is_table = self.rows[at].filled > 1 && next.is_some() && !self.could_be_line(at);
            return gap > 0 && (is_table || self.rows[at].is_lone() && self.starts_table(at));
        }
        let lines = (at..self.boxes_end)
            .take(MOST_LINES)
            .take_while(|line| self.rows[*line].bordered == 0 && self.could_be_line(*line));
        let next = at + lines.count();
        let leads_to_box = next > at && self.rows.get(next).is_some_and(|row| row.bordered > 0);
        leads_to_box && (gap > 0 || !self.touches(next) || self.names_columns(next))
    }

    /// Cuts a region into the lines above its table, the table, and the lines below.
    fn cut(&self, region: Range<usize>, pieces: &mut Vec<Piece>) {
        let is_boxed =
            self.is_bordered && self.rows[region.clone()].iter().any(|row| row.bordered > 0);
        let top = self.table_start(region.clone(), is_boxed);
        let bottom = self.table_end(top..region.end, is_boxed);
        let lines =
            |rows: Range<usize>| rows.map(|at| self.line(at, at + 1 == top && top < bottom));
        pieces.extend(lines(region.start..top).map(Piece::Line));
        if let Some(area) = self.table_area(top..bottom) {
            pieces.push(Piece::Table(area, headers(self.sheet, area)));
        }
        pieces.extend(lines(bottom..region.end).map(Piece::Line));
    }

    /// The first row of the table of a region; the end of the region where it has none.
    fn table_start(&self, region: Range<usize>, is_boxed: bool) -> usize {
        if self.is_list(region.clone()) {
            return region.start;
        }
        let is_above = |at: &usize| self.is_above_table(*at, region.clone(), is_boxed);
        region.start + region.clone().take_while(is_above).count()
    }

    /// Whether a row where all above are lines is a line.
    fn is_above_table(&self, at: usize, region: Range<usize>, is_boxed: bool) -> bool {
        let row = &self.rows[at];
        if at + 1 == region.end {
            return self.could_be_line(at) && (row.bordered == 0 || !self.is_bordered);
        }
        if is_boxed && row.bordered == 0 && self.is_sparse(at, at..region.end) {
            return true;
        }
        if !self.could_be_line(at) || self.is_label_of_part(at, region.end) {
            return false;
        }
        if is_boxed {
            return row.bordered == 0 || self.is_boxed_title(at, region.end);
        }
        if !row.is_lone() {
            return !self.touches(at + 1)
                || self.could_be_line(at + 1)
                || self.rows[at + 1].is_words;
        }
        let first_col = self.rows[region.clone()].iter().map(|row| row.col).min();
        first_col == Some(row.col)
            || row.is_spread
            || row.is_strong()
            || !self.touches(at + 1)
            || self.starts_table(at)
    }

    /// The row behind the table of a region whose table starts with the first row of a range.
    fn table_end(&self, rows: Range<usize>, is_boxed: bool) -> usize {
        let is_below = |at: &usize| {
            let row = &self.rows[*at];
            let is_line = self.could_be_line(*at);
            if is_boxed {
                let is_sparse = || self.is_sparse(*at, rows.start..*at);
                row.bordered == 0 && (is_line || is_sparse())
            } else {
                is_line
            }
        };
        let inner = (rows.start + 1).min(rows.end)..rows.end;
        let below = inner.rev().take_while(is_below).count();
        let mut below = rows.end - below..rows.end;
        below
            .find(|at| is_boxed || self.is_apart_below(*at))
            .unwrap_or(rows.end)
    }

    /// Whether a line at the end of a table without borders is no part of it.
    fn is_apart_below(&self, at: usize) -> bool {
        let row = &self.rows[at];
        let is_over_all = row.end_col - row.col > 1 && row.col == self.area.col;
        !self.touches(at)
            || row.is_lone() && (is_over_all || self.filled(at).any(is_sentence))
            || self.is_labelled(at)
    }

    /// Whether the rows of a region stand in one column, and are a list rather than prose.
    fn is_list(&self, region: Range<usize>) -> bool {
        let rows = &self.rows[region.clone()];
        let col = rows[0].col;
        if rows
            .iter()
            .any(|row| (row.col, row.end_col) != (col, col + 1))
        {
            return false;
        }
        let has_values = rows.iter().any(|row| !row.is_words);
        let is_alone = self.area.width() == 1;
        let is_closed = region.clone().skip(1).all(|at| self.touches(at));
        let is_long = rows.len() >= SHORTEST_LIST && is_closed;
        let characters = || -> usize { region.flat_map(|at| self.filled(at).map(length)).sum() };
        has_values || (is_alone || is_long) && characters() <= PROSE * rows.len()
    }

    /// The range of a table.
    fn table_area(&self, rows: Range<usize>) -> Option<Area> {
        let rows = self.rows.get(rows)?;
        // What only blank merged cells say is nothing.
        rows.iter().find(|row| row.filled > 0 || row.bordered > 0)?;
        let last_row = rows.iter().map(|row| row.end - 1).max()?;
        used(self.sheet, rows.first()?.row, last_row)
    }

    fn line(&self, at: usize, is_right_above: bool) -> Line {
        let row = &self.rows[at];
        let first = self.filled(at).next();
        let middle = self.area.col + self.area.width() / 2;
        Line {
            first_row: row.row,
            last_row: row.end - 1,
            is_lone: row.is_lone(),
            stands_out: row.stands_out() && !first.is_some_and(is_sentence),
            is_strong: row.is_strong(),
            style: first.and_then(|cell| cell.style.clone()),
            unit: self
                .filled(at)
                .last()
                .filter(|cell| is_right_above && unit_note(cell, cell.col + cell.col_span > middle))
                .map(|cell| (cell.row, cell.col)),
        }
    }
}

#[cfg(test)]
mod tests;
