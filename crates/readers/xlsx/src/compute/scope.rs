//! What names stand for: sheets, defined names, list objects.

use std::collections::BTreeMap;

use formualizer_parse::parser::{
    ReferenceType, SpecialItem, TableReference, TableRowSpecifier, TableSpecifier,
};

use super::reason::Reason;
use crate::place::Area;
use crate::sheet::{Sheet, Workbook};

/// What names stand for. They are kept in small letters, since programs take either.
#[derive(Debug, Default)]
pub(super) struct Scope {
    sheets: BTreeMap<String, usize>,
    names: BTreeMap<(Option<usize>, String), String>,
    lists: Vec<List>,
}

#[derive(Debug)]
struct List {
    name: String,
    sheet: usize,
    area: Area,
    /// The rows of its records; none where it has no row.
    records: Option<(u32, u32)>,
    has_header: bool,
    has_totals: bool,
    columns: Vec<String>,
}

/// Rows and columns of a list object.
struct Part {
    rows: (u32, u32),
    columns: (u32, u32),
}

impl Scope {
    pub(super) fn new(workbook: &Workbook) -> Self {
        let mut scope = Self::default();
        for (index, sheet) in workbook.sheets.iter().enumerate() {
            scope
                .sheets
                .entry(sheet.name.to_lowercase())
                .or_insert(index);
            scope.lists.extend(lists(sheet, index));
        }
        for name in &workbook.names {
            let sheet = match &name.sheet {
                Some(sheet) => match scope.sheet(sheet) {
                    Some(index) => Some(index),
                    None => continue,
                },
                None => None,
            };
            let key = (sheet, name.name.to_lowercase());
            scope.names.insert(key, name.refers_to.clone());
        }
        scope
    }

    /// The index of a sheet.
    pub(super) fn sheet(&self, name: &str) -> Option<usize> {
        self.sheets.get(&name.to_lowercase()).copied()
    }

    /// What a name says on a sheet.
    pub(super) fn name(&self, name: &str, sheet: usize) -> Option<&str> {
        let (sheet, name) = match name.rsplit_once('!') {
            Some((of, name)) => (self.sheet(of.trim_matches('\''))?, name),
            None => (sheet, name),
        };
        let name = name.to_lowercase();
        self.names
            .get(&(Some(sheet), name.clone()))
            .or_else(|| self.names.get(&(None, name)))
            .map(String::as_str)
    }

    /// The sheet and range of a structured reference in a cell (ECMA-376-1 18.17.6.7).
    pub(super) fn list(
        &self,
        reference: &TableReference,
        sheet: usize,
        row: u32,
    ) -> Result<(usize, Area), Reason> {
        let unknown = || Reason::List(reference.name.clone());
        let list = self
            .lists
            .iter()
            .find(|list| {
                if reference.name.is_empty() {
                    list.sheet == sheet && (list.area.row..=list.area.last_row).contains(&row)
                } else {
                    list.name.eq_ignore_ascii_case(&reference.name)
                }
            })
            .ok_or_else(unknown)?;
        let mut part = Part {
            rows: list.records.ok_or_else(unknown)?,
            columns: (list.area.col, list.area.last_col),
        };
        if let Some(specifier) = &reference.specifier {
            list.narrow(&mut part, specifier, sheet, row)
                .ok_or_else(unknown)?;
        }
        let (rows, columns) = (part.rows, part.columns);
        Ok((list.sheet, Area::new(rows.0, columns.0, rows.1, columns.1)))
    }
}

impl List {
    fn column(&self, name: &str) -> Option<u32> {
        let name = name.to_lowercase();
        let index = self.columns.iter().position(|column| *column == name)?;
        Some(self.area.col + u32::try_from(index).ok()?)
    }

