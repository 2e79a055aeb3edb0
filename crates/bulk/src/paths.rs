//! Paths as text that can be told apart, whatever their bytes.

use std::ffi::OsStr;
use std::fmt::Write as _;
use std::path::Path;

use encoding_rs::GB18030;

/// A path in words, and byte by byte where the words are only a reading of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Spelt {
    pub(crate) text: String,
    pub(crate) raw: Option<String>,
}

impl Spelt {
    pub(crate) fn into_key(self) -> String {
        self.raw.unwrap_or(self.text)
    }
}

/// Spells a path. What is no UTF-8 is read as GB18030, which old Chinese file systems and archives have, else with
/// replacement characters; its bytes are given beside.
pub(crate) fn spell(path: &Path) -> Spelt {
    if let Some(text) = path.to_str() {
        return Spelt {
            text: text.to_owned(),
            raw: None,
        };
    }
    let bytes = path.as_os_str().as_encoded_bytes();
    Spelt {
        text: decode(bytes),
        raw: Some(escape(bytes)),
    }
}

/// A name of UTF-8, else of GB18030, else what can be read of it.
pub(crate) fn decode(bytes: &[u8]) -> String {
    if let Ok(text) = std::str::from_utf8(bytes) {
        return text.to_owned();
    }
    match GB18030.decode_without_bom_handling_and_without_replacement(bytes) {
        Some(text) => text.into_owned(),
        None => String::from_utf8_lossy(bytes).into_owned(),
    }
}

fn escape(bytes: &[u8]) -> String {
    let mut text = String::new();
    for byte in bytes {
        if byte.is_ascii_graphic() && *byte != b'%' {
            text.push(char::from(*byte));
        } else {
            write!(text, "%{byte:02X}").expect("text takes all that is written");
        }
    }
    text
}

/// The extension of a name in lower case, of two parts where it is that of a compressed archive.
pub(crate) fn extension(name: &OsStr) -> String {
    let path = Path::new(name);
    let lower = |name: &OsStr| name.to_string_lossy().to_lowercase();
    let last = path.extension().map(lower).unwrap_or_default();
    let inner = path.file_stem().map(Path::new).and_then(Path::extension);
    match inner.map(lower) {
        Some(inner) if last == "gz" && inner == "tar" => "tar.gz".to_owned(),
        _ => last,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_in_gbk_are_read_and_kept_apart() {
        let bytes = b"\xB1\xA8\xB8\xE6.docx";
        assert_eq!(decode(bytes), "报告.docx");
        assert_eq!(escape(bytes), "%B1%A8%B8%E6.docx");
        assert_eq!(decode(b"\xFF\xFF"), "\u{FFFD}\u{FFFD}");
    }

    #[test]
    fn a_compressed_archive_has_two_extensions() {
        assert_eq!(extension(OsStr::new("old.TAR.gz")), "tar.gz");
        assert_eq!(extension(OsStr::new("a.b.docx")), "docx");
        assert_eq!(extension(OsStr::new("Makefile")), "");
    }
}
