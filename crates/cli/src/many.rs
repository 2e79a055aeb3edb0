//! What commands have in common that take many inputs: which they are, who works on them, and how that is shown.

use std::ffi::OsString;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use clap::Args;
use indicatif::{ProgressBar, ProgressStyle};
use tabulary::ir::{Cancel, Error, Limits};
use tabulary_bulk::{Failure, FailureKind, Gather, Ledger, Progress, WorkerCommand, Workers};

use crate::messages::{Exit, is_stdin, is_watched, say, say_error};

/// How often a line says how far a run is, where there is no terminal.
const EVERY: Duration = Duration::from_secs(10);

/// Which inputs there are beside those that are named.
#[derive(Args)]
#[command(next_help_heading = "Many inputs")]
pub(crate) struct Selection {
    /// A file that names inputs, one a line, or with a zero byte after each; - for standard input. May be repeated.
    #[arg(long, value_name = "FILE")]
    pub(crate) files_from: Vec<PathBuf>,

    /// Of folders and archives take only what matches a pattern, such as '*.xls' or '2019/**'. May be repeated.
    #[arg(long, value_name = "PATTERN")]
    include: Vec<String>,

    /// Leave out of folders and archives what matches a pattern. May be repeated.
    #[arg(long, value_name = "PATTERN")]
    exclude: Vec<String>,
}

/// How the work on many inputs is done.
#[derive(Args)]
#[command(next_help_heading = "Many inputs")]
pub(crate) struct Running {
    /// How many files are worked on at a time; 0 for one a core.
    #[arg(short, long, value_name = "N", default_value_t = 0)]
    pub(crate) jobs: usize,

    /// Write a line of JSON for every input into this file as the run goes: path, size, digest, format, outcome, outputs,
    /// diagnostics by code, time and memory.
    #[arg(long, value_name = "FILE")]
    pub(crate) ledger: Option<PathBuf>,

    /// Work in this process, and not in processes of their own that a hostile file can only take with it.
    #[arg(long)]
    in_process: bool,

    /// Be such a process.
    #[arg(long, hide = true)]
    pub(crate) worker: bool,
}

impl Selection {
    /// The inputs, those of lists after those that are named.
    pub(crate) fn gather(
        &self,
        inputs: &[PathBuf],
        apart: &[&Path],
        limits: &Limits,
    ) -> Result<Gather, Error> {
        let mut gather = self.filter(apart, limits)?;
        for input in inputs {
            gather.add(input)?;
        }
        for path in self.listed()? {
            gather.add_listed(&path);
        }
        Ok(gather)
    }

    /// No inputs yet, and the filters for those that are added.
    pub(crate) fn filter(&self, apart: &[&Path], limits: &Limits) -> Result<Gather, Error> {
        let mut gather = Gather::new(limits);
        for pattern in &self.include {
            gather.include(pattern)?;
        }
        for pattern in &self.exclude {
            gather.exclude(pattern)?;
        }
        for path in apart {
            gather.keep_apart(path);
        }
        Ok(gather)
    }

    /// The paths that lists name.
    pub(crate) fn listed(&self) -> Result<Vec<PathBuf>, Error> {
        let lists = self.files_from.iter().map(|list| listed(list));
        let lists: Vec<Vec<PathBuf>> = lists.collect::<Result<_, _>>()?;
        Ok(lists.concat())
    }
}

/// The paths that a list names.
fn listed(list: &Path) -> Result<Vec<PathBuf>, Error> {
    let mut bytes = Vec::new();
    let read = if is_stdin(list) {
        io::stdin().lock().read_to_end(&mut bytes).map(drop)
    } else {
        std::fs::read(list).map(|read| bytes = read)
    };
    read.map_err(|error| {
        let message = format!("the list {} cannot be read", list.display());
        Error::io(message, error).help("check the path that --files-from gives")
    })?;
    let end = if bytes.contains(&0) { 0 } else { b'\n' };
    let lines = bytes.split(|byte| *byte == end);
    let lines = lines.map(|line| line.strip_suffix(b"\r").unwrap_or(line));
    Ok(lines.filter(|line| !line.is_empty()).map(path_of).collect())
}

#[cfg(unix)]
fn path_of(bytes: &[u8]) -> PathBuf {
    use std::os::unix::ffi::OsStringExt;
    OsString::from_vec(bytes.to_vec()).into()
}

#[cfg(not(unix))]
fn path_of(bytes: &[u8]) -> PathBuf {
    String::from_utf8_lossy(bytes).into_owned().into()
}

