//! Footnotes, endnotes and comments (ECMA-376 17.11, 17.13.4).

use std::collections::BTreeMap;

use tabulary_ir::{Block, Code, Error, Inline, Note, NoteKind, ParagraphStyle};
use tabulary_package::Counting;

use crate::block::{ParagraphSetting, heading_style, open_paragraph};
use crate::writing::{Place, Setting, Writing};
use crate::xml::Xml;

/// What the format calls a kind of notes.
pub(crate) struct Kind {
    pub(crate) kind: NoteKind,
    part: &'static str,
    target: &'static str,
    relationship: &'static str,
    root: &'static str,
    element: &'static str,
    reference: &'static str,
    /// The sign at the start of the note.
    sign: &'static str,
    paragraph_style: &'static str,
    reference_style: &'static str,
    /// The identifier of the first note.
    first: usize,
}

/// The kinds of notes. Identifiers of footnotes and endnotes begin behind those of the separators.
pub(crate) const KINDS: [Kind; 3] = [
    Kind {
        kind: NoteKind::Footnote,
        part: "word/footnotes.xml",
        target: "footnotes.xml",
        relationship: "footnotes",
        root: "w:footnotes",
        element: "w:footnote",
        reference: "w:footnoteReference",
        sign: "w:footnoteRef",
        paragraph_style: "FootnoteText",
        reference_style: "FootnoteReference",
        first: 1,
    },
    Kind {
        kind: NoteKind::Endnote,
        part: "word/endnotes.xml",
        target: "endnotes.xml",
        relationship: "endnotes",
        root: "w:endnotes",
        element: "w:endnote",
        reference: "w:endnoteReference",
        sign: "w:endnoteRef",
        paragraph_style: "EndnoteText",
        reference_style: "EndnoteReference",
        first: 1,
    },
    Kind {
        kind: NoteKind::Comment,
        part: "word/comments.xml",
        target: "comments.xml",
        relationship: "comments",
        root: "w:comments",
        element: "w:comment",
        reference: "w:commentReference",
        sign: "w:annotationRef",
        paragraph_style: "CommentText",
        reference_style: "CommentReference",
        first: 0,
    },
];

/// Which notes were referred to.
pub(crate) struct NoteBook {
    /// The places of notes by their identifier.
    places: BTreeMap<String, usize>,
    referred: Vec<bool>,
    /// The notes of each kind in the order of their references.
    pub(crate) order: [Vec<usize>; 3],
    /// How footnotes and endnotes are counted.
    pub(crate) counting: [Option<Counting>; 2],
}

impl NoteBook {
    pub(crate) fn new(notes: &[Note]) -> Self {
        let places = notes.iter().enumerate();
        let places = places.rev().map(|(place, note)| (note.id.clone(), place));
        Self {
            places: places.collect(),
            referred: vec![false; notes.len()],
            order: Default::default(),
            counting: [NoteKind::Footnote, NoteKind::Endnote].map(|kind| counting(notes, kind)),
        }
    }

    /// Whether there are notes of a kind.
    pub(crate) fn has(&self, kind: usize) -> bool {
        !self.order[kind].is_empty()
    }
}

/// The way to count that gives the notes of a kind their labels; none where that is the usual one.
fn counting(notes: &[Note], kind: NoteKind) -> Option<Counting> {
    let usual = match kind {
        NoteKind::Endnote => Counting::LowerRoman,
        _ => Counting::Decimal,
    };
    let of_kind = notes.iter().filter(|note| note.kind == kind);
    let labels: Option<Vec<&str>> = of_kind.map(|note| note.label.as_deref()).collect();
    let labels = labels.filter(|labels| !labels.is_empty())?;
    let fits = |way: &Counting| {
        let mut numbers = 1..;
        labels.iter().all(|label| {
            numbers
                .next()
                .is_some_and(|number| way.write(number) == **label)
        })
    };
    if fits(&usual) {
        return None;
    }
    Counting::ALL.iter().copied().find(fits)
}

