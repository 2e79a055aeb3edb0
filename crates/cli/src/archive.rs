//! `tabulary archive`.

use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use tabulary::forms::Form;
use tabulary::ir::{Diagnostic, Error, Limits};
use tabulary::{Deny, Options, by_name, load};
use tabulary_archive::{
    Bag, Container, Deposit, DepositOptions, Deposited, Named, Prepared, VerifyOptions, assemble,
    in_parallel, prepare, previous, refuse_replacing, store, verify,
};

use tabulary_bulk::Progress;

use crate::archive_args::Archive;
use crate::archive_each;
use crate::args::denied;
use crate::extract::fail;
use crate::many::Show;
use crate::messages::{Exit, is_stdin, name_of, say, say_error, usage};

/// An input: where it is, and what it is called in the deposit.
struct Source {
    path: PathBuf,
    name: String,
}

pub(crate) fn run(arguments: &Archive) -> Exit {
    arguments
        .how
        .run(|options, chosen| archive(arguments, options, chosen))
}

fn archive(arguments: &Archive, mut options: Options, chosen: &[&Form]) -> Exit {
    let words = |options: &mut Options| {
        arguments.fonts.apply(options)?;
        options.deny = denied(&arguments.deny)?;
        if arguments.inputs.iter().any(|input| is_stdin(input)) {
            return Err(
                "a deposit keeps the names of its inputs, and standard input has none".to_owned(),
            );
        }
        arguments.day()
    };
    let date = match words(&mut options) {
        Ok(understood) => understood,
        Err(message) => return usage(&message),
    };
    let mut how = DepositOptions {
        convert: options,
        forms: chosen.to_vec(),
        date,
        organization: arguments.organization.clone(),
        identifier: arguments.identifier.clone(),
        previous: None,
    };
    if let Some(old) = &arguments.update {
        match before(old, &how.convert) {
            Ok(found) => how.previous = Some(found),
            Err(exit) => return exit,
        }
    }
    if arguments.each {
        return archive_each::run(arguments, &how);
    }
    let limits = &how.convert.read.limits;
    let (sources, exit) = match sources(arguments, limits) {
        Ok(found) => found,
        Err(error) => return usage(&error.to_string()),
    };
    exit.worse(together(arguments, &sources, &how))
}

/// What the new version says of the one before, which must be whole.
fn before(old: &Path, options: &Options) -> Result<tabulary_archive::Previous, Exit> {
    let name = name_of(old);
    let options = VerifyOptions {
        convert: options.clone(),
    };
    let bag = Bag::open(old, &options.convert.read.limits).map_err(|error| fail(&name, &error))?;
    let found = verify(&bag, &options).map_err(|error| fail(&name, &error))?;
    if let Some(first) = found.findings.first() {
        let line = first.line(tabulary::forms::Language::English);
        say(&format!(
            "{name}: error: it is not whole, so that nothing can follow it: {line}"
        ));
        return Err(Exit::Findings);
    }
    previous(&bag).map_err(|error| fail(&name, &error))
}

/// The files of inputs: a file is one, a folder or a pattern stands for all below it that have the extension of a format
/// that is read, called by their paths there.
fn sources(arguments: &Archive, limits: &Limits) -> Result<(Vec<Source>, Exit), Error> {
    let mut sources = Vec::new();
    let mut exit = Exit::Done;
    let listed = arguments.selection.listed()?;
    for input in arguments.inputs.iter().chain(&listed) {
        if input.is_file() {
            let name = input.file_name().unwrap_or_default();
            let name = name.to_string_lossy().into_owned();
            sources.push(Source {
                path: input.clone(),
                name,
            });
            continue;
        }
        let mut gather = arguments.selection.filter(&[&arguments.output], limits)?;
        gather.add(input)?;
        for item in gather.into_items(None) {
            let Some(path) = item.file() else {
                say(&format!(
                    "{}: error: it is no file of its own; unpack archives before they are deposited",
                    item.path()
                ));
                exit = exit.worse(Exit::Unreadable);
                continue;
            };
            let below = path.strip_prefix(input).unwrap_or(path);
            let below = Some(below)
                .filter(|below| !below.as_os_str().is_empty())
                .unwrap_or(path);
            if !input.is_dir() || is_read(path) {
                let name = below
                    .to_string_lossy()
                    .replace(std::path::MAIN_SEPARATOR, "/");
                sources.push(Source {
                    path: path.to_owned(),
                    name,
                });
            }
        }
    }
    Ok((sources, exit))
}

/// Whether a file has the extension of a format that is read.
fn is_read(path: &Path) -> bool {
    let extension = path.extension().unwrap_or_default().to_string_lossy();
    by_name(&extension).is_some_and(|row| row.reader.is_some())
}

