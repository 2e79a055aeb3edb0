//! The cells of a workbook as the engine takes them.

use std::collections::BTreeMap;

use formualizer_parse::{ExcelError, ExcelErrorKind, LiteralValue};
use tabulary_ir::{Cell, Value};

use super::plan::Place;
use super::reason::Reason;
use crate::date;
use crate::place::Area;
use crate::sheet::{RowInfo, Workbook};

/// How far a formula without a value has come.
#[derive(Debug)]
pub(super) enum State {
    Waiting,
    /// It waits for what it reads.
    Doing,
    Done(LiteralValue),
    Blocked(Reason),
}

/// What stands in a square.
pub(super) enum Square<'g> {
    Blank,
    Cell(&'g Cell),
    /// A formula without a value.
    Formula(usize),
}

/// The cells of a workbook, and its formulas without values.
pub(super) struct Grid<'w> {
    sheets: Vec<SheetCells<'w>>,
    /// The sheet and the index of the cell of each formula without a value.
    formulas: Vec<(usize, usize)>,
    pub(super) states: Vec<State>,
    is_1904: bool,
}

struct SheetCells<'w> {
    cells: &'w [Cell],
    info: &'w BTreeMap<u32, RowInfo>,
    /// The number of rows and columns that hold something.
    rows: u32,
    columns: u32,
    /// How many formulas of a column have no value yet.
    open: BTreeMap<u32, u32>,
    /// For each cell one more than the number of its formula, where that has no value.
    formulas: Vec<u32>,
}

impl<'w> Grid<'w> {
    pub(super) fn new(workbook: &'w Workbook) -> Self {
        let mut formulas = Vec::new();
        let mut sheets = Vec::with_capacity(workbook.sheets.len());
        for (index, sheet) in workbook.sheets.iter().enumerate() {
            let mut numbers = vec![0; sheet.cells.len()];
            let mut open = BTreeMap::new();
            for (at, cell) in sheet.cells.iter().enumerate() {
                if workbook.is_without_value(sheet, cell) {
                    formulas.push((index, at));
                    *open.entry(cell.col).or_default() += 1;
                    numbers[at] = u32::try_from(formulas.len()).unwrap_or(u32::MAX);
                }
            }
            let last = |place: fn(&Cell) -> u32| sheet.cells.iter().map(place).max();
            sheets.push(SheetCells {
                cells: &sheet.cells,
                info: &sheet.rows,
                rows: last(|cell| cell.row).map_or(0, |row| row + 1),
                columns: last(|cell| cell.col).map_or(0, |col| col + 1),
                open,
                formulas: numbers,
            });
        }
        Self {
            states: formulas.iter().map(|_| State::Waiting).collect(),
            sheets,
            formulas,
            is_1904: workbook.is_1904,
        }
    }

    /// The sheet and the cell of a formula without a value.
    pub(super) fn formula(&self, formula: usize) -> Option<(usize, &'w Cell)> {
        let (sheet, index) = *self.formulas.get(formula)?;
        Some((sheet, self.sheets.get(sheet)?.cells.get(index)?))
    }

    /// The sheet and the index of the cell of each formula without a value, with how far it came.
    pub(super) fn into_results(self) -> impl Iterator<Item = ((usize, usize), State)> {
        self.formulas.into_iter().zip(self.states)
    }

    /// Notes how far a formula has come.
    pub(super) fn set(&mut self, formula: usize, state: State) {
        if matches!(state, State::Done(_))
            && let Some((sheet, cell)) = self.formula(formula)
            && let Some(sheet) = self.sheets.get_mut(sheet)
            && let Some(open) = sheet.open.get_mut(&cell.col)
        {
            *open = open.saturating_sub(1);
        }
        if let Some(place) = self.states.get_mut(formula) {
            *place = state;
        }
    }

    /// Whether all formulas in the columns of a range have their values.
    pub(super) fn is_settled(&self, (sheet, area): Place) -> bool {
        self.sheets.get(sheet).is_some_and(|sheet| {
            let mut open = sheet.open.range(area.col..=area.last_col);
            open.all(|(_, count)| *count == 0)
        })
    }

    /// How many rows of a sheet hold something.
    pub(super) fn height(&self, sheet: usize) -> u32 {
        self.sheets.get(sheet).map_or(0, |sheet| sheet.rows)
    }

    /// The part of a range that can hold something; none where nothing is there.
    pub(super) fn used(&self, sheet: usize, area: Area) -> Option<Area> {
        let cells = self.sheets.get(sheet)?;
        let last_row = area.last_row.min(cells.rows.checked_sub(1)?);
        let last_col = area.last_col.min(cells.columns.checked_sub(1)?);
        (area.row <= last_row && area.col <= last_col)
            .then(|| Area::new(area.row, area.col, last_row, last_col))
    }

