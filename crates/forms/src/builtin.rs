//! The forms that are built in: folders of data below `forms/`.

use std::sync::LazyLock;

use crate::form::{Form, Problem, html_template};

/// The text of a `form.toml` and of the template beside it.
struct Source {
    folder: &'static str,
    toml: &'static str,
    template: &'static str,
}

macro_rules! built_in {
    ($($folder:literal),* $(,)?) => {
        const SOURCES: &[Source] = &[$(Source {
            folder: $folder,
            toml: include_str!(concat!("../forms/", $folder, "/form.toml")),
            template: include_str!(concat!("../forms/", $folder, "/template.html")),
        }),*];
    };
}

// One line for each folder; a test says when one is missing.
include!("../forms/list.rs");

static FORMS: LazyLock<Vec<Result<Form, Vec<Problem>>>> = LazyLock::new(|| {
    let load = |source: &Source| {
        let template = html_template(source.template).map_err(|error| {
            vec![Problem {
                file: "template.html".into(),
                line: None,
                message: error.to_string(),
            }]
        })?;
        Form::load(source.toml, template)
    };
    SOURCES.iter().map(load).collect()
});

/// Every form that is built in.
pub fn built_in() -> Vec<&'static Form> {
    FORMS.iter().filter_map(|form| form.as_ref().ok()).collect()
}

/// What is wrong with forms that are built in, by their folder; empty, as a test says.
pub fn built_in_problems() -> Vec<(&'static str, &'static [Problem])> {
    let all = SOURCES.iter().zip(FORMS.iter());
    all.filter_map(|(source, form)| Some((source.folder, form.as_ref().err()?.as_slice())))
        .collect()
}
