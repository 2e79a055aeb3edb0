//! What a person is told who fills a cell in.

use tabulary_ir::{Decimal, EntryCheck, EntryKind};

use crate::definition::FieldType;
use crate::form::Field;

/// What a cell takes, with what is said when it is chosen and when something else is typed.
pub(super) fn check(field: &Field, ranges: Vec<String>, is_chinese: bool) -> EntryCheck {
    let unit = field.unit.as_deref().unwrap_or_default();
    let in_unit = match (unit, is_chinese) {
        ("", _) => String::new(),
        (unit, true) => format!("，单位：{unit}"),
        (unit, false) => format!(" in {unit}"),
    };
    let choices = field.choices.join(", ");
    let (kind, zh, en) = match field.kind {
        FieldType::Count => (
            EntryKind::Whole,
            format!("请填写非负整数{in_unit}。没有的填0，空白表示未填报。"),
            format!("A whole number, 0 or more{in_unit}. Type 0 for none; blank is not known."),
        ),
        FieldType::Signed => (
            EntryKind::Whole,
            format!("请填写整数{in_unit}，减少的填负数。没有变化的填0。"),
            format!("A whole number{in_unit}, negative for a decrease. Type 0 for no change."),
        ),
        FieldType::Money => (
            EntryKind::Number,
            format!("请填写金额{in_unit}，可带小数。没有的填0。"),
            format!("An amount{in_unit}. Type 0 for none."),
        ),
        FieldType::Number => (
            EntryKind::Number,
            format!("请填写数字{in_unit}。"),
            format!("A number{in_unit}."),
        ),
        FieldType::Date => (
            EntryKind::Date,
            "请填写日期，如2024-01-20。".to_owned(),
            "A day, such as 2024-01-20.".to_owned(),
        ),
        FieldType::Choice => (
            EntryKind::Choice,
            format!("请从下拉列表中选择：{choices}"),
            format!("One of {choices}"),
        ),
        FieldType::Text => (
            EntryKind::Any,
            "请填写文字。".to_owned(),
            "Text.".to_owned(),
        ),
        FieldType::Prose => (
            EntryKind::Any,
            "请填写文字，每段另起一行（Alt+Enter）。".to_owned(),
            "Text, each paragraph on a line of its own (Alt+Enter).".to_owned(),
        ),
    };
    let error = match (kind, is_chinese) {
        (EntryKind::Any, _) => String::new(),
        (_, true) => format!("“{}”填写有误。{zh}", field.label),
        (_, false) => format!("{}: {en}", field.label),
    };
    EntryCheck {
        choices: field.choices.clone(),
        error,
        kind,
        least: (field.kind == FieldType::Count).then(Decimal::zero),
        prompt: if is_chinese { zh } else { en },
        ranges,
        title: short(&field.label),
    }
}

/// The end of a label, which tells it from others.
fn short(label: &str) -> String {
    const LONGEST: usize = 30;
    let count = label.chars().count();
    if count <= LONGEST {
        return label.to_owned();
    }
    let tail: String = label.chars().skip(count - LONGEST + 1).collect();
    format!("…{tail}")
}
