//! Running headers and footers in JSON: those of sections stand among those of the document, each with
//! the place of its section, so that a body holds nothing but what is read in order.

use std::borrow::Cow;

use schemars::JsonSchema;
use serde::Serialize;

use crate::{Block, Content, Document, Furniture, FurnitureKind, Section};

/// A running header or footer as it stands in JSON.
#[derive(Serialize, JsonSchema)]
pub(crate) struct FurnitureObject<'d> {
    /// What it says.
    blocks: Cow<'d, [Block]>,
    /// Whether its source has it and shows it on no page.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    hidden: bool,
    /// The pages it stands on.
    kind: FurnitureKind,
    /// The section on whose pages it stands, as a JSON Pointer; on all pages of the document, but for
    /// those of sections that have their own, where it names none.
    #[serde(skip_serializing_if = "Option::is_none")]
    section: Option<String>,
}

/// The headers and footers of a document and of its sections.
#[derive(Default)]
pub(super) struct Running<'d> {
    pub(super) footers: Vec<FurnitureObject<'d>>,
    pub(super) headers: Vec<FurnitureObject<'d>>,
}

impl<'d> Running<'d> {
    /// Gathers those of a document. Sections that stand in headers and footers come last.
    pub(super) fn of(document: &'d Document) -> Self {
        let mut running = Self::default();
        let mut walk = Walk {
            running: &mut running,
            path: Vec::new(),
        };
        walk.add(&document.headers, &document.footers, None);
        walk.blocks("body", &document.body);
        for (index, note) in document.notes.iter().enumerate() {
            walk.within("notes", index, |walk| walk.blocks("blocks", &note.blocks));
        }
        let (mut headers, mut footers) = (0, 0);
        loop {
            let (key, index, found) = if headers < walk.running.headers.len() {
                headers += 1;
                ("headers", headers - 1, &walk.running.headers)
            } else if footers < walk.running.footers.len() {
                footers += 1;
                ("footers", footers - 1, &walk.running.footers)
            } else {
                break;
            };
            if let Cow::Borrowed(blocks) = found[index].blocks {
                walk.within(key, index, |walk| walk.blocks("blocks", blocks));
            }
        }
        running
    }
}

struct Walk<'r, 'd> {
    running: &'r mut Running<'d>,
    /// Keys and indices from the document to the place.
    path: Vec<(&'static str, usize)>,
}

impl<'d> Walk<'_, 'd> {
    fn add(&mut self, headers: &'d [Furniture], footers: &'d [Furniture], section: Option<&str>) {
        let object = |furniture: &'d Furniture| FurnitureObject {
            blocks: Cow::Borrowed(furniture.blocks.as_slice()),
            hidden: furniture.hidden,
            kind: furniture.kind,
            section: section.map(str::to_owned),
        };
        self.running.headers.extend(headers.iter().map(object));
        self.running.footers.extend(footers.iter().map(object));
    }

    fn within(&mut self, key: &'static str, index: usize, walk: impl FnOnce(&mut Self)) {
        self.path.push((key, index));
        walk(self);
        self.path.pop();
    }

    fn blocks(&mut self, key: &'static str, blocks: &'d [Block]) {
        for (index, block) in blocks.iter().enumerate() {
            self.within(key, index, |walk| walk.block(block));
        }
    }

    fn block(&mut self, block: &'d Block) {
        match block {
            Block::List(list) => {
                for (index, item) in list.items.iter().enumerate() {
                    self.within("items", index, |walk| walk.blocks("blocks", &item.blocks));
                }
            }
            Block::Table(table) => {
                for (index, cell) in table.cells().iter().enumerate() {
                    if let Content::Blocks(blocks) = &cell.content {
                        self.within("cells", index, |walk| walk.blocks("blocks", blocks));
                    }
                }
            }
            Block::Quote(quote) => self.blocks("blocks", &quote.blocks),
            Block::Section(section) => {
                self.section(section);
                self.blocks("body", &section.body);
            }
            _ => {}
        }
    }

    fn section(&mut self, section: &'d Section) {
        if section.headers.is_empty() && section.footers.is_empty() {
            return;
        }
        let steps = self.path.iter();
        let pointer: String = steps
            .map(|(key, index)| format!("/{key}/{index}"))
            .collect();
        self.add(&section.headers, &section.footers, Some(&pointer));
    }
}
