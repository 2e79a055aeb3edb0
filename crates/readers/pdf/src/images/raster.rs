//! Pixels, and the PNG that shows them (ISO/IEC 15948).

use super::color::Colors;

/// Decoded pixels.
pub(super) struct Raster<'d> {
    pub(super) width: u32,
    pub(super) height: u32,
    /// The bits of a component.
    pub(super) bits: u8,
    pub(super) colors: &'d Colors,
    /// What the least and the largest value of each component stand for; none where that is as usual.
    pub(super) decode: Option<Vec<[f64; 2]>>,
    /// Rows of pixels, each from a byte of its own on.
    pub(super) data: &'d [u8],
}

impl Raster<'_> {
    /// The PNG; none where there are less than half of the rows.
    pub(super) fn png(&self) -> Option<Vec<u8>> {
        let (width, height) = (self.width as usize, self.height as usize);
        let count = usize::from(self.colors.count());
        let row_bits = width
            .checked_mul(count)?
            .checked_mul(usize::from(self.bits))?;
        let row = row_bits.div_ceil(8);
        if row == 0 || self.data.len() / row < height / 2 {
            return None;
        }
        let gray = self.colors.is_gray();
        let mut pixels = Vec::with_capacity(width * height * if gray { 1 } else { 3 });
        let whole = self.bits == 8 && self.decode.is_none();
        for number in 0..height {
            let row = self.data.get(number * row..).unwrap_or_default();
            let row = row.get(..row_bits.div_ceil(8)).unwrap_or(row);
            match self.colors {
                Colors::Gray if whole => pixels.extend_from_slice(row.get(..width).unwrap_or(row)),
                Colors::Rgb if whole => pixels.extend_from_slice(row),
                _ => self.convert(row, width, count, gray, &mut pixels),
            }
            // What is missing is white.
            pixels.resize((number + 1) * width * if gray { 1 } else { 3 }, 255);
        }
        encode(self.width, self.height, gray, &pixels)
    }

    fn convert(&self, row: &[u8], width: usize, count: usize, gray: bool, pixels: &mut Vec<u8>) {
        let is_table = matches!(self.colors, Colors::Table { .. });
        let most = f32::from(u16::MAX >> (16 - self.bits.clamp(1, 16)));
        let usual = if is_table { most } else { 1.0 };
        let mut parts = vec![0.0; count];
        // One component has few values, whose colours are worked out once.
        let known: Vec<[u8; 3]> = if count == 1 && self.bits <= 8 {
            let values = 0..=u16::MAX >> (16 - self.bits.clamp(1, 16));
            values
                .map(|value| {
                    self.colors
                        .color(&[self.level(0, f32::from(value), most, usual)])
                })
                .collect()
        } else {
            Vec::new()
        };
        for x in 0..width {
            if (x + 1) * count * usize::from(self.bits) > row.len() * 8 {
                break;
            }
            let color = match known.get(usize::from(self.sample(row, x * count))) {
                Some(color) => *color,
                None => {
                    for (index, part) in parts.iter_mut().enumerate() {
                        let value = f32::from(self.sample(row, x * count + index));
                        *part = self.level(index, value, most, usual);
                    }
                    self.colors.color(&parts)
                }
            };
            if gray {
                pixels.push(color[0]);
            } else {
                pixels.extend_from_slice(&color);
            }
        }
    }

    fn level(&self, index: usize, value: f32, most: f32, usual: f32) -> f32 {
        let decode = self.decode.as_ref().and_then(|all| all.get(index));
        let [low, high] = decode.map_or([0.0, usual], |pair| pair.map(|n| n as f32));
        low + value / most * (high - low)
    }

    /// The value of a component, by its number in the row.
    fn sample(&self, row: &[u8], index: usize) -> u16 {
        let byte = |at: usize| u16::from(row.get(at).copied().unwrap_or_default());
        match self.bits {
            8 => byte(index),
            16 => byte(index * 2) << 8 | byte(index * 2 + 1),
            bits => {
                let bits = usize::from(bits.clamp(1, 8));
                let at = index * bits;
                let shift = 16 - at % 8 - bits;
                let pair = byte(at / 8) << 8 | byte(at / 8 + 1);
                pair >> shift & ((1 << bits) - 1)
            }
        }
    }
}

/// A PNG of gray or RGB pixels; black and white alone take a bit each.
fn encode(width: u32, height: u32, gray: bool, pixels: &[u8]) -> Option<Vec<u8>> {
    let mut out = Vec::new();
    let mut encoder = png::Encoder::new(&mut out, width, height);
    encoder.set_compression(png::Compression::Fast);
    let two = gray && pixels.iter().all(|level| matches!(level, 0 | 255));
    let packed: Vec<u8>;
    let (color, depth, data) = if two {
        packed = pixels
            .chunks_exact(width as usize)
            .flat_map(|row| {
                row.chunks(8).map(|eight| {
                    let bits = eight.iter().enumerate();
                    bits.fold(0, |byte, (at, level)| byte | (level & 1) << (7 - at))
                })
            })
            .collect();
        (png::ColorType::Grayscale, png::BitDepth::One, &packed[..])
    } else if gray {
        (png::ColorType::Grayscale, png::BitDepth::Eight, pixels)
    } else {
        (png::ColorType::Rgb, png::BitDepth::Eight, pixels)
    };
    encoder.set_color(color);
    encoder.set_depth(depth);
    let mut writer = encoder.write_header().ok()?;
    writer.write_image_data(data).ok()?;
    writer.finish().ok()?;
    Some(out)
}
