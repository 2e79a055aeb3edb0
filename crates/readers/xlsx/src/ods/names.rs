//! Names of ranges, ranges of records and lists of values (OpenDocument 1.3 part 3, 9.4).

use std::collections::BTreeMap;

use tabulary_ir::{DefinedName, Validation};
use tabulary_package::xml::{Element, Ns};

use super::address::Reference;
use super::formula;
use crate::own;
use crate::place::Area;
use crate::sheet::{ListObject, Workbook};

/// Names that say how a sheet is printed or filtered, by how they begin.
const OF_PROGRAMS: &[&str] = &["_xlnm.", "_xlnm_", "__Anonymous_"];

/// Names of a workbook, and the sheets they say something of.
#[derive(Debug, Default)]
pub(super) struct Names {
    names: Vec<DefinedName>,
    own: Vec<(String, String, Area)>,
    lists: Vec<(String, ListObject)>,
}

impl Names {
    /// Takes up `table:named-expressions`, of a sheet where it stands in one.
    pub(super) fn expressions(&mut self, element: &Element, sheet: Option<String>) {
        for child in element.elements().filter(|child| child.ns == Ns::OdfTable) {
            let of = |name| child.attribute(Ns::OdfTable, name).unwrap_or_default();
            let name = of("name");
            if name.is_empty() || OF_PROGRAMS.iter().any(|start| name.starts_with(start)) {
                continue;
            }
            let reference = Reference::parse(of("cell-range-address"));
            if name.starts_with(own::PREFIX) {
                let area = reference.as_ref().and_then(Reference::area);
                let target = reference.and_then(|reference| reference.sheet);
                if let (Some(target), Some(area)) = (target.or_else(|| sheet.clone()), area) {
                    self.own.push((target, name.to_owned(), area));
                }
                continue;
            }
            let refers_to = match reference {
                Some(reference) if child.local == "named-range" => reference.a1(),
                _ => formula::excel(of("expression")),
            };
            if !refers_to.is_empty() {
                self.names.push(DefinedName {
                    name: name.to_owned(),
                    refers_to,
                    sheet: sheet.clone(),
                });
            }
        }
    }

    /// Takes up `table:database-ranges`. One without a name only keeps a filter.
    pub(super) fn databases(&mut self, element: &Element) {
        for child in element
            .elements()
            .filter(|e| e.is(Ns::OdfTable, "database-range"))
        {
            let of = |name| child.attribute(Ns::OdfTable, name);
            let name = of("name").unwrap_or_default();
            let reference = Reference::parse(of("target-range-address").unwrap_or_default());
            let area = reference.as_ref().and_then(Reference::area);
            let sheet = reference.and_then(|reference| reference.sheet);
            let (Some(area), Some(sheet)) = (area, sheet) else {
                continue;
            };
            if name.is_empty() || OF_PROGRAMS.iter().any(|start| name.starts_with(start)) {
                continue;
            }
            let list = ListObject {
                area,
                header_rows: u32::from(of("contains-header") != Some("false")),
                name: Some(name.to_owned()),
            };
            self.lists.push((sheet, list));
        }
    }

    /// Gives the workbook and its sheets what the names say.
    pub(super) fn give(self, workbook: &mut Workbook) {
        workbook.names = self.names;
        let index: BTreeMap<String, usize> = workbook
            .sheets
            .iter()
            .enumerate()
            .map(|(at, sheet)| (sheet.name.clone(), at))
            .collect();
        for (target, name, area) in self.own {
            if let Some(&at) = index.get(&target) {
                workbook.sheets[at].names.push((name, area));
            }
        }
        for (target, list) in self.lists {
            if let Some(&at) = index.get(&target) {
                workbook.sheets[at].lists.push(list);
            }
        }
    }
}

/// What a validation lets a cell hold, where it is a list of values.
#[derive(Clone, Debug)]
pub(super) struct Check {
    /// Which of the validations of the document it is.
    index: usize,
    values: Vec<String>,
    formula: Option<String>,
}

/// The lists of values of `table:content-validations`, by name.
pub(super) fn checks(element: &Element) -> BTreeMap<String, Check> {
    let mut checks = BTreeMap::new();
    for (index, child) in element.elements().enumerate() {
        let of = |name| child.attribute(Ns::OdfTable, name).unwrap_or_default();
        if let Some((values, formula)) = formula::list_condition(of("condition")) {
            let check = Check {
                index,
                values,
                formula,
            };
            checks.insert(of("name").to_owned(), check);
        }
    }
    checks
}

/// The cells of a sheet that have a validation, by its name.
#[derive(Debug, Default)]
pub(super) struct Checked(BTreeMap<String, Vec<Area>>);

impl Checked {
    /// Adds a range; one that continues another in a row or a column makes it longer.
    pub(super) fn add(&mut self, name: &str, area: Area) {
        if !self.0.contains_key(name) {
            self.0.insert(name.to_owned(), Vec::new());
        }
        let Some(areas) = self.0.get_mut(name) else {
            return;
        };
        // Where several columns are checked, the range above is a few ranges back.
        for before in areas.iter_mut().rev().take(64) {
            let beside = before.row == area.row
                && before.last_row == area.last_row
                && before.last_col + 1 == area.col;
            let below = before.col == area.col
                && before.last_col == area.last_col
                && before.last_row + 1 == area.row;
            if beside || below {
                (before.last_row, before.last_col) = (area.last_row, area.last_col);
                return;
            }
        }
        areas.push(area);
    }

    /// The validations of a sheet.
    pub(super) fn validations(self, checks: &BTreeMap<String, Check>) -> Vec<Validation> {
        let known = self.0.into_iter().filter_map(|(name, areas)| {
            let check = checks.get(&name)?.clone();
            let validation = Validation {
                formula: check.formula,
                ranges: joined(areas).iter().map(Area::to_string).collect(),
                values: check.values,
            };
            Some((check.index, validation))
        });
        let mut known: Vec<_> = known.collect();
        known.sort_by_key(|(index, _)| *index);
        known
            .into_iter()
            .map(|(_, validation)| validation)
            .collect()
    }
}

/// Ranges below one another as one: rows are read one by one, each with its own.
fn joined(mut areas: Vec<Area>) -> Vec<Area> {
    areas.sort_by_key(|area| (area.col, area.last_col, area.row));
    let mut joined: Vec<Area> = Vec::new();
    for area in areas {
        match joined.last_mut() {
            Some(above)
                if (above.col, above.last_col) == (area.col, area.last_col)
                    && above.last_row + 1 == area.row =>
            {
                above.last_row = area.last_row;
            }
            _ => joined.push(area),
        }
    }
    joined
}
