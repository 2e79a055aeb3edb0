//! Cell addresses of OpenDocument (OpenDocument 1.3 part 3, 9.2.4 and 9.2.5), and as Excel writes them.

use crate::place::{Area, COLUMNS, ROWS, letters};

/// A cell or a range with the sheets that it names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Reference<'a> {
    /// The file that holds the sheet, where it is another.
    file: Option<String>,
    pub(super) sheet: Option<String>,
    /// The sheet of the last cell, where it names another one.
    last_sheet: Option<String>,
    first: &'a str,
    last: Option<&'a str>,
}

impl<'a> Reference<'a> {
    /// The reference of `$Sheet1.$A$1:.$B$2`, `'a b'.A1`, `.A1` or `'file:///b.ods'#$Sheet1.A1`.
    pub(super) fn parse(text: &'a str) -> Option<Self> {
        let text = text.trim();
        let (file, text) = match split_quoted(text) {
            Some((file, rest)) if rest.starts_with('#') => (Some(file), &rest[1..]),
            _ => (None, text),
        };
        let (sheet, rest) = sheet(text, true)?;
        let (first, rest) = match rest.find(':') {
            Some(at) => (&rest[..at], Some(&rest[at + 1..])),
            None => (rest, None),
        };
        let (last_sheet, last) = match rest {
            Some(rest) => {
                let (sheet, last) = self::sheet(rest, false)?;
                (sheet, Some(last))
            }
            None => (None, None),
        };
        let last_sheet = last_sheet.filter(|last| Some(last) != sheet.as_ref());
        (is_corner(first) && last.is_none_or(is_corner)).then_some(Self {
            file,
            sheet,
            last_sheet,
            first,
            last,
        })
    }

    /// The range on its sheet. Whole columns and rows are cut at the edges of a sheet.
    pub(super) fn area(&self) -> Option<Area> {
        let first = self.first;
        let last = self.last.unwrap_or(first);
        if let Some(area) = Area::parse(&format!("{first}:{last}")) {
            return Some(area);
        }
        if let Some(rows) = Area::parse(&format!("A{first}:A{last}").replace('$', "")) {
            return Some(Area::new(rows.row, 0, rows.last_row, COLUMNS - 1));
        }
        let columns = Area::parse(&format!("{first}1:{last}1").replace('$', ""))?;
        Some(Area::new(0, columns.col, ROWS - 1, columns.last_col))
    }

    /// The reference as Excel writes it: `Sheet1!$A$1:$B$2`.
    pub(super) fn a1(&self) -> String {
        let mut text = String::new();
        let sheets = match (&self.sheet, &self.last_sheet) {
            (Some(first), Some(last)) => Some(format!("{first}:{last}")),
            (sheet, _) => sheet.clone(),
        };
        let quoted = |name: &str| format!("'{}'!", name.replace('\'', "''"));
        match (&self.file, sheets) {
            (Some(file), sheets) => {
                text.push_str(&quoted(&format!("[{file}]{}", sheets.unwrap_or_default())));
            }
            (None, Some(_)) if self.is_plain() => {
                text.push_str(self.sheet.as_deref().unwrap_or_default());
                if let Some(last) = &self.last_sheet {
                    text.push(':');
                    text.push_str(last);
                }
                text.push('!');
            }
            (None, Some(sheets)) => text.push_str(&quoted(&sheets)),
            (None, None) => {}
        }
        match self
            .last
            .filter(|last| self.last_sheet.is_none() || *last != self.first)
        {
            Some(last) => text.push_str(&range(self.first, last)),
            None => text.push_str(self.first),
        }
        text
    }

    fn is_plain(&self) -> bool {
        let names = [self.sheet.as_deref(), self.last_sheet.as_deref()];
        names.into_iter().flatten().all(is_plain_name)
    }
}

/// Addresses of a list, between which blanks stand outside of quotes.
pub(super) fn list(text: &str) -> Vec<&str> {
    let (mut parts, mut start, mut quoted) = (Vec::new(), 0, false);
    for (at, character) in text.char_indices() {
        quoted ^= character == '\'';
        if character == ' ' && !quoted {
            parts.push(&text[start..at]);
            start = at + 1;
        }
    }
    parts.push(&text[start..]);
    parts.retain(|part| !part.is_empty());
    parts
}

/// Whether Excel writes a sheet name without quotes: a word that is neither a cell nor a number.
fn is_plain_name(name: &str) -> bool {
    let first = name.chars().next();
    let word = |c: char| c.is_alphanumeric() || c == '_' || c == '.';
    let like_a_cell = Area::parse(name).is_some() || is_r1c1(name);
    first.is_some_and(|c| c.is_alphabetic() || c == '_') && name.chars().all(word) && !like_a_cell
}

