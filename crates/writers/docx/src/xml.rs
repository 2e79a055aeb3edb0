//! XML as it is written: elements by their prefixed names, one after another.

use tabulary_package::xml::escape;

/// The start of every part.
pub(crate) const DECLARATION: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"#;

/// Namespaces of a part with text in it.
pub(crate) const NAMESPACES: &[(&str, &str)] = &[
    (
        "xmlns:w",
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    ),
    (
        "xmlns:r",
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    ),
    (
        "xmlns:m",
        "http://schemas.openxmlformats.org/officeDocument/2006/math",
    ),
    (
        "xmlns:wp",
        "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    ),
    (
        "xmlns:a",
        "http://schemas.openxmlformats.org/drawingml/2006/main",
    ),
    (
        "xmlns:pic",
        "http://schemas.openxmlformats.org/drawingml/2006/picture",
    ),
    (
        "xmlns:mc",
        "http://schemas.openxmlformats.org/markup-compatibility/2006",
    ),
    (
        "xmlns:w14",
        "http://schemas.microsoft.com/office/word/2010/wordml",
    ),
    ("mc:Ignorable", "w14"),
];

/// XML that grows.
#[derive(Debug, Default)]
pub(crate) struct Xml(String);

impl Xml {
    /// A part, with its root open.
    pub(crate) fn part(root: &str) -> Self {
        let mut xml = Self(DECLARATION.to_owned());
        xml.open(root, NAMESPACES);
        xml
    }

    /// Opens an element.
    pub(crate) fn open(&mut self, name: &str, attributes: &[(&str, &str)]) {
        self.start(name, attributes);
        self.0.push('>');
    }

    /// Adds an empty element.
    pub(crate) fn empty(&mut self, name: &str, attributes: &[(&str, &str)]) {
        self.start(name, attributes);
        self.0.push_str("/>");
    }

    /// Adds an empty element with the attribute `w:val`.
    pub(crate) fn val(&mut self, name: &str, value: &str) {
        self.empty(name, &[("w:val", value)]);
    }

    /// Closes an element.
    pub(crate) fn close(&mut self, name: &str) {
        self.0.push_str("</");
        self.0.push_str(name);
        self.0.push('>');
    }

    /// Adds text.
    pub(crate) fn text(&mut self, text: &str) {
        self.0.push_str(&escape(text));
    }

    /// Adds XML as it stands.
    pub(crate) fn raw(&mut self, xml: &str) {
        self.0.push_str(xml);
    }

    /// Adds properties to the paragraph that was written last; says whether there is one at the end.
    pub(crate) fn close_last_paragraph_with(&mut self, properties: &str) -> bool {
        const START: &str = "<w:p>";
        let start = self.0.rfind(START);
        let Some(start) = start.filter(|_| self.0.ends_with("</w:p>")) else {
            return false;
        };
        let inside = start + START.len();
        let has_some = self.0[inside..].starts_with("<w:pPr>");
        match self.0[inside..].find("</w:pPr>").filter(|_| has_some) {
            Some(end) => self.0.insert_str(inside + end, properties),
            None => self
                .0
                .insert_str(inside, &format!("<w:pPr>{properties}</w:pPr>")),
        }
        true
    }

    /// Adds an element with text in it, whose blanks count.
    pub(crate) fn leaf(&mut self, name: &str, text: &str) {
        let blank = |c: char| c == ' ';
        if text.starts_with(blank) || text.ends_with(blank) || text.contains("  ") {
            self.open(name, &[("xml:space", "preserve")]);
        } else {
            self.open(name, &[]);
        }
        self.text(text);
        self.close(name);
    }

    /// The XML so far.
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }

    /// The XML.
    pub(crate) fn finish(self) -> String {
        self.0
    }

    /// The part, with its root closed.
    pub(crate) fn finish_part(mut self, root: &str) -> String {
        self.close(root);
        self.0
    }

    fn start(&mut self, name: &str, attributes: &[(&str, &str)]) {
        self.0.push('<');
        self.0.push_str(name);
        for (key, value) in attributes {
            self.0.push(' ');
            self.0.push_str(key);
            self.0.push_str("=\"");
            self.0.push_str(&escape(value));
            self.0.push('"');
        }
    }
}
