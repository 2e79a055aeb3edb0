//! Lines: runs with marks, links, images, and blanks that must not collapse.

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use tabulary_ir::{Code, Field, Image, Inline, InlineMath, Mark, Marks, Text};

use super::Html;
use crate::math;

/// Start and end tags of the marks.
const TAGS: [(Mark, &str, &str); 10] = [
    (Mark::Bold, "<strong>", "</strong>"),
    (Mark::Italic, "<em>", "</em>"),
    (Mark::Underline, "<u>", "</u>"),
    (Mark::Strike, "<s>", "</s>"),
    (Mark::Subscript, "<sub>", "</sub>"),
    (Mark::Superscript, "<sup>", "</sup>"),
    (Mark::Code, "<code>", "</code>"),
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

/// Schemes of addresses that act when they are followed.
const ACTING: [&str; 3] = ["javascript:", "vbscript:", "data:"];

/// Whether a line ends before an inline, or may end there.
fn ends_line(next: Option<&Inline>) -> bool {
    match next {
        None | Some(Inline::LineBreak) => true,
        Some(Inline::Link(link)) => ends_line(link.content.first()),
        Some(Inline::Field(field)) => ends_line(field.shown().first()),
        Some(_) => false,
    }
}

/// Whether the last thing on a line is a line end.
fn breaks_last(content: &[Inline]) -> bool {
    match content.last() {
        Some(Inline::LineBreak) => true,
        Some(Inline::Link(link)) => breaks_last(&link.content),
        Some(Inline::Field(field)) => breaks_last(&field.content),
        _ => false,
    }
}

impl<'a> Html<'a> {
    /// Writes a line. A line end at its end is written twice, since no browser shows the last one.
    pub fn line(&mut self, content: &'a [Inline]) {
        self.at_blank = true;
        self.inlines(content);
        if breaks_last(content) {
            self.raw("<br>");
        }
    }

    fn inlines(&mut self, content: &'a [Inline]) {
        for (index, inline) in content.iter().enumerate() {
            let at_end = ends_line(content.get(index + 1));
            match inline {
                Inline::Text(run) => self.run(run, at_end),
                Inline::Tab => {
                    self.raw("<span style=\"white-space:pre\">&#9;</span>");
                    self.at_blank = false;
                }
                Inline::LineBreak => {
                    self.raw("<br>");
                    self.at_blank = true;
                }
                Inline::Link(link) => self.link(&link.href, &link.content),
                Inline::Field(field) => {
                    self.raw("<span data-tabulary=\"field\"");
                    self.field_attributes(field);
                    self.raw(">");
                    self.inlines(field.shown());
                    self.raw("</span>");
                }
                Inline::Anchor(anchor) => {
                    self.raw("<a");
                    self.attribute("id", &anchor.name);
                    self.raw("></a>");
                }
                Inline::Image(image) => {
                    self.image(image);
                    self.at_blank = false;
                }
                Inline::NoteRef(reference) => {
                    self.note_ref(&reference.note);
                    self.at_blank = false;
                }
                Inline::Math(formula) => {
                    self.formula(formula);
                    self.at_blank = false;
                }
            }
        }
    }

    /// Writes a run of text with its marks. `at_end` tells that a blank at its end would collapse.
    fn run(&mut self, run: &Text, at_end: bool) {
        let text = run.text.as_str();
        if text.is_empty() {
            return;
        }
        let collapses = text.contains("  ")
            || (self.at_blank && text.starts_with(' '))
            || (at_end && text.ends_with(' '));
        for (mark, open, _) in TAGS {
            if run.marks.has(mark) {
                self.raw(open);
            }
        }
        if collapses {
            self.raw("<span style=\"white-space:pre-wrap\">");
            self.text(text);
            self.raw("</span>");
        } else {
            self.text(text);
        }
        for (mark, _, close) in TAGS.iter().rev() {
            if run.marks.has(*mark) {
                self.raw(close);
            }
        }
        self.at_blank = !collapses && text.ends_with(' ');
    }

    /// Writes plain text, in which line feeds are line ends.
    pub(super) fn plain(&mut self, text: &str, marks: Marks) {
        let mut content = Vec::new();
        tabulary_ir::push_text(&mut content, text, marks);
        self.at_blank = true;
        for (index, inline) in content.iter().enumerate() {
            let at_end = matches!(content.get(index + 1), None | Some(Inline::LineBreak));
            match inline {
                Inline::Text(run) => self.run(run, at_end),
                Inline::Tab => {
                    self.raw("<span style=\"white-space:pre\">&#9;</span>");
                    self.at_blank = false;
                }
                _ => {
                    self.raw("<br>");
                    self.at_blank = true;
                }
            }
        }
        if matches!(content.last(), Some(Inline::LineBreak)) {
            self.raw("<br>");
        }
    }

    fn link(&mut self, href: &str, content: &'a [Inline]) {
        let lower = href.trim_start().to_ascii_lowercase();
        if ACTING.iter().any(|scheme| lower.starts_with(scheme)) {
            let message = "links that act when they are followed were left out; their text stands";
            self.diagnostics.once(Code::LinkDropped, message, None);
            return self.inlines(content);
        }
        self.raw("<a");
        self.attribute("href", href);
        self.raw(">");
        self.inlines(content);
        self.raw("</a>");
    }

    /// Writes the attributes that say what a field is, beside its result.
    pub fn field_attributes(&mut self, field: &Field) {
        for (name, value) in crate::field::attributes(field) {
            self.attribute(name, &value);
        }
    }

    /// Writes an image, its bytes in the page.
    pub fn image(&mut self, image: &Image) {
        self.raw("<img");
        match image.resource.as_ref().map(|id| self.resource(id)) {
            Some(Some(resource)) => {
                let data = BASE64_STANDARD.encode(&resource.data);
                let address = format!("data:{};base64,{data}", resource.media_type);
                self.attribute("src", &address);
                if let Some(name) = &resource.name {
                    self.attribute("data-name", name);
                }
            }
            _ => {
                if let Some(href) = &image.href {
                    self.attribute("src", href);
                }
            }
        }
        self.attribute("alt", &image.alt);
        if let Some([width, height]) = image.size {
            self.attribute("style", &format!("width:{width}pt;height:{height}pt"));
        }
        self.raw(">");
    }

    fn note_ref(&mut self, note: &'a str) {
        let known = self.notes.get(note).copied();
        self.raw("<sup><a role=\"doc-noteref\"");
        if let Some(label) = self.labels.get(note).cloned() {
            // As programs that show Markdown name the place of a note (cmark-gfm).
            self.attribute("data-note", &label);
            self.attribute("href", &format!("#fn-{label}"));
            self.raw(">");
            self.text(&label);
            return self.raw("</a></sup>");
        }
        self.attribute("data-note", note);
        let label = match known {
            Some((number, found)) => {
                self.attribute("href", &format!("#note-{number}"));
                if self.referred.insert(note) {
                    self.attribute("id", &format!("ref-{number}"));
                }
                found.label.clone().unwrap_or_else(|| number.to_string())
            }
            None => "*".to_owned(),
        };
        self.raw(">");
        self.text(&label);
        self.raw("</a></sup>");
    }

    fn formula(&mut self, formula: &InlineMath) {
        self.math("span", formula.mathml.as_deref(), &formula.text);
    }

    /// Writes a formula in an element of that name.
    pub(super) fn math(&mut self, element: &str, mathml: Option<&str>, text: &str) {
        let normal = mathml.and_then(|mathml| math::normal(mathml, self.budget));
        if mathml.is_some() && normal.is_none() {
            let message = "a formula that is no MathML was written as its text";
            self.diagnostics.add(Code::MathAsText, message, None);
        }
        self.raw("<");
        self.raw(element);
        self.raw(" data-tabulary=\"math\"");
        match normal {
            Some(normal) => {
                self.attribute("data-text", text);
                self.raw(">");
                if self.dense {
                    self.raw(&normal.replace('\n', " "));
                } else {
                    self.raw(&normal);
                }
            }
            None => {
                self.raw(">");
                self.text(text);
            }
        }
        self.raw("</");
        self.raw(element);
        self.raw(">");
    }
}
