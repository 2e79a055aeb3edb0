//! What stands in columns and is no table: prose, lists, contents, the labels of charts, and what explains signs.

use crate::columns::Piece;
use crate::script;
use crate::stream::Seen;
use crate::word::Word;
use crate::wording::is_item_sign;

/// How wide a blank between words is at most, in parts of the type's size.
const TYPED: f32 = 0.5;
/// How wide a blank is at most that only sets a line to both margins, in parts of the type's size.
const SET_APART: f32 = 2.0;
/// How many lines a formula may take.
const FORMULA: usize = 3;

/// Whether lines are a list of contents: dots lead to numbers that rise.
pub(crate) fn is_contents(lines: &[Seen]) -> bool {
    let multi: Vec<&Seen> = lines.iter().filter(|line| line.pieces.len() >= 2).collect();
    let pages: Vec<u32> = multi
        .iter()
        .filter_map(|line| line.pieces.last()?.text().parse().ok())
        .collect();
    let is_entry = |line: &&&Seen| {
        let sign = line.pieces[0].words[0].text.trim_end_matches('.');
        let counted = !sign.is_empty() && sign.chars().all(|c| c.is_ascii_digit() || c == '.');
        line.has_leaders
            || counted && line.pieces.iter().filter(|piece| piece.is_number()).count() <= 2
    };
    let entries = multi.iter().filter(is_entry).count();
    pages.len() >= 2
        && entries * 2 >= multi.len()
        && pages.len() * 10 >= multi.len() * 8
        && pages.is_sorted()
}

/// Whether lines are the labels of a chart: one of them is an axis, and no other one has nearly as many numbers.
pub(crate) fn is_chart(lines: &[Seen]) -> bool {
    let has_digit = |word: &&Word| word.text.chars().any(|c| c.is_ascii_digit());
    let numbers = |line: &Seen| words(line).filter(has_digit).count();
    let most = (0..lines.len()).max_by_key(|at| numbers(&lines[*at]));
    let Some(axis) = most.filter(|at| is_axis(&lines[*at])) else {
        return false;
    };
    let ticks = numbers(&lines[axis]);
    let others = lines.iter().enumerate().filter(|(at, _)| *at != axis);
    others
        .map(|(_, line)| numbers(line))
        .all(|count| count * 3 <= ticks)
}

/// Whether half of the lines and at least five are ticks one above another, of one axis or of several side by side: in
/// each column the numbers fall by the same step from one such line to the next.
pub(crate) fn has_upright_axes(lines: &[Seen]) -> bool {
    const LEAST: usize = 5;
    let ticks: Vec<Vec<f32>> = lines.iter().filter_map(ticks).collect();
    let is_step = |lines: &[Vec<f32>]| {
        let [a, b, c] = lines else {
            return false;
        };
        let steps = |at: usize| (a[at] - b[at], b[at] - c[at]);
        a.len() == b.len()
            && b.len() == c.len()
            && (0..a.len())
                .map(steps)
                .all(|(one, next)| one > 0.0 && (one - next).abs() < 0.01 * one)
    };
    let steady = ticks.windows(3).filter(|three| is_step(three)).count() + 2;
    steady >= LEAST && steady * 2 >= lines.len()
}

/// The numbers of a line that holds nothing else, and as many as it has pieces.
fn ticks(line: &Seen) -> Option<Vec<f32>> {
    let number = |piece: &Piece| match piece.words.as_slice() {
        [word] => tick(word),
        _ => None,
    };
    let ticks: Vec<f32> = line.pieces.iter().map(number).collect::<Option<_>>()?;
    (!ticks.is_empty()).then_some(ticks)
}

/// The number that a word is as a tick of an axis, perhaps a share.
fn tick(word: &Word) -> Option<f32> {
    word.text
        .trim_end_matches('%')
        .replace(',', ".")
        .parse()
        .ok()
}

fn words(line: &Seen) -> impl Iterator<Item = &Word> {
    line.pieces.iter().flat_map(|piece| &piece.words)
}

/// Whether a line is the scale of a chart: numbers that rise by the same step, from nothing or from one step on, at the same
/// distance.
fn is_axis(line: &Seen) -> bool {
    let ticks: Option<Vec<(f32, f32)>> = words(line)
        .map(|word| Some((tick(word)?, word.bbox.center_x())))
        .collect();
    let Some([first, second, rest @ ..]) = ticks.as_deref() else {
        return false;
    };
    let (step, room) = (second.0 - first.0, second.1 - first.1);
    let steps = |a: &(f32, f32), b: &(f32, f32)| {
        (b.0 - a.0 - step).abs() < 0.01 * step && (b.1 - a.1 - room).abs() < 0.1 * room
    };
    (first.0 == 0.0 || (first.0 - step).abs() < 0.01 * step)
        && step > 0.0
        && rest.len() >= 2
        && ticks.iter().flatten().is_sorted_by(|a, b| steps(a, b))
}

