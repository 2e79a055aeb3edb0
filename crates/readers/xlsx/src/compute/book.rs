//! The workbook that the engine asks for cells.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use formualizer_eval::engine::DateSystem;
use formualizer_eval::engine::range_view::RangeView;
use formualizer_eval::function::Function;
use formualizer_eval::traits::{
    EvaluationContext, FunctionProvider, NamedRangeResolver, Range, RangeResolver,
    ReferenceResolver, Resolver, SourceResolver, Table, TableResolver,
};
use formualizer_parse::parser::{ReferenceType, TableReference};
use formualizer_parse::{ExcelError, ExcelErrorKind, LiteralValue};

use super::functions;
use super::grid::{Grid, Square, State};
use super::guard;
use super::operators;
use super::plan::Place;
use super::reason::Reason;
use super::scope::{Scope, area};
use super::trace::Trace;
use super::views::{Views, squares};
use crate::place::{Area, COLUMNS, ROWS};
use crate::sheet::Workbook;

/// The most cells of a range that are looked at with its blank ones.
const WHOLE: u64 = 200_000;
/// The most cells of an array.
const LARGEST: u64 = 1 << 20;
/// The work of reading a cell.
const CELL: u64 = 50;

pub(super) type Result<T> = std::result::Result<T, ExcelError>;

/// A workbook, its formulas and what is known of them.
pub(super) struct Book<'w> {
    pub(super) grid: Grid<'w>,
    pub(super) scope: Scope,
    pub(super) sheets: Vec<&'w str>,
    pub(super) trace: Arc<Trace>,
    pub(super) dates: DateSystem,
    functions: BTreeMap<&'static str, Arc<dyn Function>>,
    pub(super) views: Mutex<Views>,
}

/// Why a cell cannot be read.
pub(super) enum Stop {
    Refused(Reason),
    /// What has to be worked out first.
    Needs(Place),
}

impl<'w> Book<'w> {
    pub(super) fn new(workbook: &'w Workbook) -> Self {
        formualizer_eval::builtins::load_builtins();
        let trace = Arc::new(Trace::default());
        let dates = match workbook.is_1904 {
            true => DateSystem::Excel1904,
            false => DateSystem::Excel1900,
        };
        let functions = functions::names().filter_map(|name| {
            let function = guard::function(name, &trace, workbook.is_1904)?;
            Some((name, function))
        });
        Self {
            grid: Grid::new(workbook),
            scope: Scope::new(workbook),
            sheets: workbook
                .sheets
                .iter()
                .map(|sheet| sheet.name.as_str())
                .collect(),
            functions: functions
                .chain(operators::functions(&trace, dates))
                .collect(),
            trace,
            dates,
            views: Mutex::default(),
        }
    }

    /// Whether less than the whole of a range is looked at.
    pub(super) fn is_cut((_, area): Place) -> bool {
        let is_open = area.last_row + 1 == ROWS || area.last_col + 1 == COLUMNS;
        is_open || squares(area) > WHOLE
    }

    /// The value at an index of a sheet.
    pub(super) fn value(
        &self,
        sheet: usize,
        index: usize,
    ) -> std::result::Result<LiteralValue, Stop> {
        match self.grid.square(sheet, index) {
            Square::Blank => Ok(LiteralValue::Empty),
            Square::Cell(cell) => self.grid.value(cell).map_err(Stop::Refused),
            Square::Formula(formula) => match self.grid.states.get(formula) {
                Some(State::Done(value)) => Ok(value.clone()),
                Some(State::Doing) => Err(Stop::Refused(Reason::Circular)),
                Some(State::Waiting) => match self.grid.formula(formula) {
                    Some((sheet, cell)) => {
                        let area = Area::new(cell.row, cell.col, cell.row, cell.col);
                        Err(Stop::Needs((sheet, area)))
                    }
                    None => Err(Stop::Refused(Reason::Syntax)),
                },
                Some(State::Blocked(_)) | None => Err(Stop::Refused(Reason::Depends)),
            },
        }
    }

    pub(super) fn refuse(&self, reason: Reason) -> ExcelError {
        self.stop(Stop::Refused(reason))
    }

