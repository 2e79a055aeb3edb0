//! Places that links and fields lead to (ECMA-376 17.13.6.2).

use std::collections::BTreeSet;

/// The names of places that something in a part refers to: links by their anchor, unless it belongs to an
/// address outside, and fields by a word of their instruction. Programs mark many more places than these.
pub(crate) fn referred(xml: &str) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for link in between(xml, ":hyperlink ", '>') {
        let is_outside = between(link, ":id=\"", '"').next().is_some();
        let anchor = between(link, ":anchor=\"", '"').next();
        names.extend(anchor.filter(|_| !is_outside).map(str::to_owned));
    }
    let attributes = between(xml, ":instr=\"", '"');
    for instruction in attributes.chain(between(xml, "instrText", '<')) {
        let words = instruction.split(|c: char| c.is_whitespace() || "\">&;".contains(c));
        for word in words.filter(|word| word.len() > 1) {
            names.insert(word.to_owned());
        }
    }
    names
}

/// What stands behind each `start` up to the next `end`.
fn between<'x>(xml: &'x str, start: &'x str, end: char) -> impl Iterator<Item = &'x str> {
    xml.match_indices(start).filter_map(move |(at, _)| {
        let rest = &xml[at + start.len()..];
        rest.find(end).map(|length| &rest[..length])
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_and_fields_refer_to_places() {
        let xml = r#"<w:hyperlink w:anchor="top"/><w:hyperlink r:id="r1" w:anchor="away">
            <w:fldSimple w:instr=" REF _Ref1 \\h "/>
            <w:instrText xml:space="preserve"> PAGEREF _Toc2 \\h </w:instrText><w:bookmarkStart w:name="none"/>"#;
        let names = referred(xml);
        for name in ["top", "_Ref1", "_Toc2"] {
            assert!(names.contains(name), "{name}");
        }
        assert!(!names.contains("none") && !names.contains("away"));
    }
}
