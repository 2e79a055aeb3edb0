//! Comments, for who wants them on paper: their numbers where they belong, and what they say behind the text.

use tabulary_ir::{Error, Note, NoteKind};

use super::blocks::{BlockData, Builder, FirstLine, ItemData};
use super::line::{Piece, Special};

impl<'a> Builder<'a, '_> {
    /// The number of a comment, at the place that it belongs to.
    pub(super) fn comment(&mut self, note: &'a Note) -> Piece {
        let known = self.comments.iter().position(|known| known.id == note.id);
        let at = known.unwrap_or_else(|| {
            self.comments.push(note);
            self.comments.len() - 1
        });
        Piece::Other(Special::Text {
            text: number(at),
            marks: vec!["superscript"],
        })
    }

    /// A heading, and all comments below it: those that a place refers to, in the order of their places, then the rest.
    pub(super) fn all_comments(
        &mut self,
        heading: &str,
        all: &mut Vec<BlockData>,
    ) -> Result<(), Error> {
        let notes = &self.document.notes;
        for note in notes.iter().filter(|note| note.kind == NoteKind::Comment) {
            self.comment(note);
        }
        let mut items = Vec::new();
        let mut next = 0;
        // A comment may be on another, which then follows.
        while let Some(&note) = self.comments.get(next) {
            let mut blocks = self.inner(&note.blocks)?;
            if let Some(author) = note.label.as_deref() {
                let author = self.cleaner.clean(author);
                blocks.insert(0, paragraph(vec![Piece::Plain(format!("{author}:"))]));
            }
            items.push(ItemData {
                blocks,
                label: number(next),
            });
            next += 1;
        }
        if !items.is_empty() {
            all.push(BlockData::Heading {
                line: vec![Piece::Plain(heading.to_owned())],
                level: 1,
                align: None,
                rtl: false,
            });
            all.push(BlockData::List { items });
        }
        Ok(())
    }
}

fn number(at: usize) -> String {
    format!("[{}]", at + 1)
}

fn paragraph(line: Vec<Piece>) -> BlockData {
    BlockData::Paragraph {
        line,
        align: None,
        indent: 0.0,
        first: FirstLine::Points(0.0),
        role: None,
        rtl: false,
    }
}
