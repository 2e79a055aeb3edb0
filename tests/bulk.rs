//! Many inputs in one run: every one has its line, whatever it is and whatever happens to the run.

mod support;

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::Duration;

use serde_json::Value;
use support::{command, folder, root, run, seed_report, stderr, tree};

/// The lines of a ledger.
fn lines(path: &Path) -> Vec<Value> {
    let text = fs::read_to_string(path).expect("a ledger");
    let parse = |line| serde_json::from_str(line).expect("a line of JSON");
    text.lines().map(parse).collect()
}

/// The line of an input, by the end of its path.
fn line<'a>(lines: &'a [Value], path: &str) -> &'a Value {
    let is_it = |line: &&Value| line["path"].as_str().is_some_and(|it| it.ends_with(path));
    let mut found = lines.iter().filter(is_it);
    let line = found.next().unwrap_or_else(|| panic!("no line of {path}"));
    assert!(found.next().is_none(), "two lines of {path}");
    line
}

fn reason(line: &Value) -> &str {
    line["failure"]["message"].as_str().unwrap_or_default()
}

/// A tree of so many small inputs: three formats, some equal, some damaged.
fn many(folder: &Path, count: usize) {
    for index in 0..count {
        let below = folder.join(format!("in/{}", index % 5));
        fs::create_dir_all(&below).expect("a folder");
        let text = format!("名称,数\n甲,{}\n", index / 2);
        match index % 4 {
            0 | 1 => fs::write(below.join(format!("{index:03}.csv")), text),
            2 => fs::write(
                below.join(format!("{index:03}.html")),
                format!("<h1>{index}</h1>"),
            ),
            _ => fs::write(
                below.join(format!("{index:03}.docx")),
                b"PK\x03\x04 no package",
            ),
        }
        .expect("a file");
    }
}

const RUN: &[&str] = &[
    "convert", "in", "-t", "json", "-o", "out", "--ledger", "l.jsonl", "-q",
];

fn with<'a>(more: &[&'a str]) -> Vec<&'a str> {
    [RUN, more].concat()
}

#[test]
#[cfg(unix)]
fn every_input_has_one_line_with_its_reason() {
    use std::os::unix::ffi::OsStrExt;
    let folder = folder();
    let inside = folder.path().join("in");
    fs::create_dir_all(inside.join("deep")).expect("a folder");
    fs::copy(seed_report(), inside.join("deep/report.txt")).expect("a copy");
    let gbk = std::ffi::OsStr::from_bytes(b"\xB1\xA8\xB8\xE6.csv");
    fs::write(inside.join(gbk), "a,b\n1,2\n").expect("a file");
    fs::write(inside.join("bad.docx"), "no package").expect("a file");
    fs::write(inside.join("empty.xlsx"), "").expect("a file");
    fs::write(inside.join("program.bin"), b"\x7FELF\x02\x01").expect("a file");
    let sparse = fs::File::create(inside.join("sparse.pdf")).expect("a file");
    sparse.set_len(4 << 30).expect("a sparse file");
    let link =
        |to: &str, name: &str| std::os::unix::fs::symlink(to, inside.join(name)).expect("a link");
    link("..", "circle");
    link("self.docx", "self.docx");
    link("nowhere", "broken.docx");
    link("deep/report.txt", "link.txt");
    let pipe = std::process::Command::new("mkfifo")
        .arg(inside.join("pipe.csv"))
        .status();
    assert!(pipe.expect("mkfifo").success());

    let output = run(folder.path(), RUN);
    assert_eq!(output.status.code(), Some(3), "{}", stderr(&output));
    let lines = lines(&folder.path().join("l.jsonl"));
    assert_eq!(lines.len(), 11);
    let outcome = |path| {
        line(&lines, path)["outcome"]
            .as_str()
            .expect("an outcome")
            .to_owned()
    };
    for (path, expected, why) in [
        ("deep/report.txt", "done", ""),
        ("报告.csv", "done", ""),
        ("link.txt", "done", ""),
        ("bad.docx", "failed", "not that of a file named .docx"),
        ("empty.xlsx", "failed", "the file is empty"),
        ("program.bin", "skipped", "a program"),
        (
            "sparse.pdf",
            "failed",
            "4294967296 bytes, over the limit of 536870912; raise it with --limit input_bytes=N",
        ),
        ("circle", "skipped", "a link to a folder"),
        ("self.docx", "failed", "leads nowhere or in a circle"),
        ("broken.docx", "failed", "leads nowhere or in a circle"),
        ("pipe.csv", "skipped", "no file"),
    ] {
        assert_eq!(outcome(path), expected, "{path}");
        let found = reason(line(&lines, path));
        assert!(found.contains(why), "{path}: {found}");
    }
    let gbk = line(&lines, "报告.csv");
    assert_eq!(gbk["raw"], "in/%B1%A8%B8%E6.csv");
    assert_eq!(gbk["outputs"][0]["path"], "out/报告.json");
    let report = line(&lines, "deep/report.txt");
    assert_eq!(report["format"], "txt");
    assert_eq!(report["sha256"].as_str().map(str::len), Some(64));
    let written = fs::metadata(folder.path().join("out/deep/report.json")).expect("the result");
    assert_eq!(report["outputs"][0]["size"], written.len());
}

