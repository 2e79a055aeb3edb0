//! What stands in `form.toml`.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;
use toml::Spanned;

/// A form as `form.toml` describes it.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "Tabulary form")]
pub struct Definition {
    /// The name of the form, the same in all of its editions: `cn.xxgk.annual-report`.
    pub id: String,
    /// The edition, as people call it.
    pub edition: String,
    /// The title, in the language of the form.
    pub title: String,
    /// The title in English.
    #[serde(default)]
    pub title_en: Option<String>,
    /// What prescribes it.
    #[serde(default)]
    pub basis: Option<String>,
    /// The language, as a BCP 47 tag.
    #[serde(default)]
    pub language: Option<String>,
    /// The file beside `form.toml` in which `{{field.id}}` stands where a value goes.
    #[serde(default = "usual_template")]
    pub template: String,
    /// The years that the edition is for.
    #[serde(default)]
    pub years: Option<Years>,
    /// What is said of the fields of the template.
    pub fields: Vec<FieldSpec>,
    /// What lines of text tell, as regular expressions whose named groups are fields.
    #[serde(default)]
    pub patterns: Vec<Pattern>,
    /// Labels and what stands for them in documents.
    #[serde(default)]
    pub aliases: BTreeMap<String, Vec<String>>,
    /// Lists of parts of names of fields, for rules.
    #[serde(default)]
    #[schemars(with = "BTreeMap<String, Vec<String>>")]
    pub sets: BTreeMap<String, Spanned<Vec<String>>>,
    /// What holds of the values.
    #[serde(default)]
    pub rules: Vec<RuleSpec>,
    /// What holds of numbers in text.
    #[serde(default)]
    pub prose: Vec<ProseSpec>,
    /// Which fields of other editions are the same under another name: name here, name there.
    #[serde(default)]
    pub corresponds: BTreeMap<String, BTreeMap<String, String>>,
}

fn usual_template() -> String {
    "template.html".into()
}

/// The years that an edition is for.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Years {
    /// The field that says the year.
    #[schemars(with = "String")]
    pub field: Spanned<String>,
    /// The first year.
    #[serde(default)]
    pub from: Option<i16>,
    /// The last year.
    #[serde(default)]
    pub to: Option<i16>,
}

/// What is said of the fields with a name, or with a name of that pattern.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FieldSpec {
    /// The name, or a pattern in which `*` stands for any part without a dot.
    #[schemars(with = "String")]
    pub id: Spanned<String>,
    /// What its value is.
    #[serde(rename = "type")]
    #[schemars(with = "FieldType")]
    pub kind: Spanned<FieldType>,
    /// The unit of its numbers.
    #[serde(default)]
    pub unit: Option<String>,
    /// What a blank field means.
    #[serde(default)]
    pub blank: BlankPolicy,
    /// Whether documents may leave out its row; it is blank then.
    #[serde(default)]
    pub optional: bool,
    /// How many reports become one.
    #[serde(default)]
    pub aggregate: Option<Aggregate>,
    /// The values that it may have, where it is one of a list.
    #[serde(default)]
    pub choices: Vec<String>,
    /// The name by which a person knows it, where the template does not say it.
    #[serde(default)]
    pub label: Option<String>,
}

/// What the value of a field is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum FieldType {
    /// A whole number, 0 or more.
    Count,
    /// A whole number with a sign.
    Signed,
    /// An amount of money.
    Money,
    /// Any number.
    Number,
    /// A line of text.
    Text,
    /// A day.
    Date,
    /// One of a list of values.
    Choice,
    /// Text of many paragraphs.
    Prose,
}

impl FieldType {
    /// Whether its values are numbers.
    pub fn is_number(self) -> bool {
        matches!(
            self,
            Self::Count | Self::Signed | Self::Money | Self::Number
        )
    }
}

/// What a blank field means.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum BlankPolicy {
    /// Nothing is known: rules about it cannot be decided.
    #[default]
    Open,
    /// It is 0.
    Zero,
    /// It must be filled in: blank is a finding.
    Required,
}

/// How the values of many reports become one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Aggregate {
    /// Their sum.
    Sum,
    /// The least.
    Min,
    /// The greatest.
    Max,
    /// The value that all have; blank where they differ.
    Same,
    /// None: the field stays blank.
    None,
}

/// What a line of text tells.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Pattern {
    /// A regular expression over a line in compatibility form (NFKC); its named groups are fields.
    #[schemars(with = "String")]
    pub text: Spanned<String>,
}

/// How grave a broken rule is.
#[derive(
    Clone,
    Copy,
    Debug,
    Default,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Deserialize,
    serde::Serialize,
    JsonSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum Gravity {
    /// A person may want to know.
    Note,
    /// It is likely wrong.
    Warning,
    /// It is wrong.
    #[default]
    Error,
}

/// What holds of the values: an expression in CEL, for one or many groups of fields.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RuleSpec {
    /// Its name.
    pub id: String,
    /// Variables, and the list that each goes through: the name of a set, or sets with `+` between.
    #[serde(default)]
    #[schemars(with = "BTreeMap<String, String>")]
    pub each: BTreeMap<String, Spanned<String>>,
    /// The expression. Fields stand by their name, those of the report before under `previous`.
    #[schemars(with = "String")]
    pub rule: Spanned<String>,
    /// How grave it is when broken.
    #[serde(default)]
    pub severity: Gravity,
    /// How far numbers may be apart that are said to be equal.
    #[serde(default)]
    pub tolerance: Option<String>,
    /// What it says, in Chinese.
    #[serde(default)]
    pub zh: Option<String>,
    /// What it says, in English.
    #[serde(default)]
    pub en: Option<String>,
    /// Where it comes from.
    #[serde(default)]
    pub basis: Option<String>,
}

/// What holds of a number that stands in text.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ProseSpec {
    /// Its name.
    pub id: String,
    /// The field of text that is looked through.
    #[serde(rename = "in")]
    #[schemars(with = "String")]
    pub field: Spanned<String>,
    /// A regular expression over the text in compatibility form; its first group is the number.
    #[schemars(with = "String")]
    pub pattern: Spanned<String>,
    /// An expression in CEL, in which `number` is the number that was found.
    #[schemars(with = "String")]
    pub rule: Spanned<String>,
    /// How grave it is when broken.
    #[serde(default = "warning")]
    pub severity: Gravity,
    /// What it says, in Chinese.
    #[serde(default)]
    pub zh: Option<String>,
    /// What it says, in English.
    #[serde(default)]
    pub en: Option<String>,
}

fn warning() -> Gravity {
    Gravity::Warning
}

/// The JSON Schema of `form.toml`.
pub fn schema() -> serde_json::Value {
    schemars::schema_for!(Definition).to_value()
}
