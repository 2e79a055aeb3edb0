//! How a sheet is printed and seen: paper, headers, titles, frozen panes, lists of values.

use rust_xlsxwriter::{DataValidation, Formula, Worksheet};
use tabulary_ir::{
    Align, Area, Block, Code, Error, Furniture, FurnitureKind, Inline, Mark, Origin, PageSetup,
    Points, SHEET_COLUMNS, SHEET_ROWS, SheetSettings, Validation, column_number,
};

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
/// The longest header or footer that a workbook takes, in characters.
const LONGEST_HEADER: usize = 255;
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

/// Sets running headers and footers. What is not of the usual pages is told.
pub(crate) fn furniture(
    worksheet: &mut Worksheet,
    headers: &[Furniture],
    footers: &[Furniture],
    shared: &mut Shared<'_>,
) {
    let usual = |all: &[Furniture]| {
        let found = all.iter().find(|one| one.kind == FurnitureKind::Default);
        found.map(|one| codes(&one.blocks))
    };
    let others = headers.iter().chain(footers);
    let others = others
        .filter(|one| one.kind != FurnitureKind::Default)
        .count();
    if others > 0 {
        let message = "headers and footers of the first and of even pages were left out";
        shared
            .diagnostics
            .once(Code::HeaderFooterDropped, message, None);
    }
    let header = usual(headers).unwrap_or_default();
    let footer = usual(footers).unwrap_or_default();
    if header.chars().count() > LONGEST_HEADER || footer.chars().count() > LONGEST_HEADER {
        let message = "headers and footers of more than 255 characters were left out";
        shared
            .diagnostics
            .once(Code::HeaderFooterDropped, message, None);
        return;
    }
    if !header.is_empty() {
        worksheet.set_header(header);
    }
    if !footer.is_empty() {
        worksheet.set_footer(footer);
    }
}

/// Lines as the codes of a header (ECMA-376-1 18.3.1.39).
fn codes(blocks: &[Block]) -> String {
    let mut parts = [String::new(), String::new(), String::new()];
    for block in blocks {
        let (content, align) = match block {
            Block::Paragraph(paragraph) => (paragraph.content.clone(), paragraph.style.align),
            other => {
                let mut content = Vec::new();
                let text = tabulary_ir::block_text(other);
                tabulary_ir::push_text(&mut content, &text, tabulary_ir::Marks::NONE);
                (content, None)
            }
        };
        let part = match align {
            Some(Align::Left) => &mut parts[0],
            Some(Align::Right) => &mut parts[2],
            _ => &mut parts[1],
        };
        if !part.is_empty() {
            part.push('\n');
        }
        inlines(&content, part);
    }
    let mut codes = String::new();
    for (sign, part) in ["&L", "&C", "&R"].iter().zip(&parts) {
        if !part.is_empty() {
            codes.push_str(sign);
            codes.push_str(part);
        }
    }
    codes
}

fn inlines(content: &[Inline], codes: &mut String) {
    for inline in content {
        match inline {
            Inline::Text(run) => {
                let toggles: String = run.marks.iter().filter_map(toggle).collect();
                codes.push_str(&toggles);
                // A digit behind a code would be read as a size.
                if codes.ends_with(|c: char| c.is_ascii_alphabetic())
                    && !toggles.is_empty()
                    && run.text.starts_with(|c: char| c.is_ascii_digit())
                {
                    codes.push(' ');
                }
                codes.push_str(&run.text.replace('&', "&&"));
                codes.push_str(&toggles);
            }
            Inline::Field(field) => match field.instruction.split_whitespace().next() {
                Some("PAGE") => codes.push_str("&P"),
                Some("NUMPAGES" | "SECTIONPAGES") => codes.push_str("&N"),
                Some("DATE") => codes.push_str("&D"),
                Some("TIME") => codes.push_str("&T"),
                Some("FILENAME") => codes.push_str("&F"),
                _ => inlines(&field.content, codes),
            },
            Inline::Link(link) => inlines(&link.content, codes),
            Inline::Tab => codes.push(' '),
            Inline::LineBreak => codes.push('\n'),
            Inline::Math(math) => codes.push_str(&math.text.replace('&', "&&")),
            Inline::Image(_) | Inline::NoteRef(_) => {}
        }
    }
}

fn toggle(mark: Mark) -> Option<&'static str> {
    Some(match mark {
        Mark::Bold => "&B",
        Mark::Italic => "&I",
        Mark::Underline => "&U",
        Mark::Strike => "&S",
        Mark::Superscript => "&X",
        Mark::Subscript => "&Y",
        _ => return None,
    })
}

/// Sets what the workbook of the source said of its sheet. Ranges that it should print and cannot be
/// set by the library are given back, to be written as a name.
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
    if let Some((first, last)) = settings.title_rows.as_deref().and_then(rows) {
        worksheet.set_repeat_rows(first, last).map_err(refused)?;
    }
    if let Some((first, last)) = settings.title_columns.as_deref().and_then(columns) {
        worksheet.set_repeat_columns(first, last).map_err(refused)?;
    }
    if let [area] = settings.print_areas.as_slice()
        && let Some(area) = Area::parse(area).filter(|area| area.last_col < SHEET_COLUMNS)
    {
        let narrow = |col: u32| u16::try_from(col).unwrap_or(u16::MAX);
        worksheet
            .set_print_area(
                area.row,
                narrow(area.col),
                area.last_row,
                narrow(area.last_col),
            )
            .map_err(refused)?;
    }
    for validation in &settings.validations {
        list_of_values(worksheet, validation, name, shared)?;
    }
    Ok(())
}

fn list_of_values(
    worksheet: &mut Worksheet,
    validation: &Validation,
    name: &str,
    shared: &mut Shared<'_>,
) -> Result<(), Error> {
    let areas: Vec<Area> = validation
        .ranges
        .iter()
        .filter_map(|range| Area::parse(range))
        .collect();
    let Some(first) = areas.first() else {
        let ranges = validation.ranges.join(" ");
        let message = format!(
            "a list of the values that cells may have was left out: {ranges:?} is no range"
        );
        shared.diagnostics.add(Code::StyleDropped, message, None);
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
            let rule = rule.set_multi_range(validation.ranges.join(" "));
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
