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
        ] {
            assert_eq!(moved(formula, 2, 1), wanted, "{formula}");
        }
    }
}
