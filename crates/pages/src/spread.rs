//! Tables over several pages: the parts of one put together.

use tabulary_ir::{Found, FoundBy};

use crate::grid::mirrored;
use crate::prose;
use crate::table::{Sheet, SheetCell};

/// How far the edges of a column may be apart from page to page, in points.
const SAME: f32 = 4.0;
/// How many rows a table may have above its header.
const TITLES: usize = 3;

/// Whether a table at the top of a page goes on with one at the foot of the page before.
pub(crate) fn goes_on(above: &Sheet, below: &Sheet) -> bool {
    if above.pages.last().map(|page| page + 1) != below.pages.first().copied() {
        return false;
    }
    if let (Some(a), Some(b)) = (above.tag, below.tag) {
        return a.0 == b.0 && a.1 <= b.1;
    }
    if above.columns() < 2 || below.columns() < 2 || above.tag.is_some() != below.tag.is_some() {
        return false;
    }
    let is_ruled = |sheet: &Sheet| matches!(sheet.found.by, FoundBy::Lines | FoundBy::Grounds);
    if is_ruled(above) && is_ruled(below) {
        return common_edges(above, below).is_some();
    }
    if above.columns() != below.columns() {
        return false;
    }
    // Without lines edges lie anywhere in the white; the header tells.
    let slack = 0.06 * above.bbox.width().max(below.bbox.width());
    let near = above
        .xs
        .iter()
        .zip(&below.xs)
        .all(|(a, b)| (a - b).abs() <= slack);
    near && repeated_header(above, below).is_some()
}

/// Whether two tables have the same columns, each counted from its left edge.
pub(crate) fn same_columns(a: &[f32], b: &[f32]) -> bool {
    let near = |(x, y): (&f32, &f32)| ((x - a[0]) - (y - b[0])).abs() <= SAME;
    a.len() == b.len() && a.iter().zip(b).all(near)
}

/// The edges of both tables together, from the left one on, where they are those of one table: a part of a table
/// lacks an edge that no cell of it needs.
fn common_edges(above: &Sheet, below: &Sheet) -> Option<Vec<f32>> {
    // Odd and even pages may have margins of their own: the columns count from the left edge.
    let from_left =
        |sheet: &Sheet| -> Vec<f32> { sheet.xs.iter().map(|x| x - sheet.xs[0]).collect() };
    let (a, b) = (from_left(above), from_left(below));
    if (a.last()? - b.last()?).abs() > SAME {
        return None;
    }
    let mut all = a.clone();
    let mut shared = 0;
    for edge in &b {
        if a.iter().any(|other| (other - edge).abs() <= SAME) {
            shared += 1;
        } else {
            all.push(*edge);
        }
    }
    all.sort_by(f32::total_cmp);
    // One has all the edges of the other, or nearly.
    let fewer = a.len().min(b.len());
    (shared * 10 >= fewer * 8 && shared >= 3 || shared == fewer).then_some(all)
}

/// Sets a table on more columns than it has.
fn widen(sheet: &mut Sheet, edges: &[f32]) {
    let left = sheet.xs[0];
    let at = |column: usize| {
        let x = sheet.xs[column] - left;
        let nearest = edges
            .iter()
            .enumerate()
            .min_by(|(_, a), (_, b)| (*a - x).abs().total_cmp(&(*b - x).abs()));
        nearest.map_or(0, |(at, _)| at)
    };
    let places: Vec<usize> = (0..sheet.xs.len()).map(at).collect();
    for cell in &mut sheet.cells {
        let (from, to) = (places[cell.col], places[cell.col + cell.col_span]);
        cell.col = from;
        cell.col_span = (to - from).max(1);
    }
    sheet.xs = edges.iter().map(|edge| edge + left).collect();
}

