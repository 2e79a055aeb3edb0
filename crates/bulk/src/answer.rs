//! What is done with each input, and what comes of it.

use std::fmt;

use serde::{Deserialize, Serialize};
use serde_json::Value;
use tabulary::ir::{Diagnostic, Error, ErrorKind};

/// The work of a run: what is done with each of its inputs.
///
/// It is called from several threads, or in processes of its own, so it must not depend on what was worked on
/// before.
pub trait Task: Sync {
    /// Works on one input.
    fn work(&self, received: &Received<'_>) -> Answer;
}

/// An input, as a [`Task`] gets it.
#[derive(Clone, Copy, Debug)]
pub struct Received<'a> {
    /// Its path, as the ledger names it.
    pub path: &'a str,
    /// Its file name.
    pub name: Option<&'a str>,
    /// All of its bytes.
    pub bytes: &'a [u8],
}

/// What came of an input.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Answer {
    /// The format that it was found to be of.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub format: Option<String>,
    /// Why there is no result.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub failure: Option<Failure>,
    /// What was lost, repaired or guessed.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub told: Vec<Told>,
    /// What the ledger is to hold of it beside.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub note: Option<Value>,
    /// What the caller of the run hears of it, and the ledger does not hold.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub payload: Option<Value>,
    /// What is to be written.
    #[serde(skip)]
    pub made: Option<Made>,
    /// The most memory that the process had while it worked on the input, in bytes, where that is known.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub peak_memory: Option<u64>,
}

/// What is to be written for an input.
#[derive(Debug)]
pub enum Made {
    /// One file, at the place of its output.
    File(Vec<u8>),
    /// A folder of files, at the place of its output; their paths are below it, with slashes.
    Folder(Vec<(String, Vec<u8>)>),
}

impl Answer {
    /// What comes of work that fills an answer in, and may end with an error.
    pub fn of(work: impl FnOnce(&mut Self) -> Result<(), Error>) -> Self {
        let mut answer = Self::default();
        if let Err(error) = work(&mut answer) {
            answer.failure = Some(Failure::from(&error));
        }
        answer
    }

    /// That there is no result.
    pub fn failed(error: &Error) -> Self {
        Self {
            failure: Some(Failure::from(error)),
            ..Self::default()
        }
    }
}

/// Why there is no result of an input.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Failure {
    /// Whose fault it is.
    pub kind: FailureKind,
    /// What was found, where, what was expected, and what to do.
    pub message: String,
}

impl Failure {
    /// A failure of a kind.
    pub fn new(kind: FailureKind, message: impl Into<String>) -> Self {
        Self {
            kind,
            message: message.into(),
        }
    }
}

impl Failure {
    /// That a diagnostic is denied.
    pub fn denied() -> Self {
        let message = "nothing was written, since --deny names a diagnostic above";
        Self::new(FailureKind::Denied, message)
    }
}

impl From<&Error> for Failure {
    fn from(error: &Error) -> Self {
        Self::new(error.kind().into(), error.to_string())
    }
}

/// Whose fault it is that there is no result: the kinds of [`ErrorKind`], and two of a run of many.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FailureKind {
    /// The input is damaged.
    Input,
    /// Inputs of its kind are not read.
    Unsupported,
    /// The target format cannot hold it.
    NotRepresentable,
    /// A limit was passed.
    Limit,
    /// The place of the output is taken, or an argument does not hold.
    Caller,
    /// Reading or writing failed.
    Io,
    /// A fault of Tabulary.
    Fault,
    /// A loss that may not be.
    Denied,
}

impl FailureKind {
    /// Its name in ledgers.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Input => "input",
            Self::Unsupported => "unsupported",
            Self::NotRepresentable => "not-representable",
            Self::Limit => "limit",
            Self::Caller => "caller",
            Self::Io => "io",
            Self::Fault => "fault",
            Self::Denied => "denied",
        }
    }
}

impl From<ErrorKind> for FailureKind {
    fn from(kind: ErrorKind) -> Self {
        match kind {
            ErrorKind::Input => Self::Input,
            ErrorKind::Unsupported => Self::Unsupported,
            ErrorKind::NotRepresentable => Self::NotRepresentable,
            ErrorKind::Limit => Self::Limit,
            ErrorKind::Caller => Self::Caller,
            ErrorKind::Io => Self::Io,
            ErrorKind::Fault => Self::Fault,
        }
    }
}

/// A diagnostic in words, so that it can be told by another process than the one that found it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Told {
    /// Its severity: `loss`, `repair`, `guess` or `warning`.
    pub severity: String,
    /// Its code.
    pub code: String,
    /// What was found, and what was done.
    pub message: String,
    /// Where, as JSON.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub origin: Option<Value>,
    /// The same in words.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub place: Option<String>,
}

impl From<&Diagnostic> for Told {
    fn from(diagnostic: &Diagnostic) -> Self {
        let origin = diagnostic.origin.as_ref();
        Self {
            severity: diagnostic.severity().as_str().to_owned(),
            code: diagnostic.code.to_string(),
            message: diagnostic.message.clone(),
            origin: origin.and_then(|origin| serde_json::to_value(origin).ok()),
            place: origin.map(ToString::to_string),
        }
    }
}

impl fmt::Display for Told {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(place) = &self.place {
            write!(f, "{place}: ")?;
        }
        write!(f, "{}[{}]: {}", self.severity, self.code, self.message)
    }
}
