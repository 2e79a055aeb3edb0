//! Labels as numbering: the pattern that makes the labels of a list.

use tabulary_package::Counting;

/// How the labels of a list are made.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Scheme {
    /// The same sign before every item.
    Bullet(String),
    /// A number between two texts, one more with every item.
    Counted {
        prefix: String,
        counting: Counting,
        suffix: String,
    },
    /// Labels that follow no pattern are typed as text. The list itself is counted, or is not.
    Typed { ordered: bool },
}

/// The usual bullet.
pub(crate) const BULLET: &str = "•";

/// Ways to count, as a label is looked through for them, with the characters that they are made of
/// and the largest number that is looked for.
const WAYS: &[(Counting, &str, u32)] = &[
    (Counting::Decimal, "0123456789", 0),
    (Counting::DecimalZero, "0123456789", 99),
    (
        Counting::ChineseCountingThousand,
        "零一二三四五六七八九十百千",
        999,
    ),
    (Counting::ChineseCounting, "一二三四五六七八九○", 199),
    (Counting::IdeographDigital, "〇一二三四五六七八九", 199),
    (Counting::DecimalEnclosedCircle, "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳", 20),
    (Counting::DecimalEnclosedParen, "⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾⑿⒀⒁⒂⒃⒄⒅⒆⒇", 20),
    (
        Counting::DecimalEnclosedFullstop,
        "⒈⒉⒊⒋⒌⒍⒎⒏⒐⒑⒒⒓⒔⒕⒖⒗⒘⒙⒚⒛",
        20,
    ),
    (
        Counting::IdeographEnclosedCircle,
        "㈠㈡㈢㈣㈤㈥㈦㈧㈨㈩",
        10,
    ),
    (Counting::DecimalFullWidth, "０１２３４５６７８９", 199),
    (Counting::LowerLetter, "abcdefghijklmnopqrstuvwxyz", 78),
    (Counting::UpperLetter, "ABCDEFGHIJKLMNOPQRSTUVWXYZ", 78),
    (Counting::LowerRoman, "ivxlcdm", 199),
    (Counting::UpperRoman, "IVXLCDM", 199),
    (Counting::IdeographTraditional, "甲乙丙丁戊己庚辛壬癸", 10),
    (Counting::IdeographZodiac, "子丑寅卯辰巳午未申酉戌亥", 12),
    (
        Counting::ChineseLegalSimplified,
        "零壹贰叁肆伍陆柒捌玖拾佰仟",
        199,
    ),
    (Counting::Ganada, "가나다라마바사아자차카타파하", 14),
];

/// The scheme of the labels of a list, and the number that it starts with. Where a counted list has no
/// labels, it is counted in the usual way.
pub(crate) fn scheme(labels: &[Option<&str>], ordered: bool) -> (Scheme, u32) {
    let bullet = |sign: &str| (Scheme::Bullet(sign.to_owned()), 1);
    let typed = (Scheme::Typed { ordered }, 1);
    let given: Vec<&str> = labels.iter().copied().flatten().collect();
    match given.first() {
        None if ordered => {
            let scheme = Scheme::Counted {
                prefix: String::new(),
                counting: Counting::Decimal,
                suffix: ".".to_owned(),
            };
            return (scheme, 1);
        }
        None => return bullet(BULLET),
        Some(_) if given.len() < labels.len() => return typed,
        Some(&first) if !ordered => {
            let same = given.iter().all(|&label| label == first);
            return if same && is_literal(first) && !first.is_empty() {
                bullet(first)
            } else {
                typed
            };
        }
        Some(_) => {}
    }
    counted(&given).unwrap_or(typed)
}

/// The scheme of one label that goes on from others: that of a heading.
pub(crate) fn of_label(label: &str) -> (Scheme, u32) {
    counted(&[label]).unwrap_or((Scheme::Typed { ordered: true }, 1))
}

