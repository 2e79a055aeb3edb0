//! Blocks and inlines for the styles.

use std::collections::BTreeMap;

use serde::Serialize;
use tabulary_ir::{
    Align, Block, Budget, Code, Diagnostics, Document, Error, Furniture, FurnitureKind, Heading,
    List, Note, ParagraphRole, ParagraphStyle,
};

use super::anchors;
use super::line::{Formula, Piece, Special};
use super::table::TableData;
use super::{PageData, Running};
use crate::clean::Cleaner;
use crate::fonts::{Advances, Fonts};
use crate::standard::Obstacle;

/// A block, told apart by `k`.
#[derive(Serialize)]
#[serde(tag = "k", rename_all = "snake_case")]
pub(super) enum BlockData {
    Heading {
        line: Vec<Piece>,
        level: u8,
        align: Option<&'static str>,
        rtl: bool,
    },
    Paragraph {
        line: Vec<Piece>,
        align: Option<&'static str>,
        indent: f64,
        first: FirstLine,
        /// What it is to the document, in words of the styles.
        role: Option<&'static str>,
        rtl: bool,
    },
    List {
        items: Vec<ItemData>,
    },
    Table(TableData),
    Figure {
        line: Vec<Piece>,
        caption: Vec<Piece>,
    },
    Quote {
        blocks: Vec<BlockData>,
    },
    Code {
        text: String,
    },
    Math {
        text: String,
    },
    Equation(Formula),
    Rule,
    PageBreak,
    ColumnBreak,
    /// Blocks on pages of their own, with the header and footer of the document where they have none.
    Pages {
        number: usize,
        page: PageData,
        header: Option<Running>,
        footer: Option<Running>,
        blocks: Vec<BlockData>,
    },
    /// Blocks on pages that are turned by a quarter.
    Turned {
        blocks: Vec<BlockData>,
    },
    /// Blocks in columns of text.
    Columns {
        count: u8,
        gap: f64,
        blocks: Vec<BlockData>,
    },
    Name {
        text: String,
        first: bool,
    },
}

/// How far a first line is set in.
#[derive(Serialize)]
#[serde(rename_all = "snake_case", untagged)]
pub(super) enum FirstLine {
    /// As the style of the page has it.
    Usual(&'static str),
    /// Points; negative for a hanging indent.
    Points(f64),
}

#[derive(Serialize)]
pub(super) struct ItemData {
    pub(super) blocks: Vec<BlockData>,
    pub(super) label: String,
}

/// Builds blocks for the styles.
pub(super) struct Builder<'a, 'd> {
    pub(super) document: &'a Document,
    pub(super) budget: &'a Budget,
    pub(super) diagnostics: &'d mut Diagnostics,
    pub(super) cleaner: Cleaner<'a>,
    /// The width of the text in points.
    pub(super) text_width: f64,
    pub(super) notes: BTreeMap<&'a str, &'a Note>,
    /// How deep the block stands in others; page breaks only count outside of all.
    pub(super) depth: u32,
    /// The depth of the blocks that stand in columns of text; 0 where none do.
    pub(super) columns: u32,
    pub(super) in_note: bool,
    /// Comments, in the order of the places that they belong to.
    pub(super) comments: Vec<&'a Note>,
    /// How many sections have pages of their own.
    pub(super) pages: usize,
    /// Names of places, and whether one is laid out already.
    pub(super) anchors: BTreeMap<&'a str, bool>,
    /// Whether what is laid out may stand on several pages, as header rows do.
    pub(super) repeats: bool,
    /// Whether PDF/UA is to be kept: no level of headings is left out, and no row of a table is without a cell.
    pub(super) is_for_all: bool,
    /// The level of the last heading.
    last_level: u8,
    /// The block of the first image without a text in its place.
    pub(super) without_alternative: Option<Option<&'a Block>>,
    /// The room for a table on a page that is turned, in points.
    pub(super) turned_width: f64,
    /// Sizes of type for tables, and how far the letters reach in them.
    pub(super) table_sizes: &'static [f64],
    pub(super) advances: Advances,
}

impl<'a, 'd> Builder<'a, 'd> {
    pub(super) fn new(
        document: &'a Document,
        fonts: &'a Fonts,
        budget: &'a Budget,
        diagnostics: &'d mut Diagnostics,
    ) -> Self {
        let notes = document
            .notes
            .iter()
            .map(|note| (note.id.as_str(), note))
            .collect();
        Self {
            document,
            budget,
            diagnostics,
            cleaner: Cleaner::new(fonts),
            text_width: 0.0,
            notes,
            depth: 0,
            columns: 0,
            in_note: false,
            comments: Vec::new(),
            pages: 0,
            anchors: anchors::of(document),
            repeats: false,
            is_for_all: false,
            last_level: 0,
            without_alternative: None,
            turned_width: 0.0,
            table_sizes: &[],
            advances: [0.5; 128],
        }
    }

