//! Tables as ranges of cells.

use rust_xlsxwriter::{Formula, Worksheet};
use tabulary_ir::{Block, Cell, Code, Content, Decimal, Diagnostics, Error, Origin, Slot, Table};
use unicode_width::UnicodeWidthStr;

use crate::content::{fit, write_line, write_text};
use crate::look::{Formats, Look};
use crate::refused;
use crate::value::{Stored, store};

/// Writes a table with its first cell at `first_row`, and gives the row behind it.
pub(crate) fn write_table(
    worksheet: &mut Worksheet,
    table: &Table,
    first_row: u32,
    formats: &mut Formats,
    diagnostics: &mut Diagnostics,
) -> Result<u32, Error> {
    // A table that is nearly empty is a sparse sheet: its blank squares get no border.
    let dense = table.area() <= 64 * (table.cells().len() as u64 + 64);
    if !dense {
        for cell in table.cells() {
            write_cell(worksheet, table, cell, first_row, formats, diagnostics)?;
        }
        return Ok(first_row + table.rows());
    }
    for (row, slots) in (0..).zip(table.row_slots()) {
        for slot in slots {
            match slot {
                Slot::Anchor(cell) => {
                    write_cell(worksheet, table, cell, first_row, formats, diagnostics)?
                }
                Slot::Blank(col) => {
                    let in_header = row < table.header_rows || col < table.header_columns;
                    let format = formats.get(Look::of_cell(None, in_header, None));
                    worksheet
                        .write_blank(first_row + row, narrow(col), &format)
                        .map_err(refused)?;
                }
                Slot::Covered(_) => {}
            }
        }
    }
    Ok(first_row + table.rows())
}

/// A column as the library counts it; a table that is wider is refused before.
pub(crate) fn narrow(col: u32) -> u16 {
    u16::try_from(col).unwrap_or(u16::MAX)
}

fn write_cell(
    worksheet: &mut Worksheet,
    table: &Table,
    cell: &Cell,
    first_row: u32,
    formats: &mut Formats,
    diagnostics: &mut Diagnostics,
) -> Result<(), Error> {
    let in_header = cell.row < table.header_rows || cell.col < table.header_columns;
    let (stored, code) = store(cell);
    let look = Look::of_cell(cell.style.as_deref(), in_header, code.as_deref());
    let format = formats.get(look.clone());
    let (row, col) = (first_row + cell.row, narrow(cell.col));
    if cell.is_merged() {
        let (last_row, last_col) = (
            row + cell.row_span - 1,
            narrow(cell.col + cell.col_span - 1),
        );
        worksheet
            .merge_range(row, col, last_row, last_col, "", &format)
            .map_err(refused)?;
    }
    let origin = || place_of(table, cell);
    if let Some(formula) = &cell.formula {
        if let Some(result) = result_of(&stored, cell) {
            let formula = Formula::new(formula.as_ref()).set_result(result);
            worksheet
                .write_formula_with_format(row, col, formula, &format)
                .map_err(refused)?;
            return Ok(());
        }
        let message = format!(
            "the formula {formula:?} was left out: a workbook would show another result of it"
        );
        diagnostics.add(Code::FormulaDropped, message, origin());
    }
    match stored {
        Stored::Number(number) => {
            worksheet
                .write_number_with_format(row, col, number, &format)
                .map_err(refused)?;
        }
        Stored::Bool(truth) => {
            worksheet
                .write_boolean_with_format(row, col, truth, &format)
                .map_err(refused)?;
        }
        // A workbook holds an error that nobody calculated as the formula of that error.
        Stored::Error(error) => {
            let formula = Formula::new(&error).set_result(&error);
            worksheet
                .write_formula_with_format(row, col, formula, &format)
                .map_err(refused)?;
        }
        Stored::Text { lossy } => {
            if let Some(why) = lossy {
                let message = format!("{:?} was written as text: {why}", cell.plain_text());
                diagnostics.add(Code::NumberAsText, message, origin());
            }
            write_content(
                worksheet,
                (row, col),
                cell,
                look,
                formats,
                diagnostics,
                &origin,
            )?;
        }
    }
    Ok(())
}

/// The result of a formula as the library writes it; none where it would be taken for another: a
/// blank for 0, a text of digits for a number, blocks for nothing.
fn result_of(stored: &Stored, cell: &Cell) -> Option<String> {
    match stored {
        Stored::Number(number) => Decimal::from_f64(*number).map(|number| number.to_string()),
        Stored::Bool(truth) => Some(if *truth { "TRUE" } else { "FALSE" }.to_owned()),
        Stored::Error(error) => Some(error.clone()),
        Stored::Text { lossy: Some(_) } => None,
        Stored::Text { lossy: None } => {
            let text = cell.plain_text();
            let is_plain = matches!(cell.content, Content::Text(_));
            let is_other = text.parse::<f64>().is_ok()
                || text.starts_with('#')
                || matches!(&*text, "TRUE" | "FALSE");
            (is_plain && !text.is_empty() && !is_other).then(|| text.into())
        }
    }
}

fn write_content(
    worksheet: &mut Worksheet,
    place: (u32, u16),
    cell: &Cell,
    look: Look,
    formats: &mut Formats,
    diagnostics: &mut Diagnostics,
    origin: &dyn Fn() -> Option<Origin>,
) -> Result<(), Error> {
    match &cell.content {
        Content::Blocks(blocks) => match blocks.as_slice() {
            [Block::Paragraph(paragraph)] if paragraph.label.is_none() => write_line(
                worksheet,
                place,
                &paragraph.content,
                look,
                formats,
                diagnostics,
            ),
            _ => {
                let message = "paragraphs, lists or tables in a cell were written as plain text";
                diagnostics.add(Code::CellBlocksFlattened, message, origin());
                let text = fit(&cell.plain_text(), diagnostics);
                write_text(worksheet, place, &text, &formats.get(look), diagnostics)
            }
        },
        Content::Text(text) if !text.is_empty() || !cell.is_merged() => {
            write_text(worksheet, place, text, &formats.get(look), diagnostics)
        }
        Content::Text(_) => Ok(()),
    }
}

fn place_of(table: &Table, cell: &Cell) -> Option<Origin> {
    cell.origin.as_deref().or(table.origin.as_ref()).cloned()
}

/// The widths that the texts of a table ask for, in characters.
pub(crate) fn widths(table: &Table) -> Vec<f64> {
    const NARROWEST: f64 = 6.0;
    const WIDEST: f64 = 40.0;
    let mut widths = vec![NARROWEST; table.columns().len()];
    let width = |cell: &Cell| {
        let text = cell.plain_text();
        let longest = text
            .lines()
            .map(UnicodeWidthStr::width)
            .max()
            .unwrap_or_default();
        longest as f64 + 2.0
    };
    for cell in table.cells().iter().filter(|cell| cell.col_span == 1) {
        let column = &mut widths[cell.col as usize];
        *column = column.max(width(cell).min(WIDEST));
    }
    for cell in table.cells().iter().filter(|cell| cell.col_span > 1) {
        let columns = &mut widths[cell.col as usize..(cell.col + cell.col_span) as usize];
        let total: f64 = columns.iter().sum();
        let wanted = width(cell).min(WIDEST);
        if total < wanted {
            let more = (wanted - total) / columns.len() as f64;
            columns.iter_mut().for_each(|column| *column += more);
        }
    }
    widths
}
