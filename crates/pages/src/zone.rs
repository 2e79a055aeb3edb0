//! Columns of a page: parts that are read one after the other.

use crate::Rect;
use crate::grid::Grid;
use crate::line::{Line, lines};
use crate::script;
use crate::word::Word;

/// A part of a page that is read from the top down.
#[derive(Debug, Default)]
pub(crate) struct Zone {
    pub(crate) lines: Vec<Line>,
    pub(crate) grids: Vec<Grid>,
}

/// How narrow the white between two columns may be, in parts of the type's size.
const GUTTER: f32 = 0.9;
/// How many lines a column has at least.
const LINES: usize = 5;
/// How often columns are looked for inside of columns.
const DEPTH: usize = 4;

/// The parts of a page in reading order.
pub(crate) fn zones(words: Vec<Word>, grids: Vec<Grid>) -> Vec<Zone> {
    let mut zones = Vec::new();
    part(words, grids, DEPTH, &mut zones);
    zones
}

/// White from top to bottom between lines that are read one side after the other.
struct Gutter {
    x: f32,
    top: f32,
    bottom: f32,
}

fn part(words: Vec<Word>, grids: Vec<Grid>, depth: usize, zones: &mut Vec<Zone>) {
    let zone = Zone {
        lines: lines(words),
        grids,
    };
    let found = (depth > 0).then(|| gutter(&zone)).flatten();
    let Some(gutter) = found else {
        if !zone.lines.is_empty() || !zone.grids.is_empty() {
            zones.push(zone);
        }
        return;
    };
    let mut parts: [(Vec<Word>, Vec<Grid>); 4] = Default::default();
    let side = |bbox: &Rect, y: f32| match y {
        y if y < gutter.top => 0,
        y if y > gutter.bottom => 3,
        _ if bbox.center_x() < gutter.x => 1,
        _ => 2,
    };
    for word in zone.lines.into_iter().flat_map(|line| line.words) {
        let at = side(&word.bbox, word.middle());
        parts[at].0.push(word);
    }
    for grid in zone.grids {
        let at = side(&grid.bbox, grid.bbox.center_y());
        parts[at].1.push(grid);
    }
    for (number, (words, grids)) in parts.into_iter().enumerate() {
        // What stands above was looked through before the gutter was found.
        let depth = if number == 0 { 0 } else { depth - 1 };
        part(words, grids, depth, zones);
    }
}

/// How many lines are looked at in all while gutters are searched on a page.
const STEPS: usize = 400_000;

/// The first gutter from the top.
fn gutter(zone: &Zone) -> Option<Gutter> {
    let lines = &zone.lines;
    let tables: Vec<&Rect> = zone.grids.iter().map(|grid| &grid.bbox).collect();
    let mut steps = 0;
    for (start, line) in lines.iter().enumerate() {
        let mut gaps: Vec<(f32, f32)> = line
            .words
            .windows(2)
            .map(|pair| (pair[0].bbox.x1, pair[1].bbox.x0))
            .collect();
        // Lines of columns may stand at heights of their own.
        if let Some(next) = lines.get(start + 1)
            && next.bbox.y0 < line.bbox.y1 + 0.5 * line.size
        {
            gaps.push((line.bbox.x1, next.bbox.x0));
            gaps.push((next.bbox.x1, line.bbox.x0));
        }
        for gap in gaps {
            if gap.1 - gap.0 < GUTTER * line.size {
                continue;
            }
            if let Some(gutter) = follow(lines, start, gap, &tables, &mut steps) {
                return Some(gutter);
            }
            if steps > STEPS {
                return None;
            }
        }
    }
    None
}

