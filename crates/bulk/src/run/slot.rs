//! What one of the threads of a run does.

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::sync::mpsc::Sender;
use std::time::Instant;

use super::prepare::{Ready, is_readable};
use super::registry::{Entered, Follower, Key};
use super::{Entry, Event, Share, Shared};
use crate::answer::{Answer, Failure, FailureKind, Made, Received};
use crate::ledger::{Line, Outcome};
use crate::output::{Existing, write};
use crate::workers::Worker;

/// An input that is worked on.
struct Job {
    index: usize,
    key: Key,
    line: Line,
    existing: Existing,
    started: Instant,
}

impl Shared<'_> {
    /// Takes inputs until there are no more, or the run is stopped.
    pub(super) fn slot(&self, number: usize, send: &Sender<Event>) {
        let run = self.run;
        let mut worker = Worker::new(&run.workers, run.task, &run.limits, &self.watch, number);
        while !run.cancel.is_cancelled() {
            let index = self.next.fetch_add(1, Ordering::Relaxed);
            if index >= self.items.len() {
                return;
            }
            self.take(index, &mut worker, send);
        }
    }

    fn take(&self, index: usize, worker: &mut Worker<'_>, send: &Sender<Event>) {
        let started = now();
        let turn = self.registry.turn(index);
        let ready = self.prepare(index);
        let (line, key, bytes, existing) = match ready {
            Ready::NotMine => return tell(send, index, None),
            Ready::Settled(line) => return tell(send, index, Some(Entry::of(line))),
            Ready::Kept(line, key) => {
                if self.run.share != Share::Never {
                    turn.enter_done(key, line.format.clone());
                }
                let mut entry = Entry::of(line);
                entry.kept = true;
                return tell(send, index, Some(entry));
            }
            Ready::Work {
                line,
                key,
                bytes,
                existing,
            } => (line, key, bytes, existing),
        };
        let entered = match self.run.share {
            Share::Never => Entered::Work(Box::new(line)),
            Share::ByExtension | Share::ByName => turn.enter(&key, line, existing),
        };
        drop(turn);
        let job = |line: Box<Line>| Job {
            index,
            key,
            line: *line,
            existing,
            started,
        };
        match entered {
            Entered::Waits => {}
            Entered::Work(line) => self.work(job(line), &bytes, worker, send),
            Entered::Copy(line, first, format) => {
                self.copy(job(line), first, format, &bytes, worker, send);
            }
            Entered::Fails(mut line, first, format, failure) => {
                line.duplicate_of = Some(self.items[first].path());
                line.format = format;
                self.settle_failure(&mut line, index, &failure);
                tell(send, index, Some(Entry::of(*line)));
            }
        }
    }

    /// Takes the result of an equal input; where somebody has changed that since, the work is done anew.
    fn copy(
        &self,
        mut job: Job,
        first: usize,
        format: Option<String>,
        bytes: &[u8],
        worker: &mut Worker<'_>,
        send: &Sender<Event>,
    ) {
        let result = self.items[first].output().map(std::fs::read);
        let Some(Ok(result)) = result else {
            return self.work(job, bytes, worker, send);
        };
        job.line.duplicate_of = Some(self.items[first].path());
        job.line.format = format;
        let made = Made::File(result);
        self.put(&mut job.line, job.index, &made, job.existing);
        job.line.milliseconds = milliseconds(job.started);
        tell(send, job.index, Some(Entry::of(job.line)));
    }

    fn work(&self, job: Job, bytes: &[u8], worker: &mut Worker<'_>, send: &Sender<Event>) {
        let Job {
            index,
            key,
            mut line,
            existing,
            started,
        } = job;
        let path = self.items[index].path();
        let name = path.rsplit(['/', '\\']).next();
        let received = Received {
            path: &path,
            name,
            bytes,
        };
        let mut answer = worker.work(&received);
        line.format.clone_from(&answer.format);
        line.note = answer.note.take();
        line.peak_memory = answer.peak_memory;
        for told in &answer.told {
            *line.diagnostics.entry(told.code.clone()).or_default() += 1;
        }
        let failure = answer.failure.take().map(Arc::new);
        let made = answer.made.take();
        let mut known = true;
        match (&failure, &made) {
            (Some(failure), _) => self.settle_failure(&mut line, index, failure),
            (None, Some(made)) => known = self.put(&mut line, index, made, existing),
            (None, None) => {}
        }
        line.milliseconds = milliseconds(started);
        let format = line.format.clone();
        tell(send, index, Some(Entry::new(line, answer)));
        let followers = self
            .registry
            .ended(&key, format.clone(), failure.clone(), known);
        for follower in followers {
            self.follow(
                follower,
                index,
                &format,
                failure.as_deref(),
                made.as_ref(),
                send,
            );
        }
    }

    /// Gives the result of an input to an equal one.
    fn follow(
        &self,
        follower: Follower,
        first: usize,
        format: &Option<String>,
        failure: Option<&Failure>,
        made: Option<&Made>,
        send: &Sender<Event>,
    ) {
        let Follower {
            index,
            mut line,
            existing,
        } = follower;
        line.duplicate_of = Some(self.items[first].path());
        line.format.clone_from(format);
        match (failure, made) {
            (Some(failure), _) => self.settle_failure(&mut line, index, failure),
            (None, Some(made)) => drop(self.put(&mut line, index, made, existing)),
            (None, None) => {}
        }
        tell(send, index, Some(Entry::of(line)));
    }

    /// Writes what was made of an input; whether that could be done.
    fn put(&self, line: &mut Line, index: usize, made: &Made, existing: Existing) -> bool {
        let Some(place) = self.items[index].output() else {
            return true;
        };
        match write(made, place, existing) {
            Ok(outputs) => {
                line.outputs = outputs;
                true
            }
            Err(error) => {
                line.outcome = Outcome::Failed;
                line.failure = Some(Failure::from(&error));
                false
            }
        }
    }

    /// A file in a folder that is of no known format, neither by its name nor by its content, is no failure: nobody
    /// asked for it.
    fn settle_failure(&self, line: &mut Line, index: usize, failure: &Failure) {
        let item = &self.items[index];
        let unknown = matches!(failure.kind, FailureKind::Unsupported | FailureKind::Input)
            && line.format.is_none()
            && !item.named
            && !is_readable(line.path.as_ref());
        line.outcome = if unknown {
            Outcome::Skipped
        } else {
            Outcome::Failed
        };
        line.failure = Some(failure.clone());
    }
}

impl Entry {
    fn of(line: Line) -> Self {
        Self {
            line,
            told: Vec::new(),
            payload: None,
            kept: false,
        }
    }

    fn new(line: Line, answer: Answer) -> Self {
        Self {
            told: answer.told,
            payload: answer.payload,
            ..Self::of(line)
        }
    }
}

fn tell(send: &Sender<Event>, index: usize, entry: Option<Entry>) {
    // A run whose ledger cannot be written hears no more, and takes no more inputs.
    let _ = send.send((index, entry.map(Box::new)));
}

#[expect(
    clippy::disallowed_methods,
    reason = "the ledger says how long an input took; no result depends on it"
)]
fn now() -> Instant {
    Instant::now()
}

fn milliseconds(started: Instant) -> u64 {
    u64::try_from(now().duration_since(started).as_millis()).unwrap_or(u64::MAX)
}
