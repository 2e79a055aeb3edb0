//! Numbers that people type before a heading.

/// The ways to number, those of higher headings first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// `第一编`, `Part I`.
    Part,
    /// `第一章`, `第一部分`, `Chapter 1`.
    Chapter,
    /// `第一节`.
    Section,
    /// `一、`
    Han,
    /// `（一）`
    HanInBrackets,
    /// `I.`
    Roman,
    /// `1.`, `1、`, and with how many numbers: `1.1` has 2.
    Decimal(u8),
    /// `（1）`, `1)`
    DecimalInBrackets,
}

impl Kind {
    /// Whether it numbers headings and seldom the items of a list.
    pub fn is_of_headings(self) -> bool {
        matches!(
            self,
            Self::Part | Self::Chapter | Self::Section | Self::Han | Self::HanInBrackets
        ) || matches!(self, Self::Decimal(parts) if parts > 1)
    }
}

/// A number at the start of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ordinal<'t> {
    /// How it numbers.
    pub kind: Kind,
    /// The last number of it, from 1.
    pub number: u32,
    /// What it numbers.
    pub rest: &'t str,
}

/// The number that a line begins with; none where it begins with none.
pub fn ordinal(text: &str) -> Option<Ordinal<'_>> {
    let text = text.trim_start();
    let found = of_division(text)
        .or_else(|| in_brackets(text))
        .or_else(|| of_han(text))
        .or_else(|| decimal(text))
        .or_else(|| roman(text))?;
    Some(Ordinal {
        rest: found.rest.trim_start(),
        ..found
    })
}

/// `第一章`, `Chapter 1`
fn of_division(text: &str) -> Option<Ordinal<'_>> {
    if let Some(rest) = text.strip_prefix('第') {
        let (number, rest) = han(rest).or_else(|| digits(rest))?;
        let units = [
            ("部分", Kind::Chapter),
            ("编", Kind::Part),
            ("篇", Kind::Part),
            ("章", Kind::Chapter),
            ("节", Kind::Section),
        ];
        let (unit, kind) = units.into_iter().find(|(unit, _)| rest.starts_with(unit))?;
        let rest = &rest[unit.len()..];
        let is_apart = rest.starts_with([' ', '\u{3000}', '：', ':', '\t']) || kind != Kind::Part;
        return is_apart.then_some(Ordinal {
            kind,
            number,
            rest: rest.trim_start_matches(['：', ':', '、']),
        });
    }
    let (word, rest) = text.split_once(' ')?;
    let kind = match word.to_lowercase().as_str() {
        "part" => Kind::Part,
        "chapter" => Kind::Chapter,
        _ => return None,
    };
    let (number, rest) = digits(rest).or_else(|| roman_number(rest))?;
    let rest = rest.trim_start_matches([':', '.', ' ', '–', '—', '-']);
    Some(Ordinal { kind, number, rest })
}

/// `（一）`, `（1）`, `1)`
fn in_brackets(text: &str) -> Option<Ordinal<'_>> {
    let inner = text.strip_prefix(['（', '(']);
    let has_bracket = inner.is_some();
    let inner = inner.unwrap_or(text);
    let (kind, (number, rest)) = match han(inner).filter(|_| has_bracket) {
        Some(found) => (Kind::HanInBrackets, found),
        None => (Kind::DecimalInBrackets, digits(inner)?),
    };
    let rest = rest.strip_prefix(['）', ')'])?;
    Some(Ordinal {
        kind,
        number,
        rest: rest.trim_start_matches('、'),
    })
}

/// `一、`
fn of_han(text: &str) -> Option<Ordinal<'_>> {
    let (number, rest) = han(text)?;
    let rest = rest.strip_prefix(['、', '.', '．'])?;
    Some(Ordinal {
        kind: Kind::Han,
        number,
        rest,
    })
}

/// `1.`, `1、`, `1.2 `
fn decimal(text: &str) -> Option<Ordinal<'_>> {
    let (number, mut rest) = digits(text)?;
    let mut parts = 1;
    while let Some((_, behind)) = rest.strip_prefix(['.', '．']).and_then(digits) {
        parts += 1;
        rest = behind;
    }
    let sign = rest.strip_prefix(['.', '．', '、']);
    let is_blank = rest.starts_with([' ', '\u{3000}', '\t']);
    let is_apart = match parts {
        // `1 Scope`; what follows `10 apples` is no title.
        1 => {
            is_blank
                && rest
                    .trim_start()
                    .starts_with(|c: char| !c.is_lowercase() && c.is_alphabetic())
        }
        _ => is_blank || starts_word(rest),
    };
    if sign.is_none() && !is_apart || parts > 6 {
        return None;
    }
    Some(Ordinal {
        kind: Kind::Decimal(parts),
        number,
        rest: sign.unwrap_or(rest),
    })
}

