//! Lines of tables (ECMA-376-1 17.4.39, 17.4.67): those of a cell, else those of its table, else those of
//! the style of the table.
//!
//! A grid of thin lines is how a table is drawn that says nothing, and is not said of its cells.

use tabulary_ir::{Borders, Cell, Stroke};
use tabulary_package::xml::{Element, Ns};

use crate::markup::{attribute, number, val};

/// The names of the sides, of the lines between rows, and of those between columns.
const SIDES: [[&str; 2]; 6] = [
    ["top", "top"],
    ["bottom", "bottom"],
    ["left", "start"],
    ["right", "end"],
    ["insideH", "insideH"],
    ["insideV", "insideV"],
];
const GRID: Borders = Borders::all(Stroke::Thin);

/// Lines by their side: not said, said to be none, or drawn.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Lines([Option<Option<Stroke>>; 6]);

impl Lines {
    /// What `tblBorders` or `tcBorders` says.
    pub(crate) fn of(borders: &Element) -> Self {
        Self(SIDES.map(|names| {
            let line = names.iter().find_map(|name| borders.child(Ns::W, name));
            line.map(stroke)
        }))
    }

    /// These, and those of another where these say nothing.
    pub(crate) fn or(self, other: Self) -> Self {
        let mut both = self;
        for (line, other) in both.0.iter_mut().zip(other.0) {
            *line = line.or(other);
        }
        both
    }

    /// The lines that a cell says itself; none where it says nothing.
    pub(crate) fn own(self) -> Option<Borders> {
        let is_said = self.0.iter().any(Option::is_some);
        is_said.then(|| self.around([0, 1, 2, 3], Self::default()))
    }

    /// The lines around a cell: its own, else those of its table at the sides that are named.
    fn around(self, sides: [usize; 4], table: Self) -> Borders {
        let line = |side: usize| {
            let own = self.0.get(side).copied().flatten();
            let around = || {
                sides
                    .get(side)
                    .and_then(|at| table.0.get(*at).copied().flatten())
            };
            own.or_else(around).flatten()
        };
        Borders {
            top: line(0),
            bottom: line(1),
            left: line(2),
            right: line(3),
        }
    }
}

/// Whether lines are drawn in a colour that is neither black nor that of the paper.
pub(crate) fn are_coloured(borders: &Element) -> bool {
    borders.elements().any(|line| {
        let colour = attribute(line, "color").unwrap_or("auto");
        stroke(line).is_some() && !matches!(colour, "auto" | "000000")
    })
}

/// How a line is drawn (ECMA-376-1 17.18.2); its width is in eighths of a point. A white one is not seen.
fn stroke(line: &Element) -> Option<Stroke> {
    if attribute(line, "color").is_some_and(|colour| colour.eq_ignore_ascii_case("ffffff")) {
        return None;
    }
    let width = attribute(line, "sz").and_then(number).unwrap_or(4);
    match val(line).unwrap_or("nil") {
        "nil" | "none" => None,
        "single" => Some(match width {
            ..=3 => Stroke::Hair,
            4..=11 => Stroke::Thin,
            12..=17 => Stroke::Medium,
            _ => Stroke::Thick,
        }),
        "thick" => Some(Stroke::Thick),
        "dotted" => Some(Stroke::Dotted),
        "dashed" | "dashSmallGap" | "dotDash" | "dotDotDash" | "dashDotStroked" => {
            Some(Stroke::Dashed)
        }
        _ => Some(Stroke::Double),
    }
}

/// Gives the cells of a table their lines: what they say, else their row, else the table. In a grid of
/// thin lines nothing is said; where one cell is drawn otherwise, all say how they are drawn.
pub(crate) fn draw(cells: &mut [Cell], said: &[(Lines, Lines)], table: Lines) {
    let ends = |end: fn(&Cell) -> u32| cells.iter().map(end).max().unwrap_or(0);
    let rows = ends(|cell| cell.row + cell.row_span);
    let columns = ends(|cell| cell.col + cell.col_span);
    let around = |(cell, (own, row)): (&Cell, &(Lines, Lines))| {
        let pick =
            |is_outer: bool, outer: usize, inner: usize| if is_outer { outer } else { inner };
        let sides = [
            pick(cell.row == 0, 0, 4),
            pick(cell.row + cell.row_span == rows, 1, 4),
            pick(cell.col == 0, 2, 5),
            pick(cell.col + cell.col_span == columns, 3, 5),
        ];
        own.around(sides, row.or(table))
    };
    let drawn: Vec<Borders> = cells.iter().zip(said).map(around).collect();
    if drawn.iter().all(|borders| *borders == GRID) {
        return;
    }
    for (cell, borders) in cells.iter_mut().zip(drawn) {
        cell.restyle(|style| style.borders = Some(borders));
    }
}
