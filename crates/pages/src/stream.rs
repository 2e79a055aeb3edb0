//! Tables without a grid of lines: found by text that stands in columns, and by lines above and below.

use std::ops::Range;

use tabulary_ir::FoundBy;

use crate::columns::{Columns, Piece, columns, pieces};
use crate::grid::{Grid, GridCell};
use crate::line::{Line, median};
use crate::rows::{TableLine, rows};
use crate::rules::{Rule, Rules};
use crate::word::middle;
use crate::wording::is_caption;
use crate::{Rect, unlike};

/// A table among the lines of a zone.
pub(crate) struct Found {
    /// The lines that it takes.
    pub(crate) lines: Range<usize>,
    pub(crate) grid: Grid,
}

/// How many lines at the top of a table may be its header.
const HEADER: usize = 12;
/// How many lines in a row may have one piece inside of a table.
const BRIDGE: usize = 3;

/// A line as table-finding sees it.
pub(crate) struct Seen {
    pub(crate) pieces: Vec<Piece>,
    bbox: Rect,
    base: f32,
    size: f32,
    is_prose: bool,
    /// Whether dots lead from one piece to the next.
    pub(crate) has_leaders: bool,
}

/// The tables among lines, which stand in a zone from the top down.
pub(crate) fn tables(lines: &[Line], zone: &Rect, rules: &Rules) -> Vec<Found> {
    let seen: Vec<Seen> = lines.iter().map(|line| see(line, zone)).collect();
    let mut found = Vec::new();
    let mut at = 0;
    while at < seen.len() {
        if seen[at].pieces.len() < 2 || seen[at].is_prose {
            at += 1;
            continue;
        }
        let end = run_end(&seen, at);
        solve(&seen, at..end, rules, zone.width(), &mut found);
        at = end;
    }
    found
}

fn see(line: &Line, zone: &Rect) -> Seen {
    let pieces = pieces(&without_leaders(line));
    let widest = pieces
        .iter()
        .map(|piece| piece.bbox.width())
        .fold(0.0, f32::max);
    let characters = line.characters();
    let is_prose = match pieces.len() {
        0 | 1 => widest >= 0.6 * zone.width() && characters >= 40,
        _ => widest >= 0.72 * zone.width() && characters >= 50,
    };
    Seen {
        bbox: line.bbox,
        base: line.base,
        size: line.size,
        is_prose,
        has_leaders: has_leaders(line),
        pieces,
    }
}

fn has_leaders(line: &Line) -> bool {
    let text: String = line.words.iter().map(|word| word.text.as_str()).collect();
    ["....", "……", "____", "····"]
        .iter()
        .any(|dots| text.contains(dots))
}

/// The line without the dots that lead from one cell to the next.
fn without_leaders(line: &Line) -> Line {
    let mut line = line.clone();
    for word in &mut line.words {
        let kept = word.text.trim_end_matches(['.', '…', '_', '·']);
        let dots = word.text.chars().count() - kept.chars().count();
        if dots >= 3 {
            let all = word.text.chars().count() as f32;
            let width = word.bbox.width() * (all - dots as f32) / all;
            word.bbox.x1 = word.bbox.x0 + width;
            word.text = kept.into();
        }
    }
    let is_lone_dot = |text: &str| text == ".";
    let lone = line
        .words
        .iter()
        .filter(|word| is_lone_dot(&word.text))
        .count();
    line.words
        .retain(|word| !(word.text.is_empty() || lone >= 3 && is_lone_dot(&word.text)));
    line
}

/// Where a run of lines that may be a table ends.
fn run_end(seen: &[Seen], start: usize) -> usize {
    let mut end = start + 1;
    let mut bridges = 0;
    let mut multi = &seen[start];
    let mut at = start + 1;
    while at < seen.len() {
        let line = &seen[at];
        let gap = line.base - seen[at - 1].base;
        if line.is_prose || gap > 5.0 * line.size.max(seen[at - 1].size) {
            break;
        }
        if line.pieces.len() >= 2 {
            bridges = 0;
            end = at + 1;
            multi = line;
        } else if !hangs(line, multi) {
            bridges += 1;
            if bridges > BRIDGE {
                break;
            }
        }
        at += 1;
    }
    end
}