fn starts_word(text: &str) -> bool {
    text.starts_with(|c: char| c.is_alphabetic() && !c.is_ascii())
}

/// `IV.`
fn roman(text: &str) -> Option<Ordinal<'_>> {
    let (number, rest) = roman_number(text)?;
    let rest = rest.strip_prefix('.')?;
    rest.starts_with(' ').then_some(Ordinal {
        kind: Kind::Roman,
        number,
        rest,
    })
}

/// A number of at most three digits, full or half width.
fn digits(text: &str) -> Option<(u32, &str)> {
    let end = text
        .find(|c: char| !matches!(c, '0'..='9' | '０'..='９'))
        .unwrap_or(text.len());
    let (digits, rest) = text.split_at(end);
    let mut number = 0;
    for digit in digits.chars() {
        let base = if digit.is_ascii() { '0' } else { '０' };
        number = number * 10 + (u32::from(digit) - u32::from(base));
        if number > 999 {
            return None;
        }
    }
    (!digits.is_empty()).then_some((number, rest))
}

/// A number up to ninety-nine in Chinese: `一`, `十二`, `二十`.
fn han(text: &str) -> Option<(u32, &str)> {
    const ONES: &str = "〇一二三四五六七八九";
    let end = text
        .find(|c: char| c != '十' && !ONES.contains(c))
        .unwrap_or(text.len());
    let (digits, rest) = text.split_at(end);
    let one = |text: &str| {
        let mut characters = text.chars();
        let first = characters.next()?;
        let at = ONES.chars().position(|one| one == first)?;
        characters.next().is_none().then_some(at as u32)
    };
    let number = match digits.split_once('十') {
        None => one(digits)?,
        Some((tens, ones)) => {
            let tens = if tens.is_empty() { 1 } else { one(tens)? };
            tens * 10 + if ones.is_empty() { 0 } else { one(ones)? }
        }
    };
    Some((number, rest))
}

/// A Roman number up to 39.
fn roman_number(text: &str) -> Option<(u32, &str)> {
    let end = text
        .find(|c| !matches!(c, 'I' | 'V' | 'X'))
        .unwrap_or(text.len());
    let (digits, rest) = text.split_at(end);
    let value = |digit| match digit {
        'X' => 10,
        'V' => 5,
        _ => 1,
    };
    let values: Vec<i32> = digits.chars().map(value).collect();
    let signed = values.iter().enumerate().map(|(at, value)| {
        let is_less = values.get(at + 1).is_some_and(|next| next > value);
        if is_less { -value } else { *value }
    });
    let number = u32::try_from(signed.sum::<i32>()).ok()?;
    (number > 0 && number < 40).then_some((number, rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_begin_with_numbers_of_many_kinds() {
        for (text, kind, number, rest) in [
            ("第一章 总则", Kind::Chapter, 1, "总则"),
            ("第十二节　附则", Kind::Section, 12, "附则"),
            ("Chapter 3: Sums", Kind::Chapter, 3, "Sums"),
            ("一、总体情况", Kind::Han, 1, "总体情况"),
            ("二十一、其他", Kind::Han, 21, "其他"),
            ("（三）监督", Kind::HanInBrackets, 3, "监督"),
            ("IV. Results", Kind::Roman, 4, "Results"),
            ("1. Scope", Kind::Decimal(1), 1, "Scope"),
            ("2.10 Terms", Kind::Decimal(2), 2, "Terms"),
            ("3.1.2术语", Kind::Decimal(3), 3, "术语"),
            ("（1）范围", Kind::DecimalInBrackets, 1, "范围"),
            ("2) scope", Kind::DecimalInBrackets, 2, "scope"),
        ] {
            let found = ordinal(text).expect(text);
            assert_eq!(
                (found.kind, found.number, found.rest),
                (kind, number, rest),
                "{text}"
            );
        }
        for text in [
            "2024年工作",
            "12.5%",
            "一般情况",
            "第三人",
            "In 1990",
            "I am",
            "10 apples",
            "",
        ] {
            assert!(ordinal(text).is_none(), "{text}");
        }
    }
}
