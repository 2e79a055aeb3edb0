//! The side of the run: a worker process that is sent inputs, and what its end means.

use std::fs::File;
use std::io::{BufReader, BufWriter, ErrorKind, Read, Seek};
use std::process::{Child, ChildStdin, ChildStdout, Command, ExitStatus, Stdio};
use std::sync::atomic::Ordering;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tabulary::ir::{Error, Limits};

use super::frames::{Order, receive_answer, send_order};
use super::{Watch, WorkerCommand, fault};
use crate::answer::{Answer, Failure, FailureKind, Received};

/// What a process has beyond the limit of time before it is ended, so that it can say itself what took so long.
const GRACE: Duration = Duration::from_secs(2);
/// A process that had so much memory is replaced: what it gave back is seldom all.
const FIT_UP_TO: u64 = 1 << 30;

/// A worker process.
pub(crate) struct Process {
    child: Arc<Mutex<Child>>,
    orders: Option<BufWriter<ChildStdin>>,
    answers: BufReader<ChildStdout>,
    /// What it says of its end.
    words: File,
}

impl Process {
    pub(super) fn start(command: &WorkerCommand) -> Result<Self, Error> {
        let cannot = |error| Error::io("no process can be started for the work", error);
        let words = tempfile::tempfile().map_err(cannot)?;
        let mut building = Command::new(&command.program);
        building
            .args(&command.arguments)
            .envs(command.environment.iter().cloned())
            .env("RAYON_NUM_THREADS", "1")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(words.try_clone().map_err(cannot)?);
        // A group of its own: what stops the run at the terminal is no end of the file that is worked on.
        #[cfg(unix)]
        std::os::unix::process::CommandExt::process_group(&mut building, 0);
        let mut child = building.spawn().map_err(cannot)?;
        let (stdin, stdout) = child
            .stdin
            .take()
            .zip(child.stdout.take())
            .expect("both are piped");
        Ok(Self {
            child: Arc::new(Mutex::new(child)),
            orders: Some(BufWriter::new(stdin)),
            answers: BufReader::new(stdout),
            words,
        })
    }

    /// Has an input worked on. Why not, where the process ends on it.
    pub(super) fn work(
        &mut self,
        received: &Received<'_>,
        limits: &Limits,
        watch: &Watch,
        number: usize,
    ) -> Result<Answer, Failure> {
        let order = Order {
            path: received.path.to_owned(),
            name: received.name.map(str::to_owned),
            length: received.bytes.len() as u64,
        };
        let late = limits
            .time
            .map(|time| watch.begin(number, &self.child, time + GRACE));
        let orders = self
            .orders
            .as_mut()
            .expect("it is there until the process is given up");
        // One that ended before it took all of its input has its reason, which is told below.
        let sent = send_order(orders, &order, received.bytes);
        let answer = sent.and_then(|()| receive_answer(&mut self.answers));
        watch.end(number);
        answer.map_err(|error| {
            let is_late = late.is_some_and(|late| late.load(Ordering::Relaxed));
            if error.kind() == ErrorKind::InvalidData {
                // It may go on with that.
                self.kill();
                self.end();
                return fault("its process sent what is no answer");
            }
            self.why(limits, is_late)
        })
    }

    /// Whether it can take another input.
    pub(super) fn is_fit(&self, answer: &Result<Answer, Failure>) -> bool {
        let peak = |answer: &Answer| answer.peak_memory.unwrap_or_default();
        answer.as_ref().is_ok_and(|answer| peak(answer) < FIT_UP_TO)
    }

    /// Why it ended.
    fn why(&mut self, limits: &Limits, is_late: bool) -> Failure {
        let status = self.end();
        if is_late {
            let seconds = limits.time.unwrap_or_default().as_secs();
            let message = format!("the file takes more time than the limit of {seconds} seconds");
            return Failure::from(&Error::limit(message).raise("time"));
        }
        let mut words = String::new();
        let read = self
            .words
            .rewind()
            .and_then(|()| (&self.words).take(1 << 16).read_to_string(&mut words));
        if read.is_err() {
            words.clear();
        }
        // The words of Rust's runtime for the two ends that no program can catch.
        if let Some(bytes) = words.split("memory allocation of ").nth(1) {
            let bytes = bytes.split(' ').next().unwrap_or_default();
            let bound = limits.memory;
            let message = format!(
                "the file takes more memory than the limit of {bound} bytes: there was no room for {bytes} more"
            );
            return Failure::from(&Error::limit(message).raise("memory"));
        }
        if words.contains("has overflowed its stack") {
            return fault("the stack of its process overflowed");
        }
        let end = status.map_or_else(|| "unknown".to_owned(), |status| status.to_string());
        // One that ends by itself says why: it could not begin.
        if let Some(last) = words
            .lines()
            .last()
            .filter(|_| status.is_some_and(|it| it.code().is_some()))
        {
            let message = format!("the process for the work ended ({end}): {last}");
            return Failure::new(FailureKind::Io, message);
        }
        if is_killed(status) {
            let message = format!(
                "the process that worked on the file was killed from outside ({end}), as systems do that are short of memory"
            );
            return Failure::new(FailureKind::Limit, message);
        }
        fault(&format!("its process ended ({end})"))
    }

    fn kill(&self) {
        let mut child = self.child.lock().unwrap_or_else(PoisonError::into_inner);
        // One that is gone already needs no end.
        let _ = child.kill();
    }

    fn end(&mut self) -> Option<ExitStatus> {
        self.orders = None;
        let mut child = self.child.lock().unwrap_or_else(PoisonError::into_inner);
        child.wait().ok()
    }
}

impl Drop for Process {
    /// Lets the process end, which it does when it hears of no more inputs.
    fn drop(&mut self) {
        self.end();
    }
}

#[cfg(unix)]
fn is_killed(status: Option<ExitStatus>) -> bool {
    use std::os::unix::process::ExitStatusExt;
    status.and_then(|status| status.signal()) == Some(9)
}

#[cfg(not(unix))]
fn is_killed(_: Option<ExitStatus>) -> bool {
    false
}
