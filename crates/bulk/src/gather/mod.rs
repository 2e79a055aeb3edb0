//! From files, folders, patterns, lists and archives to the inputs of a run.

mod archive;
mod naming;
mod walk;

use std::collections::BTreeSet;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use glob::Pattern;
use tabulary::ir::{Error, Limits};

use crate::answer::{Failure, FailureKind};
use crate::ledger::Outcome;
use crate::paths::{Spelt, spell};
use archive::Archive;
pub(crate) use walk::OPEN_FILE;

/// What a run is over.
#[derive(Debug, Default)]
pub struct Gather {
    limits: Limits,
    include: Vec<Pattern>,
    exclude: Vec<Pattern>,
    /// Folders and files that are left out of folders, as the file system names them.
    apart: BTreeSet<PathBuf>,
    found: Vec<Found>,
    seen: BTreeSet<PathBuf>,
}

/// An input, and its path below what it was found in.
#[derive(Debug)]
pub(crate) struct Found {
    pub(crate) source: Source,
    pub(crate) below: PathBuf,
    pub(crate) named: bool,
}

/// Where the bytes of an input are.
#[derive(Debug)]
pub(crate) enum Source {
    File(PathBuf),
    Member(Arc<Archive>, usize),
    /// It is known without a look at it that it is no input, or one that cannot be read.
    Refused(PathBuf, Outcome, Failure),
}

/// An input of a run.
#[derive(Debug)]
pub struct Item {
    pub(crate) source: Source,
    /// Where its result goes, if the run writes one.
    pub(crate) output: Option<PathBuf>,
    /// The name of its output, were it not that of others too.
    pub(crate) renamed_from: Option<PathBuf>,
    /// Whether it was named one by one, and not found in a folder.
    pub(crate) named: bool,
}

impl Item {
    pub(crate) fn spelt(&self) -> Spelt {
        match &self.source {
            Source::File(path) | Source::Refused(path, ..) => spell(path),
            Source::Member(archive, index) => spell(&archive.path_of(*index)),
        }
    }

    /// The path of the input, as the ledger spells it.
    pub fn path(&self) -> String {
        self.spelt().text
    }

    /// Where the result goes.
    pub fn output(&self) -> Option<&Path> {
        self.output.as_deref()
    }

    /// The file of the input, where it is one of its own.
    pub fn file(&self) -> Option<&Path> {
        match &self.source {
            Source::File(path) => Some(path),
            _ => None,
        }
    }
}

impl Gather {
    /// Nothing yet; archives are opened within limits.
    pub fn new(limits: &Limits) -> Self {
        Self {
            limits: limits.clone(),
            ..Self::default()
        }
    }

    /// Takes of folders and archives only what matches one of the patterns that were given, by its name or by its
    /// path below the folder.
    ///
    /// # Errors
    /// `Caller` where it is no pattern.
    pub fn include(&mut self, pattern: &str) -> Result<(), Error> {
        self.include.push(parse(pattern)?);
        Ok(())
    }

    /// Leaves out of folders and archives what matches a pattern.
    ///
    /// # Errors
    /// `Caller` where it is no pattern.
    pub fn exclude(&mut self, pattern: &str) -> Result<(), Error> {
        self.exclude.push(parse(pattern)?);
        Ok(())
    }

    /// Leaves a file or a folder out of the folders that hold it: what the run itself writes.
    pub fn keep_apart(&mut self, path: &Path) {
        let absolute = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
        let name = absolute.file_name().map(ToOwned::to_owned);
        let parent = absolute.parent().and_then(|it| it.canonicalize().ok());
        let known = match (absolute.canonicalize(), parent, name) {
            (Ok(path), ..) => path,
            (_, Some(parent), Some(name)) => parent.join(name),
            _ => absolute,
        };
        self.apart.insert(known);
    }

    /// Adds a file, all files below a folder, all files in an archive (zip, tar, tar.gz), or all files that match a
    /// pattern such as `old/**/*.xls`.
    ///
    /// # Errors
    /// `Caller` where it is a pattern that nothing matches.
    pub fn add(&mut self, input: &Path) -> Result<(), Error> {
        let text = input.to_string_lossy();
        if input.symlink_metadata().is_ok() || !text.contains(['*', '?', '[']) {
            let below = input
                .file_name()
                .map_or_else(|| input.to_owned(), PathBuf::from);
            self.add_named(input, below);
            return Ok(());
        }
        let paths = glob::glob(&text)
            .map_err(|error| Error::caller(format!("{text} is no pattern")).caused_by(error))?;
        let base = fixed_part(input);
        let before = self.found.len();
        let mut any = false;
        for path in paths {
            match path {
                Ok(path) if path.is_dir() => {}
                Ok(path) => {
                    any = true;
                    let below = path.strip_prefix(&base).unwrap_or(&path).to_owned();
                    self.add_named(&path, below);
                }
                Err(error) => {
                    let path = error.path().to_owned();
                    let failure = walk::unreadable("the folder", error.into());
                    self.refuse(path.clone(), path, failure);
                }
            }
        }
        if !any && self.found.len() == before {
            return Err(
                Error::caller(format!("{text}: no file matches the pattern"))
                    .help("check the pattern; folders are taken whole by their name"),
            );
        }
        Ok(())
    }

