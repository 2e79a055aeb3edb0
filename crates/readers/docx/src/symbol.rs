//! Characters of symbol fonts as Unicode. Such fonts put pictures on the codes of letters, and Word
//! writes those codes in the private area from U+F000 (ECMA-376 17.3.3.30).

use tabulary_package::xml::Element;

use crate::markup::attribute;

/// The usual bullet.
pub(crate) const BULLET: &str = "•";

/// The Symbol font from 0x20 and from 0xA0, as in the Symbol encoding of PostScript.
const SYMBOL_LOW: &str = " !∀#∃%&∋()∗+,−./0123456789:;<=>?≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_‾αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}∼";
const SYMBOL_HIGH: &str =
    "€ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…⏐⎯↵ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓◊〈®©™∑⎛⎜⎝⎡⎢⎣⎧⎨⎩⎪";
const SYMBOL_LAST: &str = "〉∫⌠⎮⌡⎞⎟⎠⎤⎥⎦⎫⎬⎭";

const WINGDINGS: &[(u8, char)] = &[
    (0x21, '✏'),
    (0x22, '✂'),
    (0x23, '✁'),
    (0x28, '☎'),
    (0x29, '✆'),
    (0x2A, '✉'),
    (0x36, '⌛'),
    (0x37, '⌨'),
    (0x3E, '✇'),
    (0x3F, '✍'),
    (0x41, '✌'),
    (0x45, '☜'),
    (0x46, '☞'),
    (0x47, '☝'),
    (0x48, '☟'),
    (0x4A, '☺'),
    (0x4C, '☹'),
    (0x4E, '☠'),
    (0x50, '⚐'),
    (0x52, '☼'),
    (0x54, '❄'),
    (0x55, '✝'),
    (0x58, '✠'),
    (0x59, '✡'),
    (0x5A, '☪'),
    (0x5B, '☯'),
    (0x5C, 'ॐ'),
    (0x5D, '☸'),
    (0x6C, '●'),
    (0x6D, '❍'),
    (0x6E, '■'),
    (0x6F, '□'),
    (0x71, '❑'),
    (0x72, '❒'),
    (0x73, '⬧'),
    (0x74, '⧫'),
    (0x75, '◆'),
    (0x76, '❖'),
    (0x77, '⬥'),
    (0x78, '⌧'),
    (0x7A, '⌘'),
    (0x7B, '❀'),
    (0x7C, '✿'),
    (0x7D, '❝'),
    (0x7E, '❞'),
    (0x80, '⓪'),
    (0x81, '①'),
    (0x82, '②'),
    (0x83, '③'),
    (0x84, '④'),
    (0x85, '⑤'),
    (0x86, '⑥'),
    (0x87, '⑦'),
    (0x88, '⑧'),
    (0x89, '⑨'),
    (0x8A, '⑩'),
    (0x8B, '⓿'),
    (0x8C, '❶'),
    (0x8D, '❷'),
    (0x8E, '❸'),
    (0x8F, '❹'),
    (0x90, '❺'),
    (0x91, '❻'),
    (0x92, '❼'),
    (0x93, '❽'),
    (0x94, '❾'),
    (0x95, '❿'),
    (0x9E, '·'),
    (0x9F, '•'),
    (0xA1, '○'),
    (0xA4, '◉'),
    (0xA5, '◎'),
    (0xA7, '▪'),
    (0xA8, '◻'),
    (0xAA, '✦'),
    (0xAB, '★'),
    (0xAC, '✶'),
    (0xAD, '✴'),
    (0xAE, '✹'),
    (0xAF, '✵'),
    (0xB2, '⟡'),
    (0xB5, '✪'),
    (0xB6, '✰'),
    (0xD5, '⌫'),
    (0xD6, '⌦'),
    (0xD8, '➢'),
    (0xDC, '➲'),
    (0xDF, '←'),
    (0xE0, '→'),
    (0xE1, '↑'),
    (0xE2, '↓'),
    (0xE3, '↖'),
    (0xE4, '↗'),
    (0xE5, '↙'),
    (0xE6, '↘'),
    (0xE8, '➔'),
    (0xEF, '⇦'),
    (0xF0, '⇨'),
    (0xF1, '⇧'),
    (0xF2, '⇩'),
    (0xF3, '⬄'),
    (0xF4, '⇳'),
    (0xFB, '✗'),
    (0xFC, '✓'),
    (0xFD, '☒'),
    (0xFE, '☑'),
];

