//! Shared and inline strings (ECMA-376-1 18.4).

use std::borrow::Cow;

use tabulary_ir::{
    Budget, Code, CompactString, Diagnostics, Error, ErrorKind, Mark, Marks, Origin, push_text,
};
use tabulary_package::xml::{Element, Event, Ns, Pull};

use super::scan::{Scan, Unusual};
use crate::text::Text;

/// The shared strings of a workbook, in order.
#[derive(Debug, Default)]
pub(super) struct Strings(Vec<Text>);

impl Strings {
    /// Reads the strings part. What it says of their number is not believed.
    pub(super) fn read(
        text: &str,
        budget: &Budget,
        diagnostics: &mut Diagnostics,
    ) -> Result<Self, Error> {
        let mut pull = Pull::new(text, budget);
        let mut strings = Vec::new();
        loop {
            let fault = match pull.next_event() {
                Ok(Event::Start(start)) if start.is(Ns::S, "sst") => {
                    let prefix = pull.prefix();
                    plain_strings(&mut pull, prefix, budget, &mut strings)?;
                    None
                }
                Ok(Event::Start(start)) if start.is(Ns::S, "si") => {
                    let prefix = pull.prefix();
                    let (element, fault) = pull.partial_element(start);
                    strings.push(string(&element));
                    budget.blocks(u64::from(strings.len().is_multiple_of(64)))?;
                    if fault.is_none() {
                        plain_strings(&mut pull, prefix, budget, &mut strings)?;
                    }
                    fault
                }
                Ok(Event::Eof) => break,
                Ok(_) => None,
                Err(error) => Some(error),
            };
            if let Some(error) = fault {
                damaged(error, diagnostics)?;
                break;
            }
        }
        Ok(Self(strings))
    }

    pub(super) fn get(&self, index: &str) -> Option<&Text> {
        self.0.get(index.trim().parse::<usize>().ok()?)
    }
}

/// Reads items that hold nothing but a plain `t`, at the speed of a scan.
fn plain_strings(
    pull: &mut Pull<'_>,
    prefix: &str,
    budget: &Budget,
    strings: &mut Vec<Text>,
) -> Result<(), Error> {
    let Some(rest) = pull.rest() else {
        return Ok(());
    };
    let mut scan = Scan::new(rest, prefix);
    while let Some(text) = scan.attempt(plain_string) {
        strings.push(Text::Plain(unescape(&text)));
        if strings.len().is_multiple_of(64) {
            budget.blocks(1)?;
            budget.tick()?;
        }
    }
    pull.advance(scan.position());
    Ok(())
}

fn plain_string<'a>(scan: &mut Scan<'a>) -> Result<Cow<'a, str>, Unusual> {
    scan.blank();
    scan.open("si")?;
    if scan.attributes(|_, _| {})?.is_empty {
        return Ok(Cow::Borrowed(""));
    }
    scan.blank();
    scan.open("t")?;
    let text = scan.content("t", |_, _| {})?;
    scan.blank();
    if scan.close("si") {
        Ok(text)
    } else {
        Err(Unusual)
    }
}

fn damaged(error: Error, diagnostics: &mut Diagnostics) -> Result<(), Error> {
    if error.kind() == ErrorKind::Limit {
        return Err(error);
    }
    diagnostics.add(
        Code::XmlDamaged,
        error.to_string(),
        Origin::part("xl/sharedStrings.xml", ""),
    );
    Ok(())
}

/// A string item: `t`, or runs `r` with properties. Phonetic runs are no part of the text.
pub(super) fn string(element: &Element) -> Text {
    let mut content = Vec::new();
    let mut plain = CompactString::default();
    let mut rich = false;
    for child in element.elements() {
        if child.is(Ns::S, "t") {
            let text = unescape(&child.text());
            plain.push_str(&text);
            push_text(&mut content, &text, Marks::NONE);
        } else if child.is(Ns::S, "r") {
            let marks = child.child(Ns::S, "rPr").map_or(Marks::NONE, marks);
            rich |= !marks.is_empty();
            for text in child.elements().filter(|element| element.is(Ns::S, "t")) {
                let text = unescape(&text.text());
                plain.push_str(&text);
                push_text(&mut content, &text, marks);
            }
        }
    }
    if rich {
        Text::Rich(content)
    } else {
        Text::Plain(plain)
    }
}

/// The marks of run or font properties (ECMA-376-1 18.8.22).
pub(super) fn marks(properties: &Element) -> Marks {
    let mut marks = Marks::NONE;
    for property in properties.elements().filter(|element| element.ns == Ns::S) {
        let value = property.plain("val");
        let on = !value.is_some_and(|value| matches!(value, "0" | "false" | "none"));
        let mark = match (property.local.as_str(), value) {
            ("b", _) => Mark::Bold,
            ("i", _) => Mark::Italic,
            ("u", _) => Mark::Underline,
            ("strike", _) => Mark::Strike,
            ("vertAlign", Some("superscript")) => Mark::Superscript,
            ("vertAlign", Some("subscript")) => Mark::Subscript,
            _ => continue,
        };
        if on {
            marks = marks.with(mark);
        }
    }
    marks
}

/// Resolves `_xHHHH_`, by which SpreadsheetML holds characters that XML cannot (ECMA-376-1 22.4.2.4).
pub(super) fn unescape(text: &str) -> CompactString {
    if !text.contains("_x") && !text.contains('\r') {
        return text.into();
    }
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("_x") {
        plain.push_str(&rest[..at]);
        let digits = rest
            .get(at + 2..at + 6)
            .filter(|_| rest.as_bytes().get(at + 6) == Some(&b'_'));
        let code = digits
            .filter(|d| d.bytes().all(|b| b.is_ascii_hexdigit()))
            .and_then(|d| u32::from_str_radix(d, 16).ok());
        match code.and_then(char::from_u32) {
            Some(character) => {
                plain.push(character);
                rest = &rest[at + 7..];
            }
            None => {
                plain.push_str("_x");
                rest = &rest[at + 2..];
            }
        }
    }
    plain.push_str(rest);
    // A carriage return before a line feed is one line end.
    if plain.contains('\r') {
        plain.replace("\r\n", "\n").replace('\r', "\n").into()
    } else {
        plain.into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_of_characters_are_resolved() {
        for (given, wanted) in [
            ("a_x000D_\nb", "a\nb"),
            ("_x005F_x0041_", "_x0041_"),
            ("_x00", "_x00"),
            ("_xZZZZ_", "_xZZZZ_"),
            ("中_x4E2D_", "中中"),
        ] {
            assert_eq!(unescape(given), wanted);
        }
    }
}
