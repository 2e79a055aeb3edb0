//! From lines to text: words joined as a person reads them.

use tabulary_ir::{Inline, Mark, Marks, push_text};

use crate::line::Line;
use crate::script::joins_without_blank;
use crate::word::Word;
use crate::{Face, Rect};

/// What lines say, with the marks of their faces.
pub(crate) struct Prose<'p> {
    faces: &'p [Face],
}

impl<'p> Prose<'p> {
    pub(crate) fn new(faces: &'p [Face]) -> Self {
        Self { faces }
    }

    pub(crate) fn face(&self, word: &Word) -> Option<&Face> {
        self.faces.get(usize::from(word.face))
    }

    pub(crate) fn is_bold(&self, word: &Word) -> bool {
        self.face(word).is_some_and(|face| face.bold)
    }

    fn marks(&self, word: &Word, line: &Line) -> Marks {
        let mut marks = Marks::NONE;
        if let Some(face) = self.face(word) {
            if face.bold {
                marks = marks.with(Mark::Bold);
            }
            if face.italic {
                marks = marks.with(Mark::Italic);
            }
        }
        if word.size <= 0.85 * line.size {
            let rise = line.base - word.base;
            if rise > 0.15 * line.size {
                marks = marks.with(Mark::Superscript);
            } else if rise < -0.05 * line.size {
                marks = marks.with(Mark::Subscript);
            }
        }
        marks
    }

    /// Appends a line to what stands before it, which it goes on.
    pub(crate) fn push_line(&self, content: &mut Vec<Inline>, line: &Line) {
        let mut last: Option<&Word> = None;
        for word in &line.words {
            let marks = self.marks(word, line);
            let blank = match last {
                Some(before) => needs_blank(before, word, line.size),
                None => goes_on(content, &word.text),
            };
            if blank {
                let of_last = last.map_or(marks, |before| self.marks(before, line));
                // A blank belongs to both: it has the marks that both have.
                push_text(content, " ", both(of_last, marks));
            }
            push_text(content, &word.text, marks);
            last = Some(word);
        }
    }

    /// What lines below one another say together.
    pub(crate) fn content(&self, lines: &[Line]) -> Vec<Inline> {
        let mut content = Vec::new();
        for line in lines {
            self.push_line(&mut content, line);
        }
        content
    }
}

/// Whether a blank stands between two words of a line.
fn needs_blank(before: &Word, word: &Word, size: f32) -> bool {
    let gap = word.bbox.x0 - before.bbox.x1;
    let wide = |c: Option<char>| c.is_some_and(joins_without_blank);
    let both = wide(before.text.chars().next_back()) && wide(word.text.chars().next());
    if both {
        return gap > 1.5 * size;
    }
    word.blank_before || gap > 0.15 * size
}

/// Whether a blank stands between what was said and the first word of the next line. A hyphen at the end of a
/// line of letters is taken out where the next line goes on in lower case.
fn goes_on(content: &mut Vec<Inline>, next: &str) -> bool {
    let Some(Inline::Text(run)) = content.last_mut() else {
        return false;
    };
    let mut ends = run.text.chars().rev();
    let (last, before) = (ends.next(), ends.next());
    let first = next.chars().next();
    match (last, first) {
        (Some('\u{ad}'), _) => {
            run.text.pop();
            false
        }
        (Some('-' | '\u{2010}'), Some(first))
            if first.is_lowercase() && before.is_some_and(char::is_lowercase) =>
        {
            run.text.pop();
            if run.text.is_empty() {
                content.pop();
            }
            false
        }
        (Some('-' | '\u{2010}' | '–' | '—' | '/'), _) => false,
        (Some(last), Some(first)) => {
            let wide = joins_without_blank;
            !(last == ' ' || wide(last) && wide(first))
        }
        _ => false,
    }
}

/// The box around words.
pub(crate) fn bounds(words: &[Word]) -> Rect {
    words
        .iter()
        .fold(Rect::NONE, |all, word| all.union(&word.bbox))
}

/// The marks of both.
fn both(a: Marks, b: Marks) -> Marks {
    a.iter().filter(|mark| b.has(*mark)).collect()
}
