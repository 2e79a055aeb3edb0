//! Deposits, made and verified.

mod any_input;
mod chain;
mod changes;
mod content;
mod hostile;
mod publications;
mod records;

use std::collections::BTreeMap;

use tabulary::ir::Limits;

use crate::{
    Bag, Deposit, DepositOptions, Finding, FindingKind, Named, VerifyOptions, deposit, verify,
};

/// The report that the project begins with.
const REPORT: &[u8] = include_bytes!("../../../../fixtures/reports/shuangpai-2019.txt");
const REPORT_NAME: &str = "shuangpai-2019.txt";

/// A deposit of inputs, on a day.
fn made(inputs: &[(&str, &[u8])]) -> Deposit {
    let options = DepositOptions {
        date: "2020-01-20".parse().ok(),
        ..DepositOptions::default()
    };
    made_with(inputs, &options)
}

fn made_with(inputs: &[(&str, &[u8])], options: &DepositOptions<'_>) -> Deposit {
    let inputs: Vec<Named<'_>> = inputs
        .iter()
        .map(|(name, bytes)| Named { name, bytes })
        .collect();
    deposit(&inputs, options).expect("a deposit").value
}

/// The deposit of the report.
fn report() -> Deposit {
    made(&[(REPORT_NAME, REPORT)])
}

/// The files of a bag, by path.
type Files = BTreeMap<String, Vec<u8>>;

fn files(deposit: &Deposit) -> Files {
    deposit.files.iter().cloned().collect()
}

/// What is wrong with files that should be a bag.
fn findings(files: Files) -> Vec<Finding> {
    let options = VerifyOptions::default();
    let bag = Bag::from_files(files.into_iter().collect(), &Limits::default()).expect("a bag");
    verify(&bag, &options)
        .expect("a bag that can be verified")
        .findings
}

/// Kinds and files of findings.
fn told(findings: &[Finding]) -> Vec<(FindingKind, &str)> {
    let told = findings
        .iter()
        .map(|finding| (finding.kind, finding.file.as_deref().unwrap_or("")));
    told.collect()
}

/// Writes the manifests of files anew, as who changes a bag and hides it would.
fn bagged_anew(files: Files) -> Files {
    let text = |name: &str| String::from_utf8(files[name].clone()).expect("UTF-8");
    let mut info = crate::bagit::BagInfo::default();
    let said = crate::bagit::BagInfo::read(&text("bag-info.txt"));
    for (label, value) in said.iter().filter(|(label, _)| *label != "Payload-Oxum") {
        info.add(label, value);
    }
    let readme = text("README.txt");
    let payload = files
        .into_iter()
        .filter(|(path, _)| path.starts_with("data/"));
    let payload = payload.map(|(path, bytes)| crate::deposit::Payload::new(path, bytes));
    crate::deposit::bag(payload.collect(), info, &readme)
        .0
        .into_iter()
        .collect()
}
