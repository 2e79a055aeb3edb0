//! Which form and edition a document is, by what it says, and not by its year.

use std::collections::BTreeSet;

use tabulary_ir::Document;

use crate::align::Grid;
use crate::extract::{edition_of, sections};
use crate::form::Form;
use crate::view::{Item, items_of};

/// How well a form fits a document.
#[derive(Clone, Copy, Debug)]
pub struct Fit<'a> {
    /// The form.
    pub form: &'a Form,
    /// How many of its labels and headings the document has, in thousandths.
    pub share: u32,
    /// Whether the document says itself that it is of this form.
    pub named: bool,
}

/// The least share of labels with which a document may be of a form.
pub const LEAST_SHARE: u32 = 300;

/// How well each form fits a document, the best first. A document that says what it is comes first
/// with what it says; of equal fits the later edition.
pub fn detect<'a>(forms: &[&'a Form], document: &Document) -> Vec<Fit<'a>> {
    let named = edition_of(document);
    let items = items_of(document);
    let mut fits: Vec<Fit<'a>> = forms
        .iter()
        .map(|form| {
            let is_named = named
                .as_ref()
                .is_some_and(|(id, edition)| id == form.id() && edition == form.edition());
            Fit {
                form,
                share: share(form, &items),
                named: is_named,
            }
        })
        .collect();
    fits.sort_by(|a, b| {
        let rank = |fit: &Fit<'_>| (fit.named, fit.share);
        rank(b)
            .cmp(&rank(a))
            .then_with(|| b.form.edition().cmp(a.form.edition()))
    });
    fits
}

fn share(form: &Form, items: &[Item<'_>]) -> u32 {
    let mut keys: BTreeSet<String> = BTreeSet::new();
    for item in items {
        if let Item::Table(table) = item {
            let mut grid = Grid::default();
            grid.add(0, table, false, &form.aliases);
            keys.extend(grid.keys());
        }
    }
    let wanted: BTreeSet<&String> = form
        .template
        .shapes
        .iter()
        .flat_map(|shape| &shape.keys)
        .collect();
    let found = wanted.iter().filter(|key| keys.contains(**key)).count();
    let headings = sections(form, items).places.iter().flatten().count();
    let all = wanted.len() + form.template.headings.len();
    u32::try_from((found + headings) * 1000 / all.max(1)).unwrap_or_default()
}
