//! What is known of an input before it is worked on.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{MutexGuard, PoisonError};

use sha2::{Digest, Sha256};
use tabulary::ir::Error;
use tabulary::{by_name, load};

use super::registry::Key;
use super::{Share, Shared};
use crate::answer::{Failure, FailureKind};
use crate::gather::{Item, Source};
use crate::ledger::{Ledger, Line, Outcome, Written};
use crate::output::{Existing, digest, is_as_written, refuse};
use crate::paths::{extension, spell};

/// What is to be done with an input.
pub(super) enum Ready {
    /// It belongs to another shard.
    NotMine,
    /// There is nothing to work on.
    Settled(Line),
    /// An earlier run did it.
    Kept(Line, Key),
    /// It is to be worked on.
    Work {
        line: Line,
        key: Key,
        bytes: Vec<u8>,
        existing: Existing,
    },
}

impl<'a> Shared<'a> {
    pub(super) fn ledger(&self) -> MutexGuard<'_, Option<&'a mut Ledger>> {
        self.ledger.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn prepare(&self, index: usize) -> Ready {
        let item = &self.items[index];
        let mut line = self.line(item);
        let bytes = match self.load(item) {
            Ok(bytes) => bytes,
            Err((outcome, failure)) => {
                let place = digest(line.key().as_bytes());
                if !self.is_mine(&place) {
                    return Ready::NotMine;
                }
                line.size = item
                    .file()
                    .and_then(|path| fs::metadata(path).ok())
                    .map(|it| it.len());
                line.outcome = outcome;
                line.failure = Some(failure);
                return Ready::Settled(line);
            }
        };
        let sha256 = digest(&bytes);
        if !self.is_mine(&sha256) {
            return Ready::NotMine;
        }
        line.size = Some(bytes.len() as u64);
        let counts = self.name_that_counts(item);
        let key = Sha256::digest(format!("{sha256} {counts}")).into();
        line.sha256 = Some(sha256);
        let earlier = self.earlier(&line);
        if let Some(earlier) = &earlier
            && self.is_done(earlier, &line, item)
        {
            let mut kept = earlier.clone();
            kept.renamed_from = line.renamed_from;
            return Ready::Kept(kept, key);
        }
        match self.existing(item, earlier.as_ref()) {
            Ok(existing) => Ready::Work {
                line,
                key,
                bytes,
                existing,
            },
            Err(error) => {
                line.outcome = Outcome::Failed;
                line.failure = Some(Failure::from(&error));
                Ready::Settled(line)
            }
        }
    }

    fn is_mine(&self, digest: &str) -> bool {
        self.run.shard.is_none_or(|shard| shard.holds(digest))
    }

    fn line(&self, item: &Item) -> Line {
        let spelt = item.spelt();
        let renamed_from = item.renamed_from.as_deref();
        Line {
            path: spelt.text,
            raw: spelt.raw,
            size: None,
            sha256: None,
            format: None,
            outcome: Outcome::Done,
            failure: None,
            duplicate_of: None,
            renamed_from: renamed_from.map(|name| spell(name).text),
            outputs: Vec::new(),
            diagnostics: std::collections::BTreeMap::new(),
            note: None,
            milliseconds: 0,
            peak_memory: None,
            run: self.id.clone(),
        }
    }

    fn load(&self, item: &Item) -> Result<Vec<u8>, (Outcome, Failure)> {
        let limits = &self.run.limits;
        let failed = |error: &Error| (Outcome::Failed, Failure::from(error));
        match &item.source {
            Source::Refused(_, outcome, failure) => Err((*outcome, failure.clone())),
            Source::Member(archive, index) => {
                archive.load(*index, limits).map_err(|error| failed(&error))
            }
            Source::File(path) => {
                let size = fs::metadata(path).map_or(0, |it| it.len());
                if limits.admit(size).is_err() && !item.named && !is_readable(path) {
                    let message = format!(
                        "files of its kind are not read, and with {size} bytes it is too large to be looked into"
                    );
                    let failure = Failure::new(FailureKind::Unsupported, message);
                    return Err((Outcome::Skipped, failure));
                }
                load(path, limits).map_err(|error| failed(&error))
            }
        }
    }

    fn name_that_counts(&self, item: &Item) -> String {
        let path = item.path();
        let name = Path::new(&path).file_name().unwrap_or_default();
        match self.run.share {
            Share::ByName => name.to_string_lossy().into_owned(),
            Share::Never | Share::ByExtension => extension(name),
        }
    }

    /// What an earlier run with a ledger said of an input.
    fn earlier(&self, line: &Line) -> Option<Line> {
        if !self.resumes {
            return None;
        }
        self.ledger().as_ref()?.earlier(line.key())
    }

    /// Whether an earlier line says all that this run would: done, of the same bytes and settings, and with its
    /// outputs in their places as they were written.
    fn is_done(&self, earlier: &Line, now: &Line, item: &Item) -> bool {
        let in_place = |written: &Written| {
            let place = item.output().filter(|place| is_below(place, written));
            place.is_some_and(|place| is_as_written(written, &output_place(place, written)))
        };
        earlier.outcome == Outcome::Done
            && earlier.run == now.run
            && earlier.sha256 == now.sha256
            && earlier.outputs.iter().all(in_place)
            && (item.output.is_none() || !earlier.outputs.is_empty())
    }

    /// What may become of a file that is in the place of an output.
    fn existing(&self, item: &Item, earlier: Option<&Line>) -> Result<Existing, Error> {
        let Some(place) = item.output() else {
            return Ok(Existing::Keep);
        };
        if self.run.overwrite {
            return Ok(Existing::Overwrite);
        }
        // What an earlier run wrote, and nobody has changed since, is ours to replace.
        let is_ours =
            |written: &Written| spell(place).text == written.path && is_as_written(written, place);
        if earlier.is_some_and(|line| line.outputs.iter().any(is_ours)) {
            return Ok(Existing::Overwrite);
        }
        if self.resumes {
            return Ok(Existing::KeepEqual);
        }
        refuse(place)?;
        Ok(Existing::Keep)
    }
}

/// Whether what was written is an output, or stands in the folder that is one.
fn is_below(place: &Path, written: &Written) -> bool {
    let text = spell(place).text;
    let rest = written.path.strip_prefix(&text);
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(['/', '\\']))
}

/// The path of what was written, with the bytes that the output's path has.
fn output_place(place: &Path, written: &Written) -> PathBuf {
    let text = spell(place).text;
    let rest = written.path.strip_prefix(&text).unwrap_or_default();
    match rest.trim_start_matches(['/', '\\']) {
        "" => place.to_owned(),
        below => place.join(below),
    }
}

/// Whether a file says by its name to be of a format that is read.
pub(super) fn is_readable(path: &Path) -> bool {
    let extension = path.extension().unwrap_or_default().to_string_lossy();
    by_name(&extension).is_some_and(|row| row.reader.is_some())
}
