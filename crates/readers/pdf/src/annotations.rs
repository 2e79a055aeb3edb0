//! Annotations and the fields of forms (ISO 32000-1 12.5 and 12.7).

use compact_str::CompactString;
use hayro_syntax::object::{Array, Dict, Name, Object, Stream, String as PdfString};
use hayro_syntax::page::Resources;
use tabulary_ir::Error;
use tabulary_pages::{Face, Glyph, LinkArea, Rect};

use crate::destinations::Destinations;
use crate::interpret::{Interpreter, Matrix, around};
use crate::text::text_string;

/// The most annotations of a page.
const ANNOTATIONS: usize = 20_000;
/// How many fields may hold one another.
const FIELDS: usize = 32;
/// The most characters of a value that is placed.
const VALUE: usize = 100_000;

/// What someone noted on a page.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Comment {
    pub(crate) page: u32,
    pub(crate) bbox: Rect,
    pub(crate) author: Option<String>,
    pub(crate) text: String,
}

/// What is needed to place annotations on a page.
pub(crate) struct Annotations<'a, 'd> {
    pub(crate) destinations: &'d Destinations<'a>,
    /// Whether the values of fields are to be drawn anew (ISO 32000-1 table 218).
    pub(crate) needs_appearances: bool,
}

impl<'a> Annotations<'a, '_> {
    /// Adds the annotations of a page to what it shows, and gives what was noted on it.
    ///
    /// # Errors
    /// Of kind `Limit`.
    pub(crate) fn place(
        &self,
        page: &Dict<'a>,
        resources: &Resources<'a>,
        ctm: Matrix,
        run: &mut Interpreter<'a, '_>,
    ) -> Result<Vec<Comment>, Error> {
        let mut comments = Vec::new();
        let Some(all) = page.get::<Array<'_>>(&b"Annots"[..]) else {
            return Ok(comments);
        };
        for annotation in all.iter::<Dict<'_>>().take(ANNOTATIONS) {
            let Some(bbox) = shown_box(&annotation, ctm) else {
                continue;
            };
            if is_hidden(&annotation) || run.is_off(&annotation) {
                continue;
            }
            let kind = annotation.get::<Name<'_>>(&b"Subtype"[..]);
            match kind.as_ref().map(AsRef::as_ref) {
                Some(b"Link") => self.link(&annotation, bbox, ctm, run),
                Some(b"Widget") => self.widget(&annotation, bbox, resources, ctm, run)?,
                Some(b"FreeText" | b"Stamp" | b"Watermark") => {
                    if !paint(&annotation, resources, ctm, run)? {
                        comments.extend(comment(&annotation, run.page.number, bbox));
                    }
                }
                Some(b"Popup") | None => {}
                Some(_) => comments.extend(comment(&annotation, run.page.number, bbox)),
            }
        }
        Ok(comments)
    }

    fn link(&self, annotation: &Dict<'a>, bbox: Rect, ctm: Matrix, run: &mut Interpreter<'a, '_>) {
        let Some(href) = self.href(annotation) else {
            return;
        };
        // A link over several lines has a box for each (ISO 32000-1 table 173).
        let quads = annotation.get::<Array<'_>>(&b"QuadPoints"[..]);
        let numbers: Vec<f64> = quads
            .iter()
            .flat_map(|quads| quads.iter::<f64>())
            .take(8 * ANNOTATIONS)
            .collect();
        let boxes = numbers.as_chunks::<8>().0.iter().map(|quad| {
            let corners = quad.as_chunks::<2>().0.iter().map(|[x, y]| (*x, *y));
            around(ctm, &corners.collect::<Vec<_>>())
        });
        let mut boxes: Vec<Rect> = boxes.filter(|quad| bbox.holds(quad, 2.0)).collect();
        if boxes.is_empty() {
            boxes.push(bbox);
        }
        run.page
            .links
            .extend(boxes.into_iter().map(|bbox| LinkArea {
                bbox,
                href: href.clone(),
            }));
    }

    fn href(&self, annotation: &Dict<'a>) -> Option<String> {
        if let Some(place) = self.destinations.of(annotation) {
            return Some(format!("#page={}", place.page));
        }
        let action = annotation.get::<Dict<'_>>(&b"A"[..])?;
        let uri = action.get::<PdfString<'_>>(&b"URI"[..])?;
        let uri = String::from_utf8_lossy(uri.as_bytes()).trim().to_owned();
        (!uri.is_empty()).then_some(uri)
    }

    /// A field: as it is drawn, or its value where nothing draws it.
    fn widget(
        &self,
        annotation: &Dict<'a>,
        bbox: Rect,
        resources: &Resources<'a>,
        ctm: Matrix,
        run: &mut Interpreter<'a, '_>,
    ) -> Result<(), Error> {
        let kind = inherited(annotation, b"FT").and_then(Object::into_name);
        let is_text = kind.is_some_and(|kind| matches!(kind.as_ref(), b"Tx" | b"Ch"));
        let value = if is_text { value(annotation) } else { None };
        if self.needs_appearances && value.is_some() {
            set(value.as_deref().unwrap_or_default(), annotation, bbox, run);
            return Ok(());
        }
        let before = run.page.glyphs.len();
        let is_painted = paint(annotation, resources, ctm, run)?;
        if let Some(value) = value
            && (!is_painted || run.page.glyphs.len() == before)
        {
            set(&value, annotation, bbox, run);
        }
        Ok(())
    }
}

