//! Formatting properties of cells and text (OpenDocument 1.3 part 3, 17.18, 17.16 and 20).

use tabulary_ir::{Align, Borders, CellStyle, Mark, Marks, Points, Rgb, Stroke, VerticalAlign};
use tabulary_package::xml::{Element, Ns};

use super::length::points;

/// The left margin that stands for a step of indentation: that of the button of spreadsheet programs.
const STEP: Points = Points::from_thousandths(10_000);

/// What a chain of cell styles says, the last word of each property.
#[derive(Clone, Debug, Default)]
pub(super) struct Properties {
    pub(super) font_size: Option<Points>,
    marks: Marks,
    align: Option<Align>,
    /// Where lines stand follows from the kind of value.
    by_value: bool,
    vertical_align: Option<VerticalAlign>,
    wrap: bool,
    rotation: i8,
    vertical_text: bool,
    margin: Points,
    fill: Option<Rgb>,
    borders: Borders,
}

impl Properties {
    /// Takes up what a style says beyond those before it.
    pub(super) fn take(&mut self, style: &Element) {
        for properties in style.elements().filter(|e| e.ns == Ns::OdfStyle) {
            match properties.local.as_str() {
                "table-cell-properties" => self.cell(properties),
                "paragraph-properties" => self.paragraph(properties),
                "text-properties" => {
                    self.marks = marks(properties, self.marks);
                    let size = properties
                        .attribute(Ns::OdfFo, "font-size")
                        .and_then(points);
                    self.font_size = size.or(self.font_size);
                }
                _ => {}
            }
        }
    }

    fn cell(&mut self, properties: &Element) {
        for attribute in &properties.attributes {
            let value = attribute.value.as_str();
            match (attribute.ns, attribute.local.as_str()) {
                (Ns::OdfFo, "background-color") => {
                    self.fill = Rgb::from_hex(value);
                }
                (Ns::OdfFo, "border") => {
                    let line = stroke(value);
                    self.borders = line.map_or_else(Borders::default, Borders::all);
                }
                (Ns::OdfFo, "wrap-option") => self.wrap = value == "wrap",
                (Ns::OdfStyle, "text-align-source") => self.by_value = value == "value-type",
                (Ns::OdfStyle, "vertical-align") => {
                    self.vertical_align = match value {
                        "top" => Some(VerticalAlign::Top),
                        "middle" => Some(VerticalAlign::Middle),
                        _ => None,
                    };
                }
                (Ns::OdfStyle, "direction") => self.vertical_text = value == "ttb",
                (Ns::OdfStyle, "rotation-angle") => self.rotation = rotation(value),
                _ => {}
            }
        }
        // A side has the last word whatever the order of attributes.
        let side = |name, side: &mut Option<Stroke>| {
            if let Some(line) = properties.attribute(Ns::OdfFo, name) {
                *side = stroke(line);
            }
        };
        side("border-top", &mut self.borders.top);
        side("border-bottom", &mut self.borders.bottom);
        side("border-left", &mut self.borders.left);
        side("border-right", &mut self.borders.right);
    }

    fn paragraph(&mut self, properties: &Element) {
        if let Some(align) = properties.attribute(Ns::OdfFo, "text-align") {
            self.align = match align {
                "start" | "left" => Some(Align::Left),
                "center" => Some(Align::Center),
                "end" | "right" => Some(Align::Right),
                "justify" => Some(Align::Justify),
                _ => None,
            };
        }
        let margin = properties.attribute(Ns::OdfFo, "margin-left");
        self.margin = margin.and_then(points).unwrap_or(self.margin);
    }

    /// The style of a cell, in a document whose characters have that size.
    pub(super) fn cell_style(&self, usual: Option<Points>) -> CellStyle {
        let align = self.align.filter(|_| !self.by_value);
        let steps = (self.margin.thousandths() + STEP.thousandths() / 2) / STEP.thousandths();
        let indent = if align.is_some() {
            steps.clamp(0, 250)
        } else {
            0
        };
        CellStyle {
            align,
            borders: (!self.borders.is_empty()).then_some(self.borders),
            fill: self.fill,
            font_size: self.font_size.filter(|_| self.font_size != usual),
            indent: u8::try_from(indent).unwrap_or_default(),
            marks: self.marks,
            rotation: self.rotation,
            vertical_align: self.vertical_align,
            vertical_text: self.vertical_text,
            wrap: self.wrap,
        }
    }
}

