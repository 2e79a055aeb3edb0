//! Limits, and what is left of them while a document is read.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

use crate::Error;

/// Bounds within which a document must be read or written.
///
/// The defaults are far above any real report, and low enough that a hostile file ends in an error
/// before it harms the machine.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of an input. Default: 512 MiB.
    pub input_bytes: u64,
    /// Bytes that all compressed entries of an input may have when inflated. Default: 2 GiB.
    pub inflated_bytes: u64,
    /// Bytes that one compressed entry may have when inflated. Default: 1 GiB.
    pub entry_bytes: u64,
    /// How many times its compressed size an entry of more than 1 MiB may have when inflated.
    /// Default: 250.
    pub inflation_ratio: u64,
    /// How deep elements of XML or HTML may stand in one another. Default: 400.
    pub xml_depth: u32,
    /// How deep blocks (tables in cells, lists in items) may stand in one another. Default: 48.
    pub block_depth: u32,
    /// Cells of all tables. Default: 20 million.
    pub cells: u64,
    /// Blocks of a document. Default: 5 million.
    pub blocks: u64,
    /// Pages that are laid out or read. Default: 20,000.
    pub pages: u64,
    /// Bytes of text that cells take, a shared string once for each cell. Default: 256 MiB.
    pub text_bytes: u64,
    /// Squares of all tables that are laid out on pages, which takes some 20 KB each.
    /// Default: 200,000.
    pub laid_out_cells: u64,
    /// Images. Default: 20,000.
    pub images: u64,
    /// Time that reading or writing may take; `None` for no bound. Default: 5 minutes.
    pub time: Option<Duration>,
    /// Bytes of address space of a process that works on one of many files. Default: 4 GiB.
    pub memory: u64,
    /// Files in an archive whose files are inputs. Default: 1 million.
    pub members: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            input_bytes: 512 << 20,
            inflated_bytes: 2 << 30,
            entry_bytes: 1 << 30,
            inflation_ratio: 250,
            xml_depth: 400,
            block_depth: 48,
            cells: 20_000_000,
            blocks: 5_000_000,
            pages: 20_000,
            text_bytes: 256 << 20,
            laid_out_cells: 200_000,
            images: 20_000,
            time: Some(Duration::from_secs(300)),
            memory: 4 << 30,
            members: 1_000_000,
        }
    }
}

impl Limits {
    /// Sets a limit by the name of its field; `time` is in seconds, and 0 stands for no bound.
    ///
    /// # Errors
    /// `Caller` where there is no limit of that name.
    pub fn set(&mut self, name: &str, value: u64) -> Result<(), Error> {
        let depth = u32::try_from(value).unwrap_or(u32::MAX);
        match name {
            "input_bytes" => self.input_bytes = value,
            "inflated_bytes" => self.inflated_bytes = value,
            "entry_bytes" => self.entry_bytes = value,
            "inflation_ratio" => self.inflation_ratio = value,
            "xml_depth" => self.xml_depth = depth,
            "block_depth" => self.block_depth = depth,
            "cells" => self.cells = value,
            "blocks" => self.blocks = value,
            "pages" => self.pages = value,
            "text_bytes" => self.text_bytes = value,
            "laid_out_cells" => self.laid_out_cells = value,
            "images" => self.images = value,
            "time" => self.time = (value > 0).then(|| Duration::from_secs(value)),
            "memory" => self.memory = value,
            "members" => self.members = value,
            _ => {
                return Err(Error::caller(format!("there is no limit named {name:?}"))
                    .help(format!("limits are {}", Self::NAMES.join(", "))));
            }
        }
        Ok(())
    }

    /// Looks whether an input of so many bytes may be read.
    ///
    /// # Errors
    /// Of kind `Limit` where it is too large.
    pub fn admit(&self, bytes: u64) -> Result<(), Error> {
        let bound = self.input_bytes;
        if bytes > bound {
            let message = format!("the input has {bytes} bytes, over the limit of {bound}");
            return Err(Error::limit(message).raise("input_bytes"));
        }
        Ok(())
    }

    /// The names that [`set`](Self::set) takes.
    pub const NAMES: &'static [&'static str] = &[
        "input_bytes",
        "inflated_bytes",
        "entry_bytes",
        "inflation_ratio",
        "xml_depth",
        "block_depth",
        "cells",
        "blocks",
        "pages",
        "text_bytes",
        "laid_out_cells",
        "images",
        "time",
        "memory",
        "members",
    ];
}

/// A flag that asks running work to stop. Clones share the flag.
#[derive(Clone, Debug, Default)]
pub struct Cancel(Arc<AtomicBool>);

