//! From pages to a document's blocks.

use tabulary_ir::{Block, Diagnostics, Furniture, Note, PageSetup, Paragraph};

use crate::find::tables;
use crate::line::lines;
use crate::prose::Prose;
use crate::table::{place, table};
use crate::word::words;
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
    pub fn page(&mut self, page: Page, diagnostics: &mut Diagnostics) {
        let prose = Prose::new(&page.faces);
        let (grids, rest) = tables(&page, words(&page));
        let mut found = Vec::new();
        for mut grid in grids {
            grid.remove_blank_edges();
            found.push((
                grid.bbox.y0,
                Block::Table(Box::new(table(&grid, page.number, &prose, diagnostics))),
            ));
        }
        for line in lines(rest) {
            let block = Block::Paragraph(Paragraph {
                content: prose.content(std::slice::from_ref(&line)),
                origin: Some(place(page.number, &line.bbox)),
                ..Paragraph::default()
            });
            found.push((line.bbox.y0, block));
        }
        found.sort_by(|a, b| a.0.total_cmp(&b.0));
        self.body.extend(found.into_iter().map(|(_, block)| block));
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
