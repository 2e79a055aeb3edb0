//! What references of a formula stand for.

use formualizer_parse::parser::{ASTNode, ReferenceType};

use super::plan::{Place, Planner, Shape, Want};
use super::reason::Reason;
use super::scope::area;
use super::tree::{LENGTH, is_relative, parse};

impl Planner<'_> {
    /// What a defined name stands for.
    pub(super) fn named(&self, name: &str) -> Result<ASTNode, Reason> {
        let unknown = || Reason::Name(name.to_owned());
        let target = self
            .around
            .scope
            .name(name, self.around.sheet)
            .ok_or_else(unknown)?;
        if target.chars().nth(LENGTH).is_some() {
            return Err(Reason::Limit);
        }
        let node = parse(target)?;
        // A name that is relative to the cell that uses it does not say to which cell it was given.
        if is_relative(&node) {
            return Err(Reason::Unsure(format!("the relative name {name}")));
        }
        Ok(node)
    }

    pub(super) fn reference(
        &mut self,
        reference: &mut ReferenceType,
        want: Want,
        numeric: bool,
    ) -> Result<Shape, Reason> {
        let place = match &*reference {
            ReferenceType::Table(list) => {
                let around = self.around;
                around.scope.list(list, around.sheet, around.row)?
            }
            ReferenceType::External(_) => return Err(Reason::External),
            other => {
                let (sheet, area) = area(other).ok_or(Reason::Array)?;
                let index = match sheet {
                    Some(name) => self
                        .around
                        .scope
                        .sheet(name)
                        .ok_or_else(|| Reason::Name(name.to_owned()))?,
                    None => self.around.sheet,
                };
                (index, area)
            }
        };
        *reference = self.absolute(place);
        self.plan.reads.push(place);
        let (sheet, area) = place;
        if (area.row, area.col) == (area.last_row, area.last_col) {
            if numeric {
                self.plan.numbers.push((sheet, area.row, area.col));
            }
            return Ok(Shape::One);
        }
        if want == Want::One {
            return Err(Reason::Array);
        }
        Ok(Shape::Many)
    }

    /// The reference to a place.
    fn absolute(&self, (sheet, area): Place) -> ReferenceType {
        let name = self.around.sheets.get(sheet).map(|&name| name.to_owned());
        if (area.row, area.col) == (area.last_row, area.last_col) {
            return ReferenceType::Cell {
                sheet: name,
                row: area.row + 1,
                col: area.col + 1,
                row_abs: true,
                col_abs: true,
            };
        }
        ReferenceType::Range {
            sheet: name,
            start_row: Some(area.row + 1),
            start_col: Some(area.col + 1),
            end_row: Some(area.last_row + 1),
            end_col: Some(area.last_col + 1),
            start_row_abs: true,
            start_col_abs: true,
            end_row_abs: true,
            end_col_abs: true,
        }
    }
}
