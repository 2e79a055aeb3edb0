//! Cell references (ECMA-376-1 18.18.7, 18.18.62).

use std::fmt;

/// The rows of a sheet.
pub(crate) const ROWS: u32 = 1 << 20;
/// The columns of a sheet.
pub(crate) const COLUMNS: u32 = 1 << 14;

/// A range of cells, both corners in it, counted from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Area {
    pub(crate) row: u32,
    pub(crate) col: u32,
    pub(crate) last_row: u32,
    pub(crate) last_col: u32,
}

impl Area {
    pub(crate) fn new(row: u32, col: u32, last_row: u32, last_col: u32) -> Self {
        Self {
            row,
            col,
            last_row,
            last_col,
        }
    }

    /// The range of `B3`, `B3:C4` or `$B$3:$C$4`.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let (first, last) = text.split_once(':').unwrap_or((text, text));
        let (row, col) = parse_cell(first)?;
        let (last_row, last_col) = parse_cell(last)?;
        Some(Self::new(
            row.min(last_row),
            col.min(last_col),
            row.max(last_row),
            col.max(last_col),
        ))
    }

    pub(crate) fn contains(&self, row: u32, col: u32) -> bool {
        (self.row..=self.last_row).contains(&row) && (self.col..=self.last_col).contains(&col)
    }

    pub(crate) fn height(&self) -> u32 {
        self.last_row - self.row + 1
    }

    pub(crate) fn width(&self) -> u32 {
        self.last_col - self.col + 1
    }
}

impl fmt::Display for Area {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", letters(self.col), self.row + 1)?;
        if (self.row, self.col) != (self.last_row, self.last_col) {
            write!(f, ":{}{}", letters(self.last_col), self.last_row + 1)?;
        }
        Ok(())
    }
}

/// The row and column of `B3` or `$B$3`.
pub(crate) fn parse_cell(text: &str) -> Option<(u32, u32)> {
    let text = text.trim().strip_prefix('$').unwrap_or(text.trim());
    let end = text.bytes().position(|b| !b.is_ascii_alphabetic())?;
    let (letters, digits) = text.split_at(end);
    let digits = digits.strip_prefix('$').unwrap_or(digits);
    let row: u32 = digits.parse().ok().filter(|_| !digits.starts_with('+'))?;
    let col = column(letters)?;
    (1..=ROWS).contains(&row).then(|| (row - 1, col))
}

/// The column of `AB`.
pub(crate) fn column(letters: &str) -> Option<u32> {
    if letters.is_empty() || letters.len() > 3 || !letters.bytes().all(|b| b.is_ascii_alphabetic())
    {
        return None;
    }
    let number = letters.bytes().fold(0, |number, b| {
        number * 26 + u32::from(b.to_ascii_uppercase() - b'A') + 1
    });
    (number <= COLUMNS).then(|| number - 1)
}

/// The letters of a column.
pub(crate) fn letters(col: u32) -> String {
    let mut number = col + 1;
    let mut text = Vec::new();
    while number > 0 {
        let digit = u8::try_from((number - 1) % 26).unwrap_or_default();
        text.push(char::from(b'A' + digit));
        number = (number - 1) / 26;
    }
    text.iter().rev().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_read_and_written() {
        for text in ["A1", "Z9", "AA10", "XFD1048576", "B3:C4"] {
            assert_eq!(Area::parse(text).expect("a range").to_string(), text);
        }
        assert_eq!(
            Area::parse("$C$4:$B$3").expect("a range").to_string(),
            "B3:C4"
        );
        for text in [
            "", "A", "1", "A0", "XFE1", "A1048577", "A+1", "é1", "A1:", "AAAA1",
        ] {
            assert_eq!(Area::parse(text), None, "{text}");
        }
    }
}
