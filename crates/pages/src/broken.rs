//! Numbers and dates that a narrow cell breaks over its lines, put together again.

use crate::Rect;
use crate::grid::{Grid, GridCell};
use crate::line::Line;
use crate::word::Word;

/// What a cell leaves free at each side at most, in points.
const PADDING: f32 = 6.0;

/// Lines of a cell of a grid, a number or date that fills one and goes on in the next as one word.
pub(crate) fn whole_numbers(grid: &Grid, cell: &GridCell, lines: Vec<Line>) -> Vec<Line> {
    let room = &grid.cell_box(cell);
    let mut whole: Vec<Line> = Vec::with_capacity(lines.len());
    for line in lines {
        match whole.last_mut() {
            Some(above) if is_rest(room, above, &line, || stands_alone(grid, cell, &line)) => {
                let word = &mut above.words[0];
                word.text.push_str(&line.words[0].text);
                // The next line is measured against the last one of the number.
                word.bbox = line.words[0].bbox;
                above.bbox = line.bbox;
            }
            _ => whole.push(line),
        }
    }
    whole
}

/// Whether a line is the rest of the number in the line above, which fills its cell. Two numbers below one another, such
/// as sums or years, are not one: where each is a number by itself, no other cell may have a line at the height of the
/// second (`is_alone`), and a whole number has more digits than its rest.
fn is_rest(room: &Rect, above: &Line, below: &Line, is_alone: impl Fn() -> bool) -> bool {
    let ([first], [rest]) = (above.words.as_slice(), below.words.as_slice()) else {
        return false;
    };
    let whole = format!("{}{}", first.text, rest.text);
    if !is_one_number(&whole) && !is_date(&whole) {
        return false;
    }
    // Of a number of several lines only the last one is looked at, which is as wide as its own characters.
    let per_character = below.bbox.width() / rest.text.chars().count().max(1) as f32;
    let left = (above.bbox.x0 - room.x0).clamp(0.0, PADDING);
    let right = (room.x1 - above.bbox.x1).clamp(0.0, PADDING);
    let is_full = room.width() - 2.0 * left.min(right) - above.bbox.width() < per_character;
    let may_be_two = is_one_number(&first.text) && is_one_number(&rest.text);
    let are_two =
        is_digits(&first.text) && is_digits(&rest.text) && rest.text.len() >= first.text.len();
    is_full && !are_two && (!may_be_two || is_alone())
}

/// Whether no other cell of the row has a word at the height of a line.
fn stands_alone(grid: &Grid, cell: &GridCell, line: &Line) -> bool {
    let first = grid.cells.partition_point(|other| other.row < cell.row);
    let at_height = |other: &GridCell| {
        let near = |word: &Word| (word.base - line.base).abs() < 0.5 * line.size;
        other.col != cell.col && other.words.iter().any(near)
    };
    !grid.cells[first..]
        .iter()
        .take_while(|other| other.row == cell.row)
        .any(at_height)
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|c| c.is_ascii_digit())
}

/// Whether a text is one number: digits, those before the point in groups of three or in none, and a sign of percent.
fn is_one_number(text: &str) -> bool {
    let text = text.strip_prefix(['-', '+', '−']).unwrap_or(text);
    let text = text.strip_suffix(['%', '％']).unwrap_or(text);
    let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
    let mut groups = whole.split(',');
    let first = groups.next().unwrap_or_default();
    let is_grouped = groups.clone().next().is_some();
    is_digits(fraction)
        && is_digits(first)
        && (!is_grouped || first.len() <= 3)
        && groups.all(|group| is_digits(group) && group.len() == 3)
}

/// Whether a text is a date in digits: a year of two or four, a month and a day of one or two, in either order.
fn is_date(text: &str) -> bool {
    ['.', '-', '/'].iter().any(|sign| {
        let parts: Vec<&str> = text.split(*sign).collect();
        let is_in = |part: &str, most: u32| {
            part.len() <= 2
                && part
                    .parse()
                    .is_ok_and(|number: u32| (1..=most).contains(&number))
        };
        let [first, second, third] = parts[..] else {
            return false;
        };
        let is_day =
            |a: &str, b: &str| is_in(a, 31) && is_in(b, 12) || is_in(a, 12) && is_in(b, 31);
        parts.iter().all(|part| is_digits(part))
            && (matches!(third.len(), 2 | 4) && is_day(first, second)
                || first.len() == 4 && is_day(second, third))
    })
}

#[cfg(test)]
mod tests {
    use super::{is_date, is_one_number};

    #[test]
    fn dates_have_a_day_a_month_and_a_year() {
        for text in ["16.09.2018", "2018-9-6", "1/2/20"] {
            assert!(is_date(text), "{text}");
        }
        for text in [
            "16.09.201",
            "1.2",
            "1.52.25",
            "0.50.75",
            "2018-09-067",
            "16.09-2018",
            "a.b.2018",
        ] {
            assert!(!is_date(text), "{text}");
        }
    }

    #[test]
    fn numbers_are_told_from_what_only_has_digits() {
        for text in ["0", "12345", "1,234,567.5", "-3.0000", "39.58%"] {
            assert!(is_one_number(text), "{text}");
        }
        for text in [
            "", "1,2345", "1,234567", "3.", ".5", "1.2.3", "12-5", "1,23",
        ] {
            assert!(!is_one_number(text), "{text}");
        }
    }
}
