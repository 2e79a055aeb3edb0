//! What a file says beside the content of its pages.

use super::*;
use crate::destinations::Destinations;
use crate::structure::structure;
use expect_test::expect;
use hayro_syntax::Pdf;
use hayro_syntax::object::Dict;
use tabulary_ir::NoteKind;
use tabulary_pages::{Child, Element, OutlineItem, Role};

fn opened<T>(bytes: &[u8], see: impl FnOnce(&Dict<'_>, &Destinations<'_>) -> T) -> T {
    let pdf = Pdf::new(bytes.to_vec()).expect("a PDF");
    let catalog: Dict<'_> = pdf.xref().get(pdf.xref().root_id()).expect("a catalog");
    see(&catalog, &Destinations::new(&pdf, &catalog))
}

fn tree(catalog: &str, more: &[&str]) -> Option<Element> {
    let bytes = Sheet {
        catalog,
        more: more
            .iter()
            .map(|object| object.as_bytes().to_vec())
            .collect(),
        ..Sheet::default()
    }
    .build();
    opened(&bytes, |catalog, places| {
        structure(catalog, places.pages()).0
    })
}

#[test]
fn the_structure_has_roles_spans_and_marks() {
    let root = "/StructTreeRoot << /RoleMap << /Box /Table /Loop /Pool /Pool /Loop >> /ClassMap << /Wide << /O /Table /ColSpan 3 >> >> /K 6 0 R >>";
    let found = tree(
        root,
        &[
            "<< /S /Box /Pg 3 0 R /K [7 0 R << /S /Loop >>] >>",
            "<< /S /TR /K [<< /S /TH /A [<< /O /Layout >> 0 << /O /Table /RowSpan 2 >>] /K 4 >> << /S /TD /C /Wide /K << /Type /MCR /MCID 5 >> >> 6 0 R] >>",
        ],
    )
    .expect("a structure");
    let [Child::Element(table)] = &found.children[..] else {
        panic!("{found:?}");
    };
    let [Child::Element(row), Child::Element(other)] = &table.children[..] else {
        panic!("{table:?}");
    };
    assert_eq!(
        (table.role, row.role, other.role),
        (Role::Table, Role::Row, Role::Group)
    );
    let [Child::Element(header), Child::Element(cell)] = &row.children[..] else {
        panic!("a loop: {row:?}");
    };
    assert_eq!(
        (header.role, header.row_span, header.col_span),
        (Role::HeaderCell, 2, 1)
    );
    assert_eq!(
        (cell.role, cell.row_span, cell.col_span),
        (Role::DataCell, 1, 3)
    );
    assert_eq!(header.children, [Child::Mark { page: 1, mark: 4 }]);
    assert_eq!(cell.children, [Child::Mark { page: 1, mark: 5 }]);
}

#[test]
fn headings_have_their_level() {
    let root = "/StructTreeRoot << /K << /S /Sect /K << /S /Sect /K [<< /S /H /Alt (drawn) >> << /S /H3 >>] >> >> >>";
    let found = tree(root, &[]).expect("a structure");
    let mut element = &found;
    for _ in 0..2 {
        let [Child::Element(inner)] = &element.children[..] else {
            panic!("{element:?}");
        };
        element = inner;
    }
    let roles = element.children.iter().map(|child| match child {
        Child::Element(element) => (element.role, element.alt.as_deref()),
        Child::Mark { .. } => panic!("{child:?}"),
    });
    assert_eq!(
        roles.collect::<Vec<_>>(),
        [(Role::Heading(2), Some("drawn")), (Role::Heading(3), None)]
    );
}

#[test]
fn the_outline_leads_to_places() {
    let bytes = Sheet {
        catalog: "/Outlines << /First 6 0 R >> /Names << /Dests << /Names [(there) [3 0 R /XYZ 0 60 0]] >> >>",
        more: vec![
            b"<< /Title (One) /Dest [3 0 R /FitH 90] /First 7 0 R /Next 8 0 R >>".to_vec(),
            b"<< /Title <FEFF4E8C> /A << /S /GoTo /D (there) >> /Next 6 0 R >>".to_vec(),
            b"<< /Title (Three) /Dest /nowhere >>".to_vec(),
        ],
        ..Sheet::default()
    }
    .build();
    let item = |title: &str, level, y| OutlineItem {
        title: title.to_owned(),
        level,
        page: 1,
        y: Some(y),
    };
    let outline = opened(&bytes, |_, places| places.outline());
    assert_eq!(outline, [item("One", 1, 10.0), item("二", 2, 40.0)]);
}

