//! `tabulary diff`.

use std::fmt::Write as _;

use tabulary::Options;
use tabulary::forms::{FindingCell, Form, Report, compare, name_of as form_name};

use crate::args::AnswerFormat;
use crate::extract::{fail, read_one};
use crate::form_args::Diff;
use crate::messages::{Exit, name_of, print};

pub(crate) fn run(arguments: &Diff) -> Exit {
    arguments
        .how
        .run(|options, chosen| diff(arguments, options, chosen))
}

fn diff(arguments: &Diff, options: Options, chosen: &[&Form]) -> Exit {
    let a = match read_one(&arguments.a, chosen, &options) {
        Ok(reading) => reading,
        Err(error) => return fail(&name_of(&arguments.a), &error),
    };
    let b = match read_one(&arguments.b, chosen, &options) {
        Ok(reading) => reading,
        Err(error) => return fail(&name_of(&arguments.b), &error),
    };
    let compared = compare(
        (a.form, &a.extraction.report),
        (b.form, &b.extraction.report),
    );
    let exit = if compared.differences.is_empty() {
        Exit::Done
    } else {
        Exit::Findings
    };
    if arguments.telling.format == AnswerFormat::Json {
        let json =
            serde_json::to_string_pretty(&compared).expect("what was found has only text keys");
        return print(&(json + "\n")).worse(exit);
    }
    let mut text = String::new();
    for difference in &compared.differences {
        let _ = write!(
            text,
            "{} ({}): {} -> {}",
            difference.a.field,
            difference.a.label,
            shown(&difference.a, &a.extraction.report),
            shown(&difference.b, &b.extraction.report)
        );
        let _ = match &difference.difference {
            Some(number) => writeln!(text, ", difference {number}"),
            None => writeln!(text),
        };
    }
    let _ = write!(
        text,
        "{} fields hold the same, {} differ",
        compared.equal,
        compared.differences.len()
    );
    for (form, only) in [(a.form, &compared.only_a), (b.form, &compared.only_b)] {
        if !only.is_empty() {
            let _ = write!(text, ", {} are in {} alone", only.len(), form_name(form));
        }
    }
    text.push('\n');
    print(&text).worse(exit)
}

fn shown(cell: &FindingCell, report: &Report) -> String {
    let is_known =
        report.fields.contains_key(&cell.field) || report.prose.contains_key(&cell.field);
    let blank = if is_known { "blank" } else { "not known" };
    let value = cell.value.as_deref().unwrap_or(blank);
    match &cell.origin {
        Some(origin) => format!("{value} [{origin}]"),
        None => value.to_owned(),
    }
}
