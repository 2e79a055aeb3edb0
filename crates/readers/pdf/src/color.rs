//! Colours as far as reading needs them: dark from light, and one from another.

use hayro_syntax::object::{Name, Number, Object, Stream};
use hayro_syntax::page::Resources;

/// What the components of a colour say.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Space {
    #[default]
    Gray,
    Rgb,
    Cmyk,
    /// How much ink of one or more colours there is: 0 is none.
    Tint,
    /// A pattern or a table of colours: taken for a middle tone.
    Other,
}

impl Space {
    /// The colour space that a name stands for (ISO 32000-1 8.6.3).
    pub(crate) fn named(name: &Name<'_>, resources: &Resources<'_>) -> Self {
        match Self::device(name) {
            Some(space) => space,
            None => resources
                .get_color_space(name)
                .map_or(Self::Other, |object| Self::of(&object)),
        }
    }

    /// The colour space that a name stands for everywhere.
    pub(crate) fn device(name: &Name<'_>) -> Option<Self> {
        match name.as_ref() {
            b"DeviceGray" | b"G" | b"CalGray" => Some(Self::Gray),
            b"DeviceRGB" | b"RGB" | b"CalRGB" => Some(Self::Rgb),
            b"DeviceCMYK" | b"CMYK" => Some(Self::Cmyk),
            b"Pattern" => Some(Self::Other),
            _ => None,
        }
    }

    fn of(object: &Object<'_>) -> Self {
        let array = match object {
            Object::Name(name) => return Self::device(name).unwrap_or(Self::Other),
            Object::Array(array) => array,
            _ => return Self::Other,
        };
        let mut parts = array.iter::<Object<'_>>();
        let Some(Object::Name(family)) = parts.next() else {
            return Self::Other;
        };
        match family.as_ref() {
            b"Separation" | b"DeviceN" => Self::Tint,
            b"ICCBased" => {
                let profile = array.iter::<Object<'_>>().nth(1);
                let profile = profile.and_then(Object::into_stream);
                profile
                    .and_then(|profile| Self::of_profile(&profile))
                    .unwrap_or(Self::Rgb)
            }
            b"Lab" => Self::Gray,
            _ => Self::device(&family).unwrap_or(Self::Other),
        }
    }

    /// What components mean that a profile describes, by how many there are.
    pub(crate) fn of_profile(profile: &Stream<'_>) -> Option<Self> {
        Some(match profile.dict().get::<u8>(&b"N"[..])? {
            1 => Self::Gray,
            4 => Self::Cmyk,
            _ => Self::Rgb,
        })
    }

    /// The colour that components stand for.
    pub(crate) fn color(self, components: &[Number]) -> [u8; 3] {
        let at = |i: usize| components.get(i).map_or(0.0, |n| n.as_f64());
        match self {
            Self::Gray => gray(at(0)),
            Self::Rgb => rgb(at(0), at(1), at(2)),
            Self::Cmyk => cmyk(at(0), at(1), at(2), at(3)),
            Self::Tint => gray(1.0 - components.iter().map(|n| n.as_f64()).fold(0.0, f64::max)),
            Self::Other => [128; 3],
        }
    }

    /// The colour that is set where a space is chosen and no colour yet.
    pub(crate) fn initial(self) -> [u8; 3] {
        match self {
            Self::Other => [128; 3],
            _ => [0; 3],
        }
    }
}

pub(crate) fn gray(level: f64) -> [u8; 3] {
    [byte(level); 3]
}

pub(crate) fn rgb(red: f64, green: f64, blue: f64) -> [u8; 3] {
    [byte(red), byte(green), byte(blue)]
}

pub(crate) fn cmyk(cyan: f64, magenta: f64, yellow: f64, key: f64) -> [u8; 3] {
    [cyan, magenta, yellow].map(|ink| byte((1.0 - ink) * (1.0 - key)))
}

fn byte(level: f64) -> u8 {
    (level.clamp(0.0, 1.0) * 255.0).round() as u8
}
