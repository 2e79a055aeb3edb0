//! The images that pages show, as files of their own (ISO 32000-1 8.9).

mod color;
mod dimensions;
mod raster;

use std::borrow::Cow;
use std::collections::BTreeMap;

use hayro_syntax::Filter;
use hayro_syntax::object::stream::{ImageColorSpace, ImageDecodeParams};
use hayro_syntax::object::{Array, Dict, Name, Object, ObjectIdentifier, Stream};
use hayro_syntax::page::Resources;
use tabulary_ir::{Budget, Error, ResourceId, Resources as Files};

use crate::content::Decoder;
use color::Colors;
use raster::Raster;

/// The most pixels of an image that is decoded.
const PIXELS: u64 = 50_000_000;
/// An image that is narrower or lower than this is a dot or a piece of a pattern, and no picture.
const SMALL: u32 = 8;

/// An image as a file.
#[derive(Clone)]
pub(crate) struct File {
    bytes: Vec<u8>,
    media_type: &'static str,
}

/// What became of an image.
#[derive(Clone, PartialEq, Eq)]
pub(crate) enum Taken {
    /// It is among the files, under this name.
    File(ResourceId),
    /// It is too small to be a picture.
    Small,
    /// It was left out, and why.
    Dropped(&'static str),
}

/// Takes the images of a document, each once.
pub(crate) struct Images<'r> {
    decoder: &'r Decoder<'r>,
    budget: &'r Budget,
    taken: BTreeMap<ObjectIdentifier, Taken>,
    /// The images that were taken.
    pub(crate) files: Files,
}

impl<'r> Images<'r> {
    pub(crate) fn new(decoder: &'r Decoder<'r>, budget: &'r Budget) -> Self {
        Self {
            decoder,
            budget,
            taken: BTreeMap::new(),
            files: Files::default(),
        }
    }

    /// Takes an image of the file.
    ///
    /// # Errors
    /// Of kind `Limit`.
    pub(crate) fn take(
        &mut self,
        image: &Stream<'_>,
        resources: &Resources<'_>,
    ) -> Result<Taken, Error> {
        let id = image.obj_id();
        if let Some(taken) = self.taken.get(&id) {
            return Ok(taken.clone());
        }
        let taken = match encode(image, resources, self.decoder)? {
            Ok(file) => self.keep(file)?,
            Err(taken) => taken,
        };
        self.taken.insert(id, taken.clone());
        Ok(taken)
    }

    /// Keeps an image that stood in the content of a page.
    ///
    /// # Errors
    /// Of kind `Limit`.
    pub(crate) fn keep(&mut self, file: File) -> Result<Taken, Error> {
        self.budget.images(1)?;
        let id = self.files.add(file.bytes, file.media_type, None);
        Ok(Taken::File(id))
    }
}

/// Makes a file of an image: the JPEG that it is, or a PNG of its pixels.
///
/// # Errors
/// Of kind `Limit`. The inner result says why there is no file.
pub(crate) fn encode(
    image: &Stream<'_>,
    resources: &Resources<'_>,
    decoder: &Decoder<'_>,
) -> Result<Result<File, Taken>, Error> {
    let dict = image.dict();
    let [width, height] = [number(dict, b"Width", b"W"), number(dict, b"Height", b"H")];
    if width < SMALL || height < SMALL {
        return Ok(Err(Taken::Small));
    }
    let filters = image.filters();
    let raw = image.raw_data();
    if filters[..] == [Filter::DctDecode]
        && dimensions::jpeg_components(&raw).is_some_and(|count| matches!(count, 1 | 3))
        && decode_array(dict).is_none()
    {
        return Ok(Ok(File {
            bytes: raw.into_owned(),
            media_type: "image/jpeg",
        }));
    }
    if u64::from(width) * u64::from(height) > PIXELS
        || !dimensions::are_bounded(image, &raw, PIXELS)
    {
        return Ok(Err(Taken::Dropped("it has too many pixels")));
    }
    if !decoder.check(image)? {
        return Ok(Err(Taken::Dropped("its filters are not valid")));
    }
    png(image, [width, height], resources, decoder)
}

