//! Damaged workbooks end in an error or in a document, never in a panic.

use tabulary_ir::{Input, ReadOptions, Reader};
use tabulary_read_xlsx::XlsxReader;

use crate::book::fixture;

/// So many prefixes, and so many mutations, of each fixture are read.
const TRIES: usize = 120;

fn read(bytes: &[u8]) {
    if let Err(error) = XlsxReader.read(Input::new(bytes), &ReadOptions::default()) {
        assert!(!error.to_string().is_empty());
    }
}

#[test]
fn every_prefix_ends_well() {
    for name in ["picture.xlsx", "choices.xlsx"] {
        let bytes = fixture(name);
        let step = bytes.len().div_ceil(TRIES).max(1);
        for length in (0..bytes.len()).step_by(step) {
            read(&bytes[..length]);
        }
    }
}

#[test]
fn every_changed_byte_ends_well() {
    for name in ["links.xlsx", "hidden_rows.xlsx"] {
        let bytes = fixture(name);
        let step = bytes.len().div_ceil(TRIES).max(1);
        for (turn, at) in (0..bytes.len()).step_by(step).enumerate() {
            let mut changed = bytes.clone();
            changed[at] ^= 1 << (turn % 8);
            read(&changed);
            changed.remove(at);
            read(&changed);
        }
    }
}