/// Whether numbering can hold a text as it stands: a percent sign would name a level, and blanks at
/// the ends are not part of a label.
fn is_literal(text: &str) -> bool {
    !text.contains('%') && text.trim() == text
}

fn counted(labels: &[&str]) -> Option<(Scheme, u32)> {
    let first = *labels.first()?;
    if !labels.iter().all(|label| is_literal(label)) {
        return None;
    }
    WAYS.iter().find_map(|&(counting, alphabet, largest)| {
        let mut found = runs(first, alphabet).into_iter().rev();
        found.find_map(|(start, end)| {
            let number = parse(counting, &first[start..end], largest)?;
            let (prefix, suffix) = (&first[..start], &first[end..]);
            let mut next = number;
            let fits = labels.iter().all(|label| {
                let text = counting.write(next);
                next = next.saturating_add(1);
                **label == format!("{prefix}{text}{suffix}")
            });
            let scheme = || Scheme::Counted {
                prefix: prefix.to_owned(),
                counting,
                suffix: suffix.to_owned(),
            };
            fits.then(|| (scheme(), number))
        })
    })
}

/// The longest pieces of a text that are made of an alphabet, as ranges of bytes.
fn runs(text: &str, alphabet: &str) -> Vec<(usize, usize)> {
    let mut runs: Vec<(usize, usize)> = Vec::new();
    for (at, character) in text.char_indices() {
        if !alphabet.contains(character) {
            continue;
        }
        let end = at + character.len_utf8();
        match runs.last_mut() {
            Some(run) if run.1 == at => run.1 = end,
            _ => runs.push((at, end)),
        }
    }
    runs
}

fn parse(counting: Counting, text: &str, largest: u32) -> Option<u32> {
    if counting == Counting::Decimal {
        let number: u32 = text.parse().ok().filter(|&number| number <= 30_000)?;
        return (number.to_string() == text).then_some(number);
    }
    (1..=largest).find(|&number| counting.write(number) == text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(labels: &[&str]) -> String {
        let labels: Vec<_> = labels.iter().map(|&label| Some(label)).collect();
        match scheme(&labels, true) {
            (
                Scheme::Counted {
                    prefix,
                    counting,
                    suffix,
                },
                start,
            ) => {
                format!("{prefix}<{}>{suffix} from {start}", counting.name())
            }
            (other, _) => format!("{other:?}"),
        }
    }

    #[test]
    fn patterns_are_found() {
        for (labels, wanted) in [
            (&["1.", "2."][..], "<decimal>. from 1"),
            (&["(3)", "(4)"], "(<decimal>) from 3"),
            (&["1.1", "1.2"], "1.<decimal> from 1"),
            (
                &["（一）", "（二）"],
                "（<chineseCountingThousand>） from 1",
            ),
            (&["十、", "十一、"], "<chineseCountingThousand>、 from 10"),
            (&["第一条"], "第<chineseCountingThousand>条 from 1"),
            (&["①", "②"], "<decimalEnclosedCircle> from 1"),
            (&["a)", "b)"], "<lowerLetter>) from 1"),
            (&["i.", "ii."], "<lowerRoman>. from 1"),
            (&["甲", "乙"], "<ideographTraditional> from 1"),
            (&["01", "02"], "<decimalZero> from 1"),
            (&["1.", "3."], "Typed { ordered: true }"),
            (&["5%"], "Typed { ordered: true }"),
            (&["注："], "Typed { ordered: true }"),
        ] {
            assert_eq!(told(labels), wanted, "{labels:?}");
        }
    }

    #[test]
    fn bullets_are_signs() {
        assert_eq!(scheme(&[None, None], false).0, Scheme::Bullet("•".into()));
        let dashes = [Some("–"), Some("–")];
        assert_eq!(scheme(&dashes, false).0, Scheme::Bullet("–".into()));
        let mixed = [Some("–"), None];
        assert_eq!(scheme(&mixed, false).0, Scheme::Typed { ordered: false });
    }
}
