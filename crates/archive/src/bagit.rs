//! The tag files of BagIt (RFC 8493): what stands in them, written and read.

use std::fmt::Write;

use unicode_normalization::UnicodeNormalization;

use crate::digest::Algorithm;

/// `bagit.txt`, the declaration that a folder is a bag (RFC 8493 2.1.1).
pub(crate) const DECLARATION: &str = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n";
/// The name of the declaration.
pub(crate) const DECLARATION_NAME: &str = "bagit.txt";
/// The name of what is said of the bag (RFC 8493 2.2.2).
pub(crate) const INFO_NAME: &str = "bag-info.txt";
/// The name of the page for a person.
pub(crate) const README_NAME: &str = "README.txt";
/// The folder of the payload, with its slash (RFC 8493 2.1.2).
pub(crate) const PAYLOAD: &str = "data/";

/// The name of the manifest of the payload (RFC 8493 2.1.3).
pub(crate) fn manifest_name(algorithm: Algorithm) -> String {
    format!("manifest-{}.txt", algorithm.name())
}

/// The name of the manifest of the tag files (RFC 8493 2.2.1).
pub(crate) fn tag_manifest_name(algorithm: Algorithm) -> String {
    format!("tagmanifest-{}.txt", algorithm.name())
}

/// Whether a tag file is a manifest of tag files, which no manifest lists (RFC 8493 2.2.1).
pub(crate) fn is_tag_manifest(name: &str) -> bool {
    name.starts_with("tagmanifest-") && name.ends_with(".txt")
}

/// Whether a tag file is a manifest of the payload.
pub(crate) fn is_manifest(name: &str) -> bool {
    name.starts_with("manifest-") && name.ends_with(".txt")
}

/// A manifest: a digest and a path in each line.
pub(crate) fn manifest<'a>(entries: impl Iterator<Item = (&'a str, &'a str)>) -> String {
    let mut text = String::new();
    for (path, digest) in entries {
        writeln!(text, "{digest}  {}", encoded(path)).expect("writing to a String does not fail");
    }
    text
}

