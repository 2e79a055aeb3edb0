//! From lines to text: words joined as a person reads them.

use tabulary_ir::{Inline, Link, Mark, Marks, push_text};

use crate::line::{Line, lines};
use crate::script::joins_without_blank;
use crate::word::{Word, runs_from_the_right};
use crate::{Face, LinkArea, Page, Rect, Turn};

/// What lines say, with the marks of their faces.
pub(crate) struct Prose<'p> {
    faces: &'p [Face],
    links: &'p [LinkArea],
}

impl<'p> Prose<'p> {
    pub(crate) fn new(page: &'p Page) -> Self {
        Self {
            faces: &page.faces,
            links: &page.links,
        }
    }

    fn link(&self, word: &Word) -> Option<&'p str> {
        let (x, y) = (word.bbox.center_x(), word.bbox.center_y());
        let area = self.links.iter().find(|link| link.bbox.contains(x, y));
        area.map(|link| link.href.as_str())
    }

    pub(crate) fn face(&self, word: &Word) -> Option<&Face> {
        self.faces.get(usize::from(word.face))
    }

    pub(crate) fn is_bold(&self, word: &Word) -> bool {
        self.face(word).is_some_and(|face| face.bold)
    }

    /// Whether every word with letters or digits is bold.
    pub(crate) fn all_bold(&self, line: &Line) -> bool {
        let mut words = line
            .words
            .iter()
            .filter(|word| word.text.chars().any(char::is_alphanumeric))
            .peekable();
        words.peek().is_some() && words.all(|word| self.is_bold(word))
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
        if word.hidden {
            marks = marks.with(Mark::Hidden);
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
        for word in reading_order(&line.words) {
            let marks = self.marks(word, line);
            let blank = match last {
                Some(before) => needs_blank(before, word, line.size),
                None => goes_on(content, &word.text),
            };
            let of_last = last.map_or(marks, |before| self.marks(before, line));
            // A blank belongs to both: it has the marks that both have.
            let of_blank = both(of_last, marks);
            match self.link(word) {
                Some(href) => {
                    push_linked(content, href, &word.text, marks, blank.then_some(of_blank))
                }
                None => {
                    if blank {
                        push_text(content, " ", of_blank);
                    }
                    push_text(content, &word.text, marks);
                }
            }
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
    let gap = (word.bbox.x0 - before.bbox.x1).max(before.bbox.x0 - word.bbox.x1);
    let wide = |c: Option<char>| c.is_some_and(joins_without_blank);
    let both = wide(before.text.chars().next_back()) && wide(word.text.chars().next());
    if both {
        return gap > 1.5 * size;
    }
    let blank = if word.bbox.x0 < before.bbox.x0 {
        before.blank_before
    } else {
        word.blank_before
    };
    blank || gap > 0.15 * size
}

/// The words of a line in the order in which they are read: from the right where its letters run so, but for
/// numbers and words of other scripts among them.
fn reading_order(words: &[Word]) -> Vec<&Word> {
    let mut order: Vec<&Word> = words.iter().collect();
    if !runs_from_the_right(words) {
        return order;
    }
    order.reverse();
    let runs_on = |a: &&Word, b: &&Word| !a.is_right_to_left() && !b.is_right_to_left();
    for run in order.chunk_by_mut(runs_on) {
        if !run[0].is_right_to_left() {
            run.reverse();
        }
    }
    order
}

/// The lines of words of every turn: upright ones first, turned ones as they are read, vertical ones from the
/// right.
pub(crate) fn lines_of_all_turns(words: &[Word]) -> Vec<Line> {
    let mut all = Vec::new();
    for turn in [Turn::Right, Turn::Down, Turn::Up, Turn::Left, Turn::Aslant] {
        let of_turn = words
            .iter()
            .filter(|word| word.turn == turn && !word.vertical);
        let brought = of_turn.map(|word| match word.own {
            Some(own) => Word {
                bbox: own,
                base: own.y1 - 0.2 * word.size,
                ..word.clone()
            },
            None => word.clone(),
        });
        all.extend(lines(brought.collect()));
    }
    let mut columns: Vec<&Word> = words.iter().filter(|word| word.vertical).collect();
    columns.sort_by(|a, b| {
        b.bbox
            .center_x()
            .total_cmp(&a.bbox.center_x())
            .then(a.bbox.y0.total_cmp(&b.bbox.y0))
    });
    all.extend(columns.into_iter().cloned().map(Line::of));
    all
}

/// Whether the hyphen at the end of a line only parts a word of letters that the next line goes on with in lower case;
/// one inside of a code, or of a word that has another hyphen before, belongs to it.
pub(crate) fn parts_a_word(before: &str, next: &str) -> bool {
    let word = before.strip_suffix(['-', '\u{2010}']).unwrap_or(before);
    let word = word.rsplit(char::is_whitespace).next().unwrap_or_default();
    let rest = next.split(char::is_whitespace).next().unwrap_or_default();
    word.ends_with(char::is_lowercase)
        && rest.starts_with(char::is_lowercase)
        && !word.contains(|c: char| c.is_numeric() || c == '-' || c == '_')
        && !rest.contains(|c: char| c.is_numeric() || c == '_')
}

/// Whether a blank stands between what was said and the first word of the next line. A hyphen at the end of a
/// line of letters is taken out where the next line goes on in lower case.
fn goes_on(content: &mut Vec<Inline>, next: &str) -> bool {
    let run = match content.last_mut() {
        Some(Inline::Text(run)) => run,
        Some(Inline::Link(_)) => return true,
        _ => return false,
    };
    let last = run.text.chars().next_back();
    let first = next.chars().next();
    match (last, first) {
        (Some('\u{ad}'), _) => {
            run.text.pop();
            false
        }
        (Some('-' | '\u{2010}'), Some(_)) if parts_a_word(&run.text, next) => {
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

/// Appends what goes on with a line, behind a blank where it is asked for.
pub(crate) fn go_on(content: &mut Vec<Inline>, next: Vec<Inline>, blank: bool) {
    if blank {
        push_text(content, " ", Marks::NONE);
    }
    for inline in next {
        match inline {
            Inline::Text(run) => push_text(content, &run.text, run.marks),
            other => content.push(other),
        }
    }
}

/// Whether a blank stands between two texts of which the second goes on with the first.
pub(crate) fn blank_between(before: &str, next: &str) -> bool {
    match (before.chars().next_back(), next.chars().next()) {
        (Some(last), Some(first)) => {
            !(last.is_whitespace() || joins_without_blank(last) && joins_without_blank(first))
        }
        _ => false,
    }
}

/// Appends a word of a link: to the link before where that leads to the same place.
fn push_linked(
    content: &mut Vec<Inline>,
    href: &str,
    text: &str,
    marks: Marks,
    blank: Option<Marks>,
) {
    if let Some(Inline::Link(link)) = content.last_mut()
        && link.href == href
    {
        if let Some(of_blank) = blank {
            push_text(&mut link.content, " ", of_blank);
        }
        push_text(&mut link.content, text, marks);
        return;
    }
    if let Some(of_blank) = blank {
        push_text(content, " ", of_blank);
    }
    let mut link = Link {
        content: Vec::new(),
        href: href.to_owned(),
    };
    push_text(&mut link.content, text, marks);
    content.push(Inline::Link(link));
}