/// Whether a line of one piece goes on with the last cell of a line above it: it begins where that cell does.
fn hangs(line: &Seen, above: &Seen) -> bool {
    let [_, .., last] = above.pieces.as_slice() else {
        return false;
    };
    line.pieces
        .first()
        .is_some_and(|piece| (piece.bbox.x0 - last.bbox.x0).abs() < 0.2 * line.size)
}

/// Makes a table of a run of lines in a zone of a width, or of the parts that its widest gap leaves.
fn solve(seen: &[Seen], run: Range<usize>, rules: &Rules, width: f32, found: &mut Vec<Found>) {
    if run.len() < 2 {
        return;
    }
    if let Some(cut) = title_cut(seen, &run) {
        solve(seen, run.start..cut, rules, width, found);
        let next = (cut..run.end).find(|at| seen[*at].pieces.len() >= 2);
        if let Some(next) = next {
            solve(seen, next..run.end, rules, width, found);
        }
        return;
    }
    if let Some(table) = attempt(seen, &run, rules, width) {
        found.push(table);
        return;
    }
    let pitch = median_pitch(&seen[run.clone()]);
    let widest = (run.start + 1..run.end)
        .max_by(|a, b| gap(seen, *a).total_cmp(&gap(seen, *b)))
        .filter(|at| gap(seen, *at) > 1.3 * pitch);
    if let Some(cut) = widest {
        solve(seen, run.start..cut, rules, width, found);
        solve(seen, cut..run.end, rules, width, found);
    }
}

fn gap(seen: &[Seen], at: usize) -> f32 {
    seen[at].base - seen[at - 1].base
}

fn median_pitch(seen: &[Seen]) -> f32 {
    let pitches = seen.windows(2).map(|pair| pair[1].base - pair[0].base);
    median(pitches).unwrap_or(0.0)
}

/// The line at which a new table begins with its title.
fn title_cut(seen: &[Seen], run: &Range<usize>) -> Option<usize> {
    let pitch = median_pitch(&seen[run.clone()]);
    (run.start + 1..run.end).find(|at| {
        let line = &seen[*at];
        let is_title = line.pieces.len() == 1 && is_caption(&line.pieces[0].text());
        // The same names of columns once more begin a new table.
        let first = &seen[run.start];
        let is_again = line.pieces.len() > 2
            && line.pieces.len() == first.pieces.len()
            && !line.pieces.iter().any(Piece::is_number)
            && line
                .pieces
                .iter()
                .zip(&first.pieces)
                .all(|(a, b)| a.text() == b.text());
        is_title || is_again || gap(seen, *at) > 2.8 * pitch && gap(seen, *at) > 2.5 * line.size
    })
}

fn attempt(seen: &[Seen], run: &Range<usize>, rules: &Rules, width: f32) -> Option<Found> {
    let lines = &seen[run.clone()];
    let multi: Vec<&[Piece]> = lines
        .iter()
        .filter(|line| line.pieces.len() >= 2)
        .map(|line| line.pieces.as_slice())
        .collect();
    if multi.len() < 2 {
        return None;
    }
    let columns = body_columns(&multi)?;
    let edges = &columns.edges;
    let is_other = [
        unlike::is_contents,
        unlike::is_chart,
        unlike::is_key,
        unlike::is_formula,
    ];
    if is_other.iter().any(|is_other| is_other(lines)) {
        return None;
    }
    let fits = multi
        .iter()
        .filter(|line| line_fits(line, &columns))
        .count();
    let rules_near = framing(rules, lines, edges);
    let is_framed = rules_near.len() >= 2;
    if !is_framed && (unlike::is_justified(lines, width) || unlike::has_upright_axes(lines)) {
        return None;
    }
    if fits * 10 < multi.len() * 7
        || (multi.len() < 3 && !is_framed)
        || !unlike::is_table(&multi, edges, is_framed)
    {
        return None;
    }
    let range = framed(seen, run, &rules_near);
    Some(Found {
        grid: build(
            &seen[range.clone()],
            columns,
            &rules_near,
            &rules.level,
            is_framed,
            sureness(fits, multi.len(), is_framed),
        )?,
        lines: range,
    })
}

/// How sure it is that lines are a table of which so many stand in columns of their own: the fewer there are, the more
/// likely it is that they do so by chance. What no line frames is a guess: in files whose tables are known, most of
/// what is found so is a chart or a form, or a table of which a row or column is taken for another.
fn sureness(fits: usize, lines: usize, is_framed: bool) -> f32 {
    let most = if is_framed { 0.95 } else { 0.4 };
    most * fits as f32 / (lines + 2) as f32
}

