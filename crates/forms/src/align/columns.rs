//! Cells of a matched row, by the labels above them or by their order.

use std::collections::BTreeMap;

use super::grid::{Grid, GridRow, GridSlot};
use super::rows::Match;
use crate::fold::{LIKELY, SAME, alike, fold, is_part};
use crate::template::{Label, RowItem, Shape, ShapeCell, ShapeRow};

/// What tells which cell is which.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Basis {
    /// The labels above agree with the order.
    Both,
    /// The labels above alone.
    Headers,
    /// The number of cells and their order alone.
    Order,
    /// The row is blank: it does not matter.
    Blank,
}

/// Where a cell of a form was found.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Place {
    /// A slot of the row.
    Slot(usize),
    /// It is blank, and has no square of its own.
    Nothing,
}

/// What became of the cells of a row.
#[derive(Clone, Debug)]
pub(crate) enum RowPlaces {
    /// Where each cell stands.
    Placed {
        basis: Basis,
        places: Vec<Place>,
        /// Whether the columns stand in another order than in the form.
        is_reordered: bool,
    },
    /// Which cell is which cannot be told.
    Lost,
}

/// Columns of the document, each with its width.
type Columns = Vec<(u32, u32)>;

/// What the labels above a row tell of its columns.
struct Headed {
    /// The column of each cell of the form.
    columns: Columns,
    /// Columns that have a label which the form does not know.
    others: Columns,
}

/// Finds the cells of every matched row.
pub(crate) fn place(shape: &Shape, grid: &Grid<'_>, matches: &[Match]) -> Vec<RowPlaces> {
    let mut by_row: BTreeMap<usize, &Match> = BTreeMap::new();
    for found in matches {
        by_row.insert(found.row, found);
    }
    let is_data = |row: usize| {
        by_row
            .get(&row)
            .is_some_and(|found| !shape.rows[found.shape].cells.is_empty())
    };
    let runs: Vec<Vec<usize>> = matches
        .iter()
        .map(|found| header_run(grid, found.row, &is_data))
        .collect();
    let order: Vec<Option<Columns>> = matches
        .iter()
        .map(|found| full_row(shape, grid, found))
        .collect();
    let mut placed = Vec::with_capacity(matches.len());
    for (index, found) in matches.iter().enumerate() {
        let wanted = &shape.rows[found.shape].cells;
        if wanted.is_empty() {
            placed.push(RowPlaces::Lost);
            continue;
        }
        let headers = header_columns(wanted, shape, grid, &runs[index]);
        // Rows below the same headers that are full and agree say where columns stand.
        let beside = matches.iter().enumerate().filter(|(other, beside)| {
            runs[*other] == runs[index]
                && shape.rows[beside.shape].cells.len() == wanted.len()
                && grid.rows[beside.row].table == grid.rows[found.row].table
        });
        let mut model: Option<&Columns> = None;
        let mut agree = true;
        for columns in beside.filter_map(|(other, _)| order[other].as_ref()) {
            agree &= model.is_none_or(|model| model == columns);
            model = model.or(Some(columns));
        }
        let model = model.filter(|_| agree);
        placed.push(row_places(
            &shape.rows[found.shape],
            &grid.rows[found.row],
            found,
            headers.as_ref(),
            order[index].as_ref(),
            model,
        ));
    }
    placed
}

/// The slots of a row that may hold values: those behind its label that are no label.
fn value_slots<'a, 'b>(
    row: &'b GridRow<'a>,
    found: &Match,
) -> impl Iterator<Item = (usize, &'b GridSlot<'a>)> {
    let from = found.label.map_or(0, |label| label + 1);
    row.slots
        .iter()
        .enumerate()
        .skip(from)
        .filter(|(_, slot)| !slot.is_covered)
}

/// The columns of a row that has exactly as many filled cells as the form.
fn full_row(shape: &Shape, grid: &Grid<'_>, found: &Match) -> Option<Columns> {
    let wanted = &shape.rows[found.shape];
    let row = &grid.rows[found.row];
    let filled = filled_slots(wanted, row, found)?;
    (!wanted.cells.is_empty()).then(|| {
        filled
            .iter()
            .map(|(_, slot)| (slot.col, slot.width))
            .collect()
    })
}

