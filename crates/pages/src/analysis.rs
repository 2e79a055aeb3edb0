//! From pages to a document's blocks.

use tabulary_ir::{Block, Diagnostics, Furniture, Note, PageSetup};

use crate::{Element, OutlineItem, Page};

/// What is known of all pages before they are looked at one by one.
#[derive(Clone, Debug, Default)]
pub struct Hints {
    /// The structure that the maker of the pages gives, if any.
    pub structure: Option<Element>,
    /// The outline: headings with their pages.
    pub outline: Vec<OutlineItem>,
}

/// What pages hold, in reading order.
#[derive(Clone, Debug, Default)]
pub struct Analysis {
    /// What a person reads.
    pub body: Vec<Block>,
    /// Running headers.
    pub headers: Vec<Furniture>,
    /// Running footers.
    pub footers: Vec<Furniture>,
    /// Footnotes, in the order of their first reference.
    pub notes: Vec<Note>,
    /// The page that most pages have.
    pub page: Option<PageSetup>,
}

/// Takes pages one by one, and makes blocks of them.
#[derive(Debug, Default)]
pub struct Analyzer {
    hints: Hints,
    body: Vec<Block>,
}

impl Analyzer {
    /// Nothing seen so far.
    pub fn new(hints: Hints) -> Self {
        Self {
            hints,
            body: Vec::new(),
        }
    }

    /// Takes the next page.
    pub fn page(&mut self, page: Page, _diagnostics: &mut Diagnostics) {
        let text: String = page.glyphs.iter().map(|g| g.text.as_str()).collect();
        self.body.push(Block::paragraph(&text));
    }

    /// What all pages hold together.
    pub fn finish(self, _diagnostics: &mut Diagnostics) -> Analysis {
        let _ = self.hints;
        Analysis {
            body: self.body,
            ..Analysis::default()
        }
    }
}
