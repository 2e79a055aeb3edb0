//! Lists, with the labels that a person sees.

use tabulary_ir::{Error, List};

use super::Html;
use crate::label::Counter;

/// In this order a label is tried: `i.` is one, not the ninth letter, unless the items say otherwise.
const COUNTERS: [Counter; 5] = [
    Counter::Decimal,
    Counter::LowerRoman,
    Counter::UpperRoman,
    Counter::LowerAlpha,
    Counter::UpperAlpha,
];

impl<'a> Html<'a> {
    pub(super) fn list(&mut self, list: &'a List) -> Result<(), Error> {
        let counted = counted(list);
        let name = if list.ordered { "ol" } else { "ul" };
        self.raw("<");
        self.raw(name);
        let mut expected = 1;
        match &counted {
            Some((counter, numbers)) => {
                if let Some(kind) = counter.to_type() {
                    self.attribute("type", kind);
                }
                expected = numbers.first().copied().unwrap_or(1);
                if expected != 1 {
                    self.attribute("start", &expected.to_string());
                }
            }
            None if list.ordered => self.raw(" style=\"list-style:none\""),
            None => {}
        }
        self.raw(">\n");
        for (index, item) in list.items.iter().enumerate() {
            self.raw("<li");
            match &counted {
                Some((_, numbers)) => {
                    let number = numbers.get(index).copied().unwrap_or(expected);
                    if number != expected {
                        self.attribute("value", &number.to_string());
                    }
                    expected = number.saturating_add(1);
                    self.raw(">");
                }
                None => match &item.label {
                    Some(label) => {
                        self.raw(" style=\"list-style:none\">");
                        self.label(label);
                    }
                    None => self.raw(">"),
                },
            }
            if !item.blocks.is_empty() {
                self.raw("\n");
            }
            self.blocks(&item.blocks)?;
            self.raw("</li>\n");
        }
        self.raw("</");
        self.raw(name);
        self.raw(">\n");
        Ok(())
    }
}

/// The counter that shows the labels of a list, and its numbers; one that counts by one first.
fn counted(list: &List) -> Option<(Counter, Vec<i32>)> {
    if !list.ordered {
        return None;
    }
    let numbers = |counter: Counter| -> Option<(Counter, Vec<i32>)> {
        let number = |item: &tabulary_ir::ListItem| counter.number(item.label.as_deref()?);
        let numbers: Option<Vec<i32>> = list.items.iter().map(number).collect();
        Some((counter, numbers?))
    };
    let rises = |(_, numbers): &(Counter, Vec<i32>)| {
        numbers
            .windows(2)
            .all(|pair| pair[0].checked_add(1) == Some(pair[1]))
    };
    let fitting = || COUNTERS.into_iter().filter_map(numbers);
    fitting().find(rises).or_else(|| fitting().next())
}
