//! Formulas of a sheet, of which some stand for one that several cells share.

use std::collections::BTreeMap;

use tabulary_ir::Error;

use super::formula::{Dialect, Formula, text_of};
use super::grid::Grid;
use super::links::Links;
use crate::counted::Counted;

/// A row and a column.
type Place = (u32, u32);

/// The formulas of a sheet while its records are read.
pub(crate) struct Formulas<'a, 'g> {
    dialect: Dialect,
    links: &'g Links,
    /// Where the last formula stands.
    last: Place,
    /// Formulas that stand for that of another cell: number, place, and place of the other.
    later: Vec<(usize, Place, Place)>,
    shared: BTreeMap<Place, Formula<'a>>,
    arrays: BTreeMap<Place, Formula<'a>>,
    counted_arrays: Counted,
}

impl<'a, 'g> Formulas<'a, 'g> {
    pub(crate) fn new(dialect: Dialect, links: &'g Links) -> Self {
        Self {
            dialect,
            links,
            last: (0, 0),
            later: Vec::new(),
            shared: BTreeMap::new(),
            arrays: BTreeMap::new(),
            counted_arrays: Counted::default(),
        }
    }

    /// The formula of the cell of a number; none where it cannot be read.
    pub(crate) fn put(
        &mut self,
        grid: &mut Grid<'_>,
        number: usize,
        place: Place,
        formula: Option<Formula<'_>>,
    ) -> Result<(), Error> {
        self.last = place;
        let Some(formula) = formula else {
            return grid.put_formula(number, None);
        };
        if let Some(first) = formula.table(self.dialect) {
            // Each cell of the table names its first.
            if first == place {
                grid.range_formulas.data_tables.add(place.0, place.1);
            }
            return Ok(());
        }
        if let Some(other) = formula.stands_for(self.dialect) {
            self.later.push((number, place, other));
            return Ok(());
        }
        let text = text_of(formula, self.dialect, place, self.links);
        grid.put_formula(number, text)
    }

    /// A formula for the cells of a range: shared, or one of an array.
    pub(crate) fn put_range(&mut self, first: Place, formula: Formula<'a>, is_shared: bool) {
        let formulas = if is_shared {
            &mut self.shared
        } else {
            self.counted_arrays.add(first.0, first.1);
            &mut self.arrays
        };
        // Cells name the first of the range, or the one in front of the record.
        formulas.insert(first, formula);
        formulas.insert(self.last, formula);
    }

    /// Gives the formulas of ranges to the cells that stand for them. That of an array is the first
    /// cell's alone.
    pub(crate) fn finish(self, grid: &mut Grid<'_>) -> Result<(), Error> {
        grid.range_formulas.arrays = self.counted_arrays;
        for (number, place, other) in self.later {
            let formula = match (self.shared.get(&other), self.arrays.get(&other)) {
                (Some(formula), _) => Some(formula),
                (None, Some(formula)) if place == other => Some(formula),
                (None, Some(_)) => continue,
                (None, None) => None,
            };
            let text = formula.and_then(|f| text_of(*f, self.dialect, place, self.links));
            grid.put_formula(number, text)?;
        }
        Ok(())
    }
}
