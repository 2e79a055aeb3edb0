//! What runs along the head and foot of pages (ECMA-376 17.10).

use tabulary_ir::{Block, Error, Furniture, FurnitureKind};
use tabulary_package::xml::{Element, Ns};

use crate::markup::attribute;
use crate::numbering::Counters;
use crate::reading::Reading;
use crate::scope::Steps;

/// What the sections of a document say, in order.
#[derive(Debug, Default)]
pub(crate) struct Sections {
    /// What each says, and how many blocks of the body stand before its end.
    pub(crate) all: Vec<(Element, usize)>,
}

impl Reading<'_> {
    /// The headers and footers that sections refer to (ECMA-376 17.10), each part once, by the pages
    /// that they stand on.
    pub(crate) fn furniture(&mut self) -> Result<(Vec<Furniture>, Vec<Furniture>), Error> {
        let mut seen: Vec<String> = Vec::new();
        let mut found = Vec::new();
        for (section, _) in &self.sections.all {
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
