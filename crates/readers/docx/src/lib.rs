//! Reads Word documents: WordprocessingML in an office package (ECMA-376, ISO/IEC 29500), in its
//! transitional and its strict form, with or without macros, document or template.
//!
//! The body is pulled block by block, a table row by row, so that a long document takes no tree of
//! its own. What a reader of the printed page sees is what comes out: insertions are accepted and
//! deletions left out, fields stand as their result, text boxes once and behind the paragraph that
//! holds them, hidden text not at all, and every label that numbering makes stands in `label`.
//!
//! The parts of the work:
//! - `reading` finds the parts, and walks the body; `flow` makes lists, quotes and sections out of
//!   paragraphs that follow one another;
//! - `paragraph` and `run` read lines, with `field`, `control`, `anchor`, `drawing` (with
//!   `chart` and `diagram`) and `math`
//!   for what stands in them;
//! - `changes` says which of the tracked changes are read;
//! - `outline` finds headings in documents whose styles name none, by `ordinal` and look;
//! - `table` reads grids, `borders` their lines, `styles` and `numbering` work out what is said elsewhere;
//! - `looks` tells how letters and paragraphs are trimmed beyond what is kept;
//! - `notes`, `pages`, `furniture` and `properties` read the parts beside the body;
//! - `record` reads what Tabulary's own writer noted: typed values of cells, and what is only its look.

mod anchor;
mod borders;
mod changes;
mod chart;
mod chunk;
mod control;
mod diagram;
mod drawing;
mod field;
mod flow;
mod furniture;
mod looks;
mod markup;
mod math;
mod notes;
mod numbering;
mod outline;
mod pages;
mod paragraph;
mod reading;
mod record;
mod role;
mod run;
mod scope;
mod sign;
mod styles;
mod table;

#[cfg(test)]
mod tests;

use tabulary_ir::{
    Capabilities, Confidence, Document, Error, Feature, Format, Input, Outcome, ReadOptions, Reader,
};
use tabulary_package::{Package, is_flat, is_zip};

/// Word documents and templates.
pub static FORMAT: Format = Format {
    id: "docx",
    name: "Word document",
    extensions: &["docx", "docm", "dotx", "dotm"],
    media_type: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
};

/// Reads Word documents.
#[derive(Clone, Copy, Debug, Default)]
pub struct DocxReader;

impl Reader for DocxReader {
    fn format(&self) -> &'static Format {
        &FORMAT
    }

    fn capabilities(&self) -> Capabilities {
        use Feature::{
            CellBlocks, CellLooks, CellStyles, Charts, Code, Fields, Formulas, Furniture,
            HeaderRows, Headings, Images, Labels, Links, Lists, Marks, Math, Metadata, Notes,
            NumberFormats, ParagraphStyles, Paragraphs, Quotes, Rtl, Rules, SectionPages, Sections,
            Spans, Tables, Values,
        };
        Capabilities::new(
            &[
                Paragraphs, Headings, Marks, Lists, Labels, Tables, Spans, HeaderRows, CellBlocks,
                CellStyles, Links, Images, Notes, Fields, Rtl,
            ],
            &[
                CellLooks,
                Charts,
                ParagraphStyles,
                Math,
                Furniture,
                Metadata,
                Quotes,
                Code,
                Rules,
                SectionPages,
                Sections,
                Values,
                NumberFormats,
                Formulas,
            ],
        )
    }

    /// Certain where the main part of the package is a Word document, or where there is a part
    /// `word/document.xml`; otherwise no.
    fn sniff(&self, input: Input<'_>) -> Confidence {
        let budget = ReadOptions::default().budget();
        if is_flat(input.bytes) {
            let parts = b"wordprocessingml";
            let is_word = input.bytes.windows(parts.len()).any(|part| part == parts);
            return if is_word {
                Confidence::Certain
            } else {
                Confidence::No
            };
        }
        if !is_zip(input.bytes) {
            return Confidence::No;
        }
        let found = Package::open(input.bytes, &budget)
            .and_then(|mut package| reading::find_main_part(&mut package));
        match found {
            Ok(_) => Confidence::Certain,
            Err(_) => Confidence::No,
        }
    }

    fn read(&self, input: Input<'_>, options: &ReadOptions) -> Result<Outcome<Document>, Error> {
        reading::read(input, options)
    }
}
