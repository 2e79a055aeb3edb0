//! What is wrong with a deposit, and with which file.

use serde::Serialize;
use tabulary::forms::Language;

/// What is wrong with a file. The names are stable.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum FindingKind {
    /// Its bytes are not those that were deposited.
    Changed,
    /// It is not there.
    Missing,
    /// It is there, and was not deposited.
    Added,
    /// It has another name than the one it was deposited with.
    Renamed,
    /// A path that leads out of the bag, a link, or a thing that is no file.
    Unsafe,
    /// `bagit.txt` does not declare a bag that can be read.
    Declaration,
    /// A manifest says nothing, or less than another one.
    Manifest,
    /// `Payload-Oxum` says another number of bytes or files.
    Size,
    /// A record (ledger, PREMIS, METS) says another thing of a file than the file.
    Record,
    /// A document is no canonical JSON, or not what its schema asks.
    Canonical,
    /// A publication does not say what the document says.
    Published,
    /// A version does not follow the one that it is said to follow.
    Chain,
}

impl FindingKind {
    /// The name that JSON and messages use.
    pub fn name(self) -> &'static str {
        match self {
            Self::Changed => "changed",
            Self::Missing => "missing",
            Self::Added => "added",
            Self::Renamed => "renamed",
            Self::Unsafe => "unsafe",
            Self::Declaration => "declaration",
            Self::Manifest => "manifest",
            Self::Size => "size",
            Self::Record => "record",
            Self::Canonical => "canonical",
            Self::Published => "published",
            Self::Chain => "chain",
        }
    }
}

/// Something that is wrong with a deposit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// What is wrong.
    pub kind: FindingKind,
    /// The file, by its path in the bag; none where it is about the bag as a whole.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub file: Option<String>,
    /// The name that a renamed file has now.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub now: Option<String>,
    /// What it says, in English.
    pub en: String,
    /// What it says, in Chinese.
    pub zh: String,
}

impl Finding {
    pub(crate) fn new(
        kind: FindingKind,
        file: impl Into<Option<String>>,
        en: impl Into<String>,
        zh: impl Into<String>,
    ) -> Self {
        Self {
            kind,
            file: file.into(),
            now: None,
            en: en.into(),
            zh: zh.into(),
        }
    }

    /// One line for a person: the file, what is wrong, and what was found.
    pub fn line(&self, language: Language) -> String {
        let (words, colon) = match language {
            Language::English => (&self.en, ": "),
            Language::Chinese => (&self.zh, "："),
        };
        let kind = self.kind.name();
        match &self.file {
            // A name may hold anything; a line end in it would look like another finding.
            Some(file) => format!("{}{colon}{kind}{colon}{words}", file.escape_debug()),
            None => format!("{kind}{colon}{words}"),
        }
    }
}
