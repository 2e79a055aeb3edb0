//! Deposits by the command: made whole or not at all, and verified.

mod support;

use std::fs;
use std::path::Path;
use std::process::Output;
use std::thread::sleep;
use std::time::Duration;

use serde_json::Value;
use support::{command, folder, names, root, run, seed_report, stderr, tree};

/// Runs the command, which must end with a code.
fn ends(folder: &Path, arguments: &[&str], code: i32) -> Output {
    let output = run(folder, arguments);
    let said = String::from_utf8_lossy(&output.stdout);
    assert_eq!(
        output.status.code(),
        Some(code),
        "{arguments:?}: {}{said}",
        stderr(&output)
    );
    output
}

fn seed() -> String {
    seed_report().display().to_string()
}

#[test]
fn a_deposit_is_the_same_on_any_day_in_any_place() {
    let folder = folder();
    for (name, zone, threads) in [("a", "UTC", "1"), ("b", "Asia/Shanghai", "2")] {
        let status = command()
            .current_dir(folder.path())
            .env("TZ", zone)
            .args(["archive", "-q", "--date", "2020-01-20", "-j", threads, "-o"])
            .arg(
                folder
                    .path()
                    .join(name)
                    .join("in.zip")
                    .parent()
                    .expect("a folder")
                    .with_extension("bag"),
            )
            .arg(seed())
            .arg(root().join("fixtures/csv"))
            .status()
            .expect("the command starts");
        assert!(status.success());
    }
    let (a, b) = (
        tree(&folder.path().join("a.bag")),
        tree(&folder.path().join("b.bag")),
    );
    assert!(a == b);
    assert!(a.len() > 40, "{}", a.len());
}

#[test]
fn the_day_of_the_environment_stands_in() {
    let folder = folder();
    let status = command()
        .current_dir(folder.path())
        .env("SOURCE_DATE_EPOCH", "1579478400")
        .args(["archive", "-q", "-o", "deposit"])
        .arg(seed_report())
        .status()
        .expect("the command starts");
    assert!(status.success());
    let info = fs::read_to_string(folder.path().join("deposit/bag-info.txt")).expect("the bag");
    assert!(info.contains("Bagging-Date: 2020-01-20\n"), "{info}");
}

#[test]
fn folders_zips_and_tars_hold_the_same_and_are_verified() {
    let folder = folder();
    for name in ["deposit", "deposit.zip", "deposit.tar"] {
        ends(folder.path(), &["archive", "-q", &seed(), "-o", name], 0);
        let output = ends(folder.path(), &["verify", name], 0);
        assert_eq!(
            String::from_utf8_lossy(&output.stdout),
            format!("{name}: whole: version 1, 1 reports, 22 files\n")
        );
    }
    assert_eq!(
        names(folder.path()),
        ["deposit", "deposit.tar", "deposit.zip"]
    );
    // What stands there is not replaced; a file may be, where that is asked for.
    for name in ["deposit", "deposit.zip"] {
        ends(folder.path(), &["archive", "-q", &seed(), "-o", name], 2);
    }
    ends(
        folder.path(),
        &["archive", "-q", &seed(), "-o", "deposit", "--force"],
        2,
    );
    ends(
        folder.path(),
        &["archive", "-q", &seed(), "-o", "deposit.zip", "--force"],
        0,
    );
}

