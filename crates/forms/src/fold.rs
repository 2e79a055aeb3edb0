//! Labels as they are compared: folded, so that width, blanks, punctuation and numbering do not count.

use std::collections::BTreeMap;

use unicode_normalization::UnicodeNormalization;

/// How alike two labels are from which on they are taken for the same.
pub(crate) const SAME: u16 = 950;
/// How alike two labels are from which on one may be the other.
pub(crate) const LIKELY: u16 = 700;

/// A text in compatibility form (NFKC) without blanks, punctuation and case.
pub(crate) fn fold(text: &str) -> String {
    text.nfkc()
        .flat_map(char::to_lowercase)
        .filter(|c| c.is_alphanumeric())
        .collect()
}

/// A text in compatibility form, with blanks brought to one.
pub(crate) fn plain(text: &str) -> String {
    let text: String = text.nfkc().collect();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A line in compatibility form, without blanks between characters that are written without them.
pub(crate) fn squeezed(text: &str) -> String {
    let plain = plain(text);
    let is_wide = |c: char| !c.is_ascii();
    let characters: Vec<char> = plain.chars().collect();
    let mut squeezed = String::with_capacity(plain.len());
    for (index, &c) in characters.iter().enumerate() {
        let before = index.checked_sub(1).and_then(|at| characters.get(at));
        let behind = characters.get(index + 1);
        let joins = before.is_some_and(|c| is_wide(*c)) || behind.is_some_and(|c| is_wide(*c));
        if !(c == ' ' && joins) {
            squeezed.push(c);
        }
    }
    squeezed
}

/// A label without the number that stands before it: `（一）`, `1.`, `三、`.
pub(crate) fn without_number(text: &str) -> &str {
    let text = text.trim();
    let is_numeral = |c: char| {
        c.is_ascii_digit() || ('０'..='９').contains(&c) || "一二三四五六七八九十〇".contains(c)
    };
    if let Some(rest) = text.strip_prefix(['(', '（']) {
        let rest = rest.trim_start();
        let end = rest.trim_start_matches(is_numeral);
        if end.len() < rest.len()
            && let Some(rest) = end.trim_start().strip_prefix([')', '）'])
        {
            return rest.trim_start_matches(['、', '.', '．', ' ', '\u{3000}']);
        }
        return text;
    }
    if let Some(first) = text.chars().next()
        && ('①'..='⑳').contains(&first)
    {
        return text[first.len_utf8()..].trim_start_matches(['、', '.', ' ']);
    }
    let rest = text.trim_start_matches(is_numeral);
    if rest.len() < text.len()
        && let Some(behind) = rest.trim_start().strip_prefix(['、', '.', '．', ',', '，'])
        && !behind.starts_with(|c: char| c.is_ascii_digit())
    {
        return behind.trim_start();
    }
    text
}

/// The names that stand for another: each folded, and to what it is folded.
#[derive(Clone, Debug, Default)]
pub(crate) struct Aliases(BTreeMap<String, String>);

impl Aliases {
    /// Aliases as a form names them: a label, and what stands for it elsewhere.
    pub(crate) fn new<'a>(all: impl Iterator<Item = (&'a str, &'a [String])>) -> Self {
        let mut map = BTreeMap::new();
        for (label, others) in all {
            for other in others {
                map.insert(fold(without_number(other)), fold(without_number(label)));
            }
        }
        Self(map)
    }

    /// A label without what stands in brackets, as it is compared; none where nothing does.
    pub(crate) fn bare_key(&self, text: &str) -> Option<String> {
        let text = without_number(text);
        let mut depth = 0_u32;
        let bare: String = text
            .chars()
            .filter(|c| {
                let was_inside = depth > 0;
                match c {
                    '(' | '（' => depth += 1,
                    ')' | '）' => depth = depth.saturating_sub(1),
                    _ => {}
                }
                depth == 0 && !was_inside
            })
            .collect();
        (bare.len() < text.len())
            .then(|| self.key(&bare))
            .filter(|key| !key.is_empty())
    }

    /// A label as it is compared.
    pub(crate) fn key(&self, text: &str) -> String {
        let folded = fold(without_number(text));
        // A number alone is a label too.
        let folded = if folded.is_empty() {
            fold(text)
        } else {
            folded
        };
        self.0.get(&folded).cloned().unwrap_or(folded)
    }
}

/// How alike two folded labels are, in thousandths. Labels that differ in a numeral are other labels.
pub(crate) fn alike(a: &str, b: &str) -> u16 {
    if a == b {
        return if a.is_empty() { 0 } else { 1000 };
    }
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    if short.is_empty() || short.len() * 5 < long.len() {
        return 0;
    }
    if numerals(a) != numerals(b) {
        return 0;
    }
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let common = common_length(&a, &b);
    let share = 2000 * common / (a.len() + b.len());
    // What differs is told from what is equal.
    u16::try_from(share).unwrap_or(1000).min(SAME - 1)
}

/// How much of a label a text shows, where it begins with it or ends so: a label that was cut.
pub(crate) fn is_part(part: &str, whole: &str) -> bool {
    part.chars().count() >= 2
        && part.len() < whole.len()
        && (whole.starts_with(part) || whole.ends_with(part))
}

fn numerals(text: &str) -> impl PartialEq {
    text.chars()
        .filter(|c| c.is_ascii_digit() || "一二三四五六七八九十".contains(*c))
        .collect::<String>()
}

/// The length of the longest common subsequence.
fn common_length(a: &[char], b: &[char]) -> usize {
    let mut row = vec![0; b.len() + 1];
    for x in a {
        let mut before = 0;
        for (index, y) in b.iter().enumerate() {
            let above = row[index + 1];
            row[index + 1] = if x == y {
                before + 1
            } else {
                above.max(row[index])
            };
            before = above;
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn width_blanks_and_punctuation_do_not_count() {
        assert_eq!(fold("第二十条 第(一)项"), fold("第二十条第（一）项"));
        assert_eq!(fold("本年新\n制作数量"), "本年新制作数量");
        assert_eq!(fold("增/减"), "增减");
        assert_eq!(plain("１２３　件"), "123 件");
    }

    #[test]
    fn numbers_before_labels_are_told() {
        for (text, rest) in [
            ("（一）予以公开", "予以公开"),
            ("(一) 予以公开", "予以公开"),
            ("1.属于国家秘密", "属于国家秘密"),
            ("1、属于国家秘密", "属于国家秘密"),
            ("①属于国家秘密", "属于国家秘密"),
            ("一 、总体情况", "总体情况"),
            ("三、本年度办理结果", "本年度办理结果"),
            ("1.5", "1.5"),
            ("2019年", "2019年"),
            ("（七）总计", "总计"),
            ("（区分处理的）", "（区分处理的）"),
        ] {
            assert_eq!(without_number(text), rest, "{text}");
        }
    }

    #[test]
    fn labels_with_other_numerals_are_other_labels() {
        assert_eq!(alike("第二十条第五项", "第二十条第六项"), 0);
        assert!(alike("行政规范性文件", "规范性文件") >= LIKELY);
        assert!(alike("其他", "其他处理") < LIKELY);
        assert!(is_part("本年新", "本年新制作数量"));
    }
}
