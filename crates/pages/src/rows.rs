//! Rows of tables whose rows no line parts: which lines of text belong to one row, and which are the header.

use crate::columns::{Columns, Piece};
use crate::line::median;
use crate::rules::Rule;
use crate::word::{Word, middle};

/// A line of a table: its pieces with the columns that each reaches into.
#[derive(Clone, Debug)]
pub(crate) struct TableLine {
    pub(crate) pieces: Vec<(Piece, usize, usize)>,
    pub(crate) base: f32,
    pub(crate) size: f32,
    /// Whether a drawn line stands between this line and the one above.
    pub(crate) ruled_above: bool,
    /// Whether a line is drawn below one of its pieces that stands over several columns.
    pub(crate) ruled_below: bool,
}

impl TableLine {
    pub(crate) fn new(pieces: Vec<Piece>, columns: &Columns, base: f32, size: f32) -> Self {
        let mut placed: Vec<(Piece, usize, usize)> = Vec::new();
        for piece in pieces.into_iter().flat_map(|piece| cut(piece, columns)) {
            let (from, to) = columns.reach(&piece.bbox);
            match placed.last_mut() {
                // Two pieces in one column are one.
                Some((last, first, end)) if *end > from => {
                    last.words.extend(piece.words);
                    last.bbox = last.bbox.union(&piece.bbox);
                    *first = (*first).min(from);
                    *end = (*end).max(to);
                }
                _ => placed.push((piece, from, to)),
            }
        }
        Self {
            pieces: placed,
            base,
            size,
            ruled_above: false,
            ruled_below: false,
        }
    }

    pub(crate) fn middle(&self) -> f32 {
        middle(self.base, self.size)
    }

    fn has(&self, column: usize) -> bool {
        self.pieces
            .iter()
            .any(|(_, from, to)| (*from..*to).contains(&column))
    }

    fn numbers(&self) -> usize {
        self.pieces
            .iter()
            .filter(|(piece, from, _)| *from > 0 && piece.is_number())
            .count()
    }

    /// Widens pieces to the columns that a line drawn below them runs along, or whose middle they stand over.
    pub(crate) fn widen(&mut self, below: f32, rules: &[Rule], columns: &Columns) {
        let middle = self.middle();
        for number in 0..self.pieces.len() {
            let (piece, from, to) = &self.pieces[number];
            let (x0, x1) = (piece.bbox.x0, piece.bbox.x1);
            let under = rules.iter().find(|rule| {
                rule.drawn
                    && middle < rule.at
                    && rule.at < below
                    && rule.from <= x0 + 3.0
                    && x1 - 3.0 <= rule.to
            });
            let Some(rule) = under else {
                continue;
            };
            let covered = |column: usize| columns.share(column, rule.from, rule.to) > 0.5;
            // A line along the whole table parts rows; only what stands in its middle stands over all of it.
            let off = ((x0 + x1) - (rule.from + rule.to)).abs() / 2.0;
            let is_apart = off > 1.2 * self.size || columns.begins(*from, &piece.bbox);
            if *from > 0 && is_apart && (0..columns.count()).all(covered) {
                continue;
            }
            let (mut from, mut to) = (*from, *to);
            while from > 0 && covered(from - 1) && !self.takes(from - 1, number) {
                from -= 1;
            }
            while to < columns.count() && covered(to) && !self.takes(to, number) {
                to += 1;
            }
            self.ruled_below |= to - from > 1;
            (self.pieces[number].1, self.pieces[number].2) = (from, to);
        }
    }

    fn takes(&self, column: usize, but: usize) -> bool {
        self.pieces
            .iter()
            .enumerate()
            .any(|(number, (_, from, to))| number != but && (*from..*to).contains(&column))
    }

    fn spans(&self) -> bool {
        self.pieces.iter().any(|(_, from, to)| to - from > 1)
    }

    pub(crate) fn only_first(&self) -> bool {
        self.pieces.len() == 1 && self.pieces[0].1 == 0
    }
}

