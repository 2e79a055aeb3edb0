//! `tabulary verify`.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use serde::Serialize;
use tabulary::forms::Language;
use tabulary::ir::Error;
use tabulary_archive::{
    Bag, Finding, Verification, VerifyOptions, in_parallel, verify, verify_follows,
};

use crate::archive_args::Verify;
use crate::args::{AnswerFormat, limits};
use crate::messages::{Exit, name_of, print, say_error, usage};

/// What came of a deposit, as JSON gives it.
#[derive(Serialize)]
struct Answer<'a> {
    deposit: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    whole: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    version: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reports: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    files: Option<usize>,
    /// The SHA-512 of `tagmanifest-sha512.txt`.
    #[serde(skip_serializing_if = "Option::is_none")]
    seal: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    findings: Option<&'a [Finding]>,
}

pub(crate) fn run(arguments: &Verify) -> Exit {
    let mut options = VerifyOptions::default();
    match limits(&arguments.limit) {
        Ok(limits) => {
            options.convert.read.limits = limits.clone();
            options.convert.write.limits = limits;
        }
        Err(message) => return usage(&message),
    }
    if !arguments.previous.is_empty() && arguments.deposits.len() != 1 {
        return usage("--previous names the version before of one deposit");
    }
    let mut all: Vec<&PathBuf> = arguments
        .deposits
        .iter()
        .chain(&arguments.previous)
        .collect();
    if arguments.previous.is_empty() {
        all.sort();
        all.dedup();
    }
    // A zip or tar is in memory as long as its bag is.
    let keeps = !arguments.previous.is_empty();
    let results = in_parallel(&all, arguments.jobs, |path| one(path, &options, keeps));
    let mut results = match results {
        Ok(results) => results,
        Err(error) => return usage(&error.to_string()),
    };
    let linked = link(arguments, &mut results, &options);
    let mut exit = Exit::Done;
    for (path, result) in all.iter().zip(&results) {
        exit = exit.worse(match result {
            Err(error) => {
                say_error(&name_of(path), error);
                Exit::of(error)
            }
            Ok((_, found)) if found.findings.is_empty() => Exit::Done,
            Ok(_) => Exit::Findings,
        });
    }
    if let Err(error) = linked {
        say_error(&name_of(all[0]), &error);
        exit = exit.worse(Exit::of(&error));
    }
    exit.worse(tell(arguments, &all, &results))
}

/// A bag, where more is asked of it, and what verifying it came to.
type Verified = Result<(Option<Bag>, Verification), Error>;

fn one(path: &Path, options: &VerifyOptions, keeps: bool) -> Verified {
    let bag = Bag::open(path, &options.convert.read.limits)?;
    let found = verify(&bag, options)?;
    Ok((Some(bag).filter(|_| keeps), found))
}

/// Verifies that each version follows the next one that is named; what is wrong is a finding of the newer.
fn link(
    arguments: &Verify,
    results: &mut [Verified],
    options: &VerifyOptions,
) -> Result<(), Error> {
    for index in 0..arguments.previous.len() {
        let (newer, older) = results.split_at_mut(index + 1);
        let (newer, older) = (newer.last_mut(), older.first());
        if let (Some(Ok((Some(newer), found))), Some(Ok((Some(older), _)))) = (newer, older) {
            found
                .findings
                .extend(verify_follows(newer, older, options)?);
        }
    }
    Ok(())
}

fn tell(arguments: &Verify, all: &[&PathBuf], results: &[Verified]) -> Exit {
    let names: Vec<String> = all.iter().map(|path| name_of(path)).collect();
    let language = arguments.telling.language();
    if arguments.telling.format == AnswerFormat::Json {
        let answers: Vec<Answer<'_>> = names
            .iter()
            .zip(results)
            .map(|(name, result)| answer(name, result))
            .collect();
        let json =
            serde_json::to_string_pretty(&answers).expect("what was found has only text keys");
        return print(&(json + "\n"));
    }
    let mut text = String::new();
    for (name, result) in names.iter().zip(results) {
        let Ok((_, found)) = result else {
            continue;
        };
        for finding in &found.findings {
            let _ = writeln!(text, "{name}: {}", finding.line(language));
        }
        let _ = writeln!(text, "{name}: {}", summary(found, language));
    }
    print(&text)
}

fn answer<'a>(deposit: &'a str, result: &'a Verified) -> Answer<'a> {
    let found = result.as_ref().ok().map(|(_, found)| found);
    Answer {
        deposit,
        error: result.as_ref().err().map(ToString::to_string),
        whole: found.map(|found| found.findings.is_empty()),
        version: found.and_then(|found| found.version),
        reports: found.map(|found| found.reports),
        files: found.map(|found| found.files),
        seal: found.and_then(|found| found.seal.as_deref()),
        findings: found.map(|found| found.findings.as_slice()),
    }
}

fn summary(found: &Verification, language: Language) -> String {
    let (findings, files, reports) = (found.findings.len(), found.files, found.reports);
    match (language, found.version) {
        (Language::English, Some(version)) if findings == 0 => {
            format!("whole: version {version}, {reports} reports, {files} files")
        }
        (Language::English, None) if findings == 0 => {
            format!(
                "whole: {files} files; it is no deposit of Tabulary, so that the bag alone was verified"
            )
        }
        (Language::English, _) => format!("not whole: {findings} findings in {files} files"),
        (Language::Chinese, Some(version)) if findings == 0 => {
            format!("完整：第{version}版，{reports}份报告，{files}个文件")
        }
        (Language::Chinese, None) if findings == 0 => {
            format!("完整：{files}个文件；不是 Tabulary 的存档包，仅核对了包本身")
        }
        (Language::Chinese, _) => format!("不完整：{files}个文件中有{findings}处问题"),
    }
}
