//! What came of checking many reports, as a document of two tables.

use tabulary_ir::{Block, Cell, Diagnostics, Document, Section, SectionKind, Table, TableBuilder};

use crate::check::CheckResult;
use crate::definition::Gravity;
use crate::fill::number_cell;
use crate::finding::{Finding, Language};
use crate::form::Form;
use crate::report::Report;

/// What came of an input.
#[derive(Debug)]
pub struct Checked<'a> {
    /// Its name: that of its file.
    pub name: String,
    /// Its form.
    pub form: Option<&'a Form>,
    /// Its data.
    pub report: Option<&'a Report>,
    /// What came of checking it, or why it could not be read.
    pub result: Result<&'a CheckResult, String>,
}

/// Two tables on two sheets: the inputs, and everything that was found in them.
pub fn summary(all: &[Checked<'_>], language: Language) -> Document {
    let pick = |zh, en| pick(language, zh, en);
    let heads = [
        pick("文件", "file"),
        pick("表单", "form"),
        pick("结果", "result"),
        pick("成立", "rules that hold"),
        pick("不成立", "broken"),
        pick("无法判定", "undecided"),
        pick("错误", "errors"),
        pick("警告", "warnings"),
    ];
    let mut inputs = sheet(&heads);
    let finding_heads = [
        pick("文件", "file"),
        pick("位置", "place"),
        pick("程度", "severity"),
        pick("规则", "rule"),
        pick("说明", "message"),
        pick("实为", "found"),
        pick("应为", "expected"),
        pick("相差", "difference"),
    ];
    let mut findings = sheet(&finding_heads);
    for checked in all {
        inputs.row();
        inputs.push(Cell::text(checked.name.as_str()));
        let form = checked
            .form
            .map(|form| format!("{}/{}", form.id(), form.edition()));
        inputs.push(Cell::text(form.unwrap_or_default()));
        let result = match &checked.result {
            Ok(result) => result,
            Err(error) => {
                inputs.push(Cell::text(error.as_str()));
                continue;
            }
        };
        let count = |gravity| {
            let of = result
                .findings
                .iter()
                .filter(|finding| finding.severity == gravity);
            of.count()
        };
        let verdict = if result.is_wrong() {
            pick("有问题", "wrong")
        } else {
            pick("通过", "right")
        };
        inputs.push(Cell::text(verdict));
        for number in [
            result.holds,
            result.violated,
            result.undecided.len(),
            count(Gravity::Error),
            count(Gravity::Warning),
        ] {
            inputs.push(number_cell(&(number as u64).into()));
        }
        for finding in &result.findings {
            add_finding(&mut findings, &checked.name, finding, language);
        }
    }
    let mut diagnostics = Diagnostics::new();
    Document {
        body: vec![
            section(pick("汇总", "reports"), inputs.finish(&mut diagnostics)),
            section(pick("问题", "findings"), findings.finish(&mut diagnostics)),
        ],
        ..Document::default()
    }
}

fn section(name: &str, table: Table) -> Block {
    Block::Section(Section {
        kind: SectionKind::Sheet,
        name: name.into(),
        body: vec![Block::Table(Box::new(table))],
        ..Section::default()
    })
}

/// A row of the sheet of findings.
fn add_finding(findings: &mut TableBuilder, name: &str, finding: &Finding, language: Language) {
    let pick = |zh, en| pick(language, zh, en);
    findings.row();
    let place = finding.place().map(ToString::to_string);
    let text = |text: Option<&str>| Cell::text(text.unwrap_or_default());
    findings.push(Cell::text(name));
    findings.push(text(place.as_deref()));
    findings.push(Cell::text(match finding.severity {
        Gravity::Error => pick("错误", "error"),
        Gravity::Warning => pick("警告", "warning"),
        Gravity::Note => pick("提示", "note"),
    }));
    let rule = finding
        .rule
        .as_deref()
        .unwrap_or_else(|| finding.kind.name());
    findings.push(Cell::text(rule));
    findings.push(Cell::text(pick(&finding.zh, &finding.en)));
    for value in [&finding.found, &finding.expected, &finding.difference] {
        let number = value.as_ref().and_then(|value| value.parse().ok());
        findings.push(match number {
            Some(number) => number_cell(&number),
            None => text(value.as_deref()),
        });
    }
}

/// The one of two texts that is in the language of the reader.
fn pick<'a>(language: Language, zh: &'a str, en: &'a str) -> &'a str {
    match language {
        Language::Chinese => zh,
        Language::English => en,
    }
}

fn sheet(heads: &[&str]) -> TableBuilder {
    let mut builder = TableBuilder::new().headers(1, 0);
    builder.row();
    for head in heads {
        builder.push(Cell::text(*head));
    }
    builder
}
