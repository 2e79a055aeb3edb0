//! Every change of a file is found, with its name.

use proptest::prelude::*;

use super::{Files, files, findings, report, told};
use crate::FindingKind as Kind;
use crate::bagit::is_tag_manifest;

/// What was told, without what was told of `Payload-Oxum`, which follows.
fn kinds(files: Files) -> Vec<(Kind, String)> {
    let findings = findings(files);
    let told = told(&findings)
        .into_iter()
        .filter(|(kind, _)| *kind != Kind::Size);
    told.map(|(kind, file)| (kind, file.to_owned())).collect()
}

#[test]
fn each_file_that_is_changed_missing_or_renamed_is_named() {
    let whole = files(&report());
    assert_eq!(whole.len(), 22);
    for path in whole.keys() {
        let mut changed = whole.clone();
        changed.entry(path.clone()).or_default().push(b'x');
        let told = kinds(changed);
        // No manifest lists a manifest of tag files.
        let kind = if is_tag_manifest(path) {
            Kind::Manifest
        } else {
            Kind::Changed
        };
        assert_eq!(told, [(kind, path.clone())], "{path} changed");

        let mut less = whole.clone();
        let bytes = less.remove(path).expect("the file");
        assert_eq!(
            kinds(less.clone()),
            [(Kind::Missing, path.clone())],
            "{path} missing"
        );

        if path != "bagit.txt" && !is_tag_manifest(path) && !path.starts_with("manifest-") {
            let name = format!("{path}.old");
            less.insert(name.clone(), bytes);
            let found = findings(less);
            assert_eq!(
                told_of(&found),
                [(Kind::Renamed, path.as_str(), Some(name.as_str()))]
            );
        }
    }
}

fn told_of(findings: &[crate::Finding]) -> Vec<(Kind, &str, Option<&str>)> {
    findings
        .iter()
        .map(|finding| {
            (
                finding.kind,
                finding.file.as_deref().unwrap_or(""),
                finding.now.as_deref(),
            )
        })
        .collect()
}

#[test]
fn each_file_that_is_added_is_named() {
    for path in ["data/x", "data/original/年.txt", "note.txt"] {
        let mut more = files(&report());
        more.insert(path.to_owned(), b"new".to_vec());
        assert_eq!(kinds(more), [(Kind::Added, path.to_owned())]);
    }
}

#[test]
fn a_number_of_bytes_that_is_not_theirs_is_told() {
    let mut more = files(&report());
    more.insert("data/x".into(), b"new".to_vec());
    let told = findings(more);
    let size = told
        .iter()
        .find(|finding| finding.kind == Kind::Size)
        .expect("a finding");
    assert!(size.en.contains("in 16 files"), "{}", size.en);
}

#[test]
fn two_files_that_change_places_are_two_changes() {
    let mut swapped = files(&report());
    let (a, b) = ("data/canonical/document.json", "data/canonical/report.json");
    let (of_a, of_b) = (swapped[a].clone(), swapped[b].clone());
    swapped.insert(a.into(), of_b);
    swapped.insert(b.into(), of_a);
    assert_eq!(
        kinds(swapped),
        [(Kind::Changed, a.to_owned()), (Kind::Changed, b.to_owned())]
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(160))]

    #[test]
    fn any_change_of_any_byte_is_found(file in 0..1000_usize, at in any::<prop::sample::Index>(), how in 0..3_u8, byte in 1..=255_u8) {
        let mut whole = FILES.with(Clone::clone);
        let path = whole.keys().nth(file % whole.len()).expect("a file").clone();
        let bytes = whole.get_mut(&path).expect("the file");
        let at = at.index(bytes.len());
        match how {
            0 => bytes[at] ^= byte,
            1 => { bytes.remove(at); }
            _ => bytes.insert(at, byte),
        }
        let found = findings(whole);
        let is_named = found.iter().any(|finding| finding.file.as_deref() == Some(path.as_str()));
        prop_assert!(is_named, "{} at {}: {:?}", path, at, told(&found));
    }
}

thread_local! {
    static FILES: Files = files(&report());
}
