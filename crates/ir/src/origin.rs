//! Places in a source.

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::told::one_line;
use crate::{Area, Found, Points};

/// Where in its source a thing stood.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum Origin {
    /// A range of a sheet.
    Cells {
        /// The range, as `B3` or `B3:C4`.
        range: String,
        /// The sheet's name.
        sheet: String,
    },
    /// A box on a page.
    Page {
        /// Left, top, right and bottom edge in points, from the top left corner of the page.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        bbox: Option<[Points; 4]>,
        /// How it was told from what else stands there, where it is a table.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        found: Option<Found>,
        /// The page, counted from 1.
        page: u32,
        /// Every page, where there are several.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        pages: Vec<u32>,
    },
    /// An element of a part of a package.
    Part {
        /// The part, as `word/document.xml`.
        part: String,
        /// The element, counted from 1 at each step: `tbl[2]/tr[3]/tc[1]`.
        path: String,
    },
    /// A line of a text.
    Line {
        /// The character of the line, counted from 1.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        column: Option<u32>,
        /// The line, counted from 1.
        line: u32,
    },
    /// A place in a JSON text.
    Pointer {
        /// A JSON Pointer (RFC 6901).
        pointer: String,
    },
}

impl Origin {
    /// A line of a text, counted from 1.
    pub fn line(line: u32) -> Self {
        Self::Line { column: None, line }
    }

    /// A range of a sheet.
    pub fn cells(sheet: impl Into<String>, range: impl Into<String>) -> Self {
        Self::Cells {
            range: range.into(),
            sheet: sheet.into(),
        }
    }

    /// The place of a cell of a table that stands here, by its row, column and spans in the table.
    /// None where it does not follow from the place of the table.
    #[must_use]
    pub fn of_cell(&self, row: u32, col: u32, row_span: u32, col_span: u32) -> Option<Self> {
        let Self::Cells { range, sheet } = self else {
            return None;
        };
        let table = Area::parse(range)?;
        let (row, col) = (table.row + row, table.col + col);
        let area = Area::new(
            row,
            col,
            row + row_span.max(1) - 1,
            col + col_span.max(1) - 1,
        );
        Some(Self::cells(sheet.as_str(), area.to_string()))
    }

    /// An element of a part of a package.
    pub fn part(part: impl Into<String>, path: impl Into<String>) -> Self {
        Self::Part {
            part: part.into(),
            path: path.into(),
        }
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let line = |name: &str| one_line(name.to_owned());
        match self {
            Self::Cells { range, sheet } => write!(f, "{}!{range}", line(sheet)),
            Self::Page { bbox, page, .. } => {
                write!(f, "page {page}")?;
                match bbox {
                    Some([x0, y0, x1, y1]) => write!(f, " at {x0},{y0},{x1},{y1}"),
                    None => Ok(()),
                }
            }
            Self::Part { part, path } if path.is_empty() => f.write_str(&line(part)),
            Self::Part { part, path } => write!(f, "{} {}", line(part), line(path)),
            Self::Line { column, line } => {
                write!(f, "line {line}")?;
                column.map_or(Ok(()), |column| write!(f, ", column {column}"))
            }
            Self::Pointer { pointer } if pointer.is_empty() => f.write_str("/"),
            Self::Pointer { pointer } => f.write_str(&line(pointer)),
        }
    }
}
