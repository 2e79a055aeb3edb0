//! Values out of lines of text, and text of many paragraphs.

use std::collections::BTreeSet;

use regex::Regex;
use tabulary_ir::{Block, Document, Origin};

use super::Extraction;
use super::sections::Sections;
use crate::fold::{plain, squeezed};
use crate::form::Form;
use crate::report::Found;
use crate::value::of_text;
use crate::view::Item;

/// The longest line that a pattern is tried on, in characters.
const LONGEST: usize = 300;

/// Takes what lines tell, and the text between headings.
pub(super) fn take(
    form: &Form,
    document: &Document,
    items: &[Item<'_>],
    sections: &Sections,
    used: &mut BTreeSet<usize>,
    extraction: &mut Extraction,
) {
    used.extend(sections.places.iter().flatten());
    take_patterns(form, document, items, sections, used, extraction);
    for (index, item) in items.iter().enumerate() {
        let Item::Line(line) = item else { continue };
        if line.text.chars().count() > LONGEST {
            continue;
        }
        let text = plain(&line.text);
        for shape in &form.template.lines {
            let Some(found) = shape.regex.captures(&text) else {
                continue;
            };
            for (id, group) in shape.ids.iter().zip(1..) {
                if let (Some(field), Some(text)) = (form.field(id), found.get(group)) {
                    let value = of_text(text.as_str(), field.kind, field.unit.as_deref());
                    let place = place(line.origin, 95, "the line of the form");
                    extraction.set(id, value, place);
                }
            }
            used.insert(index);
        }
    }
    for prose in &form.template.prose {
        let Some((start, end)) = sections.range(prose.after) else {
            continue;
        };
        if extraction.report.prose.contains_key(&prose.id) {
            continue;
        }
        let own = (start..end).filter(|index| !used.contains(index));
        let blocks: Vec<Block> = own
            .filter_map(|index| match &items[index] {
                Item::Line(line) if line.text.trim().is_empty() => None,
                Item::Line(line) => Some(line.block.clone()),
                Item::Table(table) => Some(Block::Table(Box::new((*table).clone()))),
            })
            .collect();
        let origin = blocks.first().and_then(Block::origin).cloned();
        if !blocks.is_empty() {
            extraction.report.places.insert(
                prose.id.clone(),
                place(origin.as_ref(), 95, "the headings around it"),
            );
            extraction.report.prose.insert(prose.id.clone(), blocks);
        }
    }
}

fn place(origin: Option<&Origin>, sure: u8, by: &str) -> Found {
    Found {
        origin: origin.cloned(),
        sure,
        by: by.into(),
        written: None,
    }
}

/// What the title and the lines above the first heading tell. A title may stand on two lines.
fn take_patterns(
    form: &Form,
    document: &Document,
    items: &[Item<'_>],
    sections: &Sections,
    used: &mut BTreeSet<usize>,
    extraction: &mut Extraction,
) {
    let first = sections.first().min(items.len());
    let lines: Vec<(usize, String, Option<&Origin>)> = items[..first]
        .iter()
        .enumerate()
        .filter_map(|(index, item)| match item {
            Item::Line(line) if line.text.chars().count() <= LONGEST => {
                Some((index, squeezed(&line.text), line.origin))
            }
            _ => None,
        })
        .collect();
    let mut is_found = false;
    for regex in &form.patterns {
        for (at, (index, text, origin)) in lines.iter().enumerate() {
            if take_groups(form, regex, text, *origin, extraction) {
                used.insert(*index);
                is_found = true;
            } else if let Some((next, below, _)) = lines.get(at + 1)
                && *next == index + 1
                && !is_found
                && take_groups(form, regex, &format!("{text}{below}"), *origin, extraction)
            {
                used.extend([*index, *next]);
                is_found = true;
            }
        }
    }
    if let Some(title) = document.meta.title.as_deref().map(squeezed) {
        for regex in &form.patterns {
            take_groups(form, regex, &title, None, extraction);
        }
    }
}

fn take_groups(
    form: &Form,
    regex: &Regex,
    text: &str,
    origin: Option<&Origin>,
    extraction: &mut Extraction,
) -> bool {
    let Some(found) = regex.captures(text) else {
        return false;
    };
    for id in regex.capture_names().flatten() {
        if let (Some(field), Some(text)) = (form.field(id), found.name(id)) {
            let value = of_text(text.as_str(), field.kind, field.unit.as_deref());
            extraction.set(id, value, place(origin, 90, "a pattern of the form"));
        }
    }
    true
}
