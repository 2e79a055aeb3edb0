//! Reading, writing and converting one document.

use std::borrow::Cow;
use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

use tabulary_ir::{
    Code, Diagnostic, Diagnostics, Document, Error, ErrorKind, Input, Limits, Outcome,
    PublicationStyle, ReadOptions, Setting, Severity, SourceFile, WriteOptions,
};

use crate::detect::{Detected, detect};
use crate::output::write_beside;
use crate::publish::published;
use crate::registry::{Row, by_name, formats};

/// Which diagnostics are failures.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Deny {
    /// Every one.
    pub all: bool,
    /// Those of these kinds.
    pub severities: Vec<Severity>,
    /// Those of these codes.
    pub codes: Vec<Code>,
}

impl Deny {
    /// Whether a diagnostic is a failure.
    pub fn denies(&self, diagnostic: &Diagnostic) -> bool {
        self.all
            || self.severities.contains(&diagnostic.severity())
            || self.codes.contains(&diagnostic.code)
    }
}

/// How to convert.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// The format of the input; by its content where none is given.
    pub from: Option<String>,
    /// The format of the output; by the extension of its name where none is given.
    pub to: Option<String>,
    /// How to read.
    pub read: ReadOptions,
    /// How to write.
    pub write: WriteOptions,
    /// Whether places of the source are left out of the document.
    pub no_origins: bool,
    /// Whether a file that is there may be overwritten.
    pub overwrite: bool,
    /// Which diagnostics are failures.
    pub deny: Deny,
    /// Whether the input is attached to pages that are made from it.
    pub attach_source: bool,
}

/// What a conversion came to.
#[derive(Debug)]
pub struct Converted {
    /// What was lost, repaired or guessed.
    pub diagnostics: Vec<Diagnostic>,
    /// Whether one of them is denied; nothing was written then.
    pub denied: bool,
}

/// Finds a format that can be read, by name.
///
/// # Errors
/// `Caller` where there is none of that name, or where it is not read.
pub fn readable(name: &str) -> Result<&'static Row, Error> {
    named(name, "read", |row| row.reader.is_some())
}

/// Finds a format that can be written, by name or extension.
///
/// # Errors
/// `Caller` where there is none of that name, or where it is not written.
pub fn writable(name: &str) -> Result<&'static Row, Error> {
    named(name, "written", |row| row.writer.is_some())
}

fn named(name: &str, done: &str, can: impl Fn(&Row) -> bool) -> Result<&'static Row, Error> {
    let row = by_name(name).filter(|row| can(row));
    row.ok_or_else(|| {
        let known: Vec<_> = formats()
            .iter()
            .filter(|row| can(row))
            .map(|row| row.format.id)
            .collect();
        Error::caller(format!("the format {name:?} is not {done}"))
            .help(format!("formats that are {done}: {}", known.join(", ")))
    })
}

/// Reads a document out of bytes. `name` is the file name, where there is one.
///
/// # Errors
/// Those of [`detect`] and of the format's reader.
pub fn read_bytes(
    bytes: &[u8],
    name: Option<&str>,
    options: &Options,
) -> Result<Outcome<Document>, Error> {
    let input = Input { bytes, name };
    read_detected(format_of(input, options)?, input, options)
}

/// The format of an input: the one that is named, else by its content.
fn format_of(input: Input<'_>, options: &Options) -> Result<Detected, Error> {
    options.read.limits.admit(input.bytes.len() as u64)?;
    match &options.from {
        Some(from) => Ok(Detected {
            row: readable(from)?,
            warning: None,
        }),
        None => detect(input),
    }
}

fn read_detected(
    detected: Detected,
    input: Input<'_>,
    options: &Options,
) -> Result<Outcome<Document>, Error> {
    let Detected { row, warning } = detected;
    let reader = row
        .reader
        .ok_or_else(|| Error::caller(format!("{} is not read", row.format.id)))?;
    let mut outcome = guarded("reading", || reader.read(input, &options.read))?;
    outcome.diagnostics.splice(0..0, warning);
    if options.no_origins {
        outcome.value.strip_origins();
    }
    Ok(outcome)
}

/// Turns a panic into an error, so that one file never ends a run of many.
fn guarded<T>(doing: &str, work: impl FnOnce() -> Result<T, Error>) -> Result<T, Error> {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|panic| {
        let text = panic.downcast_ref::<String>().map(String::as_str);
        let text = text
            .or_else(|| panic.downcast_ref::<&str>().copied())
            .unwrap_or("unknown");
        Err(Error::new(
            ErrorKind::Fault,
            format!("{doing} met a fault of Tabulary: {text}"),
        )
        .help("report it, with the file if you may give it away"))
    })
}

