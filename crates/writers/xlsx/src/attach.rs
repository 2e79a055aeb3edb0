//! Links, comments and images of a cell.

use rust_xlsxwriter::{Image as SheetImage, Note as SheetNote, ObjectMovement, Url, Worksheet};
use tabulary_ir::{Block, Code, Error, Image, Inline, Note, Paragraph, Points, blocks_text};

use crate::address::Address;
use crate::content::fit_in;
use crate::look::Look;
use crate::refused;
use crate::shared::Shared;

/// What the name of the author of a comment, a comment, and the description of an image can hold (Excel's
/// limits, in UTF-16 code units).
const LONGEST_AUTHOR: usize = 52;
const LONGEST_COMMENT: usize = 32_767 - LONGEST_AUTHOR - 2;
const LONGEST_DESCRIPTION: usize = 255;
/// Pixels to a point: 96 to 72 an inch.
const PIXELS_PER_POINT: f64 = 96.0 / 72.0;

/// Puts what belongs to a line, and is no text of it, on the cell of the line. Text, and the address
/// of a link over the whole line, are the caller's.
pub(crate) fn attach(
    worksheet: &mut Worksheet,
    (row, col): (u32, u16),
    content: &[Inline],
    shared: &mut Shared<'_>,
) -> Result<(), Error> {
    let notes = shared.comments_of(content);
    if let Some(first) = notes.first() {
        write_comment(worksheet, (row, col), first, &notes, shared)?;
    }
    for image in images(content) {
        write_image(worksheet, (row, col), image, shared)?;
    }
    Ok(())
}

fn write_comment(
    worksheet: &mut Worksheet,
    (row, col): (u32, u16),
    first: &Note,
    notes: &[&Note],
    shared: &mut Shared<'_>,
) -> Result<(), Error> {
    let texts: Vec<String> = notes.iter().map(|note| blocks_text(&note.blocks)).collect();
    let is_plain = |block: &Block| match block {
        Block::Paragraph(Paragraph { content, label, .. }) => {
            let is_text = |inline: &Inline| match inline {
                Inline::Text(run) => run.marks.is_empty(),
                Inline::LineBreak => true,
                _ => false,
            };
            label.is_none() && content.iter().all(is_text)
        }
        _ => false,
    };
    let is_plain = |note: &&Note| note.blocks.len() == 1 && note.blocks.iter().all(is_plain);
    if notes.len() > 1 || !notes.iter().all(is_plain) {
        shared.tell_plain_comment();
    }
    let diagnostics = &mut shared.diagnostics;
    let author = first.label.as_deref().unwrap_or_default();
    let author = fit_in(
        author,
        LONGEST_AUTHOR,
        "the name of an author",
        "a comment",
        diagnostics,
    );
    let text = texts.join("\n");
    let text = fit_in(&text, LONGEST_COMMENT, "a text", "a comment", diagnostics);
    let lines = text
        .lines()
        .map(|line| line.chars().count() / 16 + 1)
        .sum::<usize>();
    let note = SheetNote::new(text)
        .set_author(author)
        .add_author_prefix(false)
        .set_width(180)
        .set_height(u32::try_from(lines * 20 + 20).unwrap_or(400).clamp(60, 400));
    worksheet.insert_note(row, col, &note).map_err(refused)?;
    Ok(())
}

/// The images of a line.
pub(crate) fn images(content: &[Inline]) -> Vec<&Image> {
    let mut found = Vec::new();
    for inline in content {
        match inline {
            Inline::Image(image) => found.push(image),
            Inline::Link(link) => found.extend(images(&link.content)),
            _ => {}
        }
    }
    found
}

