//! Relationships between parts (ECMA-376-2 6.5).

use tabulary_ir::Budget;

use crate::xml::{Event, Ns, Pull};

/// A reference from a part to another part, or to something outside of the package.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Relationship {
    /// The identifier by which the part names it.
    pub id: String,
    /// The last segment of the type's URI, such as `image`; the same in transitional and strict packages.
    pub kind: String,
    /// The name of the part referred to, resolved; the address where it is external.
    pub target: String,
    /// Whether the target is outside of the package.
    pub external: bool,
}

/// The name of the part that lists the relationships of `part`.
pub(crate) fn part_of(part: &str) -> String {
    let (folder, name) = part.rsplit_once('/').unwrap_or(("", part));
    if folder.is_empty() {
        format!("_rels/{name}.rels")
    } else {
        format!("{folder}/_rels/{name}.rels")
    }
}

pub(crate) fn parse(part: &str, text: &str, budget: &Budget) -> Vec<Relationship> {
    let mut pull = Pull::new(text, budget);
    let mut all = Vec::new();
    while let Ok(event) = pull.next_event() {
        match event {
            Event::Start(element) if element.is(Ns::Relationships, "Relationship") => {
                let plain = |name| element.plain(name).unwrap_or_default();
                let external = plain("TargetMode").eq_ignore_ascii_case("External");
                let target = plain("Target");
                all.push(Relationship {
                    id: plain("Id").to_owned(),
                    kind: plain("Type")
                        .rsplit('/')
                        .next()
                        .unwrap_or_default()
                        .to_owned(),
                    target: if external {
                        target.to_owned()
                    } else {
                        resolve(part, target)
                    },
                    external,
                });
            }
            Event::Eof => break,
            _ => {}
        }
    }
    all
}

/// Resolves a target against the folder of the part that refers to it (RFC 3986 5.2).
fn resolve(part: &str, target: &str) -> String {
    let target = target.replace('\\', "/");
    let mut segments: Vec<&str> = if target.starts_with('/') {
        Vec::new()
    } else {
        let folder = part.rsplit_once('/').map_or("", |(folder, _)| folder);
        folder
            .split('/')
            .filter(|segment| !segment.is_empty())
            .collect()
    };
    for segment in target.split('/') {
        match segment {
            "" | "." => {}
            ".." => {
                segments.pop();
            }
            segment => segments.push(segment),
        }
    }
    segments.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn targets_are_resolved_against_their_part() {
        for (part, target, wanted) in [
            ("word/document.xml", "media/a.png", "word/media/a.png"),
            ("word/document.xml", "/media/a.png", "media/a.png"),
            (
                "word/document.xml",
                "../customXml/item1.xml",
                "customXml/item1.xml",
            ),
            ("", "word/document.xml", "word/document.xml"),
            (
                "xl/worksheets/sheet1.xml",
                "..\\drawings\\d.xml",
                "xl/drawings/d.xml",
            ),
            ("a.xml", "../../b.xml", "b.xml"),
        ] {
            assert_eq!(resolve(part, target), wanted);
        }
        assert_eq!(part_of(""), "_rels/.rels");
        assert_eq!(part_of("word/document.xml"), "word/_rels/document.xml.rels");
    }
}
