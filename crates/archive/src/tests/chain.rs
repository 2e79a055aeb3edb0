//! Versions of a deposit.

use tabulary::ir::Limits;

use super::{REPORT, REPORT_NAME, files, findings, made_with, told};
use crate::{
    Deposit, DepositOptions, FindingKind as Kind, VerifyOptions, previous, verify_follows,
};

fn follows(older: Option<&Deposit>, bytes: &[u8]) -> Deposit {
    let bag = older.map(|older| older.as_bag(&Limits::default()).expect("a bag"));
    let options = DepositOptions {
        previous: bag.map(|bag| previous(&bag).expect("a deposit that can be followed")),
        ..DepositOptions::default()
    };
    made_with(&[(REPORT_NAME, bytes)], &options)
}

fn chain(newer: &Deposit, older: &Deposit) -> Vec<(Kind, String)> {
    let bag = |deposit: &Deposit| deposit.as_bag(&Limits::default()).expect("a bag");
    let found = verify_follows(&bag(newer), &bag(older), &VerifyOptions::default());
    let found = found.expect("bags that can be read");
    told(&found)
        .into_iter()
        .map(|(kind, file)| (kind, file.to_owned()))
        .collect()
}

#[test]
fn each_version_names_the_one_before() {
    let one = follows(None, REPORT);
    let corrected = String::from_utf8_lossy(REPORT).replace("29条", "30条");
    let two = follows(Some(&one), corrected.as_bytes());
    let three = follows(Some(&two), REPORT);
    for version in [&one, &two, &three] {
        assert_eq!(told(&findings(files(version))), []);
    }
    assert_eq!(chain(&two, &one), []);
    assert_eq!(chain(&three, &two), []);
    let info = String::from_utf8(files(&three)["bag-info.txt"].clone()).expect("UTF-8");
    for said in [
        "External-Identifier: 4311230009/2020-00156\n".to_owned(),
        "Bag-Group-Identifier: 4311230009/2020-00156\n".to_owned(),
        "Internal-Sender-Identifier: 4311230009/2020-00156/v3\n".to_owned(),
        "Tabulary-Version: 3\n".to_owned(),
        format!("Tabulary-Previous: sha512:{}\n", two.seal),
    ] {
        assert!(info.contains(&said), "{said}: {info}");
    }
    let premis =
        String::from_utf8(files(&three)["data/metadata/premis.xml"].clone()).expect("UTF-8");
    assert!(
        premis.contains(&two.seal) && premis.contains("version 3 was made"),
        "{premis}"
    );
}

#[test]
fn another_version_before_is_found_out() {
    let one = follows(None, REPORT);
    let two = follows(Some(&one), REPORT);
    let text = String::from_utf8_lossy(REPORT).replace("29条", "31条");
    let other = follows(None, text.as_bytes());
    let wrong = [
        (Kind::Chain, "bag-info.txt".to_owned()),
        (Kind::Chain, "data/metadata/premis.xml".to_owned()),
    ];
    assert_eq!(chain(&two, &other), wrong);
    assert!(
        !chain(&one, &two).is_empty(),
        "versions the wrong way round"
    );
    assert!(
        !chain(&two, &two).is_empty(),
        "a version that follows itself"
    );
}

#[test]
fn a_deposit_without_a_number_of_its_own_is_known_by_its_first_seal() {
    let options = DepositOptions::default();
    let csv: &[u8] = b"a,b\n1,2\n";
    let first = made_with(&[("a.csv", csv)], &options);
    let mut last = made_with(&[("a.csv", csv)], &options);
    for version in 2..4 {
        let bag = last.as_bag(&Limits::default()).expect("a bag");
        let options = DepositOptions {
            previous: Some(previous(&bag).expect("a deposit that can be followed")),
            ..DepositOptions::default()
        };
        last = made_with(&[("a.csv", csv)], &options);
        let info = String::from_utf8(files(&last)["bag-info.txt"].clone()).expect("UTF-8");
        let group = format!("Bag-Group-Identifier: sha512:{}\n", first.seal);
        assert!(info.contains(&group), "{info}");
        assert!(
            info.contains(&format!("Tabulary-Version: {version}\n")),
            "{info}"
        );
    }
}
