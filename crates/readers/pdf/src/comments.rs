//! Annotations as notes of a document.

use tabulary_ir::{Block, Document, Inline, Note, NoteKind, NoteRef, Origin, Paragraph};
use tabulary_pages::Rect;

use crate::annotations::Comment;
use crate::read::place;

/// Adds what was noted on pages to a document: as notes, which the line that they stand at refers to where there is
/// one.
pub(crate) fn add_comments(document: &mut Document, comments: Vec<Comment>) {
    for (number, comment) in (1..).zip(comments) {
        let id = format!("c{number}");
        let origin = place(comment.page, Some(comment.bbox));
        let lines = comment.text.split(['\r', '\n']).map(str::trim);
        let blocks = lines.filter(|line| !line.is_empty()).map(|line| {
            Block::Paragraph(Paragraph {
                origin: Some(origin.clone()),
                ..Paragraph::plain(line)
            })
        });
        document.notes.push(Note {
            id: id.clone(),
            kind: NoteKind::Comment,
            label: comment.author,
            blocks: blocks.collect(),
        });
        if let Some(content) = nearest(&mut document.body, comment.page, comment.bbox) {
            content.push(Inline::NoteRef(NoteRef { note: id }));
        }
    }
}

/// The line of a page that stands nearest above or at a box.
fn nearest(body: &mut [Block], page: u32, bbox: Rect) -> Option<&mut Vec<Inline>> {
    let mut best: Option<(f64, &mut Vec<Inline>)> = None;
    for block in body {
        let (origin, content) = match block {
            Block::Paragraph(paragraph) => (&paragraph.origin, &mut paragraph.content),
            Block::Heading(heading) => (&heading.origin, &mut heading.content),
            _ => continue,
        };
        let Some(Origin::Page {
            bbox: Some([_, top, _, bottom]),
            page: own,
            ..
        }) = origin
        else {
            continue;
        };
        if *own != page {
            continue;
        }
        let middle = f64::from(bbox.center_y());
        let (top, bottom) = (top.to_f64(), bottom.to_f64());
        let away = (top - middle).max(middle - bottom).max(0.0);
        if best.as_ref().is_none_or(|(least, _)| away < *least) {
            best = Some((away, content));
        }
    }
    best.map(|(_, content)| content)
}
