//! From painted lines and boxes to the rulings of tables: pieces joined, doubles made one, what nobody sees left out.

use std::cmp::Ordering;

use crate::word::Word;
use crate::{Fill, Page, Rect, Ruling};

/// A level or upright line: where it is, and from where to where it runs.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Rule {
    /// The y of a level line, the x of an upright one.
    pub(crate) at: f32,
    pub(crate) from: f32,
    pub(crate) to: f32,
    /// Whether it is drawn, and not only the edge of a painted ground.
    pub(crate) drawn: bool,
}

impl Rule {
    pub(crate) fn length(&self) -> f32 {
        self.to - self.from
    }

    /// How much of `from..to` it covers.
    pub(crate) fn covers(&self, from: f32, to: f32) -> f32 {
        (self.to.min(to) - self.from.max(from)).max(0.0)
    }
}

/// The rulings of a page.
#[derive(Clone, Debug, Default)]
pub(crate) struct Rules {
    /// From left to right, from the top down.
    pub(crate) level: Vec<Rule>,
    /// From top to bottom, from the left on.
    pub(crate) upright: Vec<Rule>,
}

/// Lines closer than this are one, in points.
const SAME: f32 = 2.2;
/// Pieces of one line may be this far apart, in points.
const BREAK: f32 = 3.2;
/// A line that is shorter says nothing of a table, in points.
const SHORT: f32 = 5.0;
/// Grounds that are no further apart touch, in points.
const HAIR: f32 = 0.3;
/// The most boxes that are looked at for what lies below a white line.
const FILLS: usize = 2_000;
/// The most typed lines of a page that are looked at for words beside them.
const BLANKS: usize = 500;
/// A colour as bright as this is white.
const WHITE: u8 = 0xf7;

impl Rules {
    /// The lines that are drawn, white ones on a painted ground among them.
    pub(crate) fn drawn(page: &Page) -> Self {
        Self::of(
            page.rulings
                .iter()
                .filter(|ruling| is_seen(ruling.bbox, ruling.color, page)),
        )
    }

    /// The lines that are drawn and not white. White ones part the cells of a ground, whose edges they need to be whole.
    pub(crate) fn dark(page: &Page) -> Self {
        Self::of(page.rulings.iter().filter(|ruling| !is_white(ruling.color)))
    }

    /// These lines but some of them.
    pub(crate) fn without(&self, mut gone: Self) -> Self {
        let order = |a: &Rule, b: &Rule| {
            let places = [(a.at, b.at), (a.from, b.from), (a.to, b.to)];
            places
                .iter()
                .map(|(a, b)| a.total_cmp(b))
                .fold(Ordering::Equal, Ordering::then)
        };
        let mut left = self.clone();
        for (left, gone) in [
            (&mut left.level, &mut gone.level),
            (&mut left.upright, &mut gone.upright),
        ] {
            gone.sort_by(order);
            left.retain(|line| gone.binary_search_by(|other| order(other, line)).is_err());
        }
        left
    }

    fn of<'a>(seen: impl Iterator<Item = &'a Ruling>) -> Self {
        let (mut level, mut upright) = (Vec::new(), Vec::new());
        for ruling in seen {
            let rule = rule(ruling);
            if ruling.upright {
                upright.push(rule);
            } else {
                level.push(rule);
            }
        }
        Self {
            level: joined(level),
            upright: joined(upright),
        }
    }

    /// Adds the lines that are typed as rows of hyphens, and gives the other words back. Where words stand beside it, such
    /// a row is a blank to be filled in, and as much a part of the text as they are.
    pub(crate) fn take_typed(&mut self, words: Vec<Word>) -> Vec<Word> {
        let (rows, mut others): (Vec<Word>, Vec<Word>) = words.into_iter().partition(is_typed_line);
        let mut beside: Vec<(f32, f32, f32)> = others
            .iter()
            .map(|word| (word.middle(), word.bbox.x0, word.bbox.x1))
            .collect();
        beside.sort_by(|a, b| a.0.total_cmp(&b.0));
        let mut left = BLANKS;
        let mut is_blank = |row: &Word| {
            left = left.saturating_sub(1);
            if left == 0 {
                return false;
            }
            let (middle, near) = (row.middle(), 3.0 * row.size);
            let first = beside.partition_point(|(y, ..)| *y < middle - 0.5 * row.size);
            beside[first..]
                .iter()
                .take_while(|(y, ..)| *y < middle + 0.5 * row.size)
                .any(|(_, x0, x1)| *x0 < row.bbox.x1 + near && row.bbox.x0 - near < *x1)
        };
        let (blanks, lines): (Vec<Word>, Vec<Word>) =
            rows.into_iter().partition(|row| is_blank(row));
        others.extend(blanks);
        self.level.extend(lines.iter().map(|word| Rule {
            at: word.middle(),
            from: word.bbox.x0,
            to: word.bbox.x1,
            drawn: true,
        }));
        self.level
            .sort_by(|a, b| a.at.total_cmp(&b.at).then(a.from.total_cmp(&b.from)));
        others
    }

    /// These lines outside of the boxes, and the edges of painted grounds there that a person sees: those where the
    /// colour changes.
    pub(crate) fn with_grounds(&self, page: &Page, but: &[Rect]) -> Self {
        let outside = |bbox: Rect| !but.iter().any(|other| other.grown(2.0).holds(&bbox, 2.0));
        let grounds: Vec<Fill> = grounds(page)
            .filter(|fill| outside(fill.bbox))
            .take(FILLS)
            .copied()
            .collect();
        let (mut level, mut upright) = (Vec::new(), Vec::new());
        for fill in &grounds {
            for (upright_edge, at, from, to) in sides(&fill.bbox) {
                for (from, to) in seen_parts(fill, upright_edge, at, from, to, &grounds) {
                    let rule = Rule {
                        at,
                        from,
                        to,
                        drawn: false,
                    };
                    if upright_edge {
                        upright.push(rule);
                    } else {
                        level.push(rule);
                    }
                }
            }
        }
        for rule in &self.level {
            if outside(Rect::new(rule.from, rule.at, rule.to, rule.at)) {
                level.push(*rule);
            }
        }
        for rule in &self.upright {
            if outside(Rect::new(rule.at, rule.from, rule.at, rule.to)) {
                upright.push(*rule);
            }
        }
        Self {
            level: joined(level),
            upright: joined(upright),
        }
    }
}

