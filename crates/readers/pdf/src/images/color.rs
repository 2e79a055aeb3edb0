//! What the components of an image's pixels say (ISO 32000-1 8.6).

use hayro_syntax::object::{Array, Name, Object};
use hayro_syntax::page::Resources;

use super::{bytes, named};
use crate::color::{Space, cmyk, gray, rgb};
use crate::content::Decoder;

/// How deep colour spaces may stand in one another.
const DEPTH: u8 = 4;

/// The colours of an image.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Colors {
    Gray,
    Rgb,
    Cmyk,
    /// So many inks, of which nobody tells what they look like: 0 is none.
    Inks(u8),
    /// Numbers of colours in a table.
    Table {
        colors: Vec<[u8; 3]>,
    },
}

impl Colors {
    pub(super) fn of(
        object: &Object<'_>,
        resources: &Resources<'_>,
        decoder: &Decoder<'_>,
    ) -> Option<Self> {
        Self::within(object, resources, decoder, DEPTH)
    }

    fn within(
        object: &Object<'_>,
        resources: &Resources<'_>,
        decoder: &Decoder<'_>,
        depth: u8,
    ) -> Option<Self> {
        let depth = depth.checked_sub(1)?;
        match object {
            Object::Name(name) => match Space::device(name) {
                Some(space) => Self::plain(space),
                None => Self::within(&named(name, resources)?, resources, decoder, depth),
            },
            Object::Array(array) => Self::family(array, resources, decoder, depth),
            _ => None,
        }
    }

    /// The colours of a space that needs no more than its name.
    fn plain(space: Space) -> Option<Self> {
        match space {
            Space::Gray => Some(Self::Gray),
            Space::Rgb => Some(Self::Rgb),
            Space::Cmyk => Some(Self::Cmyk),
            Space::Tint | Space::Other => None,
        }
    }

    fn family(
        array: &Array<'_>,
        resources: &Resources<'_>,
        decoder: &Decoder<'_>,
        depth: u8,
    ) -> Option<Self> {
        let parts: Vec<Object<'_>> = array.iter::<Object<'_>>().take(5).collect();
        let family = match parts.first()? {
            Object::Name(name) => name.clone(),
            _ => return None,
        };
        match family.as_ref() {
            b"ICCBased" => {
                let Object::Stream(profile) = parts.get(1)? else {
                    return None;
                };
                Self::plain(Space::of_profile(profile)?)
            }
            b"Indexed" | b"I" => {
                let base = Self::within(parts.get(1)?, resources, decoder, depth)?;
                let table = bytes(parts.get(3)?, decoder)?;
                let count = usize::from(base.count());
                let colors = table.chunks_exact(count).take(256);
                let colors = colors.map(|parts| {
                    let levels: Vec<f32> = parts.iter().map(|p| f32::from(*p) / 255.0).collect();
                    base.color(&levels)
                });
                Some(Self::Table {
                    colors: colors.collect(),
                })
            }
            b"Separation" => Some(Self::Inks(1)),
            b"DeviceN" => {
                let Object::Array(inks) = parts.get(1)? else {
                    return None;
                };
                let count = inks.iter::<Name<'_>>().take(33).count();
                (1..=32).contains(&count).then_some(Self::Inks(count as u8))
            }
            // The first component says how light it is, but the others are no colours here.
            b"Lab" => None,
            _ => Self::within(&Object::Name(family), resources, decoder, depth),
        }
    }

    /// How many components a pixel has.
    pub(super) fn count(&self) -> u8 {
        match self {
            Self::Gray | Self::Table { .. } => 1,
            Self::Rgb => 3,
            Self::Cmyk => 4,
            Self::Inks(count) => *count,
        }
    }

    /// Whether every colour is a shade of gray.
    pub(super) fn is_gray(&self) -> bool {
        match self {
            Self::Gray | Self::Inks(_) => true,
            Self::Rgb | Self::Cmyk => false,
            Self::Table { colors } => colors.iter().all(|[r, g, b]| r == g && g == b),
        }
    }

    /// The colour of a pixel by its components, from 0 to 1; of a table, the number of the colour.
    pub(super) fn color(&self, parts: &[f32]) -> [u8; 3] {
        let at = |index: usize| f64::from(parts.get(index).copied().unwrap_or_default());
        match self {
            Self::Gray => gray(at(0)),
            Self::Rgb => rgb(at(0), at(1), at(2)),
            Self::Cmyk => cmyk(at(0), at(1), at(2), at(3)),
            Self::Inks(_) => gray(1.0 - f64::from(parts.iter().copied().fold(0.0, f32::max))),
            Self::Table { colors } => {
                let color = colors.get(at(0).max(0.0) as usize);
                color.or(colors.last()).copied().unwrap_or_default()
            }
        }
    }
}
