//! Two reports, field by field.

use serde::Serialize;
use tabulary_ir::blocks_text;

use crate::definition::FieldType;
use crate::exact::Exact;
use crate::finding::FindingCell;
use crate::form::Form;
use crate::report::Report;
use crate::value::FieldValue;

/// A field in which two reports differ.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Difference {
    /// The cell of the first report.
    pub a: FindingCell,
    /// The cell of the second.
    pub b: FindingCell,
    /// The second number less the first.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub difference: Option<String>,
}

/// What two reports have in common, and not.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Comparison {
    /// How many fields hold the same.
    pub equal: usize,
    /// Fields that hold something else.
    pub differences: Vec<Difference>,
    /// Fields that only the form of the first report has.
    pub only_a: Vec<String>,
    /// Fields that only the form of the second report has.
    pub only_b: Vec<String>,
}

/// Compares two reports, which may be of two editions: fields of the same name are the same, and
/// those that either edition says are.
pub fn compare(a: (&Form, &Report), b: (&Form, &Report)) -> Comparison {
    let mut result = Comparison::default();
    let mut met: Vec<&str> = Vec::new();
    for field in a.0.fields() {
        let Some(other) = counterpart(a.0, b.0, &field.id) else {
            result.only_a.push(field.id.clone());
            continue;
        };
        met.push(other);
        if field.kind == FieldType::Prose {
            let text = |report: &Report, id: &str| {
                report
                    .prose
                    .get(id)
                    .map(|blocks| blocks_text(blocks))
                    .unwrap_or_default()
            };
            let (first, second) = (text(a.1, &field.id), text(b.1, other));
            if first == second {
                result.equal += 1;
            } else {
                let mut difference = differing(a, b, &field.id, other);
                let length = |text: &str| format!("{} characters", text.chars().count());
                difference.a.value = Some(length(&first));
                difference.b.value = Some(length(&second));
                result.differences.push(difference);
            }
            continue;
        }
        let value = |report: &Report, id: &str| report.fields.get(id).cloned().unwrap_or_default();
        let (first, second): (FieldValue, FieldValue) = (value(a.1, &field.id), value(b.1, other));
        if first == second {
            result.equal += 1;
            continue;
        }
        let mut difference = differing(a, b, &field.id, other);
        let number = |value: &FieldValue| value.number().and_then(Exact::new);
        if let (Some(first), Some(second)) = (number(&first), number(&second)) {
            let apart = second
                .minus(first)
                .map(|apart| apart.to_decimal().to_string());
            difference.difference = apart;
        }
        result.differences.push(difference);
    }
    let others =
        b.0.fields()
            .iter()
            .filter(|field| !met.contains(&field.id.as_str()));
    result.only_b = others.map(|field| field.id.clone()).collect();
    result
}

fn differing(a: (&Form, &Report), b: (&Form, &Report), id: &str, other: &str) -> Difference {
    Difference {
        a: crate::check::cell_of(a.0, a.1, id, false),
        b: crate::check::cell_of(b.0, b.1, other, false),
        difference: None,
    }
}

/// The field of another edition that is the same as one of this.
fn counterpart<'a>(form: &'a Form, other: &'a Form, id: &str) -> Option<&'a str> {
    if let Some(field) = other.field(id) {
        return Some(&field.id);
    }
    let said = form.definition.corresponds.get(other.edition());
    if let Some(name) = said.and_then(|names| names.get(id)) {
        return other.field(name).map(|field| field.id.as_str());
    }
    let said = other.definition.corresponds.get(form.edition())?;
    let (name, _) = said.iter().find(|(_, there)| *there == id)?;
    other.field(name).map(|field| field.id.as_str())
}
