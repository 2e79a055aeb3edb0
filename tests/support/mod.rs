//! What the end-to-end tests share: the repository's root, its fixtures, and the command.

#![allow(dead_code, reason = "each test file uses a part of it")]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use tabulary::ir::{Document, Input, Outcome, ReadOptions};
use tabulary::{Options, Row, formats, read_bytes};

/// The root of the repository.
pub(crate) fn root() -> PathBuf {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    root.canonicalize().expect("the repository")
}

/// Every fixture of a format, sorted; formats may share a folder.
pub(crate) fn fixtures(row: &Row) -> Vec<PathBuf> {
    let folder = root().join("fixtures").join(row.fixtures);
    let mut files: Vec<PathBuf> = std::fs::read_dir(&folder)
        .unwrap_or_else(|error| panic!("{}: {error}", folder.display()))
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| {
            let extension = path
                .extension()
                .unwrap_or_default()
                .to_string_lossy()
                .into_owned();
            let is_about = path.file_name().is_some_and(|name| name == "SOURCES.md");
            row.reader
                .is_some_and(|reader| reader.format().has_extension(&extension))
                && !is_about
        })
        .collect();
    files.sort();
    files
}

/// Every fixture of every format that is read, with its format, and the reports.
pub(crate) fn all_fixtures() -> Vec<(&'static Row, PathBuf)> {
    let mut all: Vec<_> = readable()
        .flat_map(|row| fixtures(row).into_iter().map(move |path| (row, path)))
        .collect();
    let text = tabulary::by_name("txt").expect("plain text is a format");
    all.push((text, seed_report()));
    all
}

/// Every format that is read.
pub(crate) fn readable() -> impl Iterator<Item = &'static Row> {
    formats().iter().filter(|row| row.reader.is_some())
}

/// Reads bytes without the net that turns a panic into an error; what is told of them must take a line each.
pub(crate) fn ends_well(row: &Row, bytes: &[u8], options: &ReadOptions) {
    let reader = row.reader.expect("a format that is read");
    let input = Input::new(bytes);
    let confidence = reader.sniff(input);
    let told: Vec<String> = match reader.read(input, options) {
        Ok(outcome) => outcome
            .diagnostics
            .iter()
            .map(ToString::to_string)
            .collect(),
        Err(error) => vec![error.to_string()],
    };
    for line in told {
        assert!(
            !line.is_empty() && !line.contains('\n'),
            "{confidence:?} {line:?}"
        );
    }
}

/// The report that the project begins with.
pub(crate) fn seed_report() -> PathBuf {
    root().join("fixtures/reports/shuangpai-2019.txt")
}

/// Reads bytes as a format.
pub(crate) fn read_as(bytes: &[u8], format: &str) -> Outcome<Document> {
    let options = Options {
        from: Some(format.to_owned()),
        ..Options::default()
    };
    read_bytes(bytes, None, &options).unwrap_or_else(|error| panic!("reading {format}: {error}"))
}

/// Reads a fixture.
pub(crate) fn read_file(path: &Path) -> Outcome<Document> {
    tabulary::read(path, &Options::default())
        .unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The built command.
pub(crate) fn command() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_tabulary"));
    command.env("LANG", "C.UTF-8").stdin(Stdio::null());
    command
}

/// Runs the command in a folder.
pub(crate) fn run(folder: &Path, arguments: &[&str]) -> Output {
    command()
        .current_dir(folder)
        .args(arguments)
        .output()
        .expect("the command starts")
}

/// A folder of its own for each test.
pub(crate) fn folder() -> tempfile::TempDir {
    tempfile::tempdir().expect("a folder")
}

/// What stands in a folder, sorted.
pub(crate) fn names(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).expect("the folder");
    let mut names: Vec<String> = entries
        .map(|entry| {
            entry
                .expect("an entry")
                .file_name()
                .to_string_lossy()
                .into_owned()
        })
        .collect();
    names.sort();
    names
}

/// All files below a folder with their bytes.
pub(crate) fn tree(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut files = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in std::fs::read_dir(next).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let below = path.strip_prefix(folder).expect("below").to_owned();
                files.insert(below, std::fs::read(path).expect("a file"));
            }
        }
    }
    files
}

/// Standard error as text.
pub(crate) fn stderr(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// Numbers that look random and are the same in every run (xorshift, Marsaglia 2003).
pub(crate) struct Dice(u64);

impl Dice {
    /// Dice of a seed.
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed | 1)
    }

    /// A number below `bound`.
    pub(crate) fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 16).unwrap_or_default() % bound.max(1)
    }
}
