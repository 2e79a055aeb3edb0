//! Findings: what is wrong with a report, and where.

use std::fmt::Write as _;

use serde::{Deserialize, Serialize};
use tabulary_ir::Origin;

use crate::definition::Gravity;

/// What a finding is about. The names are stable.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FindingKind {
    /// A rule is broken.
    Rule,
    /// A number in text is not the one that it should be.
    Prose,
    /// A value is none that its field may have.
    Value,
    /// A field that must be filled in is blank.
    Blank,
    /// A field was not found.
    Missing,
    /// A row's values are there, and which is whose cannot be told.
    PositionLost,
    /// A table of the form is not in the document.
    TableMissing,
    /// A heading of the form is not in the document.
    HeadingMissing,
    /// A row that the form has not.
    ExtraRow,
    /// A table that the form has not, or a second one.
    ExtraTable,
    /// Columns stand in another order than in the form.
    Reordered,
    /// The edition is not the one for the year.
    Edition,
    /// The report before is not that of the year before.
    Previous,
    /// A report adds up to something else than its parts.
    Total,
}

impl FindingKind {
    /// The name that JSON and messages use.
    pub fn name(self) -> &'static str {
        match self {
            Self::Rule => "rule",
            Self::Prose => "prose",
            Self::Value => "value",
            Self::Blank => "blank",
            Self::Missing => "missing",
            Self::PositionLost => "position-lost",
            Self::TableMissing => "table-missing",
            Self::HeadingMissing => "heading-missing",
            Self::ExtraRow => "extra-row",
            Self::ExtraTable => "extra-table",
            Self::Reordered => "reordered",
            Self::Edition => "edition",
            Self::Previous => "previous",
            Self::Total => "total",
        }
    }
}

/// The language of messages.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Language {
    /// English.
    #[default]
    English,
    /// Chinese.
    Chinese,
}

/// Something that is wrong with a report, or that a person should look at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// What it is about.
    pub kind: FindingKind,
    /// How grave it is.
    pub severity: Gravity,
    /// The rule, where it is about one.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub rule: Option<String>,
    /// What it says, in English.
    pub en: String,
    /// What it says, in Chinese.
    pub zh: String,
    /// What stands there.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub found: Option<String>,
    /// What should stand there.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub expected: Option<String>,
    /// How far they are apart.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub difference: Option<String>,
    /// Every cell that it turns on.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub cells: Vec<FindingCell>,
    /// Where it stands, where it is not about cells.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub origin: Option<Origin>,
}

/// A cell that a finding turns on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FindingCell {
    /// The field.
    pub field: String,
    /// The name by which a person knows it.
    pub label: String,
    /// What it holds; none where it is blank.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub value: Option<String>,
    /// Where it stands.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub origin: Option<Origin>,
    /// Whether it is of the report before.
    #[serde(skip_serializing_if = "std::ops::Not::not", default)]
    pub previous: bool,
}

impl Finding {
    /// A finding of a kind, with what it says in both languages.
    pub(crate) fn new(kind: FindingKind, severity: Gravity, en: String, zh: String) -> Self {
        Self {
            kind,
            severity,
            rule: None,
            en,
            zh,
            found: None,
            expected: None,
            difference: None,
            cells: Vec::new(),
            origin: None,
        }
    }

    /// The same, at a place.
    pub(crate) fn at(mut self, origin: Option<Origin>) -> Self {
        self.origin = origin;
        self
    }

    /// The first place that it names.
    pub fn place(&self) -> Option<&Origin> {
        let of_cells = || self.cells.iter().find_map(|cell| cell.origin.as_ref());
        self.origin.as_ref().or_else(of_cells)
    }

    /// One line for a person: the place, how grave it is, the rule, what was found and expected.
    pub fn line(&self, language: Language) -> String {
        let is_chinese = language == Language::Chinese;
        let mut line = String::new();
        if let Some(place) = self.place() {
            let _ = write!(line, "{place}: ");
        }
        let word = match (self.severity, is_chinese) {
            (Gravity::Error, false) => "error",
            (Gravity::Warning, false) => "warning",
            (Gravity::Note, false) => "note",
            (Gravity::Error, true) => "错误",
            (Gravity::Warning, true) => "警告",
            (Gravity::Note, true) => "提示",
        };
        let name = self.rule.as_deref().unwrap_or_else(|| self.kind.name());
        let message = if is_chinese { &self.zh } else { &self.en };
        let _ = write!(line, "{word}[{name}]: {message}");
        if let (Some(found), Some(expected)) = (&self.found, &self.expected) {
            let _ = if is_chinese {
                write!(line, "：实为 {found}，应为 {expected}")
            } else {
                write!(line, ": found {found}, expected {expected}")
            };
            if let Some(difference) = &self.difference {
                let _ = if is_chinese {
                    write!(line, "，相差 {difference}")
                } else {
                    write!(line, ", difference {difference}")
                };
            }
        }
        line
    }
}
