//! Lines.

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use tabulary_ir::{Code, Image, Inline, Mark, Text};

use super::Markdown;
use super::escape::{self, Place};

/// Marks that have a notation of their own, with it.
const NOTATIONS: [(Mark, &str); 3] = [
    (Mark::Bold, "**"),
    (Mark::Italic, "*"),
    (Mark::Strike, "~~"),
];

/// Elements of HTML for the marks.
const ELEMENTS: [(Mark, &str, &str); 9] = [
    (Mark::Bold, "<strong>", "</strong>"),
    (Mark::Italic, "<em>", "</em>"),
    (Mark::Strike, "<s>", "</s>"),
    (Mark::Underline, "<u>", "</u>"),
    (Mark::Subscript, "<sub>", "</sub>"),
    (Mark::Superscript, "<sup>", "</sup>"),
    (Mark::Highlight, "<mark>", "</mark>"),
    (
        Mark::Smallcaps,
        "<span style=\"font-variant:small-caps\">",
        "</span>",
    ),
    (
        Mark::Hidden,
        "<span data-tabulary=\"hidden\" hidden>",
        "</span>",
    ),
];

/// On what a line is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Lines that may follow one another.
    Paragraph,
    /// One line.
    Heading,
    /// One line in which no block can begin.
    Cell,
}

