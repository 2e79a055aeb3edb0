//! Tables that are ruled: grids out of lines that cross, and spans out of lines that are missing.

use std::collections::BTreeMap;

use tabulary_ir::FoundBy;

use crate::Rect;
use crate::grid::{Grid, GridCell, band};
use crate::rules::{Rule, Rules};

/// How far from a line another one may end and still meet it, in points.
const MEET: f32 = 3.5;
/// Lines no further apart touch, in points.
const CLOSE: f32 = 1.2;
/// Lines closer than this are the same edge of a grid, in points.
const EDGE: f32 = 3.0;
/// How much of the side of a square a line must cover to part it from the next one.
const COVERED: f32 = 0.5;
/// A box to be ticked is smaller than this, in points.
const TICK_BOX: f32 = 15.0;
/// The most lattices of a page that are looked through for such as stand in others.
const LATTICES: usize = 2_000;
/// The most squares of one grid.
const SQUARES: usize = 400_000;

/// A set of lines that cross, with the grid that they make.
#[derive(Clone, Debug)]
pub(crate) struct Lattice {
    pub(crate) bbox: Rect,
    pub(crate) xs: Vec<f32>,
    pub(crate) ys: Vec<f32>,
    /// The lines of each edge.
    columns: Vec<Vec<Rule>>,
    rows: Vec<Vec<Rule>>,
}

/// Every lattice of a page, from the top down.
pub(crate) fn lattices(rules: &Rules) -> Vec<Lattice> {
    let close: Vec<Lattice> = sets_of_lines(rules, CLOSE)
        .filter_map(|set| Lattice::new(&set))
        .collect();
    let inner = nested(&close);
    let mut gone = Rules::default();
    let boxes = close.iter().filter(|lattice| lattice.is_tick_box());
    for lattice in boxes.chain(&inner) {
        gone.level.extend(lattice.rows.iter().flatten());
        gone.upright.extend(lattice.columns.iter().flatten());
    }
    let mut found: Vec<Lattice> = sets_of_lines(&rules.without(gone), MEET)
        .filter_map(|set| Lattice::new(&set))
        .chain(inner)
        .collect();
    found.sort_by(|a, b| a.bbox.order(&b.bbox));
    found
}

/// The lattices that stand in a cell of another one: those may come nearer to its lines than lines that meet do.
fn nested(all: &[Lattice]) -> Vec<Lattice> {
    if all.len() > LATTICES {
        return Vec::new();
    }
    let closed: Vec<&Lattice> = all.iter().filter(|lattice| lattice.is_closed()).collect();
    let mut is_inner = vec![false; closed.len()];
    for outer in all {
        let held =
            |at: &usize| closed[*at].bbox != outer.bbox && outer.bbox.holds(&closed[*at].bbox, 0.0);
        let within: Vec<usize> = (0..closed.len()).filter(held).collect();
        if within.is_empty() {
            continue;
        }
        let grid = outer.grid();
        let cover = grid.cover();
        for at in within {
            let bbox = &closed[at].bbox;
            let place = band(&grid.ys, bbox.center_y()).zip(band(&grid.xs, bbox.center_x()));
            let home = place.map(|(row, col)| &grid.cells[cover[row * grid.columns() + col]]);
            is_inner[at] |= grid.cells.len() > 1
                && home.is_some_and(|cell| grid.cell_box(cell).holds(bbox, 0.0));
        }
    }
    let inner = closed.into_iter().zip(is_inner);
    inner
        .filter(|(_, is_inner)| *is_inner)
        .map(|(lattice, _)| lattice.clone())
        .collect()
}

/// Level and upright lines that cross or meet one another, no further apart than `meet`.
fn sets_of_lines(rules: &Rules, meet: f32) -> impl Iterator<Item = Rules> {
    let (level, upright) = (&rules.level, &rules.upright);
    let mut sets = Sets::new(level.len() + upright.len());
    // Lines are sorted by where they are, so that those within reach lie side by side.
    for (number, rule) in level.iter().enumerate() {
        let first = upright.partition_point(|other| other.at < rule.from - meet);
        let within = upright[first..]
            .iter()
            .take_while(|other| other.at <= rule.to + meet);
        for (offset, other) in within.enumerate() {
            if other.from - meet <= rule.at && rule.at <= other.to + meet {
                sets.join(number, level.len() + first + offset);
            }
        }
    }
    let mut members: BTreeMap<usize, Rules> = BTreeMap::new();
    for number in 0..level.len() + upright.len() {
        let set = members.entry(sets.find(number)).or_default();
        match number.checked_sub(level.len()) {
            None => set.level.push(level[number]),
            Some(number) => set.upright.push(upright[number]),
        }
    }
    members.into_values()
}

