//! `tabulary convert`.

use std::io::Read;
use std::path::{Path, PathBuf};

use indicatif::{ProgressBar, ProgressStyle};
use serde::Serialize;
use tabulary::ir::{Diagnostic, Error};
use tabulary::{
    Converted, Job, Options, convert, convert_bytes, format_for, plan, run as run_jobs, writable,
    write_file,
};

use crate::args::Convert;
use crate::messages::{
    Exit, is_stdin, is_watched, name_of, print_bytes, prints_on_terminal, say, say_diagnostics,
    say_error, usage,
};

/// Formats that a person can read on a terminal.
const TEXTS: &[&str] = &["json", "html", "md", "csv", "tsv", "txt"];

pub(crate) fn run(arguments: &Convert) -> Exit {
    let mut options = match arguments.options() {
        Ok(options) => options,
        Err(message) => return usage(&message),
    };
    let inputs = match expand(&arguments.inputs) {
        Ok(inputs) => inputs,
        Err(message) => return usage(&message),
    };
    let to_stdout_too = arguments.diagnostics.as_deref().is_some_and(is_stdin);
    if to_stdout_too && arguments.output.as_deref().is_some_and(is_stdin) {
        return usage("the document and its diagnostics cannot both go to standard output");
    }
    let mut log = Log::default();
    let exit = match destination(arguments, &inputs) {
        Ok(Destination::Stdout) => to_stdout(arguments, &inputs[0], &mut options, &mut log),
        Ok(Destination::File(output)) => {
            to_file(arguments, &inputs[0], &output, &mut options, &mut log)
        }
        Ok(Destination::Folder(folder)) => {
            to_folder(arguments, &inputs, &folder, &mut options, &mut log)
        }
        Err(message) => return usage(&message),
    };
    match &arguments.diagnostics {
        Some(path) => exit.worse(log.write(path, arguments.force)),
        None => exit,
    }
}

enum Destination {
    Stdout,
    File(PathBuf),
    Folder(PathBuf),
}

fn destination(arguments: &Convert, inputs: &[PathBuf]) -> Result<Destination, String> {
    let several = inputs.len() > 1 || inputs[0].is_dir();
    match &arguments.output {
        Some(output) if is_stdin(output) && several => {
            Err("several inputs cannot go to standard output; name a folder with --output".to_owned())
        }
        Some(output) if is_stdin(output) => Ok(Destination::Stdout),
        Some(output) if several || output.is_dir() || ends_with_separator(output) => {
            let names_a_file = !output.is_dir() && !ends_with_separator(output) && writable(&extension(output)).is_ok();
            if output.is_file() || names_a_file {
                return Err(format!("{} names a file, and several inputs need a folder; end it with a slash if it is one", output.display()));
            }
            Ok(Destination::Folder(output.clone()))
        }
        Some(output) => Ok(Destination::File(output.clone())),
        None if arguments.to.is_none() => {
            Err("the format of the output is not known; name it with --to, or name the output with --output".to_owned())
        }
        None if is_stdin(&inputs[0]) => Ok(Destination::Stdout),
        None => Ok(Destination::Folder(PathBuf::from("."))),
    }
}

fn extension(path: &Path) -> String {
    path.extension()
        .map(|extension| extension.to_string_lossy().into_owned())
        .unwrap_or_default()
}

fn ends_with_separator(path: &Path) -> bool {
    path.to_string_lossy().ends_with(std::path::is_separator)
}

/// Patterns become the files that match them, for shells that leave that to the program.
fn expand(inputs: &[PathBuf]) -> Result<Vec<PathBuf>, String> {
    let mut all = Vec::new();
    for input in inputs {
        let text = input.to_string_lossy();
        if input.exists() || is_stdin(input) || !text.contains(['*', '?', '[']) {
            all.push(input.clone());
            continue;
        }
        let paths = glob::glob(&text).map_err(|error| format!("{text}: {error}"))?;
        let before = all.len();
        all.extend(paths.flatten());
        if all.len() == before {
            return Err(format!("{text}: no file matches the pattern"));
        }
    }
    Ok(all)
}

fn to_stdout(arguments: &Convert, input: &Path, options: &mut Options, log: &mut Log) -> Exit {
    let Some(to) = options.to.clone() else {
        return usage("the format of the output is not known; name it with --to");
    };
    if prints_on_terminal() && !writable(&to).is_ok_and(|row| TEXTS.contains(&row.format.id)) {
        return usage(&format!(
            "{to} is not text; name a file with --output, or send standard output to one"
        ));
    }
    let result = bytes_of(input, options)
        .and_then(|(bytes, name)| convert_bytes(&bytes, name.as_deref(), options));
    let (bytes, result) = match result {
        Ok((bytes, converted)) => (bytes, Ok(converted)),
        Err(error) => (Vec::new(), Err(error)),
    };
    let exit = report(arguments, input, None, &result, log);
    if exit == Exit::Done {
        print_bytes(&bytes)
    } else {
        exit
    }
}

fn to_file(
    arguments: &Convert,
    input: &Path,
    output: &Path,
    options: &mut Options,
    log: &mut Log,
) -> Exit {
    let result = if is_stdin(input) {
        stdin_to_file(output, options)
    } else {
        convert(input, output, options)
    };
    report(arguments, input, Some(output), &result, log)
}

