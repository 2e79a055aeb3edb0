//! The block of metadata at the top, in YAML 1.2.

use tabulary_ir::Metadata;

/// The metadata between two fences and a blank line; nothing where nothing is known.
pub(super) fn matter(meta: &Metadata) -> String {
    if meta.is_empty() {
        return String::new();
    }
    let mut text = String::from("---\n");
    let mut one = |name: &str, value: &Option<String>| {
        if let Some(value) = value {
            text.push_str(&format!("{name}: {}\n", quoted(value)));
        }
    };
    one("title", &meta.title);
    one("language", &meta.language);
    one("publisher", &meta.publisher);
    one("issued", &meta.issued);
    one("created", &meta.created);
    one("modified", &meta.modified);
    one("description", &meta.description);
    let mut many = |name: &str, values: &[String]| {
        if !values.is_empty() {
            text.push_str(&format!("{name}:\n"));
            for value in values {
                text.push_str(&format!("  - {}\n", quoted(value)));
            }
        }
    };
    many("creators", &meta.creators);
    many("identifiers", &meta.identifiers);
    many("subjects", &meta.subjects);
    if !meta.fields.is_empty() {
        text.push_str("fields:\n");
        for (name, value) in meta.fields.iter() {
            text.push_str(&format!("  {}: {}\n", quoted(name), quoted(value)));
        }
    }
    text.push_str("---\n\n");
    text
}

/// The text in double quotation marks (YAML 1.2, 7.3.1).
fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => {
                out.push('\\');
                out.push(c);
            }
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c if c.is_control() || matches!(c, '\u{2028}' | '\u{2029}' | '\u{feff}') => {
                out.push_str(&format!("\\u{:04x}", u32::from(c)));
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}
