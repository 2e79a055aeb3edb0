//! The JSON as it comes: every key of every kind of block in one struct, since canonical JSON puts
//! `type` behind the content, and a million cells must not be held twice until it is seen.

use std::collections::BTreeMap;

use compact_str::CompactString;
use serde::Deserialize;

use crate::block::ParagraphStyle;
use crate::{
    CellStyle, Column, DefinedName, FurnitureKind, Metadata, NoteKind, NumberFormat, Origin,
    PageSetup, Points, Resources, RowSetting, SectionKind, SheetSettings, Value,
};

/// The version alone, for a message about files that are not of this version.
#[derive(Deserialize)]
pub(super) struct VersionOnly {
    pub(super) tabulary: Option<String>,
}

#[derive(Deserialize)]
pub(super) struct DocumentNode {
    pub(super) tabulary: Option<String>,
    #[serde(default)]
    pub(super) body: Vec<Node>,
    #[serde(default)]
    pub(super) footers: Vec<FurnitureNode>,
    #[serde(default)]
    pub(super) headers: Vec<FurnitureNode>,
    #[serde(default)]
    pub(super) meta: Metadata,
    #[serde(default)]
    pub(super) names: Vec<DefinedName>,
    #[serde(default)]
    pub(super) notes: Vec<NoteNode>,
    pub(super) page: Option<PageSetup>,
    #[serde(default)]
    pub(super) resources: Resources,
}

#[derive(Deserialize)]
pub(super) struct FurnitureNode {
    #[serde(default)]
    pub(super) blocks: Vec<Node>,
    #[serde(default)]
    pub(super) hidden: bool,
    #[serde(default)]
    pub(super) kind: FurnitureKind,
    pub(super) section: Option<String>,
}

#[derive(Deserialize)]
pub(super) struct NoteNode {
    #[serde(default)]
    pub(super) blocks: Vec<Node>,
    #[serde(default)]
    pub(super) id: String,
    #[serde(default)]
    pub(super) kind: NoteKind,
    pub(super) label: Option<String>,
}

#[derive(Deserialize)]
pub(super) struct ItemNode {
    #[serde(default)]
    pub(super) blocks: Vec<Node>,
    pub(super) label: Option<String>,
}

#[derive(Deserialize)]
pub(super) struct CellNode {
    pub(super) blocks: Option<Vec<Node>>,
    pub(super) col: u32,
    pub(super) col_span: Option<u32>,
    pub(super) computed: Option<bool>,
    pub(super) format: Option<NumberFormat>,
    pub(super) formula: Option<Box<str>>,
    pub(super) origin: Option<Box<Origin>>,
    pub(super) row: u32,
    pub(super) row_span: Option<u32>,
    pub(super) style: Option<CellStyle>,
    pub(super) text: Option<CompactString>,
    pub(super) value: Option<Value>,
}

macro_rules! node {
    ($(#[$meta:meta])* $name:ident { $($field:ident: $type:ty,)* }) => {
        $(#[$meta])*
        #[derive(Deserialize)]
        pub(super) struct $name {
            pub(super) r#type: String,
            $(pub(super) $field: Option<$type>,)*
        }

        impl $name {
            /// The keys that nothing took.
            pub(super) fn leftovers(&self) -> Vec<&'static str> {
                let mut names = Vec::new();
                $(if self.$field.is_some() {
                    names.push(stringify!($field));
                })*
                names
            }
        }
    };
}

node! {
    /// A block of any kind.
    Node {
        blocks: Vec<Node>,
        body: Vec<Node>,
        caption: Vec<Leaf>,
        cells: Vec<CellNode>,
        column: bool,
        columns: Vec<Column>,
        content: Vec<Leaf>,
        continuous: bool,
        data: Box<Node>,
        footers: Vec<FurnitureNode>,
        header_columns: u32,
        header_rows: u32,
        headers: Vec<FurnitureNode>,
        hidden: bool,
        items: Vec<ItemNode>,
        kind: SectionKind,
        label: String,
        language: String,
        level: u8,
        mathml: String,
        name: String,
        ordered: bool,
        origin: Origin,
        page: PageSetup,
        row_settings: Vec<RowSetting>,
        rows: u32,
        rtl: bool,
        sheet: Box<SheetSettings>,
        style: ParagraphStyle,
        text: String,
    }
}

node! {
    /// An inline of any kind.
    Leaf {
        alt: String,
        content: Vec<Leaf>,
        control: Box<crate::Control>,
        href: String,
        instruction: String,
        marks: crate::Marks,
        mathml: String,
        name: String,
        note: String,
        resource: crate::ResourceId,
        size: [Points; 2],
        text: String,
    }
}

/// Keys that were passed over: how often each name, and the pointer of the first.
pub(super) type Ignored = BTreeMap<String, (usize, String)>;
