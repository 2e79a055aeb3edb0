//! What lines alone do not say of a ruled table: rows and columns of text between them, and squares that are only
//! gaps between lines.

use crate::broken::whole_numbers;
use crate::columns::{CELL_GAP, reach};
use crate::grid::{Grid, GridCell, band};
use crate::line::{Line, lines, median};
use crate::word::Word;

/// A column that is narrower and holds no text is a gap between lines, in points.
const THIN_COLUMN: f32 = 12.0;
/// The same of a row.
const THIN_ROW: f32 = 7.0;

/// Brings a ruled grid that holds its words into the shape that a person sees.
pub(crate) fn refine(grid: &mut Grid) {
    without_fillers(grid);
    split_wide(grid);
    split_tall(grid);
}

/// Takes out thin rows and columns that no word stands in.
fn without_fillers(grid: &mut Grid) {
    let (mut in_columns, mut in_rows) = (vec![false; grid.columns()], vec![false; grid.rows()]);
    for word in grid.cells.iter().flat_map(|cell| &cell.words) {
        if let Some(col) = band(&grid.xs, word.bbox.center_x()) {
            in_columns[col] = true;
        }
        if let Some(row) = band(&grid.ys, word.middle()) {
            in_rows[row] = true;
        }
    }
    for col in (0..in_columns.len()).rev() {
        let width = grid.xs[col + 1] - grid.xs[col];
        if !in_columns[col] && width < THIN_COLUMN && grid.columns() > 1 {
            grid.drop_column(col);
        }
    }
    for row in (0..in_rows.len()).rev() {
        let height = grid.ys[row + 1] - grid.ys[row];
        if !in_rows[row] && height < THIN_ROW && grid.rows() > 1 {
            grid.drop_row(row);
        }
    }
}

/// Cuts cells over several columns whose pieces of text stand in columns of their own: the lines between them are
/// not drawn in this row.
fn split_wide(grid: &mut Grid) {
    let mut made = Vec::new();
    for cell in &mut grid.cells {
        if cell.col_span < 2 || cell.words.len() < 2 {
            continue;
        }
        let text = lines(cell.words.clone());
        let edges = &grid.xs[cell.col..=cell.col + cell.col_span];
        if let Some(cuts) = cuts(&text, edges) {
            let words = std::mem::take(&mut cell.words);
            made.extend(cut(cell, &cuts, edges, words));
        }
    }
    grid.cells.append(&mut made);
    grid.cells.sort_by_key(|cell| (cell.row, cell.col));
}

/// The columns at which new cells begin: where every line that has several pieces has one on either side.
fn cuts(text: &[Line], edges: &[f32]) -> Option<Vec<usize>> {
    let columns = edges.len() - 1;
    let mut taken: Vec<(usize, usize)> = Vec::new();
    let mut several = 0;
    for line in text {
        let pieces = line.pieces(CELL_GAP);
        several += usize::from(pieces.len() > 1);
        for piece in pieces {
            taken.push(reach(edges, &piece));
        }
    }
    if several * 2 < text.len().max(1) || several == 0 {
        return None;
    }
    let cuts: Vec<usize> = (1..columns)
        .filter(|edge| !taken.iter().any(|(from, to)| from < edge && edge < to))
        .filter(|edge| {
            taken.iter().any(|(_, to)| to <= edge) && taken.iter().any(|(from, _)| from >= edge)
        })
        .collect();
    (!cuts.is_empty()).then_some(cuts)
}

/// The cells that a cell falls into; the cell itself keeps the first part.
fn cut(cell: &mut GridCell, cuts: &[usize], edges: &[f32], words: Vec<Word>) -> Vec<GridCell> {
    let mut cuts = cuts.to_vec();
    let count = edges.len() - 1;
    // A column without text belongs to the text that stands nearest to the middle of both.
    let has_text = |from: usize, to: usize| {
        words
            .iter()
            .any(|word| (edges[from]..edges[to]).contains(&word.bbox.center_x()))
    };
    let mut at = 0;
    while at < cuts.len() {
        let from = if at == 0 { 0 } else { cuts[at - 1] };
        let to = cuts.get(at).copied().unwrap_or(count);
        let next = cuts.get(at + 1).copied().unwrap_or(count);
        if !has_text(from, to) || !has_text(to, next) {
            // The empty part goes to the side that it centres.
            let left_is_empty = !has_text(from, to);
            let is_first = at == 0 && left_is_empty;
            if is_first || !left_is_empty && prefers_left(&words, edges, from, to, next) {
                cuts.remove(at);
                at = 0;
                continue;
            }
        }
        at += 1;
    }
    let mut bounds = vec![0];
    bounds.extend(cuts);
    bounds.push(count);
    let mut parts: Vec<GridCell> = bounds
        .windows(2)
        .map(|pair| GridCell {
            row: cell.row,
            col: cell.col + pair[0],
            row_span: cell.row_span,
            col_span: pair[1] - pair[0],
            ..GridCell::default()
        })
        .collect();
    for word in words {
        let at = band(edges, word.bbox.center_x()).unwrap_or(0);
        let part = bounds.partition_point(|bound| *bound <= at) - 1;
        parts[part].words.push(word);
    }
    let first = parts.remove(0);
    *cell = first;
    parts
}

