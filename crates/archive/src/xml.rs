//! XML as a person can read it: an element a line, indented.

use std::fmt::Write;

use tabulary_package::xml::escape;

/// Writes an XML text, element by element.
pub(crate) struct Xml {
    text: String,
    open: Vec<String>,
}

impl Xml {
    /// An XML text with nothing in it but its declaration.
    pub(crate) fn new() -> Self {
        Self {
            text: String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"),
            open: Vec::new(),
        }
    }

    /// Opens an element.
    pub(crate) fn open(&mut self, name: &str, attributes: &[(&str, &str)]) {
        self.start(name, attributes);
        self.text.push_str(">\n");
        self.open.push(name.to_owned());
    }

    /// Closes the element that was opened last.
    pub(crate) fn close(&mut self) {
        let name = self.open.pop().expect("each close follows an open");
        self.indent();
        writeln!(self.text, "</{name}>").expect("writing to a String does not fail");
    }

    /// An element that holds a text.
    pub(crate) fn leaf(&mut self, name: &str, attributes: &[(&str, &str)], text: &str) {
        self.start(name, attributes);
        writeln!(self.text, ">{}</{name}>", escape(text))
            .expect("writing to a String does not fail");
    }

    /// An element that holds a text, without attributes.
    pub(crate) fn text(&mut self, name: &str, text: &str) {
        self.leaf(name, &[], text);
    }

    /// An element that holds nothing.
    pub(crate) fn empty(&mut self, name: &str, attributes: &[(&str, &str)]) {
        self.start(name, attributes);
        self.text.push_str("/>\n");
    }

    /// The bytes, where every element was closed.
    pub(crate) fn finish(self) -> Vec<u8> {
        debug_assert!(self.open.is_empty(), "open elements: {:?}", self.open);
        self.text.into_bytes()
    }

    fn start(&mut self, name: &str, attributes: &[(&str, &str)]) {
        self.indent();
        write!(self.text, "<{name}").expect("writing to a String does not fail");
        for (name, value) in attributes {
            write!(self.text, " {name}=\"{}\"", escape(value))
                .expect("writing to a String does not fail");
        }
    }

    fn indent(&mut self) {
        for _ in 0..self.open.len() {
            self.text.push_str("  ");
        }
    }
}
