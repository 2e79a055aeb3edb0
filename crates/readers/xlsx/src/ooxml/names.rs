//! Defined names (ECMA-376-1 18.2.5): what they say of sheets, and those of people.

use std::collections::BTreeMap;

use tabulary_ir::DefinedName;

use crate::own;
use crate::place::{Area, COLUMNS, ROWS, column};
use crate::sheet::{Sheet, Workbook};

/// A name as the workbook part has it.
pub(crate) struct Entry {
    pub(crate) name: String,
    /// The index of the sheet that alone knows it.
    pub(crate) sheet: Option<usize>,
    pub(crate) target: String,
    pub(crate) hidden: bool,
}

/// Gives each sheet the names that say something of it, and the workbook the others.
pub(crate) fn give(names: Vec<Entry>, workbook: &mut Workbook) {
    let sheets = &mut workbook.sheets;
    let index: BTreeMap<String, usize> = sheets
        .iter()
        .enumerate()
        .map(|(i, sheet)| (sheet.name.clone(), i))
        .collect();
    for entry in names {
        let is_of_sheet = matches!(
            entry.name.as_str(),
            "_xlnm.Print_Titles" | "_xlnm.Print_Area"
        ) || entry.name.starts_with(own::PREFIX);
        if !is_of_sheet {
            let is_of_program = entry.hidden || entry.name.starts_with("_xlnm.");
            if !is_of_program && !entry.target.is_empty() {
                let sheet = entry.sheet.and_then(|i| sheets.get(i));
                workbook.names.push(DefinedName {
                    name: entry.name,
                    refers_to: entry.target,
                    sheet: sheet.map(|sheet| sheet.name.clone()),
                });
            }
            continue;
        }
        for target in split_targets(&entry.target) {
            let Some((sheet, range)) = split_sheet(&target) else {
                continue;
            };
            let found = index.get(&sheet).copied().or(entry.sheet);
            if let Some(sheet) = found.and_then(|i| sheets.get_mut(i)) {
                tell_sheet(sheet, &entry.name, &range);
            }
        }
    }
}

fn tell_sheet(sheet: &mut Sheet, name: &str, range: &str) {
    match name {
        "_xlnm.Print_Titles" => {
            sheet.title_rows = rows(range).or(sheet.title_rows);
            sheet.title_columns = columns(range).or(sheet.title_columns);
        }
        "_xlnm.Print_Area" => sheet.print_areas.extend(any_area(range)),
        _ => {
            if let Some(area) = Area::parse(range) {
                sheet.names.push((name.to_owned(), area));
            }
        }
    }
}

/// The range of `$A$1:$B$2`, of whole rows or of whole columns.
fn any_area(range: &str) -> Option<Area> {
    Area::parse(range)
        .or_else(|| rows(range).map(|(first, last)| Area::new(first, 0, last, COLUMNS - 1)))
        .or_else(|| columns(range).map(|(first, last)| Area::new(0, first, ROWS - 1, last)))
}

/// The parts of a union such as `'a,b'!$A:$B,'a,b'!$1:$2`.
fn split_targets(text: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut quoted = false;
    for character in text.chars() {
        quoted ^= character == '\'';
        if character == ',' && !quoted {
            parts.push(String::new());
        } else if let Some(part) = parts.last_mut() {
            part.push(character);
        }
    }
    parts
}

/// The sheet and range of `'a b'!$A$1:$B$2`.
fn split_sheet(target: &str) -> Option<(String, String)> {
    let (sheet, range) = target.trim().rsplit_once('!')?;
    let sheet = match sheet
        .strip_prefix('\'')
        .and_then(|sheet| sheet.strip_suffix('\''))
    {
        Some(quoted) => quoted.replace("''", "'"),
        None => sheet.to_owned(),
    };
    Some((sheet, range.to_owned()))
}

/// The rows of `$1:$3`, from 0.
fn rows(range: &str) -> Option<(u32, u32)> {
    ends(range, |text| text.parse::<u32>().ok()?.checked_sub(1))
}

/// The columns of `$A:$B`, from 0.
fn columns(range: &str) -> Option<(u32, u32)> {
    ends(range, column)
}

fn ends(range: &str, number: impl Fn(&str) -> Option<u32>) -> Option<(u32, u32)> {
    let (first, last) = range.split_once(':')?;
    let number = |text: &str| number(text.trim_start_matches('$'));
    let (first, last) = (number(first)?, number(last)?);
    (first <= last).then_some((first, last))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_print_ranges_go_to_their_sheets() {
        let sheet = Sheet {
            name: "a,b".to_owned(),
            ..Sheet::default()
        };
        let mut workbook = Workbook {
            sheets: vec![sheet],
            ..Workbook::default()
        };
        let entry = |name: &str, target: &str| Entry {
            name: name.to_owned(),
            sheet: None,
            target: target.to_owned(),
            hidden: false,
        };
        let entries = vec![
            entry("_xlnm.Print_Titles", "'a,b'!$A:$B,'a,b'!$1:$2"),
            entry("_xlnm.Print_Area", "'a,b'!$A$1:$C$9"),
            entry("_xlnm._FilterDatabase", "'a,b'!$A$1"),
            entry("total", "'a,b'!$C$9"),
        ];
        give(entries, &mut workbook);
        let sheet = &workbook.sheets[0];
        assert_eq!(sheet.title_rows, Some((0, 1)));
        assert_eq!(sheet.title_columns, Some((0, 1)));
        assert_eq!(sheet.print_areas, [Area::new(0, 0, 8, 2)]);
        assert_eq!(workbook.names.len(), 1);
        assert_eq!(workbook.names[0].refers_to, "'a,b'!$C$9");
    }
}
