//! Content controls and fields of old forms (ECMA-376 17.5.2, 17.16.17): what a person fills in.

use tabulary_ir::{Control, ControlKind, Field, Inline};
use tabulary_package::xml::{Element, Ns};

use crate::markup::{attribute, child_val, number, toggle};

/// What the properties of a content control say; none where it is only a wrapper: of a gallery, a
/// picture, an equation, or without a name and a kind.
pub(crate) fn of_properties(properties: &Element) -> Option<Control> {
    let has = |name: &str| properties.elements().any(|child| child.local == name);
    if [
        "docPartObj",
        "docPartList",
        "picture",
        "equation",
        "group",
        "citation",
        "bibliography",
    ]
    .into_iter()
    .any(has)
    {
        return None;
    }
    let named = |name: &str| {
        let text = child_val(properties, name).map(str::trim);
        text.filter(|text| !text.is_empty()).map(str::to_owned)
    };
    let mut control = Control {
        tag: named("tag"),
        title: named("alias"),
        ..Control::default()
    };
    // The box of ECMA-376 transitional came with Word 2010, in a namespace of its own.
    let tick = properties
        .elements()
        .find(|child| child.local == "checkbox");
    let list = ["dropDownList", "comboBox"]
        .into_iter()
        .find_map(|name| properties.child(Ns::W, name));
    if let Some(tick) = tick {
        control.kind = ControlKind::Checkbox;
        let checked = tick.elements().find(|child| child.local == "checked");
        control.checked = checked.is_some_and(|checked| {
            let value = checked.attributes.iter().find(|a| a.local == "val");
            value.is_none_or(|value| !matches!(value.value.as_str(), "0" | "false" | "off"))
        });
    } else if let Some(list) = list {
        control.kind = ControlKind::Choice;
        let items = list.elements().filter(|item| item.is(Ns::W, "listItem"));
        let shown = |item: &Element| {
            let text = attribute(item, "displayText").or_else(|| attribute(item, "value"));
            text.filter(|text| !text.is_empty()).map(str::to_owned)
        };
        control.choices = items.filter_map(shown).collect();
    } else if properties.child(Ns::W, "date").is_some() {
        control.kind = ControlKind::Date;
    }
    let says_something = control != Control::default();
    says_something.then_some(control)
}

/// What a field of an old form is, and what it shows where its result does not.
pub(crate) fn of_form(data: &Element) -> (Control, Option<String>) {
    let name = child_val(data, "name").filter(|name| !name.is_empty());
    let mut control = Control {
        tag: name.map(str::to_owned),
        ..Control::default()
    };
    if let Some(tick) = data.child(Ns::W, "checkBox") {
        control.kind = ControlKind::Checkbox;
        let state = toggle(tick, "checked").or_else(|| toggle(tick, "default"));
        control.checked = state.unwrap_or(false);
        return (control, None);
    }
    let Some(list) = data.child(Ns::W, "ddList") else {
        return (control, None);
    };
    control.kind = ControlKind::Choice;
    let entries = list.elements().filter(|e| e.is(Ns::W, "listEntry"));
    control.choices = entries
        .filter_map(crate::markup::val)
        .map(str::to_owned)
        .collect();
    let chosen = child_val(list, "result")
        .or_else(|| child_val(list, "default"))
        .and_then(number)
        .unwrap_or(0);
    let chosen = usize::try_from(chosen).ok();
    let shown = chosen.and_then(|chosen| control.choices.get(chosen).cloned());
    (control, shown)
}

/// A control around a line.
pub(crate) fn around(control: Control, content: Vec<Inline>) -> Inline {
    Inline::Field(Field {
        content,
        control: Some(Box::new(control)),
        instruction: String::new(),
    })
}
