//! Lists: their items, and the labels that a browser shows before them (HTML 4.4.8).

use tabulary_ir::{Error, List, ListItem};

use super::flow::Flow;
use super::style::Css;
use crate::dom::NodeId;
use crate::label::Counter;

impl Flow<'_, '_, '_> {
    /// Reads a list.
    pub(super) fn list(&mut self, list: NodeId, ordered: bool) -> Result<List, Error> {
        let dom = self.dom;
        let counter = counter(self, list);
        let is_item = |node: &NodeId| dom.name(*node) == "li";
        let count = dom.children(list).filter(is_item).count();
        let reversed = dom.attribute(list, "reversed").is_some();
        let start = dom.attribute(list, "start").and_then(integer);
        let last = i32::try_from(count).unwrap_or(i32::MAX);
        let mut number = start.unwrap_or(if reversed { last } else { 1 });
        let mut items: Vec<ListItem> = Vec::new();
        let mut open = false;
        for child in dom.children(list) {
            if !is_item(&child) {
                self.stray(child, &mut items, &mut open)?;
                continue;
            }
            open = false;
            let (blocks, written) = self.under(child)?;
            if let Some(value) = dom.attribute(child, "value").and_then(integer) {
                number = value;
            }
            let shown = || {
                let own = self::counter(self, child).or(counter);
                own.unwrap_or(Counter::Decimal).label(number)
            };
            let label = if ordered {
                written.or_else(shown)
            } else {
                written
            };
            items.push(ListItem { blocks, label });
            number = number.saturating_add(if reversed { -1 } else { 1 });
        }
        let origin = self.origin(list);
        Ok(List {
            items,
            ordered,
            origin,
        })
    }

    /// Reads what stands in a list and in none of its items: it belongs to the item before it.
    fn stray(
        &mut self,
        node: NodeId,
        items: &mut Vec<ListItem>,
        open: &mut bool,
    ) -> Result<(), Error> {
        let blank = |text: &str| text.chars().all(|c| c.is_ascii_whitespace());
        if self.dom.text(node).is_some_and(blank) {
            return Ok(());
        }
        let mut inner = Flow::new(self.reading, self.dom);
        inner.walk_one(node)?;
        let blocks = inner.into_blocks();
        if blocks.is_empty() {
            return Ok(());
        }
        let nested = matches!(blocks.as_slice(), [tabulary_ir::Block::List(_)]);
        match items.last_mut() {
            Some(item) if nested || *open => item.blocks.extend(blocks),
            _ => {
                let label = None;
                items.push(ListItem { blocks, label });
                *open = true;
            }
        }
        Ok(())
    }
}

/// How the items are counted, where the element says it.
fn counter(flow: &Flow<'_, '_, '_>, node: NodeId) -> Option<Counter> {
    let css = Css::new(flow.dom.attribute(node, "style").unwrap_or_default());
    let named = |property: &str| {
        let value = css.get(property)?;
        value.split_whitespace().find_map(Counter::from_css)
    };
    named("list-style-type")
        .or_else(|| named("list-style"))
        .or_else(|| Counter::from_type(flow.dom.attribute(node, "type")?))
}

/// An integer as HTML reads it: what stands behind its digits does not count (HTML 2.3.4.1).
fn integer(text: &str) -> Option<i32> {
    let text = text.trim_start();
    let sign = usize::from(text.starts_with(['-', '+']));
    let digits = text[sign..].bytes().take_while(u8::is_ascii_digit).count();
    text[..sign + digits].parse().ok()
}
