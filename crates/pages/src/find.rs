//! The tables of a page and of its zones, and the words that stand in none.

use tabulary_ir::FoundBy;

use crate::grid::{Grid, GridCell};
use crate::joined;
use crate::lattice::{Lattice, lattices};
use crate::line::Line;
use crate::refine::refine;
use crate::rules::Rules;
use crate::spread::same_columns;
use crate::stream;
use crate::tagged::Tagged;
use crate::word::{Word, middle};
use crate::zone::Zone;
use crate::{Page, Rect};

/// Where the text and the tables of a page stand: the ruled tables, and the words that stand in none. `open` are the
/// edges of the columns of a table that may go on from the page before.
pub(crate) fn ruled_tables(
    page: &Page,
    mut words: Vec<Word>,
    rules: &Rules,
    mut grids: Vec<Grid>,
    open: Option<&[f32]>,
) -> (Vec<Grid>, Vec<Word>) {
    words = ruled(
        &lattices(&Rules::dark(page)),
        0.1,
        page,
        words,
        &mut grids,
        open,
    );
    let boxes: Vec<Rect> = grids.iter().map(|grid| grid.bbox).collect();
    let grounds = rules.with_grounds(page, &boxes);
    words = ruled(&lattices(&grounds), 0.3, page, words, &mut grids, open);
    joined::join(&mut grids);
    (nested(grids), words)
}

/// The part of a page's height at its top in which a table goes on from the page before.
const TOP: f32 = 0.25;

/// Puts tables that stand inside of a cell of another one into that cell.
fn nested(mut grids: Vec<Grid>) -> Vec<Grid> {
    let area = |grid: &Grid| grid.bbox.width() * grid.bbox.height();
    grids.sort_by(|a, b| area(b).total_cmp(&area(a)));
    for at in (1..grids.len()).rev() {
        let inner = &grids[at];
        let home = grids[..at]
            .iter()
            .enumerate()
            .rev()
            .find_map(|(number, outer)| {
                let is_home = |cell: &&GridCell| outer.cell_box(cell).holds(&inner.bbox, 2.0);
                let cell = outer.cells.iter().position(|cell| is_home(&cell))?;
                (outer.tag.is_none() || inner.tag.is_none()).then_some((number, cell))
            });
        if let Some((outer, cell)) = home {
            let grid = grids.remove(at);
            grids[outer].cells[cell].nested.insert(0, grid);
        }
    }
    grids
}

/// A piece of a zone: a table, or lines of text.
pub(crate) enum Piece {
    Table(Grid),
    Text(Vec<Line>),
}

/// The tables and the text of a zone, from the top down.
pub(crate) fn pieces(zone: Zone, rules: &Rules, page: &Page, tagged: &Tagged) -> Vec<Piece> {
    let text = zone.lines;
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
        let bbox = &table.grid.bbox;
        let is_text_alone = table.grid.by == FoundBy::Text;
        if grids.iter().any(inside)
            || has_drawing(page, bbox)
            || is_on_picture(page, bbox)
            || is_text_alone && tagged.is_no_table(page.number, &table.grid)
        {
            continue;
        }
        taken[table.lines.clone()].fill(true);
        grids.push(table.grid);
    }
    grids.sort_by(|a, b| a.bbox.order(&b.bbox));
    let mut pieces = Vec::new();
    let mut grids = grids.into_iter().peekable();
    let mut open: Vec<Line> = Vec::new();
    for (line, taken) in text.into_iter().zip(taken) {
        if taken {
            continue;
        }
        let middle = middle(line.base, line.size);
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

/// Takes the tables out of lattices of which at least `least` of the cells hold text: small ones first, so that what
/// stands inside of a frame is not taken for its text.
fn ruled(
    lattices: &[Lattice],
    least: f32,
    page: &Page,
    mut words: Vec<Word>,
    grids: &mut Vec<Grid>,
    open: Option<&[f32]>,
) -> Vec<Word> {
    let area = |bbox: &Rect| bbox.width() * bbox.height();
    let mut order: Vec<&Lattice> = lattices.iter().collect();
    order.sort_by(|a, b| area(&a.bbox).total_cmp(&area(&b.bbox)));
    for lattice in order {
        let overlaps = grids.iter().any(|grid| {
            let shared = grid.bbox.intersection(&lattice.bbox);
            !shared.is_empty() && area(&shared) > 0.5 * area(&lattice.bbox)
        });
        if overlaps || lattice.xs.len() < 3 && lattice.ys.len() < 3 {
            continue;
        }
        let mut grid = lattice.grid();
        words = grid.fill(words);
        refine(&mut grid);
        let filled = grid
            .cells
            .iter()
            .filter(|cell| !cell.words.is_empty())
            .count();
        // The rest of a row that the end of the page broke may have text in one cell alone.
        let is_rest = filled == 1
            && grid.bbox.y0 < TOP * page.height
            && open.is_some_and(|xs| same_columns(xs, &grid.xs));
        let enough = filled >= 2 && filled as f32 >= least * grid.cells.len() as f32 || is_rest;
        let is_large = area(&grid.bbox) > 0.45 * page.width * page.height;
        // Grounds beside one another that have nothing below them are boxes of a page, not cells of a table.
        let is_frame = filled <= 4 && is_large || !grid.is_drawn && grid.rows() == 1;
        if grid.columns() < 2 || !enough || is_frame || is_chart(lattice, &grid, page) {
            words.extend(grid.cells.into_iter().flat_map(|cell| cell.words));
            continue;
        }
        grid.sure = lattice.sureness(&grid);
        grids.push(grid);
    }
    words
}

/// Whether lines are those of a chart: bars and axes that cross here and there, squares that stand empty, shapes that
/// are no boxes.
fn is_chart(lattice: &Lattice, grid: &Grid, page: &Page) -> bool {
    let squares = grid.columns() * grid.rows();
    let filled = || grid.cells.iter().filter(|cell| !cell.words.is_empty());
    let covered: usize = filled().map(|cell| cell.row_span * cell.col_span).sum();
    let letters = filled().flat_map(|cell| &cell.words).any(Word::has_letters);
    let count = filled().count();
    let sparse = squares > 20 && count * 4 < squares;
    sparse && lattice.regularity() < 0.4
        || !lattice.is_drawn() && lattice.regularity() < 0.45
        || squares > 40 && covered * 10 < squares
        || !letters && count * 2 < squares && squares > 6
        || has_drawing(page, &grid.bbox)
}

/// Whether a box lies on a picture, so that its text belongs to that: not where the picture is the page's own ground, or a
/// strip of it.
fn is_on_picture(page: &Page, bbox: &Rect) -> bool {
    page.images.iter().map(|picture| &picture.bbox).any(|over| {
        let is_ground = over.width() > 0.9 * page.width || over.height() > 0.9 * page.height;
        !is_ground && over.holds(bbox, 2.0)
    })
}

/// Whether slanted or curved shapes take a part of a box that no sign or rounded corner takes.
pub(crate) fn has_drawing(page: &Page, bbox: &Rect) -> bool {
    let area = bbox.width() * bbox.height();
    page.drawings.iter().any(|drawing| {
        let shared = drawing.intersection(bbox);
        !shared.is_empty()
            && shared.width() * shared.height() > 0.04 * area
            && drawing.width() * drawing.height() < 2.0 * area
            && !(shared.width() > 0.95 * bbox.width() && shared.height() > 0.95 * bbox.height())
    })
}
