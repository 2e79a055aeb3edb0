//! Text among that which is published that is not meant for everyone: hidden text, such as `w:vanish` of Word, and
//! comments.

use std::collections::BTreeSet;

use crate::{Block, Cell, Code, Content, Diagnostics, Document, Inline, Mark, NoteKind};

impl Document {
    /// Whether a text of it is hidden: in its body, its notes, or its headers and footers.
    pub fn has_hidden_text(&self) -> bool {
        let furniture = self.headers.iter().chain(&self.footers);
        let furniture = furniture.map(|furniture| &furniture.blocks);
        let notes = self.notes.iter().map(|note| &note.blocks);
        any(&self.body) || furniture.chain(notes).any(|blocks| any(blocks))
    }

    /// Takes hidden text out, and paragraphs of which nothing else is left; tells how many characters that are.
    pub fn leave_out_hidden_text(&mut self, diagnostics: &mut Diagnostics) {
        let mut count = 0;
        self.retain(&mut |found| match found {
            Found::Inline(Inline::Text(run)) if run.marks.has(Mark::Hidden) => {
                count += run.text.chars().count();
                false
            }
            Found::Cell(cell) if is_hidden(cell) => {
                count += cell.plain_text().chars().count();
                false
            }
            _ => true,
        });
        if count > 0 {
            let message = format!("hidden text was left out, {count} characters");
            diagnostics.add(Code::HiddenDropped, message, None);
        }
    }

    /// The document without what its readers noted on it, which is told; none where there is nothing.
    pub fn without_comments(&self, diagnostics: &mut Diagnostics) -> Option<Self> {
        let comments = self.notes.iter();
        let comments = comments.filter(|note| note.kind == NoteKind::Comment);
        let ids: BTreeSet<String> = comments.map(|note| note.id.clone()).collect();
        if ids.is_empty() {
            return None;
        }
        let mut changed = self.clone();
        changed.notes.retain(|note| note.kind != NoteKind::Comment);
        changed.retain(&mut |found| match found {
            Found::Inline(Inline::NoteRef(reference)) => !ids.contains(&reference.note),
            _ => true,
        });
        let message = format!("{} comments were left out", ids.len());
        diagnostics.add(Code::NoteMoved, message, None);
        Some(changed)
    }