impl Lattice {
    fn new(set: &Rules) -> Option<Self> {
        let (level, upright) = (&set.level, &set.upright);
        let (mut xs, columns) = edges(upright);
        let (mut ys, rows) = edges(level);
        let (mut columns, mut rows) = (columns, rows);
        // A table may be open at its sides: its lines reach further than the outermost ones across them.
        open_side(&mut xs, &mut columns, &rows);
        open_side(&mut ys, &mut rows, &columns);
        if xs.len() < 2 || ys.len() < 2 || xs.len() * ys.len() > SQUARES {
            return None;
        }
        // One line alone has cells on either side of it, where it is no ornament.
        let is_single = level.len() == 1 || upright.len() == 1;
        if is_single && (xs.len() < 3 || ys.len() < 3) {
            return None;
        }
        let bbox = Rect::new(xs[0], ys[0], xs[xs.len() - 1], ys[ys.len() - 1]);
        Some(Self {
            bbox,
            xs,
            ys,
            columns,
            rows,
        })
    }

    /// Whether it has lines along all of its four sides, and within.
    fn is_closed(&self) -> bool {
        let along = |lines: Option<&Vec<Rule>>, from: f32, to: f32| {
            lines.is_some_and(|lines| covered(lines, from, to) >= 0.9 * (to - from))
        };
        let Rect { x0, y0, x1, y1 } = self.bbox;
        let sides = [self.rows.first(), self.rows.last()].map(|lines| along(lines, x0, x1));
        let ends = [self.columns.first(), self.columns.last()].map(|lines| along(lines, y0, y1));
        self.xs.len() + self.ys.len() > 4 && sides.iter().chain(&ends).all(|side| *side)
    }

    /// Whether a line parts the square from the one at its left.
    fn parts_left(&self, row: usize, col: usize) -> bool {
        parts(&self.columns[col], self.ys[row], self.ys[row + 1])
    }

    /// Whether a line parts the square from the one above.
    fn parts_above(&self, row: usize, col: usize) -> bool {
        parts(&self.rows[row], self.xs[col], self.xs[col + 1])
    }

    /// Whether lines are drawn, and not only grounds painted.
    pub(crate) fn is_drawn(&self) -> bool {
        let drawn =
            |groups: &[Vec<Rule>]| groups.iter().flatten().filter(|rule| rule.drawn).count();
        drawn(&self.columns) > 0 && drawn(&self.rows) > 0
    }

    /// Whether it is a small square that stands by itself, as boxes to be ticked do.
    fn is_tick_box(&self) -> bool {
        let (width, height) = (self.bbox.width(), self.bbox.height());
        self.xs.len() + self.ys.len() == 4
            && width.max(height) < TICK_BOX
            && (width - height).abs() < 0.25 * width
    }

    /// How much of its edges is drawn, in the mean; the direction in which it is more counts.
    pub(crate) fn regularity(&self) -> f32 {
        let share = |groups: &[Vec<Rule>], from: f32, to: f32| {
            let drawn: f32 = groups
                .iter()
                .flatten()
                .map(|rule| rule.covers(from, to))
                .sum();
            drawn / ((to - from) * groups.len() as f32).max(1.0)
        };
        let upright = share(&self.columns, self.bbox.y0, self.bbox.y1);
        let level = share(&self.rows, self.bbox.x0, self.bbox.x1);
        upright.max(level)
    }

    /// How sure it is that a grid is a table: how much of the sides of its cells is seen as lines, or nearly as sure as
    /// edges of grounds.
    pub(crate) fn sureness(&self, grid: &Grid) -> f32 {
        let side = |places: &[f32], groups: &[Vec<Rule>], at: f32, from: f32, to: f32| {
            let near = places.partition_point(|place| *place < at - EDGE);
            let group = places.get(near).filter(|place| **place <= at + EDGE);
            let lines = group.and_then(|_| groups.get(near));
            lines.map_or(0.0, |lines| covered(lines, from, to).min(to - from))
        };
        let (mut seen, mut all) = (0.0, 0.0);
        for bbox in grid.cells.iter().map(|cell| grid.cell_box(cell)) {
            all += 2.0 * (bbox.width() + bbox.height());
            for y in [bbox.y0, bbox.y1] {
                seen += side(&self.ys, &self.rows, y, bbox.x0, bbox.x1);
            }
            for x in [bbox.x0, bbox.x1] {
                seen += side(&self.xs, &self.columns, x, bbox.y0, bbox.y1);
            }
        }
        let most = if self.is_drawn() { 1.0 } else { 0.9 };
        most * seen / f32::max(all, 1.0)
    }

    /// The grid with a cell for each area that no line parts.
    pub(crate) fn grid(&self) -> Grid {
        let (width, height) = (self.xs.len() - 1, self.ys.len() - 1);
        let mut sets = Sets::new(width * height);
        for row in 0..height {
            for col in 0..width {
                if col > 0 && !self.parts_left(row, col) {
                    sets.join(row * width + col, row * width + col - 1);
                }
                if row > 0 && !self.parts_above(row, col) {
                    sets.join(row * width + col, (row - 1) * width + col);
                }
            }
        }
        Grid {
            bbox: self.bbox,
            xs: self.xs.clone(),
            ys: self.ys.clone(),
            cells: rectangles(&mut sets, width, height),
            by: if self.is_drawn() {
                FoundBy::Lines
            } else {
                FoundBy::Grounds
            },
            sure: 1.0,
            header_rows: 0,
            is_drawn: self.is_drawn(),
            tag: None,
            rtl: false,
        }
    }
}