#[test]
fn neither_workers_nor_their_number_change_what_comes_out() {
    let folder = folder();
    many(folder.path(), 40);
    let mut first = None;
    for how in [&["-j", "1"][..], &["-j", "3"], &["-j", "2", "--in-process"]] {
        let output = run(folder.path(), &with(how));
        assert_eq!(output.status.code(), Some(3), "{}", stderr(&output));
        let said = stderr(&output);
        let mut lines = lines(&folder.path().join("l.jsonl"));
        for line in &mut lines {
            let line = line.as_object_mut().expect("an object");
            line.remove("milliseconds");
            line.remove("peak_memory");
        }
        assert_eq!(lines.len(), 40);
        let now = (tree(&folder.path().join("out")), lines, said);
        assert_eq!(first.get_or_insert_with(|| now.clone()), &now, "{how:?}");
        fs::remove_dir_all(folder.path().join("out")).expect("the results");
        fs::remove_file(folder.path().join("l.jsonl")).expect("the ledger");
    }
}

#[test]
fn a_killed_run_goes_on_to_the_same_end() {
    let whole = folder();
    many(whole.path(), 120);
    assert_eq!(run(whole.path(), RUN).status.code(), Some(3));
    let expected = tree(&whole.path().join("out"));
    let paths = |folder: &Path| -> Vec<String> {
        let lines = lines(&folder.join("l.jsonl"));
        lines.iter().map(|line| line["path"].to_string()).collect()
    };
    for stop_at in [1, 25, 70] {
        let folder = folder();
        many(folder.path(), 120);
        let mut child = command()
            .current_dir(folder.path())
            .args(with(&["-j", "2"]))
            .stderr(std::process::Stdio::null())
            .spawn()
            .expect("the command");
        let ledger = folder.path().join("l.jsonl");
        let count = || fs::read_to_string(&ledger).map_or(0, |text| text.lines().count());
        while count() < stop_at && child.try_wait().expect("its state").is_none() {
            std::thread::sleep(Duration::from_millis(1));
        }
        child.kill().expect("a kill");
        child.wait().expect("an end");
        // As if the kill had come in the middle of a line.
        let mut file = fs::OpenOptions::new()
            .append(true)
            .open(&ledger)
            .expect("the ledger");
        file.write_all(b"{\"path\":\"in/0/0").expect("half a line");
        drop(file);
        let output = run(folder.path(), &with(&["--resume"]));
        assert_eq!(output.status.code(), Some(3), "{}", stderr(&output));
        assert_eq!(tree(&folder.path().join("out")), expected, "{stop_at}");
        assert_eq!(paths(folder.path()), paths(whole.path()), "{stop_at}");
    }
}

