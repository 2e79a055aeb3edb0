//! Diagnostics: what was lost, repaired or guessed, and where.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use serde::Serialize;

use crate::told::one_line;
use crate::{Code, Origin, Severity};

/// How many diagnostics of one code are kept one by one; the rest are counted.
const KEPT_PER_CODE: usize = 200;

/// One thing that a reader skipped, repaired or guessed, or that a writer could not express.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Diagnostic {
    /// What it is about.
    pub code: Code,
    /// What was found, and what was done, in one sentence without a full stop.
    pub message: String,
    /// Where in the source.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub origin: Option<Origin>,
}

impl Diagnostic {
    /// A diagnostic without a place.
    pub fn new(code: Code, message: impl Into<String>) -> Self {
        Self {
            code,
            message: one_line(message.into()),
            origin: None,
        }
    }

    /// The same, at a place.
    #[must_use]
    pub fn at(mut self, origin: impl Into<Option<Origin>>) -> Self {
        self.origin = origin.into();
        self
    }

    /// What kind of thing it tells.
    pub fn severity(&self) -> Severity {
        self.code.severity()
    }
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(origin) = &self.origin {
            write!(f, "{origin}: ")?;
        }
        let severity = self.severity().as_str();
        write!(f, "{severity}[{}]: {}", self.code, self.message)
    }
}

/// Collects diagnostics. Of each code the first 200 are kept, and the others counted, so that a
/// file with a million faults costs no more than one with a few.
#[derive(Debug, Default)]
pub struct Diagnostics {
    kept: Vec<Diagnostic>,
    counts: BTreeMap<Code, usize>,
    told_once: BTreeSet<(Code, String)>,
}

impl Diagnostics {
    /// No diagnostics.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds one.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        let count = self.counts.entry(diagnostic.code).or_default();
        *count += 1;
        if *count <= KEPT_PER_CODE {
            self.kept.push(diagnostic);
        }
    }

    /// Adds one of a code, with a message and a place.
    pub fn add(
        &mut self,
        code: Code,
        message: impl Into<String>,
        origin: impl Into<Option<Origin>>,
    ) {
        self.push(Diagnostic::new(code, message).at(origin));
    }

    /// Adds one unless the same message of that code was added this way before.
    pub fn once(
        &mut self,
        code: Code,
        message: impl Into<String>,
        origin: impl Into<Option<Origin>>,
    ) {
        let message = message.into();
        if self.told_once.insert((code, message.clone())) {
            self.add(code, message, origin);
        }
    }

    /// How many of a code there are, those that were only counted included.
    pub fn count(&self, code: Code) -> usize {
        self.counts.get(&code).copied().unwrap_or_default()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.kept.is_empty()
    }

    /// Adds all of another collection.
    pub fn extend(&mut self, others: impl IntoIterator<Item = Diagnostic>) {
        for diagnostic in others {
            self.push(diagnostic);
        }
    }

    /// The diagnostics in the order in which they came. Where some of a code were only counted, one
    /// more at the end says how many.
    pub fn into_vec(mut self) -> Vec<Diagnostic> {
        for (code, count) in self.counts {
            if count > KEPT_PER_CODE {
                let message = format!("and {} more of this code", count - KEPT_PER_CODE);
                self.kept.push(Diagnostic::new(code, message));
            }
        }
        self.kept
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_told_once_does_not_hide_another_thing_of_its_code() {
        let mut diagnostics = Diagnostics::new();
        for message in ["quotes", "rules", "quotes"] {
            diagnostics.once(Code::BlockDropped, message, None);
        }
        let told = diagnostics.into_vec();
        let messages: Vec<_> = told.iter().map(|d| d.message.as_str()).collect();
        assert_eq!(messages, ["quotes", "rules"]);
    }

    #[test]
    fn a_flood_is_counted() {
        let mut diagnostics = Diagnostics::new();
        for line in 0..1000 {
            diagnostics.add(Code::TableRagged, "short row", Origin::line(line));
        }
        diagnostics.add(Code::TextCut, "cut", None);
        assert_eq!(diagnostics.count(Code::TableRagged), 1000);
        let all = diagnostics.into_vec();
        assert_eq!(all.len(), 202);
        assert_eq!(
            all[201].to_string(),
            "repair[table-ragged]: and 800 more of this code"
        );
        assert_eq!(
            all[1].to_string(),
            "line 1: repair[table-ragged]: short row"
        );
    }
}
