//! Forms that stand in folders of the user.

use std::path::Path;

use tabulary_forms::{Form, Problem, html_template, refuse_overlaps};
use tabulary_ir::Error;

use crate::convert::{Options, load, read_bytes};

/// Loads the form of a folder: its `form.toml`, and the template that it names, a web page or any
/// document in whose cells `{{field.id}}` stands.
///
/// # Errors
/// `Io` where a file cannot be read, and `Input` with everything that is wrong with the form.
pub fn load_form(folder: &Path) -> Result<Form, Error> {
    let options = Options::default();
    let path = folder.join("form.toml");
    let bytes = load(&path, &options.read.limits)?;
    let toml = String::from_utf8(bytes)
        .map_err(|error| Error::input("form.toml is not UTF-8").caused_by(error))?;
    let definition = Form::definition(&toml).map_err(|problems| unsound(folder, &problems))?;
    let name = Path::new(&definition.template);
    if name.components().count() != 1 || name.file_name().is_none() {
        return Err(Error::input(format!(
            "{}: the template is {:?}, where the name of a file beside it was expected",
            path.display(),
            definition.template
        )));
    }
    let bytes = load(&folder.join(name), &options.read.limits)?;
    let is_page = name
        .extension()
        .is_some_and(|extension| extension.eq_ignore_ascii_case("html"));
    let template = if is_page {
        html_template(&String::from_utf8_lossy(&bytes))?
    } else {
        let outcome = read_bytes(&bytes, Some(&definition.template), &options)?;
        refuse_overlaps(&outcome.diagnostics)?;
        outcome.value
    };
    Form::load(&toml, template).map_err(|problems| unsound(folder, &problems))
}

fn unsound(folder: &Path, problems: &[Problem]) -> Error {
    let lines = problems
        .iter()
        .map(|problem| format!("{}/{problem}", folder.display()));
    Error::inputs("the form is not sound:", lines)
}
