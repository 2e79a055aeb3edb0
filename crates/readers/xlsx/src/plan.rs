//! The rows of a sheet, and what they say of where a table begins and ends.

use std::collections::BTreeSet;
use std::ops::Range;

use tabulary_ir::Cell;

use crate::place::Area;
use crate::row::{Row, has_label, is_label, is_words, reads_as_value};
use crate::sheet::Sheet;
use crate::used::is_filled;

/// Rows that are looked through for one that answers a question.
const NEAR: usize = 50;
/// More texts than stand in one line at a box.
const MOST_WORDS: u32 = 3;
/// More lines than any title has.
const MOST_TITLES: usize = 8;
/// Rows that are looked through for another label of a kind.
const FAR: usize = 1000;

/// The rows of a sheet that are in use.
pub(crate) struct Plan<'a> {
    pub(crate) sheet: &'a Sheet,
    pub(crate) rows: Vec<Row>,
    pub(crate) area: Area,
    /// Whether the tables of the sheet have borders, so that what has none stands outside of them.
    pub(crate) is_bordered: bool,
    /// Behind the last row with borders.
    pub(crate) boxes_end: usize,
    /// First rows of the tables of records that the workbook keeps, and their last rows.
    lists: (BTreeSet<u32>, BTreeSet<u32>),
}

impl<'a> Plan<'a> {
    pub(crate) fn new(sheet: &'a Sheet, area: Area) -> Self {
        let mut start = 0;
        let rows = sheet.cells.chunk_by(|a, b| a.row == b.row);
        let rows: Vec<Row> = rows
            .filter_map(|cells| {
                let row = Row::new(cells, start);
                start += cells.len();
                row
            })
            .collect();
        let several = rows.iter().filter(|row| row.filled > 1 || row.bordered > 1);
        let bordered = several.clone().filter(|row| row.bordered > 1).count();
        Self {
            is_bordered: bordered >= 2 && bordered * 5 >= several.count() * 3,
            boxes_end: rows
                .iter()
                .rposition(|row| row.bordered > 0)
                .map_or(0, |last| last + 1),
            lists: sheet
                .lists
                .iter()
                .map(|list| (list.area.row, list.area.last_row))
                .unzip(),
            sheet,
            rows,
            area,
        }
    }

