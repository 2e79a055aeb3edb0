//! The side of the worker process.

use std::fs;
use std::io::{self, BufReader, BufWriter};

use tabulary::ir::{Error, Limits};

use super::frames::{receive_order, send_answer};
use super::guarded;
use crate::answer::{Received, Task};

/// As much stack as the deepest document takes within the limits.
pub(super) const STACK: usize = 64 << 20;

/// Works on the inputs that come on standard input, and sends what comes of them on standard output, until there are no
/// more. Nothing else may read or write these meanwhile.
///
/// # Errors
/// `Io` where the other side is gone or does not keep to the protocol.
pub fn serve(task: &dyn Task, limits: &Limits) -> Result<(), Error> {
    confine(limits);
    // One thread, with the stack that the work needs, and all that the layout engine would do at the same time.
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(1)
        .stack_size(STACK)
        .build()
        .map_err(|error| Error::caller("a thread cannot be had").caused_by(error))?;
    pool.install(|| answer_all(task))
        .map_err(|error| Error::io("the run that this worker belongs to is gone", error))
}

fn answer_all(task: &dyn Task) -> io::Result<()> {
    let mut orders = BufReader::new(io::stdin().lock());
    let mut answers = BufWriter::new(io::stdout().lock());
    while let Some((order, bytes)) = receive_order(&mut orders)? {
        forget_peak();
        let received = Received {
            path: &order.path,
            name: order.name.as_deref(),
            bytes: &bytes,
        };
        let mut answer = guarded(task, &received);
        answer.peak_memory = peak();
        send_answer(&mut answers, answer)?;
    }
    Ok(())
}

/// Bounds the memory of this process, and ends it with the one that started it.
#[cfg(unix)]
fn confine(limits: &Limits) {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
    let earlier = getrlimit(Resource::As);
    let bound = earlier
        .maximum
        .map_or(limits.memory, |it| it.min(limits.memory));
    // Where it is refused there is no bound, as on systems that know none.
    let _ = setrlimit(
        Resource::As,
        Rlimit {
            current: Some(bound),
            maximum: Some(bound),
        },
    );
    #[cfg(target_os = "linux")]
    let _ = rustix::process::set_parent_process_death_signal(Some(rustix::process::Signal::KILL));
}

#[cfg(not(unix))]
fn confine(_: &Limits) {}

/// Lets the system count the most memory anew (proc_pid_clear_refs(5)); where it cannot, the count goes on.
fn forget_peak() {
    let _ = fs::write("/proc/self/clear_refs", "5");
}

/// The most memory that the process had, in bytes (proc_pid_status(5), VmHWM), where the system says it.
fn peak() -> Option<u64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kilobytes: u64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(kilobytes * 1024)
}
