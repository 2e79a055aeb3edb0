//! Fields as the attributes of an element, for the writer and the reader.

use tabulary_ir::{Control, ControlKind, Field, Inline};

/// The names of the kinds of controls in `data-control`.
const KINDS: [(ControlKind, &str); 4] = [
    (ControlKind::Text, "text"),
    (ControlKind::Checkbox, "checkbox"),
    (ControlKind::Choice, "choice"),
    (ControlKind::Date, "date"),
];

/// The attributes that say what a field is, beside its result.
pub(crate) fn attributes(field: &Field) -> Vec<(&'static str, String)> {
    let mut attributes = Vec::new();
    if !field.instruction.is_empty() || field.control.is_none() {
        attributes.push(("data-field", field.instruction.clone()));
    }
    let Some(control) = &field.control else {
        return attributes;
    };
    let kind = KINDS.iter().find(|(kind, _)| *kind == control.kind);
    let kind = kind.map_or("text", |(_, name)| name);
    attributes.push(("data-control", kind.to_owned()));
    if control.checked {
        attributes.push(("data-checked", String::new()));
    }
    if !control.choices.is_empty() {
        attributes.push(("data-choices", control.choices.join("\n")));
    }
    if let Some(tag) = &control.tag {
        attributes.push(("data-tag", tag.clone()));
    }
    if let Some(title) = &control.title {
        attributes.push(("title", title.clone()));
    }
    if is_drawn(field) {
        attributes.push(("data-drawn", String::new()));
    }
    attributes
}

/// Whether what a person sees of a field is the sign of its state and no text of its own.
fn is_drawn(field: &Field) -> bool {
    field.content.is_empty() && !field.shown().is_empty()
}

/// A field whose result is still to come.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct OpenField {
    field: Field,
    /// Whether its result is only the sign of its state.
    drawn: bool,
}

impl OpenField {
    /// The field that the attributes of an element tell of; none where they tell of none.
    pub(crate) fn read<'d>(get: impl Fn(&str) -> Option<&'d str>) -> Option<Self> {
        let instruction = get("data-field");
        let kind = get("data-control");
        if instruction.is_none() && kind.is_none() {
            return None;
        }
        let control = kind.map(|kind| {
            let known = KINDS.iter().find(|(_, name)| *name == kind);
            let choices = get("data-choices").unwrap_or_default();
            Box::new(Control {
                checked: get("data-checked").is_some(),
                choices: choices.lines().map(str::to_owned).collect(),
                kind: known.map(|(kind, _)| *kind).unwrap_or_default(),
                tag: get("data-tag").map(str::to_owned),
                title: get("title").map(str::to_owned),
            })
        });
        Some(Self {
            field: Field {
                content: Vec::new(),
                control,
                instruction: instruction.unwrap_or_default().to_owned(),
            },
            drawn: get("data-drawn").is_some(),
        })
    }

    /// The field with its result.
    pub fn close(mut self, content: Vec<Inline>) -> Inline {
        if !self.drawn {
            self.field.content = content;
        }
        Inline::Field(self.field)
    }
}
