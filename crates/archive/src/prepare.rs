//! What one input comes to: its document, its data, its publications and what is told of them.

use tabulary::forms::{CheckResult, Form, Report, check, fill, name_of, recognise};
use tabulary::ir::{
    Code, Diagnostic, Document, Error, ErrorKind, Input, PageStandard, PublicationStyle, Setting,
    WriteOptions,
};
use tabulary::{Options, detect, read_bytes, write_bytes};

use crate::format::{self, FileFormat};
use crate::options::{DepositOptions, Named};

/// The formats of publications.
pub(crate) const PUBLISHED: [&str; 4] = ["pdf", "docx", "xlsx", "html"];

/// An input, with everything that is made of it. Inputs do not depend on one another, so they can be prepared at the same
/// time.
#[derive(Debug)]
pub struct Prepared {
    pub(crate) name: String,
    pub(crate) bytes: Vec<u8>,
    pub(crate) content: Result<Content, Error>,
}

/// What an input says.
#[derive(Debug)]
pub(crate) struct Content {
    /// The identifier of the format that it was read as.
    pub(crate) read_as: &'static str,
    /// What it is, for a record of files.
    pub(crate) format: FileFormat,
    pub(crate) document: Document,
    /// The data, where it is a report of a form that is known.
    pub(crate) data: Option<Data>,
    pub(crate) publications: Vec<Publication>,
    /// Formats in which it could not be published.
    pub(crate) unpublished: Vec<(&'static str, Error)>,
    /// What the reader told.
    pub(crate) diagnostics: Vec<Diagnostic>,
}

/// The data of a report, and what came of checking it.
#[derive(Debug)]
pub(crate) struct Data {
    pub(crate) form: String,
    /// The data as JSON (RFC 8785).
    pub(crate) json: String,
    pub(crate) result: CheckResult,
}

/// A document as it is published.
#[derive(Debug)]
pub(crate) struct Publication {
    pub(crate) id: &'static str,
    pub(crate) bytes: Vec<u8>,
    /// The standard for archives that it keeps, where it is one of pages.
    pub(crate) standard: Option<PageStandard>,
    pub(crate) diagnostics: Vec<Diagnostic>,
}

impl Prepared {
    /// What was lost, repaired or guessed, in reading and then in each publication.
    pub fn diagnostics(&self) -> impl Iterator<Item = &Diagnostic> {
        let content = self.content.as_ref().ok();
        content.into_iter().flat_map(|content| {
            let written = content.publications.iter().flat_map(|one| &one.diagnostics);
            content.diagnostics.iter().chain(written)
        })
    }

    /// Why the input could not be read, where it could not.
    pub fn error(&self) -> Option<&Error> {
        self.content.as_ref().err()
    }
}

/// Reads an input and makes everything of it that goes into a deposit. An input that cannot be read is no failure here: a
/// deposit of many keeps its bytes, and says why.
pub fn prepare(input: Named<'_>, options: &DepositOptions<'_>) -> Prepared {
    Prepared {
        name: input.name.to_owned(),
        bytes: input.bytes.to_vec(),
        content: content(input, options),
    }
}

fn content(input: Named<'_>, options: &DepositOptions<'_>) -> Result<Content, Error> {
    let row = match &options.convert.from {
        Some(from) => tabulary::readable(from)?,
        None => detect(Input::named(input.bytes, input.name))?.row,
    };
    let (document, data, diagnostics) = if Report::is_json(input.bytes) {
        let (document, data) = filled(input.bytes, &options.forms, &options.convert)?;
        (document, Some(data), Vec::new())
    } else {
        let outcome = read_bytes(input.bytes, Some(input.name), &options.convert)?;
        let data = recognise(&outcome.value, &outcome.diagnostics, &options.forms);
        let data = data.ok().map(|(form, _, extraction)| {
            let mut data = checked(form, &extraction.report);
            data.result.findings.splice(0..0, extraction.findings);
            data
        });
        (outcome.value, data, outcome.diagnostics)
    };
    let mut content = Content {
        read_as: row.format.id,
        format: format::of_input(row, input.bytes),
        document,
        data,
        publications: Vec::new(),
        unpublished: Vec::new(),
        diagnostics,
    };
    let write = write_options(&options.convert, options.date.map(|date| date.to_string()));
    for id in PUBLISHED {
        match publish(&content.document, id, &write) {
            Ok(publication) => content.publications.push(publication),
            // What is asked of the machine, and not of the format, is a failure of the whole.
            Err(error) if error.kind() == ErrorKind::Io => return Err(error),
            Err(error) => content.unpublished.push((id, error)),
        }
    }
    Ok(content)
}

/// The document of report data, which is its form filled in.
fn filled(bytes: &[u8], forms: &[&Form], options: &Options) -> Result<(Document, Data), Error> {
    let reading = tabulary::forms::read_report(bytes, None, forms, options)?;
    let report = &reading.extraction.report;
    Ok((fill(reading.form, report), checked(reading.form, report)))
}

fn checked(form: &Form, report: &Report) -> Data {
    Data {
        form: name_of(form),
        json: report.to_json(true),
        result: check(form, report, None),
    }
}

/// How documents of deposits are published: as the defaults have it, within the limits and with the fonts that are given.
pub(crate) fn write_options(options: &Options, day: Option<String>) -> WriteOptions {
    WriteOptions {
        limits: options.write.limits.clone(),
        cancel: options.write.cancel.clone(),
        fonts: options.write.fonts.clone(),
        setting: Setting {
            families: options.write.setting.families.clone(),
            ..Setting::default()
        },
        style: PublicationStyle::ByScript,
        day,
        ..WriteOptions::default()
    }
}

/// A document in a format of publications. A PDF keeps PDF/A-3a where its document allows it, else PDF/A-3b; where it
/// keeps neither, a diagnostic says why.
pub(crate) fn publish(
    document: &Document,
    id: &'static str,
    options: &WriteOptions,
) -> Result<Publication, Error> {
    let publication = |standard, options: &WriteOptions| -> Result<Publication, Error> {
        let written = write_bytes(document, id, options)?;
        Ok(Publication {
            id,
            bytes: written.value,
            standard,
            diagnostics: written.diagnostics,
        })
    };
    let standards = [PageStandard::A3a, PageStandard::A3b];
    for standard in standards.into_iter().filter(|_| id == "pdf") {
        let options = WriteOptions {
            standards: vec![standard],
            ..options.clone()
        };
        match publication(Some(standard), &options) {
            Err(error) if error.kind() == ErrorKind::NotRepresentable => {}
            result => return result,
        }
    }
    let mut publication = publication(None, options)?;
    let told = &mut publication.diagnostics;
    // That characters have no glyph says why, and has a code of its own; an archive asks for this one.
    if id == "pdf" && !told.iter().any(|one| one.code == Code::StandardLowered) {
        let message = "the PDF keeps no PDF/A, as some characters have no glyph";
        told.push(Diagnostic::new(Code::StandardLowered, message));
    }
    Ok(publication)
}
