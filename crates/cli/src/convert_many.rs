//! `tabulary convert` over many inputs.

use tabulary::Options;
use tabulary_bulk::{Convert as Task, Item, Run, Share};

use crate::args::Convert;
use crate::convert::Log;
use crate::extract::fail;
use crate::hearing::{Books, Hearing, run_and_close};
use crate::many::cancel_on_interrupt;
use crate::messages::Exit;

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
        let log = arguments.diagnostics.is_some().then_some(log);
        let has_ledger = arguments.running.ledger.is_some();
        let mut hearing = Hearing::new(items.len(), arguments.quiet, has_ledger, log);
        run_and_close(
            items,
            &how,
            ledger,
            arguments.resume,
            &mut hearing,
            &Books {
                summary: arguments.summary.as_deref(),
                overwrite: arguments.force,
                quiet: arguments.quiet,
            },
        )
    }
}
