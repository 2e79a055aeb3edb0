//! Characters out of codes that a font's own map does not explain.

use std::cell::OnceCell;
use std::collections::BTreeMap;

use compact_str::CompactString;
use hayro_cmap::{CMap, CMapName, CidFamily, load_embedded};
use hayro_syntax::object::{Array, Dict, Name, Object, Stream, String as PdfString};
use skrifa::raw::FontRef;
use skrifa::{GlyphId, GlyphNames, MetadataProvider};

use crate::unicode::{is_telling, mapped, readable};

/// The ways to a character where a font has no map to Unicode.
pub(crate) struct Fallback<'a> {
    dict: Dict<'a>,
    /// From codes to character identifiers, and from these to Unicode, where the font names a collection.
    collection: OnceCell<Option<(Option<CMap>, CMap)>>,
    /// From glyphs of the embedded program to Unicode.
    program: OnceCell<BTreeMap<u32, CompactString>>,
}

impl<'a> Fallback<'a> {
    pub(crate) fn new(dict: &Dict<'a>) -> Self {
        Self {
            dict: dict.clone(),
            collection: OnceCell::new(),
            program: OnceCell::new(),
        }
    }

    /// The text of a code that stands for a glyph of the font; empty where nothing tells.
    pub(crate) fn text(&self, code: u32, length: u8, glyph: u32) -> CompactString {
        let text = self.of_collection(code, length);
        if is_telling(&text) || glyph == 0 {
            return text;
        }
        if let Some(text) = of_encoding(&self.dict, code) {
            return text;
        }
        let program = self.program.get_or_init(|| program(&self.dict));
        match program.get(&glyph) {
            Some(found) => found.clone(),
            None => text,
        }
    }

    fn of_collection(&self, code: u32, length: u8) -> CompactString {
        let collection = self.collection.get_or_init(|| collection(&self.dict));
        let Some((codes, unicode)) = collection else {
            return CompactString::default();
        };
        let cid = match codes {
            Some(codes) => codes.lookup_cid_code(code, length),
            None => Some(code),
        };
        mapped(cid.and_then(|cid| unicode.lookup_bf_string(cid)))
    }
}

/// The maps of a font whose characters belong to a collection of Adobe's (ISO 32000-1 9.10.2).
fn collection(dict: &Dict<'_>) -> Option<(Option<CMap>, CMap)> {
    let system = descendant(dict)?.get::<Dict<'_>>(&b"CIDSystemInfo"[..])?;
    let part = |key: &[u8]| {
        system
            .get::<PdfString<'_>>(key)
            .map(|text| text.as_bytes().to_vec())
            .unwrap_or_default()
    };
    let family = CidFamily::from_registry_ordering(&part(b"Registry"), &part(b"Ordering"));
    let unicode = CMap::parse(load_embedded(family.ucs2_cmap()?)?, load_embedded)?;
    let codes = match dict.get::<Object<'_>>(&b"Encoding"[..]) {
        Some(Object::Name(name)) => named(&name),
        Some(Object::Stream(stream)) => embedded(&stream),
        _ => None,
    };
    Some((codes, unicode))
}

fn descendant<'a>(dict: &Dict<'a>) -> Option<Dict<'a>> {
    dict.get::<Array<'_>>(&b"DescendantFonts"[..])?
        .iter::<Dict<'_>>()
        .next()
}

fn named(name: &Name<'_>) -> Option<CMap> {
    CMap::parse(load_embedded(CMapName::from_bytes(name))?, load_embedded)
}

fn embedded(stream: &Stream<'_>) -> Option<CMap> {
    CMap::parse(&stream.decoded_data().ok()?, load_embedded)
}

/// What the glyphs of an embedded program are, by its own map from characters, or by their names.
fn program(dict: &Dict<'_>) -> BTreeMap<u32, CompactString> {
    let mut found = BTreeMap::new();
    let holder = descendant(dict).unwrap_or_else(|| dict.clone());
    let Some(descriptor) = holder.get::<Dict<'_>>(&b"FontDescriptor"[..]) else {
        return found;
    };
    let stream = [&b"FontFile2"[..], b"FontFile3"]
        .iter()
        .find_map(|key| descriptor.get::<Stream<'_>>(key));
    let Some(data) = stream.and_then(|stream| stream.decoded_data().ok()) else {
        return found;
    };
    let Ok(font) = FontRef::new(&data) else {
        return found;
    };
    for (glyph, name) in GlyphNames::new(&font).iter() {
        if !name.is_synthesized()
            && let Some(text) = of_name(name.as_str())
        {
            found.insert(glyph.to_u32(), text);
        }
    }
    let symbolic = font.charmap().is_symbol();
    for (character, glyph) in font.charmap().mappings() {
        let character = match character {
            0xf020..=0xf0ff if symbolic => character - 0xf000,
            _ => character,
        };
        let text = char::from_u32(character).map(|c| readable(c.encode_utf8(&mut [0; 4])));
        // Of several characters that share a glyph the first stands for it, a blank only where there is no other.
        if let Some(text) = text.filter(|text| is_telling(text))
            && glyph != GlyphId::NOTDEF
        {
            let entry = found.entry(glyph.to_u32()).or_insert_with(|| text.clone());
            if entry.trim().is_empty() && !text.trim().is_empty() {
                *entry = text;
            }
        }
    }
    found
}

/// What a code of a simple font is by the encoding that its dictionary gives (ISO 32000-1 9.6.6): by the name of its
/// glyph, or by the letters that all encodings of Latin text share.
fn of_encoding(dict: &Dict<'_>, code: u32) -> Option<CompactString> {
    let encoding = dict.get::<Object<'_>>(&b"Encoding"[..])?;
    if let Object::Dict(encoding) = &encoding
        && let Some(differences) = encoding.get::<Array<'_>>(&b"Differences"[..])
    {
        let mut next = 0;
        for item in differences.iter::<Object<'_>>() {
            match item {
                Object::Number(number) => next = u32::try_from(number.as_i64()).ok()?,
                Object::Name(name) => {
                    if next == code {
                        let name = name.as_str();
                        let is_letter = name.len() == 1 && name.is_ascii();
                        return if is_letter {
                            Some(name.into())
                        } else {
                            of_name(name)
                        };
                    }
                    next = next.checked_add(1)?;
                }
                _ => {}
            }
        }
    }
    let base = match &encoding {
        Object::Name(name) => Some(name.clone()),
        Object::Dict(encoding) => encoding.get::<Name<'_>>(&b"BaseEncoding"[..]),
        _ => None,
    }?;
    let is_latin = matches!(
        base.as_ref(),
        b"WinAnsiEncoding" | b"MacRomanEncoding" | b"StandardEncoding"
    );
    let c = char::from_u32(code).filter(|c| is_latin && (' '..='~').contains(c))?;
    Some(readable(c.encode_utf8(&mut [0; 4])))
}

/// What a glyph's name says, where it is a code of Unicode (Adobe Glyph List Specification 2).
fn of_name(name: &str) -> Option<CompactString> {
    let base = name.split('.').next().unwrap_or_default();
    let digits = base
        .strip_prefix("uni")
        .or_else(|| base.strip_prefix('u'))?;
    if !(4..=6).contains(&digits.len()) {
        return None;
    }
    let c = char::from_u32(u32::from_str_radix(digits, 16).ok()?)?;
    let text = readable(c.encode_utf8(&mut [0; 4]));
    is_telling(&text).then_some(text)
}
