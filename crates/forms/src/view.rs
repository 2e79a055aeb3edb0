//! A document as it is looked through: lines and tables one after the other.

use tabulary_ir::{Block, Content, Document, Origin, Table, block_text, inline_text, labelled};

/// What stands one after the other.
#[derive(Clone, Debug)]
pub(crate) enum Item<'a> {
    Line(Line<'a>),
    Table(&'a Table),
}

/// A block that is no table.
#[derive(Clone, Debug)]
pub(crate) struct Line<'a> {
    pub(crate) text: String,
    pub(crate) is_heading: bool,
    pub(crate) block: &'a Block,
    pub(crate) origin: Option<&'a Origin>,
}

/// The lines and tables of blocks; sections, quotes and tables that only lay things out are opened.
pub(crate) fn items(blocks: &[Block]) -> Vec<Item<'_>> {
    let mut all = Vec::new();
    collect(blocks, &mut all);
    all
}

/// The lines and tables of a document.
pub(crate) fn items_of(document: &Document) -> Vec<Item<'_>> {
    items(&document.body)
}

fn collect<'a>(blocks: &'a [Block], all: &mut Vec<Item<'a>>) {
    for block in blocks {
        match block {
            Block::Section(section) => collect(&section.body, all),
            Block::Quote(quote) => collect(&quote.blocks, all),
            Block::Table(table) if lays_out(table) => {
                for cell in table.cells() {
                    if let Content::Blocks(blocks) = &cell.content {
                        collect(blocks, all);
                    }
                }
            }
            Block::Table(table) => all.push(Item::Table(table)),
            Block::PageBreak(_) | Block::Rule(_) => {}
            other => all.push(Item::Line(line(other))),
        }
    }
}

fn line(block: &Block) -> Line<'_> {
    let (text, is_heading) = match block {
        Block::Heading(heading) => (
            labelled(heading.label.as_deref(), inline_text(&heading.content)),
            true,
        ),
        other => (block_text(other), false),
    };
    Line {
        text,
        is_heading,
        block,
        origin: block.origin(),
    }
}

/// Whether a table only says where on a page other tables stand.
fn lays_out(table: &Table) -> bool {
    let holds_table =
        |blocks: &[Block]| blocks.iter().any(|block| matches!(block, Block::Table(_)));
    table
        .cells()
        .iter()
        .any(|cell| matches!(&cell.content, Content::Blocks(blocks) if holds_table(blocks)))
}
