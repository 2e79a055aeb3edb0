//! Archives whose files are inputs: zip, tar and tar.gz.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::{self, BufReader, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

use flate2::read::MultiGzDecoder;
use tabulary::ir::{Error, Limits};
use zip::ZipArchive;

use crate::paths::{decode, extension};

/// A file of a zip archive up to this size may be as dense as it likes.
const RATIO_COUNTS_FROM: u64 = 1 << 20;

/// An archive whose files were listed. It is open only while they are read, since a run may meet more archives than a
/// process may have open.
#[derive(Debug)]
pub(crate) struct Archive {
    path: PathBuf,
    members: Vec<Member>,
    /// Links and devices in it, which are no files.
    others: Vec<String>,
    open: Mutex<Option<Opened>>,
    /// How many files are still to be read.
    left: AtomicUsize,
}

#[derive(Debug)]
struct Member {
    /// Its path in the archive, without what could lead out of it.
    inside: String,
    place: MemberPlace,
    size: u64,
}

#[derive(Debug)]
enum MemberPlace {
    /// The index in the directory of a zip archive, and its compressed size.
    Zip(usize, u64),
    /// Where its bytes begin in a tar archive.
    Tar(u64),
}

enum Opened {
    Zip(ZipArchive<BufReader<File>>),
    Tar(File),
}

impl std::fmt::Debug for Opened {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Zip(_) => "Zip",
            Self::Tar(_) => "Tar",
        })
    }
}

/// Whether a file says by its name to be an archive whose files are inputs: zip, tar, tgz, tar.gz.
pub(super) fn is_named_so(path: &Path) -> bool {
    let extension = path.file_name().map(extension).unwrap_or_default();
    matches!(extension.as_str(), "zip" | "tar" | "tgz" | "tar.gz")
}

fn open(path: &Path, limits: &Limits) -> Result<Opened, Error> {
    let cannot = |error| Error::io("the archive cannot be read", error);
    let mut file = File::open(path).map_err(cannot)?;
    let mut head = Vec::new();
    (&mut file).take(4).read_to_end(&mut head).map_err(cannot)?;
    file.rewind().map_err(cannot)?;
    if head.starts_with(b"PK") {
        let archive = ZipArchive::new(BufReader::new(file)).map_err(damaged)?;
        return Ok(Opened::Zip(archive));
    }
    if head.starts_with(&[0x1F, 0x8B]) {
        file = inflate(file, limits)?;
    }
    Ok(Opened::Tar(file))
}

impl Archive {
    /// Lists an archive; nothing where the file is a document that is only named as an archive.
    pub(crate) fn list(path: &Path, limits: &Limits) -> Result<Option<Self>, Error> {
        let mut list = List::default();
        match open(path, limits)? {
            Opened::Zip(mut archive) => {
                bound(archive.len() as u64, limits)?;
                // The parts by which a package of Office or OpenDocument is told (ECMA-376-2 6.2.3,
                // OpenDocument 1.3-2 3.3).
                let is_document = ["[Content_Types].xml", "mimetype"]
                    .iter()
                    .any(|part| archive.index_for_name(part).is_some());
                if is_document {
                    return Ok(None);
                }
                list.zip(&mut archive)?;
            }
            Opened::Tar(file) => list.tar(&file, limits)?,
        }
        Ok(Some(Self {
            path: path.to_owned(),
            left: AtomicUsize::new(list.members.len()),
            members: list.members,
            others: list.others,
            open: Mutex::new(None),
        }))
    }

    pub(crate) fn len(&self) -> usize {
        self.members.len()
    }

    /// The path of a file in the archive.
    pub(crate) fn inside(&self, index: usize) -> &str {
        &self.members[index].inside
    }

    /// The paths in the archive of what is no file.
    pub(crate) fn others(&self) -> &[String] {
        &self.others
    }

    /// The path of the archive.
    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// The path of the archive and of a file in it.
    pub(crate) fn path_of(&self, index: usize) -> PathBuf {
        self.path.join(self.inside(index))
    }

    /// The bytes of a file in the archive, each of which is read one time.
    pub(crate) fn load(&self, index: usize, limits: &Limits) -> Result<Vec<u8>, Error> {
        let mut held = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        let loaded = self.load_from(&mut held, &self.members[index], limits);
        if self.left.fetch_sub(1, Ordering::Relaxed) == 1 {
            *held = None;
        }
        loaded
    }

    fn load_from(
        &self,
        held: &mut Option<Opened>,
        member: &Member,
        limits: &Limits,
    ) -> Result<Vec<u8>, Error> {
        limits.admit(member.size)?;
        let opened = match held {
            Some(opened) => opened,
            None => held.insert(open(&self.path, limits)?),
        };
        let mut bytes = Vec::new();
        match (opened, &member.place) {
            (Opened::Zip(archive), MemberPlace::Zip(index, compressed)) => {
                let dense = compressed.saturating_mul(limits.inflation_ratio);
                if member.size > dense.max(RATIO_COUNTS_FROM) {
                    let size = member.size;
                    let message = format!("{compressed} bytes in the archive inflate to {size}");
                    return Err(Error::limit(message).raise("inflation_ratio"));
                }
                let entry = archive.by_index(*index).map_err(damaged)?;
                let mut entry = entry.take(member.size.saturating_add(1));
                entry.read_to_end(&mut bytes).map_err(cut)?;
            }
            (Opened::Tar(file), MemberPlace::Tar(start)) => {
                file.seek(SeekFrom::Start(*start)).map_err(cut)?;
                file.take(member.size)
                    .read_to_end(&mut bytes)
                    .map_err(cut)?;
            }
            _ => {}
        }
        if bytes.len() as u64 != member.size {
            let message =
                "the archive is cut short in this file, or was changed since it was listed";
            return Err(Error::input(message).help("get it again"));
        }
        Ok(bytes)
    }
}

