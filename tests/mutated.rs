//! Inputs whose structure holds and whose content lies: counts, indices, sizes and references that are none.
//!
//! Random bytes seldom get past a checksum or a parser. Here a package is unpacked, words of its parts are changed, and it
//! is packed again; other formats are changed word by word where they stand.

mod support;

use std::io::{Cursor, Read, Write};

use support::{Dice, all_fixtures, ends_well};
use tabulary::Row;
use tabulary::ir::{Limits, ReadOptions};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

/// So many changed files are made of each fixture.
const ROUNDS: usize = 24;
/// Numbers that programs forget.
const NUMBERS: &[&str] = &[
    "-1",
    "0",
    "65536",
    "1048577",
    "2147483648",
    "4294967295",
    "18446744073709551616",
    "1e309",
    "NaN",
    "",
];

fn read(row: &Row, bytes: &[u8]) {
    let limits = Limits {
        inflated_bytes: 64 << 20,
        cells: 1_000_000,
        blocks: 200_000,
        text_bytes: 16 << 20,
        ..Limits::default()
    };
    let options = ReadOptions {
        limits,
        ..ReadOptions::default()
    };
    ends_well(row, bytes, &options);
}

#[test]
fn lies_end_well() {
    for (row, path) in all_fixtures() {
        let bytes = std::fs::read(&path).expect("a fixture");
        let mut dice = Dice::new(bytes.len() as u64 ^ 0x5EED);
        for _ in 0..ROUNDS {
            let changed = match unpack(&bytes) {
                Some(mut parts) => {
                    for _ in 0..=dice.below(3) {
                        let at = dice.below(parts.len());
                        lie(&mut parts[at].1, &mut dice);
                    }
                    shuffle(&mut parts, &mut dice);
                    pack(&parts)
                }
                None => {
                    let mut bytes = bytes.clone();
                    for _ in 0..=dice.below(6) {
                        lie(&mut bytes, &mut dice);
                    }
                    bytes
                }
            };
            read(row, &changed);
        }
    }
}

fn unpack(bytes: &[u8]) -> Option<Vec<(String, Vec<u8>)>> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).ok()?;
    let mut parts = Vec::new();
    for index in 0..archive.len() {
        let mut entry = archive.by_index(index).ok()?;
        let name = entry.name().ok()?.into_owned();
        let mut bytes = Vec::new();
        entry.read_to_end(&mut bytes).ok()?;
        parts.push((name, bytes));
    }
    (!parts.is_empty()).then_some(parts)
}

fn pack(parts: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    for (name, bytes) in parts {
        // A name that is there twice is refused, and left out.
        if writer.start_file(name.as_str(), options).is_ok() {
            writer.write_all(bytes).expect("memory");
        }
    }
    writer.finish().expect("memory").into_inner()
}

/// At times a part is lost, empty, or under the name of another.
fn shuffle(parts: &mut Vec<(String, Vec<u8>)>, dice: &mut Dice) {
    let (at, other) = (dice.below(parts.len()), dice.below(parts.len()));
    match dice.below(8) {
        0 => drop(parts.remove(at)),
        1 => parts[at].1.clear(),
        2 => parts[at].1 = parts[other].1.clone(),
        _ => {}
    }
}

/// A word: a run of letters, digits and signs of numbers.
fn word_at(bytes: &[u8], at: usize) -> std::ops::Range<usize> {
    let is_word = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.');
    let start = bytes[..at].iter().rposition(|byte| !is_word(byte));
    let end = bytes[at..].iter().position(|byte| !is_word(byte));
    start.map_or(0, |start| start + 1)..end.map_or(bytes.len(), |end| at + end)
}

/// Changes a word, a number before all, or takes an element away or twice.
fn lie(bytes: &mut Vec<u8>, dice: &mut Dice) {
    if bytes.is_empty() {
        return;
    }
    // The next number from somewhere on, which is what counts, indices and sizes are.
    let from = dice.below(bytes.len());
    let digit = bytes[from..].iter().position(u8::is_ascii_digit);
    let at = digit.map_or(from, |digit| from + digit);
    let word = word_at(bytes, at);
    match dice.below(5) {
        0 | 1 => {
            let number = NUMBERS[dice.below(NUMBERS.len())];
            bytes.splice(word, number.bytes());
        }
        2 => {
            let other = dice.below(bytes.len());
            let other = bytes[word_at(bytes, other)].to_vec();
            bytes.splice(word, other);
        }
        choice => {
            let start = bytes[from..].iter().position(|byte| *byte == b'<');
            let Some(start) = start.map(|start| from + start) else {
                return;
            };
            let length = 1 + dice.below(400);
            let stop = (start + length).min(bytes.len());
            let end = bytes[stop..].iter().position(|byte| *byte == b'<');
            let end = end.map_or(bytes.len(), |end| stop + end);
            if choice == 3 {
                bytes.drain(start..end);
            } else {
                let copy = bytes[start..end].to_vec();
                bytes.splice(start..start, copy);
            }
        }
    }
}
