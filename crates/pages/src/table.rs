//! From grids on pages to tables of the document, those over several pages as one.

use std::collections::BTreeMap;

use tabulary_ir::{
    Align, Block, Cell, Column, Content, Diagnostics, Found, Inline, Origin, Paragraph, Points,
    Sureness, Table, TableBuilder,
};

use crate::broken::whole_numbers;
use crate::grid::{Grid, GridCell, mirrored};
use crate::prose::{Prose, lines_of_all_turns};
use crate::word::runs_from_the_right;
use crate::{Page, Rect};

/// The place of a box on a page.
pub(crate) fn place(page: u32, bbox: &Rect) -> Origin {
    Origin::Page {
        bbox: Some([bbox.x0, bbox.y0, bbox.x1, bbox.y1].map(points)),
        found: None,
        page,
        pages: Vec::new(),
    }
}

/// A length to a tenth of a point.
pub(crate) fn points(length: f32) -> Points {
    Points::new((f64::from(length) * 10.0).round() / 10.0)
}

/// Where the lower part of a page begins, in parts of its height.
const LOW: f32 = 0.6;

/// A table as it stands on its pages.
#[derive(Clone, Debug)]
pub(crate) struct Sheet {
    /// The pages that it stands on.
    pub(crate) pages: Vec<u32>,
    /// Where it stands on the first of them.
    pub(crate) bbox: Rect,
    /// The edges of its columns.
    pub(crate) xs: Vec<f32>,
    pub(crate) rows: usize,
    pub(crate) header_rows: usize,
    /// Its cells, row by row.
    pub(crate) cells: Vec<SheetCell>,
    pub(crate) caption: Vec<Inline>,
    pub(crate) found: Found,
    /// The table of the structure that it is, and the row of that which is its first.
    pub(crate) tag: Option<(usize, usize)>,
    /// Whether its first column is the rightmost one. Its cells count from the left all the same.
    pub(crate) rtl: bool,
    /// Whether it ends in the lower part of its last page.
    pub(crate) ends_low: bool,
    /// What a part on the next page may go on with.
    pub(crate) open: Open,
}

/// The cells of a table that a part on the next page may go on with, by their numbers.
#[derive(Clone, Debug, Default)]
pub(crate) struct Open {
    /// Those that reach its last row.
    pub(crate) foot: Vec<usize>,
    /// Those of the structure.
    pub(crate) tagged: BTreeMap<usize, usize>,
}

impl Open {
    /// Takes up cells of which the first has the number `first`, in a table of so many rows.
    pub(crate) fn take(&mut self, first: usize, cells: &[SheetCell], rows: usize) {
        for (number, cell) in (first..).zip(cells) {
            if cell.row + cell.row_span == rows {
                self.foot.push(number);
            }
            self.tagged.extend(cell.tag.map(|tag| (tag, number)));
        }
    }
}

/// A cell with what it says.
#[derive(Clone, Debug)]
pub(crate) struct SheetCell {
    pub(crate) row: usize,
    pub(crate) col: usize,
    pub(crate) row_span: usize,
    pub(crate) col_span: usize,
    pub(crate) page: u32,
    pub(crate) bbox: Rect,
    pub(crate) content: Vec<Inline>,
    pub(crate) text: String,
    pub(crate) align: Option<Align>,
    /// The cell of the table of the structure that it is.
    pub(crate) tag: Option<usize>,
    /// The tables that stand in it.
    pub(crate) nested: Vec<Sheet>,
}

impl SheetCell {
    /// A cell of one square that says nothing.
    pub(crate) fn blank(page: u32, bbox: Rect) -> Self {
        Self {
            row: 0,
            col: 0,
            row_span: 1,
            col_span: 1,
            page,
            bbox,
            content: Vec::new(),
            text: String::new(),
            align: None,
            tag: None,
            nested: Vec::new(),
        }
    }

    pub(crate) fn is_blank(&self) -> bool {
        self.content.is_empty() && self.nested.is_empty()
    }
}

