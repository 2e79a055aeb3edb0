//! Which cell reaches down over a square.

use crate::Cell;

/// An index of the cells that take several rows: a segment tree over the rows where such cells start
/// and end. Each node lists, by their first column, the cells that cover all of its rows and not all
/// rows of the node above it. Building it costs O(n log n), a look-up O(log² n).
#[derive(Clone, Debug, Default)]
pub(super) struct Cover {
    /// The rows at which something starts or ends, rising.
    bounds: Vec<u32>,
    /// The nodes; the children of node `i` are `2i + 1` and `2i + 2`.
    nodes: Vec<Vec<Reach>>,
}

#[derive(Clone, Copy, Debug)]
struct Reach {
    first_col: u32,
    end_col: u32,
    cell: usize,
}

impl Cover {
    /// The index of these cells, which must not overlap.
    pub(super) fn new(cells: &[Cell]) -> Self {
        let tall = || {
            cells
                .iter()
                .enumerate()
                .filter(|(_, cell)| cell.row_span > 1)
        };
        let mut bounds: Vec<u32> = tall()
            .flat_map(|(_, cell)| [cell.row, cell.row + cell.row_span])
            .collect();
        bounds.sort_unstable();
        bounds.dedup();
        if bounds.is_empty() {
            return Self::default();
        }
        let nodes = vec![Vec::new(); 4 * bounds.len()];
        let mut cover = Self { bounds, nodes };
        for (index, cell) in tall() {
            let reach = Reach {
                first_col: cell.col,
                end_col: cell.col + cell.col_span,
                cell: index,
            };
            let rows = (cell.row, cell.row + cell.row_span);
            let whole = (0, cover.bounds.len() - 1);
            cover.insert(0, whole, rows, reach);
        }
        for node in &mut cover.nodes {
            node.sort_unstable_by_key(|reach| reach.first_col);
        }
        cover
    }

    fn insert(&mut self, node: usize, span: (usize, usize), rows: (u32, u32), reach: Reach) {
        let (low, high) = span;
        if rows.1 <= self.bounds[low] || self.bounds[high] <= rows.0 {
            return;
        }
        if rows.0 <= self.bounds[low] && self.bounds[high] <= rows.1 {
            self.nodes[node].push(reach);
            return;
        }
        let middle = usize::midpoint(low, high);
        self.insert(2 * node + 1, (low, middle), rows, reach);
        self.insert(2 * node + 2, (middle, high), rows, reach);
    }

    /// The index of the cell of several rows that covers a square.
    pub(super) fn find(&self, row: u32, col: u32) -> Option<usize> {
        let (&first, &last) = (self.bounds.first()?, self.bounds.last()?);
        if row < first || row >= last {
            return None;
        }
        let (mut node, mut low, mut high) = (0, 0, self.bounds.len() - 1);
        loop {
            let reaches = &self.nodes[node];
            let behind = reaches.partition_point(|reach| reach.first_col <= col);
            if let Some(reach) = behind.checked_sub(1).map(|i| reaches[i])
                && col < reach.end_col
            {
                return Some(reach.cell);
            }
            if high - low <= 1 {
                return None;
            }
            let middle = usize::midpoint(low, high);
            if row < self.bounds[middle] {
                (node, high) = (2 * node + 1, middle);
            } else {
                (node, low) = (2 * node + 2, middle);
            }
        }
    }
}
