//! Writes a document as PDF: laid out on A4 or its own page, tagged, with an outline, metadata and
//! embedded subsets of its fonts. It carries the document that it was made from, so that it can be
//! read back exactly, and keeps the standards for archives and for accessibility that were asked for; the ledgers of
//! the standards stand in `standards/`.

mod carry;
mod previous;
mod standards;

use std::io;

use tabulary_ir::{
    Capabilities, Diagnostics, Document, Error, Feature, Format, Outcome, WriteOptions, Writer,
};

/// Portable Document Format (ISO 32000).
pub static FORMAT: Format = Format {
    id: "pdf",
    name: "PDF document",
    extensions: &["pdf"],
    media_type: "application/pdf",
};

/// Writes PDF.
#[derive(Clone, Copy, Debug, Default)]
pub struct PdfWriter;

impl Writer for PdfWriter {
    fn format(&self) -> &'static Format {
        &FORMAT
    }

    fn capabilities(&self) -> Capabilities {
        use Feature as F;
        let full = [
            F::Paragraphs,
            F::Headings,
            F::Marks,
            F::Lists,
            F::Labels,
            F::Tables,
            F::Spans,
            F::HeaderRows,
            F::CellBlocks,
            F::Quotes,
            F::Code,
            F::Rules,
        ];
        let partial = [
            F::CellLooks,
            F::CellStyles,
            F::ParagraphStyles,
            F::Links,
            F::Images,
            F::Notes,
            F::Math,
            F::SectionPages,
            F::Rtl,
            F::Sections,
            F::Metadata,
            F::Fields,
            F::Furniture,
        ];
        Capabilities::new(&full, &partial)
    }

    fn write(
        &self,
        document: &Document,
        output: &mut dyn io::Write,
        options: &WriteOptions,
    ) -> Result<Outcome<()>, Error> {
        let budget = options.budget();
        let mut diagnostics = Diagnostics::new();
        let without = (!options.comments)
            .then(|| document.without_comments(&mut diagnostics))
            .flatten();
        let document = without.as_ref().unwrap_or(document);
        let mut laid_out = tabulary_typeset::lay_out(document, options, &budget)?;
        let attaches = standards::may_attach(options, &mut diagnostics)?;
        let told = &mut laid_out.diagnostics;
        let pdf = standards::keeping(&laid_out.value, options, attaches, told)?;
        let carried = Some(document).filter(|_| attaches && options.embed);
        let source = options.source.as_ref().filter(|_| attaches);
        let pdf = carry::carrying(pdf, carried, source)?;
        output
            .write_all(&pdf)
            .map_err(|error| Error::io("the output cannot be written", error))?;
        let mut told = laid_out.diagnostics;
        told.append(&mut diagnostics.into_vec());
        Ok(Outcome {
            value: (),
            diagnostics: told,
        })
    }
}
