//! The places of a document that links may lead to.

use std::collections::{BTreeMap, BTreeSet};

use tabulary_ir::{Block, Document, Inline};

use super::blocks::Builder;

impl Builder<'_, '_> {
    /// The labels of the places that were laid out.
    pub(super) fn anchors_laid_out(&self) -> BTreeSet<String> {
        let laid_out = self.anchors.iter().filter(|(_, laid_out)| **laid_out);
        laid_out.map(|(name, _)| label(name)).collect()
    }
}

/// The names of the places that stand in the body, and whether they are laid out already.
pub(super) fn of(document: &Document) -> BTreeMap<&str, bool> {
    let mut anchors = BTreeMap::new();
    document.for_each_block(|block| match block {
        Block::Heading(heading) => collect(&heading.content, &mut anchors),
        Block::Paragraph(paragraph) => collect(&paragraph.content, &mut anchors),
        Block::Figure(figure) => {
            collect(&figure.content, &mut anchors);
            collect(&figure.caption, &mut anchors);
        }
        Block::Table(table) => collect(&table.caption, &mut anchors),
        _ => {}
    });
    anchors
}

fn collect<'a>(line: &'a [Inline], anchors: &mut BTreeMap<&'a str, bool>) {
    for inline in line {
        match inline {
            Inline::Anchor(anchor) if !anchor.name.is_empty() => {
                anchors.insert(anchor.name.as_str(), false);
            }
            Inline::Link(link) => collect(&link.content, anchors),
            Inline::Field(field) => collect(field.shown(), anchors),
            _ => {}
        }
    }
}

/// The label of a place, apart from those of the styles.
pub(super) fn label(name: &str) -> String {
    format!("anchor-{name}")
}
