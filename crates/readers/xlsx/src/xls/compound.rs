//! Compound files ([MS-CFB]), as far as their streams are read.
//!
//! A file that was cut short still gives the sectors that it has. The `cfb` crate refuses such a
//! file, which is why its table of sectors is read here.

use crate::biff::Bytes;

/// Numbers from here on are no sectors but ends of chains and the like ([MS-CFB] 2.1).
const FREE: u32 = 0xFFFF_FFFA;
/// Bytes of a directory entry ([MS-CFB] 2.6.1).
const ENTRY: usize = 128;

/// A compound file.
pub(super) struct Compound<'a> {
    bytes: &'a [u8],
    /// Bytes of a sector, and of one of the small ones.
    sector: usize,
    small_sector: usize,
    /// Streams below this size stand in small sectors.
    small_below: u64,
    /// The sector behind each sector.
    next: Vec<u32>,
    next_small: Vec<u32>,
    small: Vec<u8>,
    entries: Vec<Entry>,
}

/// A stream or storage.
struct Entry {
    name: String,
    is_stream: bool,
    left: u32,
    right: u32,
    child: u32,
    first: u32,
    size: u64,
}

/// What there is of a stream.
pub(super) struct Stream {
    pub(super) bytes: Vec<u8>,
    /// Whether it is all there.
    pub(super) is_whole: bool,
}

impl<'a> Compound<'a> {
    /// Opens a compound file; none where it has no directory.
    pub(super) fn open(bytes: &'a [u8]) -> Option<Self> {
        let mut header = Bytes::new(bytes.get(24..512)?);
        header.skip(2)?;
        let version = header.u16()?;
        header.skip(2)?;
        let (sector, small_sector) = (header.u16()?, header.u16()?);
        // Sectors of 512 or 4,096 bytes, small ones of 64 ([MS-CFB] 2.2); others are not allocated.
        let sector = 1_usize << sector.clamp(7, 16);
        let small_sector = 1_usize << small_sector.clamp(4, 12);
        header.skip(6 + 4 + 4)?;
        let first_of_directory = header.u32()?;
        header.skip(4)?;
        let small_below = u64::from(header.u32()?);
        let first_of_small_table = header.u32()?;
        header.skip(4)?;
        let first_of_more_tables = header.u32()?;
        header.skip(4)?;
        let mut file = Self {
            bytes,
            sector,
            small_sector,
            small_below,
            next: Vec::new(),
            next_small: Vec::new(),
            small: Vec::new(),
            entries: Vec::new(),
        };
        file.next = file.table(header.rest(), first_of_more_tables);
        let directory = file.chain(first_of_directory, u64::MAX).bytes;
        let entries = directory.chunks_exact(ENTRY);
        file.entries = entries
            .filter_map(|entry| Entry::read(entry, version))
            .collect();
        let root = file.entries.first()?;
        let (first, size) = (root.first, root.size);
        file.small = file.chain(first, size).bytes;
        file.next_small = numbers(&file.chain(first_of_small_table, u64::MAX).bytes);
        Some(file)
    }

    /// How many sectors the file has, one that is cut included.
    fn count(&self) -> usize {
        self.bytes.len().div_ceil(self.sector)
    }