    /// Takes out what is not to be kept, and paragraphs of which nothing else is left.
    fn retain(&mut self, keep: &mut dyn FnMut(Found<'_>) -> bool) {
        retain(&mut self.body, keep);
        let notes = self.notes.iter_mut().map(|note| &mut note.blocks);
        let furniture = self.headers.iter_mut().chain(&mut self.footers);
        let furniture = furniture.map(|furniture| &mut furniture.blocks);
        notes
            .chain(furniture)
            .for_each(|blocks| retain(blocks, keep));
    }
}

/// What may be taken out.
enum Found<'a> {
    /// A piece of a line.
    Inline(&'a Inline),
    /// A cell of plain text.
    Cell(&'a Cell),
}

fn any(blocks: &[Block]) -> bool {
    blocks.iter().any(|block| match block {
        Block::Heading(heading) => in_line(&heading.content),
        Block::Paragraph(paragraph) => in_line(&paragraph.content),
        Block::Figure(figure) => in_line(&figure.content) || in_line(&figure.caption),
        Block::List(list) => list.items.iter().any(|item| any(&item.blocks)),
        Block::Quote(quote) => any(&quote.blocks),
        Block::Section(section) => {
            let furniture = section.headers.iter().chain(&section.footers);
            any(&section.body) || furniture.into_iter().any(|one| any(&one.blocks))
        }
        Block::Table(table) => {
            in_line(&table.caption)
                || table.cells().iter().any(|cell| match &cell.content {
                    Content::Text(_) => is_hidden(cell),
                    Content::Blocks(blocks) => any(blocks),
                })
        }
        _ => false,
    })
}

fn in_line(content: &[Inline]) -> bool {
    content.iter().any(|inline| match inline {
        Inline::Text(run) => run.marks.has(Mark::Hidden),
        Inline::Link(link) => in_line(&link.content),
        Inline::Field(field) => in_line(&field.content),
        _ => false,
    })
}

/// Whether the plain text of a cell is hidden.
fn is_hidden(cell: &Cell) -> bool {
    let style = cell.style.as_deref();
    style.is_some_and(|style| style.marks.has(Mark::Hidden)) && !cell.is_blank()
}

fn retain(blocks: &mut Vec<Block>, keep: &mut dyn FnMut(Found<'_>) -> bool) {
    blocks.retain_mut(|block| match block {
        Block::Heading(heading) => line(&mut heading.content, keep),
        Block::Paragraph(paragraph) => line(&mut paragraph.content, keep),
        Block::Figure(figure) => {
            line(&mut figure.content, keep);
            line(&mut figure.caption, keep);
            true
        }
        Block::List(list) => {
            for item in &mut list.items {
                retain(&mut item.blocks, keep);
            }
            true
        }
        Block::Quote(quote) => {
            let before = quote.blocks.len();
            retain(&mut quote.blocks, keep);
            before == 0 || !quote.blocks.is_empty()
        }
        Block::Section(section) => {
            retain(&mut section.body, keep);
            for furniture in section.headers.iter_mut().chain(&mut section.footers) {
                retain(&mut furniture.blocks, keep);
            }
            true
        }
        Block::Table(table) => {
            line(&mut table.caption, keep);
            for cell in table.cells_mut() {
                if let Content::Blocks(blocks) = &mut cell.content {
                    retain(blocks, keep);
                } else if !keep(Found::Cell(cell)) {
                    cell.content = Content::default();
                    (cell.value, cell.format, cell.formula) = Default::default();
                    cell.restyle(|style| style.marks = style.marks.without(Mark::Hidden));
                }
            }
            true
        }
        _ => true,
    });
}

/// Takes pieces out of a line. Whether it is as it was, or something is left of it.
fn line(content: &mut Vec<Inline>, keep: &mut dyn FnMut(Found<'_>) -> bool) -> bool {
    let mut is_whole = true;
    content.retain_mut(|inline| {
        let stays = match inline {
            Inline::Link(link) => line(&mut link.content, keep),
            Inline::Field(field) => line(&mut field.content, keep),
            inline => keep(Found::Inline(inline)),
        };
        is_whole &= stays;
        stays
    });
    let is_blank = |inline: &Inline| match inline {
        Inline::Text(run) => run.text.trim().is_empty(),
        Inline::Tab | Inline::LineBreak => true,
        _ => false,
    };
    is_whole || !content.iter().all(is_blank)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Heading, Marks, Note, NoteRef, Paragraph, TableBuilder, block_text};

    fn hidden(text: &str) -> Inline {
        Inline::text(text, Marks::NONE.with(Mark::Hidden))
    }

    fn document() -> Document {
        let mut builder = TableBuilder::new();
        let mut cell = Cell::text("secret");
        cell.restyle(|style| style.marks = Marks::NONE.with(Mark::Hidden));
        builder.place(cell);
        builder.place(Cell::text("seen").at(0, 1));
        let table = builder.finish(&mut Diagnostics::new());
        let paragraph = |content| {
            Block::Paragraph(Paragraph {
                content,
                ..Paragraph::default()
            })
        };
        let heading = Heading {
            content: vec![Inline::text("One", Marks::NONE), hidden(" two")],
            level: 1,
            ..Heading::default()
        };
        Document {
            body: vec![
                Block::Heading(heading),
                paragraph(vec![hidden("gone")]),
                Block::Table(Box::new(table)),
            ],
            notes: vec![Note {
                blocks: vec![paragraph(vec![
                    hidden("n"),
                    Inline::text("ote", Marks::NONE),
                ])],
                id: "1".into(),
                kind: NoteKind::Footnote,
                label: None,
            }],
            ..Document::default()
        }
    }

    #[test]
    fn hidden_text_is_taken_out_and_told() {
        let mut document = document();
        assert!(document.has_hidden_text());
        let mut diagnostics = Diagnostics::new();
        document.leave_out_hidden_text(&mut diagnostics);
        assert!(!document.has_hidden_text());
        let texts: Vec<_> = document.body.iter().map(block_text).collect();
        assert_eq!(texts, ["One", "\tseen"].map(String::from));
        assert_eq!(block_text(&document.notes[0].blocks[0]), "ote");
        let told = diagnostics.into_vec();
        assert_eq!(told[0].message, "hidden text was left out, 15 characters");
    }

    #[test]
    fn a_document_without_hidden_text_stays() {
        let mut document = document();
        document.leave_out_hidden_text(&mut Diagnostics::new());
        let before = document.clone();
        let mut diagnostics = Diagnostics::new();
        document.leave_out_hidden_text(&mut diagnostics);
        assert_eq!(document, before);
        assert!(diagnostics.is_empty());
    }

    #[test]
    fn comments_are_taken_out_with_what_refers_to_them() {
        let mut document = document();
        let mut diagnostics = Diagnostics::new();
        assert_eq!(document.without_comments(&mut diagnostics), None);
        for (id, kind) in [("c", NoteKind::Comment), ("f", NoteKind::Footnote)] {
            let reference = Inline::NoteRef(NoteRef { note: id.into() });
            if let Block::Heading(heading) = &mut document.body[0] {
                heading.content.push(reference);
            }
            document.notes.push(Note {
                id: id.into(),
                kind,
                ..Note::default()
            });
        }
        let without = document.without_comments(&mut diagnostics);
        let without = without.expect("a comment");
        assert_eq!(without.notes.len(), 2);
        let Block::Heading(heading) = &without.body[0] else {
            panic!("a heading");
        };
        assert_eq!(heading.content.len(), 3);
        assert_eq!(
            diagnostics.into_vec()[0].message,
            "1 comments were left out"
        );
    }
}