/// Where an annotation stands on the page as it is shown.
fn shown_box(annotation: &Dict<'_>, ctm: Matrix) -> Option<Rect> {
    let [x0, y0, x1, y1] = annotation.get::<[f64; 4]>(&b"Rect"[..])?;
    let bbox = around(ctm, &[(x0, y0), (x1, y1)]);
    bbox.x1.is_finite().then_some(bbox)
}

fn is_hidden(annotation: &Dict<'_>) -> bool {
    const HIDDEN: u32 = 1 << 1;
    const NO_VIEW: u32 = 1 << 5;
    annotation
        .get::<u32>(&b"F"[..])
        .is_some_and(|flags| flags & (HIDDEN | NO_VIEW) != 0)
}

/// Paints the normal appearance of an annotation (ISO 32000-1 12.5.5); false where it has none.
fn paint<'a>(
    annotation: &Dict<'a>,
    resources: &Resources<'a>,
    ctm: Matrix,
    run: &mut Interpreter<'a, '_>,
) -> Result<bool, Error> {
    let Some(form) = appearance(annotation) else {
        return Ok(false);
    };
    let (Some(rect), Some(bounds)) = (
        annotation.get::<[f64; 4]>(&b"Rect"[..]),
        form.dict().get::<[f64; 4]>(&b"BBox"[..]),
    ) else {
        return Ok(false);
    };
    let matrix = form.dict().get::<[f64; 6]>(&b"Matrix"[..]);
    let matrix = matrix.map_or(Matrix::IDENTITY, Matrix);
    let [x0, y0, x1, y1] = bounds;
    let drawn = around(matrix, &[(x0, y0), (x1, y0), (x1, y1), (x0, y1)]);
    let scale = |from: f32, to: f64| {
        if from > 0.0 {
            to / f64::from(from)
        } else {
            1.0
        }
    };
    let (left, right) = (rect[0].min(rect[2]), rect[0].max(rect[2]));
    let (bottom, top) = (rect[1].min(rect[3]), rect[1].max(rect[3]));
    let (sx, sy) = (
        scale(drawn.width(), right - left),
        scale(drawn.height(), top - bottom),
    );
    let fit = Matrix([
        sx,
        0.0,
        0.0,
        sy,
        left - f64::from(drawn.x0) * sx,
        bottom - f64::from(drawn.y0) * sy,
    ]);
    let clip = Rect::new(0.0, 0.0, run.page.width, run.page.height);
    run.form(&form, fit.then(ctm), clip, resources)?;
    Ok(true)
}

