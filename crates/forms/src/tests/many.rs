//! Many reports, and two: rolled up, compared, held against the year before.

use super::{annual, numbered};
use crate::{
    Aggregate, FieldValue, FindingKind, Report, Source, against, check, compare, roll_up, schema,
    summary,
};

fn source(name: &str, report: &Report) -> Source {
    Source {
        name: name.into(),
        report: report.clone(),
        findings: check(annual("2021"), report, None).findings,
    }
}

/// A report in which every count is the same number; totals do not hold.
fn even(number: u32) -> Report {
    let form = annual("2021");
    let mut report = Report::new(form);
    for field in form
        .fields()
        .iter()
        .filter(|field| field.aggregate == Aggregate::Sum)
    {
        report
            .fields
            .insert(field.id.clone(), FieldValue::Number(number.into()));
    }
    report
}

#[test]
fn reports_add_up_and_what_is_left_out_is_told() {
    let form = annual("2021");
    let mut small = even(0);
    for id in [
        "t3.new.nat",
        "t3.new.sum",
        "t3.carried_out.nat",
        "t3.carried_out.sum",
    ] {
        small.set(form, id, "2");
    }
    small.set(form, "t2.fee.amount", "0.1");
    small.set(form, "year", "2022");
    let mut other = small.clone();
    other.set(form, "t2.fee.amount", "0.2");
    other
        .fields
        .insert("t2.reg.valid".into(), FieldValue::Blank);
    let wrong = even(1);
    let strange = numbered(annual("2019"));
    let sources = [
        source("a.xlsx", &small),
        source("b.docx", &other),
        source("wrong.xlsx", &wrong),
        Source {
            name: "old.pdf".into(),
            report: strange,
            findings: Vec::new(),
        },
    ];
    let rolled = roll_up(form, &sources, false);
    assert_eq!(rolled.sources, ["a.xlsx", "b.docx"]);
    let value = |id: &str| rolled.report.fields[id].shown().to_owned();
    assert_eq!(
        (value("t3.new.sum"), value("t2.fee.amount"), value("year")),
        ("4".into(), "0.3".into(), "2022".into())
    );
    assert_eq!(rolled.blanks.get("t2.reg.valid"), Some(&1));
    let refused: Vec<&str> = rolled
        .refusals
        .iter()
        .map(|refusal| refusal.name.as_str())
        .collect();
    assert_eq!(refused, ["wrong.xlsx", "old.pdf"]);
    assert!(
        rolled.refusals[0].why.contains("T3."),
        "{:?}",
        rolled.refusals
    );
    assert!(
        rolled.refusals[1].why.contains("annual-report/2019"),
        "{:?}",
        rolled.refusals
    );
    assert_eq!(rolled.check.violated, 0);
    assert_eq!(roll_up(form, &sources, true).sources.len(), 3);
}

#[test]
fn a_parent_is_its_own_and_its_children() {
    let form = annual("2021");
    let parts = [source("own", &even(1)), source("child", &even(2))];
    let rolled = roll_up(form, &parts, true);
    let mut parent = even(3);
    assert_eq!(against(form, &rolled.report, &parent).len(), 0);
    parent.set(form, "t4.after.sum", "5");
    let told = against(form, &rolled.report, &parent);
    assert_eq!(told.len(), 1);
    assert_eq!(
        (told[0].kind, told[0].difference.as_deref()),
        (FindingKind::Total, Some("2"))
    );
}

