//! Names of files that every system can keep.
//!
//! RFC 8493 6.1 warns of names that one system has and another has not. A bag goes from disk to disk for decades, so names
//! in it are brought to what Windows, macOS, Linux and zip all keep as it is; the name that a file came with stands in
//! the ledger and in PREMIS.

use std::collections::{BTreeMap, BTreeSet};

use unicode_normalization::UnicodeNormalization;

/// The longest name, in bytes of UTF-8: file systems take 255, and paths on Windows 260 characters as a whole.
const LONGEST: usize = 96;
/// The longest extension that is kept where a name is cut, in bytes.
const LONGEST_EXTENSION: usize = 16;

/// The last part of a path, as a name that every system can keep: in Unicode's form NFC, without the characters that
/// Windows forbids, control characters and `%`, which BagIt tools decode in different ways (RFC 8493 2.1.3); not hidden,
/// not the name of a device, and at most 96 bytes long.
pub(crate) fn safe_name(path: &str) -> String {
    let last = path.rsplit(['/', '\\']).next().unwrap_or_default();
    safe(last)
}

/// A folder for a report that came from a path: its folders and its name without the extension, joined.
pub(crate) fn folder_name(path: &str) -> String {
    let parts: Vec<&str> = path
        .split(['/', '\\'])
        .filter(|part| is_telling(part))
        .collect();
    let joined = parts.join("_");
    safe(stem(&joined))
}

/// A name without its extension.
pub(crate) fn stem(name: &str) -> &str {
    match name.rsplit_once('.') {
        Some((stem, _)) if !stem.is_empty() => stem,
        _ => name,
    }
}

fn is_telling(part: &str) -> bool {
    !matches!(part, "" | "." | "..")
}

fn safe(name: &str) -> String {
    let kept = |c: char| {
        let is_forbidden = matches!(
            c,
            '<' | '>' | ':' | '"' | '/' | '\\' | '|' | '?' | '*' | '%'
        );
        let is_unseen = matches!(c, '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}' | '\u{FFFE}'..='\u{FFFF}');
        if is_forbidden || is_unseen || c.is_control() {
            '_'
        } else {
            c
        }
    };
    let name: String = name.nfc().map(kept).collect();
    // What was kept may compose anew with what stands beside it.
    let name: String = name.nfc().collect();
    let name = name.trim_matches(|c: char| c.is_whitespace());
    let name = name.trim_end_matches(['.', ' ']);
    let mut name = cut(name);
    if name.is_empty() {
        return "file".to_owned();
    }
    if name.starts_with(['.', '~', '-']) || is_device(&name) {
        name.insert(0, '_');
    }
    name
}

/// Cuts a name that is too long, and keeps its extension.
fn cut(name: &str) -> String {
    if name.len() <= LONGEST {
        return name.to_owned();
    }
    let (stem, extension) = match name.rsplit_once('.') {
        Some((stem, extension)) if extension.len() <= LONGEST_EXTENSION => (stem, extension),
        _ => (name, ""),
    };
    let most = LONGEST - extension.len() - usize::from(!extension.is_empty());
    let end = (0..=most.min(stem.len()))
        .rev()
        .find(|at| stem.is_char_boundary(*at));
    let stem = stem[..end.unwrap_or_default()].trim_end_matches(['.', ' ']);
    if extension.is_empty() {
        stem.to_owned()
    } else {
        format!("{stem}.{extension}")
    }
}

/// Whether Windows takes a name for that of a device, whatever its extension.
fn is_device(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or_default().trim_end();
    let stem = stem.to_uppercase();
    let numbered = |device: &str| {
        let rest = stem.strip_prefix(device);
        rest.is_some_and(|rest| {
            let mut rest = rest.chars();
            let is_number = rest.next().is_some_and(|c| c.is_numeric());
            is_number && rest.next().is_none()
        })
    };
    matches!(
        stem.as_str(),
        "CON" | "PRN" | "AUX" | "NUL" | "CONIN$" | "CONOUT$"
    ) || numbered("COM")
        || numbered("LPT")
}

/// Names of which no two are one to a file system that does not tell capitals from small letters.
#[derive(Default)]
pub(crate) struct Taken {
    names: BTreeSet<String>,
    /// The number that the next file of a name gets.
    next: BTreeMap<String, usize>,
}

impl Taken {
    /// Where these names are taken already.
    pub(crate) fn with(names: &[&str]) -> Self {
        Self {
            names: names.iter().map(|name| folded(name)).collect(),
            next: BTreeMap::new(),
        }
    }

    /// The name, with a number before its extension where it is taken.
    pub(crate) fn take(&mut self, name: &str) -> String {
        if self.names.insert(folded(name)) {
            return name.to_owned();
        }
        let (stem, extension) = match name.rsplit_once('.') {
            Some((stem, extension)) if !stem.is_empty() => (stem, format!(".{extension}")),
            _ => (name, String::new()),
        };
        let next = self.next.entry(folded(name)).or_insert(2);
        loop {
            let unique = format!("{stem}-{next}{extension}");
            *next += 1;
            if self.names.insert(folded(&unique)) {
                return unique;
            }
        }
    }
}

fn folded(name: &str) -> String {
    name.to_lowercase().nfkc().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_those_that_every_system_keeps() {
        for (given, wanted) in [
            ("report.docx", "report.docx"),
            ("a/b\\c.txt", "c.txt"),
            ("2019年报 (终).xlsx", "2019年报 (终).xlsx"),
            ("100%.txt", "100_.txt"),
            ("a\r\nb?.md", "a__b_.md"),
            ("re\u{301}sume\u{301}.pdf", "r\u{e9}sum\u{e9}.pdf"),
            ("con.txt", "_con.txt"),
            ("COM1", "_COM1"),
            ("LPT\u{b9}.x", "_LPT\u{b9}.x"),
            ("console.txt", "console.txt"),
            (".hidden", "_.hidden"),
            ("~x", "_~x"),
            ("end. . ", "end"),
            ("..", "file"),
            ("", "file"),
            ("x/", "file"),
            ("a\u{202E}b", "a_b"),
        ] {
            assert_eq!(safe_name(given), wanted, "{given:?}");
        }
        let long = safe_name(&format!("{}.docx", "年".repeat(200)));
        assert!(long.len() <= LONGEST && long.ends_with("年.docx"), "{long}");
    }

    #[test]
    fn names_that_differ_in_case_alone_are_numbered() {
        let mut taken = Taken::with(&["mets.xml"]);
        for (given, wanted) in [
            ("a.txt", "a.txt"),
            ("A.TXT", "A-2.TXT"),
            ("a.txt", "a-3.txt"),
            ("a-2.txt", "a-2-2.txt"),
            ("METS.xml", "METS-2.xml"),
        ] {
            assert_eq!(taken.take(given), wanted);
        }
    }

    #[test]
    fn folders_tell_where_a_report_came_from() {
        assert_eq!(folder_name("town/2019.xlsx"), "town_2019");
        assert_eq!(folder_name("./../a.b.docx"), "a.b");
        assert_eq!(folder_name(".docx"), "_.docx");
    }
}