fn parts(lines: &[Rule], from: f32, to: f32) -> bool {
    covered(lines, from, to) >= COVERED * (to - from)
}

/// How much of `from..to` lines cover.
fn covered(lines: &[Rule], from: f32, to: f32) -> f32 {
    lines.iter().map(|line| line.covers(from, to)).sum()
}

/// The places of lines, those close to one another as one, and the lines of each.
fn edges(lines: &[Rule]) -> (Vec<f32>, Vec<Vec<Rule>>) {
    let mut lines = lines.to_vec();
    lines.sort_by(|a, b| a.at.total_cmp(&b.at));
    let (mut places, mut groups): (Vec<f32>, Vec<Vec<Rule>>) = (Vec::new(), Vec::new());
    for line in lines {
        match groups.last_mut() {
            Some(group) if line.at - group[0].at <= EDGE => group.push(line),
            _ => groups.push(vec![line]),
        }
    }
    for group in &groups {
        let total: f32 = group.iter().map(|line| line.length().max(1.0)).sum();
        let weighted: f32 = group
            .iter()
            .map(|line| line.at * line.length().max(1.0))
            .sum();
        places.push(weighted / total);
    }
    (places, groups)
}

/// Adds the open sides of a table: where two lines or more reach beyond the outermost edge that crosses them, or the only
/// one beyond several edges.
fn open_side(places: &mut Vec<f32>, groups: &mut Vec<Vec<Rule>>, across: &[Vec<Rule>]) {
    let all = || across.iter().flatten();
    let (Some(first), Some(last)) = (places.first().copied(), places.last().copied()) else {
        return;
    };
    const REACH: f32 = 8.0;
    let before: Vec<f32> = all()
        .map(|rule| rule.from)
        .filter(|from| *from < first - REACH)
        .collect();
    let behind: Vec<f32> = all()
        .map(|rule| rule.to)
        .filter(|to| *to > last + REACH)
        .collect();
    let least = if all().count() == 1 && places.len() > 1 {
        1
    } else {
        2
    };
    if before.len() >= least {
        places.insert(0, before.iter().copied().fold(f32::MAX, f32::min));
        groups.insert(0, Vec::new());
    }
    if behind.len() >= least {
        places.push(behind.iter().copied().fold(f32::MIN, f32::max));
        groups.push(Vec::new());
    }
}

/// Cells out of sets of squares: a set that is no rectangle is cut into rows.
fn rectangles(sets: &mut Sets, width: usize, height: usize) -> Vec<GridCell> {
    let mut members: Vec<(usize, usize)> = (0..width * height)
        .map(|square| (sets.find(square), square))
        .collect();
    members.sort_unstable();
    let mut cells = Vec::new();
    for set in members.chunk_by(|a, b| a.0 == b.0) {
        let squares: Vec<(usize, usize)> = set
            .iter()
            .map(|(_, square)| (square / width, square % width))
            .collect();
        let top = squares.iter().map(|square| square.0).min().unwrap_or(0);
        let bottom = squares.iter().map(|square| square.0).max().unwrap_or(0);
        let left = squares.iter().map(|square| square.1).min().unwrap_or(0);
        let right = squares.iter().map(|square| square.1).max().unwrap_or(0);
        if squares.len() == (bottom - top + 1) * (right - left + 1) {
            cells.push(GridCell {
                row: top,
                col: left,
                row_span: bottom - top + 1,
                col_span: right - left + 1,
                ..GridCell::default()
            });
        } else {
            cells.extend(runs(&squares));
        }
    }
    cells.sort_by_key(|cell| (cell.row, cell.col));
    cells
}

/// Squares as cells over one row each, those of the same columns below one another joined.
fn runs(squares: &[(usize, usize)]) -> Vec<GridCell> {
    let mut cells: Vec<GridCell> = Vec::new();
    for (row, col) in squares {
        match cells.last_mut() {
            Some(cell) if cell.row == *row && cell.col + cell.col_span == *col => {
                cell.col_span += 1
            }
            _ => cells.push(GridCell {
                row: *row,
                col: *col,
                row_span: 1,
                col_span: 1,
                ..GridCell::default()
            }),
        }
    }
    let mut joined: Vec<GridCell> = Vec::new();
    for cell in cells {
        let above = joined.iter_mut().find(|other| {
            (other.col, other.col_span) == (cell.col, cell.col_span)
                && other.row + other.row_span == cell.row
        });
        match above {
            Some(other) => other.row_span += 1,
            None => joined.push(cell),
        }
    }
    joined
}

/// Disjoint sets.
struct Sets(Vec<usize>);

impl Sets {
    fn new(count: usize) -> Self {
        Self((0..count).collect())
    }

    fn find(&mut self, mut number: usize) -> usize {
        while self.0[number] != number {
            self.0[number] = self.0[self.0[number]];
            number = self.0[number];
        }
        number
    }

    fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.find(a), self.find(b));
        self.0[a.max(b)] = a.min(b);
    }
}
