//! Rows and cells (ECMA-376-1 18.3.1.73, 18.3.1.4).

use std::collections::BTreeMap;

use tabulary_ir::civil::DateTime;
use tabulary_ir::{
    Budget, Cell, Code, Content, Decimal, Diagnostics, Error, Origin, Points, Value,
};
use tabulary_package::xml::{Event, Ns, Pull, Start};

use super::formula::moved;
use super::rows::{RawCell, RawFormula, RawRow};
use super::strings::{string, unescape};
use super::{Shared, is_true};
use crate::look::Look;
use crate::place::{Area, COLUMNS, ROWS, parse_cell};
use crate::sheet::{RowInfo, Sheet};
use crate::text::Text;

/// The rows of a sheet that is being read.
pub(super) struct Cells<'a> {
    pub(super) sheet: Sheet,
    pub(super) diagnostics: &'a mut Diagnostics,
    shared: &'a Shared,
    budget: &'a Budget,
    /// Where a row or cell without a reference stands.
    row: u32,
    col: u32,
    /// The text and place of each shared formula.
    formulas: BTreeMap<String, (String, u32, u32)>,
    plain: Look,
    /// Where the last cell stands that was kept, and whether any stands before the one before it.
    last: Option<(u32, u32)>,
    is_unordered: bool,
}

impl<'a> Cells<'a> {
    pub(super) fn new(
        sheet: Sheet,
        shared: &'a Shared,
        budget: &'a Budget,
        diagnostics: &'a mut Diagnostics,
    ) -> Self {
        Self {
            sheet,
            diagnostics,
            shared,
            budget,
            row: 0,
            col: 0,
            formulas: BTreeMap::new(),
            plain: Look::default(),
            last: None,
            is_unordered: false,
        }
    }

    fn place(&self, row: u32, col: u32) -> Origin {
        Origin::cells(&self.sheet.name, Area::new(row, col, row, col).to_string())
    }

    /// Where the last cell stood that was read.
    pub(super) fn last_place(&self) -> Origin {
        self.place(self.row.saturating_sub(1), self.col.saturating_sub(1))
    }

    /// Makes room for the cells of so many bytes of rows: a cell takes 40 bytes or more.
    pub(super) fn expect(&mut self, bytes: usize) {
        if self.sheet.cells.is_empty() {
            self.sheet.cells.reserve(bytes / 64);
        }
    }

    /// A row that was scanned.
    pub(super) fn plain_row(
        &mut self,
        row: RawRow<'_>,
        cells: &mut Vec<RawCell<'_>>,
    ) -> Result<(), Error> {
        self.open_row(row);
        self.budget.tick()?;
        self.budget.cells(cells.len() as u64)?;
        for cell in cells.drain(..) {
            self.cell(cell, None)?;
        }
        Ok(())
    }

    /// A row that the XML parser reads.
    pub(super) fn row(&mut self, start: &Start<'_>, pull: &mut Pull<'_>) -> Result<(), Error> {
        let is_set = start.plain("customHeight").is_some_and(is_true);
        self.open_row(RawRow {
            number: start.plain("r"),
            hidden: start.plain("hidden").is_some_and(is_true),
            height: start.plain("ht").filter(|_| is_set),
        });
        let outside = pull.depth() - 1;
        while pull.depth() > outside {
            match pull.next_event()? {
                Event::Start(start) if start.is(Ns::S, "c") => {
                    self.budget.cells(1)?;
                    let (raw, inline) = parse(&start, pull)?;
                    self.cell(raw, inline)?;
                }
                Event::Start(_) => pull.skip()?,
                _ => {}
            }
        }
        Ok(())
    }

    fn open_row(&mut self, row: RawRow<'_>) {
        let given = row.number.and_then(|row| row.trim().parse::<u32>().ok());
        self.row = match given {
            Some(row @ 1..=ROWS) => row,
            _ => self.row + 1,
        };
        self.col = 0;
        let height = row.height.and_then(|height| height.parse::<f64>().ok());
        let height = height.filter(|height| (0.0..=409.5).contains(height));
        if row.hidden || height.is_some() {
            let info = RowInfo {
                height: height.map(Points::new),
                hidden: row.hidden,
            };
            self.sheet.rows.insert(self.row - 1, info);
        }
    }

