//! What the fuzz targets share: a reader on any bytes must end, within its limits, in a document that holds the laws or in an
//! error of one line.

use std::io::{Cursor, Read, Write};
use std::time::Duration;

use tabulary_ir::{Input, Limits, ReadOptions, Reader, json};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

/// Reads bytes with small limits, so that what is slow or large is found early.
///
/// # Panics
/// Where the reader panics, where what it says takes no line or several, and where its document does not come back out of
/// canonical JSON as it was.
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
    match reader.read(input, &options) {
        Ok(outcome) => {
            for told in &outcome.diagnostics {
                is_one_line(&told.to_string());
            }
            let text = json::to_string(&outcome.value);
            match json::from_slice(text.as_bytes(), &ReadOptions::default()) {
                Ok(again) => assert_eq!(json::to_string(&again.value), text),
                Err(error) => panic!("{error}: {text}"),
            }
        }
        Err(error) => is_one_line(&error.to_string()),
    }
}

fn is_one_line(line: &str) {
    assert!(!line.is_empty() && !line.contains('\n'), "{line:?}");
}

/// A package as its parts: names and bytes.
pub struct Package(Vec<(String, Vec<u8>)>);

impl Package {
    /// The parts of a fixture.
    ///
    /// # Panics
    /// Where it is no package.
    pub fn of(bytes: &[u8]) -> Self {
        let mut archive = ZipArchive::new(Cursor::new(bytes)).expect("a package");
        let count = archive.len();
        let part = |at| {
            let mut entry = archive.by_index(at).expect("an entry");
            let mut bytes = Vec::new();
            entry.read_to_end(&mut bytes).expect("its bytes");
            (entry.name().expect("a name").into_owned(), bytes)
        };
        Self((0..count).map(part).collect())
    }

    /// The package with other bytes as one of its parts; none without such a part.
    fn with(&self, name: &str, bytes: &[u8]) -> Option<Vec<u8>> {
        self.0.iter().find(|(other, _)| other == name)?;
        let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        for (other, whole) in &self.0 {
            writer.start_file(other.as_str(), stored).ok()?;
            writer.write_all(if other == name { bytes } else { whole }).ok()?;
        }
        Some(writer.finish().ok()?.into_inner())
    }
}

/// Reads the first package that has a part with the bytes in its place: the input is the name of the part, a line end, and
/// the bytes. Bytes at random hardly get past the checksums of a package; so they do.
pub fn read_part(reader: &dyn Reader, packages: &[Package], input: &[u8]) {
    let Some(end) = input.iter().position(|byte| *byte == b'\n') else {
        return;
    };
    let Ok(name) = std::str::from_utf8(&input[..end]) else {
        return;
    };
    if let Some(bytes) = packages.iter().find_map(|package| package.with(name, &input[end + 1..])) {
        read(reader, &bytes);
    }
}
