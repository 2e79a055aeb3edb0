//! From pages to a document's blocks.

use std::ops::Range;

use tabulary_ir::{
    Block, Code, Diagnostics, FoundBy, Furniture, HeadingsFrom, Image, Note, PageSetup, Points,
};

use crate::assemble::{self, Part};
use crate::draft::{Draft, Margins, drafts};
use crate::find::{Piece, pieces, ruled_tables};
use crate::footnote;
use crate::furniture::{Edges, running};
use crate::heading::{Source, ranks, usual};
use crate::line::Line;
use crate::prose::{Prose, lines_of_all_turns};
use crate::rules::Rules;
use crate::table::{Sheet, place, points};
use crate::tagged::Tagged;
use crate::turn::upright;
use crate::word::{Word, words};
use crate::zone::zones;
use crate::{Element, OutlineItem, Page, Rect, Turn};

/// What is known of all pages before they are looked at one by one.
#[derive(Clone, Debug, Default)]
pub struct Hints {
    /// The structure that the maker of the pages gives, if any.
    pub structure: Option<Element>,
    /// The outline: headings with their pages.
    pub outline: Vec<OutlineItem>,
    /// What makes a paragraph a heading.
    pub headings: HeadingsFrom,
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
    /// The page that the first page is.
    pub page: Option<PageSetup>,
}

/// Takes pages one by one, and makes blocks of them.
#[derive(Debug, Default)]
pub struct Analyzer {
    hints: Hints,
    tagged: Tagged,
    parts: Vec<Part>,
    pages: Vec<PageParts>,
    first: Option<(f32, f32, Rect)>,
}

/// Which of all parts stand on a page.
#[derive(Debug)]
struct PageParts {
    number: u32,
    height: f32,
    parts: Range<usize>,
}

impl Analyzer {
    /// Nothing seen so far.
    pub fn new(hints: Hints) -> Self {
        Self {
            tagged: Tagged::of(hints.structure.as_ref()),
            hints,
            ..Self::default()
        }
    }

    /// Takes the next page.
    pub fn page(&mut self, mut page: Page, diagnostics: &mut Diagnostics) {
        upright(&mut page);
        let from = self.parts.len();
        let found = words(&page);
        let ink = crate::prose::bounds(&found);
        let (found, hidden) = apart(found);
        let mut rules = Rules::drawn(&page);
        let (tagged, found) = self.tagged.parts(&page, found, &rules);
        let found = rules.take_typed(found);
        let open = self.open_columns();
        let (grids, rest) = ruled_tables(&page, found, &rules, tagged, open.as_deref());
        let (rest, turned): (Vec<Word>, Vec<Word>) = rest
            .into_iter()
            .partition(|word| word.turn == Turn::Right && !word.vertical);
        let prose = Prose::new(&page);
        for zone in zones(rest, grids) {
            let pieces = pieces(zone, &rules, &page, &self.tagged);
            self.zone(pieces, &page, &prose, diagnostics);
        }
        for words in [turned, hidden] {
            let lines = lines_of_all_turns(&words);
            let all: Vec<&Line> = lines.iter().collect();
            let margins = Margins::of(&all, page.width);
            self.parts.extend(
                drafts(&lines, margins, page.number, &prose)
                    .into_iter()
                    .map(Part::Text),
            );
        }
        self.place_images(&page, from);
        self.first.get_or_insert((page.width, page.height, ink));
        self.pages.push(PageParts {
            number: page.number,
            height: page.height,
            parts: from..self.parts.len(),
        });
    }

    /// The edges of the columns of the last table of the page before.
    fn open_columns(&self) -> Option<Vec<f32>> {
        let parts = self.pages.last()?.parts.clone();
        self.parts[parts].iter().rev().find_map(|part| match part {
            Part::Table(sheet) => Some(sheet.xs.clone()),
            _ => None,
        })
    }

    fn zone(
        &mut self,
        pieces: Vec<Piece>,
        page: &Page,
        prose: &Prose<'_>,
        diagnostics: &mut Diagnostics,
    ) {
        let all: Vec<&Line> = pieces
            .iter()
            .filter_map(|piece| match piece {
                Piece::Text(lines) => Some(lines),
                Piece::Table(_) => None,
            })
            .flatten()
            .collect();
        let margins = Margins::of(&all, page.width);
        for piece in pieces {
            match piece {
                Piece::Table(mut grid) => {
                    if !grid.is_drawn {
                        grid.remove_blank_edges();
                    }
                    let sheet = Sheet::of(&grid, page, prose);
                    tell_how(&sheet, diagnostics);
                    self.parts.push(Part::Table(sheet));
                }
                Piece::Text(lines) => {
                    let drafts = drafts(&lines, margins, page.number, prose);
                    self.parts.extend(drafts.into_iter().map(Part::Text));
                }
            }
        }
    }

