//! From lines to paragraphs.

use tabulary_ir::ordinal::ordinal;
use tabulary_ir::{Align, Inline};

use crate::line::Line;
use crate::prose::Prose;
use crate::script::joins_without_blank;
use crate::wording::is_item_sign;
use crate::{Artifact, Rect};

/// A paragraph as it stands on its page.
#[derive(Clone, Debug)]
pub(crate) struct Draft {
    pub(crate) page: u32,
    pub(crate) bbox: Rect,
    pub(crate) content: Vec<Inline>,
    /// What it says, without marks.
    pub(crate) text: String,
    /// How many lines it takes.
    pub(crate) lines: usize,
    /// The size of most of its type.
    pub(crate) size: f32,
    /// Whether all of it is bold.
    pub(crate) bold: bool,
    /// How far its first line is set in from the left margin.
    pub(crate) indent: f32,
    /// How far its other lines are set in; that of the first one where it has one line.
    pub(crate) hang: f32,
    pub(crate) align: Option<Align>,
    /// Whether its last line runs to the right margin, so that it may go on elsewhere.
    pub(crate) fills: bool,
    /// Whether its maker says that it belongs to the page and not to the document.
    pub(crate) artifact: Option<Artifact>,
    /// The numbers that tie its words to the structure.
    pub(crate) marks: Vec<u32>,
}

/// The left and right margin of a zone.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Margins {
    pub(crate) left: f32,
    pub(crate) right: f32,
    /// Whether they are far enough apart to say where lines stand between them.
    pub(crate) is_wide: bool,
}

impl Margins {
    /// The margins that most lines keep, on a page of that width.
    pub(crate) fn of(lines: &[&Line], page: f32) -> Self {
        let mut lefts: Vec<f32> = lines.iter().map(|line| line.bbox.x0).collect();
        let mut rights: Vec<f32> = lines.iter().map(|line| line.bbox.x1).collect();
        lefts.sort_by(f32::total_cmp);
        rights.sort_by(f32::total_cmp);
        let at = |sorted: &[f32], share: usize| sorted.get(sorted.len() * share / 100).copied();
        let left = at(&lefts, 5).unwrap_or(0.0);
        let right = at(&rights, 95)
            .or_else(|| rights.last().copied())
            .unwrap_or(0.0);
        Self {
            left,
            right,
            is_wide: right - left > 0.45 * page,
        }
    }
}

/// The paragraphs of lines that stand below one another.
pub(crate) fn drafts(lines: &[Line], margins: Margins, page: u32, prose: &Prose<'_>) -> Vec<Draft> {
    let pitch = usual_pitch(lines);
    let mut drafts = Vec::new();
    let mut start = 0;
    for number in 1..=lines.len() {
        if number == lines.len() || begins(lines, start, number, margins, pitch, prose) {
            drafts.push(draft(&lines[start..number], margins, page, prose));
            start = number;
        }
    }
    drafts
}

/// The distance of base lines in parts of the type's size that most lines keep.
fn usual_pitch(lines: &[Line]) -> f32 {
    let mut pitches: Vec<f32> = lines
        .windows(2)
        .map(|pair| (pair[1].base - pair[0].base) / pair[0].size.max(1.0))
        .filter(|pitch| (0.8..3.5).contains(pitch))
        .collect();
    pitches.sort_by(f32::total_cmp);
    // Distances of paragraphs are larger: the lower ones are those of lines.
    pitches.get(pitches.len() * 2 / 5).copied().unwrap_or(1.2)
}