#[test]
#[cfg(unix)]
fn an_interrupted_run_leaves_whole_files_and_a_ledger() {
    let folder = folder();
    many(folder.path(), 400);
    let child = command()
        .current_dir(folder.path())
        .args(with(&["-j", "1"]))
        .stderr(std::process::Stdio::piped())
        .spawn()
        .expect("the command");
    let ledger = folder.path().join("l.jsonl");
    while fs::metadata(&ledger).map_or(0, |it| it.len()) == 0 {
        std::thread::sleep(Duration::from_millis(1));
    }
    let kill = std::process::Command::new("kill")
        .args(["-INT", &child.id().to_string()])
        .status();
    assert!(kill.expect("kill").success());
    let output = child.wait_with_output().expect("an end");
    assert_eq!(output.status.code(), Some(130), "{}", stderr(&output));
    let before = lines(&ledger);
    assert!(before.len() < 400, "it was over before it was stopped");
    let written: usize = before
        .iter()
        .map(|line| line["outputs"].as_array().map_or(0, Vec::len))
        .sum();
    assert_eq!(tree(&folder.path().join("out")).len(), written);
    let output = run(folder.path(), &with(&["--resume"]));
    assert_eq!(output.status.code(), Some(3), "{}", stderr(&output));
    assert_eq!(lines(&ledger).len(), 400);
}

#[test]
fn what_was_changed_is_done_anew_and_nothing_else() {
    let folder = folder();
    let at = |path: &str| folder.path().join(path);
    fs::create_dir(at("in")).expect("a folder");
    for name in ["a", "b", "c", "d"] {
        fs::write(at(&format!("in/{name}.csv")), format!("x,y\n{name},1\n")).expect("a file");
    }
    assert_eq!(run(folder.path(), RUN).status.code(), Some(0));
    let first = lines(&at("l.jsonl"));
    fs::write(at("in/a.csv"), "x,y\nnew,1\n").expect("a changed input");
    fs::remove_file(at("out/b.json")).expect("a lost result");
    fs::write(at("out/c.json"), "mine").expect("a result that somebody changed");
    let output = run(folder.path(), &with(&["--resume"]));
    assert_eq!(output.status.code(), Some(2), "{}", stderr(&output));
    let second = lines(&at("l.jsonl"));
    assert_ne!(
        line(&second, "a.csv")["outputs"],
        line(&first, "a.csv")["outputs"]
    );
    assert_eq!(
        line(&second, "b.csv")["outputs"],
        line(&first, "b.csv")["outputs"]
    );
    assert!(at("out/b.json").is_file());
    assert!(reason(line(&second, "c.csv")).contains("is there already"));
    assert_eq!(fs::read(at("out/c.json")).expect("the file"), b"mine");
    assert_eq!(line(&second, "d.csv"), line(&first, "d.csv"));
    // Other settings: the results of the run before are no results of this one.
    let output = run(
        folder.path(),
        &with(&["--resume", "--no-origin", "--force"]),
    );
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let third = lines(&at("l.jsonl"));
    assert_ne!(line(&third, "d.csv")["run"], line(&first, "d.csv")["run"]);
    assert_ne!(
        line(&third, "d.csv")["outputs"],
        line(&first, "d.csv")["outputs"]
    );
}

#[test]
fn nothing_is_overwritten_and_no_ledger_begun_twice() {
    let folder = folder();
    many(folder.path(), 4);
    fs::create_dir_all(folder.path().join("out/0")).expect("a folder");
    fs::write(folder.path().join("out/0/000.json"), "mine").expect("a file");
    assert_eq!(run(folder.path(), RUN).status.code(), Some(3));
    let found = lines(&folder.path().join("l.jsonl"));
    assert!(reason(line(&found, "000.csv")).contains("is there already"));
    assert_eq!(
        fs::read(folder.path().join("out/0/000.json")).expect("the file"),
        b"mine"
    );
    let output = run(folder.path(), RUN);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("--resume"), "{}", stderr(&output));
}

#[test]
fn equal_inputs_are_converted_once_and_all_have_results() {
    let folder = folder();
    let at = |path: &str| folder.path().join(path);
    fs::create_dir_all(at("in/sub")).expect("a folder");
    for name in ["in/a.csv", "in/b.csv", "in/sub/c.csv", "in/other.tsv"] {
        fs::write(at(name), "x,y\n1,2\n").expect("a file");
    }
    assert_eq!(run(folder.path(), RUN).status.code(), Some(0));
    let found = lines(&at("l.jsonl"));
    assert_eq!(line(&found, "in/a.csv").get("duplicate_of"), None);
    assert_eq!(line(&found, "in/b.csv")["duplicate_of"], "in/a.csv");
    assert_eq!(line(&found, "sub/c.csv")["duplicate_of"], "in/a.csv");
    assert_eq!(line(&found, "other.tsv").get("duplicate_of"), None);
    let results = tree(&at("out"));
    assert_eq!(results.len(), 4);
    assert_eq!(
        results[Path::new("a.json")],
        results[Path::new("sub/c.json")]
    );
}

