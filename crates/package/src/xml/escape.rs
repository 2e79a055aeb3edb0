//! Text for XML.

use std::borrow::Cow;

/// Whether XML 1.0 can hold a character (production 2, `Char`).
pub fn is_xml_char(character: char) -> bool {
    matches!(character, '\t' | '\n' | '\r' | '\u{20}'..='\u{D7FF}' | '\u{E000}'..='\u{FFFD}' | '\u{10000}'..)
}

/// Escapes text for element content and quoted attributes. Characters that XML cannot hold are left
/// out; a writer that cares tells so before. Carriage returns, and in attributes tabulators and line
/// feeds, are kept as references, since XML would change them.
pub fn escape(text: &str) -> Cow<'_, str> {
    let plain =
        |c: char| is_xml_char(c) && !matches!(c, '&' | '<' | '>' | '"' | '\r' | '\n' | '\t');
    if text.chars().all(plain) {
        return Cow::Borrowed(text);
    }
    let mut escaped = String::with_capacity(text.len() + 16);
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\r' => escaped.push_str("&#13;"),
            '\n' => escaped.push_str("&#10;"),
            '\t' => escaped.push_str("&#9;"),
            c if is_xml_char(c) => escaped.push(c),
            _ => {}
        }
    }
    Cow::Owned(escaped)
}

/// Text of an element with its references resolved: those of the five characters that XML names, and
/// those by number. None where another entity is named or a reference is damaged.
pub fn resolve(text: &str) -> Option<Cow<'_, str>> {
    if text.contains('&') {
        quick_xml::escape::unescape(text).ok()
    } else {
        Some(Cow::Borrowed(text))
    }
}