    /// Notes why a formula cannot go on. What the engine makes of the error is not looked at.
    pub(super) fn stop(&self, stop: Stop) -> ExcelError {
        match stop {
            Stop::Refused(reason) => self.trace.refuse(reason),
            Stop::Needs(place) => self.trace.needs(place),
        }
        ExcelError::new(ExcelErrorKind::Cancelled)
    }

    /// The sheet and range of a reference.
    fn place(&self, reference: &ReferenceType, current: &str) -> Result<Place> {
        let Some((sheet, area)) = area(reference) else {
            return Err(self.refuse(Reason::Unsure("a name in INDIRECT".to_owned())));
        };
        match self.scope.sheet(sheet.unwrap_or(current)) {
            Some(sheet) => Ok((sheet, area)),
            None => Err(self.refuse(Reason::Name(sheet.unwrap_or(current).to_owned()))),
        }
    }

    /// The value of one cell.
    fn cell(&self, sheet: usize, row: u32, col: u32) -> Result<LiteralValue> {
        if !self.trace.work(CELL) {
            return Err(self.refuse(Reason::Limit));
        }
        let value = match self.grid.index(sheet, row, col) {
            Some(index) => self.value(sheet, index).map_err(|stop| self.stop(stop))?,
            None => LiteralValue::Empty,
        };
        match &value {
            LiteralValue::Error(error) => self.trace.reads_error(error.kind),
            LiteralValue::Text(text) if !self.trace.text(text.len() as u64) => {
                return Err(self.refuse(Reason::Limit));
            }
            _ => {}
        }
        Ok(value)
    }
}

impl EvaluationContext for Book<'_> {
    fn resolve_range_view<'c>(
        &'c self,
        reference: &ReferenceType,
        current_sheet: &str,
    ) -> Result<RangeView<'c>> {
        self.view(self.place(reference, current_sheet)?)
    }

    fn resolve_cell_reference_value(
        &self,
        sheet: Option<&str>,
        row: u32,
        col: u32,
        current_sheet: &str,
    ) -> Result<LiteralValue> {
        let name = sheet.unwrap_or(current_sheet);
        let Some(sheet) = self.scope.sheet(name) else {
            return Err(self.refuse(Reason::Name(name.to_owned())));
        };
        self.cell(sheet, row.saturating_sub(1), col.saturating_sub(1))
    }

    fn materialized_array_cells(&self) -> u64 {
        LARGEST
    }

    fn date_system(&self) -> DateSystem {
        self.dates
    }

    fn workbook_sheet_count(&self) -> Option<usize> {
        Some(self.sheets.len())
    }

    fn sheet_index_by_name(&self, sheet: &str) -> Option<usize> {
        Some(self.scope.sheet(sheet)? + 1)
    }

    fn sheet_bounds(&self, _sheet: &str) -> Option<(u32, u32)> {
        Some((ROWS, COLUMNS))
    }
}

impl FunctionProvider for Book<'_> {
    fn get_function(&self, _namespace: &str, name: &str) -> Option<Arc<dyn Function>> {
        let function = self.functions.get(name);
        if function.is_none() {
            self.trace.refuse(Reason::Function(name.to_owned()));
        }
        function.cloned()
    }
}

impl ReferenceResolver for Book<'_> {
    fn resolve_cell_reference(
        &self,
        _sheet: Option<&str>,
        _row: u32,
        _col: u32,
    ) -> Result<LiteralValue> {
        Err(self.refuse(Reason::Syntax))
    }
}

impl RangeResolver for Book<'_> {
    fn resolve_range_reference(
        &self,
        _sheet: Option<&str>,
        _start_row: Option<u32>,
        _start_col: Option<u32>,
        _end_row: Option<u32>,
        _end_col: Option<u32>,
    ) -> Result<Box<dyn Range>> {
        Err(self.refuse(Reason::Syntax))
    }
}

impl NamedRangeResolver for Book<'_> {
    fn resolve_named_range_reference(&self, name: &str) -> Result<Vec<Vec<LiteralValue>>> {
        Err(self.refuse(Reason::Name(name.to_owned())))
    }
}

impl TableResolver for Book<'_> {
    fn resolve_table_reference(&self, table: &TableReference) -> Result<Box<dyn Table>> {
        Err(self.refuse(Reason::List(table.name.clone())))
    }
}

impl SourceResolver for Book<'_> {}

impl Resolver for Book<'_> {}
