//! Which paragraphs are headings: by the structure and outline that the maker gives, else by how they are set.

use std::collections::{BTreeMap, BTreeSet};

use tabulary_ir::ordinal::{Kind, ordinal};

use crate::OutlineItem;
use crate::draft::Draft;
use crate::script::joins_without_blank;
use crate::structure::{Child, Element, Role};
use crate::wording::{is_caption, is_item_sign};

/// What a paragraph is to the document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Rank {
    /// A line of the title.
    Title,
    /// A heading with its level.
    Heading(u8),
}

/// Where a rank comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Source {
    /// The maker of the pages says so.
    Said,
    /// It looks like it.
    Look,
}

/// The ranks of paragraphs, by their number among all parts; the drafts come in reading order.
pub(crate) fn ranks(
    drafts: &[(usize, &Draft)],
    structure: Option<&Element>,
    outline: &[OutlineItem],
    by_look: bool,
) -> (BTreeMap<usize, Rank>, Source) {
    let tagged = by_structure(drafts, structure);
    if !tagged.is_empty() {
        return (tagged, Source::Said);
    }
    let mut listed = by_outline(drafts, outline);
    if !by_look {
        return (listed, Source::Said);
    }
    let look = by_appearance(drafts);
    if listed.len() < 2 {
        return (look, Source::Look);
    }
    for (at, rank) in look {
        if rank == Rank::Title {
            listed.entry(at).or_insert(rank);
        }
    }
    (listed, Source::Said)
}

fn by_structure(drafts: &[(usize, &Draft)], structure: Option<&Element>) -> BTreeMap<usize, Rank> {
    let mut levels = BTreeMap::new();
    if let Some(root) = structure {
        collect(root, None, &mut levels);
    }
    let mut ranks = BTreeMap::new();
    for (at, draft) in drafts {
        let level = draft
            .marks
            .first()
            .and_then(|mark| levels.get(&(draft.page, *mark)));
        let all = draft
            .marks
            .iter()
            .all(|mark| levels.contains_key(&(draft.page, *mark)));
        if let (Some(level), true) = (level, all) {
            ranks.insert(*at, Rank::Heading(*level));
        }
    }
    ranks
}

fn collect(element: &Element, inside: Option<u8>, levels: &mut BTreeMap<(u32, u32), u8>) {
    let inside = match element.role {
        Role::Heading(level) => Some(level.clamp(1, 9)),
        Role::Table => None,
        _ => inside,
    };
    for child in &element.children {
        match child {
            Child::Element(element) => collect(element, inside, levels),
            Child::Mark { page, mark } => {
                if let Some(level) = inside {
                    levels.insert((*page, *mark), level);
                }
            }
        }
    }
}

fn by_outline(drafts: &[(usize, &Draft)], outline: &[OutlineItem]) -> BTreeMap<usize, Rank> {
    let fold = |text: &str| -> String {
        text.chars()
            .filter(|c| c.is_alphanumeric())
            .flat_map(char::to_lowercase)
            .collect()
    };
    let mut ranks = BTreeMap::new();
    let mut by_page: BTreeMap<u32, Vec<(usize, String)>> = BTreeMap::new();
    for (at, draft) in drafts {
        if draft.lines <= 4 {
            by_page
                .entry(draft.page)
                .or_default()
                .push((*at, fold(&draft.text)));
        }
    }
    for item in outline {
        let title = fold(&item.title);
        let texts = by_page.get(&item.page).map_or(&[][..], Vec::as_slice);
        let found = texts
            .iter()
            .find(|(_, text)| !title.is_empty() && *text == title)
            .or_else(|| {
                texts.iter().find(|(_, text)| {
                    title.len() >= 4 && text.len() <= title.len() + 12 && text.ends_with(&title)
                })
            });
        if let Some((at, _)) = found {
            ranks.insert(*at, Rank::Heading(item.level.clamp(1, 9)));
        }
    }
    ranks
}

/// How headings of one level are set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Look {
    /// Half points, the larger ones first.
    size: i32,
    is_light: bool,
    /// The place of its kind of number among kinds.
    kind: u8,
}

fn by_appearance(drafts: &[(usize, &Draft)]) -> BTreeMap<usize, Rank> {
    let Some((body, body_is_bold)) = usual(drafts) else {
        return BTreeMap::new();
    };
    let mut found: Vec<(usize, &Draft, Option<Kind>)> = Vec::new();
    for (number, (at, draft)) in drafts.iter().enumerate() {
        let follows = drafts.get(number + 1).is_some();
        if follows && is_candidate(draft, body, body_is_bold) {
            found.push((*at, draft, ordinal(&draft.text).map(|ordinal| ordinal.kind)));
        }
    }
    // Half of all paragraphs are no headings: it is a page of short lines in bold.
    if found.len() * 2 > drafts.len() && found.len() > 4 {
        found.retain(|(_, draft, kind)| {
            draft.size > 1.3 * body || kind.is_some_and(Kind::is_of_headings)
        });
    }
    let title = title(drafts, &found, body);
    let looks = looks(&found);
    let mut order: Vec<Look> = found
        .iter()
        .zip(&looks)
        .filter(|((at, ..), _)| !title.contains(at))
        .map(|(_, look)| *look)
        .collect();
    order.sort();
    order.dedup();
    let mut ranks = BTreeMap::new();
    for ((at, ..), look) in found.iter().zip(&looks) {
        let rank = if title.contains(at) {
            Rank::Title
        } else {
            let level = order.iter().position(|other| other == look).unwrap_or(0);
            Rank::Heading(level.min(5) as u8 + 1)
        };
        ranks.insert(*at, rank);
    }
    ranks
}

