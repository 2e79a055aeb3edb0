//! `tabulary convert`.

use std::io::Read;
use std::path::{Path, PathBuf};

use serde::Serialize;
use tabulary::ir::Error;
use tabulary::{Converted, Options, convert, convert_bytes, format_for, writable, write_file};
use tabulary_bulk::{Convert as Task, Told};

use crate::args::Convert;
use crate::convert_many::Many;
use crate::many::serve;
use crate::messages::{
    Exit, is_stdin, name_of, print_bytes, prints_on_terminal, say, say_diagnostics, say_error,
    usage,
};

/// Formats that a person can read on a terminal.
const TEXTS: &[&str] = &["json", "html", "md", "csv", "tsv", "txt"];

pub(crate) fn run(arguments: &Convert) -> Exit {
    let mut options = match arguments.options() {
        Ok(options) => options,
        Err(message) => return usage(&message),
    };
    if arguments.running.worker {
        options.to = options
            .to
            .or_else(|| arguments.output.as_deref().map(extension));
        let limits = options.read.limits.clone();
        return serve(&Task { options }, &limits);
    }
    let to_stdout_too = arguments.diagnostics.as_deref().is_some_and(is_stdin);
    if to_stdout_too && arguments.output.as_deref().is_some_and(is_stdin) {
        return usage("the document and its diagnostics cannot both go to standard output");
    }
    let mut log = Log::default();
    let exit = match one_or_many(arguments, &mut options, &mut log) {
        Ok(exit) => exit,
        Err(message) => return usage(&message),
    };
    match &arguments.diagnostics {
        Some(path) => exit.worse(log.write(path, arguments.force)),
        None => exit,
    }
}

fn one_or_many(arguments: &Convert, options: &mut Options, log: &mut Log) -> Result<Exit, String> {
    let has_lists = !arguments.selection.files_from.is_empty();
    if let [input] = arguments.inputs.as_slice()
        && is_stdin(input)
        && !has_lists
    {
        return one(arguments, input, options, log);
    }
    if arguments.inputs.iter().any(|input| is_stdin(input)) {
        return Err("standard input is one document, and cannot be given beside others".to_owned());
    }
    let paths = [
        &arguments.output,
        &arguments.running.ledger,
        &arguments.summary,
        &arguments.diagnostics,
    ];
    let apart: Vec<&Path> = paths.into_iter().flatten().map(PathBuf::as_path).collect();
    let gather = arguments
        .selection
        .gather(&arguments.inputs, &apart, &options.read.limits)
        .map_err(|error| error.to_string())?;
    let is_file = |output: &Path| !output.is_dir() && !ends_with_separator(output);
    match (&arguments.output, gather.single().map(Path::to_owned)) {
        (Some(output), Some(input)) if is_stdin(output) => one(arguments, &input, options, log),
        (Some(output), None) if is_stdin(output) => Err(
            "several inputs cannot go to standard output; name a folder with --output".to_owned(),
        ),
        (Some(output), Some(input)) if is_file(output) => {
            if arguments.running.ledger.is_none() && arguments.summary.is_none() {
                return one(arguments, &input, options, log);
            }
            let to = format_for(output, options).map_err(|error| error.to_string())?;
            let items = gather.into_items(Some(output));
            Ok(Many::new(arguments, options, log, to).run(&items))
        }
        (output, _) => {
            let folder = output.as_deref().unwrap_or(Path::new("."));
            let (to, extension) = folder_format(folder, options)?;
            let items = gather.into_folder(folder, extension);
            Ok(Many::new(arguments, options, log, to).run(&items))
        }
    }
}

/// Converts one document to standard output or into a file.
fn one(
    arguments: &Convert,
    input: &Path,
    options: &mut Options,
    log: &mut Log,
) -> Result<Exit, String> {
    match &arguments.output {
        Some(output) if !is_stdin(output) => {
            let is_folder = output.is_dir() || ends_with_separator(output);
            if is_folder && is_stdin(input) {
                return Err("standard input has no name; name a file with --output".to_owned());
            }
            Ok(to_file(arguments, input, output, options, log))
        }
        Some(_) => Ok(to_stdout(arguments, input, options, log)),
        None if arguments.to.is_none() => Err(NO_FORMAT.to_owned()),
        None => Ok(to_stdout(arguments, input, options, log)),
    }
}

const NO_FORMAT: &str =
    "the format of the output is not known; name it with --to, or name the output with --output";

/// The format that is written into a folder, and its extension.
fn folder_format(folder: &Path, options: &Options) -> Result<(String, &'static str), String> {
    let names_a_file =
        !folder.is_dir() && !ends_with_separator(folder) && writable(&extension(folder)).is_ok();
    if folder.is_file() || names_a_file {
        return Err(format!(
            "{} names a file, and several inputs need a folder; end it with a slash if it is one",
            folder.display()
        ));
    }
    let Some(to) = options.to.clone() else {
        return Err(if folder == Path::new(".") {
            NO_FORMAT.to_owned()
        } else {
            "a folder does not say which format to write; name it with --to".to_owned()
        });
    };
    let row = writable(&to).map_err(|error| error.to_string())?;
    let extension = row.format.extensions.first().copied();
    Ok((to, extension.unwrap_or(row.format.id)))
}

fn extension(path: &Path) -> String {
    path.extension()
        .map(|extension| extension.to_string_lossy().into_owned())
        .unwrap_or_default()
}

fn ends_with_separator(path: &Path) -> bool {
    path.to_string_lossy().ends_with(std::path::is_separator)
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
        let bytes = tabulary::load(input, &options.read.limits)?;
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
            log.files.push(LogEntry {
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
            log.files.push(LogEntry {
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
pub(crate) struct Log {
    pub(crate) files: Vec<LogEntry>,
}

#[derive(Serialize)]
pub(crate) struct LogEntry {
    pub(crate) input: String,
    pub(crate) output: Option<String>,
    pub(crate) error: Option<String>,
    pub(crate) diagnostics: Vec<Told>,
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
