//! Ranges of a sheet and how they are written (ECMA-376-1 18.18.7, 18.18.62).

use std::fmt;

/// The rows of the largest sheet.
pub const SHEET_ROWS: u32 = 1 << 20;
/// The columns of the largest sheet.
pub const SHEET_COLUMNS: u32 = 1 << 14;

/// A range of cells, both corners in it, counted from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Area {
    /// The first row.
    pub row: u32,
    /// The first column.
    pub col: u32,
    /// The last row.
    pub last_row: u32,
    /// The last column.
    pub last_col: u32,
}

impl Area {
    /// The range between two corners.
    pub fn new(row: u32, col: u32, last_row: u32, last_col: u32) -> Self {
        Self {
            row,
            col,
            last_row,
            last_col,
        }
    }

    /// The range of `B3`, `B3:C4` or `$B$3:$C$4`.
    pub fn parse(text: &str) -> Option<Self> {
        let (first, last) = text.split_once(':').unwrap_or((text, text));
        let (row, col) = parse_cell_place(first)?;
        let (last_row, last_col) = parse_cell_place(last)?;
        Some(Self::new(
            row.min(last_row),
            col.min(last_col),
            row.max(last_row),
            col.max(last_col),
        ))
    }

    /// Whether a cell stands in it.
    pub fn contains(&self, row: u32, col: u32) -> bool {
        (self.row..=self.last_row).contains(&row) && (self.col..=self.last_col).contains(&col)
    }

    /// How many rows it has.
    pub fn height(&self) -> u32 {
        self.last_row - self.row + 1
    }

    /// How many columns it has.
    pub fn width(&self) -> u32 {
        self.last_col - self.col + 1
    }
}

impl fmt::Display for Area {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", column_letters(self.col), self.row + 1)?;
        if (self.row, self.col) != (self.last_row, self.last_col) {
            write!(f, ":{}{}", column_letters(self.last_col), self.last_row + 1)?;
        }
        Ok(())
    }
}

/// The row and column of `B3` or `$B$3`, counted from 0.
pub fn parse_cell_place(text: &str) -> Option<(u32, u32)> {
    let text = text.trim().strip_prefix('$').unwrap_or(text.trim());
    let end = text.bytes().position(|b| !b.is_ascii_alphabetic())?;
    let (letters, digits) = text.split_at(end);
    let digits = digits.strip_prefix('$').unwrap_or(digits);
    let row: u32 = digits.parse().ok().filter(|_| !digits.starts_with('+'))?;
    let col = column_number(letters)?;
    (1..=SHEET_ROWS).contains(&row).then(|| (row - 1, col))
}

/// The column of `AB`, counted from 0.
pub fn column_number(letters: &str) -> Option<u32> {
    if letters.is_empty() || letters.len() > 3 || !letters.bytes().all(|b| b.is_ascii_alphabetic())
    {
        return None;
    }
    let number = letters.bytes().fold(0, |number, b| {
        number * 26 + u32::from(b.to_ascii_uppercase() - b'A') + 1
    });
    (number <= SHEET_COLUMNS).then(|| number - 1)
}

/// The letters of a column, counted from 0.
pub fn column_letters(col: u32) -> String {
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
