//! What was checked, below `data/checks/`: for programs as JSON, and for a person as a page.

use std::fmt::Write;

use serde::Serialize;
use serde_json::json;
use tabulary::forms::Language;
use tabulary::ir::Diagnostic;

use crate::prepare::{Content, Data};

/// A diagnostic with its severity spelt out.
#[derive(Serialize)]
struct Told<'a> {
    severity: &'static str,
    #[serde(flatten)]
    diagnostic: &'a Diagnostic,
}

fn told(all: &[Diagnostic]) -> Vec<Told<'_>> {
    let told = |diagnostic| Told {
        severity: Diagnostic::severity(diagnostic).as_str(),
        diagnostic,
    };
    all.iter().map(told).collect()
}

/// What was lost, repaired or guessed: in reading, and in each publication.
pub(crate) fn diagnostics(content: &Content) -> Vec<u8> {
    let written: serde_json::Map<_, _> = content
        .publications
        .iter()
        .map(|one| (one.id.to_owned(), json!(told(&one.diagnostics))))
        .collect();
    pretty(&json!({ "read": told(&content.diagnostics), "published": written }))
}

/// What came of holding a report against the rules of its form.
pub(crate) fn findings(data: &Data) -> Vec<u8> {
    pretty(&json!({ "form": data.form, "result": data.result }))
}

/// The same for a person, in Chinese and in English.
pub(crate) fn page(data: &Data) -> Vec<u8> {
    let result = &data.result;
    let (holds, broken, open) = (result.holds, result.violated, result.undecided.len());
    let mut text = String::new();
    for language in [Language::Chinese, Language::English] {
        let _ = match language {
            Language::Chinese => writeln!(
                text,
                "{}：{holds}条规则成立，{broken}条不成立，{open}条无法判定",
                data.form
            ),
            Language::English => writeln!(
                text,
                "{}: {holds} rules hold, {broken} are broken, {open} cannot be decided",
                data.form
            ),
        };
        for finding in &result.findings {
            let _ = writeln!(text, "{}", finding.line(language));
        }
        text.push('\n');
    }
    text.pop();
    text.into_bytes()
}

fn pretty(value: &serde_json::Value) -> Vec<u8> {
    let mut bytes = serde_json::to_vec_pretty(value).expect("a value has only text keys");
    bytes.push(b'\n');
    bytes
}
