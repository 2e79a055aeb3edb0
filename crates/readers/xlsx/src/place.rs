//! Ranges of a sheet.

pub(crate) use tabulary_ir::{
    Area, SHEET_COLUMNS as COLUMNS, SHEET_ROWS as ROWS, column_letters as letters,
    column_number as column, parse_cell_place as parse_cell,
};
