//! What a document says of itself (OpenDocument 1.3 part 3, 4.3).

use tabulary_ir::Metadata;
use tabulary_package::xml::{Element, Ns};
use tabulary_package::{NO_DATE, OWN_PROPERTY, is_of_program};

/// The metadata of `office:meta`.
pub(super) fn metadata(element: &Element) -> Metadata {
    let mut meta = Metadata::default();
    let mut last_author = None;
    for child in element.elements() {
        let text = child.text().trim().to_owned();
        if text.is_empty() {
            continue;
        }
        match (child.ns, child.local.as_str()) {
            (Ns::Dc, "title") => meta.title = Some(text),
            (Ns::Dc, "description") => meta.description = Some(text),
            (Ns::Dc, "subject") => add(&mut meta.subjects, &text, &[]),
            (Ns::Dc, "language") => meta.language = Some(text),
            (Ns::Dc, "publisher") => meta.publisher = Some(text),
            (Ns::Dc, "identifier") => meta.identifiers.push(text),
            (Ns::Dc, "creator") => last_author = Some(text),
            (Ns::OdfMeta, "initial-creator") => {
                add(&mut meta.creators, &text, &[';', '；']);
            }
            (Ns::OdfMeta, "keyword") => {
                add(&mut meta.subjects, &text, &[';', '；', ',', '，', '、']);
            }
            (Ns::OdfMeta, "creation-date") if text != NO_DATE => meta.created = Some(text),
            (Ns::Dc, "date") if text != NO_DATE => meta.modified = Some(text),
            (Ns::OdfMeta, "user-defined") => {
                let name = child.attribute(Ns::OdfMeta, "name").unwrap_or_default();
                own_or_field(name, text, &mut meta);
            }
            _ => {}
        }
    }
    // Who changed it last stands in for an author that is not known.
    if meta.creators.is_empty() {
        meta.creators.extend(last_author);
    }
    meta
}

fn add(list: &mut Vec<String>, text: &str, between: &[char]) {
    for word in text.split(|c| between.contains(&c)).map(str::trim) {
        if !word.is_empty() && !list.iter().any(|known| known == word) {
            list.push(word.to_owned());
        }
    }
}

/// A property that a person or a program gave a name.
fn own_or_field(name: &str, text: String, meta: &mut Metadata) {
    if let Some(own) = name.strip_prefix(OWN_PROPERTY) {
        match own.split('.').next() {
            Some("language") => meta.language = Some(text),
            Some("issued") => meta.issued = Some(text),
            Some("modified") => meta.modified = Some(text),
            Some("identifier") => meta.identifiers.push(text),
            _ => {}
        }
    } else if !name.is_empty() && !is_of_program(name) {
        meta.fields.set(name, text);
    }
}
