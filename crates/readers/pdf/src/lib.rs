//! Reads PDF into the document model.
//!
//! The content of each page is run by our own interpreter over the objects and fonts of hayro: every glyph with its
//! Unicode and place, every line that can rule a table. What they mean is the matter of `tabulary-pages`.

mod annotations;
mod carried;
mod color;
mod comments;
mod content;
mod destinations;
mod fallback;
mod filters;
mod font;
mod guard;
mod images;
mod interpret;
mod layers;
mod measure;
mod meta;
mod open;
mod read;
mod structure;
mod text;
mod unicode;

use tabulary_ir::{
    Capabilities, Confidence, Diagnostics, Document, Error, Feature, Format, Input, Outcome,
    ReadOptions, Reader,
};
use tabulary_pages::Page;

/// PDF.
pub static FORMAT: Format = Format {
    id: "pdf",
    name: "PDF document",
    extensions: &["pdf"],
    media_type: "application/pdf",
};

/// How many bytes are searched for the mark of a PDF, as other programs do (ISO 32000-1 annex H.3, note 13).
const HEAD: usize = 1024;

/// Reads PDF.
#[derive(Clone, Copy, Debug, Default)]
pub struct PdfReader;

impl Reader for PdfReader {
    fn format(&self) -> &'static Format {
        &FORMAT
    }

    fn capabilities(&self) -> Capabilities {
        use Feature as F;
        // Pages say where letters stand, and all else is concluded from that.
        let partial = [
            F::Paragraphs,
            F::Headings,
            F::Marks,
            F::HiddenText,
            F::Lists,
            F::Labels,
            F::Tables,
            F::Spans,
            F::HeaderRows,
            F::Rtl,
            F::CellBlocks,
            F::Links,
            F::Images,
            F::Notes,
            F::Quotes,
            F::Code,
            F::Math,
            F::Metadata,
            F::Furniture,
        ];
        Capabilities::new(&[], &partial)
    }

    fn sniff(&self, input: Input<'_>) -> Confidence {
        let head = &input.bytes[..input.bytes.len().min(HEAD)];
        if head.windows(5).any(|bytes| bytes == b"%PDF-") {
            Confidence::Certain
        } else {
            Confidence::No
        }
    }

    fn read(&self, input: Input<'_>, options: &ReadOptions) -> Result<Outcome<Document>, Error> {
        let mut diagnostics = Diagnostics::new();
        let value = read::document(input.bytes, options, &mut diagnostics)?;
        Ok(Outcome {
            value,
            diagnostics: diagnostics.into_vec(),
        })
    }
}

/// Everything that stands on the pages of a PDF, page by page, before anyone has made sense of it.
///
/// # Errors
/// Where the file cannot be opened or passes a limit.
pub fn pages(bytes: &[u8], options: &ReadOptions, see: impl FnMut(Page)) -> Result<(), Error> {
    read::pages(bytes, options, see)
}

/// A web page that draws the pages of a PDF, and over them the blocks that were found: for looking at what went wrong.
/// A document inside of the PDF is ignored.
///
/// # Errors
/// Where the file cannot be opened or passes a limit.
pub fn view(bytes: &[u8], options: &ReadOptions) -> Result<String, Error> {
    let options = ReadOptions {
        embedded: false,
        ..options.clone()
    };
    let document = read::document(bytes, &options, &mut Diagnostics::new())?;
    let mut pages = Vec::new();
    read::pages(bytes, &options, |page| pages.push(page))?;
    Ok(tabulary_pages::view(pages, &document))
}

#[cfg(test)]
mod tests;
