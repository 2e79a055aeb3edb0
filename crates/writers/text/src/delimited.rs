//! CSV (RFC 4180) and TSV: the tables of a document, one below the other.
//!
//! Texts are written as they are, also those that a spreadsheet would take for formulas: a value is
//! what was written.

use std::io;

use tabulary_ir::{
    Block, Capabilities, Cell, Code, Content, Diagnostics, Document, Error, ErrorKind, Feature,
    Format, Outcome, Section, Slot, Table, WriteOptions, Writer,
};

use crate::put;

/// Comma-separated values.
pub static CSV: Format = Format {
    id: "csv",
    name: "comma-separated values",
    extensions: &["csv"],
    media_type: "text/csv",
};

/// Tabulator-separated values.
pub static TSV: Format = Format {
    id: "tsv",
    name: "tabulator-separated values",
    extensions: &["tsv", "tab"],
    media_type: "text/tab-separated-values",
};

/// How many bytes are collected before they are written.
const PIECE: usize = 1 << 16;

/// Writes comma-separated values.
#[derive(Clone, Copy, Debug, Default)]
pub struct CsvWriter;

/// Writes tabulator-separated values.
#[derive(Clone, Copy, Debug, Default)]
pub struct TsvWriter;

fn capabilities() -> Capabilities {
    Capabilities::new(
        &[],
        &[Feature::Tables, Feature::HeaderRows, Feature::Values],
    )
}

impl Writer for CsvWriter {
    fn format(&self) -> &'static Format {
        &CSV
    }

    fn capabilities(&self) -> Capabilities {
        capabilities()
    }

    fn write(
        &self,
        document: &Document,
        output: &mut dyn io::Write,
        options: &WriteOptions,
    ) -> Result<Outcome<()>, Error> {
        write(document, output, options, ',')
    }
}

impl Writer for TsvWriter {
    fn format(&self) -> &'static Format {
        &TSV
    }

    fn capabilities(&self) -> Capabilities {
        capabilities()
    }

    fn write(
        &self,
        document: &Document,
        output: &mut dyn io::Write,
        options: &WriteOptions,
    ) -> Result<Outcome<()>, Error> {
        write(document, output, options, '\t')
    }
}

fn write(
    document: &Document,
    output: &mut dyn io::Write,
    options: &WriteOptions,
    delimiter: char,
) -> Result<Outcome<()>, Error> {
    let budget = options.budget();
    let mut diagnostics = Diagnostics::new();
    let mut tables = Vec::new();
    let mut dropped = 0;
    collect(&document.body, &mut tables, &mut dropped);
    if tables.is_empty() && !document.body.is_empty() {
        let error = Error::new(
            ErrorKind::NotRepresentable,
            "the document holds no table, and CSV holds nothing else",
        );
        return Err(error.help("write it as text, Markdown or HTML"));
    }
    if dropped > 0 {
        let message = format!("{dropped} blocks that are no tables were left out");
        diagnostics.add(Code::BlockDropped, message, None);
    }
    if tables.len() > 1 {
        let message = format!(
            "{} tables were written one below the other with a blank line between",
            tables.len()
        );
        diagnostics.add(Code::BlockDropped, message, None);
    }
    tell_around(document, &mut diagnostics);
    for (index, table) in tables.iter().enumerate() {
        if index > 0 {
            put(output, "\r\n")?;
        }
        budget.cells(table.area())?;
        tell_cells(table, &mut diagnostics);
        records(table, output, delimiter, &budget)?;
    }
    Ok(Outcome {
        value: (),
        diagnostics: diagnostics.into_vec(),
    })
}

fn collect<'a>(blocks: &'a [Block], tables: &mut Vec<&'a Table>, dropped: &mut usize) {
    for block in blocks {
        match block {
            Block::Table(table) => tables.push(table),
            Block::Section(Section { body, .. }) => collect(body, tables, dropped),
            _ => *dropped += 1,
        }
    }
}

fn tell_around(document: &Document, diagnostics: &mut Diagnostics) {
    if !document.meta.is_empty() {
        let message = "what is known about the document was left out";
        diagnostics.add(Code::MetadataDropped, message, None);
    }
    if !document.notes.is_empty() {
        let message = format!("{} notes were left out", document.notes.len());
        diagnostics.add(Code::NoteMoved, message, None);
    }
    if !document.headers.is_empty() || !document.footers.is_empty() {
        let message = "running headers and footers were left out";
        diagnostics.add(Code::HeaderFooterDropped, message, None);
    }
}

fn tell_cells(table: &Table, diagnostics: &mut Diagnostics) {
    let place = |cell: &Cell| {
        let own = cell.origin.as_deref().or(table.origin.as_ref());
        own.cloned()
    };
    let merged = table.cells().iter().filter(|cell| cell.is_merged());
    if let Some(first) = merged.clone().next() {
        let message = format!(
            "{} merged cells were written as single cells; their text stands in the first one",
            merged.count()
        );
        diagnostics.add(Code::SpanDropped, message, place(first));
    }
    let with_blocks = table
        .cells()
        .iter()
        .filter(|cell| matches!(cell.content, Content::Blocks(_)));
    if let Some(first) = with_blocks.clone().next() {
        let message = format!(
            "the blocks in {} cells were written as text",
            with_blocks.count()
        );
        diagnostics.add(Code::CellBlocksFlattened, message, place(first));
    }
    if let Some(first) = table.cells().iter().find(|cell| cell.formula.is_some()) {
        let message = "formulas were left out; their values stand";
        diagnostics.add(Code::FormulaDropped, message, place(first));
    }
    if !table.caption.is_empty() {
        let message = "the caption of a table was left out";
        diagnostics.add(Code::BlockDropped, message, table.origin.clone());
    }
}

fn records(
    table: &Table,
    output: &mut dyn io::Write,
    delimiter: char,
    budget: &tabulary_ir::Budget,
) -> Result<(), Error> {
    let mut text = String::new();
    for slots in table.row_slots() {
        budget.tick()?;
        let begins = text.len();
        for (index, slot) in slots.iter().enumerate() {
            if index > 0 {
                text.push(delimiter);
            }
            if let Slot::Anchor(cell) = slot {
                field(&cell.plain_text(), &mut text);
            }
            text.extend((1..slot.width()).map(|_| delimiter));
        }
        if text.len() == begins {
            // A blank line would be no record.
            text.push_str("\"\"");
        }
        text.push_str("\r\n");
        if text.len() > PIECE {
            put(output, &text)?;
            text.clear();
        }
    }
    put(output, &text)
}

/// Adds a field; in quotation marks where it holds what a reader might take for a delimiter.
fn field(text: &str, out: &mut String) {
    if text.contains([',', ';', '\t', '|', '"', '\n', '\r']) {
        out.push('"');
        out.push_str(&text.replace('"', "\"\""));
        out.push('"');
    } else {
        out.push_str(text);
    }
}
