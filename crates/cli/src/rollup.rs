//! `tabulary rollup`.

use serde::Serialize;
use tabulary::forms::{
    Finding, Form, Refusal, RollUp as Rolled, Source, add_sources, against, check, files_of, fill,
    read_reports, roll_up,
};
use tabulary::{Options, format_for, write, write_file};

use crate::args::AnswerFormat;
use crate::extract::{fail, read_one, set_fields};
use crate::form_args::RollUp;
use crate::messages::{Exit, name_of, print, usage};

#[derive(Serialize)]
struct Answer<'a> {
    #[serde(flatten)]
    rolled: &'a Rolled,
    against: &'a [Finding],
}

pub(crate) fn run(arguments: &RollUp) -> Exit {
    arguments
        .how
        .run(|options, chosen| roll_up_all(arguments, options, chosen))
}

fn roll_up_all(arguments: &RollUp, mut options: Options, chosen: &[&Form]) -> Exit {
    options.overwrite = arguments.force;
    let (files, refused) = files_of(&arguments.inputs);
    let mut refusals: Vec<Refusal> = refused
        .iter()
        .map(|(path, error)| Refusal {
            name: name_of(path),
            why: error.to_string(),
        })
        .collect();
    let mut sources: Vec<(&Form, Source)> = Vec::new();
    for (path, reading) in files.iter().zip(read_reports(&files, chosen, &options)) {
        let name = name_of(path);
        match reading {
            Err(error) => refusals.push(Refusal {
                name,
                why: error.to_string(),
            }),
            Ok(reading) => {
                let mut findings = reading.extraction.findings;
                let report = reading.extraction.report;
                findings.extend(check(reading.form, &report, None).findings);
                let source = Source {
                    name,
                    report,
                    findings,
                };
                sources.push((reading.form, source));
            }
        }
    }
    // The form that most of them are of.
    let count = |form: &Form| {
        let same = |(other, _): &&(&Form, Source)| std::ptr::eq(*other, form);
        sources.iter().filter(same).count()
    };
    let form = sources
        .iter()
        .map(|(form, _)| *form)
        .max_by_key(|form| count(form));
    let Some(form) = form else {
        for refusal in &refusals {
            crate::messages::say(&format!("{}: error: {}", refusal.name, refusal.why));
        }
        return Exit::Unreadable;
    };
    let sources: Vec<Source> = sources.into_iter().map(|(_, source)| source).collect();
    let mut rolled = roll_up(form, &sources, arguments.lenient);
    rolled.refusals.splice(0..0, refusals);
    if let Err(message) = set_fields(form, &mut rolled.report, &arguments.set) {
        return usage(&message);
    }
    let apart = match &arguments.against {
        None => Vec::new(),
        Some(path) => match read_one(path, &[form], &options) {
            Ok(reading) => against(form, &rolled.report, &reading.extraction.report),
            Err(error) => return fail(&name_of(path), &error),
        },
    };
    let written = save(arguments, form, &rolled, &options);
    let has_findings = !rolled.refusals.is_empty() || rolled.check.is_wrong() || !apart.is_empty();
    let exit = if has_findings {
        Exit::Findings
    } else {
        Exit::Done
    };
    tell(arguments, &rolled, &apart).worse(written).worse(exit)
}

fn save(arguments: &RollUp, form: &Form, rolled: &Rolled, options: &Options) -> Exit {
    let output = &arguments.output;
    let saved = format_for(output, options).and_then(|format| {
        if format == "json" {
            let json = rolled.report.to_json(false) + "\n";
            return write_file(output, json.as_bytes(), arguments.force);
        }
        let mut document = fill(form, &rolled.report);
        add_sources(&mut document, rolled);
        write(&document, output, options).map(|_| ())
    });
    match saved {
        Ok(()) => Exit::Done,
        Err(error) => fail(&output.display().to_string(), &error),
    }
}

fn tell(arguments: &RollUp, rolled: &Rolled, apart: &[Finding]) -> Exit {
    let language = arguments.telling.language();
    if arguments.telling.format == AnswerFormat::Json {
        let answer = Answer {
            rolled,
            against: apart,
        };
        let json =
            serde_json::to_string_pretty(&answer).expect("what was found has only text keys");
        return print(&(json + "\n"));
    }
    let mut text = String::new();
    for refusal in &rolled.refusals {
        text += &format!("{}: left out: {}\n", refusal.name, refusal.why);
    }
    for (field, count) in &rolled.blanks {
        text += &format!(
            "{field}: blank in {count} of {} reports\n",
            rolled.sources.len()
        );
    }
    let output = name_of(&arguments.output);
    for finding in &rolled.check.findings {
        text += &format!("{output}: {}\n", finding.line(language));
    }
    let parent = arguments
        .against
        .as_deref()
        .map(name_of)
        .unwrap_or_default();
    for finding in apart {
        text += &format!("{parent}: {}\n", finding.line(language));
    }
    text += &format!(
        "{output}: {} reports taken, {} left out; {} rules of the result hold, {} are broken, {} cannot be decided\n",
        rolled.sources.len(),
        rolled.refusals.len(),
        rolled.check.holds,
        rolled.check.violated,
        rolled.check.undecided.len()
    );
    print(&text)
}
