//! Pages of sections (ECMA-376 17.6). The pages of most blocks are those of the document; what stands on
//! others, or below other headers, becomes a section of the model.

use std::ops::Range;

use tabulary_ir::{Block, Code, Furniture, PageBreak, PageSetup, Points, Section, TextColumns};
use tabulary_package::xml::{Element, Ns};

use crate::flow::Flow;
use crate::furniture::Running;
use crate::markup::{attribute, child_val, length, number};
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
/// The room between two columns where nothing says it (17.6.4), in twentieths of a point.
const GAP: i64 = 720;

/// Blocks on pages that are alike.
struct Pages {
    /// Size and margins in the words of the document.
    said: String,
    page: Option<PageSetup>,
    running: Running,
    /// Whether they begin on the page on which those before end.
    continuous: bool,
    blocks: Range<usize>,
}

impl Pages {
    fn is_alike(&self, other: &Self) -> bool {
        self.said == other.said && self.page == other.page && self.running == other.running
    }
}

impl Reading<'_> {
    /// Notes where a section ends.
    pub(crate) fn end_pages(&mut self, section: &Element, flow: &mut Flow) {
        if self.depth > 0 {
            return;
        }
        self.tell_setting(section);
        self.sections.all.push((section.clone(), flow.end_pages()));
    }

    /// Tells of what a section says of its pages and the model has no place for.
    fn tell_setting(&mut self, section: &Element) {
        let value = |name: &str| child_val(section, name);
        let has = |name: &str, attributes: &[&str]| {
            let element = section.child(Ns::W, name);
            element.is_some_and(|e| attributes.iter().any(|name| attribute(e, name).is_some()))
        };
        if has("pgNumType", &["start", "fmt"]) {
            let message = "how the pages of a section are numbered is not kept";
            self.tell_once(Code::StyleDropped, message, "");
        }
        let is_upright = |text: &str| matches!(text, "lrTb" | "tb");
        if value("textDirection").is_some_and(|text| !is_upright(text)) {
            let message = "pages whose lines run from top to bottom are set as usual";
            self.tell_once(Code::StyleDropped, message, "");
        }
        let is_decorated = has("lnNumType", &["countBy"])
            || section.child(Ns::W, "pgBorders").is_some()
            || value("vAlign").is_some_and(|place| place != "top");
        if is_decorated {
            let message = "lines around pages, numbers of lines and the height at which text stands are not kept";
            self.tell_once(Code::LooksDropped, message, "");
        }
    }

    /// Puts what stands on other pages than the most into sections. Gives the page of the most, with its
    /// headers and footers.
    pub(crate) fn set_pages(
        &mut self,
        body: &mut Vec<Block>,
        running: Vec<Running>,
    ) -> (Option<PageSetup>, Running) {
        let (all, breaks) = self.pages(body, running);
        let usual = self.record.usual.filter(|usual| *usual < all.len());
        let usual = usual.or_else(|| {
            let lengths = all.iter().enumerate();
            let most = lengths
                .max_by_key(|(index, pages)| (pages.blocks.len(), std::cmp::Reverse(*index)));
            most.map(|(index, _)| index)
        });
        let Some(usual) = usual else {
            return Default::default();
        };
        let (page, lines) = (all[usual].page, all[usual].running.clone());
        let mut breaks = breaks.into_iter().rev().peekable();
        for (index, pages) in all.iter().enumerate().rev() {
            let start = pages.blocks.start;
            let behind = body.len() - pages.blocks.end;
            while let Some(at) = breaks.next_if(|at| *at >= start) {
                break_page(body, at);
            }
            let end = body.len() - behind;
            if pages.is_alike(&all[usual]) {
                let before = index.checked_sub(1).map(|before| &all[before]);
                if !pages.continuous && before.is_some_and(|before| before.said == pages.said) {
                    break_page(body, start);
                }
                continue;
            }
            if start < end {
                let section = Section {
                    continuous: pages.continuous && index > 0,
                    page: pages.page.filter(|_| pages.page != page),
                    headers: own(&pages.running.headers, &lines.headers),
                    footers: own(&pages.running.footers, &lines.footers),
                    ..Section::default()
                };
                enclose(body, start..end, section);
            }
        }
        (page, lines)
    }

    /// The runs of blocks on pages that are alike, and before which blocks a page ends within them.
    fn pages(&mut self, body: &[Block], running: Vec<Running>) -> (Vec<Pages>, Vec<usize>) {
        let mut all: Vec<Pages> = Vec::new();
        let mut breaks = Vec::new();
        let sections = std::mem::take(&mut self.sections.all);
        let count = sections.len();
        for (index, ((section, end), running)) in sections.iter().zip(running).enumerate() {
            let said = sizes(section).join(" ");
            let is_last = index + 1 == count;
            let end = if is_last {
                body.len()
            } else {
                (*end).min(body.len())
            };
            let start = all.last().map_or(0, |last| last.blocks.end);
            let kind = child_val(section, "type").unwrap_or("nextPage");
            if matches!(kind, "oddPage" | "evenPage") {
                let message =
                    "a section that begins on an odd or even page begins on the next page";
                self.tell_once(Code::StyleDropped, message, "");
            }
            let pages = Pages {
                page: self.page_of(section, &said),
                said,
                running,
                continuous: matches!(kind, "continuous" | "nextColumn"),
                blocks: start..end.max(start),
            };
            // The writer ends a section of the document only where one of the model ends.
            let last = all.last_mut().filter(|_| !self.record.own);
            match last.filter(|last| last.is_alike(&pages)) {
                Some(last) => {
                    if !pages.continuous {
                        breaks.push(start);
                    }
                    if last.running.has_first() && !pages.continuous {
                        let message = "a section that goes on like the one before has the header and \
                                       footer of a first page again; only the first keeps it";
                        self.tell_once(Code::HeaderFooterDropped, message, "");
                    }
                    last.blocks.end = pages.blocks.end;
                }
                None => all.push(pages),
            }
        }
        (all, breaks)
    }

    fn page_of(&mut self, section: &Element, said: &str) -> Option<PageSetup> {
        let columns = self.columns(section);
        if columns.is_none() && self.record.chosen_page.as_deref() == Some(said) {
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
            columns,
            width: side(0)?,
            height: side(1)?,
            margins: [margin(2), margin(3), margin(4), margin(5)],
        })
    }

    /// The columns of text of a section (17.6.4); none where there is one.
    fn columns(&mut self, section: &Element) -> Option<TextColumns> {
        let element = section.child(Ns::W, "cols")?;
        let all = element.elements().filter(|column| column.is(Ns::W, "col"));
        let all: Vec<&Element> = all.collect();
        let unequal = matches!(
            attribute(element, "equalWidth"),
            Some("0" | "false" | "off")
        );
        let first = all.first().copied().filter(|_| unequal);
        let count = match first {
            Some(first) => {
                let width = attribute(first, "w");
                if all.iter().any(|other| attribute(other, "w") != width) {
                    let message = "columns of text that are not of the same width become so";
                    self.tell_once(Code::StyleDropped, message, "");
                }
                all.len()
            }
            None => {
                let count = attribute(element, "num").and_then(number);
                usize::try_from(count.unwrap_or(1)).unwrap_or(1)
            }
        };
        let space = attribute(first.unwrap_or(element), "space").and_then(length);
        (count > 1).then(|| TextColumns {
            count: u8::try_from(count).unwrap_or(u8::MAX),
            gap: space.unwrap_or(Points::from_twips(GAP)),
            ruled: matches!(attribute(element, "sep"), Some("1" | "true" | "on")),
        })
    }
}

