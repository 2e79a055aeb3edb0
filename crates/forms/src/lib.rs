//! Forms: a template that is read both ways, with its rules.
//!
//! A form is a folder of data: `form.toml` says what its fields are and what holds of them, and a
//! template shows where each stands. From the one description follow the blank workbook, the document
//! that is published, the data out of whatever was sent back, and every broken rule with the cell where
//! it stands. The engine knows no form: a new one is a folder.

mod align;
mod annotate;
mod blank;
mod builtin;
mod check;
mod compare;
mod definition;
mod detect;
mod draft;
mod exact;
mod extract;
mod fill;
mod finding;
mod fold;
mod form;
mod load;
mod report;
mod rollup;
mod rules;
mod summary;
mod template;
mod value;
mod view;

pub use annotate::annotate;
pub use blank::blank;
pub use builtin::{built_in, built_in_problems};
pub use check::{CheckResult, check, count_violations};
pub use compare::{Comparison, Difference, compare};
pub use definition::{
    Aggregate, BlankPolicy, Definition, FieldSpec, FieldType, Gravity, Years, schema,
};
pub use detect::{Fit, LEAST_SHARE, detect};
pub use draft::draft;
pub use extract::{Extraction, extract};
pub use fill::fill;
pub use finding::{Finding, FindingCell, FindingKind, Language};
pub use form::{Field, Form, Problem, RuleSummary, html_template, refuse_overlaps};
pub use report::{Found, Report, VERSION};
pub use rollup::{Refusal, RollUp, Source, add_sources, against, roll_up};
pub use summary::{Checked, summary};
pub use value::FieldValue;

#[cfg(test)]
mod tests;
