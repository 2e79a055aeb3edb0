//! Pages of sections (ECMA-376 17.6). The pages of most blocks are those of the document; what stands on
//! others becomes a section of the model with its page.

use std::ops::Range;

use tabulary_ir::{Block, Code, PageSetup, Points, Section};
use tabulary_package::xml::{Element, Ns};

use crate::flow::Flow;
use crate::markup::{attribute, length, number};
use crate::reading::Reading;

/// Size and margins, as they stand.
const SIZES: [(&str, &str); 6] = [
    ("pgSz", "w"),
    ("pgSz", "h"),
    ("pgMar", "top"),
    ("pgMar", "right"),
    ("pgMar", "bottom"),
    ("pgMar", "left"),
];

/// Blocks on pages that are alike.
struct Pages {
    /// Size and margins in the words of the document.
    said: String,
    page: Option<PageSetup>,
    blocks: Range<usize>,
}

impl Reading<'_> {
    /// Notes where a section ends.
    pub(crate) fn end_pages(&mut self, section: &Element, flow: &mut Flow) {
        if self.depth > 0 {
            return;
        }
        let columns = section.child(Ns::W, "cols");
        let columns = columns.and_then(|columns| attribute(columns, "num").and_then(number));
        if columns.is_some_and(|columns| columns > 1) {
            let message = "text in several columns was read as one";
            self.tell_once(Code::StyleDropped, message, "");
        }
        self.sections.all.push((section.clone(), flow.end_pages()));
    }

    /// Puts what stands on other pages than the most into sections. Gives the page of the most.
    pub(crate) fn set_pages(&mut self, body: &mut Vec<Block>) -> Option<PageSetup> {
        let mut all = self.pages(body.len());
        let most = all
            .iter()
            .enumerate()
            .max_by_key(|(index, pages)| (pages.blocks.len(), std::cmp::Reverse(*index)))
            .map(|(_, pages)| (pages.said.clone(), pages.page));
        let (said, page) = most?;
        all.retain(|pages| pages.said != said && !pages.blocks.is_empty());
        for pages in all.into_iter().rev() {
            let (start, end) = (pages.blocks.start, pages.blocks.end);
            if let [Block::Section(section)] = &mut body[start..end] {
                section.page = pages.page;
                continue;
            }
            let inner: Vec<Block> = body.drain(start..end).collect();
            let section = Section {
                origin: inner.first().and_then(Block::origin).cloned(),
                body: inner,
                page: pages.page,
                ..Section::default()
            };
            body.insert(start, Block::Section(section));
        }
        page
    }

    /// The runs of blocks on pages that are alike.
    fn pages(&self, blocks: usize) -> Vec<Pages> {
        let mut all: Vec<Pages> = Vec::new();
        for (index, (section, end)) in self.sections.all.iter().enumerate() {
            let said = sizes(section).join(" ");
            let is_last = index + 1 == self.sections.all.len();
            let end = if is_last { blocks } else { (*end).min(blocks) };
            match all.last_mut() {
                // The writer ends a section of the document only where one of the model ends.
                Some(last) if last.said == said && !self.record.own => {
                    last.blocks.end = end.max(last.blocks.start)
                }
                last => {
                    let start = last.map_or(0, |last| last.blocks.end);
                    all.push(Pages {
                        page: self.page_of(section, &said),
                        said,
                        blocks: start..end.max(start),
                    });
                }
            }
        }
        all
    }

    fn page_of(&self, section: &Element, said: &str) -> Option<PageSetup> {
        if self.record.chosen_page.as_deref() == Some(said) {
            return None;
        }
        let sizes = sizes(section);
        let side = |index: usize| sizes.get(index).and_then(|text: &&str| length(text));
        let margin = |index: usize| {
            let margin = side(index).unwrap_or_default();
            // A negative margin says that the head or foot does not push it away (17.6.11).
            Points::from_thousandths(margin.thousandths().abs())
        };
        Some(PageSetup {
            width: side(0)?,
            height: side(1)?,
            margins: [margin(2), margin(3), margin(4), margin(5)],
        })
    }
}

fn sizes(section: &Element) -> Vec<&str> {
    let sizes = SIZES.iter().map(|(element, name)| {
        let element = section.child(Ns::W, element)?;
        attribute(element, name)
    });
    sizes.map(Option::unwrap_or_default).collect()
}
