//! What an update of a PDF needs to know of the file that it is added to (ISO 32000-1 7.5.6): the trailer, the place
//! of the cross-reference table, and the few objects that are written anew or looked at. Nothing else of it is read.

use hayro_syntax::Pdf;
use hayro_syntax::object::{Dict, FromBytes, MaybeRef, Object, ObjectIdentifier};
use lopdf::ObjectId;

/// How deep objects may stand in one another.
const DEPTH: usize = 32;

/// The file as a document of lopdf that holds its trailer, its catalog, its names and its properties. None where it
/// does not end with a table of references and a trailer, as those of the layout engine do (ISO 32000-1 7.5.5).
pub(crate) fn previous(bytes: &[u8], pdf: &Pdf) -> Option<lopdf::Document> {
    let start = rfind(bytes, b"startxref")?;
    let trailer = rfind(&bytes[..start], b"trailer")?;
    let place = std::str::from_utf8(bytes.get(start + b"startxref".len()..)?).ok()?;
    let place: usize = place.split_ascii_whitespace().next()?.parse().ok()?;
    if !bytes.get(place..)?.starts_with(b"xref") {
        return None;
    }
    let trailer = Dict::from_bytes(bytes[trailer + b"trailer".len()..start].trim_ascii_start())?;
    let mut known = lopdf::Document::new();
    known.reference_table.cross_reference_type = lopdf::xref::XrefType::CrossReferenceTable;
    known.xref_start = place;
    known.max_id = u32::try_from(trailer.get::<i64>(&b"Size"[..])?.checked_sub(1)?).ok()?;
    known.trailer = dictionary(&trailer, DEPTH)?;
    let root = reference(&known.trailer, b"Root")?;
    keep(&mut known, pdf, root)?;
    if let Some(names) = reference(known.get_dictionary(root).ok()?, b"Names") {
        keep(&mut known, pdf, names)?;
    }
    if let Some(information) = reference(&known.trailer, b"Info") {
        keep(&mut known, pdf, information)?;
    }
    Some(known)
}

/// Where bytes stand for the last time.
fn rfind(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    bytes
        .windows(wanted.len())
        .rposition(|window| window == wanted)
}

fn reference(dictionary: &lopdf::Dictionary, key: &[u8]) -> Option<ObjectId> {
    dictionary.get(key).ok()?.as_reference().ok()
}

/// Takes a dictionary of the file over.
fn keep(known: &mut lopdf::Document, pdf: &Pdf, id: ObjectId) -> Option<()> {
    let found = ObjectIdentifier::new(id.0, i32::from(id.1));
    let found = dictionary(&pdf.xref().get::<Dict<'_>>(found)?, DEPTH)?;
    known.set_object(id, found);
    Some(())
}

fn dictionary(found: &Dict<'_>, depth: usize) -> Option<lopdf::Dictionary> {
    let entries = found.entries();
    let entries = entries.map(|(key, value)| Some((key.to_vec(), object(value, depth)?)));
    entries.collect()
}

fn object(found: MaybeRef<Object<'_>>, depth: usize) -> Option<lopdf::Object> {
    let depth = depth.checked_sub(1)?;
    let found = match found {
        MaybeRef::NotRef(found) => found,
        MaybeRef::Ref(id) => {
            let generation = u16::try_from(id.gen_number).ok()?;
            return Some(lopdf::Object::Reference((id.obj_number, generation)));
        }
    };
    Some(match found {
        Object::Null(_) => lopdf::Object::Null,
        Object::Boolean(value) => value.into(),
        Object::Number(number) if number.as_f64().fract() == 0.0 => number.as_i64().into(),
        Object::Number(number) => number.as_f32().into(),
        Object::String(text) => lopdf::Object::string_literal(text.as_bytes()),
        Object::Name(name) => lopdf::Object::Name(name.to_vec()),
        Object::Array(array) => {
            let items = array.raw_iter().map(|item| object(item, depth));
            lopdf::Object::Array(items.collect::<Option<_>>()?)
        }
        Object::Dict(inner) => dictionary(&inner, depth)?.into(),
        // A stream never stands in another object (ISO 32000-1 7.3.8).
        Object::Stream(_) => return None,
    })
}
