//! How a sheet is printed and seen: paper, titles, frozen panes, lists of values.

use rust_xlsxwriter::{DataValidation, Formula, Worksheet};
use tabulary_ir::{
    Area, Code, Error, Origin, PageSetup, Points, SHEET_COLUMNS, SHEET_ROWS, SheetSettings,
    Validation, column_number,
};

use crate::entry;
use crate::refused;
use crate::shared::Shared;

/// Paper sizes by their number (ECMA-376-1 18.3.1.63), as width and height in millimetres.
const PAPERS: &[(u8, f64, f64)] = &[
    (1, 215.9, 279.4),
    (3, 279.4, 431.8),
    (5, 215.9, 355.6),
    (6, 139.7, 215.9),
    (7, 184.15, 266.7),
    (8, 297.0, 420.0),
    (9, 210.0, 297.0),
    (11, 148.0, 210.0),
    (12, 250.0, 353.0),
    (13, 176.0, 250.0),
    (14, 215.9, 330.2),
    (66, 420.0, 594.0),
    (70, 105.0, 148.0),
];
/// The longest list of values that stands in a check itself, in characters.
const LONGEST_LIST: usize = 255;

/// Sets the paper and margins that the document asks for.
pub(crate) fn page(worksheet: &mut Worksheet, page: &PageSetup, shared: &mut Shared<'_>) {
    let near =
        |a: Points, mm: f64| (a.thousandths() - Points::from_mm(mm).thousandths()).abs() < 1500;
    let upright = PAPERS
        .iter()
        .find(|(_, width, height)| near(page.width, *width) && near(page.height, *height));
    let lying = PAPERS
        .iter()
        .find(|(_, width, height)| near(page.width, *height) && near(page.height, *width));
    match (upright, lying) {
        (Some((number, ..)), _) => {
            worksheet.set_paper_size(*number).set_portrait();
        }
        (None, Some((number, ..))) => {
            worksheet.set_paper_size(*number).set_landscape();
        }
        (None, None) => {
            let message = format!(
                "a workbook has no number for paper of {} by {} points; A4 was written",
                page.width, page.height
            );
            shared.diagnostics.once(Code::StyleDropped, message, None);
            worksheet.set_paper_size(9);
        }
    }
    let [top, right, bottom, left] = page.margins.map(|margin| margin.to_f64() / 72.0);
    worksheet.set_margins(left, right, top, bottom, 0.3, 0.3);
}

/// Sets what the workbook of the source said of its sheet.
pub(crate) fn settings(
    worksheet: &mut Worksheet,
    settings: &SheetSettings,
    name: &str,
    shared: &mut Shared<'_>,
) -> Result<(), Error> {
    if settings.frozen_rows > 0 || settings.frozen_columns > 0 {
        let columns = settings.frozen_columns.min(SHEET_COLUMNS - 1);
        let columns = u16::try_from(columns).unwrap_or_default();
        worksheet
            .set_freeze_panes(settings.frozen_rows.min(SHEET_ROWS - 1), columns)
            .map_err(refused)?;
    }
    let mut no_range = |text: &str| {
        let message = format!("{text:?} is no range that is printed, and was left out");
        let place = Origin::cells(name, "A1");
        shared.diagnostics.add(Code::StyleDropped, message, place);
    };
    if let Some(text) = settings.title_rows.as_deref() {
        match rows(text) {
            Some((first, last)) => {
                worksheet.set_repeat_rows(first, last).map_err(refused)?;
            }
            None => no_range(text),
        }
    }
    if let Some(text) = settings.title_columns.as_deref() {
        match columns(text).filter(|(first, last)| first <= last) {
            Some((first, last)) => {
                worksheet.set_repeat_columns(first, last).map_err(refused)?;
            }
            None => no_range(text),
        }
    }
    let mut areas = Vec::new();
    for text in &settings.print_areas {
        match Area::parse(text) {
            Some(area) => areas.push(area),
            None => no_range(text),
        }
    }
    match areas.as_slice() {
        [] => {}
        [area] => {
            let narrow = |col: u32| u16::try_from(col).unwrap_or(u16::MAX);
            let (col, last_col) = (narrow(area.col), narrow(area.last_col));
            worksheet
                .set_print_area(area.row, col, area.last_row, last_col)
                .map_err(refused)?;
        }
        // The library knows one alone, and keeps the name that would have several.
        [_, _, ..] => {
            let message = format!("the printed ranges of the sheet {name:?} were left out");
            shared.diagnostics.add(Code::StyleDropped, message, None);
        }
    }
    for validation in &settings.validations {
        list_of_values(worksheet, validation, name, shared)?;
    }
    if let Some(entry) = &settings.entry {
        entry::write(worksheet, entry, name, shared)?;
    }
    Ok(())
}

fn list_of_values(
    worksheet: &mut Worksheet,
    validation: &Validation,
    name: &str,
    shared: &mut Shared<'_>,
) -> Result<(), Error> {
    let mut areas: Vec<Area> = Vec::new();
    for range in &validation.ranges {
        match Area::parse(range) {
            Some(area) => areas.push(area),
            None => {
                let message = format!(
                    "a list of the values that cells may have was left out: {range:?} is no range"
                );
                let place = Origin::cells(name, "A1");
                shared.diagnostics.add(Code::StyleDropped, message, place);
            }
        }
    }
    let Some(first) = areas.first() else {
        if validation.ranges.is_empty() {
            let message = "a list of the values that cells may have was left out: it names no cell";
            let place = Origin::cells(name, "A1");
            shared.diagnostics.add(Code::StyleDropped, message, place);
        }
        return Ok(());
    };
    let length: usize = validation
        .values
        .iter()
        .map(|value| value.chars().count() + 1)
        .sum();
    let has_comma = validation.values.iter().any(|value| value.contains(','));
    let rule = match &validation.formula {
        Some(formula) => Ok(DataValidation::new().allow_list_formula(Formula::new(formula))),
        None if length > LONGEST_LIST + 1 || has_comma => {
            Err("it is longer than 255 characters, or a value has a comma")
        }
        None => DataValidation::new()
            .allow_list_strings(&validation.values)
            .map_err(|_| "the library refuses it"),
    };
    match rule {
        Ok(rule) => {
            let ranges: Vec<String> = areas.iter().map(Area::to_string).collect();
            let rule = rule.set_multi_range(ranges.join(" "));
            let narrow = |col: u32| u16::try_from(col).unwrap_or(u16::MAX);
            worksheet
                .add_data_validation(
                    first.row,
                    narrow(first.col),
                    first.last_row,
                    narrow(first.last_col),
                    &rule,
                )
                .map_err(refused)?;
        }
        Err(why) => {
            let message = format!("a list of the values that cells may have was left out: {why}");
            let place = Origin::cells(name, first.to_string());
            shared.diagnostics.add(Code::StyleDropped, message, place);
        }
    }
    Ok(())
}

/// The rows of `1:3`, from 0.
fn rows(text: &str) -> Option<(u32, u32)> {
    let (first, last) = text.split_once(':')?;
    let number = |text: &str| {
        text.parse::<u32>()
            .ok()?
            .checked_sub(1)
            .filter(|row| *row < SHEET_ROWS)
    };
    let (first, last) = (number(first)?, number(last)?);
    (first <= last).then_some((first, last))
}

/// The columns of `A:B`, from 0.
fn columns(text: &str) -> Option<(u16, u16)> {
    let (first, last) = text.split_once(':')?;
    let number = |text: &str| u16::try_from(column_number(text)?).ok();
    Some((number(first)?, number(last)?))
}
