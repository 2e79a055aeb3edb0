//! A deposit in memory: files by their paths in the bag.

use std::collections::BTreeMap;

use tabulary::ir::{Diagnostic, Error};

use crate::bagit::{
    BagInfo, DECLARATION, DECLARATION_NAME, INFO_NAME, PAYLOAD, README_NAME, manifest,
    manifest_name, tag_manifest_name,
};
use crate::digest::{Algorithm, Digests};

/// A deposit: a BagIt bag, whole, in memory.
#[derive(Debug)]
pub struct Deposit {
    /// Paths in the bag, with `/` between their parts, and bytes; sorted by path, each path once.
    pub files: Vec<(String, Vec<u8>)>,
    /// What came of each input, in their order.
    pub reports: Vec<Deposited>,
    /// The SHA-512 of `tagmanifest-sha512.txt`, in hexadecimal digits: one number that stands for every byte of the bag. The
    /// next version names it.
    pub seal: String,
}

/// What came of an input.
#[derive(Debug)]
pub struct Deposited {
    /// Its name, as it was given.
    pub name: String,
    /// The form that it is a report of, with its edition.
    pub form: Option<String>,
    /// Whether a rule of the form is broken, or a value cannot be what its field says.
    pub is_wrong: bool,
    /// What was lost, repaired or guessed in reading it.
    pub read: Vec<Diagnostic>,
    /// The formats in which it was published, and what each of them could not hold.
    pub published: Vec<(&'static str, Vec<Diagnostic>)>,
    /// Why it could not be read; its bytes are in the deposit all the same.
    pub unread: Option<Error>,
    /// Formats in which it could not be published, and why.
    pub unpublished: Vec<(&'static str, Error)>,
}

/// A file of the payload, with its digests.
pub(crate) struct Payload {
    /// Its path in the bag.
    pub(crate) path: String,
    /// Its bytes.
    pub(crate) bytes: Vec<u8>,
    /// Its digests.
    pub(crate) digests: Digests,
}

impl Payload {
    /// A file at a path below `data/`.
    pub(crate) fn new(path: String, bytes: Vec<u8>) -> Self {
        let digests = Digests::of(&bytes);
        Self {
            path,
            bytes,
            digests,
        }
    }
}

/// Payload, what is said of the bag and a page for a person as a bag (RFC 8493 2), and its seal. `Payload-Oxum` is added
/// to what is said.
pub(crate) fn bag(
    mut payload: Vec<Payload>,
    mut info: BagInfo,
    readme: &str,
) -> (Vec<(String, Vec<u8>)>, String) {
    payload.sort_by(|a, b| a.path.cmp(&b.path));
    debug_assert!(payload.iter().all(|file| file.path.starts_with(PAYLOAD)));
    let size: usize = payload.iter().map(|file| file.bytes.len()).sum();
    info.add("Payload-Oxum", &format!("{size}.{}", payload.len()));
    let mut tags = BTreeMap::from([
        (DECLARATION_NAME.to_owned(), DECLARATION.to_owned()),
        (INFO_NAME.to_owned(), info.write()),
        (README_NAME.to_owned(), readme.to_owned()),
    ]);
    for algorithm in Algorithm::ALL {
        let entries = payload
            .iter()
            .map(|file| (file.path.as_str(), file.digests.by(algorithm)));
        tags.insert(manifest_name(algorithm), manifest(entries));
    }
    let digests: Vec<(String, Digests)> = tags
        .iter()
        .map(|(path, text)| (path.clone(), Digests::of(text.as_bytes())))
        .collect();
    let mut seal = String::new();
    for algorithm in Algorithm::ALL {
        let entries = digests
            .iter()
            .map(|(path, digests)| (path.as_str(), digests.by(algorithm)));
        let text = manifest(entries);
        if algorithm == Algorithm::Sha512 {
            seal = Digests::of(text.as_bytes()).sha512;
        }
        tags.insert(tag_manifest_name(algorithm), text);
    }
    let tags = tags
        .into_iter()
        .map(|(path, text)| (path, text.into_bytes()));
    let mut files: Vec<(String, Vec<u8>)> = tags.collect();
    files.extend(payload.into_iter().map(|file| (file.path, file.bytes)));
    files.sort_by(|a, b| a.0.cmp(&b.0));
    (files, seal)
}
