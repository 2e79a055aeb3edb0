//! What the tests of binary workbooks have in common.

use std::fmt::Write;
use std::sync::Arc;

use tabulary_ir::{Budget, Cell, Diagnostics, Error, ReadOptions, blocks_text};

use crate::sheet::{Sheet, Workbook};

/// What is read of a workbook, a line each.
pub(crate) fn shown(workbook: &Workbook, diagnostics: Diagnostics) -> String {
    let mut text = String::new();
    for sheet in &workbook.sheets {
        let hidden = if sheet.hidden { ", hidden" } else { "" };
        writeln!(text, "[{}{hidden}]", sheet.name).expect("a String takes all writing");
        about(sheet, &mut text).expect("a String takes all writing");
        for cell in &sheet.cells {
            writeln!(text, "{}", line(cell)).expect("a String takes all writing");
        }
    }
    for name in &workbook.names {
        writeln!(text, "{} = {}", name.name, name.refers_to).expect("a String takes all writing");
    }
    for diagnostic in diagnostics.into_vec() {
        writeln!(text, "{diagnostic}").expect("a String takes all writing");
    }
    text
}

fn about(sheet: &Sheet, text: &mut String) -> std::fmt::Result {
    for area in &sheet.merges {
        writeln!(text, "merged {area}")?;
    }
    if sheet.frozen != (0, 0) {
        writeln!(text, "frozen {:?}", sheet.frozen)?;
    }
    for list in &sheet.validations {
        let what = list.formula.clone();
        let what = what.unwrap_or_else(|| list.values.join("/"));
        writeln!(text, "{} from {what}", list.ranges.join(" "))?;
    }
    for note in &sheet.notes {
        let author = note.author.as_deref().unwrap_or("nobody");
        let said = blocks_text(&note.blocks).replace('\n', " / ");
        writeln!(text, "note {},{} of {author}: {said}", note.row, note.col)?;
    }
    for link in &sheet.links {
        writeln!(text, "link {} to {}", link.area, link.href)?;
    }
    Ok(())
}

fn line(cell: &Cell) -> String {
    let place = crate::place::Area::new(cell.row, cell.col, cell.row, cell.col);
    let mut line = format!("{place} {}", cell.plain_text());
    if let Some(value) = &cell.value {
        line.push_str(&format!(" {value:?}"));
    }
    if let Some(format) = &cell.format {
        line.push_str(&format!(" in {}", format.as_str()));
    }
    if let Some(formula) = &cell.formula {
        line.push_str(&format!(" ={formula}"));
    }
    if let Some(style) = &cell.style {
        let style = looks(style);
        line.push_str(&style);
    }
    line
}

/// The parts of a style that are not as usual.
fn looks(style: &Arc<tabulary_ir::CellStyle>) -> String {
    let mut text = String::new();
    if let Some(align) = style.align {
        text.push_str(&format!(" {align:?}"));
    }
    if let Some(align) = style.vertical_align {
        text.push_str(&format!(" {align:?}"));
    }
    if let Some(fill) = style.fill {
        text.push_str(&format!(" #{}", fill.hex()));
    }
    for mark in style.marks.iter() {
        text.push_str(&format!(" {mark:?}"));
    }
    text
}

/// Reads bytes, and gives away what it made of them.
type Read<'a> = &'a dyn Fn(&[u8], &Budget, &mut Diagnostics) -> Result<(), Error>;

/// Reads bytes that were cut or changed: a workbook or an error, and no panic.
pub(crate) fn survives(bytes: &[u8], step: usize, read: Read<'_>) {
    let budget = || ReadOptions::default().budget();
    for cut in (0..bytes.len()).step_by(step) {
        let _ = read(&bytes[..cut], &budget(), &mut Diagnostics::new());
    }
    let mut changed = bytes.to_vec();
    for at in (0..bytes.len()).step_by(step) {
        for value in [0xFF, 0, bytes[at].wrapping_add(1)] {
            changed[at] = value;
            let _ = read(&changed, &budget(), &mut Diagnostics::new());
        }
        changed[at] = bytes[at];
    }
}