/// The columns of the lines that have most pieces; those with fewer may have cells over several columns.
fn body_columns(multi: &[&[Piece]]) -> Option<Columns> {
    let mut counts: Vec<usize> = multi.iter().map(|line| line.len()).collect();
    counts.sort_unstable();
    let usual = counts[counts.len() * 2 / 3];
    let rich: Vec<&[Piece]> = multi
        .iter()
        .filter(|line| line.len() * 10 >= usual * 7)
        .copied()
        .collect();
    let mut edges = columns(&rich);
    if edges.len() < 3 {
        return None;
    }
    if let Some(first) = edges.first_mut() {
        *first = multi
            .iter()
            .flat_map(|line| line.iter())
            .map(|piece| piece.bbox.x0)
            .fold(*first, f32::min);
    }
    if let Some(last) = edges.last_mut() {
        *last = multi
            .iter()
            .flat_map(|line| line.iter())
            .map(|piece| piece.bbox.x1)
            .fold(*last, f32::max);
    }
    Some(Columns::new(edges, &rich))
}

/// Whether the pieces of a line stand in columns of their own.
fn line_fits(line: &[Piece], columns: &Columns) -> bool {
    let mut last: Option<(usize, f32)> = None;
    line.iter().all(|piece| {
        let (from, to) = columns.reach(&piece.bbox);
        let size = piece.words[0].size;
        // Groups of digits are pieces of one number.
        let apart = last.is_none_or(|(end, x)| from >= end || piece.bbox.x0 - x < 0.45 * size);
        last = Some((to, piece.bbox.x1));
        apart
    })
}

/// The drawn level lines in and around a table that run along most of its width.
fn framing(rules: &Rules, lines: &[Seen], edges: &[f32]) -> Vec<Rule> {
    let (left, right) = (edges[0], edges[edges.len() - 1]);
    let size = lines.iter().map(|line| line.size).fold(0.0, f32::max);
    let top = lines[0].base - 7.0 * size;
    let bottom = lines[lines.len() - 1].base + 4.0 * size;
    rules
        .level
        .iter()
        .filter(|rule| rule.drawn && (top..=bottom).contains(&rule.at))
        .filter(|rule| {
            rule.covers(left, right) >= 0.6 * (right - left)
                && rule.length() <= 1.6 * (right - left)
        })
        .copied()
        .collect()
}

/// The lines between the first and the last drawn line, where lines frame the table; all of the run else.
fn framed(seen: &[Seen], run: &Range<usize>, frame: &[Rule]) -> Range<usize> {
    let mut range = run.clone();
    let [top, .., bottom] = frame else {
        return range;
    };
    let middle = |at: usize| middle(seen[at].base, seen[at].size);
    // Lines of the header with one piece each stand above the first line with several.
    while range.start > 0
        && middle(range.start - 1) > top.at
        && seen[range.start - 1].bbox.x1 > top.from
        && seen[range.start - 1].bbox.x0 < top.to
    {
        range.start -= 1;
    }
    let body_end = middle(range.end - 1);
    if bottom.at > body_end {
        while range.end < seen.len() && middle(range.end) < bottom.at {
            range.end += 1;
        }
    } else {
        // Notes below the last line are no rows.
        let below: Vec<usize> = range.clone().filter(|at| middle(*at) > bottom.at).collect();
        let rows = below
            .iter()
            .filter(|at| seen[**at].pieces.len() >= 3)
            .count();
        if frame.len() >= 3 && rows == 0 {
            range.end -= below.len();
        }
    }
    if middle(range.start) < top.at && frame.len() >= 3 {
        while range.start + 1 < range.end
            && middle(range.start) < top.at
            && seen[range.start].pieces.len() < 3
        {
            range.start += 1;
        }
    }
    range
}

