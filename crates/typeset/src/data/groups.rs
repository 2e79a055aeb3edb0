//! The columns of a table that is wider than any page, in groups that stand below one another. Columns that head the
//! rows stand in each.

use std::ops::Range;

use tabulary_ir::{Cell, Table};

use super::fit::Needs;

/// Columns that head the rows take no more than this share of the room.
const MOST_HEADS: f64 = 0.5;

/// Some columns of a table.
pub(super) struct Group {
    /// Widths in points.
    pub(super) widths: Vec<f64>,
    /// How many columns at the start stand in each group.
    heads: u32,
    /// The other columns, from the first to behind the last; empty for all of the table.
    columns: Range<u32>,
    pub(super) is_first: bool,
}

impl Group {
    /// All columns of a table.
    pub(super) fn whole(widths: Vec<f64>) -> Self {
        Self {
            heads: 0,
            columns: 0..u32::try_from(widths.len()).unwrap_or(u32::MAX),
            widths,
            is_first: true,
        }
    }

    /// How many columns stand in it for the first time.
    pub(super) fn own_columns(&self) -> usize {
        let heads = if self.is_first { self.heads } else { 0 };
        self.columns.len() + heads as usize
    }

    /// How wide the columns of the group are that a cell takes, in points.
    pub(super) fn width(&self, col: u32, col_span: u32) -> f64 {
        let [heads, columns] = self.parts(col, col_span);
        let behind = self.heads + columns.start - self.columns.start;
        let columns = behind..behind + (columns.end - columns.start);
        [heads, columns]
            .into_iter()
            .flat_map(|part| &self.widths[part.start as usize..part.end as usize])
            .sum()
    }

    /// Which of the heads and of the columns of the group a cell takes.
    fn parts(&self, col: u32, col_span: u32) -> [Range<u32>; 2] {
        [0..self.heads, self.columns.clone()].map(|range| {
            let start = col.clamp(range.start, range.end);
            start..(col + col_span).clamp(start, range.end)
        })
    }

    /// How many columns of the group a cell takes, and whether it begins in one of them. Heads and the columns of
    /// the group stand side by side, so that a cell that reaches over both is one cell here too.
    pub(super) fn share(&self, col: u32, col_span: u32) -> Option<(u32, bool)> {
        let parts = self.parts(col, col_span);
        let width: u32 = parts.iter().map(|part| part.end - part.start).sum();
        let begins = parts.iter().any(|part| part.contains(&col));
        (width > 0).then_some((width, begins))
    }
}

/// Groups of columns, each as wide as fits in type of that size. Cells are not cut where that can be avoided: no cell
/// of the body, and no cell of the header rows that has room in a group of its own.
pub(super) fn groups(table: &Table, needs: &Needs, available: f64, size: f64) -> Vec<Group> {
    let half = size / 2.0;
    let count = u32::try_from(needs.least.len()).unwrap_or(u32::MAX);
    let wide = |columns: Range<u32>| {
        needs.least[columns.start as usize..columns.end as usize]
            .iter()
            .sum::<f64>()
            * half
    };
    let heads = heads(table);
    let heads = if wide(0..heads) <= available * MOST_HEADS {
        heads
    } else {
        0
    };
    let room = available - wide(0..heads);
    let body = cuts(table, |cell| cell.row >= table.header_rows);
    let all = cuts(table, |cell| {
        cell.row >= table.header_rows || wide(cell.col..cell.col + cell.col_span) <= room
    });
    let mut groups = Vec::new();
    let mut start = heads;
    while start < count {
        let mut end = start + 1;
        while end < count && wide(start..end + 1) <= room {
            end += 1;
        }
        if end < count {
            let last = |cuts: &[bool]| (start + 1..=end).rev().find(|&cut| cuts[cut as usize]);
            end = last(&all).or_else(|| last(&body)).unwrap_or(end);
        }
        let own = (0..heads).chain(start..end).map(|at| at as usize);
        let own = needs.columns(own);
        let widths = own.widths(available, size).unwrap_or_else(|| {
            // One column that is wider than the page, with what heads its rows.
            let total: f64 = own.least.iter().sum();
            own.least
                .iter()
                .map(|least| least / total * available)
                .collect()
        });
        groups.push(Group {
            widths,
            heads,
            columns: start..end,
            is_first: groups.is_empty(),
        });
        start = end;
    }
    groups
}

