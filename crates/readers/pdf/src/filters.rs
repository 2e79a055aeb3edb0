//! Filters of streams with a bound on what they make (ISO 32000-1 7.4): for counting, and for files whose objects are
//! not known yet.

use flate2::{Decompress, FlushDecompress, Status};

use crate::measure::FLATE as MOST_OF_FLATE;

/// The bytes of a Flate stream, or none where they are more than `most`, or cannot be told.
pub(crate) fn inflate(data: &[u8], most: u64) -> Option<Vec<u8>> {
    const ZLIB_HEADER: usize = 2;
    let mut rest = data.get(ZLIB_HEADER..).unwrap_or_default();
    let mut inflater = Decompress::new(false);
    let mut out = Vec::new();
    loop {
        out.reserve(64 << 10);
        let before = inflater.total_in();
        let status = inflater.decompress_vec(rest, &mut out, FlushDecompress::None);
        let taken = usize::try_from(inflater.total_in() - before).ok()?;
        rest = rest.get(taken..).unwrap_or_default();
        if out.len() as u64 > most {
            return None;
        }
        match status {
            Ok(Status::StreamEnd) => return Some(out),
            Ok(_) if rest.is_empty() && out.len() < out.capacity() => return Some(out),
            Ok(_) => {}
            // What a more patient decoder makes of the rest cannot be told.
            Err(_) if out.len() as u64 + rest.len() as u64 * MOST_OF_FLATE <= most => {
                return Some(out);
            }
            Err(_) => return None,
        }
    }
}

pub(crate) fn run_length(data: &[u8], most: u64) -> Option<Vec<u8>> {
    let mut out = Vec::new();
    let mut at = 0;
    while let Some(&length) = data.get(at) {
        let count = usize::from(length);
        match length {
            128 => break,
            0..=127 => {
                let end = (at + 2 + count).min(data.len());
                out.extend_from_slice(data.get(at + 1..end).unwrap_or_default());
                at = end;
            }
            _ => {
                let byte = data.get(at + 1).copied().unwrap_or_default();
                out.resize(out.len() + 257 - count, byte);
                at += 2;
            }
        }
        if out.len() as u64 > most {
            return None;
        }
    }
    Some(out)
}

pub(crate) fn hexadecimal(data: &[u8]) -> Vec<u8> {
    let digits = data
        .iter()
        .take_while(|byte| **byte != b'>')
        .filter_map(|byte| char::from(*byte).to_digit(16));
    let digits: Vec<u8> = digits.map(|digit| digit as u8).collect();
    digits
        .chunks(2)
        .map(|pair| pair[0] << 4 | pair.get(1).copied().unwrap_or_default())
        .collect()
}

pub(crate) fn base_85(data: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(data.len() / 5 * 4);
    let mut group: Vec<u8> = Vec::with_capacity(5);
    let flush = |group: &mut Vec<u8>, out: &mut Vec<u8>| {
        let length = group.len();
        if length > 1 {
            group.resize(5, 84);
            let value = group.iter().fold(0_u32, |value, digit| {
                value.wrapping_mul(85).wrapping_add(u32::from(*digit))
            });
            out.extend_from_slice(&value.to_be_bytes()[..length - 1]);
        }
        group.clear();
    };
    for byte in data {
        match byte {
            b'z' => out.extend_from_slice(&[0; 4]),
            b'~' => break,
            b'!'..=b'u' => {
                group.push(byte - b'!');
                if group.len() == 5 {
                    flush(&mut group, &mut out);
                }
            }
            _ => {}
        }
    }
    flush(&mut group, &mut out);
    out
}

/// The bytes of an LZW stream, or none where they are more than `most`.
pub(crate) fn lzw(data: &[u8], early: bool, most: u64) -> Option<Vec<u8>> {
    const CLEAR: usize = 256;
    const END: usize = 257;
    const FULL: usize = 4096;
    // Where each code's bytes stand in what was made so far.
    let mut places: Vec<(usize, usize)> = vec![(0, 0); END + 1];
    let mut out: Vec<u8> = Vec::new();
    let (mut bits, mut count) = (0_u32, 0_u32);
    let mut previous: Option<(usize, usize)> = None;
    let mut bytes = data.iter();
    loop {
        let size = places.len() + usize::from(early);
        let width = match size {
            2048.. => 12,
            1024.. => 11,
            512.. => 10,
            _ => 9,
        };
        while count < width {
            let Some(byte) = bytes.next() else {
                return Some(out);
            };
            bits = bits << 8 | u32::from(*byte);
            count += 8;
        }
        count -= width;
        let code = (bits >> count) as usize & ((1 << width) - 1);
        bits &= (1 << count) - 1;
        if code == CLEAR {
            places.truncate(END + 1);
            previous = None;
            continue;
        }
        let start = out.len();
        let (from, length) = match (code, previous) {
            (END, _) => return Some(out),
            (letter, _) if letter < CLEAR => {
                out.push(letter as u8);
                (start, 1)
            }
            (_, Some((from, length))) if code == places.len() => (from, length + 1),
            _ => match places.get(code) {
                Some(place) => *place,
                None => return Some(out),
            },
        };
        if from < start {
            // The last byte of a code that is only being made is the first one of its own.
            for at in from..from + length {
                let byte = out[at];
                out.push(byte);
            }
        }
        if let Some((from, length)) = previous
            && places.len() < FULL
        {
            places.push((from, length + 1));
        }
        previous = Some((start, out.len() - start));
        if out.len() as u64 > most {
            return None;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lzw_as_the_standard_shows_it() {
        // ISO 32000-1 7.4.4.2, example 1.
        let encoded = [0x80, 0x0b, 0x60, 0x50, 0x22, 0x0c, 0x0c, 0x85, 0x01];
        let decoded = lzw(&encoded, true, 100).expect("within the bound");
        assert_eq!(decoded, [45, 45, 45, 45, 45, 65, 45, 45, 45, 66]);
        assert_eq!(lzw(&encoded, true, 9), None);
    }

    #[test]
    fn each_filter_stops_at_its_bound() {
        assert_eq!(
            run_length(&[254, 7, 0, 9, 128], 4).expect("four"),
            [7, 7, 7, 9]
        );
        assert_eq!(run_length(&[129, 7, 129, 7], 200), None);
        assert_eq!(hexadecimal(b"41 4 2>43"), b"AB");
        assert_eq!(base_85(b"87cURD]i,\"Ebo80~>"), b"Hello World!");
        let mut encoder = flate2::Compress::new(flate2::Compression::best(), true);
        let mut small = Vec::with_capacity(4096);
        encoder
            .compress_vec(&[0; 100_000], &mut small, flate2::FlushCompress::Finish)
            .expect("compressed");
        assert_eq!(
            inflate(&small, 100_000).map(|bytes| bytes.len()),
            Some(100_000)
        );
        assert_eq!(inflate(&small, 99_999), None);
    }
}
