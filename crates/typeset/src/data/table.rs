//! Tables for the styles.

use serde::Serialize;
use tabulary_ir::{Align, Cell, Code, Content, Error, Slot, Stroke, Table, Value, VerticalAlign};

use super::blocks::{BlockData, Builder, align};
use super::fit::{Fit, Place};
use super::groups::Group;
use super::line::Piece;

/// What the styles leave free at both sides of a cell, in sizes of its type.
const INSETS: f64 = 0.7;
/// A cell has that much room at least, in points.
const NARROWEST: f64 = 4.0;
/// Repeated header rows must leave room for the rows that they head.
const MOST_HEADER_ROWS: u32 = 12;

#[derive(Serialize)]
pub(super) struct TableData {
    caption: Vec<Piece>,
    cells: Vec<CellData>,
    /// How many of the cells stand in header rows.
    header: usize,
    rtl: bool,
    size: f64,
    /// Widths in points.
    widths: Vec<f64>,
}

#[derive(Serialize)]
struct CellData {
    #[serde(skip_serializing_if = "Option::is_none")]
    align: Option<&'static str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    blocks: Vec<BlockData>,
    #[serde(skip_serializing_if = "is_one")]
    colspan: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    fill: Option<String>,
    /// Whether it heads its row.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    heads: bool,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    line: Vec<Piece>,
    /// The lines above, at the right, below and at the left, in words of the styles.
    #[serde(skip_serializing_if = "Option::is_none")]
    lines: Option<[&'static str; 4]>,
    #[serde(skip_serializing_if = "is_one")]
    rowspan: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    valign: Option<&'static str>,
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde asks for a reference"
)]
fn is_one(count: &u32) -> bool {
    *count == 1
}

impl<'a> Builder<'a, '_> {
    /// A table: one, or several below one another where it is too wide for any page. None for one without squares.
    pub(super) fn table(
        &mut self,
        table: &'a Table,
        all: &mut Vec<BlockData>,
    ) -> Result<(), Error> {
        self.budget
            .laid_out_cells(table.area())
            .map_err(|error| error.at(table.origin.clone()))?;
        if table.area() == 0 {
            return Ok(());
        }
        let turned = self.is_outermost().then_some(self.turned_width);
        let fit = Fit::new(
            table,
            self.text_width,
            turned,
            self.table_sizes,
            &self.advances,
        );
        if let Some(message) = fit.message() {
            self.diagnostics
                .add(Code::TableFitted, message, table.origin.clone());
        }
        table.tell_settings_of_cells(self.diagnostics);
        let mut parts = Vec::with_capacity(fit.groups.len());
        for group in &fit.groups {
            parts.push(BlockData::Table(self.part(table, group, fit.size)?));
        }
        if fit.place == Place::Turned {
            all.push(BlockData::Turned { blocks: parts });
        } else {
            all.append(&mut parts);
        }
        Ok(())
    }

    /// Some of the columns of a table.
    fn part(&mut self, table: &'a Table, group: &Group, size: f64) -> Result<TableData, Error> {
        let header_rows = header_rows(table);
        let alignments = number_alignments(table);
        let mut cells = Vec::new();
        let mut header = 0;
        let rows = Rows::of(table, self.is_for_all);
        let saved = self.text_width;
        for (row, slots) in (0..).zip(table.row_slots()) {
            let in_header_rows = row < header_rows;
            self.repeats = in_header_rows;
            for slot in slots {
                let (col, span, cell) = match slot {
                    Slot::Covered(_) => continue,
                    Slot::Blank(col) => (col, 1, None),
                    Slot::Anchor(cell) => (cell.col, cell.col_span, Some(cell)),
                };
                let Some((colspan, begins)) = group.share(col, span) else {
                    continue;
                };
                header += usize::from(in_header_rows);
                let Some(cell) = cell else {
                    cells.push(CellData::blank());
                    continue;
                };
                let heads = cell.col < table.header_columns && !in_header_rows;
                let in_header = row < table.header_rows || heads;
                let rowspan = rows.between(cell.row, cell.row + cell.row_span);
                // What stands in a cell, a picture or another table, has the cell's room.
                let room = group.width(col, span) - INSETS * size;
                self.text_width = room.max(NARROWEST);
                // The text of a cell of the body that reaches over several groups stands in the first.
                let shown = if begins || in_header {
                    self.cell(cell, in_header, alignments[cell.col as usize])?
                } else {
                    CellData::blank()
                };
                cells.push(CellData {
                    colspan,
                    heads,
                    rowspan,
                    ..shown
                });
            }
            self.repeats = false;
        }
        self.text_width = saved;
        let caption = if group.is_first {
            self.line(&table.caption)?
        } else {
            Vec::new()
        };
        Ok(TableData {
            caption,
            cells,
            header,
            rtl: table.rtl,
            size,
            widths: group.widths.clone(),
        })
    }

    fn cell(
        &mut self,
        cell: &'a Cell,
        in_header: bool,
        by_type: &'static str,
    ) -> Result<CellData, Error> {
        let style = cell.style.as_deref();
        let own = style.and_then(|style| style.align);
        let usual = match (&cell.value, own) {
            (_, Some(own)) => align(Some(own)),
            (Some(Value::Number(_)), None) => Some(by_type),
            (Some(_), None) => align(Some(Align::Center)),
            (None, None) if in_header => align(Some(Align::Center)),
            (None, None) => None,
        };
        let mut data = CellData {
            align: usual,
            fill: style
                .and_then(|style| style.fill)
                .map(|fill| format!("#{}", fill.hex())),
            lines: style.and_then(|style| style.borders).map(|borders| {
                [borders.top, borders.right, borders.bottom, borders.left].map(line_name)
            }),
            valign: style
                .and_then(|style| style.vertical_align)
                .map(|valign| match valign {
                    VerticalAlign::Top => "top",
                    VerticalAlign::Middle => "horizon",
                    VerticalAlign::Bottom => "bottom",
                }),
            ..CellData::blank()
        };
        match &cell.content {
            Content::Text(text) => {
                let marks = style.map(|style| style.marks).unwrap_or_default();
                data.line = if style.is_some_and(|style| style.vertical_text) {
                    let below: Vec<_> = text.chars().map(String::from).collect();
                    self.text(&below.join("\n"), marks)
                } else {
                    self.text(text, marks)
                };
            }
            Content::Blocks(blocks) => data.blocks = self.inner(blocks)?,
        }
        Ok(data)
    }
}

