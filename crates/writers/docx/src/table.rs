//! Tables (ECMA-376 17.4): rows of cells, with the squares that a merged cell covers.

use tabulary_ir::{
    Align, Block, Borders, Cell, CellStyle, Code, Content, Error, Points, Slot, Stroke, Table,
    VerticalAlign, push_text,
};
use unicode_width::UnicodeWidthStr;

use crate::block::{ParagraphSetting, open_paragraph};
use crate::widths::{self, CELL_MARGINS, Layout, TIGHT_MARGINS};
use crate::writing::{Place, Setting, Writing};
use crate::xml::Xml;

/// The size of letters that the styles of tables have, in half points.
const STYLED_SIZE: i64 = 21;
/// Text up to this width, in halves of an em, stands in the middle of its cell.
const SHORT: usize = 20;
/// A row whose text is longer than this may break over two pages.
const LONG: usize = 400;

/// A table while it is written.
struct Grid<'t> {
    table: &'t Table,
    widths: Vec<i64>,
    size: Option<i64>,
    setting: Setting,
}

impl Writing<'_> {
    /// Writes a table, with its caption before it.
    pub(crate) fn table(
        &mut self,
        table: &Table,
        setting: Setting,
        out: &mut Xml,
    ) -> Result<(), Error> {
        self.budget.cells(table.area())?;
        if !table.caption.is_empty() {
            let styled = ParagraphSetting {
                style: Some("TableCaption"),
                ..ParagraphSetting::default()
            };
            open_paragraph(styled, out);
            self.line(&table.caption, setting.into(), out);
            out.close("w:p");
        }
        if table.rows() == 0 || table.width() == 0 {
            let message = "a table without rows or columns was left out";
            self.tell(Code::BlockDropped, message, table.origin.as_ref());
            return Ok(());
        }
        self.tell_hidden(table);
        let (layout, fixed) = self.layout(table, setting.width);
        out.open("w:tbl", &[]);
        table_properties(table, &layout, fixed, out);
        out.open("w:tblGrid", &[]);
        for width in &layout.columns {
            out.empty("w:gridCol", &[("w:w", &width.to_string())]);
        }
        out.close("w:tblGrid");
        let grid = Grid {
            table,
            widths: layout.columns,
            size: (layout.size != STYLED_SIZE).then_some(layout.size),
            setting,
        };
        for (row, slots) in (0..).zip(table.row_slots()) {
            self.budget.tick()?;
            self.row(&grid, row, &slots, out)?;
        }
        out.close("w:tbl");
        Ok(())
    }

    fn tell_hidden(&mut self, table: &Table) {
        if table.columns().iter().any(|column| column.hidden) {
            let message = "hidden columns of a table are shown";
            self.tell(Code::StyleDropped, message, table.origin.as_ref());
        }
        table.tell_settings_of_cells(&mut self.diagnostics);
        if table.header_columns > 1 {
            let message = "of several header columns of a table only the first is marked";
            self.tell(Code::StyleDropped, message, table.origin.as_ref());
        }
    }

    /// The widths of the columns: those of the table where it names all of them.
    fn layout(&mut self, table: &Table, available: i64) -> (Layout, bool) {
        let given = table.columns().iter();
        let given: Option<Vec<i64>> = given
            .map(|column| {
                column
                    .width
                    .map(Points::to_twips)
                    .filter(|&width| width > 0)
            })
            .collect();
        let mut layout = widths::share(table, available);
        match given {
            Some(mut columns) => {
                let total: i64 = columns.iter().sum();
                if self.reference.is_some() && total > available {
                    // The widths were meant for another page.
                    for width in &mut columns {
                        *width = (*width * available / total).max(1);
                    }
                }
                layout.columns = columns;
                layout.tight = false;
                (layout, true)
            }
            None => {
                if table.columns().iter().any(|column| column.width.is_some()) {
                    let message =
                        "the widths of some columns were left out, since not all have one";
                    self.tell(Code::StyleDropped, message, table.origin.as_ref());
                }
                (layout, false)
            }
        }
    }

    fn row(
        &mut self,
        grid: &Grid<'_>,
        row: u32,
        slots: &[Slot<'_>],
        out: &mut Xml,
    ) -> Result<(), Error> {
        out.open("w:tr", &[]);
        let header = row < grid.table.header_rows;
        let whole = slots.iter().all(may_stay_whole);
        let settings = grid.table.row_settings();
        let height = settings
            .binary_search_by_key(&row, |setting| setting.row)
            .ok()
            .and_then(|at| settings[at].height);
        if header || whole || height.is_some() {
            out.open("w:trPr", &[]);
            if whole {
                out.empty("w:cantSplit", &[]);
            }
            if let Some(height) = height {
                let height = height.to_twips().to_string();
                out.empty("w:trHeight", &[("w:val", &height), ("w:hRule", "atLeast")]);
            }
            if header {
                out.empty("w:tblHeader", &[]);
            }
            out.close("w:trPr");
        }
        for slot in slots {
            out.open("w:tc", &[]);
            let first = slot.col() as usize;
            let width: i64 = grid.widths[first..first + slot.width() as usize]
                .iter()
                .sum();
            cell_properties(slot, width, out);
            match slot {
                Slot::Anchor(cell) => {
                    let header = header || cell.col < grid.table.header_columns;
                    self.cell(grid, cell, header, width, out)?;
                }
                Slot::Covered(_) | Slot::Blank(_) => blank_cell(out),
            }
            out.close("w:tc");
        }
        out.close("w:tr");
        Ok(())
    }

    fn cell(
        &mut self,
        grid: &Grid<'_>,
        cell: &Cell,
        header: bool,
        width: i64,
        out: &mut Xml,
    ) -> Result<(), Error> {
        let nothing = CellStyle::default();
        let style = cell.style.as_deref().unwrap_or(&nothing);
        let setting = Setting {
            place: if grid.setting.place == Place::Body {
                Place::Cell
            } else {
                grid.setting.place
            },
            style: Some(cell_paragraphs(cell, header)),
            align: style.align,
            size: grid.size,
            width: (width - CELL_MARGINS).max(200),
        };
        match &cell.content {
            Content::Text(text) => {
                self.text_cell(cell, text, style, setting, out);
                Ok(())
            }
            Content::Blocks(blocks) => {
                // A mark before the blocks, since no line holds all of the cell.
                if is_noted(cell) {
                    let id = self.bookmark(cell, &cell.plain_text(), out);
                    out.empty("w:bookmarkEnd", &[("w:id", &id)]);
                }
                self.blocks(blocks, setting, out)?;
                if !ends_with_paragraph(blocks) {
                    self.separator(out);
                }
                Ok(())
            }
        }
    }

    /// One paragraph, with a bookmark around it where a value is noted.
    fn text_cell(
        &mut self,
        cell: &Cell,
        text: &str,
        style: &CellStyle,
        setting: Setting,
        out: &mut Xml,
    ) {
        let mut paragraph = ParagraphSetting {
            style: setting.style,
            ..ParagraphSetting::default()
        };
        paragraph.look.align = style.align;
        open_paragraph(paragraph, out);
        let noted = is_noted(cell).then(|| self.bookmark(cell, text, out));
        let mut content = Vec::new();
        push_text(&mut content, text, style.marks);
        self.line(&content, setting.into(), out);
        if let Some(id) = noted {
            out.empty("w:bookmarkEnd", &[("w:id", &id)]);
        }
        out.close("w:p");
    }

    /// Notes a cell, and begins the bookmark that leads to the note; gives the identifier to end it with.
    fn bookmark(&mut self, cell: &Cell, text: &str, out: &mut Xml) -> String {
        let id = self.bookmarks.to_string();
        self.bookmarks += 1;
        let name = self.record.cell(cell, text);
        out.empty("w:bookmarkStart", &[("w:id", &id), ("w:name", &name)]);
        id
    }
}

