//! Marked content: what ties the page to the document's structure, and what it says instead of its glyphs
//! (ISO 32000-1 14.6, 14.9.4).

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use hayro_syntax::object::{Dict, Name, String as PdfString};
use tabulary_pages::{Artifact, Page};

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
    artifact: Option<Artifact>,
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
        mark: Option<u32>,
        is_off: bool,
    ) {
        let actual = properties
            .and_then(|dict| dict.get::<PdfString<'_>>(&b"ActualText"[..]))
            .map(|text| text_string(text.as_bytes()));
        self.open.push(Span {
            mark,
            actual,
            start: page.glyphs.len(),
            is_off,
            artifact: (tag == b"Artifact").then(|| kind(properties)),
        });
    }

    pub(crate) fn end(&mut self, page: &mut Page) {
        let Some(span) = self.open.pop() else {
            return;
        };
        if let Some(actual) = span.actual {
            let glyphs = span.start..page.glyphs.len();
            replace(page, glyphs, &actual);
        }
    }

    /// The number that ties what is painted now to the structure.
    pub(crate) fn mark(&self) -> Option<u32> {
        self.open.iter().rev().find_map(|span| span.mark)
    }

    pub(crate) fn is_hidden(&self) -> bool {
        self.open.iter().any(|span| span.is_off)
    }

    pub(crate) fn artifact(&self) -> Option<Artifact> {
        self.open.iter().find_map(|span| span.artifact)
    }
}

/// What an artifact is (ISO 32000-1 table 330).
fn kind(properties: Option<&Dict<'_>>) -> Artifact {
    let name = properties.and_then(|dict| dict.get::<Name<'_>>(&b"Subtype"[..]));
    match name.as_ref().map(AsRef::as_ref) {
        Some(b"Header") => Artifact::Header,
        Some(b"Footer") => Artifact::Footer,
        _ => Artifact::Page,
    }
}

/// Puts the texts that elements of the structure have in the place of what their glyphs say.
pub(crate) fn say_actual(page: &mut Page, actual: &BTreeMap<(u32, u32), String>) {
    if actual.is_empty() {
        return;
    }
    let mut runs: Vec<(Range<usize>, &str)> = Vec::new();
    let mut said: BTreeSet<u32> = BTreeSet::new();
    let mut start = 0;
    for run in page.glyphs.chunk_by(|a, b| a.mark == b.mark) {
        let glyphs = start..start + run.len();
        start = glyphs.end;
        let Some(mark) = run[0].mark else {
            continue;
        };
        if let Some(text) = actual.get(&(page.number, mark)) {
            let text = if said.insert(mark) { text.as_str() } else { "" };
            runs.push((glyphs, text));
        }
    }
    for (glyphs, text) in runs.into_iter().rev() {
        replace(page, glyphs, text);
    }
}

/// Puts a text in the place of what glyphs say.
fn replace(page: &mut Page, range: Range<usize>, actual: &str) {
    let glyphs = page.glyphs.get_mut(range.clone()).unwrap_or_default();
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
    }
    let kept = range.start + usize::from(!actual.is_empty());
    page.glyphs.drain(kept..range.end);
}