/// A web page that draws the pages of a PDF, and over them the blocks that reading makes of them.
///
/// # Errors
/// `Unsupported` where the format has no pages that are laid out, and those of [`read_bytes`].
pub fn view_pages(bytes: &[u8], name: Option<&str>, options: &Options) -> Result<String, Error> {
    let row = format_of(Input { bytes, name }, options)?.row;
    #[cfg(feature = "pdf")]
    if row.format.id == tabulary_read_pdf::FORMAT.id {
        return guarded("reading", || tabulary_read_pdf::view(bytes, &options.read));
    }
    Err(Error::unsupported(format!(
        "a {} has no pages that are laid out",
        row.format.name
    ))
    .help("give a PDF"))
}

/// Reads a document out of a file.
///
/// # Errors
/// `Io` where the file cannot be read, and those of [`read_bytes`].
pub fn read(path: impl AsRef<Path>, options: &Options) -> Result<Outcome<Document>, Error> {
    let path = path.as_ref();
    let bytes = load(path, &options.read.limits)?;
    let name = path.file_name().map(|name| name.to_string_lossy());
    read_bytes(&bytes, name.as_deref(), options)
}

/// The bytes of a file, within the limit of inputs.
///
/// # Errors
/// `Io` where it cannot be read, `Caller` where it is a folder, `Limit` where it is too large.
pub fn load(path: &Path, limits: &Limits) -> Result<Vec<u8>, Error> {
    let failed = |error: std::io::Error| {
        let help = match error.kind() {
            std::io::ErrorKind::NotFound => "check the path",
            std::io::ErrorKind::PermissionDenied => "ask for the right to read it",
            _ => "check the disk or the share that it is on",
        };
        Error::io("the file cannot be read", error).help(help)
    };
    let size = fs::metadata(path).map_err(failed)?;
    if size.is_dir() {
        return Err(Error::caller("a file was expected, and this is a folder"));
    }
    limits.admit(size.len())?;
    fs::read(path).map_err(failed)
}

/// The document that a format publishes: without what is hidden, where the format cannot mark it, and with the pages of
/// its sheets as those of the whole, where the format knows no sheets. It is the one that its writer gets, and that a PDF
/// carries.
///
/// # Errors
/// `Caller` where the format is not written.
pub fn as_published<'a>(
    document: &'a Document,
    to: &str,
    options: &WriteOptions,
) -> Result<Cow<'a, Document>, Error> {
    let row = writable(to)?;
    let changed = row.writer.and_then(|writer| {
        let capabilities = writer.capabilities();
        let mut told = Diagnostics::new();
        published(document, &capabilities, options.hidden, &mut told)
    });
    Ok(changed.map_or(Cow::Borrowed(document), Cow::Owned))
}

/// Tells of options that change nothing in a format.
fn tell_unused(format: &str, options: &WriteOptions, diagnostics: &mut Diagnostics) {
    let styled = options.contents || options.style != PublicationStyle::ByScript;
    let paged = options.style_file.is_some()
        || options.setting != Setting::default()
        || !options.standards.is_empty()
        || options.source.is_some();
    let unused = [
        (
            styled,
            &["docx", "pdf"][..],
            "styles of publication and tables of contents are for Word documents and PDF",
        ),
        (
            options.reference.is_some(),
            &["docx"],
            "reference documents are for Word documents",
        ),
        (
            paged,
            &["pdf"],
            "styles in files, paper, margins, families of fonts, standards and attached files are for PDF",
        ),
    ];
    for (is_set, formats, what) in unused {
        if is_set && !formats.contains(&format) {
            let message = format!("{what}; they changed nothing here");
            diagnostics.add(Code::StyleDropped, message, None);
        }
    }
}

/// Writes a document as bytes of a format.
///
/// # Errors
/// `Caller` where the format is not written, and those of its writer.
pub fn write_bytes(
    document: &Document,
    to: &str,
    options: &WriteOptions,
) -> Result<Outcome<Vec<u8>>, Error> {
    let row = writable(to)?;
    let writer = row
        .writer
        .ok_or_else(|| Error::caller(format!("{to} is not written")))?;
    let mut bytes = Vec::new();
    let mut told = Diagnostics::new();
    let published = published(document, &writer.capabilities(), options.hidden, &mut told);
    let document = published.as_ref().unwrap_or(document);
    tell_unused(row.format.id, options, &mut told);
    let outcome = guarded("writing", || writer.write(document, &mut bytes, options))?;
    let mut diagnostics = told.into_vec();
    diagnostics.extend(outcome.diagnostics);
    Ok(Outcome {
        value: bytes,
        diagnostics,
    })
}