/// The filled slots of a row that has exactly as many as the form, texts that the form prints between
/// them left out.
fn filled_slots<'a, 'b>(
    wanted: &ShapeRow,
    row: &'b GridRow<'a>,
    found: &Match,
) -> Option<Vec<(usize, &'b GridSlot<'a>)>> {
    let filled = value_slots(row, found).filter(|(_, slot)| !slot.is_blank);
    let filled: Vec<(usize, &GridSlot<'_>)> = filled.collect();
    if filled.len() == wanted.items.len() {
        let mut cells = Vec::new();
        for (item, slot) in wanted.items.iter().zip(&filled) {
            match item {
                RowItem::Cell => cells.push(*slot),
                RowItem::Text(label) if prints(slot.1, label) => {}
                RowItem::Text(_) => return None,
            }
        }
        return Some(cells);
    }
    let labels = |slot: &GridSlot<'_>| !slot.is_number && is_printed(wanted, slot);
    let cells: Vec<_> = filled
        .into_iter()
        .filter(|(_, slot)| !labels(slot))
        .collect();
    (cells.len() == wanted.cells.len()).then_some(cells)
}

/// Whether a slot holds a text that the form prints.
fn prints(slot: &GridSlot<'_>, label: &Label) -> bool {
    if slot.is_number {
        let text = slot.cell.map(|cell| cell.plain_text()).unwrap_or_default();
        return fold(&text) == fold(&label.text);
    }
    alike(&slot.key, &label.key) >= LIKELY
}

fn row_places(
    shape_row: &ShapeRow,
    row: &GridRow<'_>,
    found: &Match,
    headed: Option<&Headed>,
    order: Option<&Columns>,
    model: Option<&Columns>,
) -> RowPlaces {
    let wanted = shape_row.cells.as_slice();
    let headers = headed.map(|headed| &headed.columns);
    let is_printed = |slot: &GridSlot<'_>| is_printed(shape_row, slot);
    let slots: Vec<(usize, &GridSlot<'_>)> = value_slots(row, found).collect();
    let filled: Vec<usize> = slots
        .iter()
        .filter(|(_, slot)| !slot.is_blank)
        .map(|(index, _)| *index)
        .collect();
    if filled.iter().all(|index| is_printed(&row.slots[*index])) {
        let places = blank_places(wanted, &slots, headers.or(model));
        return RowPlaces::Placed {
            basis: Basis::Blank,
            places,
            is_reordered: false,
        };
    }
    let slot_at = |column: &(u32, u32)| slot_at(&slots, *column);
    let is_headed = headed.is_some_and(|headed| is_headed(shape_row, headed, &slots));
    if let Some(columns) = order
        && !(is_headed && headed.is_some_and(|headed| !headed.others.is_empty()))
    {
        return by_order(columns, headers, slot_at);
    }
    // As many squares as the form, some of them blank, and no label that speaks against their order.
    let overlap = |a: &(u32, u32), b: &(u32, u32)| a.0 < b.0 + b.1 && b.0 < a.0 + a.1;
    let speaks_against = headers.is_some_and(|headers| {
        let mut pairs = headers.iter().zip(&slots);
        !pairs.all(|(column, (_, slot))| overlap(column, &(slot.col, slot.width)))
    });
    let is_plain = wanted.len() == shape_row.items.len();
    if slots.len() == wanted.len() && is_plain && !row.is_loose && !speaks_against {
        return RowPlaces::Placed {
            basis: if headers.is_some() {
                Basis::Both
            } else {
                Basis::Order
            },
            places: slots.iter().map(|(index, _)| Place::Slot(*index)).collect(),
            is_reordered: false,
        };
    }
    // Fewer or more cells than the form: the columns of other rows, or of the labels, tell.
    let has_others = is_headed && headed.is_some_and(|headed| !headed.others.is_empty());
    let Some(columns) = told(model, headers, has_others) else {
        return RowPlaces::Lost;
    };
    let places: Vec<Place> = columns.iter().map(slot_at).collect();
    let is_placed = |index: usize| {
        places
            .iter()
            .any(|place| matches!(place, Place::Slot(slot) if *slot == index))
    };
    let all_placed = is_headed
        || filled
            .iter()
            .all(|index| is_placed(*index) || is_printed(&row.slots[*index]));
    if !all_placed || (row.is_loose && ends_early(&places, &filled, wanted.len())) {
        return RowPlaces::Lost;
    }
    RowPlaces::Placed {
        basis: if model.is_some() && headers.is_some() {
            Basis::Both
        } else {
            Basis::Headers
        },
        places,
        is_reordered: false,
    }
}

/// Whether a slot holds a text that the form prints in the row.
fn is_printed(row: &ShapeRow, slot: &GridSlot<'_>) -> bool {
    row.items.iter().any(|item| match item {
        RowItem::Text(label) => prints(slot, label),
        RowItem::Cell => false,
    })
}

/// The slot in a column: a filled one before others.
fn slot_at(slots: &[(usize, &GridSlot<'_>)], (col, width): (u32, u32)) -> Place {
    let within = |slot: &GridSlot<'_>| slot.col >= col && slot.col + slot.width <= col + width;
    let fitting = slots.iter().filter(|(_, slot)| within(slot));
    let fitting: Vec<_> = fitting.collect();
    let filled = fitting.iter().find(|(_, slot)| !slot.is_blank);
    let first = filled.or(fitting.first());
    first.map_or(Place::Nothing, |(index, _)| Place::Slot(*index))
}

/// The cells of a full row, by their order where the labels above do not tell another.
fn by_order(
    columns: &Columns,
    headers: Option<&Columns>,
    slot_at: impl Fn(&(u32, u32)) -> Place,
) -> RowPlaces {
    let by_order: Vec<Place> = columns.iter().map(&slot_at).collect();
    let Some(headers) = headers else {
        return RowPlaces::Placed {
            basis: Basis::Order,
            places: by_order,
            is_reordered: false,
        };
    };
    let starts = |columns: &Columns| columns.iter().map(|(col, _)| *col).collect::<Vec<_>>();
    let (mut own, mut theirs) = (starts(columns), starts(headers));
    if own == theirs {
        return RowPlaces::Placed {
            basis: Basis::Both,
            places: by_order,
            is_reordered: false,
        };
    }
    own.sort_unstable();
    theirs.sort_unstable();
    if own == theirs {
        // The same columns in another order: the labels tell which is which.
        return RowPlaces::Placed {
            basis: Basis::Headers,
            places: headers.iter().map(&slot_at).collect(),
            is_reordered: true,
        };
    }
    RowPlaces::Placed {
        basis: Basis::Order,
        places: by_order,
        is_reordered: false,
    }
}

/// Whether only the last cells of a row are missing. Where the source lost places, they may be missing anywhere.
fn ends_early(places: &[Place], filled: &[usize], wanted: usize) -> bool {
    let last_filled = filled.last().copied().unwrap_or_default();
    let last_placed = places
        .iter()
        .rposition(|place| matches!(place, Place::Slot(slot) if *slot == last_filled));
    last_placed.is_some_and(|last| last + 1 < wanted && last + 1 == filled.len())
}

/// Whether every filled cell stands below a label, be it one that the form does not know.
fn is_headed(shape_row: &ShapeRow, headed: &Headed, slots: &[(usize, &GridSlot<'_>)]) -> bool {
    let all = || headed.columns.iter().chain(&headed.others);
    let mut cells = slots.iter().filter(|(_, slot)| !slot.is_blank);
    cells.all(|(_, slot)| {
        is_printed(shape_row, slot)
            || all().any(|(col, width)| slot.col >= *col && slot.col + slot.width <= col + width)
    })
}

/// The columns that other rows tell, or those that the labels tell: these where both are the same, or where the
/// labels name others beside them.
fn told<'a>(
    model: Option<&'a Columns>,
    headers: Option<&'a Columns>,
    has_others: bool,
) -> Option<&'a Columns> {
    let (Some(model), Some(headers)) = (model, headers) else {
        return model.or(headers);
    };
    let (mut a, mut b) = (model.clone(), headers.clone());
    a.sort_unstable();
    b.sort_unstable();
    Some(if a == b || has_others { headers } else { model })
}

fn blank_places(
    wanted: &[ShapeCell],
    slots: &[(usize, &GridSlot<'_>)],
    columns: Option<&Columns>,
) -> Vec<Place> {
    (0..wanted.len())
        .map(|index| {
            let column = columns.and_then(|columns| columns.get(index));
            let slot = match column {
                Some((col, _)) => slots.iter().find(|(_, slot)| slot.col == *col),
                None if slots.len() == wanted.len() => slots.get(index),
                None => None,
            };
            slot.map_or(Place::Nothing, |(slot, _)| Place::Slot(*slot))
        })
        .collect()
}

/// The rows that say what the columns of a row are: the nearest run of rows above it without values.
fn header_run(grid: &Grid<'_>, row: usize, is_data: &dyn Fn(usize) -> bool) -> Vec<usize> {
    let table = grid.rows[row].table;
    let mut run = Vec::new();
    for above in (0..row).rev() {
        let candidate = &grid.rows[above];
        if candidate.table != table {
            break;
        }
        let holds_values = candidate.has_number || is_data(above);
        if holds_values {
            if run.is_empty() {
                continue;
            }
            break;
        }
        run.push(above);
    }
    run.reverse();
    run
}

/// The columns that the labels above give to the cells of a row; none unless every cell has its own.
fn header_columns(
    wanted: &[ShapeCell],
    shape: &Shape,
    grid: &Grid<'_>,
    run: &[usize],
) -> Option<Headed> {
    let first = grid.rows.get(*run.first()?)?;
    let columns: Vec<(u32, u32, Vec<&str>)> = columns_of(grid, run, first.source.width());
    let mut found: Columns = Vec::with_capacity(wanted.len());
    let mut taken = vec![false; columns.len()];
    for cell in wanted {
        let scores = columns
            .iter()
            .map(|(_, _, heads)| head_likeness(cell, heads));
        let scores: Vec<u16> = scores.collect();
        let best = scores.iter().max().copied().unwrap_or_default();
        if best < 850 {
            return None;
        }
        // Of equal labels the next in order.
        let place = (0..columns.len()).find(|index| scores[*index] == best && !taken[*index])?;
        let is_unsure = scores
            .iter()
            .enumerate()
            .any(|(index, score)| *score == best && index != place && !taken[index] && best < 900);
        if is_unsure {
            return None;
        }
        taken[place] = true;
        found.push((columns[place].0, columns[place].1));
    }
    let others = columns.iter().zip(&taken).filter(|((_, _, heads), taken)| {
        let last = heads.last();
        !**taken && last.is_some_and(|last| !shape.keys.contains(*last))
    });
    Some(Headed {
        columns: found,
        others: others.map(|((col, width, _), _)| (*col, *width)).collect(),
    })
}

/// The columns of a run of header rows, each with the labels above it from top to bottom.
fn columns_of<'a>(grid: &'a Grid<'_>, run: &[usize], width: u32) -> Vec<(u32, u32, Vec<&'a str>)> {
    let mut columns: Vec<(u32, u32, Vec<&str>)> = Vec::new();
    let mut col = 0;
    while col < width {
        let mut heads: Vec<&str> = Vec::new();
        let mut last: Option<(u32, u32)> = None;
        let mut end = width;
        for &row in run {
            let Some(slot) = grid.rows[row].at(col) else {
                continue;
            };
            end = end.min(slot.col + slot.width);
            let place = slot.cell.map(|cell| (cell.row, cell.col));
            if !slot.key.is_empty() && place != last {
                heads.push(&slot.key);
                last = place;
            }
        }
        let end = end.max(col + 1);
        columns.push((col, end - col, heads));
        col = end;
    }
    columns
}

/// How well the labels above a column fit a cell of the form, in thousandths.
fn head_likeness(cell: &ShapeCell, heads: &[&str]) -> u16 {
    let Some(leaf) = cell.heads.last().map(|label| label.key.as_str()) else {
        return 0;
    };
    let Some(last) = heads.last() else { return 0 };
    let mut score = alike(leaf, last);
    // A label that was cut over rows, or stands letter below letter.
    for from in 0..heads.len().saturating_sub(1) {
        let joined = heads[from..].concat();
        if joined == leaf {
            score = 1000;
        }
    }
    if score < SAME && is_part(last, leaf) && last.chars().count() * 3 >= leaf.chars().count() {
        score = score.max(850);
    }
    if score < 850 {
        return score;
    }
    // The label above tells columns of equal labels apart.
    let above = cell
        .heads
        .iter()
        .rev()
        .nth(1)
        .map(|label| label.key.as_str());
    let found = heads.iter().rev().nth(1);
    match (above, found) {
        (Some(above), Some(found)) if above == *found => score.min(1000),
        (Some(_), Some(_)) => score.saturating_sub(60),
        (None, Some(_)) => score.saturating_sub(20),
        _ => score.saturating_sub(40),
    }
}