    /// A sector, or what there is of it ([MS-CFB] 2.2: the header takes the place of one).
    fn sector(&self, number: u32) -> Option<&'a [u8]> {
        let start = (usize::try_from(number).ok()?.checked_add(1)?).checked_mul(self.sector)?;
        let rest = self.bytes.get(start..).filter(|rest| !rest.is_empty())?;
        Some(rest.get(..self.sector).unwrap_or(rest))
    }

    /// The sector behind each sector. `first` lists the first 109 pieces of the table, and a chain
    /// of sectors the others ([MS-CFB] 2.3, 2.5). Sectors that the file does not have are not read.
    fn table(&self, first: &[u8], mut more: u32) -> Vec<u32> {
        let mut pieces = numbers(first);
        let most = self.count();
        while pieces.len() < most && more < FREE {
            let Some(sector) = self.sector(more) else {
                break;
            };
            let mut numbers = numbers(sector);
            let Some(last) = numbers.pop().filter(|_| sector.len() == self.sector) else {
                break;
            };
            pieces.extend(numbers);
            more = last;
        }
        let mut next = Vec::new();
        for piece in pieces {
            if next.len() >= most {
                break;
            }
            match self.sector(piece) {
                Some(sector) => next.extend(numbers(sector)),
                None if piece < FREE => next.extend(vec![FREE; self.sector / 4]),
                None => {}
            }
        }
        next
    }

    /// The bytes of a chain of sectors, up to `size`.
    fn chain(&self, first: u32, size: u64) -> Stream {
        let wanted = usize::try_from(size).unwrap_or(usize::MAX);
        let mut bytes = Vec::new();
        let mut number = first;
        // A chain is endless where it is longer than the file.
        for _ in 0..self.count() {
            if bytes.len() >= wanted {
                break;
            }
            let Some(sector) = self.sector(number) else {
                break;
            };
            bytes.extend_from_slice(sector);
            number = self.next.get(number as usize).copied().unwrap_or(FREE);
        }
        cut(bytes, wanted)
    }

    fn small_chain(&self, first: u32, size: u64) -> Stream {
        let wanted = usize::try_from(size).unwrap_or(usize::MAX);
        let mut bytes = Vec::new();
        let mut number = first as usize;
        for _ in 0..=self.next_small.len() {
            if bytes.len() >= wanted {
                break;
            }
            let start = number.saturating_mul(self.small_sector);
            let Some(rest) = self.small.get(start..).filter(|rest| !rest.is_empty()) else {
                break;
            };
            bytes.extend_from_slice(rest.get(..self.small_sector).unwrap_or(rest));
            number = self
                .next_small
                .get(number)
                .map_or(usize::MAX, |&next| next as usize);
        }
        cut(bytes, wanted)
    }

    /// A stream of the outermost storage; names are compared without regard to case.
    pub(super) fn stream(&self, name: &str) -> Option<Stream> {
        let entry = self.find(name)?;
        Some(if entry.size < self.small_below {
            self.small_chain(entry.first, entry.size)
        } else {
            self.chain(entry.first, entry.size)
        })
    }

    fn find(&self, name: &str) -> Option<&Entry> {
        let is_meant = |entry: &Entry| entry.is_stream && entry.name.eq_ignore_ascii_case(name);
        let mut to_see = vec![self.entries.first()?.child];
        let mut seen = vec![false; self.entries.len()];
        while let Some(number) = to_see.pop() {
            let index = number as usize;
            let Some(entry) = self.entries.get(index) else {
                continue;
            };
            if seen
                .get_mut(index)
                .is_none_or(|seen| std::mem::replace(seen, true))
            {
                continue;
            }
            if is_meant(entry) {
                return Some(entry);
            }
            to_see.extend([entry.left, entry.right]);
        }
        // The tree is broken: the first of that name is the likeliest.
        self.entries.iter().find(|entry| is_meant(entry))
    }
}

impl Entry {
    fn read(bytes: &[u8], version: u16) -> Option<Self> {
        let mut fields = Bytes::new(bytes);
        let name = fields.take(64)?;
        let length = usize::from(fields.u16()?).saturating_sub(2).min(62);
        let kind = fields.u8()?;
        fields.skip(1)?;
        let (left, right, child) = (fields.u32()?, fields.u32()?, fields.u32()?);
        fields.skip(36)?;
        let first = fields.u32()?;
        let size = fields.u64()?;
        Some(Self {
            name: Bytes::new(name).utf16(length / 2)?,
            is_stream: kind == 2,
            left,
            right,
            child,
            first,
            // Version 3 leaves the upper half undefined ([MS-CFB] 2.6.1).
            size: if version < 4 {
                size & 0xFFFF_FFFF
            } else {
                size
            },
        })
    }
}

