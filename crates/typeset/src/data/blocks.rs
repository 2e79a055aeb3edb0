//! Blocks and inlines for the template.

use std::collections::BTreeMap;

use serde::Serialize;
use tabulary_ir::{
    Align, Block, Budget, Code, Diagnostics, Document, Error, Furniture, FurnitureKind, Inline,
    List, Mark, Marks, Note, NoteKind, ParagraphRole, ParagraphStyle,
};

use super::PageData;
use super::image::ImageData;
use super::table::TableData;
use crate::clean::Cleaner;
use crate::fonts::Fonts;

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
        /// What it is to the document, in words of the template.
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
    Rule,
    PageBreak,
    ColumnBreak,
    /// Blocks on pages of their own, with the header and footer of the document where they have none.
    Pages {
        page: PageData,
        header: Option<Vec<BlockData>>,
        footer: Option<Vec<BlockData>>,
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
    blocks: Vec<BlockData>,
    label: String,
}

/// A piece of a line: plain text as it is, anything else told apart by `k`.
#[derive(Serialize)]
#[serde(untagged)]
pub(super) enum Piece {
    Plain(String),
    Other(Special),
}

#[derive(Serialize)]
#[serde(tag = "k", rename_all = "snake_case")]
pub(super) enum Special {
    Text {
        text: String,
        marks: Vec<&'static str>,
    },
    Link {
        line: Vec<Piece>,
        href: String,
    },
    Image(ImageData),
    Note {
        blocks: Vec<BlockData>,
    },
    Break,
    Tab,
    PageNumber,
    PageCount,
}

/// Builds blocks for the template.
pub(super) struct Builder<'a, 'd> {
    pub(super) document: &'a Document,
    pub(super) budget: &'a Budget,
    pub(super) diagnostics: &'d mut Diagnostics,
    pub(super) cleaner: Cleaner<'a>,
    /// The width of the text in points.
    pub(super) text_width: f64,
    notes: BTreeMap<&'a str, &'a Note>,
    /// How deep the block stands in others; page breaks only count outside of all.
    pub(super) depth: u32,
    /// The depth of the blocks that stand in columns of text; 0 where none do.
    pub(super) columns: u32,
    in_note: bool,
}

