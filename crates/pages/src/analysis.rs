//! From pages to a document's blocks.

use tabulary_ir::{Block, Diagnostics, Furniture, Note, PageSetup, Paragraph};

use crate::find::{Piece, pieces, ruled_tables};
use crate::prose::Prose;
use crate::rules::Rules;
use crate::table::{place, table};
use crate::turn::upright;
use crate::word::{Word, words};
use crate::zone::zones;
use crate::{Element, OutlineItem, Page, Turn};

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
    pub fn page(&mut self, mut page: Page, diagnostics: &mut Diagnostics) {
        upright(&mut page);
        let prose = Prose::new(&page.faces);
        let mut rules = Rules::drawn(&page);
        let words = rules.take_typed(words(&page));
        let (grids, rest) = ruled_tables(&page, words, &rules);
        let (rest, _turned): (Vec<Word>, Vec<Word>) = rest
            .into_iter()
            .partition(|word| word.turn == Turn::Right && !word.vertical);
        for zone in zones(rest, grids) {
            for piece in pieces(zone, &rules, &page) {
                match piece {
                    Piece::Table(mut grid) => {
                        grid.remove_blank_edges();
                        let table = table(&grid, page.number, &prose, diagnostics);
                        self.body.push(Block::Table(Box::new(table)));
                    }
                    Piece::Text(lines) => {
                        for line in lines {
                            self.body.push(Block::Paragraph(Paragraph {
                                content: prose.content(std::slice::from_ref(&line)),
                                origin: Some(place(page.number, &line.bbox)),
                                ..Paragraph::default()
                            }));
                        }
                    }
                }
            }
        }
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
