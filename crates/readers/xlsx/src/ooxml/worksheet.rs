//! A worksheet part (ECMA-376-1 18.3), read as a stream.

use std::collections::BTreeMap;
use std::sync::Arc;

use tabulary_ir::civil::DateTime;
use tabulary_ir::{
    Block, Budget, Cell, CellError, Code, CompactString, Content, Decimal, Diagnostics, Error,
    ErrorKind, NumberFormat, Origin, Paragraph, Points, Value,
};
use tabulary_package::xml::{Event, Ns, Pull, Start};

use super::formula::moved;
use super::strings::{Text, string, unescape};
use super::styles::Look;
use super::{Shared, is_true};
use crate::place::{Area, COLUMNS, ROWS, parse_cell};
use crate::sheet::{ColumnInfo, Sheet};

/// Points to a unit of column width: 7 pixels of 1/96 inch, with the usual font (ECMA-376-1 18.3.1.13).
const POINTS_PER_WIDTH: f64 = 5.25;

/// Reads a worksheet into `sheet`.
pub(super) fn read(
    text: &str,
    sheet: Sheet,
    shared: &mut Shared,
    budget: &Budget,
    diagnostics: &mut Diagnostics,
) -> Result<Sheet, Error> {
    let mut reading = Reading {
        sheet,
        shared,
        budget,
        diagnostics,
        row: 0,
        col: 0,
        formulas: BTreeMap::new(),
        without_value: None,
        unread: BTreeMap::new(),
    };
    let mut pull = Pull::new(text, budget);
    loop {
        match pull.next_event() {
            Ok(Event::Start(start)) => {
                if let Err(error) = reading.element(start, &mut pull) {
                    reading.damaged(error)?;
                    break;
                }
            }
            Ok(Event::Eof) => break,
            Ok(_) => {}
            Err(error) => {
                reading.damaged(error)?;
                break;
            }
        }
    }
    Ok(reading.finish())
}

struct Reading<'a> {
    sheet: Sheet,
    shared: &'a mut Shared,
    budget: &'a Budget,
    diagnostics: &'a mut Diagnostics,
    /// Where a row or cell without a reference stands.
    row: u32,
    col: u32,
    /// The text and place of each shared formula.
    formulas: BTreeMap<String, (String, u32, u32)>,
    /// The first formula without a value, and how many there are.
    without_value: Option<(u32, u32, usize)>,
    /// What is there and is not read, with how often.
    unread: BTreeMap<&'static str, usize>,
}

