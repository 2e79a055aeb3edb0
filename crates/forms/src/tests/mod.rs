//! Tests of the crate, with the readers and writers that documents come from and go to.

mod changed;
mod definition;
mod deviations;
mod house;
mod many;
mod reading;
mod submitted;

use tabulary_ir::{Block, Document, Input, Outcome, ReadOptions, Reader, WriteOptions, Writer};
use tabulary_read_html::HtmlReader;
use tabulary_read_text::PlainTextReader;

use crate::{Extraction, FieldType, FieldValue, Form, Language, Report, built_in, extract};

/// A form that is built in.
fn form(id: &str, edition: &str) -> &'static Form {
    let mut forms = built_in().into_iter();
    forms
        .find(|form| form.id() == id && form.edition() == edition)
        .expect("a form that is built in")
}

/// An edition of the statutory report.
fn annual(edition: &str) -> &'static Form {
    form("cn.xxgk.annual-report", edition)
}

/// The template of an edition of the statutory report, as it stands in its folder.
fn template(edition: &str) -> &'static str {
    match edition {
        "2019" => include_str!("../../forms/cn.xxgk.annual-report/2019/template.html"),
        _ => include_str!("../../forms/cn.xxgk.annual-report/2021/template.html"),
    }
}

fn read(reader: &dyn Reader, bytes: &[u8]) -> Outcome<Document> {
    reader
        .read(Input::new(bytes), &ReadOptions::default())
        .expect("a document")
}

/// What is taken out of a plain text.
fn of_text(form: &Form, text: &str) -> Extraction {
    let outcome = read(&PlainTextReader, text.as_bytes());
    extract(form, &outcome.value, &outcome.diagnostics)
}

/// What is taken out of a web page.
fn of_html(form: &Form, html: &str) -> Extraction {
    let outcome = read(&HtmlReader, html.as_bytes());
    extract(form, &outcome.value, &outcome.diagnostics)
}

fn seed() -> String {
    let path = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../fixtures/reports/shuangpai-2019.txt"
    );
    std::fs::read_to_string(path).expect("the report")
}

/// A report in which every number is another, so that a value in the wrong field is seen.
fn numbered(form: &Form) -> Report {
    let mut report = Report::new(form);
    let mut number = 1000;
    for field in form.fields() {
        number += 7;
        let value = match field.kind {
            FieldType::Prose => {
                let blocks = vec![Block::paragraph("第一段。"), Block::paragraph("第二段。")];
                report.prose.insert(field.id.clone(), blocks);
                continue;
            }
            FieldType::Money => {
                FieldValue::Number(format!("{number}.25").parse().expect("a number"))
            }
            FieldType::Choice => FieldValue::Text(field.choices[0].clone()),
            FieldType::Date => FieldValue::Text("2020-01-20".into()),
            FieldType::Text => FieldValue::Text(format!("名称{number}")),
            _ => FieldValue::Number(number.into()),
        };
        report.fields.insert(field.id.clone(), value);
    }
    if form.field("year").is_some() && form.field("title").is_some() {
        let (year, title) = match (form.id(), form.edition()) {
            ("cn.xxgk.annual-report", "2019") => ("2019", "2019年某市某局政府信息公开工作年度报告"),
            ("cn.xxgk.annual-report", _) => ("2023", "2023年某市某局政府信息公开工作年度报告"),
            _ => ("2022", "2022年度某市某局部门决算"),
        };
        for (id, text) in [("org", "某市某局"), ("title", title), ("year", year)] {
            assert!(report.set(form, id, text));
        }
    }
    report
}

fn write(writer: &dyn Writer, document: &Document) -> Vec<u8> {
    let mut bytes = Vec::new();
    writer
        .write(document, &mut bytes, &WriteOptions::default())
        .expect("a document that is written");
    bytes
}

/// The fields in which two reports differ, with both values.
fn differences(a: &Report, b: &Report) -> Vec<String> {
    let ids: std::collections::BTreeSet<&String> = a.fields.keys().chain(b.fields.keys()).collect();
    let of = |report: &Report, id: &String| {
        let value = report.fields.get(id);
        value.map_or("none".to_owned(), |value| format!("{value:?}"))
    };
    let mut all: Vec<String> = ids
        .into_iter()
        .filter(|id| a.fields.get(*id) != b.fields.get(*id))
        .map(|id| format!("{id}: {} {}", of(a, id), of(b, id)))
        .collect();
    if a.prose != b.prose && a.to_json(false) != b.to_json(false) && all.is_empty() {
        all.push(format!("prose: {:?} {:?}", a.prose.keys(), b.prose.keys()));
    }
    all
}

fn lines(extraction: &Extraction) -> Vec<String> {
    let lines = extraction
        .findings
        .iter()
        .map(|finding| finding.line(Language::English));
    lines.collect()
}
