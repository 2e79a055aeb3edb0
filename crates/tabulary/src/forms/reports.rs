//! Reports out of files of any format.

use tabulary_forms::{Extraction, Form, LEAST_SHARE, Report, detect, extract};
use tabulary_ir::{Diagnostic, Document, Error};

use super::name_of;
use crate::convert::{Options, read_bytes};

/// A report that was read.
#[derive(Debug)]
pub struct Reading<'a> {
    /// Its form.
    pub form: &'a Form,
    /// The data, and what could not be placed.
    pub extraction: Extraction,
    /// What the reader of its format told.
    pub diagnostics: Vec<Diagnostic>,
    /// How well the form fits, in thousandths: its labels that the document has.
    pub share: u32,
    /// The document that it was read from; none where it was data.
    pub document: Option<Document>,
}

/// Reads a report out of bytes: the JSON of a report, or a document of any format. Of `forms` the one
/// that fits best is taken.
///
/// # Errors
/// Those of reading, and `Input` where it is a report of none of the forms.
pub fn read_report<'a>(
    bytes: &[u8],
    name: Option<&str>,
    forms: &[&'a Form],
    options: &Options,
) -> Result<Reading<'a>, Error> {
    if Report::is_json(bytes) {
        let (id, edition) = Report::names_of(bytes)?;
        let form = forms
            .iter()
            .find(|form| form.id() == id && (edition.is_empty() || form.edition() == edition));
        let form = form.ok_or_else(|| none_of(forms, &format!("it is data of {id}/{edition}")))?;
        let report = Report::from_json(bytes, form)?;
        return Ok(Reading {
            form,
            extraction: Extraction {
                report,
                findings: Vec::new(),
            },
            diagnostics: Vec::new(),
            share: 1000,
            document: None,
        });
    }
    let outcome = read_bytes(bytes, name, options)?;
    let fits = detect(forms, &outcome.value);
    let best = fits
        .first()
        .filter(|fit| fit.named || fit.share >= LEAST_SHARE)
        .ok_or_else(|| {
            let why = match fits.first() {
                Some(fit) => format!(
                    "it has {}% of the labels of {}, the nearest form",
                    fit.share / 10,
                    name_of(fit.form)
                ),
                None => "no form is known".to_owned(),
            };
            none_of(forms, &why)
        })?;
    let extraction = extract(best.form, &outcome.value, &outcome.diagnostics);
    Ok(Reading {
        form: best.form,
        extraction,
        diagnostics: outcome.diagnostics,
        share: best.share,
        document: Some(outcome.value),
    })
}

fn none_of(forms: &[&Form], why: &str) -> Error {
    let names: Vec<String> = forms.iter().map(|form| name_of(form)).collect();
    Error::input(format!(
        "it is a report of none of {}: {why}",
        names.join(", ")
    ))
    .help("check that the file is the right one, or name another form with --form")
}