    /// Adds a file of a list, whose result keeps the folders of its path.
    pub fn add_listed(&mut self, input: &Path) {
        let below = input
            .components()
            .filter(|part| matches!(part, Component::Normal(_)))
            .collect();
        self.add_named(input, below);
    }

    fn add_named(&mut self, input: &Path, below: PathBuf) {
        if input.is_dir() {
            walk::folder(self, input);
        } else if archive::is_named_so(input) {
            self.add_archive(input, Path::new(""), true);
        } else {
            self.push(Source::File(input.to_owned()), below, true);
        }
    }

    fn add_archive(&mut self, path: &Path, below: &Path, named: bool) {
        if !self.seen.insert(path.to_owned()) {
            return;
        }
        match Archive::list(path, &self.limits) {
            Ok(Some(archive)) => self.add_members(&Arc::new(archive), below),
            Ok(None) => {
                let name = path
                    .file_name()
                    .map_or_else(|| path.to_owned(), PathBuf::from);
                let below = if named { name } else { below.to_owned() };
                self.put(Source::File(path.to_owned()), below, named);
            }
            Err(error) => {
                let source =
                    Source::Refused(path.to_owned(), Outcome::Failed, Failure::from(&error));
                self.put(source, below.to_owned(), named);
            }
        }
    }

    fn add_members(&mut self, archive: &Arc<Archive>, below: &Path) {
        for inside in archive.others() {
            let message = "a link or a device in an archive, which is no file";
            let failure = Failure::new(FailureKind::Unsupported, message);
            let source = Source::Refused(archive.path().join(inside), Outcome::Skipped, failure);
            self.put(source, below.join(inside), false);
        }
        for index in 0..archive.len() {
            let inside = archive.inside(index);
            if self.takes(Path::new(inside)) {
                let source = Source::Member(Arc::clone(archive), index);
                self.put(source, below.join(inside), false);
            }
        }
    }

    fn refuse(&mut self, path: PathBuf, below: PathBuf, failure: Failure) {
        let source = Source::Refused(path, Outcome::Failed, failure);
        self.push(source, below, true);
    }

    /// Adds an input, unless it was added before.
    fn push(&mut self, source: Source, below: PathBuf, named: bool) {
        let is_new = match &source {
            Source::File(path) | Source::Refused(path, ..) => self.seen.insert(path.clone()),
            Source::Member(..) => true,
        };
        if is_new {
            self.put(source, below, named);
        }
    }

    fn put(&mut self, source: Source, below: PathBuf, named: bool) {
        self.found.push(Found {
            source,
            below,
            named,
        });
    }

    /// How many inputs there are.
    pub fn len(&self) -> usize {
        self.found.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.found.is_empty()
    }

    /// The one file that was named, where it is all that there is.
    pub fn single(&self) -> Option<&Path> {
        match self.found.as_slice() {
            [
                Found {
                    source: Source::File(path),
                    named: true,
                    ..
                },
            ] => Some(path),
            _ => None,
        }
    }

    /// Whether the patterns take what stands at a path below a folder.
    fn takes(&self, below: &Path) -> bool {
        let name = below.file_name().map(Path::new).unwrap_or(below);
        let matches = |pattern: &Pattern| pattern.matches_path(below) || pattern.matches_path(name);
        (self.include.is_empty() || self.include.iter().any(matches))
            && !self.exclude.iter().any(matches)
    }

    /// The inputs in the order in which they were added, with the places of results of one extension below a folder.
    ///
    /// The result of `a.xls` is named `a.json`; where another input would have that name too, `a.xls.json`, and where
    /// that does not help either, a number is put in. Where the extension is empty, results are folders named `a`.
    pub fn into_folder(self, output: &Path, extension: &str) -> Vec<Item> {
        naming::place(self.found, output, extension)
    }

    /// The inputs, each with one place for its result: where there is one input, and for runs that write nothing.
    pub fn into_items(self, output: Option<&Path>) -> Vec<Item> {
        let item = |found: Found| Item {
            source: found.source,
            output: output.map(Path::to_owned),
            renamed_from: None,
            named: found.named,
        };
        self.found.into_iter().map(item).collect()
    }
}

fn parse(pattern: &str) -> Result<Pattern, Error> {
    Pattern::new(pattern)
        .map_err(|error| Error::caller(format!("{pattern:?} is no pattern")).caused_by(error))
}

/// The folders of a pattern before the first that has a wildcard.
fn fixed_part(pattern: &Path) -> PathBuf {
    let is_fixed = |part: &Component<'_>| {
        let text = part.as_os_str().to_string_lossy();
        !text.contains(['*', '?', '['])
    };
    pattern.components().take_while(is_fixed).collect()
}
