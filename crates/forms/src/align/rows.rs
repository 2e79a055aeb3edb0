//! Rows of a form and rows of a document, matched by their labels in order.

use std::collections::BTreeSet;

use super::grid::{Grid, GridRow};
use crate::fold::{LIKELY, SAME, alike, is_part};
use crate::template::{Label, Shape, ShapeRow};

/// A row of the form and the row of the document that it is.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Match {
    /// The row of the form.
    pub(crate) shape: usize,
    /// The row of the document.
    pub(crate) row: usize,
    /// The row that holds the other part of a label that was cut in two.
    pub(crate) also: Option<usize>,
    /// How alike the labels are, in thousandths; none where the row has no label.
    pub(crate) score: Option<u16>,
    /// The slot of the last label.
    pub(crate) label: Option<usize>,
}

/// How many of the labels of a table of a form a table of a document has, in thousandths.
pub(crate) fn table_share(shape: &Shape, keys: &BTreeSet<String>) -> u32 {
    let found = shape.keys.iter().filter(|key| keys.contains(*key)).count();
    u32::try_from(found * 1000 / shape.keys.len().max(1)).unwrap_or_default()
}

/// A step of the alignment.
#[derive(Clone, Copy, Debug)]
enum Step {
    Start,
    SkipShape,
    SkipRow,
    Match,
    Join,
}

/// Matches rows so that labels are as alike as can be; no two matches cross.
pub(crate) fn align(shape: &Shape, grid: &Grid<'_>) -> Vec<Match> {
    let (height, width) = (shape.rows.len(), grid.rows.len());
    let mut best = vec![vec![(0_u32, Step::Start); width + 1]; height + 1];
    let mut found: Vec<Vec<Option<Likeness>>> = vec![vec![None; width]; height];
    let mut joined: Vec<Vec<Option<Likeness>>> = vec![vec![None; width]; height];
    for (i, wanted) in shape.rows.iter().enumerate() {
        for (j, row) in grid.rows.iter().enumerate() {
            found[i][j] = likeness(wanted, row);
            if let Some(next) = grid.rows.get(j + 1)
                && found[i][j].is_none_or(|likeness| likeness.points < u32::from(SAME))
            {
                joined[i][j] = joined_likeness(wanted, row, next);
            }
        }
    }
    for i in 0..=height {
        for j in 0..=width {
            let mut choice = (0, Step::Start);
            let mut offer = |points: u32, step| {
                if points > choice.0 || matches!(choice.1, Step::Start) {
                    choice = (points, step);
                }
            };
            if i > 0 {
                offer(best[i - 1][j].0, Step::SkipShape);
            }
            if j > 0 {
                offer(best[i][j - 1].0, Step::SkipRow);
            }
            if i > 0
                && j > 0
                && let Some(likeness) = found[i - 1][j - 1]
            {
                offer(best[i - 1][j - 1].0 + likeness.points, Step::Match);
            }
            if i > 0
                && j > 1
                && let Some(likeness) = joined[i - 1][j - 2]
            {
                offer(best[i - 1][j - 2].0 + likeness.points, Step::Join);
            }
            best[i][j] = choice;
        }
    }
    let mut matches = Vec::new();
    let (mut i, mut j) = (height, width);
    while i > 0 || j > 0 {
        match best[i][j].1 {
            Step::Start => break,
            Step::SkipShape => i -= 1,
            Step::SkipRow => j -= 1,
            Step::Match => {
                (i, j) = (i - 1, j - 1);
                if let Some(likeness) = found[i][j] {
                    matches.push(likeness.matched(i, j, None));
                }
            }
            Step::Join => {
                (i, j) = (i - 1, j - 2);
                if let Some(likeness) = joined[i][j] {
                    let with_numbers = if grid.rows[j + 1].has_number {
                        j + 1
                    } else {
                        j
                    };
                    let other = if with_numbers == j { j + 1 } else { j };
                    matches.push(likeness.matched(i, with_numbers, Some(other)));
                }
            }
        }
    }
    matches.reverse();
    matches
}

/// How well a row fits.
#[derive(Clone, Copy, Debug)]
struct Likeness {
    points: u32,
    score: Option<u16>,
    label: Option<usize>,
}

impl Likeness {
    fn matched(self, shape: usize, row: usize, also: Option<usize>) -> Match {
        Match {
            shape,
            row,
            also,
            score: self.score,
            label: self.label,
        }
    }
}

