//! Writes a document as an Excel workbook (xlsx) that people like to fill in.
//!
//! Each section of the kind `sheet` becomes a worksheet; what stands outside of all sections goes to
//! a first worksheet. A worksheet has no headings, paragraphs and ends of tables: they are rows and
//! ranges, and defined names say which is which, so that they can be read back:
//!
//! | name | range |
//! |---|---|
//! | `_tabulary.N.table.hR.cC` | a table with R header rows and C header columns; `.w` behind it where the widths are its own |
//! | `_tabulary.N.heading.L` | a heading of level L |
//! | `_tabulary.N.body` | the first cell of the worksheet of what stood outside of all sections |
//!
//! Every other row is a paragraph. A numbering label is the number format of its cell, `"（一） "@`.

mod content;
mod look;
mod names;
mod sheet;
mod table;
mod value;

use std::io;

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, XlsxError};
use tabulary_ir::{
    Block, Budget, Capabilities, Code, Diagnostics, Document, Error, ErrorKind, Feature, Format,
    Inline, Metadata, Outcome, SectionKind, WriteOptions, Writer, inline_text,
};

use look::Formats;
use names::SheetNames;
use sheet::SheetWriter;

/// Excel workbook (ECMA-376-1 18).
pub static FORMAT: Format = Format {
    id: "xlsx",
    name: "Excel workbook",
    extensions: &["xlsx"],
    media_type: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
};

/// Writes Excel workbooks.
#[derive(Clone, Copy, Debug, Default)]
pub struct XlsxWriter;

impl Writer for XlsxWriter {
    fn format(&self) -> &'static Format {
        &FORMAT
    }

    fn capabilities(&self) -> Capabilities {
        use Feature as F;
        let full = [
            F::Paragraphs,
            F::Headings,
            F::Tables,
            F::Spans,
            F::HeaderRows,
            F::Values,
            F::Formulas,
            F::Sections,
            F::Fields,
        ];
        let partial = [
            F::NumberFormats,
            F::Marks,
            F::Labels,
            F::CellStyles,
            F::ParagraphStyles,
            F::Notes,
            F::Metadata,
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
        let mut job = Job {
            workbook: Workbook::new(),
            formats: Formats::default(),
            names: SheetNames::default(),
            named: 0,
            has_visible_sheet: false,
            is_active_set: false,
            diagnostics: Diagnostics::new(),
        };
        job.properties(&document.meta).map_err(refused)?;
        job.sheets(document, &budget)?;
        job.tell_losses(document);
        let bytes = job.workbook.save_to_buffer().map_err(refused)?;
        output
            .write_all(&bytes)
            .map_err(|error| Error::io("the output cannot be written", error))?;
        Ok(Outcome {
            value: (),
            diagnostics: job.diagnostics.into_vec(),
        })
    }
}

/// A workbook that is being written.
pub(crate) struct Job {
    workbook: Workbook,
    formats: Formats,
    names: SheetNames,
    /// How many defined names there are.
    named: usize,
    /// Whether any sheet can be seen; a workbook needs one.
    has_visible_sheet: bool,
    is_active_set: bool,
    pub(crate) diagnostics: Diagnostics,
}

/// What the library refuses is a document that a workbook cannot hold.
pub(crate) fn refused(error: XlsxError) -> Error {
    Error::new(
        ErrorKind::NotRepresentable,
        "the document does not fit into a workbook",
    )
    .caused_by(error)
    .help("convert to docx, html or json")
}

impl Job {
    fn sheets(&mut self, document: &Document, budget: &Budget) -> Result<(), Error> {
        let is_sheet = |block: &&Block| matches!(block, Block::Section(section) if section.kind == SectionKind::Sheet);
        let outside: Vec<&Block> = document
            .body
            .iter()
            .filter(|block| !is_sheet(block))
            .collect();
        let has_sheets = outside.len() < document.body.len();
        let is_hidden = |block: &Block| matches!(block, Block::Section(section) if section.hidden);
        self.has_visible_sheet = !document.body.iter().all(is_hidden) || !document.notes.is_empty();
        if !self.has_visible_sheet && has_sheets {
            let message =
                "all sheets are hidden, and a workbook needs one that is seen: they are shown";
            self.diagnostics.add(Code::StyleDropped, message, None);
        }
        if !outside.is_empty() || !has_sheets || !document.notes.is_empty() {
            let title = document.meta.title.as_deref().unwrap_or("Document");
            let name = self.names.take(title, false, &mut self.diagnostics);
            let mut sheet = SheetWriter::new(&name, budget, true);
            sheet.blocks(&outside, &mut self.formats, &mut self.diagnostics)?;
            for note in &document.notes {
                sheet.note(note, &mut self.formats, &mut self.diagnostics)?;
            }
            self.finish(sheet, false)?;
        }
        for block in &document.body {
            if let Block::Section(section) = block
                && section.kind == SectionKind::Sheet
            {
                let name = self.names.take(&section.name, true, &mut self.diagnostics);
                let mut sheet = SheetWriter::new(&name, budget, false);
                let blocks: Vec<&Block> = section.body.iter().collect();
                sheet.blocks(&blocks, &mut self.formats, &mut self.diagnostics)?;
                self.finish(sheet, section.hidden)?;
            }
        }
        Ok(())
    }

