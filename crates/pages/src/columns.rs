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
        numbers > 0 && numbers * 2 >= self.words.len()
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
    let most = lines.len() as i32 / 12;
    let mut rivers: Vec<(f32, f32)> = Vec::new();
    let (mut ink, mut start) = (0, None);
    for (at, change) in events {
        let before = ink;
        ink += change;
        if before > most && ink <= most {
            start = Some(at);
        } else if before <= most && ink > most {
            if let Some(from) = start.take() {
                rivers.push((from, at));
            }
        }
    }
    let mut edges = vec![left];
    edges.extend(rivers.iter().map(|(from, to)| (from + to) / 2.0));
    edges.push(right);
    without_thin(edges, lines)
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
        let at = edges
            .partition_point(|edge| *edge <= bbox.center_x())
            .clamp(1, edges.len() - 1);
        return (at - 1, at);
    }
    (first, end)
}
