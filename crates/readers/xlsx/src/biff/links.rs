//! What formulas refer to by a number: sheets, names and functions.

use std::collections::BTreeMap;

use encoding_rs::{Encoding, WINDOWS_1252};

use super::functions::Functions;
use crate::place::parse_cell;

/// What formulas refer to by a number.
#[derive(Clone, Debug)]
pub(crate) struct Links {
    pub(super) functions: Functions,
    /// The names of the workbook, in order; formulas count them from 1.
    pub(crate) names: Vec<LinkedName>,
    /// The names of its sheets, in order.
    pub(crate) sheets: Vec<String>,
    /// The sheets that references name ([MS-XLS] 2.5.344, [MS-XLSB] 2.5.178).
    pub(crate) targets: Vec<Target>,
    /// The books that targets name.
    pub(crate) books: Vec<Book>,
    /// The tables of records by their number.
    pub(crate) tables: BTreeMap<u32, LinkedTable>,
    /// The encoding of strings that are not Unicode.
    pub(crate) encoding: &'static Encoding,
}

impl Default for Links {
    fn default() -> Self {
        Self {
            functions: Functions::default(),
            names: Vec::new(),
            sheets: Vec::new(),
            targets: Vec::new(),
            books: Vec::new(),
            tables: BTreeMap::new(),
            encoding: WINDOWS_1252,
        }
    }
}

/// A name of the workbook.
#[derive(Clone, Debug)]
pub(crate) struct LinkedName {
    pub(crate) name: String,
    /// The sheet that alone knows it.
    pub(crate) sheet: Option<usize>,
}

/// A table of records (ECMA-376-1 18.5).
#[derive(Clone, Debug, Default)]
pub(crate) struct LinkedTable {
    pub(crate) name: String,
    pub(crate) columns: Vec<String>,
}

impl LinkedTable {
    /// A reference to columns and rows of the table ([MS-XLSB] 2.5.98.52, 2.5.98.73): no column,
    /// one, or those between two.
    pub(super) fn reference(&self, columns: &[u16], rows: u16) -> Option<String> {
        let names = columns.iter().map(|&index| {
            self.columns
                .get(usize::from(index))
                .map(|name| escaped(name))
        });
        let names = names.collect::<Option<Vec<_>>>()?;
        let rows = match rows {
            0x00 => "",
            0x01 => "[#All]",
            0x02 => "[#Headers]",
            0x04 => "[#Data]",
            0x06 => "[#Headers],[#Data]",
            0x08 => "[#Totals]",
            0x0C => "[#Data],[#Totals]",
            0x10 => "[#This Row]",
            _ => return None,
        };
        let inner = match (names.as_slice(), rows) {
            ([], rows) if rows.contains(',') => rows.to_owned(),
            ([], rows) => rows.trim_matches(['[', ']']).to_owned(),
            ([name], "") => name.clone(),
            (names, rows) => {
                let names: Vec<_> = names.iter().map(|name| format!("[{name}]")).collect();
                let comma = if rows.is_empty() { "" } else { "," };
                format!("{rows}{comma}{}", names.join(":"))
            }
        };
        Some(format!("{}[{inner}]", self.name))
    }
}

/// The name of a column with an apostrophe before what would end it (ECMA-376-1 18.17.2.7).
fn escaped(name: &str) -> String {
    let mut text = String::with_capacity(name.len());
    for character in name.chars() {
        if matches!(character, '[' | ']' | '#' | '\'') {
            text.push('\'');
        }
        text.push(character);
    }
    text
}

/// One sheet or several, of this book or another.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Target {
    pub(crate) book: usize,
    /// The first and last sheet; -2 for the book itself, -1 for a sheet that is gone.
    pub(crate) first: i32,
    pub(crate) last: i32,
}

/// A book that formulas refer to.
#[derive(Clone, Debug)]
pub(crate) enum Book {
    /// The workbook itself.
    Own,
    /// Functions that a program adds.
    AddIn { names: Vec<String> },
    /// Another workbook.
    Other {
        /// Its name or number; of a program its name and topic with a bar between them.
        name: String,
        sheets: Vec<String>,
        names: Vec<String>,
    },
}

impl Book {
    /// Where names that the book gives are kept, but for the workbook itself.
    pub(crate) fn names_mut(&mut self) -> Option<&mut Vec<String>> {
        match self {
            Self::Own => None,
            Self::AddIn { names } | Self::Other { names, .. } => Some(names),
        }
    }
}

impl Links {
    /// What stands before a reference to a target, with its exclamation mark.
    pub(super) fn prefix(&self, target: u16) -> Option<String> {
        let target = self.targets.get(usize::from(target))?;
        match self.books.get(target.book)? {
            Book::Own => self.own_prefix(target.first, target.last),
            Book::AddIn { .. } => None,
            // A program and its topic.
            Book::Other { name, .. } if name.contains('|') => Some(format!("{name}!")),
            Book::Other { name, sheets, .. } => {
                let sheet = |index: i32| sheets.get(usize::try_from(index).ok()?);
                let Some(first) = sheet(target.first) else {
                    return Some(format!("{}!", quoted(&format!("[{name}]"))));
                };
                let last = sheet(target.last).filter(|last| *last != first);
                let text = match last {
                    Some(last) => format!("[{name}]{first}:{last}"),
                    None => format!("[{name}]{first}"),
                };
                Some(format!("{}!", quoted(&text)))
            }
        }
    }

