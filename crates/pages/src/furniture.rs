//! Running headers and footers: what stands at the edge of page after page.

use std::collections::BTreeMap;

use tabulary_ir::{Block, Field, Furniture, FurnitureKind, Inline, Marks, Paragraph};

use crate::Artifact;
use crate::draft::Draft;

/// How much of a page's height its head and foot may take.
const EDGE: f32 = 0.13;
/// How many pages must say the same.
const PAGES: usize = 2;

/// A page with the numbers of the drafts at its edges.
pub(crate) struct Edges {
    pub(crate) page: u32,
    pub(crate) height: f32,
    /// From the top down, each with its place among all parts.
    pub(crate) head: Vec<(usize, Draft)>,
    /// From the bottom up.
    pub(crate) foot: Vec<(usize, Draft)>,
}

impl Edges {
    /// The paragraphs of a page that may be running ones.
    pub(crate) fn of(page: u32, height: f32, texts: &[(usize, &Draft)]) -> Self {
        const MOST: usize = 4;
        let side = |is_edge: &dyn Fn(&Draft) -> bool, own: Artifact, other: Artifact| {
            let mut found: Vec<(usize, Draft)> = texts
                .iter()
                .filter(|(_, draft)| match draft.artifact {
                    Some(kind) if kind == own => true,
                    Some(kind) if kind == other => false,
                    _ => draft.lines <= 3 && is_edge(draft),
                })
                .map(|(at, draft)| (*at, (*draft).clone()))
                .collect();
            match own {
                Artifact::Footer => found.sort_by(|a, b| b.1.bbox.y1.total_cmp(&a.1.bbox.y1)),
                _ => found.sort_by(|a, b| a.1.bbox.y0.total_cmp(&b.1.bbox.y0)),
            }
            // What its maker calls one is one, however much of it there is.
            let mut number = 0;
            found.retain(|(_, draft)| {
                number += 1;
                number <= MOST || draft.artifact == Some(own)
            });
            found
        };
        let is_head = |draft: &Draft| draft.bbox.y1 < EDGE * height;
        let is_foot = |draft: &Draft| draft.bbox.y0 > (1.0 - EDGE) * height;
        let head = side(&is_head, Artifact::Header, Artifact::Footer);
        let foot = side(&is_foot, Artifact::Footer, Artifact::Header);
        Self {
            page,
            height,
            head,
            foot,
        }
    }
}

/// What was found of running texts.
#[derive(Default)]
pub(crate) struct Running {
    /// The places of the drafts that are running texts, among all parts.
    pub(crate) taken: Vec<usize>,
    pub(crate) headers: Vec<Furniture>,
    pub(crate) footers: Vec<Furniture>,
}

/// Tells running texts by what pages repeat, by being a page's number, and by what the maker of the pages says.
pub(crate) fn running(pages: &[Edges]) -> Running {
    let mut found = Running::default();
    found.headers = side(pages, |edges| &edges.head, &mut found.taken);
    found.footers = side(pages, |edges| &edges.foot, &mut found.taken);
    found.taken.sort_unstable();
    found
}

fn side(
    pages: &[Edges],
    of: impl Fn(&Edges) -> &Vec<(usize, Draft)>,
    taken: &mut Vec<usize>,
) -> Vec<Furniture> {
    // How many pages have a text of that pattern.
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for page in pages {
        let mut patterns: Vec<String> = of(page)
            .iter()
            .map(|(_, draft)| pattern(draft, page))
            .collect();
        patterns.sort();
        patterns.dedup();
        for pattern in patterns {
            *counts.entry(pattern).or_default() += 1;
        }
    }
    let mut kept: BTreeMap<bool, Vec<(String, Draft, u32)>> = BTreeMap::new();
    for page in pages {
        for (at, draft) in of(page) {
            let pattern = pattern(draft, page);
            let count = counts.get(&pattern).copied().unwrap_or_default();
            let is_number = is_page_number(&draft.text, page.page);
            let repeats = count >= PAGES && count * 3 >= pages.len().min(12);
            if !(repeats || is_number || draft.artifact.is_some()) {
                continue;
            }
            taken.push(*at);
            let even = page.page.is_multiple_of(2);
            let known = kept
                .values()
                .flatten()
                .any(|(other, _, _)| *other == pattern);
            let of_kind = kept.entry(even).or_default();
            if !known && of_kind.len() < 8 {
                of_kind.push((pattern, draft.clone(), page.page));
            }
        }
    }
    furniture(&kept, pages)
}