/// Whether most lines of several pieces are prose that is set to both margins: its words stand at even distances, which
/// the columns of a table do not leave between them.
pub(crate) fn is_justified(lines: &[Seen], width: f32) -> bool {
    let multi = || lines.iter().filter(|line| line.pieces.len() >= 2);
    let even = multi().filter(|line| is_even(line, width)).count();
    even * 2 > multi().count()
}

/// Whether the same blank stands between all words of a line, behind the sign of an item: a blank as it is typed, or a wider
/// one in a line that fills a width.
fn is_even(line: &Seen, width: f32) -> bool {
    let all: Vec<&Word> = words(line).collect();
    let [first, .., last] = all.as_slice() else {
        return false;
    };
    let flow = if is_item_sign(&first.text) {
        &all[1..]
    } else {
        &all[..]
    };
    let gaps = || {
        flow.windows(2)
            .map(|pair| pair[1].bbox.x0 - pair[0].bbox.x1)
    };
    let (least, most) = gaps().fold((f32::MAX, f32::MIN), |(least, most), gap| {
        (least.min(gap), most.max(gap))
    });
    let letters = flow.iter().filter(|word| word.has_letters()).count();
    let is_full = last.bbox.x1 - first.bbox.x0 >= 0.95 * width;
    flow.len() >= 4
        && letters * 10 >= flow.len() * 6
        && (is_full && most < SET_APART * first.size || most < TYPED * first.size)
        && most <= 1.12 * least
}

/// Whether lines explain signs: "$ = up to 1000".
pub(crate) fn is_key(lines: &[Seen]) -> bool {
    let explains = |line: &&Seen| words(line).any(|word| word.text == "=");
    lines.iter().filter(explains).count() * 3 >= lines.len() * 2
}

/// Whether lines are a formula: one of them says what something equals, and goes on behind a gap or below.
pub(crate) fn is_formula(lines: &[Seen]) -> bool {
    let goes_on = |piece: &Piece| {
        let text = piece.text();
        text.contains('=') && text.ends_with(['=', '+', '−', '±', '×', '·'])
    };
    lines.len() <= FORMULA && lines.iter().flat_map(|line| &line.pieces).any(goes_on)
}

/// Whether text in columns is a table, and no list and no columns of prose.
pub(crate) fn is_table(multi: &[&[Piece]], edges: &[f32], is_framed: bool) -> bool {
    let all: Vec<&Piece> = multi.iter().flat_map(|line| line.iter()).collect();
    let first: Vec<&Piece> = multi.iter().map(|line| &line[0]).collect();
    let signs = first
        .iter()
        .filter(|piece| is_item_sign(&piece.text()))
        .count();
    if signs * 2 > first.len() && edges.len() == 3 {
        return false;
    }
    let numbers = all.iter().filter(|piece| piece.is_number()).count();
    let letters = |piece: &Piece| {
        piece
            .words
            .iter()
            .flat_map(|word| word.text.chars())
            .map(|c| if script::is_wide(c) { 2 } else { 1 })
            .sum::<usize>()
    };
    let mean = all.iter().map(|piece| letters(piece)).sum::<usize>() / all.len().max(1);
    // The numbers of a chart: no letter among them, and many a blank.
    if numbers == all.len() && all.len() * 10 < multi.len() * (edges.len() - 1) * 6 {
        return false;
    }
    if is_framed {
        return true;
    }
    // Columns of prose: long pieces, and hardly a number.
    if mean > 30 && numbers * 4 < all.len() {
        return false;
    }
    // A list of contents: titles, and rising numbers of pages.
    if edges.len() == 3 {
        let last: Vec<u32> = multi
            .iter()
            .filter_map(|line| line.last()?.text().parse().ok())
            .collect();
        if last.len() * 10 >= multi.len() * 9 && last.is_sorted() && mean > 14 && last.len() > 3 {
            return false;
        }
        // Two columns without a number are labels and what they say, or plain prose.
        if numbers * 3 < multi.len() {
            return false;
        }
    }
    true
}
