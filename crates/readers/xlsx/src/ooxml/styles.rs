//! The styles part (ECMA-376-1 18.8): number formats, and what of a cell's look is kept.

use std::collections::BTreeMap;

use tabulary_ir::{
    Align, Borders, Budget, CellStyle, Code, Diagnostics, Error, ErrorKind, Marks, Origin, Points,
    Rgb, Stroke, VerticalAlign,
};
use tabulary_package::xml::{Element, Event, Ns, Pull};

use super::is_true;
use super::strings::marks;
use crate::colour::Colours;
use crate::display::Display;
use crate::language;
use crate::look::Look;

/// What the styles of a workbook make of a cell.
#[derive(Debug, Default)]
pub(super) struct Styles {
    formats: Vec<Look>,
}

/// The lists that cell formats refer to.
struct Lists<'a> {
    codes: BTreeMap<u16, &'a str>,
    fonts: Vec<(Marks, Option<Points>)>,
    fills: Vec<Option<Rgb>>,
    borders: Vec<Option<Borders>>,
}

impl Styles {
    /// Reads the styles part; damage costs what stands behind it.
    ///
    /// # Errors
    /// Of kind `Limit` where a bound is passed.
    pub(super) fn read(
        text: &str,
        mut colours: Colours,
        display: &mut Display,
        budget: &Budget,
        diagnostics: &mut Diagnostics,
    ) -> Result<Self, Error> {
        let Some(root) = root(text, budget, diagnostics)? else {
            return Ok(Self::default());
        };
        let list = |name: &str| -> Vec<&Element> {
            root.child(Ns::S, name)
                .map(|list| list.elements().collect())
                .unwrap_or_default()
        };
        let own = root
            .child(Ns::S, "colors")
            .and_then(|colors| colors.child(Ns::S, "indexedColors"));
        let own = own.into_iter().flat_map(Element::elements);
        // The list begins with the eight that stand for the first eight of the palette.
        colours.set_indexed(own.skip(8).filter_map(|colour| hex(colour.plain("rgb")?)));
        let fonts: Vec<(Marks, Option<Points>)> = list("fonts")
            .iter()
            .map(|font| (marks(font), size(font)))
            .collect();
        let name = list("fonts")
            .first()
            .and_then(|font| font.child(Ns::S, "name"));
        if let Some(name) = name.and_then(|name| name.plain("val")) {
            display.set_language(language::of_font(name));
        }
        let usual = fonts.first().and_then(|(_, size)| *size);
        let lists = Lists {
            codes: list("numFmts")
                .iter()
                .filter_map(|format| code(format))
                .collect(),
            fonts: fonts
                .into_iter()
                .map(|(marks, size)| (marks, size.filter(|_| size != usual)))
                .collect(),
            fills: list("fills")
                .iter()
                .map(|fill| solid(fill, &colours))
                .collect(),
            borders: list("borders")
                .iter()
                .map(|border| borders(border))
                .collect(),
        };
        let formats = list("cellXfs");
        Ok(Self {
            formats: formats
                .iter()
                .map(|format| look(format, display, &lists))
                .collect(),
        })
    }

    /// The format of that index, as `c/@s` gives it.
    pub(super) fn get(&self, index: Option<&str>) -> Option<&Look> {
        self.formats
            .get(index.unwrap_or("0").parse::<usize>().ok()?)
    }
}

fn root(
    text: &str,
    budget: &Budget,
    diagnostics: &mut Diagnostics,
) -> Result<Option<Element>, Error> {
    let mut pull = Pull::new(text, budget);
    loop {
        let (root, fault) = match pull.next_event() {
            Ok(Event::Start(start)) => {
                let (root, fault) = pull.partial_element(start);
                (Some(root), fault)
            }
            Ok(Event::Eof) => (None, None),
            Ok(_) => continue,
            Err(error) => (None, Some(error)),
        };
        if let Some(error) = fault {
            if error.kind() == ErrorKind::Limit {
                return Err(error);
            }
            let place = Origin::part("xl/styles.xml", "");
            diagnostics.add(Code::XmlDamaged, error.to_string(), place);
        }
        return Ok(root);
    }
}

fn code(format: &Element) -> Option<(u16, &str)> {
    let id = format.plain("numFmtId")?.parse().ok()?;
    Some((id, format.plain("formatCode")?))
}

fn size(font: &Element) -> Option<Points> {
    let size = font.child(Ns::S, "sz")?.plain("val")?.parse::<f64>().ok()?;
    (1.0..=409.0).contains(&size).then(|| Points::new(size))
}

