//! Cell formats, made once for each look.

use std::collections::BTreeMap;

use rust_xlsxwriter::{Format, FormatAlign, FormatBorder, FormatScript, FormatUnderline};
use tabulary_ir::{Align, Borders, CellStyle, Mark, Marks, Points, Stroke, VerticalAlign};

/// How a cell looks.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Look {
    pub(crate) align: Option<u8>,
    /// Top, right, bottom and left.
    pub(crate) borders: [Option<Stroke>; 4],
    pub(crate) code: Option<String>,
    pub(crate) fill: Option<u32>,
    pub(crate) indent: u8,
    pub(crate) marks: Vec<u8>,
    pub(crate) middle: bool,
    pub(crate) rotation: i8,
    /// Zero for the usual size.
    pub(crate) size: Points,
    pub(crate) top: bool,
    /// Whether a person may change the cell of a sheet that is locked.
    pub(crate) unlocked: bool,
    pub(crate) vertical_text: bool,
    pub(crate) wrap: bool,
}

/// The size of usual text, in points.
pub(crate) const TEXT_SIZE: f64 = 11.0;

/// What stands around the style of a cell: how cells of its table look.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Around {
    /// Whether its cells have the look that every table is given: lines around each, text wrapped and
    /// in the middle.
    pub(crate) is_usual: bool,
    /// Whether it is made bold and centred as a header.
    pub(crate) is_header: bool,
}

impl Look {
    /// A cell of a table.
    pub(crate) fn of_cell(style: Option<&CellStyle>, around: Around, code: Option<&str>) -> Self {
        let style = style.cloned().unwrap_or_default();
        let marks = if around.is_header {
            style.marks.with(Mark::Bold)
        } else {
            style.marks
        };
        let align = style.align.or(around.is_header.then_some(Align::Center));
        let usual = Borders::all(Stroke::Thin);
        let borders = match (style.borders, around.is_usual) {
            (Some(own), _) => own,
            (None, true) => usual,
            (None, false) => Borders::default(),
        };
        let middle = match style.vertical_align {
            Some(VerticalAlign::Middle) => true,
            Some(VerticalAlign::Top | VerticalAlign::Bottom) => false,
            None => around.is_usual,
        };
        Self {
            borders: [borders.top, borders.right, borders.bottom, borders.left],
            code: code.map(str::to_owned),
            fill: style
                .fill
                .map(|fill| u32::from_str_radix(&fill.hex(), 16).unwrap_or_default()),
            indent: style.indent,
            middle,
            rotation: if can_turn(&style) { style.rotation } else { 0 },
            size: style.font_size.map_or(Points::default(), fit_size),
            top: style.vertical_align == Some(VerticalAlign::Top),
            vertical_text: style.vertical_text,
            wrap: style.wrap || around.is_usual,
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

    /// Brings an indent to what the library writes: in the middle of its cell it needs a side. Whether
    /// anything was changed.
    pub(crate) fn fit_indent(&mut self, is_text: bool) -> bool {
        let has_side = matches!(self.align, Some(0 | 2));
        if self.indent == 0 || has_side || !self.middle {
            return false;
        }
        if self.align.is_none() && is_text {
            self.align = Some(0);
        } else {
            self.indent = 0;
        }
        true
    }

    fn format(&self) -> Format {
        let has = |mark: Mark| self.marks.contains(&(mark as u8));
        let mut format = Format::new();
        if self.unlocked {
            format = format.set_unlocked();
        }
        if self.size != Points::default() {
            format = format.set_font_size(self.size.to_f64());
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
        let [top, right, bottom, left] = self.borders.map(|stroke| stroke.map(border));
        if let Some(line) = top {
            format = format.set_border_top(line);
        }
        if let Some(line) = right {
            format = format.set_border_right(line);
        }
        if let Some(line) = bottom {
            format = format.set_border_bottom(line);
        }
        if let Some(line) = left {
            format = format.set_border_left(line);
        }
        if self.indent > 0 {
            format = format.set_indent(self.indent);
            if !self.middle && !self.top {
                // The library sets an indent at the left, but for one that is said to be at the bottom.
                format = format.set_align(FormatAlign::Bottom);
            }
        }
        if self.vertical_text {
            format = format.set_rotation(270);
        } else if self.rotation != 0 {
            format = format.set_rotation(i16::from(self.rotation));
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

/// The size of characters that a workbook has for a size: from 1 to 409 points.
pub(crate) fn fit_size(size: Points) -> Points {
    size.clamp(Points::new(1.0), Points::new(409.0))
}

/// Whether a workbook turns text as a style says: by a right angle at most, and not standing text.
pub(crate) fn can_turn(style: &CellStyle) -> bool {
    style.rotation == 0 || (-90..=90).contains(&style.rotation) && !style.vertical_text
}

fn border(stroke: Stroke) -> FormatBorder {
    match stroke {
        Stroke::Hair => FormatBorder::Hair,
        Stroke::Dotted => FormatBorder::Dotted,
        Stroke::Dashed => FormatBorder::Dashed,
        Stroke::Thin => FormatBorder::Thin,
        Stroke::Medium => FormatBorder::Medium,
        Stroke::Thick => FormatBorder::Thick,
        Stroke::Double => FormatBorder::Double,
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
