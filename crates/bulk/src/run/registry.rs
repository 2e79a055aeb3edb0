//! What inputs were met: they are entered in their order, so that which of equal ones is the first does not depend on
//! which thread was faster.

use std::collections::BTreeMap;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};

use crate::answer::Failure;
use crate::ledger::Line;
use crate::output::Existing;

/// What makes inputs equal: a SHA-256 digest of their bytes and of what counts of their names.
pub(super) type Key = [u8; 32];

#[derive(Default)]
pub(super) struct Registry {
    state: Mutex<State>,
    turned: Condvar,
}

#[derive(Default)]
struct State {
    /// The input whose turn it is to be entered.
    turn: usize,
    seen: BTreeMap<Key, Known>,
}

/// What is known of the first of equal inputs.
enum Known {
    /// It is worked on; these wait for it.
    Working(usize, Vec<Follower>),
    /// It has a result.
    Done(usize, Option<String>),
    /// It has none.
    Failed(usize, Option<String>, Arc<Failure>),
}

/// An input that takes the result of another.
pub(super) struct Follower {
    pub(super) index: usize,
    pub(super) line: Line,
    pub(super) existing: Existing,
}

/// What is to be done with an input that was entered.
pub(super) enum Entered {
    /// It is the first of its bytes.
    Work(Box<Line>),
    /// Another thread works on an equal one, and does the rest.
    Waits,
    /// An equal one has a result.
    Copy(Box<Line>, usize, Option<String>),
    /// An equal one failed.
    Fails(Box<Line>, usize, Option<String>, Arc<Failure>),
}

/// The right to be entered after all earlier inputs. It is given on when it is dropped, whatever happens.
pub(super) struct Turn<'a> {
    registry: &'a Registry,
    index: usize,
}

impl Registry {
    pub(super) fn turn(&self, index: usize) -> Turn<'_> {
        Turn {
            registry: self,
            index,
        }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn await_turn(&self, index: usize) -> MutexGuard<'_, State> {
        let mut state = self.lock();
        while state.turn < index {
            state = self
                .turned
                .wait(state)
                .unwrap_or_else(PoisonError::into_inner);
        }
        state
    }

    /// Says how the first of equal inputs ended, and takes those that wait for it. `known` is false where its result
    /// could not be written, so that the next one is worked on again.
    pub(super) fn ended(
        &self,
        key: &Key,
        format: Option<String>,
        failure: Option<Arc<Failure>>,
        known: bool,
    ) -> Vec<Follower> {
        let mut state = self.lock();
        let Some(Known::Working(index, followers)) = state.seen.remove(key) else {
            return Vec::new();
        };
        if known {
            let now = match failure {
                None => Known::Done(index, format),
                Some(failure) => Known::Failed(index, format, failure),
            };
            state.seen.insert(*key, now);
        }
        followers
    }
}

impl Turn<'_> {
    /// Enters an input that is to be worked on.
    pub(super) fn enter(&self, key: &Key, line: Line, existing: Existing) -> Entered {
        let mut state = self.registry.await_turn(self.index);
        let index = self.index;
        match state.seen.get_mut(key) {
            None => {
                let known = Known::Working(index, Vec::new());
                state.seen.insert(*key, known);
                Entered::Work(Box::new(line))
            }
            Some(Known::Working(_, followers)) => {
                followers.push(Follower {
                    index,
                    line,
                    existing,
                });
                Entered::Waits
            }
            Some(Known::Done(first, format)) => {
                Entered::Copy(Box::new(line), *first, format.clone())
            }
            Some(Known::Failed(first, format, failure)) => {
                let failure = Arc::clone(failure);
                Entered::Fails(Box::new(line), *first, format.clone(), failure)
            }
        }
    }

    /// Enters an input that an earlier run did.
    pub(super) fn enter_done(&self, key: Key, format: Option<String>) {
        let mut state = self.registry.await_turn(self.index);
        state
            .seen
            .entry(key)
            .or_insert(Known::Done(self.index, format));
    }
}

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        let mut state = self.registry.await_turn(self.index);
        state.turn = self.index + 1;
        drop(state);
        self.registry.turned.notify_all();
    }
}
