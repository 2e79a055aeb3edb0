//! Writes a document as an Excel workbook (xlsx) that people like to fill in.
//!
//! Each section of the kind `sheet` becomes a worksheet; what stands outside of all sections goes to
//! a first worksheet. A worksheet has no headings, paragraphs and ends of tables: they are rows and
//! ranges, and defined names say which is which, so that they can be read back:
//!
//! | name | range |
//! |---|---|
//! | `_tabulary.N.table.hR.cC` | a table with R header rows and C header columns; behind it `.w` where widths and heights are its own, `.s` where its cells look as they say, `.p` where only its headers do |
//! | `_tabulary.N.caption` | the line above a table |
//! | `_tabulary.N.heading.L` | a heading of level L |
//! | `_tabulary.N.usual.F` | the first cell of a worksheet; F is what was set that the document does not say: `t` titles, `f` frozen rows, `p` paper, `n` page numbers |
//! | `_tabulary.N.body` | the first cell of the worksheet of what stood outside of all sections |
//!
//! Every other row is a paragraph. A numbering label is the number format of its cell, `"（一） "@`.

mod address;
mod attach;
mod content;
mod entry;
mod line;
mod look;
mod names;
mod running;
mod setup;
mod shared;
mod sheet;
mod table;
mod value;

use std::io;

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, Worksheet, XlsxError};
use tabulary_ir::{
    Area, Block, Budget, Capabilities, Code, Document, Error, ErrorKind, Feature, Format, Metadata,
    Note, NoteKind, Origin, Outcome, Section, SectionKind, WriteOptions, Writer,
};

use names::SheetNames;
use shared::Shared;
use sheet::{Setup, SheetWriter};

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
            F::Hidden,
            F::CellStyles,
        ];
        let partial = [
            F::CellLooks,
            F::SheetSettings,
            F::NumberFormats,
            F::Marks,
            F::Labels,
            F::ParagraphStyles,
            F::Links,
            F::Images,
            F::Notes,
            F::Metadata,
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
        let mut job = Job {
            workbook: Workbook::new(),
            shared: Shared::new(document),
            names: SheetNames::default(),
            named: 0,
            has_visible_sheet: false,
            is_active_set: false,
        };
        job.properties(&document.meta).map_err(refused)?;
        job.sheets(document, &budget)?;
        job.defined_names(document);
        job.tell_losses(document);
        let bytes = job.workbook.save_to_buffer().map_err(refused)?;
        output
            .write_all(&bytes)
            .map_err(|error| Error::io("the output cannot be written", error))?;
        Ok(Outcome {
            value: (),
            diagnostics: job.shared.diagnostics.into_vec(),
        })
    }
}

/// A workbook that is being written.
struct Job<'a> {
    workbook: Workbook,
    shared: Shared<'a>,
    names: SheetNames,
    /// How many defined names there are.
    named: usize,
    /// Whether any sheet can be seen; a workbook needs one.
    has_visible_sheet: bool,
    is_active_set: bool,
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