    /// Lays out on a page.
    pub(super) fn set_page(&mut self, page: &PageData) {
        self.text_width = page.text_width();
        self.turned_width = page.text_height();
    }

    /// Sets tables in the first of these sizes that fits, in letters that reach so far.
    pub(super) fn set_tables(&mut self, sizes: &'static [f64], advances: Advances) {
        self.table_sizes = sizes;
        self.advances = advances;
    }

    /// Ends the work: the cleaner, and the block of the first image without a text in its place.
    pub(super) fn finish(self) -> (Cleaner<'a>, Option<(Obstacle, Option<&'a Block>)>) {
        let alternative = self.without_alternative;
        (
            self.cleaner,
            alternative.map(|block| (Obstacle::Alternative, block)),
        )
    }

    /// Headers or footers, the first of each kind; none where no page shows any.
    pub(super) fn running(&mut self, all: &'a [Furniture]) -> Result<Option<Running>, Error> {
        let shown = || all.iter().filter(|furniture| !furniture.hidden);
        if shown().count() < all.len() {
            let message = "running headers and footers that no page shows were left out";
            self.diagnostics.once(Code::HiddenDropped, message, None);
        }
        let of = |kind| shown().find(|furniture| furniture.kind == kind);
        let found = [
            FurnitureKind::Default,
            FurnitureKind::Even,
            FurnitureKind::First,
        ]
        .map(of);
        if shown().count() > found.iter().flatten().count() {
            let message =
                "more than one running header or footer for the same pages: the first stands";
            self.diagnostics
                .add(Code::HeaderFooterDropped, message, None);
        }
        if found.iter().all(Option::is_none) {
            return Ok(None);
        }
        let mut blocks =
            |found: Option<&'a Furniture>| found.map(|found| self.inner(&found.blocks)).transpose();
        let [default, even, first] = found;
        Ok(Some(Running {
            default: blocks(default)?.filter(|blocks| !blocks.is_empty()),
            even: blocks(even)?,
            first: blocks(first)?,
        }))
    }

    /// Blocks that stand in another block.
    pub(super) fn inner(&mut self, blocks: &'a [Block]) -> Result<Vec<BlockData>, Error> {
        self.depth += 1;
        if self.depth > self.budget.limits().block_depth {
            let bound = self.budget.limits().block_depth;
            return Err(Error::limit(format!(
                "blocks stand more than {bound} deep in one another"
            )));
        }
        let mut all = Vec::new();
        for block in blocks {
            self.block(block, &mut all)?;
        }
        self.depth -= 1;
        Ok(all)
    }

    /// Whether the block stands outside of all others.
    pub(super) fn is_outermost(&self) -> bool {
        self.depth == 0
    }

    pub(super) fn block(
        &mut self,
        block: &'a Block,
        all: &mut Vec<BlockData>,
    ) -> Result<(), Error> {
        self.budget.tick()?;
        let around = self.cleaner.place.replace(block);
        let done = self.block_at(block, all);
        self.cleaner.place = around;
        done
    }

