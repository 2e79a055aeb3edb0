//! The cells of a sheet, filled from records.

use tabulary_ir::{Budget, Cell, Code, Content, Decimal, Diagnostics, Error};

use super::error_text;
use crate::counted::{Counted, RangeFormulas};
use crate::display::Display;
use crate::look::Look;
use crate::sheet::Sheet;
use crate::text::Text;

/// A value as a record has it.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) enum Stored {
    #[default]
    Blank,
    Number(f64),
    Text(Text),
    Truth(bool),
    /// The number of an error.
    Error(u8),
}

/// The cells of a sheet.
pub(crate) struct Grid<'a> {
    cells: Vec<Cell>,
    looks: &'a [Look],
    display: &'a Display,
    budget: &'a Budget,
    /// How many rows and columns a sheet of the format has.
    size: (u32, u32),
    outside: Counted,
    no_numbers: Counted,
    without_formula: Counted,
    pub(crate) without_string: Counted,
    pub(super) range_formulas: RangeFormulas,
}

impl<'a> Grid<'a> {
    pub(crate) fn new(
        looks: &'a [Look],
        display: &'a Display,
        budget: &'a Budget,
        size: (u32, u32),
    ) -> Self {
        Self {
            cells: Vec::new(),
            looks,
            display,
            budget,
            size,
            outside: Counted::default(),
            no_numbers: Counted::default(),
            without_formula: Counted::default(),
            without_string: Counted::default(),
            range_formulas: RangeFormulas::default(),
        }
    }

    /// Adds a cell, and gives its number where it is kept. A blank cell is kept where it is seen or
    /// has a formula.
    pub(crate) fn put(
        &mut self,
        (row, col): (u32, u32),
        look: u32,
        stored: Stored,
        has_formula: bool,
    ) -> Result<Option<usize>, Error> {
        if row >= self.size.0 || col >= self.size.1 {
            self.outside.add(row, col);
            return Ok(None);
        }
        let index = usize::try_from(look).unwrap_or(usize::MAX);
        let look = self.looks.get(index);
        if stored == Stored::Blank && !has_formula && !look.is_some_and(Look::is_seen) {
            return Ok(None);
        }
        self.budget.cells(1)?;
        let number = self.cells.len();
        if number.is_multiple_of(1024) {
            self.budget.tick()?;
        }
        self.cells.push(Cell::default().at(row, col));
        self.fill(number, index, stored)?;
        Ok(Some(number))
    }

    /// Gives the cell of a number the text that its formula had.
    pub(crate) fn put_text(&mut self, number: usize, look: u32, text: Text) -> Result<(), Error> {
        let index = usize::try_from(look).unwrap_or(usize::MAX);
        self.fill(number, index, Stored::Text(text))
    }

    fn fill(&mut self, number: usize, look: usize, stored: Stored) -> Result<(), Error> {
        let plain = Look::default();
        let look = self.looks.get(look).unwrap_or(&plain);
        let Some(cell) = self.cells.get_mut(number) else {
            return Ok(());
        };
        cell.style.clone_from(&look.style);
        match stored {
            Stored::Blank => {}
            Stored::Number(number) => match Decimal::from_f64(number) {
                Some(number) => self.display.number(cell, number, look),
                None => self.no_numbers.add(cell.row, cell.col),
            },
            Stored::Text(text) => self.display.text(cell, text, look),
            Stored::Truth(truth) => self.display.truth(cell, truth),
            Stored::Error(code) => match error_text(code) {
                Some(text) => self.display.error(cell, text),
                None => self.no_numbers.add(cell.row, cell.col),
            },
        }
        let bytes = match &cell.content {
            Content::Text(text) => text.len(),
            Content::Blocks(_) => cell.plain_text().len(),
        };
        self.budget.text(bytes as u64)
    }

    /// Gives the cell of a number its formula; none where the formula is not known.
    pub(crate) fn put_formula(
        &mut self,
        number: usize,
        formula: Option<String>,
    ) -> Result<(), Error> {
        let Some(cell) = self.cells.get_mut(number) else {
            return Ok(());
        };
        match formula {
            // An error that was typed is stored as a formula of itself.
            Some(text) if text.starts_with('#') && cell.plain_text() == text => {}
            Some(text) => {
                self.budget.text(text.len() as u64)?;
                cell.formula = Some(text.into());
            }
            None => self.without_formula.add(cell.row, cell.col),
        }
        Ok(())
    }

    /// Gives the cells to their sheet, row by row. Of cells at one place the last one stands.
    pub(crate) fn finish(mut self, sheet: &mut Sheet, diagnostics: &mut Diagnostics) {
        if !self
            .cells
            .is_sorted_by(|a, b| (a.row, a.col) < (b.row, b.col))
        {
            self.cells.sort_by_key(|cell| (cell.row, cell.col));
            self.cells.dedup_by(|later, kept| {
                let is_same = (later.row, later.col) == (kept.row, kept.col);
                if is_same {
                    std::mem::swap(later, kept);
                }
                is_same
            });
        }
        // A formula whose text and value are both unknown leaves nothing.
        let is_kept = |cell: &Cell| {
            !cell.is_blank()
                || cell.formula.is_some()
                || cell
                    .style
                    .as_deref()
                    .is_some_and(|style| style.fill.is_some() || style.borders.is_some())
        };
        self.cells.retain(is_kept);
        let name = sheet.name.as_str();
        for (counted, code, what) in [
            (
                self.outside,
                Code::ContentSkipped,
                "cells outside of the sheet were left out",
            ),
            (
                self.no_numbers,
                Code::ValueInvalid,
                "values that are neither a number nor an error were left out",
            ),
            (
                self.without_string,
                Code::ReferenceMissing,
                "cells name a string that is not in the workbook; they are blank",
            ),
            (
                self.without_formula,
                Code::FormulaDropped,
                "formulas are of a form that is not read; their values stand",
            ),
        ] {
            counted.tell(code, what, name, diagnostics);
        }
        // A formula has its last value always; one that shows nothing gave an empty text.
        let empty = self
            .cells
            .iter()
            .filter(|cell| cell.formula.is_some() && cell.is_blank());
        sheet.empty_results = empty.map(|cell| (cell.row, cell.col)).collect();
        sheet.range_formulas = self.range_formulas;
        sheet.cells = self.cells;
    }
}