fn is_r1c1(name: &str) -> bool {
    let upper = name.to_ascii_uppercase();
    upper.starts_with(['R', 'C']) && upper[1..].bytes().all(|b| b.is_ascii_digit() || b == b'C')
}

/// The sheet name before a point, and what follows the point, which the end of a range may lack.
fn sheet(text: &str, needs_point: bool) -> Option<(Option<String>, &str)> {
    let text = text.strip_prefix('$').unwrap_or(text);
    if let Some((name, rest)) = split_quoted(text) {
        return Some((Some(name), rest.strip_prefix('.')?));
    }
    let end = text.find(':').unwrap_or(text.len());
    match text[..end].rfind('.') {
        Some(0) => Some((None, &text[1..])),
        Some(at) => Some((Some(text[..at].to_owned()), &text[at + 1..])),
        None => (!needs_point).then_some((None, text)),
    }
}

/// The word between quotes, a doubled quote being one, and what follows.
fn split_quoted(text: &str) -> Option<(String, &str)> {
    let rest = text.strip_prefix('\'')?;
    let mut word = String::new();
    let mut characters = rest.char_indices().peekable();
    while let Some((at, character)) = characters.next() {
        if character != '\'' {
            word.push(character);
        } else if characters.next_if(|(_, next)| *next == '\'').is_some() {
            word.push('\'');
        } else {
            return Some((word, &rest[at + 1..]));
        }
    }
    None
}

/// `$A$1`, or `A` and `1` for a whole column and row.
fn is_corner(text: &str) -> bool {
    !text.is_empty()
        && text.len() <= 14
        && text.bytes().all(|b| b == b'$' || b.is_ascii_alphanumeric())
        && text.trim_matches('$').bytes().any(|b| b != b'$')
}

/// A range of whole columns or rows by their letters or numbers alone, as Excel writes it.
fn range(first: &str, last: &str) -> String {
    let parts = |corner: &str| {
        let digits = corner.find(|c: char| c.is_ascii_digit())?;
        let (column, row) = corner.split_at(digits);
        let fixed = if column.len() > 1 && column.ends_with('$') {
            "$"
        } else {
            ""
        };
        let column = column
            .strip_suffix('$')
            .filter(|c| !c.is_empty())
            .unwrap_or(column);
        Some((column.to_owned(), format!("{fixed}{row}")))
    };
    if let (Some((col, row)), Some((last_col, last_row))) = (parts(first), parts(last)) {
        let bare = |text: &str| text.replace('$', "");
        if bare(&row) == "1" && bare(&last_row) == ROWS.to_string() {
            return format!("{col}:{last_col}");
        }
        if bare(&col) == "A" && bare(&last_col) == letters(COLUMNS - 1) {
            return format!("{row}:{last_row}");
        }
    }
    format!("{first}:{last}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_written_as_excel_does() {
        for (given, wanted) in [
            (".A1", "A1"),
            (".$A1:.B$2", "$A1:B$2"),
            ("$Sheet1.$A$1:.$B$2", "Sheet1!$A$1:$B$2"),
            ("$Sheet1.$A$1:$Sheet1.$B$2", "Sheet1!$A$1:$B$2"),
            ("Sheet1.A1:Sheet3.A1", "Sheet1:Sheet3!A1"),
            ("$'it''s a'.A1", "'it''s a'!A1"),
            ("表一.A1", "表一!A1"),
            ("$'A1'.B2", "'A1'!B2"),
            ("$'2019'.B2", "'2019'!B2"),
            (".A:.C", "A:C"),
            (".$A$1:.$B$1048576", "$A:$B"),
            (".A$1:.B$1048576", "A:B"),
            (".A3:.XFD4", "3:4"),
            ("'file:///b.ods'#$Sheet1.A1", "'[file:///b.ods]Sheet1'!A1"),
        ] {
            let reference = Reference::parse(given).expect(given);
            assert_eq!(reference.a1(), wanted, "{given}");
        }
        for text in [
            "",
            ".",
            "#REF!",
            ".A1:",
            "'a",
            "$Sheet1.#REF!",
            ".A 1",
            "A1",
        ] {
            assert_eq!(Reference::parse(text), None, "{text}");
        }
    }

    #[test]
    fn areas_are_those_of_the_sheet() {
        let area = |text: &str| Reference::parse(text).and_then(|reference| reference.area());
        assert_eq!(area("a.B2:a.C3"), Some(Area::new(1, 1, 2, 2)));
        assert_eq!(area(".$A:.$B"), Some(Area::new(0, 0, ROWS - 1, 1)));
        assert_eq!(area(".$1:.$2"), Some(Area::new(0, 0, 1, COLUMNS - 1)));
        assert_eq!(area(".ZZZZ1"), None);
        assert_eq!(
            list("'a b'.A1:'a b'.B2 c.D1"),
            ["'a b'.A1:'a b'.B2", "c.D1"]
        );
    }
}
