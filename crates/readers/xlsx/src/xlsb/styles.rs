//! Number formats, fonts and cell formats ([MS-XLSB] 2.1.7.51).

use std::collections::BTreeMap;

use tabulary_ir::Rgb;

use super::records::Records;
use super::strings::wide;
use crate::biff::{Bytes, Font, Xf};
use crate::colour::Colours;
use crate::display::Display;
use crate::look::Look;

/// What the styles of a workbook say.
#[derive(Debug, Default)]
pub(super) struct Styles<'a> {
    pub(super) fonts: Vec<Font>,
    formats: BTreeMap<u16, String>,
    fills: Vec<&'a [u8]>,
    borders: Vec<[u8; 4]>,
    xfs: Vec<&'a [u8]>,
    indexed: Vec<Rgb>,
}

impl<'a> Styles<'a> {
    pub(super) fn read(part: &'a [u8]) -> Self {
        let mut styles = Self::default();
        let mut is_of_cells = false;
        for record in Records::new(part) {
            let mut data = Bytes::new(record.data);
            match record.kind {
                43 => styles.fonts.push(font(&mut data).unwrap_or_default()),
                44 => {
                    if let Some((number, code)) = data.u16().zip(wide(&mut data)) {
                        styles.formats.insert(number, code);
                    }
                }
                45 => styles.fills.push(record.data),
                46 => styles.borders.push(borders(&mut data).unwrap_or_default()),
                // There are cell formats of named styles too.
                617 => is_of_cells = true,
                618 => is_of_cells = false,
                47 if is_of_cells => styles.xfs.push(record.data),
                475 => styles.indexed.extend(data.u32().map(|colour| {
                    let [r, g, b, _] = colour.to_le_bytes();
                    Rgb([r, g, b])
                })),
                _ => {}
            }
        }
        styles
    }

    /// The looks of the workbook, in the order of its cell formats.
    pub(super) fn looks(&self, mut colours: Colours, display: &mut Display) -> Vec<Look> {
        // The list begins with the eight that stand for the first eight of the palette.
        colours.set_indexed(self.indexed.iter().skip(8).copied());
        let usual = self.fonts.first().copied().unwrap_or_default();
        let mut looks = Vec::with_capacity(self.xfs.len());
        for xf in &self.xfs {
            // One that cannot be read keeps its number.
            let xf = self.xf(xf, &colours).unwrap_or_default();
            let format = match self.formats.get(&xf.format) {
                Some(code) => display.format(code),
                None => display.built_in(xf.format),
            };
            let font = self.fonts.get(usize::from(xf.font)).copied();
            looks.push(xf.look(format, font.unwrap_or_default(), usual));
        }
        looks
    }

    /// [MS-XLSB] 2.4.861.
    fn xf(&self, data: &[u8], colours: &Colours) -> Option<Xf> {
        let mut data = Bytes::new(data);
        data.skip(2)?;
        let (format, font) = (data.u16()?, data.u16()?);
        let (fill, border) = (usize::from(data.u16()?), usize::from(data.u16()?));
        let (rotation, indent) = (data.u8()?, data.u8()?);
        let bits = data.u8()?;
        let fill = self.fills.get(fill).and_then(|fill| solid(fill, colours));
        Some(Xf {
            font,
            format,
            horizontal: bits & 7,
            vertical: bits >> 3 & 7,
            wrap: bits & 0x40 != 0,
            rotation,
            indent,
            borders: self.borders.get(border).copied().unwrap_or_default(),
            fill,
        })
    }
}

/// [MS-XLSB] 2.4.148.
fn font(data: &mut Bytes<'_>) -> Option<Font> {
    let (height, bits) = (data.u16()?, data.u16()?);
    let (weight, script, underline) = (data.u16()?, data.u16()?, data.u8()?);
    Some(Font::new(height, bits, weight, script, underline))
}

/// The lines at the left, right, top and bottom ([MS-XLSB] 2.4.319).
fn borders(data: &mut Bytes<'_>) -> Option<[u8; 4]> {
    data.skip(1)?;
    let mut line = || data.take(10)?.first().copied();
    let [top, bottom, left, right] = [line()?, line()?, line()?, line()?];
    Some([left, right, top, bottom])
}

/// The colour of a solid fill ([MS-XLSB] 2.4.653).
fn solid(data: &[u8], colours: &Colours) -> Option<Rgb> {
    let mut data = Bytes::new(data);
    let is_solid = data.u32()? == 1;
    colour(&mut data, colours).filter(|_| is_solid)
}

/// [MS-XLSB] 2.5.12.
fn colour(data: &mut Bytes<'_>, colours: &Colours) -> Option<Rgb> {
    let kind = data.u8()? >> 1;
    let index = usize::from(data.u8()?);
    let tint = f64::from(data.i16()?) / 32767.0;
    let [r, g, b] = [data.u8()?, data.u8()?, data.u8()?];
    match kind {
        1 => colours.indexed(index),
        2 => Some(Rgb([r, g, b])),
        3 => colours.themed(index, tint),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_are_of_several_kinds() {
        let colours = Colours::default();
        let read = |data: [u8; 7]| colour(&mut Bytes::new(&data), &colours);
        assert_eq!(read([5, 0, 0, 0, 1, 2, 3]), Some(Rgb([1, 2, 3])));
        assert_eq!(read([3, 10, 0, 0, 0, 0, 0]), Some(Rgb([255, 0, 0])));
        assert_eq!(read([1, 0, 0, 0, 1, 2, 3]), None);
        assert_eq!(read([7, 4, 0, 0, 1, 2, 3]), None);
    }
}
