//! Tables whose blank squares stand where merged cells reach: a blank square beside or below a label
//! continues it, and a label that stands alone in its row takes the whole width.

use super::pipe::{Grid, Layout, Placed, is_number};

/// Tells where the cells reach.
pub(super) fn layout(grid: &Grid) -> Layout {
    let header_rows = grid.header_rows();
    let mut squares = Squares::new(grid);
    for row in 0..grid.rows.len() {
        if squares.stands_alone(row) {
            (1..grid.width()).for_each(|col| {
                squares.widen(row, col);
            });
        }
    }
    for row in 0..header_rows {
        for col in 0..grid.width() {
            if squares.is_blank(row, col) && !squares.continue_left(row, col) {
                squares.continue_above(row, col);
            }
        }
    }
    let labels = first_number(grid);
    for row in header_rows..grid.rows.len() {
        let Some(first) = (0..labels).find(|&col| !squares.is_blank(row, col)) else {
            continue;
        };
        if row > header_rows {
            (0..first).for_each(|col| squares.continue_above(row, col));
        }
        for col in first + 1..labels {
            if squares.is_blank(row, col) && squares.has_one_header(header_rows, col) {
                squares.widen(row, col);
            }
        }
    }
    Layout {
        cells: squares.cells,
        header_rows,
        header_columns: if header_rows > 0 { labels } else { 0 },
        untold: Vec::new(),
    }
}

/// The first column in which a number stands.
fn first_number(grid: &Grid) -> usize {
    let firsts = grid
        .rows
        .iter()
        .filter_map(|row| row.iter().position(|c| is_number(c)));
    firsts.min().unwrap_or_default()
}

struct Squares {
    cells: Vec<Placed>,
    /// Which cell covers each square, row by row.
    owners: Vec<Vec<Option<usize>>>,
}

impl Squares {
    fn new(grid: &Grid) -> Self {
        let cells = grid.as_written();
        let mut owners = vec![vec![None; grid.width()]; grid.rows.len()];
        for (index, cell) in cells.iter().enumerate() {
            owners[cell.row][cell.col] = Some(index);
        }
        Self { cells, owners }
    }

    fn is_blank(&self, row: usize, col: usize) -> bool {
        self.owners[row][col].is_none()
    }

    /// Whether a label at the left is all that a row holds.
    fn stands_alone(&self, row: usize) -> bool {
        let mut owners = self.owners[row].iter();
        let label = owners.next().copied().flatten();
        label.is_some_and(|label| !is_number(&self.cells[label].text))
            && owners.all(Option::is_none)
    }

    fn owner(&self, row: usize, col: usize) -> Option<usize> {
        self.owners[row][col]
    }

    /// Widens the label at the left over a blank square, where one label stands above both.
    fn continue_left(&mut self, row: usize, col: usize) -> bool {
        let Some(left) = col.checked_sub(1).and_then(|left| self.owner(row, left)) else {
            return false;
        };
        let above = |col: usize| row.checked_sub(1).and_then(|above| self.owner(above, col));
        let same_above = row == 0 || (above(col).is_some() && above(col) == above(col - 1));
        if self.cells[left].row != row || self.cells[left].row_span > 1 || !same_above {
            return false;
        }
        self.widen(row, col)
    }

    fn widen(&mut self, row: usize, col: usize) -> bool {
        let Some(left) = col.checked_sub(1).and_then(|left| self.owner(row, left)) else {
            return false;
        };
        if self.cells[left].row != row || self.cells[left].row_span > 1 {
            return false;
        }
        self.cells[left].col_span += 1;
        self.owners[row][col] = Some(left);
        true
    }

    /// Lets the label above reach down over a blank square and those beside it that it covers.
    fn continue_above(&mut self, row: usize, col: usize) {
        let Some(above) = row.checked_sub(1).and_then(|above| self.owner(above, col)) else {
            return;
        };
        let cell = &self.cells[above];
        let (first, end) = (cell.col, cell.col + cell.col_span);
        let free = (first..end).all(|col| self.is_blank(row, col));
        if free && cell.row + cell.row_span == row {
            self.owners[row][first..end].fill(Some(above));
            self.cells[above].row_span += 1;
        }
    }

    /// Whether no header of its own stands above a column: none, or one that began further left.
    fn has_one_header(&self, header_rows: usize, col: usize) -> bool {
        (0..header_rows).all(|row| match self.owner(row, col) {
            Some(owner) => self.cells[owner].col < col,
            None => true,
        })
    }
}
