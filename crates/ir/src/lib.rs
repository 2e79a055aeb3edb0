//! The document model of Tabulary.
//!
//! Every reader makes a [`Document`], every writer takes one. The model is typed: a [`Table`] is a
//! grid whose cells never overlap, a [`Value`] keeps the digits that were written, and whatever a
//! reader repaired or a writer could not express is a [`Diagnostic`] with a stable [`Code`].
//!
//! The model has one textual form, the canonical JSON of [`json`] (RFC 8785), in which equal
//! documents are equal bytes.
//!
//! This crate knows no file format and does no input or output.

mod area;
mod block;
mod borders;
mod budget;
mod capability;
mod cell;
mod charts;
mod code;
mod codec;
mod decimal;
mod diagnostic;
mod document;
mod error;
mod format;
mod found;
mod inline;
pub mod json;
mod length;
mod marks;
mod metadata;
pub mod ordinal;
mod origin;
mod publication;
mod resources;
mod sheet;
mod table;
mod text;
mod told;
mod unpublished;
mod value;
mod visible;

pub use area::{Area, SHEET_COLUMNS, SHEET_ROWS, column_letters, column_number, parse_cell_place};
pub use block::{
    Block, Code as CodeBlock, Figure, Heading, List, ListItem, Math, PageBreak, Paragraph,
    ParagraphRole, ParagraphStyle, Quote, Rule, Section, SectionKind,
};
pub use borders::{Borders, Stroke};
pub use budget::{Budget, Cancel, Limits};
pub use capability::{Capabilities, Feature, Support};
pub use cell::{Align, Cell, CellStyle, Content, Rgb, VerticalAlign};
pub use code::{Code, Severity};
pub use codec::{
    Confidence, FontFile, HeadingsFrom, Input, Outcome, ReadOptions, Reader, SheetAs,
    TrackedChanges, WriteOptions, Writer,
};
pub use decimal::Decimal;
pub use diagnostic::{Diagnostic, Diagnostics};
pub use document::{Document, Furniture, FurnitureKind, Note, NoteKind, PageSetup, TextColumns};
pub use error::{Error, ErrorKind};
pub use format::Format;
pub use found::{Found, FoundBy, Sureness};
pub use inline::{
    Anchor, Control, ControlKind, Field, Image, Inline, InlineMath, Link, NoteRef, Text, push_text,
};
pub use length::Points;
pub use marks::{Mark, Marks};
pub use metadata::{Fields, Metadata};
pub use origin::Origin;
pub use publication::{FontRole, PageStandard, PublicationStyle, Setting, SourceFile, StyleFile};
pub use resources::{Resource, ResourceId, Resources, hexadecimal};
pub use sheet::{Condition, DefinedName, Entry, EntryCheck, EntryKind, SheetSettings, Validation};
pub use table::{Column, RowSetting, Slot, Table, TableBuilder};
pub use text::{block_text, blocks_text, inline_text, labelled};
pub use value::{CellError, NumberFormat, Value};

/// Calendar types of cell values, from the `jiff` crate: dates and times of day without a zone.
pub mod civil {
    pub use jiff::SignedDuration;
    pub use jiff::civil::{Date, DateTime, Time};
}

pub use compact_str::CompactString;
