//! The reader of workbooks, on packages of which one part is changed.

#![no_main]

use std::sync::LazyLock;

use tabulary_fuzz::{Package, read_part};

static PACKAGES: LazyLock<[Package; 4]> = LazyLock::new(|| {
    [
        Package::of(include_bytes!("../../fixtures/xlsx/rich_text.xlsx")),
        Package::of(include_bytes!("../../fixtures/xlsx/chart_sheet.xlsx")),
        Package::of(include_bytes!("../../fixtures/xlsx/choices.xlsx")),
        Package::of(include_bytes!("../../fixtures/xlsx/rich_text.ods")),
    ]
});

libfuzzer_sys::fuzz_target!(|input: &[u8]| read_part(&tabulary_read_xlsx::XlsxReader, &*PACKAGES, input));
