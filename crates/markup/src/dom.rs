//! The tree of a page: an arena of nodes, so that no tree is too deep to walk or to drop.

use std::borrow::Cow;
use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;

use html5ever::interface::{ElemName, ElementFlags, NodeOrText, QuirksMode, TreeSink};
use html5ever::tendril::StrTendril;
use html5ever::{Attribute, LocalName, Namespace, QualName, ns};

/// A node of a [`Dom`].
pub(crate) type NodeId = u32;

/// No node.
const NONE: NodeId = NodeId::MAX;

/// The tree of a page or of a fragment.
#[derive(Debug)]
pub(crate) struct Dom {
    nodes: Vec<Node>,
}

#[derive(Debug)]
struct Node {
    parent: NodeId,
    previous: NodeId,
    next: NodeId,
    first: NodeId,
    last: NodeId,
    depth: u32,
    line: u32,
    data: Data,
}

#[derive(Debug)]
enum Data {
    /// The document, a comment, contents of a template: nothing to read.
    Other,
    Text(StrTendril),
    Element(QualName, Vec<Attribute>),
}

fn some(id: NodeId) -> Option<NodeId> {
    (id != NONE).then_some(id)
}

impl Dom {
    /// The root of the tree.
    pub(crate) const ROOT: NodeId = 0;

    fn node(&self, id: NodeId) -> &Node {
        &self.nodes[id as usize]
    }

    pub(crate) fn parent(&self, id: NodeId) -> Option<NodeId> {
        some(self.node(id).parent)
    }

    pub(crate) fn first_child(&self, id: NodeId) -> Option<NodeId> {
        some(self.node(id).first)
    }

    pub(crate) fn next_sibling(&self, id: NodeId) -> Option<NodeId> {
        some(self.node(id).next)
    }

