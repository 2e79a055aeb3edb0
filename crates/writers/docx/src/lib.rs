//! Writes Word documents: WordprocessingML in an office package, valid against the transitional
//! schemas of ISO/IEC 29500. The same document gives the same bytes.
//!
//! What the model says in words of its own is written in words of Word: headings with outline levels,
//! lists with real numbering, grids with merged cells and repeated header rows, notes as notes.
//! Where Word has no word for it, a paragraph style says it by its name (`Sheet Title`, `Code`,
//! `Table Caption`), so that it survives editing and can be read back. What neither can say is a
//! diagnostic. Lengths are rounded down to a twentieth of a point, the unit of the format.
//!
//! # What stands beside the document
//!
//! A cell of Word holds text. The typed value of a cell, its number format and its formula stand in
//! a part of custom XML (ECMA-376 15.2.5), `customXml/item1.xml`:
//!
//! ```xml
//! <record xmlns="urn:tabulary:docx:1">
//!   <page chosen="11906 16838 2098 1474 1984 1588" usual="0"/>
//!   <cell bookmark="_Cell1" text="7.5%" number="0.075" format="0.0%"/>
//! </record>
//! ```
//!
//! The bookmark stands around the text of the cell, or before its blocks; its name begins with a low line, so that Word
//! does not list it. `text` is what the cell showed: where it shows something else by now, the value
//! does not count any more. `page` says that the document named no page and the writer chose one:
//! width, height, top, right, bottom and left margin in twentieths of a point; `usual` counts the
//! sections before the first whose pages are those of the document. That the part is
//! there says that the styles hold a look of the writer and nothing that the document says.

mod block;
mod contents;
mod control;
mod drawing;
mod fonts;
mod front;
mod furniture;
mod inline;
mod label;
mod list;
mod math;
mod media;
mod notes;
mod numbering;
mod parts;
mod properties;
mod record;
mod reference;
mod sections;
mod styles;
mod table;
mod theme;
mod widths;
mod writing;
mod xml;

#[cfg(test)]
mod tests;

use std::io;

use tabulary_ir::{Capabilities, Document, Error, Feature, Format, Outcome, WriteOptions, Writer};

/// Word documents.
pub static FORMAT: Format = Format {
    id: "docx",
    name: "Word document",
    extensions: &["docx", "docm", "dotx", "dotm"],
    media_type: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
};

/// Writes Word documents.
#[derive(Clone, Copy, Debug, Default)]
pub struct DocxWriter;

impl Writer for DocxWriter {
    fn format(&self) -> &'static Format {
        &FORMAT
    }

    fn capabilities(&self) -> Capabilities {
        use Feature::{
            CellBlocks, CellLooks, CellStyles, Code, Fields, Formulas, Furniture, HeaderRows,
            Headings, HiddenText, Images, Labels, Links, Lists, Marks, Math, Metadata, Notes,
            NumberFormats, ParagraphStyles, Paragraphs, Quotes, Rtl, Rules, SectionPages, Sections,
            Spans, Tables, Values,
        };
        Capabilities::new(
            &[
                Paragraphs,
                Headings,
                Marks,
                HiddenText,
                Labels,
                Tables,
                Spans,
                HeaderRows,
                CellBlocks,
                Values,
                NumberFormats,
                Formulas,
                Links,
                Fields,
                Rtl,
            ],
            &[
                Lists,
                CellLooks,
                CellStyles,
                ParagraphStyles,
                Images,
                Notes,
                Quotes,
                Code,
                Math,
                Rules,
                SectionPages,
                Sections,
                Metadata,
                Furniture,
            ],
        )
    }

    fn write(
        &self,
        document: &Document,
        output: &mut dyn io::Write,
        options: &WriteOptions,
    ) -> Result<Outcome<()>, Error> {
        parts::write(document, output, options)
    }
}
