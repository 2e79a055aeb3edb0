//! Tells the encoding of a text and decodes it.
//!
//! The order is: byte order mark, the label that the text declares, UTF-16 without a mark, strict
//! UTF-8, and at last the statistics of `chardetng`. GBK and GB2312 are read as GB18030, which holds both
//! (Encoding Standard 10.1 and 10.2).

mod guess;
pub mod symbol;

use encoding_rs::{Encoding, GB18030, UTF_8, UTF_16BE, UTF_16LE};
use tabulary_ir::{Code, Diagnostics};

/// A text, and how its encoding was told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decoded {
    /// The text, without a byte order mark.
    pub text: String,
    /// The name of the encoding, as the Encoding Standard gives it.
    pub encoding: &'static str,
    /// How the encoding was told.
    pub told: Told,
    /// Whether bytes that are no text in the encoding were replaced by U+FFFD.
    pub replaced: bool,
}

/// How an encoding was told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Told {
    /// By a byte order mark.
    Mark,
    /// By the text itself, as a page does in a `meta` element.
    Declared,
    /// All bytes are valid UTF-8.
    Valid,
    /// By what the bytes look like.
    Guessed,
}

impl Decoded {
    /// Tells what was guessed and what was replaced.
    pub fn report(&self, diagnostics: &mut Diagnostics) {
        if self.told == Told::Guessed {
            let message = format!(
                "the text does not say its encoding; it was read as {}",
                self.encoding
            );
            diagnostics.add(Code::EncodingGuessed, message, None);
        }
        if self.replaced {
            let message = format!(
                "some bytes are no text in {}; U+FFFD stands for them",
                self.encoding
            );
            diagnostics.add(Code::EncodingError, message, None);
        }
    }
}

/// Decodes a text. `declared` is the label that the text gives for its encoding, such as `gb2312`; a
/// label that is not known, or that most of the bytes contradict, does not count.
pub fn decode(bytes: &[u8], declared: Option<&str>) -> Decoded {
    if let Some((encoding, length)) = mark(bytes) {
        return finish(encoding, &bytes[length..], Told::Mark);
    }
    if let Some(encoding) = declared.and_then(by_label) {
        let told = finish(encoding, bytes, Told::Declared);
        if !told.replaced || std::str::from_utf8(bytes).is_err() {
            return told;
        }
    }
    if let Some(encoding) = guess::utf_16(bytes) {
        return finish(encoding, bytes, Told::Guessed);
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Decoded {
            text: text.to_owned(),
            encoding: UTF_8.name(),
            told: Told::Valid,
            replaced: false,
        };
    }
    finish(guess::guess(bytes), bytes, Told::Guessed)
}

/// Whether bytes are no text in any encoding: control characters that no text holds, in a place that
/// is not half of a UTF-16 character.
pub fn is_binary(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(4096)];
    if mark(head).is_some() || guess::utf_16(head).is_some() {
        return false;
    }
    head.iter()
        .any(|&b| b < 0x09 || (0x0e..0x1b).contains(&b) || (0x1c..0x20).contains(&b))
}

fn by_label(label: &str) -> Option<&'static Encoding> {
    let encoding = Encoding::for_label(label.trim().as_bytes())?;
    // A text that was read far enough to find the label is not UTF-16 (HTML 13.2.3.3).
    if encoding == UTF_16LE || encoding == UTF_16BE {
        return Some(UTF_8);
    }
    Some(guess::widest(encoding))
}

fn mark(bytes: &[u8]) -> Option<(&'static Encoding, usize)> {
    if bytes.starts_with(&[0x84, 0x31, 0x95, 0x33]) {
        return Some((GB18030, 4));
    }
    Encoding::for_bom(bytes)
}

fn finish(encoding: &'static Encoding, bytes: &[u8], told: Told) -> Decoded {
    let (text, replaced) = encoding.decode_without_bom_handling(bytes);
    Decoded {
        text: text.into_owned(),
        encoding: encoding.name(),
        told,
        replaced,
    }
}

#[cfg(test)]
mod tests;
