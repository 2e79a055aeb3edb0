//! What a file says of itself (ISO 32000-1 14.3), in its dictionary and in its metadata stream (ISO 16684-1).

use hayro_syntax::Pdf;
use hayro_syntax::object::{DateTime, Dict, Stream, String as PdfString};
use tabulary_ir::{Budget, Error, Metadata};
use tabulary_package::xml::{Element, Event, Ns, Pull, decode};
use tabulary_package::{key_words, several};

use crate::content::Decoder;
use crate::text::text_string;

/// The most bytes of a metadata stream that are looked at.
const STREAM: usize = 8 << 20;

/// What a file says of itself; what its metadata stream says wins.
///
/// # Errors
/// Of kind `Limit`.
pub(crate) fn metadata(
    pdf: &Pdf,
    catalog: &Dict<'_>,
    decoder: &Decoder<'_>,
    budget: &Budget,
) -> Result<Metadata, Error> {
    let mut meta = of_dictionary(pdf);
    if let Some(stream) = catalog.get::<Stream<'_>>(&b"Metadata"[..])
        && let Some(bytes) = decoder.decode(&stream)?
    {
        of_stream(&bytes[..bytes.len().min(STREAM)], budget, &mut meta);
    }
    if let Some(language) = catalog.get::<PdfString<'_>>(&b"Lang"[..]) {
        let language = text_string(language.as_bytes());
        meta.language = Some(language.trim().to_owned())
            .filter(|text| !text.is_empty())
            .or(meta.language);
    }
    meta.unseen = !meta.is_empty();
    Ok(meta)
}

fn of_dictionary(pdf: &Pdf) -> Metadata {
    let info = pdf.metadata();
    let text = |bytes: &Option<Box<[u8]>>| {
        let text = text_string(bytes.as_deref()?).trim().to_owned();
        (!text.is_empty()).then_some(text)
    };
    Metadata {
        title: text(&info.title),
        creators: text(&info.author)
            .map(|names| several(&names))
            .unwrap_or_default(),
        description: text(&info.subject),
        subjects: text(&info.keywords)
            .map(|words| key_words(&words))
            .unwrap_or_default(),
        created: info.creation_date.map(date),
        modified: info.modification_date.map(date),
        ..Metadata::default()
    }
}

/// A date as ISO 8601 has it.
fn date(date: DateTime) -> String {
    let DateTime {
        year,
        month,
        day,
        hour,
        minute,
        second,
        utc_offset_hour,
        utc_offset_minute,
    } = date;
    let zone = match (utc_offset_hour, utc_offset_minute) {
        (0, 0) => "Z".to_owned(),
        (hours, minutes) => {
            let sign = if hours < 0 { '-' } else { '+' };
            format!("{sign}{:02}:{minutes:02}", hours.unsigned_abs())
        }
    };
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}{zone}")
}

/// Takes what a metadata stream says.
fn of_stream(bytes: &[u8], budget: &Budget, meta: &mut Metadata) {
    let text = decode(bytes);
    let mut pull = Pull::new(&text, budget);
    let root = loop {
        match pull.next_event() {
            Ok(Event::Start(start)) => break pull.partial_element(start).0,
            Ok(Event::Eof) | Err(_) => return,
            Ok(_) => {}
        }
    };
    let is_description = |element: &&Element| element.is(Ns::Rdf, "Description");
    let own = Some(&root).into_iter().filter(is_description);
    for description in own.chain(root.descendants().filter(is_description)) {
        let simple = |local: &str| {
            let written = description.attribute(Ns::Xmp, local).map(str::to_owned);
            let element = || description.child(Ns::Xmp, local).map(Element::text);
            let text = written.or_else(element)?.trim().to_owned();
            (!text.is_empty()).then_some(text)
        };
        meta.created = simple("CreateDate").or(meta.created.take());
        meta.modified = simple("ModifyDate").or(meta.modified.take());
        for element in description
            .elements()
            .filter(|element| element.ns == Ns::Dc)
        {
            take(element, meta);
        }
    }
}

/// Takes a property of Dublin Core (ISO 16684-1 8.3).
fn take(element: &Element, meta: &mut Metadata) {
    let mut values = values(element);
    if values.is_empty() {
        return;
    }
    match element.local.as_str() {
        "title" => meta.title = values.pop(),
        "description" => meta.description = values.pop(),
        "publisher" => meta.publisher = Some(values.join("; ")),
        "creator" => meta.creators = values,
        "subject" => meta.subjects = values,
        "identifier" => meta.identifiers = values,
        "language" => meta.language = values.into_iter().next(),
        _ => {}
    }
}

/// The values of a property: one, several, or one in several languages, of which the default is taken.
fn values(element: &Element) -> Vec<String> {
    let text = |element: &Element| {
        let text = element.text().trim().to_owned();
        (!text.is_empty()).then_some(text)
    };
    let Some(list) = element.elements().find(|element| element.ns == Ns::Rdf) else {
        return text(element).into_iter().collect();
    };
    let mut items = list.elements().filter(|element| element.is(Ns::Rdf, "li"));
    if list.local == "Alt" {
        let all: Vec<_> = items.collect();
        let is_default = |item: &&&Element| item.attribute(Ns::Xml, "lang") == Some("x-default");
        let chosen = all.iter().find(is_default).or_else(|| all.first());
        return chosen.and_then(|item| text(item)).into_iter().collect();
    }
    items.by_ref().filter_map(text).collect()
}