/// What a section says where it is not what the document says: itself, or that there is none.
fn own(running: &[Furniture], usual: &[Furniture]) -> Vec<Furniture> {
    if running == usual {
        Vec::new()
    } else if running.is_empty() {
        vec![Furniture::default()]
    } else {
        running.to_vec()
    }
}

/// Ends a page before a block, unless one ends there.
fn break_page(body: &mut Vec<Block>, at: usize) {
    let is_break = |block: Option<&Block>| matches!(block, Some(Block::PageBreak(_)));
    let before = at.checked_sub(1).and_then(|before| body.get(before));
    if at < body.len() && before.is_some() && !is_break(before) && !is_break(body.get(at)) {
        body.insert(at, Block::PageBreak(PageBreak::default()));
    }
}

/// Puts blocks into a section. Where they are a section already, it takes over what is said of pages.
fn enclose(body: &mut Vec<Block>, blocks: Range<usize>, mut section: Section) {
    let (start, end) = (blocks.start, blocks.end);
    if let [Block::Section(inner)] = &mut body[start..end] {
        inner.page = section.page;
        inner.continuous = section.continuous;
        (inner.headers, inner.footers) = (section.headers, section.footers);
        return;
    }
    section.body = body.drain(start..end).collect();
    section.origin = section.body.first().and_then(Block::origin).cloned();
    body.insert(start, Block::Section(section));
}

fn sizes(section: &Element) -> Vec<&str> {
    let sizes = SIZES.iter().map(|(element, name)| {
        let element = section.child(Ns::W, element)?;
        attribute(element, name)
    });
    sizes.map(Option::unwrap_or_default).collect()
}
