//! Cell formats, made once for each look.

use std::collections::BTreeMap;

use rust_xlsxwriter::{Format, FormatAlign, FormatBorder, FormatScript, FormatUnderline};
use tabulary_ir::{Align, CellStyle, Mark, Marks, VerticalAlign};

/// How a cell looks.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Look {
    pub(crate) align: Option<u8>,
    pub(crate) border: bool,
    pub(crate) code: Option<String>,
    pub(crate) fill: Option<u32>,
    pub(crate) indent: u8,
    pub(crate) marks: Vec<u8>,
    pub(crate) middle: bool,
    pub(crate) size: u8,
    pub(crate) top: bool,
    pub(crate) vertical_text: bool,
    pub(crate) wrap: bool,
}

/// The size of usual text, in points.
pub(crate) const TEXT_SIZE: u8 = 11;

impl Look {
    /// A cell of a table.
    pub(crate) fn of_cell(style: Option<&CellStyle>, in_header: bool, code: Option<&str>) -> Self {
        let style = style.cloned().unwrap_or_default();
        let marks = if in_header {
            style.marks.with(Mark::Bold)
        } else {
            style.marks
        };
        let align = style.align.or(in_header.then_some(Align::Center));
        Self {
            border: true,
            code: code.map(str::to_owned),
            fill: style
                .fill
                .map(|fill| u32::from_str_radix(&fill.hex(), 16).unwrap_or_default()),
            middle: !matches!(
                style.vertical_align,
                Some(VerticalAlign::Top | VerticalAlign::Bottom)
            ),
            top: style.vertical_align == Some(VerticalAlign::Top),
            vertical_text: style.vertical_text,
            wrap: true,
            ..Self::default()
        }
        .aligned(align)
        .marked(marks)
    }

    /// A line of prose.
    pub(crate) fn of_line(label: Option<&str>, align: Option<Align>, indent: u8) -> Self {
        Self {
            code: label.map(|label| format!("\"{} \"@", label.replace('"', "\"\\\"\""))),
            indent,
            top: true,
            wrap: true,
            ..Self::default()
        }
        .aligned(align)
    }

    pub(crate) fn aligned(mut self, align: Option<Align>) -> Self {
        self.align = align.map(|align| match align {
            Align::Left => 0,
            Align::Center => 1,
            Align::Right => 2,
            Align::Justify => 3,
        });
        self
    }

    pub(crate) fn marked(mut self, marks: Marks) -> Self {
        self.marks = marks.iter().map(|mark| mark as u8).collect();
        self
    }

    fn format(&self) -> Format {
        let has = |mark: Mark| self.marks.contains(&(mark as u8));
        let mut format = Format::new();
        if self.size > 0 {
            format = format.set_font_size(self.size);
        }
        if has(Mark::Bold) {
            format = format.set_bold();
        }
        if has(Mark::Italic) {
            format = format.set_italic();
        }
        if has(Mark::Underline) {
            format = format.set_underline(FormatUnderline::Single);
        }
        if has(Mark::Strike) {
            format = format.set_font_strikethrough();
        }
        if has(Mark::Superscript) {
            format = format.set_font_script(FormatScript::Superscript);
        }
        if has(Mark::Subscript) {
            format = format.set_font_script(FormatScript::Subscript);
        }
        if has(Mark::Code) {
            format = format.set_font_name("Consolas");
        }
        format = match self.align {
            Some(0) => format.set_align(FormatAlign::Left),
            Some(1) => format.set_align(FormatAlign::Center),
            Some(2) => format.set_align(FormatAlign::Right),
            Some(_) => format.set_align(FormatAlign::Justify),
            None => format,
        };
        if self.middle {
            format = format.set_align(FormatAlign::VerticalCenter);
        }
        if self.top {
            format = format.set_align(FormatAlign::Top);
        }
        if self.wrap {
            format = format.set_text_wrap();
        }
        if self.border {
            format = format.set_border(FormatBorder::Thin);
        }
        if self.indent > 0 {
            format = format.set_indent(self.indent);
        }
        if self.vertical_text {
            format = format.set_rotation(270);
        }
        if let Some(fill) = self.fill {
            format = format.set_background_color(fill);
        }
        if let Some(code) = &self.code {
            format = format.set_num_format(code);
        }
        format
    }
}

/// The formats of a workbook.
#[derive(Default)]
pub(crate) struct Formats(BTreeMap<Look, Format>);

impl Formats {
    pub(crate) fn get(&mut self, look: Look) -> Format {
        if let Some(format) = self.0.get(&look) {
            return format.clone();
        }
        let format = look.format();
        self.0.insert(look, format.clone());
        format
    }
}
