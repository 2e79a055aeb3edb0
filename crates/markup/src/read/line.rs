//! A line while it is read: runs of text with collapsed whitespace, links and fields that are open.

use tabulary_ir::{Inline, Link, Marks, push_text};

use crate::field::OpenField;

/// The inlines of the paragraph that is open.
#[derive(Default)]
pub(super) struct Line {
    content: Vec<Inline>,
    frames: Vec<(Vec<Inline>, Wrap)>,
    /// Whether something stands on the line behind which a blank counts.
    begun: bool,
    /// Whether the last character is a blank that a line end would take away.
    trailing: bool,
    /// Whether the last inline is a line end.
    broke: bool,
}

/// What an open link or field becomes.
pub(super) enum Wrap {
    /// A link to this address.
    Link(String),
    /// A field.
    Field(Box<OpenField>),
}

impl Line {
    /// Whether nothing stands on it.
    pub(super) fn is_empty(&self) -> bool {
        self.content.is_empty() && self.frames.iter().all(|(outer, _)| outer.is_empty())
    }

    /// Adds text. Where blanks do not count, runs of them become one blank, and none at the ends of
    /// a line (CSS Text 4.1.1 and 4.1.2). Only the blanks of ASCII collapse: U+3000 and U+00A0 stay.
    pub(super) fn text(&mut self, text: &str, marks: Marks, preserve: bool) {
        if preserve {
            if !text.is_empty() {
                push_text(&mut self.content, text, marks);
                (self.begun, self.trailing, self.broke) = (true, false, false);
            }
            return;
        }
        let mut run = String::with_capacity(text.len());
        for c in text.chars() {
            if matches!(c, ' ' | '\t' | '\n' | '\r' | '\x0c') {
                if self.begun && !self.trailing {
                    run.push(' ');
                    self.trailing = true;
                }
            } else {
                run.push(c);
                (self.begun, self.trailing, self.broke) = (true, false, false);
            }
        }
        push_text(&mut self.content, &run, marks);
    }

    /// Adds a line end.
    pub(super) fn line_break(&mut self) {
        self.trim();
        self.content.push(Inline::LineBreak);
        (self.begun, self.trailing, self.broke) = (false, false, true);
    }

    /// Adds something that is no text.
    pub(super) fn object(&mut self, inline: Inline) {
        self.content.push(inline);
        (self.begun, self.trailing, self.broke) = (true, false, false);
    }

    /// Opens a link or a field.
    pub(super) fn open(&mut self, wrap: Wrap) {
        self.frames.push((std::mem::take(&mut self.content), wrap));
    }

    /// Closes the link or field opened last.
    pub(super) fn close(&mut self) {
        let Some((outer, wrap)) = self.frames.pop() else {
            return;
        };
        let content = std::mem::replace(&mut self.content, outer);
        match wrap {
            Wrap::Link(_) if content.is_empty() => {}
            Wrap::Link(href) => self.content.push(Inline::Link(Link { content, href })),
            Wrap::Field(field) => {
                self.begun = true;
                self.content.push(field.close(content));
            }
        }
    }

    /// Takes all that stands on the line, without the line end at its end, which no browser shows,
    /// and whether there was one. Links and fields that are open stay open for the next line.
    pub(super) fn take(&mut self) -> (Vec<Inline>, bool) {
        self.trim();
        let broke = self.broke;
        if broke {
            remove_last(&mut self.content);
        }
        let mut open = Vec::new();
        while let Some((_, wrap)) = self.frames.last() {
            open.push(match wrap {
                Wrap::Link(href) => Wrap::Link(href.clone()),
                Wrap::Field(field) => Wrap::Field(field.clone()),
            });
            self.close();
        }
        let content = std::mem::take(&mut self.content);
        (self.begun, self.trailing, self.broke) = (false, false, false);
        for wrap in open.into_iter().rev() {
            self.open(wrap);
        }
        (content, broke)
    }

    /// Takes away the blank that a line end takes away.
    fn trim(&mut self) {
        if !std::mem::take(&mut self.trailing) {
            return;
        }
        let content = if self.content.is_empty() {
            self.frames
                .iter_mut()
                .rev()
                .map(|(outer, _)| outer)
                .find(|outer| !outer.is_empty())
        } else {
            Some(&mut self.content)
        };
        if let Some(content) = content {
            trim_last(content);
        }
    }
}

fn trim_last(mut content: &mut Vec<Inline>) {
    loop {
        if let Some(Inline::Text(run)) = content.last_mut() {
            if run.text.ends_with(' ') {
                run.text.pop();
            }
            if run.text.is_empty() {
                content.pop();
            }
            return;
        }
        content = match content.last_mut() {
            Some(Inline::Link(link)) => &mut link.content,
            Some(Inline::Field(field)) => &mut field.content,
            _ => return,
        };
    }
}

fn remove_last(mut content: &mut Vec<Inline>) {
    loop {
        if matches!(content.last(), Some(Inline::LineBreak)) {
            content.pop();
            return;
        }
        content = match content.last_mut() {
            Some(Inline::Link(link)) => &mut link.content,
            Some(Inline::Field(field)) => &mut field.content,
            _ => return,
        };
    }
}