/// A path as a manifest has it: line ends and percent signs are encoded (RFC 8493 2.1.3).
pub(crate) fn encoded(path: &str) -> String {
    path.replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

/// The path that a manifest has encoded; other percent signs stand for themselves.
pub(crate) fn decoded(path: &str) -> String {
    let mut text = String::with_capacity(path.len());
    let mut rest = path;
    while let Some(at) = rest.find('%') {
        text.push_str(&rest[..at]);
        let character = match rest.get(at..at + 3) {
            Some("%0A" | "%0a") => Some('\n'),
            Some("%0D" | "%0d") => Some('\r'),
            Some("%25") => Some('%'),
            _ => None,
        };
        text.push(character.unwrap_or('%'));
        rest = &rest[at + if character.is_some() { 3 } else { 1 }..];
    }
    text.push_str(rest);
    text
}

/// What a manifest lists, and the lines of it that say nothing, by their numbers from 1.
#[derive(Debug, Default)]
pub(crate) struct Listed {
    /// Paths, in form NFC, and digests in small letters, in the order of the lines.
    pub(crate) entries: Vec<(String, String)>,
    /// Lines that are none of a manifest.
    pub(crate) damaged: Vec<usize>,
}

/// Reads a manifest. A path is separated from its digest by blanks or tabulators (RFC 8493 2.1.3); an asterisk before
/// it, as `sha512sum --binary` writes one, is no part of it.
pub(crate) fn read_manifest(text: &str, algorithm: Algorithm) -> Listed {
    let mut listed = Listed::default();
    for (line, number) in lines(text).zip(1..) {
        if line.trim().is_empty() {
            continue;
        }
        let split = line.split_once([' ', '\t']);
        let is_digest = |digest: &str| {
            let length = match algorithm {
                Algorithm::Sha256 => 64,
                Algorithm::Sha512 => 128,
            };
            digest.len() == length && digest.bytes().all(|byte| byte.is_ascii_hexdigit())
        };
        let entry = split.and_then(|(digest, path)| {
            let path = path.trim_start_matches([' ', '\t']);
            let path = path.strip_prefix('*').unwrap_or(path);
            (is_digest(digest) && !path.is_empty()).then(|| {
                let path: String = decoded(path).nfc().collect();
                (path, digest.to_ascii_lowercase())
            })
        });
        match entry {
            Some(entry) => listed.entries.push(entry),
            None => listed.damaged.push(number),
        }
    }
    listed
}

/// Lines that end in LF, CR or both (RFC 8493 2.1.1 allows each).
fn lines(text: &str) -> impl Iterator<Item = &str> {
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    text.split('\n')
        .flat_map(|line| line.strip_suffix('\r').unwrap_or(line).split('\r'))
}

/// What is said of a bag: labels and values in order, of which labels may come again (RFC 8493 2.2.2).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BagInfo(Vec<(String, String)>);

impl BagInfo {
    /// Adds what is said under a label. Line ends in it become blanks.
    pub fn add(&mut self, label: &str, value: &str) {
        let value = value.split_whitespace().collect::<Vec<_>>().join(" ");
        self.0.push((label.to_owned(), value));
    }

    /// What is said first under a label; capitals do not count (RFC 8493 2.2.2).
    pub fn get(&self, label: &str) -> Option<&str> {
        let found = self
            .0
            .iter()
            .find(|(name, _)| name.eq_ignore_ascii_case(label))?;
        Some(&found.1)
    }

    /// Labels and values, in order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0
            .iter()
            .map(|(label, value)| (label.as_str(), value.as_str()))
    }

    /// `bag-info.txt`.
    pub(crate) fn write(&self) -> String {
        self.0
            .iter()
            .map(|(label, value)| format!("{label}: {value}\n"))
            .collect()
    }

    /// Reads `bag-info.txt`. A line that begins with a blank goes on with the one before; one without a colon says
    /// nothing.
    pub(crate) fn read(text: &str) -> Self {
        let mut all: Vec<(String, String)> = Vec::new();
        for line in lines(text) {
            if line.starts_with([' ', '\t']) {
                if let Some((_, value)) = all.last_mut() {
                    value.push(' ');
                    value.push_str(line.trim());
                }
            } else if let Some((label, value)) = line.split_once(':') {
                all.push((label.trim().to_owned(), value.trim().to_owned()));
            }
        }
        Self(all)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_path_survives_a_manifest(path in "[^\u{0}\\pM]{1,20}") {
            let path: String = path.nfc().collect();
            prop_assume!(!path.starts_with([' ', '\t', '*', '\u{FEFF}']));
            let digest = "0f".repeat(32);
            let text = manifest([(path.as_str(), digest.as_str())].into_iter());
            let listed = read_manifest(&text, Algorithm::Sha256);
            prop_assert_eq!(listed.entries, [(path, digest)]);
        }
    }

    #[test]
    fn other_percent_signs_stand_for_themselves() {
        assert_eq!(decoded("a%20b%0ac%25%"), "a%20b\nc%%");
        assert_eq!(decoded("年%2"), "年%2");
    }

    #[test]
    fn lines_that_are_none_are_told() {
        let digest = "AB".repeat(32);
        let text = format!("{digest} *data/a\r\nnonsense\n\n{digest}\tdata/b c\n{digest}\n");
        let listed = read_manifest(&text, Algorithm::Sha256);
        let paths: Vec<_> = listed
            .entries
            .iter()
            .map(|(path, _)| path.as_str())
            .collect();
        assert_eq!(paths, ["data/a", "data/b c"]);
        assert_eq!(listed.entries[0].1, "ab".repeat(32));
        assert_eq!(listed.damaged, [2, 5]);
    }

    #[test]
    fn folded_values_are_joined() {
        let info = BagInfo::read("Source-Organization: a\n  b\r\nx\nBag-Size: 1\n");
        assert_eq!(info.get("source-organization"), Some("a b"));
        assert_eq!(info.iter().count(), 2);
        let mut written = BagInfo::default();
        written.add("A", "x\r\ny  z");
        assert_eq!(written.write(), "A: x y z\n");
        assert_eq!(BagInfo::read(&written.write()), written);
    }
}
