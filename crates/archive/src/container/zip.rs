//! Bags as zips.

use std::io::{Cursor, Read, Write};

use tabulary::ir::{Error, ErrorKind, Limits};
use zip::result::ZipError;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipArchive, ZipWriter};

use super::base_name;
use super::open::{Found, Place};
use super::pack::MOST_FILES;
use crate::deposit::Deposit;

/// An entry up to this size may be as dense as it likes: small XML compresses well.
const RATIO_COUNTS_FROM: u64 = 1 << 20;

/// A zip in memory.
pub(super) type Archive = ZipArchive<Cursor<Vec<u8>>>;

/// A deposit as a zip, in which everything stands below a folder of the name `base`. Times in it are 1980-01-01, the
/// earliest that a zip can hold.
///
/// # Errors
/// `Io` where it would be larger than a zip can be.
pub fn to_zip(deposit: &Deposit, base: &str) -> Result<Vec<u8>, Error> {
    let failed =
        |error: ZipError| Error::new(ErrorKind::Io, "the zip cannot be written").caused_by(error);
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default())
        .unix_permissions(0o644);
    let base = base_name(base);
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (path, bytes) in &deposit.files {
        let options = options.large_file(bytes.len() as u64 >= u64::from(u32::MAX));
        zip.start_file(format!("{base}/{path}"), options)
            .map_err(failed)?;
        zip.write_all(bytes)
            .map_err(|error| Error::io("the zip cannot be written", error))?;
    }
    Ok(zip.finish().map_err(failed)?.into_inner())
}

/// Opens a zip, and finds the files in it. Nothing is inflated.
///
/// # Errors
/// `Input` where it is damaged, `Limit` where it declares more than the limits allow.
pub(super) fn list(bytes: Vec<u8>, limits: &Limits) -> Result<(Archive, Found), Error> {
    let damaged = |error: ZipError| {
        Error::input("the zip is damaged or cut short")
            .caused_by(error)
            .help("get it again from where it is kept")
    };
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(damaged)?;
    if archive.len() > MOST_FILES {
        return Err(Error::limit(format!(
            "the zip has more than {MOST_FILES} entries"
        )));
    }
    if archive.has_duplicate_names() {
        return Err(Error::input("the zip has several entries of one name")
            .help("unpack it by hand, and look at which of them is the right one"));
    }
    let mut found = Found::default();
    let mut inflated = 0_u64;
    for index in 0..archive.len() {
        let entry = archive.by_index_raw(index).map_err(damaged)?;
        let (size, packed) = (entry.size(), entry.compressed_size());
        let Ok(name) = entry.name() else {
            found
                .strange
                .push((format!("entry {}", index + 1), "its name is no text"));
            continue;
        };
        let name = name.into_owned();
        if name.ends_with('/') {
            continue;
        }
        let by_ratio = packed
            .saturating_mul(limits.inflation_ratio)
            .max(RATIO_COUNTS_FROM);
        inflated = inflated.saturating_add(size);
        if size > limits.entry_bytes.min(by_ratio) || inflated > limits.inflated_bytes {
            return Err(Error::limit(format!("{name} inflates from {packed} to {size} bytes"))
                .help("raise the limits `entry_bytes`, `inflated_bytes` and `inflation_ratio` if the deposit can be trusted"));
        }
        if entry.is_symlink() {
            found.strange.push((name, "it is a link"));
        } else {
            found.files.push((name, Place::Entry { index, size }));
        }
    }
    Ok((archive, found))
}

/// Inflates an entry, which must be of the size that it declares.
///
/// # Errors
/// `Input` where it is damaged.
pub(super) fn read(archive: &mut Archive, index: usize, size: u64) -> Result<Vec<u8>, Error> {
    let damaged = || Error::input("it cannot be inflated");
    let entry = archive
        .by_index(index)
        .map_err(|error| damaged().caused_by(error))?;
    let mut bytes = Vec::new();
    let mut entry = entry.take(size.saturating_add(1));
    entry
        .read_to_end(&mut bytes)
        .map_err(|error| damaged().caused_by(error))?;
    if bytes.len() as u64 != size {
        return Err(damaged());
    }
    Ok(bytes)
}
