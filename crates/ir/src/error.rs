//! Errors, sorted by whose fault they are.

use std::error::Error as StdError;
use std::fmt;

use crate::Origin;
use crate::told::one_line;

/// Whose fault an error is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ErrorKind {
    /// The input is damaged, or is not what it is said to be.
    Input,
    /// The input is valid, and Tabulary does not read such input.
    Unsupported,
    /// The target format cannot hold the document.
    NotRepresentable,
    /// A bound of [`Limits`](crate::Limits) was passed, or the work was cancelled.
    Limit,
    /// The caller gave an argument that does not hold.
    Caller,
    /// Reading or writing failed outside of Tabulary.
    Io,
    /// Tabulary itself is at fault: a panic, or a process of its own that ended where it should not.
    Fault,
}

/// Why there is no result: what was found, where, what was expected, and what to do.
#[derive(Debug)]
pub struct Error(Box<Parts>);

#[derive(Debug)]
struct Parts {
    kind: ErrorKind,
    message: String,
    origin: Option<Origin>,
    help: Option<String>,
    source: Option<Box<dyn StdError + Send + Sync>>,
}

impl Error {
    /// An error of a kind. The message says what was found and what was expected, without a full stop.
    pub fn new(kind: ErrorKind, message: impl Into<String>) -> Self {
        Self(Box::new(Parts {
            kind,
            message: one_line(message.into()),
            origin: None,
            help: None,
            source: None,
        }))
    }

    /// An error of kind [`ErrorKind::Input`].
    pub fn input(message: impl Into<String>) -> Self {
        Self::new(ErrorKind::Input, message)
    }

    /// An error of kind [`ErrorKind::Input`] that tells several things, each on a line below the message.
    pub fn inputs(message: impl Into<String>, things: impl IntoIterator<Item = String>) -> Self {
        let mut error = Self::input(message);
        for thing in things {
            error.0.message.push('\n');
            error.0.message.push_str(&one_line(thing));
        }
        error
    }

    /// An error of kind [`ErrorKind::Unsupported`].
    pub fn unsupported(message: impl Into<String>) -> Self {
        Self::new(ErrorKind::Unsupported, message)
    }

    /// An error of kind [`ErrorKind::Limit`].
    pub fn limit(message: impl Into<String>) -> Self {
        Self::new(ErrorKind::Limit, message)
    }

    /// An error of kind [`ErrorKind::Caller`].
    pub fn caller(message: impl Into<String>) -> Self {
        Self::new(ErrorKind::Caller, message)
    }

    /// An error of kind [`ErrorKind::Io`] that an input or output operation gave.
    pub fn io(message: impl Into<String>, source: std::io::Error) -> Self {
        Self::new(ErrorKind::Io, message).caused_by(source)
    }

    /// The same, at a place of the source.
    #[must_use]
    pub fn at(mut self, origin: impl Into<Option<Origin>>) -> Self {
        self.0.origin = origin.into();
        self
    }

    /// The same, with what to do next.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.0.help = Some(one_line(help.into()));
        self
    }

    /// The same, with the name of the limit of [`Limits`](crate::Limits) that was passed and how to raise it.
    #[must_use]
    pub fn raise(self, limit: &str) -> Self {
        self.help(format!(
            "raise it with --limit {limit}=N if the input can be trusted"
        ))
    }

    /// The same, with the error that led to it.
    #[must_use]
    pub fn caused_by(mut self, source: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        self.0.source = Some(source.into());
        self
    }

    /// Whose fault it is.
    pub fn kind(&self) -> ErrorKind {
        self.0.kind
    }

    /// What was found, without its place and what to do about it.
    pub fn message(&self) -> &str {
        &self.0.message
    }

    /// Where in the source.
    pub fn origin(&self) -> Option<&Origin> {
        self.0.origin.as_ref()
    }
}

impl fmt::Display for Error {
    /// One line: the place, what was found, the cause, what to do. Where it tells several things, a line for each of them.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(origin) = &self.0.origin {
            write!(f, "{origin}: ")?;
        }
        f.write_str(&self.0.message)?;
        if let Some(source) = &self.0.source {
            let cause = source.to_string();
            let words: Vec<&str> = cause.split_whitespace().collect();
            write!(f, " ({})", one_line(words.join(" ")))?;
        }
        match &self.0.help {
            Some(help) => write!(f, "; {help}"),
            None => Ok(()),
        }
    }
}

impl StdError for Error {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        let source = self.0.source.as_ref()?;
        Some(source.as_ref())
    }
}
