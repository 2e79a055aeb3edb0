//! The rules of the house, as `ARCHITECTURE.md` states them.

mod support;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use cargo_metadata::{DependencyKind, MetadataCommand, Package};
use expect_test::expect_file;
use support::root;
use tabulary::formats;

/// The layers from the bottom up. A crate may only depend on crates of layers below its own.
fn layer(name: &str) -> u32 {
    match name {
        "tabulary-ir" => 0,
        "tabulary-encoding" | "tabulary-numfmt" | "tabulary-package" | "tabulary-pages"
        | "tabulary-seal" => 1,
        "tabulary-markup" | "tabulary-typeset" => 2,
        "tabulary-forms" => 3,
        "tabulary" => 4,
        "tabulary-archive" | "tabulary-bulk" => 5,
        "tabulary-cli" => 7,
        name if name.starts_with("tabulary-read-") || name.starts_with("tabulary-write-") => 3,
        name => panic!("{name} has no layer: name it here and in ARCHITECTURE.md"),
    }
}

fn packages() -> Vec<Package> {
    let manifest = root().join("Cargo.toml");
    let metadata = MetadataCommand::new()
        .manifest_path(manifest)
        .no_deps()
        .exec();
    metadata.expect("cargo metadata").packages
}

#[test]
fn dependencies_point_down() {
    for package in packages() {
        for dependency in &package.dependencies {
            if !dependency.name.starts_with("tabulary") || dependency.kind != DependencyKind::Normal
            {
                continue;
            }
            let allowed = layer(&dependency.name) < layer(&package.name);
            assert!(
                allowed,
                "{} must not depend on {}",
                package.name, dependency.name
            );
        }
    }
}

#[test]
fn each_format_has_its_crate_its_row_and_its_fixtures() {
    let rows: BTreeSet<&str> = formats()
        .iter()
        .flat_map(|row| row.crates.iter().copied())
        .collect();
    let names = packages()
        .into_iter()
        .map(|package| package.name.to_string());
    let is_codec =
        |name: &String| name.starts_with("tabulary-read-") || name.starts_with("tabulary-write-");
    let codecs: BTreeSet<String> = names.filter(is_codec).collect();
    for name in &codecs {
        assert!(
            rows.contains(name.as_str()),
            "the crate {name} has no row in the registry"
        );
    }
    for name in rows {
        assert!(
            codecs.contains(name),
            "the registry names the crate {name}, which is not there"
        );
    }
    for row in formats() {
        let folder = root().join("fixtures").join(row.fixtures);
        assert!(
            folder.join("SOURCES.md").is_file(),
            "{} has no SOURCES.md",
            folder.display()
        );
        let files = std::fs::read_dir(&folder).expect("the folder").count();
        assert!(
            files > 1,
            "{} has no fixture of {}",
            folder.display(),
            row.format.id
        );
    }
}

#[test]
fn every_crate_is_in_the_architecture_page() {
    let page = std::fs::read_to_string(root().join("ARCHITECTURE.md")).expect("ARCHITECTURE.md");
    for package in packages() {
        assert!(
            page.contains(&format!("`{}`", package.name)),
            "ARCHITECTURE.md does not name {}",
            package.name
        );
    }
}

#[test]
fn every_fixture_has_its_source() {
    for entry in std::fs::read_dir(root().join("fixtures")).expect("fixtures") {
        let folder = entry.expect("an entry").path();
        let sources = std::fs::read_to_string(folder.join("SOURCES.md"));
        let sources = sources.unwrap_or_else(|_| panic!("{} has no SOURCES.md", folder.display()));
        for file in std::fs::read_dir(&folder).expect("a folder") {
            let name = file
                .expect("an entry")
                .file_name()
                .to_string_lossy()
                .into_owned();
            let is_named = name == "SOURCES.md" || sources.contains(&name);
            assert!(
                is_named,
                "{}/SOURCES.md does not name {name}",
                folder.display()
            );
        }
    }
}

#[test]
fn files_are_small() {
    const MOST_LINES: usize = 600;
    let mut files = Vec::new();
    source_files(&root().join("crates"), &mut files);
    source_files(&root().join("tests"), &mut files);
    assert!(files.len() > 50);
    for file in files {
        let lines = std::fs::read_to_string(&file)
            .expect("a source file")
            .lines()
            .count();
        assert!(
            lines <= MOST_LINES,
            "{} has {lines} lines; split it",
            file.display()
        );
    }
}

fn source_files(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            source_files(&path, files);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
}

/// The crates that may touch the file system, and the one below them that keeps a temporary file (see `ARCHITECTURE.md`).
const WITH_FILES: [&str; 5] = [
    "crates/tabulary/",
    "crates/archive/",
    "crates/bulk/",
    "crates/cli/",
    "crates/writers/xlsx/",
];

#[test]
fn no_other_crate_touches_the_file_system() {
    let mut files = Vec::new();
    source_files(&root().join("crates"), &mut files);
    let mut seen = 0;
    for file in files {
        let path = file
            .strip_prefix(root())
            .expect("below the root")
            .display()
            .to_string();
        if WITH_FILES.iter().any(|folder| path.starts_with(folder))
            || path.contains("/tests")
            || path.contains("/benches/")
        {
            continue;
        }
        seen += 1;
        let text = std::fs::read_to_string(&file).expect("a source file");
        let code = text.split("#[cfg(test)]").next().unwrap_or_default();
        for word in [
            "std::fs",
            "use std::{fs",
            "tempfile::",
            "File::open",
            "File::create",
        ] {
            assert!(!code.contains(word), "{path} has {word}");
        }
    }
    assert!(seen > 100, "only {seen} files were looked at");
}

#[test]
fn the_page_of_capabilities_is_current() {
    expect_file![root().join("CAPABILITIES.md")].assert_eq(&tabulary::capabilities());
}
