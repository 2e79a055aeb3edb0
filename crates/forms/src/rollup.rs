//! Many reports become one.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use serde::Serialize;
use tabulary_ir::{Block, Cell, Diagnostics, Document, Section, SectionKind, TableBuilder};

use crate::check::{CheckResult, cell_of, check};
use crate::definition::{Aggregate, Gravity};
use crate::exact::Exact;
use crate::finding::{Finding, FindingKind};
use crate::form::{Field, Form};
use crate::report::Report;
use crate::value::FieldValue;

/// A report that may go into a roll-up.
#[derive(Clone, Debug)]
pub struct Source {
    /// Its name: that of its file.
    pub name: String,
    /// The data.
    pub report: Report,
    /// What was wrong when it was read and checked.
    pub findings: Vec<Finding>,
}

/// What became of many reports.
#[derive(Clone, Debug, Default, Serialize)]
pub struct RollUp {
    /// The one that they became.
    #[serde(skip)]
    pub report: Report,
    /// What went in.
    pub sources: Vec<String>,
    /// What was left out, and why.
    pub refusals: Vec<Refusal>,
    /// Fields that some of the sources leave blank, and how many do.
    pub blanks: BTreeMap<String, usize>,
    /// What came of checking the result.
    pub check: CheckResult,
}

/// An input that was left out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Refusal {
    /// Its name.
    pub name: String,
    /// Why it was left out.
    pub why: String,
}

/// Rolls reports up. One with errors is left out, unless `lenient`: then only one whose cells could not
/// be placed is.
pub fn roll_up(form: &Form, sources: &[Source], lenient: bool) -> RollUp {
    let mut result = RollUp::default();
    let mut taken: Vec<&Source> = Vec::new();
    for source in sources {
        match refusal(form, source, lenient) {
            Some(why) => result.refusals.push(Refusal {
                name: source.name.clone(),
                why,
            }),
            None => {
                result.sources.push(source.name.clone());
                taken.push(source);
            }
        }
    }
    result.report = Report::new(form);
    for field in form.fields() {
        let values: Vec<&FieldValue> = taken
            .iter()
            .map(|source| {
                source
                    .report
                    .fields
                    .get(&field.id)
                    .unwrap_or(&FieldValue::Blank)
            })
            .collect();
        let value = aggregate(field, &values);
        let blank = values
            .iter()
            .filter(|value| value.number().is_none())
            .count();
        if field.kind.is_number() && blank > 0 && blank < values.len() {
            result.blanks.insert(field.id.clone(), blank);
        }
        if value != FieldValue::Blank {
            result.report.fields.insert(field.id.clone(), value);
        } else if field.aggregate != Aggregate::None && !values.is_empty() {
            result
                .report
                .fields
                .insert(field.id.clone(), FieldValue::Blank);
        }
    }
    result.check = check(form, &result.report, None);
    result
}

fn refusal(form: &Form, source: &Source, lenient: bool) -> Option<String> {
    let report = &source.report;
    if (report.form.as_str(), report.edition.as_str()) != (form.id(), form.edition()) {
        return Some(format!(
            "it is of {}/{}, and the others of {}/{}",
            report.form,
            report.edition,
            form.id(),
            form.edition()
        ));
    }
    let is_unplaced = |finding: &&Finding| {
        matches!(
            finding.kind,
            FindingKind::Missing | FindingKind::PositionLost | FindingKind::TableMissing
        )
    };
    let grave = |finding: &&Finding| {
        finding.severity == Gravity::Error && (!lenient || is_unplaced(finding))
    };
    let errors: Vec<&Finding> = source.findings.iter().filter(grave).collect();
    let first = errors.first()?;
    let rest = match errors.len() {
        1 => String::new(),
        count => format!(" (and {} more errors)", count - 1),
    };
    Some(format!("{}{rest}", first.line(crate::Language::English)))
}

fn aggregate(field: &Field, values: &[&FieldValue]) -> FieldValue {
    let numbers = values.iter().filter_map(|value| value.number());
    let mut numbers = numbers.filter_map(Exact::new);
    let number = match field.aggregate {
        Aggregate::None => None,
        Aggregate::Same => {
            let mut filled = values.iter().filter(|value| ***value != FieldValue::Blank);
            let first = filled.next();
            let all_same = filled.all(|value| Some(value) == first);
            return match first {
                Some(value) if all_same => (*value).clone(),
                _ => FieldValue::Blank,
            };
        }
        Aggregate::Sum => numbers
            .next()
            .and_then(|first| numbers.try_fold(first, Exact::plus)),
        Aggregate::Min => extreme(numbers, Ordering::Less),
        Aggregate::Max => extreme(numbers, Ordering::Greater),
    };
    number.map_or(FieldValue::Blank, |number| {
        FieldValue::Number(number.to_decimal())
    })
}

fn extreme(numbers: impl Iterator<Item = Exact>, wanted: Ordering) -> Option<Exact> {
    numbers.reduce(|best, number| {
        if number.order(best) == Some(wanted) {
            number
        } else {
            best
        }
    })
}

/// Where a report that stands above others differs from what they add up to: parent = own + children.
pub fn against(form: &Form, rolled: &Report, parent: &Report) -> Vec<Finding> {
    let mut findings = Vec::new();
    for field in form
        .fields()
        .iter()
        .filter(|field| field.aggregate == Aggregate::Sum)
    {
        let of = |report: &Report| Exact::new(report.fields.get(&field.id)?.number()?);
        let (Some(sum), Some(given)) = (of(rolled), of(parent)) else {
            continue;
        };
        let Some(difference) = given.minus(sum) else {
            continue;
        };
        if difference.order(Exact::whole(0)) == Some(Ordering::Equal) {
            continue;
        }
        let mut finding = Finding::new(
            FindingKind::Total,
            Gravity::Warning,
            format!("{} is not what the parts add up to", field.label),
            format!("{}与各单位之和不符", field.label),
        );
        finding.found = Some(given.to_decimal().to_string());
        finding.expected = Some(sum.to_decimal().to_string());
        finding.difference = Some(difference.to_decimal().to_string());
        finding.cells.push(cell_of(form, parent, &field.id, false));
        findings.push(finding);
    }
    findings
}

/// Adds the list of what went in and what was left out to the document of a roll-up, as a sheet of its
/// own.
pub fn add_sources(document: &mut Document, rolled: &RollUp) {
    let mut builder = TableBuilder::new().headers(1, 0);
    let mut row = |cells: [&str; 3]| {
        builder.row();
        for text in cells {
            builder.push(Cell::text(text));
        }
    };
    row(["来源 Source", "结果 Result", "原因 Reason"]);
    for name in &rolled.sources {
        row([name, "计入 taken", ""]);
    }
    for refusal in &rolled.refusals {
        row([&refusal.name, "未计入 left out", &refusal.why]);
    }
    let table = builder.finish(&mut Diagnostics::new());
    document.body.push(Block::Section(Section {
        kind: SectionKind::Sheet,
        name: "汇总来源".into(),
        body: vec![Block::Table(Box::new(table))],
        ..Section::default()
    }));
}
