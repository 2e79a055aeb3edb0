//! A run: every input is claimed, read, told apart from those before it, worked on, written and accounted for.

mod prepare;
mod registry;
mod slot;

use std::collections::BTreeMap;
use std::sync::Mutex;
use std::sync::atomic::AtomicUsize;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::time::Duration;

use serde_json::Value;
use tabulary::ir::{Cancel, Error, Limits};

use crate::answer::{Task, Told};
use crate::gather::Item;
use crate::ledger::{Ledger, Line, Outcome};
use crate::output::digest;
use crate::totals::Totals;
use crate::workers::{Watch, Workers};
use registry::Registry;

/// How long nothing may happen until the audience hears of that.
const BEAT: Duration = Duration::from_millis(500);
/// As much stack as the work of a thread takes within the limits.
const STACK: usize = 16 << 20;

/// How the inputs are worked on.
pub struct Run<'a> {
    /// What is done with each of them.
    pub task: &'a dyn Task,
    /// Who does it.
    pub workers: Workers,
    /// The bounds of each of them.
    pub limits: Limits,
    /// All that shapes results, in words: a result of other settings, or of another version, is none of this run.
    pub settings: String,
    /// Whether files that are there may be overwritten.
    pub overwrite: bool,
    /// Which inputs have one result.
    pub share: Share,
    /// The part of the inputs that this run is about.
    pub shard: Option<Shard>,
    /// The flag that stops the run after the inputs that are worked on.
    pub cancel: Cancel,
}

/// Which inputs have one result: the work is done for the first of them, and the others take copies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Share {
    /// Each its own.
    Never,
    /// Those with equal bytes and extensions.
    ByExtension,
    /// Those with equal bytes and file names.
    ByName,
}

/// One of the parts of a run that several machines share: the inputs whose digests fall into it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shard {
    /// Which, from 1.
    pub number: u32,
    /// Of how many.
    pub of: u32,
}

impl Shard {
    /// Whether a digest of at least 16 hexadecimal digits falls into it.
    fn holds(self, digest: &str) -> bool {
        let head = digest
            .get(..16)
            .and_then(|head| u64::from_str_radix(head, 16).ok());
        head.unwrap_or_default() % u64::from(self.of) == u64::from(self.number) - 1
    }
}

/// What became of an input.
#[derive(Debug)]
pub struct Entry {
    /// Its line of the ledger.
    pub line: Line,
    /// What was lost, repaired or guessed; nothing where the result was there already or is that of another input.
    pub told: Vec<Told>,
    /// What the task says to the caller of the run alone.
    pub payload: Option<Value>,
    /// Whether an earlier run did it.
    pub kept: bool,
}

/// How far a run is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// Inputs in all.
    pub inputs: usize,
    /// Inputs that are accounted for, or are those of other shards.
    pub finished: usize,
    /// Those that failed.
    pub failed: usize,
}

/// Who hears of a run, on the thread that called it.
pub trait Audience {
    /// Hears how far it is: after each input, and every half second.
    fn progress(&mut self, progress: &Progress);

    /// Hears what became of an input, in the order of the inputs.
    ///
    /// # Errors
    /// One ends the run.
    fn heard(&mut self, entry: Entry) -> Result<(), Error>;
}

/// What all threads of a run see.
struct Shared<'a> {
    items: &'a [Item],
    run: &'a Run<'a>,
    /// The digest of the settings.
    id: String,
    ledger: Mutex<Option<&'a mut Ledger>>,
    /// Whether there is an earlier run that is taken up.
    resumes: bool,
    next: AtomicUsize,
    registry: Registry,
    watch: Watch,
}

/// Runs over inputs, and writes the ledger if there is one. `resumes` says that earlier lines of it count: an input that
/// is done, unchanged and of the same settings is not worked on again.
///
/// # Errors
/// `Io` where the ledger cannot be written, `Caller` where no threads can be had, and those of the audience. An input
/// that fails is no error.
pub fn run(
    items: &[Item],
    run: &Run<'_>,
    ledger: Option<&mut Ledger>,
    resumes: bool,
    audience: &mut dyn Audience,
) -> Result<Totals, Error> {
    let shared = Shared {
        items,
        run,
        id: run.id(),
        ledger: Mutex::new(ledger),
        resumes,
        next: AtomicUsize::new(0),
        registry: Registry::default(),
        watch: Watch::default(),
    };
    let (send, receive) = mpsc::channel();
    std::thread::scope(|scope| {
        let thread = || std::thread::Builder::new().stack_size(STACK);
        let mut started = thread()
            .spawn_scoped(scope, || shared.watch.run())
            .map(drop);
        for number in 0..run.workers.count().clamp(1, items.len().max(1)) {
            let (send, shared) = (send.clone(), &shared);
            let slot = move || shared.slot(number, &send);
            started = started.and_then(|()| thread().spawn_scoped(scope, slot).map(drop));
        }
        drop(send);
        if started.is_err() {
            run.cancel.cancel();
        }
        let result = collect(&shared, &receive, audience);
        if result.is_err() {
            run.cancel.cancel();
            // Nobody waits for what comes now; the threads that send it must not wait for anybody.
            receive.iter().for_each(drop);
        }
        shared.watch.stop();
        started
            .map_err(|error| Error::caller("no threads can be had for the work").caused_by(error))
            .and(result)
    })
}

impl Run<'_> {
    /// The digest of all that shapes results.
    fn id(&self) -> String {
        let version = env!("CARGO_PKG_VERSION");
        digest(format!("{version}\n{}", self.settings).as_bytes())[..16].to_owned()
    }
}

/// What a thread tells of an input: nothing where it belongs to another shard.
type Event = (usize, Option<Box<Entry>>);

/// Hears the threads, and brings what they say into the order of the inputs.
fn collect(
    shared: &Shared<'_>,
    receive: &Receiver<Event>,
    audience: &mut dyn Audience,
) -> Result<Totals, Error> {
    let mut totals = Totals::default();
    let mut pending: BTreeMap<usize, Option<Box<Entry>>> = BTreeMap::new();
    let mut next = 0;
    let mut progress = Progress {
        inputs: shared.items.len(),
        ..Progress::default()
    };
    loop {
        match receive.recv_timeout(BEAT) {
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => break,
            Ok((index, entry)) => {
                progress.finished += 1;
                let failed = |entry: &Entry| entry.line.outcome == Outcome::Failed;
                progress.failed += usize::from(entry.as_deref().is_some_and(failed));
                pending.insert(index, entry);
            }
        }
        while let Some(entry) = pending.remove(&next) {
            next += 1;
            if let Some(entry) = entry {
                account(shared, &entry, &mut totals)?;
                audience.heard(*entry)?;
            }
        }
        audience.progress(&progress);
    }
    totals.left = (shared.items.len() - next) as u64;
    Ok(totals)
}

fn account(shared: &Shared<'_>, entry: &Entry, totals: &mut Totals) -> Result<(), Error> {
    totals.add(&entry.line);
    totals.kept += u64::from(entry.kept);
    if entry.kept {
        return Ok(());
    }
    let mut ledger = shared.ledger();
    match ledger.as_mut() {
        Some(ledger) => ledger.add(&entry.line),
        None => Ok(()),
    }
}
