//! Cases that a user could write: a command, its input, and exactly what it prints.
//!
//! Every `tests/cases/*.md` holds cases, and so does `README.md`. A case is a fenced block:
//!
//! ````text
//! ```
//! % tabulary convert - -f csv -t md -o -
//! a,b
//! ^D
//! what stands on standard output
//! 2> what stands on standard error
//! => 3
//! ```
//! ````
//!
//! Input goes up to `^D` and may be left out with it. `=>` names the exit code, where it is not 0.
//! Several commands may stand in a block; they run in the same new folder, in which `fixtures` is the
//! folder of fixtures. `ACCEPT=1 cargo test --workspace --test cases` writes what was printed into
//! the files.

mod support;

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::Stdio;

use support::{command, root};

#[test]
fn commands_print_what_the_cases_say() {
    let mut files: Vec<PathBuf> = std::fs::read_dir(root().join("tests/cases"))
        .expect("the cases")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "md"))
        .collect();
    files.push(root().join("README.md"));
    files.sort();
    let accept = std::env::var_os("ACCEPT").is_some();
    let mut wrong = String::new();
    let mut count = 0;
    for file in files {
        let page = std::fs::read_to_string(&file).expect("a page of cases");
        let (actual, cases) = replay(&page);
        count += cases;
        if actual == page {
            continue;
        }
        if accept {
            std::fs::write(&file, actual).expect("the page can be written");
            continue;
        }
        let mut pairs = page.lines().zip(actual.lines()).zip(1..);
        let ((expected, found), line) = pairs.find(|((a, b), _)| a != b).unwrap_or_default();
        writeln!(
            wrong,
            "{}:{line}: expected {expected:?}, found {found:?}",
            file.display()
        )
        .expect("a String");
    }
    assert!(count > 10, "only {count} cases were found");
    assert!(
        wrong.is_empty(),
        "\n{wrong}\nACCEPT=1 writes what was printed into the files"
    );
}

/// The page with what the commands print now, and the number of commands.
fn replay(page: &str) -> (String, usize) {
    let mut actual = String::new();
    let mut count = 0;
    let mut lines = page.split_inclusive('\n').peekable();
    while let Some(line) = lines.next() {
        actual.push_str(line);
        let opens =
            line.starts_with("```") && lines.peek().is_some_and(|next| next.starts_with("% "));
        if !opens {
            continue;
        }
        let folder = tempfile::tempdir().expect("a folder");
        std::os::unix::fs::symlink(root().join("fixtures"), folder.path().join("fixtures"))
            .expect("a link");
        let block: Vec<&str> = lines
            .by_ref()
            .take_while(|line| !line.starts_with("```"))
            .collect();
        for case in split(&block) {
            count += 1;
            case.run(folder.path(), &mut actual);
        }
        actual.push_str("```\n");
    }
    (actual, count)
}

struct Case<'a> {
    command: &'a str,
    input: Option<String>,
}

fn split<'a>(block: &[&'a str]) -> Vec<Case<'a>> {
    let mut cases: Vec<Case<'a>> = Vec::new();
    let mut since = Vec::new();
    for line in block {
        if let Some(command) = line.strip_prefix("% ") {
            let command = command.trim_end();
            cases.push(Case {
                command,
                input: None,
            });
            since.clear();
        } else if line.trim_end() == "^D" {
            if let Some(case) = cases.last_mut() {
                case.input = Some(since.concat());
            }
        } else {
            since.push(*line);
        }
    }
    cases
}

impl Case<'_> {
    fn run(&self, folder: &Path, actual: &mut String) {
        let words = words(self.command);
        assert_eq!(
            words.first().map(String::as_str),
            Some("tabulary"),
            "{}",
            self.command
        );
        let mut child = command()
            .current_dir(folder)
            .args(&words[1..])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the command starts");
        let mut stdin = child.stdin.take().expect("standard input");
        // A command that fails early reads nothing.
        let _ = stdin.write_all(self.input.as_deref().unwrap_or_default().as_bytes());
        drop(stdin);
        let output = child.wait_with_output().expect("the command ends");
        writeln!(actual, "% {}", self.command).expect("a String");
        if let Some(input) = &self.input {
            writeln!(actual, "{input}^D").expect("a String");
        }
        let stdout = String::from_utf8_lossy(&output.stdout);
        actual.push_str(&stdout);
        if !stdout.is_empty() && !stdout.ends_with('\n') {
            actual.push('\n');
        }
        for line in String::from_utf8_lossy(&output.stderr).lines() {
            writeln!(actual, "2> {line}").expect("a String");
        }
        match output.status.code() {
            Some(0) => {}
            Some(code) => writeln!(actual, "=> {code}").expect("a String"),
            None => panic!("{} was ended by a signal", self.command),
        }
    }
}

/// The words of a command line; single quotes keep blanks.
fn words(line: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut quoted = false;
    for character in line.chars() {
        match character {
            '\'' => quoted = !quoted,
            ' ' if !quoted => words.push(String::new()),
            other => words.last_mut().expect("a word").push(other),
        }
    }
    words.retain(|word| !word.is_empty());
    words
}
