//! The ledger: a line of JSON for each input, written as the run goes.
//!
//! A line says all that is known of its input, and no line refers to the ledger that it stands in: ledgers of parts of
//! a run become the ledger of the whole by being written one after the other.

use std::collections::BTreeMap;
use std::fs::{File, OpenOptions, TryLockError};
use std::io::{self, BufRead, BufReader, BufWriter, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use serde_json::Value;
use tabulary::ir::Error;

use crate::answer::Failure;
use crate::gather::Item;

/// A line: one input, and what became of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Line {
    /// The path of the input; of a file in an archive that of the archive, a slash and its path in there.
    pub path: String,
    /// The path byte by byte, with `%` and two hexadecimal digits for each byte beyond ASCII, where it is not UTF-8
    /// and `path` is a reading of it.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub raw: Option<String>,
    /// Its bytes.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub size: Option<u64>,
    /// The digest of its bytes, where they were read.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub sha256: Option<String>,
    /// The format that was found.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub format: Option<String>,
    /// What became of it.
    pub outcome: Outcome,
    /// Why there is no result, where there is none.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub failure: Option<Failure>,
    /// The input with the same bytes whose result was taken.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub duplicate_of: Option<String>,
    /// The name that the output would have, were it not that of another input too.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub renamed_from: Option<String>,
    /// What was written.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub outputs: Vec<Written>,
    /// How many diagnostics there are of each code.
    #[serde(skip_serializing_if = "BTreeMap::is_empty", default)]
    pub diagnostics: BTreeMap<String, u64>,
    /// What the work of the run says beside.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub note: Option<Value>,
    /// How long it took, in milliseconds.
    pub milliseconds: u64,
    /// The most memory that the process had while it worked on it, in bytes.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub peak_memory: Option<u64>,
    /// The settings of the run that shape its results, as a digest.
    pub run: String,
}

impl Line {
    /// What tells an input from the others.
    pub fn key(&self) -> &str {
        self.raw.as_deref().unwrap_or(&self.path)
    }
}

/// What became of an input.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// There is a result.
    Done,
    /// There is none, and there should be.
    Failed,
    /// It is nothing that the run is about: a file of another kind in a folder, a link to a folder.
    Skipped,
}

impl Outcome {
    /// Its name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Failed => "failed",
            Self::Skipped => "skipped",
        }
    }
}

/// A file that was written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Written {
    /// Where.
    pub path: String,
    /// The path byte by byte where it is not UTF-8, as in [`Line::raw`].
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub raw: Option<String>,
    /// Its bytes.
    pub size: u64,
    /// Their digest.
    pub sha256: String,
}

/// Reads a ledger line by line; of a line that was cut when its run was killed nothing is heard.
///
/// # Errors
/// `Io` where it cannot be read, `Input` where a line is none of a ledger, with its number, and those of `hear`.
pub fn read_ledger(
    path: &Path,
    mut hear: impl FnMut(Line) -> Result<(), Error>,
) -> Result<(), Error> {
    let file = File::open(path).map_err(|error| cannot(path, "read", error))?;
    scan(path, &mut BufReader::new(file), |line, _| hear(line)).map(drop)
}

/// Hears every whole line with its place; the number of bytes that whole lines take.
fn scan(
    path: &Path,
    reader: &mut impl BufRead,
    mut hear: impl FnMut(Line, Place) -> Result<(), Error>,
) -> Result<u64, Error> {
    let mut start = 0;
    let mut number = 0;
    let mut text = Vec::new();
    loop {
        text.clear();
        let length = reader
            .read_until(b'\n', &mut text)
            .map_err(|error| cannot(path, "read", error))?;
        number += 1;
        if text.last() != Some(&b'\n') {
            return Ok(start);
        }
        let place = Place {
            start,
            length: length as u64,
        };
        start += place.length;
        if text.trim_ascii().is_empty() {
            continue;
        }
        let line = serde_json::from_slice(&text).map_err(|error| {
            Error::input(format!(
                "line {number} of {} is none of a ledger",
                path.display()
            ))
            .caused_by(error)
            .help("name the ledger that a run of Tabulary wrote")
        })?;
        hear(line, place)?;
    }
}

fn cannot(path: &Path, do_what: &str, error: io::Error) -> Error {
    Error::io(
        format!("the ledger {} cannot be {do_what}", path.display()),
        error,
    )
    .help("name another file with --ledger")
}

#[derive(Clone, Copy, Debug)]
struct Place {
    start: u64,
    length: u64,
}

/// A ledger that is being written.
#[derive(Debug)]
pub struct Ledger {
    path: PathBuf,
    file: File,
    end: u64,
    /// What an earlier run wrote, where there is one: of a new ledger nothing need be known.
    earlier: Option<Earlier>,
}

/// The lines of a ledger that is taken up, and those that are added to it.
#[derive(Debug, Default)]
struct Earlier {
    /// The last line of each input.
    places: BTreeMap<String, Place>,
    /// The inputs in the order of their first lines.
    order: Vec<String>,
    /// Whether a line stands for an input that has a later one.
    superseded: bool,
}

impl Earlier {
    fn remember(&mut self, key: &str, place: Place) {
        if let Some(known) = self.places.get_mut(key) {
            *known = place;
            self.superseded = true;
        } else {
            self.places.insert(key.to_owned(), place);
            self.order.push(key.to_owned());
        }
    }
}

