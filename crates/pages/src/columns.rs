//! Columns of tables without upright lines: the rivers of white between pieces of lines.

use crate::Rect;
use crate::line::Line;
use crate::word::Word;

/// A gap wider than this parts two cells, in parts of the type's size.
pub(crate) const CELL_GAP: f32 = 0.85;
/// The same between two numbers, which no blank of prose parts.
const NUMBER_GAP: f32 = 0.18;

/// Words of a line that belong to one cell.
#[derive(Clone, Debug)]
pub(crate) struct Piece {
    pub(crate) words: Vec<Word>,
    pub(crate) bbox: Rect,
}

impl Piece {
    pub(crate) fn of(words: Vec<Word>) -> Self {
        let bbox = crate::prose::bounds(&words);
        Self { words, bbox }
    }

    /// Whether it says a number, or the sign of none.
    pub(crate) fn is_number(&self) -> bool {
        let numbers = self.words.iter().filter(|word| word.is_number()).count();
        numbers > 0 && numbers * 2 > self.words.len()
    }

    pub(crate) fn text(&self) -> String {
        let texts: Vec<&str> = self.words.iter().map(|word| word.text.as_str()).collect();
        texts.join(" ")
    }
}

/// The pieces of a line.
pub(crate) fn pieces(line: &Line) -> Vec<Piece> {
    let mut pieces: Vec<Vec<Word>> = Vec::new();
    for word in &line.words {
        let fits = pieces.last().is_some_and(|piece| {
            let last = &piece[piece.len() - 1];
            let gap = word.bbox.x0 - last.bbox.x1;
            let numbers =
                has_digit(last) && has_digit(word) && last.is_number() && word.is_number();
            let most = if numbers { NUMBER_GAP } else { CELL_GAP };
            gap <= most * line.size
        });
        match pieces.last_mut() {
            Some(piece) if fits => piece.push(word.clone()),
            _ => pieces.push(vec![word.clone()]),
        }
    }
    pieces.into_iter().map(Piece::of).collect()
}

fn has_digit(word: &Word) -> bool {
    word.text.chars().any(|c| c.is_ascii_digit())
}

/// The edges of columns that rivers of white part: one more than columns. The lines are those that have several
/// pieces.
pub(crate) fn columns(lines: &[&[Piece]]) -> Vec<f32> {
    let all = || lines.iter().flat_map(|line| line.iter());
    let left = all().map(|piece| piece.bbox.x0).fold(f32::MAX, f32::min);
    let right = all().map(|piece| piece.bbox.x1).fold(f32::MIN, f32::max);
    if left >= right {
        return Vec::new();
    }
    // How many lines have ink at each place.
    let mut events: Vec<(f32, i32)> = all()
        .flat_map(|piece| [(piece.bbox.x0 + 0.05, 1), (piece.bbox.x1 - 0.05, -1)])
        .collect();
    events.sort_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1)));
    // A few lines may have a cell over several columns, or a label that is too long.
    let most = lines.len() as i32 / if lines.len() < 12 { 12 } else { 6 };
    let mut rivers: Vec<(f32, f32)> = Vec::new();
    let (mut ink, mut start) = (0, None);
    for (at, change) in events {
        let before = ink;
        ink += change;
        if before > most && ink <= most {
            start = Some(at);
        } else if before <= most
            && ink > most
            && let Some(from) = start.take()
        {
            rivers.push((from, at));
        }
    }
    let mut edges = vec![left];
    edges.extend(rivers.iter().map(|(from, to)| (from + to) / 2.0));
    edges.push(right);
    without_blanks(without_thin(edges, lines), lines)
}

/// Takes out edges that are only blanks inside of a number that is written in groups: the same narrow gap on every
/// line.
fn without_blanks(mut edges: Vec<f32>, lines: &[&[Piece]]) -> Vec<f32> {
    let mut at = 1;
    while at + 1 < edges.len() {
        let edge = edges[at];
        let gaps: Vec<f32> = lines
            .iter()
            .flat_map(|line| line.windows(2))
            .filter(|pair| pair[0].bbox.center_x() < edge && edge < pair[1].bbox.center_x())
            .filter(|pair| pair[0].is_number() && pair[1].is_number())
            .map(|pair| (pair[1].bbox.x0 - pair[0].bbox.x1) / pair[0].words[0].size.max(1.0))
            .collect();
        let widest = gaps.iter().copied().fold(f32::MIN, f32::max);
        let least = gaps.iter().copied().fold(f32::MAX, f32::min);
        if gaps.len() * 2 > lines.len() && widest < 0.45 && widest - least < 0.05 {
            edges.remove(at);
        } else {
            at += 1;
        }
    }
    edges
}

