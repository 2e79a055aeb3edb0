//! Images, form controls, preformatted text.

use base64::Engine;
use base64::alphabet::STANDARD;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use tabulary_ir::{Block, Code, Error, Image, Inline, Origin, Points};

use super::Markup;
use super::style::{self, Css};
use crate::dom::{Dom, NodeId};

/// Base64 as a browser takes it: with or without padding (Infra 6.2).
const FORGIVING: GeneralPurpose = GeneralPurpose::new(
    &STANDARD,
    GeneralPurposeConfig::new()
        .with_decode_padding_mode(DecodePaddingMode::Indifferent)
        .with_decode_allow_trailing_bits(true),
);

/// The image of an `img` element.
pub(super) fn image(
    reading: &mut Markup<'_>,
    dom: &Dom,
    node: NodeId,
    css: Css<'_>,
) -> Result<Image, Error> {
    let side = |name: &str| -> Option<Points> {
        css.length(name)
            .or_else(|| style::length(dom.attribute(node, name)?))
            .filter(|length| length.thousandths() > 0)
    };
    let address = dom.attribute(node, "src").unwrap_or_default();
    let alt = dom.attribute(node, "alt").unwrap_or_default();
    let name = dom.attribute(node, "data-name");
    let mut image = at_address(reading, address, alt, name, dom.line(node))?;
    image.size = side("width").zip(side("height")).map(|(w, h)| [w, h]);
    Ok(image)
}

/// The image at an address.
pub(super) fn at_address(
    reading: &mut Markup<'_>,
    address: &str,
    alt: &str,
    name: Option<&str>,
    line: u32,
) -> Result<Image, Error> {
    reading.budget.images(1)?;
    let mut image = Image {
        alt: alt.to_owned(),
        ..Image::default()
    };
    let address = address.trim();
    let is_data = address
        .get(..5)
        .is_some_and(|s| s.eq_ignore_ascii_case("data:"));
    if is_data {
        match data(&address[5..]) {
            Some((media_type, bytes)) => {
                let name = name.map(str::to_owned);
                image.resource = Some(reading.resources.add(bytes, &media_type, name));
            }
            None => {
                let message = "the data of an image are damaged; its description stands";
                let origin = Origin::line(line);
                reading
                    .diagnostics
                    .add(Code::ReferenceMissing, message, origin);
            }
        }
    } else if !address.is_empty() {
        let message = "images that the page only points to were not fetched; their addresses stand";
        let origin = Origin::line(line);
        reading
            .diagnostics
            .once(Code::ExternalResource, message, origin);
        image.href = Some(address.to_owned());
    }
    Ok(image)
}

/// The media type and bytes of a `data:` address, without its scheme (RFC 2397).
fn data(text: &str) -> Option<(String, Vec<u8>)> {
    let (head, body) = text.split_once(',')?;
    let is_base64 = head.trim_end().to_ascii_lowercase().ends_with(";base64");
    let media_type = head.split(';').next().unwrap_or_default().trim();
    let media_type = if media_type.is_empty() {
        "text/plain"
    } else {
        media_type
    };
    let bytes = unescape(body);
    let bytes = if is_base64 {
        let dense: Vec<u8> = bytes
            .into_iter()
            .filter(|b| !b.is_ascii_whitespace())
            .collect();
        FORGIVING.decode(dense).ok()?
    } else {
        bytes
    };
    Some((media_type.to_ascii_lowercase(), bytes))
}

fn unescape(text: &str) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&first, behind)) = rest.split_first() {
        let escaped = behind.get(..2).filter(|_| first == b'%');
        let escaped = escaped.and_then(|pair| {
            let text = std::str::from_utf8(pair).ok()?;
            u8::from_str_radix(text, 16).ok()
        });
        match escaped {
            Some(byte) => {
                bytes.push(byte);
                rest = &behind[2..];
            }
            None => {
                bytes.push(first);
                rest = behind;
            }
        }
    }
    bytes
}

/// The name of an `a` element that is no link but a place for links.
pub(super) fn anchor(dom: &Dom, node: NodeId) -> Option<&str> {
    let name = ["id", "name"]
        .into_iter()
        .find_map(|name| dom.attribute(node, name));
    name.filter(|name| !name.is_empty())
}

/// What a person sees in a form control, and whether its blanks count.
pub(super) fn control(dom: &Dom, node: NodeId) -> (String, bool) {
    match dom.name(node) {
        "textarea" => (dom.text_under(node), true),
        "select" => {
            let options = || dom.descendants(node).filter(|&n| dom.name(n) == "option");
            let chosen = options()
                .find(|&n| dom.attribute(n, "selected").is_some())
                .or_else(|| options().next());
            (chosen.map(|n| dom.text_under(n)).unwrap_or_default(), false)
        }
        _ => {
            let kind = dom.attribute(node, "type").unwrap_or("text");
            let checked = dom.attribute(node, "checked").is_some();
            let value = dom.attribute(node, "value").unwrap_or_default();
            match kind.to_ascii_lowercase().as_str() {
                "checkbox" => (if checked { "☑" } else { "☐" }.to_owned(), false),
                "radio" => (if checked { "◉" } else { "○" }.to_owned(), false),
                "hidden" | "submit" | "reset" | "button" | "image" | "file" | "password" => {
                    (String::new(), false)
                }
                _ => (value.to_owned(), true),
            }
        }
    }
}

/// The language and the text of a `pre` element.
pub(super) fn code(dom: &Dom, node: NodeId) -> (Option<String>, String) {
    let mut text = String::new();
    let mut language = language(dom, node);
    for inner in dom.descendants(node) {
        if let Some(run) = dom.text(inner) {
            text.push_str(run);
        } else if dom.name(inner) == "br" {
            text.push('\n');
        } else if dom.name(inner) == "code" && language.is_none() {
            language = self::language(dom, inner);
        }
    }
    let text = text.trim_end_matches('\n').to_owned();
    (language, text)
}

fn language(dom: &Dom, node: NodeId) -> Option<String> {
    let classes = dom.attribute(node, "class")?;
    let language = classes.split_ascii_whitespace().find_map(|class| {
        class
            .strip_prefix("language-")
            .or_else(|| class.strip_prefix("lang-"))
    });
    language.map(str::to_owned)
}

/// The images of a figure whose blocks hold nothing but images. `own` tells that what it holds is its
/// content whatever it is.
pub(super) fn figure_content(blocks: &[Block], own: bool) -> Option<Vec<Inline>> {
    let mut content: Vec<Inline> = Vec::new();
    for block in blocks {
        let Block::Paragraph(paragraph) = block else {
            return None;
        };
        content.extend(paragraph.content.iter().cloned());
    }
    if own {
        return Some(content);
    }
    let blank = |text: &str| text.trim().is_empty();
    let only_images = content.iter().all(|inline| match inline {
        Inline::Image(_) | Inline::LineBreak => true,
        Inline::Text(run) => blank(&run.text),
        Inline::Link(link) => link.content.iter().all(|i| matches!(i, Inline::Image(_))),
        _ => false,
    });
    if !only_images || content.is_empty() {
        return None;
    }
    content.retain(|inline| !matches!(inline, Inline::Text(_) | Inline::LineBreak));
    (!content.is_empty()).then_some(content)
}