impl Reading<'_> {
    fn place(&self, row: u32, col: u32) -> Origin {
        Origin::cells(&self.sheet.name, Area::new(row, col, row, col).to_string())
    }

    fn damaged(&mut self, error: Error) -> Result<(), Error> {
        if error.kind() == ErrorKind::Limit {
            return Err(error);
        }
        let place = self.place(self.row, self.col.saturating_sub(1));
        self.diagnostics.add(
            Code::XmlDamaged,
            format!("{error}; the cells before it were read"),
            place,
        );
        Ok(())
    }

    fn element(&mut self, start: Start<'_>, pull: &mut Pull<'_>) -> Result<(), Error> {
        if start.ns != Ns::S {
            return Ok(());
        }
        match &*start.local {
            "row" => {
                let given = start.plain("r").and_then(|row| row.parse::<u32>().ok());
                self.row = match given {
                    Some(row @ 1..=ROWS) => row,
                    _ => self.row + 1,
                };
                self.col = 0;
                if start.plain("hidden").is_some_and(is_true) {
                    self.unread("hidden rows");
                }
            }
            "hyperlink" => self.unread("hyperlinks"),
            "oddHeader" | "oddFooter" | "evenHeader" | "evenFooter" | "firstHeader"
            | "firstFooter" => {
                let words = pull.element(start)?.text();
                if says_something(&words) {
                    self.unread("running headers and footers");
                }
            }
            "control" => self.unread("form controls"),
            "c" => self.cell(&start, pull)?,
            "col" => self.column(&start),
            "mergeCell" => self.merge(&start),
            "pane"
                if start
                    .plain("state")
                    .is_some_and(|state| state.starts_with("frozen")) =>
            {
                let split = |name| {
                    start
                        .plain(name)
                        .and_then(|text| text.parse().ok())
                        .unwrap_or_default()
                };
                self.sheet.frozen = (split("ySplit"), split("xSplit"));
            }
            _ => {}
        }
        Ok(())
    }

    /// Counts something that is there and is not read.
    fn unread(&mut self, what: &'static str) {
        *self.unread.entry(what).or_default() += 1;
    }

    fn column(&mut self, start: &Start<'_>) {
        let number = |name| start.plain(name).and_then(|text| text.parse::<u32>().ok());
        let (Some(first), Some(last)) = (number("min"), number("max")) else {
            return;
        };
        let width = start
            .plain("width")
            .and_then(|width| width.parse::<f64>().ok());
        let custom = start.plain("customWidth").is_some_and(is_true);
        let info = ColumnInfo {
            hidden: start.plain("hidden").is_some_and(is_true),
            width: width
                .filter(|width| custom && (0.0..=255.0).contains(width))
                .map(|w| Points::new(w * POINTS_PER_WIDTH)),
        };
        // A setting for all columns up to the last is that of the sheet.
        for col in first.max(1)..=last.min(COLUMNS).min(first.saturating_add(1024)) {
            self.sheet.columns.insert(col - 1, info);
        }
    }

    fn merge(&mut self, start: &Start<'_>) {
        let text = start.plain("ref").unwrap_or_default();
        match Area::parse(text) {
            Some(area) if area.height() > 1 || area.width() > 1 => self.sheet.merges.push(area),
            Some(_) => {}
            None => {
                let message = format!("the merged range {text:?} is no range and was left out");
                let place = self.place(0, 0);
                self.diagnostics.add(Code::MergeInvalid, message, place);
            }
        }
    }

    fn cell(&mut self, start: &Start<'_>, pull: &mut Pull<'_>) -> Result<(), Error> {
        if let Some((row, col)) = start.plain("r").and_then(parse_cell) {
            (self.row, self.col) = (row + 1, col);
        }
        let (row, col) = (self.row.max(1) - 1, self.col);
        self.col += 1;
        let parts = Parts::read(pull)?;
        if col >= COLUMNS || parts.is_empty() {
            return Ok(());
        }
        self.budget.cells(1)?;
        let look = self.shared.styles.get(start.plain("s")).cloned();
        let look = look.unwrap_or_default();
        let mut cell = Cell {
            style: look.style.clone(),
            formula: self.formula(&parts, row, col),
            ..Cell::default()
        }
        .at(row, col);
        self.value(&mut cell, start.plain("t").unwrap_or("n"), parts, &look);
        if cell.formula.is_some() && cell.is_blank() && cell.value.is_none() {
            let (_, _, count) = self.without_value.get_or_insert((row, col, 0));
            *count += 1;
        }
        if !cell.is_blank() || cell.formula.is_some() {
            self.budget.text(cell.plain_text().len() as u64)?;
            self.sheet.cells.push(cell);
        }
        Ok(())
    }

    fn formula(&mut self, parts: &Parts, row: u32, col: u32) -> Option<Box<str>> {
        let formula = parts.formula.as_ref()?;
        if let Some(index) = &formula.shared {
            if formula.text.is_empty() {
                let (text, first_row, first_col) = self.formulas.get(index)?;
                let rows = i64::from(row) - i64::from(*first_row);
                return Some(moved(text, rows, i64::from(col) - i64::from(*first_col)).into());
            }
            self.formulas
                .insert(index.clone(), (formula.text.clone(), row, col));
        }
        (!formula.text.is_empty()).then(|| formula.text.clone().into())
    }

    /// Fills in value and text by the type of the cell (ECMA-376-1 18.18.11).
    fn value(&mut self, cell: &mut Cell, kind: &str, parts: Parts, look: &Look) {
        let stored = parts.value.as_deref();
        match (kind, stored) {
            ("inlineStr", _) => self.text(cell, parts.inline.unwrap_or_default(), look),
            (_, None) => {
                if let Some(inline) = parts.inline {
                    self.text(cell, inline, look);
                }
            }
            ("s", Some(index)) => match self.shared.strings.get(index).cloned() {
                Some(text) => self.text(cell, text, look),
                None => {
                    let message =
                        format!("the string {index} is not in the workbook; the cell is blank");
                    let place = self.place(cell.row, cell.col);
                    self.diagnostics.add(Code::ReferenceMissing, message, place);
                }
            },
            ("str", Some(text)) => self.text(cell, Text::Plain(unescape(text).into()), look),
            ("b", Some(text)) => {
                let truth = is_true(text.trim());
                cell.value = Some(Value::Bool(truth));
                cell.content = Content::Text(if truth { "TRUE" } else { "FALSE" }.into());
            }
            ("e", Some(text)) => {
                // An error that was typed is stored as a formula of itself.
                if cell.formula.as_deref() == Some(text) {
                    cell.formula = None;
                }
                cell.value = Some(Value::Error(CellError(text.into())));
                cell.content = Content::Text(text.into());
            }
            ("d", Some(text)) => self.iso_date(cell, text, look),
            (_, Some(text)) => self.number(cell, text, look),
        }
    }

    fn text(&mut self, cell: &mut Cell, text: Text, look: &Look) {
        match text {
            Text::Plain(text) => {
                if let Some(shown) = self.shared.display.text(&text, &look.code) {
                    cell.format = Some(NumberFormat::new(Arc::clone(&look.code)));
                    cell.content = Content::Text(shown.into());
                } else {
                    cell.content = Content::Text(text);
                }
            }
            Text::Rich(content) => {
                let paragraph = Paragraph {
                    content,
                    ..Paragraph::default()
                };
                cell.content = Content::Blocks(vec![Block::Paragraph(paragraph)]);
            }
        }
    }

    fn number(&mut self, cell: &mut Cell, text: &str, look: &Look) {
        if text.trim().is_empty() {
            return;
        }
        match Decimal::from_double_text(text) {
            Ok(number) => {
                let shown = self.shared.display.number(number, &look.code);
                cell.value = Some(shown.value);
                cell.format = shown.format;
                cell.content = Content::Text(shown.text);
            }
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
        let given = text.trim().trim_end_matches('Z');
        let moment = given.parse::<DateTime>().ok();
        let first = DateTime::constant(1899, 12, 30, 0, 0, 0, 0);
        let serial = moment.map(|moment| moment.duration_since(first).as_secs_f64() / 86_400.0);
        let Some(serial) = serial.and_then(Decimal::from_f64) else {
            cell.value = given.parse().ok().map(Value::Time);
            cell.content = Content::Text(text.into());
            return;
        };
        let code = if look.code.is_empty() {
            "yyyy-mm-dd"
        } else {
            &look.code
        };
        let shown = self.shared.display.number(serial, code);
        cell.value = Some(shown.value);
        cell.format = shown.format;
        cell.content = Content::Text(shown.text);
    }

    fn finish(mut self) -> Sheet {
        if !self
            .sheet
            .cells
            .is_sorted_by_key(|cell| (cell.row, cell.col))
        {
            self.sheet.cells.sort_by_key(|cell| (cell.row, cell.col));
        }
        for (what, count) in std::mem::take(&mut self.unread) {
            let place = self.place(0, 0);
            let message = format!("{what} of the sheet are not read as such ({count})");
            self.diagnostics.add(Code::ContentSkipped, message, place);
        }
        if let Some((row, col, count)) = self.without_value {
            let message = format!("{count} formulas have no value stored; their cells are blank");
            let place = self.place(row, col);
            self.diagnostics
                .add(Code::FormulaWithoutValue, message, place);
        }
        self.sheet
    }
}