impl Markdown<'_> {
    /// A line, without a line end behind it.
    pub(super) fn line(&mut self, content: &[Inline], kind: Kind) -> String {
        let mut out = String::new();
        self.inlines(content, kind, true, &mut out);
        if kind == Kind::Heading && out.ends_with('#') {
            out.insert(out.len() - 1, '\\');
        }
        out
    }

    fn inlines(&mut self, content: &[Inline], kind: Kind, outer: bool, out: &mut String) {
        for (index, inline) in content.iter().enumerate() {
            let next = content.get(index + 1);
            let ends_line = match next {
                None => outer,
                Some(next) => matches!(next, Inline::LineBreak),
            };
            let begins_line = out.is_empty() || out.ends_with('\n');
            let start = out.len();
            match inline {
                Inline::Text(run) => {
                    let place = Place {
                        begins_line: begins_line && kind != Kind::Cell,
                        ends_line,
                    };
                    let edge = begins_line && kind == Kind::Cell && run.text.starts_with(' ');
                    self.run(run, place, edge, out);
                }
                Inline::Tab => out.push_str("&#9;"),
                Inline::LineBreak => {
                    let alone =
                        begins_line || next.is_none() || matches!(next, Some(Inline::LineBreak));
                    if kind != Kind::Paragraph || alone || !outer {
                        out.push_str("<br>");
                    } else {
                        out.push_str("\\\n");
                    }
                }
                Inline::Link(link) => {
                    out.push('[');
                    self.inlines(&link.content, kind, false, out);
                    out.push_str("](");
                    out.push_str(&escape::address(&link.href));
                    out.push(')');
                }
                Inline::Field(field) => {
                    self.html.field_attributes(field);
                    let attribute = self.html.take().replace('|', "&#124;");
                    out.push_str(&format!("<span data-tabulary=\"field\"{attribute}>"));
                    self.inlines(field.shown(), kind, false, out);
                    out.push_str("</span>");
                }
                Inline::Anchor(anchor) => {
                    self.html.attribute("id", &anchor.name);
                    let attribute = self.html.take().replace('|', "&#124;");
                    out.push_str(&format!("<a{attribute}></a>"));
                }
                Inline::Image(image) => self.image(image, out),
                Inline::NoteRef(reference) => self.note_ref(&reference.note, out),
                Inline::Math(formula) => {
                    if formula.mathml.is_some() {
                        let message =
                            "the MathML of formulas was left out; their LaTeX notation stands";
                        self.html.diagnostics.once(Code::MathAsText, message, None);
                    }
                    self.formula(&formula.text, kind, out);
                }
            }
            let behind_note = index > 0 && matches!(content[index - 1], Inline::NoteRef(_));
            if behind_note && out[start..].starts_with(['[', '(', ':']) {
                // A comment keeps the reference from being read as the text of a link.
                out.insert_str(start, "<!-- -->");
            }
        }
    }

    fn run(&mut self, run: &Text, place: Place, leading: bool, out: &mut String) {
        if run.text.is_empty() {
            return;
        }
        self.tell_dropped(&run.text);
        let in_backticks = run.marks.has(Mark::Code)
            && !run.text.contains(['`', '|', '\\'])
            && run.text.trim_matches(' ').len() == run.text.len()
            && run.text.chars().all(escape::is_allowed);
        let word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        let flanked = word(run.text.chars().next()) && word(run.text.chars().next_back());
        // A notation opens and closes only beside a word, so it must be all that stands around the run.
        let both = run.marks.has(Mark::Strike)
            && (run.marks.has(Mark::Bold) || run.marks.has(Mark::Italic));
        let element = both
            || ELEMENTS[3..]
                .iter()
                .any(|(mark, _, _)| run.marks.has(*mark));
        let starred = flanked
            && !element
            && !run.marks.has(Mark::Code)
            && !out.ends_with(['*', '~', '\\', '_']);
        let mut ends = Vec::new();
        for (mark, start, end) in ELEMENTS {
            if !run.marks.has(mark) {
                continue;
            }
            let notation = NOTATIONS.iter().find(|(m, _)| *m == mark && starred);
            let (start, end) = notation.map_or((start, end), |(_, both)| (*both, *both));
            out.push_str(start);
            ends.push(end);
        }
        let place = Place {
            begins_line: place.begins_line && ends.is_empty() || leading && ends.is_empty(),
            ..place
        };
        if in_backticks {
            out.push('`');
            out.push_str(&run.text);
            out.push('`');
        } else if run.marks.has(Mark::Code) {
            out.push_str("<code>");
            out.push_str(&escape::text(&run.text, place));
            out.push_str("</code>");
        } else {
            out.push_str(&escape::text(&run.text, place));
        }
        ends.iter().rev().for_each(|end| out.push_str(end));
    }

    fn tell_dropped(&mut self, text: &str) {
        if let Some(c) = text.chars().find(|&c| !escape::is_allowed(c)) {
            let message = format!(
                "the character U+{:04X} cannot stand in Markdown and was left out",
                u32::from(c)
            );
            let diagnostics = &mut self.html.diagnostics;
            diagnostics.add(Code::CharacterDropped, message, None);
        }
    }

    /// Writes an image: as HTML where it has a size or a name.
    fn image(&mut self, image: &Image, out: &mut String) {
        let resource = image
            .resource
            .as_ref()
            .and_then(|id| self.document.resources.get(id));
        let named = resource.is_some_and(|resource| resource.name.is_some());
        let found = resource.is_some() || image.href.is_some();
        if image.size.is_some() || named || !found || image.alt.contains(['\n', '\r', '\t']) {
            self.html.image(image);
            // A pipe would end the cell of a table.
            out.push_str(&self.html.take().replace('|', "&#124;"));
            return;
        }
        let address = match (resource, &image.href) {
            (Some(resource), _) => {
                let data = BASE64_STANDARD.encode(&resource.data);
                format!("data:{};base64,{data}", resource.media_type)
            }
            (None, href) => href.clone().unwrap_or_default(),
        };
        let place = Place {
            begins_line: false,
            ends_line: true,
        };
        let alt = escape::text(&image.alt, place);
        out.push_str(&format!("![{alt}]({})", escape::address(&address)));
    }

    fn note_ref(&mut self, note: &str, out: &mut String) {
        match self.notes.get(note) {
            Some(label) => out.push_str(&format!("[^{label}]")),
            None => {
                let message = format!("there is no note {note:?}; the reference was left out");
                let diagnostics = &mut self.html.diagnostics;
                diagnostics.add(Code::ReferenceMissing, message, None);
            }
        }
    }

    fn formula(&mut self, text: &str, kind: Kind, out: &mut String) {
        let trimmed = !text.is_empty() && text.trim().len() == text.len();
        let plain = !text.contains(['$', '\n', '\r', '`']) && !text.ends_with('\\');
        if trimmed && plain && (kind != Kind::Cell || !text.contains('|')) {
            out.push_str(&format!("${text}$"));
            return;
        }
        let message = "a formula that cannot stand between dollar signs was written as text";
        self.html.diagnostics.add(Code::MathAsText, message, None);
        let place = Place {
            begins_line: out.is_empty(),
            ends_line: true,
        };
        out.push_str(&escape::text(&text.replace('\n', " "), place));
    }
}
