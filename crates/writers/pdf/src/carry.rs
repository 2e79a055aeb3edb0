//! A PDF that carries the document it was made from, and the file that this was read from, as attached files (ISO 32000-1 7.11.4, ISO 32000-2 14.13).

use std::io::Write;

use flate2::Compression;
use flate2::write::ZlibEncoder;
use hayro_syntax::Pdf;
use lopdf::{Dictionary, IncrementalDocument, Object, ObjectId, Stream, dictionary};
use tabulary_ir::{Document, Error, ErrorKind, SourceFile, json};

use crate::previous::previous;

/// A file to attach.
struct File<'a> {
    name: &'a str,
    media_type: &'a str,
    description: &'static str,
    /// What it is to the pages (ISO 19005-3 6.8).
    relationship: &'static str,
    data: &'a [u8],
    /// The digest of what the pages show, where the file is what they were made from.
    digest: Option<String>,
}

/// The PDF with the document in it, and beside that the digest of what its pages show; and with the file that the
/// document was read from, where there is one. What was there stays as it is, byte by byte: the new objects follow
/// (ISO 32000-1 7.5.6).
///
/// # Errors
/// `NotRepresentable` where the PDF is not one that can be added to.
pub(crate) fn carrying(
    pdf: Vec<u8>,
    document: Option<&Document>,
    source: Option<&SourceFile>,
) -> Result<Vec<u8>, Error> {
    if document.is_none() && source.is_none() {
        return Ok(pdf);
    }
    let opened = Pdf::new(pdf.clone()).map_err(|_| refused("its own pages cannot be read"))?;
    let text = document.map(json::to_string);
    let mut files = Vec::new();
    if let Some(text) = &text {
        files.push(File {
            name: tabulary_seal::NAME,
            media_type: "application/json",
            description: "The document that the pages show, as canonical JSON",
            relationship: "Data",
            data: text.as_bytes(),
            digest: Some(digest(&opened)?),
        });
    }
    if let Some(source) = source {
        files.push(File {
            name: &source.name,
            media_type: &source.media_type,
            description: "The file that the pages were made from",
            relationship: "Source",
            data: &source.data,
            digest: None,
        });
    }
    // The order of names (ISO 32000-1 7.9.6) and of what they lead to.
    files.sort_by_key(|file| utf16(file.name));

    let known = previous(&pdf, &opened).ok_or_else(|| refused("it does not end as a PDF does"))?;
    drop(opened);
    let capacity = pdf.len() + files.iter().map(|file| file.data.len() / 4).sum::<usize>();
    let mut file = IncrementalDocument::create_from(pdf, known);
    let root = file.get_prev_documents().trailer.get(b"Root");
    let root: ObjectId = root
        .and_then(Object::as_reference)
        .map_err(|error| refused(&error.to_string()))?;
    let catalog = file.get_prev_documents().get_dictionary(root);
    let mut catalog = catalog
        .map_err(|error| refused(&error.to_string()))?
        .clone();

    let day = modified(file.get_prev_documents());
    let (mut named, mut associated) = (Vec::new(), Vec::new());
    for attached in files {
        let name = text_string(attached.name);
        let stream = file
            .new_document
            .add_object(stream(&attached, day.as_ref())?);
        let mut specification = dictionary! {
            "Type" => "Filespec",
            "F" => name.clone(),
            "UF" => name.clone(),
            "AFRelationship" => attached.relationship,
            "Desc" => Object::string_literal(attached.description),
            "EF" => dictionary! { "F" => stream, "UF" => stream },
        };
        if let Some(digest) = attached.digest {
            specification.set(tabulary_seal::KEY, Object::string_literal(digest));
        }
        let specification = file.new_document.add_object(specification);
        named.extend([name, specification.into()]);
        associated.push(Object::from(specification));
    }
    let mut names = names(&catalog, file.get_prev_documents())?;
    names.set("EmbeddedFiles", dictionary! { "Names" => named });
    catalog.set("Names", names);
    catalog.set("AF", associated);
    file.new_document.set_object(root, catalog);
    let mut out = Vec::with_capacity(capacity);
    file.save_to(&mut out)
        .map_err(|error| refused(&error.to_string()))?;
    Ok(out)
}

/// The names of a PDF (ISO 32000-1 7.7.4), as they were.
fn names(catalog: &Dictionary, pdf: &lopdf::Document) -> Result<Dictionary, Error> {
    Ok(match catalog.get(b"Names") {
        Ok(Object::Dictionary(names)) => names.clone(),
        Ok(Object::Reference(id)) => {
            let names = pdf.get_dictionary(*id);
            names.map_err(|error| refused(&error.to_string()))?.clone()
        }
        _ => Dictionary::new(),
    })
}

/// The digest of what the pages show.
fn digest(opened: &Pdf) -> Result<String, Error> {
    let digest = tabulary_seal::digest(opened, |stream| {
        Some(stream.decoded_data().ok()?.into_owned())
    });
    digest.ok_or_else(|| refused("its objects stand too deep in one another"))
}

/// The day of the PDF, which is that of its files (ISO 19005-3 6.8 asks for one).
fn modified(pdf: &lopdf::Document) -> Option<Object> {
    let information = pdf.trailer.get(b"Info").and_then(Object::as_reference);
    let information = pdf.get_dictionary(information.ok()?).ok()?;
    let day = information
        .get(b"ModDate")
        .or_else(|_| information.get(b"CreationDate"));
    day.ok().cloned()
}

/// A name as a string of a PDF: in UTF-16 where it is not of ASCII (ISO 32000-1 7.9.2.2).
fn text_string(text: &str) -> Object {
    if text.is_ascii() {
        return Object::string_literal(text);
    }
    let mut bytes = vec![0xFE, 0xFF];
    bytes.extend(utf16(text));
    Object::string_literal(bytes)
}

fn utf16(text: &str) -> Vec<u8> {
    if text.is_ascii() {
        return text.as_bytes().to_vec();
    }
    text.encode_utf16().flat_map(u16::to_be_bytes).collect()
}

/// The attached file (ISO 32000-1 7.11.4).
fn stream(file: &File<'_>, day: Option<&Object>) -> Result<Stream, Error> {
    let mut packer = ZlibEncoder::new(Vec::new(), Compression::default());
    let packed = packer
        .write_all(file.data)
        .and_then(|()| packer.finish())
        .map_err(|error| Error::io("the file cannot be packed", error))?;
    let size = i64::try_from(file.data.len()).map_err(|_| refused("the file is too large"))?;
    let mut parameters = dictionary! { "Size" => size };
    if let Some(day) = day {
        parameters.set("ModDate", day.clone());
    }
    let dict = dictionary! {
        "Type" => "EmbeddedFile",
        "Subtype" => Object::Name(file.media_type.as_bytes().to_vec()),
        "Filter" => "FlateDecode",
        "Params" => parameters,
    };
    Ok(Stream::new(dict, packed))
}

fn refused(why: &str) -> Error {
    let message = format!("the PDF cannot carry its document: {why}");
    Error::new(ErrorKind::NotRepresentable, message).help("write it without the document")
}
