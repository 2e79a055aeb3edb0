//! Values as people write them: `１２３`, `1,234`, `+2`, `减3`, `2.02万元`, `0件`, `无`, `-`, blank.

use serde::{Deserialize, Serialize};
use serde_json::json;
use tabulary_ir::{Cell, Decimal, Value};

use crate::definition::FieldType;
use crate::exact::Exact;
use crate::fold::plain;

/// What a field holds. A blank field is not 0, and `-` is neither.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum FieldValue {
    /// Nothing was written.
    #[default]
    Blank,
    /// A number.
    Number(Decimal),
    /// A text, a day as `2020-01-20`, or one of the values that a field may have.
    Text(String),
    /// A sign that the field does not apply, as it was written: `-`, `/`, `无`.
    NotApplicable(String),
    /// What cannot be read as a value of the field.
    Unreadable(String),
}

impl FieldValue {
    /// The number, where it is one.
    pub fn number(&self) -> Option<&Decimal> {
        match self {
            Self::Number(number) => Some(number),
            _ => None,
        }
    }

    /// The text that shows it; empty for a blank one.
    pub fn shown(&self) -> &str {
        match self {
            Self::Blank => "",
            Self::Number(number) => number.as_str(),
            Self::Text(text) | Self::NotApplicable(text) | Self::Unreadable(text) => text,
        }
    }
}

impl Serialize for FieldValue {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Blank => serializer.serialize_none(),
            Self::Number(number) => serializer.serialize_str(number.as_str()),
            Self::Text(text) => serializer.serialize_str(text),
            Self::NotApplicable(text) => json!({ "na": text }).serialize(serializer),
            Self::Unreadable(text) => json!({ "unreadable": text }).serialize(serializer),
        }
    }
}

impl<'de> Deserialize<'de> for FieldValue {
    /// A string stays text; which of them are numbers is what the form says.
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        use serde::de::Error as _;
        let json = serde_json::Value::deserialize(deserializer)?;
        let text = |json: &serde_json::Value| json.as_str().map(str::to_owned);
        match &json {
            serde_json::Value::Null => Ok(Self::Blank),
            serde_json::Value::String(text) => Ok(Self::Text(text.clone())),
            serde_json::Value::Number(number) => number
                .to_string()
                .parse()
                .map(Self::Number)
                .map_err(D::Error::custom),
            serde_json::Value::Object(object) => {
                let na = object.get("na").and_then(text).map(Self::NotApplicable);
                let unreadable = object.get("unreadable").and_then(text);
                na.or(unreadable.map(Self::Unreadable)).ok_or_else(|| {
                    D::Error::custom("a value is a text, a number, null, or an object with na")
                })
            }
            other => Err(D::Error::custom(format!("{other} is no value of a field"))),
        }
    }
}

/// Units of counting that may stand behind a number and change nothing; the longer before its end.
const COUNTED: &[&str] = &[
    "人次", "件", "条", "项", "次", "个", "份", "人", "宗", "起", "篇",
];
/// Units of money, and how many of the smallest unit each is worth.
const MONEY: &[(&str, i64)] = &[
    ("亿元", 100_000_000),
    ("万元", 10_000),
    ("千元", 1000),
    ("元", 1),
];
/// Signs for what does not apply.
const NOT_APPLICABLE: &[&str] = &[
    "-",
    "--",
    "—",
    "——",
    "–",
    "/",
    "\\",
    "无",
    "不适用",
    "n/a",
    "na",
    "*",
];

/// The value of a cell. A typed number counts for more than the text that shows it, as long as no
/// unit stands behind it.
pub(crate) fn of_cell(cell: &Cell, kind: FieldType, unit: Option<&str>) -> FieldValue {
    let text = cell.plain_text();
    match &cell.value {
        Some(Value::Number(number)) if kind.is_number() => {
            let written = of_text(&text, kind, unit);
            // `7.5%` is a number of 0.075, and `12万元` one of 12: the text has the unit.
            match &written {
                FieldValue::Number(shown) if has_money_unit(&text) => {
                    FieldValue::Number(shown.clone())
                }
                _ => fits(number.clone(), kind, &text),
            }
        }
        Some(Value::Date(date)) if kind == FieldType::Date => FieldValue::Text(date.to_string()),
        Some(Value::DateTime(moment)) if kind == FieldType::Date => {
            FieldValue::Text(moment.date().to_string())
        }
        _ => of_text(&text, kind, unit),
    }
}