    /// Narrows a part of the list to what a specifier says.
    fn narrow(
        &self,
        part: &mut Part,
        specifier: &TableSpecifier,
        sheet: usize,
        row: u32,
    ) -> Option<()> {
        match specifier {
            TableSpecifier::All | TableSpecifier::SpecialItem(SpecialItem::All) => {
                part.rows = (self.area.row, self.area.last_row);
            }
            TableSpecifier::Data | TableSpecifier::SpecialItem(SpecialItem::Data) => {}
            TableSpecifier::Headers | TableSpecifier::SpecialItem(SpecialItem::Headers) => {
                part.rows = self.has_header.then_some((self.area.row, self.area.row))?;
            }
            TableSpecifier::Totals | TableSpecifier::SpecialItem(SpecialItem::Totals) => {
                let last = self.area.last_row;
                part.rows = self.has_totals.then_some((last, last))?;
            }
            TableSpecifier::Row(TableRowSpecifier::Current)
            | TableSpecifier::SpecialItem(SpecialItem::ThisRow) => {
                let (first, last) = part.rows;
                let inside = sheet == self.sheet && (first..=last).contains(&row);
                part.rows = inside.then_some((row, row))?;
            }
            TableSpecifier::Column(name) => {
                let column = self.column(name)?;
                part.columns = (column, column);
            }
            TableSpecifier::ColumnRange(first, last) => {
                let (first, last) = (self.column(first)?, self.column(last)?);
                part.columns = (first.min(last), first.max(last));
            }
            // A union of items would join rows that do not all stand side by side.
            TableSpecifier::Combination(specifiers) => {
                let items = specifiers
                    .iter()
                    .filter(|item| matches!(***item, TableSpecifier::SpecialItem(_)));
                if items.count() > 1 {
                    return None;
                }
                for specifier in specifiers {
                    self.narrow(part, specifier, sheet, row)?;
                }
            }
            TableSpecifier::Row(_) => return None,
        }
        Some(())
    }
}

/// The list objects of a sheet that say what their columns are called.
fn lists(sheet: &Sheet, index: usize) -> impl Iterator<Item = List> {
    sheet.lists.iter().filter_map(move |list| {
        let area = list.area;
        if area.width() > 1024 {
            return None;
        }
        let has_header = list.header_rows > 0;
        let columns = (area.col..=area.last_col)
            .map(|col| {
                let header = at(sheet, area.row, col).filter(|_| has_header);
                header.map_or_else(String::new, |cell| {
                    cell.plain_text().as_str().to_lowercase()
                })
            })
            .collect();
        // That a list has a row of totals is told by what Excel puts there.
        let has_totals = (area.col..=area.last_col).any(|col| {
            let formula = at(sheet, area.last_row, col).and_then(|cell| cell.formula.as_deref());
            formula.is_some_and(|formula| formula.starts_with("SUBTOTAL("))
        });
        let first = area.row + u32::from(has_header);
        let last = area.last_row.checked_sub(u32::from(has_totals));
        Some(List {
            name: list.name.clone()?,
            sheet: index,
            area,
            records: last.filter(|last| *last >= first).map(|last| (first, last)),
            has_header,
            has_totals,
            columns,
        })
    })
}

fn at(sheet: &Sheet, row: u32, col: u32) -> Option<&tabulary_ir::Cell> {
    let index = sheet
        .cells
        .binary_search_by_key(&(row, col), |cell| (cell.row, cell.col))
        .ok()?;
    sheet.cells.get(index)
}

/// The range of a reference, from 0, and the name of its sheet; none where it is no range of one sheet.
///
/// An end that is left open, as in `A:A`, is that of the largest sheet.
pub(super) fn area(reference: &ReferenceType) -> Option<(Option<&str>, Area)> {
    let (sheet, area) = match reference {
        ReferenceType::Cell {
            sheet, row, col, ..
        } => {
            let (row, col) = (row.checked_sub(1)?, col.checked_sub(1)?);
            (sheet, Area::new(row, col, row, col))
        }
        ReferenceType::Range {
            sheet,
            start_row,
            start_col,
            end_row,
            end_col,
            ..
        } => (
            sheet,
            Area::new(
                start_row.unwrap_or(1).checked_sub(1)?,
                start_col.unwrap_or(1).checked_sub(1)?,
                end_row.unwrap_or(crate::place::ROWS).checked_sub(1)?,
                end_col.unwrap_or(crate::place::COLUMNS).checked_sub(1)?,
            ),
        ),
        _ => return None,
    };
    let fits = area.row <= area.last_row
        && area.col <= area.last_col
        && area.last_row < crate::place::ROWS
        && area.last_col < crate::place::COLUMNS;
    fits.then_some((sheet.as_deref(), area))
}
