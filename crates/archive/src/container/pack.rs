//! What zips and tars have in common: one folder at the top, and names of entries that may lead anywhere.

use std::collections::BTreeSet;

/// More files than any deposit has.
pub(super) const MOST_FILES: usize = 2_000_000;

/// The name of an entry below the bag, or why it is none that may be in one.
pub(crate) fn checked(name: &str) -> Result<String, &'static str> {
    let is_drive =
        name.as_bytes().get(1) == Some(&b':') && name.as_bytes()[0].is_ascii_alphabetic();
    if name.starts_with('/') || name.starts_with('\\') || is_drive {
        return Err("its path begins at the root of a disk");
    }
    if name.contains(['\0', '\\']) {
        return Err("its path has characters that are none of a path in a bag");
    }
    let parts = name.trim_start_matches("./").split('/');
    for part in parts.clone() {
        match part {
            ".." => return Err("its path leads out of the bag"),
            "" | "." => return Err("its path has empty parts"),
            _ => {}
        }
    }
    Ok(parts.collect::<Vec<_>>().join("/"))
}

/// The folder that holds the bag, with its slash: empty where the bag stands at the top.
pub(super) fn base<'a>(names: impl Iterator<Item = &'a str> + Clone) -> Option<String> {
    if names.clone().any(is_mark) {
        return Some(String::new());
    }
    let folders: BTreeSet<&str> = names
        .filter_map(|name| name.split_once('/'))
        .filter(|(_, rest)| is_mark(rest))
        .map(|(folder, _)| folder)
        .collect();
    folders.first().map(|folder| format!("{folder}/"))
}

/// Whether a file tells that a bag is there: its declaration or a manifest.
pub(super) fn is_mark(name: &str) -> bool {
    name == crate::bagit::DECLARATION_NAME || crate::bagit::is_manifest(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_lead_out_are_refused() {
        assert_eq!(checked("./a/b"), Ok("a/b".into()));
        assert_eq!(checked("年/a..b"), Ok("年/a..b".into()));
        for name in [
            "/a", "\\a", "C:a", "a/../b", "..", "a//b", "a/./b", "a\\b", "a\0", "",
        ] {
            assert!(checked(name).is_err(), "{name:?}");
        }
    }

    #[test]
    fn the_bag_stands_at_the_top_or_in_one_folder() {
        let base = |names: &[&str]| base(names.iter().copied());
        assert_eq!(base(&["bagit.txt", "x/bagit.txt"]).as_deref(), Some(""));
        assert_eq!(base(&["a", "x/bagit.txt", "b/y"]).as_deref(), Some("x/"));
        assert_eq!(base(&["x/manifest-sha512.txt"]).as_deref(), Some("x/"));
        assert_eq!(base(&["x/y/bagit.txt"]), None);
    }
}
