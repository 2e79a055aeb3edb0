//! Blocks and lines under one element, while they are read.

use tabulary_ir::{
    Align, Block, Code, Error, Heading, Inline, Mark, Marks, Origin, Paragraph, ParagraphRole,
    ParagraphStyle, Points,
};

use super::Markup;
use super::line::Line;
use super::style::Css;
use crate::dom::{Dom, NodeId};

/// How far a definition is set in below its term.
pub(super) const DEFINITION_INDENT: Points = Points::from_thousandths(24_000);

/// Blocks that are read one after the other.
pub(super) struct Flow<'r, 'd, 'b> {
    pub(super) reading: &'r mut Markup<'b>,
    pub(super) dom: &'d Dom,
    pub(super) line: Line,
    pub(super) around: Around,
    /// The label of the list item that is read, where it is written out.
    pub(super) item_label: Option<String>,
    /// An element that is read on its own.
    pub(super) skip: Option<NodeId>,
    blocks: Vec<Block>,
    label: Option<String>,
    /// Where the line that is open began.
    began: u32,
}

/// What the elements around a place say about it.
#[derive(Clone, Copy, Default)]
pub(super) struct Around {
    pub(super) marks: Marks,
    pub(super) preserve: bool,
    pub(super) align: Option<Align>,
    pub(super) first_line: Option<Points>,
    pub(super) indent: Option<Points>,
    pub(super) role: Option<ParagraphRole>,
    pub(super) rtl: bool,
    /// The level of the heading, 0 in a paragraph.
    pub(super) level: u8,
}

impl<'r, 'd, 'b> Flow<'r, 'd, 'b> {
    pub(super) fn new(reading: &'r mut Markup<'b>, dom: &'d Dom) -> Self {
        Self {
            reading,
            dom,
            line: Line::default(),
            around: Around::default(),
            item_label: None,
            skip: None,
            blocks: Vec::new(),
            label: None,
            began: 0,
        }
    }

    pub(super) fn into_blocks(self) -> Vec<Block> {
        self.blocks
    }

    /// Reads the blocks under an element of their own: an item, a cell, a quote.
    pub(super) fn under(&mut self, node: NodeId) -> Result<(Vec<Block>, Option<String>), Error> {
        self.under_with(node, Around::default())
    }

    pub(super) fn under_with(
        &mut self,
        node: NodeId,
        around: Around,
    ) -> Result<(Vec<Block>, Option<String>), Error> {
        let mut inner = Flow::new(self.reading, self.dom);
        inner.around = around;
        inner.walk(self.dom.first_child(node))?;
        Ok((inner.blocks, inner.item_label))
    }

    /// Reads what stands under an element as one line.
    pub(super) fn line_under(&mut self, node: NodeId) -> Result<Vec<Inline>, Error> {
        let (blocks, _) = self.under(node)?;
        let mut line = Vec::new();
        for block in blocks {
            if !line.is_empty() {
                line.push(Inline::LineBreak);
            }
            match block {
                Block::Paragraph(paragraph) => line.extend(paragraph.content),
                Block::Heading(heading) => line.extend(heading.content),
                other => {
                    let text = tabulary_ir::block_text(&other);
                    tabulary_ir::push_text(&mut line, &text, Marks::NONE);
                }
            }
        }
        Ok(line)
    }

    /// Whether blocks may stand one step deeper. If so, [`up`](Self::up) must follow.
    pub(super) fn down(&mut self, node: NodeId) -> bool {
        let deepest = self.reading.budget.limits().block_depth;
        if self.reading.depth < deepest {
            self.reading.depth += 1;
            return true;
        }
        let message = format!(
            "tables, lists and quotes stand more than {deepest} deep in one another; the deeper ones were read as paragraphs"
        );
        let origin = Origin::line(self.dom.line(node));
        self.reading
            .diagnostics
            .once(Code::CellBlocksFlattened, message, origin);
        false
    }

    pub(super) fn up(&mut self) {
        self.reading.depth -= 1;
    }

