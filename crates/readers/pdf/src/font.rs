//! Fonts: what the codes of a string say, and how far they move the pen (ISO 32000-1 9.6 to 9.10).

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::Arc;

use compact_str::CompactString;
use hayro_cmap::load_embedded;
use hayro_font::kurbo::Shape;
use hayro_font::{CMapResolverFn, Font, FontCache, FontGlyph, FontQuery, FontResolverFn};
use hayro_syntax::object::{Array, Dict, Name, Number, Object, Stream};
use tabulary_encoding::symbol;
use tabulary_pages::Face;

use crate::content::Decoder;
use crate::fallback::Fallback;
use crate::unicode::{is_telling, mapped, readable, sign_font, without_private};

/// How many fonts are kept; a document of many small parts does not keep them all.
const KEPT: usize = 256;

/// The fonts of a document, each loaded once.
pub(crate) struct Fonts<'a> {
    cache: FontCache<'a>,
    programs: FontResolverFn,
    cmaps: CMapResolverFn,
    loaded: BTreeMap<(usize, usize), Option<Rc<PageFont<'a>>>>,
}

impl<'a> Fonts<'a> {
    pub(crate) fn new() -> Self {
        Self {
            cache: FontCache::new(),
            programs: Arc::new(|query| {
                let standard = match query {
                    FontQuery::Standard(font) => *font,
                    FontQuery::Fallback(font) => font.pick_standard_font(),
                };
                Some(standard.get_font_data())
            }),
            cmaps: Arc::new(load_embedded),
            loaded: BTreeMap::new(),
        }
    }

    /// The font that a dictionary describes; none where it is damaged beyond use.
    pub(crate) fn get(
        &mut self,
        dict: &Dict<'a>,
        decoder: &Decoder<'_>,
    ) -> Option<Rc<PageFont<'a>>> {
        // The bytes of a dictionary stand where they stand for as long as the document does.
        let key = (dict.data().as_ptr() as usize, dict.data().len());
        if let Some(font) = self.loaded.get(&key) {
            return font.clone();
        }
        if self.loaded.len() >= KEPT {
            self.loaded.clear();
            self.cache = FontCache::new();
        }
        let font = if is_sound(dict, decoder) {
            self.cache.font(dict, &self.programs, &self.cmaps)
        } else {
            None
        };
        let font = font.map(|font| Rc::new(PageFont::new(font, dict)));
        self.loaded.insert(key, font.clone());
        font
    }
}

