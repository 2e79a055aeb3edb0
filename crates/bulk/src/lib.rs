//! Many documents in one run, every one of them accounted for.
//!
//! [`Gather`] finds the inputs: files, folders, patterns, lists, archives. [`run`] has a [`Task`] done with each of them by
//! [`Workers`], writes a [`Ledger`] as it goes, and gives [`Totals`] whose books balance: inputs = done + failed + skipped.
//!
//! ```
//! use tabulary::ir::{Cancel, Limits};
//! use tabulary_bulk::{Audience, Convert, Entry, Gather, Progress, Run, Share, Workers, run};
//!
//! struct Names(Vec<String>);
//! impl Audience for Names {
//!     fn progress(&mut self, _: &Progress) {}
//!     fn heard(&mut self, entry: Entry) -> Result<(), tabulary::ir::Error> {
//!         self.0.push(entry.line.path);
//!         Ok(())
//!     }
//! }
//!
//! let folder = tempfile::tempdir().expect("a folder");
//! std::fs::write(folder.path().join("a.csv"), "x,y\n1,2\n").expect("a file");
//! let limits = Limits::default();
//! let mut gather = Gather::new(&limits);
//! gather.add(folder.path())?;
//! let items = gather.into_folder(&folder.path().join("new"), "json");
//! let mut options = tabulary::Options::default();
//! options.to = Some("json".to_owned());
//! let task = Convert { options };
//! let workers = Workers::Threads(2);
//! let (settings, cancel) = ("json".to_owned(), Cancel::default());
//! let how = Run { task: &task, workers, limits, settings, overwrite: false, share: Share::ByExtension, shard: None, cancel };
//! let mut names = Names(Vec::new());
//! let totals = run(&items, &how, None, false, &mut names)?;
//! assert!(totals.balances() && totals.done == 1 && names.0.len() == 1);
//! # Ok::<(), tabulary::ir::Error>(())
//! ```

mod answer;
mod convert;
mod gather;
mod ledger;
mod output;
mod paths;
mod run;
mod summary;
mod totals;
mod workers;

pub use answer::{Answer, Failure, FailureKind, Made, Received, Task, Told};
pub use convert::Convert;
pub use gather::{Gather, Item};
pub use ledger::{Ledger, Line, Outcome, Written, read_ledger};
pub use run::{Audience, Entry, Progress, Run, Shard, Share, run};
pub use summary::summary;
pub use totals::{CodeCount, Outcomes, Problem, Slow, Totals};
pub use workers::{WorkerCommand, Workers, serve};
