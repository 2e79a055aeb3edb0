//! Whether the words of a table of the structure stand on a page as a table does, and the grid that they make.

use std::collections::BTreeMap;
use std::ops::Range;

use super::TaggedTable;
use crate::Rect;
use crate::grid::{Grid, GridCell, mirrored};
use crate::rules::{Rule, Rules};
use crate::word::Word;
use tabulary_ir::FoundBy;

/// How far the outer lines of a table may be from its text, in points.
const OUTER: f32 = 30.0;

impl TaggedTable {
    /// The rows that have words here, as a grid; the words again where they do not stand as a table does.
    pub(super) fn part(
        &self,
        number: usize,
        words: Vec<(usize, Word)>,
        extents: &[(usize, Rect)],
    ) -> Result<Grid, Vec<Word>> {
        let mut boxes: BTreeMap<usize, Rect> = BTreeMap::new();
        let inked = words.iter().map(|(cell, word)| (cell, &word.bbox));
        for (cell, bbox) in inked.chain(extents.iter().map(|(cell, bbox)| (cell, bbox))) {
            let all = boxes.entry(*cell).or_insert(Rect::NONE);
            *all = all.union(bbox);
        }
        let rows = || boxes.keys().map(|cell| self.cells[*cell][0]);
        let (Some(first), Some(last)) = (rows().min(), rows().max()) else {
            return Err(words.into_iter().map(|(_, word)| word).collect());
        };
        let xs = self.bands(&boxes, 0..self.columns, 1);
        // The columns of a table in a script that runs from right to left may do so too.
        let rtl = xs.is_none();
        let xs = xs.or_else(|| self.mirrored_columns(&boxes));
        let ys = self.bands(&boxes, first..last + 1, 0);
        let (Some(xs), Some(ys)) = (xs, ys) else {
            return Err(words.into_iter().map(|(_, word)| word).collect());
        };
        let from_above = self.reaching.get(&first).into_iter().flatten().copied();
        let here = self.begins[first]..self.begins[last + 1];
        let mut cells: BTreeMap<usize, GridCell> = from_above
            .chain(here)
            .map(|place| {
                let [row, col, row_span, col_span] = self.cells[place];
                let (top, end) = (row.max(first), (row + row_span).min(last + 1));
                let col = if rtl {
                    mirrored(self.columns, col, col_span)
                } else {
                    col
                };
                let cell = GridCell {
                    row: top - first,
                    col,
                    row_span: end - top,
                    col_span,
                    tag: Some(place),
                    ..GridCell::default()
                };
                (place, cell)
            })
            .collect();
        for (place, word) in words {
            if let Some(cell) = cells.get_mut(&place) {
                cell.words.push(word);
            }
        }
        let grid = Grid {
            bbox: Rect::new(xs[0], ys[0], xs[xs.len() - 1], ys[ys.len() - 1]),
            xs,
            ys,
            cells: cells.into_values().collect(),
            by: FoundBy::Structure,
            sure: 1.0,
            header_rows: self.header_rows.saturating_sub(first),
            is_drawn: true,
            tag: Some((number, first)),
            rtl,
        };
        Ok(grid)
    }

    /// The edges of the columns from the left, where the first column is the rightmost one.
    fn mirrored_columns(&self, boxes: &BTreeMap<usize, Rect>) -> Option<Vec<f32>> {
        let mirrored = boxes
            .iter()
            .map(|(place, bbox)| (*place, Rect::new(-bbox.x1, bbox.y0, -bbox.x0, bbox.y1)))
            .collect();
        let mut xs = self.bands(&mirrored, 0..self.columns, 1)?;
        xs.reverse();
        xs.iter_mut().for_each(|x| *x = -*x);
        Some(xs)
    }

    /// The edges of columns (`axis` 1) or rows (`axis` 0) between where their text stands; none where the text does
    /// not stand in their order.
    fn bands(
        &self,
        boxes: &BTreeMap<usize, Rect>,
        wanted: Range<usize>,
        axis: usize,
    ) -> Option<Vec<f32>> {
        let count = wanted.len();
        let mut bands = vec![(f32::MAX, f32::MIN); count];
        for (place, bbox) in boxes {
            let cell = self.cells[*place];
            if cell[axis + 2] == 1 {
                let (from, to) = if axis == 1 {
                    (bbox.x0, bbox.x1)
                } else {
                    (bbox.y0, bbox.y1)
                };
                let band = &mut bands[cell[axis] - wanted.start];
                *band = (band.0.min(from), band.1.max(to));
            }
        }
        // Blank bands lie between their neighbours.
        let known: Vec<(usize, f32, f32)> = bands
            .iter()
            .enumerate()
            .filter(|(_, band)| band.0 <= band.1)
            .map(|(at, band)| (at, band.0, band.1))
            .collect();
        let all = boxes.values().fold(Rect::NONE, |all, bbox| all.union(bbox));
        let (low, high) = if axis == 1 {
            (all.x0, all.x1)
        } else {
            (all.y0, all.y1)
        };
        let wrong = known
            .windows(2)
            .filter(|pair| {
                let (a, b) = (&pair[0], &pair[1]);
                (a.1 + a.2) / 2.0 >= (b.1 + b.2) / 2.0
                    || a.1.max(b.1) < a.2.min(b.2) - 0.5 * (b.2 - b.1).min(a.2 - a.1)
            })
            .count();
        if wrong * 20 > known.len() {
            return None;
        }
        let mut edges = vec![f32::NAN; count + 1];
        edges[0] = low;
        edges[count] = high;
        for pair in known.windows(2) {
            let (a, b) = (&pair[0], &pair[1]);
            let steps = (b.0 - a.0) as f32;
            for step in 1..=b.0 - a.0 {
                let share = (step as f32 - 0.5) / steps;
                edges[a.0 + step] = a.2 + (b.1 - a.2) * share;
            }
        }
        self.part_wide(&mut edges, boxes, wanted.start, axis);
        let mut last = low;
        for edge in &mut edges {
            *edge = edge.max(last);
            last = *edge;
        }
        Some(edges)
    }