/// What is in an archive.
#[derive(Default)]
struct List {
    members: Vec<Member>,
    others: Vec<String>,
    names: BTreeSet<String>,
}

impl List {
    fn zip(&mut self, archive: &mut ZipArchive<BufReader<File>>) -> Result<(), Error> {
        for index in 0..archive.len() {
            let entry = archive.by_index_raw(index).map_err(damaged)?;
            if entry.is_dir() {
                continue;
            }
            let inside = self.name(entry.name_raw());
            if entry.is_symlink() {
                self.others.push(inside);
                continue;
            }
            self.members.push(Member {
                inside,
                place: MemberPlace::Zip(index, entry.compressed_size()),
                size: entry.size(),
            });
        }
        Ok(())
    }

    fn tar(&mut self, file: &File, limits: &Limits) -> Result<(), Error> {
        let damaged = |error| {
            Error::input("the archive is damaged or cut short, or is no tar archive")
                .caused_by(error)
                .help("get the file again")
        };
        let mut archive = tar::Archive::new(BufReader::new(file));
        for entry in archive.entries_with_seek().map_err(damaged)? {
            let entry = entry.map_err(damaged)?;
            let kind = entry.header().entry_type();
            if kind.is_dir() || kind.is_pax_global_extensions() {
                continue;
            }
            bound(self.names.len() as u64 + 1, limits)?;
            let inside = self.name(&entry.path_bytes());
            if kind.is_file() || kind.is_contiguous() {
                self.members.push(Member {
                    inside,
                    place: MemberPlace::Tar(entry.raw_file_position()),
                    size: entry.size(),
                });
            } else {
                self.others.push(inside);
            }
        }
        Ok(())
    }

    /// The name of an entry; where an earlier one has the same, with a number.
    fn name(&mut self, bytes: &[u8]) -> String {
        let tamed = tame(&decode(bytes));
        let mut name = tamed.clone();
        let mut number = 2;
        while !self.names.insert(name.clone()) {
            let (folder, file) = tamed.rsplit_once('/').unwrap_or(("", &tamed));
            let (stem, extension) = file.rsplit_once('.').unwrap_or((file, ""));
            let dot = if extension.is_empty() { "" } else { "." };
            let slash = if folder.is_empty() { "" } else { "/" };
            name = format!("{folder}{slash}{stem}~{number}{dot}{extension}");
            number += 1;
        }
        name
    }
}

fn bound(count: u64, limits: &Limits) -> Result<(), Error> {
    let most = limits.members;
    if count > most {
        let message = format!("the archive has {count} files or more, over the limit of {most}");
        return Err(Error::limit(message).raise("members"));
    }
    Ok(())
}

fn damaged(error: zip::result::ZipError) -> Error {
    Error::input("the archive cannot be read")
        .caused_by(error)
        .help("get the file again, or remove its password")
}

fn cut(error: io::Error) -> Error {
    Error::input("the file cannot be taken out of the archive")
        .caused_by(error)
        .help("get the archive again")
}

/// Inflates a gzip file into one without a name, which vanishes with the process.
fn inflate(file: File, limits: &Limits) -> Result<File, Error> {
    let most = limits.inflated_bytes;
    let mut inflated = tempfile::tempfile()
        .map_err(|error| Error::io("there is no room to unpack the archive", error))?;
    let mut bytes = MultiGzDecoder::new(BufReader::new(file)).take(most.saturating_add(1));
    let length = io::copy(&mut bytes, &mut inflated).map_err(|error| {
        Error::input("the archive cannot be inflated")
            .caused_by(error)
            .help("get the file again")
    })?;
    if length > most {
        let message = format!("the archive has more than {most} bytes when it is inflated");
        return Err(Error::limit(message).raise("inflated_bytes"));
    }
    let cannot = |error| Error::io("the archive cannot be read", error);
    inflated.rewind().map_err(cannot)?;
    Ok(inflated)
}

/// A path that stays below the folder it is joined to, on every system.
fn tame(name: &str) -> String {
    let mut parts = Vec::new();
    for part in name.split(['/', '\\']) {
        let is_drive = part.len() == 2 && part.ends_with(':');
        if part.is_empty() || part == "." || part == ".." || is_drive {
            continue;
        }
        parts.push(part.replace(|c: char| c.is_control(), "_"));
    }
    if parts.is_empty() {
        return "unnamed".to_owned();
    }
    parts.join("/")
}

#[cfg(test)]
mod tests {
    use super::tame;

    #[test]
    fn no_name_leads_out() {
        assert_eq!(tame("../../etc/passwd"), "etc/passwd");
        assert_eq!(tame("C:\\old\\a.xls"), "old/a.xls");
        assert_eq!(tame("/"), "unnamed");
        assert_eq!(tame("a\0b/./c"), "a_b/c");
    }
}