/// Whether a header or footer has words beside codes such as `&P` (ECMA-376-1 18.3.1.39).
fn says_something(text: &str) -> bool {
    let mut rest = text.chars();
    while let Some(character) = rest.next() {
        if character == '&' {
            rest.next();
        } else if character.is_alphanumeric() {
            return true;
        }
    }
    false
}

/// What stands in a `c` element.
#[derive(Default)]
struct Parts {
    value: Option<CompactString>,
    inline: Option<Text>,
    formula: Option<Formula>,
}

#[derive(Default)]
struct Formula {
    text: String,
    /// The index of a shared formula.
    shared: Option<String>,
}

impl Parts {
    fn is_empty(&self) -> bool {
        self.value.is_none() && self.inline.is_none() && self.formula.is_none()
    }

    /// Reads up to the end of the cell.
    fn read(pull: &mut Pull<'_>) -> Result<Self, Error> {
        let outside = pull.depth() - 1;
        let mut parts = Self::default();
        // The element whose text comes next.
        let mut within = "";
        while pull.depth() > outside {
            match pull.next_event()? {
                Event::Start(start) if start.is(Ns::S, "v") => {
                    within = "v";
                    parts.value.get_or_insert_default();
                }
                Event::Start(start) if start.is(Ns::S, "f") => {
                    within = "f";
                    let shared = start.plain("t") == Some("shared");
                    let index = start.plain("si").filter(|_| shared).map(str::to_owned);
                    parts.formula = Some(Formula {
                        text: String::new(),
                        shared: index,
                    });
                }
                Event::Start(start) if start.is(Ns::S, "is") => {
                    parts.inline = Some(string(&pull.element(start)?))
                }
                Event::Start(_) => within = "",
                Event::Text(text) => match (within, &mut parts.formula) {
                    ("v", _) => parts.value.get_or_insert_default().push_str(&text),
                    ("f", Some(formula)) => formula.text.push_str(&text),
                    _ => {}
                },
                Event::End => within = "",
                Event::Eof => break,
            }
        }
        Ok(parts)
    }
}