    fn finish(&mut self, sheet: SheetWriter<'_>, hidden: bool) -> Result<(), Error> {
        let (mut worksheet, names) = sheet.finish()?;
        if hidden && self.has_visible_sheet {
            worksheet.set_hidden(true);
        } else if !hidden && !std::mem::replace(&mut self.is_active_set, true) {
            worksheet.set_active(true).set_first_tab(true);
        }
        let quoted = worksheet.name().replace('\'', "''");
        self.workbook.push_worksheet(worksheet);
        for (what, range) in names {
            self.named += 1;
            let name = format!("_tabulary.{}.{what}", self.named);
            self.workbook
                .define_name(name, &format!("='{quoted}'!{range}"))
                .map_err(refused)?;
        }
        Ok(())
    }

    fn properties(&mut self, meta: &Metadata) -> Result<(), XlsxError> {
        let mut properties = DocProperties::new();
        let created = meta
            .created
            .as_deref()
            .and_then(|text| ExcelDateTime::parse_from_str(text.trim_end_matches('Z')).ok());
        let no_date = ExcelDateTime::from_ymd(1980, 1, 1)?;
        properties = properties.set_creation_datetime(&created.clone().unwrap_or(no_date));
        if let Some(title) = &meta.title {
            properties = properties.set_title(title);
        }
        if !meta.creators.is_empty() {
            properties = properties.set_author(meta.creators.join("; "));
        }
        if let Some(description) = &meta.description {
            properties = properties.set_comment(description);
        }
        if let Some(publisher) = &meta.publisher {
            properties = properties.set_company(publisher);
        }
        if !meta.subjects.is_empty() {
            properties = properties.set_keywords(meta.subjects.join("; "));
        }
        for (name, text) in meta.fields.iter() {
            properties = properties.set_custom_property(name, text);
        }
        let own = |name: &str| format!("_tabulary.{name}");
        if let Some(language) = &meta.language {
            properties = properties.set_custom_property(own("language"), language.as_str());
        }
        if let Some(issued) = &meta.issued {
            properties = properties.set_custom_property(own("issued"), issued.as_str());
        }
        if created.is_some() || meta.modified.is_some() {
            let modified = meta.modified.clone().unwrap_or_default();
            properties = properties.set_custom_property(own("modified"), modified);
        }
        for (index, identifier) in meta.identifiers.iter().enumerate() {
            properties = properties
                .set_custom_property(own(&format!("identifier.{index}")), identifier.as_str());
        }
        self.workbook.set_properties(&properties);
        Ok(())
    }

    /// Tells what of the document as a whole has no place in a workbook.
    fn tell_losses(&mut self, document: &Document) {
        let diagnostics = &mut self.diagnostics;
        if !document.headers.is_empty() || !document.footers.is_empty() {
            diagnostics.add(
                Code::HeaderFooterDropped,
                "running headers and footers were left out",
                None,
            );
        }
        if !document.notes.is_empty() {
            let message = format!(
                "{} notes were written as paragraphs below the text",
                document.notes.len()
            );
            diagnostics.add(Code::NoteMoved, message, None);
        }
        let mut links = 0_usize;
        document.for_each_block(|block| {
            let content = match block {
                Block::Paragraph(paragraph) => &paragraph.content,
                Block::Heading(heading) => &heading.content,
                _ => return,
            };
            links += content.iter().filter(|inline| matches!(inline, Inline::Link(link) if !inline_text(&link.content).is_empty())).count();
        });
        if links > 0 {
            diagnostics.add(
                Code::LinkDropped,
                format!("the addresses of {links} links were left out"),
                None,
            );
        }
    }
}

#[cfg(test)]
mod tests;
