//! What is said on standard output and standard error, and how the command ends.

use std::io::{self, IsTerminal, Write};
use std::path::Path;
use std::process::ExitCode;

use tabulary::ir::{Diagnostic, Error, ErrorKind};

/// How the command ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Exit {
    Done,
    Findings,
    Usage,
    Unreadable,
    Limit,
    /// Stopped by Ctrl-C.
    Stopped,
}

impl Exit {
    /// The end that an error leads to.
    pub(crate) fn of(error: &Error) -> Self {
        match error.kind() {
            ErrorKind::Caller => Self::Usage,
            ErrorKind::Limit => Self::Limit,
            ErrorKind::NotRepresentable => Self::Findings,
            ErrorKind::Input | ErrorKind::Unsupported | ErrorKind::Io | ErrorKind::Fault => {
                Self::Unreadable
            }
        }
    }

    pub(crate) const fn code(self) -> u8 {
        match self {
            Self::Done => 0,
            Self::Findings => 1,
            Self::Usage => 2,
            Self::Unreadable => 3,
            Self::Limit => 4,
            Self::Stopped => 130,
        }
    }

    /// The end of a run of several: that it was stopped before that of an input that could not be read before a limit, that
    /// before a wrong word, that before findings.
    pub(crate) fn worse(self, other: Self) -> Self {
        let rank = |exit| match exit {
            Self::Done => 0,
            Self::Findings => 1,
            Self::Usage => 2,
            Self::Limit => 3,
            Self::Unreadable => 4,
            Self::Stopped => 5,
        };
        if rank(other) > rank(self) {
            other
        } else {
            self
        }
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit.code())
    }
}

/// Says a line on standard error. Where that is closed, nobody listens.
pub(crate) fn say(line: &str) {
    let _ = writeln!(io::stderr().lock(), "{line}");
}

/// Says an error about an input.
pub(crate) fn say_error(name: &str, error: &Error) {
    say(&format!("{name}: error: {error}"));
}

/// Says that the command was not understood.
pub(crate) fn usage(message: &str) -> Exit {
    say(&format!("tabulary: error: {message}"));
    Exit::Usage
}

/// Says diagnostics about an input, a line each.
pub(crate) fn say_diagnostics(name: &str, diagnostics: &[Diagnostic]) {
    for diagnostic in diagnostics {
        say(&format!("{name}: {diagnostic}"));
    }
}

/// Prints text on standard output.
pub(crate) fn print(text: &str) -> Exit {
    print_bytes(text.as_bytes())
}

/// Prints bytes on standard output. A reader that has heard enough is no failure.
pub(crate) fn print_bytes(bytes: &[u8]) -> Exit {
    let mut output = io::stdout().lock();
    match output.write_all(bytes).and_then(|()| output.flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            say(&format!("standard output: error: {error}"));
            Exit::Unreadable
        }
        _ => Exit::Done,
    }
}

/// Whether standard error is a terminal, on which progress may be shown.
pub(crate) fn is_watched() -> bool {
    io::stderr().is_terminal()
}

/// Whether standard output is a terminal, to which no binary file should go.
pub(crate) fn prints_on_terminal() -> bool {
    io::stdout().is_terminal()
}

/// The name of an input in messages.
pub(crate) fn name_of(path: &Path) -> String {
    if is_stdin(path) {
        "standard input".to_owned()
    } else {
        path.display().to_string()
    }
}

/// Whether a path stands for standard input or output.
pub(crate) fn is_stdin(path: &Path) -> bool {
    path.as_os_str() == "-"
}