/// Does something with many inputs, and shows how far that is. The results are in the order of the inputs.
fn with_each<T: Sync, R: Send>(
    inputs: &[T],
    arguments: &Archive,
    work: impl Fn(&T) -> Result<R, Error> + Sync,
) -> Result<Vec<Result<R, Error>>, Error> {
    let show = Mutex::new((Show::new(inputs.len(), arguments.quiet), 0, 0));
    let results = in_parallel(inputs, arguments.running.jobs, |input| {
        let result = work(input);
        let mut show = show.lock().unwrap_or_else(PoisonError::into_inner);
        let (show, finished, failed) = &mut *show;
        *finished += 1;
        *failed += usize::from(result.is_err());
        show.progress(&Progress {
            inputs: inputs.len(),
            finished: *finished,
            failed: *failed,
        });
        result
    });
    show.into_inner()
        .unwrap_or_else(PoisonError::into_inner)
        .0
        .finish();
    results
}

/// One deposit of all inputs.
fn together(arguments: &Archive, sources: &[Source], how: &DepositOptions<'_>) -> Exit {
    let container = match Container::of(&arguments.output) {
        Ok(container) => container,
        Err(error) => return usage(&error.to_string()),
    };
    if let Err(error) = refuse_replacing(&arguments.output, container, arguments.force) {
        return fail(&name_of(&arguments.output), &error);
    }
    let limits = &how.convert.read.limits;
    let prepared = with_each(sources, arguments, |source| {
        let bytes = load(&source.path, limits)?;
        Ok(prepare(
            Named {
                name: &source.name,
                bytes: &bytes,
            },
            how,
        ))
    });
    let mut exit = Exit::Done;
    let mut inputs: Vec<Prepared> = Vec::new();
    for (source, prepared) in sources.iter().zip(match prepared {
        Ok(prepared) => prepared,
        Err(error) => return usage(&error.to_string()),
    }) {
        match prepared {
            Ok(prepared) => inputs.push(prepared),
            Err(error) => exit = exit.worse(fail(&name_of(&source.path), &error)),
        }
    }
    if inputs.is_empty() {
        return exit.worse(if exit == Exit::Done {
            usage("no file was found that can be deposited")
        } else {
            exit
        });
    }
    let output = name_of(&arguments.output);
    let made = match assemble(inputs, how) {
        Ok(made) => made,
        Err(error) => return exit.worse(fail(&name_of(&sources[0].path), &error)),
    };
    exit = exit.worse(tell(arguments, &made.value.reports, &how.convert.deny));
    if is_denied(&made.diagnostics, &how.convert.deny) {
        say(&format!(
            "{output}: error: nothing was written, since --deny names a diagnostic above"
        ));
        return exit.worse(Exit::Findings);
    }
    if let Err(error) = store(&made.value, &arguments.output, container, arguments.force) {
        return exit.worse(fail(&output, &error));
    }
    if !arguments.quiet {
        sum_up(&output, &made.value, how);
    }
    exit
}

fn is_denied(diagnostics: &[Diagnostic], deny: &Deny) -> bool {
    diagnostics.iter().any(|diagnostic| deny.denies(diagnostic))
}

/// Says what came of inputs. That rules of a form are broken is noted, and no failure: the deposit keeps the findings.
fn tell(arguments: &Archive, reports: &[Deposited], deny: &Deny) -> Exit {
    let mut exit = Exit::Done;
    for report in reports {
        let name = &report.name;
        let say_all = |name: &str, diagnostics: &[Diagnostic]| {
            for diagnostic in diagnostics {
                if !arguments.quiet || deny.denies(diagnostic) {
                    say(&format!("{name}: {diagnostic}"));
                }
            }
        };
        say_all(name, &report.read);
        for (id, diagnostics) in &report.published {
            say_all(&format!("{name} as {id}"), diagnostics);
        }
        let form = report
            .form
            .as_ref()
            .filter(|_| report.is_wrong && !arguments.quiet);
        if let Some(form) = form {
            say(&format!(
                "{name}: note: rules of {form} are broken; data/checks/ says which"
            ));
        }
        if let Some(error) = &report.unread {
            say_error(&report.name, error);
            exit = exit.worse(Exit::of(error));
        }
        for (id, error) in &report.unpublished {
            say(&format!(
                "{}: error: it is not published as {id}: {error}",
                report.name
            ));
            exit = exit.worse(Exit::of(error));
        }
    }
    exit
}

fn sum_up(output: &str, made: &Deposit, how: &DepositOptions<'_>) {
    let version = how
        .previous
        .as_ref()
        .map_or(1, |previous| previous.version + 1);
    let (reports, files) = (made.reports.len(), made.files.len());
    say(&format!(
        "{output}: version {version}, {reports} reports, {files} files"
    ));
}
