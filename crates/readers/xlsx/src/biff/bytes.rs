//! Bytes of a record, taken one field after the other.

/// What is left of a record. Every field is there or not: nothing is read beyond the end.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Bytes<'a>(&'a [u8]);

impl<'a> Bytes<'a> {
    pub(crate) fn new(bytes: &'a [u8]) -> Self {
        Self(bytes)
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// What was not taken yet.
    pub(crate) fn rest(&self) -> &'a [u8] {
        self.0
    }

    /// The next `count` bytes.
    pub(crate) fn take(&mut self, count: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(count)?;
        self.0 = rest;
        Some(taken)
    }

    pub(crate) fn skip(&mut self, count: usize) -> Option<()> {
        self.take(count).map(|_| ())
    }

    fn array<const N: usize>(&mut self) -> Option<[u8; N]> {
        let (taken, rest) = self.0.split_first_chunk::<N>()?;
        self.0 = rest;
        Some(*taken)
    }

    pub(crate) fn u8(&mut self) -> Option<u8> {
        self.array().map(|[byte]| byte)
    }

    pub(crate) fn u16(&mut self) -> Option<u16> {
        self.array().map(u16::from_le_bytes)
    }

    pub(crate) fn i16(&mut self) -> Option<i16> {
        self.array().map(i16::from_le_bytes)
    }

    /// Three bytes.
    pub(crate) fn u24(&mut self) -> Option<u32> {
        self.array()
            .map(|[a, b, c]| u32::from_le_bytes([a, b, c, 0]))
    }

    pub(crate) fn u32(&mut self) -> Option<u32> {
        self.array().map(u32::from_le_bytes)
    }

    pub(crate) fn i32(&mut self) -> Option<i32> {
        self.array().map(i32::from_le_bytes)
    }

    pub(crate) fn u64(&mut self) -> Option<u64> {
        self.array().map(u64::from_le_bytes)
    }

    pub(crate) fn f64(&mut self) -> Option<f64> {
        self.array().map(f64::from_le_bytes)
    }

    /// A length of four bytes.
    pub(crate) fn length(&mut self) -> Option<usize> {
        usize::try_from(self.u32()?).ok()
    }

    /// The next `count` UTF-16 code units. Halves of pairs become U+FFFD.
    pub(crate) fn utf16(&mut self, count: usize) -> Option<String> {
        let bytes = self.take(count.checked_mul(2)?)?;
        Some(utf16(bytes))
    }
}

/// Text of UTF-16 code units, the lower byte first.
pub(crate) fn utf16(bytes: &[u8]) -> String {
    let units = bytes.chunks_exact(2).map(|pair| {
        pair.iter()
            .rev()
            .fold(0, |unit, &b| unit << 8 | u16::from(b))
    });
    char::decode_utf16(units)
        .map(|unit| unit.unwrap_or(char::REPLACEMENT_CHARACTER))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_read_beyond_the_end() {
        let mut bytes = Bytes::new(&[1, 2, 0, 3, 0, 0, 0x4E, 0x2D]);
        assert_eq!(bytes.u8(), Some(1));
        assert_eq!(bytes.u16(), Some(2));
        assert_eq!(bytes.u24(), Some(3));
        assert_eq!(bytes.u32(), None);
        assert_eq!(bytes.utf16(2), None);
        assert_eq!(bytes.rest(), &[0x4E, 0x2D]);
        assert_eq!(Bytes::new(&[0x2D, 0x4E]).utf16(1).as_deref(), Some("中"));
        assert_eq!(
            Bytes::new(&[0x00, 0xD8]).utf16(1).as_deref(),
            Some("\u{FFFD}")
        );
    }
}
