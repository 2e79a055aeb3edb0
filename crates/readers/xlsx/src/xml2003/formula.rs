//! References by row and column number (`R1C1`) as Excel shows them (`A1`).

use crate::place::{COLUMNS, ROWS, letters};

/// The formula of a cell without its equals sign, with references by letters and numbers.
pub(super) fn a1(formula: &str, row: u32, col: u32) -> String {
    let text = formula.strip_prefix('=').unwrap_or(formula);
    let mut result = String::with_capacity(text.len());
    let mut rest = text;
    // Whether what stands before is part of a word, so that no reference begins here.
    let mut in_word = false;
    while let Some(character) = rest.chars().next() {
        let width = match character {
            '"' | '\'' => {
                let end = quoted_end(rest, character);
                result.push_str(&rest[..end]);
                in_word = false;
                end
            }
            // The name of a file; offsets in brackets are taken with their letter.
            '[' => {
                let end = rest.find(']').map_or(rest.len(), |at| at + 1);
                result.push_str(&rest[..end]);
                in_word = true;
                end
            }
            'R' | 'r' | 'C' | 'c' if !in_word => match reference(rest, row, col) {
                Some((text, width)) => {
                    result.push_str(&text);
                    width
                }
                None => {
                    result.push(character);
                    in_word = true;
                    1
                }
            },
            c => {
                result.push(c);
                in_word = c.is_alphanumeric() || matches!(c, '_' | '.' | '\\');
                c.len_utf8()
            }
        };
        rest = &rest[width..];
    }
    result
}

fn quoted_end(text: &str, quote: char) -> usize {
    text[1..].find(quote).map_or(text.len(), |at| at + 2)
}

/// A row or column of a reference: its number from 0, and whether it stays when the formula moves.
#[derive(Clone, Copy)]
struct Part {
    index: u32,
    fixed: bool,
}

/// What a reference names.
enum Place {
    Cell(Part, Part),
    Row(Part),
    Column(Part),
}

/// The reference that a text begins with, and how long it is there.
fn reference(text: &str, row: u32, col: u32) -> Option<(String, usize)> {
    let (first, width) = place(text, row, col)?;
    if let Place::Cell(row, col) = &first {
        return Some((cell(*row, *col), width));
    }
    // Whole rows and columns have two ends.
    let last = text[width..]
        .strip_prefix(':')
        .and_then(|rest| place(rest, row, col));
    let (last, width) = match last {
        Some((last @ (Place::Row(_) | Place::Column(_)), rest)) => (last, width + 1 + rest),
        _ => (place(text, row, col)?.0, width),
    };
    let text = match (first, last) {
        (Place::Row(first), Place::Row(last)) => format!("{}:{}", number(first), number(last)),
        (Place::Column(first), Place::Column(last)) => {
            format!("{}:{}", column(first), column(last))
        }
        _ => return None,
    };
    Some((text, width))
}

fn place(text: &str, row: u32, col: u32) -> Option<(Place, usize)> {
    let (found, width) = match text.as_bytes().first()? {
        b'R' | b'r' => {
            let (row, width) = part(&text[1..], row, ROWS)?;
            let rest = &text[1 + width..];
            match rest.as_bytes().first() {
                Some(b'C' | b'c') => {
                    let (col, more) = part(&rest[1..], col, COLUMNS)?;
                    (Place::Cell(row, col), 2 + width + more)
                }
                _ => (Place::Row(row), 1 + width),
            }
        }
        b'C' | b'c' => {
            let (col, width) = part(&text[1..], col, COLUMNS)?;
            (Place::Column(col), 1 + width)
        }
        _ => return None,
    };
    // Letters or a bracket behind it make it a name or a function.
    let next = text[width..].chars().next();
    let is_name = |c: char| c.is_alphanumeric() || matches!(c, '_' | '.' | '(' | '\\' | '[' | '!');
    (!next.is_some_and(is_name)).then_some((found, width))
}

/// A number from 1, an offset in brackets, or nothing for the row or column of the cell itself.
fn part(text: &str, base: u32, bound: u32) -> Option<(Part, usize)> {
    if let Some(inside) = text.strip_prefix('[') {
        let end = inside.find(']')?;
        let offset: i64 = inside[..end].parse().ok()?;
        let index = (i64::from(base) + offset).rem_euclid(i64::from(bound));
        let index = u32::try_from(index).ok()?;
        return Some((
            Part {
                index,
                fixed: false,
            },
            end + 2,
        ));
    }
    let end = text
        .bytes()
        .position(|b| !b.is_ascii_digit())
        .unwrap_or(text.len());
    if end == 0 {
        return Some((
            Part {
                index: base,
                fixed: false,
            },
            0,
        ));
    }
    let index = text[..end].parse::<u32>().ok()?.checked_sub(1)?;
    (index < bound).then_some((Part { index, fixed: true }, end))
}

fn cell(row: Part, col: Part) -> String {
    format!("{}{}", column(col), number(row))
}

fn number(row: Part) -> String {
    format!("{}{}", if row.fixed { "$" } else { "" }, row.index + 1)
}

fn column(col: Part) -> String {
    format!("{}{}", if col.fixed { "$" } else { "" }, letters(col.index))
}

#[cfg(test)]
mod tests {
    use super::a1;

    #[test]
    fn references_are_written_with_letters() {
        for (given, wanted) in [
            ("=RC[-1]+R1C1", "B3+$A$1"),
            ("=SUM(R[-2]C:R[-1]C)", "SUM(C1:C2)"),
            ("=Sheet1!R[1]C", "Sheet1!C4"),
            ("='R1C1 x'!R1C2&\"R1C1\"", "'R1C1 x'!$B$1&\"R1C1\""),
            (
                "=SUM(C1:C3)+SUM(R2)+SUM(C)",
                "SUM($A:$C)+SUM($2:$2)+SUM(C:C)",
            ),
            ("=SUM(R[-1]:R)", "SUM(2:3)"),
            ("=ROUND(Rate*RC1,2)", "ROUND(Rate*$A3,2)"),
            ("=COUNT(R1C1)+ROW()+CELL(1)", "COUNT($A$1)+ROW()+CELL(1)"),
            ("=[Book2]Sheet1!R1C1", "[Book2]Sheet1!$A$1"),
            ("=R[-3]C", "C1048576"),
            ("=合计R1", "合计R1"),
            ("=R1C1048576000", "R1C1048576000"),
            ("=\"unended R1C1", "\"unended R1C1"),
        ] {
            assert_eq!(a1(given, 2, 2), wanted, "{given}");
        }
    }
}
