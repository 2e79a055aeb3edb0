//! From glyphs to words: characters that stand beside one another on one base line.

use compact_str::CompactString;

use crate::script::{is_right_to_left, is_wide};
use crate::turn::Frame;
use crate::{Artifact, Glyph, Page, Rect, Turn};

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
    pub(crate) artifact: Option<Artifact>,
    /// Whether it is not painted.
    pub(crate) hidden: bool,
    /// Where its line runs to on the page.
    pub(crate) turn: Turn,
    /// Whether its characters stand below one another.
    pub(crate) vertical: bool,
    /// Its box in the frame in which it runs from left to right, where it is turned on the page.
    pub(crate) own: Option<Rect>,
}

impl Word {
    fn of(order: u32, glyph: &Glyph, blank_before: bool) -> Self {
        Self {
            text: glyph.text.clone(),
            bbox: glyph.bbox,
            base: glyph.origin[1],
            size: glyph.size,
            face: glyph.face,
            color: glyph.color,
            mark: glyph.mark,
            order,
            blank_before,
            artifact: glyph.artifact,
            hidden: glyph.hidden,
            turn: glyph.turn,
            vertical: false,
            own: None,
        }
    }

    /// The middle of its lower-case letters, which tells the row that it stands in.
    pub(crate) fn middle(&self) -> f32 {
        middle(self.base, self.size)
    }

    /// Moves a word of a turned frame onto the page.
    fn set_on_page(&mut self, frame: Frame) {
        self.own = Some(self.bbox);
        self.bbox = frame.take_back(&self.bbox);
        self.base = self.bbox.center_y() + 0.3 * self.size;
    }

    /// Characters of scripts that run from right to left were put beside one another from the left.
    fn set_in_reading_order(&mut self) {
        if !self.text.chars().any(is_right_to_left) {
            return;
        }
        let mut reversed: Vec<char> = self.text.chars().rev().collect();
        // Digits and Latin letters among them run from left to right all the same.
        let runs_on = |c: &char| {
            c.is_ascii_alphanumeric()
                || ('\u{660}'..='\u{669}').contains(c)
                || ('\u{6f0}'..='\u{6f9}').contains(c)
        };
        for run in reversed.chunk_by_mut(|a, b| runs_on(a) && runs_on(b)) {
            if runs_on(&run[0]) {
                run.reverse();
            }
        }
        self.text = reversed.into_iter().collect();
    }

    /// Whether most of its letters run from right to left.
    pub(crate) fn is_right_to_left(&self) -> bool {
        self.text.chars().any(is_right_to_left)
    }

    /// Whether it has a letter.
    pub(crate) fn has_letters(&self) -> bool {
        self.text.chars().any(char::is_alphabetic)
    }

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

/// Whether most words that have letters run from right to left.
pub(crate) fn runs_from_the_right<'a>(words: impl IntoIterator<Item = &'a Word>) -> bool {
    let (mut from_right, mut lettered) = (0, 0);
    for word in words {
        from_right += usize::from(word.is_right_to_left());
        lettered += usize::from(word.has_letters());
    }
    from_right * 2 > lettered
}

/// The text of a glyph from its left to its right: that of a ligature of a script that runs from right to left is given
/// in the order in which it is read.
fn as_painted(text: &CompactString) -> CompactString {
    if text.len() > 2 && text.chars().nth(1).is_some() && text.chars().any(is_right_to_left) {
        return text.chars().rev().collect();
    }
    text.clone()
}

/// The middle of the lower-case letters of type of a size on a base line.
pub(crate) fn middle(base: f32, size: f32) -> f32 {
    base - 0.3 * size
}

/// How wide a gap must be to part two words, in parts of the type's size.
const GAP: f32 = 0.22;
/// The same between ideographs, which justified lines set apart.
const WIDE_GAP: f32 = 0.45;
/// How far base lines of one line may be apart, in parts of the type's size.
const BASE_SLACK: f32 = 0.12;

