//! Tables that the maker of the pages marks as such, where the marks agree with what the pages show.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::grid::{Grid, GridCell};
use crate::rules::{Rule, Rules};
use crate::structure::{Child, Element, Role};
use crate::word::Word;
use crate::{Page, Rect};
use tabulary_ir::FoundBy;

/// The tables of a structure.
#[derive(Debug, Default)]
pub(crate) struct Tagged {
    tables: Vec<TaggedTable>,
    /// The table and the cell of each mark of each page.
    home: BTreeMap<(u32, u32), (usize, usize)>,
}

#[derive(Debug, Default)]
struct TaggedTable {
    rows: usize,
    columns: usize,
    header_rows: usize,
    /// Row, column and spans of each cell, row by row.
    cells: Vec<[usize; 4]>,
    /// The first cell of each row, and the number of all cells.
    begins: Vec<usize>,
    /// The cells that reach into each row from one above.
    reaching: BTreeMap<usize, Vec<usize>>,
    /// Whether every row has as many squares: a table without its spans has not.
    is_even: bool,
    /// The table and the cell that it stands in.
    parent: Option<(usize, usize)>,
}

/// How high a header may be that is repeated on a later page, in points.
const REPEATED: f32 = 160.0;
/// How far the outer lines of a table may be from its text, in points.
const OUTER: f32 = 30.0;
/// How far the header may reach beyond the texts below it at either side, in points.
const BESIDE: f32 = 60.0;
/// The part of a page's height at its top where running headers stand.
const RUNNING: f32 = 0.07;
/// The most squares of a table.
const SQUARES: usize = 2_000_000;

impl Tagged {
    pub(crate) fn of(structure: Option<&Element>) -> Self {
        let mut tagged = Self::default();
        if let Some(root) = structure {
            tagged.visit(root);
        }
        tagged
    }

    fn visit(&mut self, element: &Element) {
        if element.role == Role::Table {
            self.table(element, None);
            return;
        }
        for child in &element.children {
            if let Child::Element(element) = child {
                self.visit(element);
            }
        }
    }

    fn table(&mut self, element: &Element, parent: Option<(usize, usize)>) {
        let mut rows = Vec::new();
        rows_of(element, &mut rows);
        let number = self.tables.len();
        self.tables.push(TaggedTable::default());
        let mut table = TaggedTable {
            parent,
            ..TaggedTable::default()
        };
        // How far each column is taken from above.
        let mut until: Vec<usize> = Vec::new();
        let mut widths = Vec::new();
        let mut in_header = true;
        for (row, element) in rows.iter().enumerate() {
            table.begins.push(table.cells.len());
            let mut col = 0;
            let mut all_headers = true;
            for cell in cells_of(element) {
                while until.get(col).is_some_and(|end| *end > row) {
                    col += 1;
                }
                let row_span = (cell.row_span.max(1) as usize).min(rows.len() - row);
                let col_span = (cell.col_span.max(1) as usize).min(10_000);
                if until.len() < col + col_span {
                    until.resize(col + col_span, 0);
                }
                until[col..col + col_span].fill(row + row_span);
                let at = table.cells.len();
                table.cells.push([row, col, row_span, col_span]);
                all_headers &= cell.role == Role::HeaderCell;
                self.marks(cell, (number, at));
                col += col_span;
            }
            in_header &= all_headers;
            if in_header {
                table.header_rows = row + 1;
            }
            widths.push(until.iter().filter(|end| **end > row).count());
        }
        table.begins.push(table.cells.len());
        table.rows = rows.len();
        table.columns = until.len();
        table.is_even = widths.windows(2).all(|pair| pair[0] == pair[1])
            && widths.first() == Some(&table.columns)
            && table.rows * table.columns <= SQUARES;
        if table.is_even {
            for (at, [row, _, row_span, _]) in table.cells.iter().enumerate() {
                for below in row + 1..row + row_span {
                    table.reaching.entry(below).or_default().push(at);
                }
            }
        }
        table.header_rows = table.header_rows.min(table.rows.saturating_sub(1));
        self.tables[number] = table;
    }

    fn marks(&mut self, element: &Element, home: (usize, usize)) {
        for child in &element.children {
            match child {
                Child::Element(element) if element.role == Role::Table => {
                    self.table(element, Some(home));
                }
                Child::Element(element) => self.marks(element, home),
                Child::Mark { page, mark } => {
                    self.home.insert((*page, *mark), home);
                }
            }
        }
    }

    /// How many rows a table has, blank ones at its end included.
    pub(crate) fn rows(&self, table: usize) -> usize {
        self.tables[table].rows
    }