fn stdin_to_file(output: &Path, options: &Options) -> Result<Converted, Error> {
    let (bytes, name) = bytes_of(Path::new("-"), options)?;
    let to = format_for(output, options)?;
    let options = Options {
        to: Some(to),
        ..options.clone()
    };
    let (bytes, converted) = convert_bytes(&bytes, name.as_deref(), &options)?;
    if !converted.denied {
        write_file(output, &bytes, options.overwrite)?;
    }
    Ok(converted)
}

/// The bytes of an input, and its name where it has one.
pub(crate) fn bytes_of(
    input: &Path,
    options: &Options,
) -> Result<(Vec<u8>, Option<String>), Error> {
    if !is_stdin(input) {
        let bytes = tabulary::load(input, options)?;
        return Ok((
            bytes,
            input
                .file_name()
                .map(|name| name.to_string_lossy().into_owned()),
        ));
    }
    let bound = options.read.limits.input_bytes;
    let mut bytes = Vec::new();
    std::io::stdin()
        .lock()
        .take(bound.saturating_add(1))
        .read_to_end(&mut bytes)
        .map_err(|error| Error::io("standard input cannot be read", error))?;
    Ok((bytes, None))
}

fn to_folder(
    arguments: &Convert,
    inputs: &[PathBuf],
    folder: &Path,
    options: &mut Options,
    log: &mut Log,
) -> Exit {
    let Some(to) = options.to.clone() else {
        return usage("a folder does not say which format to write; name it with --to");
    };
    let extension = match writable(&to) {
        Ok(row) => row
            .format
            .extensions
            .first()
            .copied()
            .unwrap_or(row.format.id),
        Err(error) => return usage(&error.to_string()),
    };
    let plan = plan(inputs, folder, extension);
    let mut exit = Exit::Done;
    for (path, error) in &plan.refused {
        say_error(&name_of(path), error);
        exit = exit.worse(Exit::of(error));
    }
    let bar = progress(arguments, plan.jobs.len());
    let done = |_: &Job, _: &Result<Converted, Error>| bar.inc(1);
    let results = match run_jobs(&plan.jobs, options, arguments.jobs, &done) {
        Ok(results) => results,
        Err(error) => return usage(&error.to_string()),
    };
    bar.finish_and_clear();
    for (job, result) in plan.jobs.iter().zip(&results) {
        exit = exit.worse(report(
            arguments,
            &job.input,
            Some(&job.output),
            result,
            log,
        ));
    }
    let failed = results.iter().filter(|result| result.is_err()).count();
    let denied = results
        .iter()
        .flatten()
        .filter(|converted| converted.denied)
        .count();
    if plan.jobs.len() > 1 && !arguments.quiet {
        let total = plan.jobs.len();
        let refused = if denied > 0 {
            format!(", {denied} denied")
        } else {
            String::new()
        };
        say(&format!(
            "{total} files: {} converted{refused}, {failed} failed",
            total - failed - denied
        ));
    }
    exit
}

fn progress(arguments: &Convert, files: usize) -> ProgressBar {
    if files < 2 || arguments.quiet || !is_watched() {
        return ProgressBar::hidden();
    }
    let style = ProgressStyle::with_template("{bar:40} {pos}/{len} {per_sec} {eta}");
    ProgressBar::new(files as u64)
        .with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
}

/// Says what became of an input, and remembers it for `--diagnostics`.
fn report(
    arguments: &Convert,
    input: &Path,
    output: Option<&Path>,
    result: &Result<Converted, Error>,
    log: &mut Log,
) -> Exit {
    let name = name_of(input);
    match result {
        Ok(converted) => {
            if !arguments.quiet || converted.denied {
                say_diagnostics(&name, &converted.diagnostics);
            }
            log.files.push(Entry {
                input: name.clone(),
                output: output
                    .filter(|_| !converted.denied)
                    .map(|output| output.display().to_string()),
                error: None,
                diagnostics: converted.diagnostics.iter().map(Told::from).collect(),
            });
            if converted.denied {
                say(&format!(
                    "{name}: error: nothing was written, since --deny names a diagnostic above"
                ));
                return Exit::Findings;
            }
            Exit::Done
        }
        Err(error) => {
            say_error(&name, error);
            log.files.push(Entry {
                input: name,
                output: None,
                error: Some(error.to_string()),
                diagnostics: Vec::new(),
            });
            Exit::of(error)
        }
    }
}

/// What `--diagnostics` writes.
#[derive(Default, Serialize)]
struct Log {
    files: Vec<Entry>,
}

#[derive(Serialize)]
struct Entry {
    input: String,
    output: Option<String>,
    error: Option<String>,
    diagnostics: Vec<Told>,
}

/// A diagnostic with its severity spelt out.
#[derive(Serialize)]
pub(crate) struct Told {
    severity: &'static str,
    #[serde(flatten)]
    diagnostic: Diagnostic,
}

impl From<&Diagnostic> for Told {
    fn from(diagnostic: &Diagnostic) -> Self {
        Self {
            severity: diagnostic.severity().as_str(),
            diagnostic: diagnostic.clone(),
        }
    }
}

impl Log {
    fn write(&self, path: &Path, overwrite: bool) -> Exit {
        let json = serde_json::to_string_pretty(self).expect("the log has only text keys") + "\n";
        if is_stdin(path) {
            return print_bytes(json.as_bytes());
        }
        match write_file(path, json.as_bytes(), overwrite) {
            Ok(()) => Exit::Done,
            Err(error) => {
                say_error("--diagnostics", &error);
                Exit::of(&error)
            }
        }
    }
}
