//! Images.

use super::*;

/// A page with an image of 16 by 16 pixels that covers it.
fn with_image(entries: &str, data: &[u8]) -> Vec<u8> {
    let entries = format!("/Subtype /Image /Width 16 /Height 16 {entries}");
    Sheet {
        resources: "/XObject << /I 6 0 R >>",
        content: "q 200 0 0 100 0 0 cm /I Do Q",
        more: vec![stream(&entries, data), stream("", &[9, 9, 9, 200, 0, 0])],
        ..Sheet::default()
    }
    .build()
}

/// The pixels of the one image of a page, with its colour type and its bits.
fn pixels(bytes: &[u8]) -> (png::ColorType, png::BitDepth, Vec<u8>) {
    let document = document(bytes);
    let (_, file) = document.resources.iter().next().expect("an image");
    assert_eq!(file.media_type, "image/png");
    let mut reader = png::Decoder::new(std::io::Cursor::new(&file.data))
        .read_info()
        .expect("a PNG");
    let mut pixels = vec![0; reader.output_buffer_size().expect("a size")];
    let info = reader.next_frame(&mut pixels).expect("pixels");
    pixels.truncate(info.buffer_size());
    (info.color_type, info.bit_depth, pixels)
}

#[test]
fn pixels_become_a_png() {
    let gray: Vec<u8> = (0..=255).collect();
    let (color, depth, found) = pixels(&with_image(
        "/ColorSpace /DeviceGray /BitsPerComponent 8",
        &gray,
    ));
    assert_eq!(
        (color, depth),
        (png::ColorType::Grayscale, png::BitDepth::Eight)
    );
    assert_eq!(found, gray);

    let packed = deflate(&[1, 2, 3].repeat(256));
    let entries = "/ColorSpace /DeviceRGB /BitsPerComponent 8 /Filter /FlateDecode";
    let (color, _, found) = pixels(&with_image(entries, &packed));
    assert_eq!(
        (color, &found[..6]),
        (png::ColorType::Rgb, &[1, 2, 3, 1, 2, 3][..])
    );

    let entries = "/ColorSpace /DeviceCMYK /BitsPerComponent 8";
    let (_, _, found) = pixels(&with_image(entries, &[0, 255, 0, 0].repeat(256)));
    assert_eq!(found[..3], [255, 0, 255]);
}

#[test]
fn black_and_white_take_a_bit_each() {
    let rows = [0xf0, 0x0f].repeat(16);
    let (_, depth, found) = pixels(&with_image(
        "/ColorSpace /DeviceGray /BitsPerComponent 1",
        &rows,
    ));
    assert_eq!((depth, &found), (png::BitDepth::One, &rows));
    let entries = "/ImageMask true /BitsPerComponent 1 /Decode [1 0]";
    let (_, _, found) = pixels(&with_image(entries, &rows));
    assert_eq!(found, [0x0f, 0xf0].repeat(16));
}

#[test]
fn tables_of_colours_are_looked_up() {
    let entries = "/ColorSpace [/Indexed /DeviceRGB 1 7 0 R] /BitsPerComponent 4";
    let (color, _, found) = pixels(&with_image(entries, &[0x01; 128]));
    assert_eq!(
        (color, &found[..6]),
        (png::ColorType::Rgb, &[9, 9, 9, 200, 0, 0][..])
    );
}

#[test]
fn a_jpeg_stays_what_it_is() {
    let mut jpeg = vec![0xff, 0xd8, 0xff, 0xc0, 0, 17, 8, 0, 16, 0, 16, 3];
    jpeg.extend_from_slice(&[0; 40]);
    let bytes = with_image(
        "/ColorSpace /DeviceRGB /BitsPerComponent 8 /Filter /DCTDecode",
        &jpeg,
    );
    let document = document(&bytes);
    let (_, file) = document.resources.iter().next().expect("an image");
    assert_eq!(
        (file.media_type.as_str(), &file.data),
        ("image/jpeg", &jpeg)
    );
}

#[test]
fn an_image_in_the_content_is_taken() {
    let bytes = Sheet {
        content: "q 100 0 0 90 0 0 cm BI /W 16 /H 16 /CS /G /BPC 1 /F /AHx ID FF00FF00FF00FF00FF00FF00FF00FF00FF00FF00FF00FF00FF00FF00FF00FF00> EI Q",
        ..Sheet::default()
    }
    .build();
    let (_, depth, found) = pixels(&bytes);
    assert_eq!((depth, found), (png::BitDepth::One, [0xff, 0].repeat(16)));
}

#[test]
fn what_cannot_be_decoded_is_told() {
    let bytes = with_image(
        "/ColorSpace /DeviceRGB /BitsPerComponent 8 /Filter /JPXDecode",
        b"no image",
    );
    let codes = codes(&bytes);
    assert!(codes.contains(&Code::ImageDropped), "{codes:?}");
}

#[test]
fn a_page_that_is_an_image_has_no_text() {
    let bytes = with_image("/ColorSpace /DeviceGray /BitsPerComponent 8", &[7; 256]);
    let told = told(&bytes);
    let found: Vec<_> = told
        .iter()
        .filter(|told| told.code == Code::NoTextLayer)
        .collect();
    assert_eq!(found.len(), 1);
    assert!(
        found[0]
            .to_string()
            .starts_with("page 1: loss[no-text-layer]"),
        "{}",
        found[0]
    );
}
