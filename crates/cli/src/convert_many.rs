//! `tabulary convert` over many inputs.

use tabulary::Options;
use tabulary::ir::Error;
use tabulary_bulk::{
    Audience, Convert as Task, Entry, FailureKind, Item, Ledger, Outcome, Progress, Run, Share,
    Totals, run,
};

use crate::args::Convert;
use crate::convert::{Log, LogEntry};
use crate::ledger::save;
use crate::many::{Show, cancel_on_interrupt, exit_of};
use crate::messages::{Exit, say, say_error};

/// The conversion of many inputs into files of one format.
pub(crate) struct Many<'a> {
    arguments: &'a Convert,
    options: Options,
    settings: String,
    log: &'a mut Log,
}

impl<'a> Many<'a> {
    pub(crate) fn new(
        arguments: &'a Convert,
        options: &Options,
        log: &'a mut Log,
        to: String,
    ) -> Self {
        Self {
            arguments,
            settings: arguments.settings(&to),
            options: Options {
                to: Some(to),
                ..options.clone()
            },
            log,
        }
    }

    /// Converts them, and says what became of them.
    pub(crate) fn run(self, items: &[Item]) -> Exit {
        let Self {
            arguments,
            options,
            settings,
            log,
        } = self;
        let ledger = match arguments.running.open(arguments.resume, arguments.force) {
            Ok(ledger) => ledger,
            Err(error) => return fail("--ledger", &error),
        };
        let share = if arguments.publishing.attaches_source() {
            Share::ByName
        } else {
            Share::ByExtension
        };
        let limits = options.read.limits.clone();
        let how = Run {
            task: &Task { options },
            workers: arguments.running.workers(items.len()),
            limits,
            settings,
            overwrite: arguments.force,
            share,
            shard: arguments.shard,
            cancel: cancel_on_interrupt(),
        };
        let mut hearing = Hearing {
            arguments,
            log: arguments.diagnostics.is_some().then_some(log),
            show: Show::new(items.len(), arguments.quiet),
            exit: Exit::Done,
        };
        let (ledger, totals) = match run_with(items, &how, ledger, arguments.resume, &mut hearing) {
            Ok(both) => both,
            Err(error) => return fail("convert", &error),
        };
        hearing.show.finish();
        let exit = hearing.exit;
        exit.worse(close(arguments, items, ledger, &totals))
            .worse(if how.cancel.is_cancelled() {
                Exit::Stopped
            } else {
                Exit::Done
            })
    }
}

fn run_with(
    items: &[Item],
    how: &Run<'_>,
    mut ledger: Option<Ledger>,
    resume: bool,
    hearing: &mut Hearing<'_>,
) -> Result<(Option<Ledger>, Totals), Error> {
    let totals = run(items, how, ledger.as_mut(), resume, hearing)?;
    Ok((ledger, totals))
}

/// Closes the books.
fn close(arguments: &Convert, items: &[Item], ledger: Option<Ledger>, totals: &Totals) -> Exit {
    let mut exit = Exit::Done;
    let with_ledger = ledger.is_some();
    if let Some(ledger) = ledger
        && let Err(error) = ledger.finish(items)
    {
        exit = exit.worse(fail("--ledger", &error));
    }
    if let Some(path) = &arguments.summary
        && let Err(error) = save(totals, path, arguments.force)
    {
        exit = exit.worse(fail("--summary", &error));
    }
    if !totals.balances() {
        say(
            "convert: error: the books of the run do not balance, which is a fault of Tabulary; report it",
        );
        exit = exit.worse(Exit::Unreadable);
    }
    if arguments.quiet || items.len() < 2 {
        return exit;
    }
    if with_ledger {
        say(totals.text().trim_end());
    } else {
        say(&totals.line());
    }
    exit
}

fn fail(name: &str, error: &Error) -> Exit {
    say_error(name, error);
    Exit::of(error)
}

/// Says what becomes of each input. With a ledger that has it all, only failures are said.
struct Hearing<'a> {
    arguments: &'a Convert,
    log: Option<&'a mut Log>,
    show: Show,
    exit: Exit,
}

impl Audience for Hearing<'_> {
    fn progress(&mut self, progress: &Progress) {
        self.show.progress(progress);
    }

    fn heard(&mut self, entry: Entry) -> Result<(), Error> {
        let Entry { line, told, .. } = entry;
        let talks = !self.arguments.quiet && self.arguments.running.ledger.is_none();
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