#[test]
fn rules_reach_into_the_year_before() {
    let form = annual("2021");
    let mut before = even(0);
    before.set(form, "year", "2021");
    before.set(form, "t3.carried_out.nat", "4");
    let mut now = even(0);
    now.set(form, "year", "2022");
    let result = check(form, &now, Some(&before));
    let told: Vec<_> = result
        .findings
        .iter()
        .map(|finding| finding.rule.as_deref())
        .collect();
    assert_eq!(told, [Some("Y.carry.nat")]);
    assert_eq!(result.skipped, 0);
    assert!(result.findings[0].cells[1].previous);
    before.set(form, "year", "2020");
    let told: Vec<_> = check(form, &now, Some(&before))
        .findings
        .iter()
        .map(|finding| finding.kind)
        .collect();
    assert_eq!(told, [FindingKind::Previous, FindingKind::Rule]);
    // A report on the form before has the same requests, and other documents.
    let older = numbered(annual("2019"));
    let result = check(form, &now, Some(&older));
    assert_eq!(
        result
            .undecided
            .keys()
            .map(String::as_str)
            .collect::<Vec<_>>(),
        ["Y.stock.norm", "Y.stock.reg"]
    );
}

#[test]
fn reports_are_compared_across_editions() {
    let (old, new) = (annual("2019"), annual("2021"));
    let (a, mut b) = (numbered(old), even(0));
    b.set(new, "t3.new.nat", "5");
    let compared = compare((old, &a), (new, &b));
    assert!(compared.only_a.contains(&"t2.reg.made".to_owned()));
    assert!(compared.only_b.contains(&"t3.other1.nat".to_owned()));
    let difference = compared
        .differences
        .iter()
        .find(|one| one.a.field == "t3.new.nat")
        .expect("a difference");
    let expected = 5 - a.fields["t3.new.nat"]
        .shown()
        .parse::<i64>()
        .expect("a number");
    assert_eq!(
        difference.difference.as_deref(),
        Some(expected.to_string().as_str())
    );
    let same = compare((old, &a), (old, &a));
    assert_eq!((same.differences.len(), same.only_a.len()), (0, 0));
}

#[test]
fn json_is_read_as_it_was_written() {
    let form = annual("2021");
    let mut report = numbered(form);
    report
        .fields
        .insert("t4.after.sum".into(), FieldValue::NotApplicable("-".into()));
    report
        .fields
        .insert("t4.after.other".into(), FieldValue::Blank);
    report.fields.insert(
        "t4.after.upheld".into(),
        FieldValue::Unreadable("许多".into()),
    );
    let json = report.to_json(true);
    let again = Report::from_json(json.as_bytes(), form).expect("a report");
    assert_eq!(again.fields, report.fields);
    assert_eq!(again.to_json(true), json);
    let wrong = json.replace("t4.after.sum", "t9.after.sum");
    let error = Report::from_json(wrong.as_bytes(), form).expect_err("no such field");
    assert!(
        error.to_string().contains("/fields/t9.after.sum"),
        "{error}"
    );
    let error = Report::from_json(b"{\"form\":1}", form).expect_err("no report");
    assert!(
        error
            .to_string()
            .starts_with("line 1: it is no JSON of a report"),
        "{error}"
    );
}

#[test]
fn a_summary_has_a_line_for_each_input() {
    let form = annual("2021");
    let report = even(1);
    let result = check(form, &report, None);
    let all = [
        crate::Checked {
            name: "a.xlsx".into(),
            form: Some(form),
            report: Some(&report),
            result: Ok(&result),
        },
        crate::Checked {
            name: "b.pdf".into(),
            form: None,
            report: None,
            result: Err("damaged".into()),
        },
    ];
    let document = summary(&all, crate::Language::Chinese);
    let tables = document.tables();
    assert_eq!(
        (tables[0].rows(), tables[1].rows()),
        (3, u32::try_from(result.findings.len() + 1).expect("few"))
    );
    assert_eq!(
        tables[0]
            .at(2, 2)
            .map(|cell| cell.plain_text().to_string())
            .as_deref(),
        Some("damaged")
    );
}

#[test]
fn the_schema_describes_the_forms_that_are_built_in() {
    let schema = schema();
    let properties = schema["properties"].as_object().expect("properties");
    for key in [
        "id", "edition", "fields", "rules", "prose", "aliases", "sets",
    ] {
        assert!(properties.contains_key(key), "{key}");
    }
}
