//! Laying a table of a form over the tables of a document.
//!
//! Rows are matched first, by their labels and their order; then, within each matched row, cells are
//! matched by the labels above them or, where their number tells, by their order. What neither tells is
//! not placed.

mod columns;
mod grid;
mod rows;

pub(crate) use columns::{Basis, Place, RowPlaces, place};
pub(crate) use grid::{Grid, GridRow};
pub(crate) use rows::{Match, align, table_share};
