//! Pages that sheets are printed on (OpenDocument 1.3 part 3, 16.5 and 16.9).

use std::collections::BTreeMap;

use tabulary_ir::{
    Align, Block, Field, Furniture, FurnitureKind, Inline, Marks, PageSetup, Paragraph,
    ParagraphStyle, Points,
};
use tabulary_package::xml::{Element, Node, Ns};

use super::length::points;
use super::styles::Styles;
use super::text::Shown;
use crate::sheet::Sheet;

/// Page layouts and master pages by their names.
#[derive(Debug, Default)]
pub(super) struct Pages {
    layouts: BTreeMap<String, Element>,
    masters: BTreeMap<String, Element>,
}

impl Pages {
    pub(super) fn add(&mut self, element: Element) {
        let name = element.attribute(Ns::OdfStyle, "name").unwrap_or_default();
        let name = name.to_owned();
        if element.local == "page-layout" {
            self.layouts.insert(name, element);
        } else {
            self.masters.insert(name, element);
        }
    }

    /// Gives a sheet the page, headers and footers of a master page.
    pub(super) fn give(&self, master: &str, styles: &Styles, sheet: &mut Sheet) {
        let Some(master) = self.masters.get(master) else {
            return;
        };
        for element in master.elements().filter(|e| e.ns == Ns::OdfStyle) {
            let (list, kind) = match element.local.as_str() {
                "header" => (&mut sheet.headers, FurnitureKind::Default),
                "header-left" => (&mut sheet.headers, FurnitureKind::Even),
                "header-first" => (&mut sheet.headers, FurnitureKind::First),
                "footer" => (&mut sheet.footers, FurnitureKind::Default),
                "footer-left" => (&mut sheet.footers, FurnitureKind::Even),
                "footer-first" => (&mut sheet.footers, FurnitureKind::First),
                _ => continue,
            };
            let blocks = if is_shown(element) {
                regions(element, styles, &sheet.name)
            } else {
                Vec::new()
            };
            if !blocks.is_empty() {
                list.push(Furniture {
                    blocks,
                    kind,
                    ..Furniture::default()
                });
            }
        }
        let layout = master
            .attribute(Ns::OdfStyle, "page-layout-name")
            .unwrap_or_default();
        let layout = self.layouts.get(layout);
        sheet.page = layout.and_then(|layout| setup(layout, master));
    }
}

fn is_shown(element: &Element) -> bool {
    element.attribute(Ns::OdfStyle, "display") != Some("false")
}

/// The paper and its margins; none where the size is left to the printer.
fn setup(layout: &Element, master: &Element) -> Option<PageSetup> {
    let properties = layout.child(Ns::OdfStyle, "page-layout-properties")?;
    let length = |name| properties.attribute(Ns::OdfFo, name).and_then(points);
    let (width, height) = (length("page-width")?, length("page-height")?);
    let all = length("margin").unwrap_or_default();
    let margin = |name| length(name).unwrap_or(all);
    // The height of a header is part of the margin that other programs know.
    let furniture = |name: &str, style: &str| {
        let shown = master.child(Ns::OdfStyle, name).is_some_and(is_shown);
        let style = layout.child(Ns::OdfStyle, style).filter(|_| shown)?;
        let properties = style.child(Ns::OdfStyle, "header-footer-properties")?;
        let least = properties
            .attribute(Ns::OdfFo, "min-height")
            .and_then(points);
        least.or_else(|| properties.attribute(Ns::OdfSvg, "height").and_then(points))
    };
    let sum = |a: Points, b: Option<Points>| {
        Points::from_thousandths(a.thousandths() + b.unwrap_or_default().thousandths())
    };
    let is_paper = |length: Points| (10_000..=20_000_000).contains(&length.thousandths());
    (is_paper(width) && is_paper(height)).then(|| PageSetup {
        columns: None,
        height: whole(height),
        margins: [
            sum(margin("margin-top"), furniture("header", "header-style")),
            margin("margin-right"),
            sum(margin("margin-bottom"), furniture("footer", "footer-style")),
            margin("margin-left"),
        ],
        width: whole(width),
    })
}

/// A side of paper in tenths of a millimetre, as which sizes are fixed: files write inches with four
/// digits behind the point.
fn whole(side: Points) -> Points {
    let tenths = (side.to_f64() * 254.0 / 72.0).round();
    Points::from_mm(tenths / 10.0)
}

/// The left, middle and right part of a header or footer, a paragraph each.
fn regions(element: &Element, styles: &Styles, sheet: &str) -> Vec<Block> {
    let parts = [
        ("region-left", Align::Left),
        ("region-center", Align::Center),
        ("region-right", Align::Right),
    ];
    let mut blocks = Vec::new();
    for (name, align) in parts {
        if let Some(region) = element.child(Ns::OdfStyle, name) {
            blocks.extend(paragraph(region, styles, sheet, align));
        }
    }
    if blocks.is_empty() {
        blocks.extend(paragraph(element, styles, sheet, Align::Center));
    }
    blocks
}

fn paragraph(element: &Element, styles: &Styles, sheet: &str, align: Align) -> Option<Block> {
    let shown = Shown::read(&with_fields(element, sheet), styles, Marks::NONE);
    let content = fields(shown.content);
    if content.is_empty() {
        return None;
    }
    Some(Block::Paragraph(Paragraph {
        content,
        style: ParagraphStyle {
            align: Some(align),
            ..ParagraphStyle::default()
        },
        ..Paragraph::default()
    }))
}

/// What stands around the name of a field in a text, characters that no document has.
const MARK: char = '\u{F8FF}';

/// The fields of running headers and their names in other formats (ECMA-376-1 17.16.5).
const FIELDS: &[(&str, &str)] = &[
    ("date", "DATE"),
    ("file-name", "FILENAME"),
    ("page-count", "NUMPAGES"),
    ("page-number", "PAGE"),
    ("time", "TIME"),
    ("title", "TITLE"),
];

/// The element with a mark in the place of each field, whose text is only a stand-in.
fn with_fields(element: &Element, sheet: &str) -> Element {
    let mut element = element.clone();
    mark_fields(&mut element, sheet);
    element
}

fn mark_fields(element: &mut Element, sheet: &str) {
    for node in &mut element.children {
        let Node::Element(child) = node else {
            continue;
        };
        let field = FIELDS.iter().find(|(name, _)| child.is(Ns::OdfText, name));
        match field {
            Some((_, name)) => *node = Node::Text(format!("{MARK}{name}{MARK}")),
            None if child.is(Ns::OdfText, "sheet-name") => *node = Node::Text(sheet.to_owned()),
            None => mark_fields(child, sheet),
        }
    }
}

/// The line with fields where the marks are.
fn fields(content: Vec<Inline>) -> Vec<Inline> {
    let mut line = Vec::new();
    for inline in content {
        match inline {
            Inline::Text(run) if run.text.contains(MARK) => {
                for (index, piece) in run.text.split(MARK).enumerate() {
                    if index % 2 == 1 {
                        line.push(Inline::Field(Field {
                            instruction: piece.to_owned(),
                            ..Field::default()
                        }));
                    } else if !piece.is_empty() {
                        line.push(Inline::text(piece, run.marks));
                    }
                }
            }
            other => line.push(other),
        }
    }
    line
}
