//! Tables that the maker of the pages marks as such, where the marks agree with what the pages show.

mod part;

use std::collections::{BTreeMap, BTreeSet};

use crate::grid::{Grid, mirrored};
use crate::rules::Rules;
use crate::structure::{Child, Element, Role};
use crate::table::{Sheet, SheetCell};
use crate::word::Word;
use crate::{Page, Rect};
use part::{agreement, snap};

/// The tables of a structure.
#[derive(Debug, Default)]
pub(crate) struct Tagged {
    tables: Vec<TaggedTable>,
    /// The table and the cell of each mark of each page.
    home: BTreeMap<(u32, u32), (usize, usize)>,
    /// The marks that stand in none.
    outside: BTreeSet<(u32, u32)>,
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
            match child {
                Child::Element(element) => self.visit(element),
                Child::Mark { page, mark } => {
                    self.outside.insert((*page, *mark));
                }
            }
        }
    }

    /// Whether the maker names tables and says of most words that they stand in none.
    pub(crate) fn is_no_table(&self, page: u32, grid: &Grid) -> bool {
        let words = || grid.cells.iter().flat_map(|cell| &cell.words);
        let is_outside = |word: &&Word| {
            word.mark
                .is_some_and(|mark| self.outside.contains(&(page, mark)))
        };
        !self.tables.is_empty() && words().filter(is_outside).count() * 5 >= words().count() * 4
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
                // A footnote stands at the foot of the page, whatever refers to it.
                Child::Element(element) if element.role == Role::Note => {}
                Child::Element(element) => self.marks(element, home),
                Child::Mark { page, mark } => {
                    self.home.insert((*page, *mark), home);
                }
            }
        }
    }

    /// Adds the blank rows that a table has below its last text, and lets the cells above reach down into them.
    pub(crate) fn to_the_end(&self, sheet: &mut Sheet) {
        let Some((number, first)) = sheet.tag else {
            return;
        };
        let table = &self.tables[number];
        let above = first + sheet.rows;
        if table.rows > above {
            sheet.rows = table.rows - first;
            for cell in &mut sheet.cells {
                if let Some([row, _, row_span, _]) = cell.tag.and_then(|tag| table.cells.get(tag)) {
                    cell.row_span = cell.row_span.max((row + row_span) - (first + cell.row));
                }
            }
            let below = table.begins[above]..table.begins[table.rows];
            let page = sheet.pages.last().copied().unwrap_or_default();
            let foot = Rect::new(sheet.bbox.x0, sheet.bbox.y1, sheet.bbox.x1, sheet.bbox.y1);
            sheet.cells.extend(below.map(|place| {
                let [row, col, row_span, col_span] = table.cells[place];
                let col = if sheet.rtl {
                    mirrored(table.columns, col, col_span)
                } else {
                    col
                };
                SheetCell {
                    row: row - first,
                    col,
                    row_span,
                    col_span,
                    tag: Some(place),
                    ..SheetCell::blank(page, foot)
                }
            }));
        }
        for nested in sheet.cells.iter_mut().flat_map(|cell| &mut cell.nested) {
            self.to_the_end(nested);
        }
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
            let row = self.tables[outer].cells[cell][0];
            let home = parts[..at].iter().position(|part| {
                part.tag
                    .is_some_and(|(table, first)| table == outer && first <= row)
            });
            let Some(home) = home else {
                continue;
            };
            let grid = parts.remove(at);
            let mut cells = parts[home].cells.iter_mut();
            match cells.find(|other| other.tag == Some(cell)) {
                Some(cell) => cell.nested.insert(0, grid),
                None => parts.push(grid),
            }
        }
        parts
    }
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
