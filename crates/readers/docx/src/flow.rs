//! Blocks out of what stands below one another: consecutive items become a list, consecutive quoted
//! paragraphs a quote, and what stands behind the name of a section its body.

use tabulary_ir::{
    Block, CodeBlock, Figure, Inline, List, ListItem, Origin, Quote, Section, SectionKind,
};

/// A paragraph that numbering makes an item of a list.
pub(crate) struct Item {
    /// The numbering instance; items of another one begin another list.
    pub(crate) num: String,
    /// From 0.
    pub(crate) level: u8,
    pub(crate) label: Option<String>,
    pub(crate) ordered: bool,
    pub(crate) blocks: Vec<Block>,
    pub(crate) origin: Option<Origin>,
}

struct OpenList {
    num: String,
    level: u8,
    list: List,
}

/// A group that the next block may still join.
enum Group {
    None,
    Quote(Quote),
    Code(CodeBlock),
    /// A figure directly before, which a caption may complete.
    Figure(Figure),
}

/// Collects the blocks of a body, a cell, a note.
pub(crate) struct Flow {
    blocks: Vec<Block>,
    lists: Vec<OpenList>,
    group: Group,
    section: Option<Section>,
    caption: Option<Vec<Inline>>,
    /// The text of a paragraph whose end is gone, which goes on in the next paragraph.
    joined: Vec<Inline>,
    /// How many lists may stand in one another.
    room: usize,
}

impl Flow {
    /// An empty flow, in which lists stand at most `room` deep.
    pub(crate) fn new(room: u32) -> Self {
        Self {
            blocks: Vec::new(),
            lists: Vec::new(),
            group: Group::None,
            section: None,
            caption: None,
            joined: Vec::new(),
            room: room.max(1) as usize,
        }
    }

    /// Keeps the text of a paragraph whose end is gone for the paragraph that comes next.
    pub(crate) fn join(&mut self, content: Vec<Inline>) {
        self.joined = content;
    }

    /// The text that goes on in the paragraph that comes now.
    pub(crate) fn take_joined(&mut self) -> Vec<Inline> {
        std::mem::take(&mut self.joined)
    }

    /// Text that no paragraph takes up is a paragraph.
    fn flush_joined(&mut self) {
        if !self.joined.is_empty() {
            let content = self.take_joined();
            self.out().push(plain_paragraph(content));
        }
    }

    fn out(&mut self) -> &mut Vec<Block> {
        match &mut self.section {
            Some(section) => &mut section.body,
            None => &mut self.blocks,
        }
    }

    /// Ends lists and groups, so that what follows stands apart from what stood before.
    pub(crate) fn separate(&mut self) {
        while !self.lists.is_empty() {
            self.close_list();
        }
        let block = match std::mem::replace(&mut self.group, Group::None) {
            Group::None => return,
            Group::Quote(quote) => Block::Quote(quote),
            Group::Code(code) => Block::Code(code),
            Group::Figure(figure) => Block::Figure(figure),
        };
        self.out().push(block);
    }

    /// Adds a block.
    pub(crate) fn block(&mut self, mut block: Block) {
        self.separate();
        self.flush_joined();
        match (&mut block, self.caption.take()) {
            (Block::Table(table), Some(caption)) => table.caption = caption,
            (_, Some(caption)) => self.out().push(plain_paragraph(caption)),
            (_, None) => {}
        }
        self.out().push(block);
    }

    /// Adds an item of a list.
    pub(crate) fn item(&mut self, item: Item) {
        self.flush_group();
        while self.lists.last().is_some_and(|open| {
            open.level > item.level || open.level == item.level && open.num != item.num
        }) {
            self.close_list();
        }
        let same = self
            .lists
            .last()
            .is_some_and(|open| open.level == item.level);
        if !same && (self.lists.is_empty() || self.lists.len() < self.room) {
            self.lists.push(OpenList {
                num: item.num,
                level: item.level,
                list: List {
                    items: Vec::new(),
                    ordered: item.ordered,
                    origin: item.origin,
                },
            });
        }
        if let Some(open) = self.lists.last_mut() {
            open.list.items.push(ListItem {
                blocks: item.blocks,
                label: item.label,
            });
        }
    }

