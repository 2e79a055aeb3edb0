//! Fields (ECMA-376 17.16): their result is what a person sees.

use tabulary_encoding::symbol;
use tabulary_ir::{Control, ControlKind, Field, Inline, Marks, inline_text, push_text};

use crate::control;
use crate::run::{join, push_link};

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
    /// What a person fills in, and what it shows where the result does not.
    form: Option<(Control, Option<String>)>,
}

impl OpenField {
    /// A field that begins here.
    pub(crate) fn begin(links: u32, form: Option<(Control, Option<String>)>) -> Self {
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
                out.push(kept(result, &self.instruction));
            }
            Some(name) if is_kept(name) && !result.is_empty() => {
                out.push(kept(result, &self.instruction));
            }
            Some("SYMBOL") if inline_text(&result).is_empty() => {
                let text = symbol_field(&words)?;
                push_text(out, &text, Marks::NONE);
            }
            Some("EQ") if result.is_empty() => return Some(self.instruction.trim().to_owned()),
            _ => match self.form {
                Some((control, shown)) => {
                    let mut result = result;
                    let is_box = control.kind == ControlKind::Checkbox;
                    if let Some(shown) = shown.filter(|_| inline_text(&result).trim().is_empty()) {
                        result.clear();
                        push_text(&mut result, &shown, Marks::NONE);
                    }
                    if control == Control::default() {
                        join(out, result);
                    } else if is_box || !result.is_empty() {
                        out.push(control::around(control, result));
                    }
                }
                None => join(out, result),
            },
        }
        None
    }
}

/// Fields whose instruction is kept beside their result: those of numbers, places, days and properties.
/// The others only hold text together, or take it from outside.
fn is_kept(name: &str) -> bool {
    name.starts_with('=')
        || matches!(
            name,
            "AUTHOR"
                | "COMMENTS"
                | "CREATEDATE"
                | "DATE"
                | "DOCPROPERTY"
                | "EDITTIME"
                | "KEYWORDS"
                | "LASTSAVEDBY"
                | "NOTEREF"
                | "NUMCHARS"
                | "NUMWORDS"
                | "PAGEREF"
                | "PRINTDATE"
                | "REF"
                | "REVNUM"
                | "SAVEDATE"
                | "SECTION"
                | "SEQ"
                | "STYLEREF"
                | "SUBJECT"
                | "TIME"
                | "TITLE"
        )
}

/// A field with its result and its instruction.
fn kept(content: Vec<Inline>, instruction: &str) -> Inline {
    let words: Vec<_> = instruction.split_whitespace().collect();
    Inline::Field(Field {
        content,
        control: None,
        instruction: words.join(" "),
    })
}

/// The number of the page.
pub(crate) fn page_number() -> Inline {
    kept(Vec::new(), "PAGE")
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
