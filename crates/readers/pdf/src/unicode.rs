//! Characters out of codes that the font itself does not explain, and characters as a person reads them.

use compact_str::CompactString;
use hayro_font::hayro_cmap::{BfString, CMap, CMapName, CidFamily, load_embedded};
use hayro_syntax::object::{Array, Dict, Name, Object, Stream, String as PdfString};

/// The ways to a character where a font has no map to Unicode.
#[derive(Default)]
pub(crate) struct Fallback<'a> {
    /// From codes to character identifiers, and from these to Unicode, where the font names a collection.
    collection: Option<(Option<CMap>, CMap)>,
    marker: std::marker::PhantomData<&'a ()>,
}

impl<'a> Fallback<'a> {
    pub(crate) fn new(dict: &Dict<'a>) -> Self {
        Self {
            collection: collection(dict),
            marker: std::marker::PhantomData,
        }
    }

    /// The text of a code that stands for a glyph of the font; empty where nothing tells.
    pub(crate) fn text(&self, code: u32, length: u8, _glyph: u32) -> CompactString {
        let Some((codes, unicode)) = &self.collection else {
            return CompactString::default();
        };
        let cid = match codes {
            Some(codes) => codes.lookup_cid_code(code, length),
            None => Some(code),
        };
        match cid.and_then(|cid| unicode.lookup_bf_string(cid)) {
            Some(BfString::Char(c)) => readable(c.encode_utf8(&mut [0; 4])),
            Some(BfString::String(text)) => readable(&text),
            None => CompactString::default(),
        }
    }
}

/// The maps of a font whose characters belong to a collection of Adobe's (ISO 32000-1 9.10.2).
fn collection(dict: &Dict<'_>) -> Option<(Option<CMap>, CMap)> {
    if dict.contains_key(&b"ToUnicode"[..]) {
        return None;
    }
    let descendant = dict
        .get::<Array<'_>>(&b"DescendantFonts"[..])?
        .iter::<Dict<'_>>()
        .next()?;
    let system = descendant.get::<Dict<'_>>(&b"CIDSystemInfo"[..])?;
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

fn named(name: &Name<'_>) -> Option<CMap> {
    CMap::parse(load_embedded(CMapName::from_bytes(name))?, load_embedded)
}

fn embedded(stream: &Stream<'_>) -> Option<CMap> {
    CMap::parse(&stream.decoded_data().ok()?, load_embedded)
}

/// A text as a person reads it: ligatures, radicals and presentation forms become the letters that they
/// show, and characters that say nothing are left out.
pub(crate) fn readable(text: &str) -> CompactString {
    let mut out = CompactString::default();
    for c in text.chars() {
        match c {
            '\0' | '\u{fffd}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}' => {}
            '\t' | '\n' | '\r' | '\u{a0}' | '\u{2000}'..='\u{200a}' | '\u{202f}' => out.push(' '),
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out
}