fn look(format: &Element, display: &mut Display, lists: &Lists<'_>) -> Look {
    let index = |name: &str| {
        format
            .plain(name)
            .and_then(|text| text.parse::<usize>().ok())
    };
    let id = index("numFmtId").and_then(|id| u16::try_from(id).ok());
    let id = id.unwrap_or_default();
    let number_format = match lists.codes.get(&id) {
        Some(code) => display.format(code),
        None => display.built_in(id),
    };
    let alignment = format.child(Ns::S, "alignment");
    let aligned = |name: &str| alignment.and_then(|alignment| alignment.plain(name));
    let (marks, font_size) = index("fontId")
        .and_then(|font| lists.fonts.get(font).copied())
        .unwrap_or_default();
    let turned = aligned("textRotation").and_then(|text| text.parse::<i16>().ok());
    let style = CellStyle {
        align: match aligned("horizontal") {
            Some("left") => Some(Align::Left),
            Some("center" | "centerContinuous") => Some(Align::Center),
            Some("right") => Some(Align::Right),
            Some("justify" | "distributed") => Some(Align::Justify),
            _ => None,
        },
        borders: index("borderId").and_then(|border| lists.borders.get(border).copied().flatten()),
        fill: index("fillId").and_then(|fill| lists.fills.get(fill).copied().flatten()),
        font_size,
        indent: aligned("indent")
            .and_then(|indent| indent.parse().ok())
            .unwrap_or_default(),
        marks,
        rotation: rotation(turned.unwrap_or_default()),
        vertical_align: match aligned("vertical") {
            Some("top") => Some(VerticalAlign::Top),
            Some("center") => Some(VerticalAlign::Middle),
            _ => None,
        },
        vertical_text: turned == Some(255),
        wrap: aligned("wrapText").is_some_and(is_true),
    };
    Look::new(number_format, style)
}

/// Degrees against the clock: 0 to 90 as they are, 91 to 180 with the clock (ECMA-376-1 18.8.1).
pub(crate) fn rotation(turned: i16) -> i8 {
    let degrees = match turned {
        0..=90 => turned,
        91..=180 => 90 - turned,
        _ => 0,
    };
    i8::try_from(degrees).unwrap_or_default()
}

fn hex(argb: &str) -> Option<Rgb> {
    Rgb::from_hex(argb.get(argb.len().checked_sub(6)?..)?)
}

/// The colour of a solid fill.
fn solid(fill: &Element, colours: &Colours) -> Option<Rgb> {
    let pattern = fill.child(Ns::S, "patternFill")?;
    if pattern.plain("patternType") != Some("solid") {
        return None;
    }
    let colour = pattern.child(Ns::S, "fgColor")?;
    if colour.plain("auto").is_some_and(is_true) {
        return None;
    }
    let number = |name: &str| {
        colour
            .plain(name)
            .and_then(|text| text.parse::<usize>().ok())
    };
    let tint = colour.plain("tint").and_then(|tint| tint.parse().ok());
    match (colour.plain("rgb"), number("indexed"), number("theme")) {
        (Some(argb), ..) => hex(argb),
        (None, Some(index), _) => colours.indexed(index),
        (None, None, Some(index)) => colours.themed(index, tint.unwrap_or_default()),
        _ => None,
    }
}

fn borders(border: &Element) -> Option<Borders> {
    let side = |names: [&str; 2]| {
        let mut found = names.iter().filter_map(|name| border.child(Ns::S, name));
        found.find_map(|side| side.plain("style").and_then(stroke))
    };
    let borders = Borders {
        bottom: side(["bottom", "bottom"]),
        left: side(["left", "start"]),
        right: side(["right", "end"]),
        top: side(["top", "top"]),
    };
    (!borders.is_empty()).then_some(borders)
}

/// A line by its style (ECMA-376-1 18.18.3).
fn stroke(style: &str) -> Option<Stroke> {
    Some(match style {
        "hair" => Stroke::Hair,
        "dotted" => Stroke::Dotted,
        "dashed" | "dashDot" | "dashDotDot" | "mediumDashed" | "mediumDashDot"
        | "mediumDashDotDot" | "slantDashDot" => Stroke::Dashed,
        "thin" => Stroke::Thin,
        "medium" => Stroke::Medium,
        "thick" => Stroke::Thick,
        "double" => Stroke::Double,
        _ => return None,
    })
}

/// The colours of a theme, in the order in which cell formats count them (ECMA-376-1 20.1.6.2): there
/// light and dark stand in the other order.
pub(crate) fn theme(text: &str, budget: &Budget) -> Vec<Rgb> {
    const ORDER: [&str; 12] = [
        "lt1", "dk1", "lt2", "dk2", "accent1", "accent2", "accent3", "accent4", "accent5",
        "accent6", "hlink", "folHlink",
    ];
    let mut pull = Pull::new(text, budget);
    while let Ok(event) = pull.next_event() {
        match event {
            Event::Start(start) if start.is(Ns::A, "clrScheme") => {
                let (scheme, _) = pull.partial_element(start);
                let colour = |name: &&str| {
                    let colour = scheme.child(Ns::A, name)?.elements().next()?;
                    hex(colour.plain("lastClr").or_else(|| colour.plain("val"))?)
                };
                return ORDER.iter().map_while(colour).collect();
            }
            Event::Eof => break,
            _ => {}
        }
    }
    Vec::new()
}