/// How many rows at the top of the later page repeat the header of the table, and how many rows of the table end with
/// those that they repeat: what stands above its header, a title over its whole width or a unit, is not repeated.
pub(crate) fn repeated_header(above: &Sheet, below: &Sheet) -> Option<(usize, usize)> {
    let is_title = |row: usize| {
        let says = |(.., text): &&(usize, usize, &str)| !text.is_empty();
        above.row_text(row).iter().filter(says).count() <= 1
    };
    let titles = (0..TITLES.min(above.rows))
        .take_while(|row| is_title(*row))
        .count();
    // The header behind titles says something of several columns.
    let behind = (titles > 0 && titles < above.rows && !is_title(titles)).then_some(titles);
    [0].into_iter()
        .chain(behind)
        .map(|first| (repeated_from(above, first, below), first))
        .find(|(same, _)| *same > 0)
        .map(|(same, first)| (same, first + same))
}

/// How many rows from one of the table on say the same as those at the top of the later page.
fn repeated_from(above: &Sheet, first: usize, below: &Sheet) -> usize {
    const MOST: usize = 6;
    let most = MOST
        .min(above.rows - first)
        .min(below.rows.saturating_sub(1));
    let mut same = 0;
    for row in 0..most {
        let (a, b) = (above.row_text(first + row), below.row_text(row));
        let says = a.iter().any(|(_, _, text)| !text.is_empty());
        if a != b || !says && same == 0 {
            break;
        }
        same = row + 1;
    }
    // Cells that reach out of the header show that it does not end there.
    while same > 0
        && below
            .cells
            .iter()
            .any(|cell| cell.row < same && cell.row + cell.row_span > same)
    {
        same -= 1;
    }
    same
}

/// Puts the rows of a table on a later page below those before, without the header that it repeats.
pub(crate) fn append(above: &mut Sheet, mut below: Sheet) {
    above.ends_low = below.ends_low;
    if let (Some((_, from)), Some((_, to))) = (above.tag, below.tag) {
        append_tagged(above, below, to.saturating_sub(from));
        return;
    }
    if let Some(edges) = common_edges(above, &below)
        .filter(|edges| above.columns() + 1 != edges.len() || below.columns() != above.columns())
    {
        if above.xs.len() < edges.len() {
            widen(above, &edges);
        }
        widen(&mut below, &edges);
    }
    let (header, end) = repeated_header(above, &below).unwrap_or_default();
    above.header_rows = above.header_rows.max(end);
    let mut cells: Vec<SheetCell> = below
        .cells
        .into_iter()
        .filter(|cell| cell.row >= header)
        .map(|mut cell| {
            cell.row -= header;
            cell
        })
        .collect();
    let mut rows = below.rows - header;
    if rejoin_row(above, &mut cells) {
        rows -= 1;
    }
    let first = above.rows;
    for cell in &mut cells {
        cell.row += first;
    }
    stretch(above, &mut cells);
    above.rows += rows;
    take(above, cells, below.found);
    take_pages(above, &below.pages);
}

/// Puts cells behind those of a table that has their rows already.
fn take(above: &mut Sheet, mut cells: Vec<SheetCell>, found: Found) {
    above.found = above.found.and(found);
    let (rows, all) = (above.rows, &above.cells);
    let mut open = std::mem::take(&mut above.open);
    open.foot
        .retain(|at| all[*at].row + all[*at].row_span == rows);
    open.take(all.len(), &cells, rows);
    above.open = open;
    above.cells.append(&mut cells);
}

fn take_pages(above: &mut Sheet, pages: &[u32]) {
    let known = usize::from(above.pages.last() == pages.first());
    above.pages.extend(&pages[known..]);
}

/// Puts a later part of a table of the structure in its place: `first` rows below the first one.
fn append_tagged(above: &mut Sheet, below: Sheet, first: usize) {
    above.rows = above.rows.max(first + below.rows);
    let mut cells = Vec::new();
    let (is_mirrored, columns) = (above.rtl != below.rtl, below.columns());
    for mut cell in below.cells {
        // A page with text in one column alone does not show from which side its columns count.
        if is_mirrored {
            cell.col = mirrored(columns, cell.col, cell.col_span);
        }
        cell.row += first;
        let end = cell.row + cell.row_span;
        // A cell that the page's end broke is there already.
        match cell.tag.and_then(|tag| above.open.tagged.get(&tag)) {
            Some(home) => {
                let other = &mut above.cells[*home];
                other.row_span = other.row_span.max(end - other.row);
                go_on(other, cell);
            }
            None => cells.push(cell),
        }
    }
    take(above, cells, below.found);
    take_pages(above, &below.pages);
}

