//! What stands around the cells of a sheet.

use std::collections::BTreeMap;

use tabulary_ir::{Code, Diagnostics, FurnitureKind, Origin, Points, Validation};

use crate::furniture::furniture;
use crate::page::PrintSetup;
use crate::place::{Area, COLUMNS};
use crate::sheet::{ColumnInfo, Sheet};

/// Points to a unit of column width: 7 pixels of 1/96 inch, with the usual font (ECMA-376-1 18.3.1.13).
const WIDTH: f64 = 5.25;
/// The most columns that one setting is kept for; one for all columns is that of the sheet.
const MOST_COLUMNS: u32 = 1024;

/// Gives columns a width, in 256ths of a character where one was set, or hides them.
pub(crate) fn columns(sheet: &mut Sheet, first: u32, last: u32, width: Option<u32>, hidden: bool) {
    let width = width.map(|width| f64::from(width) / 256.0);
    let width = width.filter(|width| (0.0..=255.0).contains(width));
    let info = ColumnInfo {
        width: width.map(|width| Points::new(width * WIDTH)),
        hidden,
    };
    if info.width.is_none() && !hidden {
        return;
    }
    let last = last
        .min(COLUMNS - 1)
        .min(first.saturating_add(MOST_COLUMNS - 1));
    for col in first..=last {
        sheet.columns.insert(col, info);
    }
}

/// The paper and margins of a sheet.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Page {
    setup: PrintSetup,
    /// Top, right, bottom and left in inches.
    pub(crate) margins: [Option<f64>; 4],
}

impl Page {
    /// A page with these margins.
    pub(crate) fn with_margins(inches: [f64; 4]) -> Self {
        Self {
            margins: inches.map(Some),
            ..Self::default()
        }
    }

    /// The number of a paper size; none where only the printer knew it.
    pub(crate) fn paper(&mut self, number: Option<u32>, is_landscape: bool) {
        self.setup.paper(number, is_landscape);
    }

    pub(crate) fn finish(mut self, sheet: &mut Sheet) {
        let texts = self.margins.map(|margin| margin.map(|m| m.to_string()));
        if texts.iter().any(Option::is_some) {
            self.setup.margins(|name| {
                let place = ["top", "right", "bottom", "left"];
                let place = place.iter().position(|known| *known == name)?;
                texts.get(place)?.as_deref()
            });
        }
        sheet.page = self.setup.page();
    }
}

/// Running headers and footers of a sheet: for all pages, even ones and the first.
pub(crate) fn running_lines(sheet: &mut Sheet, header: bool, kind: FurnitureKind, codes: &str) {
    let made = furniture(codes, kind, &sheet.name);
    let list = if header {
        &mut sheet.headers
    } else {
        &mut sheet.footers
    };
    list.extend(made);
}

/// The values that cells may be filled with, by the text of their formula.
pub(crate) fn validation(ranges: &[Area], formula: &str, is_list_of_values: bool) -> Validation {
    let quoted = formula
        .strip_prefix('"')
        .and_then(|text| text.strip_suffix('"'))
        .filter(|_| is_list_of_values);
    let values = quoted.map(|text| text.replace("\"\"", "\""));
    let values: Option<Vec<String>> = values.map(|text| {
        // Older versions keep them apart by zeros, so that a value may hold a comma.
        let between = if text.contains('\0') { '\0' } else { ',' };
        let values = text.split(between);
        values.map(|value| value.trim().to_owned()).collect()
    });
    Validation {
        formula: values.is_none().then(|| formula.to_owned()),
        ranges: ranges.iter().map(Area::to_string).collect(),
        values: values.unwrap_or_default(),
    }
}

/// What a sheet has that is not read, with how often.
#[derive(Debug, Default)]
pub(crate) struct Unread(BTreeMap<&'static str, usize>);

impl Unread {
    pub(crate) fn add(&mut self, what: &'static str) {
        *self.0.entry(what).or_default() += 1;
    }

    pub(crate) fn tell(self, sheet: &str, diagnostics: &mut Diagnostics) {
        for (what, count) in self.0 {
            let message = format!("{what} of the sheet are not read ({count})");
            diagnostics.add(Code::ContentSkipped, message, Origin::cells(sheet, "A1"));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_of_values_are_told_from_ranges() {
        let ranges = [Area::new(1, 0, 3, 0)];
        let made = validation(&ranges, "\"是\0否\"", true);
        assert_eq!(made.values, ["是", "否"]);
        assert_eq!(made.ranges, ["A2:A4"]);
        let made = validation(&ranges, "Sheet2!$A$1:$A$9", false);
        assert_eq!(made.formula.as_deref(), Some("Sheet2!$A$1:$A$9"));
        assert!(made.values.is_empty());
    }

    #[test]
    fn a_width_for_all_columns_is_not_kept_for_each() {
        let mut sheet = Sheet::default();
        columns(&mut sheet, 0, 16383, Some(2560), false);
        assert_eq!(sheet.columns.len(), 1024);
        assert_eq!(sheet.columns[&0].width, Some(Points::new(52.5)));
        columns(&mut sheet, 5, 3, Some(2560), true);
        columns(&mut sheet, 0, u32::MAX, None, false);
        assert_eq!(sheet.columns.len(), 1024);
    }
}
