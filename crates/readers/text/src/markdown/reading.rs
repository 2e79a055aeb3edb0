//! Blocks out of the events of `pulldown-cmark`.

use std::ops::Range;

use pulldown_cmark::{Alignment, CodeBlockKind, Event, HeadingLevel, Options, Parser, Tag, TagEnd};
use tabulary_ir::{
    Align, Anchor, Block, Budget, Cell, Code, CodeBlock, Content, Diagnostics, Document, Error,
    Heading, Image, Inline, InlineMath, List, ListItem, Mark, Marks, Math, Note, NoteKind, Origin,
    Paragraph, Quote, Rule, Section, TableBuilder,
};
use tabulary_markup::plain_number;
use tabulary_markup::read::{Markup, Tag as HtmlTag};

use super::inlines::{Inlines, Wrap};

/// What blocks are collected for.
enum Frame {
    Document,
    Quote,
    List(ListFrame),
    Item,
    Note(String),
    Section(Section),
    /// Stands too deep: its blocks go to the frame around it.
    Flat,
}

struct ListFrame {
    ordered: bool,
    next: u64,
    /// What stands behind the number: a point or a parenthesis.
    delimiter: char,
    items: Vec<ListItem>,
}

struct Open {
    frame: Frame,
    blocks: Vec<Block>,
    origin: Origin,
}

/// A table while it is read.
struct TableFrame {
    builder: TableBuilder,
    aligns: Vec<Alignment>,
    width: u64,
    column: usize,
}

/// A text while it is read.
pub(super) struct Reading<'a> {
    source: &'a str,
    first_line: usize,
    line_ends: Vec<usize>,
    budget: &'a Budget,
    markup: Markup<'a>,
    open: Vec<Open>,
    line: Inlines,
    line_origin: Option<Origin>,
    heading: Option<u8>,
    /// Whether the line begins with a formula between double dollar signs.
    displayed: bool,
    table: Option<TableFrame>,
    code: Option<(Option<String>, String)>,
    html: Option<String>,
    notes: Vec<Note>,
}

impl<'a> Reading<'a> {
    pub(super) fn new(source: &'a str, first_line: usize, budget: &'a Budget) -> Self {
        let document = Open {
            frame: Frame::Document,
            blocks: Vec::new(),
            origin: Origin::line(1),
        };
        Self {
            source,
            first_line,
            line_ends: source.match_indices('\n').map(|(at, _)| at).collect(),
            budget,
            markup: Markup::new(budget),
            open: vec![document],
            line: Inlines::default(),
            line_origin: None,
            heading: None,
            displayed: false,
            table: None,
            code: None,
            html: None,
            notes: Vec::new(),
        }
    }

    pub(super) fn run(&mut self) -> Result<(), Error> {
        let options = Options::ENABLE_TABLES
            | Options::ENABLE_FOOTNOTES
            | Options::ENABLE_STRIKETHROUGH
            | Options::ENABLE_TASKLISTS
            | Options::ENABLE_MATH;
        let events = Parser::new_ext(self.source, options).into_offset_iter();
        for (count, (event, range)) in events.enumerate() {
            if count % 1024 == 0 {
                self.budget.tick()?;
            }
            self.event(event, range)?;
        }
        self.end_line()?;
        while self.open.len() > 1 {
            self.close_frame()?;
        }
        Ok(())
    }

    pub(super) fn finish(mut self) -> (Document, Diagnostics) {
        let body = self.open.pop().map(|open| open.blocks).unwrap_or_default();
        let mut notes = self.notes;
        super::notes::sort(&mut notes, &body);
        let (resources, diagnostics) = self.markup.finish();
        let document = Document {
            body,
            notes,
            resources,
            ..Document::default()
        };
        (document, diagnostics)
    }

    fn line_at(&self, offset: usize) -> u32 {
        let line = self.line_ends.partition_point(|&end| end < offset);
        u32::try_from(self.first_line + line + 1).unwrap_or(u32::MAX)
    }

    fn origin(&self, range: &Range<usize>) -> Origin {
        Origin::line(self.line_at(range.start))
    }