    fn cell(&mut self, raw: RawCell<'_>, inline: Option<Text>) -> Result<(), Error> {
        if let Some((row, col)) = raw.place.as_deref().and_then(parse_cell) {
            (self.row, self.col) = (row + 1, col);
        }
        let (row, col) = (self.row.max(1) - 1, self.col);
        self.col += 1;
        if col >= COLUMNS || row >= ROWS {
            return Ok(());
        }
        let shared = self.shared;
        let look = shared.styles.get(raw.style.as_deref());
        let mut cell = Cell {
            row,
            col,
            style: look.and_then(|look| look.style.clone()),
            ..Cell::default()
        };
        if let Some(formula) = &raw.formula {
            cell.formula = self.formula(formula, row, col);
        }
        let is_text = raw.kind.as_deref() == Some("str") && raw.value.is_some();
        self.value(&mut cell, raw, inline, look);
        let is_blank = cell.is_blank();
        if is_blank && cell.formula.is_some() && is_text {
            self.sheet.empty_results.insert((row, col));
        } else if is_blank && cell.formula.is_some() {
            // The value that is to be worked out is shown by it.
            let format = look.and_then(|look| look.format.as_ref());
            cell.format = format.map(|format| format.code.clone());
        }
        let is_seen = || look.is_some_and(Look::is_seen);
        if !is_blank || cell.formula.is_some() || is_seen() {
            if let Content::Text(text) = &cell.content {
                self.budget.text(text.len() as u64)?;
            } else {
                self.budget.text(cell.plain_text().len() as u64)?;
            }
            let place = Some((row, col));
            self.is_unordered |= place <= self.last;
            self.last = place;
            self.sheet.cells.push(cell);
        }
        Ok(())
    }

    fn formula(&mut self, formula: &RawFormula<'_>, row: u32, col: u32) -> Option<Box<str>> {
        // What a data table works out has no formula of its own (ECMA-376-1 18.3.1.40).
        if formula.kind.as_deref() == Some("dataTable") {
            self.sheet.range_formulas.data_tables.add(row, col);
            return None;
        }
        if formula.kind.as_deref() == Some("array") {
            self.sheet.range_formulas.arrays.add(row, col);
        }
        let index = formula.shared.as_deref();
        if formula.kind.as_deref() == Some("shared")
            && let Some(index) = index
        {
            if formula.text.is_empty() {
                let (text, first_row, first_col) = self.formulas.get(index)?;
                let rows = i64::from(row) - i64::from(*first_row);
                return Some(moved(text, rows, i64::from(col) - i64::from(*first_col)).into());
            }
            let text = formula.text.clone().into_owned();
            self.formulas.insert(index.to_owned(), (text, row, col));
        }
        (!formula.text.is_empty()).then(|| formula.text.as_ref().into())
    }

    /// Fills in value and text by the type of the cell (ECMA-376-1 18.18.11).
    fn value(
        &mut self,
        cell: &mut Cell,
        raw: RawCell<'_>,
        inline: Option<Text>,
        look: Option<&Look>,
    ) {
        let shared = self.shared;
        let display = &shared.display;
        let plain = std::mem::take(&mut self.plain);
        let look = look.unwrap_or(&plain);
        let inline = inline.or_else(|| {
            raw.inline
                .as_deref()
                .map(|text| Text::Plain(unescape(text)))
        });
        match (raw.kind.as_deref().unwrap_or("n"), raw.value.as_deref()) {
            ("inlineStr", _) | (_, None) => {
                if let Some(text) = inline {
                    display.text(cell, text, look);
                }
            }
            ("s", Some(index)) => match shared.strings.get(index) {
                Some(text) => display.text(cell, text.clone(), look),
                None => {
                    let message =
                        format!("the string {index} is not in the workbook; the cell is blank");
                    let place = self.place(cell.row, cell.col);
                    self.diagnostics.add(Code::ReferenceMissing, message, place);
                }
            },
            ("str", Some(text)) => display.text(cell, Text::Plain(unescape(text)), look),
            ("b", Some(text)) => display.truth(cell, is_true(text.trim())),
            ("e", Some(text)) => display.error(cell, text),
            ("d", Some(text)) => self.iso_date(cell, text, look),
            (_, Some(text)) => self.number(cell, text, look),
        }
        self.plain = plain;
    }