    /// What stands before a reference to sheets of this workbook.
    pub(super) fn own_prefix(&self, first: i32, last: i32) -> Option<String> {
        let sheet = |index: i32| self.sheets.get(usize::try_from(index).ok()?);
        let Some(name) = sheet(first) else {
            return Some("#REF!".to_owned());
        };
        let Some(last) = sheet(last).filter(|_| last != first) else {
            return Some(format!("{}!", quoted(name)));
        };
        if must_be_quoted(name) || must_be_quoted(last) {
            return Some(format!("{}!", in_quotes(&format!("{name}:{last}"))));
        }
        Some(format!("{name}:{last}!"))
    }

    /// A name of the workbook, counted from 1.
    pub(super) fn name(&self, number: u32) -> Option<&str> {
        self.linked(number).map(|name| name.name.as_str())
    }

    fn linked(&self, number: u32) -> Option<&LinkedName> {
        let index = usize::try_from(number.checked_sub(1)?).ok()?;
        let name = self.names.get(index)?;
        (!name.name.is_empty()).then_some(name)
    }

    /// A name that a target gives, counted from 1.
    pub(super) fn name_of(&self, target: u16, number: u32) -> Option<String> {
        let index = usize::try_from(number.checked_sub(1)?).ok()?;
        let place = self.targets.get(usize::from(target))?;
        match self.books.get(place.book)? {
            Book::Own => {
                let LinkedName { name, sheet } = self.linked(number)?;
                let sheet = sheet.and_then(|index| i32::try_from(index).ok());
                let sheet = Some(place.first).filter(|first| *first >= 0).or(sheet);
                match sheet {
                    Some(sheet) => Some(self.own_prefix(sheet, sheet)? + name),
                    // A name of the workbook, whatever sheet knows one of the same.
                    None => Some(format!("[0]!{name}")),
                }
            }
            Book::AddIn { names } => names.get(index).cloned(),
            Book::Other { names, .. } => Some(self.prefix(target)? + names.get(index)?),
        }
    }
}

/// The name of a sheet as a formula has it: within apostrophes where it is no plain word.
pub(crate) fn quoted(name: &str) -> String {
    if must_be_quoted(name) {
        in_quotes(name)
    } else {
        name.to_owned()
    }
}

fn in_quotes(name: &str) -> String {
    format!("'{}'", name.replace('\'', "''"))
}

fn must_be_quoted(name: &str) -> bool {
    let number = name
        .strip_prefix('[')
        .and_then(|rest| rest.split_once(']'))
        .filter(|(number, _)| number.bytes().all(|b| b.is_ascii_digit()));
    let name = number.map_or(name, |(_, name)| name);
    if number.is_some() && name.is_empty() {
        return false;
    }
    let plain = name
        .chars()
        .all(|c| c.is_alphanumeric() || c == '_' || c == '.');
    let begins = name
        .chars()
        .next()
        .is_some_and(|c| c.is_alphabetic() || c == '_');
    !plain || !begins || parse_cell(name).is_some() || is_row_column(name)
}

/// Whether a word is a reference in the style `R1C1`, such as `R`, `C2` or `RC`.
fn is_row_column(word: &str) -> bool {
    let digits = |text: &str| text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let after = |text: &str, letter: char| {
        let rest = text.strip_prefix([letter, letter.to_ascii_lowercase()])?;
        rest.get(rest.len() - digits(rest)..).map(str::to_owned)
    };
    let row = after(word, 'R');
    let rest = row.as_deref().unwrap_or(word);
    match after(rest, 'C') {
        Some(rest) => rest.is_empty(),
        None => row.is_some() && rest.is_empty(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_are_referred_to_by_their_columns() {
        let table = LinkedTable {
            name: "Table1".to_owned(),
            columns: vec!["A".to_owned(), "B #".to_owned()],
        };
        for (columns, rows, wanted) in [
            (&[][..], 0x00, "Table1[]"),
            (&[], 0x02, "Table1[#Headers]"),
            (&[1], 0x00, "Table1[B '#]"),
            (&[0], 0x10, "Table1[[#This Row],[A]]"),
            (&[0, 1], 0x00, "Table1[[A]:[B '#]]"),
        ] {
            let text = table.reference(columns, rows);
            assert_eq!(text.as_deref(), Some(wanted));
        }
        assert_eq!(table.reference(&[2], 0), None);
    }

    #[test]
    fn names_of_sheets_are_quoted_where_they_must_be() {
        for (name, wanted) in [
            ("Sheet1", "Sheet1"),
            ("表一", "表一"),
            ("a b", "'a b'"),
            ("it's", "'it''s'"),
            ("2020", "'2020'"),
            ("Q1", "'Q1'"),
            ("R1C2", "'R1C2'"),
            ("RC", "'RC'"),
            ("Rate", "Rate"),
            ("[1]Sheet1", "[1]Sheet1"),
            ("[1]", "[1]"),
            ("[b.xls]Sheet1", "'[b.xls]Sheet1'"),
        ] {
            assert_eq!(quoted(name), wanted);
        }
    }
}
