//! Tables (ECMA-376 17.4): grids out of rows whose cells say how far they reach.

use std::collections::BTreeMap;

use tabulary_ir::{
    Block, Cell, Code, Column, Control, Diagnostics, Error, Points, Rgb, RowSetting, Table,
    TableBuilder, VerticalAlign,
};
use tabulary_package::xml::{Element, Ns};

use crate::borders::{self, Lines};
use crate::flow::Flow;
use crate::markup::{attribute, child_val, length, number, toggle, val};
use crate::reading::{Reading, alternative, control_of};
use crate::run::flat_paragraphs;
use crate::scope::Steps;

/// The most columns that Word lets a table have; a span reaches no farther than these, or than the
/// columns that the table declares.
const COLUMNS: usize = 63;

/// A table while its rows are read.
pub(crate) struct Grid {
    path: String,
    rows: u32,
    cells: Vec<Cell>,
    /// What the cells say of their lines, and their rows, and the table of all.
    borders: Vec<(Lines, Lines)>,
    lines: Lines,
    widths: Vec<Option<Points>>,
    heights: Vec<RowSetting>,
    /// Cells that may go on in the next row, by column and width.
    open: BTreeMap<(u32, u32), usize>,
    header_rows: u32,
    header_columns: u32,
    /// Whether only header rows came so far.
    in_header: bool,
    /// Whether the widths of the columns were said by the document.
    fixed: bool,
    rtl: bool,
}

impl Grid {
    /// A table at a path.
    pub(crate) fn new(path: String) -> Self {
        Self {
            path,
            rows: 0,
            cells: Vec::new(),
            borders: Vec::new(),
            lines: Lines::default(),
            widths: Vec::new(),
            heights: Vec::new(),
            open: BTreeMap::new(),
            header_rows: 0,
            header_columns: 0,
            in_header: true,
            fixed: true,
            rtl: false,
        }
    }

    fn bound(&self) -> u32 {
        u32::try_from(self.widths.len().max(COLUMNS)).unwrap_or(u32::MAX)
    }
}

