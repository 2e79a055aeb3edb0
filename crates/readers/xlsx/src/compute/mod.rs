//! Values of formulas that a workbook does not store.
//!
//! Programs that write workbooks without being spreadsheets, openpyxl among them, store formulas and not
//! what they give. Where at least one formula has no value, the values are worked out here by the crates
//! `formualizer-parse` and `formualizer-eval`. Values that are stored are taken as they are.
//!
//! A value that is worked out must be what Excel would store. What the engine does otherwise, and what
//! depends on the hour, on chance or on another workbook, stays blank and is told, and so is what reads
//! such a cell.
//!
//! A formula is read and looked through (`plan`), what it reads is worked out first (`solve`), the engine
//! asks for its cells (`book`, `views`) under a count of work (`trace`), functions are asked before they
//! are called (`guard`, `rules`, `searches`), some are worked out here (`own`, `operators`), and results
//! go to their cells (`show`).

mod arguments;
mod book;
mod functions;
mod grid;
mod guard;
mod operators;
mod own;
mod plan;
mod reason;
mod references;
mod rules;
mod scope;
mod searches;
mod show;
mod solve;
mod text;
mod trace;
mod tree;
mod views;

use std::collections::BTreeMap;

use tabulary_ir::{Budget, Code, Diagnostics, Error, Origin};

use self::book::Book;
use self::grid::State;
use self::reason::Reason;
use self::solve::Solver;
use crate::place::Area;
use crate::sheet::{Sheet, Workbook};

/// The most formulas without a value that are worked out in a workbook.
const FORMULAS: usize = 200_000;
/// The most reasons that a message names.
const REASONS: usize = 5;

/// Works out the formulas that have no value, and tells which were and which were not.
///
/// # Errors
/// Of kind `Limit` where the time is over or the work was cancelled.
pub(crate) fn fill(
    workbook: &mut Workbook,
    budget: &Budget,
    diagnostics: &mut Diagnostics,
) -> Result<(), Error> {
    let mut missing = 0;
    let mut stored = 0;
    for sheet in &workbook.sheets {
        for cell in &sheet.cells {
            if workbook.is_without_value(sheet, cell) {
                missing += 1;
            } else if cell.formula.is_some() {
                stored += 1;
            }
        }
    }
    if missing == 0 {
        return Ok(());
    }
    let is_sorted = |sheet: &Sheet| sheet.cells.is_sorted_by_key(|cell| (cell.row, cell.col));
    let states: Vec<_> = if missing > FORMULAS || !workbook.sheets.iter().all(is_sorted) {
        let grid = grid::Grid::new(workbook);
        let refused = |(place, _)| (place, State::Blocked(Reason::Limit));
        grid.into_results().map(refused).collect()
    } else {
        let mut book = Book::new(workbook);
        Solver::new(&mut book, budget).run()?;
        book.grid.into_results().collect()
    };
    let told = show::put(workbook, states, stored > 0);
    for (sheet, told) in workbook.sheets.iter().zip(told) {
        tell(sheet, &told, diagnostics);
    }
    Ok(())
}

/// What became of the formulas without a value of a sheet.
#[derive(Debug, Default)]
struct Told {
    computed: usize,
    /// The first cell that was worked out.
    first: Option<(u32, u32)>,
    blank: usize,
    first_blank: Option<(u32, u32)>,
    /// Zeros that could not be worked out anew.
    kept: usize,
    first_kept: Option<(u32, u32)>,
    reasons: BTreeMap<Reason, usize>,
}

fn tell(sheet: &Sheet, told: &Told, diagnostics: &mut Diagnostics) {
    let place = |(row, col)| {
        let place = Area::new(row, col, row, col).to_string();
        Origin::cells(&sheet.name, place)
    };
    if let Some(first) = told.first {
        let message = format!(
            "{} formulas have no value stored; their values were worked out",
            told.computed
        );
        diagnostics.add(Code::FormulaComputed, message, place(first));
    }
    if let Some(first) = told.first_blank {
        let message = format!(
            "{} formulas have no value stored and were not worked out; their cells are blank: {}",
            told.blank,
            reasons(&told.reasons)
        );
        diagnostics.add(Code::FormulaWithoutValue, message, place(first));
    }
    if let Some(first) = told.first_kept {
        let message = format!(
            "the value of every formula is 0, as programs store that work nothing out; {} could not be \
             worked out, and their 0 stands: {}",
            told.kept,
            reasons(&told.reasons)
        );
        diagnostics.add(Code::FormulaWithoutValue, message, place(first));
    }
}

/// The reasons with how often each holds, the most frequent first.
fn reasons(reasons: &BTreeMap<Reason, usize>) -> String {
    let mut sorted: Vec<_> = reasons.iter().collect();
    sorted.sort_by_key(|(_, count)| std::cmp::Reverse(**count));
    let mut parts: Vec<_> = sorted
        .iter()
        .take(REASONS)
        .map(|(reason, count)| format!("{count} {reason}"))
        .collect();
    let rest: usize = sorted.iter().skip(REASONS).map(|(_, count)| **count).sum();
    if rest > 0 {
        parts.push(format!("{rest} for other reasons"));
    }
    parts.join(", ")
}

#[cfg(test)]
mod tests;