/// Degrees against the clock, where letters do not stand on their heads.
fn rotation(text: &str) -> i8 {
    let degrees = text
        .trim_end_matches("deg")
        .parse::<f64>()
        .unwrap_or_default();
    let turned = degrees.round().rem_euclid(360.0);
    match turned as i32 {
        angle @ 0..=90 => i8::try_from(angle).unwrap_or_default(),
        angle @ 270..360 => i8::try_from(angle - 360).unwrap_or_default(),
        _ => 0,
    }
}

/// A line of `0.74pt solid #000000` (20.183).
fn stroke(text: &str) -> Option<Stroke> {
    let (mut width, mut pattern) = (Points::new(0.75), None);
    for word in text.split_ascii_whitespace() {
        match word {
            "none" | "hidden" => return None,
            "thin" => width = Points::new(0.75),
            "medium" => width = Points::new(1.75),
            "thick" => width = Points::new(2.5),
            "solid" => {}
            "double" | "double-thin" => pattern = Some(Stroke::Double),
            "dotted" => pattern = Some(Stroke::Dotted),
            "dashed" | "fine-dashed" | "dash-dot" | "dash-dot-dot" => {
                pattern = Some(Stroke::Dashed);
            }
            word => width = points(word).unwrap_or(width),
        }
    }
    Some(pattern.unwrap_or(match width.thousandths() {
        ..=0 => return None,
        1..300 => Stroke::Hair,
        300..1250 => Stroke::Thin,
        1250..2100 => Stroke::Medium,
        _ => Stroke::Thick,
    }))
}

/// The marks of text properties, in a text that has `outer`.
pub(super) fn marks(properties: &Element, outer: Marks) -> Marks {
    let mut marks = outer;
    let mut set = |mark, on| {
        marks = if on {
            marks.with(mark)
        } else {
            marks.without(mark)
        };
    };
    for attribute in &properties.attributes {
        let value = attribute.value.as_str();
        match (attribute.ns, attribute.local.as_str()) {
            (Ns::OdfFo, "font-weight") => {
                let heavy = value.parse::<u32>().is_ok_and(|weight| weight >= 600);
                set(Mark::Bold, value == "bold" || heavy);
            }
            (Ns::OdfFo, "font-style") => set(Mark::Italic, value != "normal"),
            (Ns::OdfFo, "font-variant") => set(Mark::Smallcaps, value == "small-caps"),
            (Ns::OdfStyle, "text-underline-style") => set(Mark::Underline, value != "none"),
            (Ns::OdfStyle, "text-line-through-style" | "text-line-through-type") => {
                set(Mark::Strike, value != "none");
            }
            (Ns::OdfStyle, "text-position") => {
                set(Mark::Subscript, false);
                set(Mark::Superscript, false);
                let shift = value.split_ascii_whitespace().next().unwrap_or_default();
                let percent = shift
                    .trim_end_matches('%')
                    .parse::<f64>()
                    .unwrap_or_default();
                if shift == "super" || percent > 0.0 {
                    set(Mark::Superscript, true);
                } else if shift == "sub" || percent < 0.0 {
                    set(Mark::Subscript, true);
                }
            }
            _ => {}
        }
    }
    marks
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_told_by_width_and_pattern() {
        for (text, wanted) in [
            ("0.74pt solid #000000", Some(Stroke::Thin)),
            ("thin solid #7F7F7F", Some(Stroke::Thin)),
            ("0.06pt solid #000000", Some(Stroke::Hair)),
            ("1.76pt solid #000000", Some(Stroke::Medium)),
            ("2.49pt solid #000000", Some(Stroke::Thick)),
            ("0.088cm double #000000", Some(Stroke::Double)),
            ("0.74pt dash-dot #000000", Some(Stroke::Dashed)),
            ("none", None),
            ("0pt solid #000000", None),
        ] {
            assert_eq!(stroke(text), wanted, "{text}");
        }
        for (text, wanted) in [
            ("90", 90),
            ("315", -45),
            ("180", 0),
            ("270deg", -90),
            ("x", 0),
        ] {
            assert_eq!(rotation(text), wanted, "{text}");
        }
    }
}
