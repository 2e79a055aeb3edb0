//! The document that a PDF of Tabulary carries.

use hayro_syntax::Pdf;
use hayro_syntax::object::{Dict, Object, Stream, String as PdfString};
use tabulary_ir::{Code, Diagnostics, Document, Error, ErrorKind, ReadOptions, json};

use crate::content::Decoder;
use crate::destinations::name_tree;
use crate::text::text_string;

/// The document that a PDF carries, where its pages show what they showed when it was written; none where it carries
/// none, or another one than its pages show, which is told.
///
/// # Errors
/// Of kind `Limit`.
pub(crate) fn carried(
    pdf: &Pdf,
    catalog: &Dict<'_>,
    decoder: &Decoder<'_>,
    options: &ReadOptions,
    diagnostics: &mut Diagnostics,
) -> Result<Option<Document>, Error> {
    let Some((stream, sealed)) = find(catalog) else {
        return Ok(None);
    };
    let mut limit = None;
    let shown = tabulary_seal::digest(pdf, |stream| match decoder.decode(stream) {
        Ok(bytes) => bytes.map(std::borrow::Cow::into_owned),
        Err(error) => {
            limit.get_or_insert(error);
            None
        }
    });
    if let Some(error) = limit {
        return Err(error);
    }
    let bytes = decoder.decode(&stream)?.unwrap_or_default();
    if shown.as_ref() != Some(&sealed) {
        let message = "the pages were changed after the document was written that the file carries; the pages were read";
        diagnostics.add(Code::EmbeddedMismatch, message, None);
        return Ok(None);
    }
    match json::from_slice(&bytes, options) {
        Ok(outcome) => {
            diagnostics.extend(outcome.diagnostics);
            Ok(Some(outcome.value))
        }
        Err(error) if error.kind() == ErrorKind::Limit => Err(error),
        Err(error) => {
            let message = format!(
                "the document that the file carries is damaged ({error}); the pages were read"
            );
            diagnostics.add(Code::EmbeddedMismatch, message, None);
            Ok(None)
        }
    }
}

/// Whether a file specification is that of a document which the file carries.
pub(crate) fn is_document(specification: &Dict<'_>) -> bool {
    specification.contains_key(tabulary_seal::KEY.as_bytes())
}

/// The attached file with the document, and the digest beside it.
fn find<'a>(catalog: &Dict<'a>) -> Option<(Stream<'a>, String)> {
    let names = catalog.get::<Dict<'_>>(&b"Names"[..])?;
    let tree = names.get::<Dict<'_>>(&b"EmbeddedFiles"[..])?;
    let mut found = None;
    name_tree(&tree, &mut |_, object| {
        if let Object::Dict(specification) = object {
            let digest = specification.get::<PdfString<'_>>(tabulary_seal::KEY.as_bytes());
            let files = specification.get::<Dict<'_>>(&b"EF"[..]);
            let stream = files.and_then(|files| files.get::<Stream<'_>>(&b"F"[..]));
            if let (Some(digest), Some(stream)) = (digest, stream) {
                found.get_or_insert((stream, text_string(digest.as_bytes())));
            }
        }
    });
    found
}