#[test]
fn names_that_would_collide_are_stable_and_told() {
    let folder = folder();
    let at = |path: &str| folder.path().join(path);
    fs::create_dir_all(at("in/d.json")).expect("a folder");
    for name in [
        "in/a.csv",
        "in/a.tsv",
        "in/b.csv",
        "in/d.csv",
        "in/d.json/e.csv",
    ] {
        fs::write(at(name), "x\n1\n").expect("a file");
    }
    let output = run(folder.path(), &["convert", "in", "-t", "json", "-o", "out"]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let names: Vec<_> = tree(&at("out")).into_keys().collect();
    let expected = [
        "a.csv.json",
        "a.tsv.json",
        "b.json",
        "d.csv.json",
        "d.json/e.json",
    ];
    assert_eq!(names, expected.map(PathBuf::from));
    assert!(stderr(&output).contains("3 renamed"), "{}", stderr(&output));
    assert!(
        stderr(&output).contains("the result is out/a.csv.json"),
        "{}",
        stderr(&output)
    );
}

#[test]
fn archives_are_folders() {
    let folder = folder();
    let at = |path: &str| folder.path().join(path);
    let mut zip = zip::ZipWriter::new(fs::File::create(at("old.zip")).expect("a file"));
    let plain = zip::write::SimpleFileOptions::default();
    for name in ["deep/a.csv", "../../out.csv", "notes.bin"] {
        zip.start_file(name, plain).expect("an entry");
        zip.write_all(b"x,y\n1,2\n").expect("its bytes");
    }
    zip.finish().expect("an archive");
    let tar = std::process::Command::new("tar")
        .current_dir(root().join("fixtures"))
        .arg("-czf")
        .arg(at("csv.tar.gz"))
        .arg("csv")
        .status();
    assert!(tar.expect("tar").success());
    fs::write(at("damaged.zip"), b"PK\x03\x04 cut").expect("a file");
    let arguments = [
        "convert",
        "old.zip",
        "csv.tar.gz",
        "damaged.zip",
        "-t",
        "json",
        "-o",
        "new",
        "--ledger",
        "l.jsonl",
        "-q",
    ];
    let output = run(folder.path(), &arguments);
    assert_eq!(output.status.code(), Some(3), "{}", stderr(&output));
    let found = lines(&at("l.jsonl"));
    assert_eq!(line(&found, "old.zip/deep/a.csv")["outcome"], "done");
    assert_eq!(line(&found, "old.zip/notes.bin")["outcome"], "skipped");
    assert_eq!(line(&found, "damaged.zip")["outcome"], "failed");
    let names = tree(&at("new"));
    assert!(names.contains_key(Path::new("deep/a.json")));
    assert!(names.contains_key(Path::new("out.json")));
    assert!(
        names.contains_key(Path::new("csv/budget.json")),
        "{:?}",
        names.keys()
    );
    assert!(
        !folder
            .path()
            .parent()
            .expect("a folder")
            .join("out.json")
            .exists()
    );
}

#[test]
fn shards_make_up_the_whole() {
    let folder = folder();
    many(folder.path(), 30);
    assert_eq!(run(folder.path(), RUN).status.code(), Some(3));
    let mut paths = Vec::new();
    for shard in ["1/3", "2/3", "3/3"] {
        let ledger = format!("{}.jsonl", &shard[..1]);
        let arguments = [
            "convert", "in", "-t", "json", "-o", "parts", "--shard", shard, "--ledger", &ledger,
            "-q",
        ];
        let code = run(folder.path(), &arguments).status.code();
        assert!(matches!(code, Some(0 | 3)), "{code:?}");
        paths.push(ledger);
    }
    assert_eq!(
        tree(&folder.path().join("parts")),
        tree(&folder.path().join("out"))
    );
    let totals = |arguments: &[&str]| {
        let output = run(folder.path(), arguments);
        assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
        let mut totals: Value = serde_json::from_slice(&output.stdout).expect("JSON");
        for key in ["milliseconds", "peak_memory", "slowest"] {
            totals.as_object_mut().expect("an object").remove(key);
        }
        totals
    };
    let whole = totals(&["ledger", "l.jsonl", "--format", "json"]);
    let parts = totals(&[
        "ledger",
        &paths[0],
        &paths[1],
        &paths[2],
        "-o",
        "all.jsonl",
        "--format",
        "json",
    ]);
    assert_eq!(whole["inputs"], 30);
    assert_eq!(whole, parts);
    assert_eq!(totals(&["ledger", "all.jsonl", "--format", "json"]), whole);
}

#[test]
fn the_books_are_written_in_any_format() {
    let folder = folder();
    many(folder.path(), 8);
    for (index, name) in ["s.txt", "s.json", "s.xlsx"].into_iter().enumerate() {
        let out = format!("out{index}");
        let arguments = [
            "convert",
            "in",
            "-t",
            "md",
            "-o",
            &out,
            "--summary",
            name,
            "-q",
        ];
        assert_eq!(run(folder.path(), &arguments).status.code(), Some(3));
    }
    let text = fs::read_to_string(folder.path().join("s.txt")).expect("the books");
    assert!(
        text.starts_with("8 files: 6 done, 2 failed, 0 skipped"),
        "{text}"
    );
    let json: Value =
        serde_json::from_slice(&fs::read(folder.path().join("s.json")).expect("the books"))
            .expect("JSON");
    assert_eq!(json["kinds"]["input"], 2);
    assert_eq!(json["formats"]["csv"]["done"], 4);
    let book = support::read_file(&folder.path().join("s.xlsx")).value;
    assert_eq!(book.tables().len(), 5);
}

#[test]
fn lists_patterns_and_filters_choose_inputs() {
    let folder = folder();
    many(folder.path(), 12);
    let at = |path: &str| folder.path().join(path);
    fs::write(at("list"), "in/0/000.csv\nin/1/001.csv\r\n\nin/1/001.csv\n").expect("a list");
    let arguments = [
        "convert",
        "--files-from",
        "list",
        "-t",
        "json",
        "-o",
        "listed",
        "-q",
    ];
    let output = run(folder.path(), &arguments);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let names: Vec<_> = tree(&at("listed")).into_keys().collect();
    assert_eq!(names, ["in/0/000.json", "in/1/001.json"].map(PathBuf::from));
    let arguments = [
        "convert",
        "in/*/*.html",
        "-t",
        "json",
        "-o",
        "pattern",
        "-q",
    ];
    assert_eq!(run(folder.path(), &arguments).status.code(), Some(0));
    let names: Vec<_> = tree(&at("pattern")).into_keys().collect();
    assert_eq!(
        names,
        ["0/010.json", "1/006.json", "2/002.json"].map(PathBuf::from)
    );
    let arguments = [
        "convert",
        "in",
        "--include",
        "*.csv",
        "--exclude",
        "0/*",
        "-t",
        "json",
        "-o",
        "some",
        "-q",
    ];
    assert_eq!(run(folder.path(), &arguments).status.code(), Some(0));
    let names: Vec<_> = tree(&at("some")).into_keys().collect();
    assert_eq!(
        names,
        ["1/001.json", "3/008.json", "4/004.json", "4/009.json"].map(PathBuf::from)
    );
}

#[test]
fn reports_are_checked_in_bulk_with_a_ledger() {
    let folder = folder();
    let at = |path: &str| folder.path().join(path);
    fs::create_dir(at("in")).expect("a folder");
    fs::copy(seed_report(), at("in/report.txt")).expect("a copy");
    fs::write(at("in/other.csv"), "x\n1\n").expect("a file");
    fs::write(at("in/picture.png"), b"\x89PNG\r\n\x1a\n").expect("a file");
    let arguments = ["check", "in", "--ledger", "l.jsonl", "--lang", "en"];
    let output = run(folder.path(), &arguments);
    assert_eq!(output.status.code(), Some(3), "{}", stderr(&output));
    let found = lines(&at("l.jsonl"));
    assert_eq!(found.len(), 3);
    assert_eq!(line(&found, "report.txt")["note"]["holds"], 47);
    assert_eq!(line(&found, "other.csv")["outcome"], "failed");
    assert_eq!(line(&found, "picture.png")["outcome"], "skipped");
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(
        said.contains("in/report.txt: cn.xxgk.annual-report/2019: 47 rules hold"),
        "{said}"
    );
}
