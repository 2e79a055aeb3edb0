//! Sheets that this program wrote.
//!
//! A sheet has no headings and no ends of tables. The writer leaves them as defined names on the
//! ranges of its blocks: `_tabulary.N.table.hR.cC[.w]` for a table with R header rows, C header
//! columns and, where `.w` stands, widths of its own; `_tabulary.N.heading.L` for a heading of level
//! L; `_tabulary.N.body` for a sheet that only holds what stood outside of all sheets. N counts the
//! names. What stands outside of these ranges is a paragraph a row.

use crate::place::Area;
use crate::sheet::Sheet;

/// With what the names begin.
pub(crate) const PREFIX: &str = "_tabulary.";

/// A block whose range is named.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mark {
    Table {
        header_rows: u32,
        header_columns: u32,
        widths: bool,
    },
    Heading(u8),
    Body,
}

/// What a name says.
pub(crate) fn mark(name: &str) -> Option<Mark> {
    let mut words = name.strip_prefix(PREFIX)?.split('.');
    words.next()?.parse::<u32>().ok()?;
    Some(match words.next()? {
        "table" => {
            let rows = words.next()?.strip_prefix('h')?.parse().ok()?;
            let columns = words.next()?.strip_prefix('c')?.parse().ok()?;
            Mark::Table {
                header_rows: rows,
                header_columns: columns,
                widths: words.next() == Some("w"),
            }
        }
        "heading" => Mark::Heading(
            words
                .next()?
                .parse()
                .ok()
                .filter(|level| (1..=9).contains(level))?,
        ),
        "body" => Mark::Body,
        _ => return None,
    })
}

/// The named blocks of a sheet by their first row; none where the sheet is not of this program.
pub(crate) fn marks(sheet: &Sheet) -> Vec<(Area, Mark)> {
    let mut marks: Vec<_> = sheet
        .names
        .iter()
        .filter_map(|(name, area)| Some((*area, mark(name)?)))
        .collect();
    marks.sort_by_key(|(area, _)| *area);
    marks
}

/// Whether the sheet only holds what stood outside of all sheets.
pub(crate) fn is_body(sheet: &Sheet) -> bool {
    sheet
        .names
        .iter()
        .any(|(name, _)| mark(name) == Some(Mark::Body))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_say_what_a_range_is() {
        let table = Mark::Table {
            header_rows: 2,
            header_columns: 0,
            widths: true,
        };
        assert_eq!(mark("_tabulary.12.table.h2.c0.w"), Some(table));
        assert_eq!(mark("_tabulary.1.heading.3"), Some(Mark::Heading(3)));
        assert_eq!(mark("_tabulary.1.heading.0"), None);
        assert_eq!(mark("total"), None);
    }
}
