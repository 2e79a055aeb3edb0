//! Lays a document out on pages.
//!
//! The layout engine is Typst: line breaking by the rules of Chinese and Latin text, spans over page
//! breaks, repeated header rows, tagged PDF. It stands behind the interface of this module, so that
//! another may take its place: [`lay_out`] makes [`Pages`], and these become a PDF.
//!
//! The document reaches the engine as data (`data`), read by a template that is part of the program
//! (`report.typ`). Text is never markup.

mod clean;
mod data;
mod fonts;
mod world;

use std::sync::Arc;

use tabulary_ir::{
    Budget, Code, Diagnostics, Document, Error, ErrorKind, FontFile, Metadata, Outcome,
};
use typst::diag::SourceDiagnostic;
use typst::foundations::{Datetime, Smart};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, Timestamp};

pub use fonts::Fonts;
use world::DataWorld;

/// A document that is laid out.
pub struct Pages {
    document: PagedDocument,
    created: Option<Datetime>,
}

/// Forgets what the engine remembers of a document, however its layout ended.
struct Forget;

impl Drop for Forget {
    fn drop(&mut self) {
        comemo::evict(0);
    }
}

/// Lays a document out.
///
/// # Errors
/// `Limit` where its tables have more squares, or it takes more pages, than the budget allows;
/// `NotRepresentable` where the engine refuses it.
pub fn lay_out(
    document: &Document,
    files: &[FontFile],
    budget: &Budget,
) -> Result<Outcome<Pages>, Error> {
    let mut diagnostics = Diagnostics::new();
    let fonts = Fonts::new(files, &mut diagnostics);
    let data = data::build(document, &fonts, budget, &mut diagnostics)?;
    budget.tick()?;

    let _forget = Forget;
    let world = DataWorld::new(Arc::clone(&fonts.book), data);
    let warned = typst::compile::<PagedDocument>(&world);
    for warning in &warned.warnings {
        diagnostics.add(
            Code::StyleDropped,
            format!("layout: {}", sentence(warning)),
            None,
        );
    }
    let laid_out = warned.output.map_err(|errors| refused(&errors))?;
    let pages = laid_out.pages().len() as u64;
    let bound = budget.limits().pages;
    if pages > bound {
        return Err(Error::limit(format!(
            "the document takes {pages} pages, more than {bound}"
        ))
        .help("raise the limit `pages` if the document can be trusted"));
    }
    Ok(Outcome {
        value: Pages {
            document: laid_out,
            created: created(&document.meta),
        },
        diagnostics: diagnostics.into_vec(),
    })
}

impl Pages {
    /// How many there are.
    pub fn count(&self) -> usize {
        self.document.pages().len()
    }

    /// The pages as a tagged PDF 1.7. Dates come from the document, never from the clock.
    ///
    /// # Errors
    /// `NotRepresentable` where PDF cannot hold the pages.
    pub fn to_pdf(&self) -> Result<Vec<u8>, Error> {
        let _forget = Forget;
        let options = PdfOptions {
            ident: Smart::Auto,
            creator: Smart::Custom(Some(
                concat!("Tabulary ", env!("CARGO_PKG_VERSION")).to_owned(),
            )),
            timestamp: self.created.map(Timestamp::new_utc),
            ..PdfOptions::default()
        };
        typst_pdf::pdf(&self.document, &options).map_err(|errors| refused(&errors))
    }
}

/// The day that the document says of itself.
fn created(meta: &Metadata) -> Option<Datetime> {
    let date = meta
        .issued
        .as_ref()
        .or(meta.modified.as_ref())
        .or(meta.created.as_ref())?;
    let date: tabulary_ir::civil::Date = date.get(..10)?.parse().ok()?;
    let (month, day) = (date.month().unsigned_abs(), date.day().unsigned_abs());
    Datetime::from_ymd_hms(i32::from(date.year()), month, day, 0, 0, 0)
}

fn refused(errors: &[SourceDiagnostic]) -> Error {
    let texts: Vec<_> = errors.iter().map(sentence).collect();
    Error::new(
        ErrorKind::NotRepresentable,
        format!("the pages cannot be laid out: {}", texts.join("; ")),
    )
    .help("convert to docx or html, and report the document as a fault of Tabulary")
}

fn sentence(diagnostic: &SourceDiagnostic) -> String {
    diagnostic
        .message
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
}