#[test]
fn each_change_is_found_with_the_name_of_its_file() {
    let folder = folder();
    let place = |name: &str| folder.path().join("deposit").join(name);
    let fresh = || {
        let _ = fs::remove_dir_all(folder.path().join("deposit"));
        ends(
            folder.path(),
            &["archive", "-q", &seed(), "-o", "deposit"],
            0,
        );
    };
    let (pdf, docx) = (
        "data/published/shuangpai-2019.pdf",
        "data/published/shuangpai-2019.docx",
    );
    let told = |kind: &str, file: &str| {
        let output = ends(folder.path(), &["verify", "deposit", "--format", "json"], 1);
        let answers: Value = serde_json::from_slice(&output.stdout).expect("JSON");
        assert_eq!(answers[0]["whole"], false);
        let findings = answers[0]["findings"].as_array().expect("findings").clone();
        let about: Vec<&Value> = findings
            .iter()
            .filter(|one| one["kind"] != "size")
            .collect();
        assert_eq!(about.len(), 1, "{about:?}");
        assert_eq!(
            (&about[0]["kind"], &about[0]["file"]),
            (&kind.into(), &file.into())
        );
        let output = ends(folder.path(), &["verify", "deposit", "--lang", "zh"], 1);
        let line = format!("deposit: {file}：{kind}：");
        assert!(
            String::from_utf8_lossy(&output.stdout).contains(&line),
            "{line}"
        );
        about[0].clone()
    };
    fresh();
    let mut bytes = fs::read(place(pdf)).expect("the PDF");
    bytes[1000] ^= 1;
    fs::write(place(pdf), bytes).expect("the PDF");
    told("changed", pdf);
    fresh();
    fs::remove_file(place(docx)).expect("the document");
    told("missing", docx);
    fresh();
    fs::write(place("data/checks/note.txt"), "later").expect("a file");
    told("added", "data/checks/note.txt");
    fresh();
    fs::rename(place(docx), place("data/published/final.docx")).expect("the document");
    assert_eq!(told("renamed", docx)["now"], "data/published/final.docx");
}

#[test]
fn several_inputs_have_folders_of_their_own_or_deposits_of_their_own() {
    let folder = folder();
    for (name, text) in [("in/a.csv", "a,b\n1,2\n"), ("in/town/a.csv", "a,b\n3,4\n")] {
        fs::create_dir_all(folder.path().join(name).parent().expect("a folder")).expect("folders");
        fs::write(folder.path().join(name), text).expect("an input");
    }
    fs::write(folder.path().join("in/bad.docx"), "no package").expect("an input");
    // What cannot be read is kept, and told.
    let output = ends(folder.path(), &["archive", "in", "-o", "all.zip"], 3);
    assert!(
        stderr(&output).contains("bad.docx: error: "),
        "{}",
        stderr(&output)
    );
    assert!(
        stderr(&output).contains("all.zip: version 1, 3 reports"),
        "{}",
        stderr(&output)
    );
    ends(folder.path(), &["verify", "all.zip"], 0);
    ends(folder.path(), &["archive", "-q", "in", "-o", "all"], 3);
    assert_eq!(
        names(&folder.path().join("all/data/original")),
        ["a", "bad", "town_a"]
    );
    assert_eq!(
        names(&folder.path().join("all/data/published")),
        ["a", "town_a"]
    );
    let ledger =
        fs::read_to_string(folder.path().join("all/data/checks/ledger.jsonl")).expect("a ledger");
    let lines: Vec<Value> = ledger
        .lines()
        .map(|line| serde_json::from_str(line).expect("JSON"))
        .collect();
    let said: Vec<_> = lines
        .iter()
        .map(|line| (line["path"].as_str(), line["outcome"].as_str()))
        .collect();
    assert_eq!(
        said,
        [
            (Some("a.csv"), Some("deposited")),
            (Some("bad.docx"), Some("unread")),
            (Some("town/a.csv"), Some("deposited"))
        ]
    );

    let output = ends(
        folder.path(),
        &["archive", "in", "-o", "out", "--each", "--as", "tar"],
        3,
    );
    assert!(
        stderr(&output).contains("3 files: 2 done, 1 failed, 0 skipped"),
        "{}",
        stderr(&output)
    );
    assert_eq!(names(&folder.path().join("out")), ["a.tar", "town"]);
    ends(folder.path(), &["verify", "out/a.tar", "out/town/a.tar"], 0);
}

