//! `tabulary archive --each`: a deposit of each of many inputs.

use std::path::Path;

use serde_json::{Map, Value, json};
use tabulary::detect;
use tabulary::ir::{Diagnostic, Error, Input};
use tabulary_archive::{
    Container, Deposit, DepositOptions, Deposited, Named, deposit, to_tar, to_zip,
};
use tabulary_bulk::{Answer, Failure, Made, Received, Run, Share, Task, Told};

use crate::archive_args::Archive;
use crate::extract::fail;
use crate::hearing::{Books, Hearing, run_and_close};
use crate::many::{cancel_on_interrupt, serve};
use crate::messages::{Exit, usage};

/// The work on each input: a deposit of it.
struct Depositing<'a> {
    how: &'a DepositOptions<'a>,
    container: Container,
}

impl Depositing<'_> {
    fn deposit(&self, received: &Received<'_>, answer: &mut Answer) -> Result<(), Error> {
        let Received { bytes, name, .. } = *received;
        let found = detect(Input { bytes, name });
        answer.format = found.ok().map(|found| found.row.format.id.to_owned());
        let name = name.unwrap_or("unnamed");
        let made = deposit(&[Named { name, bytes }], self.how)?;
        let deny = &self.how.convert.deny;
        for report in &made.value.reports {
            answer.told.extend(told(report).map(Told::from));
        }
        answer.note = made.value.reports.first().map(note);
        if made.diagnostics.iter().any(|told| deny.denies(told)) {
            answer.failure = Some(Failure::denied());
            return Ok(());
        }
        answer.made = Some(pack(made.value, self.container, name)?);
        Ok(())
    }
}

impl Task for Depositing<'_> {
    fn work(&self, received: &Received<'_>) -> Answer {
        Answer::of(|answer| self.deposit(received, answer))
    }
}

/// All that was told of an input.
fn told(report: &Deposited) -> impl Iterator<Item = &Diagnostic> {
    let published = report.published.iter().flat_map(|(_, told)| told);
    report.read.iter().chain(published)
}

/// What the ledger says of a deposit.
fn note(report: &Deposited) -> Value {
    let mut note = Map::new();
    if let Some(form) = &report.form {
        note.insert("form".to_owned(), json!(form));
        note.insert("wrong".to_owned(), json!(report.is_wrong));
    }
    let unpublished = report.unpublished.iter();
    let unpublished: Map<String, Value> = unpublished
        .map(|(format, error)| ((*format).to_owned(), json!(error.to_string())))
        .collect();
    if !unpublished.is_empty() {
        note.insert("unpublished".to_owned(), unpublished.into());
    }
    note.into()
}

fn pack(made: Deposit, container: Container, name: &str) -> Result<Made, Error> {
    let base = Path::new(name).file_stem().unwrap_or_default();
    let base = base.to_string_lossy();
    Ok(match container {
        Container::Folder => Made::Folder(made.files),
        Container::Zip => Made::File(to_zip(&made, &base)?),
        Container::Tar => Made::File(to_tar(&made, &base)?),
    })
}

/// Makes the deposits.
pub(crate) fn run(arguments: &Archive, how: &DepositOptions<'_>) -> Exit {
    let container = arguments.kind.container();
    let task = Depositing { how, container };
    let limits = how.convert.read.limits.clone();
    let running = &arguments.running;
    if running.worker {
        return serve(&task, &limits);
    }
    let mut apart = vec![arguments.output.as_path()];
    apart.extend(running.ledger.as_deref());
    let gather = match arguments
        .selection
        .gather(&arguments.inputs, &apart, &limits)
    {
        Ok(gather) => gather,
        Err(error) => return usage(&error.to_string()),
    };
    let extension = container.extension().unwrap_or_default();
    let items = gather.into_folder(&arguments.output, extension);
    let ledger = match running.open(arguments.resume, arguments.force) {
        Ok(ledger) => ledger,
        Err(error) => return fail("--ledger", &error),
    };
    let run = Run {
        task: &task,
        workers: running.workers(items.len()),
        limits,
        settings: arguments.settings(),
        overwrite: arguments.force,
        share: Share::Never,
        shard: None,
        cancel: cancel_on_interrupt(),
    };
    let quiet = arguments.quiet;
    let mut hearing = Hearing::new(items.len(), quiet, running.ledger.is_some(), None);
    let books = Books {
        summary: None,
        overwrite: arguments.force,
        quiet,
    };
    run_and_close(&items, &run, ledger, arguments.resume, &mut hearing, &books)
}
