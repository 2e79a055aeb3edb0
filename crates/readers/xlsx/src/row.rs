//! What the rows of a sheet are like.

use std::ops::Range;

use tabulary_ir::{Align, Cell, Content, Mark, Points, Rgb, Value};

use crate::used::{counts, has_borders, is_filled};

/// Larger characters than those of usual text.
const USUAL_SIZE: f64 = 11.0;
/// An end of a line that stands for a full stop only behind this many characters, as it may stand behind
/// a short form too.
const SHORTEST_SENTENCE: usize = 20;

/// What a row that is in use is like.
#[derive(Clone, Debug)]
pub(crate) struct Row {
    pub(crate) row: u32,
    /// The row behind the last that its cells reach into.
    pub(crate) end: u32,
    /// The first column of a cell that counts, and the one behind the last; of those with borders where
    /// no cell counts.
    pub(crate) col: u32,
    pub(crate) end_col: u32,
    /// Where its cells stand among those of the sheet.
    pub(crate) cells: Range<usize>,
    /// Cells that hold something or are merged.
    pub(crate) counted: u32,
    /// Cells that hold something.
    pub(crate) filled: u32,
    /// Columns that the filled cells take.
    pub(crate) covered: u32,
    /// Columns that cells with borders take, blank ones too.
    pub(crate) bordered: u32,
    /// Whether all that it holds is words or days.
    pub(crate) is_words: bool,
    pub(crate) look: Look,
    /// Whether its only filled cell is merged over several columns or centred.
    pub(crate) is_spread: bool,
    /// Whether its characters are larger than usual.
    pub(crate) is_large: bool,
}

impl Row {
    /// The row of some cells, of which `start` have gone before; none where nothing of it is in use.
    pub(crate) fn new(cells: &[Cell], start: usize) -> Option<Self> {
        let first = cells.first()?;
        let mut row = Self {
            row: first.row,
            end: first.row + 1,
            col: u32::MAX,
            end_col: 0,
            cells: start..start + cells.len(),
            counted: 0,
            filled: 0,
            covered: 0,
            bordered: 0,
            is_words: true,
            look: Look::default(),
            is_spread: false,
            is_large: false,
        };
        let mut looks = Looks::default();
        for cell in cells {
            let is_bordered = has_borders(cell);
            row.bordered += if is_bordered { cell.col_span } else { 0 };
            if counts(cell) || is_bordered {
                row.col = row.col.min(cell.col);
                row.end_col = row.end_col.max(cell.col + cell.col_span);
            }
            if !counts(cell) {
                continue;
            }
            row.counted += 1;
            row.end = row.end.max(cell.row + cell.row_span);
            if is_filled(cell) {
                row.fill(cell);
                looks.add(cell);
            }
        }
        row.look = looks.common();
        (row.counted > 0 || row.bordered > 0).then_some(row)
    }

    fn fill(&mut self, cell: &Cell) {
        self.filled += 1;
        self.covered += cell.col_span;
        self.is_words &= is_words(cell);
        self.is_spread = cell.col_span > 1;
        if let Some(style) = cell.style.as_deref() {
            self.is_spread |= style.align == Some(Align::Center);
            let usual = Points::new(USUAL_SIZE);
            self.is_large |= style.font_size.is_some_and(|size| size > usual);
        }
    }

    /// Whether one text stands alone in it.
    pub(crate) fn is_lone(&self) -> bool {
        let is_only = self.bordered == 0 || self.counted == 1 && self.bordered == self.covered;
        self.filled == 1 && self.is_words && is_only
    }

    /// Whether its characters are larger or darker than usual.
    pub(crate) fn is_strong(&self) -> bool {
        self.is_large || self.look.is_bold
    }

    /// Whether its cells are set apart from usual text by their look or place.
    pub(crate) fn stands_out(&self) -> bool {
        self.is_strong() || self.is_spread || self.look.fill.is_some()
    }
}

/// What most of the filled cells of a row look like.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Look {
    is_bold: bool,
    is_centred: bool,
    fill: Option<Rgb>,
}

impl Look {
    /// Whether cells of this look are set apart from cells of another.
    pub(crate) fn stands_out_from(self, other: Self) -> bool {
        self.is_bold && !other.is_bold
            || self.is_centred && !other.is_centred
            || self.is_filled_unlike(other)
    }

