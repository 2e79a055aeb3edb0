//! A form that was loaded and found sound.

use std::collections::BTreeMap;

use regex::Regex;
use tabulary_ir::{Budget, Code, Diagnostic, Document, Error, Limits};
use tabulary_markup::read::Markup;

use crate::definition::{Aggregate, BlankPolicy, Definition, FieldType, Gravity};
use crate::exact::Exact;
use crate::fold::Aliases;
use crate::load;
use crate::rules::{Node, Reference};
use crate::template::Template;

/// A form: what it asks, how it looks, and what holds of its values.
#[derive(Clone, Debug)]
pub struct Form {
    pub(crate) definition: Definition,
    pub(crate) fields: Vec<Field>,
    pub(crate) places: BTreeMap<String, usize>,
    pub(crate) aliases: Aliases,
    pub(crate) template: Template,
    pub(crate) rules: Vec<Rule>,
    pub(crate) prose: Vec<ProseRule>,
    pub(crate) patterns: Vec<Regex>,
}

/// A field of a form.
#[derive(Clone, Debug)]
pub struct Field {
    /// Its name, as rules and data know it.
    pub id: String,
    /// What its value is.
    pub kind: FieldType,
    /// The unit of its numbers.
    pub unit: Option<String>,
    /// What blank means.
    pub blank: BlankPolicy,
    /// Whether documents may leave out its row; it is blank then.
    pub optional: bool,
    /// How many reports become one.
    pub aggregate: Aggregate,
    /// The values that it may have.
    pub choices: Vec<String>,
    /// The name by which a person knows it: labels of its row and column.
    pub label: String,
}

/// A rule for one group of fields.
#[derive(Clone, Debug)]
pub(crate) struct Rule {
    pub(crate) id: String,
    pub(crate) source: String,
    pub(crate) node: Node,
    pub(crate) fields: Vec<Reference>,
    pub(crate) severity: Gravity,
    pub(crate) tolerance: Exact,
    pub(crate) zh: Option<String>,
    pub(crate) en: Option<String>,
}

impl Rule {
    /// Whether it needs the report before.
    pub(crate) fn needs_previous(&self) -> bool {
        self.fields.iter().any(|reference| reference.previous)
    }
}

/// A rule for the numbers that a pattern finds in text.
#[derive(Clone, Debug)]
pub(crate) struct ProseRule {
    pub(crate) field: String,
    pub(crate) regex: Regex,
    pub(crate) rule: Rule,
}

/// Something that is wrong with a form, with the line where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The file of the form.
    pub file: String,
    /// The line, from 1, where it is known.
    pub line: Option<u32>,
    /// What is wrong, and what was expected.
    pub message: String,
}

impl std::fmt::Display for Problem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.line {
            Some(line) => write!(f, "{}:{line}: {}", self.file, self.message),
            None => write!(f, "{}: {}", self.file, self.message),
        }
    }
}

impl Form {
    /// Loads a form from the text of its `form.toml` and its template, and checks all of it.
    ///
    /// # Errors
    /// Everything that is wrong, with its lines.
    pub fn load(toml: &str, template: Document) -> Result<Self, Vec<Problem>> {
        load::load(toml, template)
    }

    /// The definition that `form.toml` gives, unchecked: it says which file the template is.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn definition(toml: &str) -> Result<Definition, Vec<Problem>> {
        load::definition(toml)
    }

    /// The name of the form.
    pub fn id(&self) -> &str {
        &self.definition.id
    }

    /// The edition.
    pub fn edition(&self) -> &str {
        &self.definition.edition
    }

    /// The title, in the language of the form.
    pub fn title(&self) -> &str {
        &self.definition.title
    }

    /// What it says of itself.
    pub fn about(&self) -> &Definition {
        &self.definition
    }

    /// The fields, in the order of the template.
    pub fn fields(&self) -> &[Field] {
        &self.fields
    }

    /// The field of that name.
    pub fn field(&self, id: &str) -> Option<&Field> {
        self.place(id).map(|place| &self.fields[place])
    }

    pub(crate) fn place(&self, id: &str) -> Option<usize> {
        self.places.get(id).copied()
    }

    /// The names of the rules, one for every group of fields, with what each says.
    pub fn rules(&self) -> Vec<RuleSummary<'_>> {
        let tables = self.rules.iter();
        let all = tables.chain(self.prose.iter().map(|prose| &prose.rule));
        all.map(|rule| RuleSummary {
            id: &rule.id,
            rule: &rule.source,
            fields: rule.fields.len(),
            previous: rule.needs_previous(),
            zh: rule.zh.as_deref(),
            en: rule.en.as_deref(),
        })
        .collect()
    }
}

/// A rule for one group of fields, as it is shown.
#[derive(Clone, Copy, Debug)]
pub struct RuleSummary<'a> {
    /// Its name.
    pub id: &'a str,
    /// The expression.
    pub rule: &'a str,
    /// How many fields it names.
    pub fields: usize,
    /// Whether it needs the report before.
    pub previous: bool,
    /// What it says, in Chinese.
    pub zh: Option<&'a str>,
    /// What it says, in English.
    pub en: Option<&'a str>,
}

/// Reads a template that is a web page.
///
/// # Errors
/// `Input` where cells of a table overlap, and `Limit` where a bound is passed.
pub fn html_template(html: &str) -> Result<Document, Error> {
    let limits = Limits::default();
    let budget = Budget::new(&limits, &tabulary_ir::Cancel::default());
    let (document, told) = Markup::new(&budget).page(html)?;
    refuse_overlaps(&told.into_vec())?;
    Ok(document)
}

/// Refuses a template in whose tables cells overlap: which of them a value belongs to is not said.
///
/// # Errors
/// `Input` at the first of them.
pub fn refuse_overlaps(told: &[Diagnostic]) -> Result<(), Error> {
    match told
        .iter()
        .find(|diagnostic| diagnostic.code == Code::TableOverlap)
    {
        None => Ok(()),
        Some(overlap) => Err(
            Error::input(format!("the template is no grid: {}", overlap.message))
                .at(overlap.origin.clone())
                .help("mend the spans of its cells"),
        ),
    }
}
