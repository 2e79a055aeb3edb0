//! How long rules, extraction and roll-ups take.
//!
//! The bars: 10,000 rule instances in 10 ms; 100 submitted workbooks read, checked and rolled up in a
//! second on a core.

use divan::{Bencher, black_box, counter::ItemsCount};
use tabulary_forms::{
    FieldType, FieldValue, Form, Report, Source, blank, built_in, check, count_violations, extract,
    fill, roll_up,
};
use tabulary_ir::{Input, ReadOptions, Reader, WriteOptions, Writer};

fn main() {
    divan::main();
}

fn form() -> &'static Form {
    let mut forms = built_in().into_iter();
    forms
        .find(|form| form.edition() == "2021")
        .expect("a form that is built in")
}

fn report(form: &Form) -> Report {
    let mut report = Report::new(form);
    for (number, field) in (1000_u32..).zip(form.fields()) {
        if field.kind.is_number() && field.kind != FieldType::Signed {
            report
                .fields
                .insert(field.id.clone(), FieldValue::Number(number.into()));
        }
    }
    report
}

/// Reports until there are 10,000 instances of rules.
#[divan::bench]
fn ten_thousand_rule_instances(bencher: Bencher<'_, '_>) {
    let form = form();
    let report = report(form);
    let rules = form.rules().iter().filter(|rule| !rule.previous).count();
    let times = 10_000_usize.div_ceil(rules);
    bencher
        .counter(ItemsCount::new(times * rules))
        .bench_local(|| {
            let broken: usize = (0..times)
                .map(|_| count_violations(form, black_box(&report)))
                .sum();
            black_box(broken)
        });
}

#[divan::bench]
fn check_a_report_with_all_findings(bencher: Bencher<'_, '_>) {
    let form = form();
    let report = report(form);
    bencher.bench_local(|| black_box(check(form, black_box(&report), None)));
}

#[divan::bench]
fn extract_by_labels(bencher: Bencher<'_, '_>) {
    let form = form();
    let document = fill(form, &report(form));
    bencher.bench_local(|| black_box(extract(form, black_box(&document), &[])));
}

/// A submitted workbook: read, its data taken out by names, checked.
#[divan::bench]
fn read_and_check_a_workbook(bencher: Bencher<'_, '_>) {
    let form = form();
    let mut bytes = Vec::new();
    tabulary_write_xlsx::XlsxWriter
        .write(&blank(form, true), &mut bytes, &WriteOptions::default())
        .expect("a workbook");
    let options = ReadOptions::default();
    bencher.counter(ItemsCount::new(1_usize)).bench_local(|| {
        let outcome = tabulary_read_xlsx::XlsxReader
            .read(Input::new(black_box(&bytes)), &options)
            .expect("a document");
        let found = extract(form, &outcome.value, &outcome.diagnostics);
        black_box(check(form, &found.report, None))
    });
}

#[divan::bench(sample_count = 10)]
fn roll_up_a_thousand_reports(bencher: Bencher<'_, '_>) {
    let form = form();
    let source = Source {
        name: "a".into(),
        report: report(form),
        findings: Vec::new(),
    };
    let sources = vec![source; 1000];
    bencher
        .counter(ItemsCount::new(1000_usize))
        .bench_local(|| black_box(roll_up(form, &sources, true)));
}