/// Lays an image on the sheet with its corner in a cell, and gives its height. None where it is told
/// as left out.
pub(crate) fn write_image(
    worksheet: &mut Worksheet,
    (row, col): (u32, u16),
    image: &Image,
    shared: &mut Shared<'_>,
) -> Result<Option<Points>, Error> {
    let resource = image
        .resource
        .as_ref()
        .and_then(|id| shared.resources.get(id));
    let made = resource.map(|resource| SheetImage::new_from_buffer(&resource.data));
    let made = match made {
        Some(Ok(made)) if made.width() > 0.0 && made.height() > 0.0 => made,
        found => {
            let name = if image.alt.is_empty() {
                "without a description"
            } else {
                &image.alt
            };
            let why = match found {
                None => "its bytes are not in the document",
                Some(_) => "a workbook shows only png, jpeg, gif and bmp",
            };
            let message = format!("an image was left out ({name}): {why}");
            shared.diagnostics.add(Code::ImageDropped, message, None);
            return Ok(None);
        }
    };
    let natural = [
        Points::new(made.width() / made.width_dpi().max(1.0) * 72.0),
        Points::new(made.height() / made.height_dpi().max(1.0) * 72.0),
    ];
    let [width, height] = image.size.unwrap_or(natural);
    let is_whole = |length: Points| (length.to_f64() * PIXELS_PER_POINT).fract().abs() < 0.01;
    if image.size.is_none() || !is_whole(width) || !is_whole(height) {
        let message = "the sizes of images were brought to whole pixels of 96 to an inch";
        shared.diagnostics.once(Code::StyleDropped, message, None);
    }
    let pixels = |length: Points| (length.to_f64() * PIXELS_PER_POINT).round().max(1.0);
    let alt = fit_in(
        &image.alt,
        LONGEST_DESCRIPTION,
        "the description of an image",
        "a workbook",
        &mut shared.diagnostics,
    );
    let made = made
        .set_scale_to_size(pixels(width), pixels(height), false)
        .set_alt_text(alt)
        .set_object_movement(ObjectMovement::MoveButDontSizeWithCells);
    worksheet.insert_image(row, col, &made).map_err(refused)?;
    Ok(Some(height))
}

/// The address of a link over the whole of a line, as a workbook takes it.
pub(crate) fn whole_link(content: &[Inline]) -> Option<&str> {
    let beside = |inline: &&Inline| !matches!(inline, Inline::NoteRef(_) | Inline::Image(_));
    let mut inlines = content.iter().filter(beside);
    match (inlines.next(), inlines.next()) {
        (Some(Inline::Link(link)), None) => Some(&link.href),
        _ => None,
    }
}

/// Makes a cell a link. What is written into the cell afterwards is shown.
pub(crate) fn write_link(
    worksheet: &mut Worksheet,
    (row, col): (u32, u16),
    href: &str,
    look: Look,
    shared: &mut Shared<'_>,
) -> Result<(), Error> {
    let format = shared.formats.get(look);
    let address = Address::new(href);
    let written = address.as_ref().is_some_and(|address| {
        let url = Url::new(address.given.as_str()).set_text("x");
        worksheet
            .write_url_with_format(row, col, url, &format)
            .is_ok()
    });
    if written && address.is_some_and(|address| address.is_changed) {
        let message =
            format!("the address {href:?} has characters that a workbook writes in another way");
        shared.diagnostics.add(Code::NameChanged, message, None);
    }
    if !written {
        let message =
            format!("the address {href:?} is none that a workbook takes; its text stands");
        shared.diagnostics.add(Code::LinkDropped, message, None);
    }
    Ok(())
}

/// How many links of a line are not over the whole of it, and so lose their address.
pub(crate) fn tell_inner_links(content: &[Inline], shared: &mut Shared<'_>) {
    if whole_link(content).is_some() {
        return;
    }
    let links = content.iter().filter_map(|inline| match inline {
        Inline::Link(link) => Some(link.href.as_str()),
        _ => None,
    });
    for href in links {
        let message =
            format!("a cell has one link at most, over all of its text; {href:?} was left out");
        shared.diagnostics.add(Code::LinkDropped, message, None);
    }
}