/// Whether a word is a line that was typed: five signs or more, all of them alike.
fn is_typed_line(word: &Word) -> bool {
    let text = word.text.as_str();
    let is_row_of = |sign: &&str| text.trim_matches(|c| sign.starts_with(c)).is_empty();
    text.chars().count() >= 5 && ["-", "_", "=", "─", "━"].iter().any(is_row_of)
}

/// The sides of a box: whether each is upright, where it is, and from where to where it runs.
fn sides(bbox: &Rect) -> [(bool, f32, f32, f32); 4] {
    let Rect { x0, y0, x1, y1 } = *bbox;
    [
        (false, y0, x0, x1),
        (false, y1, x0, x1),
        (true, x0, y0, y1),
        (true, x1, y0, y1),
    ]
}

/// The parts of a side at which no ground of the same colour lies on the other side.
fn seen_parts(
    fill: &Fill,
    upright: bool,
    at: f32,
    from: f32,
    to: f32,
    grounds: &[Fill],
) -> Vec<(f32, f32)> {
    let mut parts = vec![(from, to)];
    for other in grounds {
        if other.color != fill.color || other.bbox == fill.bbox {
            continue;
        }
        let bbox = &other.bbox;
        let (near, far, start, end) = if upright {
            (bbox.x0, bbox.x1, bbox.y0, bbox.y1)
        } else {
            (bbox.y0, bbox.y1, bbox.x0, bbox.x1)
        };
        if at < near - HAIR || at > far + HAIR {
            continue;
        }
        parts = parts
            .into_iter()
            .flat_map(|(a, b)| [(a, b.min(start)), (a.max(end), b)])
            .filter(|(a, b)| b - a > 1.0)
            .collect();
    }
    parts
}

fn rule(ruling: &Ruling) -> Rule {
    let bbox = &ruling.bbox;
    let (at, from, to) = if ruling.upright {
        (bbox.center_x(), bbox.y0, bbox.y1)
    } else {
        (bbox.center_y(), bbox.x0, bbox.x1)
    };
    Rule {
        at,
        from,
        to,
        drawn: true,
    }
}

fn is_white(color: [u8; 3]) -> bool {
    color.iter().all(|level| *level >= WHITE)
}

/// White lines are seen on a painted ground alone.
fn is_seen(bbox: Rect, color: [u8; 3], page: &Page) -> bool {
    !is_white(color)
        || page
            .fills
            .iter()
            .take(FILLS)
            .any(|fill| !is_white(fill.color) && fill.bbox.grown(1.0).overlaps(&bbox.grown(0.5)))
}

/// The painted boxes that may be grounds of cells: no page-wide decoration, and no boxes that nobody sees.
fn grounds(page: &Page) -> impl Iterator<Item = &Fill> {
    let (width, height) = (page.width, page.height);
    page.fills.iter().filter(move |fill| {
        !is_white(fill.color)
            && fill.bbox.height() < 0.5 * height
            && fill.bbox.width() < 0.98 * width
            && fill.bbox.height() > 4.0
            && fill.bbox.width() > 6.0
    })
}

