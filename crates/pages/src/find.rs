//! The tables of a page and of its zones, and the words that stand in none.

use crate::grid::Grid;
use crate::joined;
use crate::lattice::{Lattice, lattices};
use crate::line::{Line, lines};
use crate::refine::refine;
use crate::rules::Rules;
use crate::stream;
use crate::word::Word;
use crate::zone::Zone;
use crate::{Page, Rect};

/// Where the text and the tables of a page stand: the ruled tables, and the words that stand in none.
pub(crate) fn ruled_tables(
    page: &Page,
    mut words: Vec<Word>,
    rules: &Rules,
) -> (Vec<Grid>, Vec<Word>) {
    let mut grids = Vec::new();
    words = ruled(&lattices(rules), 0.1, words, &mut grids);
    let boxes: Vec<Rect> = grids.iter().map(|grid| grid.bbox).collect();
    let grounds = rules.with_grounds(page, &boxes);
    words = ruled(&lattices(&grounds), 0.3, words, &mut grids);
    joined::join(&mut grids);
    (grids, words)
}

/// A piece of a zone: a table, or lines of text.
pub(crate) enum Piece {
    Table(Grid),
    Text(Vec<Line>),
}

/// The tables and the text of a zone, from the top down.
pub(crate) fn pieces(zone: Zone, rules: &Rules) -> Vec<Piece> {
    let text = lines(zone.words);
    let bounds = text
        .iter()
        .fold(Rect::NONE, |all, line| all.union(&line.bbox));
    let mut grids = zone.grids;
    let mut taken = vec![false; text.len()];
    for table in stream::tables(&text, &bounds, rules) {
        // A ruled table between its lines is a sign that it is none.
        let inside = |grid: &Grid| {
            grid.bbox.overlaps(&table.grid.bbox) && grid.bbox.overlap_y(&table.grid.bbox) > 4.0
        };
        if grids.iter().any(inside) {
            continue;
        }
        taken[table.lines.clone()].fill(true);
        grids.push(table.grid);
    }
    grids.sort_by(|a, b| {
        a.bbox
            .y0
            .total_cmp(&b.bbox.y0)
            .then(a.bbox.x0.total_cmp(&b.bbox.x0))
    });
    let mut pieces = Vec::new();
    let mut grids = grids.into_iter().peekable();
    let mut open: Vec<Line> = Vec::new();
    for (line, taken) in text.into_iter().zip(taken) {
        if taken {
            continue;
        }
        let middle = line.base - 0.3 * line.size;
        while grids
            .peek()
            .is_some_and(|grid| grid.bbox.center_y() < middle)
        {
            if !open.is_empty() {
                pieces.push(Piece::Text(std::mem::take(&mut open)));
            }
            pieces.extend(grids.next().map(Piece::Table));
        }
        open.push(line);
    }
    if !open.is_empty() {
        pieces.push(Piece::Text(open));
    }
    pieces.extend(grids.map(Piece::Table));
    pieces
}

/// Takes the tables out of lattices of which at least `least` of the cells hold text.
fn ruled(
    lattices: &[Lattice],
    least: f32,
    mut words: Vec<Word>,
    grids: &mut Vec<Grid>,
) -> Vec<Word> {
    for lattice in lattices {
        let overlaps = grids.iter().any(|grid| {
            let shared = grid.bbox.intersection(&lattice.bbox);
            !shared.is_empty()
                && shared.width() * shared.height()
                    > 0.5 * lattice.bbox.width() * lattice.bbox.height()
        });
        if overlaps || lattice.xs.len() < 3 && lattice.ys.len() < 3 {
            continue;
        }
        let mut grid = lattice.grid();
        let before = words;
        words = grid.fill(before);
        refine(&mut grid);
        let filled = grid
            .cells
            .iter()
            .filter(|cell| !cell.words.is_empty())
            .count();
        let enough = filled >= 2 && filled as f32 >= least * grid.cells.len() as f32;
        if grid.columns() < 2 || !enough || is_chart(lattice, &grid) {
            words.extend(grid.cells.into_iter().flat_map(|cell| cell.words));
            continue;
        }
        grids.push(grid);
    }
    words
}

/// Whether lines are those of a chart: bars and axes that cross here and there, and squares that stand empty.
fn is_chart(lattice: &Lattice, grid: &Grid) -> bool {
    let squares = grid.columns() * grid.rows();
    let filled = grid
        .cells
        .iter()
        .filter(|cell| !cell.words.is_empty())
        .count();
    let letters = grid
        .cells
        .iter()
        .flat_map(|cell| &cell.words)
        .any(|word| word.text.chars().any(char::is_alphabetic));
    let sparse = squares > 20 && filled * 4 < squares;
    sparse && lattice.regularity() < 0.4 || !letters && filled * 2 < squares && squares > 6
}
