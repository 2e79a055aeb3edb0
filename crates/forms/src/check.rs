//! Holding the data of a report against the rules of its form.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use tabulary_ir::{Decimal, Origin, block_text};

use crate::definition::{BlankPolicy, FieldType, Gravity};
use crate::exact::Exact;
use crate::finding::{Finding, FindingCell, FindingKind};
use crate::fold::squeezed;
use crate::form::{Form, Rule};
use crate::report::Report;
use crate::rules::{Comparison, Datum, Facts, Outcome, Reference, evaluate, sides};
use crate::value::FieldValue;

/// What came of checking a report.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct CheckResult {
    /// How many rules hold.
    pub holds: usize,
    /// How many are broken.
    pub violated: usize,
    /// The rules that cannot be decided, with the fields that are blank.
    pub undecided: BTreeMap<String, Vec<String>>,
    /// How many rules need the report before, where there is none.
    pub skipped: usize,
    /// Broken rules, and values that their fields may not have.
    pub findings: Vec<Finding>,
}

impl CheckResult {
    /// Whether anything is wrong: a finding graver than a note.
    pub fn is_wrong(&self) -> bool {
        self.findings
            .iter()
            .any(|finding| finding.severity > Gravity::Note)
    }
}

/// Checks a report, against the report before where there is one.
pub fn check(form: &Form, report: &Report, previous: Option<&Report>) -> CheckResult {
    let mut result = CheckResult::default();
    check_values(form, report, &mut result);
    check_year(form, report, previous, &mut result);
    let values = data(form, report);
    let before = previous.map(|previous| data(form, previous));
    let facts = Facts {
        values: &values,
        previous: before.as_deref().unwrap_or_default(),
        found: None,
        tolerance: Exact::default(),
    };
    let checker = Checker {
        form,
        report,
        previous,
    };
    for rule in &form.rules {
        if previous.is_none() && rule.needs_previous() {
            result.skipped += 1;
            continue;
        }
        let facts = Facts {
            tolerance: rule.tolerance,
            ..facts
        };
        checker.judge(rule, &facts, None, &mut result);
    }
    checker.check_prose(&facts, &mut result);
    result
}

/// The values of a report as rules see them, in the order of the fields of the form.
pub(crate) fn data(form: &Form, report: &Report) -> Vec<Datum> {
    let of = |field: &crate::form::Field| match report.fields.get(&field.id) {
        Some(FieldValue::Number(number)) => Exact::new(number).map_or(Datum::Blank, Datum::Number),
        Some(FieldValue::Text(text)) => Datum::Text(text.as_str().into()),
        Some(FieldValue::Blank | FieldValue::NotApplicable(_))
            if field.blank == BlankPolicy::Zero =>
        {
            Datum::Number(Exact::default())
        }
        _ => Datum::Blank,
    };
    form.fields.iter().map(of).collect()
}

/// The rules of a form over one report, many times: what a benchmark and a roll-up need of [`check`].
pub fn count_violations(form: &Form, report: &Report) -> usize {
    let values = data(form, report);
    let broken = form.rules.iter().filter(|rule| {
        let facts = Facts {
            values: &values,
            previous: &[],
            found: None,
            tolerance: rule.tolerance,
        };
        evaluate(&rule.node, &facts) == Outcome::Violated
    });
    broken.count()
}

/// Values that their fields may not have.
fn check_values(form: &Form, report: &Report, result: &mut CheckResult) {
    for field in &form.fields {
        let value = report.fields.get(&field.id);
        let cell = || cell_of(form, report, &field.id, false);
        let mut tell = |kind, en: String, zh: String| {
            let mut finding = Finding::new(kind, Gravity::Error, en, zh);
            finding.cells.push(cell());
            result.findings.push(finding);
        };
        match value {
            Some(FieldValue::Unreadable(text)) => {
                let (en, zh) = expected_of(field.kind);
                tell(
                    FindingKind::Value,
                    format!("{}: {text:?} is not {en}", field.label),
                    format!("{}：“{text}”不是{zh}", field.label),
                );
            }
            Some(FieldValue::Text(text))
                if field.kind == FieldType::Choice && !field.choices.contains(text) =>
            {
                let choices = field.choices.join(", ");
                tell(
                    FindingKind::Value,
                    format!("{}: {text:?} is none of {choices}", field.label),
                    format!("{}：“{text}”不在代码表中（{choices}）", field.label),
                );
            }
            None | Some(FieldValue::Blank) if field.blank == BlankPolicy::Required => tell(
                FindingKind::Blank,
                format!("{} must be filled in", field.label),
                format!("{}必须填写", field.label),
            ),
            _ => {}
        }
    }
}

fn expected_of(kind: FieldType) -> (&'static str, &'static str) {
    match kind {
        FieldType::Count => ("a whole number, 0 or more", "非负整数"),
        FieldType::Signed => ("a whole number", "整数"),
        FieldType::Money => ("an amount in the unit of the field", "金额"),
        FieldType::Number => ("a number", "数字"),
        FieldType::Date => ("a day", "日期"),
        FieldType::Choice => ("one of the list", "代码表中的值"),
        FieldType::Text | FieldType::Prose => ("a text", "文字"),
    }
}

