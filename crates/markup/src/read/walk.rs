//! Walking over the elements: no step of it calls itself but for items, cells and the like, which
//! may stand no deeper than a limit says.

use tabulary_ir::{
    Anchor, Block, Code, CodeBlock, Error, Figure, Furniture, FurnitureKind, Inline, InlineMath,
    Mark, Math, NoteRef, PageBreak, ParagraphRole, Quote, Rule, Section, SectionKind,
};

use super::element::{Element, Ordered, element};
use super::flow::{Around, DEFINITION_INDENT, Flow};
use super::line::Wrap;
use super::style::Css;
use super::{media, notes};
use crate::dom::NodeId;
use crate::field::OpenField;
use crate::math;

/// What is to do next.
enum Step {
    Visit(NodeId),
    Leave(Leave),
}

/// What is to do behind the last child of an element.
pub(super) enum Leave {
    Inline(Around),
    Block(Around),
    Own(Around),
    Wrapped(Around),
    /// An inline with text behind it.
    Text(Around, &'static str, NodeId),
}

/// What is to do about the children of an element.
type Next = Option<Leave>;

impl Flow<'_, '_, '_> {
    /// Reads a node and those behind it, with all that is in them.
    pub(super) fn walk(&mut self, first: Option<NodeId>) -> Result<(), Error> {
        let mut steps: Vec<Step> = first.map(Step::Visit).into_iter().collect();
        let mut count = 0_u32;
        while let Some(step) = steps.pop() {
            let node = match step {
                Step::Visit(node) => node,
                Step::Leave(leave) => {
                    self.leave(leave)?;
                    continue;
                }
            };
            count = count.wrapping_add(1);
            if count.is_multiple_of(1024) {
                self.reading.budget.tick()?;
            }
            steps.extend(self.dom.next_sibling(node).map(Step::Visit));
            if self.skip == Some(node) {
                continue;
            }
            if let Some(text) = self.dom.text(node) {
                self.text(text, node);
            } else if let Some(leave) = self.enter(node)? {
                steps.push(Step::Leave(leave));
                steps.extend(self.dom.first_child(node).map(Step::Visit));
            }
        }
        self.flush(false)
    }

    /// Reads a node without those behind it.
    pub(super) fn walk_one(&mut self, node: NodeId) -> Result<(), Error> {
        if let Some(text) = self.dom.text(node) {
            self.text(text, node);
        } else if let Some(leave) = self.enter(node)? {
            self.walk(self.dom.first_child(node))?;
            self.leave(leave)?;
        }
        self.flush(false)
    }

    fn leave(&mut self, leave: Leave) -> Result<(), Error> {
        self.around = match leave {
            Leave::Inline(around) => around,
            Leave::Block(around) => {
                self.flush(false)?;
                around
            }
            Leave::Own(around) => {
                self.flush(true)?;
                around
            }
            Leave::Wrapped(around) => {
                self.line.close();
                around
            }
            Leave::Text(around, text, node) => {
                self.text(text, node);
                around
            }
        };
        Ok(())
    }

