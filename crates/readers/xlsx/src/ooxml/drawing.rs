//! What lies on a sheet (ECMA-376-1 20.5): pictures, shapes with text, charts.

use tabulary_ir::{Block, Budget, Error, ErrorKind, Image, Marks, Paragraph, Points, push_text};
use tabulary_package::xml::{Element, Event, Ns, Pull};

use super::anchor::Axes;
use crate::place::Area;

/// What lies on a sheet, in the order of the drawing.
#[derive(Debug, Default)]
pub(super) struct Drawing {
    /// Pictures: the cells they cover, the relationship of their bytes, and what is said of them.
    pub(super) pictures: Vec<(Area, String, Image)>,
    /// Shapes with text, and the cells they cover.
    pub(super) shapes: Vec<(Area, Vec<Block>)>,
    /// Why it was not read to its end.
    pub(super) damage: Option<Error>,
    /// How many charts and other frames there are.
    pub(super) frames: usize,
}

/// Reads the drawing of a sheet with these columns and rows, as far as it is whole.
pub(super) fn read(text: &str, axes: &Axes, budget: &Budget) -> Result<Drawing, Error> {
    let mut pull = Pull::new(text, budget);
    let mut drawing = Drawing::default();
    loop {
        match pull.next_event() {
            Ok(Event::Start(start)) if start.ns == Ns::Xdr && start.local.ends_with("Anchor") => {
                let (anchor, fault) = pull.partial_element(start);
                let area = axes.area(&anchor);
                let size = anchor.child(Ns::Xdr, "ext").and_then(extent);
                for child in anchor.elements() {
                    object(child, area, size, budget, &mut drawing)?;
                }
                if let Some(error) = fault {
                    if error.kind() == ErrorKind::Limit {
                        return Err(error);
                    }
                    drawing.damage = Some(error);
                    break;
                }
            }
            Ok(Event::Eof) => break,
            Ok(_) => {}
            Err(error) if error.kind() == ErrorKind::Limit => return Err(error),
            Err(error) => {
                drawing.damage = Some(error);
                break;
            }
        }
    }
    Ok(drawing)
}

fn object(
    element: &Element,
    area: Area,
    size: Option<[Points; 2]>,
    budget: &Budget,
    drawing: &mut Drawing,
) -> Result<(), Error> {
    match (element.ns, element.local.as_str()) {
        (Ns::Xdr, "pic") => {
            budget.images(1)?;
            let named = element
                .child(Ns::Xdr, "nvPicPr")
                .and_then(|properties| properties.child(Ns::Xdr, "cNvPr"));
            let alt = named
                .and_then(|named| named.plain("descr"))
                .unwrap_or_default();
            let blip = element
                .child(Ns::Xdr, "blipFill")
                .and_then(|fill| fill.child(Ns::A, "blip"));
            let own_size = element.child(Ns::Xdr, "spPr").and_then(shape_size);
            let embedded = blip.and_then(|blip| blip.attribute(Ns::R, "embed"));
            let linked = blip.and_then(|blip| blip.attribute(Ns::R, "link"));
            let image = Image {
                alt: alt.to_owned(),
                size: size.or(own_size),
                ..Image::default()
            };
            let id = embedded.or(linked).unwrap_or_default();
            drawing.pictures.push((area, id.to_owned(), image));
        }
        (Ns::Xdr, "sp") => {
            let blocks = element.child(Ns::Xdr, "txBody").map(paragraphs);
            let blocks = blocks.unwrap_or_default();
            if !blocks.is_empty() {
                budget.blocks(blocks.len() as u64)?;
                drawing.shapes.push((area, blocks));
            }
        }
        (Ns::Xdr, "grpSp") => {
            for child in element.elements() {
                object(child, area, None, budget, drawing)?;
            }
        }
        (Ns::Xdr, "graphicFrame") => drawing.frames += 1,
        // The first choice is what a new program shows (ECMA-376-3 9.3).
        (Ns::Mc, "AlternateContent") => {
            if let Some(choice) = element.elements().next() {
                for child in choice.elements() {
                    object(child, area, size, budget, drawing)?;
                }
            }
        }
        _ => {}
    }
    Ok(())
}

fn extent(element: &Element) -> Option<[Points; 2]> {
    let emu = |name: &str| {
        element
            .plain(name)?
            .parse::<i64>()
            .ok()
            .filter(|emu| *emu > 0)
    };
    Some([Points::from_emu(emu("cx")?), Points::from_emu(emu("cy")?)])
}

fn shape_size(properties: &Element) -> Option<[Points; 2]> {
    extent(properties.child(Ns::A, "xfrm")?.child(Ns::A, "ext")?)
}

/// The paragraphs of a text body (ECMA-376-1 21.1.2); those that hold nothing are left out.
fn paragraphs(body: &Element) -> Vec<Block> {
    let mut blocks = Vec::new();
    for paragraph in body.elements().filter(|element| element.is(Ns::A, "p")) {
        let mut content = Vec::new();
        for piece in paragraph.elements().filter(|piece| piece.ns == Ns::A) {
            match piece.local.as_str() {
                "r" | "fld" => {
                    let text = piece.child(Ns::A, "t").map(Element::text);
                    push_text(&mut content, &text.unwrap_or_default(), Marks::NONE);
                }
                "br" => push_text(&mut content, "\n", Marks::NONE),
                _ => {}
            }
        }
        if !content.is_empty() {
            blocks.push(Block::Paragraph(Paragraph {
                content,
                ..Paragraph::default()
            }));
        }
    }
    blocks
}
