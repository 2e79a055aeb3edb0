//! Strings of records ([MS-XLS] 2.5.240, 2.5.293, 2.5.294), and the strings that cells share.

use encoding_rs::Encoding;
use tabulary_ir::{Budget, Error, Marks};

use super::version::Biff;
use crate::biff::{Bytes, rich_text};
use crate::text::Text;

/// How strings of a workbook are stored.
#[derive(Clone, Copy, Debug)]
pub(super) struct Codec {
    pub(super) biff: Biff,
    pub(super) encoding: &'static Encoding,
}

/// From a UTF-16 code unit on, the number of a font.
pub(super) type Run = (u32, u16);

impl Codec {
    /// A string whose length has two bytes.
    pub(super) fn long(&self, bytes: &mut Bytes<'_>) -> Option<String> {
        let count = bytes.u16()?;
        self.sized(bytes, count.into())
    }

    /// A string whose length has one byte.
    pub(super) fn short(&self, bytes: &mut Bytes<'_>) -> Option<String> {
        let count = bytes.u8()?;
        self.sized(bytes, count.into())
    }

    /// A string of that many characters.
    pub(super) fn sized(&self, bytes: &mut Bytes<'_>, count: usize) -> Option<String> {
        self.rich(bytes, count).map(|(text, _)| text)
    }

    /// A string of that many characters with its runs, where it has any beside it.
    pub(super) fn rich(&self, bytes: &mut Bytes<'_>, count: usize) -> Option<(String, Vec<Run>)> {
        if self.biff != Biff::Biff8 {
            let text = bytes.take(count)?;
            return Some((self.decode(text), Vec::new()));
        }
        let mut parts = Continued::new(vec![bytes.rest()]);
        let bits = parts.u8()?;
        let string = parts.string(bits, count)?;
        *bytes = parts.now;
        Some(string)
    }

    /// A string whose length has two bytes and that goes on in the next records.
    pub(super) fn continued(&self, parts: Vec<&[u8]>) -> Option<String> {
        if self.biff != Biff::Biff8 {
            let bytes = parts.concat();
            let mut bytes = Bytes::new(&bytes);
            return match self.biff {
                Biff::Biff2 => self.short(&mut bytes),
                _ => self.long(&mut bytes),
            };
        }
        let mut parts = Continued::new(parts);
        let count = parts.u16()?;
        let bits = parts.u8()?;
        parts.string(bits, count.into()).map(|(text, _)| text)
    }

    /// Text of the code page of the workbook.
    pub(super) fn decode(&self, bytes: &[u8]) -> String {
        let (text, _) = self.encoding.decode_without_bom_handling(bytes);
        text.into_owned()
    }
}

/// Bytes that go on in the next record.
pub(super) struct Continued<'a> {
    parts: std::vec::IntoIter<&'a [u8]>,
    now: Bytes<'a>,
}

impl<'a> Continued<'a> {
    pub(super) fn new(parts: Vec<&'a [u8]>) -> Self {
        Self {
            parts: parts.into_iter(),
            now: Bytes::default(),
        }
    }

    fn next_part(&mut self) -> Option<()> {
        self.now = Bytes::new(self.parts.next()?);
        Some(())
    }

    fn u8(&mut self) -> Option<u8> {
        while self.now.is_empty() {
            self.next_part()?;
        }
        self.now.u8()
    }

    pub(super) fn u16(&mut self) -> Option<u16> {
        Some(u16::from_le_bytes([self.u8()?, self.u8()?]))
    }

    fn u32(&mut self) -> Option<u32> {
        Some(u32::from(self.u16()?) | u32::from(self.u16()?) << 16)
    }

    pub(super) fn skip(&mut self, mut count: usize) -> Option<()> {
        while count > 0 {
            let here = count.min(self.now.rest().len());
            self.now.skip(here)?;
            count -= here;
            if count > 0 {
                self.next_part()?;
            }
        }
        Some(())
    }

    /// Characters of one or two bytes. Where they go on in the next record, it says anew which.
    pub(super) fn characters(&mut self, count: usize, mut is_wide: bool) -> Option<String> {
        let mut units = Vec::with_capacity(count.min(self.now.rest().len()));
        while units.len() < count {
            if self.now.is_empty() {
                self.next_part()?;
                is_wide = self.now.u8()? & 1 != 0;
            }
            let left = count - units.len();
            if is_wide {
                let here = left.min(self.now.rest().len() / 2);
                if here == 0 {
                    self.now = Bytes::default();
                }
                let (pairs, _) = self.now.take(here * 2)?.as_chunks::<2>();
                units.extend(pairs.iter().copied().map(u16::from_le_bytes));
            } else {
                let here = left.min(self.now.rest().len());
                units.extend(self.now.take(here)?.iter().copied().map(u16::from));
            }
        }
        Some(String::from_utf16_lossy(&units))
    }