/// Takes out edges beside which a column has hardly a piece.
fn without_thin(mut edges: Vec<f32>, lines: &[&[Piece]]) -> Vec<f32> {
    let least = if lines.len() < 5 { 1 } else { 2 };
    while edges.len() > 2 {
        let count = |from: f32, to: f32| {
            lines
                .iter()
                .filter(|line| {
                    line.iter()
                        .any(|piece| (from..to).contains(&piece.bbox.center_x()))
                })
                .count()
        };
        let counts: Vec<usize> = edges
            .windows(2)
            .map(|pair| count(pair[0], pair[1] + 0.01))
            .collect();
        let Some(thin) = counts.iter().position(|count| *count < least) else {
            break;
        };
        // It joins the neighbour that lies nearer.
        let edge = match thin {
            0 => 1,
            last if last + 1 == counts.len() => last,
            other => nearer(&edges, other, lines),
        };
        edges.remove(edge);
    }
    edges
}

fn nearer(edges: &[f32], column: usize, lines: &[&[Piece]]) -> usize {
    let (from, to) = (edges[column], edges[column + 1]);
    let (mut left, mut right) = (f32::MAX, f32::MAX);
    for line in lines {
        for pair in line.windows(2) {
            let gap = pair[1].bbox.x0 - pair[0].bbox.x1;
            if (from..to).contains(&pair[1].bbox.center_x()) {
                left = left.min(gap);
            }
            if (from..to).contains(&pair[0].bbox.center_x()) {
                right = right.min(gap);
            }
        }
    }
    if left <= right { column } else { column + 1 }
}

/// The columns that a box reaches into: the first and the one behind the last.
pub(crate) fn reach(edges: &[f32], bbox: &Rect) -> (usize, usize) {
    let width = bbox.width().max(0.1);
    let mut first = usize::MAX;
    let mut end = 0;
    for (number, pair) in edges.windows(2).enumerate() {
        let shared = bbox.x1.min(pair[1]) - bbox.x0.max(pair[0]);
        let column = (pair[1] - pair[0]).max(0.1);
        if shared > 0.12 * width.min(column) && shared > 1.0 || shared > 0.5 * width {
            first = first.min(number);
            end = number + 1;
        }
    }
    if first == usize::MAX {
        let at = column_at(edges, bbox.center_x());
        return (at, at + 1);
    }
    (first, end)
}

/// The column that a place lies in, or the one nearest to it.
fn column_at(edges: &[f32], x: f32) -> usize {
    edges
        .partition_point(|edge| *edge <= x)
        .clamp(1, edges.len() - 1)
        - 1
}

/// Columns of a table without lines between them: their edges, and how far their text reaches.
#[derive(Clone, Debug)]
pub(crate) struct Columns {
    pub(crate) edges: Vec<f32>,
    inks: Vec<(f32, f32)>,
}

impl Columns {
    /// The columns between edges, with the text of lines that have pieces in most of them.
    pub(crate) fn new(edges: Vec<f32>, lines: &[&[Piece]]) -> Self {
        let mut inks = vec![(f32::MAX, f32::MIN); edges.len() - 1];
        for piece in lines.iter().flat_map(|line| line.iter()) {
            let column = column_at(&edges, piece.bbox.center_x());
            let (left, right) = (edges[column] - 1.0, edges[column + 1] + 1.0);
            if piece.bbox.x0 >= left && piece.bbox.x1 <= right {
                let ink = &mut inks[column];
                *ink = (ink.0.min(piece.bbox.x0), ink.1.max(piece.bbox.x1));
            }
        }
        for (column, ink) in inks.iter_mut().enumerate() {
            if ink.0 >= ink.1 {
                *ink = (edges[column], edges[column + 1]);
            }
        }
        Self { edges, inks }
    }

    pub(crate) fn count(&self) -> usize {
        self.inks.len()
    }

    /// The columns that a box stands in or over: the first and the one behind the last. Over its own column it may
    /// reach further than the text below does.
    pub(crate) fn reach(&self, bbox: &Rect) -> (usize, usize) {
        let width = bbox.width().max(0.1);
        let (mut first, mut end) = (usize::MAX, 0);
        for (number, (left, right)) in self.inks.iter().enumerate() {
            let shared = bbox.x1.min(*right) - bbox.x0.max(*left);
            if shared > 0.5 * (right - left) || shared > 0.5 * width {
                first = first.min(number);
                end = number + 1;
            }
        }
        let own = column_at(&self.edges, bbox.center_x());
        if first == usize::MAX {
            return (own, own + 1);
        }
        (first, end)
    }

    /// Whether a box begins where the text of a column does.
    pub(crate) fn begins(&self, column: usize, bbox: &Rect) -> bool {
        (self.inks[column].0 - bbox.x0).abs() < 1.0
    }

    /// How much of the width of a column a line runs along.
    pub(crate) fn share(&self, column: usize, from: f32, to: f32) -> f32 {
        let (left, right) = (self.edges[column], self.edges[column + 1]);
        (to.min(right) - from.max(left)).max(0.0) / (right - left).max(0.1)
    }
}
