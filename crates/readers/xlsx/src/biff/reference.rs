//! References to cells in the text of formulas.

use crate::place::letters;

/// One end of a reference, from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) row: u32,
    pub(super) col: u32,
    /// Whether it moves with its cell: written without a dollar sign.
    pub(super) row_moves: bool,
    pub(super) col_moves: bool,
}

/// The last row and column of a sheet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Edge {
    pub(super) row: u32,
    pub(super) col: u32,
}

impl Place {
    /// The place as an offset from a cell, where it moves; it comes in again at the other side.
    pub(super) fn from(self, base: (u32, u32), edge: Edge) -> Self {
        let add = |moves: bool, offset: u32, from: u32, last: u32| {
            // Both edges are one less than a power of two.
            if moves {
                from.wrapping_add(offset) & last
            } else {
                offset
            }
        };
        Self {
            row: add(self.row_moves, self.row, base.0, edge.row),
            col: add(self.col_moves, self.col, base.1, edge.col),
            ..self
        }
    }

    fn column(&self) -> String {
        let fixed = if self.col_moves { "" } else { "$" };
        format!("{fixed}{}", letters(self.col))
    }

    fn line(&self) -> String {
        let fixed = if self.row_moves { "" } else { "$" };
        format!("{fixed}{}", u64::from(self.row) + 1)
    }

    /// The reference to one cell.
    pub(super) fn text(&self) -> String {
        self.column() + &self.line()
    }
}

/// The reference to a range: of whole columns or rows where it reaches from edge to edge.
pub(super) fn range(first: Place, last: Place, edge: Edge) -> String {
    if (first.row, last.row) == (0, edge.row) {
        return format!("{}:{}", first.column(), last.column());
    }
    if (first.col, last.col) == (0, edge.col) {
        return format!("{}:{}", first.line(), last.line());
    }
    format!("{}:{}", first.text(), last.text())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_written_as_a_person_types_them() {
        let edge = Edge {
            row: 0xFFFF,
            col: 0xFF,
        };
        let place = |row, col, moves| Place {
            row,
            col,
            row_moves: moves,
            col_moves: moves,
        };
        assert_eq!(place(0, 27, true).text(), "AB1");
        assert_eq!(
            range(place(0, 0, false), place(1, 1, false), edge),
            "$A$1:$B$2"
        );
        assert_eq!(
            range(place(0, 0, true), place(0xFFFF, 1, true), edge),
            "A:B"
        );
        assert_eq!(
            range(place(2, 0, false), place(4, 0xFF, false), edge),
            "$3:$5"
        );
        let above = place(0xFFFF, 0xFE, true).from((5, 5), edge);
        assert_eq!(above.text(), "D5");
    }
}