impl<'a, 'd> Builder<'a, 'd> {
    pub(super) fn new(
        document: &'a Document,
        fonts: &'a Fonts,
        budget: &'a Budget,
        diagnostics: &'d mut Diagnostics,
        text_width: f64,
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
            text_width,
            notes,
            depth: 0,
            columns: 0,
            in_note: false,
        }
    }

    pub(super) fn finish(self) -> Cleaner<'a> {
        let comments = self
            .document
            .notes
            .iter()
            .filter(|note| note.kind == NoteKind::Comment);
        let count = comments.count();
        if count > 0 {
            let message = format!("{count} comments have no place on a page and were left out");
            self.diagnostics.add(Code::NoteMoved, message, None);
        }
        self.cleaner
    }

    pub(super) fn furniture(
        &mut self,
        furniture: &'a [Furniture],
        kind: FurnitureKind,
    ) -> Result<Vec<BlockData>, Error> {
        let shown = furniture.iter().filter(|furniture| !furniture.hidden);
        let found = shown.clone().find(|furniture| furniture.kind == kind);
        if shown.count() < furniture.len() {
            let message = "running headers and footers that no page shows were left out";
            self.diagnostics.once(Code::HiddenDropped, message, None);
        }
        let others = furniture.iter().filter(|one| !one.hidden);
        if others.count() > usize::from(found.is_some()) {
            let message = "further running headers and footers, such as those of first and even pages, were left out";
            self.diagnostics
                .add(Code::HeaderFooterDropped, message, None);
        }
        found.map_or(Ok(Vec::new()), |found| self.inner(&found.blocks))
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
        let data = match block {
            Block::Heading(heading) => BlockData::Heading {
                line: self.labelled(heading.label.as_deref(), &heading.content)?,
                level: heading.level,
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
            Block::Table(table) => match self.table(table)? {
                Some(table) => BlockData::Table(table),
                None => return Ok(()),
            },
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
            Block::Math(math) => {
                self.math_as_text();
                let text = self.cleaner.clean(&math.text);
                BlockData::Math { text }
            }
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

    fn math_as_text(&mut self) {
        let message = "formulas of mathematics were laid out as text";
        self.diagnostics.once(Code::MathAsText, message, None);
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

    fn labelled(
        &mut self,
        label: Option<&str>,
        content: &'a [Inline],
    ) -> Result<Vec<Piece>, Error> {
        let mut line = self.line(content)?;
        if let Some(label) = label {
            line.insert(0, Piece::Plain(format!("{} ", self.cleaner.clean(label))));
        }
        Ok(line)
    }

    pub(super) fn line(&mut self, content: &'a [Inline]) -> Result<Vec<Piece>, Error> {
        let mut line = Vec::with_capacity(content.len());
        for inline in content {
            self.piece(inline, &mut line)?;
        }
        Ok(line)
    }

    /// Plain text with line feeds and tabulators, evenly marked.
    pub(super) fn text(&mut self, text: &str, marks: Marks) -> Vec<Piece> {
        let mut content = Vec::new();
        tabulary_ir::push_text(&mut content, text, marks);
        let mut line = Vec::with_capacity(content.len());
        for inline in &content {
            match inline {
                Inline::Text(run) => line.push(self.run(&run.text, run.marks)),
                Inline::Tab => line.push(Piece::Other(Special::Tab)),
                _ => line.push(Piece::Other(Special::Break)),
            }
        }
        line
    }

    fn run(&mut self, text: &str, marks: Marks) -> Piece {
        let text = self.cleaner.clean(text);
        if marks.without(Mark::Hidden).is_empty() {
            return Piece::Plain(text);
        }
        let marks = marks.iter().filter_map(mark_name).collect();
        Piece::Other(Special::Text { text, marks })
    }

    fn piece(&mut self, inline: &'a Inline, line: &mut Vec<Piece>) -> Result<(), Error> {
        match inline {
            Inline::Text(run) => line.push(self.run(&run.text, run.marks)),
            Inline::Tab => line.push(Piece::Other(Special::Tab)),
            Inline::LineBreak => line.push(Piece::Other(Special::Break)),
            Inline::Math(math) => {
                self.math_as_text();
                line.push(Piece::Plain(self.cleaner.clean(&math.text)));
            }
            Inline::Link(link) => {
                let inner = self.line(&link.content)?;
                if is_address(&link.href) {
                    let href = link.href.clone();
                    line.push(Piece::Other(Special::Link { line: inner, href }));
                } else {
                    let message = format!(
                        "the link to {:?} leads nowhere on paper; its text stands",
                        link.href
                    );
                    self.diagnostics.add(Code::LinkDropped, message, None);
                    line.extend(inner);
                }
            }
            Inline::Field(field) => match field.instruction.split_whitespace().next() {
                Some("PAGE") => line.push(Piece::Other(Special::PageNumber)),
                Some("NUMPAGES") => line.push(Piece::Other(Special::PageCount)),
                _ => line.extend(self.line(field.shown())?),
            },
            Inline::NoteRef(reference) => self.note(&reference.note, line)?,
            Inline::Anchor(_) => {}
            Inline::Image(image) => {
                let resource = image
                    .resource
                    .as_ref()
                    .and_then(|id| self.document.resources.get(id));
                let shown = match resource {
                    Some(resource) => ImageData::new(image, resource, self.text_width),
                    None => Err("its bytes are not in the document".to_owned()),
                };
                match shown {
                    Ok(image) => line.push(Piece::Other(Special::Image(image))),
                    Err(why) => {
                        let message = format!("an image was left out: {why}");
                        self.diagnostics.add(Code::ImageDropped, message, None);
                        if !image.alt.is_empty() {
                            line.push(Piece::Plain(self.cleaner.clean(&image.alt)));
                        }
                    }
                }
            }
        }
        Ok(())
    }

    fn note(&mut self, id: &str, line: &mut Vec<Piece>) -> Result<(), Error> {
        let Some(&note) = self.notes.get(id) else {
            let message = format!("the note {id:?} is not in the document");
            self.diagnostics.add(Code::ReferenceMissing, message, None);
            return Ok(());
        };
        // A note inside of a note would be laid out for ever if it named itself.
        if note.kind == NoteKind::Comment || self.in_note {
            return Ok(());
        }
        self.in_note = true;
        let blocks = self.inner(&note.blocks);
        self.in_note = false;
        line.push(Piece::Other(Special::Note { blocks: blocks? }));
        Ok(())
    }
}

fn mark_name(mark: Mark) -> Option<&'static str> {
    Some(match mark {
        Mark::Bold => "bold",
        Mark::Code => "code",
        Mark::Highlight => "highlight",
        Mark::Italic => "italic",
        Mark::Smallcaps => "smallcaps",
        Mark::Strike => "strike",
        Mark::Subscript => "subscript",
        Mark::Superscript => "superscript",
        Mark::Underline => "underline",
        Mark::Hidden => return None,
    })
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

/// Whether a link leads to something that a PDF viewer can open.
fn is_address(href: &str) -> bool {
    let scheme = href.split_once(':').map_or("", |(scheme, _)| scheme);
    href.len() <= 2000
        && ["http", "https", "mailto", "ftp", "tel"].contains(&scheme.to_ascii_lowercase().as_str())
}
