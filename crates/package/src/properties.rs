//! What a package says of its document: core, extended and custom properties (ECMA-376-2 8,
//! ECMA-376-1 22.2 and 22.3).

use tabulary_ir::{Code, Diagnostics, Error, ErrorKind, Metadata, Origin};

use crate::Package;
use crate::xml::{Element, Event, Ns, Pull, decode};

/// Custom properties that programs leave for themselves, by the start of their names.
const OF_PROGRAMS: &[&str] = &[
    "_",
    "AppVersion",
    "ContentTypeId",
    "Generator",
    "Grammarly",
    "HyperlinksChanged",
    "ICV",
    "KSO",
    "LinksUpToDate",
    "MSIP_",
    "MTWinEqns",
    "Mendeley",
    "MediaServiceImageTags",
    "ScaleCrop",
    "ShareDoc",
    "TaxKeyword",
    "Workbook",
    "ZOTERO",
    "commondata",
];

/// With what the names of custom properties begin by which this program keeps metadata that office
/// documents have no place for: `_tabulary.language`, `_tabulary.issued`, `_tabulary.identifier.N`.
pub const OWN_PROPERTY: &str = "_tabulary.";

const SEMICOLONS: &[char] = &[';', '；'];

/// The date in documents whose writer looks at no clock: the earliest that a zip container can hold.
pub const NO_DATE: &str = "1980-01-01T00:00:00Z";

/// The metadata that a package states. Custom properties become labelled fields, but for those that
/// programs leave for themselves. `own` is whether this program wrote the package: it sets semicolons
/// between key words, others commas too.
///
/// # Errors
/// Of kind `Limit`; a part that is damaged is told.
pub fn metadata(
    package: &mut Package<'_>,
    own: bool,
    diagnostics: &mut Diagnostics,
) -> Result<Metadata, Error> {
    let mut meta = Metadata::default();
    let relationships = package.relationships("");
    for relationship in or_told(relationships, "_rels/.rels", diagnostics)?.unwrap_or_default() {
        let part = relationship.target;
        let known =
            relationship.kind.ends_with("properties") || relationship.kind.ends_with("Properties");
        if !known || relationship.external || !package.has(&part) {
            continue;
        }
        let bytes = package.read(&part);
        let Some(bytes) = or_told(bytes, &part, diagnostics)? else {
            continue;
        };
        let text = decode(&bytes);
        let mut pull = Pull::new(&text, package.budget());
        let Some(Event::Start(start)) = or_told(pull.next_event(), &part, diagnostics)? else {
            continue;
        };
        let (root, fault) = pull.partial_element(start);
        or_told(fault.map_or(Ok(()), Err), &part, diagnostics)?;
        if root.is(Ns::CoreProperties, "coreProperties") {
            core(&root, own, &mut meta);
        } else if root.is(Ns::ExtendedProperties, "Properties") {
            meta.publisher = root
                .child(Ns::ExtendedProperties, "Company")
                .and_then(text_of)
                .or(meta.publisher);
        } else if root.is(Ns::CustomProperties, "Properties") {
            custom(&root, &part, &mut meta, diagnostics);
        }
    }
    Ok(meta)
}

/// A result, or none where it is damage, which is told.
fn or_told<T>(
    result: Result<T, Error>,
    part: &str,
    diagnostics: &mut Diagnostics,
) -> Result<Option<T>, Error> {
    match result {
        Ok(value) => Ok(Some(value)),
        Err(error) if error.kind() == ErrorKind::Limit => Err(error),
        Err(error) => {
            let message = format!("{error}; what the part says of the document is missing in part");
            diagnostics.add(Code::PackageDamaged, message, Origin::part(part, ""));
            Ok(None)
        }
    }
}

/// Whether a custom property of that name is one that a program left for itself.
pub fn is_of_program(name: &str) -> bool {
    OF_PROGRAMS.iter().any(|start| name.starts_with(start))
}

fn text_of(element: &Element) -> Option<String> {
    let text = element.text();
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

fn core(root: &Element, own: bool, meta: &mut Metadata) {
    for element in root.elements() {
        let Some(text) = text_of(element) else {
            continue;
        };
        match (element.ns, element.local.as_str()) {
            (Ns::Dc, "title") => meta.title = Some(text),
            (Ns::Dc, "creator") => meta.creators = several(&text),
            (Ns::Dc, "description") => meta.description = Some(text),
            (Ns::Dc, "language") => meta.language = Some(text),
            (Ns::Dc, "identifier") => meta.identifiers = several(&text),
            (Ns::Dc, "publisher") => meta.publisher = Some(text),
            (Ns::Dc, "subject") => add(&mut meta.subjects, vec![text]),
            (Ns::CoreProperties, "keywords") => {
                let words = if own {
                    several(&text)
                } else {
                    key_words(&text)
                };
                add(&mut meta.subjects, words);
            }
            (Ns::DcTerms, _) if text == NO_DATE => {}
            (Ns::DcTerms, "created") => meta.created = Some(text),
            (Ns::DcTerms, "modified") => meta.modified = Some(text),
            (Ns::DcTerms, "issued") => meta.issued = Some(text),
            _ => {}
        }
    }
}

/// What stands between semicolons: names, identifiers.
pub fn several(text: &str) -> Vec<String> {
    split(text, SEMICOLONS)
}

/// Key words, between semicolons, or between commas where there is no semicolon.
pub fn key_words(text: &str) -> Vec<String> {
    if text.contains(SEMICOLONS) {
        several(text)
    } else {
        split(text, &[',', '，', '、'])
    }
}

fn split(text: &str, marks: &[char]) -> Vec<String> {
    let parts = text.split(|c| marks.contains(&c)).map(str::trim);
    parts
        .filter(|part| !part.is_empty())
        .map(str::to_owned)
        .collect()
}

fn add(list: &mut Vec<String>, texts: Vec<String>) {
    for text in texts {
        if !list.contains(&text) {
            list.push(text);
        }
    }
}

fn custom(root: &Element, part: &str, meta: &mut Metadata, diagnostics: &mut Diagnostics) {
    for property in root.elements() {
        let Some(name) = property.plain("name").filter(|name| !name.is_empty()) else {
            continue;
        };
        let value = property.elements().next();
        let simple =
            value.filter(|value| value.ns == Ns::VariantTypes && value.elements().next().is_none());
        match (simple, name.strip_prefix(OWN_PROPERTY)) {
            (Some(value), Some(own)) => keep_own(own, value.text(), meta),
            _ if is_of_program(name) => {}
            (Some(value), None) if value.local != "blob" && value.local != "oblob" => {
                meta.fields.set(name, value.text());
            }
            _ => {
                let message = format!("the property {name:?} is of a type that is not read");
                diagnostics.add(Code::MetadataDropped, message, Origin::part(part, ""));
            }
        }
    }
}

/// Metadata under a name of this program's own.
fn keep_own(name: &str, text: String, meta: &mut Metadata) {
    match name.split('.').next() {
        Some("language") => meta.language = Some(text),
        Some("issued") => meta.issued = Some(text),
        // A library may write the time of making for that of the last change; empty stands for none.
        Some("modified") => meta.modified = (!text.is_empty()).then_some(text),
        Some("identifier") => meta.identifiers.push(text),
        _ => {}
    }
}