    /// Adds a block behind the line that is open.
    pub(super) fn push(&mut self, block: Block) -> Result<(), Error> {
        self.flush(false)?;
        self.add(block)
    }

    /// Adds blocks that were read elsewhere.
    pub(super) fn push_all(&mut self, blocks: Vec<Block>) -> Result<(), Error> {
        self.flush(false)?;
        self.blocks.extend(blocks);
        Ok(())
    }

    fn add(&mut self, block: Block) -> Result<(), Error> {
        self.reading.budget.blocks(1)?;
        self.blocks.push(block);
        Ok(())
    }

    /// Adds text at a node.
    pub(super) fn text(&mut self, text: &str, node: NodeId) {
        if self.line.is_empty() {
            self.began = self.dom.line(node);
        }
        let Around {
            marks, preserve, ..
        } = self.around;
        self.line.text(text, marks, preserve);
    }

    /// Adds an inline that is no text.
    pub(super) fn object(&mut self, inline: Inline, node: NodeId) {
        if self.line.is_empty() {
            self.began = self.dom.line(node);
        }
        self.line.object(inline);
    }

    /// Notes a label that is written out.
    pub(super) fn set_label(&mut self, node: NodeId) {
        let text = self.dom.text_under(node);
        let parent = self.dom.parent(node).map(|p| self.dom.name(p));
        if parent == Some("li") {
            self.item_label = Some(text);
        } else {
            self.label = Some(text);
        }
    }

    /// Ends the line that is open. `own` tells that it is the line of an element of its own, which
    /// stands there for a blank line where it holds nothing but a line end.
    pub(super) fn flush(&mut self, own: bool) -> Result<(), Error> {
        let (content, broke) = self.line.take();
        let label = self.label.take();
        if content.is_empty() && label.is_none() && !(own && broke) {
            return Ok(());
        }
        let style = ParagraphStyle {
            align: self.around.align,
            first_line: self.around.first_line,
            indent: self.around.indent,
            role: self.around.role,
            rtl: self.around.rtl,
        };
        let origin = (self.began > 0).then(|| Origin::line(self.began));
        self.began = 0;
        self.add(match self.around.level {
            0 => Block::Paragraph(Paragraph {
                content,
                label,
                origin,
                style,
            }),
            level => Block::Heading(Heading {
                content,
                label,
                level,
                origin,
                style,
            }),
        })
    }

    /// Takes over what the attributes of an element say about the text in it.
    pub(super) fn set_style(&mut self, css: Css<'_>) {
        if css.is_empty() {
            return;
        }
        self.around.marks = css.marks(self.around.marks);
        if let Some(preserve) = css.preserves() {
            self.around.preserve = preserve;
        }
    }

    /// Takes over how the lines of an element are set.
    pub(super) fn set_block_style(&mut self, node: NodeId, css: Css<'_>) {
        let align = css.align().or_else(|| {
            let align = self.dom.attribute(node, "align")?;
            super::style::align(align)
        });
        self.around.align = align.or(self.around.align);
        self.around.rtl = self.dom.is_rtl(node).unwrap_or(self.around.rtl);
        if css.is_empty() {
            return;
        }
        let first_line = css.length("text-indent");
        if let Some(first_line) = first_line {
            self.around.first_line = (first_line != Points::default()).then_some(first_line);
        }
        let side = if self.around.rtl {
            "margin-right"
        } else {
            "margin-left"
        };
        if let Some(indent) = css.length(side) {
            self.around.indent = (indent != Points::default()).then_some(indent);
        }
    }

    /// The line that is open takes a mark more.
    pub(super) fn mark(&mut self, mark: Mark) {
        self.around.marks = self.around.marks.with(mark);
    }

    pub(super) fn origin(&self, node: NodeId) -> Option<Origin> {
        Some(Origin::line(self.dom.line(node)))
    }

    /// Where the blank paragraph of `node` stands.
    pub(super) fn begin_at(&mut self, node: NodeId) {
        if self.line.is_empty() {
            self.began = self.dom.line(node);
        }
    }
}
