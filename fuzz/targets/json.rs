//! The reader of canonical JSON.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| tabulary_fuzz::read(&tabulary_read_json::JsonReader, bytes));