    /// Adds a block to the last item at a level; to the flow where there is no list.
    pub(crate) fn continuation(&mut self, level: u8, block: Block) {
        while self.lists.len() > 1 && self.lists.last().is_some_and(|open| open.level > level) {
            self.close_list();
        }
        match self
            .lists
            .last_mut()
            .and_then(|open| open.list.items.last_mut())
        {
            Some(item) => item.blocks.push(block),
            None => self.block(block),
        }
    }

    /// Adds a quoted block.
    pub(crate) fn quote(&mut self, block: Block) {
        if !matches!(self.group, Group::Quote(_)) || !self.lists.is_empty() {
            self.flush_caption();
            self.separate();
            self.group = Group::Quote(Quote {
                blocks: Vec::new(),
                origin: block.origin().cloned(),
            });
        }
        if let Group::Quote(quote) = &mut self.group {
            quote.blocks.push(block);
        }
    }

    /// Adds lines of code.
    pub(crate) fn code(&mut self, text: &str, origin: Option<Origin>) {
        if let Group::Code(code) = &mut self.group {
            code.text.push('\n');
            code.text.push_str(text);
            return;
        }
        self.flush_caption();
        self.separate();
        self.group = Group::Code(CodeBlock {
            language: None,
            origin,
            text: text.to_owned(),
        });
    }

    /// Adds images that a caption may follow.
    pub(crate) fn figure(&mut self, content: Vec<Inline>, origin: Option<Origin>) {
        self.flush_caption();
        self.separate();
        self.group = Group::Figure(Figure {
            caption: Vec::new(),
            content,
            data: None,
            origin,
        });
    }

    /// Adds the caption of the figure directly before; gives it back where there is none.
    pub(crate) fn figure_caption(&mut self, content: Vec<Inline>) -> Option<Vec<Inline>> {
        match &mut self.group {
            Group::Figure(figure) => {
                figure.caption = content;
                self.separate();
                None
            }
            _ => Some(content),
        }
    }

    /// Adds the caption of the table that follows.
    pub(crate) fn table_caption(&mut self, content: Vec<Inline>) {
        self.flush_caption();
        self.separate();
        self.caption = Some(content);
    }

    /// Begins a section; one that is open ends.
    pub(crate) fn section(&mut self, kind: SectionKind, name: String, origin: Option<Origin>) {
        self.end_section();
        self.section = Some(Section {
            kind,
            name,
            origin,
            ..Section::default()
        });
    }

    /// Ends the section that is open.
    pub(crate) fn end_section(&mut self) {
        self.flush_caption();
        self.separate();
        self.flush_joined();
        if let Some(section) = self.section.take() {
            self.blocks.push(Block::Section(section));
        }
    }

    /// Ends what is open where the pages change; gives how many blocks stand before.
    pub(crate) fn end_pages(&mut self) -> usize {
        self.end_section();
        self.blocks.len()
    }

    /// The blocks.
    pub(crate) fn finish(mut self) -> Vec<Block> {
        self.end_section();
        self.blocks
    }

    fn flush_group(&mut self) {
        self.flush_caption();
        if !matches!(self.group, Group::None) {
            self.separate();
        }
    }

    /// A caption with no table behind it is a paragraph.
    fn flush_caption(&mut self) {
        if let Some(caption) = self.caption.take() {
            self.separate();
            self.out().push(plain_paragraph(caption));
        }
    }

    fn close_list(&mut self) {
        let Some(open) = self.lists.pop() else {
            return;
        };
        let block = Block::List(open.list);
        match self
            .lists
            .last_mut()
            .and_then(|outer| outer.list.items.last_mut())
        {
            Some(item) => item.blocks.push(block),
            None => self.out().push(block),
        }
    }
}

fn plain_paragraph(content: Vec<Inline>) -> Block {
    Block::Paragraph(tabulary_ir::Paragraph {
        content,
        ..tabulary_ir::Paragraph::default()
    })
}