/// Joins pieces of one line, and lines that are as good as one.
fn joined(mut pieces: Vec<Rule>) -> Vec<Rule> {
    pieces.retain(|piece| {
        piece.length() >= 0.0 && piece.at.is_finite() && piece.length().is_finite()
    });
    pieces.sort_by(|a, b| a.at.total_cmp(&b.at).then(a.from.total_cmp(&b.from)));
    let mut lines = Vec::new();
    let mut start = 0;
    while start < pieces.len() {
        let mut end = start + 1;
        while end < pieces.len()
            && pieces[end].at - pieces[end - 1].at <= 0.8
            && pieces[end].at - pieces[start].at <= SAME
        {
            end += 1;
        }
        join_along(&mut pieces[start..end], &mut lines);
        start = end;
    }
    let mut lines = one_of_doubles(lines);
    lines.retain(|line| line.length() >= SHORT);
    lines
}

/// Joins the pieces that lie on one line where they touch.
fn join_along(pieces: &mut [Rule], lines: &mut Vec<Rule>) {
    pieces.sort_by(|a, b| a.from.total_cmp(&b.from).then(a.to.total_cmp(&b.to)));
    let mut open: Option<(Rule, f32)> = None;
    for piece in pieces.iter() {
        let weight = piece.length().max(0.1);
        match &mut open {
            Some((line, total)) if piece.from - line.to <= BREAK => {
                line.at = (line.at * *total + piece.at * weight) / (*total + weight);
                *total += weight;
                line.to = line.to.max(piece.to);
                line.drawn |= piece.drawn;
            }
            _ => {
                lines.extend(open.take().map(|(line, _)| line));
                open = Some((*piece, weight));
            }
        }
    }
    lines.extend(open.map(|(line, _)| line));
}

/// Takes lines that run beside one another, no wider apart than a double line, as one.
fn one_of_doubles(mut lines: Vec<Rule>) -> Vec<Rule> {
    lines.sort_by(|a, b| a.at.total_cmp(&b.at).then(a.from.total_cmp(&b.from)));
    let mut kept: Vec<Rule> = Vec::with_capacity(lines.len());
    for line in lines {
        let near = kept
            .iter_mut()
            .rev()
            .take_while(|other| line.at - other.at <= SAME)
            .find(|other| line.from - other.to <= BREAK && other.from - line.to <= BREAK);
        match near {
            Some(other) => {
                if line.length() > other.length() {
                    other.at = line.at;
                }
                other.from = other.from.min(line.from);
                other.to = other.to.max(line.to);
                other.drawn |= line.drawn;
            }
            None => kept.push(line),
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    fn piece(at: f32, from: f32, to: f32) -> Rule {
        Rule {
            at,
            from,
            to,
            drawn: true,
        }
    }

    #[test]
    fn dashes_and_doubles_become_one_line() {
        let dashes = (0..20).map(|i| piece(10.0, i as f32 * 4.0, i as f32 * 4.0 + 2.0));
        let double = [piece(30.0, 0.0, 50.0), piece(31.5, 0.0, 50.0)];
        let lines = joined(dashes.chain(double).collect());
        assert_eq!(lines.len(), 2);
        assert_eq!((lines[0].from, lines[0].to), (0.0, 78.0));
    }

    #[test]
    fn white_lines_count_on_a_ground_alone() {
        let mut page = Page {
            width: 200.0,
            height: 200.0,
            rulings: vec![Ruling {
                bbox: Rect::new(10.0, 50.0, 100.0, 51.0),
                upright: false,
                color: [255; 3],
            }],
            ..Page::default()
        };
        assert!(Rules::drawn(&page).level.is_empty());
        page.fills.push(Fill {
            bbox: Rect::new(10.0, 20.0, 100.0, 80.0),
            color: [0, 0, 128],
        });
        assert_eq!(Rules::drawn(&page).level.len(), 1);
    }

    #[test]
    fn grounds_of_one_colour_that_touch_have_no_edge_between_them() {
        let ground = |y: f32, color| Fill {
            bbox: Rect::new(10.0, y, 100.0, y + 20.0),
            color,
        };
        let page = Page {
            width: 200.0,
            height: 200.0,
            fills: vec![
                ground(20.0, [0, 0, 99]),
                ground(40.0, [0, 0, 99]),
                ground(60.0, [0, 99, 0]),
            ],
            ..Page::default()
        };
        let rules = Rules::default().with_grounds(&page, &[]);
        let heights: Vec<f32> = rules.level.iter().map(|rule| rule.at).collect();
        assert_eq!(heights, [20.0, 60.0, 80.0]);
    }
}