    fn cells(&self, at: usize) -> &'a [Cell] {
        let cells = self.rows[at].cells.clone();
        self.sheet.cells.get(cells).unwrap_or_default()
    }

    pub(crate) fn filled(&self, at: usize) -> impl DoubleEndedIterator<Item = &'a Cell> {
        self.cells(at).iter().filter(|cell| is_filled(cell))
    }

    /// Whether no blank row stands between a row and the one above it.
    pub(crate) fn touches(&self, at: usize) -> bool {
        at > 0 && self.rows[at].row <= self.rows[at - 1].end
    }

    /// Whether a row may stand outside of a table: a text alone, or labels and what they ask for.
    pub(crate) fn could_be_line(&self, at: usize) -> bool {
        let row = &self.rows[at];
        let is_over_next = self.rows.get(at + 1).is_some_and(|next| next.row < row.end);
        // What is hidden stays in a table, which says so; a line cannot.
        if self.is_hidden(at) {
            return false;
        }
        !is_over_next && (row.is_lone() || self.is_labelled(at)) && !self.is_among_answers(at)
    }

    /// Whether the sheet hides a row, or a column in which it holds something.
    fn is_hidden(&self, at: usize) -> bool {
        let row = self.rows[at].row;
        let is_hidden = |cell: &Cell| {
            let column = self.sheet.columns.get(&cell.col);
            column.is_some_and(|column| column.hidden)
        };
        self.sheet.rows.get(&row).is_some_and(|row| row.hidden) || self.filled(at).any(is_hidden)
    }

    /// Whether all that a row holds is labels with a colon and what they ask for.
    pub(crate) fn is_labelled(&self, at: usize) -> bool {
        let mut is_asked = false;
        self.rows[at].filled > 0
            && self.filled(at).all(|cell| {
                let is_answer = std::mem::replace(&mut is_asked, is_label(cell));
                is_answer || is_words(cell) && has_label(cell)
            })
    }

    /// Whether a row is one label with its answer in the next cell, or several such pairs.
    fn is_answers(&self, at: usize) -> bool {
        let row = &self.rows[at];
        row.filled > 1
            && row.filled.is_multiple_of(2)
            && self
                .filled(at)
                .enumerate()
                .all(|(index, cell)| (index % 2 == 0) == is_label(cell))
    }

    /// Whether a row is one of several pairs of label and answer below one another: a table of them.
    pub(crate) fn is_among_answers(&self, at: usize) -> bool {
        let asks = |at: usize| self.rows[at].filled == 1 && self.filled(at).all(is_label);
        let beside = [
            at.checked_sub(1).filter(|_| self.touches(at)),
            Some(at + 1).filter(|next| *next < self.rows.len() && self.touches(*next)),
        ];
        let mut beside = beside.into_iter().flatten();
        if self.is_answers(at) {
            beside.any(|other| self.is_answers(other) || asks(other))
        } else {
            asks(at) && beside.any(|other| self.is_answers(other))
        }
    }

    /// Whether a row of a few texts takes less than half of the box that it stands at.
    pub(crate) fn is_sparse(&self, at: usize, mut within: Range<usize>) -> bool {
        let row = &self.rows[at];
        let is_short = (1..=MOST_WORDS).contains(&row.filled) && row.covered == row.filled;
        row.is_words && is_short && {
            let boxed = within
                .by_ref()
                .take(NEAR)
                .find(|other| self.rows[*other].bordered > 0);
            let boxed = boxed.map(|other| &self.rows[other]);
            boxed.is_some_and(|boxed| row.filled * 2 < boxed.end_col - boxed.col)
        }
    }

    /// Whether a row with borders is a title over the rows below it.
    pub(crate) fn is_boxed_title(&self, at: usize, end: usize) -> bool {
        let mut below = (at + 1..end).take(MOST_TITLES);
        self.rows[at].is_lone()
            && (!self.touches(at + 1) || below.any(|next| !self.rows[next].is_lone()))
            && self.reaches_over(at, end)
    }

    /// Whether the only cell of a row reaches over all columns of the rows below it, up to the next
    /// blank row.
    fn reaches_over(&self, at: usize, end: usize) -> bool {
        let row = &self.rows[at];
        let below = (at + 1..end).take_while(|next| self.touches(*next));
        let mut below = below.map(|next| &self.rows[next]);
        row.end_col - row.col > 1
            && below.all(|next| row.col <= next.col && next.end_col <= row.end_col)
    }

    /// Whether a lone text right above rows of a table is a label within it, since another of its kind
    /// follows further down.
    pub(crate) fn is_label_of_part(&self, at: usize, end: usize) -> bool {
        let row = &self.rows[at];
        let is_above_rows = row.is_lone()
            && at + 1 < end
            && self.touches(at + 1)
            && !self.rows[at + 1].is_lone()
            && !self.names_columns(at + 1);
        let style = |at: usize| {
            self.filled(at)
                .next()
                .and_then(|cell| cell.style.as_deref())
        };
        is_above_rows
            && (at + 2..end.saturating_sub(1)).take(FAR).any(|other| {
                let like = &self.rows[other];
                like.is_lone()
                    && (like.col, like.end_col) == (row.col, row.end_col)
                    && !self.rows[other + 1].is_lone()
                    && style(other) == style(at)
            })
    }

    /// Whether a lone line has the header of a table right below it, or other lines and then one.
    pub(crate) fn starts_table(&self, at: usize) -> bool {
        let lines = (at..self.rows.len()).take(4);
        let lines = lines.take_while(|line| self.rows[*line].is_lone()).count();
        at + lines < self.rows.len() && self.names_columns(at + lines)
    }

    /// Whether a row names the columns of the rows below it: words above values, or set apart.
    pub(crate) fn names_columns(&self, at: usize) -> bool {
        let row = &self.rows[at];
        let below = (at + 1..self.rows.len()).take(3);
        let below: Vec<usize> = below.take_while(|next| self.touches(*next)).collect();
        let Some(next) = below.first().map(|next| &self.rows[*next]) else {
            return false;
        };
        if row.filled < 2 || !row.is_words || next.filled < 2 {
            return false;
        }
        let heads_values = |head: &Cell| {
            let mut cells = below
                .iter()
                .map(|at| self.cell_at(*at, head.col))
                .peekable();
            let starts_below = cells.peek().is_some_and(Option::is_some);
            !reads_as_value(head) && starts_below && cells.flatten().all(reads_as_value)
        };
        self.starts_list(at)
            || row.look.stands_out_from(next.look)
            || self.filled(at).any(heads_values)
    }

    fn cell_at(&self, at: usize, col: u32) -> Option<&'a Cell> {
        let cells = self.cells(at);
        let index = cells.binary_search_by_key(&col, |cell| cell.col).ok()?;
        cells.get(index).filter(|cell| is_filled(cell))
    }

    /// Whether a row is set apart in the way of the header of the region that starts at row `first`.
    pub(crate) fn starts_with_look_of(&self, first: usize, at: usize) -> bool {
        let stands_out = |at: usize| {
            let rows = self.rows.get(at).zip(self.rows.get(at + 1));
            rows.is_some_and(|(row, next)| row.filled > 1 && row.look.stands_out_from(next.look))
        };
        let header = (first..at)
            .take(NEAR)
            .find(|row| self.rows[*row].filled > 1);
        let header = header.filter(|header| stands_out(*header) && stands_out(at));
        header.is_some_and(|header| self.rows[header].look == self.rows[at].look)
    }

    /// Whether the workbook keeps what begins at a row as a table of records.
    pub(crate) fn starts_list(&self, at: usize) -> bool {
        self.lists.0.contains(&self.rows[at].row)
    }

    /// Whether the row above one is the last of a table of records.
    pub(crate) fn follows_list(&self, at: usize) -> bool {
        at > 0 && self.lists.1.contains(&self.rows[at - 1].row)
    }
}