    /// A string behind its length and the bits that say what it has ([MS-XLS] 2.5.293).
    fn string(&mut self, bits: u8, count: usize) -> Option<(String, Vec<Run>)> {
        let run_count = if bits & 0x08 != 0 { self.u16()? } else { 0 };
        let beside = if bits & 0x04 != 0 { self.u32()? } else { 0 };
        let text = self.characters(count, bits & 1 != 0)?;
        let mut runs = Vec::new();
        for _ in 0..run_count {
            runs.push((self.u16()?.into(), self.u16()?));
        }
        // How the characters are read aloud.
        self.skip(usize::try_from(beside).ok()?)?;
        Some((text, runs))
    }
}

/// The strings that cells share ([MS-XLS] 2.4.265), up to the first that is not all there.
pub(super) fn shared(
    parts: Vec<&[u8]>,
    marks: &dyn Fn(u16) -> Marks,
    budget: &Budget,
) -> Result<Vec<Text>, Error> {
    let mut parts = Continued::new(parts);
    let mut strings = Vec::new();
    let _ = parts.u32();
    let count = parts.u32().unwrap_or_default();
    for number in 0..count {
        let next = || {
            let count = parts.u16()?;
            let bits = parts.u8()?;
            parts.string(bits, count.into())
        };
        let Some((text, runs)) = { next }() else {
            break;
        };
        budget.blocks(u64::from(number % 64 == 0))?;
        if number % 4096 == 0 {
            budget.tick()?;
        }
        strings.push(styled(text, &runs, marks));
    }
    Ok(strings)
}

/// A text with the marks of its runs' fonts.
pub(super) fn styled(text: String, runs: &[Run], marks: &dyn Fn(u16) -> Marks) -> Text {
    let runs: Vec<_> = runs.iter().map(|(at, font)| (*at, marks(*font))).collect();
    rich_text(text, &runs)
}

#[cfg(test)]
mod tests {
    use super::*;
    use encoding_rs::{GBK, WINDOWS_1252};
    use tabulary_ir::{Inline, Mark, ReadOptions};

    #[test]
    fn strings_are_stored_by_version() {
        let codec = |biff, encoding| Codec { biff, encoding };
        let new = codec(Biff::Biff8, WINDOWS_1252);
        let wide = [2, 0, 1, 0x2D, 0x4E, 0x87, 0x65];
        assert_eq!(new.long(&mut Bytes::new(&wide)).as_deref(), Some("中文"));
        let narrow = [2, 0, b'a', 0xE9, 9];
        let mut bytes = Bytes::new(&narrow);
        assert_eq!(new.short(&mut bytes).as_deref(), Some("aé"));
        assert_eq!(bytes.rest(), [9]);
        assert_eq!(new.short(&mut Bytes::new(&[3, 0, b'a'])), None);
        let old = codec(Biff::Biff5, GBK);
        let bytes = [4, 0xD6, 0xD0, 0xCE, 0xC4];
        assert_eq!(old.short(&mut Bytes::new(&bytes)).as_deref(), Some("中文"));
    }

    #[test]
    fn shared_strings_go_on_in_the_next_record() {
        // Four strings are claimed and three are there: one with runs, one that goes on in two
        // bytes a character, and one with data beside it.
        let first = [
            &[3, 0, 0, 0, 4, 0, 0, 0][..],
            &[2, 0, 8, 1, 0, b'a', b'b', 1, 0, 5, 0],
            &[3, 0, 0, b'x'],
        ]
        .concat();
        let second = [
            &[1, 0x2D, 0x4E, 0x87, 0x65][..],
            &[1, 0, 4, 2, 0, 0, 0, b'z', 9, 9],
            &[9, 0, 0, b'?'],
        ]
        .concat();
        let budget = ReadOptions::default().budget();
        let marks = |font| {
            if font == 5 {
                Mark::Bold.into()
            } else {
                Marks::NONE
            }
        };
        let strings = shared(vec![&first, &second], &marks, &budget).expect("within limits");
        let rich = vec![
            Inline::text("a", Marks::NONE),
            Inline::text("b", Mark::Bold.into()),
        ];
        let wanted = [
            Text::Rich(rich),
            Text::Plain("x中文".into()),
            Text::Plain("z".into()),
        ];
        assert_eq!(strings, wanted);
    }
}
