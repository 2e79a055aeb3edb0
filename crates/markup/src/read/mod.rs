//! Blocks out of HTML.

mod element;
mod flow;
mod line;
mod list;
mod media;
mod meta;
mod notes;
mod style;
mod table;
mod tag;
mod walk;

use std::collections::BTreeMap;

use tabulary_ir::{
    Block, Budget, Code, Diagnostics, Document, Error, Furniture, Image, Metadata, Note, Origin,
    PageSetup, Resources,
};

use crate::dom::{Dom, NodeId};
use crate::parse;
use flow::Flow;
pub use tag::Tag;

/// Reads the HTML of one document: a whole page, or pieces of one.
pub struct Markup<'a> {
    /// What was found so far.
    pub diagnostics: Diagnostics,
    /// Images that the markup holds.
    pub resources: Resources,
    budget: &'a Budget,
    notes: Vec<Note>,
    headers: Vec<Furniture>,
    footers: Vec<Furniture>,
    meta: Metadata,
    page: Option<PageSetup>,
    /// How often something of a kind was left out, and the line where it was first.
    left_out: BTreeMap<&'static str, (u32, u32)>,
    /// How deep blocks stand in one another.
    depth: u32,
}

impl<'a> Markup<'a> {
    /// Nothing read yet.
    pub fn new(budget: &'a Budget) -> Self {
        Self {
            diagnostics: Diagnostics::new(),
            resources: Resources::default(),
            budget,
            notes: Vec::new(),
            headers: Vec::new(),
            footers: Vec::new(),
            meta: Metadata::default(),
            page: None,
            left_out: BTreeMap::new(),
            depth: 0,
        }
    }

    /// Reads a page.
    ///
    /// # Errors
    /// Of kind `Limit` where a bound is passed.
    pub fn page(mut self, html: &str) -> Result<(Document, Diagnostics), Error> {
        let dom = parse::page(html, self.budget, &mut self.diagnostics)?;
        meta::read(&mut self, &dom);
        let body = self.blocks_under(&dom, Dom::ROOT)?;
        self.tell_left_out();
        let document = Document {
            body,
            footers: self.footers,
            headers: self.headers,
            meta: self.meta,
            notes: self.notes,
            page: self.page,
            resources: self.resources,
            ..Document::default()
        };
        Ok((document, self.diagnostics))
    }

    /// Reads a piece of markup that begins on a line of the source.
    ///
    /// # Errors
    /// Of kind `Limit` where a bound is passed.
    pub fn blocks(&mut self, html: &str, first_line: u32) -> Result<Vec<Block>, Error> {
        let dom = parse::fragment(html, first_line, self.budget, &mut self.diagnostics)?;
        self.blocks_under(&dom, Dom::ROOT)
    }

    /// Says how deep in other blocks what comes next stands.
    pub fn set_depth(&mut self, depth: u32) {
        self.depth = depth;
    }

    /// Reads one tag.
    ///
    /// # Errors
    /// Of kind `Limit` where a bound is passed.
    pub fn tag(&mut self, html: &str, line: u32) -> Result<Tag, Error> {
        tag::read(self, html, line)
    }

    /// An image at an address; one in a `data:` address becomes a resource.
    ///
    /// # Errors
    /// Of kind `Limit` where there are too many images.
    pub fn image(&mut self, address: &str, alt: &str, line: u32) -> Result<Image, Error> {
        media::at_address(self, address, alt, None, line)
    }

    /// The resources and diagnostics of all pieces.
    pub fn finish(mut self) -> (Resources, Diagnostics) {
        self.tell_left_out();
        (self.resources, self.diagnostics)
    }

    fn blocks_under(&mut self, dom: &Dom, node: NodeId) -> Result<Vec<Block>, Error> {
        let mut flow = Flow::new(self, dom);
        flow.walk(dom.first_child(node))?;
        Ok(flow.into_blocks())
    }

    fn leave_out(&mut self, what: &'static str, line: u32) {
        self.left_out.entry(what).or_insert((0, line)).0 += 1;
    }

    fn tell_left_out(&mut self) {
        for (what, (count, line)) in std::mem::take(&mut self.left_out) {
            let times = if count > 1 {
                format!(" ({count} times)")
            } else {
                String::new()
            };
            let message = format!("{what} was left out{times}");
            self.diagnostics
                .add(Code::ContentSkipped, message, Origin::line(line));
        }
    }
}
