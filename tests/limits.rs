//! The limits: what they are said to be, and that they hold.

mod support;

use std::fs;

use serde_json::Value;
use support::{root, run, stderr};

#[test]
#[cfg(target_os = "linux")]
fn a_file_that_takes_too_much_memory_takes_only_its_process() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = |path: &str| folder.path().join(path);
    fs::create_dir(at("in")).expect("a folder");
    fs::write(at("in/large.csv"), "x1,y2,z3\n".repeat(800_000)).expect("a file");
    fs::write(at("in/small.csv"), "a,b\n1,2\n").expect("a file");
    let output = run(
        folder.path(),
        &[
            "convert",
            "in",
            "-t",
            "json",
            "-o",
            "out",
            "--ledger",
            "l.jsonl",
            "-q",
            "--limit",
            "memory=400000000",
            "-j",
            "1",
        ],
    );
    assert_eq!(output.status.code(), Some(4), "{}", stderr(&output));
    let ledger = fs::read_to_string(at("l.jsonl")).expect("a ledger");
    let lines: Vec<Value> = ledger
        .lines()
        .map(|line| serde_json::from_str(line).expect("JSON"))
        .collect();
    assert_eq!(lines[0]["path"], "in/large.csv");
    let why = lines[0]["failure"]["message"].as_str().expect("a reason");
    assert!(why.contains("the limit of 400000000 bytes"), "{why}");
    assert!(why.contains("--limit memory=N"), "{why}");
    assert_eq!(lines[1]["outcome"], "done");
}

#[test]
fn the_page_of_limits_says_what_they_are() {
    let page = fs::read_to_string(root().join("docs/limits.md")).expect("the page");
    let rows = page.lines().filter_map(|line| line.strip_prefix("| `"));
    let rows: Vec<(&str, u64)> = rows
        .map(|row| {
            let (name, rest) = row.split_once('`').expect("a name");
            let value = rest.split('|').nth(1).expect("a default").trim();
            (name, value.parse().expect("a number"))
        })
        .collect();
    let names: Vec<&str> = rows.iter().map(|(name, _)| *name).collect();
    assert_eq!(names, tabulary::ir::Limits::NAMES);
    for (name, value) in rows {
        let mut limits = tabulary::ir::Limits::default();
        limits.set(name, value).expect("a limit");
        assert_eq!(limits, tabulary::ir::Limits::default(), "{name}");
    }
}
