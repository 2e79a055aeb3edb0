//! Damaged input ends in an error or in a document with diagnostics, and never in a panic.

mod support;

use support::{Dice, all_fixtures, ends_well, readable, root};
use tabulary::Row;
use tabulary::ir::ReadOptions;

/// At most so many prefixes of a file are tried; of a small file, every one.
const PREFIXES: usize = 160;
/// So many mutations of each file are tried.
const MUTATIONS: usize = 60;

fn read(row: &Row, bytes: &[u8]) {
    ends_well(row, bytes, &ReadOptions::default());
}

#[test]
fn every_prefix_ends_well() {
    for (row, path) in all_fixtures() {
        let bytes = std::fs::read(&path).expect("a fixture");
        let step = bytes.len().div_ceil(PREFIXES).max(1);
        for length in (0..bytes.len()).step_by(step) {
            read(row, &bytes[..length]);
        }
    }
}

#[test]
fn mutations_end_well() {
    for (row, path) in all_fixtures() {
        let bytes = std::fs::read(&path).expect("a fixture");
        let mut dice = Dice::new(bytes.len() as u64);
        for _ in 0..MUTATIONS {
            let mut mutated = bytes.clone();
            for _ in 0..=dice.below(8) {
                mutate(&mut mutated, &mut dice);
            }
            read(row, &mutated);
        }
    }
}

fn mutate(bytes: &mut Vec<u8>, dice: &mut Dice) {
    if bytes.is_empty() {
        return;
    }
    let at = dice.below(bytes.len());
    let end = (at + dice.below(64)).min(bytes.len());
    match dice.below(4) {
        0 => bytes[at] = u8::try_from(dice.below(256)).expect("a byte"),
        1 => bytes[at] ^= 1 << dice.below(8),
        2 => {
            bytes.drain(at..end);
        }
        _ => {
            let copy = bytes[at..end].to_vec();
            bytes.splice(at..at, copy);
        }
    }
}

#[test]
fn every_reader_takes_the_files_of_every_format() {
    for (_, path) in all_fixtures() {
        let bytes = std::fs::read(&path).expect("a fixture");
        for row in readable() {
            read(row, &bytes);
        }
    }
}

#[test]
fn what_was_found_by_fuzzing_ends_well() {
    let folder = root().join("fixtures/hostile");
    let entries = std::fs::read_dir(folder).expect("the folder of hostile inputs");
    let mut count = 0;
    for entry in entries {
        let path = entry.expect("an entry").path();
        let bytes = std::fs::read(&path).expect("a hostile input");
        for row in readable() {
            read(row, &bytes);
        }
        count += 1;
    }
    assert!(count > 1, "there is more than the list of sources");
}
