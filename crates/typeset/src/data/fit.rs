//! How a table fits on a page: how wide each column is, how large the type, and whether the page is turned or the
//! table divided.

use tabulary_ir::{Block, Cell, Content, Mark, Table};
use unicode_width::UnicodeWidthChar;

use super::groups::{Group, groups};
use crate::fonts::Advances;

/// What a cell takes beside its text, in units of half the size of its type.
const PADDING: f64 = 1.6;
/// The widest that a column asks for on its own account, in half-widths.
const WIDEST: f64 = 64.0;
/// Chinese text breaks anywhere, but a column of single characters cannot be read.
const NARROWEST_CJK: f64 = 4.0;
/// What a letter beyond ASCII takes, in half-widths.
const OTHER: f64 = 1.15;
/// What bold letters take beyond others.
const BOLD: f64 = 1.08;
/// Longer words have places to break.
const UNBROKEN: f64 = 28.0;
/// What the labels of a list take, in half-widths.
const LABEL: f64 = 7.0;
/// A table is not set smaller on an upright page, in points, where the page can be turned.
const SMALLEST_UPRIGHT: f64 = 7.0;
/// The size of type of tables that no size makes fit, in points.
const DIVIDED: f64 = 8.0;

/// Where a table stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// In the text.
    Upright,
    /// On pages of its own, turned by a quarter.
    Turned,
}

/// How a table fits.
pub(super) struct Fit {
    pub(super) size: f64,
    pub(super) place: Place,
    /// The columns: all in one, or in groups that stand below one another.
    pub(super) groups: Vec<Group>,
    is_small: bool,
}

impl Fit {
    /// Fits a table into the text, on a turned page if there may be one (with its room), in the first of some sizes of
    /// type in which no word is broken; else in groups of columns.
    pub(super) fn new(
        table: &Table,
        upright: f64,
        turned: Option<f64>,
        sizes: &[f64],
        advances: &Advances,
    ) -> Self {
        let needs = Needs::of(table, advances);
        let turned = turned.filter(|turned| *turned > upright);
        let largest = sizes.first().copied().unwrap_or(DIVIDED);
        let whole = |widths, size, place| Self {
            size,
            place,
            groups: vec![Group::whole(widths)],
            is_small: size < largest.min(10.5),
        };
        for &size in sizes {
            if (turned.is_none() || size >= SMALLEST_UPRIGHT)
                && let Some(widths) = needs.widths(upright, size)
            {
                return whole(widths, size, Place::Upright);
            }
        }
        for &size in sizes {
            if let Some(widths) = turned.and_then(|turned| needs.widths(turned, size)) {
                return whole(widths, size, Place::Turned);
            }
        }
        let (available, place) = match turned {
            Some(turned) => (turned, Place::Turned),
            None => (upright, Place::Upright),
        };
        let size = sizes
            .iter()
            .copied()
            .find(|size| *size <= DIVIDED)
            .unwrap_or(DIVIDED);
        Self {
            size,
            place,
            groups: groups(table, &needs, available, size),
            is_small: true,
        }
    }

    pub(super) fn message(&self) -> Option<String> {
        let columns = self.groups.iter().map(Group::own_columns).sum::<usize>();
        let size = self.size;
        let parts = self.groups.len();
        let turned = if self.place == Place::Turned {
            " on turned pages"
        } else {
            ""
        };
        match (parts > 1, self.place, self.is_small) {
            (true, _, _) => Some(format!(
                "a table of {columns} columns is wider than any page: it stands{turned} in {parts} parts, one below \
                 another, in type of {size} points"
            )),
            (false, Place::Turned, _) => Some(format!(
                "a table of {columns} columns stands on turned pages in type of {size} points"
            )),
            (false, Place::Upright, true) => Some(format!(
                "a table of {columns} columns is set in type of {size} points"
            )),
            (false, Place::Upright, false) => None,
        }
    }
}

/// What each column needs, in half-widths: the least that breaks no word, and the most that it can use.
pub(super) struct Needs {
    pub(super) least: Vec<f64>,
    pub(super) most: Vec<f64>,
}

