//! Numbers and dates that a narrow cell breaks over its lines, put together again.

use crate::Rect;
use crate::line::Line;

/// What a cell leaves free at each side at most, in points.
const PADDING: f32 = 6.0;

/// Lines of a cell, a number or date that fills one and goes on in the next as one word.
pub(crate) fn whole_numbers(room: &Rect, lines: Vec<Line>) -> Vec<Line> {
    let mut whole: Vec<Line> = Vec::with_capacity(lines.len());
    for line in lines {
        match whole.last_mut() {
            Some(above) if goes_on(room, above, &line) => {
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

fn goes_on(room: &Rect, above: &Line, below: &Line) -> bool {
    let ([first], [rest]) = (above.words.as_slice(), below.words.as_slice()) else {
        return false;
    };
    // Of a number of several lines only the last one is looked at, which is as wide as its own characters.
    let per_character = below.bbox.width() / rest.text.len().max(1) as f32;
    let left = (above.bbox.x0 - room.x0).clamp(0.0, PADDING);
    let right = (room.x1 - above.bbox.x1).clamp(0.0, PADDING);
    let is_full = room.width() - 2.0 * left.min(right) - above.bbox.width() < per_character;
    let is_plain = |text: &str| text.bytes().all(|c| c.is_ascii_digit());
    // Two whole numbers below one another, such as years, have as many digits.
    let is_apart =
        is_plain(&first.text) && is_plain(&rest.text) && rest.text.len() >= first.text.len();
    let whole = format!("{}{}", first.text, rest.text);
    is_full && !is_apart && (is_number(&whole) || is_date(&whole))
}

/// Whether a text is one number: digits, those before the point in groups of three or in none, and a sign of percent.
fn is_number(text: &str) -> bool {
    let text = text.strip_prefix(['-', '+', '−']).unwrap_or(text);
    let text = text.strip_suffix(['%', '％']).unwrap_or(text);
    let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|c| c.is_ascii_digit());
    let mut groups = whole.split(',');
    let first = groups.next().unwrap_or_default();
    let is_grouped = groups.clone().next().is_some();
    digits(fraction)
        && digits(first)
        && (!is_grouped || first.len() <= 3)
        && groups.all(|group| digits(group) && group.len() == 3)
}

/// Whether a text is a date in digits: a year of two or four, a month and a day of one or two, in either order.
fn is_date(text: &str) -> bool {
    ['.', '-', '/'].iter().any(|sign| {
        let parts: Vec<&str> = text.split(*sign).collect();
        let lengths: Vec<usize> = parts.iter().map(|part| part.len()).collect();
        let digits = parts
            .iter()
            .all(|part| part.bytes().all(|c| c.is_ascii_digit()));
        digits && matches!(lengths[..], [1..=2, 1..=2, 2 | 4] | [4, 1..=2, 1..=2])
    })
}

#[cfg(test)]
mod tests {
    use super::{is_date, is_number};

    #[test]
    fn dates_have_a_day_a_month_and_a_year() {
        for text in ["16.09.2018", "2018-9-6", "1/2/20"] {
            assert!(is_date(text), "{text}");
        }
        for text in ["16.09.201", "1.2", "2018-09-067", "16.09-2018", "a.b.2018"] {
            assert!(!is_date(text), "{text}");
        }
    }

    #[test]
    fn numbers_are_told_from_what_only_has_digits() {
        for text in ["0", "12345", "1,234,567.5", "-3.0000", "39.58%"] {
            assert!(is_number(text), "{text}");
        }
        for text in [
            "", "1,2345", "1,234567", "3.", ".5", "1.2.3", "12-5", "1,23",
        ] {
            assert!(!is_number(text), "{text}");
        }
    }
}