/// Whether the text of the columns `from..to` is better centred over `from..next`.
fn prefers_left(words: &[Word], edges: &[f32], from: usize, to: usize, next: usize) -> bool {
    let inside: Vec<&Word> = words
        .iter()
        .filter(|word| (edges[from]..edges[to]).contains(&word.bbox.center_x()))
        .collect();
    let left = inside
        .iter()
        .map(|word| word.bbox.x0)
        .fold(f32::MAX, f32::min);
    let right = inside
        .iter()
        .map(|word| word.bbox.x1)
        .fold(f32::MIN, f32::max);
    let off = |end: usize| ((left + right) / 2.0 - (edges[from] + edges[end]) / 2.0).abs();
    off(next) < off(to)
}

/// Cuts rows that hold several rows of text: lines are drawn around groups of rows alone.
fn split_tall(grid: &mut Grid) {
    let mut row = 0;
    while row < grid.rows() {
        if let Some(cuts) = row_cuts(grid, row) {
            let added = cuts.len();
            split_row(grid, row, &cuts);
            row += added;
        }
        row += 1;
    }
}

/// The heights at which a row of the grid falls into rows of text: where most of its columns have a line of text on
/// every height, numbers among them.
fn row_cuts(grid: &Grid, row: usize) -> Option<Vec<f32>> {
    let cells: Vec<&GridCell> = grid
        .cells
        .iter()
        .filter(|cell| cell.row == row && cell.row_span == 1)
        .collect();
    if cells.len() < 2 {
        return None;
    }
    let all: Vec<Word> = cells.iter().flat_map(|cell| cell.words.clone()).collect();
    let text = lines(all);
    if text.len() < 2 {
        return None;
    }
    // How many lines each cell has, and on how many of the row's lines a column of numbers stands.
    let counts: Vec<(usize, bool)> = cells
        .iter()
        .map(|cell| {
            let own = whole_numbers(grid, cell, lines(cell.words.clone()));
            let numbers = own
                .iter()
                .filter(|line| line.words.iter().all(Word::is_number))
                .count();
            (own.len(), numbers * 10 >= own.len() * 8 && numbers >= 2)
        })
        .collect();
    let filled = counts.iter().filter(|(count, _)| *count > 0).count();
    let by_number = counts.iter().filter(|(_, numbers)| *numbers).count();
    if by_number == 0 || by_number * 2 < filled.saturating_sub(1) {
        return None;
    }
    let has_numbers = |line: &Line| line.words.iter().any(Word::is_number);
    let pairs = text
        .windows(2)
        .filter(|pair| has_numbers(&pair[0]) && has_numbers(&pair[1]));
    let usual = median(pairs.map(|pair| pair[1].base - pair[0].base)).unwrap_or(0.0);
    let columns_of = |line: &Line| {
        let mut columns: Vec<usize> = line
            .words
            .iter()
            .filter_map(|word| band(&grid.xs, word.bbox.center_x()))
            .collect();
        columns.dedup();
        columns
    };
    // Every line is a row, but for those that only go on with a label.
    let mut cuts = Vec::new();
    for number in 1..text.len() {
        let (above, line) = (&text[number - 1], &text[number]);
        let is_label = columns_of(line) == [0];
        let is_tight = line.base - above.base < 0.8 * usual;
        let is_new = if has_numbers(line) {
            let goes_on =
                is_tight || line.words[0].bbox.x0 < above.words[0].bbox.x0 - 1.0 || lower(line);
            has_numbers(above) || !goes_on
        } else {
            is_label && !is_tight && !lower(line)
        };
        if is_new {
            cuts.push((above.base + 0.2 * above.size + line.base - 0.8 * line.size) / 2.0);
        }
    }
    (!cuts.is_empty()).then_some(cuts)
}

fn lower(line: &Line) -> bool {
    line.words
        .first()
        .and_then(|word| word.text.chars().next())
        .is_some_and(char::is_lowercase)
}

fn split_row(grid: &mut Grid, row: usize, cuts: &[f32]) {
    let mut made = Vec::new();
    for cell in &mut grid.cells {
        if cell.row > row {
            cell.row += cuts.len();
        } else if cell.row + cell.row_span > row + 1
            || cell.row < row && cell.row + cell.row_span > row
        {
            cell.row_span += cuts.len();
        } else if cell.row == row {
            let mut words = std::mem::take(&mut cell.words);
            let mut parts: Vec<GridCell> = (0..=cuts.len())
                .map(|part| GridCell {
                    row: row + part,
                    col: cell.col,
                    row_span: 1,
                    col_span: cell.col_span,
                    ..GridCell::default()
                })
                .collect();
            for word in words.drain(..) {
                let at = cuts.partition_point(|cut| *cut <= word.middle());
                parts[at].words.push(word);
            }
            *cell = parts.remove(0);
            made.append(&mut parts);
        }
    }
    for (offset, cut) in cuts.iter().enumerate() {
        grid.ys.insert(row + 1 + offset, *cut);
    }
    grid.cells.append(&mut made);
    grid.cells.sort_by_key(|cell| (cell.row, cell.col));
}
