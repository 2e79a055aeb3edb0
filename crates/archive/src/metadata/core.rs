//! Dublin Core (ISO 15836-1, ISO 15836-2) of a report.

use tabulary::ir::Metadata;

use crate::info::{field, index_number, publisher};
use crate::xml::Xml;

/// What is known of a report as elements of Dublin Core; those of which nothing is known are left out.
pub(crate) fn dublin_core(meta: &Metadata) -> Vec<u8> {
    let mut xml = Xml::new();
    let namespaces = [
        ("xmlns:dc", "http://purl.org/dc/elements/1.1/"),
        ("xmlns:dcterms", "http://purl.org/dc/terms/"),
    ];
    xml.open("metadata", &namespaces);
    let mut say = |name: &str, text: Option<&str>| {
        if let Some(text) = text.map(str::trim).filter(|text| !text.is_empty()) {
            xml.text(name, text);
        }
    };
    let title = meta.title.as_deref();
    say("dc:title", title.or_else(|| field(meta, &["名称"])));
    for creator in &meta.creators {
        say("dc:creator", Some(creator));
    }
    for subject in &meta.subjects {
        say("dc:subject", Some(subject));
    }
    say("dc:subject", field(meta, &["主题分类", "分类", "组配分类"]));
    say(
        "dc:description",
        meta.description
            .as_deref()
            .or_else(|| field(meta, &["内容概述"])),
    );
    say("dc:publisher", publisher(meta));
    say("dc:type", Some("Text"));
    let index_number = index_number(meta);
    say("dc:identifier", index_number);
    let others = meta.identifiers.iter().map(String::as_str);
    for identifier in others.filter(|one| Some(*one) != index_number) {
        say("dc:identifier", Some(identifier));
    }
    say("dc:identifier", field(meta, &["文号", "发文字号"]));
    say("dc:language", meta.language.as_deref());
    say("dcterms:created", meta.created.as_deref());
    say("dcterms:issued", meta.issued.as_deref());
    say("dcterms:modified", meta.modified.as_deref());
    xml.close();
    xml.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_known_is_left_out() {
        let mut meta = Metadata {
            title: Some("年报 <2019>".into()),
            ..Metadata::default()
        };
        meta.fields.set("索引号", "4311230009/2020-00156");
        meta.fields.set("文号", "");
        let text = String::from_utf8(dublin_core(&meta)).expect("UTF-8");
        assert!(
            text.contains("<dc:title>年报 &lt;2019&gt;</dc:title>"),
            "{text}"
        );
        assert_eq!(text.matches("<dc:identifier>").count(), 1, "{text}");
        assert!(!text.contains("dc:publisher"), "{text}");
    }
}