/// Follows a gap from line to line as far as it stays white on the page.
fn follow(
    lines: &[Line],
    start: usize,
    gap: (f32, f32),
    tables: &[&Rect],
    steps: &mut usize,
) -> Option<Gutter> {
    let (mut from, mut to) = gap;
    let mut end = start;
    let (mut left, mut right): (Vec<Rect>, Vec<Rect>) = (Vec::new(), Vec::new());
    let (mut left_text, mut right_text) = (Side::default(), Side::default());
    let top = lines[start].bbox.y0;
    while end < lines.len() {
        *steps += 1;
        let line = &lines[end];
        let least = 0.6 * line.size;
        let cut = tables.iter().any(|table| {
            table.y0 > top && table.y0 < line.bbox.y0 && table.x0 < from && table.x1 > to
        });
        if cut {
            break;
        }
        // The white between the words that stand next to the middle of the gap.
        let middle = (from + to) / 2.0;
        let before = line
            .words
            .iter()
            .filter(|word| word.bbox.center_x() < middle)
            .map(|word| word.bbox.x1)
            .fold(f32::MIN, f32::max);
        let behind = line
            .words
            .iter()
            .filter(|word| word.bbox.center_x() >= middle)
            .map(|word| word.bbox.x0)
            .fold(f32::MAX, f32::min);
        let (new_from, new_to) = (from.max(before), to.min(behind));
        if new_to - new_from < least {
            break;
        }
        (from, to) = (new_from, new_to);
        let behind = line
            .words
            .iter()
            .position(|word| word.bbox.center_x() >= middle);
        let (a, b) = line.words.split_at(behind.unwrap_or(line.words.len()));
        for (words, boxes, text) in [
            (a, &mut left, &mut left_text),
            (b, &mut right, &mut right_text),
        ] {
            if !words.is_empty() {
                boxes.push(crate::prose::bounds(words));
                text.add(words, line.base);
            }
        }
        end += 1;
    }
    if left.len() < LINES || right.len() < LINES {
        return None;
    }
    let (left_full, right_full) = (left_text.is_prose(&left), right_text.is_prose(&right));
    let is_one_sided = left_full && left.len() >= 12 || right_full && right.len() >= 12;
    let apart = left_text.shares_few_lines(&right_text);
    // Lines above that stand at one side of the white belong to the columns too.
    let mut first = start;
    while first > 0 {
        let (line, below) = (&lines[first - 1], &lines[first]);
        let clear = line.bbox.x1 <= from + 1.0 || line.bbox.x0 >= to - 1.0;
        if !clear || below.base - line.base > 2.5 * line.size {
            break;
        }
        first -= 1;
    }
    let above = lines[first].base - 0.8 * lines[first].size;
    (left_full && right_full || is_one_sided && apart).then(|| Gutter {
        x: (from + to) / 2.0,
        top: lines[first].bbox.y0.min(above) - 0.1,
        bottom: lines[end - 1].bbox.y1 + 0.1,
    })
}

/// What is known of the text at one side of a gutter.
#[derive(Default)]
struct Side {
    letters: usize,
    numbers: usize,
    words: usize,
    bases: Vec<f32>,
}

impl Side {
    fn add(&mut self, words: &[Word], base: f32) {
        for word in words {
            self.words += 1;
            self.numbers += usize::from(word.is_number());
            self.letters += word
                .text
                .chars()
                .map(|c| if script::is_wide(c) { 2 } else { 1 })
                .sum::<usize>();
        }
        self.bases.push(base);
    }

    /// Whether lines mostly fill their column, and say words and no numbers.
    fn is_prose(&self, boxes: &[Rect]) -> bool {
        let all = boxes.iter().fold(Rect::NONE, |all, bbox| all.union(bbox));
        let full = boxes
            .iter()
            .filter(|bbox| bbox.width() >= 0.7 * all.width())
            .count();
        full * 2 >= boxes.len()
            && self.letters >= 18 * boxes.len()
            && self.numbers * 4 <= self.words
    }

    /// Whether few lines stand at the height of one of the other side, as rows of a table do.
    fn shares_few_lines(&self, other: &Self) -> bool {
        let (few, many) = if self.bases.len() <= other.bases.len() {
            (&self.bases, &other.bases)
        } else {
            (&other.bases, &self.bases)
        };
        let shared = few
            .iter()
            .filter(|base| {
                let at = many.partition_point(|other| *other < **base - 0.6);
                many.get(at).is_some_and(|other| *other <= **base + 0.6)
            })
            .count();
        shared * 2 < few.len()
    }
}
