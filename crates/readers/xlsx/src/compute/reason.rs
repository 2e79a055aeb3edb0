//! Why a formula is not worked out.

use std::fmt;

/// Why a formula is not worked out.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Reason {
    /// It reads a cell that has no value for a reason of its own.
    Depends,
    /// It reads itself.
    Circular,
    /// A function that is not worked out.
    Function(String),
    /// A function that gives another value each time.
    Volatile(String),
    /// A name that the workbook does not have.
    Name(String),
    /// Part of a list object that is not there.
    List(String),
    /// Another workbook.
    External,
    /// More than one value, of which the cell would show one by rules that its formula does not tell.
    Array,
    /// No formula.
    Syntax,
    /// Too much work.
    Limit,
    /// A result that Excel may not give.
    Unsure(String),
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Depends => f.write_str("read such cells"),
            Self::Circular => f.write_str("read themselves"),
            Self::Function(name) => write!(f, "call {name}, which is not built"),
            Self::Volatile(name) => write!(f, "call {name}, whose value changes"),
            Self::Name(name) => write!(f, "use the name {name}, which is not known"),
            Self::List(name) => write!(f, "use a part of the list {name} that is not known"),
            Self::External => f.write_str("read another workbook"),
            Self::Array => f.write_str("give or take more than one value"),
            Self::Syntax => f.write_str("are not understood"),
            Self::Limit => f.write_str("take too much work"),
            Self::Unsure(what) => write!(f, "are not certain ({what})"),
        }
    }
}
