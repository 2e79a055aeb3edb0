//! A line of Markdown while it is read.

use tabulary_ir::{Image, Inline, Link, Mark, Marks, NoteRef, inline_text, push_text};
use tabulary_markup::OpenField;

/// The inlines that are open.
#[derive(Debug, Default)]
pub(super) struct Inlines {
    content: Vec<Inline>,
    open: Vec<Open>,
    marks: Marks,
    /// Whether a line of the source ended before what comes next.
    soft: bool,
}

#[derive(Debug)]
struct Open {
    /// The name of the HTML element, where it is one.
    tag: Option<String>,
    marks: Marks,
    wrap: Wrap,
    outer: Vec<Inline>,
}

/// What an open inline becomes.
#[derive(Clone, Debug)]
pub(super) enum Wrap {
    /// Marks alone.
    Marks,
    /// A link to this address.
    Link(String),
    /// A field.
    Field(Box<OpenField>),
    /// An image; its text is what stands in it.
    Image(Image),
}

impl Inlines {
    pub(super) fn is_empty(&self) -> bool {
        self.content.is_empty() && self.open.is_empty()
    }

    pub(super) fn text(&mut self, text: &str) {
        self.end_soft(text.chars().next());
        push_text(&mut self.content, text, self.marks);
    }

    pub(super) fn code(&mut self, text: &str) {
        self.end_soft(text.chars().next());
        push_text(&mut self.content, text, self.marks.with(Mark::Code));
    }

    pub(super) fn object(&mut self, inline: Inline) {
        self.end_soft(None);
        self.content.push(inline);
    }

    pub(super) fn note(&mut self, note: &str) {
        self.object(Inline::NoteRef(NoteRef {
            note: note.to_owned(),
        }));
    }

    /// A line of the source ends.
    pub(super) fn soft_break(&mut self) {
        self.soft = true;
    }

    /// A line end of the source is a blank, but for one between two Chinese characters.
    fn end_soft(&mut self, next: Option<char>) {
        if !std::mem::take(&mut self.soft) {
            return;
        }
        let before = self.content.last().and_then(last_char);
        let joined = before.is_some_and(is_wide) && next.is_some_and(is_wide);
        if !joined {
            push_text(&mut self.content, " ", self.marks);
        }
    }

    pub(super) fn open(&mut self, tag: Option<String>, marks: Marks, wrap: Wrap) {
        self.end_soft(None);
        let outer = match wrap {
            Wrap::Marks => Vec::new(),
            _ => std::mem::take(&mut self.content),
        };
        self.open.push(Open {
            tag,
            marks: self.marks,
            wrap,
            outer,
        });
        self.marks = self.marks.union(marks);
    }

    /// Closes what was opened last.
    pub(super) fn close(&mut self) {
        let Some(open) = self.open.pop() else {
            return;
        };
        self.marks = open.marks;
        if matches!(open.wrap, Wrap::Marks) {
            return;
        }
        let content = std::mem::replace(&mut self.content, open.outer);
        self.content.push(match open.wrap {
            Wrap::Link(href) => Inline::Link(Link { content, href }),
            Wrap::Field(field) => field.close(content),
            Wrap::Image(image) => Inline::Image(Image {
                alt: inline_text(&content),
                ..image
            }),
            Wrap::Marks => return,
        });
    }

    /// Closes the HTML element of that name, and what was opened in it.
    pub(super) fn close_tag(&mut self, name: &str) {
        let is_tag = |open: &Open| open.tag.as_deref() == Some(name);
        let Some(at) = self.open.iter().rposition(is_tag) else {
            return;
        };
        while self.open.len() > at {
            self.close();
        }
    }

    /// Takes all that stands on the line.
    pub(super) fn take(&mut self) -> Vec<Inline> {
        while !self.open.is_empty() {
            self.close();
        }
        self.soft = false;
        self.marks = Marks::NONE;
        std::mem::take(&mut self.content)
    }
}

/// The last character of an inline.
fn last_char(inline: &Inline) -> Option<char> {
    match inline {
        Inline::Text(run) => run.text.chars().next_back(),
        Inline::Link(link) => link.content.last().and_then(last_char),
        Inline::Field(field) => field.content.last().and_then(last_char),
        _ => None,
    }
}

/// Whether a character is one of Chinese or Japanese writing, between which no blank stands.
fn is_wide(c: char) -> bool {
    matches!(c, '\u{2e80}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{ff00}'..='\u{ff60}' | '\u{20000}'..='\u{3ffff}')
}
