//! `tabulary extract`.

use std::path::Path;

use tabulary::forms::{Form, Gravity, Reading, Report, read_report};
use tabulary::ir::Error;
use tabulary::{Options, write_file};

use crate::args::AnswerFormat;
use crate::convert::bytes_of;
use crate::form_args::Extract;
use crate::messages::{Exit, is_stdin, name_of, print, say, say_error};

pub(crate) fn run(arguments: &Extract) -> Exit {
    arguments
        .how
        .run(|options, chosen| extract(arguments, options, chosen))
}

fn extract(arguments: &Extract, options: Options, chosen: &[&Form]) -> Exit {
    let name = name_of(&arguments.input);
    let reading = match read_one(&arguments.input, chosen, &options) {
        Ok(reading) => reading,
        Err(error) => return fail(&name, &error),
    };
    let language = arguments.telling.language();
    let exit = tell(&name, &reading, |finding| finding.line(language));
    if arguments.explain {
        let text = reading.extraction.explain(reading.form);
        return print(&text).worse(exit);
    }
    let json = reading.extraction.report.to_json(!options.no_origins);
    let json = match arguments.telling.format {
        AnswerFormat::Json | AnswerFormat::Text => json + "\n",
    };
    let written = match arguments.output.as_deref().filter(|path| !is_stdin(path)) {
        None => print(&json),
        Some(path) => match write_file(path, json.as_bytes(), arguments.force) {
            Ok(()) => Exit::Done,
            Err(error) => fail(&path.display().to_string(), &error),
        },
    };
    written.worse(exit)
}

/// Says what could not be placed. Values that are not known are findings.
fn tell(
    name: &str,
    reading: &Reading<'_>,
    line: impl Fn(&tabulary::forms::Finding) -> String,
) -> Exit {
    let mut exit = Exit::Done;
    for finding in &reading.extraction.findings {
        say(&format!("{name}: {}", line(finding)));
        if finding.severity == Gravity::Error {
            exit = Exit::Findings;
        }
    }
    exit
}

/// Reads one report.
pub(crate) fn read_one<'a>(
    path: &Path,
    forms: &[&'a Form],
    options: &Options,
) -> Result<Reading<'a>, Error> {
    let (bytes, file) = bytes_of(path, options)?;
    read_report(&bytes, file.as_deref(), forms, options)
}

/// Says an error, and how the command ends by it.
pub(crate) fn fail(name: &str, error: &Error) -> Exit {
    say_error(name, error);
    Exit::of(error)
}

/// Sets fields of a report, as FIELD=VALUE.
pub(crate) fn set_fields(form: &Form, report: &mut Report, all: &[String]) -> Result<(), String> {
    for given in all {
        let (id, text) = given
            .split_once('=')
            .ok_or_else(|| format!("--set {given}: FIELD=VALUE was expected"))?;
        if !report.set(form, id, text) {
            return Err(format!(
                "--set {given}: the form has no field {id:?}; `tabulary form show` lists them"
            ));
        }
    }
    Ok(())
}
