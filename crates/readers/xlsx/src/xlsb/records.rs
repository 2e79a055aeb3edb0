//! Records of a part ([MS-XLSB] 2.1.4).

use crate::biff::Bytes;

/// A record.
#[derive(Clone, Copy, Debug)]
pub(super) struct Record<'a> {
    pub(super) kind: u16,
    pub(super) data: &'a [u8],
}

/// The records of a part, one after the other.
#[derive(Clone, Copy, Debug)]
pub(super) struct Records<'a> {
    rest: &'a [u8],
    is_cut: bool,
}

impl<'a> Records<'a> {
    pub(super) fn new(part: &'a [u8]) -> Self {
        Self {
            rest: part,
            is_cut: false,
        }
    }

    /// Whether the part ended inside of a record.
    pub(super) fn is_cut(&self) -> bool {
        self.is_cut
    }
}

impl<'a> Iterator for Records<'a> {
    type Item = Record<'a>;

    fn next(&mut self) -> Option<Record<'a>> {
        if self.rest.is_empty() {
            return None;
        }
        let found = first(self.rest);
        let Some((record, rest)) = found else {
            self.is_cut = true;
            self.rest = &[];
            return None;
        };
        self.rest = rest;
        Some(record)
    }
}

/// Kind and size stand in up to two and four bytes of seven bits.
fn first(bytes: &[u8]) -> Option<(Record<'_>, &[u8])> {
    let mut rest = Bytes::new(bytes);
    let low = rest.u8()?;
    let mut kind = u16::from(low & 0x7F);
    if low & 0x80 != 0 {
        kind |= u16::from(rest.u8()? & 0x7F) << 7;
    }
    let mut size = 0;
    for place in 0..4 {
        let byte = rest.u8()?;
        size |= usize::from(byte & 0x7F) << (7 * place);
        if byte & 0x80 == 0 {
            break;
        }
    }
    let data = rest.take(size)?;
    Some((Record { kind, data }, rest.rest()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_and_sizes_take_as_many_bytes_as_they_need() {
        let part = [&[0x01, 1, 9, 0x9C, 0x01, 0x80, 0x01][..], &[7; 128], &[5]].concat();
        let mut records = Records::new(&part);
        let read: Vec<_> = records.by_ref().map(|r| (r.kind, r.data.len())).collect();
        assert_eq!(read, [(1, 1), (156, 128)]);
        assert!(records.is_cut());
        let mut records = Records::new(&part[..3]);
        assert_eq!(records.by_ref().count(), 1);
        assert!(!records.is_cut());
    }
}
