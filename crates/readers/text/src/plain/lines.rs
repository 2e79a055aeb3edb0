//! What single lines of a text are.

use super::numbering::{Numbering, split};
use super::pipe;

/// The longest heading, in characters.
const LONGEST_HEADING: usize = 40;
/// Line lengths of text that was broken at a width.
const WRAPPED: std::ops::RangeInclusive<usize> = 55..=80;

/// The level of the heading that a line is: a short line that begins with `一、`, `第一章` (level 1), `（一）`
/// or `第一节` (level 2) and ends without a full stop.
pub(super) fn heading_level(line: &str) -> Option<u8> {
    let line = line.trim();
    let (numbering, behind) = split(line)?;
    let level = match numbering {
        Numbering::Chinese | Numbering::Chapter => 1,
        Numbering::ChineseInParentheses | Numbering::Part => 2,
        _ => return None,
    };
    let behind = behind.trim();
    let sentence = behind.contains(['。', '；', ';', '！', '？', '|']);
    let open = behind.ends_with(['，', ',', '：', ':', '、', '.']);
    let short = line.chars().count() <= LONGEST_HEADING;
    (short && !behind.is_empty() && !sentence && !open).then_some(level)
}

/// How many lines from the first on are one paragraph that was broken at a width; 1 where they are not.
pub(super) fn wrapped(lines: &[&str]) -> usize {
    let plain = |line: &&&str| {
        let latin = line.chars().filter(char::is_ascii).count() * 10 >= line.chars().count() * 9;
        latin && !line.trim().is_empty() && !line.starts_with([' ', '\t']) && !pipe::is_row(line)
    };
    let group: Vec<&str> = lines.iter().take_while(plain).copied().collect();
    let length = |line: &str| line.trim_end().chars().count();
    let longest = group
        .iter()
        .map(|line| length(line))
        .max()
        .unwrap_or_default();
    if group.len() < 2 || !WRAPPED.contains(&longest) {
        return 1;
    }
    let is_filled = |pair: &[&str]| {
        let next = pair[1].split_whitespace().next().unwrap_or_default();
        length(pair[0]) + 1 + next.chars().count() > longest
    };
    if group.windows(2).all(is_filled) {
        group.len()
    } else {
        1
    }
}

/// The first line that is not blank, with its place, where it is short and stands in the middle.
pub(super) fn centred_title(lines: &[&str]) -> Option<(usize, String)> {
    let at = lines.iter().position(|line| !line.trim().is_empty())?;
    let line = lines[at];
    let text = line.trim();
    let indent: usize = line
        .chars()
        .take_while(|c| c.is_whitespace())
        .map(|c| if c == '\u{3000}' { 2 } else { 1 })
        .sum();
    let length = text.chars().count();
    let ends = text.ends_with(['。', '.', '；', ';', '，', ',', '：', ':']);
    let centred = indent >= 8 && length <= LONGEST_HEADING && !ends && !pipe::is_row(text);
    centred.then(|| (at, text.to_owned()))
}

/// Characters that only one of the two ways of writing Chinese has.
const SIMPLIFIED: &str = "国会发个这为对时关来后务报门开业实经机构组织预";
const TRADITIONAL: &str = "國會發個這為對時關來後務報門開業實經機構組織預";

/// The language of a text that is mostly Chinese.
pub(super) fn language(text: &str) -> Option<&'static str> {
    let (mut han, mut other, mut kana) = (0_usize, 0_usize, 0_usize);
    let (mut simplified, mut traditional) = (0_usize, 0_usize);
    for c in text.chars().take(20_000) {
        match c {
            '\u{4e00}'..='\u{9fff}' | '\u{3400}'..='\u{4dbf}' => {
                han += 1;
                simplified += usize::from(SIMPLIFIED.contains(c));
                traditional += usize::from(TRADITIONAL.contains(c));
            }
            '\u{3040}'..='\u{30ff}' | '\u{ac00}'..='\u{d7af}' => kana += 1,
            c if c.is_alphabetic() => other += 1,
            _ => {}
        }
    }
    if han < 10 || han < other || kana * 20 > han {
        None
    } else if traditional > simplified {
        Some("zh-Hant")
    } else {
        Some("zh-CN")
    }
}