/// Whether a cell says more than a cell of Word can hold.
fn is_noted(cell: &Cell) -> bool {
    cell.value.is_some() || cell.format.is_some() || cell.formula.is_some()
}

/// Table properties in the order of their schema (ECMA-376 17.4.59).
fn table_properties(table: &Table, layout: &Layout, fixed: bool, out: &mut Xml) {
    out.open("w:tblPr", &[]);
    let is_long = |cell: &Cell| matches!(&cell.content, Content::Blocks(all) if all.len() > 1);
    let holds_text = table.cells().iter().any(is_long);
    let style = if holds_text {
        "TextTable"
    } else {
        "ReportTable"
    };
    out.val("w:tblStyle", style);
    if table.rtl {
        out.empty("w:bidiVisual", &[]);
    }
    let width: i64 = layout.columns.iter().sum();
    out.empty("w:tblW", &[("w:w", &width.to_string()), ("w:type", "dxa")]);
    out.val("w:jc", "center");
    let kind = if fixed { "fixed" } else { "autofit" };
    out.empty("w:tblLayout", &[("w:type", kind)]);
    if layout.tight {
        out.open("w:tblCellMar", &[]);
        for side in ["w:left", "w:right"] {
            let width = (TIGHT_MARGINS / 2).to_string();
            out.empty(side, &[("w:w", &width), ("w:type", "dxa")]);
        }
        out.close("w:tblCellMar");
    }
    let flag = |on: bool| if on { "1" } else { "0" };
    let (row, column) = (table.header_rows > 0, table.header_columns > 0);
    // The bits of ECMA-376 17.4.55: first row, first column, no bands.
    let bits = 0x0600 | if row { 0x20 } else { 0 } | if column { 0x80 } else { 0 };
    out.empty(
        "w:tblLook",
        &[
            ("w:val", &format!("{bits:04X}")),
            ("w:firstRow", flag(row)),
            ("w:lastRow", "0"),
            ("w:firstColumn", flag(column)),
            ("w:lastColumn", "0"),
            ("w:noHBand", "1"),
            ("w:noVBand", "1"),
        ],
    );
    out.close("w:tblPr");
}

