//! Documents that were changed on their way: what is read is right, or it is told that it is not known.

use proptest::prelude::*;
use proptest::sample::Index;
use tabulary_ir::{Block, Cell, Diagnostics, Document, Table, TableBuilder};

use super::{annual, numbered};
use crate::{Extraction, FieldValue, Form, Report, extract, fill};

/// A table as loose cells, for changes.
#[derive(Clone)]
struct Loose {
    cells: Vec<Cell>,
    rows: u32,
    header_rows: u32,
}

impl Loose {
    fn new(table: &Table) -> Self {
        Self {
            cells: table.cells().to_vec(),
            rows: table.rows(),
            header_rows: table.header_rows,
        }
    }

    fn table(self) -> Table {
        let mut builder = TableBuilder::new()
            .size(self.rows, 0)
            .headers(self.header_rows, 0);
        builder.place_all(self.cells);
        builder.finish(&mut Diagnostics::new())
    }

    fn drop_row(&mut self, row: u32) {
        self.cells
            .retain(|cell| cell.row != row || cell.row_span > 1);
        for cell in &mut self.cells {
            let reaches = cell.row <= row && row < cell.row + cell.row_span;
            if reaches && cell.row_span > 1 {
                cell.row_span -= 1;
            }
            if cell.row > row {
                cell.row -= 1;
            }
        }
        self.rows -= 1;
    }

    fn insert_row(&mut self, row: u32, label: &str, width: u32) {
        for cell in &mut self.cells {
            if cell.row >= row {
                cell.row += 1;
            } else if cell.row + cell.row_span > row {
                cell.row_span += 1;
            }
        }
        let covered: Vec<(u32, u32)> = self
            .cells
            .iter()
            .filter(|cell| cell.row < row && cell.row + cell.row_span > row)
            .map(|cell| (cell.col, cell.col + cell.col_span))
            .collect();
        let is_free = |col: u32| !covered.iter().any(|(from, to)| (*from..*to).contains(&col));
        let mut free = (0..width).filter(|col| is_free(*col));
        if let Some(first) = free.next() {
            self.cells.push(Cell::text(label).at(row, first));
        }
        for col in free {
            self.cells.push(Cell::text("77777").at(row, col));
        }
        self.rows += 1;
        self.cells.sort_by_key(|cell| (cell.row, cell.col));
    }

    fn insert_column(&mut self, col: u32) {
        for cell in &mut self.cells {
            if cell.col >= col {
                cell.col += 1;
            } else if cell.col + cell.col_span > col {
                cell.col_span += 1;
            }
        }
    }

    fn widen(&mut self, by: u32) {
        for cell in &mut self.cells {
            cell.col *= by;
            cell.col_span *= by;
        }
    }

    fn lose_spans(&mut self) {
        for cell in &mut self.cells {
            (cell.row_span, cell.col_span) = (1, 1);
        }
    }

    fn stand_headers(&mut self) {
        for cell in &mut self.cells {
            let text = cell.plain_text();
            let is_label = !text.is_empty() && !text.starts_with(|c: char| c.is_ascii_digit());
            if is_label && cell.row < 3 {
                let letters: Vec<String> = text.chars().map(String::from).collect();
                *cell = Cell::text(letters.join("\n"))
                    .at(cell.row, cell.col)
                    .spanning(cell.row_span, cell.col_span);
            }
        }
    }

    /// Breaks a text in two lines, as a narrow cell does.
    fn break_label(&mut self, index: usize) {
        let cell = &mut self.cells[index];
        let text: Vec<char> = cell.plain_text().chars().collect();
        if text.len() > 3 && !text[0].is_ascii_digit() {
            let (a, b) = text.split_at(text.len() / 2);
            let text = format!(
                "{}\n{}",
                a.iter().collect::<String>(),
                b.iter().collect::<String>()
            );
            *cell = Cell::text(text)
                .at(cell.row, cell.col)
                .spanning(cell.row_span, cell.col_span);
        }
    }

