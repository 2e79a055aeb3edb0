//! Drawings of sheets and pictures of the workbook ([MS-ODRAW] 2.2), as far as they are read.

use crate::biff::Bytes;
use crate::place::Area;

/// How deep groups of shapes may stand in one another.
const DEPTH: usize = 32;

/// A picture of the workbook.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Picture {
    pub(super) bytes: Vec<u8>,
    pub(super) media_type: &'static str,
}

/// A shape of a sheet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Shape {
    /// The cells that it covers.
    pub(super) area: Option<Area>,
    /// The number of its picture, from 1.
    pub(super) picture: Option<usize>,
    /// What is said of it for who cannot see it.
    pub(super) description: String,
    /// Whether a record of the sheet says more of it.
    pub(super) has_object: bool,
}

/// A record: its instance, kind and data ([MS-ODRAW] 2.2.1).
struct Record<'a> {
    instance: u16,
    kind: u16,
    data: &'a [u8],
}

fn records(bytes: &[u8]) -> impl Iterator<Item = Record<'_>> {
    let mut rest = Bytes::new(bytes);
    std::iter::from_fn(move || {
        let (head, kind) = (rest.u16()?, rest.u16()?);
        let size = rest.length()?;
        // What is cut is read as far as it is there.
        let size = size.min(rest.rest().len());
        let data = rest.take(size)?;
        Some(Record {
            instance: head >> 4,
            kind,
            data,
        })
    })
}

/// The pictures of the workbook in their order; none for one that is linked or a metafile.
pub(super) fn pictures(bytes: &[u8]) -> Vec<Option<Picture>> {
    let groups = records(bytes).filter(|record| record.kind == 0xF000);
    let stores = groups.flat_map(|group| records(group.data));
    let stores = stores.filter(|record| record.kind == 0xF001);
    let entries = stores.flat_map(|store| records(store.data));
    entries
        .map(|entry| match entry.kind {
            0xF007 => {
                let name = entry.data.get(33).copied().map_or(0, usize::from);
                let blip = records(entry.data.get(36 + name..)?).next()?;
                picture(&blip)
            }
            _ => picture(&entry),
        })
        .collect()
}

/// [MS-ODRAW] 2.2.23.
fn picture(record: &Record<'_>) -> Option<Picture> {
    let mut data = Bytes::new(record.data);
    // One or two digests, and a byte.
    data.skip(if record.instance & 1 == 0 { 17 } else { 33 })?;
    let (bytes, media_type) = match record.kind {
        0xF01D | 0xF01E | 0xF029 | 0xF02A => (data.rest().to_vec(), media_type(data.rest())),
        0xF01F => (bitmap(data.rest())?, "image/bmp"),
        _ => return None,
    };
    (!bytes.is_empty()).then_some(Picture { bytes, media_type })
}

/// The media type of an image by its first bytes: programs keep images of one kind as another.
fn media_type(bytes: &[u8]) -> &'static str {
    match bytes {
        [0xFF, 0xD8, ..] => "image/jpeg",
        [b'G', b'I', b'F', b'8', ..] => "image/gif",
        [b'I', b'I', 42, 0, ..] | [b'M', b'M', 0, 42, ..] => "image/tiff",
        _ => "image/png",
    }
}

/// A bitmap with the header that it has as a file.
fn bitmap(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut header = Bytes::new(bytes);
    let size = header.u32()?;
    header.skip(10)?;
    let bits = header.u16()?;
    let compression = header.u32()?;
    header.skip(12)?;
    let colours = match header.u32()? {
        0 if bits <= 8 => 1 << bits,
        colours => colours.min(256),
    };
    let masks = if size == 40 && compression == 3 {
        12
    } else {
        0
    };
    let whole = u32::try_from(bytes.len()).ok()?.checked_add(14)?;
    let begin = size.checked_add(14 + masks + 4 * colours)?;
    Some(
        [
            &b"BM"[..],
            &whole.to_le_bytes(),
            &[0; 4],
            &begin.to_le_bytes(),
            bytes,
        ]
        .concat(),
    )
}

/// The shapes of a sheet in their order.
pub(super) fn shapes(bytes: &[u8]) -> Vec<Shape> {
    let mut shapes = Vec::new();
    add_shapes(bytes, DEPTH, &mut shapes);
    shapes
}

fn add_shapes(bytes: &[u8], depth: usize, shapes: &mut Vec<Shape>) {
    for record in records(bytes) {
        match record.kind {
            0xF002 | 0xF003 if depth > 0 => add_shapes(record.data, depth - 1, shapes),
            0xF004 => shapes.push(shape(record.data)),
            _ => {}
        }
    }
}

