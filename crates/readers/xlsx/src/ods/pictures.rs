//! Drawings on sheets (OpenDocument 1.3 part 3, 10.4): images, and shapes with text.

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use tabulary_ir::{Block, Code, Error, ErrorKind, Image, Marks, Origin};
use tabulary_package::Package;
use tabulary_package::xml::{Element, Ns};

use super::address::Reference;
use super::book::Book;
use super::length::points;
use super::text;
use crate::place::Area;
use crate::sheet::Picture;

/// What lies on a sheet, with the cells that it covers.
#[derive(Debug)]
pub(super) struct Drawing {
    /// The index of its sheet.
    sheet: usize,
    area: Area,
    shown: Shown,
}

#[derive(Debug)]
enum Shown {
    Text(Vec<Block>),
    Image(Source, Image),
}

/// Where the bytes of an image are.
#[derive(Debug)]
enum Source {
    /// A part of the package, or an address.
    Href(String),
    /// In the XML itself, as Base64.
    Inside(String),
}

/// Takes up the drawings in an element; `cell` is where they are anchored.
pub(super) fn collect(element: &Element, cell: Option<(u32, u32)>, book: &mut Book<'_>) {
    for child in element.elements() {
        self::element(child, cell, book);
    }
}

/// Takes up a drawing. What is neither image nor text is counted as not read.
pub(super) fn element(element: &Element, cell: Option<(u32, u32)>, book: &mut Book<'_>) {
    if element.ns != Ns::OdfDraw {
        return;
    }
    match element.local.as_str() {
        "g" | "a" => collect(element, cell, book),
        "frame" => frame(element, cell, book),
        "control" => book.unread("form controls"),
        _ => shape(element, element, cell, book),
    }
}

fn frame(element: &Element, cell: Option<(u32, u32)>, book: &mut Book<'_>) {
    let child = |name: &str| element.child(Ns::OdfDraw, name);
    if let Some(object) = child("object") {
        // A chart has no other mark in the sheet than the ranges that it shows.
        let notify = object.attribute(Ns::OdfDraw, "notify-on-update-of-ranges");
        let what = if notify.is_some() {
            "charts"
        } else {
            "embedded objects"
        };
        book.unread(what);
    } else if child("object-ole").is_some() {
        book.unread("embedded objects");
    } else if let Some(image) = child("image") {
        let href = image.attribute(Ns::Xlink, "href").unwrap_or_default();
        let inside = image.child(Ns::OdfOffice, "binary-data").map(Element::text);
        let source = match inside {
            Some(data) if href.is_empty() => Source::Inside(data),
            _ => Source::Href(href.to_owned()),
        };
        let alt = ["desc", "title"].into_iter().find_map(|name| {
            let text = element.child(Ns::OdfSvg, name)?.text();
            (!text.trim().is_empty()).then_some(text)
        });
        let side = |name| element.attribute(Ns::OdfSvg, name).and_then(points);
        let image = Image {
            alt: alt.unwrap_or_default(),
            size: side("width")
                .zip(side("height"))
                .map(|(width, height)| [width, height]),
            ..Image::default()
        };
        put(element, cell, Shown::Image(source, image), book);
    } else if let Some(text) = child("text-box") {
        shape(element, text, cell, book);
    }
}

/// Takes up the text of a shape; one without text only decorates.
fn shape(element: &Element, text: &Element, cell: Option<(u32, u32)>, book: &mut Book<'_>) {
    let blocks = text::paragraphs(text, &book.styles, Marks::NONE);
    if !blocks.is_empty() {
        put(element, cell, Shown::Text(blocks), book);
    }
}

/// Keeps a drawing until its sheet is in the workbook, which is at the end of the sheet.
fn put(element: &Element, cell: Option<(u32, u32)>, shown: Shown, book: &mut Book<'_>) {
    let (row, col) = cell.unwrap_or_default();
    let end = element.attribute(Ns::OdfTable, "end-cell-address");
    let end = end.and_then(|end| Reference::parse(end)?.area());
    let end = end.filter(|end| cell.is_some() && end.row >= row && end.col >= col);
    let (last_row, last_col) = end.map_or((row, col), |end| (end.row, end.col));
    book.drawings.push(Drawing {
        sheet: book.workbook.sheets.len(),
        area: Area::new(row, col, last_row, last_col),
        shown,
    });
}