    /// Joins a text cell of a header with the one at its right.
    fn merge_headers(&mut self, index: usize) {
        let (row, end, span) = {
            let cell = &self.cells[index];
            (cell.row, cell.col + cell.col_span, cell.row_span)
        };
        let other = self
            .cells
            .iter()
            .position(|cell| (cell.row, cell.col) == (row, end) && cell.row_span == span);
        let is_text = |cell: &Cell| cell.value.is_none() && !cell.plain_text().is_empty();
        if let Some(other) = other
            && is_text(&self.cells[index])
            && is_text(&self.cells[other])
        {
            let text = format!(
                "{}{}",
                self.cells[index].plain_text(),
                self.cells[other].plain_text()
            );
            let spans = self.cells[index].col_span + self.cells[other].col_span;
            let (row, col) = (row, self.cells[index].col);
            self.cells[index] = Cell::text(text).at(row, col).spanning(span, spans);
            self.cells.remove(other);
        }
    }

    /// Swaps two columns of single cells, their headers with them.
    fn swap_columns(&mut self, a: u32, b: u32) {
        for cell in &mut self.cells {
            if cell.col_span == 1 {
                if cell.col == a {
                    cell.col = b;
                } else if cell.col == b {
                    cell.col = a;
                }
            }
        }
        self.cells.sort_by_key(|cell| (cell.row, cell.col));
    }

    /// Empties a cell with a number.
    fn blank_cell(&mut self, index: usize) -> bool {
        let is_number = self.cells[index].value.is_some();
        if is_number {
            let cell = &self.cells[index];
            self.cells[index] = Cell::default()
                .at(cell.row, cell.col)
                .spanning(cell.row_span, cell.col_span);
        }
        is_number
    }
}

/// Changes a table of the document of a report, and reads the report again.
fn changed(form: &Form, report: &Report, table: usize, change: impl Fn(&mut Loose)) -> Extraction {
    let mut document: Document = fill(form, report);
    let mut count = 0;
    for block in &mut document.body {
        if let Block::Table(found) = block {
            if count == table {
                let mut loose = Loose::new(found);
                change(&mut loose);
                **found = loose.table();
            }
            count += 1;
        }
    }
    extract(form, &document, &[])
}

/// No value is wrong; which are not known is given back. Each of those is told.
fn unknown(form: &Form, report: &Report, extraction: &Extraction) -> Vec<String> {
    let mut unknown = Vec::new();
    for field in form.fields() {
        let Some(wanted) = report.fields.get(&field.id) else {
            continue;
        };
        match extraction.report.fields.get(&field.id) {
            Some(found) => assert_eq!(found, wanted, "{}", field.id),
            None => unknown.push(field.id.clone()),
        }
    }
    for id in &unknown {
        let is_told = extraction.findings.iter().any(|finding| {
            finding.cells.iter().any(|cell| cell.field == *id)
                || finding.kind == crate::FindingKind::TableMissing
        });
        assert!(is_told, "{id} is not known, and nothing says so");
    }
    unknown
}

