//! Bags that mean harm, and bags that are damaged, end in findings or in errors.

use std::fs;

use tabulary::ir::{ErrorKind, Limits};

use super::{files, findings, made, report, told};
use crate::{
    Bag, Container, Deposit, FindingKind as Kind, VerifyOptions, store, to_tar, to_zip, verify,
};

/// Files as if they were a deposit, so that they can be packed.
fn packed(all: &[(&str, &[u8])]) -> Deposit {
    Deposit {
        files: all
            .iter()
            .map(|(path, bytes)| ((*path).to_owned(), bytes.to_vec()))
            .collect(),
        reports: Vec::new(),
        seal: String::new(),
    }
}

#[test]
fn every_prefix_of_a_packed_bag_is_an_error_or_has_findings() {
    let deposit = made(&[("a.csv", b"a,b\n1,2\n")]);
    let limits = Limits::default();
    let options = VerifyOptions::default();
    let zip = to_zip(&deposit, "x").expect("a zip");
    let tar = to_tar(&deposit, "x").expect("a tar");
    type Open = fn(Vec<u8>, &Limits) -> Result<Bag, tabulary::ir::Error>;
    for (bytes, open) in [(zip, Bag::from_zip as Open), (tar, Bag::from_tar as Open)] {
        let step = bytes.len() / 300 + 1;
        let near_end = bytes.len().saturating_sub(1100)..bytes.len();
        for length in (0..bytes.len()).step_by(step).chain(near_end.step_by(7)) {
            if let Ok(bag) = open(bytes[..length].to_vec(), &limits) {
                let found = verify(&bag, &options).expect("a bag");
                assert!(
                    !found.findings.is_empty(),
                    "{length} of {} bytes",
                    bytes.len()
                );
            }
        }
    }
}

#[test]
fn paths_that_lead_out_of_the_bag_are_told_and_not_followed() {
    let mut all = files(&report());
    for name in ["manifest-sha256.txt", "manifest-sha512.txt"] {
        let digits = if name.ends_with("256.txt") { 64 } else { 128 };
        let text = all.get_mut(name).expect("a manifest");
        for path in [
            "data/../../etc/passwd",
            "/etc/passwd",
            "C:/windows/x",
            "data\\..\\x",
            "bagit.txt",
        ] {
            text.extend(format!("{}  {path}\n", "0".repeat(digits)).bytes());
        }
    }
    let found = findings(all);
    let unsafe_ones = found.iter().filter(|finding| finding.kind == Kind::Unsafe);
    assert_eq!(unsafe_ones.count(), 10, "{found:?}");

    let deposit = packed(&[("bagit.txt", b""), ("../../out", b"x"), ("a//b", b"x")]);
    for bag in [
        Bag::from_zip(to_zip(&deposit, "x").expect("a zip"), &Limits::default()),
        Bag::from_tar(
            to_tar(&deposit, "x").unwrap_or_default(),
            &Limits::default(),
        ),
    ] {
        let Ok(bag) = bag else { continue };
        let strange: Vec<&str> = bag.strange().iter().map(|(_, why)| *why).collect();
        assert!(
            strange.contains(&"its path leads out of the bag"),
            "{strange:?}"
        );
    }
}

#[test]
fn what_inflates_without_end_ends_at_a_limit() {
    let zeros = vec![0; 8 << 20];
    let zip = to_zip(&packed(&[("bagit.txt", b""), ("data/x", &zeros)]), "x").expect("a zip");
    let error = Bag::from_zip(zip, &Limits::default())
        .err()
        .expect("a bomb");
    assert_eq!(error.kind(), ErrorKind::Limit, "{error}");

    let limits = Limits {
        entry_bytes: 1000,
        ..Limits::default()
    };
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("bag");
    store(&report(), &path, Container::Folder, false).expect("a deposit");
    let bag = Bag::open(&path, &limits).expect("a bag");
    let error = verify(&bag, &VerifyOptions::default()).expect_err("a large file");
    assert_eq!(error.kind(), ErrorKind::Limit, "{error}");
}

#[test]
fn what_is_no_bag_is_an_error() {
    let limits = Limits::default();
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("x"), "no bag").expect("a file");
    for path in [
        folder.path().to_owned(),
        folder.path().join("x"),
        folder.path().join("y"),
    ] {
        assert!(Bag::open(&path, &limits).is_err(), "{}", path.display());
    }
    let no_bag = packed(&[("a/b/bagit.txt", b"")]);
    let error = Bag::from_tar(to_tar(&no_bag, "x").expect("a tar"), &limits)
        .err()
        .expect("no bag");
    assert!(error.to_string().contains("it holds no bag"), "{error}");
    assert!(Bag::from_tar(vec![0; 2048], &limits).is_err());
}