impl Writing<'_> {
    /// Writes a reference to a note. Notes stand once, and not in headers, footers and other notes.
    pub(crate) fn note_reference(&mut self, id: &str, place: Place, out: &mut Xml) {
        let Some(&at) = self.notes.places.get(id) else {
            let message = format!("the note {id:?} is not there; its reference was left out");
            self.tell(Code::ReferenceMissing, message, None);
            return;
        };
        if self.notes.referred[at] || matches!(place, Place::Note | Place::Furniture) {
            let message =
                format!("a reference to the note {id:?} was left out, where Word allows none");
            self.tell(Code::NoteMoved, message, None);
            return;
        }
        self.refer(at, out);
    }

    fn refer(&mut self, at: usize, out: &mut Xml) {
        self.notes.referred[at] = true;
        let index = kind_index(self.document.notes[at].kind);
        let kind = &KINDS[index];
        let number = kind.first + self.notes.order[index].len();
        self.notes.order[index].push(at);
        out.open("w:r", &[]);
        out.open("w:rPr", &[]);
        out.val("w:rStyle", kind.reference_style);
        out.close("w:rPr");
        out.empty(kind.reference, &[("w:id", &number.to_string())]);
        out.close("w:r");
    }

    /// Refers at the end of the body to notes that nothing refers to, so that they are seen.
    pub(crate) fn refer_to_the_rest(&mut self, out: &mut Xml) {
        let rest: Vec<usize> = (0..self.notes.referred.len())
            .filter(|&at| !self.notes.referred[at])
            .collect();
        if rest.is_empty() {
            return;
        }
        let message = format!(
            "{} notes that nothing refers to stand at the end",
            rest.len()
        );
        self.tell(Code::NoteMoved, message, None);
        open_paragraph(ParagraphSetting::default(), out);
        for at in rest {
            self.refer(at, out);
        }
        out.close("w:p");
    }

    /// Writes the parts of the notes.
    pub(crate) fn note_parts(&mut self) -> Result<(), Error> {
        for (index, kind) in KINDS.iter().enumerate() {
            if !self.notes.has(index) {
                continue;
            }
            kind.part.clone_into(&mut self.part);
            let mut out = Xml::part(kind.root);
            if kind.first > 0 {
                separators(kind, &mut out);
            }
            for (count, at) in self.notes.order[index].clone().into_iter().enumerate() {
                self.note(kind, kind.first + count, at, &mut out)?;
            }
            let content_type = format!(
                "application/vnd.openxmlformats-officedocument.wordprocessingml.{}+xml",
                kind.relationship
            );
            self.package
                .part(kind.part, &content_type, out.finish_part(kind.root));
            self.relate_main(kind.relationship, kind.target);
        }
        Ok(())
    }

    fn note(&mut self, kind: &Kind, number: usize, at: usize, out: &mut Xml) -> Result<(), Error> {
        let document = self.document;
        let note = &document.notes[at];
        let id = number.to_string();
        let mut attributes = vec![("w:id", id.as_str())];
        let author = note.label.as_deref().unwrap_or_default();
        if kind.kind == NoteKind::Comment {
            self.check_text(author);
            attributes.push(("w:author", author));
        }
        out.open(kind.element, &attributes);
        let setting = Setting {
            place: Place::Note,
            style: Some(kind.paragraph_style),
            align: None,
            size: None,
            width: self.text_width(),
        };
        let (style, look, line, rest) = first_line(&note.blocks, kind.paragraph_style);
        let opened = ParagraphSetting {
            style: Some(style),
            look,
            ..ParagraphSetting::default()
        };
        open_paragraph(opened, out);
        out.open("w:r", &[]);
        out.open("w:rPr", &[]);
        out.val("w:rStyle", kind.reference_style);
        out.close("w:rPr");
        out.empty(kind.sign, &[]);
        out.close("w:r");
        // A blank between the sign and the text, which readers take for that.
        out.raw(r#"<w:r><w:t xml:space="preserve"> </w:t></w:r>"#);
        self.line(line, setting.into(), out);
        out.close("w:p");
        self.blocks(rest, setting, out)?;
        if matches!(note.blocks.last(), Some(Block::Table(_))) {
            self.separator(out);
        }
        out.close(kind.element);
        Ok(())
    }
}

/// The style, the look and the line of the paragraph that holds the sign of a note, and the blocks
/// behind it.
fn first_line<'n>(
    blocks: &'n [Block],
    usual: &'static str,
) -> (&'static str, ParagraphStyle, &'n [Inline], &'n [Block]) {
    match blocks.split_first() {
        Some((Block::Paragraph(first), rest)) if first.label.is_none() => {
            (usual, first.style, &first.content, rest)
        }
        Some((Block::Heading(first), rest)) if first.label.is_none() => (
            heading_style(first.level),
            first.style,
            &first.content,
            rest,
        ),
        _ => (usual, ParagraphStyle::default(), &[], blocks),
    }
}

fn kind_index(kind: NoteKind) -> usize {
    match kind {
        NoteKind::Footnote => 0,
        NoteKind::Endnote => 1,
        NoteKind::Comment => 2,
    }
}

/// The lines above notes (ECMA-376 17.11.1, 17.11.23).
fn separators(kind: &Kind, out: &mut Xml) {
    for (id, name, sign) in [
        ("-1", "separator", "w:separator"),
        ("0", "continuationSeparator", "w:continuationSeparator"),
    ] {
        out.open(kind.element, &[("w:type", name), ("w:id", id)]);
        out.raw("<w:p><w:r>");
        out.empty(sign, &[]);
        out.raw("</w:r></w:p>");
        out.close(kind.element);
    }
}
