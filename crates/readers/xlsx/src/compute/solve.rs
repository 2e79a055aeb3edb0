//! The order in which formulas are worked out: what one reads comes first.

use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind};

use formualizer_eval::interpreter::Interpreter;
use formualizer_eval::traits::CalcValue;
use formualizer_eval::{CellRef, Coord};
use formualizer_parse::{ExcelError, ExcelErrorKind, LiteralValue};
use tabulary_ir::{Budget, Error};

use super::book::{Book, Stop};
use super::functions::gives;
use super::grid::{Square, State};
use super::guard::TEXT_LENGTH;
use super::plan::{Place, Plan, Surroundings, plan};
use super::reason::Reason;
use super::text::{AsNumber, as_number};
use super::trace::Found;

/// How many formulas keep what was read of them while they wait.
const READY: usize = 500;
/// The work of a formula beside what it reads, and that of looking at a cell.
const FORMULA: u64 = 5000;
const STEP: u64 = 100;
/// How often a formula may find that it reads still more.
const TRIES: u32 = 32;

/// A formula that waits for what it reads.
struct Frame {
    formula: usize,
    plan: Option<Box<Plan>>,
    reads: Vec<Place>,
    /// Which of `reads` is looked through, and from which of its cells on.
    at: usize,
    from: usize,
    tries: u32,
}

/// Works out the formulas of a book.
pub(super) struct Solver<'b, 'w> {
    pub(super) book: &'b mut Book<'w>,
    pub(super) budget: &'b Budget,
    stack: Vec<Frame>,
    /// Ranges of which no formula waits.
    settled: BTreeSet<Place>,
}

impl<'b, 'w> Solver<'b, 'w> {
    pub(super) fn new(book: &'b mut Book<'w>, budget: &'b Budget) -> Self {
        Self {
            book,
            budget,
            stack: Vec::new(),
            settled: BTreeSet::new(),
        }
    }

    /// Works out all formulas.
    pub(super) fn run(&mut self) -> Result<(), Error> {
        for formula in 0..self.book.grid.states.len() {
            self.open(formula);
            while let Some(frame) = self.stack.pop() {
                self.budget.tick()?;
                self.step(frame);
            }
        }
        Ok(())
    }

    /// Reads a formula that waits, and puts it on the stack.
    fn open(&mut self, formula: usize) {
        if !matches!(self.book.grid.states.get(formula), Some(State::Waiting)) {
            return;
        }
        if self.book.trace.is_exhausted() {
            self.book.grid.set(formula, State::Blocked(Reason::Limit));
            return;
        }
        self.book.trace.begin(1, false);
        match self.plan(formula) {
            Ok(plan) => {
                self.book.grid.set(formula, State::Doing);
                self.stack.push(Frame {
                    formula,
                    reads: plan.reads.clone(),
                    plan: (self.stack.len() < READY).then(|| Box::new(plan)),
                    at: 0,
                    from: 0,
                    tries: 0,
                });
            }
            Err(reason) => self.book.grid.set(formula, State::Blocked(reason)),
        }
    }

    fn plan(&self, formula: usize) -> Result<Plan, Reason> {
        let (sheet, cell) = self.book.grid.formula(formula).ok_or(Reason::Syntax)?;
        let text = cell.formula.as_deref().ok_or(Reason::Syntax)?;
        let has_subtotals = |place| self.has_subtotals(place);
        let around = Surroundings {
            scope: &self.book.scope,
            sheets: &self.book.sheets,
            sheet,
            row: cell.row,
            has_subtotals: &has_subtotals,
            is_cut: &Book::is_cut,
        };
        catch_unwind(AssertUnwindSafe(|| plan(text, &around))).unwrap_or(Err(Reason::Syntax))
    }

    /// Whether rows of a range are hidden, or a cell of it is a subtotal.
    fn has_subtotals(&self, (sheet, area): Place) -> bool {
        let grid = &self.book.grid;
        if grid.has_hidden_rows(sheet, area) {
            return true;
        }
        let mut from = 0;
        while let Some(index) = grid.next(sheet, area, from) {
            from = index + 1;
            let formula = grid
                .cell(sheet, index)
                .and_then(|cell| cell.formula.as_deref());
            if !self.book.trace.work(STEP)
                || formula.is_some_and(|formula| {
                    formula.contains("SUBTOTAL(") || formula.contains("AGGREGATE(")
                })
            {
                return true;
            }
        }
        false
    }

    /// Puts on the stack what a formula waits for, or evaluates it.
    fn step(&mut self, mut frame: Frame) {
        while let Some(&(sheet, area)) = frame.reads.get(frame.at) {
            let place = (sheet, area);
            if self.settled.contains(&place) || self.book.grid.is_settled(place) {
                (frame.at, frame.from) = (frame.at + 1, 0);
                continue;
            }
            let Some(index) = self.book.grid.next(sheet, area, frame.from) else {
                if (area.row, area.col) != (area.last_row, area.last_col) {
                    self.settled.insert((sheet, area));
                }
                (frame.at, frame.from) = (frame.at + 1, 0);
                continue;
            };
            frame.from = index + 1;
            if !self.book.trace.work(STEP) {
                self.book
                    .grid
                    .set(frame.formula, State::Blocked(Reason::Limit));
                return;
            }
            let Square::Formula(formula) = self.book.grid.square(sheet, index) else {
                continue;
            };
            if matches!(self.book.grid.states.get(formula), Some(State::Waiting)) {
                if self.stack.len() >= READY {
                    frame.plan = None;
                }
                self.stack.push(frame);
                self.open(formula);
                return;
            }
        }
        self.finish(frame);
    }