#[test]
fn a_size_that_no_tar_has_is_an_error() {
    let mut tar = to_tar(&report(), "x").expect("a tar");
    // The size of the first file, in octal digits (POSIX.1-2001, ustar), is near the largest.
    tar[124..136].copy_from_slice(b"77777777777\0");
    let sum: u32 = tar[..512]
        .iter()
        .enumerate()
        .map(|(at, byte)| {
            if (148..156).contains(&at) {
                32
            } else {
                u32::from(*byte)
            }
        })
        .sum();
    tar[148..156].copy_from_slice(format!("{sum:06o}\0 ").as_bytes());
    assert!(Bag::from_tar(tar, &Limits::default()).is_err());
}

#[cfg(unix)]
#[test]
fn links_are_told_and_not_followed() {
    use std::os::unix::fs::symlink;
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("bag");
    store(&report(), &path, Container::Folder, false).expect("a deposit");
    let secret = folder.path().join("secret");
    fs::create_dir(&secret).expect("a folder");
    fs::write(secret.join("x"), "secret").expect("a file");
    symlink(&secret, path.join("data/out")).expect("a link");
    // The very bytes that were deposited, but elsewhere.
    let original = path.join("data/original/shuangpai-2019.txt");
    fs::rename(&original, secret.join("original")).expect("the file");
    symlink(secret.join("original"), &original).expect("a link");
    let bag = Bag::open(&path, &Limits::default()).expect("a bag");
    let found = verify(&bag, &VerifyOptions::default()).expect("a bag");
    let name = "data/original/shuangpai-2019.txt";
    let told: Vec<_> = told(&found.findings)
        .into_iter()
        .filter(|(kind, _)| *kind != Kind::Size)
        .collect();
    assert_eq!(
        told,
        [
            (Kind::Missing, name),
            (Kind::Unsafe, name),
            (Kind::Unsafe, "data/out")
        ]
    );
}

#[test]
fn what_is_there_is_never_replaced() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("bag");
    fs::create_dir(&path).expect("a folder");
    for force in [false, true] {
        let error = store(&report(), &path, Container::Folder, force).expect_err("it is there");
        assert_eq!(error.kind(), ErrorKind::Caller, "{error}");
    }
    assert_eq!(fs::read_dir(folder.path()).expect("the folder").count(), 1);
    let zip = folder.path().join("bag.zip");
    store(&report(), &zip, Container::Zip, false).expect("a deposit");
    assert!(store(&report(), &zip, Container::Zip, false).is_err());
    store(&report(), &zip, Container::Zip, true).expect("a deposit that may go");
}

#[test]
fn names_in_another_form_are_the_same_names() {
    // é as one character goes into the bag; a disk may give it back as two.
    let deposit = made(&[("r\u{e9}sum\u{e9}.csv", b"a,b\n1,2\n")]);
    let moved = files(&deposit)
        .into_iter()
        .map(|(path, bytes)| (path.replace('\u{e9}', "e\u{301}"), bytes))
        .collect();
    assert_eq!(told(&findings(moved)), []);
}

#[test]
fn a_bag_of_another_program_is_verified_as_a_bag() {
    let digest = crate::Digests::of(b"x");
    let manifest = format!("{} *data/x\r\n", digest.sha256);
    let of_tags = format!(
        "{}  manifest-sha256.txt\n",
        crate::Digests::of(manifest.as_bytes()).sha256
    );
    let bag = |payload: &[u8]| {
        let all = [
            (
                "bagit.txt",
                b"BagIt-Version: 0.97\r\nTag-File-Character-Encoding: UTF-8\r\n".as_slice(),
            ),
            ("manifest-sha256.txt", manifest.as_bytes()),
            ("tagmanifest-sha256.txt", of_tags.as_bytes()),
            ("notes/own.txt", b"no manifest lists this"),
            ("data/x", payload),
        ];
        let bag = Bag::from_files(packed(&all).files, &Limits::default()).expect("a bag");
        verify(&bag, &VerifyOptions::default()).expect("a bag")
    };
    let found = bag(b"x");
    assert_eq!(told(&found.findings), []);
    assert_eq!((found.version, found.reports, found.files), (None, 0, 5));
    assert_eq!(told(&bag(b"y").findings), [(Kind::Changed, "data/x")]);
}
