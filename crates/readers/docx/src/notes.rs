//! Footnotes, endnotes and comments (ECMA-376 17.11, 17.13.4), in the order in which they are first
//! referred to.

use std::collections::BTreeMap;

use tabulary_ir::{Code, Error, Note, NoteKind};
use tabulary_package::Counting;
use tabulary_package::xml::{Element, Ns};

use crate::markup::{attribute, child_val};
use crate::numbering::Counters;
use crate::reading::Reading;
use crate::scope::Steps;

/// The kinds of notes: the relationship of their part, the name of their element, and the way in
/// which they are counted where nothing is said (ECMA-376 17.11.18).
const KINDS: [(NoteKind, &str, &str, &str, Counting); 3] = [
    (
        NoteKind::Footnote,
        "footnotes",
        "footnote",
        "fn",
        Counting::Decimal,
    ),
    (
        NoteKind::Endnote,
        "endnotes",
        "endnote",
        "en",
        Counting::LowerRoman,
    ),
    (
        NoteKind::Comment,
        "comments",
        "comment",
        "c",
        Counting::Decimal,
    ),
];

/// The notes of a document.
#[derive(Debug, Default)]
pub(crate) struct Notes {
    kinds: [Kind; 3],
    /// Notes that were referred to: their kind and their identifier in their part.
    order: Vec<(usize, String)>,
    /// What stands before the identifiers that are given.
    pub(crate) prefix: String,
}

#[derive(Debug, Default)]
struct Kind {
    part: String,
    defined: BTreeMap<String, Element>,
    /// The identifiers that were given to notes, by that of their part.
    given: BTreeMap<String, String>,
    counting: Option<Counting>,
}

fn index_of(kind: NoteKind) -> usize {
    match kind {
        NoteKind::Footnote => 0,
        NoteKind::Endnote => 1,
        NoteKind::Comment => 2,
    }
}

impl Notes {
    /// No notes yet, whose identifiers will begin with a prefix.
    pub(crate) fn prefixed(prefix: String) -> Self {
        Self {
            prefix,
            ..Self::default()
        }
    }

    /// The identifier of the note that is referred to; none where it is not there.
    pub(crate) fn refer(&mut self, kind: NoteKind, id: &str) -> Option<String> {
        let index = index_of(kind);
        let kind = &mut self.kinds[index];
        let id = id.trim();
        if !kind.defined.contains_key(id) {
            return None;
        }
        if let Some(given) = kind.given.get(id) {
            return Some(given.clone());
        }
        let given = format!("{}{}{}", self.prefix, KINDS[index].3, kind.given.len() + 1);
        kind.given.insert(id.to_owned(), given.clone());
        self.order.push((index, id.to_owned()));
        Some(given)
    }
}

impl Reading<'_> {
    /// Reads which notes there are, and how they are counted.
    pub(crate) fn load_notes(&mut self) -> Result<(), Error> {
        for (index, (_, relationship, name, ..)) in KINDS.into_iter().enumerate() {
            let Some(part) = self.scope.targets(relationship).into_iter().next() else {
                continue;
            };
            let Some(root) = self.root(&part)? else {
                continue;
            };
            let kind = &mut self.notes.kinds[index];
            kind.part = part;
            for node in root.children {
                if let tabulary_package::xml::Node::Element(note) = node
                    && note.is(Ns::W, name)
                    && attribute(&note, "type").is_none_or(|kind| kind == "normal")
                {
                    let id = attribute(&note, "id").unwrap_or_default().trim().to_owned();
                    kind.defined.entry(id).or_insert(note);
                }
            }
        }
        if let Some(settings) = self.first_root("settings")? {
            self.count_notes_as(&settings);
        }
        Ok(())
    }

    /// Takes the way to count from the settings of the document or of a section.
    pub(crate) fn count_notes_as(&mut self, properties: &Element) {
        for (index, name) in ["footnotePr", "endnotePr"].into_iter().enumerate() {
            let format = properties.child(Ns::W, name);
            let format = format.and_then(|format| child_val(format, "numFmt"));
            if let Some(counting) = format.and_then(Counting::from_name) {
                self.notes.kinds[index].counting = Some(counting);
            }
        }
    }

    /// Reads the notes that were referred to, those too that other notes refer to.
    pub(crate) fn read_notes(&mut self) -> Result<Vec<Note>, Error> {
        let mut notes = Vec::new();
        let mut numbers = [0; 3];
        let mut next = 0;
        while let Some((index, id)) = self.notes.order.get(next).cloned() {
            next += 1;
            let (kind, _, name, _, usual) = KINDS[index];
            let state = &mut self.notes.kinds[index];
            let Some(element) = state.defined.get(&id).cloned() else {
                continue;
            };
            let given = state.given.get(&id).cloned().unwrap_or_default();
            let part = state.part.clone();
            let counting = state.counting.unwrap_or(usual);
            numbers[index] += 1;
            let label = match kind {
                NoteKind::Comment => attribute(&element, "author")
                    .filter(|author| !author.is_empty())
                    .map(str::to_owned),
                _ => Some(counting.write(numbers[index])),
            };
            self.enter(&part)?;
            self.counters = Counters::default();
            let mut flow = self.flow();
            let mut steps = Steps::below(&format!("{name}[{}]", numbers[index]));
            self.blocks(&element, &mut steps, &mut flow)?;
            notes.push(Note {
                blocks: flow.finish(),
                id: given,
                kind,
                label,
            });
        }
        self.tell_unread_notes();
        Ok(notes)
    }

    fn tell_unread_notes(&mut self) {
        for (index, (_, _, name, ..)) in KINDS.into_iter().enumerate() {
            let kind = &self.notes.kinds[index];
            let unread = kind.defined.len() - kind.given.len();
            if unread > 0 {
                let message = format!("{unread} {name}s that nothing refers to were left out");
                self.tell(Code::ContentSkipped, message, "");
            }
        }
    }
}