    pub(crate) fn children(&self, id: NodeId) -> impl Iterator<Item = NodeId> + '_ {
        std::iter::successors(self.first_child(id), |&child| self.next_sibling(child))
    }

    /// The nodes under `id`, in the order of the source.
    pub(crate) fn descendants(&self, id: NodeId) -> impl Iterator<Item = NodeId> + '_ {
        let mut next = self.first_child(id);
        std::iter::from_fn(move || {
            let node = next?;
            next = self.first_child(node).or_else(|| {
                std::iter::successors(Some(node), |&n| self.parent(n))
                    .take_while(|&n| n != id)
                    .find_map(|n| self.next_sibling(n))
            });
            Some(node)
        })
    }

    /// The line of the source where the node began, counted from 1.
    pub(crate) fn line(&self, id: NodeId) -> u32 {
        self.node(id).line
    }

    /// The text of a text node.
    pub(crate) fn text(&self, id: NodeId) -> Option<&str> {
        match &self.node(id).data {
            Data::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The text under a node.
    pub(crate) fn text_under(&self, id: NodeId) -> String {
        self.descendants(id).filter_map(|n| self.text(n)).collect()
    }

    /// The name of an HTML element; empty for every other node.
    pub(crate) fn name(&self, id: NodeId) -> &str {
        match &self.node(id).data {
            Data::Element(name, _) if name.ns == ns!(html) => &name.local,
            _ => "",
        }
    }

    /// The name of a MathML element.
    pub(crate) fn math_name(&self, id: NodeId) -> Option<&str> {
        match &self.node(id).data {
            Data::Element(name, _) if name.ns == ns!(mathml) => Some(&name.local),
            _ => None,
        }
    }

    /// Whether the node is an element of neither HTML nor MathML, such as SVG.
    pub(crate) fn is_foreign(&self, id: NodeId) -> bool {
        match &self.node(id).data {
            Data::Element(name, _) => name.ns != ns!(html) && name.ns != ns!(mathml),
            _ => false,
        }
    }

    /// Names and values of the attributes of an element.
    pub(crate) fn attributes(&self, id: NodeId) -> impl Iterator<Item = (&str, &str)> {
        let attributes = match &self.node(id).data {
            Data::Element(_, attributes) => attributes.as_slice(),
            _ => &[],
        };
        attributes.iter().map(|a| (&*a.name.local, &*a.value))
    }

    /// The value of an attribute.
    pub(crate) fn attribute(&self, id: NodeId, name: &str) -> Option<&str> {
        self.attributes(id)
            .find(|(n, _)| *n == name)
            .map(|(_, value)| value)
    }

    /// Whether an element says that it runs from right to left; none where it says nothing.
    pub(crate) fn is_rtl(&self, id: NodeId) -> Option<bool> {
        match self.attribute(id, "dir")?.to_ascii_lowercase().as_str() {
            "rtl" => Some(true),
            "ltr" => Some(false),
            _ => None,
        }
    }
}

/// Takes what the tree builder of `html5ever` makes.
pub(crate) struct Sink {
    nodes: RefCell<Vec<Node>>,
    contents: RefCell<BTreeMap<NodeId, NodeId>>,
    line: Cell<u32>,
    depth: Cell<u32>,
}

/// A name that can be lent while the arena is not borrowed.
#[derive(Debug)]
pub(crate) struct Name(QualName);

impl ElemName for Name {
    fn ns(&self) -> &Namespace {
        &self.0.ns
    }

    fn local_name(&self) -> &LocalName {
        &self.0.local
    }
}

impl Sink {
    pub(crate) fn new(first_line: u32) -> Self {
        let sink = Self {
            nodes: RefCell::default(),
            contents: RefCell::default(),
            line: Cell::new(first_line),
            depth: Cell::new(0),
        };
        sink.make(Data::Other);
        sink
    }

    /// How many nodes there are.
    pub(crate) fn count(&self) -> usize {
        self.nodes.borrow().len()
    }

    /// How deep the element that is open stands.
    pub(crate) fn depth(&self) -> u32 {
        self.depth.get()
    }

    fn make(&self, data: Data) -> NodeId {
        let mut nodes = self.nodes.borrow_mut();
        let id = NodeId::try_from(nodes.len()).unwrap_or(NONE);
        nodes.push(Node {
            parent: NONE,
            previous: NONE,
            next: NONE,
            first: NONE,
            last: NONE,
            depth: 0,
            line: self.line.get(),
            data,
        });
        id
    }

    fn detach(&self, id: NodeId) {
        let mut nodes = self.nodes.borrow_mut();
        let node = &mut nodes[id as usize];
        let (parent, previous, next) = (node.parent, node.previous, node.next);
        (node.parent, node.previous, node.next) = (NONE, NONE, NONE);
        match some(previous) {
            Some(previous) => nodes[previous as usize].next = next,
            None if parent != NONE => nodes[parent as usize].first = next,
            None => {}
        }
        match some(next) {
            Some(next) => nodes[next as usize].previous = previous,
            None if parent != NONE => nodes[parent as usize].last = previous,
            None => {}
        }
    }

    /// Puts a node that has no parent before `next`, or at the end of `parent`.
    fn insert(&self, parent: NodeId, next: NodeId, id: NodeId) {
        let mut nodes = self.nodes.borrow_mut();
        let previous = match some(next) {
            Some(next) => nodes[next as usize].previous,
            None => nodes[parent as usize].last,
        };
        let depth = nodes[parent as usize].depth + 1;
        let node = &mut nodes[id as usize];
        (node.parent, node.previous, node.next) = (parent, previous, next);
        node.depth = depth;
        if matches!(node.data, Data::Element(..)) {
            self.depth.set(depth);
        }
        match some(previous) {
            Some(previous) => nodes[previous as usize].next = id,
            None => nodes[parent as usize].first = id,
        }
        match some(next) {
            Some(next) => nodes[next as usize].previous = id,
            None => nodes[parent as usize].last = id,
        }
    }

    fn place(&self, parent: NodeId, next: NodeId, child: NodeOrText<NodeId>) {
        match child {
            NodeOrText::AppendNode(id) => {
                self.detach(id);
                self.insert(parent, next, id);
            }
            NodeOrText::AppendText(text) => {
                let before = {
                    let nodes = self.nodes.borrow();
                    match some(next) {
                        Some(next) => nodes[next as usize].previous,
                        None => nodes[parent as usize].last,
                    }
                };
                if let Some(before) = some(before)
                    && let Data::Text(run) = &mut self.nodes.borrow_mut()[before as usize].data
                {
                    run.push_tendril(&text);
                    return;
                }
                let id = self.make(Data::Text(text));
                self.insert(parent, next, id);
            }
        }
    }
}

impl TreeSink for Sink {
    type Handle = NodeId;
    type Output = Dom;
    type ElemName<'a> = Name;

    fn finish(self) -> Dom {
        Dom {
            nodes: self.nodes.into_inner(),
        }
    }

    fn parse_error(&self, _: Cow<'static, str>) {}

    fn get_document(&self) -> NodeId {
        Dom::ROOT
    }

    fn elem_name<'a>(&'a self, target: &'a NodeId) -> Name {
        match &self.nodes.borrow()[*target as usize].data {
            Data::Element(name, _) => Name(name.clone()),
            _ => Name(QualName::new(None, ns!(), LocalName::from(""))),
        }
    }

    fn create_element(&self, name: QualName, attrs: Vec<Attribute>, _: ElementFlags) -> NodeId {
        self.make(Data::Element(name, attrs))
    }

    fn create_comment(&self, _: StrTendril) -> NodeId {
        self.make(Data::Other)
    }

    fn create_pi(&self, _: StrTendril, _: StrTendril) -> NodeId {
        self.make(Data::Other)
    }

    fn append(&self, parent: &NodeId, child: NodeOrText<NodeId>) {
        self.place(*parent, NONE, child);
    }

    fn append_based_on_parent_node(
        &self,
        element: &NodeId,
        previous: &NodeId,
        child: NodeOrText<NodeId>,
    ) {
        let has_parent = self.nodes.borrow()[*element as usize].parent != NONE;
        if has_parent {
            self.append_before_sibling(element, child);
        } else {
            self.append(previous, child);
        }
    }

    fn append_doctype_to_document(&self, _: StrTendril, _: StrTendril, _: StrTendril) {}

    fn pop(&self, node: &NodeId) {
        let depth = self.nodes.borrow()[*node as usize].depth;
        self.depth.set(depth.saturating_sub(1));
    }

    fn get_template_contents(&self, target: &NodeId) -> NodeId {
        let known = self.contents.borrow().get(target).copied();
        known.unwrap_or_else(|| {
            let id = self.make(Data::Other);
            self.contents.borrow_mut().insert(*target, id);
            id
        })
    }

    fn same_node(&self, x: &NodeId, y: &NodeId) -> bool {
        x == y
    }

    fn set_quirks_mode(&self, _: QuirksMode) {}

    fn append_before_sibling(&self, sibling: &NodeId, child: NodeOrText<NodeId>) {
        if let NodeOrText::AppendNode(id) = child {
            self.detach(id);
        }
        let parent = self.nodes.borrow()[*sibling as usize].parent;
        if parent != NONE {
            self.place(parent, *sibling, child);
        }
    }

    fn add_attrs_if_missing(&self, target: &NodeId, attrs: Vec<Attribute>) {
        if let Data::Element(_, there) = &mut self.nodes.borrow_mut()[*target as usize].data {
            for attribute in attrs {
                if there.iter().all(|a| a.name != attribute.name) {
                    there.push(attribute);
                }
            }
        }
    }

    fn remove_from_parent(&self, target: &NodeId) {
        self.detach(*target);
    }

    fn reparent_children(&self, node: &NodeId, new_parent: &NodeId) {
        loop {
            let first = self.nodes.borrow()[*node as usize].first;
            let Some(child) = some(first) else { break };
            self.detach(child);
            self.insert(*new_parent, NONE, child);
        }
    }

    fn set_current_line(&self, line: u64) {
        self.line.set(u32::try_from(line).unwrap_or(u32::MAX));
    }
}
