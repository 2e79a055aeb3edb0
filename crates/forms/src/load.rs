//! Loading a form and checking all of it.

use std::collections::{BTreeMap, BTreeSet};

use regex::Regex;
use tabulary_ir::{Decimal, Document, Origin};
use toml::Spanned;

use crate::definition::{Aggregate, Definition, FieldSpec, FieldType, RuleSpec};
use crate::exact::Exact;
use crate::fold::Aliases;
use crate::form::{Field, Form, Problem, ProseRule, Rule};
use crate::rules::{Scope, compile, references};
use crate::template::{Placeholder, Template};

/// The file that a form is described in.
const FILE: &str = "form.toml";
/// Words of CEL that no part of a name may be, those of the language and ours.
const RESERVED: &[&str] = &[
    "as",
    "break",
    "const",
    "continue",
    "else",
    "false",
    "for",
    "function",
    "if",
    "import",
    "in",
    "let",
    "loop",
    "namespace",
    "null",
    "package",
    "previous",
    "return",
    "true",
    "var",
    "void",
    "while",
];
/// The most groups of fields that a rule may go through.
const MOST_GROUPS: usize = 100_000;

/// Reads `form.toml`.
pub(crate) fn definition(toml: &str) -> Result<Definition, Vec<Problem>> {
    toml::from_str(toml).map_err(|error| {
        let line = error.span().map(|span| line_at(toml, span.start));
        vec![Problem {
            file: FILE.into(),
            line,
            message: error.message().to_owned(),
        }]
    })
}

/// Loads a form, or says everything that is wrong with it.
pub(crate) fn load(toml: &str, template: Document) -> Result<Form, Vec<Problem>> {
    let definition = definition(toml)?;
    let mut loader = Loader {
        toml,
        template_name: definition.template.clone(),
        problems: Vec::new(),
    };
    let aliases = Aliases::new(
        definition
            .aliases
            .iter()
            .map(|(label, others)| (label.as_str(), others.as_slice())),
    );
    let is_prose = |id: &str| {
        let spec = best_spec(&definition.fields, id);
        spec.is_some_and(|spec| *spec.kind.get_ref() == FieldType::Prose)
    };
    let (template, placeholders) = Template::new(template, &aliases, &is_prose);
    let patterns = loader.patterns(&definition);
    let mut names: Vec<(String, Option<Origin>)> = Vec::new();
    loader.names(&placeholders, &definition, &patterns, &mut names);
    let fields = loader.fields(&definition, &names, &template);
    let places: BTreeMap<String, usize> = fields
        .iter()
        .zip(0..)
        .map(|(field, place)| (field.id.clone(), place))
        .collect();
    loader.check_patterns(&definition, &places);
    let sets: BTreeMap<String, Vec<String>> = definition
        .sets
        .iter()
        .map(|(name, list)| (name.clone(), list.get_ref().clone()))
        .collect();
    loader.check_sets(&definition, &places);
    let rules = loader.rules(&definition, &places, &sets);
    let prose = loader.prose(&definition, &places, &sets, &fields);
    if let Some(years) = &definition.years
        && !places.contains_key(years.field.get_ref())
    {
        loader.add(
            &years.field,
            format!(
                "years: {:?} is no field of the template or of a pattern",
                years.field.get_ref()
            ),
        );
    }
    if !loader.problems.is_empty() {
        loader
            .problems
            .sort_by_key(|problem| (problem.file != FILE, problem.line));
        return Err(loader.problems);
    }
    Ok(Form {
        definition,
        fields,
        places,
        aliases,
        template,
        rules,
        prose,
        patterns,
    })
}

struct Loader<'a> {
    toml: &'a str,
    template_name: String,
    problems: Vec<Problem>,
}

