//! HTML markup to and from the blocks of the document model.
//!
//! [`mod@read`] makes blocks out of HTML (HTML Living Standard; whitespace as CSS Text 4.1 collapses it),
//! [`mod@write`] makes HTML out of blocks so that they read back equal. Web pages use all of it; Markdown
//! uses it for what it has no notation of its own for, such as tables with spans.
//!
//! What HTML has no element for stands in attributes: `data-type`, `data-value`, `data-format` and
//! `data-formula` on cells, `data-kind` and `data-name` on sections, `data-note` on references to
//! notes, and `data-tabulary`, which says what an element is for where its name does not.

mod dom;
mod field;
mod label;
mod math;
mod parse;
mod plain;
pub mod read;
pub mod write;

pub use field::OpenField;
pub use plain::plain_number;

use tabulary_ir::{Diagnostic, Diagnostics, Origin};

/// The diagnostics by the lines of the source that they are about; those about no line stand last.
pub fn in_source_order(diagnostics: Diagnostics) -> Vec<Diagnostic> {
    let mut all = diagnostics.into_vec();
    all.sort_by_key(|diagnostic| match diagnostic.origin {
        Some(Origin::Line { line, .. }) => line,
        _ => u32::MAX,
    });
    all
}
