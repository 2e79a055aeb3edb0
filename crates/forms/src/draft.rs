//! A first draft of a form, made from a document in which its fields were drawn.

use std::fmt::Write as _;

use tabulary_ir::{Document, Error};

use crate::fold::Aliases;
use crate::template::Template;

/// The text of a `form.toml` for a document in which `{{field.id}}` stands where values go. Every field
/// is described, as well as its labels tell; rules are for a person to add.
///
/// # Errors
/// `Input` where no field is drawn.
pub fn draft(id: &str, template: &str, document: &Document) -> Result<String, Error> {
    let (parts, placeholders) = Template::new(document.clone(), &Aliases::default(), &|_| false);
    if placeholders.is_empty() {
        return Err(Error::input("no field is drawn in the document")
            .help("write {{field.id}} into the cells where values go, such as {{costs.travel}}"));
    }
    let title = document.meta.title.clone();
    let title = title
        .or_else(|| parts.headings.first().map(|heading| heading.text.clone()))
        .unwrap_or_else(|| id.to_owned());
    let mut toml = String::from(
        "# A first draft. `tabulary form show FOLDER` says what is wrong with it.\n\n",
    );
    let _ = write!(
        toml,
        "id = {id:?}\nedition = \"1\"\ntitle = {title:?}\ntemplate = {template:?}\n"
    );
    let cells: Vec<_> = parts
        .shapes
        .iter()
        .flat_map(|shape| &shape.rows)
        .flat_map(|row| &row.cells)
        .collect();
    let mut seen: Vec<&str> = Vec::new();
    for placeholder in &placeholders {
        if seen.contains(&placeholder.id.as_str()) {
            continue;
        }
        seen.push(&placeholder.id);
        let cell = cells.iter().find(|cell| cell.id == placeholder.id);
        let label = cell.map(|cell| cell.label.as_str()).unwrap_or_default();
        let (kind, unit) = match cell {
            None => ("text", None),
            Some(_) => guess(label),
        };
        let _ = write!(
            toml,
            "\n[[fields]]\nid = {:?}\ntype = {kind:?}\n",
            placeholder.id
        );
        if let Some(unit) = unit {
            let _ = writeln!(toml, "unit = {unit:?}");
        }
        if !label.is_empty() {
            let _ = writeln!(toml, "# {label}");
        }
    }
    toml.push_str("\n# [[rules]]\n# id = \"R1\"\n# rule = \"a.total == a.first + a.second\"\n# en = \"the total is the sum of both\"\n");
    Ok(toml)
}

/// What the labels of a cell tell of its value.
fn guess(label: &str) -> (&'static str, Option<&'static str>) {
    let lower = label.to_lowercase();
    let has = |words: &[&str]| words.iter().any(|word| lower.contains(word));
    let unit = ["亿元", "万元", "千元", "元"]
        .into_iter()
        .find(|unit| label.contains(unit));
    if unit.is_some() || has(&["金额", "amount", "cost", "usd", "eur"]) {
        return ("money", unit);
    }
    if has(&["日期", "date"]) {
        return ("date", None);
    }
    if label == "单位" || has(&["名称", "姓名", "name", "说明", "备注", "note", "地址"])
    {
        return ("text", None);
    }
    if has(&["增/减", "增减", "change"]) {
        return ("signed", None);
    }
    if has(&["%", "率", "average", "median"]) {
        return ("number", None);
    }
    ("count", None)
}