fn build(
    seen: &[Seen],
    columns: Columns,
    frame: &[Rule],
    level: &[Rule],
    is_framed: bool,
    sure: f32,
) -> Option<Grid> {
    if seen.len() < 2 {
        return None;
    }
    let mut lines: Vec<TableLine> = seen
        .iter()
        .map(|line| TableLine::new(line.pieces.clone(), &columns, line.base, line.size))
        .collect();
    let near: Vec<Rule> = level
        .iter()
        .filter(|rule| (seen[0].bbox.y0..seen[seen.len() - 1].bbox.y1).contains(&rule.at))
        .copied()
        .collect();
    for number in 0..lines.len().saturating_sub(1).min(HEADER) {
        let below = lines[number + 1].middle();
        lines[number].widen(below, &near, &columns);
    }
    let mut above = f32::MIN;
    for line in &mut lines {
        let middle = line.middle();
        line.ruled_above = frame.iter().any(|rule| above < rule.at && rule.at < middle);
        above = middle;
    }
    lines[0].ruled_above = false;
    let count = columns.count();
    let edges = columns.edges;
    let rows = rows(&lines, count);
    let mut ys = Vec::with_capacity(rows.starts.len());
    for start in &rows.starts[..rows.starts.len() - 1] {
        let line = &seen[*start];
        ys.push(match start.checked_sub(1) {
            Some(above) => (seen[above].bbox.y1 + line.bbox.y0) / 2.0,
            None => line.bbox.y0,
        });
    }
    ys.push(seen[seen.len() - 1].bbox.y1);
    let mut cells: Vec<GridCell> = Vec::new();
    for (row, pair) in rows.starts.windows(2).enumerate() {
        let mut of_row = Vec::new();
        for line in &lines[pair[0]..pair[1]] {
            for (piece, from, to) in &line.pieces {
                place(&mut of_row, row, *from, *to, piece);
            }
        }
        cells.append(&mut of_row);
    }
    let header_rows = rows
        .starts
        .iter()
        .filter(|start| **start < rows.header_lines)
        .count();
    stretch_up(&mut cells, header_rows, count);
    fill_blanks(&mut cells, rows.starts.len() - 1, count);
    let bbox = Rect::new(edges[0], ys[0], edges[count], ys[ys.len() - 1]);
    Some(Grid {
        bbox,
        xs: edges,
        ys,
        cells,
        by: if is_framed {
            FoundBy::LinesAndText
        } else {
            FoundBy::Text
        },
        sure,
        header_rows,
        is_drawn: false,
        tag: None,
        rtl: false,
    })
}

/// Puts a piece into the cell of its row and columns; cells that it touches become one with it.
fn place(cells: &mut Vec<GridCell>, row: usize, from: usize, to: usize, piece: &Piece) {
    let mut made = GridCell {
        row,
        col: from,
        row_span: 1,
        col_span: to - from,
        words: piece.words.clone(),
        ..GridCell::default()
    };
    let mut at = 0;
    while at < cells.len() {
        let cell = &cells[at];
        let touches = cell.row == row
            && cell.col < made.col + made.col_span
            && made.col < cell.col + cell.col_span;
        if touches {
            let cell = cells.swap_remove(at);
            let end = (cell.col + cell.col_span).max(made.col + made.col_span);
            made.col = made.col.min(cell.col);
            made.col_span = end - made.col;
            made.words.extend(cell.words);
            at = 0;
        } else {
            at += 1;
        }
    }
    cells.push(made);
}

/// Names of columns that stand at the foot of a header reach up over the blank squares above them.
fn stretch_up(cells: &mut [GridCell], header_rows: usize, columns: usize) {
    if header_rows < 2 {
        return;
    }
    let mut taken = vec![false; header_rows * columns];
    for cell in cells.iter().filter(|cell| cell.row < header_rows) {
        taken[cell.row * columns + cell.col..][..cell.col_span].fill(true);
    }
    for cell in cells
        .iter_mut()
        .filter(|cell| cell.row < header_rows && cell.col_span == 1)
    {
        while cell.row > 0 && !taken[(cell.row - 1) * columns + cell.col] {
            cell.row -= 1;
            cell.row_span += 1;
            taken[cell.row * columns + cell.col] = true;
        }
    }
}

/// Adds a cell for each square that has none.
fn fill_blanks(cells: &mut Vec<GridCell>, rows: usize, columns: usize) {
    let mut taken = vec![false; rows * columns];
    for cell in cells.iter() {
        for row in cell.row..cell.row + cell.row_span {
            for col in cell.col..cell.col + cell.col_span {
                taken[row * columns + col] = true;
            }
        }
    }
    for (square, taken) in taken.iter().enumerate() {
        if !taken {
            cells.push(GridCell {
                row: square / columns,
                col: square % columns,
                row_span: 1,
                col_span: 1,
                ..GridCell::default()
            });
        }
    }
    cells.sort_by_key(|cell| (cell.row, cell.col));
}
