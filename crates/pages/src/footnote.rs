//! Footnotes: small paragraphs at the foot of a page whose sign stands raised in its text.

use std::ops::Range;

use tabulary_ir::{Block, Inline, Mark, Note, NoteKind, NoteRef, Paragraph, push_text};

use crate::assemble::Part;
use crate::draft::Draft;
use crate::table::place;

/// How small the type of notes is, in parts of that of the text.
const SMALL: f32 = 0.95;
/// The longest sign of a note.
const SIGN: usize = 4;

/// Takes the footnotes of each page out of its parts, and puts references in the place of their signs. `body` is the
/// size of most type.
pub(crate) fn take(
    parts: &mut [Option<Part>],
    pages: impl Iterator<Item = Range<usize>>,
    body: f32,
) -> Vec<Note> {
    let mut notes = Vec::new();
    for page in pages {
        let foot = foot(&parts[page.clone()], body).map(|at| at + page.start);
        let Some(foot) = foot else {
            continue;
        };
        let mut open: Option<usize> = None;
        for at in foot..page.end {
            let Some(Part::Text(draft)) = parts[at].clone() else {
                continue;
            };
            let origin = Some(place(draft.page, &draft.bbox));
            let signed = sign(&draft);
            let has_sign = signed.is_some();
            let made = signed.and_then(|(sign, content)| {
                let id = format!("p{}-{sign}", draft.page);
                let before = &mut parts[page.start..foot];
                refer(before, &sign, &id).then_some((id, sign, content))
            });
            match (made, open) {
                (Some((id, sign, content)), _) => {
                    open = Some(notes.len());
                    notes.push(Note {
                        blocks: vec![Block::Paragraph(Paragraph {
                            content,
                            origin,
                            ..Paragraph::default()
                        })],
                        id,
                        kind: NoteKind::Footnote,
                        label: Some(sign),
                    });
                    parts[at] = None;
                }
                // What stands below a note and has no sign goes on with it.
                (None, Some(note)) if !has_sign => {
                    notes[note].blocks.push(Block::Paragraph(Paragraph {
                        content: draft.content,
                        origin,
                        ..Paragraph::default()
                    }));
                    parts[at] = None;
                }
                _ => {}
            }
        }
    }
    notes
}

/// The first of the small paragraphs that end a page, of which the first has a sign.
fn foot(parts: &[Option<Part>], body: f32) -> Option<usize> {
    let mut first = None;
    for (at, part) in parts.iter().enumerate().rev() {
        match part {
            None => {}
            Some(Part::Text(draft)) if draft.size <= SMALL * body => {
                if sign(draft).is_some() {
                    first = Some(at);
                }
            }
            _ => break,
        }
    }
    first
}

/// The sign that a note begins with, and what it says: a raised number or sign, or a number at the start of the line.
fn sign(draft: &Draft) -> Option<(String, Vec<Inline>)> {
    let Inline::Text(first) = draft.content.first()? else {
        return None;
    };
    let is_sign = |text: &str| {
        let text = text.trim();
        !text.is_empty()
            && text.chars().count() <= SIGN
            && text
                .chars()
                .all(|c| c.is_ascii_digit() || "*†‡§¹²³⁴⁵⁶⁷⁸⁹⁰①②③④⑤⑥⑦⑧⑨⑩".contains(c))
    };
    if first.marks.has(Mark::Superscript) && is_sign(&first.text) {
        let mut rest = draft.content[1..].to_vec();
        if let Some(Inline::Text(run)) = rest.first_mut() {
            run.text = run.text.trim_start().to_owned();
        }
        return Some((first.text.trim().to_owned(), rest));
    }
    let (word, rest) = first.text.split_once(' ')?;
    let word = word.trim_end_matches(['.', ')']);
    if !is_sign(word) {
        return None;
    }
    let mut content = Vec::new();
    push_text(&mut content, rest.trim_start(), first.marks);
    content.extend_from_slice(&draft.content[1..]);
    Some((word.to_owned(), content))
}

/// Puts references in the place of a raised sign; false where the text has none.
fn refer(parts: &mut [Option<Part>], sign: &str, id: &str) -> bool {
    let mut found = false;
    for part in parts.iter_mut().flatten() {
        let Part::Text(draft) = part else {
            continue;
        };
        for inline in &mut draft.content {
            if let Inline::Text(run) = inline
                && run.marks.has(Mark::Superscript)
                && run.text.trim() == sign
            {
                *inline = Inline::NoteRef(NoteRef {
                    note: id.to_owned(),
                });
                found = true;
            }
        }
    }
    found
}
