//! `tabulary rollup`.

use serde::Serialize;
use tabulary::forms::{
    Finding, Form, Refusal, RollUp as Rolled, Source, add_sources, against, fill, roll_up,
};
use tabulary::{Options, format_for, write, write_file};

use crate::args::AnswerFormat;
use crate::extract::{fail, read_one, set_fields};
use crate::form_args::RollUp;
use crate::many::serve;
use crate::messages::{Exit, name_of, print, usage};
use crate::reports::{Checking, Seen, check_many};

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
    let checking = Checking {
        forms: chosen,
        options: &options,
        before: None,
    };
    if arguments.running.worker {
        return serve(&checking, &options.read.limits);
    }
    let RollUp {
        inputs,
        selection,
        running,
        ..
    } = arguments;
    let settings = format!("rollup {:?}", arguments.how);
    let seen = match check_many(inputs, selection, running, &checking, settings) {
        Ok((_, Exit::Stopped)) => return Exit::Stopped,
        Ok((seen, _)) => seen,
        Err(error) => return fail("rollup", &error),
    };
    let mut refusals: Vec<Refusal> = Vec::new();
    let mut sources: Vec<(&Form, Source)> = Vec::new();
    for Seen { name, read } in seen {
        match read {
            Err((why, _)) => refusals.push(Refusal { name, why }),
            Ok(checked) => {
                let source = Source {
                    name,
                    report: checked.report,
                    findings: checked.result.findings,
                };
                sources.push((checked.form, source));
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