/// The value that a text stands for in a field of a type and a unit.
pub(crate) fn of_text(written: &str, kind: FieldType, unit: Option<&str>) -> FieldValue {
    let text = plain(written);
    if text.is_empty() {
        return FieldValue::Blank;
    }
    match kind {
        FieldType::Text | FieldType::Choice | FieldType::Prose => FieldValue::Text(text),
        FieldType::Date => match date(&text) {
            Some(date) => FieldValue::Text(date),
            None => FieldValue::Unreadable(written.trim().to_owned()),
        },
        _ => {
            if NOT_APPLICABLE.contains(&text.to_lowercase().as_str()) {
                return FieldValue::NotApplicable(text);
            }
            match number(&text, unit) {
                Some(number) => fits(number, kind, written),
                None => FieldValue::Unreadable(written.trim().to_owned()),
            }
        }
    }
}

/// Whether a text is a number as people write it, or a sign that none applies.
pub(crate) fn is_number_like(text: &str) -> bool {
    let text = plain(text);
    NOT_APPLICABLE[..8].contains(&text.as_str()) || number(&text, None).is_some()
}

/// A number, where it is one that a field of that type may have.
fn fits(number: Decimal, kind: FieldType, written: &str) -> FieldValue {
    let unreadable = || FieldValue::Unreadable(written.trim().to_owned());
    let Some(exact) = Exact::new(&number) else {
        return unreadable();
    };
    let is_whole = exact.is_whole();
    let allowed = match kind {
        FieldType::Count => is_whole && !exact.is_negative(),
        FieldType::Signed => is_whole,
        _ => true,
    };
    if allowed {
        FieldValue::Number(number)
    } else {
        unreadable()
    }
}

fn has_money_unit(text: &str) -> bool {
    let text = plain(text);
    MONEY.iter().any(|(unit, _)| text.ends_with(unit))
}

/// A number in compatibility form, with its sign, its groups and its unit.
fn number(text: &str, unit: Option<&str>) -> Option<Decimal> {
    let mut rest: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let mut negative = false;
    for (word, below) in [("增加", false), ("减少", true), ("增", false), ("减", true)] {
        if let Some(behind) = rest.strip_prefix(word) {
            negative = below;
            rest = behind.to_owned();
            break;
        }
    }
    if let Some(behind) = rest.strip_prefix('+') {
        rest = behind.to_owned();
    } else if let Some(behind) = rest.strip_prefix(['-', '−', '–', '－']) {
        negative = !negative;
        rest = behind.to_owned();
    }
    let money = MONEY.iter().find(|(name, _)| rest.ends_with(name));
    let mut factor = Exact::whole(1);
    let mut shift = 0;
    if let Some((name, worth)) = money {
        rest.truncate(rest.len() - name.len());
        let declared = unit.and_then(|unit| MONEY.iter().find(|(name, _)| *name == unit));
        let target = declared.map_or(1, |(_, worth)| *worth);
        factor = Exact::whole(*worth);
        shift = target.ilog10();
        // A field of another unit than money does not take money.
        if unit.is_some() && declared.is_none() {
            return None;
        }
    } else if let Some(counted) = COUNTED.iter().find(|name| rest.ends_with(**name)) {
        rest.truncate(rest.len() - counted.len());
    } else if let Some(unit) = unit
        && let Some(bare) = rest.strip_suffix(unit)
    {
        rest = bare.to_owned();
    }
    let (mut rest, is_percent) = match rest.strip_suffix('%') {
        Some(bare) => (bare.to_owned(), true),
        None => (rest, false),
    };
    if rest.contains(',') {
        let whole = rest.split('.').next().unwrap_or_default();
        let mut groups = whole.split(',');
        let first = groups.next().unwrap_or_default();
        let is_grouped = (1..=3).contains(&first.len()) && groups.all(|group| group.len() == 3);
        if !is_grouped {
            return None;
        }
        rest.retain(|c| c != ',');
    }
    let is_plain = rest.bytes().all(|b| b.is_ascii_digit() || b == b'.')
        && rest.starts_with(|c: char| c.is_ascii_digit())
        && rest.ends_with(|c: char| c.is_ascii_digit());
    if !is_plain {
        return None;
    }
    let number: Decimal = rest.parse().ok()?;
    let scaled = Exact::new(&number)?.times(factor)?;
    let scaled = if negative { scaled.negated() } else { scaled };
    let shift = shift + if is_percent { 2 } else { 0 };
    if shift == 0 {
        return Some(scaled.to_decimal());
    }
    let text = format!("{}e-{shift}", scaled.to_decimal());
    text.parse().ok()
}

