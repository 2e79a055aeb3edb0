//! Fonts and cell formats ([MS-XLS] 2.4.122, 2.4.353, 2.4.355).

use tabulary_ir::Rgb;

use super::version::Biff;
use crate::biff::{Bytes, Font, Xf};
use crate::colour::Colours;

/// The font of a record.
pub(super) fn font(data: &[u8], biff: Biff) -> Option<Font> {
    let mut data = Bytes::new(data);
    let (height, bits) = (data.u16()?, data.u16()?);
    if biff < Biff::Biff5 {
        let weight = if bits & 1 == 0 { 400 } else { 700 };
        let underline = u8::from(bits & 4 != 0);
        return Some(Font::new(height, bits, weight, 0, underline));
    }
    data.skip(2)?;
    let (weight, script, underline) = (data.u16()?, data.u16()?, data.u8()?);
    Some(Font::new(height, bits, weight, script, underline))
}

/// Bits of a number, from the lowest.
fn bits(number: u32, first: u32, count: u32) -> u32 {
    number >> first & ((1 << count) - 1)
}

fn small(number: u32) -> u8 {
    u8::try_from(number).unwrap_or_default()
}

/// The cell format of a record.
pub(super) fn xf(data: &[u8], biff: Biff, colours: &Colours) -> Option<Xf> {
    let mut data = Bytes::new(data);
    match biff {
        Biff::Biff2 => {
            let font = data.u8()?.into();
            data.skip(1)?;
            let format = u16::from(data.u8()? & 0x3F);
            let look = data.u8()?;
            let line = |bit: u32| u8::from(look >> bit & 1 == 1);
            Some(Xf {
                font,
                format,
                horizontal: look & 7,
                vertical: 2,
                borders: [line(3), line(4), line(5), line(6)],
                ..Xf::default()
            })
        }
        Biff::Biff3 | Biff::Biff4 => old(data, biff, colours),
        Biff::Biff5 => {
            let mut xf = Xf {
                font: data.u16()?,
                format: data.u16()?,
                ..Xf::default()
            };
            data.skip(2)?;
            let set = data.u16()?.into();
            aligned(&mut xf, set);
            xf.rotation = turned(bits(set, 8, 2));
            let (fill, lines) = (data.u32()?, data.u32()?);
            xf.fill = solid(bits(fill, 16, 6), bits(fill, 0, 7), colours);
            xf.borders = [
                small(bits(lines, 3, 3)),
                small(bits(lines, 6, 3)),
                small(bits(lines, 0, 3)),
                small(bits(fill, 22, 3)),
            ];
            Some(xf)
        }
        Biff::Biff8 => {
            let mut xf = Xf {
                font: data.u16()?,
                format: data.u16()?,
                ..Xf::default()
            };
            data.skip(2)?;
            aligned(&mut xf, data.u8()?.into());
            xf.rotation = data.u8()?;
            xf.indent = data.u8()? & 0x0F;
            data.skip(1)?;
            let (lines, more, ground) = (data.u32()?, data.u32()?, data.u16()?.into());
            xf.borders = [0, 4, 8, 12].map(|first| small(bits(lines, first, 4)));
            xf.fill = solid(bits(more, 26, 6), bits(ground, 0, 7), colours);
            Some(xf)
        }
    }
}

/// The cell format of Excel 3 and 4.
fn old(mut data: Bytes<'_>, biff: Biff, colours: &Colours) -> Option<Xf> {
    let mut xf = Xf {
        font: data.u8()?.into(),
        format: data.u8()?.into(),
        ..Xf::default()
    };
    data.skip(2)?;
    let set = u32::from(data.u16()?);
    xf.horizontal = small(bits(set, 0, 3));
    xf.wrap = bits(set, 3, 1) == 1;
    xf.vertical = 2;
    if biff == Biff::Biff4 {
        xf.vertical = small(bits(set, 4, 2));
        xf.rotation = turned(bits(set, 6, 2));
    }
    let (ground, lines) = (u32::from(data.u16()?), data.u32()?);
    xf.fill = solid(bits(ground, 0, 6), bits(ground, 6, 5), colours);
    xf.borders = [8, 24, 0, 16].map(|first| small(bits(lines, first, 3)));
    Some(xf)
}

