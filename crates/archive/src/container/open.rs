//! A bag that is read, wherever it stands.

use std::collections::BTreeMap;
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use tabulary::ir::{Error, Limits};
use tabulary_package::is_zip;
use unicode_normalization::UnicodeNormalization;

use super::pack::{base, checked, is_mark};
use super::{folder, tar, zip};
use crate::deposit::Deposit;

/// A bag that is read. Files in it are found by their paths in form NFC (RFC 8493 6.1), so that a disk that keeps names in
/// another form is no difference; nothing outside of it is ever opened.
pub struct Bag {
    files: BTreeMap<String, Place>,
    strange: Vec<(String, &'static str)>,
    source: Source,
    limits: Limits,
}

/// Where the bytes are.
enum Source {
    /// Each file at its own place.
    Folder,
    /// In a zip.
    Zip(Mutex<zip::Archive>),
    /// In bytes.
    Bytes(Vec<u8>),
    /// In memory, file by file.
    Memory(Vec<Vec<u8>>),
}

/// Where a file is.
pub(super) enum Place {
    /// On a disk.
    Path {
        /// Where.
        path: PathBuf,
        /// Bytes.
        size: u64,
    },
    /// In a zip or in memory.
    Entry {
        /// Its number there.
        index: usize,
        /// Bytes.
        size: u64,
    },
    /// In bytes.
    Range {
        /// Its first byte.
        from: usize,
        /// The byte behind its last.
        to: usize,
    },
}

/// What was found in a container, before anything is known of a bag.
#[derive(Default)]
pub(super) struct Found {
    /// Names and places of files.
    pub(super) files: Vec<(String, Place)>,
    /// Names of what is no file that can be in a bag, and why.
    pub(super) strange: Vec<(String, &'static str)>,
}

impl Bag {
    /// Opens a folder, a zip or a tar.
    ///
    /// # Errors
    /// `Io` where it cannot be read, `Input` where it is damaged or no bag is in it, `Limit` where it holds more than the
    /// limits allow.
    pub fn open(path: &Path, limits: &Limits) -> Result<Self, Error> {
        let unread = |error| Error::io("the deposit cannot be read", error).help("check the path");
        let about = fs::metadata(path).map_err(unread)?;
        if about.is_dir() {
            let found = folder::list(path)?;
            return Self::new(found, Source::Folder, limits, false);
        }
        let bound = limits.input_bytes;
        let mut bytes = Vec::new();
        let mut file = fs::File::open(path)
            .map_err(unread)?
            .take(bound.saturating_add(1));
        file.read_to_end(&mut bytes).map_err(unread)?;
        if bytes.len() as u64 > bound {
            return Err(
                Error::limit(format!("the file has more than {bound} bytes")).help(
                    "raise the limit `input_bytes` if the deposit can be trusted, or unpack it",
                ),
            );
        }
        if is_zip(&bytes) {
            Self::from_zip(bytes, limits)
        } else if tar::is_tar(&bytes) {
            Self::from_tar(bytes, limits)
        } else {
            Err(
                Error::input("it is no deposit: neither a folder nor a zip nor a tar")
                    .help("give what `tabulary archive` wrote"),
            )
        }
    }

    /// Opens a zip.
    ///
    /// # Errors
    /// Those of [`open`](Self::open).
    pub fn from_zip(bytes: Vec<u8>, limits: &Limits) -> Result<Self, Error> {
        let (archive, found) = zip::list(bytes, limits)?;
        Self::new(found, Source::Zip(Mutex::new(archive)), limits, true)
    }

    /// Opens a tar.
    ///
    /// # Errors
    /// Those of [`open`](Self::open).
    pub fn from_tar(bytes: Vec<u8>, limits: &Limits) -> Result<Self, Error> {
        let found = tar::list(&bytes)?;
        Self::new(found, Source::Bytes(bytes), limits, true)
    }

    /// Takes a deposit as it is in memory, or any other files by their paths in a bag.
    ///
    /// # Errors
    /// `Input` where they are no bag.
    pub fn from_files(files: Vec<(String, Vec<u8>)>, limits: &Limits) -> Result<Self, Error> {
        let mut found = Found::default();
        let mut all = Vec::with_capacity(files.len());
        for (index, (name, bytes)) in files.into_iter().enumerate() {
            let size = bytes.len() as u64;
            found.files.push((name, Place::Entry { index, size }));
            all.push(bytes);
        }
        Self::new(found, Source::Memory(all), limits, false)
    }