/// A day as `2020-01-20`.
fn date(text: &str) -> Option<String> {
    let text: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let mut parts = text
        .split(|c: char| !c.is_ascii_digit())
        .filter(|part| !part.is_empty());
    let (year, month, day) = match (parts.next()?, parts.next(), parts.next()) {
        (whole, None, None) if whole.len() == 8 => (&whole[..4], &whole[4..6], &whole[6..]),
        (year, Some(month), Some(day)) => (year, month, day.get(..2).unwrap_or(day)),
        _ => return None,
    };
    let (year, month, day): (i16, i8, i8) =
        (year.parse().ok()?, month.parse().ok()?, day.parse().ok()?);
    let date = tabulary_ir::civil::Date::new(year, month, day).ok()?;
    Some(date.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str, kind: FieldType, unit: Option<&str>) -> String {
        match of_text(text, kind, unit) {
            FieldValue::Blank => "blank".into(),
            FieldValue::Number(number) => number.to_string(),
            FieldValue::Text(text) => text,
            FieldValue::NotApplicable(text) => format!("na {text}"),
            FieldValue::Unreadable(text) => format!("? {text}"),
        }
    }

    #[test]
    fn numbers_are_read_as_people_write_them() {
        for (text, wanted) in [
            ("１２３", "123"),
            ("1,234", "1234"),
            ("1，234", "1234"),
            ("12 345", "12345"),
            ("0件", "0"),
            ("12件", "12"),
            ("", "blank"),
            (" 　", "blank"),
            ("-", "na -"),
            ("—", "na —"),
            ("/", "na /"),
            ("无", "na 无"),
            ("1,23", "? 1,23"),
            ("四十余", "? 四十余"),
            ("1.5", "? 1.5"),
            ("-3", "? -3"),
            ("12元", "? 12元"),
        ] {
            assert_eq!(read(text, FieldType::Count, Some("件")), wanted, "{text}");
        }
    }

    #[test]
    fn signs_may_be_words() {
        for (text, wanted) in [
            ("+2", "2"),
            ("-1", "-1"),
            ("－8", "-8"),
            ("减3", "-3"),
            ("增20", "20"),
            ("减少 4", "-4"),
            ("0", "0"),
        ] {
            assert_eq!(read(text, FieldType::Signed, Some("项")), wanted, "{text}");
        }
    }

    #[test]
    fn money_is_brought_to_the_unit_of_the_field() {
        for (text, wanted) in [
            ("251000元", "25.1"),
            ("2.02万元", "2.02"),
            ("59237.2449", "59237.2449"),
            ("0.5亿元", "5000"),
            ("0", "0"),
        ] {
            assert_eq!(read(text, FieldType::Money, Some("万元")), wanted, "{text}");
        }
        assert_eq!(read("2.02万元", FieldType::Money, Some("元")), "20200");
    }

    #[test]
    fn days_are_read() {
        for text in [
            "2020年1月20日",
            "2020-01-20",
            "2020.1.20",
            "20200120",
            "2020-01-20 10:04",
        ] {
            assert_eq!(read(text, FieldType::Date, None), "2020-01-20", "{text}");
        }
        assert_eq!(read("2020-13-01", FieldType::Date, None), "? 2020-13-01");
    }
}
