//! Pipe tables in plain text: lines that begin and end with `|`.
//!
//! Web scrapers and word processors write tables that way. Merged cells leave blank squares: where
//! they stand in place, they continue the label beside or above them; where the rows were pushed
//! together, they stand at the end, and [`packed`](super::packed) tells from labels and numbers where the cells
//! belong. Whatever was told so is a diagnostic of the table.

use tabulary_ir::{Cell, Code, Diagnostics, Error, Origin, Table, TableBuilder};
use tabulary_markup::plain_number;

use super::{in_place, packed};

/// The rows of a pipe table as they were written.
#[derive(Debug, Default)]
pub(super) struct Grid {
    /// The line of the first row.
    pub(super) line: u32,
    pub(super) rows: Vec<Vec<String>>,
    /// How many rows stand above a row of dashes, where there is one.
    pub(super) above_dashes: Option<usize>,
}

/// Where a cell belongs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Placed {
    pub(super) row: usize,
    pub(super) col: usize,
    pub(super) row_span: usize,
    pub(super) col_span: usize,
    pub(super) text: String,
}

/// What was told about a table.
#[derive(Debug, Default)]
pub(super) struct Layout {
    pub(super) cells: Vec<Placed>,
    pub(super) header_rows: usize,
    pub(super) header_columns: usize,
    /// Rows, counted from 1, of which the text does not tell what its cells span.
    pub(super) untold: Vec<usize>,
}

/// Whether a line is a row of a pipe table.
pub(super) fn is_row(line: &str) -> bool {
    let line = line.trim();
    line.len() > 1 && line.starts_with('|') && line.ends_with('|') && !line.ends_with("\\|")
}

impl Grid {
    /// Adds a line.
    pub(super) fn push(&mut self, line: &str) {
        let cells = split(line);
        let dashes = |cell: &String| {
            let inner = cell.trim_start_matches(':').trim_end_matches(':');
            !inner.is_empty() && inner.bytes().all(|b| b == b'-')
        };
        if self.above_dashes.is_none() && cells.iter().all(dashes) {
            self.above_dashes = Some(self.rows.len());
        } else {
            self.rows.push(cells);
        }
    }

    pub(super) fn width(&self) -> usize {
        self.rows.iter().map(Vec::len).max().unwrap_or_default()
    }

    /// How many rows stand above the first that holds a number.
    pub(super) fn rows_before_numbers(&self) -> usize {
        let has_number = |row: &Vec<String>| row.iter().any(|cell| is_number(cell));
        self.rows
            .iter()
            .position(has_number)
            .unwrap_or(self.rows.len())
    }

    /// How many rows at the top are headers: those before the first number, unless rows without numbers
    /// stand further down too.
    pub(super) fn header_rows(&self) -> usize {
        let before = self.rows_before_numbers();
        let is_text = |row: &Vec<String>| {
            row.iter().any(|cell| !cell.is_empty()) && !row.iter().any(|cell| is_number(cell))
        };
        if self.rows[before..].iter().any(is_text) || before == self.rows.len() {
            0
        } else {
            before
        }
    }

    fn is_full(&self, row: usize, width: usize) -> bool {
        let cells = self.rows.get(row).map_or(&[][..], Vec::as_slice);
        cells.len() == width && cells.iter().all(|cell| !cell.is_empty())
    }

    fn has_blanks(&self) -> bool {
        let width = self.width();
        (0..self.rows.len()).any(|row| !self.is_full(row, width))
    }

    /// Whether blank squares stand nowhere but at the end of rows.
    fn is_packed(&self) -> bool {
        self.rows.iter().all(|row| {
            let filled = row.iter().take_while(|cell| !cell.is_empty()).count();
            row[filled..].iter().all(String::is_empty)
        })
    }

    /// Every cell where it was written.
    pub(super) fn as_written(&self) -> Vec<Placed> {
        let rows = self.rows.iter().enumerate();
        rows.flat_map(|(row, cells)| {
            let cells = cells
                .iter()
                .enumerate()
                .filter(|(_, text)| !text.is_empty());
            cells.map(move |(col, text)| Placed {
                row,
                col,
                row_span: 1,
                col_span: 1,
                text: text.clone(),
            })
        })
        .collect()
    }

    fn plain(&self) -> Layout {
        Layout {
            cells: self.as_written(),
            header_rows: self.above_dashes.unwrap_or_else(|| self.header_rows()),
            ..Layout::default()
        }
    }