    fn event(&mut self, event: Event<'_>, range: Range<usize>) -> Result<(), Error> {
        if let Some((_, text)) = &mut self.code
            && let Event::Text(run) = &event
        {
            text.push_str(run);
            return Ok(());
        }
        match event {
            Event::Start(tag) => return self.start(tag, range),
            Event::End(tag) => return self.end(tag),
            Event::Html(text) => {
                if let Some(html) = &mut self.html {
                    html.push_str(&text);
                }
                return Ok(());
            }
            Event::Rule => {
                self.end_line()?;
                let origin = Some(self.origin(&range));
                return self.push(Block::Rule(Rule { origin }));
            }
            _ => {}
        }
        if self.line_origin.is_none() {
            self.line_origin = Some(self.origin(&range));
        }
        match event {
            Event::Text(text) => self.line.text(&text),
            Event::Code(text) => self.line.code(&text),
            Event::SoftBreak => self.line.soft_break(),
            Event::HardBreak => self.line.object(Inline::LineBreak),
            Event::InlineHtml(html) => self.tag(&html, &range)?,
            Event::FootnoteReference(label) => self.line.note(&label),
            Event::InlineMath(text) => self.formula(&text),
            Event::DisplayMath(text) => {
                self.displayed = self.line.is_empty();
                self.formula(text.trim());
            }
            Event::TaskListMarker(done) => self.line.text(if done { "☑ " } else { "☐ " }),
            _ => {}
        }
        Ok(())
    }

    fn formula(&mut self, text: &str) {
        self.line.object(Inline::Math(InlineMath {
            mathml: None,
            text: text.to_owned(),
        }));
    }

    fn tag(&mut self, html: &str, range: &Range<usize>) -> Result<(), Error> {
        match self.markup.tag(html, self.line_at(range.start))? {
            HtmlTag::Break => self.line.object(Inline::LineBreak),
            HtmlTag::Image(image) => self.line.object(Inline::Image(image)),
            HtmlTag::Open(name, marks) => self.line.open(Some(name), marks, Wrap::Marks),
            HtmlTag::Link(href) => {
                let wrap = Wrap::Link(href);
                self.line.open(Some("a".to_owned()), Marks::NONE, wrap);
            }
            HtmlTag::Anchor(name) => self.line.object(Inline::Anchor(Anchor { name })),
            HtmlTag::Field(field) => {
                let wrap = Wrap::Field(field);
                self.line.open(Some("span".to_owned()), Marks::NONE, wrap);
            }
            HtmlTag::Close(name) => self.line.close_tag(&name),
            HtmlTag::Nothing => {}
        }
        Ok(())
    }

    fn start(&mut self, tag: Tag<'_>, range: Range<usize>) -> Result<(), Error> {
        let origin = self.origin(&range);
        match tag {
            Tag::Emphasis => return self.mark(Mark::Italic),
            Tag::Strong => return self.mark(Mark::Bold),
            Tag::Strikethrough => return self.mark(Mark::Strike),
            Tag::Link { dest_url, .. } => {
                let href = dest_url.to_string();
                self.line_origin.get_or_insert(origin);
                self.line.open(None, Marks::NONE, Wrap::Link(href));
                return Ok(());
            }
            Tag::Image { dest_url, .. } => {
                self.line_origin.get_or_insert(origin);
                let line = self.line_at(range.start);
                let image: Image = self.markup.image(&dest_url, "", line)?;
                self.line.open(None, Marks::NONE, Wrap::Image(image));
                return Ok(());
            }
            _ => self.end_line()?,
        }
        match tag {
            Tag::Heading { level, .. } => {
                self.heading = Some(level_of(level));
                self.line_origin = Some(origin);
            }
            Tag::Paragraph => self.line_origin = Some(origin),
            Tag::BlockQuote(_) => self.open_frame(Frame::Quote, origin),
            Tag::List(start) => {
                let list = ListFrame {
                    ordered: start.is_some(),
                    next: start.unwrap_or(1),
                    delimiter: delimiter(&self.source[range]),
                    items: Vec::new(),
                };
                self.open_frame(Frame::List(list), origin);
            }
            Tag::Item => self.open_frame(Frame::Item, origin),
            Tag::FootnoteDefinition(label) => {
                self.open_frame(Frame::Note(label.to_string()), origin);
            }
            Tag::CodeBlock(kind) => {
                let language = match kind {
                    CodeBlockKind::Fenced(info) => {
                        let language = info.split([' ', ',', '{']).next().unwrap_or_default();
                        (!language.is_empty()).then(|| language.to_owned())
                    }
                    CodeBlockKind::Indented => None,
                };
                self.code = Some((language, String::new()));
                self.line_origin = Some(origin);
            }
            Tag::HtmlBlock => {
                self.html = Some(String::new());
                self.line_origin = Some(origin);
            }
            Tag::Table(aligns) => {
                self.table = Some(TableFrame {
                    builder: TableBuilder::new().origin(origin),
                    aligns,
                    width: 0,
                    column: 0,
                });
            }
            Tag::TableHead | Tag::TableRow => {
                if let Some(table) = &mut self.table {
                    table.builder.row();
                    table.column = 0;
                }
            }
            Tag::TableCell => self.line_origin = Some(origin),
            _ => {}
        }
        Ok(())
    }

