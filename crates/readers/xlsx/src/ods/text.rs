//! Text in cells (OpenDocument 1.3 part 3, 5.1.3, 6.1 and 6.2).

use tabulary_ir::{Block, Inline, Link, Marks, Paragraph, block_text, inline_text, push_text};
use tabulary_package::xml::{Element, Node, Ns};

use super::address::Reference;
use super::styles::Styles;
use crate::text::Text;

/// What the paragraphs of a cell show.
#[derive(Debug, Default)]
pub(super) struct Shown {
    pub(super) content: Vec<Inline>,
    /// Whether there is any paragraph, be it empty.
    pub(super) any: bool,
}

impl Shown {
    /// The paragraphs that stand in an element, a line each.
    pub(super) fn read(element: &Element, styles: &Styles, marks: Marks) -> Self {
        let mut lines = Lines {
            styles,
            content: Vec::new(),
            blank: true,
            any: false,
        };
        lines.paragraphs(element, marks);
        Self {
            content: lines.content,
            any: lines.any,
        }
    }

    /// The characters alone.
    pub(super) fn plain(&self) -> String {
        inline_text(&self.content)
    }

    /// The address to which all of the text leads; the content is then that of the link.
    pub(super) fn take_link(&mut self) -> Option<String> {
        let [Inline::Link(link)] = self.content.as_mut_slice() else {
            return None;
        };
        let (href, content) = (
            std::mem::take(&mut link.href),
            std::mem::take(&mut link.content),
        );
        self.content = content;
        Some(href)
    }

    /// The text, and the marks that all of it has.
    pub(super) fn into_text(self) -> (Text, Option<Marks>) {
        let mut marks = None;
        let even = self.content.iter().all(|inline| match inline {
            Inline::Text(run) => *marks.get_or_insert(run.marks) == run.marks,
            Inline::Tab | Inline::LineBreak => true,
            _ => false,
        });
        if even {
            (Text::Plain(inline_text(&self.content).into()), marks)
        } else {
            (Text::Rich(self.content), None)
        }
    }
}

/// The paragraphs that stand in an element, each a block, but for those that say nothing.
pub(super) fn paragraphs(element: &Element, styles: &Styles, marks: Marks) -> Vec<Block> {
    let mut shown = Shown::read(element, styles, marks);
    let lines = shown
        .content
        .split_mut(|inline| *inline == Inline::LineBreak);
    let blocks = lines.map(|line| {
        Block::Paragraph(Paragraph {
            content: line
                .iter_mut()
                .map(|inline| std::mem::replace(inline, Inline::Tab))
                .collect(),
            ..Paragraph::default()
        })
    });
    blocks
        .filter(|block| !block_text(block).trim().is_empty())
        .collect()
}

struct Lines<'a> {
    styles: &'a Styles,
    content: Vec<Inline>,
    /// The line ends in a blank, or begins here: a blank that follows adds nothing (6.1.2).
    blank: bool,
    any: bool,
}

impl Lines<'_> {
    fn paragraphs(&mut self, element: &Element, marks: Marks) {
        for child in element.elements() {
            if child.is(Ns::OdfText, "p") || child.is(Ns::OdfText, "h") {
                if self.any {
                    self.content.push(Inline::LineBreak);
                }
                self.any = true;
                self.blank = true;
                let name = child.attribute(Ns::OdfText, "style-name");
                let name = name.unwrap_or_default();
                let marks = self.styles.marks("paragraph", name, marks);
                self.inlines(child, marks);
            } else if matches!(child.local.as_str(), "list" | "list-item" | "section")
                && child.ns == Ns::OdfText
            {
                self.paragraphs(child, marks);
            }
        }
    }

    fn inlines(&mut self, element: &Element, marks: Marks) {
        for node in &element.children {
            match node {
                Node::Text(text) => self.characters(text, marks),
                Node::Element(child) if child.ns == Ns::OdfText => self.element(child, marks),
                // A drawing or a note in the line is no part of it.
                Node::Element(_) => {}
            }
        }
    }

    fn element(&mut self, element: &Element, marks: Marks) {
        match element.local.as_str() {
            "s" => {
                let count = element
                    .attribute(Ns::OdfText, "c")
                    .and_then(|c| c.parse().ok());
                // A text of a cell is no longer than 32,767 characters.
                let blanks = " ".repeat(count.unwrap_or(1_usize).min(32_767));
                push_text(&mut self.content, &blanks, marks);
                // A blank of the text itself before or after one of these counts.
                self.blank = false;
            }
            "tab" => self.push("\t", marks),
            "line-break" => self.push("\n", marks),
            "span" => {
                let name = element
                    .attribute(Ns::OdfText, "style-name")
                    .unwrap_or_default();
                let marks = self.styles.marks("text", name, marks);
                self.inlines(element, marks);
            }
            "a" => self.link(element, marks),
            "note" | "bookmark" | "bookmark-start" | "bookmark-end" | "soft-page-break" => {}
            "ruby" => {
                if let Some(base) = element.child(Ns::OdfText, "ruby-base") {
                    self.inlines(base, marks);
                }
            }
            // A field holds the text that it showed last.
            _ => self.inlines(element, marks),
        }
    }

    fn link(&mut self, element: &Element, marks: Marks) {
        let href = element.attribute(Ns::Xlink, "href").map(address);
        let outer = std::mem::take(&mut self.content);
        let name = element
            .attribute(Ns::OdfText, "style-name")
            .unwrap_or_default();
        let marks = self.styles.marks("text", name, marks);
        self.inlines(element, marks);
        let content = std::mem::replace(&mut self.content, outer);
        match href.filter(|href| !href.is_empty() && !content.is_empty()) {
            Some(href) => self.content.push(Inline::Link(Link { content, href })),
            None => self.content.extend(content),
        }
    }

    fn push(&mut self, text: &str, marks: Marks) {
        push_text(&mut self.content, text, marks);
        self.blank = false;
    }

    /// Characters. Line ends and tabulators are how the XML is set, and a run of white space with one
    /// is one blank at most (6.1.2). Blanks alone all count: LibreOffice writes and reads runs of
    /// them as they are.
    fn characters(&mut self, text: &str, marks: Marks) {
        if !text.contains(['\t', '\n', '\r']) {
            self.push(text, marks);
            self.blank = text.ends_with(' ');
            return;
        }
        let mut plain = String::with_capacity(text.len());
        for character in text.chars() {
            if matches!(character, ' ' | '\t' | '\n' | '\r') {
                if !self.blank {
                    plain.push(' ');
                }
                self.blank = true;
            } else {
                plain.push(character);
                self.blank = false;
            }
        }
        push_text(&mut self.content, &plain, marks);
    }
}

/// An address as Excel has it: `#Sheet1!A1` for a place of the workbook. A path is relative to the
/// package as if that were a folder (OpenDocument 1.3 part 2, 3.7), and here to the file.
pub(super) fn address(href: &str) -> String {
    if let Some(place) = href.strip_prefix('#') {
        let reference = Reference::parse(place);
        return match reference.filter(|reference| reference.sheet.is_some()) {
            Some(reference) => format!("#{}", reference.a1()),
            None => href.to_owned(),
        };
    }
    href.strip_prefix("../").unwrap_or(href).to_owned()
}
