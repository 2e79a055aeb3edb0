//! Widths of columns: how the width of the page is shared among them.

use tabulary_ir::Table;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// The sizes of letters that a table may have, in half points, the usual one first.
const SIZES: [i64; 4] = [21, 18, 15, 12];
/// Margins at the left and right of a cell, together, in twentieths of a point: the usual ones, and
/// those of a table that has no room.
pub(crate) const CELL_MARGINS: i64 = 160;
pub(crate) const TIGHT_MARGINS: i64 = 40;
/// Rows that are looked at.
const ROWS: u32 = 2000;
/// The widest line and the longest word that a column makes room for, in halves of an em.
const LINE: usize = 60;
const WORD: usize = 24;

/// The widths of the columns in twentieths of a point, and the size of letters in half points.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Layout {
    pub(crate) columns: Vec<i64>,
    pub(crate) size: i64,
    /// Whether cells have next to no margins.
    pub(crate) tight: bool,
}

/// What the text of a column needs, in halves of an em.
#[derive(Clone, Copy, Default)]
struct Need {
    word: usize,
    line: usize,
}

/// Shares `available` twentieths of a point among the columns of a table: to each what its longest
/// word needs, then what its longest line would take, then the rest.
pub(crate) fn share(table: &Table, available: i64) -> Layout {
    let needs = needs(table);
    let em = |size: i64, halves: usize| halves as i64 * size * 5 + CELL_MARGINS;
    let least = |size: i64| -> Vec<i64> { needs.iter().map(|n| em(size, n.word)).collect() };
    let fits = |size: &i64| least(*size).iter().sum::<i64>() <= available;
    let size = SIZES
        .into_iter()
        .find(fits)
        .unwrap_or(SIZES[SIZES.len() - 1]);
    let mut columns = least(size);
    let taken: i64 = columns.iter().sum();
    if taken > available {
        scale(&mut columns, available);
        return Layout {
            columns,
            size,
            tight: true,
        };
    }
    let wanted: Vec<i64> = needs
        .iter()
        .zip(&columns)
        .map(|(need, least)| (em(size, need.line) - least).max(0))
        .collect();
    let more = wanted.iter().sum::<i64>().min(available - taken);
    for (column, part) in columns.iter_mut().zip(portions(&wanted, more)) {
        *column += part;
    }
    let rest = available - columns.iter().sum::<i64>();
    let parts = portions(&columns, rest);
    for (column, part) in columns.iter_mut().zip(parts) {
        *column += part;
    }
    Layout {
        columns,
        size,
        tight: false,
    }
}

/// Brings widths in proportion to a sum; none falls to nothing.
fn scale(columns: &mut [i64], sum: i64) {
    let parts = portions(columns, sum);
    for (column, part) in columns.iter_mut().zip(parts) {
        *column = part.max(1);
    }
}

/// Parts of a sum in proportion to weights, which add up to it.
fn portions(weights: &[i64], sum: i64) -> Vec<i64> {
    let total: i64 = weights.iter().sum();
    if total <= 0 {
        return vec![0; weights.len()];
    }
    let (mut seen, mut given) = (0, 0);
    let parts = weights.iter().map(|weight| {
        seen += weight;
        let upto = sum * seen / total;
        let part = upto - given;
        given = upto;
        part
    });
    parts.collect()
}

fn needs(table: &Table) -> Vec<Need> {
    let mut needs = vec![Need { word: 2, line: 2 }; table.columns().len()];
    let mut wide = Vec::new();
    for cell in table.cells() {
        if cell.row >= ROWS {
            break;
        }
        let need = need(&cell.plain_text());
        let first = cell.col as usize;
        if cell.col_span == 1 {
            needs[first].word = needs[first].word.max(need.word);
            needs[first].line = needs[first].line.max(need.line);
        } else {
            wide.push((first, cell.col_span as usize, need));
        }
    }
    // A wide cell asks for what its columns do not have yet.
    for (first, span, need) in wide {
        let columns = &mut needs[first..first + span];
        spread(columns, need.word, |need| &mut need.word);
        spread(columns, need.line, |need| &mut need.line);
    }
    needs
}

fn spread(columns: &mut [Need], wanted: usize, of: fn(&mut Need) -> &mut usize) {
    let have: usize = columns.iter_mut().map(|need| *of(need)).sum();
    let lack = wanted.saturating_sub(have).div_ceil(columns.len().max(1));
    for need in columns {
        *of(need) += lack;
    }
}

/// What a text needs: East Asian text breaks between any two characters, other text at blanks.
fn need(text: &str) -> Need {
    let mut need = Need { word: 2, line: 2 };
    for line in text.lines() {
        need.line = need.line.max(line.width().min(LINE));
        let mut word = 0;
        for character in line.chars() {
            let width = character.width().unwrap_or(0);
            word = match width {
                _ if character.is_whitespace() => 0,
                2 => {
                    need.word = need.word.max(4);
                    0
                }
                width => word + width,
            };
            need.word = need.word.max(word.min(WORD));
        }
    }
    need
}

#[cfg(test)]
mod tests {
    use super::*;
    use tabulary_ir::{Cell, Diagnostics, TableBuilder};

    fn table(rows: &[&[&str]]) -> Table {
        let mut builder = TableBuilder::new();
        for row in rows {
            builder.row();
            for text in *row {
                builder.push(Cell::text(*text));
            }
        }
        builder.finish(&mut Diagnostics::new())
    }

    #[test]
    fn the_width_is_shared_in_full() {
        let layout = share(
            &table(&[&["规范性文件", "0", "2"], &["x", "1234567", ""]]),
            9000,
        );
        assert_eq!(layout.columns.iter().sum::<i64>(), 9000);
        assert_eq!(layout.size, 21);
        assert!(layout.columns[0] > layout.columns[2]);
    }

    #[test]
    fn many_columns_take_smaller_letters() {
        let row = vec!["123456"; 16];
        assert_eq!(share(&table(&[&row]), 9000).size, 12);
        let row = vec!["12"; 60];
        let layout = share(&table(&[&row]), 9000);
        assert!(layout.columns.iter().all(|&width| width > 0));
        assert_eq!(layout.columns.iter().sum::<i64>(), 9000);
    }
}
