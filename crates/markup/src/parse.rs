//! Parsing HTML within bounds.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;

use html5ever::buffer_queue::BufferQueue;
use html5ever::interface::create_element;
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{
    Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts,
};
use html5ever::tree_builder::{TreeBuilder, TreeBuilderOpts, TreeSink};
use html5ever::{LocalName, QualName, local_name, ns};
use tabulary_ir::{Budget, Code, Diagnostics, Error, Origin};

use crate::dom::{Dom, NodeId, Sink};

/// How many bytes are parsed between two looks at the clock.
const PIECE: usize = 1 << 16;

/// Elements that hold no others, so that they make no tree deeper, and those whose content the
/// tokenizer reads in a way of its own.
const NEVER_DEEP: &[&str] = &[
    "area",
    "base",
    "br",
    "col",
    "embed",
    "frame",
    "hr",
    "html",
    "head",
    "body",
    "iframe",
    "img",
    "input",
    "link",
    "meta",
    "noembed",
    "noframes",
    "param",
    "plaintext",
    "script",
    "source",
    "style",
    "textarea",
    "title",
    "track",
    "wbr",
    "xmp",
];

/// Parses a page.
///
/// # Errors
/// Of kind `Limit` where the page takes more time, or more nodes than it has bytes.
pub(crate) fn page(html: &str, budget: &Budget, found: &mut Diagnostics) -> Result<Dom, Error> {
    let builder = TreeBuilder::new(Sink::new(1), builder_options());
    run(builder, html, 1, budget, found)
}

/// Parses a piece of the body of a page; its first line is line `first_line` of the source.
///
/// # Errors
/// As [`page`].
pub(crate) fn fragment(
    html: &str,
    first_line: u32,
    budget: &Budget,
    found: &mut Diagnostics,
) -> Result<Dom, Error> {
    let sink = Sink::new(first_line);
    let name = QualName::new(None, ns!(html), local_name!("body"));
    let context = create_element(&sink, name, Vec::new());
    let builder = TreeBuilder::new_for_fragment(sink, context, None, builder_options());
    run(builder, html, first_line, budget, found)
}

fn builder_options() -> TreeBuilderOpts {
    TreeBuilderOpts {
        scripting_enabled: false,
        ..TreeBuilderOpts::default()
    }
}

fn run(
    builder: TreeBuilder<NodeId, Sink>,
    html: &str,
    first_line: u32,
    budget: &Budget,
    found: &mut Diagnostics,
) -> Result<Dom, Error> {
    let bounded = Bounded {
        builder,
        first_line: u64::from(first_line.saturating_sub(1)),
        deepest: budget.limits().xml_depth,
        most_nodes: html.len() + 64,
        over: Cell::new(false),
        left_out: RefCell::default(),
        flattened: Cell::new(None),
    };
    let tokenizer = Tokenizer::new(bounded, TokenizerOpts::default());
    let input = BufferQueue::default();
    let mut rest = html;
    while !rest.is_empty() {
        budget.tick()?;
        let (piece, behind) = rest.split_at(rest.floor_char_boundary(PIECE.min(rest.len())));
        input.push_back(StrTendril::from_slice(piece));
        while !matches!(tokenizer.feed(&input), html5ever::TokenizerResult::Done) {}
        rest = behind;
        if tokenizer.sink.over.get() {
            return Err(Error::limit(
                "the page makes more elements than it has characters",
            ));
        }
    }
    tokenizer.end();
    let bounded = tokenizer.sink;
    if let Some((line, depth)) = bounded.flattened.get() {
        let message = format!(
            "elements stand more than {depth} deep in one another; the deeper ones were read as part of those around them"
        );
        found.add(Code::ContentSkipped, message, Origin::line(line));
    }
    Ok(bounded.builder.sink.finish())
}

/// Passes tokens on, without the tags of elements that stand too deep.
struct Bounded {
    builder: TreeBuilder<NodeId, Sink>,
    first_line: u64,
    deepest: u32,
    most_nodes: usize,
    /// Whether there are too many nodes.
    over: Cell<bool>,
    /// How many start tags of a name were left out and wait for their end tags.
    left_out: RefCell<BTreeMap<LocalName, u32>>,
    /// The line of the first tag that was left out, and the bound.
    flattened: Cell<Option<(u32, u32)>>,
}

impl Bounded {
    fn is_too_deep(&self, tag: &Tag, line: u64) -> bool {
        match tag.kind {
            TagKind::StartTag => {
                if self.builder.sink.depth() < self.deepest || NEVER_DEEP.contains(&&*tag.name) {
                    return false;
                }
                if !tag.self_closing {
                    let mut left_out = self.left_out.borrow_mut();
                    *left_out.entry(tag.name.clone()).or_default() += 1;
                }
                if self.flattened.get().is_none() {
                    let line = u32::try_from(line).unwrap_or(u32::MAX);
                    self.flattened.set(Some((line, self.deepest)));
                }
                true
            }
            TagKind::EndTag => match self.left_out.borrow_mut().get_mut(&tag.name) {
                Some(count) if *count > 0 => {
                    *count -= 1;
                    true
                }
                _ => false,
            },
        }
    }
}

impl TokenSink for Bounded {
    type Handle = NodeId;

    fn process_token(&self, token: Token, line: u64) -> TokenSinkResult<NodeId> {
        let line = line + self.first_line;
        if self.over.get() {
            return TokenSinkResult::Continue;
        }
        if let Token::TagToken(tag) = &token {
            if self.builder.sink.count() > self.most_nodes {
                self.over.set(true);
                return TokenSinkResult::Continue;
            }
            if self.is_too_deep(tag, line) {
                return TokenSinkResult::Continue;
            }
        }
        match self.builder.process_token(token, line) {
            TokenSinkResult::Script(_) | TokenSinkResult::EncodingIndicator(_) => {
                TokenSinkResult::Continue
            }
            other => other,
        }
    }

    fn end(&self) {
        self.builder.end();
    }

    fn adjusted_current_node_present_but_not_in_html_namespace(&self) -> bool {
        self.builder
            .adjusted_current_node_present_but_not_in_html_namespace()
    }
}
