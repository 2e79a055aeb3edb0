//! Properties of a document.

use tabulary_ir::Metadata;
use tabulary_package::xml::Element;
use tabulary_package::{NO_DATE, is_of_program};

/// Takes up `o:DocumentProperties`.
pub(super) fn properties(element: &Element, meta: &mut Metadata) {
    for child in element.elements() {
        let text = child.text().trim().to_owned();
        if text.is_empty() {
            continue;
        }
        match child.local.as_str() {
            "Title" => meta.title = Some(text),
            "Subject" => add(&mut meta.subjects, &text, &[]),
            "Keywords" => add(&mut meta.subjects, &text, &[';', '；', ',', '，', '、']),
            "Description" => meta.description = Some(text),
            "Author" => add(&mut meta.creators, &text, &[';', '；']),
            "Company" => meta.publisher = Some(text),
            "Created" if text != NO_DATE => meta.created = Some(text),
            "LastSaved" if text != NO_DATE => meta.modified = Some(text),
            _ => {}
        }
    }
}

/// Takes up `o:CustomDocumentProperties`, whose elements are named as the properties are.
pub(super) fn custom(element: &Element, meta: &mut Metadata) {
    for child in element.elements() {
        let name = unescape(&child.local);
        if !is_of_program(&name) {
            meta.fields.set(name, child.text());
        }
    }
}

/// Resolves `_x0020_`, by which names of elements hold characters that they cannot.
fn unescape(name: &str) -> String {
    let mut plain = String::new();
    let mut rest = name;
    while let Some(at) = rest.find("_x") {
        plain.push_str(&rest[..at]);
        let code = rest
            .get(at + 2..at + 6)
            .filter(|_| rest.as_bytes().get(at + 6) == Some(&b'_'));
        let code = code.and_then(|digits| u32::from_str_radix(digits, 16).ok());
        let (piece, width) = match code.and_then(char::from_u32) {
            Some(character) => (character.to_string(), 7),
            None => ("_x".to_owned(), 2),
        };
        plain.push_str(&piece);
        rest = &rest[at + width..];
    }
    plain + rest
}

fn add(list: &mut Vec<String>, text: &str, between: &[char]) {
    for word in text.split(|c| between.contains(&c)).map(str::trim) {
        if !word.is_empty() && !list.iter().any(|known| known == word) {
            list.push(word.to_owned());
        }
    }
}