/// The words of a page: those of each turn line by line, upright ones first.
pub(crate) fn words(page: &Page) -> Vec<Word> {
    let mut words = Vec::new();
    for turn in [Turn::Right, Turn::Down, Turn::Left, Turn::Up, Turn::Aslant] {
        let frame = Frame::new(turn, page);
        let of_turn: Vec<(u32, &Glyph)> = page
            .glyphs
            .iter()
            .enumerate()
            .filter(|(_, glyph)| glyph.turn == turn && !glyph.vertical && is_on_page(glyph, page))
            .map(|(order, glyph)| (order as u32, glyph))
            .collect();
        if of_turn.is_empty() {
            continue;
        }
        let first = words.len();
        if turn == Turn::Right {
            frame_words(of_turn, &mut words);
            continue;
        }
        let brought: Vec<(u32, Glyph)> = of_turn
            .iter()
            .map(|(order, glyph)| (*order, frame.brought(glyph)))
            .collect();
        frame_words(
            brought
                .iter()
                .map(|(order, glyph)| (*order, glyph))
                .collect(),
            &mut words,
        );
        for word in &mut words[first..] {
            word.turn = turn;
            word.set_on_page(frame);
        }
    }
    vertical_words(page, &mut words);
    words
}

/// Words of vertical writing: each run of characters below one another is a word.
fn vertical_words(page: &Page, words: &mut Vec<Word>) {
    let mut glyphs: Vec<(u32, &Glyph)> = page
        .glyphs
        .iter()
        .enumerate()
        .filter(|(_, glyph)| glyph.vertical && is_on_page(glyph, page))
        .filter(|(_, glyph)| !glyph.text.chars().all(char::is_whitespace))
        .map(|(order, glyph)| (order as u32, glyph))
        .collect();
    let column = |glyph: &Glyph| (-glyph.bbox.center_x() / (0.5 * glyph.size.max(1.0))).round();
    glyphs.sort_by(|(m, a), (n, b)| {
        column(a)
            .total_cmp(&column(b))
            .then(a.bbox.y0.total_cmp(&b.bbox.y0))
            .then(m.cmp(n))
    });
    let mut last: Option<&Glyph> = None;
    for (order, glyph) in glyphs {
        let fits = last.is_some_and(|above| {
            above.bbox.overlap_x(&glyph.bbox) > 0.5 * glyph.bbox.width()
                && (glyph.bbox.y0 - above.bbox.y1).abs() < 0.8 * glyph.size
        });
        match words.last_mut() {
            Some(word) if fits => {
                word.text.push_str(&glyph.text);
                word.bbox = word.bbox.union(&glyph.bbox);
            }
            _ => words.push(Word {
                bbox: glyph.bbox,
                base: glyph.bbox.y0 + 0.8 * glyph.size,
                vertical: true,
                ..Word::of(order, glyph, false)
            }),
        }
        last = Some(glyph);
    }
}

/// The words of glyphs that run from left to right in their frame, line by line from the top.
fn frame_words(mut glyphs: Vec<(u32, &Glyph)>, words: &mut Vec<Word>) {
    glyphs.sort_by(|(m, a), (n, b)| {
        a.origin[1]
            .total_cmp(&b.origin[1])
            .then(a.origin[0].total_cmp(&b.origin[0]))
            .then(m.cmp(n))
    });
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
        line_words(&mut glyphs[start..end], words);
        start = end;
    }
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
                word.text.push_str(&as_painted(&glyph.text));
                word.bbox = word.bbox.union(&glyph.bbox);
            }
            _ => words.push(Word {
                text: as_painted(&glyph.text),
                ..Word::of(*order, glyph, blank)
            }),
        }
        blank = false;
    }
    for word in &mut words[first..] {
        word.set_in_reading_order();
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
        && word.hidden == glyph.hidden
        && word.artifact == glyph.artifact
        && (word.size - glyph.size).abs() <= 0.1 * size
}