impl Running {
    /// Who works on so many inputs.
    pub(crate) fn workers(&self, inputs: usize) -> Workers {
        let cores = || std::thread::available_parallelism().map_or(1, usize::from);
        let jobs = if self.jobs == 0 { cores() } else { self.jobs };
        // A file alone has this process for itself, which the bounds of a worker would not make safer.
        if self.in_process || (inputs < 2 && self.ledger.is_none()) {
            return Workers::Threads(jobs);
        }
        let Ok(program) = std::env::current_exe() else {
            return Workers::Threads(jobs);
        };
        // The allocator takes memory by the gigabyte where it is let, of which a bounded process has few.
        let reserve = ("MIMALLOC_ARENA_RESERVE".into(), "32MiB".into());
        let command = WorkerCommand {
            program,
            arguments: as_worker(),
            environment: vec![reserve],
        };
        Workers::Processes(jobs, command)
    }

    /// The ledger, if one is asked for.
    pub(crate) fn open(&self, resume: bool, overwrite: bool) -> Result<Option<Ledger>, Error> {
        let open = |path: &PathBuf| {
            if resume {
                Ledger::resume(path)
            } else {
                Ledger::create(path, overwrite)
            }
        };
        self.ledger.as_ref().map(open).transpose()
    }
}

/// The arguments of this process, and that it is to be a worker.
fn as_worker() -> Vec<OsString> {
    let mut arguments: Vec<OsString> = std::env::args_os().skip(1).collect();
    let after_the_command = 1.min(arguments.len());
    arguments.insert(after_the_command, "--worker".into());
    arguments
}

/// A flag that Ctrl-C sets, and the end of the process where it comes a second time.
pub(crate) fn cancel_on_interrupt() -> Cancel {
    let cancel = Cancel::default();
    let flag = cancel.clone();
    let times = AtomicUsize::new(0);
    let handler = move || {
        if times.fetch_add(1, Ordering::Relaxed) == 0 {
            say("stopping after the files that are worked on; once more to stop at once");
            flag.cancel();
        } else {
            stop_at_once();
        }
    };
    // Without it the process ends at once, which harms no result.
    let _ = ctrlc::set_handler(handler);
    cancel
}

#[expect(
    clippy::disallowed_methods,
    reason = "the command is what ends the process"
)]
fn stop_at_once() {
    std::process::exit(Exit::Stopped.code().into());
}

/// The way that a failure ends the command.
pub(crate) fn exit_of(failure: &Failure) -> Exit {
    match failure.kind {
        FailureKind::Caller => Exit::Usage,
        FailureKind::Limit => Exit::Limit,
        FailureKind::NotRepresentable | FailureKind::Denied => Exit::Findings,
        FailureKind::Input | FailureKind::Unsupported | FailureKind::Io | FailureKind::Fault => {
            Exit::Unreadable
        }
    }
}

/// Serves as a worker until there is no more work.
pub(crate) fn serve(task: &dyn tabulary_bulk::Task, limits: &Limits) -> Exit {
    match tabulary_bulk::serve(task, limits) {
        Ok(()) => Exit::Done,
        Err(error) => {
            say_error("worker", &error);
            Exit::of(&error)
        }
    }
}

/// How far a run is: a bar on a terminal, else a line every ten seconds.
pub(crate) struct Show {
    bar: Option<ProgressBar>,
    quiet: bool,
    started: Instant,
    said: Instant,
}

#[expect(
    clippy::disallowed_methods,
    reason = "progress is about time, and no result depends on it"
)]
fn now() -> Instant {
    Instant::now()
}

impl Show {
    pub(crate) fn new(inputs: usize, quiet: bool) -> Self {
        let has_bar = inputs > 1 && !quiet && is_watched();
        let template = "{bar:32} {pos}/{len}  {per_sec}  {eta} left  {msg}";
        let style = ProgressStyle::with_template(template);
        let style = style.unwrap_or_else(|_| ProgressStyle::default_bar());
        let bar = has_bar.then(|| ProgressBar::new(inputs as u64).with_style(style));
        Self {
            bar,
            quiet: quiet || inputs < 2,
            started: now(),
            said: now(),
        }
    }

    pub(crate) fn progress(&mut self, progress: &Progress) {
        let Progress {
            inputs,
            finished,
            failed,
        } = *progress;
        if let Some(bar) = &self.bar {
            bar.set_position(finished as u64);
            if failed > 0 {
                bar.set_message(format!("{failed} failed"));
            }
            return;
        }
        let now = now();
        if self.quiet || now.duration_since(self.said) < EVERY {
            return;
        }
        self.said = now;
        let seconds = now.duration_since(self.started).as_secs_f64();
        let rate = finished as f64 / seconds;
        let left = (inputs - finished) as f64 / rate.max(f64::EPSILON);
        let left = if finished > 0 {
            format!(", {left:.0} s left")
        } else {
            String::new()
        };
        say(&format!(
            "{finished} of {inputs} files, {failed} failed, {rate:.1} a second{left}"
        ));
    }

    /// Says a line beside the bar.
    pub(crate) fn say(&self, line: &str) {
        match &self.bar {
            Some(bar) => bar.suspend(|| say(line)),
            None => say(line),
        }
    }

    pub(crate) fn finish(&self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}
