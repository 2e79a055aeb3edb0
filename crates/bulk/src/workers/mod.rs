//! Who does the work: threads of this process, or processes of their own that a bad input can only take with it.

mod frames;
mod process;
mod serve;
mod watch;

use std::ffi::OsString;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;

use rayon::ThreadPool;
use tabulary::ir::Limits;

use crate::answer::{Answer, Failure, FailureKind, Received, Task};
use process::Process;
pub use serve::serve;
pub(crate) use watch::Watch;

/// Who does the work of a run.
#[derive(Clone, Debug)]
pub enum Workers {
    /// So many threads. A panic is caught; an overflow of the stack, or memory that cannot be had, ends the process.
    Threads(usize),
    /// So many processes, each of which has the limits of memory and time, and is replaced when it ends.
    Processes(usize, WorkerCommand),
}

/// The command that starts a process which calls [`serve`].
#[derive(Clone, Debug)]
pub struct WorkerCommand {
    /// The program.
    pub program: PathBuf,
    /// Its arguments.
    pub arguments: Vec<OsString>,
    /// What its environment has beside that of this process.
    pub environment: Vec<(OsString, OsString)>,
}

impl Workers {
    pub(crate) fn count(&self) -> usize {
        match self {
            Self::Threads(count) | Self::Processes(count, _) => *count,
        }
    }
}

/// One of the workers.
pub(crate) enum Worker<'a> {
    Thread(&'a dyn Task, Option<ThreadPool>),
    Process {
        command: &'a WorkerCommand,
        running: Option<Process>,
        limits: &'a Limits,
        watch: &'a Watch,
        number: usize,
    },
}

impl<'a> Worker<'a> {
    pub(crate) fn new(
        workers: &'a Workers,
        task: &'a dyn Task,
        limits: &'a Limits,
        watch: &'a Watch,
        number: usize,
    ) -> Self {
        match workers {
            Workers::Threads(count) => Self::Thread(task, pool(*count)),
            Workers::Processes(_, command) => Self::Process {
                command,
                running: None,
                limits,
                watch,
                number,
            },
        }
    }

    /// Has an input worked on.
    pub(crate) fn work(&mut self, received: &Received<'_>) -> Answer {
        match self {
            Self::Thread(task, pool) => match pool {
                Some(pool) => pool.install(|| guarded(*task, received)),
                None => guarded(*task, received),
            },
            Self::Process {
                command,
                running,
                limits,
                watch,
                number,
            } => {
                let process = match running {
                    Some(process) => process,
                    None => match Process::start(command) {
                        Ok(process) => running.insert(process),
                        Err(error) => return Answer::failed(&error),
                    },
                };
                let answer = process.work(received, limits, watch, *number);
                if !process.is_fit(&answer) {
                    *running = None;
                }
                answer.unwrap_or_else(|failure| Answer {
                    failure: Some(failure),
                    ..Answer::default()
                })
            }
        }
    }
}

/// Threads for what a library shares out of one input. They are its own: a thread that waits for such a share takes up
/// what else they have to do, and that must not be another input, inside of the one that waits.
fn pool(workers: usize) -> Option<ThreadPool> {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    rayon::ThreadPoolBuilder::new()
        .num_threads((cores / workers.max(1)).max(1))
        .stack_size(serve::STACK)
        .build()
        .ok()
}

/// Works on an input, and turns a panic into a failure.
fn guarded(task: &dyn Task, received: &Received<'_>) -> Answer {
    catch_unwind(AssertUnwindSafe(|| task.work(received))).unwrap_or_else(|panic| {
        let text = panic.downcast_ref::<String>().map(String::as_str);
        let text = text.or_else(|| panic.downcast_ref::<&str>().copied());
        Answer {
            failure: Some(fault(&format!("a panic: {}", text.unwrap_or("unknown")))),
            ..Answer::default()
        }
    })
}

/// A failure that is Tabulary's own.
fn fault(what: &str) -> Failure {
    let message = format!(
        "a fault of Tabulary: {what}; report it with the digest of the file, and with the file if you may give it away"
    );
    Failure::new(FailureKind::Fault, message)
}
