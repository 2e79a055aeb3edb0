//! Small trees: one block of a document at a time.

use compact_str::CompactString;

use super::pull::find;
use super::{Attribute, Ns, Start};

/// An element with all that stands in it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Element {
    /// Its namespace.
    pub ns: Ns,
    /// Its name without a prefix.
    pub local: CompactString,
    /// Its attributes, without namespace declarations.
    pub attributes: Vec<Attribute>,
    /// What stands in it.
    pub children: Vec<Node>,
}

/// A child of an element.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Node {
    /// An element.
    Element(Element),
    /// Text.
    Text(String),
}

impl Element {
    /// Whether it has this name.
    pub fn is(&self, ns: Ns, local: &str) -> bool {
        self.ns == ns && self.local == local
    }

    /// The value of an attribute.
    pub fn attribute(&self, ns: Ns, local: &str) -> Option<&str> {
        find(&self.attributes, ns, local)
    }

    /// The value of an attribute without a namespace.
    pub fn plain(&self, local: &str) -> Option<&str> {
        self.attribute(Ns::None, local)
    }

    /// The elements in it.
    pub fn elements(&self) -> impl DoubleEndedIterator<Item = &Self> {
        self.children.iter().filter_map(|node| match node {
            Node::Element(element) => Some(element),
            Node::Text(_) => None,
        })
    }

    /// The first element of that name in it.
    pub fn child(&self, ns: Ns, local: &str) -> Option<&Self> {
        self.elements().find(|element| element.is(ns, local))
    }

    /// Every element below it, outer before inner, in order.
    pub fn descendants(&self) -> impl Iterator<Item = &Self> {
        let mut open: Vec<&Self> = self.elements().rev().collect();
        std::iter::from_fn(move || {
            let next = open.pop()?;
            open.extend(next.elements().rev());
            Some(next)
        })
    }

    /// All text below it.
    pub fn text(&self) -> String {
        let mut text = String::new();
        self.collect_text(&mut text);
        text
    }

    fn collect_text(&self, text: &mut String) {
        for node in &self.children {
            match node {
                Node::Element(element) => element.collect_text(text),
                Node::Text(piece) => text.push_str(piece),
            }
        }
    }

    pub(super) fn push_text(&mut self, text: &str) {
        match self.children.last_mut() {
            Some(Node::Text(before)) => before.push_str(text),
            _ => self.children.push(Node::Text(text.to_owned())),
        }
    }
}

impl From<Start<'_>> for Element {
    fn from(start: Start<'_>) -> Self {
        Self {
            ns: start.ns,
            local: CompactString::from(start.local),
            attributes: start.attributes,
            children: Vec::new(),
        }
    }
}
