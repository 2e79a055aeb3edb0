//! Fields (ECMA-376 17.16): their result is what a person sees.

use tabulary_ir::{Field, Inline, Marks, inline_text, push_text};
use tabulary_package::xml::{Element, Ns};

use crate::markup::{child_val, number};
use crate::run::{is_on, join, push_link};
use crate::symbol;

/// A field whose end is still to come.
#[derive(Debug, Default)]
pub(crate) struct OpenField {
    pub(crate) instruction: String,
    /// Whether its separator was passed.
    pub(crate) in_result: bool,
    /// Where its result starts in the line.
    pub(crate) start: usize,
    /// How many links stood around its separator.
    pub(crate) links: u32,
    /// What a form field shows.
    form: Option<String>,
}

impl OpenField {
    /// A field that begins here.
    pub(crate) fn begin(links: u32, form: Option<String>) -> Self {
        Self {
            links,
            form,
            ..Self::default()
        }
    }

    /// Begins the result. An empty run marks the place, so that text of the result joins it and not
    /// the text before.
    pub(crate) fn separate(&mut self, links: u32, content: &mut Vec<Inline>) {
        self.in_result = true;
        self.links = links;
        self.start = content.len();
        content.push(Inline::text("", Marks::NONE));
    }

    /// Adds what the field shows to a line. Gives the name of a field that shows something which its
    /// result does not hold.
    pub(crate) fn finish(self, result: Vec<Inline>, out: &mut Vec<Inline>) -> Option<String> {
        let words = words(&self.instruction);
        let name = words.first().map(|word| word.to_uppercase());
        match name.as_deref() {
            Some("HYPERLINK") => push_link(out, hyperlink(&words), result),
            Some("PAGE" | "NUMPAGES" | "SECTIONPAGES") => {
                let instruction = self.instruction.split_whitespace();
                let instruction: Vec<_> = instruction.collect();
                out.push(Inline::Field(Field {
                    content: result,
                    instruction: instruction.join(" "),
                }));
            }
            Some("SYMBOL") if inline_text(&result).is_empty() => {
                let text = symbol_field(&words)?;
                push_text(out, &text, Marks::NONE);
            }
            Some("EQ") if result.is_empty() => return Some(self.instruction.trim().to_owned()),
            _ => match self.form {
                Some(form) if inline_text(&result).trim().is_empty() => {
                    push_text(out, &form, Marks::NONE);
                }
                _ => join(out, result),
            },
        }
        None
    }
}

/// The number of the page.
pub(crate) fn page_number() -> Inline {
    Inline::Field(Field {
        content: Vec::new(),
        instruction: "PAGE".to_owned(),
    })
}

/// The words of an instruction; blanks inside of quotation marks do not part them.
fn words(instruction: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word = String::new();
    let (mut quoted, mut open) = (false, false);
    let mut characters = instruction.chars().peekable();
    while let Some(character) = characters.next() {
        match character {
            '\\' if characters.peek() == Some(&'"')
                || quoted && characters.peek() == Some(&'\\') =>
            {
                word.extend(characters.next());
            }
            '"' | '“' | '”' => {
                quoted = !quoted;
                open = true;
            }
            c if c.is_whitespace() && !quoted => {
                if open || !word.is_empty() {
                    words.push(std::mem::take(&mut word));
                }
                open = false;
            }
            c => word.push(c),
        }
    }
    if open || !word.is_empty() {
        words.push(word);
    }
    words
}

/// The address of a `HYPERLINK` field (ECMA-376 17.16.5.25): its argument, and a place behind `\l`.
fn hyperlink(words: &[String]) -> String {
    let mut href = String::new();
    let mut rest = words.iter().skip(1);
    while let Some(word) = rest.next() {
        match word.as_str() {
            "\\l" => {
                if let Some(place) = rest.next() {
                    href.push('#');
                    href.push_str(place);
                }
            }
            "\\o" | "\\t" => {
                rest.next();
            }
            word if word.starts_with('\\') => {}
            address => href.insert_str(0, address),
        }
    }
    href
}

/// A `SYMBOL` field (ECMA-376 17.16.5.66): a code, and a font behind `\f`.
fn symbol_field(words: &[String]) -> Option<String> {
    let code = words.get(1)?;
    let code = match code.strip_prefix("0x") {
        Some(digits) => u32::from_str_radix(digits, 16).ok()?,
        None => code.parse().ok()?,
    };
    let font = words.iter().position(|word| word == "\\f");
    let font = font
        .and_then(|at| words.get(at + 1))
        .map_or("", String::as_str);
    let character = symbol::character(font, code).or_else(|| char::from_u32(code))?;
    (character >= ' ').then(|| character.to_string())
}

/// What a field of an old form shows beside its result (ECMA-376 17.16.17): a box, ticked or not, or
/// the entry that was chosen from a list.
pub(crate) fn form_result(data: &Element) -> Option<String> {
    if let Some(tick) = data.child(Ns::W, "checkBox") {
        let state = tick
            .child(Ns::W, "checked")
            .or_else(|| tick.child(Ns::W, "default"));
        let sign = if state.is_some_and(is_on) {
            "☒"
        } else {
            "☐"
        };
        return Some(sign.to_owned());
    }
    let list = data.child(Ns::W, "ddList")?;
    let chosen = child_val(list, "result")
        .or_else(|| child_val(list, "default"))
        .and_then(number)
        .unwrap_or(0);
    let entries = list.elements().filter(|e| e.is(Ns::W, "listEntry"));
    let mut entries = entries.filter_map(crate::markup::val);
    let entry = entries.nth(usize::try_from(chosen).ok()?)?;
    Some(entry.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn instructions_are_split_into_words() {
        let link = words(r#" HYPERLINK "http://a.example/b c" \l "top" \o "a tip" "#);
        assert_eq!(hyperlink(&link), "http://a.example/b c#top");
        let place = words(r#"HYPERLINK \l "_Toc1" \h"#);
        assert_eq!(hyperlink(&place), "#_Toc1");
        let bullet = words(r#"SYMBOL 183 \f "Symbol" \s 10"#);
        assert_eq!(symbol_field(&bullet).as_deref(), Some("•"));
    }
}
