//! Merged ranges: given to the cells at their corners.

use std::collections::BTreeSet;

use tabulary_ir::{Cell, Code, Diagnostics, Origin, Table, TableBuilder};

use crate::place::Area;
use crate::sheet::Sheet;

/// The most squares of a merged range: four whole columns.
const MOST_MERGED: u64 = 1 << 22;

/// Gives merged ranges to the cells at their corners, and drops the cells that they hide.
pub(crate) fn spread(sheet: &mut Sheet, diagnostics: &mut Diagnostics) {
    if sheet.merges.is_empty() {
        return;
    }
    let mut merges = std::mem::take(&mut sheet.merges);
    merges.sort_unstable();
    merges.dedup();
    cut_endless(sheet, &mut merges, diagnostics);
    let probe = probe(sheet, &merges, diagnostics);
    let last_row = probe.rows();
    let mut touched = vec![false; last_row as usize];
    for area in probe.cells() {
        let rows = area.row as usize..(area.row + area.row_span) as usize;
        touched
            .get_mut(rows)
            .into_iter()
            .flatten()
            .for_each(|row| *row = true);
    }
    let mut seen = BTreeSet::new();
    let mut hidden_text = 0_usize;
    let mut first_hidden = None;
    sheet.cells.retain_mut(|cell| {
        if !touched.get(cell.row as usize).copied().unwrap_or_default() {
            return true;
        }
        let Some(merge) = probe.at(cell.row, cell.col) else {
            return true;
        };
        if (merge.row, merge.col) == (cell.row, cell.col) {
            (cell.row_span, cell.col_span) = (merge.row_span, merge.col_span);
            seen.insert((cell.row, cell.col));
            return true;
        }
        if !cell.is_blank() {
            hidden_text += 1;
            first_hidden.get_or_insert((cell.row, cell.col));
        }
        false
    });
    if let Some((row, col)) = first_hidden {
        let message =
            format!("{hidden_text} cells that merged ranges hide hold values, which were left out");
        let place = Area::new(row, col, row, col).to_string();
        let place = Origin::cells(&sheet.name, place);
        diagnostics.add(Code::ContentSkipped, message, place);
    }
    let missing = probe
        .cells()
        .iter()
        .filter(|merge| !seen.contains(&(merge.row, merge.col)));
    sheet.cells.extend(missing.cloned());
    sheet.cells.sort_by_key(|cell| (cell.row, cell.col));
}

/// A table of the merged ranges alone: it finds the one that covers a square, and cuts those that
/// overlap.
fn probe(sheet: &Sheet, merges: &[Area], diagnostics: &mut Diagnostics) -> Table {
    let mut builder = TableBuilder::new();
    for area in merges {
        builder.place(
            Cell::default()
                .at(area.row, area.col)
                .spanning(area.height(), area.width()),
        );
    }
    let mut faults = Diagnostics::new();
    let probe = builder.finish(&mut faults);
    let overlaps = faults.count(Code::TableOverlap);
    if overlaps > 0
        && let Some(first) = merges.first()
    {
        let message = format!("{overlaps} merged ranges overlap others; they were cut");
        let place = Origin::cells(&sheet.name, first.to_string());
        diagnostics.add(Code::MergeInvalid, message, place);
    }
    probe
}

/// Cuts merged ranges of more squares than any person has merged to what the sheet uses of them.
fn cut_endless(sheet: &Sheet, merges: &mut [Area], diagnostics: &mut Diagnostics) {
    let filled = || sheet.cells.iter().filter(|cell| !cell.is_blank());
    let last_row = filled().map(|cell| cell.row).max().unwrap_or_default();
    let last_col = filled().map(|cell| cell.col).max().unwrap_or_default();
    for area in merges {
        if u64::from(area.height()) * u64::from(area.width()) <= MOST_MERGED {
            continue;
        }
        let message = format!(
            "the merged range {area} is larger than any table; it was cut to the cells in use"
        );
        let place = Origin::cells(&sheet.name, area.to_string());
        diagnostics.add(Code::MergeInvalid, message, place);
        area.last_row = area.last_row.min(last_row.max(area.row));
        area.last_col = area.last_col.min(last_col.max(area.col));
    }
}