fn appearance<'a>(annotation: &Dict<'a>) -> Option<Stream<'a>> {
    let all = annotation.get::<Dict<'_>>(&b"AP"[..])?;
    match all.get::<Object<'_>>(&b"N"[..])? {
        Object::Stream(stream) => Some(stream),
        Object::Dict(states) => {
            let state = annotation.get::<Name<'_>>(&b"AS"[..])?;
            states.get::<Stream<'_>>(state.as_ref())
        }
        _ => None,
    }
}

/// An entry of a field, its own or that of the fields that hold it (ISO 32000-1 12.7.3.1).
fn inherited<'a>(field: &Dict<'a>, key: &[u8]) -> Option<Object<'a>> {
    let mut field = field.clone();
    for _ in 0..FIELDS {
        if let Some(object) = field.get::<Object<'_>>(key) {
            return Some(object);
        }
        field = field.get::<Dict<'_>>(&b"Parent"[..])?;
    }
    None
}

fn value(field: &Dict<'_>) -> Option<String> {
    let text = |object: &Object<'_>| match object {
        Object::String(text) => Some(text_string(text.as_bytes())),
        _ => None,
    };
    let value = match inherited(field, b"V")? {
        Object::Array(chosen) => {
            let chosen = chosen.iter::<Object<'_>>();
            chosen
                .filter_map(|object| text(&object))
                .collect::<Vec<_>>()
                .join(", ")
        }
        object => text(&object)?,
    };
    (!value.trim().is_empty()).then_some(value)
}

/// Sets a value in the box of its field, line by line: its place is where it would be drawn, and its widths are
/// those of no font.
fn set(value: &str, annotation: &Dict<'_>, bbox: Rect, run: &mut Interpreter<'_, '_>) {
    const LEADING: f32 = 1.2;
    const MARGIN: f32 = 2.0;
    const USUAL: f32 = 12.0;
    let lines: Vec<&str> = value.lines().map(str::trim_end).collect();
    let stated = size(annotation).filter(|size| *size > 0.0);
    let room = bbox.height() / lines.len().max(1) as f32 / LEADING;
    let size = stated.unwrap_or(USUAL).min(room.max(1.0));
    let face = run.page.faces.len();
    run.page.faces.push(Face {
        name: "Helvetica".to_owned(),
        ..Face::default()
    });
    let face = u16::try_from(face).unwrap_or(u16::MAX);
    let mut left = VALUE;
    for (number, line) in lines.iter().enumerate() {
        let top = if lines.len() == 1 {
            bbox.center_y() - size / 2.0
        } else {
            bbox.y0 + MARGIN + number as f32 * size * LEADING
        };
        let mut x = bbox.x0 + MARGIN;
        for c in line.chars().filter(|c| !c.is_control()) {
            if left == 0 {
                run.trouble.too_much = true;
                return;
            }
            left -= 1;
            let width = if c.is_ascii() { 0.5 } else { 1.0 } * size;
            run.page.glyphs.push(Glyph {
                text: CompactString::from(&*c.encode_utf8(&mut [0; 4])),
                bbox: Rect::new(x, top, x + width, top + size),
                origin: [x, top + size * 0.8],
                size,
                face,
                ..Glyph::default()
            });
            x += width;
        }
    }
}

/// The size of type that a field asks for; 0 stands for one that fits (ISO 32000-1 12.7.3.3).
fn size(field: &Dict<'_>) -> Option<f32> {
    let text = inherited(field, b"DA").and_then(Object::into_string)?;
    let text = String::from_utf8_lossy(text.as_bytes()).into_owned();
    let words: Vec<&str> = text.split_whitespace().collect();
    let at = words.iter().position(|word| *word == "Tf")?;
    words.get(at.checked_sub(1)?)?.parse().ok()
}

/// What an annotation says.
fn comment(annotation: &Dict<'_>, page: u32, bbox: Rect) -> Option<Comment> {
    let text = |key: &[u8]| {
        let text = annotation.get::<PdfString<'_>>(key)?;
        let text = text_string(text.as_bytes()).trim().to_owned();
        (!text.is_empty()).then_some(text)
    };
    Some(Comment {
        page,
        bbox,
        author: text(b"T"),
        text: text(b"Contents")?,
    })
}
