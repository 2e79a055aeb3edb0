//! What the end of a worker process means.
#![cfg(unix)]

use std::time::Duration;

use tabulary_bulk::{
    Answer, Audience, Entry, FailureKind, Gather, Line, Outcome, Progress, Received, Run, Share,
    Task, WorkerCommand, Workers, run,
};
use tabulary_ir::{Cancel, Error, Limits};

/// The work of a process that is none of ours is never done here.
struct Elsewhere;

impl Task for Elsewhere {
    fn work(&self, _: &Received<'_>) -> Answer {
        panic!("it was asked of a thread");
    }
}

#[derive(Default)]
struct Lines(Vec<Line>);

impl Audience for Lines {
    fn progress(&mut self, _: &Progress) {}

    fn heard(&mut self, entry: Entry) -> Result<(), Error> {
        self.0.push(entry.line);
        Ok(())
    }
}

/// Has two inputs worked on by a shell, and gives their lines.
fn lines_of(workers: Workers, limits: &Limits) -> Vec<Line> {
    let folder = tempfile::tempdir().expect("a folder");
    for name in ["a.csv", "b.csv"] {
        std::fs::write(folder.path().join(name), name).expect("a file");
    }
    let mut gather = Gather::new(limits);
    gather.add(folder.path()).expect("the folder");
    let how = Run {
        task: &Elsewhere,
        workers,
        limits: limits.clone(),
        settings: String::new(),
        overwrite: false,
        share: Share::ByExtension,
        shard: None,
        cancel: Cancel::default(),
    };
    let mut lines = Lines::default();
    let totals = run(&gather.into_items(None), &how, None, false, &mut lines).expect("a run");
    assert!(totals.balances());
    assert_eq!((totals.inputs, totals.failed), (2, 2));
    lines.0
}

fn shell(script: &str, limits: &Limits) -> Vec<(FailureKind, String)> {
    let command = WorkerCommand {
        program: "/bin/sh".into(),
        arguments: vec!["-c".into(), script.into()],
        environment: Vec::new(),
    };
    let lines = lines_of(Workers::Processes(2, command), limits);
    let failures = lines.into_iter().map(|line| {
        assert_eq!(line.outcome, Outcome::Failed);
        line.failure.expect("a reason")
    });
    failures
        .map(|failure| (failure.kind, failure.message))
        .collect()
}

#[test]
fn the_end_of_a_process_is_told_by_its_cause() {
    let limits = Limits::default();
    for (script, kind, words) in [
        (
            "echo 'memory allocation of 77 bytes failed' >&2; kill -ABRT $$",
            FailureKind::Limit,
            "more memory than the limit of 4294967296 bytes: there was no room for 77 more; raise it with --limit memory=N",
        ),
        (
            "echo \"thread 'main' has overflowed its stack\" >&2; kill -ABRT $$",
            FailureKind::Fault,
            "a fault of Tabulary: the stack of its process overflowed",
        ),
        ("kill -SEGV $$", FailureKind::Fault, "signal: 11"),
        ("kill -KILL $$", FailureKind::Limit, "killed from outside"),
        ("exit 0", FailureKind::Fault, "its process ended"),
        (
            "echo 'worker: error: a thread cannot be had' >&2; exit 2",
            FailureKind::Io,
            "ended (exit status: 2): worker: error: a thread cannot be had",
        ),
        (
            "head -n 1; exec sleep 60",
            FailureKind::Fault,
            "its process sent what is no answer",
        ),
    ] {
        for (found, message) in shell(script, &limits) {
            assert_eq!(found, kind, "{script}: {message}");
            assert!(message.contains(words), "{script}: {message}");
        }
    }
}

#[test]
fn a_process_that_does_not_answer_is_ended() {
    let limits = Limits {
        time: Some(Duration::from_secs(1)),
        ..Limits::default()
    };
    for (kind, message) in shell("exec sleep 600", &limits) {
        assert_eq!(kind, FailureKind::Limit);
        assert!(
            message.contains("more time than the limit of 1 seconds"),
            "{message}"
        );
        assert!(message.contains("--limit time=N"), "{message}");
    }
}

#[test]
fn a_program_that_is_not_there_is_told() {
    let command = WorkerCommand {
        program: "/nowhere/tabulary".into(),
        arguments: Vec::new(),
        environment: Vec::new(),
    };
    for line in lines_of(Workers::Processes(1, command), &Limits::default()) {
        let failure = line.failure.expect("a reason");
        assert_eq!(failure.kind, FailureKind::Io);
    }
}

#[test]
fn a_panic_of_a_thread_is_a_fault_and_ends_nothing() {
    for line in lines_of(Workers::Threads(2), &Limits::default()) {
        let failure = line.failure.expect("a reason");
        assert_eq!(failure.kind, FailureKind::Fault);
        assert!(failure.message.contains("it was asked of a thread"));
        assert_eq!(line.sha256.as_deref().map(str::len), Some(64));
    }
}