fn forms() -> impl Strategy<Value = (&'static Form, usize)> {
    (prop_oneof![Just("2019"), Just("2021")], 0..3_usize)
        .prop_map(|(edition, table)| (annual(edition), table))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn a_row_that_was_dropped_is_told((form, table) in forms(), at in any::<Index>()) {
        let report = numbered(form);
        let found = changed(form, &report, table, |loose| {
            let row = u32::try_from(at.index(loose.rows as usize)).expect("small");
            loose.drop_row(row);
        });
        let lost = unknown(form, &report, &found);
        prop_assert!(lost.len() <= 15, "{lost:?}");
    }

    #[test]
    fn a_row_that_was_added_is_told((form, table) in forms(), at in any::<Index>()) {
        let report = numbered(form);
        let found = changed(form, &report, table, |loose| {
            let row = u32::try_from(at.index(loose.rows as usize)).expect("small");
            let width = loose.cells.iter().map(|cell| cell.col + cell.col_span).max().expect("cells");
            loose.insert_row(row, "其他主动公开文件", width);
        });
        prop_assert_eq!(unknown(form, &report, &found), Vec::<String>::new());
        prop_assert!(found.findings.iter().any(|finding| finding.kind == crate::FindingKind::ExtraRow));
    }

    #[test]
    fn an_empty_column_changes_nothing((form, table) in forms(), at in any::<Index>()) {
        let report = numbered(form);
        let found = changed(form, &report, table, |loose| {
            let width = loose.cells.iter().map(|cell| cell.col + cell.col_span).max().expect("cells");
            let col = u32::try_from(at.index(width as usize)).expect("small");
            loose.insert_column(col);
        });
        prop_assert_eq!(unknown(form, &report, &found), Vec::<String>::new());
    }

    #[test]
    fn wider_spans_change_nothing((form, table) in forms(), by in 2..4_u32) {
        let report = numbered(form);
        let found = changed(form, &report, table, |loose| loose.widen(by));
        prop_assert_eq!(unknown(form, &report, &found), Vec::<String>::new());
    }

    #[test]
    fn lost_spans_change_nothing((form, table) in forms()) {
        let report = numbered(form);
        let found = changed(form, &report, table, Loose::lose_spans);
        prop_assert_eq!(unknown(form, &report, &found), Vec::<String>::new());
    }

    #[test]
    fn headers_that_stand_change_nothing((form, table) in forms()) {
        let report = numbered(form);
        let found = changed(form, &report, table, Loose::stand_headers);
        prop_assert_eq!(unknown(form, &report, &found), Vec::<String>::new());
    }

    #[test]
    fn broken_labels_change_nothing((form, table) in forms(), at in any::<Index>()) {
        let report = numbered(form);
        let found = changed(form, &report, table, |loose| {
            let index = at.index(loose.cells.len());
            loose.break_label(index);
        });
        prop_assert_eq!(unknown(form, &report, &found), Vec::<String>::new());
    }

    #[test]
    fn merged_headers_are_right_or_told((form, table) in forms(), at in any::<Index>()) {
        let report = numbered(form);
        let found = changed(form, &report, table, |loose| {
            let index = at.index(loose.cells.len());
            loose.merge_headers(index);
        });
        let lost = unknown(form, &report, &found);
        prop_assert!(lost.len() <= 15, "{lost:?}");
    }

    #[test]
    fn columns_in_another_order_follow_their_labels(edition in prop_oneof![Just("2019"), Just("2021")], a in 4..9_u32, b in 4..9_u32) {
        let form = annual(edition);
        let report = numbered(form);
        let found = changed(form, &report, 1, |loose| loose.swap_columns(a, b));
        prop_assert_eq!(unknown(form, &report, &found), Vec::<String>::new());
    }

    #[test]
    fn blank_cells_are_blank((form, table) in forms(), at in any::<Index>()) {
        let mut report = numbered(form);
        let mut blanked = None;
        let found = changed(form, &report, table, |loose| {
            let index = at.index(loose.cells.len());
            loose.blank_cell(index);
        });
        for (id, value) in &found.report.fields {
            if *value == FieldValue::Blank {
                prop_assert!(blanked.is_none());
                blanked = Some(id.clone());
            }
        }
        if let Some(id) = blanked {
            report.fields.insert(id, FieldValue::Blank);
        }
        prop_assert_eq!(unknown(form, &report, &found), Vec::<String>::new());
    }

    #[test]
    fn many_changes_at_once_give_no_wrong_value(
        (form, table) in forms(),
        changes in proptest::collection::vec((0..7_u8, any::<Index>()), 1..5),
    ) {
        let report = numbered(form);
        let found = changed(form, &report, table, |loose| {
            for (kind, at) in &changes {
                let row = u32::try_from(at.index(loose.rows as usize)).expect("small");
                let width = loose.cells.iter().map(|cell| cell.col + cell.col_span).max().unwrap_or(1);
                match kind {
                    0 => loose.drop_row(row),
                    1 => loose.insert_row(row, "其他事项", width),
                    2 => loose.insert_column(row % width),
                    3 => loose.widen(2),
                    4 => loose.lose_spans(),
                    5 => loose.break_label(at.index(loose.cells.len())),
                    _ => loose.merge_headers(at.index(loose.cells.len())),
                }
            }
        });
        unknown(form, &report, &found);
    }
}