/// Puts the first row of the later page into the last row before, where the page's end broke it: its first column
/// is blank, and a text goes on in the middle of a sentence. True where the row is gone.
fn rejoin_row(above: &mut Sheet, cells: &mut Vec<SheetCell>) -> bool {
    let row: Vec<&SheetCell> = cells.iter().filter(|cell| cell.row == 0).collect();
    if row.is_empty() || row.iter().any(|cell| cell.row_span > 1) {
        return false;
    }
    let home = |cell: &SheetCell| {
        let mut foot = above.open.foot.iter().copied();
        foot.find(|at| is_below(&above.cells[*at], cell))
    };
    if !row.iter().all(|cell| home(cell).is_some()) {
        return false;
    }
    let first_is_blank = row.iter().any(|cell| cell.col == 0 && cell.is_blank());
    let broken = row.iter().any(|cell| {
        let before = home(cell).map_or("", |at| above.cells[at].text.as_str());
        breaks_off(before, &cell.text)
    });
    let fits = row.iter().all(|cell| {
        let before = home(cell).map_or("", |at| above.cells[at].text.as_str());
        cell.is_blank() || !before.is_empty() && !is_number(&cell.text)
    });
    if !(first_is_blank && broken && fits) {
        return false;
    }
    let moves: Vec<(usize, SheetCell)> = row
        .iter()
        .filter_map(|cell| Some((home(cell)?, (*cell).clone())))
        .collect();
    for (at, cell) in moves {
        go_on(&mut above.cells[at], cell);
    }
    cells.retain(|cell| cell.row > 0);
    for cell in cells.iter_mut() {
        cell.row -= 1;
    }
    true
}

fn is_below(a: &SheetCell, b: &SheetCell) -> bool {
    (a.col, a.col_span) == (b.col, b.col_span)
}

/// Puts what a cell says behind what another one says.
fn go_on(target: &mut SheetCell, cell: SheetCell) {
    if cell.is_blank() {
        return;
    }
    let blank = prose::blank_between(&target.text, &cell.text);
    prose::go_on(&mut target.content, cell.content, blank);
    target.text = tabulary_ir::inline_text(&target.content);
}

/// Whether a text ends in the middle of a sentence that the next one goes on with.
fn breaks_off(before: &str, next: &str) -> bool {
    let (Some(last), Some(first)) = (
        before.trim_end().chars().next_back(),
        next.trim_start().chars().next(),
    ) else {
        return false;
    };
    !"。．.！!？?；;：:".contains(last)
        && (first.is_lowercase()
            || crate::script::joins_without_blank(first)
            || "，,、)）".contains(first))
        && !is_number(next)
}

fn is_number(text: &str) -> bool {
    let digits = text.chars().filter(char::is_ascii_digit).count();
    digits > 0 && digits * 2 >= text.chars().filter(|c| !c.is_whitespace()).count()
}

/// A cell over several rows that the page's end broke goes on in the blank cell at the top of the next page.
fn stretch(above: &mut Sheet, cells: &mut Vec<SheetCell>) {
    let end = above.rows;
    cells.retain(|cell| {
        if cell.row != end || !cell.is_blank() {
            return true;
        }
        let home = above.open.foot.iter().copied().find(|at| {
            let other = &above.cells[*at];
            other.row + other.row_span == end
                && is_below(other, cell)
                && !other.is_blank()
                && (other.row_span > 1 || cell.row_span > 1)
        });
        if let Some(at) = home {
            above.cells[at].row_span += cell.row_span;
        }
        home.is_none()
    });
}