impl Needs {
    pub(super) fn of(table: &Table, advances: &Advances) -> Self {
        let columns = table.columns().len();
        let mut needs = Self {
            least: vec![2.0 + PADDING; columns],
            most: vec![2.0 + PADDING; columns],
        };
        for cell in table.cells().iter().filter(|cell| cell.col_span == 1) {
            let (least, most) = measure(cell, advances);
            let column = cell.col as usize;
            needs.least[column] = needs.least[column].max(least);
            needs.most[column] = needs.most[column].max(most);
        }
        for cell in table.cells().iter().filter(|cell| cell.col_span > 1) {
            let (least, most) = measure(cell, advances);
            let columns = cell.col as usize..(cell.col + cell.col_span) as usize;
            // What a wide cell needs beyond its columns is shared among them; it may break more freely.
            stretch(&mut needs.least[columns.clone()], least.min(WIDEST / 2.0));
            stretch(&mut needs.most[columns], most.min(WIDEST));
        }
        needs
    }

    /// The needs of some columns.
    pub(super) fn columns(&self, columns: impl Iterator<Item = usize>) -> Self {
        let (least, most) = columns.map(|at| (self.least[at], self.most[at])).unzip();
        Self { least, most }
    }

    /// The widths in points at a size of type; none where words would be broken.
    pub(super) fn widths(&self, available: f64, size: f64) -> Option<Vec<f64>> {
        let half = size / 2.0;
        let least: f64 = self.least.iter().sum::<f64>() * half;
        let most: f64 = self.most.iter().sum::<f64>() * half;
        if least > available {
            return None;
        }
        if most <= available {
            // A table that nearly fills the text fills it; a small one keeps its size.
            let scale = if most > available * 0.6 {
                available / most
            } else {
                1.0
            };
            return Some(self.most.iter().map(|most| most * half * scale).collect());
        }
        let share = (available - least) / (most - least);
        let widths = self.least.iter().zip(&self.most);
        Some(
            widths
                .map(|(least, most)| (least + (most - least) * share) * half)
                .collect(),
        )
    }
}

fn stretch(columns: &mut [f64], wanted: f64) {
    let total: f64 = columns.iter().sum();
    if total < wanted {
        let more = (wanted - total) / columns.len() as f64;
        columns.iter_mut().for_each(|column| *column += more);
    }
}

/// The least and the most width that a cell can use, in half-widths.
fn measure(cell: &Cell, advances: &Advances) -> (f64, f64) {
    if cell
        .style
        .as_deref()
        .is_some_and(|style| style.vertical_text)
    {
        return (2.0 + PADDING, 2.0 + PADDING);
    }
    let (least, most) = match &cell.content {
        Content::Text(text) => measure_text(text, advances),
        Content::Blocks(blocks) => {
            let all = blocks.iter().map(|block| measure_block(block, advances));
            all.fold((0.0, 0.0), widest)
        }
    };
    let is_bold = cell
        .style
        .as_deref()
        .is_some_and(|style| style.marks.has(Mark::Bold));
    let (least, most) = if is_bold {
        (least * BOLD, most * BOLD)
    } else {
        (least, most)
    };
    (least + PADDING, most.min(WIDEST) + PADDING)
}

fn widest(a: (f64, f64), b: (f64, f64)) -> (f64, f64) {
    (a.0.max(b.0), a.1.max(b.1))
}

/// The widths of a block in a cell: a table takes the sum of its columns, a list its labels.
fn measure_block(block: &Block, advances: &Advances) -> (f64, f64) {
    match block {
        Block::Table(table) => {
            let needs = Needs::of(table, advances);
            (needs.least.iter().sum(), needs.most.iter().sum())
        }
        Block::List(list) => {
            let blocks = list.items.iter().flat_map(|item| &item.blocks);
            let (least, most) = blocks
                .map(|block| measure_block(block, advances))
                .fold((0.0, 0.0), widest);
            (least + LABEL, most + LABEL)
        }
        block => measure_text(&tabulary_ir::block_text(block), advances),
    }
}

fn measure_text(text: &str, advances: &Advances) -> (f64, f64) {
    let (mut least, mut most): (f64, f64) = (0.0, 0.0);
    for line in text.lines() {
        let (mut whole, mut word) = (0.0, 0.0);
        let mut widest_word: f64 = 0.0;
        let mut cjk = false;
        for character in line.chars() {
            let width = if character >= '\u{2E80}' {
                2.0
            } else if let Some(advance) = advances.get(character as usize) {
                2.0 * f64::from(*advance)
            } else {
                OTHER * character.width().unwrap_or_default() as f64
            };
            whole += width;
            if character >= '\u{2E80}' || character.is_whitespace() || character == '-' {
                cjk |= character >= '\u{2E80}';
                word = 0.0;
            } else {
                word += width;
                widest_word = widest_word.max(word);
            }
        }
        most = most.max(whole);
        least = least
            .max(widest_word)
            .max(if cjk { NARROWEST_CJK.min(whole) } else { 0.0 });
    }
    (least.min(UNBROKEN), most)
}
