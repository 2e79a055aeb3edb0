//! Writing canonical JSON.
//!
//! RFC 8785 asks for sorted keys, no blanks and the shortest escapes. serde_json gives the last two.
//! The keys are sorted because the fields of every type stand in the order of their names; a test
//! compares what is written with what an independent canonicalizer makes of it.

use std::io;

use serde::ser::{SerializeMap, SerializeSeq};
use serde::{Serialize, Serializer};

use super::VERSION;
use super::furniture::Running;
use crate::{Block, Cell, Content, Document, Inline, Table};

/// Writes a document.
///
/// # Errors
/// Where `output` fails.
pub fn to_writer(document: &Document, output: &mut dyn io::Write) -> io::Result<()> {
    serde_json::to_writer(output, document).map_err(io::Error::from)
}

/// The canonical JSON of a document as a text.
pub fn to_string(document: &Document) -> String {
    serde_json::to_string(document)
        .expect("the model has only text keys, and a String takes all writing")
}

impl Serialize for Document {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        let running = Running::of(self);
        map.serialize_entry("body", &self.body)?;
        if !running.footers.is_empty() {
            map.serialize_entry("footers", &running.footers)?;
        }
        if !running.headers.is_empty() {
            map.serialize_entry("headers", &running.headers)?;
        }
        if !self.meta.is_empty() {
            map.serialize_entry("meta", &self.meta)?;
        }
        if !self.names.is_empty() {
            map.serialize_entry("names", &self.names)?;
        }
        if !self.notes.is_empty() {
            map.serialize_entry("notes", &self.notes)?;
        }
        if let Some(page) = &self.page {
            map.serialize_entry("page", page)?;
        }
        if !self.resources.is_empty() {
            map.serialize_entry("resources", &self.resources)?;
        }
        map.serialize_entry("tabulary", VERSION)?;
        map.end()
    }
}

/// An object with its `type` behind all other keys: no key of a block or inline sorts after it.
#[derive(Serialize)]
struct Typed<'a, T> {
    #[serde(flatten)]
    inner: &'a T,
    r#type: &'static str,
}

#[derive(Serialize)]
struct Bare {
    r#type: &'static str,
}

fn typed<T: Serialize, S: Serializer>(
    inner: &T,
    name: &'static str,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    let r#type = name;
    Typed { inner, r#type }.serialize(serializer)
}

impl Serialize for Block {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Heading(block) => typed(block, "heading", serializer),
            Self::Paragraph(block) => typed(block, "paragraph", serializer),
            Self::List(block) => typed(block, "list", serializer),
            Self::Table(block) => block.serialize(serializer),
            Self::Figure(block) => typed(block, "figure", serializer),
            Self::Quote(block) => typed(block, "quote", serializer),
            Self::Code(block) => typed(block, "code", serializer),
            Self::Math(block) => typed(block, "math", serializer),
            Self::Rule(block) => typed(block, "rule", serializer),
            Self::PageBreak(block) => typed(block, "page_break", serializer),
            Self::Section(block) => typed(block, "section", serializer),
        }
    }
}

impl Serialize for Inline {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Text(inline) => typed(inline, "text", serializer),
            Self::Link(inline) => typed(inline, "link", serializer),
            Self::Image(inline) => typed(inline, "image", serializer),
            Self::NoteRef(inline) => typed(inline, "note_ref", serializer),
            Self::Math(inline) => typed(inline, "math", serializer),
            Self::Field(inline) => typed(inline, "field", serializer),
            Self::Anchor(inline) => typed(inline, "anchor", serializer),
            Self::Tab => Bare { r#type: "tab" }.serialize(serializer),
            Self::LineBreak => Bare {
                r#type: "line_break",
            }
            .serialize(serializer),
        }
    }
}

impl Serialize for Table {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        if !self.caption.is_empty() {
            map.serialize_entry("caption", &self.caption)?;
        }
        map.serialize_entry("cells", &Cells(self.cells()))?;
        map.serialize_entry("columns", self.columns())?;
        if self.header_columns > 0 {
            map.serialize_entry("header_columns", &self.header_columns)?;
        }
        if self.header_rows > 0 {
            map.serialize_entry("header_rows", &self.header_rows)?;
        }
        if let Some(name) = &self.name {
            map.serialize_entry("name", name)?;
        }
        if let Some(origin) = &self.origin {
            map.serialize_entry("origin", origin)?;
        }
        if !self.row_settings().is_empty() {
            map.serialize_entry("row_settings", self.row_settings())?;
        }
        map.serialize_entry("rows", &self.rows())?;
        if self.rtl {
            map.serialize_entry("rtl", &true)?;
        }
        map.serialize_entry("type", "table")?;
        map.end()
    }
}

struct Cells<'a>(&'a [Cell]);

impl Serialize for Cells<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut cells = serializer.serialize_seq(Some(self.0.len()))?;
        for cell in self.0 {
            cells.serialize_element(&CellObject(cell))?;
        }
        cells.end()
    }
}

struct CellObject<'a>(&'a Cell);

impl Serialize for CellObject<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let cell = self.0;
        let mut map = serializer.serialize_map(None)?;
        if let Content::Blocks(blocks) = &cell.content {
            map.serialize_entry("blocks", blocks)?;
        }
        map.serialize_entry("col", &cell.col)?;
        if cell.col_span > 1 {
            map.serialize_entry("col_span", &cell.col_span)?;
        }
        if cell.computed {
            map.serialize_entry("computed", &true)?;
        }
        if let Some(format) = &cell.format {
            map.serialize_entry("format", format)?;
        }
        if let Some(formula) = &cell.formula {
            map.serialize_entry("formula", formula)?;
        }
        if let Some(origin) = &cell.origin {
            map.serialize_entry("origin", origin)?;
        }
        map.serialize_entry("row", &cell.row)?;
        if cell.row_span > 1 {
            map.serialize_entry("row_span", &cell.row_span)?;
        }
        if let Some(style) = &cell.style {
            map.serialize_entry("style", style.as_ref())?;
        }
        if let Content::Text(text) = &cell.content
            && !text.is_empty()
        {
            map.serialize_entry("text", text)?;
        }
        if let Some(value) = &cell.value {
            map.serialize_entry("value", value)?;
        }
        map.end()
    }
}
