//! What schemas do not ask for and Word does: grids that fit, references that lead somewhere.

use std::collections::BTreeSet;

use tabulary_package::xml::{Element, Event, Ns, Pull};

use super::*;

fn root(bytes: &[u8], name: &str) -> Element {
    let text = part(bytes, name);
    let budget = ReadOptions::default().budget();
    let mut pull = Pull::new(&text, &budget);
    match pull.next_event() {
        Ok(Event::Start(start)) => pull.element(start).expect("XML is well formed"),
        other => panic!("{other:?}"),
    }
}

fn named<'e>(root: &'e Element, name: &str) -> Vec<&'e Element> {
    root.descendants().filter(|e| e.is(Ns::W, name)).collect()
}

fn attribute<'e>(element: &'e Element, name: &str) -> &'e str {
    element.attribute(Ns::W, name).unwrap_or_default()
}

fn values<'e>(root: &'e Element, name: &str) -> BTreeSet<&'e str> {
    let found = named(root, name).into_iter();
    found.map(|element| attribute(element, "val")).collect()
}

/// Every row fills the grid, and every cell that goes on a merge has one above it to go on.
fn check_grid(table: &Element) {
    let grid = table.child(Ns::W, "tblGrid").expect("a table has a grid");
    let width = grid.elements().count();
    let mut open: BTreeSet<(usize, usize)> = BTreeSet::new();
    for row in table.elements().filter(|e| e.is(Ns::W, "tr")) {
        let (mut col, mut next) = (0, BTreeSet::new());
        for cell in row.elements().filter(|e| e.is(Ns::W, "tc")) {
            let properties = cell.child(Ns::W, "tcPr").expect("a cell has properties");
            let span = properties.child(Ns::W, "gridSpan");
            let span = span.map_or(1, |span| attribute(span, "val").parse().expect("a number"));
            if let Some(merge) = properties.child(Ns::W, "vMerge") {
                assert!(
                    attribute(merge, "val") == "restart" || open.contains(&(col, span)),
                    "a merge goes on that never began"
                );
                next.insert((col, span));
            }
            let last = cell.elements().last().expect("a cell holds something");
            assert!(last.is(Ns::W, "p"), "a cell ends with a paragraph");
            col += span;
        }
        assert_eq!(col, width, "a row fills the grid");
        open = next;
    }
}

#[test]
fn grids_fit_and_references_lead_somewhere() {
    let (bytes, _) = write(&parse(EVERYTHING));
    let main = root(&bytes, "word/document.xml");
    named(&main, "tbl").into_iter().for_each(check_grid);

    let styles = root(&bytes, "word/styles.xml");
    let defined: BTreeSet<_> = named(&styles, "style")
        .into_iter()
        .map(|style| attribute(style, "styleId"))
        .collect();
    let notes = ["footnotes", "endnotes", "comments", "header1", "footer1"];
    let others = notes.map(|name| root(&bytes, &format!("word/{name}.xml")));
    for part in others.iter().chain([&main, &styles]) {
        for name in ["pStyle", "rStyle", "tblStyle", "basedOn", "next"] {
            for style in values(part, name) {
                assert!(defined.contains(style), "the style {style} is defined");
            }
        }
    }

    let numbering = root(&bytes, "word/numbering.xml");
    let nums: BTreeSet<_> = named(&numbering, "num")
        .into_iter()
        .map(|num| attribute(num, "numId"))
        .collect();
    assert!(values(&main, "numId").is_subset(&nums));
    let definitions: BTreeSet<_> = named(&numbering, "abstractNum")
        .into_iter()
        .map(|definition| attribute(definition, "abstractNumId"))
        .collect();
    assert!(values(&numbering, "abstractNumId").is_subset(&definitions));
}

#[test]
fn parts_and_relationships_are_whole() {
    let (bytes, _) = write(&parse(EVERYTHING));
    let budget = ReadOptions::default().budget();
    let mut package = Package::open(&bytes, &budget).expect("a package");
    let names = package.names().to_vec();
    let once: BTreeSet<_> = names.iter().collect();
    assert_eq!(once.len(), names.len(), "every part stands once");
    for name in &names {
        if name != "[Content_Types].xml" {
            assert!(!package.content_type(name).is_empty(), "{name} has a type");
        }
        for relationship in package.relationships(name).expect("a list") {
            let target = &relationship.target;
            assert!(
                relationship.external || package.has(target),
                "{name} refers to {target}, which is there"
            );
        }
    }
    let drawings = root(&bytes, "word/document.xml");
    let ids: Vec<_> = drawings
        .descendants()
        .filter(|e| e.is(Ns::Wp, "docPr"))
        .map(|e| e.plain("id").unwrap_or_default().to_owned())
        .collect();
    let once: BTreeSet<_> = ids.iter().collect();
    assert_eq!(
        once.len(),
        ids.len(),
        "every drawing has a number of its own"
    );
}

#[test]
fn sections_stand_on_pages_of_their_own() {
    let wide = r#""page":{"height":595.3,"margins":[72,72,72,72],"width":841.9}"#;
    let usual = r#""page":{"height":841.9,"margins":[72,72,72,72],"width":595.3}"#;
    let text = r#"{"content":[{"text":"text","type":"text"}],"type":"paragraph"}"#;
    let unnamed = format!(r#"{{"body":[{text}],"kind":"part","name":"",{wide},"type":"section"}}"#);
    let named =
        format!(r#"{{"body":[{text}],"kind":"sheet","name":"表二",{wide},"type":"section"}}"#);
    for body in [
        format!("{text},{unnamed},{text}"),
        format!("{unnamed},{text},{text}"),
        format!("{text},{text},{unnamed}"),
        format!("{text},{text},{text},{named},{unnamed}"),
    ] {
        let document = parse(&format!(
            r#"{{"body":[{body}],{usual},"tabulary":"document/1"}}"#
        ));
        comes_back(&document);
    }
}
