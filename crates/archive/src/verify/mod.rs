//! The proof that a deposit is whole, and that its parts say the same.
//!
//! What is proved, in this order:
//!
//! 1. The bag (RFC 8493 3): every file is the one that was deposited, by two digests; none is missing and none is
//!    beside.
//! 2. The records: ledger, PREMIS and METS name every file, with the digests that the files have.
//! 3. The documents: each is canonical JSON that its schema accepts.
//! 4. The publications: a PDF carries the document, and its pages are those that it was sealed with; the other formats
//!    are what writing the document gives, byte by byte, or, where another version of Tabulary wrote them, read back as
//!    the same document.
//!
//! A file that is not the one that was deposited is told once: what else would follow from it is not.

mod bag;
mod chain;
mod content;
mod finding;
mod records;

use std::collections::{BTreeMap, BTreeSet};

use tabulary::Options;
use tabulary::ir::{Budget, Error, ErrorKind};

use crate::bagit::{BagInfo, INFO_NAME, tag_manifest_name};
use crate::container::Bag;
use crate::digest::{Algorithm, Digests};
use crate::info;
use crate::ledger;

pub use chain::{previous, verify_follows};
pub use finding::{Finding, FindingKind};

/// How to verify.
#[derive(Clone, Debug, Default)]
pub struct VerifyOptions {
    /// Within which limits documents are read and written anew.
    pub convert: Options,
}

/// What verifying a bag came to.
#[derive(Clone, Debug)]
pub struct Verification {
    /// Everything that is wrong, by file.
    pub findings: Vec<Finding>,
    /// How many files the bag has.
    pub files: usize,
    /// How many reports are in it; 0 where it is a bag of another program, of which the bag alone was verified.
    pub reports: usize,
    /// The version of the deposit; none where it is no deposit of Tabulary.
    pub version: Option<u32>,
    /// The SHA-512 of `tagmanifest-sha512.txt`, which stands for every byte of the bag; none where there is none.
    pub seal: Option<String>,
}

/// Verifies a bag.
///
/// # Errors
/// `Io` where a file cannot be read from its disk, `Limit` where a limit is passed. What is wrong with the bag is no error,
/// but a finding.
pub fn verify(bag: &Bag, options: &VerifyOptions) -> Result<Verification, Error> {
    let budget = Budget::new(&options.convert.read.limits, &options.convert.read.cancel);
    let files = Files::read(bag, &budget)?;
    let info = files
        .text(INFO_NAME)?
        .map(|text| BagInfo::read(&text))
        .unwrap_or_default();
    let is_deposit = info.get(info::VERSION).is_some() || bag.has(ledger::PATH);
    let mut findings = bag::check(&files, &info, is_deposit)?;
    let mut reports = 0;
    if is_deposit {
        let named = |finding: &Finding| [finding.file.clone(), finding.now.clone()];
        let doubtful: BTreeSet<String> = findings.iter().flat_map(named).flatten().collect();
        let sound = Sound {
            files: &files,
            doubtful,
        };
        let lines = records::check(&sound, options, &mut findings)?;
        reports = lines.len();
        content::check(&sound, &lines, &info, options, &mut findings)?;
    }
    findings.sort_by(|a, b| (&a.file, a.kind).cmp(&(&b.file, b.kind)));
    findings.dedup();
    let seal = files.digests.get(&tag_manifest_name(Algorithm::Sha512));
    let version = info
        .get(info::VERSION)
        .and_then(|version| version.parse().ok());
    Ok(Verification {
        findings,
        files: files.digests.len() + files.unread.len(),
        reports,
        version: version.or(is_deposit.then_some(1)),
        seal: seal.map(|digests| digests.sha512.clone()),
    })
}

/// The files of a bag, with their digests.
pub(crate) struct Files<'a> {
    bag: &'a Bag,
    digests: BTreeMap<String, Digests>,
    /// Files that are there and cannot be read, and why.
    unread: BTreeMap<String, String>,
}

impl<'a> Files<'a> {
    fn read(bag: &'a Bag, budget: &Budget) -> Result<Self, Error> {
        let mut files = Self {
            bag,
            digests: BTreeMap::new(),
            unread: BTreeMap::new(),
        };
        for path in bag.paths() {
            budget.tick()?;
            match bag.read(path) {
                Ok(bytes) => {
                    files.digests.insert(path.to_owned(), Digests::of(&bytes));
                }
                Err(error) if error.kind() == ErrorKind::Input => {
                    files.unread.insert(path.to_owned(), error.to_string());
                }
                Err(error) => return Err(error),
            }
        }
        Ok(files)
    }

    /// A tag file as text; none where it is not there or cannot be read.
    fn text(&self, path: &str) -> Result<Option<String>, Error> {
        if !self.digests.contains_key(path) {
            return Ok(None);
        }
        let bytes = self.bag.read(path)?;
        Ok(Some(String::from_utf8_lossy(&bytes).into_owned()))
    }

    /// The paths of all files, sorted.
    fn paths(&self) -> impl Iterator<Item = &str> {
        self.bag.paths()
    }
}

/// The files that are those that were deposited, so that more can be asked of them.
pub(crate) struct Sound<'a> {
    files: &'a Files<'a>,
    doubtful: BTreeSet<String>,
}

impl Sound<'_> {
    /// The bytes of a file; none where it is not there or is not the one that was deposited.
    fn bytes(&self, path: &str) -> Result<Option<Vec<u8>>, Error> {
        if self.doubtful.contains(path) || !self.files.digests.contains_key(path) {
            return Ok(None);
        }
        self.files.bag.read(path).map(Some)
    }

    /// The digests of a file, in the same manner.
    fn digests(&self, path: &str) -> Option<&Digests> {
        self.files
            .digests
            .get(path)
            .filter(|_| !self.doubtful.contains(path))
    }

    /// Whether something was told of a file.
    fn is_doubtful(&self, path: &str) -> bool {
        self.doubtful.contains(path)
    }
}
