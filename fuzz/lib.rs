//! What the fuzz targets share: a reader on any bytes must end, within its limits, in a document or in an error of one line.

use std::time::Duration;

use tabulary_ir::{Input, Limits, ReadOptions, Reader};

/// Reads bytes with small limits, so that what is slow or large is found early.
///
/// # Panics
/// Where the reader panics, or where its error says nothing or takes more than a line.
pub fn read(reader: &dyn Reader, bytes: &[u8]) {
    let limits = Limits {
        inflated_bytes: 32 << 20,
        entry_bytes: 16 << 20,
        cells: 200_000,
        blocks: 50_000,
        pages: 200,
        text_bytes: 8 << 20,
        images: 500,
        time: Some(Duration::from_secs(5)),
        ..Limits::default()
    };
    let options = ReadOptions {
        limits,
        ..ReadOptions::default()
    };
    let input = Input::new(bytes);
    reader.sniff(input);
    if let Err(error) = reader.read(input, &options) {
        let line = error.to_string();
        assert!(!line.is_empty() && !line.contains('\n'), "{line:?}");
    }
}
