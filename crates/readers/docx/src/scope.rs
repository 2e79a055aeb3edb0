//! Where the reading is: the part and what it refers to, and the path of an element in it.

use std::collections::BTreeMap;

use tabulary_package::Relationship;

/// The part that is read, and what it refers to.
#[derive(Debug, Default)]
pub(crate) struct Scope {
    pub(crate) part: String,
    pub(crate) relationships: BTreeMap<String, Relationship>,
}

impl Scope {
    /// What the part refers to by an identifier.
    pub(crate) fn relationship(&self, id: &str) -> Option<&Relationship> {
        self.relationships.get(id)
    }

    /// The parts that it refers to by a kind of relationship.
    pub(crate) fn targets(&self, kind: &str) -> Vec<String> {
        let found = self.relationships.values();
        let found =
            found.filter(|relationship| relationship.kind == kind && !relationship.external);
        found
            .map(|relationship| relationship.target.clone())
            .collect()
    }
}

/// Counts the children of an element, for the paths of origins.
#[derive(Debug, Default)]
pub(crate) struct Steps {
    pub(crate) parent: String,
    counts: BTreeMap<&'static str, u32>,
}

impl Steps {
    /// The steps below an element.
    pub(crate) fn below(parent: &str) -> Self {
        Self {
            parent: parent.to_owned(),
            counts: BTreeMap::new(),
        }
    }

    /// The path of the next child of that name.
    pub(crate) fn next(&mut self, name: &'static str) -> String {
        let count = self.counts.entry(name).or_default();
        *count += 1;
        if self.parent.is_empty() {
            format!("{name}[{count}]")
        } else {
            format!("{}/{name}[{count}]", self.parent)
        }
    }
}
