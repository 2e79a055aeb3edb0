//! The readers of plain text, Markdown, CSV and TSV.

#![no_main]

use tabulary_ir::Reader;
use tabulary_read_text::{CsvReader, MarkdownReader, PlainTextReader, TsvReader};

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let readers: [&dyn Reader; 4] = [&PlainTextReader, &MarkdownReader, &CsvReader, &TsvReader];
    for reader in readers {
        tabulary_fuzz::read(reader, bytes);
    }
});
