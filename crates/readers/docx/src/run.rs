//! Lines: runs and what may stand between them (ECMA-376 17.3.2, 17.16.22).

use tabulary_encoding::symbol;
use tabulary_ir::{
    Anchor, Block, Code, Error, Inline, InlineMath, Link, Mark, Marks, NoteKind, NoteRef, push_text,
};
use tabulary_package::xml::{Element, Ns};

use crate::control;
use crate::field::{self, OpenField};
use crate::markup::{attribute, is_property};
use crate::math;
use crate::outline::Face;
use crate::reading::{Reading, alternative, control_of};
use crate::sign;
use crate::styles::{RunLook, RunProperties};

/// Elements of one line stand no deeper in one another than this before they are cut.
const NESTING: u32 = 120;

/// The style of the run in which the writer types a label that no numbering can make.
const TYPED_LABEL: &str = "ListLabel";

/// What a paragraph holds.
#[derive(Default)]
pub(crate) struct Line {
    pub(crate) content: Vec<Inline>,
    /// What stands before each page break of the line, and whether it only ends a column of text.
    pub(crate) before_breaks: Vec<(Vec<Inline>, bool)>,
    /// What the text boxes that are anchored in the line hold.
    pub(crate) boxes: Vec<Block>,
    /// Whether every formula stands on a line of its own.
    pub(crate) display_math: bool,
    /// Whether a horizontal line is drawn here.
    pub(crate) rule: bool,
    /// The label that the writer typed.
    pub(crate) typed_label: Option<String>,
    /// How its letters are set, and how many are.
    pub(crate) faces: Vec<(Face, usize)>,
}

/// A line while it is read.
pub(crate) struct LineReading<'p> {
    pub(crate) line: Line,
    pub(crate) path: &'p str,
    /// How runs of the paragraph's style are set.
    paragraph: &'p RunProperties,
    fields: Vec<OpenField>,
    /// How many elements stand around the place, and how many links.
    nesting: u32,
    links: u32,
    inline_math: bool,
    /// Blanks that come next belong to the sign of a note.
    after_sign: bool,
    /// How text is marked for having been changed.
    changed: Marks,
}

impl LineReading<'_> {
    /// Whether the place stands in the instruction of a field, which nobody sees.
    fn in_instruction(&self) -> bool {
        self.fields.iter().any(|field| !field.in_result)
    }
}