impl Job<'_> {
    fn sheets(&mut self, document: &Document, budget: &Budget) -> Result<(), Error> {
        let is_sheet = |block: &&Block| matches!(block, Block::Section(section) if section.kind == SectionKind::Sheet);
        let outside: Vec<&Block> = document
            .body
            .iter()
            .filter(|block| !is_sheet(block))
            .collect();
        let has_sheets = outside.len() < document.body.len();
        let is_hidden = |block: &Block| matches!(block, Block::Section(section) if section.hidden);
        let is_below = |note: &&Note| note.kind != NoteKind::Comment;
        let has_notes = document.notes.iter().any(|note| is_below(&note));
        self.has_visible_sheet = !document.body.iter().all(is_hidden) || has_notes;
        if !self.has_visible_sheet && has_sheets {
            let message =
                "all sheets are hidden, and a workbook needs one that is seen: they are shown";
            let diagnostics = &mut self.shared.diagnostics;
            diagnostics.add(Code::StyleDropped, message, None);
        }
        if !outside.is_empty() || !has_sheets || has_notes {
            self.body(document, &outside, budget)?;
        }
        for block in &document.body {
            if let Block::Section(section) = block
                && section.kind == SectionKind::Sheet
            {
                self.sheet(section, document, budget)?;
            }
        }
        Ok(())
    }

    /// The worksheet of what stands outside of all sheets.
    fn body(
        &mut self,
        document: &Document,
        outside: &[&Block],
        budget: &Budget,
    ) -> Result<(), Error> {
        let title = document.meta.title.as_deref().unwrap_or("Document");
        let name = self.names.take(title, false, &mut self.shared.diagnostics);
        let mut sheet = SheetWriter::new(Worksheet::new(), &name, budget, true);
        sheet.blocks(outside, &mut self.shared)?;
        for note in &document.notes {
            if !self.shared.is_placed(note) {
                sheet.note(note, &mut self.shared)?;
            }
        }
        let setup = Setup {
            settings: None,
            page: document.page.as_ref(),
            headers: &document.headers,
            footers: &document.footers,
        };
        self.finish(sheet, &setup, false)
    }

    fn sheet(
        &mut self,
        section: &Section,
        document: &Document,
        budget: &Budget,
    ) -> Result<(), Error> {
        let diagnostics = &mut self.shared.diagnostics;
        let name = self.names.take(&section.name, true, diagnostics);
        let worksheet = if streams(section) {
            self.workbook
                .new_worksheet_with_low_memory()
                .map_err(refused)?
        } else {
            Worksheet::new()
        };
        let mut sheet = SheetWriter::new(worksheet, &name, budget, false);
        let blocks = match as_before(section) {
            Some((mut standing, mut lying)) => {
                sheet.source = Some(section.name.clone());
                if !lying.is_empty() {
                    let message =
                        "texts that lay over cells were written as lines below the others";
                    let place = lying.first().and_then(|block| block.origin()).cloned();
                    self.shared
                        .diagnostics
                        .add(Code::StyleDropped, message, place);
                }
                standing.append(&mut lying);
                standing
            }
            None => section.body.iter().collect(),
        };
        let entry = section
            .sheet
            .as_ref()
            .and_then(|sheet| sheet.entry.as_deref());
        self.shared.unlocked = entry.map(entry::unlocked).unwrap_or_default();
        sheet.blocks(&blocks, &mut self.shared)?;
        self.shared.unlocked.clear();
        // A sheet that says nothing of them has the running lines of the document.
        let setup = Setup {
            settings: section.sheet.as_deref(),
            page: section.page.as_ref().or(document.page.as_ref()),
            headers: own_or(&section.headers, &document.headers),
            footers: own_or(&section.footers, &document.footers),
        };
        self.finish(sheet, &setup, section.hidden)
    }

    fn finish(
        &mut self,
        sheet: SheetWriter<'_>,
        setup: &Setup<'_>,
        hidden: bool,
    ) -> Result<(), Error> {
        let (mut worksheet, names) = sheet.finish(setup, &mut self.shared)?;
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

    /// The names of people for ranges and values.
    fn defined_names(&mut self, document: &Document) {
        for defined in &document.names {
            let name = match &defined.sheet {
                Some(sheet) => format!("'{}'!{}", sheet.replace('\'', "''"), defined.name),
                None => defined.name.clone(),
            };
            let formula = format!("={}", defined.refers_to);
            let is_known = defined
                .sheet
                .as_ref()
                .is_none_or(|sheet| self.names.has(sheet));
            let is_free = is_known && self.shared.take_name(&name);
            if !is_free || self.workbook.define_name(name, &formula).is_err() {
                let message = format!("the name {:?} is none that a workbook takes", defined.name);
                self.shared
                    .diagnostics
                    .add(Code::MetadataDropped, message, None);
            }
        }
    }

    fn properties(&mut self, meta: &Metadata) -> Result<(), XlsxError> {
        let mut properties = DocProperties::new();
        let created = meta
            .created
            .as_deref()
            .and_then(|text| ExcelDateTime::parse_from_str(text.trim_end_matches('Z')).ok());
        if created.is_none() && meta.created.is_some() {
            let message = "the time of creation is none that a workbook can hold";
            self.shared
                .diagnostics
                .add(Code::MetadataDropped, message, None);
        }
        if created.is_some()
            && !meta
                .created
                .as_deref()
                .is_some_and(|text| text.ends_with('Z'))
        {
            let message = "the time of creation names no zone, and is stored as one of UTC";
            self.shared
                .diagnostics
                .add(Code::MetadataDropped, message, None);
        }
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
        let below = document
            .notes
            .iter()
            .filter(|note| !self.shared.is_placed(note));
        let below = below.count();
        if below > 0 {
            let message = format!("{below} notes were written as paragraphs below the text");
            self.shared.diagnostics.add(Code::NoteMoved, message, None);
        }
    }
}

/// What a sheet has itself, or else what its document has.
fn own_or<'a, T>(own: &'a [T], of_all: &'a [T]) -> &'a [T] {
    if own.is_empty() { of_all } else { own }
}

/// Cells from which on a sheet is written row by row, so that it never stands in memory as a whole.
const STREAMED_FROM: usize = 500_000;

/// Whether a sheet is one long table whose cells can be written strictly from top to bottom.
fn streams(section: &Section) -> bool {
    let [Block::Table(table)] = section.body.as_slice() else {
        return false;
    };
    table.cells().len() >= STREAMED_FROM
        && table.name.is_none()
        && table.cells().iter().all(|cell| cell.row_span == 1)
}

/// The blocks of a sheet by whether they can stand where they stood: first those that say where, one
/// below the other, and apart from them lines that lay over other cells. None where a block does not
/// say where it stood.
fn as_before(section: &Section) -> Option<(Vec<&Block>, Vec<&Block>)> {
    let (mut standing, mut lying) = (Vec::new(), Vec::new());
    let mut row = 0;
    for block in &section.body {
        let Some(Origin::Cells { range, sheet }) = block.origin() else {
            return None;
        };
        let area = Area::parse(range).filter(|_| *sheet == section.name)?;
        match block {
            Block::Figure(_) => standing.push(block),
            Block::Paragraph(_) if area.row < row => lying.push(block),
            _ if area.row < row => return None,
            _ => {
                standing.push(block);
                row = area.last_row + 1;
            }
        }
    }
    (!standing.is_empty()).then_some((standing, lying))
}

#[cfg(test)]
mod tests;