/// Whether the streams of a font may be decoded and its tables are such that a library can hold them.
fn is_sound(dict: &Dict<'_>, decoder: &Decoder<'_>) -> bool {
    const MOST_CODES: u32 = 1 << 16;
    let descendant = dict
        .get::<Array<'_>>(&b"DescendantFonts"[..])
        .and_then(|fonts| fonts.iter::<Dict<'_>>().next());
    let dicts = [Some(dict.clone()), descendant];
    let descriptors = dicts.clone().map(|dict| dict?.get(&b"FontDescriptor"[..]));
    let streams = dicts.iter().chain(&descriptors).flatten().flat_map(|dict| {
        [
            &b"ToUnicode"[..],
            b"Encoding",
            b"CIDToGIDMap",
            b"FontFile",
            b"FontFile2",
            b"FontFile3",
        ]
        .into_iter()
        .filter_map(|key| dict.get::<Stream<'_>>(key))
    });
    let mut streams = streams;
    if !streams.all(|stream| decoder.check(&stream).unwrap_or(false)) {
        return false;
    }
    let first = dict.get::<Number>(&b"FirstChar"[..]);
    let is_low = first.is_none_or(|first| (0..=i64::from(MOST_CODES)).contains(&first.as_i64()));
    let widths = dicts
        .iter()
        .flatten()
        .flat_map(|dict| [&b"W"[..], b"W2"].map(|key| dict.get::<Array<'_>>(key)));
    is_low
        && widths
            .flatten()
            .all(|widths| covered(&widths) <= u64::from(MOST_CODES) * 4)
}

/// How many codes the ranges of a table of widths cover (ISO 32000-1 9.7.4.3).
fn covered(widths: &Array<'_>) -> u64 {
    let mut codes = 0;
    let mut pending: Vec<u64> = Vec::new();
    for item in widths.iter::<Object<'_>>() {
        match item {
            Object::Number(number) => pending.push(u64::try_from(number.as_i64()).unwrap_or(0)),
            Object::Array(_) => pending.clear(),
            _ => {}
        }
        if let [first, last, _] = pending[..] {
            codes += last.saturating_sub(first) + 1;
            // Vertical tables have two numbers more to a range, which make ranges of their own at the worst.
            pending.clear();
        }
    }
    codes
}

/// A font with what was found of its codes so far.
pub(crate) struct PageFont<'a> {
    font: Font<'a>,
    fallback: Fallback<'a>,
    /// The font of signs that it is, if it is one.
    signs: Option<&'static str>,
    /// Whether the file says nothing of what its codes are.
    is_unexplained: bool,
    /// The face that glyphs of the font are said to be set in.
    pub(crate) face: Face,
    /// How tall the type is for a size of 1 in text space; other than 1 in Type 3 fonts alone.
    pub(crate) em: f64,
    codes: RefCell<BTreeMap<(u32, u8), Rc<Code>>>,
    /// The codes of one byte, which most fonts have alone.
    bytes: RefCell<Vec<Option<Rc<Code>>>>,
}

/// What a code of a font says.
pub(crate) struct Code {
    /// The characters; empty where nobody can tell, or there is nothing to see.
    pub(crate) text: CompactString,
    /// Whether it shows something, and nobody can tell what.
    pub(crate) is_unknown: bool,
    /// How wide it is drawn for a size of 1.
    pub(crate) width: f64,
    /// How far it moves the pen for a size of 1: to the right, and upwards in vertical writing.
    pub(crate) advance: [f64; 2],
    /// Where its origin lies from the pen for a size of 1, in vertical writing.
    pub(crate) shift: [f64; 2],
}

impl<'a> PageFont<'a> {
    fn new(font: Font<'a>, dict: &Dict<'a>) -> Self {
        let face = face(dict);
        Self {
            fallback: Fallback::new(dict),
            signs: sign_font(&face.name),
            is_unexplained: !dict.contains_key(&b"ToUnicode"[..])
                && !dict.contains_key(&b"Encoding"[..]),
            face,
            em: em(dict),
            font,
            codes: RefCell::default(),
            bytes: RefCell::new(vec![None; 256]),
        }
    }

    /// Whether lines run from left to right, as the font has it.
    pub(crate) fn is_horizontal(&self) -> bool {
        self.font.is_horizontal()
    }

    /// The code that starts at a byte of a string, and how many bytes it takes (at least one).
    pub(crate) fn next(&self, bytes: &[u8], at: usize) -> (u32, usize) {
        let (code, length) = self.font.read_code(bytes, at);
        (code, length.max(1))
    }

    /// What a code says.
    pub(crate) fn code(&self, code: u32, length: usize) -> Rc<Code> {
        let length = length.min(4) as u8;
        if length == 1 && code < 256 {
            let found = self.bytes.borrow()[code as usize].clone();
            return found.unwrap_or_else(|| {
                let made = Rc::new(self.look_up(code, length));
                self.bytes.borrow_mut()[code as usize] = Some(Rc::clone(&made));
                made
            });
        }
        let found = self.codes.borrow().get(&(code, length)).cloned();
        found.unwrap_or_else(|| {
            let made = Rc::new(self.look_up(code, length));
            self.codes
                .borrow_mut()
                .insert((code, length), Rc::clone(&made));
            made
        })
    }

    fn look_up(&self, code: u32, length: u8) -> Code {
        let glyph = self.font.map_code(code);
        let shape = self.font.glyph(glyph, code);
        let told = match &shape {
            FontGlyph::Outline(outline) => mapped(outline.as_unicode()),
            FontGlyph::Type3(outline) => mapped(outline.as_unicode()),
        };
        let mut text = if is_telling(&told) {
            told
        } else {
            let other = self.fallback.text(code, length, glyph.to_u32());
            let text = if other.is_empty() { told } else { other };
            without_private(&text, self.signs)
        };
        if let Some(sign) = self.sign(code, length, &text) {
            text = sign;
        }
        let advance = self.font.code_advance(code);
        let shift = self.font.origin_displacement(code);
        let mut width = advance.x / 1000.0;
        let mut is_unknown = false;
        if text.is_empty() || (width == 0.0 && self.is_horizontal()) {
            let bounds = match &shape {
                FontGlyph::Outline(outline) => Some(outline.outline().bounding_box()),
                FontGlyph::Type3(_) => None,
            };
            let is_blank = bounds.is_some_and(|bounds| bounds.area() <= 0.0);
            if text.is_empty() {
                is_unknown = !is_blank;
                if is_blank && width > 0.0 {
                    text.push(' ');
                }
            } else if let Some(bounds) = bounds.filter(|_| !is_blank) {
                width = (bounds.x1 / 1000.0).clamp(0.0, 2.0);
            }
        }
        Code {
            text,
            is_unknown,
            width,
            advance: [advance.x / 1000.0, advance.y / 1000.0],
            shift: [shift.x / 1000.0, shift.y / 1000.0],
        }
    }

    /// The sign of a font of signs whose codes are taken for letters, since the file says no more of them.
    fn sign(&self, code: u32, length: u8, text: &str) -> Option<CompactString> {
        let font = self.signs.filter(|_| self.is_unexplained && length == 1)?;
        let sign = symbol::character(font, code)?;
        let is_letter = text.is_empty() || text.is_ascii();
        is_letter.then(|| readable(sign.encode_utf8(&mut [0; 4])))
    }
}

/// The name of a font without the tag of a subset (ISO 32000-1 9.6.4).
fn base_name(name: &str) -> &str {
    match name.split_once('+') {
        Some((tag, rest)) if tag.len() == 6 && tag.bytes().all(|b| b.is_ascii_uppercase()) => rest,
        _ => name,
    }
}

fn face(dict: &Dict<'_>) -> Face {
    const FIXED_PITCH: u32 = 1;
    const ITALIC: u32 = 1 << 6;
    const FORCE_BOLD: u32 = 1 << 18;
    let name = dict
        .get::<Name<'_>>(&b"BaseFont"[..])
        .or_else(|| dict.get::<Name<'_>>(&b"Name"[..]));
    let name = name.map_or_else(String::new, |name| base_name(name.as_str()).to_owned());
    let descendant = dict
        .get::<Array<'_>>(&b"DescendantFonts"[..])
        .and_then(|fonts| fonts.iter::<Dict<'_>>().next());
    let descriptor = descendant
        .as_ref()
        .unwrap_or(dict)
        .get::<Dict<'_>>(&b"FontDescriptor"[..])
        .unwrap_or_default();
    let flags = descriptor.get::<u32>(&b"Flags"[..]).unwrap_or_default();
    let weight = descriptor.get::<f32>(&b"FontWeight"[..]).unwrap_or(400.0);
    let angle = descriptor.get::<f32>(&b"ItalicAngle"[..]).unwrap_or(0.0);
    let lower = name.to_ascii_lowercase();
    let says = |words: &[&str]| words.iter().any(|word| lower.contains(word));
    Face {
        bold: flags & FORCE_BOLD != 0
            || weight >= 600.0
            || says(&["bold", "black", "heavy", "-demi", "semibold", "cmbx"])
            || lower.ends_with("-bd")
            || lower.ends_with(",b"),
        italic: flags & ITALIC != 0 || angle.abs() > 2.0 || says(&["italic", "oblique"]),
        mono: flags & FIXED_PITCH != 0 || says(&["courier", "mono", "consolas"]),
        name,
    }
}

/// How tall the type of a Type 3 font is for a size of 1: its box says so, whatever the unit of its
/// glyphs is.
fn em(dict: &Dict<'_>) -> f64 {
    let matrix = dict.get::<[f64; 6]>(&b"FontMatrix"[..]);
    let bounds = dict.get::<[f64; 4]>(&b"FontBBox"[..]);
    match (matrix, bounds) {
        (Some(matrix), Some([_, bottom, _, top])) if (top - bottom).abs() > 0.0 => {
            let em = ((top - bottom) * matrix[3]).abs();
            if em.is_finite() && em > 0.0 { em } else { 1.0 }
        }
        _ => 1.0,
    }
}
