//! `tabulary check`.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use serde::Serialize;
use tabulary::forms::{
    CheckResult, Checked, Finding, Form, Gravity, Language, Reading, annotate, check, files_of,
    name_of as form_name, read_reports, summary,
};
use tabulary::ir::Error;
use tabulary::{Options, write};

use crate::args::AnswerFormat;
use crate::extract::{fail, read_one};
use crate::form_args::Check;
use crate::messages::{Exit, is_stdin, name_of, print, say_error, usage};

/// What came of an input, as JSON gives it.
#[derive(Serialize)]
struct Answer<'a> {
    file: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    form: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<String>,
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
            Ok(reading) => Some(reading),
            Err(error) => return fail(&name_of(path), &error),
        },
    };
    let (files, refused) = match arguments.inputs.as_slice() {
        [one] if is_stdin(one) => (vec![one.clone()], Vec::new()),
        inputs => files_of(inputs),
    };
    let mut exit = Exit::Done;
    for (path, error) in &refused {
        exit = exit.worse(fail(&name_of(path), error));
    }
    if arguments.annotate.is_some() && files.len() != 1 {
        return usage("--annotate marks one input at a time");
    }
    let readings = match files.as_slice() {
        [one] => vec![read_one(one, chosen, &options)],
        many => read_reports(many, chosen, &options),
    };
    let before = previous.as_ref().map(|reading| &reading.extraction.report);
    let checked: Vec<OfInput<'_>> = files
        .iter()
        .zip(readings)
        .map(|(path, reading)| {
            let checked = reading.map(|reading| {
                let mut result = check(reading.form, &reading.extraction.report, before);
                result
                    .findings
                    .splice(0..0, reading.extraction.findings.iter().cloned());
                (reading, result)
            });
            (path, checked)
        })
        .collect();
    for (path, checked) in &checked {
        exit = exit.worse(match checked {
            Ok((_, result)) if result.is_wrong() => Exit::Findings,
            Ok(_) => Exit::Done,
            Err(error) => Exit::of(error),
        });
        if let Err(error) = checked {
            say_error(&name_of(path), error);
        }
    }
    exit = exit.worse(tell(arguments, &checked));
    if let (Some(output), Some((path, Ok((reading, result))))) =
        (&arguments.annotate, checked.first())
    {
        exit = exit.worse(mark(
            path,
            output,
            reading,
            result,
            arguments.telling.language(),
            &options,
        ));
    }
    if let Some(output) = &arguments.summary {
        exit = exit.worse(sum_up(
            &checked,
            output,
            arguments.telling.language(),
            &options,
        ));
    }
    exit
}

/// An input, and what came of reading and checking it.
type OfInput<'a> = (&'a PathBuf, Result<(Reading<'a>, CheckResult), Error>);

fn tell(arguments: &Check, checked: &[OfInput<'_>]) -> Exit {
    let language = arguments.telling.language();
    let names: Vec<String> = checked.iter().map(|(path, _)| name_of(path)).collect();
    match arguments.telling.format {
        AnswerFormat::Json => {
            let answers: Vec<Answer<'_>> = checked
                .iter()
                .zip(&names)
                .map(|((_, checked), file)| Answer {
                    file,
                    form: checked
                        .as_ref()
                        .ok()
                        .map(|(reading, _)| form_name(reading.form)),
                    error: checked.as_ref().err().map(ToString::to_string),
                    result: checked.as_ref().ok().map(|(_, result)| result),
                })
                .collect();
            let json =
                serde_json::to_string_pretty(&answers).expect("what was found has only text keys");
            print(&(json + "\n"))
        }
        AnswerFormat::Text => {
            let mut text = String::new();
            for ((_, checked), name) in checked.iter().zip(&names) {
                let Ok((reading, result)) = checked else {
                    continue;
                };
                for finding in &result.findings {
                    let _ = writeln!(text, "{name}: {}", finding.line(language));
                    tell_cells(finding, &mut text, language);
                }
                let _ = writeln!(text, "{name}: {}", counts(reading, result, language));
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

fn counts(reading: &Reading<'_>, result: &CheckResult, language: Language) -> String {
    let form = form_name(reading.form);
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
    path: &Path,
    output: &Path,
    reading: &Reading<'_>,
    result: &CheckResult,
    language: Language,
    options: &Options,
) -> Exit {
    let Some(document) = &reading.document else {
        return usage(&format!(
            "--annotate: {} is data, and no document to mark",
            name_of(path)
        ));
    };
    let marked = annotate(document, &result.findings, language);
    match write(&marked, output, options) {
        Ok(_) => Exit::Done,
        Err(error) => fail(&output.display().to_string(), &error),
    }
}

/// Writes what came of all inputs as a table.
fn sum_up(checked: &[OfInput<'_>], output: &Path, language: Language, options: &Options) -> Exit {
    let all: Vec<Checked<'_>> = checked
        .iter()
        .map(|(path, checked)| Checked {
            name: name_of(path),
            form: checked.as_ref().ok().map(|(reading, _)| reading.form),
            report: checked
                .as_ref()
                .ok()
                .map(|(reading, _)| &reading.extraction.report),
            result: match checked {
                Ok((_, result)) => Ok(result),
                Err(error) => Err(error.to_string()),
            },
        })
        .collect();
    match write(&summary(&all, language), output, options) {
        Ok(_) => Exit::Done,
        Err(error) => fail(&output.display().to_string(), &error),
    }
}
