//! Bags as tars.

use std::io::Cursor;

use tabulary::ir::Error;
use tar::{Archive, Builder, EntryType, Header};

use super::base_name;
use super::open::{Found, Place};
use super::pack::MOST_FILES;
use crate::deposit::Deposit;

/// The size of a block (POSIX.1-2001, ustar interchange format).
const BLOCK: u64 = 512;
/// The time of all files: 1980-01-01, as in zips.
const TIME: u64 = 315_532_800;

/// A deposit as a tar, in which everything stands below a folder of the name `base`. Names that are long or not of ASCII
/// stand in records of the pax format, which every tar of today reads.
///
/// # Errors
/// `Io` where a name is one that a tar cannot hold.
pub fn to_tar(deposit: &Deposit, base: &str) -> Result<Vec<u8>, Error> {
    let failed = |error| Error::io("the tar cannot be written", error);
    let base = base_name(base);
    let mut builder = Builder::new(Vec::new());
    for (number, (path, bytes)) in deposit.files.iter().enumerate() {
        let path = format!("{base}/{path}");
        let mut header = Header::new_ustar();
        header.set_entry_type(EntryType::Regular);
        header.set_mode(0o644);
        header.set_mtime(TIME);
        header.set_uid(0);
        header.set_gid(0);
        header.set_size(bytes.len() as u64);
        if !path.is_ascii() || header.set_path(&path).is_err() {
            builder
                .append_pax_extensions([("path", path.as_bytes())])
                .map_err(failed)?;
            header
                .set_path(format!("file-{}", number + 1))
                .map_err(failed)?;
        }
        header.set_cksum();
        builder.append(&header, bytes.as_slice()).map_err(failed)?;
    }
    builder.into_inner().map_err(failed)
}

/// Whether bytes are a tar: the mark of its first header says so, or they hold nothing but the blocks of its end.
pub(super) fn is_tar(bytes: &[u8]) -> bool {
    bytes.get(257..262) == Some(b"ustar")
}

/// Finds the files in a tar.
///
/// # Errors
/// `Input` where it is damaged or cut short, `Limit` where it has more files than a deposit.
pub(super) fn list(bytes: &[u8]) -> Result<Found, Error> {
    let damaged = |error| {
        Error::io("the tar is damaged or cut short", error)
            .help("get it again from where it is kept")
    };
    let cut = || {
        Error::input("the tar is damaged or cut short").help("get it again from where it is kept")
    };
    let length = bytes.len() as u64;
    let mut found = Found::default();
    let mut end = 0;
    let mut archive = Archive::new(Cursor::new(bytes));
    for entry in archive.entries().map_err(damaged)? {
        let entry = entry.map_err(damaged)?;
        let (from, size) = (entry.raw_file_position(), entry.size());
        let kind = entry.header().entry_type();
        let raw = entry.path_bytes();
        let name = String::from_utf8_lossy(&raw).into_owned();
        if kind.is_file() || kind.is_contiguous() {
            let over = from
                .checked_add(size)
                .filter(|over| *over <= length)
                .ok_or_else(cut)?;
            end = over.div_ceil(BLOCK) * BLOCK;
            let place = usize::try_from(from).ok().zip(usize::try_from(over).ok());
            let (from, to) = place.ok_or_else(cut)?;
            if std::str::from_utf8(&raw).is_ok() {
                found.files.push((name, Place::Range { from, to }));
            } else {
                found.strange.push((name, "its name is no text"));
            }
        } else {
            end = from.saturating_add(size).div_ceil(BLOCK) * BLOCK;
            if kind.is_symlink() || kind.is_hard_link() {
                found.strange.push((name, "it is a link"));
            } else if !kind.is_dir() && !kind.is_pax_global_extensions() {
                found.strange.push((name, "it is no file"));
            }
        }
        if found.files.len() + found.strange.len() > MOST_FILES {
            return Err(Error::limit(format!(
                "the tar has more than {MOST_FILES} entries"
            )));
        }
    }
    // Two blocks of zeros end a tar; where they are missing, more may be.
    let closing = usize::try_from(end)
        .ok()
        .and_then(|end| bytes.get(end..end + 1024));
    if closing.is_none_or(|blocks| blocks.iter().any(|byte| *byte != 0)) {
        return Err(cut());
    }
    Ok(found)
}
