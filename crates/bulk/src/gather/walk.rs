//! The files below a folder.

use std::fs::{self, DirEntry, FileType};
use std::io;
use std::path::{Path, PathBuf};

use super::{Gather, Source, archive};
use crate::answer::{Failure, FailureKind};
use crate::ledger::Outcome;

/// How the files are named that a run has open, and leaves behind where it is killed.
pub(crate) const OPEN_FILE: &str = ".tabulary-";

/// Adds every file below a folder, in the order of the names of each folder's entries. A link to a file is that file;
/// one to a folder is told and not followed, so that no circle is walked.
pub(super) fn folder(gather: &mut Gather, root: &Path) {
    // The same place as the file system names it, against what is kept apart.
    let real = root.canonicalize().unwrap_or_else(|_| root.to_owned());
    let mut folders = vec![PathBuf::new()];
    let mut pending: Vec<Vec<(DirEntry, PathBuf)>> = Vec::new();
    loop {
        if let Some(folder) = folders.pop() {
            let path = root.join(&folder);
            match entries(&path, &folder) {
                Ok(entries) => pending.push(entries),
                Err(error) => gather.refuse(path, folder, unreadable("the folder", error)),
            }
        }
        let Some(level) = pending.last_mut() else {
            return;
        };
        let Some((entry, below)) = level.pop() else {
            pending.pop();
            continue;
        };
        if gather.apart.contains(&real.join(&below)) {
            continue;
        }
        match entry.file_type() {
            Ok(kind) if kind.is_dir() => folders.push(below),
            Ok(kind) => add(gather, entry.path(), below, kind),
            Err(error) => gather.refuse(entry.path(), below, unreadable("the file", error)),
        }
    }
}

/// The entries of a folder, the last one first.
fn entries(path: &Path, below: &Path) -> io::Result<Vec<(DirEntry, PathBuf)>> {
    let mut entries = fs::read_dir(path)?.collect::<Result<Vec<_>, _>>()?;
    entries.sort_by_key(|entry| std::cmp::Reverse(entry.file_name()));
    Ok(entries
        .into_iter()
        .map(|entry| {
            let below = below.join(entry.file_name());
            (entry, below)
        })
        .collect())
}

fn add(gather: &mut Gather, path: PathBuf, below: PathBuf, kind: FileType) {
    let name = below.file_name().unwrap_or_default();
    if name.as_encoded_bytes().starts_with(OPEN_FILE.as_bytes()) {
        return;
    }
    if archive::is_named_so(&path) && path.is_file() {
        gather.add_archive(&path, &below, false);
        return;
    }
    if !gather.takes(&below) {
        return;
    }
    let skip = |path, message: &str| {
        let failure = Failure::new(FailureKind::Unsupported, message);
        Source::Refused(path, Outcome::Skipped, failure)
    };
    let source = match fs::metadata(&path) {
        Ok(found) if found.is_file() => Source::File(path),
        Ok(found) if found.is_dir() && kind.is_symlink() => skip(
            path,
            "a link to a folder, which is not followed; name the folder itself",
        ),
        Ok(_) => skip(path, "it is no file: a pipe, a socket or a device"),
        Err(error) if kind.is_symlink() => {
            let failure = unreadable("the link leads nowhere or in a circle, and", error);
            Source::Refused(path, Outcome::Failed, failure)
        }
        Err(error) => {
            let failure = unreadable("the file", error);
            Source::Refused(path, Outcome::Failed, failure)
        }
    };
    gather.push(source, below, false);
}

pub(super) fn unreadable(what: &str, error: io::Error) -> Failure {
    let error = tabulary::ir::Error::io(format!("{what} cannot be read"), error);
    Failure::from(&error)
}