impl Loader<'_> {
    fn add<T>(&mut self, at: &Spanned<T>, message: String) {
        let line = Some(line_at(self.toml, at.span().start));
        self.problems.push(Problem {
            file: FILE.into(),
            line,
            message,
        });
    }

    fn add_template(&mut self, origin: Option<&Origin>, message: String) {
        let (line, message) = match origin {
            Some(Origin::Line { line, .. }) => (Some(*line), message),
            Some(place) => (None, format!("{place}: {message}")),
            None => (None, message),
        };
        self.problems.push(Problem {
            file: self.template_name.clone(),
            line,
            message,
        });
    }

    fn patterns(&mut self, definition: &Definition) -> Vec<Regex> {
        let mut patterns = Vec::new();
        for pattern in &definition.patterns {
            match Regex::new(pattern.text.get_ref()) {
                Ok(regex) => patterns.push(regex),
                Err(error) => {
                    let message = format!(
                        "the pattern is no regular expression: {}",
                        first_line(&error)
                    );
                    self.add(&pattern.text, message);
                }
            }
        }
        patterns
    }

    /// Every field that the template or a pattern names.
    fn names(
        &mut self,
        placeholders: &[Placeholder],
        definition: &Definition,
        patterns: &[Regex],
        names: &mut Vec<(String, Option<Origin>)>,
    ) {
        let mut seen: BTreeMap<&str, Option<&Origin>> = BTreeMap::new();
        for placeholder in placeholders {
            let is_title = placeholder.origin.is_none();
            if let Some(before) = seen.insert(&placeholder.id, placeholder.origin.as_ref()) {
                if let Some(before) = before
                    && !is_title
                {
                    let message = format!(
                        "the field {:?} stands twice; its first place is {before}",
                        placeholder.id
                    );
                    self.add_template(placeholder.origin.as_ref(), message);
                }
                continue;
            }
            names.push((placeholder.id.clone(), placeholder.origin.clone()));
        }
        let in_patterns = patterns.iter().flat_map(Regex::capture_names).flatten();
        let exact = definition
            .fields
            .iter()
            .map(|spec| spec.id.get_ref().as_str());
        let exact: BTreeSet<&str> = exact.filter(|id| !id.contains('*')).collect();
        let mut found: Vec<(String, Option<Origin>)> = Vec::new();
        for name in in_patterns {
            let is_new = !seen.contains_key(name) && !found.iter().any(|(id, _)| id == name);
            // What no line of form.toml describes is told with the patterns.
            if is_new && exact.contains(name) {
                found.push((name.to_owned(), None));
            }
        }
        found.append(names);
        *names = found;
    }

    fn fields(
        &mut self,
        definition: &Definition,
        names: &[(String, Option<Origin>)],
        template: &Template,
    ) -> Vec<Field> {
        let labels: BTreeMap<&str, &str> = template
            .shapes
            .iter()
            .flat_map(|shape| &shape.rows)
            .flat_map(|row| &row.cells)
            .map(|cell| (cell.id.as_str(), cell.label.as_str()))
            .collect();
        let headings: BTreeMap<&str, &str> = template
            .prose
            .iter()
            .filter_map(|prose| {
                let heading = template.headings.get(prose.after.checked_sub(1)?)?;
                Some((prose.id.as_str(), heading.text.as_str()))
            })
            .collect();
        let mut used = vec![false; definition.fields.len()];
        self.check_names(names);
        let mut fields = Vec::new();
        for (id, origin) in names {
            let specs: Vec<(usize, &FieldSpec)> = definition
                .fields
                .iter()
                .enumerate()
                .filter(|(_, spec)| matches(spec.id.get_ref(), id))
                .collect();
            for (index, _) in &specs {
                used[*index] = true;
            }
            let Some(spec) = best_spec(&definition.fields, id) else {
                let message = format!("the field {id:?} is described nowhere in {FILE}");
                self.add_template(origin.as_ref(), message);
                continue;
            };
            self.check_clash(id, spec, &specs);
            let label = spec.label.clone().or_else(|| {
                let label = labels
                    .get(id.as_str())
                    .or_else(|| headings.get(id.as_str()));
                label.map(|label| (*label).to_owned())
            });
            let kind = *spec.kind.get_ref();
            fields.push(Field {
                id: id.clone(),
                kind,
                unit: spec.unit.clone(),
                blank: spec.blank,
                optional: spec.optional,
                aggregate: spec.aggregate.unwrap_or(match kind {
                    FieldType::Count | FieldType::Signed | FieldType::Money => Aggregate::Sum,
                    FieldType::Prose => Aggregate::None,
                    _ => Aggregate::Same,
                }),
                choices: spec.choices.clone(),
                label: label
                    .filter(|label| !label.is_empty())
                    .unwrap_or_else(|| id.clone()),
            });
        }
        self.check_specs(definition, &used);
        fields
    }

    /// Names with words that mean something else in rules.
    fn check_names(&mut self, names: &[(String, Option<Origin>)]) {
        for (id, origin) in names {
            if let Some(word) = id.split('.').find(|part| RESERVED.contains(part)) {
                let message = format!(
                    "the field {id:?} has the part {word:?}, which means something else in rules: name it otherwise"
                );
                self.add_template(origin.as_ref(), message);
            }
        }
    }

    /// Two descriptions of a field that are as close and differ in what it is.
    fn check_clash(&mut self, id: &str, spec: &FieldSpec, specs: &[(usize, &FieldSpec)]) {
        let rank = |spec: &FieldSpec| spec.id.get_ref().matches('*').count();
        let clash = specs.iter().find(|(_, other)| {
            rank(other) == rank(spec)
                && other.id.span() != spec.id.span()
                && (other.kind.get_ref() != spec.kind.get_ref() || other.unit != spec.unit)
        });
        if let Some((_, other)) = clash {
            let message = format!(
                "the field {id:?} is described twice, as {:?} by {:?} and as {:?} by {:?}",
                spec.kind.get_ref(),
                spec.id.get_ref(),
                other.kind.get_ref(),
                other.id.get_ref()
            );
            self.add(&other.id, message);
        }
    }

    /// Descriptions that no field takes, or that say what cannot be.
    fn check_specs(&mut self, definition: &Definition, used: &[bool]) {
        for (spec, used) in definition.fields.iter().zip(used) {
            if !used {
                let message = format!("{:?} is no field of the template", spec.id.get_ref());
                self.add(&spec.id, message);
            }
            let kind = *spec.kind.get_ref();
            if (kind == FieldType::Choice) == spec.choices.is_empty() {
                let message = format!(
                    "{:?}: choices belong to the type choice, and it needs some",
                    spec.id.get_ref()
                );
                self.add(&spec.kind, message);
            }
            let adds = matches!(
                spec.aggregate,
                Some(Aggregate::Sum | Aggregate::Min | Aggregate::Max)
            );
            if adds && !kind.is_number() {
                let message = format!(
                    "{:?}: only numbers have a sum, a least and a greatest",
                    spec.id.get_ref()
                );
                self.add(&spec.kind, message);
            }
        }
    }

    fn check_patterns(&mut self, definition: &Definition, places: &BTreeMap<String, usize>) {
        for spec in &definition.patterns {
            let Ok(regex) = Regex::new(spec.text.get_ref()) else {
                continue;
            };
            for name in regex.capture_names().flatten() {
                if !places.contains_key(name) {
                    let message = format!("the group {name:?} is described by no [[fields]]");
                    self.add(&spec.text, message);
                }
            }
        }
    }

    fn check_sets(&mut self, definition: &Definition, places: &BTreeMap<String, usize>) {
        let parts: BTreeSet<&str> = places.keys().flat_map(|id| id.split('.')).collect();
        for (name, set) in &definition.sets {
            for part in set.get_ref() {
                if !parts.contains(part.as_str()) {
                    let message = format!(
                        "the set {name:?} has {part:?}, which is part of no name of a field"
                    );
                    self.add(set, message);
                }
            }
        }
    }

    fn rules(
        &mut self,
        definition: &Definition,
        places: &BTreeMap<String, usize>,
        sets: &BTreeMap<String, Vec<String>>,
    ) -> Vec<Rule> {
        let mut rules = Vec::new();
        let mut seen = BTreeSet::new();
        for spec in &definition.rules {
            if !seen.insert(spec.id.as_str()) {
                let message = format!("there are two rules of the name {:?}", spec.id);
                self.add(&spec.rule, message);
            }
            for variables in self.groups(spec, sets) {
                let suffix: Vec<&str> = variables.values().map(String::as_str).collect();
                let id = [&[spec.id.as_str()], suffix.as_slice()].concat().join(".");
                let scope = Scope {
                    fields: places,
                    sets,
                    variables,
                    has_number: false,
                };
                match self.rule(spec, id, &scope) {
                    Ok(rule) => rules.push(rule),
                    Err(message) => {
                        self.add(&spec.rule, format!("the rule {:?}: {message}", spec.id));
                        break;
                    }
                }
            }
        }
        rules
    }

    fn rule(&mut self, spec: &RuleSpec, id: String, scope: &Scope<'_>) -> Result<Rule, String> {
        let source = spec.rule.get_ref();
        let node = compile(source, scope)?;
        let fields = references(&node);
        if fields.is_empty() {
            return Err("it names no field".into());
        }
        let tolerance = match &spec.tolerance {
            None => Exact::default(),
            Some(text) => text
                .parse::<Decimal>()
                .ok()
                .and_then(|number| Exact::new(&number))
                .ok_or_else(|| format!("the tolerance {text:?} is no number"))?,
        };
        Ok(Rule {
            id,
            source: source.clone(),
            node,
            fields,
            severity: spec.severity,
            tolerance,
            zh: spec.zh.clone(),
            en: spec.en.clone(),
        })
    }

    /// The values of the variables of a rule, for every group of fields.
    fn groups(
        &mut self,
        spec: &RuleSpec,
        sets: &BTreeMap<String, Vec<String>>,
    ) -> Vec<BTreeMap<String, String>> {
        let mut groups = vec![BTreeMap::new()];
        for (variable, list) in &spec.each {
            let mut values = Vec::new();
            for name in list.get_ref().split('+').map(str::trim) {
                match sets.get(name) {
                    Some(set) => values.extend(set.iter().cloned()),
                    None => {
                        let message = format!(
                            "the rule {:?} goes through {name:?}, which is no set",
                            spec.id
                        );
                        self.add(list, message);
                    }
                }
            }
            if groups.len().saturating_mul(values.len()) > MOST_GROUPS {
                let message = format!(
                    "the rule {:?} goes through more than {MOST_GROUPS} groups of fields",
                    spec.id
                );
                self.add(list, message);
                return Vec::new();
            }
            groups = groups
                .into_iter()
                .flat_map(|group: BTreeMap<String, String>| {
                    let variable = variable.clone();
                    values.iter().map(move |value| {
                        let mut group = group.clone();
                        group.insert(variable.clone(), value.clone());
                        group
                    })
                })
                .collect();
        }
        groups
    }

    fn prose(
        &mut self,
        definition: &Definition,
        places: &BTreeMap<String, usize>,
        sets: &BTreeMap<String, Vec<String>>,
        fields: &[Field],
    ) -> Vec<ProseRule> {
        let mut rules = Vec::new();
        for spec in &definition.prose {
            let field = spec.field.get_ref();
            let kind = places.get(field).map(|&place| fields[place].kind);
            if kind != Some(FieldType::Prose) {
                self.add(
                    &spec.field,
                    format!("the rule {:?}: {field:?} is no field of prose", spec.id),
                );
            }
            let regex = match Regex::new(spec.pattern.get_ref()) {
                Ok(regex) if regex.captures_len() > 1 => regex,
                Ok(_) => {
                    self.add(
                        &spec.pattern,
                        format!(
                            "the rule {:?}: the pattern has no group for the number",
                            spec.id
                        ),
                    );
                    continue;
                }
                Err(error) => {
                    let message = format!(
                        "the rule {:?}: the pattern is no regular expression: {}",
                        spec.id,
                        first_line(&error)
                    );
                    self.add(&spec.pattern, message);
                    continue;
                }
            };
            let scope = Scope {
                fields: places,
                sets,
                variables: BTreeMap::new(),
                has_number: true,
            };
            match compile(spec.rule.get_ref(), &scope) {
                Ok(node) => rules.push(ProseRule {
                    field: field.clone(),
                    regex,
                    rule: Rule {
                        id: spec.id.clone(),
                        source: spec.rule.get_ref().clone(),
                        fields: references(&node),
                        node,
                        severity: spec.severity,
                        tolerance: Exact::default(),
                        zh: spec.zh.clone(),
                        en: spec.en.clone(),
                    },
                }),
                Err(message) => self.add(&spec.rule, format!("the rule {:?}: {message}", spec.id)),
            }
        }
        rules
    }
}