fn shape(bytes: &[u8]) -> Shape {
    let mut shape = Shape::default();
    for record in records(bytes) {
        match record.kind {
            // What is cut is read as far as it is there.
            0xF00B => {
                let _ = properties(record.instance, record.data, &mut shape);
            }
            0xF010 => shape.area = anchor(record.data),
            0xF011 => shape.has_object = true,
            _ => {}
        }
    }
    shape
}

/// Properties of a shape ([MS-ODRAW] 2.3): numbers, and behind them what is longer.
fn properties(count: u16, bytes: &[u8], shape: &mut Shape) -> Option<()> {
    let mut data = Bytes::new(bytes);
    let mut fixed = Bytes::new(data.take(6 * usize::from(count))?);
    while let Some(property) = fixed.u16() {
        let value = fixed.u32()?;
        let mut long = || data.take(usize::try_from(value).ok()?);
        let is_long = property & 0x8000 != 0;
        match property & 0x3FFF {
            0x0104 if !is_long => shape.picture = usize::try_from(value).ok(),
            0x0381 if is_long => {
                let text = long()?;
                let text = Bytes::new(text).utf16(text.len() / 2)?;
                shape.description = text.trim_end_matches('\0').to_owned();
            }
            _ if is_long => {
                long()?;
            }
            _ => {}
        }
    }
    Some(())
}

/// The cells that an anchor covers ([MS-XLS] 2.5.193). What ends at the very edge of a cell does not
/// reach into it.
fn anchor(bytes: &[u8]) -> Option<Area> {
    let mut data = Bytes::new(bytes);
    data.skip(2)?;
    let mut corner = || Some([data.u16()?, data.u16()?, data.u16()?, data.u16()?]);
    let ([col, _, row, _], [last_col, right, last_row, bottom]) = (corner()?, corner()?);
    let last = |last: u16, offset: u16| u32::from(last).saturating_sub(u32::from(offset == 0));
    let (row, col) = (u32::from(row), u32::from(col.min(0xFF)));
    let (last_row, last_col) = (last(last_row, bottom), last(last_col.min(0xFF), right));
    Some(Area::new(row, col, last_row.max(row), last_col.max(col)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(head: u16, kind: u16, data: &[u8]) -> Vec<u8> {
        let size = u32::try_from(data.len()).expect("short");
        [
            &head.to_le_bytes()[..],
            &kind.to_le_bytes(),
            &size.to_le_bytes(),
            data,
        ]
        .concat()
    }

    #[test]
    fn pictures_are_found_by_their_number() {
        let png = record(0x6E0 << 4, 0xF01E, &[&[0; 17][..], b"\x89PNG"].concat());
        let entry = record(0x62, 0xF007, &[&[0; 36][..], &png].concat());
        let metafile = record(0x3D4 << 4, 0xF01A, &[0; 60]);
        let entry2 = record(0x22, 0xF007, &[&[0; 36][..], &metafile].concat());
        let store = record(0x2F, 0xF001, &[entry, entry2].concat());
        let group = record(0x0F, 0xF000, &store);
        let found = pictures(&group);
        let wanted = Picture {
            bytes: b"\x89PNG".to_vec(),
            media_type: "image/png",
        };
        assert_eq!(found, [Some(wanted), None]);
        for cut in 0..group.len() {
            pictures(&group[..cut]);
        }
    }

    #[test]
    fn shapes_have_an_anchor_and_a_picture() {
        let name: Vec<u8> = "图\0".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let numbers = [
            &0x4104_u16.to_le_bytes()[..],
            &2_u32.to_le_bytes(),
            &0xC381_u16.to_le_bytes(),
            &4_u32.to_le_bytes(),
            &name,
        ]
        .concat();
        let options = record(2 << 4 | 3, 0xF00B, &numbers);
        let corners: Vec<u8> = [2_u16, 1, 5, 3, 6, 4, 0, 9, 7]
            .iter()
            .flat_map(|n| n.to_le_bytes())
            .collect();
        let anchor = record(0, 0xF010, &corners);
        let data = record(0, 0xF011, &[]);
        let shape = record(0x0F, 0xF004, &[options, anchor, data].concat());
        let drawing = record(0x0F, 0xF002, &record(0x0F, 0xF003, &shape));
        let wanted = Shape {
            area: Some(Area::new(3, 1, 9, 3)),
            picture: Some(2),
            description: "图".to_owned(),
            has_object: true,
        };
        assert_eq!(shapes(&drawing), [wanted]);
    }
}
