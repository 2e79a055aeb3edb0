//! Shared formulas: one text for many cells (ECMA-376-1 18.3.1.40).

use crate::place::{COLUMNS, ROWS, column, letters};

/// The formula of a cell that shares `formula` with the cell `rows` and `columns` away: its relative
/// references move with it.
pub(super) fn moved(formula: &str, rows: i64, columns: i64) -> String {
    let mut result = String::with_capacity(formula.len());
    let bytes = formula.as_bytes();
    let mut at = 0;
    let mut quote = None;
    while at < bytes.len() {
        let byte = bytes[at];
        if quote.is_none()
            && (byte == b'$' || byte.is_ascii_alphanumeric() || byte == b'_' || byte >= 0x80)
        {
            let end = bytes[at..]
                .iter()
                .position(|&b| !is_word(b))
                .map_or(bytes.len(), |n| at + n);
            let word = &formula[at..end];
            if let Some((text, length)) = whole_range(&formula[at..], rows, columns) {
                result.push_str(&text);
                at += length;
                continue;
            }
            let is_name = matches!(bytes.get(end), Some(b'(' | b'!' | b'['));
            match reference(word).filter(|_| !is_name) {
                Some(reference) => result.push_str(&reference.moved(rows, columns)),
                None => result.push_str(word),
            }
            at = end;
            continue;
        }
        match quote {
            None if byte == b'"' || byte == b'\'' => quote = Some(byte),
            Some(open) if open == byte => quote = None,
            _ => {}
        }
        let width = formula[at..].chars().next().map_or(1, char::len_utf8);
        result.push_str(&formula[at..at + width]);
        at += width;
    }
    result
}

/// A range of whole columns (`A:$B`) or rows (`1:$3`) at the start of a text, moved, and its length.
fn whole_range(text: &str, rows: i64, columns: i64) -> Option<(String, usize)> {
    let word = |text: &str| text.bytes().position(|b| !is_word(b)).unwrap_or(text.len());
    let first = word(text);
    let rest = text.get(first..)?.strip_prefix(':')?;
    let second = word(rest);
    // What a name, a function or another range goes on with is none.
    if matches!(rest.as_bytes().get(second), Some(b'(' | b'!' | b'[' | b':')) {
        return None;
    }
    let from = whole_end(text.get(..first)?, rows, columns)?;
    let to = whole_end(rest.get(..second)?, rows, columns)?;
    let is_digit = |text: &str| text.ends_with(|c: char| c.is_ascii_digit());
    (is_digit(&from) == is_digit(&to)).then(|| (format!("{from}:{to}"), first + 1 + second))
}

/// A whole column or row, moved.
fn whole_end(word: &str, rows: i64, columns: i64) -> Option<String> {
    let (sign, rest) = match word.strip_prefix('$') {
        Some(rest) => ("$", rest),
        None => ("", word),
    };
    let by = |moved: i64| if sign.is_empty() { moved } else { 0 };
    if let Some(col) = column(rest) {
        let col = (i64::from(col) + by(columns)).rem_euclid(i64::from(COLUMNS));
        return Some(format!("{sign}{}", letters(u32::try_from(col).ok()?)));
    }
    let row: u32 = rest
        .parse()
        .ok()
        .filter(|_| rest.bytes().all(|b| b.is_ascii_digit()))?;
    let row = (1..=ROWS).contains(&row).then_some(row)?;
    let row = (i64::from(row) - 1 + by(rows)).rem_euclid(i64::from(ROWS)) + 1;
    Some(format!("{sign}{row}"))
}

fn is_word(byte: u8) -> bool {
    byte == b'$'
        || byte == b'_'
        || byte == b'.'
        || byte == b'\\'
        || byte.is_ascii_alphanumeric()
        || byte >= 0x80
}

/// A reference to a cell; in a range each end is one.
struct Reference<'a> {
    fixed_column: bool,
    column: &'a str,
    fixed_row: bool,
    row: u32,
}

fn reference(word: &str) -> Option<Reference<'_>> {
    let (fixed, rest) = word
        .strip_prefix('$')
        .map_or((false, word), |rest| (true, rest));
    let end = rest
        .bytes()
        .position(|b| !b.is_ascii_alphabetic())
        .unwrap_or(rest.len());
    let (letters, rest) = rest.split_at(end);
    let (fixed_row, digits) = match rest.strip_prefix('$') {
        Some(digits) => (true, digits),
        None => (fixed && letters.is_empty(), rest),
    };
    // A bare word of letters may be a name, and a bare number is a number: only cells are moved.
    let row: u32 = digits
        .parse()
        .ok()
        .filter(|_| digits.bytes().all(|b| b.is_ascii_digit()))?;
    column(letters)?;
    (1..=ROWS).contains(&row).then_some(Reference {
        fixed_column: fixed,
        column: letters,
        fixed_row,
        row,
    })
}

impl Reference<'_> {
    fn moved(&self, rows: i64, columns: i64) -> String {
        let given = i64::from(column(self.column).unwrap_or_default());
        let new_column = if self.fixed_column {
            given
        } else {
            (given + columns).rem_euclid(i64::from(COLUMNS))
        };
        let given = i64::from(self.row) - 1;
        let new_row = if self.fixed_row {
            given
        } else {
            (given + rows).rem_euclid(i64::from(ROWS))
        };
        format!(
            "{}{}{}{}",
            if self.fixed_column { "$" } else { "" },
            letters(u32::try_from(new_column).unwrap_or_default()),
            if self.fixed_row { "$" } else { "" },
            new_row + 1
        )
    }
}

#[cfg(test)]
mod tests {
    use super::moved;

    #[test]
    fn relative_references_move_and_others_stay() {
        for (formula, wanted) in [
            ("A1+B2", "B3+C4"),
            ("$A1+A$1+$A$1", "$A3+B$1+$A$1"),
            ("SUM(A1:B2)", "SUM(B3:C4)"),
            ("LOG10(A1)", "LOG10(B3)"),
            ("Sheet1!A1&\"A1\"", "Sheet1!B3&\"A1\""),
            ("'A1 B2'!A1", "'A1 B2'!B3"),
            ("合计A1+rate_1*2", "合计A1+rate_1*2"),
            ("1.5E3+TRUE", "1.5E3+TRUE"),
            ("SUM(A:B)+SUM($A:B)", "SUM(B:C)+SUM($A:C)"),
            ("SUM(1:3)+SUM($1:$3)", "SUM(3:5)+SUM($1:$3)"),
            ("Sheet1!A:A", "Sheet1!B:B"),
            ("a:b(1)", "a:b(1)"),
        ] {
            assert_eq!(moved(formula, 2, 1), wanted, "{formula}");
        }
    }
}