/// The description of a field that names it most exactly.
fn best_spec<'a>(specs: &'a [FieldSpec], id: &str) -> Option<&'a FieldSpec> {
    let matching = specs.iter().filter(|spec| matches(spec.id.get_ref(), id));
    matching.min_by_key(|spec| spec.id.get_ref().matches('*').count())
}

/// Whether a name is of a pattern in which `*` stands for any part without a dot.
fn matches(pattern: &str, id: &str) -> bool {
    let (pattern, id): (Vec<&str>, Vec<&str>) =
        (pattern.split('.').collect(), id.split('.').collect());
    pattern.len() == id.len()
        && pattern
            .iter()
            .zip(id)
            .all(|(pattern, part)| match pattern.split_once('*') {
                Some((before, behind)) => {
                    part.len() >= before.len() + behind.len()
                        && part.starts_with(before)
                        && part.ends_with(behind)
                }
                None => *pattern == part,
            })
}

fn line_at(text: &str, offset: usize) -> u32 {
    let before = text.as_bytes().iter().take(offset);
    let lines = before.filter(|byte| **byte == b'\n').count();
    u32::try_from(lines + 1).unwrap_or(u32::MAX)
}

fn first_line(error: &regex::Error) -> String {
    let text = error.to_string();
    text.lines().last().unwrap_or_default().trim().to_owned()
}
