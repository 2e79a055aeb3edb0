//! Tests of the crate, with the readers and writers that documents come from and go to.

mod definition;
mod extract;

use tabulary_ir::{Document, Input, Outcome, ReadOptions, Reader};
use tabulary_read_html::HtmlReader;
use tabulary_read_text::PlainTextReader;

use crate::{Extraction, Form, built_in, extract};

/// A form that is built in.
fn form(id: &str, edition: &str) -> &'static Form {
    let mut forms = built_in().into_iter();
    forms
        .find(|form| form.id() == id && form.edition() == edition)
        .expect("a form that is built in")
}

/// An edition of the statutory report.
fn annual(edition: &str) -> &'static Form {
    form("cn.xxgk.annual-report", edition)
}

fn read(reader: &dyn Reader, bytes: &[u8]) -> Outcome<Document> {
    reader
        .read(Input::new(bytes), &ReadOptions::default())
        .expect("a document")
}

/// What is taken out of a plain text.
fn of_text(form: &Form, text: &str) -> Extraction {
    let outcome = read(&PlainTextReader, text.as_bytes());
    extract(form, &outcome.value, &outcome.diagnostics)
}

/// What is taken out of a web page.
fn of_html(form: &Form, html: &str) -> Extraction {
    let outcome = read(&HtmlReader, html.as_bytes());
    extract(form, &outcome.value, &outcome.diagnostics)
}

fn seed() -> String {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../fixtures/reports/shuangpai-2019.txt");
    std::fs::read_to_string(path).expect("the report")
}
