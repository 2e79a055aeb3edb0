//! The section for texts.

use crate::lex::Token;
use crate::pattern::{self, Item};

/// Text with the cell's own where none stands.
#[derive(Clone, Debug)]
pub(crate) struct TextForm(Vec<Option<Item>>);

impl TextForm {
    pub(crate) fn new(list: &[Token]) -> Self {
        let items = list.iter().filter_map(|token| match token {
            Token::At | Token::General => Some(None),
            other => pattern::literal(other).map(Some),
        });
        Self(items.collect())
    }

    /// None where the text stands alone.
    pub(crate) fn write(&self, text: &str) -> Option<String> {
        if matches!(self.0.as_slice(), [None]) {
            return None;
        }
        let mut out = String::with_capacity(text.len() + self.0.len());
        for item in &self.0 {
            match item {
                None => out.push_str(text),
                Some(Item::Literal(character)) => out.push(*character),
                Some(_) => out.push(' '),
            }
        }
        Some(out)
    }
}