    fn mark(&mut self, mark: Mark) -> Result<(), Error> {
        self.line.open(None, mark.into(), Wrap::Marks);
        Ok(())
    }

    fn end(&mut self, tag: TagEnd) -> Result<(), Error> {
        match tag {
            TagEnd::Emphasis
            | TagEnd::Strong
            | TagEnd::Strikethrough
            | TagEnd::Link
            | TagEnd::Image => {
                self.line.close();
            }
            TagEnd::Heading(_) | TagEnd::Paragraph => self.end_line()?,
            TagEnd::BlockQuote(_) | TagEnd::List(_) | TagEnd::Item | TagEnd::FootnoteDefinition => {
                self.end_line()?;
                self.close_frame()?;
            }
            TagEnd::CodeBlock => {
                let origin = self.line_origin.take();
                if let Some((language, text)) = self.code.take() {
                    let text = text.trim_end_matches('\n').to_owned();
                    self.push(Block::Code(CodeBlock {
                        language,
                        origin,
                        text,
                    }))?;
                }
            }
            TagEnd::HtmlBlock => self.html()?,
            TagEnd::TableCell => self.cell()?,
            TagEnd::Table => {
                if let Some(table) = self.table.take() {
                    let builder = table.builder.headers(1, 0);
                    let table = builder.finish(&mut self.markup.diagnostics);
                    self.push(Block::Table(Box::new(table)))?;
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn cell(&mut self) -> Result<(), Error> {
        let origin = self.line_origin.take();
        let content = self.line.take();
        let Some(table) = &mut self.table else {
            return Ok(());
        };
        let mut cell = Cell::blocks(vec![Block::Paragraph(Paragraph {
            content,
            ..Paragraph::default()
        })]);
        if let Content::Text(text) = &cell.content {
            cell.value = plain_number(text);
        }
        let align = match table.aligns.get(table.column) {
            Some(Alignment::Left) => Some(Align::Left),
            Some(Alignment::Center) => Some(Align::Center),
            Some(Alignment::Right) => Some(Align::Right),
            _ => None,
        };
        if align.is_some() {
            cell.restyle(|style| style.align = align);
        }
        cell.origin = origin.map(Box::new);
        table.column += 1;
        table.width = table.width.max(table.column as u64);
        self.budget.cells(1)?;
        table.builder.push(cell);
        Ok(())
    }

    /// Ends the line that is open: a heading, a paragraph, the text of a tight item.
    fn end_line(&mut self) -> Result<(), Error> {
        let content = self.line.take();
        let origin = self.line_origin.take();
        let displayed = std::mem::take(&mut self.displayed);
        if let ([Inline::Math(formula)], None, true) = (content.as_slice(), self.heading, displayed)
        {
            // A formula that has its paragraph for itself is a block.
            return self.push(Block::Math(Math {
                mathml: None,
                origin,
                text: formula.text.clone(),
            }));
        }
        match self.heading.take() {
            Some(level) => self.push(Block::Heading(Heading {
                content,
                level,
                origin,
                ..Heading::default()
            })),
            None if content.is_empty() => Ok(()),
            None => self.push(Block::Paragraph(Paragraph {
                content,
                origin,
                ..Paragraph::default()
            })),
        }
    }

    /// Reads a block of HTML. A section that our writer opens and does not close in it takes the blocks
    /// that follow.
    fn html(&mut self) -> Result<(), Error> {
        let origin = self.line_origin.take().unwrap_or(Origin::line(1));
        let html = self.html.take().unwrap_or_default();
        let line = match origin {
            Origin::Line { line, .. } => line,
            _ => 1,
        };
        let trimmed = html.trim();
        if trimmed == "</section>" {
            if matches!(
                self.open.last(),
                Some(Open {
                    frame: Frame::Section(_),
                    ..
                })
            ) {
                self.close_frame()?;
            }
            return Ok(());
        }
        let depth = u32::try_from(self.open.len() - 1).unwrap_or(u32::MAX);
        self.markup.set_depth(depth);
        let mut blocks = self.markup.blocks(&html, line)?;
        let opens = trimmed.starts_with("<section ") && !trimmed.contains("</section>");
        if opens
            && blocks.len() == 1
            && let Some(Block::Section(section)) = blocks.pop_if(|b| matches!(b, Block::Section(_)))
        {
            self.open_frame(Frame::Section(section), origin);
            return Ok(());
        }
        self.blocks().extend(blocks);
        Ok(())
    }

    fn blocks(&mut self) -> &mut Vec<Block> {
        let last = self.open.last_mut();
        &mut last
            .expect("the frame of the document is never closed")
            .blocks
    }

    fn push(&mut self, block: Block) -> Result<(), Error> {
        self.budget.blocks(1)?;
        self.blocks().push(block);
        Ok(())
    }

    fn open_frame(&mut self, frame: Frame, origin: Origin) {
        let deepest = self.budget.limits().block_depth as usize;
        // A list and its items are two frames and one step.
        let too_deep = self.open.len() > deepest && !matches!(frame, Frame::Note(_));
        let frame = if too_deep {
            let message = format!(
                "lists and quotes stand more than {deepest} deep in one another; the deeper ones were read as paragraphs"
            );
            let place = origin.clone();
            self.markup
                .diagnostics
                .once(Code::CellBlocksFlattened, message, place);
            Frame::Flat
        } else {
            frame
        };
        self.open.push(Open {
            frame,
            blocks: Vec::new(),
            origin,
        });
    }

    fn close_frame(&mut self) -> Result<(), Error> {
        if self.open.len() < 2 {
            return Ok(());
        }
        let Some(Open {
            frame,
            blocks,
            origin,
        }) = self.open.pop()
        else {
            return Ok(());
        };
        let origin = Some(origin);
        match frame {
            Frame::Quote => self.push(Block::Quote(Quote { blocks, origin })),
            Frame::List(list) => self.push(Block::List(List {
                items: list.items,
                ordered: list.ordered,
                origin,
            })),
            Frame::Item => {
                self.item(blocks);
                Ok(())
            }
            Frame::Note(id) => {
                self.notes.push(Note {
                    blocks,
                    id,
                    kind: NoteKind::Footnote,
                    label: None,
                });
                Ok(())
            }
            Frame::Section(section) => self.push(Block::Section(Section {
                body: blocks,
                origin,
                ..section
            })),
            Frame::Flat | Frame::Document => {
                self.blocks().extend(blocks);
                Ok(())
            }
        }
    }

    fn item(&mut self, blocks: Vec<Block>) {
        let Some(Open {
            frame: Frame::List(list),
            ..
        }) = self.open.last_mut()
        else {
            self.blocks().extend(blocks);
            return;
        };
        let label = list
            .ordered
            .then(|| format!("{}{}", list.next, list.delimiter));
        list.next = list.next.saturating_add(1);
        list.items.push(ListItem { blocks, label });
    }
}

fn level_of(level: HeadingLevel) -> u8 {
    match level {
        HeadingLevel::H1 => 1,
        HeadingLevel::H2 => 2,
        HeadingLevel::H3 => 3,
        HeadingLevel::H4 => 4,
        HeadingLevel::H5 => 5,
        HeadingLevel::H6 => 6,
    }
}

/// What stands behind the number of the first item.
fn delimiter(list: &str) -> char {
    let behind = list
        .trim_start()
        .trim_start_matches(|c: char| c.is_ascii_digit());
    if behind.starts_with(')') { ')' } else { '.' }
}
