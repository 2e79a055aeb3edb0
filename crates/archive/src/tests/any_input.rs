//! Whatever goes in, the deposit is a bag that is whole.

use proptest::prelude::*;
use tabulary::ir::Limits;

use super::{REPORT, REPORT_NAME, files, findings, made, made_with, report, told};
use crate::{Bag, DepositOptions, VerifyOptions, to_tar, to_zip, verify};

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn any_names_and_bytes_make_a_bag_that_verifies(
        others in prop::collection::vec(("\\PC{0,12}|[ -~]{0,300}|[a-c./\\\\%\r\n:]{1,8}", prop::collection::vec(any::<u8>(), 0..40)), 0..5)
    ) {
        let mut inputs: Vec<(&str, &[u8])> = vec![("first.csv", b"a,b\n1,2\n")];
        inputs.extend(others.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())));
        let deposit = made(&inputs);
        let found = findings(files(&deposit));
        prop_assert_eq!(told(&found), []);
        for (name, bytes) in &inputs {
            prop_assert!(deposit.files.iter().any(|(path, stored)| {
                path.starts_with("data/original/") && stored == bytes
            }), "{} is not there as it was", name);
        }
        let ledger = deposit.files.iter().find(|(path, _)| path == "data/checks/ledger.jsonl");
        let lines = crate::ledger::read(&ledger.expect("a ledger").1).expect("lines");
        let paths: Vec<&str> = lines.iter().map(|line| line.path.as_str()).collect();
        let names: Vec<&str> = inputs.iter().map(|(name, _)| *name).collect();
        prop_assert_eq!(paths, names);
        let options = VerifyOptions::default();
        for (path, _) in &deposit.files {
            prop_assert!(!path.contains(['%', '\r', '\n', '\\', ':', '*', '?']), "{}", path);
            prop_assert!(path.len() < 255, "{}", path);
        }
        let packed = [
            Bag::from_zip(to_zip(&deposit, "x").expect("a zip"), &Limits::default()),
            Bag::from_tar(to_tar(&deposit, "x").expect("a tar"), &Limits::default()),
        ];
        for bag in packed {
            let found = verify(&bag.expect("a bag"), &options).expect("a bag");
            prop_assert_eq!(told(&found.findings), []);
            prop_assert_eq!(found.files, deposit.files.len());
        }
    }
}

#[test]
fn the_same_inputs_give_the_same_bytes() {
    let inputs = [
        (REPORT_NAME, REPORT),
        ("a/b.csv", b"x,y\n1,2\n"),
        ("b.bin", b"\0\0"),
    ];
    let (one, two) = (made(&inputs), made(&inputs));
    assert!(one.files == two.files);
    assert_eq!(one.seal, two.seal);
    assert!(to_zip(&one, "x").expect("a zip") == to_zip(&two, "x").expect("a zip"));
    assert!(to_tar(&one, "x").expect("a tar") == to_tar(&two, "x").expect("a tar"));
}

#[test]
fn nothing_says_when_it_was_made_unless_a_day_is_given() {
    let deposit = made_with(&[(REPORT_NAME, REPORT)], &DepositOptions::default());
    let texts: Vec<String> = [
        "bag-info.txt",
        "data/metadata/premis.xml",
        "data/metadata/mets.xml",
        "README.txt",
    ]
    .iter()
    .map(|name| String::from_utf8_lossy(&files(&deposit)[*name]).into_owned())
    .collect();
    assert!(!texts[0].contains("Bagging-Date"), "{}", texts[0]);
    assert_eq!(
        texts[1]
            .matches("<eventDateTime>[2020-01-20..]</eventDateTime>")
            .count(),
        10
    );
    assert!(!texts[2].contains("CREATEDATE"), "{}", texts[2]);
    assert!(!texts[3].contains("2020-01-20"), "{}", texts[3]);
    assert_eq!(told(&findings(files(&deposit))), []);
}

#[test]
fn what_is_known_of_the_report_is_said_of_the_bag() {
    let deposit = report();
    let info = String::from_utf8(files(&deposit)["bag-info.txt"].clone()).expect("UTF-8");
    let size: usize = deposit
        .files
        .iter()
        .filter(|(path, _)| path.starts_with("data/"))
        .map(|(_, bytes)| bytes.len())
        .sum();
    let wanted = format!(
        "Source-Organization: 双牌县政务服务中心\n\
         External-Identifier: 4311230009/2020-00156\n\
         External-Description: 2019年双牌县政务服务中心信息公开年报\n\
         Bagging-Date: 2020-01-20\n\
         Bag-Software-Agent: Tabulary {}\n\
         Tabulary-Version: 1\n\
         Payload-Oxum: {size}.15\n",
        env!("CARGO_PKG_VERSION")
    );
    assert_eq!(info, wanted);
}

#[test]
fn data_of_a_report_are_deposited_as_their_form_filled_in() {
    let data = files(&report())["data/canonical/report.json"].clone();
    let deposit = made(&[("data.json", &data)]);
    assert_eq!(
        deposit.reports[0].form.as_deref(),
        Some("cn.xxgk.annual-report/2019")
    );
    assert_eq!(told(&findings(files(&deposit))), []);
    assert!(files(&deposit)["data/original/data.json"] == data);
}

#[test]
fn nothing_that_can_be_read_is_no_deposit() {
    let input = crate::Named {
        name: "x.png",
        bytes: b"\x89PNG\r\n\x1a\n",
    };
    let error = crate::deposit(&[input], &DepositOptions::default()).expect_err("no document");
    assert!(error.to_string().contains("a PNG image"), "{error}");
    assert!(crate::deposit(&[], &DepositOptions::default()).is_err());
}
