//! Which standards a PDF keeps.

use tabulary_ir::{Code, Diagnostic, Diagnostics, Error, PageStandard, WriteOptions};
use tabulary_typeset::Pages;

/// Whether files go into the PDF: the document, which is left out with a warning where a standard that was asked for
/// forbids it, and the source, which must go in where it was asked for.
///
/// # Errors
/// `Caller` where the source was asked for and a standard forbids it.
pub(crate) fn may_attach(
    options: &WriteOptions,
    diagnostics: &mut Diagnostics,
) -> Result<bool, Error> {
    let forbids = options
        .standards
        .iter()
        .find(|standard| !standard.may_attach());
    let Some(standard) = forbids else {
        return Ok(options.embed || options.source.is_some());
    };
    if options.source.is_some() {
        let message = format!("{} allows no attached files", standard.as_str());
        return Err(Error::caller(message).help("ask for a-3b, a-3u, a-3a or a-4f"));
    }
    if options.embed {
        let message = format!(
            "the PDF does not carry its document, since {} allows no attached files: it is read back by its pages",
            standard.as_str()
        );
        diagnostics.add(Code::DocumentNotCarried, message, None);
    }
    Ok(false)
}

/// The pages as a PDF that keeps the standards that were asked for; where none was and files are attached, the
/// strictest of PDF/A-3 that the pages allow. Of characters without a glyph `told` says something already; that they
/// stand in the way of PDF/A is said there too.
///
/// # Errors
/// `NotRepresentable` where the pages do not allow a standard that was asked for.
pub(crate) fn keeping(
    pages: &Pages,
    options: &WriteOptions,
    attaches: bool,
    told: &mut Vec<Diagnostic>,
) -> Result<Vec<u8>, Error> {
    if !options.standards.is_empty() {
        if options.standards.contains(&PageStandard::A4f) && !attaches {
            return Err(Error::caller(
                "a-4f is for PDFs with attached files, and none is attached",
            )
            .help("leave --no-embed out, or ask for a-4"));
        }
        return pages.to_pdf(&options.standards);
    }
    if !attaches {
        return pages.to_pdf(&[]);
    }
    let mut why = None;
    for standard in [PageStandard::A3a, PageStandard::A3b] {
        match pages.to_pdf(&[standard]) {
            Ok(pdf) => return Ok(pdf),
            Err(error) => why = Some(error),
        }
    }
    let missing = told.iter_mut().find(|one| one.code == Code::GlyphMissing);
    match (missing, why) {
        (Some(missing), Some(error)) if pages.lacks_glyphs() => {
            missing
                .message
                .push_str("; the PDF is none for archives (PDF/A) without them");
            missing.origin = missing.origin.take().or(error.origin().cloned());
        }
        (_, Some(error)) => {
            let message = format!("the PDF is none for archives: {}", error.message());
            told.push(Diagnostic::new(Code::StandardLowered, message).at(error.origin().cloned()));
        }
        (_, None) => {}
    }
    pages.to_pdf(&[])
}
