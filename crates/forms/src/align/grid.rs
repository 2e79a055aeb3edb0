//! A table of a document as it is laid under one of a form.

use std::collections::BTreeSet;

use tabulary_ir::{Cell, Origin, Slot, Table};

use crate::fold::Aliases;
use crate::value::is_number_like;

/// Tables of a document, row by row.
#[derive(Debug, Default)]
pub(crate) struct Grid<'a> {
    pub(crate) rows: Vec<GridRow<'a>>,
}

/// A row of a table.
#[derive(Debug)]
pub(crate) struct GridRow<'a> {
    /// Which table, by its place among those of the document.
    pub(crate) table: usize,
    /// The row in it.
    pub(crate) row: u32,
    pub(crate) slots: Vec<GridSlot<'a>>,
    /// Whether a number stands in it.
    pub(crate) has_number: bool,
    pub(crate) source: &'a Table,
    /// Whether cells of its table may stand elsewhere than they stood, since the source lost places.
    pub(crate) is_loose: bool,
}

/// What stands on one or more squares of a row.
#[derive(Debug)]
pub(crate) struct GridSlot<'a> {
    pub(crate) cell: Option<&'a Cell>,
    /// Whether the cell starts in a row above.
    pub(crate) is_covered: bool,
    pub(crate) col: u32,
    pub(crate) width: u32,
    /// The folded text; empty for a number.
    pub(crate) key: String,
    /// The same without what stands in brackets.
    pub(crate) bare: Option<String>,
    pub(crate) is_number: bool,
    pub(crate) is_blank: bool,
}

impl<'a> Grid<'a> {
    /// Adds the rows of a table.
    pub(crate) fn add(
        &mut self,
        table: usize,
        source: &'a Table,
        is_loose: bool,
        aliases: &Aliases,
    ) {
        for (row, slots) in (0..).zip(source.row_slots()) {
            let slots: Vec<GridSlot<'a>> = slots
                .into_iter()
                .map(|slot| GridSlot::new(slot, aliases))
                .collect();
            let has_number = slots.iter().any(|slot| slot.is_number && !slot.is_covered);
            self.rows.push(GridRow {
                table,
                row,
                slots,
                has_number,
                source,
                is_loose,
            });
        }
    }

    /// Every label, those that stand letter below letter or were cut over rows of a header included.
    pub(crate) fn keys(&self) -> BTreeSet<String> {
        let mut keys: BTreeSet<String> = BTreeSet::new();
        for row in &self.rows {
            for slot in &row.slots {
                if !slot.key.is_empty() {
                    keys.insert(slot.key.clone());
                }
            }
        }
        let head = self.rows.iter().take_while(|row| !row.has_number);
        let head: Vec<&GridRow<'_>> = head.take(12).collect();
        let width = head.iter().map(|row| row.source.width()).max();
        for col in 0..width.unwrap_or_default().min(200) {
            let texts = head.iter().filter_map(|row| row.at(col));
            let texts: Vec<&str> = texts
                .filter(|slot| !slot.is_covered)
                .map(|slot| slot.key.as_str())
                .collect();
            for from in 0..texts.len() {
                let joined = texts[from..].concat();
                if !joined.is_empty() {
                    keys.insert(joined);
                }
            }
        }
        keys
    }
}

impl<'a> GridRow<'a> {
    /// What stands on a column.
    pub(crate) fn at(&self, col: u32) -> Option<&GridSlot<'a>> {
        let index = self
            .slots
            .partition_point(|slot| slot.col <= col)
            .checked_sub(1)?;
        self.slots
            .get(index)
            .filter(|slot| col < slot.col + slot.width)
    }

    /// The labels that start in it, from the left.
    pub(crate) fn labels(&self) -> impl Iterator<Item = (usize, &str)> {
        let own = self.slots.iter().enumerate();
        own.filter(|(_, slot)| !slot.is_covered && !slot.key.is_empty())
            .map(|(index, slot)| (index, slot.key.as_str()))
    }

    /// The text of the row, for a person.
    pub(crate) fn text(&self) -> String {
        let texts = self.slots.iter().filter(|slot| !slot.is_covered);
        let texts = texts.filter_map(|slot| Some(slot.cell?.plain_text()));
        let texts: Vec<String> = texts
            .map(|text| text.split_whitespace().collect::<Vec<_>>().join(" "))
            .filter(|text| !text.is_empty())
            .collect();
        texts.join(" | ")
    }

    /// Where the row stood.
    pub(crate) fn origin(&self) -> Option<Origin> {
        let first = self
            .slots
            .iter()
            .find(|slot| !slot.is_covered && !slot.is_blank);
        first.map_or_else(|| self.source.origin.clone(), |slot| self.origin_of(slot))
    }

    /// Where a slot stood.
    pub(crate) fn origin_of(&self, slot: &GridSlot<'_>) -> Option<Origin> {
        if let Some(origin) = slot.cell.and_then(|cell| cell.origin.as_deref()) {
            return Some(origin.clone());
        }
        let table = self.source.origin.as_ref()?;
        let (rows, cols) = slot
            .cell
            .map_or((1, slot.width), |cell| (cell.row_span, cell.col_span));
        let row = slot.cell.map_or(self.row, |cell| cell.row);
        if let Some(origin) = table.of_cell(row, slot.col, rows, cols) {
            return Some(origin);
        }
        // A blank square says no more than where its row is.
        let beside = self.slots.iter().filter_map(|slot| slot.cell);
        let beside = beside.filter_map(|cell| cell.origin.as_deref()).next();
        beside.or(Some(table)).cloned()
    }
}

impl<'a> GridSlot<'a> {
    fn new(slot: Slot<'a>, aliases: &Aliases) -> Self {
        let (cell, is_covered, col, width) = match slot {
            Slot::Anchor(cell) => (Some(cell), false, cell.col, cell.col_span),
            Slot::Covered(cell) => (Some(cell), true, cell.col, cell.col_span),
            Slot::Blank(col) => (None, false, col, 1),
        };
        let text = cell.map(Cell::plain_text).unwrap_or_default();
        let is_blank = text.trim().is_empty();
        let is_number = !is_blank && is_number_like(&text);
        Self {
            cell,
            is_covered,
            col,
            width,
            key: if is_blank || is_number {
                String::new()
            } else {
                aliases.key(&text)
            },
            bare: if is_number {
                None
            } else {
                aliases.bare_key(&text)
            },
            is_number,
            is_blank,
        }
    }
}
