//! Colours as workbooks name them (ECMA-376-1 18.8.3, 18.8.19, 18.8.27).

use tabulary_ir::Rgb;

/// The colours 8 to 63 of a workbook that sets none of its own (ECMA-376-1 18.8.27).
const INDEXED: [u32; 56] = [
    0x000000, 0xFFFFFF, 0xFF0000, 0x00FF00, 0x0000FF, 0xFFFF00, 0xFF00FF, 0x00FFFF, 0x800000,
    0x008000, 0x000080, 0x808000, 0x800080, 0x008080, 0xC0C0C0, 0x808080, 0x9999FF, 0x993366,
    0xFFFFCC, 0xCCFFFF, 0x660066, 0xFF8080, 0x0066CC, 0xCCCCFF, 0x000080, 0xFF00FF, 0xFFFF00,
    0x00FFFF, 0x800080, 0x800000, 0x008080, 0x0000FF, 0x00CCFF, 0xCCFFFF, 0xCCFFCC, 0xFFFF99,
    0x99CCFF, 0xFF99CC, 0xCC99FF, 0xFFCC99, 0x3366FF, 0x33CCCC, 0x99CC00, 0xFFCC00, 0xFF9900,
    0xFF6600, 0x666699, 0x969696, 0x003366, 0x339966, 0x003300, 0x333300, 0x993300, 0x993366,
    0x333399, 0x333333,
];

/// The colours that a workbook names by number.
#[derive(Clone, Debug)]
pub(crate) struct Colours {
    /// From index 8 on; the eight before are the first eight of them.
    indexed: Vec<Rgb>,
    /// In the order of cell formats: light 1, dark 1, light 2, dark 2, six accents, two of links.
    theme: Vec<Rgb>,
}

impl Default for Colours {
    fn default() -> Self {
        Self {
            indexed: INDEXED.iter().map(|number| rgb(*number)).collect(),
            theme: Vec::new(),
        }
    }
}

fn rgb(number: u32) -> Rgb {
    let [_, r, g, b] = number.to_be_bytes();
    Rgb([r, g, b])
}

impl Colours {
    /// Sets the colours from index 8 on.
    pub(crate) fn set_indexed(&mut self, colours: impl IntoIterator<Item = Rgb>) {
        for (own, given) in self.indexed.iter_mut().zip(colours) {
            *own = given;
        }
    }

    /// Sets the colours of the theme.
    pub(crate) fn set_theme(&mut self, colours: Vec<Rgb>) {
        self.theme = colours;
    }

    /// A colour by its index; none for those that the system sets.
    pub(crate) fn indexed(&self, index: usize) -> Option<Rgb> {
        let place = if index < 8 { index } else { index - 8 };
        self.indexed.get(place).copied().filter(|_| index < 64)
    }

    /// A colour of the theme, made lighter or darker by `tint` from -1 to 1 (ECMA-376-1 18.8.19).
    pub(crate) fn themed(&self, index: usize, tint: f64) -> Option<Rgb> {
        self.theme.get(index).map(|colour| tinted(*colour, tint))
    }
}

/// A colour whose lightness is moved towards black or white by a share.
fn tinted(Rgb(channels): Rgb, tint: f64) -> Rgb {
    if tint == 0.0 || !tint.is_finite() {
        return Rgb(channels);
    }
    let shares = channels.map(|channel| f64::from(channel) / 255.0);
    let high = shares.iter().copied().fold(0.0, f64::max);
    let low = shares.iter().copied().fold(1.0, f64::min);
    let lightness = (high + low) / 2.0;
    let moved = if tint < 0.0 {
        lightness * (1.0 + tint.max(-1.0))
    } else {
        lightness + (1.0 - lightness) * tint.min(1.0)
    };
    // Hue and saturation stay: each channel keeps its distance from the lightness, scaled by how far
    // the colour can still leave it.
    let room = |lightness: f64| 1.0 - (2.0 * lightness - 1.0).abs();
    let scale = if room(lightness) > 0.0 {
        room(moved) / room(lightness)
    } else {
        0.0
    };
    Rgb(shares.map(|share| {
        let channel = moved + (share - lightness) * scale;
        (channel.clamp(0.0, 1.0) * 255.0).round() as u8
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_are_found_by_number_and_tinted() {
        let mut colours = Colours::default();
        assert_eq!(colours.indexed(2), Some(rgb(0xFF0000)));
        assert_eq!(colours.indexed(10), Some(rgb(0xFF0000)));
        assert_eq!(colours.indexed(64), None);
        colours.set_theme(vec![rgb(0xFFFFFF), rgb(0x000000), rgb(0x4F81BD)]);
        assert_eq!(colours.themed(0, -0.25), Some(rgb(0xBFBFBF)));
        assert_eq!(colours.themed(1, 0.5), Some(rgb(0x808080)));
        assert_eq!(
            colours.themed(2, 0.599_993_896_298_104),
            Some(rgb(0xB9CDE5))
        );
        assert_eq!(colours.themed(9, 0.0), None);
    }
}