    /// Sets the edges of bands before the first and behind the last one that has text of its own: between the cells
    /// over several bands that end and those that begin there, the others at even distances.
    fn part_wide(
        &self,
        edges: &mut [f32],
        boxes: &BTreeMap<usize, Rect>,
        start: usize,
        axis: usize,
    ) {
        if !edges.iter().any(|edge| edge.is_nan()) {
            return;
        }
        // Where the text of the cells before and behind each edge ends and begins.
        let mut sides = vec![(f32::MIN, f32::MAX); edges.len()];
        for (place, bbox) in boxes {
            let cell = self.cells[*place];
            let (from, to) = if axis == 1 {
                (bbox.x0, bbox.x1)
            } else {
                (bbox.y0, bbox.y1)
            };
            if let Some(first) = cell[axis].checked_sub(start)
                && let Some(side) = sides.get_mut(first)
            {
                side.1 = side.1.min(from);
            }
            let end = (cell[axis] + cell[axis + 2]).saturating_sub(start);
            if let Some(side) = sides.get_mut(end) {
                side.0 = side.0.max(to);
            }
        }
        let mut last = 0;
        for at in 1..edges.len() {
            if edges[at].is_nan() {
                let (before, behind) = sides[at];
                let is_known = before > edges[last] && behind < f32::MAX && before <= behind;
                if !is_known {
                    continue;
                }
                edges[at] = (before + behind) / 2.0;
            }
            let (from, to, steps) = (edges[last], edges[at], (at - last) as f32);
            for step in 1..at - last {
                edges[last + step] = from + (to - from) * step as f32 / steps;
            }
            last = at;
        }
    }
}

/// Moves the edges of a grid to the lines that are drawn between its texts.
pub(super) fn snap(grid: &mut Grid, rules: &Rules) {
    let bbox = grid.bbox;
    let along = |rule: &Rule, from: f32, to: f32| rule.covers(from, to) > 0.3 * (to - from);
    let upright = |rule: &&Rule| rule.drawn && along(rule, bbox.y0, bbox.y1);
    let level = |rule: &&Rule| rule.drawn && along(rule, bbox.x0, bbox.x1);
    let xs: Vec<f32> = rules
        .upright
        .iter()
        .filter(upright)
        .map(|rule| rule.at)
        .collect();
    let ys: Vec<f32> = rules
        .level
        .iter()
        .filter(level)
        .map(|rule| rule.at)
        .collect();
    for (edges, lines) in [(&mut grid.xs, xs), (&mut grid.ys, ys)] {
        let before = edges.clone();
        for (number, edge) in edges.iter_mut().enumerate() {
            // An edge stays between its neighbours.
            let room = |other: Option<&f32>| {
                other.map_or(OUTER, |other| (other - before[number]).abs() / 2.0)
            };
            let low = before[number] - room(number.checked_sub(1).and_then(|at| before.get(at)));
            let high = before[number] + room(before.get(number + 1));
            let near = lines
                .iter()
                .filter(|line| (low..high).contains(*line))
                .min_by(|a, b| {
                    (*a - before[number])
                        .abs()
                        .total_cmp(&(*b - before[number]).abs())
                });
            if let Some(line) = near {
                *edge = *line;
            }
        }
    }
    if let ([x0, .., x1], [y0, .., y1]) = (grid.xs.as_slice(), grid.ys.as_slice()) {
        grid.bbox = Rect::new(*x0, *y0, *x1, *y1);
    }
}

/// How many of a table's words stand between the edges of their cells.
pub(super) fn agreement(grid: &Grid) -> f32 {
    let (mut inside, mut all) = (0, 0);
    for cell in &grid.cells {
        let room = grid.cell_box(cell).grown(1.0);
        let is_inside = |word: &&Word| room.contains(word.bbox.center_x(), word.middle());
        inside += cell.words.iter().filter(is_inside).count();
        all += cell.words.len();
    }
    inside as f32 / all.max(1) as f32
}
