//! From a grid on a page to a table of the document.

use tabulary_ir::{
    Block, Cell, Column, Diagnostics, Origin, Paragraph, Points, Table, TableBuilder,
};

use crate::Rect;
use crate::grid::{Grid, GridCell};
use crate::prose::{Prose, lines_of_all_turns};

/// The place of a box on a page.
pub(crate) fn place(page: u32, bbox: &Rect) -> Origin {
    let points = |at: f32| Points::new((f64::from(at) * 10.0).round() / 10.0);
    Origin::Page {
        bbox: Some([bbox.x0, bbox.y0, bbox.x1, bbox.y1].map(points)),
        page,
        pages: Vec::new(),
    }
}

/// The table of a grid.
pub(crate) fn table(
    grid: &Grid,
    page: u32,
    prose: &Prose<'_>,
    diagnostics: &mut Diagnostics,
) -> Table {
    let columns = grid
        .xs
        .windows(2)
        .map(|edges| Column {
            width: Some(Points::new(
                (f64::from(edges[1] - edges[0]) * 10.0).round() / 10.0,
            )),
            ..Column::default()
        })
        .collect();
    let mut builder = TableBuilder::new()
        .size(grid.rows() as u32, grid.columns() as u32)
        .columns(columns)
        .headers(grid.header_rows as u32, 0)
        .origin(place(page, &grid.bbox));
    for cell in &grid.cells {
        builder.place(
            content(cell, prose)
                .at(cell.row as u32, cell.col as u32)
                .spanning(cell.row_span as u32, cell.col_span as u32),
        );
    }
    builder.finish(diagnostics)
}

/// What a cell says: its lines joined, paragraphs apart.
fn content(cell: &GridCell, prose: &Prose<'_>) -> Cell {
    let lines = lines_of_all_turns(&cell.words);
    if lines.is_empty() {
        return Cell::default();
    }
    let content = prose.content(&lines);
    Cell::blocks(vec![Block::Paragraph(Paragraph {
        content,
        ..Paragraph::default()
    })])
}
