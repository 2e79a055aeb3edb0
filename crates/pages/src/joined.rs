//! Grids that are one table: those that stand right above one another with the same columns.

use crate::grid::Grid;

/// How far edges of the same column may be apart, in points.
const SAME: f32 = 3.0;
/// How far the parts of one table may be apart, in points.
const APART: f32 = 5.0;

/// Joins grids that touch and have the same columns.
pub(crate) fn join(grids: &mut Vec<Grid>) {
    grids.sort_by(|a, b| a.bbox.order(&b.bbox));
    let mut at = 0;
    while at < grids.len() {
        let below = (at + 1..grids.len()).find(|other| is_continued(&grids[at], &grids[*other]));
        match below {
            Some(below) => {
                let part = grids.remove(below);
                append(&mut grids[at], part);
            }
            None => at += 1,
        }
    }
}

/// Whether two grids have the same columns.
fn same_columns(a: &Grid, b: &Grid) -> bool {
    a.xs.len() == b.xs.len() && a.xs.iter().zip(&b.xs).all(|(m, n)| (m - n).abs() <= SAME)
}

fn is_continued(above: &Grid, below: &Grid) -> bool {
    if above.tag.is_some() || below.tag.is_some() {
        return false;
    }
    let gap = below.bbox.y0 - above.bbox.y1;
    (-SAME..=APART).contains(&gap) && same_columns(above, below)
}

/// Puts the rows of a grid below those of another one with as many columns.
fn append(above: &mut Grid, below: Grid) {
    let rows = above.rows();
    above.cells.extend(below.cells.into_iter().map(|mut cell| {
        cell.row += rows;
        cell
    }));
    above.ys.extend(&below.ys[1..]);
    above.bbox = above.bbox.union(&below.bbox);
    above.by = above.by.max(below.by);
    above.sure = above.sure.min(below.sure);
}
