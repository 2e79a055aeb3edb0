//! Marked content: what ties the page to the document's structure, and what it says instead of its glyphs
//! (ISO 32000-1 14.6, 14.9.4).

use compact_str::CompactString;
use hayro_syntax::object::{Dict, String as PdfString};
use tabulary_pages::Page;

use crate::text::text_string;

#[derive(Default)]
pub(crate) struct MarkedContent {
    open: Vec<Span>,
}

#[derive(Default)]
struct Span {
    mark: Option<u32>,
    /// What a person reads instead of the glyphs.
    actual: Option<String>,
    /// How many glyphs there were at its start.
    start: usize,
    is_off: bool,
    is_artifact: bool,
}

impl MarkedContent {
    pub(crate) fn depth(&self) -> usize {
        self.open.len()
    }

    pub(crate) fn begin(&mut self, page: &Page) {
        self.open.push(Span {
            start: page.glyphs.len(),
            ..Span::default()
        });
    }

    pub(crate) fn begin_with(
        &mut self,
        page: &Page,
        tag: &[u8],
        properties: Option<&Dict<'_>>,
        is_off: bool,
    ) {
        let actual = properties
            .and_then(|dict| dict.get::<PdfString<'_>>(&b"ActualText"[..]))
            .map(|text| text_string(text.as_bytes()));
        self.open.push(Span {
            mark: properties.and_then(|dict| dict.get::<u32>(&b"MCID"[..])),
            actual,
            start: page.glyphs.len(),
            is_off,
            is_artifact: tag == b"Artifact",
        });
    }

    pub(crate) fn end(&mut self, page: &mut Page) {
        let Some(span) = self.open.pop() else {
            return;
        };
        if let Some(actual) = span.actual {
            replace(page, span.start, &actual);
        }
    }

    /// The number that ties what is painted now to the structure.
    pub(crate) fn mark(&self) -> Option<u32> {
        self.open.iter().rev().find_map(|span| span.mark)
    }

    pub(crate) fn is_hidden(&self) -> bool {
        self.open.iter().any(|span| span.is_off)
    }

    pub(crate) fn is_artifact(&self) -> bool {
        self.open.iter().any(|span| span.is_artifact)
    }
}

/// Puts a text in the place of what the glyphs from `start` on say.
fn replace(page: &mut Page, start: usize, actual: &str) {
    let glyphs = page.glyphs.get_mut(start..).unwrap_or_default();
    if actual.chars().count() == glyphs.len() {
        for (glyph, c) in glyphs.iter_mut().zip(actual.chars()) {
            glyph.text = crate::unicode::readable(c.encode_utf8(&mut [0; 4]));
        }
        return;
    }
    let Some((first, others)) = glyphs.split_first_mut() else {
        return;
    };
    first.text = crate::unicode::readable(actual);
    for glyph in others {
        if glyph.bbox.overlap_y(&first.bbox) > 0.0 {
            first.bbox = first.bbox.union(&glyph.bbox);
        }
        glyph.text = CompactString::default();
    }
    page.glyphs.truncate(start + 1);
}