    fn number(&mut self, cell: &mut Cell, text: &str, look: &Look) {
        if text.trim().is_empty() {
            return;
        }
        match Decimal::from_double_text(text) {
            Ok(number) => self.shared.display.number(cell, number, look),
            Err(_) => {
                let message =
                    format!("{text:?} is stored as a number and is none; it was read as text");
                let place = self.place(cell.row, cell.col);
                self.diagnostics.add(Code::ValueInvalid, message, place);
                cell.content = Content::Text(text.into());
            }
        }
    }

    /// A cell of the type `d` holds ISO 8601, and is shown as its serial number would be.
    fn iso_date(&mut self, cell: &mut Cell, text: &str, look: &Look) {
        let shared = self.shared;
        let given = text.trim().trim_end_matches('Z');
        let moment = given.parse::<DateTime>().ok();
        let serial = moment.map(|moment| crate::date::serial(moment, shared.is_1904));
        let Some(serial) = serial.and_then(Decimal::from_f64) else {
            cell.value = given.parse().ok().map(Value::Time);
            cell.content = Content::Text(text.into());
            if cell.value.is_none() && !given.is_empty() {
                let message =
                    format!("{text:?} is stored as a day and is none; it was read as text");
                let place = self.place(cell.row, cell.col);
                self.diagnostics.add(Code::ValueInvalid, message, place);
            }
            return;
        };
        let mut look = look.clone();
        if look.format.is_none() {
            look.format = shared.iso_date.clone();
        }
        shared.display.number(cell, serial, &look);
    }

    /// The sheet, with its cells row by row.
    pub(super) fn finish(mut self) -> Sheet {
        if self.is_unordered {
            self.sheet.cells.sort_by_key(|cell| (cell.row, cell.col));
        }
        self.sheet
    }
}

/// Reads up to the end of a cell; inline text that is not the same throughout stands apart.
fn parse(
    start: &Start<'_>,
    pull: &mut Pull<'_>,
) -> Result<(RawCell<'static>, Option<Text>), Error> {
    let owned = |name: &str| start.plain(name).map(|text| text.to_owned().into());
    let mut raw = RawCell {
        place: owned("r"),
        style: owned("s"),
        kind: owned("t"),
        ..RawCell::default()
    };
    let mut inline = None;
    let outside = pull.depth() - 1;
    // The element whose text comes next.
    let mut within = "";
    while pull.depth() > outside {
        match pull.next_event()? {
            Event::Start(start) if start.is(Ns::S, "v") => {
                within = "v";
                raw.value.get_or_insert_default();
            }
            Event::Start(start) if start.is(Ns::S, "f") => {
                within = "f";
                let owned = |name: &str| start.plain(name).map(|text| text.to_owned().into());
                raw.formula = Some(RawFormula {
                    kind: owned("t"),
                    shared: owned("si"),
                    ..RawFormula::default()
                });
            }
            Event::Start(start) if start.is(Ns::S, "is") => {
                inline = Some(string(&pull.element(start)?));
            }
            Event::Start(_) => pull.skip()?,
            Event::Text(text) => match (within, &mut raw.formula) {
                ("v", _) => raw.value.get_or_insert_default().to_mut().push_str(&text),
                ("f", Some(formula)) => formula.text.to_mut().push_str(&text),
                _ => {}
            },
            Event::End => within = "",
            Event::Eof => break,
        }
    }
    Ok((raw, inline))
}