/// Whether the edition is the one for the year, and the report before that of the year before.
fn check_year(form: &Form, report: &Report, previous: Option<&Report>, result: &mut CheckResult) {
    let Some(years) = &form.definition.years else {
        return;
    };
    let field = years.field.get_ref();
    let year_of = |report: &Report| -> Option<i16> {
        report.fields.get(field)?.number()?.as_str().parse().ok()
    };
    let Some(year) = year_of(report) else { return };
    let is_early = years.from.is_some_and(|from| year < from);
    let is_late = years.to.is_some_and(|to| year > to);
    if is_early || is_late {
        let span = match (years.from, years.to) {
            (Some(from), Some(to)) => format!("{from}-{to}"),
            (Some(from), None) => format!("{from}-"),
            (None, Some(to)) => format!("-{to}"),
            (None, None) => String::new(),
        };
        let mut finding = Finding::new(
            FindingKind::Edition,
            Gravity::Warning,
            format!(
                "the report of {year} is on the edition {} of the form, which is for {span}",
                form.edition()
            ),
            format!(
                "{year}年报告使用了{}版格式，该版适用于{span}年",
                form.edition()
            ),
        );
        finding.cells.push(cell_of(form, report, field, false));
        result.findings.push(finding);
    }
    if let Some(before) = previous.and_then(year_of)
        && before + 1 != year
    {
        result.findings.push(Finding::new(
            FindingKind::Previous,
            Gravity::Warning,
            format!("the report before is of {before}, and this one of {year}"),
            format!("对比的上年报告为{before}年，本报告为{year}年"),
        ));
    }
}

pub(crate) fn cell_of(form: &Form, report: &Report, id: &str, previous: bool) -> FindingCell {
    let value = report
        .fields
        .get(id)
        .filter(|value| **value != FieldValue::Blank);
    FindingCell {
        field: id.to_owned(),
        label: form
            .field(id)
            .map(|field| field.label.clone())
            .unwrap_or_default(),
        value: value.map(|value| value.shown().to_owned()),
        origin: report.places.get(id).and_then(|found| found.origin.clone()),
        previous,
    }
}

struct Checker<'a> {
    form: &'a Form,
    report: &'a Report,
    previous: Option<&'a Report>,
}

impl Checker<'_> {
    fn cells(&self, fields: &[Reference]) -> Vec<FindingCell> {
        let cell = |reference: &Reference| {
            let report = if reference.previous {
                self.previous?
            } else {
                self.report
            };
            let id = &self.form.fields.get(reference.field)?.id;
            Some(cell_of(self.form, report, id, reference.previous))
        };
        fields.iter().filter_map(cell).collect()
    }

    fn judge(
        &self,
        rule: &Rule,
        facts: &Facts<'_>,
        prose: Option<(&str, Option<Origin>)>,
        result: &mut CheckResult,
    ) {
        match evaluate(&rule.node, facts) {
            Outcome::Holds => result.holds += 1,
            Outcome::Undecided => {
                let blank = |cell: &FindingCell| {
                    cell.value
                        .as_deref()
                        .is_none_or(|value| value.parse::<Decimal>().is_err())
                };
                let cells = self.cells(&rule.fields);
                let blank = cells.into_iter().filter(blank).map(|cell| {
                    if cell.previous {
                        format!("previous.{}", cell.field)
                    } else {
                        cell.field
                    }
                });
                result.undecided.insert(rule.id.clone(), blank.collect());
            }
            Outcome::Violated => {
                result.violated += 1;
                let says =
                    |text: &Option<String>| text.clone().unwrap_or_else(|| rule.source.clone());
                let (kind, en, zh) = match &prose {
                    None => (FindingKind::Rule, says(&rule.en), says(&rule.zh)),
                    Some((words, _)) => (
                        FindingKind::Prose,
                        format!("{}: {words:?}", says(&rule.en)),
                        format!("{}：“{words}”", says(&rule.zh)),
                    ),
                };
                let mut finding = Finding::new(kind, rule.severity, en, zh);
                finding.rule = Some(rule.id.clone());
                finding.cells = self.cells(&rule.fields);
                finding.origin = prose.and_then(|(_, origin)| origin);
                explain(&mut finding, &sides(&rule.node, facts));
                result.findings.push(finding);
            }
        }
    }

    /// Numbers in text, against the tables.
    fn check_prose(&self, facts: &Facts<'_>, result: &mut CheckResult) {
        for prose in &self.form.prose {
            let Some(blocks) = self.report.prose.get(&prose.field) else {
                continue;
            };
            for block in blocks {
                let text = squeezed(&block_text(block));
                for found in prose.regex.captures_iter(&text) {
                    let number = found.iter().skip(1).flatten().next();
                    let number = number.and_then(|number| number.as_str().parse::<Decimal>().ok());
                    let Some(number) = number.as_ref().and_then(Exact::new) else {
                        continue;
                    };
                    let words = found.get(0).map_or("", |found| found.as_str());
                    let facts = Facts {
                        found: Some(number),
                        ..*facts
                    };
                    let origin = block.origin().cloned();
                    self.judge(&prose.rule, &facts, Some((words, origin)), result);
                }
            }
        }
    }
}

/// What stands there, what should, and how far they are apart.
fn explain(finding: &mut Finding, sides: &[(Exact, Comparison, Exact)]) {
    let Some((found, ..)) = sides.first() else {
        return;
    };
    finding.found = Some(found.to_decimal().to_string());
    let expected: Vec<String> = sides
        .iter()
        .map(|(_, comparison, expected)| {
            let number = expected.to_decimal();
            match comparison {
                Comparison::Equal => number.to_string(),
                other => format!("{} {number}", other.sign()),
            }
        })
        .collect();
    finding.expected = Some(expected.join(" / "));
    if let [(found, _, expected)] = sides
        && let Some(difference) = found.minus(*expected)
    {
        finding.difference = Some(difference.to_decimal().to_string());
    }
}
