//! How the command ends where something is wrong: one line that says what to do, the documented exit
//! code, and nothing left behind.

mod support;

use std::fs;

use support::{folder, names, root, run, seed_report, stderr};

/// Converts one bad input, and expects one line that names it and holds `words`.
fn bad(name: &str, bytes: &[u8], code: i32, words: &str) {
    let folder = folder();
    fs::write(folder.path().join(name), bytes).expect("the input");
    let output = run(folder.path(), &["convert", name, "-o", "out.json"]);
    let told = stderr(&output);
    assert_eq!(output.status.code(), Some(code), "{name}: {told}");
    assert_eq!(told.lines().count(), 1, "{name}: {told}");
    assert!(
        told.starts_with(name) && told.contains(words),
        "{name}: {told}"
    );
    assert_eq!(names(folder.path()), [name]);
}

#[test]
fn bad_inputs_end_in_one_line() {
    let noise: Vec<u8> = (0..2000_u32)
        .map(|i| u8::try_from(i * i * 7 % 251).expect("a byte"))
        .collect();
    let docx = first_fixture("docx");
    bad("empty.xlsx", b"", 3, "the file is empty");
    bad("noise.docx", &noise, 3, "is not that of a file named .docx");
    bad("cut.docx", &docx[..docx.len() / 2], 3, "damaged, cut short");
    bad("cut.xlsx", b"PK\x03\x04", 3, "damaged, cut short");
    bad("picture.png", b"\x89PNG\r\n\x1a\n\0\0\0", 3, "a PNG image");
    bad("scan.pdf", b"%PDF-1.7\n", 3, "no pages were found in it");
    bad(
        "future.json",
        br#"{"tabulary":"document/9"}"#,
        3,
        "use a newer Tabulary",
    );
    let deep = format!(r#"{{"tabulary":"document/1","body":{}"#, "[".repeat(5000));
    bad("deep.json", deep.as_bytes(), 4, "levels deep");
}

fn first_fixture(format: &str) -> Vec<u8> {
    let row = tabulary::by_name(format).expect("a format");
    let path = support::fixtures(row)
        .into_iter()
        .next()
        .expect("a fixture");
    fs::read(path).expect("the fixture")
}

#[test]
fn the_content_decides_and_the_name_is_told() {
    let folder = folder();
    fs::write(folder.path().join("report.xlsx"), first_fixture("docx")).expect("the input");
    let output = run(folder.path(), &["convert", "report.xlsx", "-o", "out.json"]);
    assert_eq!(output.status.code(), Some(0));
    let told = stderr(&output);
    assert!(
        told.contains("warning[name-mismatch]") && told.contains("read as docx"),
        "{told}"
    );
    let output = run(
        folder.path(),
        &["convert", "report.xlsx", "-f", "xlsx", "-o", "other.json"],
    );
    assert_eq!(output.status.code(), Some(3), "{}", stderr(&output));
}

#[test]
fn words_that_are_not_understood_end_with_2() {
    let folder = folder();
    let seed = seed_report();
    let seed = seed.to_str().expect("a path");
    for (arguments, words) in [
        (
            vec!["convert", seed, "-o", "x.foo"],
            "the format \"foo\" is not written",
        ),
        (vec!["convert", seed, "-o", "x"], "has no extension"),
        (vec!["convert", seed], "name it with --to"),
        (
            vec!["convert", seed, "-t", "doc"],
            "formats that are written: xlsx",
        ),
        (
            vec!["convert", seed, "-f", "rtf", "-t", "json"],
            "is not read",
        ),
        (
            vec!["convert", seed, "-t", "json", "--deny", "everything"],
            "there is no such code",
        ),
        (
            vec!["convert", seed, "-t", "json", "--limit", "cells"],
            "NAME=VALUE",
        ),
        (
            vec!["convert", seed, "-t", "pdf", "--font-path", "nowhere"],
            "is not there",
        ),
        (
            vec!["convert", "*.nothing", "-t", "json"],
            "no file matches",
        ),
        (vec!["convert"], "required"),
        (vec!["transmogrify"], "unrecognized subcommand"),
    ] {
        let output = run(folder.path(), &arguments);
        let told = stderr(&output);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}: {told}");
        assert!(told.contains(words), "{arguments:?}: {told}");
        assert!(names(folder.path()).is_empty(), "{arguments:?}");
    }
}