impl Reading<'_> {
    /// Reads the line of a paragraph whose style sets runs as `paragraph` says.
    pub(crate) fn line(
        &mut self,
        element: &Element,
        paragraph: &RunProperties,
        path: &str,
    ) -> Result<Line, Error> {
        let mut reading = LineReading {
            line: Line::default(),
            path,
            paragraph,
            fields: Vec::new(),
            nesting: 0,
            links: 0,
            inline_math: false,
            after_sign: false,
            changed: Marks::NONE,
        };
        let anchors = std::mem::take(&mut self.anchors);
        let anchors = anchors.iter().map(|name| anchor(name));
        reading.line.content.extend(anchors);
        self.inlines(element, &mut reading)?;
        let mut line = reading.line;
        let before = line.before_breaks.iter_mut().map(|(content, _)| content);
        for content in before.chain([&mut line.content]) {
            tidy(content);
        }
        line.display_math &= !reading.inline_math;
        Ok(line)
    }

    /// Reads what stands in an element around runs.
    fn inlines(&mut self, parent: &Element, cx: &mut LineReading<'_>) -> Result<(), Error> {
        if cx.nesting >= NESTING {
            let message = format!(
                "elements stand more than {NESTING} deep in a line; the inner ones were left out"
            );
            self.tell(Code::ContentSkipped, message, cx.path);
            return Ok(());
        }
        cx.nesting += 1;
        for element in parent.elements() {
            self.inline(element, cx)?;
        }
        cx.nesting -= 1;
        Ok(())
    }

    fn inline(&mut self, element: &Element, cx: &mut LineReading<'_>) -> Result<(), Error> {
        if is_property(element) {
            return Ok(());
        }
        if self.is_gone(element) {
            self.tell_changed(cx.path);
            return Ok(());
        }
        if let Some(mark) = self.change(element) {
            let outside = cx.changed;
            cx.changed = outside.with(mark);
            let read = self.inlines(element, cx);
            cx.changed = outside;
            return read;
        }
        match (element.ns, element.local.as_str()) {
            (Ns::W, "bookmarkStart") => {
                let name = attribute(element, "name").unwrap_or_default();
                if self.referred.contains(name) {
                    cx.line.content.push(anchor(name));
                }
                Ok(())
            }
            (Ns::W, "sdt") => self.controlled(element, cx),
            (Ns::W, "r") => self.run(element, cx),
            (Ns::W, "hyperlink") => self.hyperlink(element, cx),
            (Ns::W, "fldSimple") => {
                let instruction = attribute(element, "instr").unwrap_or_default();
                let mut field = OpenField::begin(cx.links, None);
                field.instruction.push_str(instruction);
                field.separate(cx.links, &mut cx.line.content);
                cx.fields.push(field);
                self.inlines(element, cx)?;
                self.end_field(cx);
                Ok(())
            }
            (Ns::W, "subDoc") => {
                let what = "a document inside of the document was left out";
                self.tell(Code::ContentSkipped, what, cx.path);
                Ok(())
            }
            (Ns::M, "oMath") => {
                self.push_math(cx, element);
                cx.inline_math = true;
                Ok(())
            }
            (Ns::M, "oMathPara") => {
                for formula in math::formulas(element) {
                    self.push_math(cx, formula);
                }
                cx.line.display_math = true;
                Ok(())
            }
            (Ns::Mc, "AlternateContent") => match alternative(element) {
                Some(chosen) => self.inlines(chosen, cx),
                None => Ok(()),
            },
            _ => self.inlines(element, cx),
        }
    }

    fn push_math(&mut self, cx: &mut LineReading<'_>, formula: &Element) {
        let formula = math::read(formula, self.changes);
        for (code, message) in formula.told {
            self.tell(code, message, cx.path);
        }
        let (mathml, text) = (formula.mathml, formula.text);
        let math = InlineMath { mathml, text };
        cx.line.content.push(Inline::Math(math));
    }

    /// A link (ECMA-376 17.16.22): to an address by relationship, to a place by its name, or both.
    fn hyperlink(&mut self, element: &Element, cx: &mut LineReading<'_>) -> Result<(), Error> {
        let mut href = String::new();
        if let Some(id) = element.attribute(Ns::R, "id") {
            match self.scope.relationship(id) {
                Some(relationship) => href.push_str(&relationship.target),
                None => {
                    let message = format!("the link {id} leads nowhere; its text stands");
                    self.tell(Code::ReferenceMissing, message, cx.path);
                }
            }
        }
        if let Some(anchor) =
            attribute(element, "anchor").or_else(|| attribute(element, "docLocation"))
        {
            href.push('#');
            href.push_str(anchor);
        }
        let before = std::mem::take(&mut cx.line.content);
        cx.links += 1;
        let read = self.inlines(element, cx);
        cx.links -= 1;
        let content = std::mem::replace(&mut cx.line.content, before);
        read?;
        push_link(&mut cx.line.content, href, content);
        Ok(())
    }

    /// A content control in a line (ECMA-376 17.5.2.31).
    fn controlled(&mut self, element: &Element, cx: &mut LineReading<'_>) -> Result<(), Error> {
        let Some(control) = control_of(element) else {
            return self.inlines(element, cx);
        };
        let before = std::mem::take(&mut cx.line.content);
        cx.links += 1;
        let read = self.inlines(element, cx);
        cx.links -= 1;
        let content = std::mem::replace(&mut cx.line.content, before);
        read?;
        if !content.is_empty() {
            cx.line.content.push(control::around(control, content));
        }
        Ok(())
    }

    fn run(&mut self, element: &Element, cx: &mut LineReading<'_>) -> Result<(), Error> {
        let properties = element.child(Ns::W, "rPr").map(RunProperties::of);
        let properties = properties.unwrap_or_default();
        if self.record.own && properties.style.as_deref() == Some(TYPED_LABEL) {
            cx.line.typed_label = Some(element.text());
            return Ok(());
        }
        let mut look = self.styles.marks(&properties, cx.paragraph);
        look.marks = look.marks.union(cx.changed);
        if look.hidden && element.child(Ns::W, "t").is_some() {
            let message = "hidden text was left out";
            self.tell_once(Code::ContentSkipped, message, cx.path);
        }
        if !look.hidden && element.child(Ns::W, "t").is_some() {
            self.tell_letters(&look, cx.path);
        }
        if self.wants_faces() {
            add_face(element, &look, &mut cx.line.faces);
        }
        self.run_children(element, &look, cx)?;
        cx.after_sign &= element.child(Ns::W, "t").is_none() || is_sign(element);
        Ok(())
    }

    fn run_children(
        &mut self,
        element: &Element,
        look: &RunLook,
        cx: &mut LineReading<'_>,
    ) -> Result<(), Error> {
        if cx.nesting >= NESTING {
            return Ok(());
        }
        cx.nesting += 1;
        for child in element.elements() {
            self.run_child(child, look, cx)?;
        }
        cx.nesting -= 1;
        Ok(())
    }

    fn run_child(
        &mut self,
        element: &Element,
        look: &RunLook,
        cx: &mut LineReading<'_>,
    ) -> Result<(), Error> {
        if is_property(element) {
            return Ok(());
        }
        if self.is_gone(element) {
            self.tell_changed(cx.path);
            return Ok(());
        }
        if element.is(Ns::W, "fldChar") {
            self.field_character(element, cx);
            return Ok(());
        }
        if matches!(element.local.as_str(), "instrText" | "delInstrText") {
            if let Some(field) = cx.fields.last_mut().filter(|field| !field.in_result) {
                field.instruction.push_str(&element.text());
            }
            return Ok(());
        }
        if look.hidden || cx.in_instruction() {
            return Ok(());
        }
        match (element.ns, element.local.as_str()) {
            (Ns::W, "t" | "delText") => push_run_text(element, look, cx),
            (Ns::W, "tab" | "ptab") => cx.line.content.push(Inline::Tab),
            (Ns::W, "br") if matches!(attribute(element, "type"), Some("page" | "column")) => {
                self.page_break(attribute(element, "type") == Some("column"), cx);
            }
            (Ns::W, "br" | "cr") => cx.line.content.push(Inline::LineBreak),
            (Ns::W, "noBreakHyphen") => push_text(&mut cx.line.content, "-", look.marks),
            (Ns::W, "softHyphen") => push_text(&mut cx.line.content, "\u{AD}", look.marks),
            (Ns::W, "sym") => self.symbol(element, look, cx),
            (Ns::W, "pgNum") => cx.line.content.push(field::page_number()),
            (Ns::W, "footnoteReference") => self.note(NoteKind::Footnote, element, cx),
            (Ns::W, "endnoteReference") => self.note(NoteKind::Endnote, element, cx),
            (Ns::W, "commentReference") => self.note(NoteKind::Comment, element, cx),
            (Ns::W, "footnoteRef" | "endnoteRef" | "annotationRef") => cx.after_sign = true,
            (Ns::W, "ruby") => self.ruby(element, look, cx)?,
            (Ns::W, "drawing" | "pict" | "object") => self.drawing(element, cx)?,
            (Ns::M, "oMath" | "oMathPara") => self.inline(element, cx)?,
            (Ns::Mc, "AlternateContent") => {
                if let Some(chosen) = alternative(element) {
                    self.run_children(chosen, look, cx)?;
                }
            }
            (Ns::W, "r") => self.run(element, cx)?,
            _ => self.run_children(element, look, cx)?,
        }
        Ok(())
    }

    /// A page break that stands in a link only breaks the line.
    fn page_break(&mut self, column: bool, cx: &mut LineReading<'_>) {
        if cx.links > 0 || self.depth > 0 {
            cx.line.content.push(Inline::LineBreak);
            return;
        }
        let before = std::mem::take(&mut cx.line.content);
        cx.line.before_breaks.push((before, column));
        for field in &mut cx.fields {
            field.start = 0;
        }
    }

    /// A character of a symbol font (ECMA-376 17.3.3.30).
    fn symbol(&mut self, element: &Element, look: &RunLook, cx: &mut LineReading<'_>) {
        match sign::of_element(element) {
            Ok(character) => {
                push_text(&mut cx.line.content, &character.to_string(), look.marks);
            }
            Err(message) => self.tell(Code::CharacterDropped, message, cx.path),
        }
    }

    fn note(&mut self, kind: NoteKind, element: &Element, cx: &mut LineReading<'_>) {
        let id = attribute(element, "id").unwrap_or_default();
        match self.notes.refer(kind, id) {
            Some(note) => cx.line.content.push(Inline::NoteRef(NoteRef { note })),
            None => {
                let message = format!("the note {id} is not there; its reference was left out");
                self.tell(Code::ReferenceMissing, message, cx.path);
            }
        }
    }

    /// Text with its reading above (ECMA-376 17.3.3.25): the reading stands behind it, raised.
    fn ruby(
        &mut self,
        element: &Element,
        look: &RunLook,
        cx: &mut LineReading<'_>,
    ) -> Result<(), Error> {
        if let Some(base) = element.child(Ns::W, "rubyBase") {
            self.inlines(base, cx)?;
        }
        if let Some(reading) = element.child(Ns::W, "rt") {
            let marks = look.marks.with(Mark::Superscript);
            let text = texts_of(reading);
            push_text(&mut cx.line.content, &text, marks);
        }
        Ok(())
    }

    /// A complex field (ECMA-376 17.16.18): begin, instruction, separator, result, end.
    fn field_character(&mut self, element: &Element, cx: &mut LineReading<'_>) {
        match attribute(element, "fldCharType") {
            Some("begin") => {
                let form = element.child(Ns::W, "ffData").map(control::of_form);
                cx.fields.push(OpenField::begin(cx.links, form));
            }
            Some("separate") => {
                if let Some(field) = cx.fields.last_mut() {
                    field.separate(cx.links, &mut cx.line.content);
                }
            }
            Some("end") => self.end_field(cx),
            _ => {}
        }
    }

    fn end_field(&mut self, cx: &mut LineReading<'_>) {
        let Some(field) = cx.fields.pop() else {
            return;
        };
        if cx.in_instruction() {
            return;
        }
        let here = field.links == cx.links && field.start <= cx.line.content.len();
        let mut result = if field.in_result && here {
            cx.line.content.split_off(field.start)
        } else {
            Vec::new()
        };
        tidy(&mut result);
        if let Some(lost) = field.finish(result, &mut cx.line.content) {
            let message = format!("the field {lost:?} has no result; it was left out");
            self.tell(Code::ContentSkipped, message, cx.path);
        }
    }
}