/// Whether a paragraph begins with a line.
fn begins(
    lines: &[Line],
    start: usize,
    at: usize,
    margins: Margins,
    pitch: f32,
    prose: &Prose<'_>,
) -> bool {
    let (above, line) = (&lines[at - 1], &lines[at]);
    let size = above.size.min(line.size).max(1.0);
    let distance = (line.base - above.base) / size;
    if line.base <= above.base + 0.3 * size {
        // It stands beside the other one.
        return true;
    }
    if artifact(std::slice::from_ref(above)) != artifact(std::slice::from_ref(line)) {
        return true;
    }
    if distance > 1.3 * pitch && distance > 1.25 || distance > 4.0 {
        return true;
    }
    if (above.size - line.size).abs() > 0.12 * above.size.max(line.size) {
        return true;
    }
    let (bold_above, bold) = (prose.all_bold(above), prose.all_bold(line));
    if bold_above != bold && (bold || at - start <= 2) {
        return true;
    }
    if is_item(line) {
        return true;
    }
    let first = &lines[start];
    if is_centred(above, margins) && is_centred(line, margins) {
        return false;
    }
    // Where lines run to a common margin, a word that would have fitted was set below on purpose.
    let room = margins.right - above.bbox.x1;
    let needed = line.words.first().map_or(0.0, |word| {
        let is_wide = word.text.chars().next().is_some_and(joins_without_blank);
        if is_wide {
            2.2 * size
        } else {
            word.bbox.width() + 0.6 * size
        }
    });
    if room > needed.max(1.2 * size) {
        return true;
    }
    let indent = line.bbox.x0 - margins.left;
    let of_item = is_item(first);
    if of_item || at - start == 1 && first.bbox.x0 < line.bbox.x0 {
        // Lines of an item hang below its text.
        return !of_item && indent > 0.8 * size && line.bbox.x0 - above.bbox.x0 > 0.8 * size;
    }
    line.bbox.x0 - above.bbox.x0 > 0.8 * size && at - start > 1
}

/// Whether a line begins with the sign of an item or the number of a heading.
fn is_item(line: &Line) -> bool {
    let Some(first) = line.words.first() else {
        return false;
    };
    if is_item_sign(&first.text) && line.words.len() > 1 {
        return true;
    }
    if first
        .text
        .chars()
        .next()
        .is_some_and(|c| "•●■□▪►➢✓❖◆".contains(c))
    {
        return true;
    }
    let text: String = line
        .words
        .iter()
        .take(4)
        .flat_map(|word| word.text.chars().chain([' ']))
        .collect();
    ordinal(&text).is_some_and(|ordinal| ordinal.kind.is_of_headings())
}

fn is_centred(line: &Line, margins: Margins) -> bool {
    let (left, right) = (line.bbox.x0 - margins.left, margins.right - line.bbox.x1);
    left > 1.5 * line.size && (left - right).abs() < 0.12 * (left + right).max(8.0)
}

/// What the maker of the page says that lines are, where it says the same of all words.
fn artifact(lines: &[Line]) -> Option<Artifact> {
    let kinds = lines
        .iter()
        .flat_map(|line| &line.words)
        .map(|word| word.artifact);
    kinds.reduce(|a, b| a.filter(|_| a == b)).flatten()
}

fn draft(lines: &[Line], margins: Margins, page: u32, prose: &Prose<'_>) -> Draft {
    let content = prose.content(lines);
    let bbox = lines
        .iter()
        .fold(Rect::NONE, |all, line| all.union(&line.bbox));
    let first = &lines[0];
    let last = &lines[lines.len() - 1];
    let words = || lines.iter().flat_map(|line| &line.words);
    let longest = words().max_by_key(|word| word.text.len());
    let mut marks: Vec<u32> = words().filter_map(|word| word.mark).collect();
    marks.dedup();
    let align = if !margins.is_wide {
        None
    } else if lines.iter().all(|line| is_centred(line, margins)) {
        Some(Align::Center)
    } else if lines.len() == 1
        && first.bbox.x0 - margins.left > 0.35 * (margins.right - margins.left)
        && margins.right - first.bbox.x1 < 2.5 * first.size
    {
        Some(Align::Right)
    } else {
        None
    };
    let indent = first.bbox.x0 - margins.left;
    let rest = lines[1..]
        .iter()
        .map(|line| line.bbox.x0)
        .fold(f32::MAX, f32::min);
    Draft {
        page,
        bbox,
        text: tabulary_ir::inline_text(&content),
        lines: lines.len(),
        size: longest.map_or(first.size, |word| word.size),
        bold: lines.iter().all(|line| prose.all_bold(line)),
        indent,
        hang: if rest < f32::MAX {
            rest - margins.left
        } else {
            indent
        },
        align,
        fills: margins.right - last.bbox.x1 < 2.2 * last.size,
        artifact: artifact(lines),
        marks,
        content,
    }
}
