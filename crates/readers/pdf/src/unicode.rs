//! Characters as a person reads them, and signs of private use.

use compact_str::CompactString;
use hayro_cmap::BfString;
use tabulary_encoding::symbol;
use unicode_normalization::UnicodeNormalization;

/// The text that a map of codes gives.
pub(crate) fn mapped(text: Option<BfString>) -> CompactString {
    match text {
        Some(BfString::Char(c)) => readable(c.encode_utf8(&mut [0; 4])),
        Some(BfString::String(text)) => readable(&text),
        None => CompactString::default(),
    }
}

/// A text as a person reads it: ligatures, radicals and presentation forms become the letters that they
/// show, and characters that say nothing are left out.
pub(crate) fn readable(text: &str) -> CompactString {
    let mut out = CompactString::default();
    for c in text.chars() {
        match c {
            ' '..='~' => out.push(c),
            '\0' | '\u{ad}' | '\u{fffd}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}' => {
                // A soft hyphen that is painted is a hyphen.
                if c == '\u{ad}' {
                    out.push('-');
                }
            }
            '\t' | '\n' | '\r' | '\u{a0}' | '\u{2000}'..='\u{200a}' | '\u{202f}' => out.push(' '),
            c if c.is_control() => {}
            c if is_form(c) => out.extend(std::iter::once(c).nfkc()),
            c => out.push(c),
        }
    }
    out
}

/// Whether a character is another shape of letters that have characters of their own: ligatures, presentation
/// forms, radicals and variants of ideographs. Fullwidth forms are letters of their own in East Asian text.
fn is_form(c: char) -> bool {
    matches!(c,
        '\u{fb00}'..='\u{fb06}' | '\u{fb13}'..='\u{fb17}' | '\u{fb50}'..='\u{fdff}' | '\u{fe30}'..='\u{fe4f}'
        | '\u{fe70}'..='\u{fefc}' | '\u{2e9f}' | '\u{2ef3}' | '\u{2f00}'..='\u{2fd5}'
        | '\u{f900}'..='\u{faff}' | '\u{2f800}'..='\u{2fa1f}')
}

/// Whether a text says something: it is there, and no character of it is of private use.
pub(crate) fn is_telling(text: &str) -> bool {
    !text.is_empty() && !text.chars().any(is_private)
}

fn is_private(c: char) -> bool {
    matches!(c, '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..='\u{10ffff}')
}

/// A text whose characters of private use are those of a font of signs, or letters behind U+F000 as old fonts
/// have them.
pub(crate) fn without_private(text: &str, font: Option<&str>) -> CompactString {
    text.chars()
        .map(|c| match (c, font) {
            ('\u{f020}'..='\u{f0ff}', Some(font)) => symbol::character(font, c as u32).unwrap_or(c),
            ('\u{f020}'..='\u{f07e}', None) => char::from_u32(c as u32 - 0xf000).unwrap_or(c),
            _ => c,
        })
        .collect()
}

/// The font of signs that a name stands for, as `tabulary-encoding` knows it.
pub(crate) fn sign_font(name: &str) -> Option<&'static str> {
    let name: String = name
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .map(|c| c.to_ascii_lowercase())
        .collect();
    let fonts = [
        ("wingdings2", "wingdings 2"),
        ("wingdings3", "wingdings 3"),
        ("wingdings", "wingdings"),
        ("webdings", "webdings"),
        ("symbol", "symbol"),
    ];
    let found = fonts.iter().find(|(start, _)| name.starts_with(start));
    found.map(|(_, font)| *font)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shapes_of_letters_become_letters() {
        assert_eq!(readable("eﬃcient"), "efficient");
        assert_eq!(readable("⼈⼝"), "人口");
        assert_eq!(readable("ﷲ"), "الله");
        assert_eq!(
            readable("Ａ１，½²"),
            "Ａ１，½²",
            "these are characters of their own"
        );
        assert_eq!(readable("a\u{0}\u{fffd}b\u{a0}c"), "ab c");
    }

    #[test]
    fn signs_of_private_use() {
        assert!(!is_telling("\u{f0b7}") && !is_telling("") && is_telling("•"));
        assert_eq!(without_private("\u{f0b7}", sign_font("SymbolMT")), "•");
        assert_eq!(
            without_private("\u{f0fc}", sign_font("Wingdings-Regular")),
            "✓"
        );
        assert_eq!(without_private("\u{f041}", sign_font("OldFont")), "A");
    }
}