    fn enter(&mut self, node: NodeId) -> Result<Next, Error> {
        let name = self.dom.name(node);
        if name.is_empty() {
            return self.foreign(node);
        }
        let css = Css::new(self.dom.attribute(node, "style").unwrap_or_default());
        if let Some(purpose) = self.dom.attribute(node, "data-tabulary")
            && let Some(next) = self.purpose(node, purpose)?
        {
            return Ok(next.0);
        }
        let hidden = self.dom.attribute(node, "hidden").is_some() || css.hides();
        let is_section = self.dom.attribute(node, "data-kind").is_some() && name == "section";
        let element = element(name);
        if hidden && !is_section && element != Element::LeftOut {
            let line = self.dom.line(node);
            self.reading.leave_out("a part that the page hides", line);
            return Ok(None);
        }
        let before = self.around;
        match element {
            Element::LeftOut => Ok(None),
            Element::Skipped(what) => {
                self.reading.leave_out(what, self.dom.line(node));
                Ok(None)
            }
            Element::Inline => {
                self.set_style(css);
                Ok(Some(Leave::Inline(before)))
            }
            Element::Marked(mark) => {
                self.mark(mark);
                self.set_style(css);
                Ok(Some(Leave::Inline(before)))
            }
            Element::Link => Ok(self.link(node, css, before)),
            Element::Quotation => {
                self.text("“", node);
                Ok(Some(Leave::Text(before, "”", node)))
            }
            Element::RubyText => {
                let parent = self.dom.parent(node);
                let has_parentheses = parent.is_some_and(|parent| {
                    self.dom.children(parent).any(|n| self.dom.name(n) == "rp")
                });
                if has_parentheses {
                    return Ok(Some(Leave::Inline(before)));
                }
                self.text("(", node);
                Ok(Some(Leave::Text(before, ")", node)))
            }
            Element::Break => {
                if breaks_page(css) {
                    let origin = self.origin(node);
                    self.push(Block::PageBreak(PageBreak {
                        origin,
                        ..PageBreak::default()
                    }))?;
                } else {
                    self.begin_at(node);
                    self.line.line_break();
                }
                Ok(None)
            }
            Element::Image => {
                let image = media::image(self.reading, self.dom, node, css)?;
                self.object(Inline::Image(image), node);
                Ok(None)
            }
            Element::Input | Element::TextArea | Element::Select => {
                let (text, preserve) = media::control(self.dom, node);
                self.around.preserve |= preserve;
                self.text(&text, node);
                self.around = before;
                Ok(None)
            }
            _ => self.block(node, element, css),
        }
    }

    fn block(&mut self, node: NodeId, element: Element, css: Css<'_>) -> Result<Next, Error> {
        self.flush(false)?;
        let before = self.around;
        let origin = self.origin(node);
        match element {
            Element::Rule => self.push(Block::Rule(Rule { origin }))?,
            Element::Preformatted => {
                let (language, text) = media::code(self.dom, node);
                self.push(Block::Code(CodeBlock {
                    language,
                    origin,
                    text,
                }))?;
            }
            Element::List(ordered) if self.down(node) => {
                let list = self.list(node, ordered == Ordered::Yes)?;
                self.push(Block::List(list))?;
                self.up();
            }
            Element::Table if self.down(node) => {
                let table = self.table(node)?;
                self.push(Block::Table(Box::new(table)))?;
                self.up();
            }
            Element::Quote if self.down(node) => {
                let (blocks, _) = self.under(node)?;
                self.push(Block::Quote(Quote { blocks, origin }))?;
                self.up();
            }
            Element::Section
                if self.dom.attribute(node, "data-kind").is_some() && self.down(node) =>
            {
                self.section(node)?;
                self.up();
            }
            Element::Figure if self.down(node) => {
                self.figure(node)?;
                self.up();
            }
            Element::Header | Element::Footer if self.is_of_page(node) => {
                self.furniture(node, element == Element::Header)?;
            }
            Element::Heading(level) => {
                let level = self
                    .dom
                    .attribute(node, "aria-level")
                    .map_or(level, |l| l.parse::<u8>().map_or(level, |l| l.clamp(1, 9)));
                self.around.level = level;
                return Ok(Some(self.own_lines(node, css, before)));
            }
            Element::Paragraph => {
                // Level 0 only where no heading is around: a heading may hold paragraphs.
                return Ok(Some(self.own_lines(node, css, before)));
            }
            Element::Term => {
                self.mark(Mark::Bold);
                self.set_style(css);
                return Ok(Some(Leave::Block(before)));
            }
            _ => {
                if element == Element::Definition {
                    self.around.indent = Some(DEFINITION_INDENT);
                }
                if element == Element::Center {
                    self.around.align = Some(tabulary_ir::Align::Center);
                }
                if self.dom.attribute(node, "role") == Some("heading") {
                    let level = self.dom.attribute(node, "aria-level");
                    let level = level.and_then(|l| l.parse::<u8>().ok()).unwrap_or(2);
                    self.around.level = level.clamp(1, 9);
                }
                self.set_style(css);
                self.set_block_style(node, css);
                return Ok(Some(Leave::Block(before)));
            }
        }
        Ok(None)
    }

