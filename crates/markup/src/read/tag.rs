//! One tag on its own, as Markdown holds them between its runs of text.

use tabulary_ir::{Error, Image, Marks};

use super::element::{Element, element};
use super::style::Css;
use super::{Markup, media};
use crate::dom::Dom;
use crate::field::OpenField;
use crate::parse;

/// What one tag means in a line.
#[derive(Clone, Debug, PartialEq)]
pub enum Tag {
    /// A line end.
    Break,
    /// An image.
    Image(Image),
    /// Text gets these marks too, until the end tag of that name.
    Open(String, Marks),
    /// A link begins.
    Link(String),
    /// A place that links may lead to.
    Anchor(String),
    /// A field begins.
    Field(Box<OpenField>),
    /// The end tag of that name.
    Close(String),
    /// A comment, or a tag that says nothing about a line.
    Nothing,
}

/// Reads one tag.
pub(super) fn read(reading: &mut Markup<'_>, html: &str, line: u32) -> Result<Tag, Error> {
    if let Some(name) = html.strip_prefix("</") {
        let name = name.trim_end_matches('>').trim();
        return Ok(Tag::Close(name.to_ascii_lowercase()));
    }
    let dom = parse::fragment(html, line, reading.budget, &mut reading.diagnostics)?;
    let root = dom.first_child(Dom::ROOT);
    let Some(node) = root.and_then(|html| dom.first_child(html)) else {
        return Ok(Tag::Nothing);
    };
    let name = dom.name(node);
    let css = Css::new(dom.attribute(node, "style").unwrap_or_default());
    let field = OpenField::read(|name| dom.attribute(node, name));
    Ok(match (element(name), field) {
        (_, Some(field)) => Tag::Field(Box::new(field)),
        (Element::Break, _) => Tag::Break,
        (Element::Image, _) => Tag::Image(media::image(reading, &dom, node, css)?),
        (Element::Marked(mark), _) => Tag::Open(name.to_owned(), css.marks(mark.into())),
        (Element::Link, _) => match dom.attribute(node, "href") {
            Some(href) => Tag::Link(href.to_owned()),
            None => match media::anchor(&dom, node) {
                Some(name) => Tag::Anchor(name.to_owned()),
                None => Tag::Open(name.to_owned(), Marks::NONE),
            },
        },
        (Element::Inline, _) if !name.is_empty() => {
            let hidden = dom.attribute(node, "data-tabulary") == Some("hidden");
            let marks = css.marks(Marks::NONE);
            let marks = if hidden {
                marks.with(tabulary_ir::Mark::Hidden)
            } else {
                marks
            };
            Tag::Open(name.to_owned(), marks)
        }
        _ => Tag::Nothing,
    })
}
