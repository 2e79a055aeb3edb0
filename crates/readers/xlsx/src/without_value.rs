//! Formulas whose value a workbook does not store.

use tabulary_ir::{Budget, Code, Diagnostics, Error, Origin};

use crate::place::Area;
use crate::sheet::Workbook;

/// Tells which formulas have no value.
///
/// # Errors
/// Of kind `Limit` where a bound is passed.
pub(crate) fn tell(
    workbook: &Workbook,
    budget: &Budget,
    diagnostics: &mut Diagnostics,
) -> Result<(), Error> {
    for sheet in &workbook.sheets {
        budget.tick()?;
        let without = |cell: &&tabulary_ir::Cell| cell.formula.is_some() && cell.is_blank();
        let mut cells = sheet.cells.iter().filter(without);
        let Some(first) = cells.next() else {
            continue;
        };
        let count = 1 + cells.count();
        let message = format!("{count} formulas have no value stored; their cells are blank");
        let place = Area::new(first.row, first.col, first.row, first.col).to_string();
        let place = Origin::cells(&sheet.name, place);
        diagnostics.add(Code::FormulaWithoutValue, message, place);
    }
    Ok(())
}
