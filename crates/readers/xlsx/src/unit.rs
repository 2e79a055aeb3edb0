//! The note above a table that says in what unit its numbers are.

use tabulary_ir::{Align, Cell};

/// A note of a unit is at most this many characters long.
const LONGEST: usize = 40;
/// Words of a unit that are no longer than this are no name of an office, which the same word asks for.
const SHORTEST_NAME: usize = 2;
/// How a note of a unit begins.
const UNIT: [&str; 10] = [
    "单位",
    "單位",
    "計量單位",
    "单位金额",
    "unit",
    "units",
    "unité",
    "einheit",
    "単位",
    "단위",
];
/// How it begins where it can say nothing else.
const ONLY_UNIT: [&str; 9] = [
    "计量单位",
    "金额单位",
    "货币单位",
    "数量单位",
    "數量單位",
    "金額單位",
    "in thousands",
    "in millions",
    "in billions",
];

/// Whether a cell says in what unit the numbers of the table below it are. `is_right` is whether it
/// stands at the right of the table, where an office that is asked for by the same word does not.
pub(crate) fn unit_note(cell: &Cell, is_right: bool) -> bool {
    let text = cell.plain_text();
    let text = text.trim();
    if text.chars().count() > LONGEST {
        return false;
    }
    let bare = text.trim_start_matches(['(', '（', '[', '【']);
    let is_bracketed = bare.len() < text.len();
    let bare: String = bare
        .to_lowercase()
        .chars()
        .filter(|c| !c.is_whitespace() || c.is_ascii())
        .collect();
    if ONLY_UNIT.iter().any(|word| bare.starts_with(word)) {
        return true;
    }
    let Some((word, unit)) = bare.split_once([':', '：']) else {
        return false;
    };
    // Chinese sets the two characters of a short word apart to make it wider.
    let word: String = word.chars().filter(|c| !c.is_whitespace()).collect();
    let is_aligned = cell
        .style
        .as_deref()
        .is_some_and(|style| style.align == Some(Align::Right));
    let unit = unit.trim();
    UNIT.contains(&word.as_str())
        && !unit.is_empty()
        && (is_right
            || is_bracketed
            || is_aligned
            || unit.chars().count() <= SHORTEST_NAME
            || unit.ends_with('元'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_unit_is_told_from_an_office() {
        let check = |text: &str, is_right| unit_note(&Cell::text(text), is_right);
        assert!(check("单位：万元", false));
        assert!(check("（单位：万元、人次）", false));
        assert!(check("单  位：公顷、万人次", true));
        assert!(check("(in thousands of euros)", false));
        assert!(check("Unit: kg", false));
        assert!(!check("单位：某某县财政局", false));
        assert!(!check("单位名称：某某县财政局", true));
        assert!(!check("Units sold", true));
    }
}
