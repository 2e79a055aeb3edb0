//! `tabulary check`.

use std::fmt::Write as _;
use std::path::Path;

use serde::Serialize;
use tabulary::forms::{
    CheckResult, Checked as Row, Finding, Form, Gravity, Language, annotate, name_of as form_name,
    summary,
};
use tabulary::ir::Error;
use tabulary::{Options, write};

use crate::args::AnswerFormat;
use crate::extract::{fail, read_one};
use crate::form_args::Check;
use crate::many::serve;
use crate::messages::{Exit, is_stdin, name_of, print, say, usage};
use crate::reports::{Checked, Checking, Seen, check_many, check_one};

/// What came of an input, as JSON gives it.
#[derive(Serialize)]
struct Answer<'a> {
    file: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    form: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    result: Option<&'a CheckResult>,
}

pub(crate) fn run(arguments: &Check) -> Exit {
    arguments
        .how
        .run(|options, chosen| check_all(arguments, options, chosen))
}

fn check_all(arguments: &Check, mut options: Options, chosen: &[&Form]) -> Exit {
    options.overwrite = arguments.force;
    let previous = match &arguments.previous {
        None => None,
        Some(path) => match read_one(path, chosen, &options) {
            Ok(reading) => Some(reading.extraction.report),
            Err(error) => return fail(&name_of(path), &error),
        },
    };
    let checking = Checking {
        forms: chosen,
        options: &options,
        before: previous.as_ref(),
    };
    if arguments.running.worker {
        return serve(&checking, &options.read.limits);
    }
    let (seen, mut exit) = match see(arguments, &checking) {
        Ok(seen) => seen,
        Err(error) => return fail("check", &error),
    };
    for one in &seen {
        exit = exit.worse(match &one.read {
            Ok(checked) if checked.result.is_wrong() => Exit::Findings,
            Ok(_) => Exit::Done,
            Err((_, exit)) => *exit,
        });
        if let Err((message, _)) = &one.read {
            say(&format!("{}: error: {message}", one.name));
        }
    }
    exit = exit.worse(tell(arguments, &seen));
    let language = arguments.telling.language();
    if let (Some(output), [Seen { name, read }]) = (&arguments.annotate, seen.as_slice())
        && let Ok(checked) = read
    {
        exit = exit.worse(mark(name, output, checked, language, &options));
    }
    if let Some(output) = &arguments.summary {
        exit = exit.worse(sum_up(&seen, output, language, &options));
    }
    exit
}

/// The inputs and the reports in them. One that is marked keeps its document, and is the only one.
fn see<'a>(arguments: &Check, checking: &Checking<'a>) -> Result<(Vec<Seen<'a>>, Exit), Error> {
    let Check {
        inputs,
        selection,
        running,
        ..
    } = arguments;
    if let ([one], true) = (inputs.as_slice(), selection.files_from.is_empty())
        && (is_stdin(one) || (arguments.annotate.is_some() && !one.is_dir()))
    {
        return Ok((vec![check_one(one, checking)], Exit::Done));
    }
    if arguments.annotate.is_some() {
        return Err(Error::caller("--annotate marks one input at a time"));
    }
    check_many(inputs, selection, running, checking, arguments.settings())
}

fn tell(arguments: &Check, seen: &[Seen<'_>]) -> Exit {
    let language = arguments.telling.language();
    match arguments.telling.format {
        AnswerFormat::Json => {
            let answers: Vec<Answer<'_>> = seen
                .iter()
                .map(|Seen { name, read }| Answer {
                    file: name,
                    form: read.as_ref().ok().map(|checked| form_name(checked.form)),
                    error: read.as_ref().err().map(|(message, _)| message.as_str()),
                    result: read.as_ref().ok().map(|checked| &checked.result),
                })
                .collect();
            let json =
                serde_json::to_string_pretty(&answers).expect("what was found has only text keys");
            print(&(json + "\n"))
        }
        AnswerFormat::Text => {
            let mut text = String::new();
            for Seen { name, read } in seen {
                let Ok(checked) = read else {
                    continue;
                };
                for finding in &checked.result.findings {
                    let _ = writeln!(text, "{name}: {}", finding.line(language));
                    tell_cells(finding, &mut text, language);
                }
                let _ = writeln!(text, "{name}: {}", counts(checked, language));
            }
            print(&text)
        }
    }
}

/// The cells of a broken rule, a line each. Those of a row that was not found are told by the row.
fn tell_cells(finding: &Finding, text: &mut String, language: Language) {
    if finding.rule.is_none() || finding.severity == Gravity::Note {
        return;
    }
    for cell in &finding.cells {
        let place = cell.origin.as_ref().map(|origin| format!("{origin}: "));
        let value = cell.value.as_deref().unwrap_or(match language {
            Language::English => "blank",
            Language::Chinese => "空",
        });
        let before = if cell.previous { "previous." } else { "" };
        let _ = writeln!(
            text,
            "    {}{before}{} = {value}  ({})",
            place.unwrap_or_default(),
            cell.field,
            cell.label
        );
    }
}

fn counts(checked: &Checked<'_>, language: Language) -> String {
    let form = form_name(checked.form);
    let result = &checked.result;
    let (holds, broken, open) = (result.holds, result.violated, result.undecided.len());
    let skipped = result.skipped;
    match language {
        Language::English => {
            let mut text = format!(
                "{form}: {holds} rules hold, {broken} are broken, {open} cannot be decided"
            );
            if skipped > 0 {
                let _ = write!(text, ", {skipped} need --previous");
            }
            text
        }
        Language::Chinese => {
            let mut text = format!("{form}：{holds}条规则成立，{broken}条不成立，{open}条无法判定");
            if skipped > 0 {
                let _ = write!(text, "，{skipped}条需要上年报告（--previous）");
            }
            text
        }
    }
}

/// Writes the input again with its findings as comments.
fn mark(
    name: &str,
    output: &Path,
    checked: &Checked<'_>,
    language: Language,
    options: &Options,
) -> Exit {
    let Some(document) = &checked.document else {
        return usage(&format!(
            "--annotate: {name} is data, and no document to mark"
        ));
    };
    let marked = annotate(document, &checked.result.findings, language);
    match write(&marked, output, options) {
        Ok(_) => Exit::Done,
        Err(error) => fail(&output.display().to_string(), &error),
    }
}

/// Writes what came of all inputs as a table.
fn sum_up(seen: &[Seen<'_>], output: &Path, language: Language, options: &Options) -> Exit {
    let all: Vec<Row<'_>> = seen
        .iter()
        .map(|Seen { name, read }| Row {
            name: name.clone(),
            form: read.as_ref().ok().map(|checked| checked.form),
            report: read.as_ref().ok().map(|checked| &checked.report),
            result: match read {
                Ok(checked) => Ok(&checked.result),
                Err((message, _)) => Err(message.clone()),
            },
        })
        .collect();
    match write(&summary(&all, language), output, options) {
        Ok(_) => Exit::Done,
        Err(error) => fail(&output.display().to_string(), &error),
    }
}
