//! Running headers and footers.

use expect_test::expect;
use tabulary_ir::{
    Align, Block, Cell, Document, Field, Furniture, FurnitureKind, Inline, Link, Mark, Marks,
    Paragraph, ParagraphStyle, Section,
};

use crate::book::{comes_back, sheet, sheets, table, tells};

fn text(text: &str) -> Inline {
    Inline::text(text, Marks::NONE)
}

fn bold(text: &str) -> Inline {
    Inline::text(text, Mark::Bold.into())
}

fn page() -> Inline {
    Inline::Field(Field {
        instruction: "PAGE".to_owned(),
        ..Field::default()
    })
}

fn running(content: Vec<Inline>) -> Vec<Furniture> {
    let paragraph = Paragraph {
        content,
        style: ParagraphStyle {
            align: Some(Align::Center),
            ..ParagraphStyle::default()
        },
        ..Paragraph::default()
    };
    vec![Furniture {
        blocks: vec![Block::Paragraph(paragraph)],
        kind: FurnitureKind::Default,
        ..Furniture::default()
    }]
}

fn named(name: &str) -> Section {
    sheet(name, vec![table(vec![Cell::text("x")])])
}

fn with_header(content: Vec<Inline>) -> Document {
    let mut section = named("s");
    section.headers = running(content);
    sheets(vec![section])
}

#[test]
fn lines_show_their_text_and_no_more() {
    for content in [
        vec![bold("12"), text(" 34")],
        vec![text("2024")],
        vec![text("R&D &B &12 A&")],
        vec![page(), text("-1")],
        vec![page(), text(" - "), page(), bold("+2")],
        vec![text("&[Page] [Page]")],
    ] {
        comes_back(&with_header(content));
    }
}

#[test]
fn what_has_no_code_is_told() {
    let link = Inline::Link(Link {
        content: vec![text("here")],
        href: "https://example.org".to_owned(),
    });
    tells(
        &with_header(vec![link, Inline::text("code", Mark::Code.into())]),
        &expect![[r#"
            loss[link-dropped]: links in headers and footers were left out; their text stands
            loss[mark-dropped]: marks in headers and footers that have no code were left out
        "#]],
    );
}

#[test]
fn sheets_that_say_nothing_have_the_lines_of_the_document() {
    let mut own = named("own");
    own.headers = running(vec![text("own")]);
    let document = Document {
        headers: running(vec![text("all")]),
        footers: running(vec![page()]),
        ..sheets(vec![named("s"), own.clone()])
    };
    let back = tells(&document, &expect![""]);
    let mut first = named("s");
    first.headers = document.headers.clone();
    first.footers = document.footers.clone();
    own.footers = document.footers.clone();
    let given = sheets(vec![first, own]);
    assert_eq!(back, given);
    comes_back(&given);
}
