//! What the content of a page says of itself: marks, artifacts, layers, text that nobody sees.

use super::*;
use tabulary_ir::{Block, Inline, Mark, block_text};
use tabulary_pages::Artifact;

#[test]
fn text_that_is_not_painted_is_marked_as_hidden() {
    let bytes = Sheet {
        content: "BT /F 10 Tf 10 80 Td (Seen by all who read) Tj 3 Tr 0 -40 Td (unseen) Tj ET",
        ..Sheet::default()
    }
    .build();
    let hidden = |block: &Block| match block {
        Block::Paragraph(paragraph) => paragraph.content.iter().all(|inline| match inline {
            Inline::Text(run) => run.marks.has(Mark::Hidden),
            _ => false,
        }),
        _ => false,
    };
    let body = document(&bytes).body;
    let told: Vec<(String, bool)> = body
        .iter()
        .map(|block| (block_text(block), hidden(block)))
        .collect();
    assert_eq!(
        told,
        [
            ("Seen by all who read".to_owned(), false),
            ("unseen".to_owned(), true)
        ]
    );
    // The text behind a scanned page is what a person reads.
    let scan = Sheet {
        content: "BT /F 10 Tf 3 Tr 10 80 Td (unseen) Tj ET",
        ..Sheet::default()
    };
    assert!(!hidden(&document(&scan.build()).body[0]));
}

#[test]
fn layers_that_are_switched_off_are_told() {
    let layers = |off: &str| {
        let catalog = format!("/OCProperties << /OCGs [6 0 R] /D << /OFF [{off}] >> >>");
        let bytes = Sheet {
            catalog: &catalog,
            resources: &format!("{HELVETICA} /Properties << /L 6 0 R >>"),
            content: "BT /F 10 Tf 10 80 Td (on) Tj /OC /L BDC (off) Tj EMC ET",
            more: vec![b"<< /Type /OCG /Name (layer) >>".to_vec()],
            ..Sheet::default()
        }
        .build();
        (painted(&bytes), codes(&bytes))
    };
    assert_eq!(layers(""), ("onoff".to_owned(), vec![]));
    assert_eq!(
        layers("6 0 R"),
        ("on".to_owned(), vec![Code::ContentSkipped])
    );
}

#[test]
fn artifacts_are_running_texts_where_their_maker_says_so() {
    let bytes = Sheet {
        content: "BT /F 10 Tf 10 50 Td /P << /MCID 0 >> BDC (body) Tj EMC \
                  0 -14 Td /Artifact << /Type /Pagination /Subtype /Footer >> BDC (the foot) Tj EMC \
                  0 44 Td /Artifact << /Type /Pagination /Subtype /Header >> BDC (the head) Tj EMC ET",
        ..Sheet::default()
    }
    .build();
    let page = first_page(&bytes);
    let kinds: Vec<_> = page.glyphs.iter().map(|glyph| glyph.artifact).collect();
    assert_eq!(kinds.first(), Some(&None));
    assert!(kinds.contains(&Some(Artifact::Footer)));
    let document = document(&bytes);
    assert_eq!(text_of(&document), "body");
    let running = |furniture: &[tabulary_ir::Furniture]| blocks_text(&furniture[0].blocks);
    assert_eq!(running(&document.headers).trim(), "the head");
    assert_eq!(running(&document.footers).trim(), "the foot");
}

#[test]
fn an_element_may_say_other_than_its_glyphs() {
    let bytes = Sheet {
        catalog: "/StructTreeRoot << /K [<< /S /P /Pg 3 0 R /K [<< /S /Span /ActualText (whole) /K [0 2] >> 1] >>] >>",
        content: "BT /F 10 Tf 10 80 Td /Span << /MCID 0 >> BDC (who) Tj EMC /P << /MCID 1 >> BDC (. ) Tj EMC \
                  /Span << /MCID 2 >> BDC (le) Tj EMC ET",
        ..Sheet::default()
    }
    .build();
    assert_eq!(painted(&bytes), "whole. ");
}

#[test]
fn marks_in_a_form_are_its_own() {
    let form = |entries: &str| {
        let bytes = Sheet {
            catalog: "/StructTreeRoot << /K [<< /S /P /Pg 3 0 R /K [0 << /Type /MCR /Stm 6 0 R /MCID 0 >>] >>] >>",
            resources: &format!("{HELVETICA} /XObject << /X 6 0 R >>"),
            content: "/P << /MCID 0 >> BDC BT /F 10 Tf 10 80 Td (a) Tj ET EMC /X Do",
            more: vec![stream(
                &format!("/Type /XObject /Subtype /Form /BBox [0 0 200 100] {entries}"),
                b"/P << /MCID 0 >> BDC BT /F 10 Tf 40 80 Td (b) Tj ET EMC",
            )],
            ..Sheet::default()
        }
        .build();
        let glyphs = first_page(&bytes).glyphs;
        let marks: Vec<Option<u32>> = glyphs.iter().map(|glyph| glyph.mark).collect();
        marks
    };
    assert_eq!(form(""), [Some(0), Some(0)]);
    let own = form("/StructParents 0");
    assert_eq!(own[0], Some(0));
    assert!(own[1].is_some_and(|mark| mark > 0), "{own:?}");
}