    /// The index of the first cell of a range from `from` on.
    pub(super) fn next(&self, sheet: usize, area: Area, from: usize) -> Option<usize> {
        let cells = self.sheets.get(sheet)?.cells;
        let mut at = from;
        loop {
            let cell = cells.get(at)?;
            let wanted = if cell.row < area.row || (cell.row == area.row && cell.col < area.col) {
                (area.row, area.col)
            } else if cell.row > area.last_row {
                return None;
            } else if cell.col < area.col {
                (cell.row, area.col)
            } else if cell.col > area.last_col {
                (cell.row + 1, area.col)
            } else {
                return Some(at);
            };
            at = first_from(cells, at + 1, wanted);
        }
    }

    /// Whether a row of a range is hidden.
    pub(super) fn has_hidden_rows(&self, sheet: usize, area: Area) -> bool {
        self.sheets.get(sheet).is_some_and(|sheet| {
            let mut rows = sheet.info.range(area.row..=area.last_row);
            rows.any(|(_, info)| info.hidden)
        })
    }

    /// The cell at an index of a sheet.
    pub(super) fn cell(&self, sheet: usize, index: usize) -> Option<&'w Cell> {
        self.sheets.get(sheet)?.cells.get(index)
    }

    /// The row and column of the cell at an index of a sheet.
    pub(super) fn place(&self, sheet: usize, index: usize) -> Option<(u32, u32)> {
        let cell = self.sheets.get(sheet)?.cells.get(index)?;
        Some((cell.row, cell.col))
    }

    /// The cell at an index of a sheet.
    pub(super) fn square(&self, sheet: usize, index: usize) -> Square<'w> {
        let Some(sheet) = self.sheets.get(sheet) else {
            return Square::Blank;
        };
        match (sheet.cells.get(index), sheet.formulas.get(index)) {
            (Some(cell), Some(0) | None) => Square::Cell(cell),
            (Some(_), Some(number)) => Square::Formula(*number as usize - 1),
            (None, _) => Square::Blank,
        }
    }

    /// The index of the cell at a place.
    pub(super) fn index(&self, sheet: usize, row: u32, col: u32) -> Option<usize> {
        let cells = self.sheets.get(sheet)?.cells;
        cells
            .binary_search_by_key(&(row, col), |cell| (cell.row, cell.col))
            .ok()
    }

    /// The value of a cell that has one.
    pub(super) fn value(&self, cell: &Cell) -> Result<LiteralValue, Reason> {
        let Some(value) = &cell.value else {
            let text = cell.plain_text();
            // The format shows other text than the cell holds.
            if cell.format.is_some() && !text.is_empty() {
                return Err(Reason::Unsure("text that its format changes".to_owned()));
            }
            return Ok(match text.is_empty() && cell.formula.is_none() {
                true => LiteralValue::Empty,
                false => LiteralValue::Text(text.into()),
            });
        };
        Ok(match value {
            Value::Number(number) => LiteralValue::Number(number.to_f64()),
            Value::Bool(truth) => LiteralValue::Boolean(*truth),
            Value::Date(day) => {
                let midnight = day.at(0, 0, 0, 0);
                LiteralValue::Number(date::serial(midnight, self.is_1904))
            }
            Value::DateTime(moment) => LiteralValue::Number(date::serial(*moment, self.is_1904)),
            Value::Time(time) => {
                let passed = time.duration_since(tabulary_ir::civil::Time::midnight());
                LiteralValue::Number(passed.as_secs_f64() / 86_400.0)
            }
            Value::Duration(passed) => LiteralValue::Number(passed.as_secs_f64() / 86_400.0),
            Value::Error(error) => match ExcelErrorKind::try_parse(&error.0) {
                Some(kind) => LiteralValue::Error(ExcelError::new(kind)),
                None => return Err(Reason::Unsure(format!("the error {}", error.0))),
            },
        })
    }
}

/// The index of the first cell at or behind a place, from an index on. It is looked for nearby first.
fn first_from(cells: &[Cell], from: usize, place: (u32, u32)) -> usize {
    let is_before = |cell: &Cell| (cell.row, cell.col) < place;
    let mut near = from;
    let mut step = 1;
    while cells.get(near + step).is_some_and(is_before) {
        near += step;
        step *= 2;
    }
    let end = (near + step).min(cells.len());
    let between = cells.get(near..end).unwrap_or_default();
    near + between.partition_point(is_before)
}
