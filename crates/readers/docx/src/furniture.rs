//! Sections (ECMA-376 17.6): the page, and what runs along its head and foot.

use tabulary_ir::{Block, Code, Error, Furniture, FurnitureKind, PageSetup, Points};
use tabulary_package::xml::{Element, Ns};

use crate::markup::{attribute, length};
use crate::numbering::Counters;
use crate::reading::Reading;
use crate::scope::Steps;

/// What the sections of a document say, in order.
#[derive(Debug, Default)]
pub(crate) struct Sections {
    all: Vec<Element>,
}

impl Sections {
    /// Adds what a section says.
    pub(crate) fn add(&mut self, properties: &Element) {
        self.all.push(properties.clone());
    }
}

/// Size and margins, as they stand.
const SIZES: [(&str, &str); 6] = [
    ("pgSz", "w"),
    ("pgSz", "h"),
    ("pgMar", "top"),
    ("pgMar", "right"),
    ("pgMar", "bottom"),
    ("pgMar", "left"),
];

fn sizes(section: &Element) -> Vec<&str> {
    let sizes = SIZES.iter().map(|(element, name)| {
        let element = section.child(Ns::W, element)?;
        attribute(element, name)
    });
    sizes.map(Option::unwrap_or_default).collect()
}

impl Reading<'_> {
    /// The page of the last section, which is that of the whole document where there is only one.
    pub(crate) fn page(&mut self) -> Option<PageSetup> {
        let last = self.sections.all.last()?;
        let said = sizes(last);
        if self.record.chosen_page.as_deref() == Some(said.join(" ").as_str()) {
            return None;
        }
        let side = |index: usize| said.get(index).and_then(|text: &&str| length(text));
        let margin = |index: usize| {
            let margin = side(index).unwrap_or_default();
            // A negative margin says that the head or foot does not push it away (17.6.11).
            Points::from_thousandths(margin.thousandths().abs())
        };
        let page = PageSetup {
            width: side(0)?,
            height: side(1)?,
            margins: [margin(2), margin(3), margin(4), margin(5)],
        };
        if self
            .sections
            .all
            .iter()
            .any(|section| sizes(section) != said)
        {
            let message =
                "sections have pages of different sizes or margins; those of the last one count";
            self.tell_once(Code::StyleDropped, message, "");
        }
        Some(page)
    }

    /// The headers and footers that sections refer to (ECMA-376 17.10), each part once, by the pages
    /// that they stand on.
    pub(crate) fn furniture(&mut self) -> Result<(Vec<Furniture>, Vec<Furniture>), Error> {
        let mut seen: Vec<String> = Vec::new();
        let mut found = Vec::new();
        for section in &self.sections.all {
            for reference in section.elements() {
                let is_header = reference.is(Ns::W, "headerReference");
                if !is_header && !reference.is(Ns::W, "footerReference") {
                    continue;
                }
                let kind = match attribute(reference, "type") {
                    Some("first") => FurnitureKind::First,
                    Some("even") => FurnitureKind::Even,
                    _ => FurnitureKind::Default,
                };
                let target = reference.attribute(Ns::R, "id");
                let target = target.and_then(|id| self.scope.relationship(id));
                if let Some(target) = target
                    && !seen.contains(&target.target)
                {
                    seen.push(target.target.clone());
                    found.push((is_header, kind, target.target.clone()));
                }
            }
        }
        let (mut headers, mut footers): (Vec<Furniture>, Vec<Furniture>) = Default::default();
        for (is_header, kind, part) in found {
            let blocks = self.furniture_blocks(&part)?;
            if blocks.iter().all(is_blank) {
                continue;
            }
            let list = if is_header {
                &mut headers
            } else {
                &mut footers
            };
            list.push(Furniture { blocks, kind });
        }
        for list in [&mut headers, &mut footers] {
            list.sort_by_key(|furniture| match furniture.kind {
                FurnitureKind::Default => 0,
                FurnitureKind::First => 1,
                FurnitureKind::Even => 2,
            });
        }
        Ok((headers, footers))
    }

    fn furniture_blocks(&mut self, part: &str) -> Result<Vec<Block>, Error> {
        let Some(root) = self.root(part)? else {
            return Ok(Vec::new());
        };
        let outer = self.enter(part)?;
        self.counters = Counters::default();
        let mut flow = self.flow();
        self.blocks(&root, &mut Steps::default(), &mut flow)?;
        self.scope = outer;
        Ok(flow.finish())
    }
}

fn is_blank(block: &Block) -> bool {
    matches!(block, Block::Paragraph(paragraph) if paragraph.content.is_empty())
}