impl Cancel {
    /// Asks the work to stop at its next step.
    pub fn cancel(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    /// Whether the work was asked to stop.
    pub fn is_cancelled(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

/// What is left of [`Limits`] while one document is read or written.
///
/// Readers and writers take from it before they make something, and tick in every long loop.
#[derive(Debug)]
pub struct Budget {
    limits: Limits,
    cancel: Cancel,
    deadline: Option<Instant>,
    cells: AtomicU64,
    blocks: AtomicU64,
    images: AtomicU64,
    inflated: AtomicU64,
    text: AtomicU64,
    laid_out: AtomicU64,
}

impl Budget {
    /// The whole of the limits, with the time running from now.
    pub fn new(limits: &Limits, cancel: &Cancel) -> Self {
        #[expect(
            clippy::disallowed_methods,
            reason = "a time limit needs the clock; nothing that is written depends on it"
        )]
        let deadline = limits
            .time
            .and_then(|time| Instant::now().checked_add(time));
        Self {
            limits: limits.clone(),
            cancel: cancel.clone(),
            deadline,
            cells: AtomicU64::new(0),
            blocks: AtomicU64::new(0),
            images: AtomicU64::new(0),
            inflated: AtomicU64::new(0),
            text: AtomicU64::new(0),
            laid_out: AtomicU64::new(0),
        }
    }

    /// The limits that it began with.
    pub fn limits(&self) -> &Limits {
        &self.limits
    }

    /// Looks at the clock and at the cancel flag.
    ///
    /// # Errors
    /// Of kind `Limit` where the time is over or the work was cancelled.
    pub fn tick(&self) -> Result<(), Error> {
        if self.cancel.is_cancelled() {
            return Err(Error::limit("the work was cancelled"));
        }
        #[expect(
            clippy::disallowed_methods,
            reason = "a time limit needs the clock; nothing that is written depends on it"
        )]
        let over = self
            .deadline
            .is_some_and(|deadline| Instant::now() > deadline);
        match self.limits.time {
            Some(time) if over => {
                let bound = time.as_secs();
                let message =
                    format!("the document takes more time than the limit of {bound} seconds");
                Err(Error::limit(message).raise("time"))
            }
            _ => Ok(()),
        }
    }

    /// Takes `count` cells.
    ///
    /// # Errors
    /// Of kind `Limit` where there are no more.
    pub fn cells(&self, count: u64) -> Result<(), Error> {
        take(&self.cells, count, self.limits.cells, "cells", "cells")
    }

    /// Takes `count` blocks.
    ///
    /// # Errors
    /// Of kind `Limit` where there are no more.
    pub fn blocks(&self, count: u64) -> Result<(), Error> {
        take(&self.blocks, count, self.limits.blocks, "blocks", "blocks")
    }

    /// Takes `count` images.
    ///
    /// # Errors
    /// Of kind `Limit` where there are no more.
    pub fn images(&self, count: u64) -> Result<(), Error> {
        take(&self.images, count, self.limits.images, "images", "images")
    }

    /// Takes `count` bytes of text in cells.
    ///
    /// # Errors
    /// Of kind `Limit` where there are no more.
    pub fn text(&self, count: u64) -> Result<(), Error> {
        let bound = self.limits.text_bytes;
        take(&self.text, count, bound, "bytes of text", "text_bytes")
    }

    /// Takes `count` squares of tables that are laid out on pages.
    ///
    /// # Errors
    /// Of kind `Limit` where there are no more.
    pub fn laid_out_cells(&self, count: u64) -> Result<(), Error> {
        let bound = self.limits.laid_out_cells;
        take(
            &self.laid_out,
            count,
            bound,
            "squares of tables on pages",
            "laid_out_cells",
        )
    }

    /// Takes `count` inflated bytes.
    ///
    /// # Errors
    /// Of kind `Limit` where there are no more.
    pub fn inflated(&self, count: u64) -> Result<(), Error> {
        let bound = self.limits.inflated_bytes;
        take(
            &self.inflated,
            count,
            bound,
            "inflated bytes",
            "inflated_bytes",
        )
    }
}

fn take(used: &AtomicU64, count: u64, bound: u64, what: &str, name: &str) -> Result<(), Error> {
    let before = used.fetch_add(count, Ordering::Relaxed);
    let taken = before.saturating_add(count);
    if taken > bound {
        let message =
            format!("the document takes {taken} {what} or more, over the limit of {bound}");
        return Err(Error::limit(message).raise(name));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ErrorKind;

    #[test]
    fn what_is_taken_adds_up() {
        let limits = Limits {
            cells: 10,
            ..Limits::default()
        };
        let budget = Budget::new(&limits, &Cancel::default());
        assert!(budget.cells(6).is_ok());
        assert!(budget.cells(4).is_ok());
        let error = budget.cells(1).expect_err("the limit is passed");
        assert_eq!(error.kind(), ErrorKind::Limit);
        assert!(
            error
                .to_string()
                .contains("takes 11 cells or more, over the limit of 10"),
            "{error}"
        );
    }

    #[test]
    fn every_limit_can_be_set_by_its_name() {
        let mut limits = Limits::default();
        for name in Limits::NAMES {
            limits.set(name, 7).expect("a limit");
        }
        assert_eq!(
            (limits.cells, limits.time),
            (7, Some(Duration::from_secs(7)))
        );
        assert!(limits.set("pixels", 7).is_err());
    }

    #[test]
    fn a_cancelled_work_stops() {
        let cancel = Cancel::default();
        let budget = Budget::new(&Limits::default(), &cancel);
        assert!(budget.tick().is_ok());
        cancel.cancel();
        assert!(budget.tick().is_err());
    }
}