    /// Evaluates a formula that waits for nothing.
    fn finish(&mut self, mut frame: Frame) {
        let plan = match frame.plan.take() {
            Some(plan) => Ok(plan),
            None => self.plan(frame.formula).map(Box::new),
        };
        let state = match plan {
            Ok(plan) => match self.evaluate(frame.formula, &plan) {
                Ok(value) => State::Done(value),
                Err(Stop::Refused(reason)) => State::Blocked(reason),
                Err(Stop::Needs(place)) => {
                    frame.tries += 1;
                    if frame.tries <= TRIES {
                        frame.reads.push(place);
                        frame.plan = Some(plan);
                        self.stack.push(frame);
                        return;
                    }
                    State::Blocked(Reason::Limit)
                }
            },
            Err(reason) => State::Blocked(reason),
        };
        self.book.grid.set(frame.formula, state);
    }

    fn evaluate(&self, formula: usize, plan: &Plan) -> Result<LiteralValue, Stop> {
        let book = &*self.book;
        let missing = || Stop::Refused(Reason::Syntax);
        let (sheet, cell) = book.grid.formula(formula).ok_or_else(missing)?;
        book.trace.begin(plan.weight, plan.one_indirect);
        book.trace.work(FORMULA);
        let words = self.texts_as_numbers(plan)?;
        let name = book.sheets.get(sheet).ok_or_else(missing)?;
        let place = CellRef::new(
            u16::try_from(sheet).unwrap_or_default(),
            Coord::new(cell.row, cell.col, true, true),
        );
        let result = catch_unwind(AssertUnwindSafe(|| {
            let interpreter = Interpreter::new_with_cell(book, name, place);
            interpreter.evaluate_ast(&plan.node).map(one)
        }));
        let found = book.trace.end();
        if let Some(reason) = found.refused {
            return Err(Stop::Refused(reason));
        }
        if let Some(place) = found.needs {
            return Err(Stop::Needs(place));
        }
        let value = match result {
            Ok(Ok(value)) => value?,
            Ok(Err(error)) => LiteralValue::Error(error),
            Err(_) => {
                return Err(Stop::Refused(Reason::Unsure(
                    "the engine failed".to_owned(),
                )));
            }
        };
        checked(value, plan, &found, words, book.dates).map_err(Stop::Refused)
    }

    /// Looks at the texts that a formula takes as numbers: whether there are any that are none.
    fn texts_as_numbers(&self, plan: &Plan) -> Result<bool, Stop> {
        let grid = &self.book.grid;
        let mut words = false;
        for &(sheet, row, col) in &plan.numbers {
            let Some(index) = grid.index(sheet, row, col) else {
                continue;
            };
            let text = match grid.square(sheet, index) {
                Square::Cell(cell) if cell.value.is_none() => cell.plain_text().to_string(),
                Square::Formula(formula) => match grid.states.get(formula) {
                    Some(State::Done(LiteralValue::Text(text))) => text.clone(),
                    _ => continue,
                },
                _ => continue,
            };
            match as_number(&text) {
                AsNumber::Number => {}
                AsNumber::Words => words = true,
                AsNumber::Unsure => {
                    let reason = Reason::Unsure("text as a number".to_owned());
                    return Err(Stop::Refused(reason));
                }
            }
        }
        Ok(words)
    }
}

/// The one value of a result.
fn one(value: CalcValue<'_>) -> Result<LiteralValue, Stop> {
    let many = || Stop::Refused(Reason::Array);
    match value {
        CalcValue::Range(view) => view.as_1x1().ok_or_else(many),
        CalcValue::Scalar(LiteralValue::Array(rows)) => match rows.as_slice() {
            [row] if row.len() == 1 => row.first().cloned().ok_or_else(many),
            _ => Err(many()),
        },
        CalcValue::Scalar(value) | CalcValue::AnnotatedScalar(value, _) => Ok(value),
        CalcValue::Callable(_) => Err(many()),
    }
}

/// A result as a cell holds it, where it is what Excel would give.
fn checked(
    value: LiteralValue,
    plan: &Plan,
    found: &Found,
    words: bool,
    dates: formualizer_eval::engine::DateSystem,
) -> Result<LiteralValue, Reason> {
    match value {
        LiteralValue::Text(text) => match text.chars().count() <= TEXT_LENGTH {
            true => Ok(LiteralValue::Text(text)),
            false => Err(Reason::Limit),
        },
        LiteralValue::Boolean(truth) => Ok(LiteralValue::Boolean(truth)),
        LiteralValue::Empty => Ok(LiteralValue::Number(0.0)),
        LiteralValue::Error(error) => error_given(error, plan, found, words),
        LiteralValue::Array(_) => Err(Reason::Array),
        other => match other.as_serial_number_for(dates) {
            // A negative zero is none.
            Some(number) if number.is_finite() => Ok(LiteralValue::Number(number + 0.0)),
            _ => Err(Reason::Unsure("a number that is too large".to_owned())),
        },
    }
}

/// An error, where the formula gives it to every program.
fn error_given(
    error: ExcelError,
    plan: &Plan,
    found: &Found,
    words: bool,
) -> Result<LiteralValue, Reason> {
    let kind = error.kind;
    let text = kind.to_string();
    let given = plan.functions.iter().any(|name| gives(name, &text));
    let is_sure = match kind {
        _ if found.errors.contains(&kind) || plan.errors.contains(&text) => true,
        ExcelErrorKind::Div => plan.divides || given,
        ExcelErrorKind::Value => given || (words && plan.calculates),
        ExcelErrorKind::Num => given || plan.powers,
        ExcelErrorKind::Ref => given && !found.is_cut,
        ExcelErrorKind::Na => given,
        _ => false,
    };
    match is_sure {
        true => Ok(LiteralValue::Error(ExcelError::new(kind))),
        false => Err(Reason::Unsure(format!("an error {text}"))),
    }
}
