//! What the head of a page says about the document.

use tabulary_ir::{Metadata, PageSetup, Points};

use super::Markup;
use crate::dom::{Dom, NodeId};

/// Reads title, language and `meta` elements, and the labelled fields that our writer shows.
pub(super) fn read(reading: &mut Markup<'_>, dom: &Dom) {
    let mut title = None;
    for node in dom.descendants(Dom::ROOT) {
        match dom.name(node) {
            "html" => {
                let language = dom.attribute(node, "lang").map(str::trim);
                let language = language.filter(|l| !l.is_empty());
                reading.meta.language = language.map(str::to_owned);
            }
            "title" if title.is_none() => title = Some(squeeze(&dom.text_under(node))),
            "meta" => {
                let name = dom
                    .attribute(node, "name")
                    .or_else(|| dom.attribute(node, "property"));
                if let (Some(name), Some(content)) = (name, dom.attribute(node, "content")) {
                    if name == "tabulary.page" {
                        reading.page = page_setup(content);
                    } else {
                        set(&mut reading.meta, name, content);
                    }
                }
            }
            "div" if dom.attribute(node, "data-tabulary") == Some("head") => {
                reading.meta.unseen = dom.attribute(node, "hidden").is_some();
            }
            "dl" if dom.attribute(node, "data-tabulary") == Some("fields") => {
                fields(reading, dom, node);
            }
            _ => {}
        }
    }
    let title = title.filter(|t| !t.is_empty());
    let meta = &mut reading.meta;
    meta.title = meta.title.take().or(title);
}

fn squeeze(text: &str) -> String {
    text.split_ascii_whitespace().collect::<Vec<_>>().join(" ")
}

/// Sets what a `meta` element tells: Dublin Core, the names of HTML 4.2.5.1, and those that Chinese
/// government sites use (国办发〔2017〕47号, annex: `ArticleTitle`, `PubDate`, `ContentSource` ...).
fn set(meta: &mut Metadata, name: &str, content: &str) {
    let lower = name.to_ascii_lowercase();
    let is_dublin_core = lower.starts_with("dc.") || lower.starts_with("dcterms.");
    let text = || content.to_owned();
    let trimmed = || Some(content.trim().to_owned()).filter(|t| !t.is_empty());
    let key = if is_dublin_core {
        lower.split_once('.').map_or("", |(_, term)| term)
    } else {
        lower.as_str()
    };
    match key {
        "title" if is_dublin_core => meta.title = Some(text()),
        "articletitle" => meta.title = meta.title.take().or_else(trimmed),
        "creator" if is_dublin_core => meta.creators.push(text()),
        "author" => {
            let author = trimmed().filter(|a| !meta.creators.contains(a));
            meta.creators.extend(author);
        }
        "publisher" if is_dublin_core => meta.publisher = Some(text()),
        "contentsource" => meta.publisher = meta.publisher.take().or_else(trimmed),
        "identifier" if is_dublin_core => meta.identifiers.push(text()),
        "created" if is_dublin_core => meta.created = Some(text()),
        "modified" if is_dublin_core => meta.modified = Some(text()),
        "issued" | "date" if is_dublin_core => meta.issued = Some(text()),
        "pubdate" | "article:published_time" => {
            meta.issued = meta.issued.take().or_else(|| date(content));
        }
        "subject" if is_dublin_core => meta.subjects.push(text()),
        "keywords" => {
            let words = content.split([',', '，', ';', '；', '、']).map(str::trim);
            for word in words.filter(|w| !w.is_empty()) {
                if meta.subjects.iter().all(|s| s != word) {
                    meta.subjects.push(word.to_owned());
                }
            }
        }
        "description" if is_dublin_core => meta.description = Some(text()),
        "description" => {
            let known = meta.description.take();
            meta.description = known.or_else(trimmed);
        }
        "language" if is_dublin_core => meta.language = Some(text()),
        "sitename" | "columnname" | "columntype" if !content.trim().is_empty() => {
            meta.fields.set(name, content.trim());
        }
        _ => {}
    }
}

/// The day at the beginning of a text such as `2020-01-20 10:04`.
fn date(text: &str) -> Option<String> {
    let day = text.trim().get(..10)?;
    let date: tabulary_ir::civil::Date = day.replace('/', "-").parse().ok()?;
    Some(date.to_string())
}

/// Height, margins and width as our writer keeps them.
fn page_setup(content: &str) -> Option<PageSetup> {
    let lengths: Vec<Points> = content
        .split_ascii_whitespace()
        .map(|n| n.parse::<f64>().map(Points::new))
        .collect::<Result<_, _>>()
        .ok()?;
    match lengths.as_slice() {
        &[width, height, top, right, bottom, left] => Some(PageSetup {
            columns: None,
            height,
            margins: [top, right, bottom, left],
            width,
        }),
        _ => None,
    }
}

fn fields(reading: &mut Markup<'_>, dom: &Dom, list: NodeId) {
    let mut label = None;
    for node in dom.descendants(list) {
        match dom.name(node) {
            "dt" => label = Some(plain_lines(dom, node)),
            "dd" => {
                if let Some(label) = label.take() {
                    reading.meta.fields.set(label, plain_lines(dom, node));
                }
            }
            _ => {}
        }
    }
}

/// The text of a field, in which blanks count.
fn plain_lines(dom: &Dom, node: NodeId) -> String {
    let mut text = String::new();
    for inner in dom.descendants(node) {
        match dom.text(inner) {
            Some(run) => text.push_str(run),
            None if dom.name(inner) == "br" => text.push('\n'),
            None => {}
        }
    }
    text
}
