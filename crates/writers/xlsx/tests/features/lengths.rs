//! What is longer than a workbook holds is cut or left out, and told; nothing else is lost by it.

use expect_test::expect;
use tabulary_ir::{
    Block, Cell, Column, Document, Furniture, FurnitureKind, Image, Inline, Marks, Metadata, Note,
    NoteKind, NoteRef, Paragraph, Points, SheetSettings, TableBuilder, Validation,
};

use crate::book::{document, sheet, sheets, table, tells, with};

/// A picture of one pixel.
const PNG: &[u8] = &[
    137, 80, 78, 71, 13, 10, 26, 10, 0, 0, 0, 13, 73, 72, 68, 82, 0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0,
    0, 0, 58, 126, 155, 85, 0, 0, 0, 10, 73, 68, 65, 84, 120, 218, 99, 248, 15, 0, 1, 1, 1, 0, 28,
    176, 140, 153, 0, 0, 0, 0, 73, 69, 78, 68, 174, 66, 96, 130,
];

fn line(content: Vec<Inline>) -> Block {
    Block::Paragraph(Paragraph {
        content,
        ..Paragraph::default()
    })
}

fn noted(author: &str, said: &str) -> Document {
    let reference = NoteRef {
        note: "comment-1".to_owned(),
    };
    let content = vec![Inline::text("x", Marks::NONE), Inline::NoteRef(reference)];
    Document {
        notes: vec![Note {
            blocks: vec![Block::paragraph(said)],
            id: "comment-1".to_owned(),
            kind: NoteKind::Comment,
            label: Some(author.to_owned()),
        }],
        ..sheets(vec![sheet(
            "s",
            vec![table(vec![Cell::blocks(vec![line(content)])])],
        )])
    }
}