    fn own_lines(&mut self, node: NodeId, css: Css<'_>, before: Around) -> Leave {
        self.around.role = match self.dom.attribute(node, "class") {
            Some("title") => Some(ParagraphRole::Title),
            Some("subtitle") => Some(ParagraphRole::Subtitle),
            _ => None,
        };
        self.begin_at(node);
        self.set_style(css);
        self.set_block_style(node, css);
        Leave::Own(before)
    }

    /// Elements of other languages, comments, the document.
    fn foreign(&mut self, node: NodeId) -> Result<Next, Error> {
        if self.dom.math_name(node) == Some("math") {
            let formula = math::read(self.dom, node);
            let (mathml, text) = (Some(formula.mathml), formula.text);
            if formula.is_block {
                let origin = self.origin(node);
                self.push(Block::Math(Math {
                    mathml,
                    origin,
                    text,
                }))?;
            } else {
                self.object(Inline::Math(InlineMath { mathml, text }), node);
            }
            return Ok(None);
        }
        if self.dom.is_foreign(node) {
            self.reading.leave_out("a drawing", self.dom.line(node));
            return Ok(None);
        }
        Ok(Some(Leave::Inline(self.around)))
    }

    /// Elements that say themselves what they are for. `None` where the purpose is not known.
    fn purpose(&mut self, node: NodeId, purpose: &str) -> Result<Option<(Next,)>, Error> {
        let before = self.around;
        match purpose {
            "label" => self.set_label(node),
            "name" | "head" | "shown" => {}
            name @ ("page-break" | "column-break") => {
                let origin = self.origin(node);
                let column = name == "column-break";
                self.push(Block::PageBreak(PageBreak { column, origin }))?;
            }
            "notes" => {
                self.flush(false)?;
                notes::read(self, node)?;
            }
            "math" => self.math(node)?,
            "field" => {
                let field = OpenField::read(|name| self.dom.attribute(node, name));
                let field = field.unwrap_or_default();
                self.line.open(Wrap::Field(Box::new(field)));
                return Ok(Some((Some(Leave::Wrapped(before)),)));
            }
            "hidden" => {
                self.mark(Mark::Hidden);
                return Ok(Some((Some(Leave::Inline(before)),)));
            }
            _ => return Ok(None),
        }
        Ok(Some((None,)))
    }

    /// A formula in an element of our writer.
    fn math(&mut self, node: NodeId) -> Result<(), Error> {
        let inner = self
            .dom
            .children(node)
            .find(|&n| self.dom.math_name(n) == Some("math"));
        let mathml = inner.map(|inner| math::read(self.dom, inner).mathml);
        let text = match self.dom.attribute(node, "data-text") {
            Some(text) => text.to_owned(),
            None => self.dom.text_under(node),
        };
        if self.dom.name(node) != "div" {
            self.object(Inline::Math(InlineMath { mathml, text }), node);
            return Ok(());
        }
        let origin = self.origin(node);
        self.push(Block::Math(Math {
            mathml,
            origin,
            text,
        }))
    }

    fn link(&mut self, node: NodeId, css: Css<'_>, before: Around) -> Next {
        if let Some(note) = self.dom.attribute(node, "data-note") {
            let note = note.to_owned();
            self.object(Inline::NoteRef(NoteRef { note }), node);
            return None;
        }
        if self.dom.attribute(node, "role") == Some("doc-backlink") {
            return None;
        }
        self.set_style(css);
        let href = self.dom.attribute(node, "href").unwrap_or_default().trim();
        let acts = href
            .get(..11)
            .is_some_and(|scheme| scheme.eq_ignore_ascii_case("javascript:"));
        if acts {
            let origin = self.origin(node);
            self.reading.diagnostics.once(
                Code::LinkDropped,
                "links that run a script were left out; their text stands",
                origin,
            );
        }
        if let Some(name) = media::anchor(self.dom, node).filter(|_| href.is_empty()) {
            let name = name.to_owned();
            self.object(Inline::Anchor(Anchor { name }), node);
        }
        if href.is_empty() || acts {
            return Some(Leave::Inline(before));
        }
        self.begin_at(node);
        self.line.open(Wrap::Link(href.to_owned()));
        Some(Leave::Wrapped(before))
    }

