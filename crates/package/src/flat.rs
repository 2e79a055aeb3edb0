//! Packages written as one XML text, known as Flat OPC: each part stands in a `pkg:part`, XML as it is
//! and other bytes in base64.

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use tabulary_ir::{Budget, Error};

use crate::writer::PackageWriter;
use crate::xml::{Event, Ns, Pull, decode};

/// How far the root element is looked for.
const HEAD: usize = 4096;

/// Whether bytes are a package as one XML text.
pub fn is_flat(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(HEAD)];
    let text = decode(head);
    text.trim_start_matches('\u{FEFF}').starts_with('<')
        && text.contains("http://schemas.microsoft.com/office/2006/xmlPackage")
}

/// The same package as a zip container.
///
/// # Errors
/// `Input` where it is damaged, `Limit` where it is larger than the budget has.
pub fn from_flat(bytes: &[u8], budget: &Budget) -> Result<Vec<u8>, Error> {
    budget.limits().admit(bytes.len() as u64)?;
    let text = decode(bytes);
    let mut package = PackageWriter::new();
    let mut rest = text.as_ref();
    while let Some(at) = rest.find("<pkg:part ") {
        let part = &rest[at..];
        let end = part.find("</pkg:part>").unwrap_or(part.len());
        let (part, behind) = part.split_at(end);
        rest = behind;
        add(part, &mut package, budget)?;
    }
    let mut zip = Vec::new();
    package.finish(&mut zip)?;
    Ok(zip)
}

fn add(part: &str, package: &mut PackageWriter, budget: &Budget) -> Result<(), Error> {
    budget.tick()?;
    let head_end = part.find('>').map_or(part.len(), |end| end + 1);
    // The start tag is read on its own, with the namespace that its root declares.
    let head = part[..head_end].trim_end_matches(['/', '>']);
    let head =
        format!("{head} xmlns:pkg=\"http://schemas.microsoft.com/office/2006/xmlPackage\"/>");
    let mut pull = Pull::new(&head, budget);
    let Event::Start(start) = pull.next_event()? else {
        return Ok(());
    };
    let attribute = |name| start.attribute(Ns::FlatOpc, name).unwrap_or_default();
    let name = attribute("name").trim_start_matches('/').to_owned();
    let kind = attribute("contentType").to_owned();
    if name.is_empty() {
        return Ok(());
    }
    if let Some(inner) = between(part, "<pkg:xmlData", "</pkg:xmlData>") {
        package.part(&name, &kind, inner.as_bytes());
    } else if let Some(inner) = between(part, "<pkg:binaryData", "</pkg:binaryData>") {
        let digits: String = inner.chars().filter(|c| !c.is_whitespace()).collect();
        let bytes = BASE64_STANDARD.decode(digits).map_err(|error| {
            Error::input(format!("the part {name} is no base64")).caused_by(error)
        })?;
        package.part(&name, &kind, bytes);
    }
    Ok(())
}

/// What stands in the first element of a name.
fn between<'x>(text: &'x str, start: &str, end: &str) -> Option<&'x str> {
    let rest = &text[text.find(start)?..];
    let rest = &rest[rest.find('>')? + 1..];
    Some(&rest[..rest.rfind(end).unwrap_or(rest.len())])
}

#[cfg(test)]
mod tests {
    use tabulary_ir::ReadOptions;

    use super::*;
    use crate::Package;

    #[test]
    fn parts_are_found_with_their_types() {
        let flat = concat!(
            r#"<?xml version="1.0"?><pkg:package xmlns:pkg="http://schemas.microsoft.com/office/2006/xmlPackage">"#,
            r#"<pkg:part pkg:name="/a/b.xml" pkg:contentType="text/b&amp;c"><pkg:xmlData pkg:x="1"><b>1</b></pkg:xmlData></pkg:part>"#,
            r#"<pkg:part pkg:name="/c.png" pkg:contentType="image/png" pkg:compression="store"><pkg:binaryData>aGVs"#,
            "\nbG8=</pkg:binaryData></pkg:part></pkg:package>",
        );
        assert!(is_flat(flat.as_bytes()) && !is_flat(b"<a/>"));
        let budget = ReadOptions::default().budget();
        let zip = from_flat(flat.as_bytes(), &budget).expect("a package");
        let mut package = Package::open(&zip, &budget).expect("a package");
        assert_eq!(package.read("a/b.xml").expect("a part"), b"<b>1</b>");
        assert_eq!(package.content_type("a/b.xml"), "text/b&c");
        assert_eq!(package.read("c.png").expect("a part"), b"hello");
        for end in 0..flat.len() {
            let _ = from_flat(&flat.as_bytes()[..end], &budget);
        }
    }
}
