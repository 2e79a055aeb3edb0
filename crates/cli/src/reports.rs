//! Many reports, read and checked.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use tabulary::forms::{CheckResult, Form, Report, check, read_report};
use tabulary::ir::{Document, Error, Input};
use tabulary::{Options, detect};
use tabulary_bulk::{Answer, Audience, Entry, Progress, Received, Run, Share, Task, Told, run};

use crate::extract::read_one;
use crate::many::{Running, Selection, Show, cancel_on_interrupt, exit_of};
use crate::messages::{Exit, name_of};

/// An input, and the report in it.
pub(crate) struct Seen<'a> {
    pub(crate) name: String,
    /// The report, or why there is none and how that ends the command.
    pub(crate) read: Result<Checked<'a>, (String, Exit)>,
}

/// A report that was held against the rules of its form.
pub(crate) struct Checked<'a> {
    pub(crate) form: &'a Form,
    pub(crate) report: Report,
    /// What could not be placed when it was read, and what the rules say.
    pub(crate) result: CheckResult,
    /// The document that it was read from, where it was kept.
    pub(crate) document: Option<Document>,
}

/// The work on each input: reading the report and checking it.
pub(crate) struct Checking<'a> {
    pub(crate) forms: &'a [&'a Form],
    pub(crate) options: &'a Options,
    pub(crate) before: Option<&'a Report>,
}

/// What a worker sends.
#[derive(Serialize, Deserialize)]
struct Payload {
    /// Which of the forms that are asked for it is.
    form: usize,
    report: String,
    result: CheckResult,
}

/// What the ledger says of a report.
#[derive(Serialize)]
struct Note {
    form: String,
    holds: usize,
    violated: usize,
    undecided: usize,
    findings: usize,
}

impl Checking<'_> {
    fn read(&self, received: &Received<'_>, answer: &mut Answer) -> Result<(), Error> {
        let Received { bytes, name, .. } = *received;
        answer.format = if Report::is_json(bytes) {
            Some("json".to_owned())
        } else if let Some(from) = &self.options.from {
            Some(from.clone())
        } else {
            Some(detect(Input { bytes, name })?.row.format.id.to_owned())
        };
        let reading = read_report(bytes, name, self.forms, self.options)?;
        answer
            .told
            .extend(reading.diagnostics.iter().map(Told::from));
        let report = &reading.extraction.report;
        let mut result = check(reading.form, report, self.before);
        result
            .findings
            .splice(0..0, reading.extraction.findings.iter().cloned());
        let note = Note {
            form: tabulary::forms::name_of(reading.form),
            holds: result.holds,
            violated: result.violated,
            undecided: result.undecided.len(),
            findings: result.findings.len(),
        };
        answer.note = serde_json::to_value(note).ok();
        let is_it = |form: &&Form| std::ptr::eq(*form, reading.form);
        let payload = Payload {
            form: self.forms.iter().position(is_it).unwrap_or_default(),
            report: report.to_json(true),
            result,
        };
        answer.payload = serde_json::to_value(payload).ok();
        Ok(())
    }
}

impl Task for Checking<'_> {
    fn work(&self, received: &Received<'_>) -> Answer {
        Answer::of(|answer| self.read(received, answer))
    }
}

/// Reads and checks one input here, and keeps its document.
pub(crate) fn check_one<'a>(path: &Path, checking: &Checking<'a>) -> Seen<'a> {
    let read = read_one(path, checking.forms, checking.options)
        .map(|reading| {
            let report = reading.extraction.report;
            let mut result = check(reading.form, &report, checking.before);
            result.findings.splice(0..0, reading.extraction.findings);
            Checked {
                form: reading.form,
                report,
                result,
                document: reading.document,
            }
        })
        .map_err(|error| (error.to_string(), Exit::of(&error)));
    Seen {
        name: name_of(path),
        read,
    }
}

/// Reads and checks many inputs, in the order of the inputs. What is no document of any format, and was not asked for by
/// its name, is left out.
///
/// # Errors
/// Where the inputs cannot be found, or the ledger not be written.
pub(crate) fn check_many<'a>(
    inputs: &[PathBuf],
    selection: &Selection,
    running: &Running,
    checking: &Checking<'a>,
    settings: String,
) -> Result<(Vec<Seen<'a>>, Exit), Error> {
    let limits = checking.options.read.limits.clone();
    let apart: Vec<_> = running.ledger.iter().map(PathBuf::as_path).collect();
    let items = selection.gather(inputs, &apart, &limits)?.into_items(None);
    let mut ledger = running.open(false, checking.options.overwrite)?;
    let how = Run {
        task: checking,
        workers: running.workers(items.len()),
        limits,
        settings,
        overwrite: false,
        share: Share::Never,
        shard: None,
        cancel: cancel_on_interrupt(),
    };
    let mut hearing = Hearing {
        forms: checking.forms,
        seen: Vec::new(),
        show: Show::new(items.len(), false),
    };
    let totals = run(&items, &how, ledger.as_mut(), false, &mut hearing)?;
    hearing.show.finish();
    if let Some(ledger) = ledger {
        ledger.finish(&items)?;
    }
    let exit = if how.cancel.is_cancelled() {
        Exit::Stopped
    } else if totals.balances() {
        Exit::Done
    } else {
        Exit::Unreadable
    };
    Ok((hearing.seen, exit))
}

struct Hearing<'a> {
    forms: &'a [&'a Form],
    seen: Vec<Seen<'a>>,
    show: Show,
}

impl Audience for Hearing<'_> {
    fn progress(&mut self, progress: &Progress) {
        self.show.progress(progress);
    }

    fn heard(&mut self, entry: Entry) -> Result<(), Error> {
        if entry.line.outcome == tabulary_bulk::Outcome::Skipped {
            return Ok(());
        }
        let read = match (entry.line.failure, entry.payload) {
            (Some(failure), _) => Err((failure.message.clone(), exit_of(&failure))),
            (None, payload) => {
                let unreadable = |_| {
                    Error::new(
                        tabulary::ir::ErrorKind::Fault,
                        "what a worker sent is no report",
                    )
                };
                let payload = payload.unwrap_or_default();
                let payload: Payload = serde_json::from_value(payload).map_err(unreadable)?;
                let form = self.forms[payload.form];
                Ok(Checked {
                    form,
                    report: Report::from_json(payload.report.as_bytes(), form)?,
                    result: payload.result,
                    document: None,
                })
            }
        };
        self.seen.push(Seen {
            name: entry.line.path,
            read,
        });
        Ok(())
    }
}
