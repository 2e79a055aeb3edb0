//! From glyphs to words: characters that stand beside one another on one base line.

use compact_str::CompactString;

use crate::script::is_wide;
use crate::{Glyph, Page, Rect, Turn};

/// Characters without a blank between them, on one base line.
#[derive(Clone, Debug, Default)]
pub(crate) struct Word {
    pub(crate) text: CompactString,
    pub(crate) bbox: Rect,
    /// The height of the base line, from the top of the page.
    pub(crate) base: f32,
    /// The size of the type.
    pub(crate) size: f32,
    /// Which of the page's faces it is set in.
    pub(crate) face: u16,
    pub(crate) color: [u8; 3],
    pub(crate) mark: Option<u32>,
    /// Where it stood in the order of painting.
    pub(crate) order: u32,
    /// Whether a blank was painted before it.
    pub(crate) blank_before: bool,
    pub(crate) artifact: bool,
}

impl Word {
    /// Whether it says a number, a share, a sum or the sign of none.
    pub(crate) fn is_number(&self) -> bool {
        let mut digits = 0;
        let mut others = 0;
        for c in self.text.chars() {
            match c {
                '0'..='9' | '０'..='９' => digits += 1,
                '.' | ',' | '%' | '$' | '€' | '£' | '¥' | '(' | ')' | '-' | '+' | '–' | '−'
                | '—' | '*' | '<' | '>' | '±' | '/' | ':' | '~' | '†' | '‡' | '％' | '．'
                | '，' => {}
                _ => others += 1,
            }
        }
        if digits == 0 {
            return others == 0
                && matches!(
                    self.text.as_str(),
                    "-" | "–" | "—" | "−" | "--" | "..." | "…" | "*" | "%" | "$"
                );
        }
        others * 3 <= digits
    }
}

/// How wide a gap must be to part two words, in parts of the type's size.
const GAP: f32 = 0.22;
/// The same between ideographs, which justified lines set apart.
const WIDE_GAP: f32 = 0.45;
/// How far base lines of one line may be apart, in parts of the type's size.
const BASE_SLACK: f32 = 0.12;

/// The words of a page that run from left to right, line by line from the top.
pub(crate) fn words(page: &Page) -> Vec<Word> {
    let mut glyphs: Vec<(u32, &Glyph)> = page
        .glyphs
        .iter()
        .enumerate()
        .filter(|(_, glyph)| glyph.turn == Turn::Right && !glyph.vertical)
        .filter(|(_, glyph)| is_on_page(glyph, page))
        .map(|(order, glyph)| (order as u32, glyph))
        .collect();
    glyphs.sort_by(|(m, a), (n, b)| {
        a.origin[1]
            .total_cmp(&b.origin[1])
            .then(a.origin[0].total_cmp(&b.origin[0]))
            .then(m.cmp(n))
    });
    let mut words = Vec::new();
    let mut start = 0;
    while start < glyphs.len() {
        let mut end = start + 1;
        while end < glyphs.len() {
            let (last, next) = (glyphs[end - 1].1, glyphs[end].1);
            let slack = BASE_SLACK * last.size.min(next.size).max(1.0);
            if next.origin[1] - last.origin[1] > slack {
                break;
            }
            end += 1;
        }
        line_words(&mut glyphs[start..end], &mut words);
        start = end;
    }
    words
}

fn is_on_page(glyph: &Glyph, page: &Page) -> bool {
    let bbox = &glyph.bbox;
    bbox.x1 > 0.0
        && bbox.y1 > 0.0
        && bbox.x0 < page.width
        && bbox.y0 < page.height
        && glyph.size > 0.3
}

/// The words of glyphs on one base line.
fn line_words(glyphs: &mut [(u32, &Glyph)], words: &mut Vec<Word>) {
    glyphs.sort_by(|(m, a), (n, b)| a.origin[0].total_cmp(&b.origin[0]).then(m.cmp(n)));
    let first = words.len();
    let mut blank = false;
    let mut last_painted: Option<&Glyph> = None;
    for (order, glyph) in glyphs.iter() {
        if glyph.text.chars().all(char::is_whitespace) {
            // A blank that another glyph covers parts nothing.
            blank |= last_painted.is_none_or(|last| glyph.bbox.x1 > last.bbox.x1 - 0.1);
            continue;
        }
        if last_painted.is_some_and(|last| is_same_again(last, glyph)) {
            continue;
        }
        last_painted = Some(glyph);
        let fits = words.len() > first
            && words
                .last()
                .is_some_and(|word| !blank && continues(word, glyph));
        match words.last_mut() {
            Some(word) if fits => {
                word.text.push_str(&glyph.text);
                word.bbox = word.bbox.union(&glyph.bbox);
            }
            _ => words.push(Word {
                text: glyph.text.clone(),
                bbox: glyph.bbox,
                base: glyph.origin[1],
                size: glyph.size,
                face: glyph.face,
                color: glyph.color,
                mark: glyph.mark,
                order: *order,
                blank_before: blank,
                artifact: glyph.artifact,
            }),
        }
        blank = false;
    }
}

/// Whether the glyph is the one before, painted once more to look bold.
fn is_same_again(last: &Glyph, glyph: &Glyph) -> bool {
    let width = last.bbox.width().max(0.1);
    last.text == glyph.text
        && (glyph.origin[0] - last.origin[0]).abs() < width * 0.4
        && (glyph.size - last.size).abs() < 0.2 * last.size
}

fn continues(word: &Word, glyph: &Glyph) -> bool {
    let gap = glyph.bbox.x0 - word.bbox.x1;
    let size = word.size.max(glyph.size);
    let both_wide = word.text.chars().next_back().is_some_and(is_wide)
        && glyph.text.chars().next().is_some_and(is_wide);
    let most = if both_wide { WIDE_GAP } else { GAP };
    gap <= most * size
        && gap > -size
        && word.face == glyph.face
        && word.color == glyph.color
        && word.mark == glyph.mark
        && word.artifact == glyph.artifact
        && (word.size - glyph.size).abs() <= 0.1 * size
}
