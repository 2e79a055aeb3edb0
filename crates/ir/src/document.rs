//! The document.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::json::FurnitureObject;
use crate::{Block, Content, DefinedName, Metadata, Points, Resources, Table};

/// A document: what every reader makes and every writer takes.
#[derive(Clone, Debug, Default, PartialEq, Eq, JsonSchema)]
#[schemars(title = "Tabulary document")]
pub struct Document {
    /// What a person reads, in order.
    pub body: Vec<Block>,
    /// Running footers.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(with = "Vec<FurnitureObject>")]
    pub footers: Vec<Furniture>,
    /// Running headers.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(with = "Vec<FurnitureObject>")]
    pub headers: Vec<Furniture>,
    /// What is known about it.
    #[serde(default, skip_serializing_if = "Metadata::is_empty")]
    pub meta: Metadata,
    /// Names of ranges and values, where it is a workbook.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub names: Vec<DefinedName>,
    /// Footnotes, endnotes and comments, in the order of their first reference.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<Note>,
    /// The page it is meant for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub page: Option<PageSetup>,
    /// Images and other bytes.
    #[serde(default, skip_serializing_if = "Resources::is_empty")]
    pub resources: Resources,
}

impl Document {
    /// Takes every origin out, so that the same document read from two sources is equal.
    pub fn strip_origins(&mut self) {
        strip(&mut self.body);
        for note in &mut self.notes {
            strip(&mut note.blocks);
        }
        strip_furniture(&mut self.headers);
        strip_furniture(&mut self.footers);
    }

    /// Every table of the body, outer before inner, in reading order.
    pub fn tables(&self) -> Vec<&Table> {
        let mut tables = Vec::new();
        visit(&self.body, &mut |block| {
            if let Block::Table(table) = block {
                tables.push(table.as_ref());
            }
        });
        tables
    }

    /// Calls `see` with every block of the body, outer before inner, in reading order.
    pub fn for_each_block<'a>(&'a self, mut see: impl FnMut(&'a Block)) {
        visit(&self.body, &mut see);
    }
}

fn visit<'a>(blocks: &'a [Block], see: &mut dyn FnMut(&'a Block)) {
    for block in blocks {
        see(block);
        match block {
            Block::List(list) => {
                for item in &list.items {
                    visit(&item.blocks, see);
                }
            }
            Block::Table(table) => {
                for cell in table.cells() {
                    if let Content::Blocks(blocks) = &cell.content {
                        visit(blocks, see);
                    }
                }
            }
            Block::Quote(quote) => visit(&quote.blocks, see),
            Block::Section(section) => visit(&section.body, see),
            _ => {}
        }
    }
}

fn strip(blocks: &mut [Block]) {
    for block in blocks {
        match block {
            Block::Heading(block) => block.origin = None,
            Block::Paragraph(block) => block.origin = None,
            Block::Figure(block) => {
                block.origin = None;
                if let Some(data) = &mut block.data {
                    data.origin = None;
                    for (_, origin) in data.contents_mut() {
                        *origin = None;
                    }
                }
            }
            Block::Code(block) => block.origin = None,
            Block::Math(block) => block.origin = None,
            Block::Rule(block) => block.origin = None,
            Block::PageBreak(block) => block.origin = None,
            Block::List(block) => {
                block.origin = None;
                for item in &mut block.items {
                    strip(&mut item.blocks);
                }
            }
            Block::Table(block) => {
                block.origin = None;
                for (content, origin) in block.contents_mut() {
                    *origin = None;
                    if let Content::Blocks(blocks) = content {
                        strip(blocks);
                    }
                }
            }
            Block::Quote(block) => {
                block.origin = None;
                strip(&mut block.blocks);
            }
            Block::Section(block) => {
                block.origin = None;
                strip(&mut block.body);
                strip_furniture(&mut block.headers);
                strip_furniture(&mut block.footers);
            }
        }
    }
}

fn strip_furniture(all: &mut [Furniture]) {
    for furniture in all {
        strip(&mut furniture.blocks);
    }
}

/// A footnote, endnote or comment.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Note {
    /// What it says.
    pub blocks: Vec<Block>,
    /// The identifier that references name.
    pub id: String,
    /// What it is.
    pub kind: NoteKind,
    /// The number or sign that a person sees.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
}

/// What a note is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum NoteKind {
    /// At the foot of the page.
    #[default]
    Footnote,
    /// At the end of the document.
    Endnote,
    /// Said about a place by someone who read it.
    Comment,
}

/// A running header or footer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Furniture {
    /// What it says.
    pub blocks: Vec<Block>,
    /// Whether its source has it and shows it on no page.
    pub hidden: bool,
    /// The pages it stands on.
    pub kind: FurnitureKind,
}

/// The pages that a running header or footer stands on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum FurnitureKind {
    /// All pages that no other kind claims.
    #[default]
    Default,
    /// The first page.
    First,
    /// Pages with an even number.
    Even,
}

/// The page that a document is meant for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct PageSetup {
    /// The columns that its text runs in, where there are several.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub columns: Option<TextColumns>,
    /// The height of the paper.
    pub height: Points,
    /// Top, right, bottom and left margin.
    pub margins: [Points; 4],
    /// The width of the paper.
    pub width: Points,
}

/// Columns of equal width, in which text runs one after the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct TextColumns {
    /// How many stand side by side, 2 or more.
    #[schemars(range(min = 2))]
    pub count: u8,
    /// The room between two of them.
    pub gap: Points,
    /// Whether a line is drawn between them.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub ruled: bool,
}