impl Sheet {
    /// The table of a grid.
    pub(crate) fn of(grid: &Grid, page: &Page, prose: &Prose<'_>) -> Self {
        let words = grid.cells.iter().flat_map(|cell| &cell.words);
        let mut cells: Vec<SheetCell> = grid
            .cells
            .iter()
            .map(|cell| sheet_cell(grid, cell, page, prose))
            .collect();
        cells.sort_by_key(|cell| (cell.row, cell.col));
        let mut open = Open::default();
        open.take(0, &cells, grid.rows());
        Self {
            pages: vec![page.number],
            bbox: grid.bbox,
            xs: grid.xs.clone(),
            rows: grid.rows(),
            header_rows: grid.header_rows,
            cells,
            open,
            caption: Vec::new(),
            ends_low: grid.bbox.y1 > LOW * page.height,
            found: Found {
                by: grid.by,
                sure: Sureness::new(f64::from(grid.sure)),
            },
            tag: grid.tag,
            // The maker of the pages knows which column comes first.
            rtl: grid.rtl || grid.tag.is_none() && runs_from_the_right(words),
        }
    }

    pub(crate) fn columns(&self) -> usize {
        self.xs.len() - 1
    }

    /// What a row says, cell by cell with the columns that each takes.
    pub(crate) fn row_text(&self, row: usize) -> Vec<(usize, usize, &str)> {
        self.cells
            .iter()
            .skip_while(|cell| cell.row < row)
            .take_while(|cell| cell.row == row)
            .map(|cell| (cell.col, cell.col_span, cell.text.as_str()))
            .collect()
    }

    /// The document's table.
    pub(crate) fn table(self, diagnostics: &mut Diagnostics) -> Table {
        let count = self.columns();
        let mut columns: Vec<Column> = self
            .xs
            .windows(2)
            .map(|edges| Column {
                width: Some(points(edges[1] - edges[0])),
                ..Column::default()
            })
            .collect();
        if self.rtl {
            columns.reverse();
        }
        let mut origin = place(self.pages[0], &self.bbox);
        if let Origin::Page { found, pages, .. } = &mut origin {
            *found = Some(self.found);
            if self.pages.len() > 1 {
                pages.clone_from(&self.pages);
            }
        }
        let mut builder = TableBuilder::new()
            .size(self.rows as u32, count as u32)
            .columns(columns)
            .headers(self.header_rows as u32, 0)
            .rtl(self.rtl)
            .caption(self.caption)
            .origin(origin);
        for cell in self.cells {
            let place = place(cell.page, &cell.bbox);
            let is_blank = cell.is_blank();
            let mut blocks = Vec::new();
            if !cell.content.is_empty() {
                blocks.push(Block::Paragraph(Paragraph {
                    content: cell.content,
                    ..Paragraph::default()
                }));
            }
            for sheet in cell.nested {
                blocks.push(Block::Table(Box::new(sheet.table(diagnostics))));
            }
            let mut made = Cell::blocks(blocks);
            if is_blank {
                made = Cell::default();
            } else {
                if matches!(made.content, Content::Text(_)) {
                    made.restyle(|style| style.align = cell.align);
                }
                made.origin = Some(Box::new(place));
            }
            let col = if self.rtl {
                mirrored(count, cell.col, cell.col_span)
            } else {
                cell.col
            };
            builder.place(
                made.at(cell.row as u32, col as u32)
                    .spanning(cell.row_span as u32, cell.col_span as u32),
            );
        }
        builder.finish(diagnostics)
    }
}

/// A cell of a grid with what it says: its lines joined.
fn sheet_cell(grid: &Grid, cell: &GridCell, page: &Page, prose: &Prose<'_>) -> SheetCell {
    let bbox = grid.cell_box(cell);
    let lines = whole_numbers(grid, cell, lines_of_all_turns(&cell.words));
    let content = prose.content(&lines);
    let ink = crate::prose::bounds(&cell.words);
    SheetCell {
        row: cell.row,
        col: cell.col,
        row_span: cell.row_span,
        col_span: cell.col_span,
        page: page.number,
        bbox,
        text: tabulary_ir::inline_text(&content),
        align: align(&bbox, &ink, cell),
        content,
        tag: cell.tag,
        nested: cell
            .nested
            .iter()
            .map(|grid| Sheet::of(grid, page, prose))
            .collect(),
    }
}

/// Where the text of a cell stands between its edges; nothing is said of text at the left.
fn align(bbox: &Rect, ink: &Rect, cell: &GridCell) -> Option<Align> {
    let size = cell.words.first()?.size;
    let (left, right) = (ink.x0 - bbox.x0, bbox.x1 - ink.x1);
    if left < size || ink.width() > 0.9 * bbox.width() {
        None
    } else if (left - right).abs() < 0.6 * size {
        Some(Align::Center)
    } else if right < 0.5 * left {
        Some(Align::Right)
    } else {
        None
    }
}