    /// The table, with what was told about its spans and headers. `effort` is what telling may still cost.
    ///
    /// # Errors
    /// Of kind `Limit` where there are too many cells.
    pub(super) fn into_table(
        self,
        budget: &tabulary_ir::Budget,
        effort: &mut u64,
        diagnostics: &mut Diagnostics,
    ) -> Result<Table, Error> {
        let width = self.width();
        budget.cells(self.rows.len() as u64 * width as u64)?;
        let guessable =
            self.above_dashes.is_none() && self.has_blanks() && !self.is_full(0, self.width());
        let layout = match (guessable, self.is_packed()) {
            (false, _) => self.plain(),
            (true, true) => packed::layout(&self, effort),
            (true, false) => in_place::layout(&self),
        };
        let origin = Origin::line(self.line);
        self.tell(&layout, guessable, &origin, diagnostics);
        let number = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        let mut builder = TableBuilder::new()
            .size(number(self.rows.len()), number(width))
            .headers(number(layout.header_rows), number(layout.header_columns))
            .origin(origin);
        for placed in layout.cells {
            let mut cell = Cell::text(placed.text.as_str())
                .at(number(placed.row), number(placed.col))
                .spanning(number(placed.row_span), number(placed.col_span));
            cell.value = plain_number(&placed.text);
            let skipped = self.above_dashes.is_some_and(|rows| placed.row >= rows);
            let line = self.line + number(placed.row) + u32::from(skipped);
            cell.origin = Some(Box::new(Origin::line(line)));
            builder.place(cell);
        }
        Ok(builder.finish(diagnostics))
    }

    fn tell(&self, layout: &Layout, guessed: bool, origin: &Origin, diagnostics: &mut Diagnostics) {
        if guessed {
            let merged = layout
                .cells
                .iter()
                .filter(|c| c.row_span > 1 || c.col_span > 1);
            let mut message = format!(
                "the text lost the spans of merged cells; {} were told from labels, numbers and blank squares",
                merged.count()
            );
            if !layout.untold.is_empty() {
                let rows: Vec<_> = layout.untold.iter().map(usize::to_string).collect();
                message.push_str(&format!(
                    "; of rows {} the text does not tell what the cells span, so they stand in order from the left",
                    rows.join(", ")
                ));
            }
            diagnostics.add(Code::SpanGuessed, message, origin.clone());
        }
        if layout.header_rows > 0 && self.above_dashes.is_none() {
            let message = match layout.header_rows {
                1 => "the first row holds no number and was taken for a header".to_owned(),
                rows => format!("the first {rows} rows hold no number and were taken for headers"),
            };
            diagnostics.add(Code::HeaderRowGuessed, message, origin.clone());
        }
    }
}

/// The squares of a row; `\|` is a pipe in a cell.
fn split(line: &str) -> Vec<String> {
    let line = line.trim();
    let inner = &line[1..line.len() - 1];
    let mut cells = vec![String::new()];
    let mut chars = inner.chars().peekable();
    while let Some(c) = chars.next() {
        let last = cells.len() - 1;
        match c {
            '\\' if chars.peek() == Some(&'|') => {
                chars.next();
                cells[last].push('|');
            }
            '|' => cells.push(String::new()),
            _ => cells[last].push(c),
        }
    }
    for cell in &mut cells {
        let trimmed = cell.trim_matches([' ', '\t']);
        if trimmed.len() < cell.len() {
            *cell = trimmed.to_owned();
        }
    }
    cells
}

/// Whether a cell holds an amount: digits with sign, separators, a percent sign or a unit of counting.
/// A year, a numbered label and a date are none.
pub(super) fn is_number(text: &str) -> bool {
    const UNITS: [&str; 12] = [
        "%", "％", "‰", "件", "条", "项", "次", "人", "元", "万元", "亿元", "个",
    ];
    let text = text.trim();
    if matches!(text, "-" | "—" | "–" | "/" | "--" | "——") {
        return true;
    }
    let mut body = text.trim_start_matches(['+', '-', '−', '＋', '－', '(', '（']);
    body = body.trim_end_matches([')', '）']).trim_end();
    // The longest unit first: 万元 before 元.
    let unit = UNITS
        .iter()
        .filter(|unit| body.ends_with(**unit))
        .max_by_key(|u| u.len());
    body = body
        .strip_suffix(unit.copied().unwrap_or_default())
        .unwrap_or(body);
    let body = body.trim_end();
    let digit = |c: char| c.is_ascii_digit() || ('０'..='９').contains(&c);
    let separator = |c: char| matches!(c, ',' | '，' | '.' | '．' | ' ' | '\'');
    body.starts_with(digit)
        && body.ends_with(digit)
        && body.chars().all(|c| digit(c) || separator(c))
}
