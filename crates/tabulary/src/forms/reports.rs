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
    let recognised = recognise(&outcome.value, &outcome.diagnostics, forms);
    let (form, share, extraction) = recognised.map_err(|why| none_of(forms, &why))?;
    Ok(Reading {
        form,
        extraction,
        diagnostics: outcome.diagnostics,
        share,
        document: Some(outcome.value),
    })
}

/// The form of a document, of those given the one that fits best, with how well it fits, in thousandths, and the
/// data that the document holds. `told` is what its reader told.
///
/// # Errors
/// Why it is a report of none of them, in words.
pub fn recognise<'a>(
    document: &Document,
    told: &[Diagnostic],
    forms: &[&'a Form],
) -> Result<(&'a Form, u32, Extraction), String> {
    let fits = detect(forms, document);
    let Some(best) = fits.first() else {
        return Err("no form is known".to_owned());
    };
    if !best.named && best.share < LEAST_SHARE {
        return Err(format!(
            "it has {}% of the labels of {}, the nearest form",
            best.share / 10,
            name_of(best.form)
        ));
    }
    let extraction = extract(best.form, document, told);
    Ok((best.form, best.share, extraction))
}

fn none_of(forms: &[&Form], why: &str) -> Error {
    let names: Vec<String> = forms.iter().map(|form| name_of(form)).collect();
    Error::input(format!(
        "it is a report of none of {}: {why}",
        names.join(", ")
    ))
    .help("check that the file is the right one, or name another form with --form")
}