    /// Puts images between the parts of their page.
    fn place_images(&mut self, page: &Page, from: usize) {
        for picture in &page.images {
            let Some(resource) = picture.resource.clone() else {
                continue;
            };
            let image = Image {
                alt: picture.alt.clone(),
                resource: Some(resource),
                size: Some([picture.bbox.width(), picture.bbox.height()].map(points)),
                ..Image::default()
            };
            let below = |part: &Part| {
                let bbox = match part {
                    Part::Text(draft) => &draft.bbox,
                    Part::Table(sheet) => &sheet.bbox,
                    Part::Figure(..) => return false,
                };
                bbox.center_y() > picture.bbox.center_y() && bbox.overlap_x(&picture.bbox) > 0.0
            };
            let at = self.parts[from..].iter().position(below);
            let at = at.map_or(self.parts.len(), |at| from + at);
            let origin = place(page.number, &picture.bbox);
            self.parts.insert(at, Part::Figure(origin, image));
        }
    }

    /// What all pages hold together.
    pub fn finish(self, diagnostics: &mut Diagnostics) -> Analysis {
        let text = |at: usize| match &self.parts[at] {
            Part::Text(draft) => Some((at, draft)),
            _ => None,
        };
        let edges: Vec<Edges> = self
            .pages
            .iter()
            .map(|page| {
                let texts: Vec<(usize, &Draft)> = page.parts.clone().filter_map(text).collect();
                Edges::of(page.number, page.height, &texts)
            })
            .collect();
        let running = running(&edges);
        let texts: Vec<(usize, &Draft)> = (0..self.parts.len())
            .filter(|at| running.taken.binary_search(at).is_err())
            .filter_map(text)
            .collect();
        let (ranks, source) = ranks(
            &texts,
            self.hints.structure.as_ref(),
            &self.hints.outline,
            self.hints.headings == HeadingsFrom::Look,
        );
        let body = usual(&texts).map_or(0.0, |(size, _)| size);
        let mut parts: Vec<Option<Part>> = self
            .parts
            .into_iter()
            .enumerate()
            .map(|(at, part)| running.taken.binary_search(&at).is_err().then_some(part))
            .collect();
        let pages = self.pages.into_iter().map(|page| page.parts);
        let notes = footnote::take(&mut parts, pages, body);
        let mut parts = assemble::rejoined(parts, &ranks);
        for (part, _) in &mut parts {
            if let Part::Table(sheet) = part {
                self.tagged.to_the_end(sheet);
            }
        }
        assemble::tell(&parts, source == Source::Look, diagnostics);
        Analysis {
            body: assemble::blocks(parts, diagnostics),
            headers: running.headers,
            footers: running.footers,
            notes,
            page: self
                .first
                .map(|(width, height, ink)| setup(width, height, &ink)),
        }
    }
}

/// The words that are painted, and those that are not; where hardly any are painted, the text behind a scanned page
/// is what a person reads, and none of it is hidden.
fn apart(mut words: Vec<Word>) -> (Vec<Word>, Vec<Word>) {
    let letters = |hidden: bool| -> usize {
        words
            .iter()
            .filter(|word| word.hidden == hidden)
            .map(|word| word.text.len())
            .sum()
    };
    if letters(true) > 4 * letters(false) {
        for word in &mut words {
            word.hidden = false;
        }
        return (words, Vec::new());
    }
    words.into_iter().partition(|word| !word.hidden)
}

/// Tells of a table that neither its maker nor lines around its cells show.
fn tell_how(sheet: &Sheet, diagnostics: &mut Diagnostics) {
    if sheet.found.by <= FoundBy::Lines {
        return;
    }
    let (rows, columns) = (sheet.rows, sheet.columns());
    diagnostics.add(
        Code::TableGuessed,
        format!(
            "a table of {rows} rows and {columns} columns was told {}",
            sheet.found
        ),
        place(sheet.pages[0], &sheet.bbox),
    );
}

/// The paper, with margins as wide as the first page's text leaves them.
fn setup(width: f32, height: f32, ink: &Rect) -> PageSetup {
    let points = |length: f32| Points::new(f64::from(length).round());
    let margins = if ink.x0 < ink.x1 {
        [ink.y0, width - ink.x1, height - ink.y1, ink.x0]
    } else {
        [0.0; 4]
    };
    PageSetup {
        height: points(height),
        margins: margins.map(|margin| points(margin.max(0.0))),
        width: points(width),
        ..PageSetup::default()
    }
}
