//! What all sheets of a workbook share while it is written.

use std::collections::{BTreeMap, BTreeSet};

use tabulary_ir::{Area, Code, Diagnostics, Document, Inline, Note, NoteKind, Resources};

use crate::look::Formats;

/// What all sheets of a workbook share while it is written.
pub(crate) struct Shared<'a> {
    pub(crate) formats: Formats,
    pub(crate) diagnostics: Diagnostics,
    pub(crate) resources: &'a Resources,
    /// The ranges of the sheet that is written which may be changed by who fills it in.
    pub(crate) unlocked: Vec<Area>,
    comments: BTreeMap<&'a str, &'a Note>,
    /// Names of list objects and ranges that are taken, in lower case.
    taken: BTreeSet<String>,
    /// Comments that were put on a cell.
    placed: BTreeSet<&'a str>,
}

impl<'a> Shared<'a> {
    pub(crate) fn new(document: &'a Document) -> Self {
        let comments = document
            .notes
            .iter()
            .filter(|note| note.kind == NoteKind::Comment);
        Self {
            formats: Formats::default(),
            diagnostics: Diagnostics::new(),
            resources: &document.resources,
            unlocked: Vec::new(),
            comments: comments.map(|note| (note.id.as_str(), note)).collect(),
            taken: BTreeSet::new(),
            placed: BTreeSet::new(),
        }
    }

    /// Whether a cell may be changed by who fills the sheet in.
    pub(crate) fn is_unlocked(&self, row: u32, col: u16) -> bool {
        let col = u32::from(col);
        self.unlocked.iter().any(|area| area.contains(row, col))
    }

    /// Takes a name; false where it is taken already, whatever its case.
    pub(crate) fn take_name(&mut self, name: &str) -> bool {
        self.taken.insert(name.to_lowercase())
    }

    /// The comments that a line refers to, which are then on a cell.
    pub(crate) fn comments_of(&mut self, content: &[Inline]) -> Vec<&'a Note> {
        let mut found = Vec::new();
        references(content, &mut |id| {
            if let Some((id, note)) = self.comments.get_key_value(id) {
                self.placed.insert(id);
                if !found.iter().any(|one: &&Note| one.id == note.id) {
                    found.push(*note);
                }
            }
        });
        found
    }

    /// Whether a note stands on a cell already.
    pub(crate) fn is_placed(&self, note: &Note) -> bool {
        self.placed.contains(note.id.as_str())
    }

    /// Tells once what the look of a comment loses.
    pub(crate) fn tell_plain_comment(&mut self) {
        let message = "comments were written as plain text";
        self.diagnostics.once(Code::MarkDropped, message, None);
    }
}

fn references(content: &[Inline], see: &mut dyn FnMut(&str)) {
    for inline in content {
        match inline {
            Inline::NoteRef(reference) => see(&reference.note),
            Inline::Link(link) => references(&link.content, see),
            Inline::Field(field) => references(&field.content, see),
            _ => {}
        }
    }
}
