//! Reads web pages into the document model.
//!
//! Pages are parsed as browsers parse them (HTML Living Standard 13.2), in the encoding that a byte order
//! mark, the page itself or its bytes tell (13.2.3). What becomes of the elements is the matter of
//! `tabulary-markup`, which Markdown shares.

use tabulary_encoding::{decode, is_binary};
use tabulary_ir::{
    Capabilities, Confidence, Diagnostics, Document, Error, Format, Input, Outcome, ReadOptions,
    Reader,
};
use tabulary_markup::in_source_order;
use tabulary_markup::read::Markup;

/// Web pages.
pub static FORMAT: Format = Format {
    id: "html",
    name: "web page",
    extensions: &["html", "htm", "xhtml"],
    media_type: "text/html",
};

/// How many bytes are searched for a declared encoding; HTML 13.2.3.2 asks for 1024, and pages put more
/// before it.
const DECLARATION: usize = 4096;
/// How many bytes are searched for what speaks for HTML.
const HEAD: usize = 4096;

/// Reads web pages.
#[derive(Clone, Copy, Debug, Default)]
pub struct HtmlReader;

impl Reader for HtmlReader {
    fn format(&self) -> &'static Format {
        &FORMAT
    }

    fn capabilities(&self) -> Capabilities {
        Capabilities::of_pages()
    }

    fn sniff(&self, input: Input<'_>) -> Confidence {
        if is_binary(input.bytes) {
            return Confidence::No;
        }
        let named = FORMAT.has_extension(&input.extension());
        let head = decode(&input.bytes[..input.bytes.len().min(HEAD)], None).text;
        let head = head.trim_start().to_ascii_lowercase();
        let begins = |tags: &[&str]| tags.iter().any(|tag| head.starts_with(tag));
        let is_xml = head.starts_with("<?xml");
        let is_page = begins(&["<!doctype html", "<html"]) || (is_xml && head.contains("<html"));
        let is_piece =
            begins(&["<head", "<body", "<table", "<meta", "<!--"]) && head.contains("<t");
        let is_scrap = begins(&["<p", "<div", "<h1"]) && !is_xml;
        if is_page {
            Confidence::Certain
        } else if is_piece || (named && !input.bytes.is_empty()) {
            Confidence::Likely
        } else if is_scrap || named {
            Confidence::Possible
        } else {
            Confidence::No
        }
    }

    fn read(&self, input: Input<'_>, options: &ReadOptions) -> Result<Outcome<Document>, Error> {
        let budget = options.budget();
        budget.limits().admit(input.bytes.len() as u64)?;
        let decoded = decode(input.bytes, declared(input.bytes).as_deref());
        let mut diagnostics = Diagnostics::new();
        decoded.report(&mut diagnostics);
        let (value, found) = Markup::new(&budget).page(&decoded.text)?;
        diagnostics.extend(found.into_vec());
        Ok(Outcome {
            value,
            diagnostics: in_source_order(diagnostics),
        })
    }
}

/// The label that the page gives for its encoding: in a `meta` element or in an XML declaration.
fn declared(bytes: &[u8]) -> Option<String> {
    let head = bytes[..bytes.len().min(DECLARATION)].to_ascii_lowercase();
    let head = String::from_utf8_lossy(&head).into_owned();
    if head.trim_start().starts_with("<?xml") {
        let declaration = head.split("?>").next().unwrap_or_default();
        if let Some(label) = label_behind(declaration, "encoding") {
            return Some(label);
        }
    }
    let mut rest = without_comments(&head);
    while let Some(at) = rest.find("<meta") {
        let tag = rest[at..].split('>').next().unwrap_or_default();
        if let Some(label) = label_behind(tag, "charset") {
            return Some(label);
        }
        rest = rest[at + 5..].to_owned();
    }
    None
}

fn without_comments(head: &str) -> String {
    let mut text = String::with_capacity(head.len());
    let mut parts = head.split("<!--");
    text.push_str(parts.next().unwrap_or_default());
    for part in parts {
        text.push_str(part.split_once("-->").map_or("", |(_, behind)| behind));
    }
    text
}

/// The value that an equals sign behind `name` gives.
fn label_behind(text: &str, name: &str) -> Option<String> {
    let behind = text.split(name).skip(1);
    for part in behind {
        if let Some(value) = part.trim_start().strip_prefix('=') {
            let value = value.trim_start().trim_start_matches(['"', '\'']);
            let end = value.find(|c: char| c.is_whitespace() || "\"';/>".contains(c));
            let label = &value[..end.unwrap_or(value.len())];
            if !label.is_empty() {
                return Some(label.to_owned());
            }
        }
    }
    None
}

#[cfg(test)]
mod tests;
