//! All tables of a page, and the words that stand in none.

use crate::grid::Grid;
use crate::lattice::{Lattice, lattices};
use crate::line::lines;
use crate::refine::refine;
use crate::rules::Rules;
use crate::stream;
use crate::word::Word;
use crate::{Page, Rect};

/// The tables of a page and the words outside of them.
pub(crate) fn tables(page: &Page, mut words: Vec<Word>) -> (Vec<Grid>, Vec<Word>) {
    let drawn = Rules::drawn(page);
    let mut grids = Vec::new();
    words = ruled(&lattices(&drawn), 0.1, words, &mut grids);
    let boxes: Vec<Rect> = grids.iter().map(|grid| grid.bbox).collect();
    let grounds = drawn.with_grounds(page, &boxes);
    words = ruled(&lattices(&grounds), 0.3, words, &mut grids);
    let text = lines(words);
    let zone = Rect::new(0.0, 0.0, page.width, page.height);
    let zone = text
        .iter()
        .map(|line| line.bbox)
        .reduce(|a, b| a.union(&b))
        .unwrap_or(zone);
    let found = stream::tables(&text, &zone, &drawn);
    let mut taken = vec![false; text.len()];
    for table in found {
        taken[table.lines.clone()].fill(true);
        grids.push(table.grid);
    }
    let rest = text
        .into_iter()
        .zip(taken)
        .filter(|(_, taken)| !taken)
        .flat_map(|(line, _)| line.words)
        .collect();
    (grids, rest)
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
        if grid.columns() < 2 || !enough {
            words.extend(grid.cells.into_iter().flat_map(|cell| cell.words));
            continue;
        }
        grids.push(grid);
    }
    words
}
