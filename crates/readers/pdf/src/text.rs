//! Strings that a person reads (ISO 32000-1 7.9.2.2).

/// The text of a text string: UTF-16 or UTF-8 behind a mark, else PDFDocEncoding.
pub(crate) fn text_string(bytes: &[u8]) -> String {
    let units = |bytes: &[u8], read: fn([u8; 2]) -> u16| {
        let units = bytes.as_chunks::<2>().0.iter().map(|pair| read(*pair));
        char::decode_utf16(units)
            .map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER))
            .collect::<String>()
    };
    let text = match bytes {
        [0xfe, 0xff, rest @ ..] => units(rest, u16::from_be_bytes),
        [0xff, 0xfe, rest @ ..] => units(rest, u16::from_le_bytes),
        [0xef, 0xbb, 0xbf, rest @ ..] => String::from_utf8_lossy(rest).into_owned(),
        _ => bytes.iter().map(|byte| document_encoding(*byte)).collect(),
    };
    without_languages(&text)
}

/// A text without the marks of languages, which stand between two escape characters.
fn without_languages(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for (number, part) in text.split('\u{1b}').enumerate() {
        if number % 2 == 0 {
            out.push_str(part);
        }
    }
    out.retain(|c| c != '\0');
    out
}

/// A character of PDFDocEncoding (ISO 32000-1 annex D.2).
fn document_encoding(byte: u8) -> char {
    const FROM_18: [char; 8] = ['˘', 'ˇ', 'ˆ', '˙', '˝', '˛', '˚', '˜'];
    const FROM_80: [char; 33] = [
        '•', '†', '‡', '…', '—', '–', 'ƒ', '⁄', '‹', '›', '−', '‰', '„', '“', '”', '‘', '’', '‚',
        '™', 'ﬁ', 'ﬂ', 'Ł', 'Œ', 'Š', 'Ÿ', 'Ž', 'ı', 'ł', 'œ', 'š', 'ž', '\u{fffd}', '€',
    ];
    match byte {
        0x18..=0x1f => FROM_18[usize::from(byte - 0x18)],
        0x80..=0xa0 => FROM_80[usize::from(byte - 0x80)],
        _ => char::from(byte),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_encoding_of_a_text_string() {
        assert_eq!(text_string(b"caf\xe9 \x80 \xa0"), "café • €");
        assert_eq!(text_string(b"\xfe\xff\x62\xa5\x54\x4a"), "报告");
        assert_eq!(text_string(b"\xef\xbb\xbf\xe6\x8a\xa5"), "报");
        assert_eq!(
            text_string(b"\xfe\xff\x00\x1b\x00e\x00n\x00\x1b\x00A"),
            "A",
            "a mark of a language says nothing"
        );
    }
}