/// What stays the same from page to page: the text with its numbers blanked, and about where it stands.
fn pattern(draft: &Draft, page: &Edges) -> String {
    let place = (draft.bbox.center_y() / page.height * 40.0).round();
    let mut text = String::new();
    for c in draft.text.chars() {
        if c.is_ascii_digit() {
            if !text.ends_with('#') {
                text.push('#');
            }
        } else if !c.is_whitespace() {
            text.push(c);
        }
    }
    if text.chars().all(|c| "ivxlc".contains(c)) {
        text = "#".to_owned();
    }
    format!("{place}|{text}")
}

/// Whether a text is the number of a page and nothing else: `3`, `- 3 -`, `— 3 —`, `Page 3 of 9`, `第 3 页`.
fn is_page_number(text: &str, page: u32) -> bool {
    let lower = text.to_lowercase();
    let mut numbers = Vec::new();
    let mut letters = String::new();
    let mut digits = String::new();
    for c in lower.chars().chain([' ']) {
        if c.is_ascii_digit() {
            digits.push(c);
            continue;
        }
        if !digits.is_empty() {
            numbers.extend(digits.parse::<u32>().ok());
            digits.clear();
        }
        if c.is_alphanumeric() {
            letters.push(c);
        }
    }
    let known = [
        "",
        "page",
        "pageof",
        "第页",
        "第页共页",
        "共页第页",
        "seite",
        "seitevon",
        "p",
        "of",
    ];
    if !known.contains(&letters.as_str()) || text.chars().count() > 24 {
        return false;
    }
    match numbers.as_slice() {
        [number] => letters.is_empty() && *number < 2000 || *number == page,
        [number, all] => number <= all && (!letters.is_empty() || *number == page),
        _ => false,
    }
}

/// Running texts as the document holds them: those of even pages apart where they are others.
fn furniture(kept: &BTreeMap<bool, Vec<(String, Draft, u32)>>, pages: &[Edges]) -> Vec<Furniture> {
    let mut all = Vec::new();
    for (even, drafts) in kept {
        let blocks: Vec<Block> = drafts
            .iter()
            .map(|(_, draft, page)| {
                let mut content = draft.content.clone();
                number_field(&mut content, *page);
                Block::Paragraph(Paragraph {
                    content,
                    origin: Some(crate::table::place(draft.page, &draft.bbox)),
                    ..Paragraph::default()
                })
            })
            .collect();
        let kind = if *even && kept.contains_key(&false) && pages.len() > 2 {
            FurnitureKind::Even
        } else {
            FurnitureKind::Default
        };
        if !blocks.is_empty() {
            all.push(Furniture {
                blocks,
                kind,
                ..Furniture::default()
            });
        }
    }
    // One kind may stand once: what both page parities have became one above.
    all.sort_by_key(|furniture| furniture.kind != FurnitureKind::Default);
    let mut merged: Vec<Furniture> = Vec::new();
    for furniture in all {
        match merged.iter_mut().find(|other| other.kind == furniture.kind) {
            Some(other) => other.blocks.extend(furniture.blocks),
            None => merged.push(furniture),
        }
    }
    merged
}

/// Puts a field in the place of the page's number.
fn number_field(content: &mut Vec<Inline>, page: u32) {
    let number = page.to_string();
    let mut made = Vec::new();
    let mut done = false;
    for inline in content.drain(..) {
        match inline {
            Inline::Text(run) if !done => {
                let is_part = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
                let at = run
                    .text
                    .match_indices(&number)
                    .map(|(at, _)| at)
                    .find(|at| {
                        !is_part(run.text[..*at].chars().next_back())
                            && !is_part(run.text[at + number.len()..].chars().next())
                    });
                let Some(at) = at else {
                    made.push(Inline::Text(run));
                    continue;
                };
                done = true;
                let (before, behind) = (&run.text[..at], &run.text[at + number.len()..]);
                if !before.is_empty() {
                    made.push(Inline::text(before, run.marks));
                }
                made.push(Inline::Field(Field {
                    content: vec![Inline::text(number.as_str(), Marks::NONE)],
                    instruction: "PAGE".to_owned(),
                    ..Field::default()
                }));
                if !behind.is_empty() {
                    made.push(Inline::text(behind, run.marks));
                }
            }
            other => made.push(other),
        }
    }
    *content = made;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn page_numbers_of_all_kinds() {
        for text in [
            "3",
            "- 3 -",
            "— 3 —",
            "Page 3 of 9",
            "第 3 页",
            "第3页 共9页",
            "3/9",
        ] {
            assert!(is_page_number(text, 3), "{text}");
        }
        for text in ["2019", "Table 3", "3 apples", "第三页"] {
            assert!(!is_page_number(text, 7), "{text}");
        }
    }
}
