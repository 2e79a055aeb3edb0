//! The block of metadata at the top: `key: value`, lists and one map, in the notation of YAML 1.2.

use tabulary_ir::{Code, Diagnostics, Metadata, Origin};

use crate::plain::date;

/// The lines between the fences at the top of a text, and what stands behind them.
pub(super) fn split(text: &str) -> (Option<&str>, &str) {
    let inner = text.strip_prefix("---\n");
    let Some(inner) = inner.filter(|inner| !inner.starts_with('\n')) else {
        return (None, text);
    };
    let mut at = 0;
    for line in inner.split_inclusive('\n') {
        let end = at + line.len();
        if matches!(line.trim_end(), "---" | "...") {
            return (Some(&inner[..at]), &inner[end..]);
        }
        at = end;
    }
    (None, text)
}

/// One entry: what stands behind its colon, and the lines below that are set in.
struct Entry<'a> {
    line: u32,
    key: String,
    value: &'a str,
    below: Vec<&'a str>,
}

/// Reads the lines between the fences.
pub(super) fn read(front: &str, meta: &mut Metadata, diagnostics: &mut Diagnostics) {
    let mut entries: Vec<Entry<'_>> = Vec::new();
    for (line, text) in (2..).zip(front.lines()) {
        let set_in = text.starts_with([' ', '\t']) || text.starts_with("- ");
        if text.trim().is_empty() || text.starts_with('#') {
            continue;
        }
        match (key(text), entries.last_mut()) {
            (_, Some(entry)) if set_in => entry.below.push(text),
            (Some((key, value)), _) if !set_in => entries.push(Entry {
                line,
                key,
                value,
                below: Vec::new(),
            }),
            _ => {
                let message = "a line of the metadata is no `key: value` and was passed over";
                diagnostics.add(Code::UnknownKey, message, Origin::line(line));
            }
        }
    }
    for entry in entries {
        set(entry, meta, diagnostics);
    }
}

/// The key of a line, and what stands behind its colon.
fn key(text: &str) -> Option<(String, &str)> {
    let text = text.trim();
    if text.starts_with('"') {
        let end = quoted_end(text)?;
        let value = text[end..].trim_start().strip_prefix(':')?;
        return Some((unquote(&text[..end]), value.trim()));
    }
    let (key, value) = text.split_once(':')?;
    let parted = value.is_empty() || value.starts_with([' ', '\t']);
    (parted && !key.is_empty()).then(|| (unquote(key.trim()), value.trim()))
}

/// Where the text in double quotation marks at the beginning ends.
fn quoted_end(text: &str) -> Option<usize> {
    let mut escaped = false;
    for (at, c) in text.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return Some(at + 1),
            _ => {}
        }
    }
    None
}

fn set(entry: Entry<'_>, meta: &mut Metadata, diagnostics: &mut Diagnostics) {
    let lower = entry.key.to_lowercase();
    match lower.as_str() {
        "title" => meta.title = Some(scalar(&entry)),
        "language" | "lang" => meta.language = Some(scalar(&entry)),
        "publisher" => meta.publisher = Some(scalar(&entry)),
        "description" | "abstract" | "summary" => meta.description = Some(scalar(&entry)),
        "issued" => meta.issued = Some(scalar(&entry)),
        "date" => {
            let text = scalar(&entry);
            meta.issued = Some(date(&text).unwrap_or(text));
        }
        "created" => meta.created = Some(scalar(&entry)),
        "modified" => meta.modified = Some(scalar(&entry)),
        "creators" | "creator" | "author" | "authors" => meta.creators.extend(list(&entry)),
        "identifiers" | "identifier" => meta.identifiers.extend(list(&entry)),
        "subjects" | "keywords" | "tags" => meta.subjects.extend(list(&entry)),
        "fields" if entry.value.is_empty() => {
            for line in &entry.below {
                if let Some((name, value)) = key(line) {
                    meta.fields.set(name, unquote(value));
                }
            }
        }
        _ if entry.below.is_empty() => meta.fields.set(entry.key.clone(), scalar(&entry)),
        _ => {
            let message = format!(
                "the metadata {:?} are more than a text and were passed over",
                entry.key
            );
            diagnostics.add(Code::UnknownKey, message, Origin::line(entry.line));
        }
    }
}

fn scalar(entry: &Entry<'_>) -> String {
    let lines = || entry.below.iter().map(|line| line.trim());
    match entry.value.trim_end_matches(['+', '-']) {
        "|" => lines().collect::<Vec<_>>().join("\n"),
        ">" => lines().collect::<Vec<_>>().join(" "),
        value => unquote(value),
    }
}

fn list(entry: &Entry<'_>) -> Vec<String> {
    if entry.value.is_empty() {
        let items = entry
            .below
            .iter()
            .filter_map(|line| line.trim().strip_prefix('-'));
        return items.map(|item| unquote(item.trim())).collect();
    }
    let inner = entry
        .value
        .strip_prefix('[')
        .and_then(|v| v.strip_suffix(']'));
    match inner {
        Some(inner) => {
            let items = inner.split(',').map(|item| unquote(item.trim()));
            items.filter(|item| !item.is_empty()).collect()
        }
        None => vec![scalar(entry)],
    }
}

/// The text of a scalar: in double quotation marks with escapes, in single ones, or plain.
fn unquote(text: &str) -> String {
    if let Some(inner) = text.strip_prefix('"').and_then(|t| t.strip_suffix('"')) {
        return unescape(inner);
    }
    if let Some(inner) = text.strip_prefix('\'').and_then(|t| t.strip_suffix('\'')) {
        return inner.replace("''", "'");
    }
    match text.find(" #") {
        Some(comment) => text[..comment].trim_end().to_owned(),
        None => text.to_owned(),
    }
}

fn unescape(inner: &str) -> String {
    let mut text = String::with_capacity(inner.len());
    let mut chars = inner.chars();
    while let Some(c) = chars.next() {
        if c != '\\' {
            text.push(c);
            continue;
        }
        match chars.next() {
            Some('n') => text.push('\n'),
            Some('t') => text.push('\t'),
            Some('r') => text.push('\r'),
            Some('u') => {
                let digits: String = chars.by_ref().take(4).collect();
                let c = u32::from_str_radix(&digits, 16)
                    .ok()
                    .and_then(char::from_u32);
                text.push(c.unwrap_or('\u{fffd}'));
            }
            Some(other) => text.push(other),
            None => text.push('\\'),
        }
    }
    text
}
