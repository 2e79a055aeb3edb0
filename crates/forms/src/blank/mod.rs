//! The blank form: the workbook to submit, and the document to fill in.

mod controls;
mod formula;
mod prompt;
mod workbook;

use tabulary_ir::Document;

use crate::form::Form;

/// The blank form. As a workbook its cells are typed, locked, named and checked; else its cells are
/// controls whose tags are the names of fields.
pub fn blank(form: &Form, workbook: bool) -> Document {
    if workbook {
        workbook::blank(form)
    } else {
        controls::blank(form)
    }
}
