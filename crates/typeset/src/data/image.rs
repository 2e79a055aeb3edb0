//! Images, looked at before the engine sees them: it refuses a whole document for one bad image.

use serde::{Serialize, Serializer};
use tabulary_ir::{Image, Resource};
use typst::foundations::Bytes;
use typst::visualize::{ExchangeFormat, RasterImage, SvgImage};

/// Points to a pixel where an image does not say its resolution: 96 pixels to an inch.
const POINTS_PER_PIXEL: f64 = 0.75;

/// Bytes that CBOR holds as bytes.
pub(super) struct RawBytes(Vec<u8>);

impl Serialize for RawBytes {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_bytes(&self.0)
    }
}

/// An image that the engine can show. Lengths in points.
#[derive(Serialize)]
pub(super) struct ImageData {
    alt: Option<String>,
    data: RawBytes,
    format: &'static str,
    height: f64,
    width: f64,
}

impl ImageData {
    /// The image, no wider than `widest`; why not, where it cannot be shown.
    pub(super) fn new(image: &Image, resource: &Resource, widest: f64) -> Result<Self, String> {
        let bytes = Bytes::new(resource.data.clone());
        let (format, natural) = match resource.media_type.as_str() {
            "image/png" => ("png", raster(bytes, ExchangeFormat::Png)?),
            "image/jpeg" => ("jpg", raster(bytes, ExchangeFormat::Jpg)?),
            "image/gif" => ("gif", raster(bytes, ExchangeFormat::Gif)?),
            "image/webp" => ("webp", raster(bytes, ExchangeFormat::Webp)?),
            "image/svg+xml" => {
                let svg = SvgImage::new(bytes).map_err(|_| "it is damaged".to_owned())?;
                (
                    "svg",
                    [
                        svg.width() * POINTS_PER_PIXEL,
                        svg.height() * POINTS_PER_PIXEL,
                    ],
                )
            }
            other => return Err(format!("images of the type {other} are not laid out")),
        };
        let asked = image.size.map(|size| size.map(|length| length.to_f64()));
        let [width, height] = asked
            .filter(|[w, h]| *w > 0.0 && *h > 0.0)
            .unwrap_or(natural);
        let shrink = (widest / width).min(1.0);
        Ok(Self {
            alt: (!image.alt.is_empty()).then(|| image.alt.clone()),
            data: RawBytes(resource.data.clone()),
            format,
            height: (height * shrink).max(1.0),
            width: (width * shrink).max(1.0),
        })
    }
}

fn raster(bytes: Bytes, format: ExchangeFormat) -> Result<[f64; 2], String> {
    let image = RasterImage::plain(bytes, format).map_err(|_| "it is damaged".to_owned())?;
    let points = image
        .dpi()
        .filter(|dpi| *dpi > 0.0)
        .map_or(POINTS_PER_PIXEL, |dpi| 72.0 / dpi);
    Ok([
        f64::from(image.width()) * points,
        f64::from(image.height()) * points,
    ])
}
