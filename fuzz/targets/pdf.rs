//! The reader of PDF.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| tabulary_fuzz::read(&tabulary_read_pdf::PdfReader, bytes));