/// The size that most letters have, and whether most are bold.
pub(crate) fn usual(drafts: &[(usize, &Draft)]) -> Option<(f32, bool)> {
    let mut letters: BTreeMap<i32, usize> = BTreeMap::new();
    let (mut bold, mut all) = (0, 0);
    for (_, draft) in drafts {
        let count = draft.text.chars().count();
        *letters
            .entry((draft.size * 2.0).round() as i32)
            .or_default() += count;
        bold += if draft.bold { count } else { 0 };
        all += count;
    }
    let (size, _) = letters.iter().max_by_key(|(_, count)| **count)?;
    Some((*size as f32 / 2.0, bold * 2 > all))
}

fn is_candidate(draft: &Draft, body: f32, body_is_bold: bool) -> bool {
    let text = draft.text.trim();
    let characters = text.chars().count();
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    let is_wide = text.chars().any(joins_without_blank);
    let longest = if is_wide { 50 } else { 140 };
    if characters > longest || draft.lines > 3 || letters < 2 || letters * 3 < characters {
        return false;
    }
    let Some(last) = text.chars().next_back() else {
        return false;
    };
    let ends = "。；;，,、！!".contains(last)
        || matches!(last, ':' | '：') && draft.size < 1.2 * body
        || last == '.' && text.split_whitespace().count() > 6;
    if ends
        || is_caption(text) && draft.size < 1.2 * body
        || is_item_sign(first_word(text)) && ordinal(text).is_none()
    {
        return false;
    }
    let is_larger = draft.size >= 1.12 * body;
    let is_bold = draft.bold && !body_is_bold && draft.size >= 0.93 * body;
    let kind = ordinal(text).map(|ordinal| ordinal.kind);
    let is_counted = kind.is_some_and(Kind::is_of_headings)
        && draft.lines == 1
        && is_wide
        && draft.size >= 0.95 * body
        && characters <= 40;
    is_larger || is_bold && draft.lines <= 2 || is_counted
}

fn first_word(text: &str) -> &str {
    text.split_whitespace().next().unwrap_or_default()
}

/// The lines of the title: the largest ones at the top of the first page, centred, where no later ones look so.
fn title(
    drafts: &[(usize, &Draft)],
    found: &[(usize, &Draft, Option<Kind>)],
    body: f32,
) -> BTreeSet<usize> {
    let largest = found
        .iter()
        .map(|(_, draft, _)| draft.size)
        .fold(0.0, f32::max);
    let first_page = drafts.first().map_or(1, |(_, draft)| draft.page);
    let is_large = |draft: &Draft| draft.size >= 0.97 * largest && draft.size >= 1.2 * body;
    let large: Vec<_> = found
        .iter()
        .filter(|(_, draft, _)| is_large(draft))
        .collect();
    let at_top = large.iter().all(|(at, draft, kind)| {
        let place = drafts.iter().position(|(other, _)| other == at);
        draft.page == first_page
            && kind.is_none()
            && draft.align == Some(tabulary_ir::Align::Center)
            && place.is_some_and(|place| place < 8)
    });
    let has_others = found.len() > large.len();
    if at_top && has_others && large.len() <= 3 {
        large.iter().map(|(at, ..)| *at).collect()
    } else {
        BTreeSet::new()
    }
}

/// How each heading is set; one without a number ranks with the highest kind of number of its size.
fn looks(found: &[(usize, &Draft, Option<Kind>)]) -> Vec<Look> {
    let plain = |draft: &Draft| Look {
        size: -(draft.size * 2.0).round() as i32,
        is_light: !draft.bold,
        kind: 0,
    };
    let place = |kind: Kind| match kind {
        Kind::Part => 1,
        Kind::Chapter => 2,
        Kind::Section => 3,
        Kind::Han => 4,
        Kind::HanInBrackets => 5,
        Kind::Roman => 6,
        Kind::Decimal(parts) => 6 + parts.min(7),
        Kind::DecimalInBrackets => 15,
    };
    let mut highest: BTreeMap<Look, u8> = BTreeMap::new();
    for (_, draft, kind) in found {
        if let Some(kind) = kind {
            let least = highest.entry(plain(draft)).or_insert(u8::MAX);
            *least = (*least).min(place(*kind));
        }
    }
    found
        .iter()
        .map(|(_, draft, kind)| {
            let look = plain(draft);
            let kind = match kind {
                Some(kind) => place(*kind),
                None => highest.get(&look).copied().unwrap_or(0),
            };
            Look { kind, ..look }
        })
        .collect()
}
