//! The labels that a browser shows before the items of a list (CSS Counter Styles 6 and 7).

/// How the items of a list are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Counter {
    Decimal,
    DecimalLeadingZero,
    LowerAlpha,
    UpperAlpha,
    LowerRoman,
    UpperRoman,
    /// `一、`, as `cjk-ideographic` and `simp-chinese-informal` show it.
    Chinese,
    None,
}

impl Counter {
    /// What the attribute `type` of a list names.
    pub(crate) fn from_type(name: &str) -> Option<Self> {
        Some(match name {
            "1" => Self::Decimal,
            "a" => Self::LowerAlpha,
            "A" => Self::UpperAlpha,
            "i" => Self::LowerRoman,
            "I" => Self::UpperRoman,
            _ => return None,
        })
    }

    /// The attribute `type` that names it.
    pub(crate) fn to_type(self) -> Option<&'static str> {
        match self {
            Self::LowerAlpha => Some("a"),
            Self::UpperAlpha => Some("A"),
            Self::LowerRoman => Some("i"),
            Self::UpperRoman => Some("I"),
            _ => None,
        }
    }

    /// What the property `list-style-type` names.
    pub(crate) fn from_css(name: &str) -> Option<Self> {
        Some(match name {
            "decimal" => Self::Decimal,
            "decimal-leading-zero" => Self::DecimalLeadingZero,
            "lower-alpha" | "lower-latin" => Self::LowerAlpha,
            "upper-alpha" | "upper-latin" => Self::UpperAlpha,
            "lower-roman" => Self::LowerRoman,
            "upper-roman" => Self::UpperRoman,
            "cjk-ideographic" | "simp-chinese-informal" | "trad-chinese-informal" => Self::Chinese,
            "none" => Self::None,
            _ => return None,
        })
    }

    /// The label of item `number`; `None` where there is none to see.
    pub(crate) fn label(self, number: i32) -> Option<String> {
        let text = match self {
            Self::None => return None,
            Self::Chinese if (1..=9999).contains(&number) => {
                return Some(format!("{}、", chinese(number)));
            }
            Self::DecimalLeadingZero => format!("{number:02}"),
            Self::LowerAlpha => alpha(number).unwrap_or_else(|| number.to_string()),
            Self::UpperAlpha => upper(alpha(number), number),
            Self::LowerRoman => roman(number).unwrap_or_else(|| number.to_string()),
            Self::UpperRoman => upper(roman(number), number),
            Self::Decimal | Self::Chinese => number.to_string(),
        };
        Some(format!("{text}."))
    }

    /// The number whose label this is.
    pub(crate) fn number(self, label: &str) -> Option<i32> {
        let text = label.strip_suffix('.')?;
        let number = match self {
            Self::Decimal => text.parse().ok()?,
            Self::LowerAlpha | Self::UpperAlpha => {
                let letters = text.bytes().map(|b| i32::from(b.to_ascii_lowercase()) - 96);
                letters.take(6).fold(0, |sum, letter| sum * 26 + letter)
            }
            Self::LowerRoman | Self::UpperRoman => roman_number(text),
            _ => return None,
        };
        (self.label(number).as_deref() == Some(label)).then_some(number)
    }
}

fn upper(text: Option<String>, number: i32) -> String {
    text.map_or_else(|| number.to_string(), |text| text.to_ascii_uppercase())
}

fn alpha(number: i32) -> Option<String> {
    let mut rest = u32::try_from(number).ok().filter(|&n| n > 0)?;
    let mut letters = Vec::new();
    while rest > 0 {
        rest -= 1;
        letters.push(char::from(b'a' + (rest % 26) as u8));
        rest /= 26;
    }
    Some(letters.iter().rev().collect())
}

const ROMAN: [(i32, &str); 13] = [
    (1000, "m"),
    (900, "cm"),
    (500, "d"),
    (400, "cd"),
    (100, "c"),
    (90, "xc"),
    (50, "l"),
    (40, "xl"),
    (10, "x"),
    (9, "ix"),
    (5, "v"),
    (4, "iv"),
    (1, "i"),
];

fn roman(number: i32) -> Option<String> {
    if !(1..=3999).contains(&number) {
        return None;
    }
    let (mut rest, mut text) = (number, String::new());
    for (value, letters) in ROMAN {
        while rest >= value {
            text.push_str(letters);
            rest -= value;
        }
    }
    Some(text)
}

fn roman_number(text: &str) -> i32 {
    let lower = text.to_ascii_lowercase();
    let (mut rest, mut number) = (lower.as_str(), 0);
    for (value, letters) in ROMAN {
        while let Some(behind) = rest.strip_prefix(letters)
            && number < 4000
        {
            number += value;
            rest = behind;
        }
    }
    if rest.is_empty() { number } else { 0 }
}

fn chinese(number: i32) -> String {
    const DIGITS: [char; 10] = ['零', '一', '二', '三', '四', '五', '六', '七', '八', '九'];
    let mut text = String::new();
    let mut zero = false;
    for (unit, name) in [(1000, "千"), (100, "百"), (10, "十"), (1, "")] {
        let digit = number / unit % 10;
        if digit == 0 {
            zero = !text.is_empty();
            continue;
        }
        if std::mem::take(&mut zero) {
            text.push('零');
        }
        if !(unit == 10 && digit == 1 && text.is_empty()) {
            text.push(DIGITS[digit as usize]);
        }
        text.push_str(name);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_those_of_a_browser() {
        let label = |counter: Counter, number| counter.label(number).unwrap_or_default();
        assert_eq!(label(Counter::Decimal, -3), "-3.");
        assert_eq!(label(Counter::LowerAlpha, 28), "ab.");
        assert_eq!(label(Counter::UpperAlpha, 0), "0.");
        assert_eq!(label(Counter::UpperRoman, 1994), "MCMXCIV.");
        assert_eq!(label(Counter::Chinese, 12), "十二、");
        assert_eq!(label(Counter::Chinese, 205), "二百零五、");
        assert_eq!(label(Counter::Chinese, 20), "二十、");
    }

    #[test]
    fn a_label_gives_its_number_back() {
        assert_eq!(Counter::Decimal.number("7."), Some(7));
        assert_eq!(Counter::Decimal.number("07."), None);
        assert_eq!(Counter::LowerAlpha.number("ab."), Some(28));
        assert_eq!(Counter::LowerRoman.number("iv."), Some(4));
        assert_eq!(Counter::LowerRoman.number("iiii."), None);
        assert_eq!(Counter::Decimal.number("（一）"), None);
    }
}
