//! How a sheet is filled in: locked cells, typed input with prompts, cells that turn red.

use rust_xlsxwriter::{
    Color, ConditionalFormatFormula, DataValidation, DataValidationRule, ExcelDateTime, Format,
    Formula, Worksheet,
};
use tabulary_ir::{Area, Code, Entry, EntryCheck, EntryKind, Error, Origin};

use crate::content::cut;
use crate::refused;
use crate::shared::Shared;
use crate::table::narrow;

/// What the parts of a message hold (Excel's limits, in UTF-16 code units).
const LONGEST_TITLE: usize = 32;
const LONGEST_MESSAGE: usize = 255;

/// The ranges that may be changed.
pub(crate) fn unlocked(entry: &Entry) -> Vec<Area> {
    entry
        .unlocked
        .iter()
        .filter_map(|range| Area::parse(range))
        .collect()
}

/// Locks a sheet but for the cells that may be changed, and says what they take and when they turn red.
pub(crate) fn write(
    worksheet: &mut Worksheet,
    entry: &Entry,
    name: &str,
    shared: &mut Shared<'_>,
) -> Result<(), Error> {
    worksheet.protect();
    for check in &entry.checks {
        let areas = areas(&check.ranges, name, shared);
        let Some((first, ranges)) = joined(&areas) else {
            continue;
        };
        let validation = validation(check)?.set_multi_range(ranges);
        worksheet
            .add_data_validation(
                first.row,
                narrow(first.col),
                first.last_row,
                narrow(first.last_col),
                &validation,
            )
            .map_err(refused)?;
    }
    for condition in &entry.conditions {
        let areas = areas(&condition.ranges, name, shared);
        let Some((first, ranges)) = joined(&areas) else {
            continue;
        };
        let fill = u32::from_str_radix(&condition.fill.hex(), 16).unwrap_or_default();
        let format = Format::new().set_background_color(Color::RGB(fill));
        let rule = ConditionalFormatFormula::new()
            .set_rule(Formula::new(&condition.formula))
            .set_multi_range(ranges)
            .set_format(format);
        worksheet
            .add_conditional_format(
                first.row,
                narrow(first.col),
                first.last_row,
                narrow(first.last_col),
                &rule,
            )
            .map_err(refused)?;
    }
    Ok(())
}

fn areas(ranges: &[String], name: &str, shared: &mut Shared<'_>) -> Vec<Area> {
    let mut areas = Vec::new();
    for range in ranges {
        match Area::parse(range) {
            Some(area) => areas.push(area),
            None => {
                let message =
                    format!("a check of what is typed was left out: {range:?} is no range");
                let place = Origin::cells(name, "A1");
                shared.diagnostics.add(Code::StyleDropped, message, place);
            }
        }
    }
    areas
}

/// The first of ranges, and all of them as a workbook writes them.
fn joined(areas: &[Area]) -> Option<(Area, String)> {
    let ranges: Vec<String> = areas.iter().map(Area::to_string).collect();
    Some((*areas.first()?, ranges.join(" ")))
}

fn validation(check: &EntryCheck) -> Result<DataValidation, Error> {
    let least = check.least.as_ref().map(tabulary_ir::Decimal::to_f64);
    let validation = DataValidation::new();
    let validation = match check.kind {
        EntryKind::Any => validation.allow_any_value(),
        EntryKind::Whole => {
            let least = least.map_or(i32::MIN + 1, |least| least as i32);
            validation.allow_whole_number(DataValidationRule::GreaterThanOrEqualTo(least))
        }
        EntryKind::Number => {
            let least = least.unwrap_or(-1e15);
            validation.allow_decimal_number(DataValidationRule::GreaterThanOrEqualTo(least))
        }
        EntryKind::Date => {
            let least = ExcelDateTime::from_ymd(1900, 1, 1).map_err(refused)?;
            validation.allow_date(DataValidationRule::GreaterThanOrEqualTo(least))
        }
        EntryKind::Choice => validation
            .allow_list_strings(&check.choices)
            .map_err(refused)?,
    };
    let validation = validation
        .set_input_title(cut(&check.title, LONGEST_TITLE))
        .map_err(refused)?
        .set_input_message(cut(&check.prompt, LONGEST_MESSAGE))
        .map_err(refused)?;
    if check.error.is_empty() {
        return Ok(validation);
    }
    validation
        .set_error_title(cut(&check.title, LONGEST_TITLE))
        .map_err(refused)?
        .set_error_message(cut(&check.error, LONGEST_MESSAGE))
        .map_err(refused)
}
