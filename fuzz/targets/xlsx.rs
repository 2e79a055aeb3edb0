//! The reader of workbooks of all kinds.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| tabulary_fuzz::read(&tabulary_read_xlsx::XlsxReader, bytes));