/// Cell properties in the order of their schema (ECMA-376 17.4.70).
fn cell_properties(slot: &Slot<'_>, width: i64, out: &mut Xml) {
    out.open("w:tcPr", &[]);
    out.empty("w:tcW", &[("w:w", &width.to_string()), ("w:type", "dxa")]);
    if slot.width() > 1 {
        out.val("w:gridSpan", &slot.width().to_string());
    }
    let style = match slot {
        Slot::Anchor(cell) => {
            if cell.row_span > 1 {
                out.val("w:vMerge", "restart");
            }
            cell.style.as_deref()
        }
        Slot::Covered(cell) => {
            out.empty("w:vMerge", &[]);
            cell.style.as_deref()
        }
        Slot::Blank(_) => None,
    };
    if let Some(style) = style {
        if let Some(borders) = style.borders {
            lines(borders, out);
        }
        if let Some(fill) = style.fill {
            let fill = fill.hex().to_uppercase();
            out.empty(
                "w:shd",
                &[("w:val", "clear"), ("w:color", "auto"), ("w:fill", &fill)],
            );
        }
        if style.vertical_text {
            out.val("w:textDirection", "tbRl");
        }
        if let Some(align) = style.vertical_align {
            let place = match align {
                VerticalAlign::Top => "top",
                VerticalAlign::Middle => "center",
                VerticalAlign::Bottom => "bottom",
            };
            out.val("w:vAlign", place);
        }
    }
    out.close("w:tcPr");
}

/// The lines around a cell (ECMA-376-1 17.4.67).
fn lines(borders: Borders, out: &mut Xml) {
    out.open("w:tcBorders", &[]);
    for (name, stroke) in [
        ("w:top", borders.top),
        ("w:left", borders.left),
        ("w:bottom", borders.bottom),
        ("w:right", borders.right),
    ] {
        let Some(stroke) = stroke else {
            out.val(name, "nil");
            continue;
        };
        let (kind, width) = match stroke {
            Stroke::Hair => ("single", "2"),
            Stroke::Thin => ("single", "4"),
            Stroke::Medium => ("single", "12"),
            Stroke::Thick => ("single", "18"),
            Stroke::Double => ("double", "4"),
            Stroke::Dotted => ("dotted", "4"),
            Stroke::Dashed => ("dashed", "4"),
        };
        let drawn = [
            ("w:val", kind),
            ("w:sz", width),
            ("w:space", "0"),
            ("w:color", "auto"),
        ];
        out.empty(name, &drawn);
    }
    out.close("w:tcBorders");
}

fn blank_cell(out: &mut Xml) {
    let styled = ParagraphSetting {
        style: Some("TableText"),
        ..ParagraphSetting::default()
    };
    open_paragraph(styled, out);
    out.close("w:p");
}

/// The style of the paragraphs in a cell: short text and numbers stand in the middle.
fn cell_paragraphs(cell: &Cell, header: bool) -> &'static str {
    let text = match &cell.content {
        Content::Text(text) => text.as_str(),
        Content::Blocks(_) => return "TableText",
    };
    let aligned = cell.style.as_deref().and_then(|style| style.align);
    let short = text.lines().all(|line| line.width() <= SHORT);
    match aligned {
        _ if header => "TableHeading",
        None | Some(Align::Center) if short => "TableCentre",
        _ => "TableText",
    }
}

/// Whether a row with this square should not break over two pages. What a tall cell covers does not
/// count, since such a cell may break between its rows.
fn may_stay_whole(slot: &Slot<'_>) -> bool {
    match slot {
        Slot::Anchor(cell) => match &cell.content {
            Content::Text(text) => text.len() <= LONG,
            Content::Blocks(blocks) => {
                let nested = blocks.iter().any(|block| matches!(block, Block::Table(_)));
                !nested && cell.plain_text().len() <= LONG
            }
        },
        Slot::Covered(_) | Slot::Blank(_) => true,
    }
}

/// Whether what is written of blocks ends with a paragraph, as a cell must (ECMA-376 17.4.65).
fn ends_with_paragraph(blocks: &[Block]) -> bool {
    match blocks.last() {
        None | Some(Block::Table(_) | Block::PageBreak(_)) => false,
        Some(Block::Section(section)) => !section.hidden && ends_with_paragraph(&section.body),
        Some(Block::Quote(quote)) => ends_with_paragraph(&quote.blocks),
        Some(Block::List(list)) => list.items.last().is_some_and(|item| {
            let last = item.blocks.last();
            last.is_none_or(|block| ends_with_paragraph(std::slice::from_ref(block)))
        }),
        Some(_) => true,
    }
}