#[test]
fn links_lead_out_and_within() {
    let bytes = Sheet {
        page: "/Annots [<< /Subtype /Link /Rect [10 10 50 20] /A << /S /URI /URI (https://example.org/) >> >> << /Subtype /Link /Rect [0 0 9 9] /Dest [3 0 R /Fit] >> << /Subtype /Link /F 2 /Rect [0 0 9 9] /Dest [3 0 R /Fit] >>]",
        ..Sheet::default()
    }
    .build();
    let page = first_page(&bytes);
    let links = page
        .links
        .iter()
        .map(|link| (link.href.as_str(), link.bbox.y0));
    assert_eq!(
        links.collect::<Vec<_>>(),
        [("https://example.org/", 80.0), ("#page=1", 91.0)]
    );
}

#[test]
fn fields_show_their_values() {
    let bytes = Sheet {
        page: "/Annots [<< /Subtype /Widget /Rect [10 10 90 30] /Parent << /FT /Tx /V (typed) >> >> << /Subtype /Widget /FT /Btn /Rect [10 40 30 50] /AS /On /AP << /N << /On 6 0 R /Off 7 0 R >> >> >>]",
        more: vec![
            stream(&format!("/Subtype /Form /BBox [0 0 10 10] /Resources << {HELVETICA} >>"), b"BT /F 5 Tf 1 1 Td (X) Tj ET"),
            stream("/Subtype /Form /BBox [0 0 10 10]", b""),
        ],
        ..Sheet::default()
    }
    .build();
    assert_eq!(painted(&bytes), "HellotypedX");
    let page = first_page(&bytes);
    let cross = page.glyphs.last().expect("a glyph");
    assert!(
        (cross.origin[0] - 12.0).abs() < 0.01,
        "twice as wide as drawn: {cross:?}"
    );
}

#[test]
fn what_was_noted_becomes_notes() {
    let bytes = Sheet {
        page: "/Annots [<< /Subtype /Highlight /Rect [10 70 60 90] /T (Ann) /Contents (why?) >> << /Subtype /Text /F 2 /Rect [0 0 9 9] /Contents (unseen) >>]",
        ..Sheet::default()
    }
    .build();
    let document = document(&bytes);
    let [note] = &document.notes[..] else {
        panic!("{:?}", document.notes);
    };
    assert_eq!(note.kind, NoteKind::Comment);
    assert_eq!(note.label.as_deref(), Some("Ann"));
    assert_eq!(blocks_text(&note.blocks).trim(), "why?");
}

#[test]
fn metadata_come_from_both_places() {
    let xmp = r#"<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"><rdf:Description xmp:ModifyDate="2020-01-20"><dc:title><rdf:Alt><rdf:li xml:lang="en">Report</rdf:li><rdf:li xml:lang="x-default">年报 &amp; more</rdf:li></rdf:Alt></dc:title><dc:subject><rdf:Bag><rdf:li>a, b</rdf:li><rdf:li>c</rdf:li></rdf:Bag></dc:subject></rdf:Description></rdf:RDF></x:xmpmeta>"#;
    let bytes = Sheet {
        catalog: "/Lang (zh-CN) /Metadata 6 0 R",
        info: "/Title (Draft) /Author (Ann; Ben) /Keywords (x, y) /CreationDate (D:20200119083000+08'00')",
        more: vec![stream("/Type /Metadata /Subtype /XML", xmp.as_bytes())],
        ..Sheet::default()
    }
    .build();
    let meta = document(&bytes).meta;
    expect![[r#"{"created":"2020-01-19T08:30:00+08:00","creators":["Ann","Ben"],"language":"zh-CN","modified":"2020-01-20","subjects":["a, b","c"],"title":"年报 & more","unseen":true}"#]]
        .assert_eq(&serde_json::to_string(&meta).expect("JSON"));
}

#[test]
fn attached_files_are_told() {
    let bytes = Sheet {
        catalog: "/Names << /EmbeddedFiles << /Kids [6 0 R] >> >>",
        more: vec![
            b"<< /Kids [6 0 R] /Names [(k) << /Type /Filespec /UF (table.xlsx) >>] >>".to_vec(),
        ],
        ..Sheet::default()
    }
    .build();
    let told = told(&bytes);
    assert_eq!(told.len(), 1);
    assert_eq!(
        told[0].message,
        "the attached file \"table.xlsx\" is not read"
    );
}