#[test]
fn files_are_not_overwritten_unless_asked_for() {
    let folder = folder();
    let seed = seed_report();
    let seed = seed.to_str().expect("a path");
    fs::write(folder.path().join("out.json"), "mine").expect("a file");
    let output = run(folder.path(), &["convert", seed, "-o", "out.json"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("overwrite it with --force"));
    assert_eq!(
        fs::read(folder.path().join("out.json")).expect("the file"),
        b"mine"
    );
    let output = run(
        folder.path(),
        &["convert", seed, "-o", "out.json", "--force", "-q"],
    );
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert_ne!(
        fs::read(folder.path().join("out.json")).expect("the file"),
        b"mine"
    );
}

#[test]
fn places_that_cannot_be_read_or_written_end_with_3() {
    let folder = folder();
    let seed = seed_report();
    let seed = seed.to_str().expect("a path");
    let output = run(folder.path(), &["convert", seed, "-o", "no/such/out.json"]);
    assert_eq!(output.status.code(), Some(3), "{}", stderr(&output));
    assert!(stderr(&output).contains("make the folder first"));
    let output = run(
        folder.path(),
        &["convert", "missing.docx", "-o", "out.json"],
    );
    assert_eq!(output.status.code(), Some(3), "{}", stderr(&output));
    assert!(stderr(&output).contains("missing.docx: error: the file cannot be read"));
    // Who may do everything may write to this folder too.
    fs::create_dir(folder.path().join("locked")).expect("a folder");
    let mut rights = fs::metadata(folder.path().join("locked"))
        .expect("the folder")
        .permissions();
    rights.set_readonly(true);
    fs::set_permissions(folder.path().join("locked"), rights).expect("the rights");
    if fs::write(folder.path().join("locked/probe"), "").is_err() {
        let output = run(folder.path(), &["convert", seed, "-o", "locked/out.json"]);
        assert_eq!(output.status.code(), Some(3), "{}", stderr(&output));
    }
}

#[test]
fn a_denied_loss_leaves_nothing() {
    let folder = folder();
    let seed = seed_report();
    let seed = seed.to_str().expect("a path");
    let output = run(
        folder.path(),
        &["convert", seed, "-o", "out.csv", "--deny", "loss"],
    );
    assert_eq!(output.status.code(), Some(1), "{}", stderr(&output));
    assert!(stderr(&output).contains("nothing was written"));
    assert!(names(folder.path()).is_empty());
}

#[test]
fn a_folder_is_mirrored_and_one_bad_file_stops_nothing() {
    let folder = folder();
    fs::create_dir_all(folder.path().join("in/deep")).expect("folders");
    fs::copy(seed_report(), folder.path().join("in/deep/report.txt")).expect("a copy");
    fs::write(folder.path().join("in/bad.docx"), "no package").expect("a file");
    fs::write(folder.path().join("in/notes.tmp"), "not a format").expect("a file");
    let output = run(
        folder.path(),
        &[
            "convert",
            "in",
            "-t",
            "html",
            "-o",
            "out",
            "--diagnostics",
            "log.json",
        ],
    );
    assert_eq!(output.status.code(), Some(3), "{}", stderr(&output));
    assert!(
        stderr(&output).contains("3 files: 1 done, 1 failed, 1 skipped"),
        "{}",
        stderr(&output)
    );
    assert_eq!(names(&folder.path().join("out/deep")), ["report.html"]);
    let log: serde_json::Value =
        serde_json::from_slice(&fs::read(folder.path().join("log.json")).expect("the log"))
            .expect("JSON");
    let files = log["files"].as_array().expect("files");
    assert_eq!(files.len(), 3);
    assert!(
        files
            .iter()
            .any(|file| file["error"].is_string() && file["input"] == "in/bad.docx")
    );
}

#[test]
fn without_an_output_results_go_to_this_folder() {
    let folder = folder();
    let seed = seed_report();
    for target in ["json", "xlsx", "docx", "pdf", "html", "md"] {
        let output = run(
            folder.path(),
            &[
                "convert",
                "-q",
                "-t",
                target,
                seed.to_str().expect("a path"),
            ],
        );
        assert_eq!(
            output.status.code(),
            Some(0),
            "{target}: {}",
            stderr(&output)
        );
        assert!(
            folder
                .path()
                .join(format!("shuangpai-2019.{target}"))
                .is_file()
        );
    }
}

#[test]
fn the_schema_accepts_what_is_written() {
    let schema: serde_json::Value =
        serde_json::from_slice(&run(&root(), &["schema"]).stdout).expect("the schema is JSON");
    let validator = jsonschema::validator_for(&schema).expect("the schema is a schema");
    for (_, path) in support::all_fixtures() {
        let output = run(
            &root(),
            &[
                "convert",
                "-q",
                "-t",
                "json",
                "-o",
                "-",
                path.to_str().expect("a path"),
            ],
        );
        let document: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
        let faults: Vec<_> = validator
            .iter_errors(&document)
            .map(|fault| fault.to_string())
            .collect();
        assert!(faults.is_empty(), "{}: {faults:?}", path.display());
    }
}
