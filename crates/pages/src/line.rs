//! From words to lines.

use crate::{Rect, word::Word};

/// Words that stand beside one another, from left to right.
#[derive(Clone, Debug)]
pub(crate) struct Line {
    pub(crate) words: Vec<Word>,
    pub(crate) bbox: Rect,
    /// The height of the base line of its largest words.
    pub(crate) base: f32,
    /// The size of its largest words.
    pub(crate) size: f32,
}

impl Line {
    pub(crate) fn of(word: Word) -> Self {
        Self {
            bbox: word.bbox,
            base: word.base,
            size: word.size,
            words: vec![word],
        }
    }

    fn take(&mut self, other: Self) {
        self.bbox = self.bbox.union(&other.bbox);
        if other.size > self.size {
            self.size = other.size;
            self.base = other.base;
        }
        self.words.extend(other.words);
    }

    /// The box around its words of the size of its type, which those raised or lowered do not widen.
    pub(crate) fn band(&self) -> (f32, f32) {
        (self.base - 0.8 * self.size, self.base + 0.2 * self.size)
    }

    /// The boxes of pieces of the line that are parted by gaps wider than `gap` parts of the size of its type.
    pub(crate) fn pieces(&self, gap: f32) -> Vec<Rect> {
        let mut pieces: Vec<Rect> = Vec::new();
        for word in &self.words {
            match pieces.last_mut() {
                Some(piece) if word.bbox.x0 - piece.x1 <= gap * self.size => {
                    *piece = piece.union(&word.bbox);
                }
                _ => pieces.push(word.bbox),
            }
        }
        pieces
    }

    /// How many characters it has.
    pub(crate) fn characters(&self) -> usize {
        self.words
            .iter()
            .map(|word| word.text.chars().count())
            .sum()
    }
}

/// The middle one of lengths, the upper one of two; none of none.
pub(crate) fn median(lengths: impl Iterator<Item = f32>) -> Option<f32> {
    let mut lengths: Vec<f32> = lengths.collect();
    lengths.sort_by(f32::total_cmp);
    lengths.get(lengths.len() / 2).copied()
}

/// The lines of words, from the top down, each from left to right.
pub(crate) fn lines(mut words: Vec<Word>) -> Vec<Line> {
    words.sort_by(|a, b| {
        a.base
            .total_cmp(&b.base)
            .then(a.bbox.x0.total_cmp(&b.bbox.x0))
            .then(a.order.cmp(&b.order))
    });
    let mut lines: Vec<Line> = Vec::new();
    for word in words {
        match lines.last_mut() {
            Some(line)
                if word.base - line.base <= 0.15 * line.size.min(word.size)
                    && (line.size - word.size).abs() <= 0.25 * line.size =>
            {
                line.take(Line::of(word));
            }
            _ => lines.push(Line::of(word)),
        }
    }
    let mut lines = with_raised(lines);
    for line in &mut lines {
        line.words
            .sort_by(|a, b| a.bbox.x0.total_cmp(&b.bbox.x0).then(a.order.cmp(&b.order)));
    }
    lines.sort_by(|a, b| {
        a.base
            .total_cmp(&b.base)
            .then(a.bbox.x0.total_cmp(&b.bbox.x0))
    });
    lines
}

/// Puts raised, lowered and slightly shifted words into the line that they belong to.
fn with_raised(lines: Vec<Line>) -> Vec<Line> {
    let mut kept: Vec<Line> = Vec::with_capacity(lines.len());
    for line in lines {
        let home = kept
            .iter_mut()
            .rev()
            .take(4)
            .find(|other| is_one_line(other, &line));
        match home {
            Some(other) => other.take(line),
            None => kept.push(line),
        }
    }
    kept
}

fn is_one_line(a: &Line, b: &Line) -> bool {
    let (large, small) = if a.size >= b.size { (a, b) } else { (b, a) };
    let ((top, bottom), (start, end)) = (large.band(), small.band());
    let shared = bottom.min(end) - top.max(start);
    let is_small = small.size <= 0.85 * large.size;
    let enough = if is_small { 0.3 } else { 0.6 };
    if shared < enough * (end - start) {
        return false;
    }
    // They stand beside one another, and not one in the other's place.
    let slack = 0.25 * small.size;
    let crosses = |word: &Word| {
        large
            .words
            .iter()
            .any(|other| other.bbox.overlap_x(&word.bbox) > slack)
    };
    if small.words.iter().any(crosses) {
        return false;
    }
    if !is_small {
        return true;
    }
    // A raised word stands right behind a word, or before one.
    small.words.iter().any(|word| {
        large
            .words
            .iter()
            .any(|other| -other.bbox.overlap_x(&word.bbox) < 0.6 * large.size)
    })
}
