//! The root element of an XML text, without reading more of it than its start.

use tabulary_package::xml::decode;

/// How much of a text may stand before the root element, and the element itself.
const HEAD: usize = 8 << 10;

/// The name of the root element without its prefix, and its whole start tag; none where the bytes do
/// not begin as an XML text.
pub(crate) fn root(bytes: &[u8]) -> Option<(String, String)> {
    let head = decode(bytes.get(..bytes.len().min(HEAD))?);
    let mut rest: &str = head.trim_start_matches('\u{FEFF}').trim_start();
    loop {
        rest = if let Some(comment) = rest.strip_prefix("<!--") {
            comment.split_once("-->")?.1
        } else if rest.starts_with("<?") {
            rest.split_once("?>")?.1
        } else if rest.starts_with("<!") {
            rest.split_once('>')?.1
        } else {
            break;
        }
        .trim_start();
    }
    let tag = rest.strip_prefix('<')?;
    let end = tag.find(|c: char| c.is_whitespace() || matches!(c, '>' | '/'))?;
    let name = tag[..end].rsplit(':').next()?.to_owned();
    // A tag that is cut by the head is long, and what is looked for stands early in it.
    let tag = tag.split_once('>').map_or(tag, |(tag, _)| tag);
    Some((name, tag.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_root_is_found_behind_what_may_stand_before_it() {
        let name = |text: &str| root(text.as_bytes()).map(|(name, _)| name);
        assert_eq!(
            name("<?xml version='1.0'?>\n<!-- <a> --><ss:Workbook a='1'>").as_deref(),
            Some("Workbook")
        );
        assert_eq!(
            name("\u{FEFF}<!DOCTYPE html><html>").as_deref(),
            Some("html")
        );
        let utf16: Vec<u8> = "\u{FEFF}<a>"
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect();
        assert_eq!(root(&utf16).map(|(name, _)| name).as_deref(), Some("a"));
        for text in ["", "<", "a,b", "<!--", "<?xml", "PK\u{3}\u{4}"] {
            assert_eq!(name(text), None, "{text:?}");
        }
    }
}