fn likeness(wanted: &ShapeRow, row: &GridRow<'_>) -> Option<Likeness> {
    if wanted.cells.is_empty() {
        return header_likeness(wanted, row);
    }
    let Some(label) = wanted.path.last() else {
        return unlabelled_likeness(wanted, row);
    };
    let leaf = label.key.as_str();
    let mut best: Option<(u16, usize)> = None;
    let mut joined = String::new();
    let first_number = row
        .slots
        .iter()
        .position(|slot| slot.is_number && !slot.is_covered)
        .unwrap_or(row.slots.len());
    let mut offer = |score: u16, slot: usize| {
        // Of equal labels the last, as a merged cell may be repeated; but none behind a number.
        let is_better = best.is_none_or(|(known, at): (u16, usize)| {
            let is_beside = row.slots[at..slot].iter().all(|slot| !slot.is_number);
            score > known || (score == known && is_beside)
        });
        if score >= LIKELY && is_better {
            best = Some((score, slot));
        }
    };
    let mut parts = 0;
    for (slot, key) in row.labels() {
        offer(label_likeness(leaf, key), slot);
        offer(
            bare_likeness(label, key, row.slots[slot].bare.as_deref()),
            slot,
        );
        joined.push_str(key);
        parts += 1;
        if parts > 1 && slot < first_number {
            offer(alike(leaf, &joined), slot);
        }
    }
    let (score, label) = best?;
    // The labels that reach down to the row tell rows of equal labels apart.
    let above = wanted.path.iter().rev().skip(1);
    let above = above.filter(|label| row.slots.iter().any(|slot| slot.key == label.key));
    let bonus = u32::try_from(above.count()).unwrap_or_default() * 40;
    Some(Likeness {
        points: u32::from(score) + bonus,
        score: Some(score),
        label: Some(label),
    })
}

/// How alike two labels are, one of which may be cut.
fn label_likeness(wanted: &str, found: &str) -> u16 {
    let score = alike(wanted, found);
    let enough = found.chars().count() * 2 >= wanted.chars().count();
    if score < LIKELY && enough && found.chars().count() >= 4 && is_part(found, wanted) {
        return LIKELY;
    }
    score
}

/// How alike two labels are where one has a note in brackets that the other has not.
fn bare_likeness(wanted: &Label, key: &str, bare: Option<&str>) -> u16 {
    let same = match (wanted.bare.as_deref(), bare) {
        (None, None) => false,
        (Some(wanted), None) => wanted == key,
        (None, Some(bare)) => wanted.key == bare,
        (Some(wanted), Some(bare)) => wanted == bare,
    };
    if same { SAME - 1 } else { 0 }
}

/// A label that was cut over two rows, the numbers in one of them.
fn joined_likeness(wanted: &ShapeRow, row: &GridRow<'_>, next: &GridRow<'_>) -> Option<Likeness> {
    if row.table != next.table || (row.has_number && next.has_number) || wanted.cells.is_empty() {
        return None;
    }
    let leaf = wanted.path.last()?;
    let (_, above) = row.labels().last()?;
    let (slot, below) = next.labels().last()?;
    let score = alike(&leaf.key, &format!("{above}{below}"));
    let own = alike(&leaf.key, above).max(alike(&leaf.key, below));
    (score >= SAME - 1 && score > own).then(|| {
        let label = if next.has_number {
            Some(slot)
        } else {
            row.labels().last().map(|(slot, _)| slot)
        };
        Likeness {
            points: u32::from(score),
            score: Some(score - 1),
            label,
        }
    })
}

/// A row of the form without cells: any row that says as much.
fn header_likeness(wanted: &ShapeRow, row: &GridRow<'_>) -> Option<Likeness> {
    if wanted.labels.is_empty() {
        return None;
    }
    let keys: Vec<&str> = row.labels().map(|(_, key)| key).collect();
    let mut taken = vec![false; keys.len()];
    let mut count = 0;
    for label in &wanted.labels {
        let place = keys
            .iter()
            .zip(&taken)
            .position(|(key, taken)| !taken && (*key == label.key || is_part(key, &label.key)));
        if let Some(place) = place {
            taken[place] = true;
            count += 1;
        }
    }
    let share = u32::try_from(count * 600 / wanted.labels.len()).unwrap_or_default();
    let share = if row.has_number { share / 2 } else { share };
    (share >= 250).then_some(Likeness {
        points: share,
        score: None,
        label: None,
    })
}

/// A row of cells alone: a row without labels.
fn unlabelled_likeness(wanted: &ShapeRow, row: &GridRow<'_>) -> Option<Likeness> {
    let cells = row.slots.iter().filter(|slot| !slot.is_covered).count();
    if row.labels().next().is_some() || cells == 0 {
        return None;
    }
    let filled = row
        .slots
        .iter()
        .filter(|slot| slot.is_number && !slot.is_covered)
        .count();
    let points = match filled {
        0 => 100,
        filled if filled == wanted.cells.len() => 500,
        _ => 300,
    };
    Some(Likeness {
        points,
        score: None,
        label: None,
    })
}
