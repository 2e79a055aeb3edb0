//! The ledger of a deposit, `data/checks/ledger.jsonl`: a line for each input, so that every file and every loss is
//! accounted for.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use tabulary::ir::Diagnostic;

/// Its path in the bag.
pub(crate) const PATH: &str = "data/checks/ledger.jsonl";

/// What came of an input, as its line says it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Line {
    /// The name that it came with.
    pub(crate) path: String,
    /// Bytes of the input.
    pub(crate) size: u64,
    pub(crate) sha256: String,
    /// The path of its bytes in the bag.
    pub(crate) original: String,
    /// The format that it was read as; none where it could not be read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) format: Option<String>,
    pub(crate) outcome: Outcome,
    /// Why it could not be read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) error: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) title: Option<String>,
    /// The form that it is a report of, with its edition.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) form: Option<String>,
    /// What holding it against its form came to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) rules: Option<Rules>,
    /// What was made of it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) outputs: Vec<Output>,
    /// Formats in which it could not be published, and why.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub(crate) unpublished: BTreeMap<String, String>,
    /// How many diagnostics there are of each code, in reading and in all publications.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub(crate) diagnostics: BTreeMap<String, usize>,
}

/// How an input ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Outcome {
    /// It was read and published in every format.
    Deposited,
    /// It was read, and could not be published in every format.
    Partly,
    /// It could not be read; its bytes are in the bag.
    Unread,
}

/// What holding a report against its form came to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Rules {
    pub(crate) hold: usize,
    pub(crate) broken: usize,
    pub(crate) undecided: usize,
    pub(crate) findings: usize,
}

/// A file that was made of an input.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Output {
    /// Its path in the bag.
    pub(crate) path: String,
    pub(crate) role: Role,
    /// The identifier of its format.
    pub(crate) format: String,
    pub(crate) size: u64,
    pub(crate) sha256: String,
}

/// What a file is in a deposit. The folders below `data/` go by it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Role {
    /// The bytes that came in.
    Original,
    /// The document as canonical JSON.
    Canonical,
    /// The data of a report.
    Data,
    /// A publication.
    Published,
    /// Findings of rules, diagnostics, or the ledger.
    Checks,
    /// Metadata.
    Metadata,
}

impl Role {
    /// The folder below `data/`.
    pub(crate) fn folder(self) -> &'static str {
        match self {
            Self::Original => "original",
            Self::Canonical | Self::Data => "canonical",
            Self::Published => "published",
            Self::Checks => "checks",
            Self::Metadata => "metadata",
        }
    }
}

/// How many diagnostics there are of each code.
pub(crate) fn counts<'a>(all: impl Iterator<Item = &'a Diagnostic>) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    for diagnostic in all {
        *counts.entry(diagnostic.code.to_string()).or_default() += 1;
    }
    counts
}

/// The ledger of lines.
pub(crate) fn write(lines: &[Line]) -> Vec<u8> {
    let mut text = String::new();
    for line in lines {
        let json = serde_json::to_string(line).expect("a line has only text keys");
        text.push_str(&json);
        text.push('\n');
    }
    text.into_bytes()
}

/// The lines of a ledger; the number of the first line that is none, from 1.
pub(crate) fn read(bytes: &[u8]) -> Result<Vec<Line>, usize> {
    let mut lines = Vec::new();
    for (line, number) in bytes.split(|byte| *byte == b'\n').zip(1_usize..) {
        if !line.is_empty() {
            lines.push(serde_json::from_slice(line).map_err(|_| number)?);
        }
    }
    Ok(lines)
}
