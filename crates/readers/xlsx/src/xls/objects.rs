//! What lies on a sheet: comments, pictures, shapes with text ([MS-XLS] 2.4.179, 2.4.181, 2.4.329).

use std::collections::BTreeMap;

use tabulary_ir::{Block, Error, Image, Paragraph, Resources};

use super::art::{self, Shape};
use super::globals::Globals;
use super::records::{Record, Records};
use super::strings::{Continued, styled};
use super::version::Biff;
use super::worksheet::Shared;
use crate::biff::{Bytes, Unread, note};
use crate::place::Area;
use crate::sheet::{Picture, Sheet};
use crate::text::Text;

/// Kinds of objects ([MS-XLS] 2.5.143).
mod object {
    pub(super) const CHART: u16 = 0x05;
    pub(super) const PICTURE: u16 = 0x08;
    pub(super) const NOTE: u16 = 0x19;
    /// Buttons, boxes, lists and the like.
    pub(super) const CONTROLS: [u16; 11] = [
        0x07, 0x0B, 0x0C, 0x0D, 0x0E, 0x0F, 0x10, 0x11, 0x12, 0x13, 0x14,
    ];
}

/// An object, in the order of the records.
#[derive(Debug, Default)]
struct Object {
    kind: u16,
    number: u16,
    /// Whether the program shows it for its own use, as the arrow of a filter.
    is_of_program: bool,
    is_embedded: bool,
    text: Text,
}

/// A comment before its text is known.
struct Note {
    row: u32,
    col: u32,
    author: Option<String>,
    /// The number of the object that has its text.
    object: u16,
    text: String,
}

/// What lies on a sheet, while its records are read.
#[derive(Default)]
pub(super) struct Objects<'a> {
    drawing: Vec<&'a [u8]>,
    objects: Vec<Object>,
    notes: Vec<Note>,
    /// Pictures of Excel 95 and earlier.
    old_pictures: usize,
}

impl<'a> Objects<'a> {
    /// Reads a record, where it is one of objects.
    pub(super) fn record(
        &mut self,
        record: Record<'a>,
        records: &mut Records<'a>,
        globals: &Globals<'_>,
    ) {
        let is_new = globals.codec.biff == Biff::Biff8;
        // A record that does not hold what it should says nothing.
        let _ = match record.kind {
            0x00EC => {
                self.drawing.extend(records.continued(record));
                Some(())
            }
            0x005D if is_new => self.object(record.data),
            0x005D => self.old_object(record.data),
            0x01B6 => self.text(records.continued(record), globals),
            0x001C if is_new => self.note(record.data, globals),
            0x001C => self.old_note(record.data, globals),
            0x007F => {
                self.old_pictures += 1;
                Some(())
            }
            _ => None,
        };
    }

    fn object(&mut self, data: &[u8]) -> Option<()> {
        let mut data = Bytes::new(data);
        let mut object = Object::default();
        while let (Some(kind), Some(size)) = (data.u16(), data.u16()) {
            let Some(mut part) = data.take(size.into()).map(Bytes::new) else {
                break;
            };
            match kind {
                0x15 => {
                    object.kind = part.u16()?;
                    object.number = part.u16()?;
                    object.is_of_program = part.u16()? & 0x0100 != 0;
                }
                0x09 => object.is_embedded = true,
                _ => {}
            }
        }
        self.objects.push(object);
        Some(())
    }

    fn old_object(&mut self, data: &[u8]) -> Option<()> {
        let mut data = Bytes::new(data);
        data.skip(4)?;
        let (kind, number) = (data.u16()?, data.u16()?);
        self.objects.push(Object {
            kind,
            number,
            ..Object::default()
        });
        Some(())
    }

    /// The text of the last object, in the records that go on.
    fn text(&mut self, parts: Vec<&[u8]>, globals: &Globals<'_>) -> Option<()> {
        let mut head = Bytes::new(parts.first()?);
        head.skip(10)?;
        let (count, size) = (head.u16()?, head.u16()?);
        let mut parts = Continued::new(parts.into_iter().skip(1).collect());
        let text = parts.characters(count.into(), false)?;
        let mut runs = Vec::new();
        for _ in 0..size / 8 {
            let Some(run) = parts.u16().zip(parts.u16()) else {
                break;
            };
            runs.push((run.0.into(), run.1));
            if parts.skip(4).is_none() {
                break;
            }
        }
        // The last says only where the text ends.
        runs.pop();
        let object = self.objects.last_mut()?;
        object.text = styled(text, &runs, &|font| globals.marks(font));
        Some(())
    }

