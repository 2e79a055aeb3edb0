//! How labels are numbered.

/// A way of numbering. Labels of one way stand at one level.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Numbering {
    /// `一、`
    Chinese,
    /// `（一）`
    ChineseInParentheses,
    /// `1.` or `1、`
    Digits,
    /// `（1）`
    DigitsInParentheses,
    /// `①`
    Circled,
    /// `第一章`
    Chapter,
    /// `第一节`
    Part,
    /// `A.`
    Letter,
}

impl Numbering {
    /// How a label is numbered; `None` without a number.
    pub(super) fn of(label: &str) -> Option<Self> {
        split(label).map(|(numbering, _)| numbering)
    }
}

fn is_chinese(c: char) -> bool {
    "零〇一二三四五六七八九十百".contains(c)
}

/// The numbering of a label, and the text behind its number.
pub(super) fn split(label: &str) -> Option<(Numbering, &str)> {
    let label = label.trim_start_matches([' ', '\t', '\u{3000}']);
    let first = label.chars().next()?;
    if ('①'..='⑳').contains(&first) {
        return Some((Numbering::Circled, &label[first.len_utf8()..]));
    }
    if let Some(inner) = label.strip_prefix(['(', '（']) {
        let (number, behind) = inner.split_once([')', '）'])?;
        return Some((in_parentheses(number)?, behind));
    }
    if let Some(inner) = label.strip_prefix('第') {
        let behind = inner.trim_start_matches(is_chinese);
        let counted = behind.len() < inner.len();
        return match behind.chars().next().filter(|_| counted)? {
            '章' | '编' => Some((Numbering::Chapter, &behind[3..])),
            '节' => Some((Numbering::Part, &behind[3..])),
            _ => None,
        };
    }
    let digits = label.trim_start_matches(|c: char| c.is_ascii_digit());
    if digits.len() < label.len() && label.len() - digits.len() <= 3 {
        let behind = digits.strip_prefix(['.', '、', '．'])?;
        // `1.5` is a number, not a label.
        let is_number = behind.starts_with(|c: char| c.is_ascii_digit());
        return (!is_number).then_some((Numbering::Digits, behind));
    }
    let behind = label.trim_start_matches(is_chinese);
    if behind.len() < label.len() {
        let behind = behind.trim_start_matches([' ', '\u{3000}']);
        return Some((Numbering::Chinese, behind.strip_prefix('、')?));
    }
    let mut chars = label.chars();
    let letter = chars.next().is_some_and(|c| c.is_ascii_uppercase());
    let behind = chars
        .as_str()
        .strip_prefix(['.', '、'])
        .filter(|_| letter)?;
    Some((Numbering::Letter, behind))
}

fn in_parentheses(number: &str) -> Option<Numbering> {
    let number = number.trim();
    if number.is_empty() || number.chars().count() > 3 {
        None
    } else if number.chars().all(is_chinese) {
        Some(Numbering::ChineseInParentheses)
    } else if number.bytes().all(|b| b.is_ascii_digit()) {
        Some(Numbering::DigitsInParentheses)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_of_one_way_are_of_one_kind() {
        for (label, wanted) in [
            ("一、总体情况", Some(Numbering::Chinese)),
            ("一 、总体情况", Some(Numbering::Chinese)),
            ("十二、其他", Some(Numbering::Chinese)),
            ("(一)予以公开", Some(Numbering::ChineseInParentheses)),
            ("（三）不予公开", Some(Numbering::ChineseInParentheses)),
            ("1.属于国家秘密", Some(Numbering::Digits)),
            ("2、其他", Some(Numbering::Digits)),
            ("(12) more", Some(Numbering::DigitsInParentheses)),
            ("①甲", Some(Numbering::Circled)),
            ("第三章　附则", Some(Numbering::Chapter)),
            ("B. Costs", Some(Numbering::Letter)),
            ("第二十条第(一)项", None),
            ("1.5", None),
            ("一般公共预算", None),
            ("(本列数据的勾稽关系为)", None),
            ("2020年", None),
            ("", None),
        ] {
            assert_eq!(Numbering::of(label), wanted, "{label}");
        }
    }
}