/// Makes a PNG of the pixels of an image.
///
/// # Errors
/// Of kind `Limit`. The inner result says why there is no file.
fn png(
    image: &Stream<'_>,
    [width, height]: [u32; 2],
    resources: &Resources<'_>,
    decoder: &Decoder<'_>,
) -> Result<Result<File, Taken>, Error> {
    let dict = image.dict();
    let is_mask = flag(dict, b"ImageMask", b"IM");
    let colors = if is_mask {
        Some(Colors::Gray)
    } else {
        let space = dict.get::<Object<'_>>(&b"ColorSpace"[..]);
        let space = space.or_else(|| dict.get::<Object<'_>>(&b"CS"[..]));
        space.and_then(|space| Colors::of(&space, resources, decoder))
    };
    let bits = match number(dict, b"BitsPerComponent", b"BPC") {
        _ if is_mask => 1,
        0 => 8,
        bits => bits.min(16) as u8,
    };
    let params = ImageDecodeParams {
        is_indexed: matches!(colors, Some(Colors::Table { .. })),
        bpc: Some(bits),
        num_components: colors.as_ref().map(Colors::count),
        target_dimension: None,
        width,
        height,
    };
    let Ok(decoded) = image.decoded_image(&params) else {
        return Ok(Err(Taken::Dropped("it cannot be decoded")));
    };
    let data = decoded.image_data.as_ref();
    let own = data.and_then(|data| data.color_space).map(own_colors);
    // The image itself knows how many components it has; what they mean is the matter of its colour space.
    let colors = match (colors, own) {
        (Some(colors), Some(own)) if colors.count() != own.count() => own,
        (Some(colors), _) => colors,
        (None, Some(own)) => own,
        (None, None) => return Ok(Err(Taken::Dropped("its colours are not known"))),
    };
    let raster = Raster {
        width: data.map_or(width, |data| data.width),
        height: data.map_or(height, |data| data.height),
        bits: data.map_or(bits, |data| data.bits_per_component),
        colors: &colors,
        decode: decode_array(dict),
        data: &decoded.data,
    };
    Ok(match raster.png() {
        Some(bytes) => Ok(File {
            bytes,
            media_type: "image/png",
        }),
        None => Err(Taken::Dropped("it has fewer pixels than it says")),
    })
}

/// The colours that the data of an image say themselves.
fn own_colors(space: ImageColorSpace) -> Colors {
    match space {
        ImageColorSpace::Gray => Colors::Gray,
        ImageColorSpace::Rgb => Colors::Rgb,
        ImageColorSpace::Cmyk => Colors::Cmyk,
        ImageColorSpace::Unknown(count) => Colors::Inks(count.max(1)),
    }
}

fn number(dict: &Dict<'_>, long: &[u8], short: &[u8]) -> u32 {
    let number = dict.get::<u32>(long).or_else(|| dict.get::<u32>(short));
    number.unwrap_or_default()
}

fn flag(dict: &Dict<'_>, long: &[u8], short: &[u8]) -> bool {
    let flag = dict.get::<bool>(long).or_else(|| dict.get::<bool>(short));
    flag == Some(true)
}

/// What the least and the largest value of each component stand for, where that is not as usual
/// (ISO 32000-1 8.9.5.2).
fn decode_array(dict: &Dict<'_>) -> Option<Vec<[f64; 2]>> {
    let array = dict.get::<Array<'_>>(&b"Decode"[..]);
    let array = array.or_else(|| dict.get::<Array<'_>>(&b"D"[..]))?;
    let numbers: Vec<f64> = array.iter::<f64>().take(64).collect();
    let pairs = numbers.as_chunks::<2>().0.to_vec();
    let is_usual = |pair: &[f64; 2]| pair[0].abs() < 1e-6 && (pair[1] - 1.0).abs() < 1e-6;
    (!pairs.is_empty() && !pairs.iter().all(is_usual)).then_some(pairs)
}

/// The bytes that a string or stream holds, within the limits.
fn bytes<'a>(object: &Object<'a>, decoder: &Decoder<'_>) -> Option<Cow<'a, [u8]>> {
    match object {
        Object::String(text) => Some(Cow::Owned(text.as_bytes().to_vec())),
        Object::Stream(stream) => decoder.decode(stream).ok()?,
        _ => None,
    }
}

/// A name that resources may explain.
fn named<'a>(name: &Name<'_>, resources: &Resources<'a>) -> Option<Object<'a>> {
    resources.get_color_space(name)
}