fn aligned(xf: &mut Xf, set: u32) {
    xf.horizontal = small(bits(set, 0, 3));
    xf.wrap = bits(set, 3, 1) == 1;
    xf.vertical = small(bits(set, 4, 3));
}

/// The rotation of Excel 4 to 95.
fn turned(orientation: u32) -> u8 {
    match orientation {
        1 => 255,
        2 => 90,
        3 => 180,
        _ => 0,
    }
}

fn solid(pattern: u32, colour: u32, colours: &Colours) -> Option<Rgb> {
    let colour = colours.indexed(usize::try_from(colour).ok()?);
    colour.filter(|_| pattern == 1)
}

/// The format that a record extends, and the ground that it gives it: a colour beyond the palette.
pub(super) fn extended_fill(data: &[u8]) -> Option<(u16, Rgb)> {
    let mut data = Bytes::new(data);
    data.skip(14)?;
    let number = data.u16()?;
    data.skip(2)?;
    for _ in 0..data.u16()? {
        let kind = data.u16()?;
        let size = usize::from(data.u16()?);
        let mut property = Bytes::new(data.take(size.checked_sub(4)?)?);
        // The colour of the pattern, given as red, green and blue ([MS-XLS] 2.5.108, 2.5.155).
        if kind == 4 && property.u16()? == 2 {
            property.skip(2)?;
            let [r, g, b] = [property.u8()?, property.u8()?, property.u8()?];
            return Some((number, Rgb([r, g, b])));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use tabulary_ir::{Mark, Marks};

    #[test]
    fn a_format_of_excel_97_is_read() {
        // Font 6, format 14, centred, wrapped, in the middle, turned by 90 degrees, indent 2, thin
        // line at the left, double line below, solid red.
        let data = [
            6, 0, 14, 0, 1, 0, 0x1A, 90, 2, 0xFC, 0x01, 0x60, 0, 0, 0, 0, 0, 0x04, 10, 0,
        ];
        let xf = xf(&data, Biff::Biff8, &Colours::default()).expect("a format");
        let wanted = Xf {
            font: 6,
            format: 14,
            horizontal: 2,
            vertical: 1,
            wrap: true,
            rotation: 90,
            indent: 2,
            borders: [1, 0, 0, 6],
            fill: Some(Rgb([255, 0, 0])),
        };
        assert_eq!(xf, wanted);
        assert_eq!(
            super::xf(&data[..19], Biff::Biff8, &Colours::default()),
            None
        );
    }

    #[test]
    fn a_format_of_excel_95_is_read() {
        // Solid in colour 13, medium line below, thin line above, hair line at the right.
        let fill = 13_u32 | 1 << 16 | 2 << 22;
        let lines = 1_u32 | 7 << 6;
        let data = [
            &[5, 0, 3, 0, 1, 0, 0x23, 0x02][..],
            &fill.to_le_bytes(),
            &lines.to_le_bytes(),
        ]
        .concat();
        let xf = xf(&data, Biff::Biff5, &Colours::default()).expect("a format");
        assert_eq!(xf.borders, [0, 7, 1, 2]);
        assert_eq!(xf.fill, Some(Rgb([255, 255, 0])));
        assert_eq!((xf.horizontal, xf.vertical, xf.rotation), (3, 2, 90));
    }

    #[test]
    fn a_font_is_read() {
        let data = [0xC8, 0, 2, 0, 8, 0, 0xBC, 2, 1, 0, 1, 0, 0, 0];
        let font = font(&data, Biff::Biff8).expect("a font");
        assert_eq!(font.height, 200);
        let marks: Marks = [Mark::Bold, Mark::Italic, Mark::Superscript, Mark::Underline]
            .into_iter()
            .collect();
        assert_eq!(font.marks, marks);
    }
}
