//! The reader of Word documents, on packages of which one part is changed.

#![no_main]

use std::sync::LazyLock;

use tabulary_fuzz::{Package, read_part};

static PACKAGES: LazyLock<[Package; 3]> = LazyLock::new(|| {
    [
        Package::of(include_bytes!("../../fixtures/docx/endnotes.docx")),
        Package::of(include_bytes!("../../fixtures/docx/tracked_changes.docx")),
        Package::of(include_bytes!("../../fixtures/docx/chart.docx")),
    ]
});

libfuzzer_sys::fuzz_target!(|input: &[u8]| read_part(&tabulary_read_docx::DocxReader, &*PACKAGES, input));
