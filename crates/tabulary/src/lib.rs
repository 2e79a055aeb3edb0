//! Converts reports between Excel, Word, PDF, HTML, text and canonical JSON through one typed model.
//!
//! Reading gives a [`Document`](ir::Document) and a list of what was lost, repaired or guessed on the
//! way. Writing takes the document and says what the format could not hold.
//!
//! ```
//! use tabulary::{Options, read_bytes, write_bytes};
//!
//! let page = "<h1>收入</h1><table><tr><td colspan=2>2020年</td></tr><tr><td>1</td><td>2</td></tr></table>";
//! let options = Options::default();
//!
//! let report = read_bytes(page.as_bytes(), Some("report.html"), &options)?;
//! let table = report.value.tables()[0];
//! assert_eq!(table.at(0, 1).map(|cell| cell.col_span), Some(2));
//!
//! let docx = write_bytes(&report.value, "docx", &options.write)?;
//! let again = read_bytes(&docx.value, Some("report.docx"), &options)?;
//! assert_eq!(again.value.tables()[0].cells().len(), 3);
//! # Ok::<(), tabulary::ir::Error>(())
//! ```
//!
//! Files are as simple: [`convert`] takes two paths, [`read`] and [`write()`] one each. An output
//! appears whole or not at all, and what is there is never overwritten unless asked for.
//!
//! Each format is a Cargo feature, so that who needs only workbooks does not build the layout engine:
//! `default-features = false, features = ["xlsx", "json"]`.

mod capabilities;
mod convert;
mod detect;
mod fonts;
pub mod forms;
mod output;
mod publish;
mod reference;
mod registry;
mod style;

pub use tabulary_ir as ir;

pub use capabilities::capabilities;
pub use convert::{
    Converted, Deny, Options, as_published, convert, convert_bytes, format_for, load, read,
    read_bytes, readable, view_pages, writable, write, write_bytes, write_file,
};
pub use detect::{Detected, detect};
pub use fonts::{load_fonts, system_font_folders};
pub use output::make_folder;
pub use reference::load_reference;
pub use registry::{Row, by_name, formats};
pub use style::load_style;
#[cfg(feature = "pdf")]
pub use tabulary_typeset::{FoundFont, MissingGlyphs, RoleFonts, Survey, survey as survey_fonts};

/// The examples of the README, which are compiled with the tests.
#[cfg(doctest)]
#[doc = include_str!("../../../README.md")]
struct Readme;