#[test]
fn a_version_follows_another_and_proves_it() {
    let folder = folder();
    let text = fs::read_to_string(seed_report()).expect("the report");
    fs::write(
        folder.path().join("report.txt"),
        text.replace("29条", "30条"),
    )
    .expect("an input");
    ends(folder.path(), &["archive", "-q", &seed(), "-o", "one"], 0);
    let before = tree(&folder.path().join("one"));
    ends(
        folder.path(),
        &[
            "archive",
            "-q",
            "report.txt",
            "-o",
            "two.zip",
            "--update",
            "one",
        ],
        0,
    );
    ends(
        folder.path(),
        &[
            "archive",
            "-q",
            &seed(),
            "-o",
            "three",
            "--update",
            "two.zip",
        ],
        0,
    );
    assert!(
        before == tree(&folder.path().join("one")),
        "the old version was touched"
    );
    let output = ends(
        folder.path(),
        &[
            "verify",
            "three",
            "--previous",
            "two.zip",
            "--previous",
            "one",
        ],
        0,
    );
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(said.starts_with("three: whole: version 3"), "{said}");
    let output = ends(folder.path(), &["verify", "three", "--previous", "one"], 1);
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(
        said.contains("three: bag-info.txt: chain: Tabulary-Previous is sha512:"),
        "{said}"
    );
    // Nothing follows a deposit that is not whole.
    fs::write(folder.path().join("one/README.txt"), "new").expect("a file");
    let output = ends(
        folder.path(),
        &["archive", &seed(), "-o", "four", "--update", "one"],
        1,
    );
    assert!(
        stderr(&output).contains("README.txt: changed"),
        "{}",
        stderr(&output)
    );
    assert!(!folder.path().join("four").exists());
}

#[test]
fn what_is_no_deposit_and_what_is_not_understood() {
    let folder = folder();
    fs::write(folder.path().join("x.txt"), "text").expect("a file");
    fs::write(folder.path().join("x.zip"), "PK\x03\x04").expect("a file");
    for name in ["x.txt", "x.zip", "nowhere", "."] {
        let output = ends(folder.path(), &["verify", name], 3);
        assert_eq!(stderr(&output).lines().count(), 1, "{}", stderr(&output));
    }
    let seed = seed();
    for arguments in [
        &["archive", "x.txt", "-o", "d", "--date", "today"][..],
        &["archive", "x.txt", "-o", "d.tgz"],
        &["archive", "-", "-o", "d"],
        &["archive", "x.txt", "-o", "d", "--as", "zip"],
        &["archive", "x.txt", "-o", "d", "--deny", "everything"],
        &["verify", "a", "b", "--previous", "c"],
        &["verify", "a", "--limit", "x"],
    ] {
        ends(folder.path(), arguments, 2);
    }
    let output = ends(
        folder.path(),
        &["archive", &seed, "-o", "d", "--deny", "guess"],
        1,
    );
    assert!(
        stderr(&output).contains("nothing was written"),
        "{}",
        stderr(&output)
    );
    ends(folder.path(), &["archive", &seed, "-o", "no/such/d"], 3);
    ends(
        folder.path(),
        &[
            "archive",
            "-q",
            &seed,
            "-o",
            "d",
            "--limit",
            "input_bytes=100",
        ],
        4,
    );
    assert_eq!(names(folder.path()), ["x.txt", "x.zip"]);
}

/// The command is killed at many moments: while it reads, while it lays pages out, and while it writes, which begins when
/// something stands beside the place of the deposit.
#[test]
fn a_deposit_that_is_interrupted_is_not_there() {
    let folder = folder();
    let mut whole = 0;
    for round in 0..24_u64 {
        let name = if round % 2 == 0 {
            "deposit"
        } else {
            "deposit.zip"
        };
        let place = folder.path().join(name);
        let mut child = command()
            .current_dir(folder.path())
            .args(["archive", "-q", &seed(), "-o", name])
            .spawn()
            .expect("the command starts");
        if round < 12 {
            sleep(Duration::from_millis(30 * round));
        } else {
            let begins = || {
                names(folder.path())
                    .iter()
                    .any(|name| name.starts_with(".tabulary-"))
            };
            while child.try_wait().expect("the command runs").is_none() && !begins() {
                sleep(Duration::from_micros(200));
            }
            sleep(Duration::from_micros(300 * (round - 12)));
        }
        child.kill().expect("the command is killed");
        child.wait().expect("the command ends");
        if place.exists() {
            whole += 1;
            ends(folder.path(), &["verify", name], 0);
        }
        for left in names(folder.path()) {
            let path = folder.path().join(left);
            let removed = if path.is_dir() {
                fs::remove_dir_all(path)
            } else {
                fs::remove_file(path)
            };
            removed.expect("what is left can go");
        }
    }
    assert!(whole < 24, "nothing was interrupted");
}
