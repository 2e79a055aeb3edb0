//! Fonts: what the codes of a string say, and how far they move the pen (ISO 32000-1 9.6 to 9.10).

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::Arc;

use compact_str::CompactString;
use hayro_font::hayro_cmap::{BfString, load_embedded};
use hayro_font::{CMapResolverFn, Font, FontCache, FontGlyph, FontQuery, FontResolverFn};
use hayro_syntax::object::{Array, Dict, Name};
use tabulary_pages::Face;

use crate::unicode::{Fallback, readable};

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
    pub(crate) fn get(&mut self, dict: &Dict<'a>) -> Option<Rc<PageFont<'a>>> {
        // The bytes of a dictionary stand where they stand for as long as the document does.
        let key = (dict.data().as_ptr() as usize, dict.data().len());
        if let Some(font) = self.loaded.get(&key) {
            return font.clone();
        }
        let font = self
            .cache
            .font(dict, &self.programs, &self.cmaps)
            .map(|font| Rc::new(PageFont::new(font, dict)));
        self.loaded.insert(key, font.clone());
        font
    }
}

/// A font with what was found of its codes so far.
pub(crate) struct PageFont<'a> {
    font: Font<'a>,
    fallback: Fallback<'a>,
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
    /// The characters; empty where nobody can tell.
    pub(crate) text: CompactString,
    /// How far it moves the pen for a size of 1: to the right, and upwards in vertical writing.
    pub(crate) advance: [f64; 2],
    /// Where its origin lies from the pen for a size of 1, in vertical writing.
    pub(crate) shift: [f64; 2],
}

impl<'a> PageFont<'a> {
    fn new(font: Font<'a>, dict: &Dict<'a>) -> Self {
        Self {
            fallback: Fallback::new(dict),
            face: face(dict),
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
        let unicode = match self.font.glyph(glyph, code) {
            FontGlyph::Outline(outline) => outline.as_unicode(),
            FontGlyph::Type3(outline) => outline.as_unicode(),
        };
        let text = match unicode {
            Some(BfString::Char(c)) => readable(c.encode_utf8(&mut [0; 4])),
            Some(BfString::String(text)) => readable(&text),
            None => CompactString::default(),
        };
        let text = if text.is_empty() {
            self.fallback.text(code, length, glyph.to_u32())
        } else {
            text
        };
        let (advance, shift) = (
            self.font.code_advance(code),
            self.font.origin_displacement(code),
        );
        Code {
            text,
            advance: [advance.x / 1000.0, advance.y / 1000.0],
            shift: [shift.x / 1000.0, shift.y / 1000.0],
        }
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