/// Cuts a piece at edges of columns: where its words are numbers, or where the blank at the edge is wider than
/// blanks are.
fn cut(piece: Piece, columns: &Columns) -> Vec<Piece> {
    let (from, to) = columns.reach(&piece.bbox);
    if piece.words.len() < 2 {
        return vec![piece];
    }
    let is_wide = to - from > 1;
    let numbers = piece.words.iter().filter(|word| word.is_number()).count();
    let all_numbers = numbers * 2 >= piece.words.len();
    let mut parts: Vec<Vec<Word>> = Vec::new();
    for word in piece.words {
        let (column, end) = columns.reach(&word.bbox);
        let fits = parts.last().is_some_and(|part| {
            let last = &part[part.len() - 1];
            let before = columns.reach(&last.bbox);
            let blank = word.bbox.x0 - last.bbox.x1;
            let parted = before.1 <= column && end - column == 1;
            // A label may run right up to the number behind it.
            let begins =
                word.is_number() && !last.is_number() && columns.begins(column, &word.bbox);
            !begins && (!parted || !is_wide || !all_numbers && blank < 0.42 * word.size)
        });
        match parts.last_mut() {
            Some(part) if fits => part.push(word),
            _ => parts.push(vec![word]),
        }
    }
    parts.into_iter().map(Piece::of).collect()
}

/// Rows as ranges of lines, and how many rows at the top are the header.
pub(crate) struct Rows {
    /// The first line of each row, and one behind the last line.
    pub(crate) starts: Vec<usize>,
    /// How many lines at the top are the header.
    pub(crate) header_lines: usize,
}

/// Puts lines together to rows.
pub(crate) fn rows(lines: &[TableLine], columns: usize) -> Rows {
    let header_lines = header(lines, columns);
    let mut starts = vec![0];
    if header_lines > 0 {
        starts = header_rows(&lines[..header_lines]);
    }
    let body = &lines[header_lines..];
    let pitches = Pitches {
        ruled: is_ruled(body),
        tight: tight_pitch(body),
        of_numbers: number_pitch(body),
    };
    for number in 0..body.len() {
        if number == 0 {
            if header_lines > 0 {
                starts.push(header_lines);
            }
            continue;
        }
        if !goes_on(body, number, columns, pitches) {
            starts.push(header_lines + number);
        }
    }
    starts.push(lines.len());
    starts.dedup();
    Rows {
        starts,
        header_lines,
    }
}

/// How many lines at the top are the header: those above the first line of data, or above the first line that is
/// drawn below them.
fn header(lines: &[TableLine], columns: usize) -> usize {
    let is_data = |line: &TableLine| {
        let filled = line.pieces.iter().filter(|(_, from, _)| *from > 0).count();
        line.numbers() > 0
            && line.numbers() * 2 >= filled
            && !line.spans()
            && !looks_like_years(line)
    };
    let first_data = lines.iter().position(is_data);
    let ruled = lines
        .iter()
        .enumerate()
        .skip(1)
        .find(|(_, line)| line.ruled_above)
        .map(|(number, _)| number);
    let most = lines.len().saturating_sub(1);
    let found = match (first_data, ruled) {
        // A label of a group stands between the header and the first line of data.
        (Some(data), Some(ruled)) if ruled <= data => ruled_last(lines, data),
        (Some(data), _) => {
            let mut end = data;
            while end > 1 && lines[end - 1].only_first() && is_gap(lines, end - 1) {
                end -= 1;
            }
            end
        }
        (None, Some(ruled)) if ruled <= 6 => ruled,
        (None, _) => usize::from(columns > 1 && lines.len() > 2),
    };
    found.min(most)
}

/// The last drawn line above the data: partial lines under groups of columns come first.
fn ruled_last(lines: &[TableLine], data: usize) -> usize {
    (1..=data)
        .rev()
        .find(|number| lines[*number].ruled_above)
        .unwrap_or(data)
}

fn is_gap(lines: &[TableLine], at: usize) -> bool {
    at == 0 || lines[at].base - lines[at - 1].base > 1.35 * lines[at].size
}

/// Whether what looks like numbers are years or other names of columns.
fn looks_like_years(line: &TableLine) -> bool {
    let mut years = 0;
    let mut others = 0;
    for (piece, from, _) in &line.pieces {
        if *from == 0 {
            continue;
        }
        let text = piece.text();
        let text = text.trim_matches(|c: char| !c.is_ascii_digit());
        let is_year = text.len() >= 4
            && text.get(..4).is_some_and(|year| {
                year.parse::<u32>()
                    .is_ok_and(|year| (1900..2100).contains(&year))
            })
            && !text.contains(',')
            && (text.len() == 4 || !text.chars().nth(4).is_some_and(|c| c.is_ascii_digit()));
        if is_year {
            years += 1;
        } else {
            others += 1;
        }
    }
    years > 0 && years >= others
}

