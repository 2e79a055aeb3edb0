//! Tables.

use tabulary_ir::{Cell, Column, Content, Error, Mark, Marks, Slot, Table, VerticalAlign};

use super::{Html, align_name, mark_name, value_text};
use crate::plain_number;

impl<'a> Html<'a> {
    pub(super) fn table(&mut self, table: &'a Table) -> Result<(), Error> {
        self.budget.cells(table.area())?;
        let headers = table.header_rows;
        let crosses = |cell: &Cell| cell.row < headers && cell.row + cell.row_span > headers;
        let has_head = headers > 0 && !table.cells().iter().any(crosses);
        self.raw("<table");
        let only_columns = table.rows() == 0;
        if only_columns {
            self.raw(" data-tabulary=\"bare\"");
        }
        if headers > 0 && !has_head {
            self.attribute("data-header-rows", &headers.to_string());
        }
        if table.header_columns > 0 {
            self.attribute("data-header-columns", &table.header_columns.to_string());
        }
        if table.rtl {
            self.attribute("dir", "rtl");
        }
        self.raw(">\n");
        if !table.caption.is_empty() {
            self.raw("<caption>");
            self.line(&table.caption);
            self.raw("</caption>\n");
        }
        self.columns(table.columns(), only_columns);
        if has_head {
            self.raw("<thead>\n");
        }
        for (row, slots) in (0..).zip(table.row_slots()) {
            if has_head && row == headers {
                self.raw("</thead>\n");
            }
            if row == if has_head { headers } else { 0 } {
                self.raw("<tbody>\n");
            }
            self.budget.tick()?;
            self.raw("<tr>");
            for slot in slots {
                match slot {
                    Slot::Anchor(cell) => self.cell(table, cell)?,
                    Slot::Covered(_) => {}
                    Slot::Blank(col) => {
                        let name = head_name(table, row, col);
                        self.raw("<");
                        self.raw(name);
                        self.raw("></");
                        self.raw(name);
                        self.raw(">");
                    }
                }
            }
            self.raw("</tr>\n");
        }
        if has_head && headers == table.rows() {
            self.raw("</thead>\n");
        } else if table.rows() > 0 {
            self.raw("</tbody>\n");
        }
        self.raw("</table>\n");
        Ok(())
    }

    fn columns(&mut self, columns: &[Column], all: bool) {
        if !all && columns.iter().all(|column| *column == Column::default()) {
            return;
        }
        self.raw("<colgroup>");
        for column in columns {
            self.raw("<col");
            let mut css = Vec::new();
            if let Some(width) = column.width {
                css.push(format!("width:{width}pt"));
            }
            if column.hidden {
                self.raw(" data-tabulary=\"hidden\"");
                css.push("visibility:collapse".to_owned());
            }
            if !css.is_empty() {
                self.attribute("style", &css.join(";"));
            }
            self.raw(">");
        }
        self.raw("</colgroup>\n");
    }

    fn cell(&mut self, table: &Table, cell: &'a Cell) -> Result<(), Error> {
        let name = head_name(table, cell.row, cell.col);
        self.raw("<");
        self.raw(name);
        if name == "th" {
            let scope = match (cell.row < table.header_rows, cell.col_span, cell.row_span) {
                (true, 1, _) => "col",
                (true, _, _) => "colgroup",
                (false, _, 1) => "row",
                (false, _, _) => "rowgroup",
            };
            self.attribute("scope", scope);
        }
        if cell.row_span > 1 {
            self.attribute("rowspan", &cell.row_span.to_string());
        }
        if cell.col_span > 1 {
            self.attribute("colspan", &cell.col_span.to_string());
        }
        self.value(cell);
        let marks = cell.style.as_ref().map_or(Marks::NONE, |style| style.marks);
        let in_text = match &cell.content {
            Content::Text(text) => text.chars().any(|c| !matches!(c, '\n' | '\r' | '\t')),
            Content::Blocks(_) => false,
        };
        self.style(cell, if in_text { Marks::NONE } else { marks });
        self.raw(">");
        match &cell.content {
            Content::Text(text) => self.plain(text, if in_text { marks } else { Marks::NONE }),
            Content::Blocks(blocks) => {
                self.raw("\n");
                self.blocks(blocks)?;
            }
        }
        self.raw("</");
        self.raw(name);
        self.raw(">");
        Ok(())
    }

    /// What a value is, where its text alone would not tell it.
    fn value(&mut self, cell: &Cell) {
        let told = match &cell.content {
            Content::Text(text) => plain_number(text),
            Content::Blocks(_) => None,
        };
        match &cell.value {
            value if *value == told => {}
            None => self.attribute("data-type", "text"),
            Some(value) => {
                let (kind, text) = value_text(value);
                self.attribute("data-type", kind);
                self.attribute("data-value", &text);
            }
        }
        if let Some(format) = &cell.format {
            self.attribute("data-format", format.as_str());
        }
        if let Some(formula) = &cell.formula {
            self.attribute("data-formula", formula);
        }
    }

    fn style(&mut self, cell: &Cell, marks: Marks) {
        let Some(style) = &cell.style else {
            return;
        };
        let mut css = Vec::new();
        if let Some(align) = style.align {
            css.push(format!("text-align:{}", align_name(align)));
        }
        if let Some(vertical) = style.vertical_align {
            let name = match vertical {
                VerticalAlign::Top => "top",
                VerticalAlign::Middle => "middle",
                VerticalAlign::Bottom => "bottom",
            };
            css.push(format!("vertical-align:{name}"));
        }
        if let Some(fill) = style.fill {
            css.push(format!("background-color:#{}", fill.hex()));
        }
        if style.vertical_text {
            css.push("writing-mode:vertical-rl;text-orientation:upright".to_owned());
        }
        if marks.has(Mark::Bold) {
            css.push("font-weight:bold".to_owned());
        }
        if marks.has(Mark::Italic) {
            css.push("font-style:italic".to_owned());
        }
        if !css.is_empty() {
            self.attribute("style", &css.join(";"));
        }
        if !marks.is_empty() {
            let names: Vec<_> = marks.iter().map(mark_name).collect();
            self.attribute("data-marks", &names.join(" "));
        }
    }
}

fn head_name(table: &Table, row: u32, col: u32) -> &'static str {
    if row < table.header_rows || col < table.header_columns {
        "th"
    } else {
        "td"
    }
}
