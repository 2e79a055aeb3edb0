//! Records of a stream ([MS-XLS] 2.1.4).

/// Kinds of records, by their names in [MS-XLS] 2.3.
pub(super) mod kind {
    pub(in crate::xls) const EOF: u16 = 0x000A;
    pub(in crate::xls) const CONTINUE: u16 = 0x003C;
    /// The record that begins a substream, of Excel 2, 3, 4, and 5 and later.
    pub(in crate::xls) const BOF: [u16; 4] = [0x0009, 0x0209, 0x0409, 0x0809];
}

/// A record.
#[derive(Clone, Copy, Debug)]
pub(super) struct Record<'a> {
    pub(super) kind: u16,
    pub(super) data: &'a [u8],
}

/// The records of a stream, one after the other.
#[derive(Clone, Copy, Debug)]
pub(super) struct Records<'a> {
    rest: &'a [u8],
}

impl<'a> Records<'a> {
    /// The records from an offset on.
    pub(super) fn new(stream: &'a [u8], at: usize) -> Self {
        Self {
            rest: stream.get(at..).unwrap_or_default(),
        }
    }

    /// The next record; none at the end, and where it is not all there.
    pub(super) fn take(&mut self) -> Option<Record<'a>> {
        let (record, rest) = first(self.rest)?;
        self.rest = rest;
        Some(record)
    }

    /// The next record, where it is of a kind.
    pub(super) fn take_if(&mut self, kind: u16) -> Option<Record<'a>> {
        let (record, rest) = first(self.rest).filter(|(record, _)| record.kind == kind)?;
        self.rest = rest;
        Some(record)
    }

    /// The data of a record and of the records that continue it.
    pub(super) fn continued(&mut self, record: Record<'a>) -> Vec<&'a [u8]> {
        let mut parts = vec![record.data];
        while let Some(next) = self.take_if(kind::CONTINUE) {
            parts.push(next.data);
        }
        parts
    }
}

fn first(bytes: &[u8]) -> Option<(Record<'_>, &[u8])> {
    let (header, rest) = bytes.split_first_chunk::<4>()?;
    let [kind_low, kind_high, size_low, size_high] = *header;
    let kind = u16::from_le_bytes([kind_low, kind_high]);
    let size = u16::from_le_bytes([size_low, size_high]);
    // Zeros fill what a stream does not use.
    if kind == 0 && size == 0 {
        return None;
    }
    let (data, rest) = rest.split_at_checked(size.into())?;
    Some((Record { kind, data }, rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn records_end_where_they_are_cut() {
        let stream = [
            5, 0, 1, 0, 7, 0x3C, 0, 1, 0, 8, 0x3C, 0, 1, 0, 9, 6, 0, 9, 0, 1,
        ];
        let mut records = Records::new(&stream, 0);
        let record = records.take().expect("a record");
        assert_eq!(records.continued(record), [&[7], &[8], &[9]]);
        assert!(records.take().is_none());
        assert!(Records::new(&[0; 8], 0).take().is_none());
        assert!(Records::new(&stream, 99).take().is_none());
    }
}