/// The rows of a header: cells over several columns stand in rows of their own.
fn header_rows(lines: &[TableLine]) -> Vec<usize> {
    let mut starts = vec![0];
    for number in 1..lines.len() {
        let (above, line) = (&lines[number - 1], &lines[number]);
        let spans = |line: &TableLine| -> Vec<(usize, usize)> {
            let wide = line.pieces.iter().filter(|(_, from, to)| to - from > 1);
            wide.map(|(_, from, to)| (*from, *to)).collect()
        };
        let (before, now) = (spans(above), spans(line));
        let parts = above.ruled_below
            || line.ruled_above
            || !before.is_empty() && before.iter().any(|span| !now.contains(span))
            || before.is_empty() && !now.is_empty();
        if parts {
            starts.push(number);
        }
    }
    starts
}

/// How far lines of a body stand apart.
#[derive(Clone, Copy)]
struct Pitches {
    /// Whether a line is drawn above each row.
    ruled: bool,
    /// Within a row, where rows are set apart by more.
    tight: Option<f32>,
    /// From one line of numbers to the next, in the middle of all.
    of_numbers: Option<f32>,
}

/// Whether a line is drawn above each label.
fn is_ruled(lines: &[TableLine]) -> bool {
    let mut labels = lines.iter().skip(1).filter(|line| line.has(0));
    labels.clone().count() >= 2 && labels.all(|line| line.ruled_above)
}

/// The usual distance of lines that follow one another without room, where some rows are set apart by more.
fn tight_pitch(lines: &[TableLine]) -> Option<f32> {
    let mut pitches: Vec<f32> = lines
        .windows(2)
        .map(|pair| pair[1].base - pair[0].base)
        .filter(|pitch| *pitch > 1.0)
        .collect();
    pitches.sort_by(f32::total_cmp);
    let least = *pitches.first()?;
    let wide = pitches
        .iter()
        .filter(|pitch| **pitch > 1.25 * least)
        .count();
    let tight = pitches.len() - wide;
    (wide * 3 >= pitches.len() && tight > 0).then_some(1.15 * least)
}

/// Whether a line of the body belongs to the row of the line above.
fn goes_on(lines: &[TableLine], number: usize, columns: usize, pitches: Pitches) -> bool {
    let (above, line) = (&lines[number - 1], &lines[number]);
    if line.ruled_above || line.spans() {
        return false;
    }
    let pitch = line.base - above.base;
    if pitch > 2.0 * line.size.max(above.size) {
        return false;
    }
    if pitches.ruled && !line.has(0) && (line.numbers() == 0 || columns == 2) {
        return true;
    }
    let filled = line.pieces.len();
    let both_full = filled == columns && above.pieces.len() == columns;
    if let Some(tight) = pitches.tight {
        if pitch > tight {
            return false;
        }
        return !both_full && line.numbers() == 0 || line.numbers() == 0 && above.numbers() == 0;
    }
    if line.numbers() > 0 {
        let is_tighter = pitches.of_numbers.is_some_and(|usual| pitch < 0.8 * usual);
        if is_tighter && above.only_first() && line.has(0) {
            return true;
        }
        // A label that is too long for a line has its numbers on the last one.
        return above.only_first()
            && line.has(0)
            && above.numbers() == 0
            && breaks_off(&above.pieces[0].0, &line.pieces[0].0);
    }
    if both_full {
        return false;
    }
    if !line.has(0) {
        return above.pieces.len() > 1 || number > 1 && !above.has(0);
    }
    if line.only_first() {
        return above.has(0) && breaks_off(&above.pieces[0].0, &line.pieces[0].0);
    }
    false
}

/// The usual distance of lines of numbers that follow one another.
fn number_pitch(lines: &[TableLine]) -> Option<f32> {
    let pairs = lines
        .windows(2)
        .filter(|pair| pair[0].numbers() > 0 && pair[1].numbers() > 0);
    median(pairs.map(|pair| pair[1].base - pair[0].base))
}

/// Whether a label goes on with the next line.
fn breaks_off(above: &Piece, next: &Piece) -> bool {
    let first = next.text().chars().next();
    let ends = above.text();
    let last_word = ends.rsplit(' ').next().unwrap_or_default().to_lowercase();
    let open = [
        "and", "or", "of", "the", "in", "for", "to", "with", "by", "a", "from", "on",
    ]
    .contains(&last_word.as_str())
        || ends.ends_with(['-', '/', ',', '(', '&', '–']);
    open || first.is_some_and(|c| c.is_lowercase() || c == '(' || c == '/')
}
