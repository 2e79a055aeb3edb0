//! The styles part (ECMA-376-1 18.8): number formats, and what of a cell's look is kept.

use std::collections::BTreeMap;
use std::sync::Arc;

use tabulary_ir::{Align, Budget, CellStyle, Code, Diagnostics, Marks, Origin, Rgb, VerticalAlign};
use tabulary_package::xml::{Element, Event, Ns, Pull};

use super::is_true;
use super::strings::marks;

/// Built-in formats of a Chinese user interface, which are written without a code (ECMA-376-1 18.8.30).
const CHINESE: &[(&[u32], &str)] = &[
    (&[27, 36, 50, 52, 57], "yyyy\"年\"m\"月\""),
    (&[28, 29, 51, 53, 54, 58], "m\"月\"d\"日\""),
    (&[30], "m-d-yy"),
    (&[31], "yyyy\"年\"m\"月\"d\"日\""),
    (&[32], "h\"时\"mm\"分\""),
    (&[33], "h\"时\"mm\"分\"ss\"秒\""),
];

/// What the styles of a workbook make of a cell.
#[derive(Debug, Default)]
pub(super) struct Styles {
    formats: Vec<Look>,
}

/// A cell format.
#[derive(Clone, Debug, Default)]
pub(super) struct Look {
    /// The number format code; empty for `General`.
    pub(super) code: Arc<str>,
    pub(super) style: Option<Arc<CellStyle>>,
}

impl Styles {
    /// Reads the styles part; damage costs what stands behind it.
    pub(super) fn read(text: &str, budget: &Budget, diagnostics: &mut Diagnostics) -> Self {
        let mut pull = Pull::new(text, budget);
        let root = loop {
            match pull.next_event() {
                Ok(Event::Start(start)) => {
                    let (root, fault) = pull.partial_element(start);
                    if let Some(error) = fault {
                        diagnostics.add(
                            Code::XmlDamaged,
                            error.to_string(),
                            Origin::part("xl/styles.xml", ""),
                        );
                    }
                    break root;
                }
                Ok(Event::Eof) | Err(_) => return Self::default(),
                Ok(_) => {}
            }
        };
        let list = |name: &str| -> Vec<&Element> {
            root.child(Ns::S, name)
                .map(|list| list.elements().collect())
                .unwrap_or_default()
        };
        let codes: BTreeMap<u32, &str> = list("numFmts")
            .iter()
            .filter_map(|format| {
                Some((
                    format.plain("numFmtId")?.parse().ok()?,
                    format.plain("formatCode")?,
                ))
            })
            .collect();
        let fonts: Vec<Marks> = list("fonts").iter().map(|font| marks(font)).collect();
        let fills: Vec<Option<Rgb>> = list("fills").iter().map(|fill| solid(fill)).collect();
        let formats = list("cellXfs");
        let looks = formats
            .iter()
            .map(|format| look(format, &codes, &fonts, &fills));
        Self {
            formats: looks.collect(),
        }
    }

    /// The format of that index, as `c/@s` gives it.
    pub(super) fn get(&self, index: Option<&str>) -> Option<&Look> {
        self.formats
            .get(index.unwrap_or("0").parse::<usize>().ok()?)
    }
}

fn look(
    format: &Element,
    codes: &BTreeMap<u32, &str>,
    fonts: &[Marks],
    fills: &[Option<Rgb>],
) -> Look {
    let index = |name: &str| {
        format
            .plain(name)
            .and_then(|text| text.parse::<usize>().ok())
    };
    let id = index("numFmtId")
        .and_then(|id| u32::try_from(id).ok())
        .unwrap_or_default();
    let built_in = || {
        let chinese = CHINESE
            .iter()
            .find(|(ids, _)| ids.contains(&id))
            .map(|(_, code)| *code);
        chinese
            .or_else(|| ssfmt::format_code_from_id(id))
            .filter(|code| *code != "General")
    };
    let code = codes
        .get(&id)
        .copied()
        .or_else(built_in)
        .unwrap_or_default();
    let alignment = format.child(Ns::S, "alignment");
    let aligned = |name: &str| alignment.and_then(|alignment| alignment.plain(name));
    let style = CellStyle {
        align: match aligned("horizontal") {
            Some("left") => Some(Align::Left),
            Some("center" | "centerContinuous") => Some(Align::Center),
            Some("right") => Some(Align::Right),
            Some("justify" | "distributed") => Some(Align::Justify),
            _ => None,
        },
        fill: index("fillId").and_then(|fill| fills.get(fill).copied().flatten()),
        marks: index("fontId")
            .and_then(|font| fonts.get(font).copied())
            .unwrap_or_default(),
        vertical_align: match aligned("vertical") {
            Some("top") => Some(VerticalAlign::Top),
            Some("center") => Some(VerticalAlign::Middle),
            _ => None,
        },
        vertical_text: aligned("textRotation") == Some("255"),
    };
    Look {
        code: code.into(),
        style: (style != CellStyle::default()).then(|| Arc::new(style)),
    }
}

/// The colour of a solid fill, where it is given as such and not by a theme.
fn solid(fill: &Element) -> Option<Rgb> {
    let pattern = fill.child(Ns::S, "patternFill")?;
    if pattern.plain("patternType") != Some("solid") {
        return None;
    }
    let colour = pattern.child(Ns::S, "fgColor")?;
    let argb = colour
        .plain("rgb")
        .filter(|_| !colour.plain("auto").is_some_and(is_true))?;
    Rgb::from_hex(argb.get(argb.len().checked_sub(6)?..)?)
        .filter(|colour| *colour != Rgb([255, 255, 255]))
}