    fn section(&mut self, node: NodeId) -> Result<(), Error> {
        let kind = match self.dom.attribute(node, "data-kind") {
            Some("sheet") => SectionKind::Sheet,
            Some("page") => SectionKind::Page,
            _ => SectionKind::Part,
        };
        let name = self.dom.attribute(node, "data-name").unwrap_or_default();
        let (body, _) = self.under(node)?;
        self.push(Block::Section(Section {
            body,
            hidden: self.dom.attribute(node, "hidden").is_some(),
            kind,
            name: name.to_owned(),
            origin: self.origin(node),
            ..Section::default()
        }))
    }

    fn figure(&mut self, node: NodeId) -> Result<(), Error> {
        let is_caption = |n: &NodeId| self.dom.name(*n) == "figcaption";
        let caption = match self.dom.children(node).find(is_caption) {
            Some(caption) => self.line_under(caption)?,
            None => Vec::new(),
        };
        let mut inner = Flow::new(self.reading, self.dom);
        inner.skip = self.dom.children(node).find(is_caption);
        inner.walk(self.dom.first_child(node))?;
        let mut blocks = inner.into_blocks();
        let is_own = self.dom.attribute(node, "data-tabulary") == Some("figure");
        let content = media::figure_content(&blocks, is_own);
        if let Some(content) = content {
            let origin = self.origin(node);
            return self.push(Block::Figure(Figure {
                caption,
                content,
                data: None,
                origin,
            }));
        }
        if let [Block::Table(table)] = blocks.as_mut_slice()
            && table.caption.is_empty()
        {
            table.caption = caption;
            return self.push_all(blocks);
        }
        self.push_all(blocks)?;
        if caption.is_empty() {
            return Ok(());
        }
        self.push(Block::Paragraph(tabulary_ir::Paragraph {
            content: caption,
            ..Default::default()
        }))
    }

    /// Whether a header or footer is that of the page, and not of a part of it.
    fn is_of_page(&self, node: NodeId) -> bool {
        let parents = std::iter::successors(self.dom.parent(node), |&n| self.dom.parent(n));
        parents
            .map(|parent| self.dom.name(parent))
            .all(|name| matches!(name, "" | "html" | "body" | "div" | "form" | "center"))
    }

    fn furniture(&mut self, node: NodeId, is_header: bool) -> Result<(), Error> {
        let (blocks, _) = self.under(node)?;
        let kind = match self.dom.attribute(node, "data-kind") {
            Some("first") => FurnitureKind::First,
            Some("even") => FurnitureKind::Even,
            _ => FurnitureKind::Default,
        };
        let is_own = self.dom.attribute(node, "data-kind").is_some();
        if blocks.is_empty() && !is_own {
            return Ok(());
        }
        let all = if is_header {
            &mut self.reading.headers
        } else {
            &mut self.reading.footers
        };
        // A page has one header of a kind; what stands in a second one belongs to the first.
        match all.iter_mut().find(|f| f.kind == kind && !is_own) {
            Some(furniture) => furniture.blocks.extend(blocks),
            None => all.push(Furniture {
                blocks,
                kind,
                ..Furniture::default()
            }),
        }
        Ok(())
    }
}

fn breaks_page(css: Css<'_>) -> bool {
    ["page-break-before", "break-before"]
        .iter()
        .any(|property| {
            let value = css.get(property);
            matches!(value.as_deref(), Some("always" | "page"))
        })
}
