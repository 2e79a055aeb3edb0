//! Rows whose cells were pushed together: the squares that merged cells cover stand blank at the end.
//!
//! Three things tell where the cells belong. Numbers stand in the last columns, as many in each row.
//! Labels that are numbered in the same way (`一、`, `（一）`, `1.`) stand in the same column, so that a row
//! that begins with `2.` continues the labels above that stand left of it. And the rows above the
//! numbers form a tree, each label above those that it covers (see [`header`](super::header)).

use super::header;
use super::numbering::Numbering;
use super::pipe::{Grid, Layout, Placed, is_number};

/// The share of rows that must hold the same count of numbers: four in five.
const SHARE: (usize, usize) = (4, 5);

/// Tells where the cells belong.
pub(super) fn layout(grid: &Grid, effort: &mut u64) -> Layout {
    let rows: Vec<&[String]> = grid.rows.iter().map(|row| filled(row)).collect();
    let width = grid.width();
    let numbers: Vec<usize> = rows.iter().map(|row| trailing_numbers(row)).collect();
    match usual(&numbers).filter(|&usual| usual <= width) {
        Some(usual) => by_columns(grid, &rows, &numbers, usual, effort),
        None => by_rows(grid, &rows, width),
    }
}

fn filled(row: &[String]) -> &[String] {
    let filled = row.iter().take_while(|cell| !cell.is_empty()).count();
    &row[..filled]
}

fn trailing_numbers(row: &[String]) -> usize {
    row.iter().rev().take_while(|cell| is_number(cell)).count()
}

/// How many numbers the rows with numbers hold, where nearly all hold the same count.
fn usual(numbers: &[usize]) -> Option<usize> {
    let with_numbers: Vec<usize> = numbers.iter().copied().filter(|&n| n > 0).collect();
    let most = *with_numbers.iter().max()?;
    let same = with_numbers.iter().filter(|&&n| n == most).count();
    (same * SHARE.1 >= with_numbers.len() * SHARE.0).then_some(most)
}

/// Every row on its own: one cell takes the whole width; where the squares behind the first cell can
/// be shared out evenly among the others, they are.
fn by_rows(grid: &Grid, rows: &[&[String]], width: usize) -> Layout {
    let mut layout = Layout::default();
    for (row, cells) in rows.iter().enumerate() {
        place_evenly(row, cells, width, &mut layout);
    }
    layout.header_rows = grid.header_rows();
    layout
}

/// One cell over the whole width; more share out the squares behind the first, if they can.
fn place_evenly(row: usize, cells: &[String], width: usize, layout: &mut Layout) {
    let others = cells.len().saturating_sub(1);
    if others == 0 || !(width - 1).is_multiple_of(others) {
        return place_in_order(row, cells, width, layout);
    }
    place(row, cells, 1, (width - 1) / others, layout);
}

/// One cell over the whole width; more each on one square, from the left, which is told.
fn place_in_order(row: usize, cells: &[String], width: usize, layout: &mut Layout) {
    let first = if cells.len() == 1 { width } else { 1 };
    if cells.len() > 1 && cells.len() < width {
        layout.untold.push(row + 1);
    }
    place(row, cells, first, 1, layout);
}

/// Cells one behind the other: the first over `first` columns, the others over `each`.
fn place(row: usize, cells: &[String], first: usize, each: usize, layout: &mut Layout) {
    let mut col = 0;
    for (index, text) in cells.iter().enumerate() {
        let col_span = if index == 0 { first } else { each };
        layout.cells.push(Placed {
            row,
            col,
            row_span: 1,
            col_span,
            text: text.clone(),
        });
        col += col_span;
    }
}