impl Reading<'_> {
    /// Reads a table that stands in a tree. One that stands too deep is read as the text of its
    /// paragraphs.
    pub(crate) fn table(
        &mut self,
        element: &Element,
        path: String,
        flow: &mut Flow,
    ) -> Result<(), Error> {
        let bound = self.budget.limits().block_depth;
        // A section around the body takes a level too.
        if self.depth + 2 > bound {
            let message = format!(
                "tables stand more than {bound} deep; the text of the inner ones stands as paragraphs"
            );
            self.tell(Code::CellBlocksFlattened, message, &path);
            for block in flat_paragraphs(element) {
                flow.block(block);
            }
            return Ok(());
        }
        let mut grid = Grid::new(path);
        for child in element.elements() {
            self.table_child(&mut grid, child)?;
        }
        self.place_table(grid, flow)
    }

    /// Reads what stands in a table: its properties, its columns, a row, or rows in a wrapper.
    pub(crate) fn table_child(&mut self, grid: &mut Grid, child: &Element) -> Result<(), Error> {
        match (child.ns, child.local.as_str()) {
            (Ns::W, "tr") => self.row(grid, child),
            (Ns::W, "tblPr") => {
                self.table_properties(grid, child);
                Ok(())
            }
            (Ns::W, "tblGrid") => {
                let columns = child
                    .elements()
                    .filter(|column| column.is(Ns::W, "gridCol"));
                let width = |column: &Element| attribute(column, "w").and_then(length);
                grid.widths = columns.map(width).collect();
                Ok(())
            }
            (Ns::W, "sdt" | "sdtContent" | "customXml" | "ins" | "moveTo")
                if !self.is_gone(child) =>
            {
                for inner in child.elements() {
                    self.table_child(grid, inner)?;
                }
                Ok(())
            }
            (Ns::Mc, "AlternateContent") => {
                for inner in alternative(child).into_iter().flat_map(Element::elements) {
                    self.table_child(grid, inner)?;
                }
                Ok(())
            }
            _ => {
                if self.is_gone(child) {
                    self.tell_changed(&grid.path);
                }
                Ok(())
            }
        }
    }

    /// In a document of our own, a first column that is set apart is a header, and an automatic layout
    /// says that the widths were the writer's choice.
    fn table_properties(&mut self, grid: &mut Grid, properties: &Element) {
        let own = properties.child(Ns::W, "tblBorders").map(Lines::of);
        let style = child_val(properties, "tblStyle").map(|id| self.styles.lines(id));
        grid.lines = own.unwrap_or_default().or(style.unwrap_or_default());
        grid.rtl = toggle(properties, "bidiVisual").unwrap_or(false);
        self.tell_place(grid, properties);
        if !self.record.own {
            return;
        }
        let look = properties.child(Ns::W, "tblLook");
        let first_column = look.and_then(|look| attribute(look, "firstColumn"));
        grid.header_columns = u32::from(first_column == Some("1"));
        let layout = properties.child(Ns::W, "tblLayout");
        let layout = layout.and_then(|layout| attribute(layout, "type"));
        grid.fixed = layout == Some("fixed");
    }

    /// Tells of where a table stands, which is not kept.
    fn tell_place(&mut self, grid: &Grid, properties: &Element) {
        if self.record.own {
            return;
        }
        if properties.child(Ns::W, "tblpPr").is_some() {
            let message = "a table that text runs around stands between paragraphs";
            self.tell_once(Code::StyleDropped, message, &grid.path);
        }
        if child_val(properties, "tblStyle").is_some_and(|id| self.styles.shades(id)) {
            let message = "grounds that the style of a table gives to its cells are not kept";
            self.tell_once(Code::LooksDropped, message, &grid.path);
        }
        self.tell_lines(properties.child(Ns::W, "tblBorders"), &grid.path);
        let indent = properties.child(Ns::W, "tblInd");
        let indent = indent.and_then(|indent| attribute(indent, "w").and_then(length));
        let aside = child_val(properties, "jc").is_some_and(|place| place != "center");
        if aside || indent.is_some_and(|indent| indent.thousandths() != 0) {
            let message = "where tables stand between the margins is not kept";
            self.tell_once(Code::LooksDropped, message, &grid.path);
        }
    }

    /// Tells of colours of lines.
    fn tell_lines(&mut self, borders: Option<&Element>, path: &str) {
        if borders.is_some_and(borders::are_coloured) && !self.record.own {
            let message = "colours of lines are not kept";
            self.tell_once(Code::LooksDropped, message, path);
        }
    }

    fn row(&mut self, grid: &mut Grid, row: &Element) -> Result<(), Error> {
        let properties = row.child(Ns::W, "trPr");
        let property = |name| properties.and_then(|properties| child_val(properties, name));
        let mut changes = properties.into_iter().flat_map(Element::elements);
        if changes.any(|change| self.is_gone(change)) {
            self.tell_changed(&grid.path);
            return Ok(());
        }
        let header = properties.and_then(|properties| toggle(properties, "tblHeader"));
        grid.in_header &= header.unwrap_or(false);
        grid.header_rows += u32::from(grid.in_header);
        let height = properties
            .and_then(|properties| properties.child(Ns::W, "trHeight"))
            .and_then(|height| val(height).and_then(length));
        if let Some(height) = height.filter(|height| height.thousandths() > 0) {
            grid.heights.push(RowSetting {
                height: Some(height),
                row: grid.rows,
                ..RowSetting::default()
            });
        }
        let before = property("gridBefore").and_then(number).unwrap_or(0);
        let before = u32::try_from(before).unwrap_or(0).min(grid.bound());

        let mut cells = Vec::new();
        collect_cells(row, None, &mut cells);
        self.budget.cells(cells.len() as u64)?;
        self.budget.tick()?;
        let mut next = RowState {
            row: grid.rows,
            path: format!("{}/tr[{}]", grid.path, grid.rows + 1),
            col: before,
            still_open: BTreeMap::new(),
            previous: None,
            lines: row
                .child(Ns::W, "tblPrEx")
                .and_then(|own| own.child(Ns::W, "tblBorders"))
                .map(Lines::of)
                .unwrap_or_default(),
        };
        for (index, (cell, control)) in cells.into_iter().enumerate() {
            self.within(control, |reading| {
                reading.cell(grid, &mut next, index, cell)
            })?;
        }
        grid.open = next.still_open;
        grid.rows += 1;
        Ok(())
    }

    /// Puts a cell on the next square. One that goes on a merge (ECMA-376 17.4.84, 17.4.22) makes the
    /// cell that it began with longer, and what stands in it is not seen.
    fn cell(
        &mut self,
        grid: &mut Grid,
        state: &mut RowState,
        index: usize,
        element: &Element,
    ) -> Result<(), Error> {
        let path = format!("{}/tc[{}]", state.path, index + 1);
        let properties = element.child(Ns::W, "tcPr");
        let property = |name| properties.and_then(|properties| properties.child(Ns::W, name));
        let said = property("gridSpan")
            .and_then(val)
            .and_then(number)
            .unwrap_or(1);
        let bound = grid.bound();
        let span = u32::try_from(said.max(1)).unwrap_or(u32::MAX).min(bound);
        if i64::from(span) < said {
            let message = format!("a cell over {said} columns was cut at {bound}");
            self.tell(Code::MergeInvalid, message, &path);
        }
        let goes_on = |merge: &Element| val(merge).is_none_or(|way| way == "continue");
        let (vertical, horizontal) = (property("vMerge"), property("hMerge"));
        if let (Some(merge), Some(previous)) = (horizontal, state.previous)
            && goes_on(merge)
        {
            grid.cells[previous].col_span += span;
            state.col += span;
            self.tell_swallowed(element, &path);
            return Ok(());
        }
        let key = (state.col, span);
        match (vertical, grid.open.get(&key)) {
            (Some(merge), Some(&above)) if goes_on(merge) => {
                grid.cells[above].row_span += 1;
                state.still_open.insert(key, above);
                state.previous = Some(above);
                self.tell_swallowed(element, &path);
            }
            _ => {
                let cell = self.cell_content(element, properties, &path)?;
                let place = grid.cells.len();
                grid.cells
                    .push(cell.at(state.row, state.col).spanning(1, span));
                self.tell_lines(property("tcBorders"), &path);
                let lines = property("tcBorders").map(Lines::of);
                grid.borders.push((lines.unwrap_or_default(), state.lines));
                state.previous = Some(place);
                if vertical.is_some() {
                    state.still_open.insert(key, place);
                }
            }
        }
        state.col += span;
        Ok(())
    }

    /// Says so where a cell that another one swallowed holds text.
    fn tell_swallowed(&mut self, element: &Element, path: &str) {
        let mut texts = element.descendants().filter(|inner| inner.is(Ns::W, "t"));
        if texts.any(|text| !text.text().trim().is_empty()) {
            let message = "the text of a cell that a merged cell covers was left out";
            self.tell(Code::ContentSkipped, message, path);
        }
    }

    fn cell_content(
        &mut self,
        element: &Element,
        properties: Option<&Element>,
        path: &str,
    ) -> Result<Cell, Error> {
        self.depth += 1;
        let mut flow = self.flow();
        let mut steps = Steps::below(path);
        self.blocks(element, &mut steps, &mut flow)?;
        self.depth -= 1;
        let mut blocks = flow.finish();
        // A cell must end with a paragraph (ECMA-376 17.4.65), which behind a table says nothing.
        if !self.record.own
            && let [.., Block::Table(_), Block::Paragraph(last)] = blocks.as_slice()
            && last.content.is_empty()
        {
            blocks.pop();
        }
        let mut cell = Cell::blocks(blocks);
        cell.origin = Some(Box::new(self.origin(path)));
        if let Some(properties) = properties {
            set_style(&mut cell, properties);
        }
        if self.record.own {
            self.restore_value(element, &mut cell, path);
        }
        Ok(cell)
    }

    /// Gives a cell the typed value that the writer noted, where it still shows the same text.
    fn restore_value(&mut self, element: &Element, cell: &mut Cell, path: &str) {
        let paragraphs = element.elements().filter(|child| child.is(Ns::W, "p"));
        let inside = paragraphs.flat_map(Element::elements);
        let marks = element.elements().chain(inside);
        let mut marks = marks.filter(|child| child.is(Ns::W, "bookmarkStart"));
        let noted = marks.find_map(|mark| self.record.cell(attribute(mark, "name")?));
        let Some(noted) = noted.cloned() else {
            return;
        };
        if noted.text != cell.plain_text() {
            let message = format!(
                "the cell was changed since its value was noted with the text {:?}; the text that stands counts",
                noted.text
            );
            self.tell(Code::ValueInvalid, message, path);
            return;
        }
        cell.value = noted.value;
        cell.format = noted.format;
        cell.formula = noted.formula;
    }

    /// Puts the table that the rows make into a flow.
    pub(crate) fn place_table(&mut self, grid: Grid, flow: &mut Flow) -> Result<(), Error> {
        let table = self.finish_table(grid)?;
        flow.block(Block::Table(Box::new(table)));
        Ok(())
    }

    fn finish_table(&mut self, mut grid: Grid) -> Result<Table, Error> {
        if self.record.own {
            // The writer draws a grid, and says of a cell what is not of it.
            for (cell, (lines, _)) in grid.cells.iter_mut().zip(&grid.borders) {
                if let Some(borders) = lines.own() {
                    cell.restyle(|style| style.borders = Some(borders));
                }
            }
        } else {
            borders::draw(&mut grid.cells, &grid.borders, grid.lines);
        }
        let reach = grid.cells.iter().map(|cell| cell.col + cell.col_span);
        let width = reach.max().unwrap_or(0) as usize;
        self.budget.cells(width as u64)?;
        let widths = grid.widths.iter().copied().filter(|_| grid.fixed);
        let widths = widths.chain(std::iter::repeat(None)).take(width);
        let columns = widths.map(|width| Column {
            width: width.filter(|width| width.thousandths() > 0),
            ..Column::default()
        });
        let origin = self.origin(&grid.path);
        let mut builder = TableBuilder::new()
            .size(grid.rows, 0)
            .columns(columns.collect())
            .headers(grid.header_rows, grid.header_columns)
            .row_settings(grid.heights)
            .rtl(grid.rtl)
            .origin(origin);
        for cell in grid.cells {
            builder.place(cell);
        }
        let mut repairs = Diagnostics::new();
        let table = builder.finish(&mut repairs);
        self.diagnostics.extend(repairs.into_vec());
        Ok(table)
    }
}

