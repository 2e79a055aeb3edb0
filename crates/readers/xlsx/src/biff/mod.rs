//! What the binary workbooks of all versions have in common ([MS-XLS], [MS-XLSB]).

mod bytes;
mod constants;
mod formula;
mod formulas;
mod functions;
mod grid;
mod links;
mod look;
mod operands;
mod reference;
mod sheet;
#[cfg(test)]
pub(crate) mod testing;
mod values;

pub(crate) use bytes::Bytes;
pub(crate) use formula::{Dialect, Formula, text_of};
pub(crate) use formulas::Formulas;
pub(crate) use grid::{Grid, Stored};
pub(crate) use links::{Book, LinkedName, LinkedTable, Links, Target};
pub(crate) use look::{Font, Xf, note, rich_text};
pub(crate) use sheet::{Page, Unread, columns, running_lines, validation};
pub(crate) use values::{error_text, rk};