    fn block_at(&mut self, block: &'a Block, all: &mut Vec<BlockData>) -> Result<(), Error> {
        let data = match block {
            Block::Heading(heading) => BlockData::Heading {
                line: self.labelled(heading.label.as_deref(), &heading.content)?,
                level: self.level(heading),
                align: align(heading.style.align),
                rtl: heading.style.rtl,
            },
            Block::Paragraph(paragraph) => {
                let line = self.labelled(paragraph.label.as_deref(), &paragraph.content)?;
                if line.is_empty() {
                    return Ok(());
                }
                BlockData::Paragraph {
                    first: first_line(&paragraph.style, &line),
                    align: align(paragraph.style.align),
                    role: paragraph.style.role.map(|role| match role {
                        ParagraphRole::Title => "title",
                        ParagraphRole::Subtitle => "subtitle",
                    }),
                    indent: paragraph
                        .style
                        .indent
                        .map_or(0.0, |indent| indent.to_f64().clamp(0.0, 200.0)),
                    rtl: paragraph.style.rtl,
                    line,
                }
            }
            Block::List(list) => BlockData::List {
                items: self.items(list)?,
            },
            Block::Table(table) => return self.table(table, all),
            Block::Figure(figure) => BlockData::Figure {
                line: self.line(&figure.content)?,
                caption: self.line(&figure.caption)?,
            },
            Block::Quote(quote) => BlockData::Quote {
                blocks: self.inner(&quote.blocks)?,
            },
            Block::Code(code) => BlockData::Code {
                text: self.cleaner.clean(&code.text),
            },
            Block::Math(math) => match self.formula(math.mathml.as_deref(), &math.text) {
                Ok(formula) => BlockData::Equation(formula),
                Err(text) => BlockData::Math { text },
            },
            Block::Rule(_) => BlockData::Rule,
            Block::PageBreak(_) if self.is_outermost() => BlockData::PageBreak,
            Block::PageBreak(page_break) if page_break.column && self.columns == self.depth => {
                BlockData::ColumnBreak
            }
            Block::PageBreak(_) => return Ok(()),
            Block::Section(section) => {
                for block in &section.body {
                    self.block(block, all)?;
                }
                return Ok(());
            }
        };
        all.push(data);
        Ok(())
    }

    /// The level of a heading; where none may be left out (ISO 14289-1 7.4.2), one below the last at the most.
    fn level(&mut self, heading: &Heading) -> u8 {
        let least = self.last_level + 1;
        if self.is_for_all && heading.level > least {
            let message = format!(
                "a heading of level {} follows one of level {}: it was made one of level {least}, since PDF/UA \
                 leaves no level out",
                heading.level, self.last_level
            );
            self.diagnostics
                .add(Code::HeadingLevelChanged, message, heading.origin.clone());
            self.last_level = least;
            return least;
        }
        self.last_level = heading.level;
        heading.level
    }

    fn items(&mut self, list: &'a List) -> Result<Vec<ItemData>, Error> {
        let mut items = Vec::new();
        for (index, item) in list.items.iter().enumerate() {
            let label = match &item.label {
                Some(label) => self.cleaner.clean(label),
                None if list.ordered => format!("{}.", index + 1),
                None => "•".to_owned(),
            };
            let blocks = self.inner(&item.blocks)?;
            items.push(ItemData { blocks, label });
        }
        Ok(items)
    }
}

pub(super) fn align(align: Option<Align>) -> Option<&'static str> {
    Some(match align? {
        Align::Left => "left",
        Align::Center => "center",
        Align::Right => "right",
        Align::Justify => "justify",
    })
}

/// A first line is set in as its style says; as usual where nothing is said and it does not begin
/// with blanks of its own.
fn first_line(style: &ParagraphStyle, line: &[Piece]) -> FirstLine {
    let starts_blank = match line.first() {
        Some(Piece::Plain(text) | Piece::Other(Special::Text { text, .. })) => {
            text.starts_with(['\u{3000}', ' ', '\u{A0}'])
        }
        Some(Piece::Other(Special::Image(_))) => true,
        _ => false,
    };
    match style.first_line {
        Some(points) => FirstLine::Points(points.to_f64().clamp(-100.0, 200.0)),
        None if starts_blank
            || style
                .align
                .is_some_and(|a| a != Align::Justify && a != Align::Left) =>
        {
            FirstLine::Points(0.0)
        }
        None => FirstLine::Usual("usual"),
    }
}