    /// The bag among what was found; below a folder of its own where it is packed.
    fn new(found: Found, source: Source, limits: &Limits, is_packed: bool) -> Result<Self, Error> {
        let mut strange = found.strange;
        let mut named: Vec<(String, Place)> = Vec::new();
        for (name, place) in found.files {
            match checked(&name) {
                Ok(name) => named.push((name, place)),
                Err(why) => strange.push((name, why)),
            }
        }
        let names = named.iter().map(|(name, _)| name.as_str());
        let base = if is_packed {
            base(names)
        } else {
            names.clone().any(is_mark).then(String::new)
        };
        let base = base.ok_or_else(|| {
            Error::input("it holds no bag: there is neither a bagit.txt nor a manifest in it")
                .help("give a deposit, as `tabulary archive` writes it")
        })?;
        let mut files = BTreeMap::new();
        for (name, place) in named {
            let Some(below) = name.strip_prefix(&base) else {
                strange.push((name, "it stands beside the bag"));
                continue;
            };
            let path: String = below.nfc().collect();
            if files.insert(path, place).is_some() {
                strange.push((
                    name,
                    "there is another file of this name, written in another form",
                ));
            }
        }
        for (name, _) in &mut strange {
            if let Some(below) = name.strip_prefix(&base) {
                *name = below.to_owned();
            }
        }
        strange.sort();
        Ok(Self {
            files,
            strange,
            source,
            limits: limits.clone(),
        })
    }

    /// The paths of all files, sorted.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        self.files.keys().map(String::as_str)
    }

    /// Whether there is a file at a path.
    pub fn has(&self, path: &str) -> bool {
        self.files.contains_key(path)
    }

    /// What is there and is no file that can be in a bag, and why: links, and names that lead out of it.
    pub fn strange(&self) -> &[(String, &'static str)] {
        &self.strange
    }

    /// The size of a file, in bytes.
    pub fn size(&self, path: &str) -> Option<u64> {
        Some(match self.files.get(path)? {
            Place::Path { size, .. } | Place::Entry { size, .. } => *size,
            Place::Range { from, to } => (to - from) as u64,
        })
    }

    /// The bytes of a file.
    ///
    /// # Errors
    /// `Caller` where it is not there, `Input` or `Io` where it cannot be read, `Limit` where it is larger than
    /// the limits allow.
    pub fn read(&self, path: &str) -> Result<Vec<u8>, Error> {
        let place = self.files.get(path);
        let place = place.ok_or_else(|| Error::caller(format!("{path} is not in the bag")))?;
        match (place, &self.source) {
            (Place::Path { path, size }, _) => self.read_file(path, *size),
            (Place::Entry { index, size }, Source::Zip(archive)) => {
                let mut archive = archive.lock().unwrap_or_else(PoisonError::into_inner);
                zip::read(&mut archive, *index, *size)
            }
            (Place::Entry { index, .. }, Source::Memory(all)) => Ok(all[*index].clone()),
            (Place::Range { from, to }, Source::Bytes(bytes)) => Ok(bytes[*from..*to].to_vec()),
            _ => Err(Error::caller(format!("{path} is not in the bag"))),
        }
    }

    fn read_file(&self, path: &Path, size: u64) -> Result<Vec<u8>, Error> {
        let bound = self.limits.entry_bytes;
        let too_large = || {
            Error::limit(format!("{} has more than {bound} bytes", path.display()))
                .help("raise the limit `entry_bytes` if the deposit can be trusted")
        };
        if size > bound {
            return Err(too_large());
        }
        let unread = |error| Error::io(format!("{} cannot be read", path.display()), error);
        let mut bytes = Vec::new();
        let file = fs::File::open(path).map_err(unread)?;
        file.take(bound.saturating_add(1))
            .read_to_end(&mut bytes)
            .map_err(unread)?;
        if bytes.len() as u64 > bound {
            return Err(too_large());
        }
        Ok(bytes)
    }
}

impl Deposit {
    /// The deposit as a bag that is read.
    ///
    /// # Errors
    /// None, as what was made is a bag.
    pub fn as_bag(&self, limits: &Limits) -> Result<Bag, Error> {
        Bag::from_files(self.files.clone(), limits)
    }
}
