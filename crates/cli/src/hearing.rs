//! A run over many inputs as a person sees it: what became of each, and the books at its end.

use std::path::Path;

use serde_json::Value;
use tabulary::ir::Error;
use tabulary_bulk::{
    Audience, Entry, FailureKind, Item, Ledger, Outcome, Progress, Run, Totals, run,
};

use crate::convert::{Log, LogEntry};
use crate::extract::fail;
use crate::ledger::save;
use crate::many::{Show, exit_of};
use crate::messages::{Exit, say};

/// Where the books of a run go.
pub(crate) struct Books<'a> {
    pub(crate) summary: Option<&'a Path>,
    pub(crate) overwrite: bool,
    pub(crate) quiet: bool,
}

/// Runs over inputs, says what becomes of them, and closes the books.
pub(crate) fn run_and_close(
    items: &[Item],
    how: &Run<'_>,
    mut ledger: Option<Ledger>,
    resume: bool,
    hearing: &mut Hearing<'_>,
    books: &Books<'_>,
) -> Exit {
    let totals = match run(items, how, ledger.as_mut(), resume, hearing) {
        Ok(totals) => totals,
        Err(error) => return fail("run", &error),
    };
    hearing.show.finish();
    let mut exit = hearing.exit;
    if how.cancel.is_cancelled() {
        exit = exit.worse(Exit::Stopped);
    }
    let with_ledger = ledger.is_some();
    if let Some(ledger) = ledger
        && let Err(error) = ledger.finish(items)
    {
        exit = exit.worse(fail("--ledger", &error));
    }
    if let Some(path) = books.summary
        && let Err(error) = save(&totals, path, books.overwrite)
    {
        exit = exit.worse(fail("--summary", &error));
    }
    exit.worse(close(items, &totals, with_ledger, books.quiet))
}

fn close(items: &[Item], totals: &Totals, with_ledger: bool, quiet: bool) -> Exit {
    let mut exit = Exit::Done;
    if !totals.balances() {
        say("run: error: its books do not balance, which is a fault of Tabulary; report it");
        exit = Exit::Unreadable;
    }
    if quiet || items.len() < 2 {
        return exit;
    }
    if with_ledger {
        say(totals.text().trim_end());
    } else {
        say(&totals.line());
    }
    exit
}

/// Says what becomes of each input. With a ledger that has it all, only failures are said.
pub(crate) struct Hearing<'a> {
    talks: bool,
    log: Option<&'a mut Log>,
    show: Show,
    exit: Exit,
}

impl<'a> Hearing<'a> {
    pub(crate) fn new(
        inputs: usize,
        quiet: bool,
        has_ledger: bool,
        log: Option<&'a mut Log>,
    ) -> Self {
        Self {
            talks: !quiet && !has_ledger,
            log,
            show: Show::new(inputs, quiet),
            exit: Exit::Done,
        }
    }

    /// Says in which formats a deposit holds no publication of its document.
    fn tell_unpublished(&mut self, path: &str, note: Option<&Value>) {
        let unpublished = note.and_then(|note| note["unpublished"].as_object());
        for (format, why) in unpublished.into_iter().flatten() {
            let why = why.as_str().unwrap_or_default();
            self.show.say(&format!(
                "{path}: error: it is not published as {format}: {why}"
            ));
            self.exit = self.exit.worse(Exit::Findings);
        }
    }
}

impl Audience for Hearing<'_> {
    fn progress(&mut self, progress: &Progress) {
        self.show.progress(progress);
    }

    fn heard(&mut self, entry: Entry) -> Result<(), Error> {
        let Entry { line, told, .. } = entry;
        let talks = self.talks;
        let denied = line
            .failure
            .as_ref()
            .is_some_and(|failure| failure.kind == FailureKind::Denied);
        let path = &line.path;
        if talks || denied {
            for told in &told {
                self.show.say(&format!("{path}: {told}"));
            }
        }
        if talks && let Some(from) = &line.renamed_from {
            let now = line
                .outputs
                .first()
                .map_or("nothing", |it| it.path.as_str());
            self.show.say(&format!(
                "{path}: the result is {now}, since other inputs would be {from} too"
            ));
        }
        if let Some(failure) = &line.failure {
            let message = &failure.message;
            match line.outcome {
                Outcome::Skipped if talks => {
                    self.show.say(&format!("{path}: skipped: {message}"));
                }
                Outcome::Failed => {
                    let digest = line
                        .sha256
                        .as_deref()
                        .filter(|_| failure.kind == FailureKind::Fault);
                    let digest = digest
                        .map(|it| format!(" (sha256 {it})"))
                        .unwrap_or_default();
                    self.show.say(&format!("{path}: error: {message}{digest}"));
                    self.exit = self.exit.worse(exit_of(failure));
                }
                Outcome::Done | Outcome::Skipped => {}
            }
        }
        self.tell_unpublished(&line.path, line.note.as_ref());
        if let Some(log) = &mut self.log {
            log.files.push(LogEntry {
                output: line.outputs.into_iter().next().map(|it| it.path),
                input: line.path,
                error: line.failure.map(|it| it.message),
                diagnostics: told,
            });
        }
        Ok(())
    }
}
