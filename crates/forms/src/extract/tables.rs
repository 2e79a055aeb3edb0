//! Values out of tables.

use std::collections::BTreeSet;

use tabulary_ir::{Cell, Content, Origin, Table};

use super::Extraction;
use super::sections::Sections;
use crate::align::{Basis, Grid, GridRow, Match, Place, RowPlaces, align, place, table_share};
use crate::definition::{FieldType, Gravity};
use crate::finding::{Finding, FindingCell, FindingKind};
use crate::form::{Field, Form};
use crate::report::Found;
use crate::template::{Shape, ShapeCell, ShapeRow};
use crate::value::{FieldValue, of_cell, of_text};
use crate::view::Item;

/// From how many of its labels on a table may be one of the form, in thousandths.
const SHARE: u32 = 350;

/// A table of the document.
struct Candidate<'a> {
    item: usize,
    table: &'a Table,
    keys: BTreeSet<String>,
    is_loose: bool,
}

/// Takes the values of all tables of the form.
pub(super) fn take(
    form: &Form,
    items: &[Item<'_>],
    sections: &Sections,
    loose: &[Origin],
    named: &BTreeSet<String>,
    used: &mut BTreeSet<usize>,
    extraction: &mut Extraction,
) {
    let candidates = candidates(form, items, loose);
    let mut matched: BTreeSet<(usize, u32)> = BTreeSet::new();
    let mut known: BTreeSet<&str> = BTreeSet::new();
    for shape in &form.template.shapes {
        let ids = shape
            .rows
            .iter()
            .flat_map(|row| &row.cells)
            .map(|cell| &cell.id);
        let wanted: Vec<&String> = ids.filter(|id| !named.contains(*id)).collect();
        if wanted.is_empty() {
            for candidate in &candidates {
                if table_share(shape, &candidate.keys) >= SHARE {
                    used.insert(candidate.item);
                }
            }
            continue;
        }
        known.extend(shape.keys.iter().map(String::as_str));
        let Some(chosen) = choose(form, shape, &candidates, sections, used) else {
            extraction.findings.push(missing_table(form, shape));
            continue;
        };
        let mut grid = Grid::default();
        for &index in &chosen {
            let candidate = &candidates[index];
            grid.add(index, candidate.table, candidate.is_loose, &form.aliases);
            used.insert(candidate.item);
        }
        let matches = align(shape, &grid);
        matched.extend(matches.iter().flat_map(|found| {
            let rows = [Some(found.row), found.also];
            rows.into_iter()
                .flatten()
                .map(|row| (grid.rows[row].table, grid.rows[row].row))
                .collect::<Vec<_>>()
        }));
        take_rows(form, shape, &grid, &matches, extraction);
        tell_second_tables(shape, &candidates, used, extraction);
    }
    for (index, candidate) in candidates.iter().enumerate() {
        if used.contains(&candidate.item) && named.is_empty() {
            tell_extra_rows(form, index, candidate, &matched, &known, extraction);
        }
    }
}

/// The tables of a document, with the labels in each.
fn candidates<'a>(form: &Form, items: &'a [Item<'_>], loose: &[Origin]) -> Vec<Candidate<'a>> {
    items
        .iter()
        .enumerate()
        .filter_map(|(item, found)| match found {
            Item::Table(table) => {
                let mut grid = Grid::default();
                grid.add(0, table, false, &form.aliases);
                Some(Candidate {
                    item,
                    table,
                    keys: grid.keys(),
                    is_loose: table
                        .origin
                        .as_ref()
                        .is_some_and(|origin| loose.contains(origin)),
                })
            }
            Item::Line(_) => None,
        })
        .collect()
}

/// Tells of tables that are left over and have the labels of one that was found.
fn tell_second_tables(
    shape: &Shape,
    candidates: &[Candidate<'_>],
    used: &BTreeSet<usize>,
    extraction: &mut Extraction,
) {
    for candidate in candidates {
        let share = table_share(shape, &candidate.keys);
        if share >= 700 && !used.contains(&candidate.item) {
            let finding = Finding::new(
                FindingKind::ExtraTable,
                Gravity::Warning,
                "a second table has the labels of one of the form; it was left alone".into(),
                "另有一张表与表样的标签相同，未予读取".into(),
            );
            extraction
                .findings
                .push(finding.at(candidate.table.origin.clone()));
        }
    }
}

/// The tables of the document that are one of the form: the best, and those that go on with it.
fn choose(
    form: &Form,
    shape: &Shape,
    candidates: &[Candidate<'_>],
    sections: &Sections,
    used: &BTreeSet<usize>,
) -> Option<Vec<usize>> {
    let place = form
        .template
        .shapes
        .iter()
        .position(|other| std::ptr::eq(other, shape))?;
    let section = form
        .template
        .sections_of_shapes
        .get(place)
        .copied()
        .unwrap_or_default();
    let range = sections.range(section);
    let score = |candidate: &Candidate<'_>| {
        let share = table_share(shape, &candidate.keys);
        let is_at_home = range.is_some_and(|(start, end)| (start..end).contains(&candidate.item));
        let points = share + if is_at_home { 150 } else { 0 };
        let is_taken = used.contains(&candidate.item);
        (points >= SHARE && share >= 200)
            .then(|| points.saturating_sub(if is_taken { 100 } else { 0 }))
    };
    let scored = candidates.iter().enumerate();
    let scored = scored.filter_map(|(index, candidate)| Some((score(candidate)?, index)));
    let (_, best) = scored.max_by_key(|(points, index)| (*points, usize::MAX - index))?;
    let mut chosen = vec![best];
    let rows_of = |chosen: &[usize]| {
        let mut grid = Grid::default();
        for &index in chosen {
            let candidate = &candidates[index];
            grid.add(index, candidate.table, candidate.is_loose, &form.aliases);
        }
        let matches = align(shape, &grid);
        let data = matches
            .iter()
            .filter(|found| !shape.rows[found.shape].cells.is_empty());
        data.count()
    };
    let all = shape
        .rows
        .iter()
        .filter(|row| !row.cells.is_empty())
        .count();
    let mut count = rows_of(&chosen);
    // A table that was cut over pages goes on in the next ones.
    for next in (best + 1..candidates.len()).take(8) {
        let is_near = table_share(shape, &candidates[next].keys) >= 40;
        if count >= all || !is_near || used.contains(&candidates[next].item) {
            break;
        }
        let with: Vec<usize> = chosen.iter().copied().chain([next]).collect();
        let more = rows_of(&with);
        if more > count {
            (chosen, count) = (with, more);
        }
    }
    for before in (0..best).rev().take(8) {
        let is_near = table_share(shape, &candidates[before].keys) >= 40;
        if count >= all || !is_near || used.contains(&candidates[before].item) {
            break;
        }
        let with: Vec<usize> = [before].into_iter().chain(chosen.iter().copied()).collect();
        let more = rows_of(&with);
        if more > count {
            (chosen, count) = (with, more);
        }
    }
    Some(chosen)
}

fn take_rows(
    form: &Form,
    shape: &Shape,
    grid: &Grid<'_>,
    matches: &[Match],
    extraction: &mut Extraction,
) {
    let places = place(shape, grid, matches);
    let mut found_rows: BTreeSet<usize> = BTreeSet::new();
    let mut is_reordered = None;
    for (found, row_places) in matches.iter().zip(places) {
        let wanted = &shape.rows[found.shape];
        if wanted.cells.is_empty() {
            continue;
        }
        found_rows.insert(found.shape);
        let row = &grid.rows[found.row];
        match row_places {
            RowPlaces::Lost => extraction.findings.push(lost(form, wanted, row)),
            RowPlaces::Placed {
                basis,
                places,
                is_reordered: reordered,
            } => {
                if reordered {
                    is_reordered = is_reordered.or(Some(row));
                }
                for (cell, place) in wanted.cells.iter().zip(places) {
                    take_cell(form, wanted, cell, row, place, basis, found, extraction);
                }
            }
        }
    }
    if let Some(row) = is_reordered {
        let finding = Finding::new(
            FindingKind::Reordered,
            Gravity::Note,
            "columns stand in another order than in the form; their labels were followed".into(),
            "各列顺序与表样不同，已按列标题读取".into(),
        );
        extraction
            .findings
            .push(finding.at(row.source.origin.clone()));
    }
    for (index, wanted) in shape.rows.iter().enumerate() {
        if wanted.cells.is_empty() || found_rows.contains(&index) {
            continue;
        }
        let is_optional =
            |cell: &ShapeCell| form.field(&cell.id).is_some_and(|field| field.optional);
        if wanted.cells.iter().all(is_optional) {
            for cell in &wanted.cells {
                let found = Found {
                    sure: 90,
                    by: "its row, which is not there".into(),
                    ..Found::default()
                };
                extraction.set(&cell.id, FieldValue::Blank, found);
            }
        } else {
            let name = row_name(wanted);
            let mut finding = Finding::new(
                FindingKind::Missing,
                Gravity::Error,
                format!(
                    "the row {name:?} was not found; its {} cells are not known",
                    wanted.cells.len()
                ),
                format!("未找到“{name}”一行，其 {} 个单元格未知", wanted.cells.len()),
            );
            finding.cells = blank_cells(form, wanted);
            let table = grid.rows.first().and_then(|row| row.source.origin.clone());
            extraction.findings.push(finding.at(table));
        }
    }
}

#[expect(
    clippy::too_many_arguments,
    reason = "each is another thing that is known of the cell"
)]
fn take_cell(
    form: &Form,
    wanted: &ShapeRow,
    cell: &ShapeCell,
    row: &GridRow<'_>,
    place: Place,
    basis: Basis,
    found: &Match,
    extraction: &mut Extraction,
) {
    let Some(field) = form.field(&cell.id) else {
        return;
    };
    let slot = match place {
        Place::Slot(slot) => row.slots.get(slot),
        Place::Nothing => None,
    };
    let source = slot.and_then(|slot| slot.cell);
    let value = source.map_or(FieldValue::Blank, |source| value_of(source, field, cell));
    let written = source.map(|source| source.plain_text().trim().to_owned());
    let written = written.filter(|written| *written != value.shown());
    let origin = match slot {
        Some(slot) => row.origin_of(slot),
        None => row.origin(),
    };
    let column = match basis {
        Basis::Both => ("label and order", 99),
        Basis::Headers => ("label", 95),
        Basis::Order => ("order", 92),
        Basis::Blank => ("nothing, the row is blank", 90),
    };
    let doubt = found.score.map_or(0, |score| (1000 - score.min(1000)) / 12);
    let doubt = u8::try_from(doubt).unwrap_or(50) + if found.also.is_some() { 3 } else { 0 };
    let row_by = match found.score {
        None => "by its order".to_owned(),
        Some(1000) => format!("{:?}", row_name(wanted)),
        Some(score) => format!("{:?} ({}% alike)", row_name(wanted), score / 10),
    };
    extraction.set(
        &cell.id,
        value,
        Found {
            origin,
            sure: column.1 - doubt.min(50),
            by: format!("row {row_by}, column by {}", column.0),
            written,
        },
    );
}

/// The value of a cell, without what the form prints around it.
fn value_of(source: &Cell, field: &Field, cell: &ShapeCell) -> FieldValue {
    let unit = field.unit.as_deref();
    let (before, behind) = &cell.around;
    if before.is_empty() && behind.is_empty() {
        if field.kind == FieldType::Text
            && let Content::Text(text) = &source.content
        {
            let text = text.trim();
            return if text.is_empty() {
                FieldValue::Blank
            } else {
                FieldValue::Text(text.to_owned())
            };
        }
        return of_cell(source, field.kind, unit);
    }
    let text = crate::fold::plain(&source.plain_text());
    let text = text
        .strip_prefix(&crate::fold::plain(before))
        .unwrap_or(&text);
    let text = text
        .strip_suffix(&crate::fold::plain(behind))
        .unwrap_or(text);
    of_text(text, field.kind, unit)
}

fn row_name(row: &ShapeRow) -> String {
    let names: Vec<&str> = row.path.iter().map(|label| label.text.as_str()).collect();
    match names.as_slice() {
        [] => row
            .cells
            .first()
            .map(|cell| cell.label.clone())
            .unwrap_or_default(),
        names => names.join(" · "),
    }
}

fn blank_cells(form: &Form, row: &ShapeRow) -> Vec<FindingCell> {
    row.cells
        .iter()
        .map(|cell| FindingCell {
            field: cell.id.clone(),
            label: form
                .field(&cell.id)
                .map(|field| field.label.clone())
                .unwrap_or_default(),
            value: None,
            origin: None,
            previous: false,
        })
        .collect()
}

fn lost(form: &Form, wanted: &ShapeRow, row: &GridRow<'_>) -> Finding {
    let name = row_name(wanted);
    let mut finding = Finding::new(
        FindingKind::PositionLost,
        Gravity::Error,
        format!(
            "the values of the row {name:?} have lost their columns; {} cells are not known: {:?}",
            wanted.cells.len(),
            row.text()
        ),
        format!(
            "“{name}”一行的数据已失去所在列，{} 个单元格未知：“{}”",
            wanted.cells.len(),
            row.text()
        ),
    );
    finding.cells = blank_cells(form, wanted);
    finding.at(row.origin())
}

fn missing_table(form: &Form, shape: &Shape) -> Finding {
    let cells: Vec<&ShapeCell> = shape.rows.iter().flat_map(|row| &row.cells).collect();
    let first = cells.first().and_then(|cell| form.field(&cell.id));
    let name = first.map(|field| field.label.clone()).unwrap_or_default();
    Finding::new(
        FindingKind::TableMissing,
        Gravity::Error,
        format!(
            "the table that begins with {name:?} was not found; its {} cells are not known",
            cells.len()
        ),
        format!(
            "未找到以“{name}”开头的表格，其 {} 个单元格未知",
            cells.len()
        ),
    )
}

fn tell_extra_rows(
    form: &Form,
    index: usize,
    candidate: &Candidate<'_>,
    matched: &BTreeSet<(usize, u32)>,
    known: &BTreeSet<&str>,
    extraction: &mut Extraction,
) {
    let mut grid = Grid::default();
    grid.add(index, candidate.table, false, &form.aliases);
    for row in &grid.rows {
        if matched.contains(&(row.table, row.row)) {
            continue;
        }
        let mut unknown = row.labels().filter(|(_, key)| !known.contains(key));
        let has_unknown = unknown.next().is_some();
        if !row.has_number && !has_unknown {
            continue;
        }
        let text = row.text();
        if text.is_empty() {
            continue;
        }
        let (severity, what, zh) = if row.has_number {
            (
                Gravity::Warning,
                "a row with numbers is not of the form and was left out",
                "表中有表样以外的数据行，未予读取",
            )
        } else {
            (
                Gravity::Note,
                "a row is not of the form",
                "表中有表样以外的行",
            )
        };
        let finding = Finding::new(
            FindingKind::ExtraRow,
            severity,
            format!("{what}: {text:?}"),
            format!("{zh}：“{text}”"),
        );
        extraction.findings.push(finding.at(row.origin()));
    }
}
