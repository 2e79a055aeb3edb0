//! A table as it is found on a page: edges of columns and rows, and the cells between them.

use tabulary_ir::FoundBy;

use crate::{Rect, word::Word};

/// A table on a page.
#[derive(Clone, Debug)]
pub(crate) struct Grid {
    pub(crate) bbox: Rect,
    /// The edges of its columns, from left to right: one more than columns.
    pub(crate) xs: Vec<f32>,
    /// The edges of its rows, from the top down: one more than rows.
    pub(crate) ys: Vec<f32>,
    pub(crate) cells: Vec<GridCell>,
    /// What told of it.
    pub(crate) by: FoundBy,
    /// How much of what tells of it agrees, from 0 to 1.
    pub(crate) sure: f32,
    /// How many rows at the top are the header, where that is known.
    pub(crate) header_rows: usize,
    /// Whether lines are drawn around its cells, or its maker names them, so that blank rows and columns belong to it.
    pub(crate) is_drawn: bool,
    /// The table of the structure that it is, and the row of that which is its first.
    pub(crate) tag: Option<(usize, usize)>,
    /// Whether its first column is the rightmost one. Columns of grids count from the left all the same.
    pub(crate) rtl: bool,
}

/// A cell of a [`Grid`].
#[derive(Clone, Debug, Default)]
pub(crate) struct GridCell {
    pub(crate) row: usize,
    pub(crate) col: usize,
    pub(crate) row_span: usize,
    pub(crate) col_span: usize,
    pub(crate) words: Vec<Word>,
    /// The cell of the table of the structure that it is.
    pub(crate) tag: Option<usize>,
    /// The tables that stand in it.
    pub(crate) nested: Vec<Grid>,
}

impl Grid {
    pub(crate) fn columns(&self) -> usize {
        self.xs.len().saturating_sub(1)
    }

    pub(crate) fn rows(&self) -> usize {
        self.ys.len().saturating_sub(1)
    }

    /// The box of a cell.
    pub(crate) fn cell_box(&self, cell: &GridCell) -> Rect {
        Rect::new(
            self.xs[cell.col],
            self.ys[cell.row],
            self.xs[cell.col + cell.col_span],
            self.ys[cell.row + cell.row_span],
        )
    }

    /// The number of the cell on each square, row by row.
    pub(crate) fn cover(&self) -> Vec<usize> {
        let width = self.columns();
        let mut cover = vec![usize::MAX; width * self.rows()];
        for (number, cell) in self.cells.iter().enumerate() {
            for row in cell.row..cell.row + cell.row_span {
                for col in cell.col..cell.col + cell.col_span {
                    cover[row * width + col] = number;
                }
            }
        }
        cover
    }

    /// Takes out rows and columns without text at its edges.
    pub(crate) fn remove_blank_edges(&mut self) {
        while self.rows() > 1 && self.row_is_blank(0) {
            self.drop_row(0);
        }
        while self.rows() > 1 && self.row_is_blank(self.rows() - 1) {
            self.drop_row(self.rows() - 1);
        }
        while self.columns() > 1 && self.column_is_blank(0) {
            self.drop_column(0);
        }
        while self.columns() > 1 && self.column_is_blank(self.columns() - 1) {
            self.drop_column(self.columns() - 1);
        }
    }

    fn row_is_blank(&self, row: usize) -> bool {
        self.cells
            .iter()
            .all(|cell| cell.words.is_empty() || cell.row > row || cell.row + cell.row_span <= row)
    }

    fn column_is_blank(&self, col: usize) -> bool {
        self.cells
            .iter()
            .all(|cell| cell.words.is_empty() || cell.col > col || cell.col + cell.col_span <= col)
    }

    /// Takes a row out; cells that lie in it alone go with it.
    pub(crate) fn drop_row(&mut self, row: usize) {
        self.cells.retain_mut(|cell| {
            if (cell.row..cell.row + cell.row_span).contains(&row) {
                cell.row_span -= 1;
            } else if cell.row > row {
                cell.row -= 1;
            }
            cell.row_span > 0
        });
        let edge = if row == 0 { 0 } else { row + 1 };
        self.ys.remove(edge.min(self.ys.len() - 1));
        self.fit();
    }

    /// Takes a column out; cells that lie in it alone go with it.
    pub(crate) fn drop_column(&mut self, col: usize) {
        self.cells.retain_mut(|cell| {
            if (cell.col..cell.col + cell.col_span).contains(&col) {
                cell.col_span -= 1;
            } else if cell.col > col {
                cell.col -= 1;
            }
            cell.col_span > 0
        });
        let edge = if col == 0 { 0 } else { col + 1 };
        self.xs.remove(edge.min(self.xs.len() - 1));
        self.fit();
    }

    fn fit(&mut self) {
        if let ([x0, .., x1], [y0, .., y1]) = (self.xs.as_slice(), self.ys.as_slice()) {
            self.bbox = Rect::new(*x0, *y0, *x1, *y1);
        }
    }

    /// Puts every word into the cell that its middle lies in, and gives back those that lie in none.
    pub(crate) fn fill(&mut self, words: Vec<Word>) -> Vec<Word> {
        let cover = self.cover();
        let width = self.columns();
        let mut rest = Vec::new();
        for word in words {
            let (x, y) = (word.bbox.center_x(), word.middle());
            let col = band(&self.xs, x);
            let row = band(&self.ys, y);
            let cell = match (row, col) {
                (Some(row), Some(col)) => cover[row * width + col],
                _ => usize::MAX,
            };
            match self.cells.get_mut(cell) {
                Some(cell) => cell.words.push(word),
                None => rest.push(word),
            }
        }
        rest
    }
}

/// The column of a cell where so many columns count from the other side.
pub(crate) fn mirrored(columns: usize, col: usize, col_span: usize) -> usize {
    columns - col - col_span
}

/// Which band between two edges a place lies in.
pub(crate) fn band(edges: &[f32], at: f32) -> Option<usize> {
    let behind = edges.partition_point(|edge| *edge <= at);
    (behind > 0 && behind < edges.len()).then(|| behind - 1)
}
