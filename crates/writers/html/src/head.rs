//! The head of the page, and the block of labelled fields at its top.

use tabulary_ir::{Block, Code, Document, Metadata, block_text};
use tabulary_markup::write::Html;

/// The style sheet. Tables keep together on paper and repeat their head; Chinese text gets a font that
/// has its characters.
const STYLE: &str = include_str!("style.css");

/// All that stands before the first header.
pub(crate) fn begin(document: &Document, html: &mut Html<'_>) -> String {
    let meta = &document.meta;
    let mut page = String::from("<!DOCTYPE html>\n<html");
    page.push_str(&attribute(html, "lang", meta.language.as_deref()));
    page.push_str(">\n<head>\n<meta charset=\"utf-8\">\n");
    page.push_str("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
    let title = meta.title.as_deref().unwrap_or_default();
    html.text(title);
    page.push_str(&format!("<title>{}</title>\n", html.take()));
    for (name, content) in entries(meta) {
        page.push_str(&format!("<meta name=\"{name}\""));
        page.push_str(&attribute(html, "content", Some(content)));
        page.push_str(">\n");
    }
    if document.page.is_some_and(|setup| setup.columns.is_some()) {
        let message = "text in several columns stands in one";
        html.diagnostics.add(Code::StyleDropped, message, None);
    }
    let paper = document.page.map(|setup| {
        let [top, right, bottom, left] = setup.margins;
        let (width, height) = (setup.width, setup.height);
        page.push_str(&format!(
            "<meta name=\"tabulary.page\" content=\"{width} {height} {top} {right} {bottom} {left}\">\n"
        ));
        format!(
            "@page {{ size: {width}pt {height}pt; margin: {top}pt {right}pt {bottom}pt {left}pt; }}\n"
        )
    });
    page.push_str("<style>\n");
    page.push_str(STYLE);
    page.push_str(&paper.unwrap_or_else(|| "@page { size: A4; }\n".to_owned()));
    page.push_str("</style>\n</head>\n<body>\n");
    page
}

/// The entries of `meta` elements. A title stands there too where `title` would not keep its blanks.
fn entries<'a>(meta: &'a Metadata) -> Vec<(&'static str, &'a str)> {
    let title = meta.title.as_deref().filter(|title| {
        let words: Vec<_> = title.split_ascii_whitespace().collect();
        title.is_empty() || words.join(" ") != **title
    });
    let one = |name, text: Option<&'a str>| text.map(|text| (name, text));
    let many = |name, texts: &'a [String]| texts.iter().map(move |text| (name, text.as_str()));
    let mut entries: Vec<(&'static str, &'a str)> = Vec::new();
    entries.extend(one("dcterms.title", title));
    entries.extend(many("dcterms.creator", &meta.creators));
    entries.extend(one("dcterms.publisher", meta.publisher.as_deref()));
    entries.extend(one("dcterms.issued", meta.issued.as_deref()));
    entries.extend(one("dcterms.created", meta.created.as_deref()));
    entries.extend(one("dcterms.modified", meta.modified.as_deref()));
    entries.extend(many("dcterms.identifier", &meta.identifiers));
    entries.extend(many("dcterms.subject", &meta.subjects));
    entries.extend(one("dcterms.description", meta.description.as_deref()));
    entries.extend(one("description", meta.description.as_deref()));
    entries
}

fn attribute(html: &mut Html<'_>, name: &str, value: Option<&str>) -> String {
    if let Some(value) = value {
        html.attribute(name, value);
    }
    html.take()
}

/// The title, where the body does not begin with it, and the labelled fields, for who reads the page.
pub(crate) fn block(document: &Document, html: &mut Html<'_>) -> String {
    let meta = &document.meta;
    let shown = document.body.first().map(block_text).unwrap_or_default();
    let has_heading = matches!(
        document.body.first(),
        Some(Block::Heading(_) | Block::Paragraph(_))
    );
    let title = meta.title.as_deref().filter(|title| {
        let repeated = has_heading && shown.trim() == title.trim();
        !title.trim().is_empty() && !repeated
    });
    if title.is_none() && meta.fields.is_empty() {
        return String::new();
    }
    let hidden = if meta.unseen { " hidden" } else { "" };
    let mut block = format!("<div data-tabulary=\"head\"{hidden}>\n");
    if let Some(title) = title {
        html.text(title);
        block.push_str(&format!("<p data-tabulary=\"title\">{}</p>\n", html.take()));
    }
    if !meta.fields.is_empty() {
        block.push_str("<dl data-tabulary=\"fields\">\n");
        for (name, text) in meta.fields.iter() {
            html.text(name);
            let name = html.take();
            html.text(text);
            let text = html.take();
            block.push_str(&format!("<div><dt>{name}</dt><dd>{text}</dd></div>\n"));
        }
        block.push_str("</dl>\n");
    }
    block.push_str("</div>\n");
    block
}
