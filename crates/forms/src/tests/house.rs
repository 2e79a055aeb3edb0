//! The engine knows no form.

use std::path::{Path, PathBuf};

use crate::built_in;

fn sources(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            if !path.ends_with("tests") {
                sources(&path, files);
            }
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
}

#[test]
fn no_code_names_a_field_or_a_label_of_a_form() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut files = Vec::new();
    sources(&root.join("forms/src"), &mut files);
    sources(&root.join("tabulary/src/forms"), &mut files);
    for name in ["form.rs", "extract.rs", "check.rs", "rollup.rs", "diff.rs"] {
        files.push(root.join("cli/src").join(name));
    }
    assert!(files.len() > 30);
    let mut names: Vec<String> = Vec::new();
    for form in built_in() {
        names.extend(
            form.fields()
                .iter()
                .map(|field| field.id.clone())
                .filter(|id| id.contains('.')),
        );
        names.extend(
            form.rules()
                .iter()
                .map(|rule| rule.id.to_owned())
                .filter(|id| id.contains('.')),
        );
        let shapes = form.template.shapes.iter().flat_map(|shape| &shape.keys);
        let headings = form.template.headings.iter().map(|heading| &heading.key);
        names.extend(
            shapes
                .chain(headings)
                .filter(|key| key.chars().count() >= 4)
                .cloned(),
        );
    }
    assert!(names.len() > 500);
    for file in files {
        let text = std::fs::read_to_string(&file).expect("a source file");
        // Unit tests at the end of a file may speak of anything.
        let code = text.split("#[cfg(test)]").next().unwrap_or_default();
        for name in &names {
            assert!(
                !code.contains(name.as_str()),
                "{} names {name:?}",
                file.display()
            );
        }
    }
}
