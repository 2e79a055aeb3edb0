//! The clock of worker processes: one that does not answer in time is ended.

use std::process::Child;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// How often the clock is looked at.
const STEP: Duration = Duration::from_millis(50);

/// The processes that are at work, and until when.
#[derive(Debug, Default)]
pub(crate) struct Watch {
    due: Mutex<Vec<Option<Due>>>,
    over: AtomicBool,
}

#[derive(Debug)]
struct Due {
    at: Instant,
    child: Arc<Mutex<Child>>,
    late: Arc<AtomicBool>,
}

#[expect(
    clippy::disallowed_methods,
    reason = "a time limit needs the clock; nothing that is written depends on it"
)]
fn now() -> Instant {
    Instant::now()
}

impl Watch {
    /// Ends a worker's process unless it is taken back within a time; the flag says whether it came to that.
    pub(super) fn begin(
        &self,
        number: usize,
        child: &Arc<Mutex<Child>>,
        time: Duration,
    ) -> Arc<AtomicBool> {
        let late = Arc::new(AtomicBool::new(false));
        let Some(at) = now().checked_add(time) else {
            return late;
        };
        let mut all = self.due.lock().unwrap_or_else(PoisonError::into_inner);
        if all.len() <= number {
            all.resize_with(number + 1, || None);
        }
        all[number] = Some(Due {
            at,
            child: Arc::clone(child),
            late: Arc::clone(&late),
        });
        late
    }

    /// Takes a worker's process back, which answered or ended.
    pub(super) fn end(&self, number: usize) {
        let mut all = self.due.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(due) = all.get_mut(number) {
            *due = None;
        }
    }

    /// Watches until [`stop`](Self::stop).
    pub(crate) fn run(&self) {
        while !self.over.load(Ordering::Relaxed) {
            std::thread::sleep(STEP);
            let now = now();
            let mut all = self.due.lock().unwrap_or_else(PoisonError::into_inner);
            for due in all.iter_mut() {
                if due.as_ref().is_some_and(|due| due.at <= now)
                    && let Some(due) = due.take()
                {
                    due.late.store(true, Ordering::Relaxed);
                    let mut child = due.child.lock().unwrap_or_else(PoisonError::into_inner);
                    // One that is gone already needs no end.
                    let _ = child.kill();
                }
            }
        }
    }

    pub(crate) fn stop(&self) {
        self.over.store(true, Ordering::Relaxed);
    }
}