/// How many columns head the rows: those that are marked, else a first one of texts.
fn heads(table: &Table) -> u32 {
    if table.header_columns > 0 || table.columns().len() < 2 {
        return table.header_columns;
    }
    let body = || {
        table
            .cells()
            .iter()
            .filter(|cell| cell.col == 0 && cell.row >= table.header_rows)
    };
    let of_text = body().all(|cell| cell.value.is_none() && cell.col_span == 1);
    u32::from(of_text && body().any(|cell| !cell.plain_text().is_empty()))
}

/// Before which columns none of some cells is cut.
fn cuts(table: &Table, is_kept: impl Fn(&Cell) -> bool) -> Vec<bool> {
    let mut cuts = vec![true; table.columns().len() + 1];
    for cell in table.cells().iter().filter(|cell| is_kept(cell)) {
        let inside = cell.col as usize + 1..(cell.col + cell.col_span) as usize;
        // A cell over the whole table is cut by every group.
        if inside.len() + 1 < table.columns().len() {
            cuts[inside].fill(false);
        }
    }
    cuts
}

#[cfg(test)]
mod tests {
    use tabulary_ir::{Diagnostics, TableBuilder};

    use super::*;
    use crate::data::fit::Needs;

    fn wide(columns: u32) -> Table {
        let mut builder = TableBuilder::new().headers(1, 1);
        for col in 0..columns {
            builder.place(Cell::text(format!("c{col}")).at(0, col));
            builder.place(Cell::text("1234567890").at(1, col));
        }
        builder.finish(&mut Diagnostics::new())
    }

    #[test]
    fn every_column_stands_in_one_group_and_heads_in_all() {
        let table = wide(40);
        let needs = Needs::of(&table, &[0.5; 128]);
        let groups = groups(&table, &needs, 600.0, 8.0);
        assert!(groups.len() > 2);
        let own: usize = groups.iter().map(Group::own_columns).sum();
        assert_eq!(own, 40);
        for group in &groups {
            assert_eq!(group.share(0, 1), Some((1, true)));
            assert!(group.widths.iter().sum::<f64>() <= 600.1);
        }
    }

    #[test]
    fn a_cell_has_the_room_of_its_columns_in_the_group() {
        let whole = Group::whole(vec![30.0, 50.0, 70.0]);
        let told = |group: &Group, cells: &[(u32, u32)]| -> Vec<String> {
            let widths = cells.iter().map(|(col, span)| group.width(*col, *span));
            widths.map(|width| width.to_string()).collect()
        };
        assert_eq!(told(&whole, &[(1, 1), (0, 3)]), ["50", "150"]);
        // A head and the third and fourth column: of a cell over the second and third there is the third.
        let part = Group {
            widths: vec![30.0, 50.0, 70.0],
            heads: 1,
            columns: 2..4,
            is_first: false,
        };
        assert_eq!(told(&part, &[(0, 1), (1, 2)]), ["30", "50"]);
    }

    #[test]
    fn a_group_ends_where_no_cell_is_cut() {
        let mut builder = TableBuilder::new().headers(0, 1);
        for pair in 0..20 {
            builder.place(Cell::text("a pair").spanning(1, 2).at(0, 1 + 2 * pair));
            builder.place(Cell::text("1234567890").at(1, 1 + 2 * pair));
            builder.place(Cell::text("1234567890").at(1, 2 + 2 * pair));
        }
        let table = builder.finish(&mut Diagnostics::new());
        let needs = Needs::of(&table, &[0.5; 128]);
        for group in groups(&table, &needs, 500.0, 8.0) {
            assert_eq!(group.columns.len() % 2, 0);
        }
    }

    /// The ends of the groups of a table with header cells that span so many columns each.
    fn ends(spans: &[u32]) -> Vec<u32> {
        let mut builder = TableBuilder::new().headers(1, 0);
        let mut col = 0;
        for &span in spans {
            builder.place(Cell::text("over all").spanning(1, span).at(0, col));
            for _ in 0..span {
                builder.place(Cell::text("1234567890").at(1, col));
                col += 1;
            }
        }
        let mut table = builder.finish(&mut Diagnostics::new());
        table.header_columns = 0;
        let needs = Needs::of(&table, &[0.5; 128]);
        let groups = groups(&table, &needs, 500.0, 8.0);
        groups.iter().map(|group| group.columns.end).collect()
    }

    #[test]
    fn a_group_ends_where_no_cell_of_the_header_is_cut() {
        let most = ends(&[1; 40])[0];
        assert!(most > 6, "{most}");
        // The second cell has room in a group of its own, but not in what is left of the first.
        assert_eq!(ends(&[2, most - 1, 2])[..2], [2, most + 1]);
        // No group is wide enough for the second cell, so that it is cut where the first group is full.
        assert_eq!(ends(&[2, 2 * most])[0], most);
    }
}
