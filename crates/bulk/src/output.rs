//! Results that appear whole or not at all, also where the process is killed.
//!
//! A file is written beside its place under a name that follows from it, and renamed: what a killed run leaves open is
//! taken by the run that goes on.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};
use tabulary::ir::{Error, hexadecimal};

use crate::answer::Made;
use crate::gather::OPEN_FILE;
use crate::ledger::Written;
use crate::paths::spell;

/// What may become of a file that is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Existing {
    /// It stays, and there is an error.
    Keep,
    /// It stays where it has the same bytes, as one that a killed run wrote and could not account for; else there is
    /// an error.
    KeepEqual,
    /// It is overwritten.
    Overwrite,
}

/// The hexadecimal digits of a SHA-256 digest.
pub(crate) fn digest(bytes: &[u8]) -> String {
    hexadecimal(&Sha256::digest(bytes))
}

/// Refuses a place that is taken, before any work is done for it.
pub(crate) fn refuse(path: &Path) -> Result<(), Error> {
    if path.symlink_metadata().is_ok() {
        return Err(is_there(path));
    }
    Ok(())
}

fn is_there(path: &Path) -> Error {
    Error::caller(format!("{} is there already", path.display()))
        .help("overwrite it with --force, or choose another place with --output")
}

/// Writes what was made of an input.
pub(crate) fn write(made: &Made, place: &Path, existing: Existing) -> Result<Vec<Written>, Error> {
    if let Some(folder) = place.parent() {
        fs::create_dir_all(folder).map_err(|error| {
            let message = format!("the folder {} cannot be made", folder.display());
            Error::io(message, error)
        })?;
    }
    match made {
        Made::File(bytes) => {
            write_file(place, bytes, existing)?;
            Ok(vec![written(place, bytes)])
        }
        Made::Folder(files) => write_folder(files, place, existing),
    }
}

fn written(path: &Path, bytes: &[u8]) -> Written {
    let spelt = spell(path);
    Written {
        path: spelt.text,
        raw: spelt.raw,
        size: bytes.len() as u64,
        sha256: digest(bytes),
    }
}

/// The name under which a result is open until it is whole.
fn open_name(place: &Path) -> PathBuf {
    let name = place.file_name().unwrap_or_default();
    let short = &digest(name.as_encoded_bytes())[..16];
    place.with_file_name(format!("{OPEN_FILE}{short}.part"))
}

fn write_file(place: &Path, bytes: &[u8], existing: Existing) -> Result<(), Error> {
    if existing != Existing::Overwrite && place.symlink_metadata().is_ok() {
        let equal = existing == Existing::KeepEqual && fs::read(place).is_ok_and(|it| it == bytes);
        return if equal { Ok(()) } else { Err(is_there(place)) };
    }
    let open = open_name(place);
    let result = fs::write(&open, bytes).and_then(|()| take_place(&open, place, existing));
    if result.is_err() {
        let _ = fs::remove_file(&open);
    }
    result.map_err(|error| cannot(place, error))
}

fn take_place(open: &Path, place: &Path, existing: Existing) -> io::Result<()> {
    if existing == Existing::Overwrite {
        return fs::rename(open, place);
    }
    // A second name is refused where there is a file, which renaming would replace; not every file system has them.
    match fs::hard_link(open, place) {
        Ok(()) => fs::remove_file(open),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Err(error),
        Err(_) => fs::rename(open, place),
    }
}

fn write_folder(
    files: &[(String, Vec<u8>)],
    place: &Path,
    existing: Existing,
) -> Result<Vec<Written>, Error> {
    let lines = || {
        let line = |(name, bytes): &(String, Vec<u8>)| written(&place.join(name), bytes);
        files.iter().map(line).collect()
    };
    if place.symlink_metadata().is_ok() {
        let same = |(name, bytes): &(String, Vec<u8>)| {
            fs::read(place.join(name)).is_ok_and(|it| it == *bytes)
        };
        if existing != Existing::Keep && files.iter().all(same) {
            return Ok(lines());
        }
        return Err(is_there(place));
    }
    let open = open_name(place);
    let fill = || {
        if open.exists() {
            fs::remove_dir_all(&open)?;
        }
        for (name, bytes) in files {
            let path = open.join(name);
            fs::create_dir_all(path.parent().unwrap_or(&open))?;
            fs::write(path, bytes)?;
        }
        fs::rename(&open, place)
    };
    fill().map_err(|error| {
        let _ = fs::remove_dir_all(&open);
        cannot(place, error)
    })?;
    Ok(lines())
}

fn cannot(place: &Path, error: io::Error) -> Error {
    let help = match error.kind() {
        io::ErrorKind::PermissionDenied => "choose a folder that you may write to",
        io::ErrorKind::StorageFull => "make room on the disk, and go on with --resume",
        _ => "choose another place with --output",
    };
    Error::io(format!("{} cannot be written", place.display()), error).help(help)
}

/// Whether a file that a ledger names is there as it was written.
pub(crate) fn is_as_written(written: &Written, place: &Path) -> bool {
    let size = fs::metadata(place).map(|it| it.len());
    size.is_ok_and(|size| size == written.size)
        && fs::read(place).is_ok_and(|bytes| digest(&bytes) == written.sha256)
}