/// Gives the sheets their drawings, and fetches the bytes of images.
///
/// # Errors
/// Of kind `Limit`.
pub(super) fn give(
    mut package: Option<&mut Package<'_>>,
    book: &mut Book<'_>,
) -> Result<(), Error> {
    for Drawing { sheet, area, shown } in std::mem::take(&mut book.drawings) {
        let (source, mut image) = match shown {
            Shown::Image(source, image) => (source, image),
            Shown::Text(blocks) => {
                book.budget.blocks(blocks.len() as u64)?;
                if let Some(sheet) = book.workbook.sheets.get_mut(sheet) {
                    sheet.shapes.push((area, blocks));
                }
                continue;
            }
        };
        book.budget.images(1)?;
        match fetch(source, package.as_deref_mut(), book) {
            Ok(Fetched::Bytes(bytes, name)) => {
                let kind = media_type(name.as_deref().unwrap_or_default(), &bytes);
                image.resource = Some(book.workbook.resources.add(bytes, kind, name));
            }
            Ok(Fetched::Address(href)) => image.href = Some(href),
            Err(error) if error.kind() == ErrorKind::Limit => return Err(error),
            Err(error) => {
                let name = book
                    .workbook
                    .sheets
                    .get(sheet)
                    .map(|sheet| sheet.name.as_str());
                let place = name.map(|name| Origin::cells(name, area.to_string()));
                let message = format!("the bytes of a picture cannot be read: {error}");
                book.diagnostics.add(Code::ReferenceMissing, message, place);
            }
        }
        if let Some(sheet) = book.workbook.sheets.get_mut(sheet) {
            sheet.pictures.push(Picture { area, image });
        }
    }
    Ok(())
}

enum Fetched {
    /// The bytes and the name that they have in the package.
    Bytes(Vec<u8>, Option<String>),
    Address(String),
}

fn fetch(
    source: Source,
    package: Option<&mut Package<'_>>,
    book: &Book<'_>,
) -> Result<Fetched, Error> {
    let href = match source {
        Source::Inside(data) => {
            let digits: Vec<u8> = data.bytes().filter(|b| !b.is_ascii_whitespace()).collect();
            book.budget.inflated(digits.len() as u64)?;
            let bytes = BASE64_STANDARD.decode(digits);
            let bytes = bytes.map_err(|error| Error::input("it is no Base64").caused_by(error))?;
            return Ok(Fetched::Bytes(bytes, None));
        }
        Source::Href(href) => href,
    };
    let part = href.trim_start_matches("./");
    match package {
        Some(package) if package.has(part) => {
            let name = part.rsplit('/').next().map(str::to_owned);
            Ok(Fetched::Bytes(package.read(part)?, name))
        }
        _ if href.contains(':') => Ok(Fetched::Address(href)),
        _ => Err(Error::input(format!("there is no part {part:?}"))),
    }
}

/// The media type of an image: by its first bytes, else by its name.
fn media_type(name: &str, bytes: &[u8]) -> &'static str {
    const STARTS: &[(&[u8], &str)] = &[
        (b"\x89PNG", "image/png"),
        (b"\xFF\xD8\xFF", "image/jpeg"),
        (b"GIF8", "image/gif"),
        (b"BM", "image/bmp"),
        (b"II*\0", "image/tiff"),
        (b"MM\0*", "image/tiff"),
        (b"\xD7\xCD\xC6\x9A", "image/wmf"),
        (b"\x01\0\0\0", "image/emf"),
    ];
    if let Some((_, kind)) = STARTS.iter().find(|(start, _)| bytes.starts_with(start)) {
        return kind;
    }
    match name
        .rsplit('.')
        .next()
        .unwrap_or_default()
        .to_ascii_lowercase()
        .as_str()
    {
        "svg" => "image/svg+xml",
        "webp" => "image/webp",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "wmf" => "image/wmf",
        "emf" => "image/emf",
        _ => "application/octet-stream",
    }
}