    /// Whether the ground alone sets cells of this look apart.
    pub(crate) fn stands_out_by_ground(self, other: Self) -> bool {
        self.is_filled_unlike(other)
            && (!self.is_bold || other.is_bold)
            && (!self.is_centred || other.is_centred)
    }

    fn is_filled_unlike(self, other: Self) -> bool {
        self.fill.is_some() && self.fill != other.fill
    }
}

/// The looks of the filled cells of a row, counted.
#[derive(Default)]
struct Looks {
    cells: u32,
    bold: u32,
    centred: u32,
    fill: Option<Rgb>,
    filled: u32,
}

impl Looks {
    fn add(&mut self, cell: &Cell) {
        self.cells += 1;
        let Some(style) = cell.style.as_deref() else {
            return;
        };
        self.bold += u32::from(style.marks.has(Mark::Bold));
        self.centred += u32::from(style.align == Some(Align::Center));
        // White is the ground of a page too.
        let fill = style.fill.filter(|fill| *fill != Rgb([255, 255, 255]));
        if fill.is_some() {
            self.fill = self.fill.or(fill);
            self.filled += u32::from(self.fill == fill);
        }
    }

    fn common(&self) -> Look {
        let is_most = |count: u32| count > 0 && count * 5 >= self.cells * 3;
        Look {
            is_bold: is_most(self.bold),
            is_centred: is_most(self.centred),
            fill: self.fill.filter(|_| is_most(self.filled)),
        }
    }
}

/// Whether a cell holds words or a day, and no quantity.
pub(crate) fn is_words(cell: &Cell) -> bool {
    match &cell.value {
        None => !cell.content.is_empty(),
        Some(value) => {
            matches!(value, Value::Date(_) | Value::DateTime(_)) && !cell.content.is_empty()
        }
    }
}

/// Whether a cell holds a value, or text that is written like one: `12`, `7.5%`, `2020-01-20`.
pub(crate) fn reads_as_value(cell: &Cell) -> bool {
    if cell.value.is_some() {
        return true;
    }
    let Content::Text(text) = &cell.content else {
        return false;
    };
    let is_part = |c: char| c.is_ascii_digit() || " .,:/%+-()$€£¥￥".contains(c);
    text.contains(|c: char| c.is_ascii_digit()) && text.chars().all(is_part)
}

/// How many characters the text of a cell has.
pub(crate) fn length(cell: &Cell) -> usize {
    with_text(cell, |text| text.chars().count())
}

/// Whether a cell is a label that asks for something, or a label with what it asks for: `Date:`,
/// `Checked by: Ann`. A time and an address have colons too.
pub(crate) fn has_label(cell: &Cell) -> bool {
    with_text(cell, |text| label_end(text).is_some())
}

/// Whether a cell is a label alone, whose answer stands elsewhere.
pub(crate) fn is_label(cell: &Cell) -> bool {
    with_text(cell, |text| {
        label_end(text).is_some_and(|rest| rest.trim().is_empty())
    })
}

/// What follows the first colon of a text that ends a label.
fn label_end(text: &str) -> Option<&str> {
    let (label, rest) = text.split_once([':', '：'])?;
    let is_time = label.ends_with(|c: char| c.is_ascii_digit());
    (!label.trim().is_empty() && !is_time && !rest.starts_with("//")).then_some(rest)
}

/// Whether the text of a cell is a sentence or a footnote.
pub(crate) fn is_sentence(cell: &Cell) -> bool {
    with_text(cell, |text| {
        let text = text.trim();
        let is_ended =
            text.ends_with(['.', '!', '?', ';']) && text.chars().count() >= SHORTEST_SENTENCE;
        is_ended
            || text.ends_with(['。', '；', '！', '？'])
            || text.starts_with(['*', '†', '‡', '※'])
    })
}

fn with_text<T>(cell: &Cell, find: impl FnOnce(&str) -> T) -> T {
    match &cell.content {
        Content::Text(text) => find(text),
        Content::Blocks(_) => find(&cell.plain_text()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_white_ground_sets_no_row_apart() {
        let row = |fill: [u8; 3]| {
            let mut cell = Cell::text("x");
            cell.restyle(|style| style.fill = Some(Rgb(fill)));
            Row::new(&[cell], 0).expect("a row in use").stands_out()
        };
        assert!(row([200; 3]));
        assert!(!row([255; 3]));
    }
}