/// Rows that share their columns: labels at the left, `usual` numbers at the right.
fn by_columns(
    grid: &Grid,
    rows: &[&[String]],
    numbers: &[usize],
    usual: usize,
    effort: &mut u64,
) -> Layout {
    let width = grid.width();
    let labels = width - usual;
    let header_rows = grid.rows_before_numbers();
    let mut layout = Layout {
        header_rows,
        header_columns: labels,
        ..Layout::default()
    };
    match header::solve(&rows[..header_rows], labels, usual, effort) {
        Some(cells) => layout.cells = cells,
        None => {
            for (row, cells) in rows[..header_rows].iter().enumerate() {
                place_in_order(row, cells, width, &mut layout);
            }
        }
    }
    let mut columns = LabelColumns::new(labels);
    for row in header_rows..rows.len() {
        let cells = rows[row];
        let split = cells.len() - numbers[row];
        let (own_labels, own_numbers) = cells.split_at(split);
        if own_numbers.is_empty() || own_labels.len() > labels {
            columns.forget();
            place_evenly(row, cells, width, &mut layout);
            continue;
        }
        columns.place(row, own_labels, &mut layout);
        if own_numbers.len() < usual {
            layout.untold.push(row + 1);
        }
        for (index, text) in own_numbers.iter().enumerate() {
            layout.cells.push(Placed {
                row,
                col: labels + index,
                row_span: 1,
                col_span: 1,
                text: text.clone(),
            });
        }
    }
    layout
}

/// The columns of labels at the left, row after row.
struct LabelColumns {
    count: usize,
    /// The column of the latest label of each numbering.
    known: Vec<(Numbering, usize)>,
    /// Which placed cell covers each column in the row above.
    above: Vec<Option<usize>>,
}

impl LabelColumns {
    fn new(count: usize) -> Self {
        Self {
            count,
            known: Vec::new(),
            above: vec![None; count],
        }
    }

    /// No cell reaches down from the row above.
    fn forget(&mut self) {
        self.above.fill(None);
    }

    fn known(&self, numbering: Option<Numbering>) -> Option<usize> {
        let numbering = numbering?;
        let found = self.known.iter().find(|(known, _)| *known == numbering);
        found.map(|&(_, col)| col)
    }

    /// Places the labels of a row, and lets those above reach down beside them.
    fn place(&mut self, row: usize, labels: &[String], layout: &mut Layout) {
        let mut starts = self.starts(labels);
        let first = starts.first().copied().unwrap_or(self.count);
        if !self.reach_down(first, layout) {
            starts = (0..labels.len()).collect();
        }
        for (index, text) in labels.iter().enumerate() {
            let col = starts[index];
            let end = starts.get(index + 1).copied().unwrap_or(self.count);
            self.above[col..end].fill(Some(layout.cells.len()));
            if let Some(numbering) = Numbering::of(text) {
                self.known.retain(|(known, _)| *known != numbering);
                self.known.push((numbering, col));
            }
            layout.cells.push(Placed {
                row,
                col,
                row_span: 1,
                col_span: end - col,
                text: text.clone(),
            });
        }
    }

    /// The columns where the labels begin.
    fn starts(&self, labels: &[String]) -> Vec<usize> {
        let mut starts = Vec::new();
        let mut least = 0;
        for (index, text) in labels.iter().enumerate() {
            let most = self.count - (labels.len() - index);
            let known = self.known(Numbering::of(text)).unwrap_or(least);
            let col = known.clamp(least, most.max(least));
            starts.push(col);
            least = col + 1;
        }
        starts
    }

    /// Lets the cells above reach down over the first `end` columns; not if one of them covers more.
    fn reach_down(&self, end: usize, layout: &mut Layout) -> bool {
        let mut covering: Vec<usize> = Vec::new();
        for cell in &self.above[..end] {
            match cell {
                Some(cell) if layout.cells[*cell].col + layout.cells[*cell].col_span <= end => {
                    covering.push(*cell);
                }
                _ => return false,
            }
        }
        covering.dedup();
        for cell in covering {
            layout.cells[cell].row_span += 1;
        }
        true
    }
}