/// Writes a document into a file, of the format that its extension names or `options.to`.
///
/// # Errors
/// `Caller` where the format is not known or the file is there and may not be overwritten, `Io` where
/// it cannot be written, and those of the format's writer. What was there before stays then.
pub fn write(
    document: &Document,
    path: impl AsRef<Path>,
    options: &Options,
) -> Result<Vec<Diagnostic>, Error> {
    let path = path.as_ref();
    let to = target_format(path, options)?;
    let outcome = write_bytes(document, &to, &options.write)?;
    write_beside(path, &outcome.value, options.overwrite)?;
    Ok(outcome.diagnostics)
}

fn target_format(path: &Path, options: &Options) -> Result<String, Error> {
    if let Some(to) = &options.to {
        return Ok(to.clone());
    }
    let extension = path
        .extension()
        .map(|extension| extension.to_string_lossy().into_owned());
    extension.ok_or_else(|| {
        Error::caller(format!(
            "{} has no extension that names a format",
            path.display()
        ))
        .help("name the format with --to")
    })
}

/// Converts a file into another. The output appears whole or not at all.
///
/// # Errors
/// Those of [`read`] and [`write()`].
pub fn convert(
    input: impl AsRef<Path>,
    output: impl AsRef<Path>,
    options: &Options,
) -> Result<Converted, Error> {
    let output: PathBuf = output.as_ref().to_owned();
    let to = target_format(&output, options)?;
    writable(&to)?;
    refuse_overwriting(&output, options.overwrite)?;
    let input = input.as_ref();
    let bytes = load(input, &options.read.limits)?;
    let name = input.file_name().map(|name| name.to_string_lossy());
    let options = Options {
        to: Some(to),
        ..options.clone()
    };
    let (bytes, converted) = convert_bytes(&bytes, name.as_deref(), &options)?;
    if !converted.denied {
        write_beside(&output, &bytes, options.overwrite)?;
    }
    Ok(converted)
}

/// Writes bytes into a file, whole or not at all.
///
/// # Errors
/// `Caller` where the file is there and may not be overwritten, `Io` where it cannot be written.
pub fn write_file(path: impl AsRef<Path>, bytes: &[u8], overwrite: bool) -> Result<(), Error> {
    write_beside(path.as_ref(), bytes, overwrite)
}

/// The format that a file is to have: `options.to`, else what its extension names.
///
/// # Errors
/// `Caller` where neither names one.
pub fn format_for(path: impl AsRef<Path>, options: &Options) -> Result<String, Error> {
    target_format(path.as_ref(), options)
}

/// Converts bytes into bytes of the format `options.to`.
///
/// # Errors
/// `Caller` where `options.to` is missing, and those of [`read_bytes`] and [`write_bytes`].
pub fn convert_bytes(
    bytes: &[u8],
    name: Option<&str>,
    options: &Options,
) -> Result<(Vec<u8>, Converted), Error> {
    let to = options.to.as_deref().ok_or_else(|| {
        Error::caller("the format of the output is not known").help("name it with --to")
    })?;
    writable(to)?;
    let input = Input { bytes, name };
    let detected = format_of(input, options)?;
    let row = detected.row;
    let read = read_detected(detected, input, options)?;
    let written = if options.attach_source {
        let source = Some(source_file(input, row));
        let write = WriteOptions {
            source,
            ..options.write.clone()
        };
        write_bytes(&read.value, to, &write)?
    } else {
        write_bytes(&read.value, to, &options.write)?
    };
    Ok((
        written.value,
        judge(read.diagnostics, written.diagnostics, &options.deny),
    ))
}

/// The input as a file that goes along with what is made from it.
fn source_file(input: Input<'_>, row: &Row) -> SourceFile {
    let format = row.format;
    let usual = || {
        let extension = format.extensions.first().copied().unwrap_or(format.id);
        format!("source.{extension}")
    };
    SourceFile {
        name: input.name.map_or_else(usual, str::to_owned),
        media_type: format.media_type.to_owned(),
        data: input.bytes.into(),
    }
}

fn judge(mut diagnostics: Vec<Diagnostic>, written: Vec<Diagnostic>, deny: &Deny) -> Converted {
    diagnostics.extend(written);
    let denied = diagnostics.iter().any(|diagnostic| deny.denies(diagnostic));
    Converted {
        diagnostics,
        denied,
    }
}

/// Refuses early, before any work is done for a file that may not be written.
fn refuse_overwriting(path: &Path, overwrite: bool) -> Result<(), Error> {
    if overwrite || !path.exists() {
        return Ok(());
    }
    Err(crate::output::is_there(path))
}
