//! Sheets that this program wrote.
//!
//! A sheet has no headings and no ends of tables. The writer leaves them as defined names on the
//! ranges of its blocks: `_tabulary.N.table.hR.cC[.w][.s]` for a table with R header rows, C header
//! columns and, where they stand behind it, `.w` for widths and heights of its own, `.s` for a look of
//! its own, `.p` for headers of a look of their own; `_tabulary.N.caption` for the
//! line above a table; `_tabulary.N.usual.F` for what was set of titles (`t`), frozen rows (`f`), paper
//! (`p`) and page numbers (`n`) without being asked; `_tabulary.N.heading.L` for a heading of level L; `_tabulary.N.body` for a
//! sheet that only holds what stood outside of all sheets. N counts the names. What stands outside of
//! these ranges is a paragraph a cell.

use tabulary_ir::{
    Align, Block, Borders, Cell, Code, Diagnostics, Origin, Stroke, Value, VerticalAlign,
};

use crate::header::Headers;
use crate::place::{Area, COLUMNS, ROWS};
use crate::section::Parts;
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
        /// Whether its cells have the look that every table is given, and none of their own.
        is_usual: bool,
        /// Whether its headers were not made to stand out.
        has_plain_headers: bool,
    },
    /// The line above a table.
    Caption,
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
            let rest: Vec<&str> = words.collect();
            Mark::Table {
                header_rows: rows,
                header_columns: columns,
                widths: rest.contains(&"w"),
                is_usual: !rest.contains(&"s"),
                has_plain_headers: rest.contains(&"p"),
            }
        }
        "heading" => Mark::Heading(
            words
                .next()?
                .parse()
                .ok()
                .filter(|level| (1..=9).contains(level))?,
        ),
        "caption" => Mark::Caption,
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

/// Takes back what the writer set of how the sheet is printed and seen without being asked.
pub(crate) fn forget_usual_settings(sheet: &mut Sheet) {
    let flags = sheet.names.iter().find_map(|(name, _)| {
        let (number, flags) = name.strip_prefix(PREFIX)?.split_once(".usual.")?;
        number.parse::<u32>().ok()?;
        Some(flags.to_owned())
    });
    for flag in flags.unwrap_or_default().chars() {
        match flag {
            't' => sheet.title_rows = None,
            'f' => sheet.frozen = (0, 0),
            'p' => sheet.page = None,
            'n' => sheet.footers.clear(),
            _ => {}
        }
    }
}

/// Whether the sheet only holds what stood outside of all sheets.
pub(crate) fn is_body(sheet: &Sheet) -> bool {
    sheet
        .names
        .iter()
        .any(|(name, _)| mark(name) == Some(Mark::Body))
}

/// The blocks of a sheet that this program wrote.
pub(crate) fn blocks(
    mut sheet: Sheet,
    marks: &[(Area, Mark)],
    diagnostics: &mut Diagnostics,
) -> Vec<Block> {
    for (area, mark) in marks {
        if let Mark::Table {
            header_rows,
            header_columns,
            is_usual: true,
            has_plain_headers,
            ..
        } = *mark
        {
            let marked = if has_plain_headers {
                (0, 0)
            } else {
                (header_rows, header_columns)
            };
            forget_usual_style(&mut sheet, *area, marked);
        }
    }
    // An error that nobody calculated is stored as the formula of that error.
    for cell in &mut sheet.cells {
        if let Some(Value::Error(error)) = &cell.value
            && cell.formula.as_deref() == Some(error.0.as_str())
        {
            cell.formula = None;
        }
    }
    let name = sheet.name.clone();
    let all = Area::new(0, 0, ROWS - 1, COLUMNS - 1);
    let mut parts = Parts::new(sheet, all);
    let mut blocks = Vec::new();
    let mut row = 0;
    let mut caption = None;
    for (area, mark) in marks {
        if area.row < row {
            let message = "a named range overlaps another and was passed over";
            let place = Origin::cells(&name, area.to_string());
            diagnostics.add(Code::MergeInvalid, message, place);
            continue;
        }
        if *mark == Mark::Body {
            continue;
        }
        parts.paragraphs(row, area.row, &mut blocks);
        match *mark {
            Mark::Body => {}
            Mark::Caption => {
                caption = parts.line(area.row, area.last_row).map(|line| line.content);
            }
            Mark::Heading(level) => parts.headings(area.row, area.last_row, level, &mut blocks),
            Mark::Table {
                header_rows,
                header_columns,
                widths,
                ..
            } => {
                let headers = Headers {
                    rows: header_rows,
                    columns: header_columns,
                    guessed: false,
                };
                blocks.push(parts.table(*area, headers, widths, caption.take(), diagnostics));
            }
        }
        row = area.last_row + 1;
    }
    parts.paragraphs(row, u32::MAX, &mut blocks);
    blocks
}

/// Takes back what the writer gives every cell of a table that has no look of its own, so that it is
/// not taken for a choice.
/// `marked` is how many rows and columns were made to stand out.
fn forget_usual_style(sheet: &mut Sheet, area: Area, marked: (u32, u32)) {
    let start = sheet.cells.partition_point(|cell| cell.row < area.row);
    let end = sheet
        .cells
        .partition_point(|cell| cell.row <= area.last_row);
    let inside = |cell: &&mut Cell| area.contains(cell.row, cell.col);
    let header_end = (
        area.row.saturating_add(marked.0),
        area.col.saturating_add(marked.1),
    );
    let cells = sheet.cells.get_mut(start..end).unwrap_or_default();
    for cell in cells.iter_mut().filter(inside) {
        let in_header = cell.row < header_end.0 || cell.col < header_end.1;
        cell.restyle(|style| {
            if style.borders == Some(Borders::all(Stroke::Thin)) {
                style.borders = None;
            }
            style.wrap = false;
            style.vertical_align = match style.vertical_align {
                Some(VerticalAlign::Middle) => None,
                Some(other) => Some(other),
                None => Some(VerticalAlign::Bottom),
            };
            if in_header {
                style.marks = style.marks.without(tabulary_ir::Mark::Bold);
                if style.align == Some(Align::Center) {
                    style.align = None;
                }
            }
        });
    }
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
            is_usual: true,
            has_plain_headers: false,
        };
        assert_eq!(mark("_tabulary.12.table.h2.c0.w"), Some(table));
        assert_eq!(mark("_tabulary.1.heading.3"), Some(Mark::Heading(3)));
        assert_eq!(mark("_tabulary.1.heading.0"), None);
        assert_eq!(mark("total"), None);
    }
}