#[test]
fn long_authors_and_comments_are_cut() {
    let back = tells(
        &noted(&"甲".repeat(60), &"😀".repeat(20_000)),
        &expect![[r#"
            loss[text-cut]: the name of an author of 60 characters was cut at the 52 that a comment can hold
            loss[text-cut]: a text of 40000 characters was cut at the 32713 that a comment can hold
        "#]],
    );
    let note = &back.notes[0];
    assert_eq!(note.label, Some("甲".repeat(52)));
    assert_eq!(tabulary_ir::blocks_text(&note.blocks), "😀".repeat(16_356));
    let whole = noted(&"甲".repeat(52), "y");
    assert_eq!(tells(&whole, &expect![""]), whole);
}

#[test]
fn texts_are_counted_in_code_units() {
    let back = tells(
        &sheets(vec![sheet(
            "s",
            vec![table(vec![Cell::text("😀".repeat(20_000))])],
        )]),
        &expect![[r#"
            loss[text-cut]: a text of 40000 characters was cut at the 32767 that a cell can hold
        "#]],
    );
    let cell = &back.tables()[0].cells()[0];
    assert_eq!(cell.plain_text(), "😀".repeat(16_383));
}

#[test]
fn long_descriptions_of_images_are_cut() {
    let mut document = document(Vec::new());
    let resource = document.resources.add(PNG.to_vec(), "image/png", None);
    let image = Image {
        alt: "长".repeat(300),
        resource: Some(resource),
        size: Some([12.0, 9.0].map(tabulary_ir::Points::new)),
        ..Image::default()
    };
    document.body = vec![line(vec![Inline::Image(image)])];
    let back = tells(
        &document,
        &expect![[r#"
        loss[text-cut]: the description of an image of 300 characters was cut at the 255 that a workbook can hold
    "#]],
    );
    let text = tabulary_ir::json::to_string(&back);
    assert!(
        text.contains(&format!("\"{}\"", "长".repeat(255))),
        "{text}"
    );
}

#[test]
fn text_that_a_workbook_does_not_turn_is_told() {
    let turned = |rotation, vertical_text| {
        let mut cell = Cell::text("x");
        cell.restyle(|style| (style.rotation, style.vertical_text) = (rotation, vertical_text));
        cell
    };
    for (rotation, vertical_text) in [(100, false), (-91, false), (45, true)] {
        tells(
            &sheets(vec![sheet(
                "s",
                vec![table(vec![turned(rotation, vertical_text)])],
            )]),
            &expect![[r#"
                loss[style-dropped]: text that is turned by more than a right angle, or stands, was not turned
            "#]],
        );
    }
}

#[test]
fn a_time_of_creation_that_is_none_is_told() {
    let document = Document {
        meta: Metadata {
            created: Some("in spring".to_owned()),
            ..Metadata::default()
        },
        ..document(vec![Block::paragraph("x")])
    };
    tells(
        &document,
        &expect![[r#"
        loss[metadata-dropped]: the time of creation is none that a workbook can hold
    "#]],
    );
}

#[test]
fn only_the_running_line_that_is_too_long_is_left_out() {
    let running = |text: &str| {
        vec![Furniture {
            blocks: vec![Block::paragraph(text)],
            kind: FurnitureKind::Default,
            ..Furniture::default()
        }]
    };
    let mut section = sheet("s", vec![table(vec![Cell::text("x")])]);
    section.headers = running(&"😀".repeat(200));
    section.footers = running("foot");
    let back = tells(
        &sheets(vec![section]),
        &expect![[r#"
        loss[header-footer-dropped]: headers and footers of more than 255 characters were left out
    "#]],
    );
    let text = tabulary_ir::json::to_string(&back);
    assert!(text.contains("foot") && !text.contains("😀"), "{text}");
}

#[test]
fn sizes_formulas_and_lists_beyond_those_of_a_workbook_are_told() {
    let sized = |size: f64| {
        let mut cell = Cell::text("x");
        cell.restyle(|style| style.font_size = Some(Points::new(size)));
        cell
    };
    let long = Cell {
        formula: Some("A1&".repeat(3000).as_str().into()),
        ..Cell::text("y")
    };
    let wide = Column {
        hidden: false,
        width: Some(Points::new(2000.0)),
    };
    let builder = TableBuilder::new().columns(vec![wide]);
    let cells = vec![sized(500.0), sized(0.25).at(1, 0), long.at(2, 0)];
    let mut section = sheet("s", vec![with(builder, cells)]);
    section.sheet = Some(Box::new(SheetSettings {
        validations: vec![Validation {
            values: vec!["a".to_owned()],
            ..Validation::default()
        }],
        ..SheetSettings::default()
    }));
    let back = tells(
        &sheets(vec![section]),
        &expect![[r#"
        loss[style-dropped]: sizes of characters were brought between 1 and 409 points
        loss[formula-dropped]: a formula was left out: it is longer than the 8192 characters of a workbook
        loss[style-dropped]: columns of more than 1338.75 points were made that wide
        s!A1: loss[style-dropped]: a list of the values that cells may have was left out: it names no cell
    "#]],
    );
    let table = back.tables()[0];
    let sizes = table
        .cells()
        .iter()
        .map(|cell| cell.style.as_deref()?.font_size);
    let sizes: Vec<_> = sizes.collect();
    let kept = [409.0, 1.0].map(|size| Some(Points::new(size)));
    assert_eq!(sizes, [kept[0], kept[1], None]);
    assert_eq!(table.columns()[0].width, Some(Points::new(1338.75)));
}

#[test]
fn a_comment_that_is_named_twice_stands_once() {
    let once = noted("甲", "y");
    let reference = || {
        Inline::NoteRef(NoteRef {
            note: "comment-1".to_owned(),
        })
    };
    let content = vec![Inline::text("x", Marks::NONE), reference(), reference()];
    let twice = Document {
        notes: once.notes.clone(),
        ..sheets(vec![sheet(
            "s",
            vec![table(vec![Cell::blocks(vec![line(content)])])],
        )])
    };
    assert_eq!(tells(&twice, &expect![""]), once);
}
