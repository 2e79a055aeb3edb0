//! Data out of a document, whatever it was read from.

mod lines;
mod named;
mod sections;
mod tables;

use std::collections::BTreeSet;

use tabulary_ir::{Code, Diagnostic, Document, Origin, block_text};

use crate::definition::{FieldType, Gravity};
use crate::finding::{Finding, FindingKind};
use crate::form::Form;
use crate::report::{Found, Report};
use crate::value::FieldValue;
use crate::view::items_of;

pub(crate) use named::{FORM_NAME, defined_name, edition_of};
pub(crate) use sections::sections;

/// What was taken out of a document.
#[derive(Clone, Debug, Default)]
pub struct Extraction {
    /// The data.
    pub report: Report,
    /// What could not be placed, and what a person should look at.
    pub findings: Vec<Finding>,
}

/// Takes the data of a form out of a document. `told` is what its reader told: where it lost the
/// places of cells, they are not guessed here.
pub fn extract(form: &Form, document: &Document, told: &[Diagnostic]) -> Extraction {
    let mut extraction = Extraction {
        report: Report::new(form),
        findings: Vec::new(),
    };
    extraction.report.meta = document.meta.fields.clone();
    let items = items_of(document);
    let named = named::take(form, document, &mut extraction);
    let sections = sections(form, &items);
    let mut used: BTreeSet<usize> = BTreeSet::new();
    let loose = loose_tables(told);
    tables::take(
        form,
        &items,
        &sections,
        &loose,
        &named,
        &mut used,
        &mut extraction,
    );
    lines::take(
        form,
        document,
        &items,
        &sections,
        &mut used,
        &mut extraction,
    );
    for (heading, place) in form.template.headings.iter().zip(&sections.places) {
        if place.is_none() && named.is_empty() {
            extraction.findings.push(Finding::new(
                FindingKind::HeadingMissing,
                Gravity::Warning,
                format!("the heading {:?} was not found", heading.text),
                format!("未找到标题“{}”", heading.text),
            ));
        }
    }
    extraction
}

/// The places of tables whose reader told that the source does not say where cells stand.
fn loose_tables(told: &[Diagnostic]) -> Vec<Origin> {
    let lost = told
        .iter()
        .filter(|diagnostic| matches!(diagnostic.code, Code::TableRagged | Code::SpanGuessed));
    lost.filter_map(|diagnostic| diagnostic.origin.clone())
        .collect()
}

impl Extraction {
    /// Sets a value with its place, unless the field has one already.
    fn set(&mut self, id: &str, value: FieldValue, found: Found) -> bool {
        if self.report.fields.contains_key(id) {
            return false;
        }
        self.report.fields.insert(id.to_owned(), value);
        self.report.places.insert(id.to_owned(), found);
        true
    }

    /// How each value was found, a line each, for a person.
    pub fn explain(&self, form: &Form) -> String {
        use std::fmt::Write as _;
        let mut text = String::new();
        for field in form.fields() {
            let found = self.report.places.get(&field.id);
            let value = self.report.fields.get(&field.id);
            let shown = match (value, field.kind) {
                (_, FieldType::Prose) => match self.report.prose.get(&field.id) {
                    Some(blocks) => {
                        let first = blocks.first().map(block_text).unwrap_or_default();
                        let first: String = first.chars().take(24).collect();
                        format!("{} blocks: {first}…", blocks.len())
                    }
                    None => "not found".into(),
                },
                (Some(FieldValue::Blank), _) => "blank".into(),
                (Some(value), _) => format!("{:?}", value.shown()),
                (None, _) => "not found".into(),
            };
            let _ = write!(text, "{}\t{shown}", field.id);
            if let Some(found) = found {
                let place = found.origin.as_ref().map(ToString::to_string);
                let place = place.unwrap_or_else(|| "no place".into());
                let _ = write!(text, "\t{place}\t{}%\t{}", found.sure, found.by);
                if let Some(written) = &found.written {
                    let _ = write!(text, "\twritten {written:?}");
                }
            }
            text.push('\n');
        }
        text
    }
}
