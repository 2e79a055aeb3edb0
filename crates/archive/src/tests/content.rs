//! What a deposit says in one place it says in all: a bag that was put together anew, with manifests that fit, is found
//! out by its records, and one whose records fit by its documents.

use super::{REPORT, REPORT_NAME, bagged_anew, files, findings, report, told};
use crate::prepare::Prepared;
use crate::{DepositOptions, FindingKind as Kind, Named, assemble, prepare};

fn prepared() -> Prepared {
    prepare(
        Named {
            name: REPORT_NAME,
            bytes: REPORT,
        },
        &DepositOptions::default(),
    )
}

/// What is told of a deposit whose parts were made to differ before its records and manifests were written.
fn forged(forge: impl FnOnce(&mut crate::prepare::Content)) -> Vec<(Kind, String)> {
    let mut prepared = prepared();
    forge(prepared.content.as_mut().expect("a document"));
    let deposit = assemble(vec![prepared], &DepositOptions::default())
        .expect("a deposit")
        .value;
    let findings = findings(files(&deposit));
    told(&findings)
        .into_iter()
        .map(|(kind, file)| (kind, file.to_owned()))
        .collect()
}

#[test]
fn manifests_written_anew_do_not_hide_a_change_from_the_records() {
    for path in [
        "data/original/shuangpai-2019.txt",
        "data/published/shuangpai-2019.html",
        "data/canonical/report.json",
    ] {
        let mut all = files(&report());
        all.get_mut(path).expect("the file").push(b'\n');
        let found = findings(bagged_anew(all));
        let records: Vec<&str> = found
            .iter()
            .filter(|finding| finding.kind == Kind::Record && finding.file.as_deref() == Some(path))
            .filter_map(|finding| {
                finding
                    .en
                    .split("the file that ")
                    .nth(1)?
                    .split(" says")
                    .next()
            })
            .collect();
        assert_eq!(
            records,
            [
                "data/checks/ledger.jsonl",
                "data/metadata/premis.xml",
                "data/metadata/mets.xml"
            ],
            "{path}"
        );
    }
}

#[test]
fn files_that_no_record_names_are_told() {
    let mut all = files(&report());
    all.insert("data/original/second.txt".into(), b"x".to_vec());
    let found = findings(bagged_anew(all));
    assert_eq!(
        told(&found),
        [(Kind::Record, "data/original/second.txt"); 3]
    );
    for record in [
        "data/checks/ledger.jsonl",
        "data/metadata/premis.xml",
        "data/metadata/mets.xml",
    ] {
        let mut all = files(&report());
        all.remove(record);
        let found = findings(bagged_anew(all));
        assert!(
            told(&found).contains(&(Kind::Missing, record)),
            "{record}: {found:?}"
        );
        let mut all = files(&report());
        all.insert(record.into(), b"<x".to_vec());
        let found = findings(bagged_anew(all));
        assert!(
            told(&found).contains(&(Kind::Record, record)),
            "{record}: {found:?}"
        );
    }
}

#[test]
fn a_document_that_is_no_canonical_json_is_told() {
    for (from, to) in [
        // Not canonical (RFC 8785 3.2.1), not of the schema, no JSON.
        ("{\"body\"", "{ \"body\""),
        (
            "\"type\":\"heading\"",
            "\"type\":\"heading\",\"level\":\"high\"",
        ),
        ("\"tabulary\":\"document/1\"", "\"tabulary\""),
    ] {
        let mut all = files(&report());
        let path = "data/canonical/document.json";
        let text = String::from_utf8(all[path].clone()).expect("UTF-8");
        assert!(text.contains(from), "{from}");
        all.insert(path.into(), text.replacen(from, to, 1).into_bytes());
        let found = findings(bagged_anew(all));
        assert!(told(&found).contains(&(Kind::Canonical, path)), "{found:?}");
    }
}

#[test]
fn a_document_that_is_deep_is_canonical_all_the_same() {
    let page = format!(
        "{}x{}",
        "<blockquote>".repeat(40),
        "</blockquote>".repeat(40)
    );
    let deposit = super::made(&[("deep.html", page.as_bytes())]);
    assert_eq!(told(&findings(files(&deposit))), []);
}

#[test]
fn a_publication_of_another_document_is_told() {
    assert_eq!(forged(|_| {}), []);
    let text = String::from_utf8_lossy(REPORT).replace("规章 | 2 |", "规章 | 3 |");
    let other = prepare(
        Named {
            name: REPORT_NAME,
            bytes: text.as_bytes(),
        },
        &DepositOptions::default(),
    );
    let other = other.content.expect("a document");
    for (index, one) in other.publications.into_iter().enumerate() {
        let path = format!("data/published/shuangpai-2019.{}", one.id);
        let found = forged(|content| content.publications[index].bytes = one.bytes);
        assert_eq!(found, [(Kind::Published, path)]);
    }
}

#[test]
fn pages_that_were_changed_are_told() {
    let found = forged(|content| {
        let pdf = &mut content.publications[0].bytes;
        let at = pdf
            .windows(10)
            .position(|part| part == b"/MediaBox[")
            .expect("a page");
        let end = at
            + pdf[at..]
                .iter()
                .position(|byte| *byte == b']')
                .expect("its end");
        let digit = pdf[at..end]
            .iter_mut()
            .rev()
            .find(|byte| byte.is_ascii_digit());
        let digit = digit.expect("a height");
        *digit = if *digit == b'9' { b'8' } else { *digit + 1 };
    });
    assert_eq!(
        found,
        [(
            Kind::Published,
            "data/published/shuangpai-2019.pdf".to_owned()
        )]
    );
}

#[test]
fn a_publication_in_other_bytes_that_says_the_same_is_whole() {
    let found = forged(|content| {
        let page = content
            .publications
            .iter_mut()
            .find(|one| one.id == "html")
            .expect("a page");
        page.bytes
            .extend(b"\n<!-- written by another version -->\n");
    });
    assert_eq!(found, []);
}