/// Counts the letters of a run with how they are set.
fn add_face(run: &Element, look: &RunLook, faces: &mut Vec<(Face, usize)>) {
    let texts = run.elements().filter(|e| e.is(Ns::W, "t"));
    let text: String = texts.map(Element::text).collect();
    let length = text.trim().chars().count();
    if length == 0 || look.hidden {
        return;
    }
    let is_east_asian = text.contains(|c| matches!(c, '\u{2E80}'..='\u{9FFF}'));
    let font = look.east_asian.as_ref().filter(|_| is_east_asian);
    let face = Face {
        size: look.size,
        bold: look.marks.has(Mark::Bold),
        font: font.or(look.font.as_ref()).cloned().unwrap_or_default(),
    };
    match faces.iter_mut().find(|(other, _)| *other == face) {
        Some((_, count)) => *count += length,
        None => faces.push((face, length)),
    }
}

/// Whether a run holds the sign of the note that it stands in.
fn is_sign(run: &Element) -> bool {
    run.elements().any(|element| {
        element.ns == Ns::W
            && matches!(
                element.local.as_str(),
                "footnoteRef" | "endnoteRef" | "annotationRef"
            )
    })
}

/// Text of a run. Blanks at its ends count only where that is said (ECMA-376 17.3.3.31), line ends
/// inside are blanks.
fn push_run_text(element: &Element, look: &RunLook, cx: &mut LineReading<'_>) {
    let text = element.text();
    let kept = element.attribute(Ns::Xml, "space") == Some("preserve");
    let mut text = if kept {
        text.as_str()
    } else {
        text.trim_matches([' ', '\n', '\r', '\t'])
    };
    if cx.after_sign {
        text = text.trim_start_matches(' ');
    }
    let text = symbol::text(text, look.font.as_deref());
    if text.contains(['\n', '\r']) {
        let text = text.replace(['\n', '\r'], " ");
        push_text(&mut cx.line.content, &text, look.marks);
    } else {
        push_text(&mut cx.line.content, &text, look.marks);
    }
}