/// A row while its cells are read.
struct RowState {
    row: u32,
    path: String,
    col: u32,
    still_open: BTreeMap<(u32, u32), usize>,
    /// The cell that stands before.
    previous: Option<usize>,
    /// The lines that the row says in the place of those of the table (ECMA-376-1 17.4.61).
    lines: Lines,
}

/// The cells of a row, out of content controls and the like too, with the control around each.
fn collect_cells<'e>(
    parent: &'e Element,
    around: Option<&Control>,
    cells: &mut Vec<(&'e Element, Option<Control>)>,
) {
    for child in parent.elements() {
        match (child.ns, child.local.as_str()) {
            (Ns::W, "tc") => cells.push((child, around.cloned())),
            (Ns::W, "sdt") => {
                let control = control_of(child);
                collect_cells(child, control.as_ref().or(around), cells);
            }
            (Ns::W, "sdtContent" | "customXml" | "ins") => collect_cells(child, around, cells),
            _ => {}
        }
    }
}

/// How a cell is set (ECMA-376 17.4.70): its ground, where its lines stand, which way they run.
fn set_style(cell: &mut Cell, properties: &Element) {
    let fill = properties
        .child(Ns::W, "shd")
        .and_then(|shading| attribute(shading, "fill"))
        .and_then(Rgb::from_hex);
    let vertical_align = match child_val(properties, "vAlign") {
        Some("top") => Some(VerticalAlign::Top),
        Some("center" | "both") => Some(VerticalAlign::Middle),
        Some("bottom") => Some(VerticalAlign::Bottom),
        _ => None,
    };
    let vertical_text = matches!(
        child_val(properties, "textDirection"),
        Some("tbRl" | "tbRlV" | "tbLrV" | "rl" | "rlV" | "lrV")
    );
    if fill.is_none() && vertical_align.is_none() && !vertical_text {
        return;
    }
    cell.restyle(|style| {
        style.fill = fill;
        style.vertical_align = vertical_align;
        style.vertical_text = vertical_text;
    });
}
