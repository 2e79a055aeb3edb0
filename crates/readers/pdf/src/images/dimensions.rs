//! How many pixels an image has by its own bytes, whatever the file says of it: decoders believe these.

use hayro_syntax::Filter;
use hayro_syntax::object::{Array, Dict, Number, Object, Stream};

/// The number of components of a JPEG; none where it is not one that all programs show (ITU-T T.81 B.2.2).
pub(super) fn jpeg_components(data: &[u8]) -> Option<u8> {
    let mut rest = data.strip_prefix(&[0xff, 0xd8])?;
    loop {
        match rest {
            [0xff, 0xff, ..] => rest = &rest[1..],
            // Baseline, extended and progressive.
            [0xff, 0xc0..=0xc2, _, _, 8, _, _, _, _, count, ..] => return Some(*count),
            [0xff, 0xc0..=0xc3 | 0xc5..=0xcf | 0xd9 | 0xda, ..] => return None,
            [0xff, 0xd0..=0xd8 | 0x01, ..] => rest = &rest[2..],
            [0xff, _, high, low, ..] => {
                let length = usize::from(u16::from_be_bytes([*high, *low]));
                rest = rest.get(2 + length.max(2)..)?;
            }
            _ => return None,
        }
    }
}

/// Whether no decoder of the image's filters makes more than `most` pixels.
pub(super) fn are_bounded(image: &Stream<'_>, raw: &[u8], most: u64) -> bool {
    let filters = image.filters();
    let Some(last) = filters.last() else {
        return true;
    };
    let is_first = filters.len() == 1;
    match last {
        // What stands below another filter would have to be decoded first.
        Filter::JpxDecode => is_first && jpx(raw).is_some_and(|pixels| pixels <= most),
        Filter::Jbig2Decode => is_first && jbig2(raw).is_some_and(|pixels| pixels <= most),
        Filter::CcittFaxDecode => {
            let params = match image.dict().get::<Object<'_>>(&b"DecodeParms"[..]) {
                Some(Object::Dict(params)) => Some(params),
                Some(Object::Array(all)) => last_dict(&all),
                _ => image.dict().get::<Dict<'_>>(&b"DP"[..]),
            };
            let number = |key: &[u8]| {
                let number = params.as_ref().and_then(|params| params.get::<Number>(key));
                number.map(|number| number.as_i64())
            };
            let columns = number(b"Columns").unwrap_or(1728);
            let rows = number(b"Rows").unwrap_or(0);
            let height = image.dict().get::<u32>(&b"Height"[..]);
            let height = height.or_else(|| image.dict().get::<u32>(&b"H"[..]));
            let rows = rows.max(i64::from(height.unwrap_or(0)));
            columns > 0 && rows >= 0 && columns.saturating_mul(rows) <= most as i64
        }
        _ => true,
    }
}

fn last_dict<'a>(all: &Array<'a>) -> Option<Dict<'a>> {
    all.iter::<Object<'_>>()
        .filter_map(Object::into_dict)
        .last()
}

/// The pixels of a JPEG 2000, by the marker of its size (ITU-T T.800 A.5.1).
fn jpx(data: &[u8]) -> Option<u64> {
    let start = memchr::memmem::find(data, &[0xff, 0x4f, 0xff, 0x51])?;
    let at = |offset: usize| {
        Some(u64::from(u32::from_be_bytes(
            *data.get(start + offset..)?.first_chunk()?,
        )))
    };
    let components = u64::from(u16::from_be_bytes(*data.get(start + 40..)?.first_chunk()?));
    let (width, height) = (at(8)?.checked_sub(at(16)?)?, at(12)?.checked_sub(at(20)?)?);
    let tile = at(24)?.checked_mul(at(28)?)?;
    // Tiles far smaller than the image would be as many as its pixels.
    let tiles = width.checked_mul(height)? / tile.max(1);
    if components > 4 || tiles > 65_536 {
        return None;
    }
    width.checked_mul(height)
}

/// The pixels of a JBIG2 page and of its regions together (ITU-T T.88 7.2 and 7.4).
fn jbig2(data: &[u8]) -> Option<u64> {
    const REGIONS: [u8; 11] = [4, 6, 7, 20, 22, 23, 36, 38, 39, 40, 42];
    let mut rest = data;
    let mut pixels = 0_u64;
    while rest.len() >= 11 {
        let number = u32::from_be_bytes(*rest.first_chunk()?);
        let flags = rest[4];
        let (references, mut at) = match rest[5] >> 5 {
            7 => {
                let count = u32::from_be_bytes(*rest.get(5..)?.first_chunk()?) & 0x1fff_ffff;
                let count = usize::try_from(count).ok()?;
                (count, 9 + (count + 8) / 8)
            }
            count => (usize::from(count), 6),
        };
        let width = match number {
            0..=256 => 1,
            257..=65_536 => 2,
            _ => 4,
        };
        at = at.checked_add(references.checked_mul(width)?)?;
        at += if flags & 0x40 == 0 { 1 } else { 4 };
        let length = u32::from_be_bytes(*rest.get(at..)?.first_chunk()?);
        let body = rest.get(at + 4..)?;
        let kind = flags & 0x3f;
        if kind == 48 || REGIONS.contains(&kind) {
            let width = u32::from_be_bytes(*body.first_chunk()?);
            let height = u32::from_be_bytes(*body.get(4..)?.first_chunk()?);
            // A page whose height is not known beforehand is as high as its stripes.
            let height = if height == u32::MAX { 0 } else { height };
            pixels = pixels.checked_add(u64::from(width).checked_mul(u64::from(height))?)?;
        }
        // A length that is not known: the segment is the last one that can be looked at.
        if length == u32::MAX {
            break;
        }
        rest = body
            .get(usize::try_from(length).ok()?..)
            .unwrap_or_default();
    }
    Some(pixels)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_jpeg_says_its_components() {
        let head = [
            0xff, 0xd8, 0xff, 0xe0, 0, 4, 1, 2, 0xff, 0xc2, 0, 11, 8, 0, 9, 0, 9, 3,
        ];
        assert_eq!(jpeg_components(&head), Some(3));
        assert_eq!(jpeg_components(&head[..10]), None);
        assert_eq!(jpeg_components(b"\x89PNG"), None);
    }
}