/// Adds a link; where it leads nowhere, its content, and where it shows nothing, nothing.
pub(crate) fn push_link(out: &mut Vec<Inline>, href: String, content: Vec<Inline>) {
    if content.is_empty() {
        return;
    }
    if href.is_empty() {
        join(out, content);
        return;
    }
    out.push(Inline::Link(Link { content, href }));
}

/// Takes out the empty runs that mark where results of fields start.
fn tidy(content: &mut Vec<Inline>) {
    let is_empty = |inline: &Inline| matches!(inline, Inline::Text(run) if run.text.is_empty());
    if content.iter().any(is_empty) {
        let marked = std::mem::take(content);
        join(content, marked);
    }
}

/// Appends a line to a line; runs with the same marks join.
pub(crate) fn join(out: &mut Vec<Inline>, content: Vec<Inline>) {
    for inline in content {
        match inline {
            Inline::Text(run) => push_text(out, &run.text, run.marks),
            other => out.push(other),
        }
    }
}

fn anchor(name: &str) -> Inline {
    Inline::Anchor(Anchor {
        name: name.to_owned(),
    })
}

fn texts_of(element: &Element) -> String {
    let texts = element.descendants().filter(|e| e.is(Ns::W, "t"));
    texts.map(Element::text).collect()
}

/// The text of an element that stands outside of a flow: every `w:t` below it, paragraph by paragraph.
pub(crate) fn flat_paragraphs(element: &Element) -> Vec<Block> {
    let paragraphs = element.descendants().filter(|e| e.is(Ns::W, "p"));
    let texts = paragraphs.map(|paragraph| {
        let runs = paragraph.elements().filter(|e| e.is(Ns::W, "r"));
        let mut content = Vec::new();
        for run in runs {
            push_text(&mut content, &texts_of(run), Marks::NONE);
        }
        content
    });
    texts
        .filter(|content| !content.is_empty())
        .map(|content| {
            Block::Paragraph(tabulary_ir::Paragraph {
                content,
                ..tabulary_ir::Paragraph::default()
            })
        })
        .collect()
}