/// The rows of a table that are laid out.
struct Rows(Option<Vec<u32>>);

impl Rows {
    /// All rows, or those in which a cell begins: where others make a row up that all began above it, it is not one to
    /// PDF/UA (ISO 14289-1 7.5).
    fn of(table: &Table, only_begun: bool) -> Self {
        if !only_begun {
            return Self(None);
        }
        let begun =
            |slots: Vec<Slot<'_>>| !slots.iter().all(|slot| matches!(slot, Slot::Covered(_)));
        let mut before = vec![0];
        let mut count = 0;
        for slots in table.row_slots() {
            count += u32::from(begun(slots));
            before.push(count);
        }
        Self(Some(before))
    }

    /// How many rows are laid out from one to before another.
    fn between(&self, from: u32, to: u32) -> u32 {
        match &self.0 {
            None => to - from,
            Some(before) => before[to as usize] - before[from as usize],
        }
    }
}

impl CellData {
    fn blank() -> Self {
        Self {
            align: None,
            blocks: Vec::new(),
            colspan: 1,
            fill: None,
            heads: false,
            line: Vec::new(),
            lines: None,
            rowspan: 1,
            valign: None,
        }
    }
}

/// How a line is drawn, in a word of the styles.
fn line_name(line: Option<Stroke>) -> &'static str {
    match line {
        None => "none",
        Some(Stroke::Hair) => "hair",
        Some(Stroke::Thin) => "thin",
        Some(Stroke::Medium) => "medium",
        Some(Stroke::Thick | Stroke::Double) => "thick",
        Some(Stroke::Dotted) => "dotted",
        Some(Stroke::Dashed) => "dashed",
    }
}

/// The header rows, with those that a header cell reaches into; none where nothing would be left.
fn header_rows(table: &Table) -> u32 {
    let mut rows = table.header_rows;
    for cell in table.cells() {
        if cell.row >= rows {
            break;
        }
        rows = rows.max(cell.row + cell.row_span);
    }
    if rows >= table.rows() || rows > MOST_HEADER_ROWS {
        0
    } else {
        rows
    }
}

/// Numbers with decimals or thousands stand at the right of their column, so that they can be
/// compared; plain counts stand in the middle.
fn number_alignments(table: &Table) -> Vec<&'static str> {
    let mut alignments = vec!["center"; table.columns().len()];
    for cell in table.cells() {
        if let (Some(Value::Number(_)), Content::Text(text)) = (&cell.value, &cell.content)
            && text.contains(['.', ','])
        {
            alignments[cell.col as usize] = "right";
        }
    }
    alignments
}
