//! Addresses that cells lead to ([MS-XLS] 2.4.140, [MS-OSHARED] 2.3.7).

use crate::biff::Bytes;

/// An address of the web.
const URL: [u8; 16] = [
    0xE0, 0xC9, 0xEA, 0x79, 0xF9, 0xBA, 0xCE, 0x11, 0x8C, 0x82, 0x00, 0xAA, 0x00, 0x4B, 0xA9, 0x0B,
];
/// A file.
const FILE: [u8; 16] = [
    0x03, 0x03, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0xC0, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x46,
];

/// The address of a link, behind its range; `#` and a place for one of the workbook.
pub(super) fn address(data: &mut Bytes<'_>) -> Option<String> {
    data.skip(16 + 4)?;
    let bits = data.u32()?;
    // What is shown for it, and the frame that it opens in.
    for bit in [0x10, 0x80] {
        if bits & bit != 0 {
            text(data)?;
        }
    }
    let mut address = String::new();
    if bits & 0x01 != 0 {
        address = if bits & 0x100 != 0 {
            text(data)?
        } else {
            moniker(data)?
        };
    }
    if bits & 0x08 != 0 {
        let place = text(data)?;
        if !place.is_empty() {
            address.push('#');
            address.push_str(place.trim_start_matches('#'));
        }
    }
    (!address.is_empty()).then_some(address)
}

/// A string that ends with a zero, behind the count of its characters.
fn text(data: &mut Bytes<'_>) -> Option<String> {
    let count = data.length()?;
    let text = data.utf16(count)?;
    Some(up_to_zero(&text).to_owned())
}

fn up_to_zero(text: &str) -> &str {
    text.split('\0').next().unwrap_or_default()
}

fn moniker(data: &mut Bytes<'_>) -> Option<String> {
    let kind = data.take(16)?;
    if kind == URL {
        let size = data.length()?;
        let text = Bytes::new(data.take(size)?).utf16(size / 2)?;
        return Some(up_to_zero(&text).to_owned());
    }
    if kind != FILE {
        return None;
    }
    let folders_up = usize::from(data.u16()?).min(64);
    let size = data.length()?;
    let short: String = data.take(size)?.iter().map(|&b| char::from(b)).collect();
    data.skip(24)?;
    let mut path = up_to_zero(&short).to_owned();
    if data.u32()? > 0 {
        let size = data.length()?;
        let kind = data.u16()?;
        let long = data.take(size)?;
        // Excel for the Mac has other kinds of paths.
        if kind == 3 {
            path = Bytes::new(long).utf16(size / 2)?;
        }
    }
    let is_absolute = path.starts_with("\\\\") || path.get(1..2) == Some(":");
    Some(if is_absolute {
        format!("file:///{path}")
    } else {
        "../".repeat(folders_up) + &path.replace('\\', "/")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn utf16(text: &str) -> Vec<u8> {
        text.encode_utf16().flat_map(u16::to_le_bytes).collect()
    }

    fn link(bits: u32, rest: &[&[u8]]) -> Option<String> {
        let head = [&[0; 16][..], &2_u32.to_le_bytes(), &bits.to_le_bytes()].concat();
        let bytes = [head, rest.concat()].concat();
        address(&mut Bytes::new(&bytes))
    }

    #[test]
    fn addresses_are_of_several_kinds() {
        let place = utf16("Sheet2!A1\0");
        let count = 10_u32.to_le_bytes();
        assert_eq!(link(8, &[&count, &place]).as_deref(), Some("#Sheet2!A1"));
        let url = utf16("http://a.b/\0");
        let size = u32::try_from(url.len()).expect("short").to_le_bytes();
        let web = link(0x0B, &[&URL, &size, &url, &count, &place]);
        assert_eq!(web.as_deref(), Some("http://a.b/#Sheet2!A1"));
        let file = [
            &FILE[..],
            &[1, 0],
            &6_u32.to_le_bytes(),
            b"a.xls\0",
            &[0; 24],
            &[0; 4],
        ]
        .concat();
        assert_eq!(link(1, &[&file]).as_deref(), Some("../a.xls"));
        assert_eq!(link(8, &[&[0xFF; 4], &place]), None);
    }
}
