//! A PDF that carries the document it was made from, as an attached file (ISO 32000-1 7.11.4, ISO 32000-2 14.13).

use std::io::Write;

use flate2::Compression;
use flate2::write::ZlibEncoder;
use hayro_syntax::Pdf;
use lopdf::{Dictionary, IncrementalDocument, Object, ObjectId, Stream, dictionary};
use tabulary_ir::{Document, Error, ErrorKind, json};

/// The PDF with the document in it, and beside that the digest of what its pages show. What was there stays as it is,
/// byte by byte: the new objects follow (ISO 32000-1 7.5.6).
///
/// # Errors
/// `NotRepresentable` where the PDF is not one that can be added to.
pub(crate) fn carrying(pdf: Vec<u8>, document: &Document) -> Result<Vec<u8>, Error> {
    let opened = Pdf::new(pdf.clone()).map_err(|_| refused("its own pages cannot be read"))?;
    let digest = tabulary_seal::digest(&opened, |stream| {
        Some(stream.decoded_data().ok()?.into_owned())
    });
    let digest = digest.ok_or_else(|| refused("its objects stand too deep in one another"))?;
    let known = lopdf::Document::load_mem(&pdf).map_err(|error| refused(&error.to_string()))?;
    let capacity = pdf.len();
    let mut file = IncrementalDocument::create_from(pdf, known);
    let root = file.get_prev_documents().trailer.get(b"Root");
    let root: ObjectId = root
        .and_then(Object::as_reference)
        .map_err(|error| refused(&error.to_string()))?;
    let catalog = file.get_prev_documents().get_dictionary(root);
    let mut catalog = catalog
        .map_err(|error| refused(&error.to_string()))?
        .clone();

    let text = json::to_string(document);
    let name = Object::string_literal(tabulary_seal::NAME);
    let attached = file.new_document.add_object(attached(&text)?);
    let specification = file.new_document.add_object(dictionary! {
        "Type" => "Filespec",
        "F" => name.clone(),
        "UF" => name.clone(),
        "AFRelationship" => "Source",
        "Desc" => Object::string_literal("The document that the pages show, as canonical JSON"),
        "EF" => dictionary! { "F" => attached, "UF" => attached },
        tabulary_seal::KEY => Object::string_literal(digest),
    });
    let mut names = match catalog.get(b"Names") {
        Ok(Object::Dictionary(names)) => names.clone(),
        Ok(Object::Reference(id)) => {
            let names = file.get_prev_documents().get_dictionary(*id);
            names.map_err(|error| refused(&error.to_string()))?.clone()
        }
        _ => Dictionary::new(),
    };
    names.set(
        "EmbeddedFiles",
        dictionary! { "Names" => vec![name, specification.into()] },
    );
    catalog.set("Names", names);
    catalog.set("AF", vec![Object::from(specification)]);
    file.new_document.set_object(root, catalog);
    let mut out = Vec::with_capacity(capacity + text.len() / 4);
    file.save_to(&mut out)
        .map_err(|error| refused(&error.to_string()))?;
    Ok(out)
}

/// The attached file.
fn attached(text: &str) -> Result<Stream, Error> {
    let mut packer = ZlibEncoder::new(Vec::new(), Compression::default());
    let packed = packer
        .write_all(text.as_bytes())
        .and_then(|()| packer.finish())
        .map_err(|error| Error::io("the document cannot be packed", error))?;
    let size = i64::try_from(text.len()).map_err(|_| refused("the document is too large"))?;
    let dict = dictionary! {
        "Type" => "EmbeddedFile",
        "Subtype" => "application/json",
        "Filter" => "FlateDecode",
        "Params" => dictionary! { "Size" => size },
    };
    Ok(Stream::new(dict, packed))
}

fn refused(why: &str) -> Error {
    let message = format!("the PDF cannot carry its document: {why}");
    Error::new(ErrorKind::NotRepresentable, message).help("write it without the document")
}
