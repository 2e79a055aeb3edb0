//! Styles of SpreadsheetML 2003.

use std::collections::BTreeMap;

use tabulary_ir::{Align, Borders, CellStyle, Mark, Marks, Points, Rgb, Stroke, VerticalAlign};
use tabulary_package::xml::{Element, Ns};

use super::codes::{Named, named};
use super::{is_true, of};
use crate::display::Display;
use crate::look::Look;

/// The style of cells that name none.
const DEFAULT: &str = "Default";
/// No style has more ancestors.
const DEEPEST: usize = 32;

/// The styles of a workbook by their identifiers.
#[derive(Debug, Default)]
pub(super) struct Styles {
    styles: BTreeMap<String, Element>,
    looks: BTreeMap<String, Look>,
    usual_size: Option<Points>,
}

/// What a chain of styles says.
#[derive(Clone, Debug, Default)]
struct Properties {
    style: CellStyle,
    format: Option<String>,
}

impl Styles {
    pub(super) fn new(element: &Element) -> Self {
        let styles = element.elements().filter(|style| style.is(Ns::Ss, "Style"));
        let styles = styles.filter_map(|style| Some((of(style, "ID")?.to_owned(), style.clone())));
        let mut styles = Self {
            styles: styles.collect(),
            ..Self::default()
        };
        styles.usual_size = styles.properties(DEFAULT).style.font_size;
        styles
    }

    /// The look of a style; that of the default where there is none of that identifier.
    pub(super) fn look(&mut self, id: Option<&str>, display: &mut Display) -> Look {
        let id = id
            .filter(|id| self.styles.contains_key(*id))
            .unwrap_or(DEFAULT);
        if let Some(look) = self.looks.get(id) {
            return look.clone();
        }
        let Properties { mut style, format } = self.properties(id);
        style.font_size = style
            .font_size
            .filter(|_| style.font_size != self.usual_size);
        let format = format.unwrap_or_default();
        let format = match named(&format) {
            Some(Named::BuiltIn(id)) => display.built_in(id),
            Some(Named::Code(code)) => display.format(code),
            None => display.format(&format),
        };
        let look = Look::new(format, style);
        self.looks.insert(id.to_owned(), look.clone());
        look
    }

    /// What a style says, beyond those that it inherits from and the default.
    fn properties(&self, id: &str) -> Properties {
        let mut chain = Vec::new();
        let mut next = Some(id);
        while let Some(style) = next.and_then(|id| self.styles.get(id)) {
            if chain.len() >= DEEPEST {
                break;
            }
            chain.push(style);
            next = of(style, "Parent");
        }
        if id != DEFAULT {
            chain.extend(self.styles.get(DEFAULT));
        }
        let mut properties = Properties::default();
        for style in chain.into_iter().rev() {
            properties.take(style);
        }
        properties
    }
}

impl Properties {
    fn take(&mut self, style: &Element) {
        for part in style.elements().filter(|part| part.ns == Ns::Ss) {
            match part.local.as_str() {
                "Alignment" => self.alignment(part),
                "Borders" => self.borders(part),
                "Font" => self.font(part),
                "Interior" => self.interior(part),
                // An empty element is the usual format again.
                "NumberFormat" => self.format = of(part, "Format").map(str::to_owned),
                _ => {}
            }
        }
    }

    fn alignment(&mut self, part: &Element) {
        let style = &mut self.style;
        style.align = match of(part, "Horizontal") {
            Some("Left") => Some(Align::Left),
            Some("Center" | "CenterAcrossSelection") => Some(Align::Center),
            Some("Right") => Some(Align::Right),
            Some("Justify" | "Distributed" | "JustifyDistributed") => Some(Align::Justify),
            _ => None,
        };
        style.vertical_align = match of(part, "Vertical") {
            Some("Top") => Some(VerticalAlign::Top),
            Some("Center") => Some(VerticalAlign::Middle),
            _ => None,
        };
        style.indent = of(part, "Indent")
            .and_then(|n| n.parse().ok())
            .unwrap_or_default();
        let degrees = of(part, "Rotate")
            .and_then(|n| n.parse::<f64>().ok())
            .unwrap_or_default();
        style.rotation = degrees.clamp(-90.0, 90.0).round() as i8;
        style.vertical_text = of(part, "VerticalText").is_some_and(is_true);
        style.wrap = of(part, "WrapText").is_some_and(is_true);
    }

    fn borders(&mut self, part: &Element) {
        let mut borders = Borders::default();
        for border in part.elements().filter(|border| border.is(Ns::Ss, "Border")) {
            let side = match of(border, "Position") {
                Some("Bottom") => &mut borders.bottom,
                Some("Left") => &mut borders.left,
                Some("Right") => &mut borders.right,
                Some("Top") => &mut borders.top,
                // Diagonal lines are none around a cell.
                _ => continue,
            };
            let weight = of(border, "Weight").and_then(|n| n.parse().ok());
            *side = stroke(
                of(border, "LineStyle").unwrap_or_default(),
                weight.unwrap_or(0.0),
            );
        }
        self.style.borders = (!borders.is_empty()).then_some(borders);
    }

    fn font(&mut self, part: &Element) {
        let mut marks = Marks::NONE;
        let flags = [
            ("Bold", Mark::Bold),
            ("Italic", Mark::Italic),
            ("StrikeThrough", Mark::Strike),
        ];
        for (name, mark) in flags {
            if of(part, name).is_some_and(is_true) {
                marks = marks.with(mark);
            }
        }
        if of(part, "Underline").is_some_and(|line| line != "None") {
            marks = marks.with(Mark::Underline);
        }
        match of(part, "VerticalAlign") {
            Some("Superscript") => marks = marks.with(Mark::Superscript),
            Some("Subscript") => marks = marks.with(Mark::Subscript),
            _ => {}
        }
        self.style.marks = marks;
        let size = of(part, "Size").and_then(|size| size.parse::<f64>().ok());
        let size = size
            .filter(|size| (1.0..=409.0).contains(size))
            .map(Points::new);
        self.style.font_size = size.or(self.style.font_size);
    }

    fn interior(&mut self, part: &Element) {
        let solid = of(part, "Pattern") == Some("Solid");
        let colour = of(part, "Color").and_then(Rgb::from_hex);
        self.style.fill = colour.filter(|_| solid);
    }
}

/// A line by its style and weight.
fn stroke(style: &str, weight: f64) -> Option<Stroke> {
    Some(match style {
        "Continuous" => match weight {
            ..0.5 => Stroke::Hair,
            ..1.5 => Stroke::Thin,
            ..2.5 => Stroke::Medium,
            _ => Stroke::Thick,
        },
        "Dash" | "DashDot" | "DashDotDot" | "SlantDashDot" => Stroke::Dashed,
        "Dot" => Stroke::Dotted,
        "Double" => Stroke::Double,
        _ => return None,
    })
}
