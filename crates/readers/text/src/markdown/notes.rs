//! The order of notes: that of their first references.

use std::collections::BTreeMap;

use tabulary_ir::{Block, Content, Inline, Note};

/// Sorts notes by where the body refers to them first; those that it does not refer to stand last.
pub(super) fn sort(notes: &mut [Note], body: &[Block]) {
    if notes.len() < 2 {
        return;
    }
    let mut referred = Vec::new();
    in_blocks(body, &mut referred);
    let mut places = BTreeMap::new();
    for (place, id) in referred.into_iter().enumerate() {
        places.entry(id).or_insert(place);
    }
    let place = |note: &Note| places.get(note.id.as_str()).copied();
    notes.sort_by_cached_key(|note| place(note).unwrap_or(usize::MAX));
}

fn in_blocks<'a>(blocks: &'a [Block], referred: &mut Vec<&'a str>) {
    for block in blocks {
        match block {
            Block::Heading(heading) => in_line(&heading.content, referred),
            Block::Paragraph(paragraph) => in_line(&paragraph.content, referred),
            Block::List(list) => {
                for item in &list.items {
                    in_blocks(&item.blocks, referred);
                }
            }
            Block::Table(table) => {
                in_line(&table.caption, referred);
                for cell in table.cells() {
                    if let Content::Blocks(blocks) = &cell.content {
                        in_blocks(blocks, referred);
                    }
                }
            }
            Block::Figure(figure) => {
                in_line(&figure.content, referred);
                in_line(&figure.caption, referred);
            }
            Block::Quote(quote) => in_blocks(&quote.blocks, referred),
            Block::Section(section) => in_blocks(&section.body, referred),
            Block::Code(_) | Block::Math(_) | Block::Rule(_) | Block::PageBreak(_) => {}
        }
    }
}

fn in_line<'a>(content: &'a [Inline], referred: &mut Vec<&'a str>) {
    for inline in content {
        match inline {
            Inline::NoteRef(reference) => referred.push(&reference.note),
            Inline::Link(link) => in_line(&link.content, referred),
            Inline::Field(field) => in_line(&field.content, referred),
            _ => {}
        }
    }
}
