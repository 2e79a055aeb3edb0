//! The same input gives the same bytes: in any run, on any number of threads, in any place.

mod support;

use std::path::Path;

use support::{all_fixtures, command, read_file, root, seed_report};
use tabulary::{Options, formats, write_bytes};

#[test]
fn every_writer_gives_the_same_bytes_twice() {
    let options = Options::default();
    for (_, path) in all_fixtures() {
        let document = read_file(&path).value;
        assert_eq!(read_file(&path).value, document, "{}", path.display());
        for row in formats().iter().filter(|row| row.writer.is_some()) {
            let name = format!("{} as {}", path.display(), row.format.id);
            let write = || write_bytes(&document, row.format.id, &options.write);
            match (write(), write()) {
                (Ok(first), Ok(second)) => {
                    assert!(first.value == second.value, "{name}");
                    assert_eq!(first.diagnostics, second.diagnostics, "{name}");
                }
                (Err(first), Err(second)) => assert_eq!(first.to_string(), second.to_string()),
                _ => panic!("{name} fails by chance"),
            }
        }
    }
}

#[test]
fn threads_places_and_languages_change_nothing() {
    let targets = ["json", "xlsx", "docx", "pdf", "html", "md"];
    let run = |folder: &Path, threads: &str, language: &str, zone: &str| {
        let inputs = [
            seed_report(),
            root().join("fixtures/json"),
            root().join("fixtures/html"),
        ];
        for target in targets {
            let status = command()
                .current_dir(folder)
                .env("LANG", language)
                .env("LC_ALL", language)
                .env("TZ", zone)
                .args(["convert", "-q", "-t", target, "-j", threads, "-o"])
                .arg(folder.join(target))
                .args(&inputs)
                .status()
                .expect("the command starts");
            assert!(status.success(), "{target}");
        }
    };
    let (one, two) = (
        tempfile::tempdir().expect("a folder"),
        tempfile::tempdir().expect("a folder"),
    );
    run(one.path(), "1", "C", "UTC");
    run(two.path(), "2", "zh_CN.UTF-8", "Asia/Shanghai");
    let mut compared = 0;
    for target in targets {
        for entry in std::fs::read_dir(one.path().join(target)).expect("the outputs") {
            let path = entry.expect("an entry").path();
            let other = two
                .path()
                .join(target)
                .join(path.file_name().expect("a name"));
            let same = std::fs::read(&path).expect("an output")
                == std::fs::read(&other).expect("the other output");
            assert!(same, "{} differs", path.display());
            compared += 1;
        }
    }
    assert!(compared >= 30, "only {compared} outputs were compared");
}
