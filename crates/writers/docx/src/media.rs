//! Images: the types that Word shows, and the size that their bytes tell.

/// The extension of an image part by its media type; none for what Word does not show.
pub(crate) fn extension(media_type: &str) -> Option<&'static str> {
    let kind = media_type.split(';').next().unwrap_or_default().trim();
    Some(match kind.to_ascii_lowercase().as_str() {
        "image/png" => "png",
        "image/jpeg" | "image/jpg" | "image/pjpeg" => "jpeg",
        "image/gif" => "gif",
        "image/bmp" | "image/x-ms-bmp" => "bmp",
        "image/tiff" => "tiff",
        "image/x-emf" | "image/emf" => "emf",
        "image/x-wmf" | "image/wmf" => "wmf",
        _ => return None,
    })
}

/// Width and height in pixels, from the head of a PNG, GIF, BMP or JPEG file.
pub(crate) fn pixels(bytes: &[u8]) -> Option<[u32; 2]> {
    let big = |at: usize| {
        let four: [u8; 4] = bytes.get(at..at + 4)?.try_into().ok()?;
        Some(u32::from_be_bytes(four))
    };
    let little = |at: usize, width: usize| {
        let digits = bytes.get(at..at + width)?.iter().rev();
        Some(digits.fold(0_u32, |sum, &byte| sum << 8 | u32::from(byte)))
    };
    let size = if bytes.starts_with(b"\x89PNG") {
        [big(16)?, big(20)?]
    } else if bytes.starts_with(b"GIF8") {
        [little(6, 2)?, little(8, 2)?]
    } else if bytes.starts_with(b"BM") {
        let height = little(22, 4)?.cast_signed().unsigned_abs();
        [little(18, 4)?, height]
    } else if bytes.starts_with(&[0xFF, 0xD8]) {
        jpeg(bytes)?
    } else {
        return None;
    };
    let sane = |side: u32| (1..=100_000).contains(&side);
    size.iter().all(|&side| sane(side)).then_some(size)
}

/// The size in the frame header of a JPEG file (ISO/IEC 10918-1 B.2.2).
fn jpeg(bytes: &[u8]) -> Option<[u32; 2]> {
    let mut at = 2;
    loop {
        let marker = bytes.get(at..at + 4)?;
        let [0xFF, kind, high, low] = *marker else {
            return None;
        };
        if kind == 0xFF {
            at += 1;
            continue;
        }
        let frame = matches!(kind, 0xC0..=0xCF) && !matches!(kind, 0xC4 | 0xC8 | 0xCC);
        if frame {
            let side = |at: usize| {
                let two = bytes.get(at..at + 2)?;
                Some(u32::from(two[0]) << 8 | u32::from(two[1]))
            };
            return Some([side(at + 7)?, side(at + 5)?]);
        }
        at += 2 + (usize::from(high) << 8 | usize::from(low));
    }
}

/// A name that a part may have: that of the resource where it is plain, else a number.
pub(crate) fn part_name(name: Option<&str>, extension: &str, number: usize) -> String {
    let plain = name.filter(|name| {
        let allowed = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b'_');
        let own = name
            .rsplit_once('.')
            .map(|(stem, own)| (stem, own.to_ascii_lowercase()));
        name.len() <= 80
            && name.bytes().all(allowed)
            && own.is_some_and(|(stem, own)| {
                let same = own == extension || (extension, own.as_str()) == ("jpeg", "jpg");
                let same = same || (extension, own.as_str()) == ("tiff", "tif");
                !stem.is_empty() && !stem.starts_with('.') && same
            })
    });
    plain.map_or_else(|| format!("image{number}.{extension}"), str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_read_from_heads() {
        let mut png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec();
        png.extend([0, 0, 1, 0, 0, 0, 0, 2]);
        assert_eq!(pixels(&png), Some([256, 2]));
        assert_eq!(pixels(b"GIF89a\x05\0\x06\0"), Some([5, 6]));
        let jpeg = [
            0xFF, 0xD8, 0xFF, 0xE0, 0, 4, 1, 2, 0xFF, 0xC0, 0, 11, 8, 0, 9, 0, 7,
        ];
        assert_eq!(pixels(&jpeg), Some([7, 9]));
        assert_eq!(pixels(&jpeg[..12]), None);
        assert_eq!(pixels(b"\x89PNG"), None);
    }

    #[test]
    fn plain_names_are_kept() {
        assert_eq!(part_name(Some("chart-1.png"), "png", 3), "chart-1.png");
        assert_eq!(part_name(Some("photo.JPG"), "jpeg", 3), "photo.JPG");
        assert_eq!(part_name(Some("图.png"), "png", 3), "image3.png");
        assert_eq!(part_name(Some("../a.png"), "png", 3), "image3.png");
        assert_eq!(part_name(None, "gif", 3), "image3.gif");
    }
}