impl Ledger {
    /// Begins a ledger.
    ///
    /// # Errors
    /// `Caller` where there is a file and it may not be overwritten, `Io` where it cannot be written, or where another
    /// run writes it.
    pub fn create(path: &Path, overwrite: bool) -> Result<Self, Error> {
        if !overwrite && path.exists() {
            let message = format!("the ledger {} is there already", path.display());
            return Err(Error::caller(message).help(
                "go on with its run by --resume, begin it anew with --force, or name another file",
            ));
        }
        let ledger = Self::open(path)?;
        ledger
            .file
            .set_len(0)
            .map_err(|error| cannot(path, "written", error))?;
        Ok(ledger)
    }

    /// Takes up a ledger where its run was stopped; begins it where there is none.
    ///
    /// # Errors
    /// `Io` where it cannot be read or written, or where another run writes it, `Input` where it is no ledger.
    pub fn resume(path: &Path) -> Result<Self, Error> {
        let mut ledger = Self::open(path)?;
        let reading = ledger
            .file
            .try_clone()
            .map_err(|error| cannot(path, "read", error))?;
        let mut earlier = Earlier::default();
        let end = scan(path, &mut BufReader::new(reading), |line, place| {
            earlier.remember(line.key(), place);
            Ok(())
        })?;
        ledger.earlier = Some(earlier);
        ledger.end = end;
        ledger
            .file
            .set_len(end)
            .map_err(|error| cannot(path, "written", error))?;
        Ok(ledger)
    }

    fn open(path: &Path) -> Result<Self, Error> {
        let file = OpenOptions::new()
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .open(path)
            .map_err(|error| cannot(path, "written", error))?;
        if let Err(TryLockError::WouldBlock) = file.try_lock() {
            let message = format!("the ledger {} is written by another run", path.display());
            return Err(
                Error::caller(message).help("wait for it, or name another file with --ledger")
            );
        }
        Ok(Self {
            path: path.to_owned(),
            file,
            end: 0,
            earlier: None,
        })
    }

    /// What an earlier run said of an input.
    pub(crate) fn earlier(&self, key: &str) -> Option<Line> {
        let place = *self.earlier.as_ref()?.places.get(key)?;
        let text = self.text(place).ok()?;
        serde_json::from_slice(&text).ok()
    }

    fn text(&self, place: Place) -> io::Result<Vec<u8>> {
        let mut file = &self.file;
        let mut text = vec![0; usize::try_from(place.length).unwrap_or_default()];
        file.seek(SeekFrom::Start(place.start))?;
        file.read_exact(&mut text)?;
        Ok(text)
    }

    /// Adds a line. It is in the file when this returns, whatever becomes of this process.
    ///
    /// # Errors
    /// `Io` where it cannot be written.
    pub fn add(&mut self, line: &Line) -> Result<(), Error> {
        let mut text = serde_json::to_vec(line).expect("a line has only text keys");
        text.push(b'\n');
        let place = Place {
            start: self.end,
            length: text.len() as u64,
        };
        let mut file = &self.file;
        file.seek(SeekFrom::Start(self.end))
            .and_then(|_| file.write_all(&text))
            .map_err(|error| cannot(&self.path, "written", error))?;
        self.end += place.length;
        if let Some(earlier) = &mut self.earlier {
            earlier.remember(line.key(), place);
        }
        Ok(())
    }

    /// Brings the lines into the order of the inputs and leaves out those that a later one of the same input
    /// replaces. Lines of what is no input any more stay, before the others.
    ///
    /// # Errors
    /// `Io` where the file cannot be written anew; it is as it was then.
    pub fn finish(self, inputs: &[Item]) -> Result<(), Error> {
        self.file
            .sync_data()
            .map_err(|error| cannot(&self.path, "written", error))?;
        let Some(earlier) = &self.earlier else {
            return Ok(());
        };
        let keys = inputs.iter().map(|item| item.spelt().into_key());
        let ranks: BTreeMap<String, usize> = keys.zip(1..).collect();
        let rank = |key: &String| ranks.get(key).copied().unwrap_or_default();
        let mut sorted: Vec<&String> = earlier.order.iter().collect();
        sorted.sort_by_key(|key| rank(key));
        if !earlier.superseded && sorted.iter().copied().eq(&earlier.order) {
            return Ok(());
        }
        let places = sorted.into_iter().filter_map(|key| earlier.places.get(key));
        self.rewrite(places)
            .map_err(|error| cannot(&self.path, "written", error))
    }

    fn rewrite<'p>(&self, places: impl Iterator<Item = &'p Place>) -> io::Result<()> {
        let folder = self.path.parent().filter(|it| !it.as_os_str().is_empty());
        let mut anew = tempfile::Builder::new()
            .prefix(".tabulary-ledger-")
            .tempfile_in(folder.unwrap_or(Path::new(".")))?;
        anew.as_file()
            .set_permissions(self.file.metadata()?.permissions())?;
        let mut writer = BufWriter::new(anew.as_file_mut());
        for place in places {
            writer.write_all(&self.text(*place)?)?;
        }
        writer.flush()?;
        drop(writer);
        anew.as_file().sync_data()?;
        anew.persist(&self.path)?;
        Ok(())
    }
}