/// The bytes up to the size of a stream.
fn cut(mut bytes: Vec<u8>, size: usize) -> Stream {
    bytes.truncate(size);
    Stream {
        is_whole: size == usize::MAX || bytes.len() == size,
        bytes,
    }
}

fn numbers(bytes: &[u8]) -> Vec<u32> {
    let (numbers, _) = bytes.as_chunks::<4>();
    numbers.iter().copied().map(u32::from_le_bytes).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A compound file of one stream of 5,000 bytes in sectors 2 to 11, behind table and directory.
    fn file() -> Vec<u8> {
        let mut bytes = vec![0_u8; 512 * 13];
        let mut put = |at: usize, data: &[u8]| bytes[at..at + data.len()].copy_from_slice(data);
        put(0, &[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]);
        put(26, &[3, 0, 0xFE, 0xFF, 9, 0, 6, 0]);
        put(48, &1_u32.to_le_bytes());
        put(56, &4096_u32.to_le_bytes());
        for at in [60, 68] {
            put(at, &0xFFFF_FFFE_u32.to_le_bytes());
        }
        put(76, &[0xFF; 436]);
        put(76, &0_u32.to_le_bytes());
        let mut table = vec![0xFFFF_FFFD, 0xFFFF_FFFE];
        table.extend(3..12_u32);
        table.push(0xFFFF_FFFE);
        for (index, number) in table.iter().enumerate() {
            put(512 + 4 * index, &number.to_le_bytes());
        }
        for (index, (name, kind, child, first, size)) in [
            ("Root Entry", 5, 1, 0xFFFF_FFFE_u32, 0),
            ("Workbook", 2, u32::MAX, 2, 5000_u64),
        ]
        .into_iter()
        .enumerate()
        {
            let at = 1024 + ENTRY * index;
            let units: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
            put(at, &units);
            put(at + 64, &[units.len() as u8 + 2, 0, kind]);
            put(at + 68, &[0xFF; 8]);
            put(at + 76, &child.to_le_bytes());
            put(at + 116, &first.to_le_bytes());
            put(at + 120, &size.to_le_bytes());
        }
        for at in 0..5000 {
            put(1536 + at, &[(at % 251) as u8]);
        }
        bytes
    }

    #[test]
    fn a_stream_is_read_as_far_as_it_is_there() {
        let bytes = file();
        let stream = |bytes: &[u8]| {
            Compound::open(bytes)?
                .stream("workbook")
                .map(|stream| (stream.bytes.len(), stream.is_whole))
        };
        assert_eq!(stream(&bytes), Some((5000, true)));
        assert_eq!(stream(&bytes[..4000]), Some((4000 - 1536, false)));
        assert_eq!(stream(&bytes[..1536]), Some((0, false)));
        assert_eq!(stream(&bytes[..600]), None);
        let found = Compound::open(&bytes).expect("a file").stream("Workbook");
        let found = found.expect("a stream").bytes;
        assert!(
            found
                .iter()
                .enumerate()
                .all(|(at, &b)| usize::from(b) == at % 251)
        );
    }

    #[test]
    fn an_endless_chain_ends() {
        let mut bytes = file();
        // The last sector of the stream leads to its first.
        bytes[512 + 4 * 11..512 + 4 * 12].copy_from_slice(&2_u32.to_le_bytes());
        bytes[1024 + ENTRY + 120..1024 + ENTRY + 124].copy_from_slice(&u32::MAX.to_le_bytes());
        let stream = Compound::open(&bytes).expect("a file").stream("Workbook");
        let stream = stream.expect("a stream");
        assert!(!stream.is_whole && stream.bytes.len() <= bytes.len());
    }
}
