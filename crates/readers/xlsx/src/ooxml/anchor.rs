//! Where something lies on a sheet (ECMA-376-1 20.5.2.1, 20.5.2.24, 20.5.2.33).

use std::collections::BTreeMap;

use tabulary_ir::Points;
use tabulary_package::xml::{Element, Ns};

use crate::place::{Area, COLUMNS, ROWS};
use crate::sheet::Sheet;

/// The usual width of a column and height of a row, where a sheet says nothing of them.
const USUAL: [f64; 2] = [48.0, 15.0];

/// The columns and rows of a sheet, by which lengths are cells.
pub(super) struct Axes {
    columns: Axis,
    rows: Axis,
}

impl Axes {
    pub(super) fn of(sheet: &Sheet) -> Self {
        let length = |given: Option<Points>, hidden: bool, usual: i64| {
            if hidden {
                0
            } else {
                given.map_or(usual, Points::to_emu)
            }
        };
        let [width, height] = [
            (sheet.usual_width, USUAL[0]),
            (sheet.usual_height, USUAL[1]),
        ]
        .map(|(given, usual)| given.unwrap_or(Points::new(usual)).to_emu());
        let columns = sheet
            .columns
            .iter()
            .map(|(col, info)| (*col, length(info.width, info.hidden, width)));
        let rows = sheet
            .rows
            .iter()
            .map(|(row, info)| (*row, length(info.height, info.hidden, height)));
        Self {
            columns: Axis::new(columns.collect(), width, COLUMNS),
            rows: Axis::new(rows.collect(), height, ROWS),
        }
    }

    /// The cells that an anchor covers; the first cell where nothing is said.
    pub(super) fn area(&self, anchor: &Element) -> Area {
        let place = |axis: &Axis, along: &Along| -> (u32, u32) {
            let from = along.corner(anchor, "from");
            let length = anchor
                .child(Ns::Xdr, "ext")
                .and_then(|size| emu(size.plain(along.size)?));
            let start = match (from, along.position(anchor)) {
                (Some((index, inside)), _) => {
                    let index = index.min(axis.count - 1);
                    axis.start(index) + inside.clamp(0, axis.size(index))
                }
                (None, Some(start)) => start,
                (None, None) => 0,
            };
            let first = from.map_or_else(|| axis.at(start), |(index, _)| index.min(axis.count - 1));
            let last = match (along.corner(anchor, "to"), length) {
                // What ends at the very edge of a cell does not reach into it.
                (Some((index, inside)), _) => index
                    .min(axis.count - 1)
                    .saturating_sub(u32::from(inside == 0)),
                (None, Some(length)) => axis.at(start.saturating_add(length) - 1),
                (None, None) => first,
            };
            (first, last.max(first))
        };
        let (row, last_row) = place(&self.rows, &ROW);
        let (col, last_col) = place(&self.columns, &COLUMN);
        Area::new(row, col, last_row, last_col)
    }
}

/// How an anchor names what it says of one direction.
struct Along {
    index: &'static str,
    inside: &'static str,
    position: &'static str,
    size: &'static str,
}

const ROW: Along = Along {
    index: "row",
    inside: "rowOff",
    position: "y",
    size: "cy",
};
const COLUMN: Along = Along {
    index: "col",
    inside: "colOff",
    position: "x",
    size: "cx",
};

impl Along {
    /// The cell of a corner, and how far inside of it the corner is.
    fn corner(&self, anchor: &Element, name: &str) -> Option<(u32, i64)> {
        let corner = anchor.child(Ns::Xdr, name)?;
        let text = |name: &str| corner.child(Ns::Xdr, name).map(Element::text);
        let index = text(self.index)?.trim().parse().ok()?;
        // What is not said is no edge.
        let inside = text(self.inside).and_then(|text| text.trim().parse().ok());
        Some((index, inside.unwrap_or(1)))
    }

    fn position(&self, anchor: &Element) -> Option<i64> {
        let position = anchor.child(Ns::Xdr, "pos")?.plain(self.position)?;
        Some(position.trim().parse::<i64>().ok()?.max(0))
    }
}

/// A length in English Metric Units that is more than nothing.
fn emu(text: &str) -> Option<i64> {
    text.trim().parse::<i64>().ok().filter(|emu| *emu > 0)
}

/// Columns side by side, or rows one below the other.
struct Axis {
    /// Those that have a size of their own: number, start and size.
    own: Vec<(u32, i64, i64)>,
    usual: i64,
    count: u32,
}

impl Axis {
    fn new(sizes: BTreeMap<u32, i64>, usual: i64, count: u32) -> Self {
        let mut axis = Self {
            own: Vec::with_capacity(sizes.len()),
            usual: usual.max(1),
            count,
        };
        for (index, size) in sizes {
            let start = axis.start(index);
            axis.own.push((index, start, size));
        }
        axis
    }

    /// Where a column or row begins.
    fn start(&self, index: u32) -> i64 {
        let before = self.own.partition_point(|(own, ..)| *own < index);
        let (next, end) = self.end_of(before);
        end + i64::from(index - next) * self.usual
    }

    /// The number behind the first `count` of those with a size of their own, and where it begins.
    fn end_of(&self, count: usize) -> (u32, i64) {
        let last = count.checked_sub(1).and_then(|last| self.own.get(last));
        last.map_or((0, 0), |(index, start, size)| (index + 1, start + size))
    }

    fn size(&self, index: u32) -> i64 {
        let found = self.own.binary_search_by_key(&index, |(own, ..)| *own);
        found.map_or(self.usual, |at| self.own[at].2)
    }

    /// The column or row at a place.
    fn at(&self, place: i64) -> u32 {
        let begun = self.own.partition_point(|(_, start, _)| *start <= place);
        let (next, end) = self.end_of(begun);
        let index = if place < end {
            next - 1
        } else {
            let more = (place - end) / self.usual;
            next.saturating_add(u32::try_from(more).unwrap_or(u32::MAX))
        };
        index.min(self.count - 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_told_by_sizes() {
        let sizes = [(1, 5), (2, 0), (5, 100)];
        let axis = Axis::new(sizes.into_iter().collect(), 10, 50);
        let starts = [0, 10, 15, 15, 25, 35, 135, 145];
        for (index, start) in (0..).zip(starts) {
            assert_eq!(axis.start(index), start, "{index}");
        }
        for (place, index) in [
            (0, 0),
            (9, 0),
            (10, 1),
            (14, 1),
            (15, 3),
            (24, 3),
            (25, 4),
            (35, 5),
            (134, 5),
            (135, 6),
            (i64::MAX, 49),
        ] {
            assert_eq!(axis.at(place), index, "{place}");
        }
    }
}
