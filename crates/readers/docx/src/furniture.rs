//! What runs along the head and foot of pages (ECMA-376 17.10).

use std::collections::BTreeMap;

use tabulary_ir::{Block, Error, Furniture, FurnitureKind};
use tabulary_package::xml::{Element, Ns};

use crate::markup::{attribute, toggle};
use crate::numbering::Counters;
use crate::reading::Reading;
use crate::scope::Steps;

/// What the sections of a document say, in order.
#[derive(Debug, Default)]
pub(crate) struct Sections {
    /// What each says, and how many blocks of the body stand before its end.
    pub(crate) all: Vec<(Element, usize)>,
}

/// The headers and footers on the pages of a section.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Running {
    pub(crate) headers: Vec<Furniture>,
    pub(crate) footers: Vec<Furniture>,
}

impl Running {
    /// Whether the first page has a header or footer of its own.
    pub(crate) fn has_first(&self) -> bool {
        let mut all = self.headers.iter().chain(&self.footers);
        all.any(|one| one.kind == FurnitureKind::First)
    }
}

const KINDS: [(FurnitureKind, &str); 3] = [
    (FurnitureKind::Default, "default"),
    (FurnitureKind::First, "first"),
    (FurnitureKind::Even, "even"),
];

/// A place at which a header or footer stands: whether it is a header, and the index of its kind.
type Place = (bool, usize);

impl Reading<'_> {
    /// The headers and footers on the pages of each section, and those that no page shows. A section that
    /// names none of a kind has that of the section before (17.10.5).
    pub(crate) fn furniture(&mut self) -> Result<(Vec<Running>, Running), Error> {
        let mut parts: BTreeMap<String, Vec<Block>> = BTreeMap::new();
        let mut sections = Vec::new();
        let mut inherited: BTreeMap<Place, String> = BTreeMap::new();
        let mut shown: Vec<String> = Vec::new();
        let mut named: Vec<(Place, String)> = Vec::new();
        let mut has_even = None;
        let all: Vec<_> = std::mem::take(&mut self.sections.all);
        for (section, _) in &all {
            for (place, part) in self.references(section) {
                if !parts.contains_key(&part) {
                    let blocks = self.furniture_blocks(&part)?;
                    parts.insert(part.clone(), blocks);
                    named.push((place, part.clone()));
                }
                if place.1 == 2 && has_even.is_none() {
                    has_even = Some(self.has_even_pages()?);
                }
                inherited.insert(place, part);
            }
            let has_first = toggle(section, "titlePg").unwrap_or(false);
            let on = [true, has_first, has_even.unwrap_or(false)];
            let mut list = |is_header| {
                let part_of = |index: usize| inherited.get(&(is_header, index));
                let mut list = Vec::new();
                for (index, (kind, _)) in KINDS.into_iter().enumerate().filter(|(i, _)| on[*i]) {
                    let part = part_of(index);
                    // The same part as on all other pages says nothing more.
                    if index > 0 && part.is_some() && part == part_of(0) {
                        continue;
                    }
                    shown.extend(part.cloned());
                    let blocks = part.and_then(|part| parts.get(part)).cloned();
                    list.push(Furniture {
                        blocks: blocks.unwrap_or_default(),
                        kind,
                        ..Furniture::default()
                    });
                }
                // Where nothing runs along most pages, nothing stands for none.
                let usual = list.first();
                if usual.is_some_and(says_nothing) {
                    list.retain(|one| !says_nothing(one));
                }
                list
            };
            sections.push(Running {
                headers: list(true),
                footers: list(false),
            });
        }
        self.sections.all = all;
        let mut hidden = Running::default();
        for ((is_header, index), part) in named {
            let blocks = parts.remove(&part).unwrap_or_default();
            if shown.contains(&part) || blocks.is_empty() {
                continue;
            }
            let list = match is_header {
                true => &mut hidden.headers,
                false => &mut hidden.footers,
            };
            list.push(Furniture {
                blocks,
                hidden: true,
                kind: KINDS[index].0,
            });
        }
        Ok((sections, hidden))
    }

    /// The parts that a section refers to.
    fn references(&self, section: &Element) -> Vec<(Place, String)> {
        let mut found = Vec::new();
        for reference in section.elements() {
            let is_header = reference.is(Ns::W, "headerReference");
            if !is_header && !reference.is(Ns::W, "footerReference") {
                continue;
            }
            let kind = attribute(reference, "type").unwrap_or("default");
            let kind = KINDS.iter().position(|(_, name)| *name == kind);
            let target = reference.attribute(Ns::R, "id");
            let target = target.and_then(|id| self.scope.relationship(id));
            if let Some(target) = target {
                found.push(((is_header, kind.unwrap_or(0)), target.target.clone()));
            }
        }
        found
    }

    /// Whether pages with an even number have headers and footers of their own (17.10.1).
    fn has_even_pages(&mut self) -> Result<bool, Error> {
        let settings = self.first_root("settings")?;
        let said = settings.and_then(|settings| toggle(&settings, "evenAndOddHeaders"));
        Ok(said.unwrap_or(false))
    }

    /// What a part says; nothing where it only holds blank paragraphs.
    fn furniture_blocks(&mut self, part: &str) -> Result<Vec<Block>, Error> {
        let Some(root) = self.root(part)? else {
            return Ok(Vec::new());
        };
        let outer = self.enter(part)?;
        self.counters = Counters::default();
        let mut flow = self.flow();
        self.blocks(&root, &mut Steps::default(), &mut flow)?;
        self.scope = outer;
        let blocks = flow.finish();
        Ok(match blocks.iter().all(is_blank) {
            true => Vec::new(),
            false => blocks,
        })
    }
}

fn says_nothing(furniture: &Furniture) -> bool {
    furniture.blocks.is_empty()
}

fn is_blank(block: &Block) -> bool {
    matches!(block, Block::Paragraph(paragraph) if paragraph.content.is_empty())
}