    /// The parts of tables that stand on a page, and the words that stand in none.
    pub(crate) fn parts(
        &self,
        page: &Page,
        words: Vec<Word>,
        rules: &Rules,
    ) -> (Vec<Grid>, Vec<Word>) {
        if self.tables.is_empty() {
            return (Vec::new(), words);
        }
        let mut taken: BTreeMap<usize, Vec<(usize, Word)>> = BTreeMap::new();
        let mut extents: BTreeMap<usize, Vec<(usize, Rect)>> = BTreeMap::new();
        let mut rest = Vec::new();
        for word in words {
            let home = word
                .mark
                .and_then(|mark| self.home.get(&(page.number, mark)));
            match home.filter(|(table, _)| self.is_even(*table)) {
                Some((table, cell)) => {
                    // What stands in a table takes room in the cells around it.
                    let mut around = self.tables[*table].parent;
                    while let Some((table, cell)) = around {
                        extents.entry(table).or_default().push((cell, word.bbox));
                        taken.entry(table).or_default();
                        around = self.tables[table].parent;
                    }
                    taken.entry(*table).or_default().push((*cell, word));
                }
                None => rest.push(word),
            }
        }
        let mut parts: Vec<Grid> = Vec::new();
        // Tables that stand in others come behind them, and are put into their cells from the last one on.
        for (number, words) in taken {
            let extents = extents.remove(&number).unwrap_or_default();
            match self.tables[number].part(number, words, &extents) {
                Ok(mut grid) => {
                    snap(&mut grid, rules);
                    grid.sure = agreement(&grid);
                    parts.push(grid);
                }
                Err(words) => rest.extend(words),
            }
        }
        // A header that is repeated on a later page is said to belong to the page.
        rest.retain(|word| {
            !(word.artifact.is_some()
                && parts.iter().any(|part| {
                    let mut room = part.bbox.grown(2.0);
                    room.y0 = (room.y0 - REPEATED).max(RUNNING * page.height);
                    (room.x0, room.x1) = (room.x0 - BESIDE, room.x1 + BESIDE);
                    part.tag.is_some_and(|(_, first)| first > 0)
                        && room.contains(word.bbox.center_x(), word.bbox.center_y())
                }))
        });
        (self.nest(parts), rest)
    }

    /// Whether a table and those around it have all of their spans.
    fn is_even(&self, table: usize) -> bool {
        let mut at = Some(table);
        while let Some(table) = at {
            if !self.tables[table].is_even {
                return false;
            }
            at = self.tables[table].parent.map(|(table, _)| table);
        }
        true
    }

    /// Puts tables into the cells that they stand in.
    fn nest(&self, mut parts: Vec<Grid>) -> Vec<Grid> {
        for at in (0..parts.len()).rev() {
            let Some((number, _)) = parts[at].tag else {
                continue;
            };
            let Some((outer, cell)) = self.tables[number].parent else {
                continue;
            };
            let [row, col, ..] = self.tables[outer].cells[cell];
            let home = parts[..at].iter().position(|part| {
                part.tag
                    .is_some_and(|(table, first)| table == outer && first <= row)
            });
            let Some(home) = home else {
                continue;
            };
            let grid = parts.remove(at);
            let first = parts[home].tag.map_or(0, |(_, first)| first);
            let target = parts[home]
                .cells
                .iter_mut()
                .find(|cell| (cell.row + first, cell.col) == (row, col));
            match target {
                Some(cell) => cell.nested.insert(0, grid),
                None => parts.push(grid),
            }
        }
        parts
    }
}

impl TaggedTable {
    /// The rows that have words here, as a grid; the words again where they do not stand as a table does.
    fn part(
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
        };
        Ok(grid)
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
fn snap(grid: &mut Grid, rules: &Rules) {
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
fn agreement(grid: &Grid) -> f32 {
    let (mut inside, mut all) = (0, 0);
    for cell in &grid.cells {
        let room = grid.cell_box(cell).grown(1.0);
        let is_inside = |word: &&Word| room.contains(word.bbox.center_x(), word.middle());
        inside += cell.words.iter().filter(is_inside).count();
        all += cell.words.len();
    }
    inside as f32 / all.max(1) as f32
}

fn rows_of<'e>(element: &'e Element, rows: &mut Vec<&'e Element>) {
    for child in &element.children {
        if let Child::Element(element) = child {
            match element.role {
                Role::Row => rows.push(element),
                Role::Group => rows_of(element, rows),
                _ => {}
            }
        }
    }
}

fn cells_of(row: &Element) -> impl Iterator<Item = &Element> {
    row.children.iter().filter_map(|child| match child {
        Child::Element(element) if matches!(element.role, Role::HeaderCell | Role::DataCell) => {
            Some(element)
        }
        _ => None,
    })
}