    fn note(&mut self, data: &[u8], globals: &Globals<'_>) -> Option<()> {
        let mut data = Bytes::new(data);
        let (row, col) = (data.u16()?.into(), data.u16()?.into());
        data.skip(2)?;
        self.notes.push(Note {
            row,
            col,
            object: data.u16()?,
            author: globals.codec.long(&mut data),
            text: String::new(),
        });
        Some(())
    }

    /// A comment of Excel 95, whose text may go on in further records.
    fn old_note(&mut self, data: &[u8], globals: &Globals<'_>) -> Option<()> {
        let mut data = Bytes::new(data);
        let (row, col) = (data.u16()?, data.u16()?);
        let count = usize::from(data.u16()?).min(data.rest().len());
        let text = globals.codec.decode(data.take(count)?);
        if row == 0xFFFF {
            self.notes.last_mut()?.text.push_str(&text);
            return Some(());
        }
        self.notes.push(Note {
            row: row.into(),
            col: col.into(),
            author: None,
            object: 0,
            text,
        });
        Some(())
    }

    /// Gives the sheet what lies on it.
    pub(super) fn finish(
        self,
        shared: &Shared<'_, '_>,
        resources: &mut Resources,
        sheet: &mut Sheet,
        unread: &mut Unread,
    ) -> Result<(), Error> {
        let shapes = art::shapes(&self.drawing.concat());
        let is_new = shared.globals.codec.biff == Biff::Biff8;
        let mut texts = BTreeMap::new();
        let mut with_object = shapes.iter().filter(|shape| shape.has_object);
        for object in self.objects {
            let nothing = Shape::default();
            let shape = with_object.next().unwrap_or(&nothing);
            if object.is_embedded {
                unread.add("embedded objects");
            }
            match object.kind {
                object::NOTE => {
                    texts.insert(object.number, object.text);
                }
                // A chart has records of its own, which are counted.
                object::CHART => {}
                object::PICTURE if is_new => picture(shape, shared, resources, sheet, unread)?,
                kind if object::CONTROLS.contains(&kind) => {
                    if !object.is_of_program {
                        unread.add("form controls");
                    }
                }
                _ if is_new => add_shape(shape, object.text, sheet),
                _ => unread.add("drawn objects"),
            }
        }
        for _ in 0..self.old_pictures {
            unread.add("pictures");
        }
        for found in self.notes {
            shared.budget.blocks(1)?;
            let text = texts.get(&found.object).cloned();
            let text = text.unwrap_or_else(|| Text::Plain(found.text.into()));
            let made = note(found.row, found.col, found.author, text);
            sheet.notes.push(made);
        }
        sheet.notes.sort_by_key(|note| (note.row, note.col));
        Ok(())
    }
}

fn picture(
    shape: &Shape,
    shared: &Shared<'_, '_>,
    resources: &mut Resources,
    sheet: &mut Sheet,
    unread: &mut Unread,
) -> Result<(), Error> {
    shared.budget.images(1)?;
    let index = shape.picture.and_then(|number| number.checked_sub(1));
    let Some(found) = index.and_then(|index| shared.pictures.get(index)) else {
        return Ok(());
    };
    let Some(found) = found else {
        unread.add("pictures in formats of metafiles");
        return Ok(());
    };
    let resource = resources.add(found.bytes.clone(), found.media_type, None);
    sheet.pictures.push(Picture {
        area: shape.area.unwrap_or(Area::new(0, 0, 0, 0)),
        image: Image {
            alt: shape.description.clone(),
            resource: Some(resource),
            ..Image::default()
        },
    });
    Ok(())
}

/// A shape with text; one without says nothing.
fn add_shape(shape: &Shape, text: Text, sheet: &mut Sheet) {
    let made = note(0, 0, None, text).blocks;
    let says_something = made.iter().any(|block| match block {
        Block::Paragraph(Paragraph { content, .. }) => !content.is_empty(),
        _ => false,
    });
    if says_something {
        let area = shape.area.unwrap_or(Area::new(0, 0, 0, 0));
        sheet.shapes.push((area, made));
    }
}