const WINGDINGS_2: &[(u8, char)] = &[
    (0x4F, '✗'),
    (0x50, '✓'),
    (0x51, '☒'),
    (0x52, '☑'),
    (0x53, '☒'),
    (0x54, '☒'),
    (0x55, '⊗'),
    (0x97, '●'),
    (0x98, '●'),
    (0x99, '○'),
    (0x9A, '○'),
    (0xA0, '■'),
    (0xA1, '■'),
    (0xA2, '■'),
    (0xA3, '□'),
    (0xA4, '□'),
];

const WINGDINGS_3: &[(u8, char)] = &[
    (0x70, '▲'),
    (0x71, '▼'),
    (0x72, '△'),
    (0x73, '▽'),
    (0x74, '◄'),
    (0x75, '►'),
    (0x76, '◁'),
    (0x77, '▷'),
    (0x7D, '▶'),
    (0x7C, '◀'),
];

/// The Unicode of a `w:sym` (ECMA-376 17.3.3.30).
///
/// # Errors
/// What to tell where it has none.
pub(crate) fn of_element(element: &Element) -> Result<char, String> {
    let code = attribute(element, "char").unwrap_or_default();
    let font = attribute(element, "font").unwrap_or_default();
    let code = u32::from_str_radix(code, 16).unwrap_or_default();
    let is_private = (0xE000..=0xF8FF).contains(&code);
    let plain = || char::from_u32(code).filter(|_| !is_private && code >= 0x20);
    character(font, code).or_else(plain).ok_or_else(|| {
        format!("the character {code:X} of the font {font:?} has no Unicode; it was left out")
    })
}

/// The character that a code of a symbol font shows; none where the font or the code is not known.
pub(crate) fn character(font: &str, code: u32) -> Option<char> {
    let code = u8::try_from(if (0xF000..=0xF0FF).contains(&code) {
        code - 0xF000
    } else {
        code
    })
    .ok()?;
    let listed = |table: &[(u8, char)]| {
        let found = table.iter().find(|(key, _)| *key == code);
        found.map(|&(_, character)| character)
    };
    match font.to_lowercase().as_str() {
        "symbol" => symbol(code),
        "wingdings" => listed(WINGDINGS),
        "wingdings 2" => listed(WINGDINGS_2),
        "wingdings 3" => listed(WINGDINGS_3),
        _ => None,
    }
}

fn symbol(code: u8) -> Option<char> {
    match code {
        0x20..=0x7E => SYMBOL_LOW.chars().nth(usize::from(code - 0x20)),
        0xA0..=0xEF => SYMBOL_HIGH.chars().nth(usize::from(code - 0xA0)),
        0xF1..=0xFE => SYMBOL_LAST.chars().nth(usize::from(code - 0xF1)),
        _ => None,
    }
}

/// The text of a bullet in a font. What has no character of Unicode becomes the usual bullet.
pub(crate) fn bullet(text: &str, font: &str) -> String {
    let shown = text.chars().map(|c| match c {
        '\u{F000}'..='\u{F0FF}' => character(font, c as u32).unwrap_or('•'),
        c => is_symbol_font(font)
            .then(|| character(font, c as u32))
            .flatten()
            .unwrap_or(c),
    });
    shown.collect()
}

/// Whether a font shows pictures on the codes of letters.
pub(crate) fn is_symbol_font(font: &str) -> bool {
    let font = font.to_lowercase();
    font == "symbol" || font.starts_with("wingdings") || font == "webdings"
}

/// A text of a run in a font, with characters of the private area as Unicode where that is known.
pub(crate) fn text<'t>(text: &'t str, font: Option<&str>) -> std::borrow::Cow<'t, str> {
    let private = |c: char| ('\u{F000}'..='\u{F0FF}').contains(&c);
    match font {
        Some(font) if is_symbol_font(font) && text.contains(private) => {
            let shown = text.chars().map(|c| match c {
                c if private(c) => character(font, c as u32).unwrap_or(c),
                c => c,
            });
            shown.collect()
        }
        _ => text.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn symbols_have_their_unicode() {
        assert_eq!(SYMBOL_LOW.chars().count(), 95);
        assert_eq!(SYMBOL_HIGH.chars().count(), 80);
        assert_eq!(SYMBOL_LAST.chars().count(), 14);
        assert_eq!(bullet("\u{F0B7}", "Symbol"), BULLET);
        assert_eq!(bullet("\u{F0D8}", "Wingdings"), "➢");
        assert_eq!(bullet("l", "Wingdings"), "●");
        assert_eq!(bullet("o", "Courier New"), "o");
        assert_eq!(character("Symbol", 0x61), Some('α'));
        assert_eq!(text("a\u{F0FC}", Some("Wingdings")), "a✓");
    }
}
