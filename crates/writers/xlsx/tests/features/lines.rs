//! Lines of prose, and what belongs to a line: links, comments, images.

use expect_test::expect;
use tabulary_ir::{
    Block, Cell, Document, Figure, Heading, Image, Inline, Link, Mark, Marks, Note, NoteKind,
    NoteRef, Paragraph, Points, TableBuilder,
};

use crate::book::{comes_back, document, number, sheet, sheets, table, tells, with, write};

/// A picture of one pixel.
const PNG: &[u8] = &[
    137, 80, 78, 71, 13, 10, 26, 10, 0, 0, 0, 13, 73, 72, 68, 82, 0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0,
    0, 0, 58, 126, 155, 85, 0, 0, 0, 10, 73, 68, 65, 84, 120, 218, 99, 248, 15, 0, 1, 1, 1, 0, 28,
    176, 140, 153, 0, 0, 0, 0, 73, 69, 78, 68, 174, 66, 96, 130,
];

fn text(text: &str) -> Inline {
    Inline::text(text, Marks::NONE)
}

fn link(href: &str, shown: &str) -> Inline {
    Inline::Link(Link {
        content: vec![text(shown)],
        href: href.to_owned(),
    })
}

fn note_ref(id: &str) -> Inline {
    Inline::NoteRef(NoteRef {
        note: id.to_owned(),
    })
}

fn line(content: Vec<Inline>) -> Block {
    Block::Paragraph(Paragraph {
        content,
        ..Paragraph::default()
    })
}

fn cell(content: Vec<Inline>) -> Cell {
    Cell::blocks(vec![line(content)])
}

fn note(id: &str, kind: NoteKind, author: Option<&str>, said: &str) -> Note {
    Note {
        blocks: vec![Block::paragraph(said)],
        id: id.to_owned(),
        kind,
        label: author.map(str::to_owned),
    }
}

#[test]
fn runs_with_marks_come_back() {
    let marks = [
        Mark::Bold,
        Mark::Italic,
        Mark::Underline,
        Mark::Strike,
        Mark::Superscript,
        Mark::Subscript,
    ];
    let runs = || marks.map(|mark| Inline::text(format!(" {mark:?}"), mark.into()));
    let mut content = vec![text("plain ")];
    content.extend(runs());
    content.extend([Inline::LineBreak, text("next")]);
    comes_back(&document(vec![
        line(content.clone()),
        Block::Heading(Heading {
            content: vec![text("a"), Inline::text("b", Mark::Italic.into())],
            level: 3,
            ..Heading::default()
        }),
        table(vec![cell(content), Cell::text("x").at(0, 1)]),
    ]));
}

#[test]
fn a_link_over_a_whole_line_comes_back() {
    let hrefs = [
        "https://example.org/a?b=1&c=%20#part",
        "mailto:a@example.org",
        "#'a b'!A1",
        "ftp://example.org/x",
        "file:///C:/a.xlsx",
    ];
    let lines = hrefs.map(|href| line(vec![link(href, "shown")]));
    let mut body: Vec<Block> = lines.into();
    let mut counted = number("7", "7").at(0, 1);
    counted.content = cell(vec![link("https://example.org/", "7")]).content;
    body.push(table(vec![cell(vec![link("#s!B2", "within")]), counted]));
    comes_back(&sheets(vec![sheet("a b", body)]));
}

#[test]
fn addresses_of_files_come_back_as_they_are() {
    let addresses = [
        "file:///Book2.xlsx",
        "file:///Book2.xlsx#'Sales Data'!A1:G5",
        "file:///..\\Sales\\Book2.xlsx",
        "file:///C:\\Temp\\Book1.xlsx",
        "file:///C:/Temp/a%20b.xlsx",
        "file:///\\\\server\\share\\a.xlsx",
        "file://server/share/a.xlsx",
        "file:///home/a/b.xlsx",
        "https://a.b/c%20d/%E6%96%87?x=1#e%20f",
    ];
    for address in addresses {
        let cells = vec![cell(vec![link(address, "x")])];
        comes_back(&sheets(vec![sheet("s", vec![table(cells)])]));
    }
    let odd = [
        "https://a.b/%E6%96%87",
        "https://a.b/c d",
        "https://a.b/%2F",
    ];
    let cells = (0..)
        .zip(odd)
        .map(|(row, address)| cell(vec![link(address, "x")]).at(row, 0));
    let back = tells(
        &sheets(vec![sheet("s", vec![table(cells.collect())])]),
        &expect![[r#"
            repair[name-changed]: the address "https://a.b/%E6%96%87" has characters that a workbook writes in another way
            repair[name-changed]: the address "https://a.b/c d" has characters that a workbook writes in another way
            loss[link-dropped]: the address "https://a.b/%2F" is none that a workbook takes; its text stands
        "#]],
    );
    let text = tabulary_ir::json::to_string(&back);
    for address in ["https://a.b/文", "https://a.b/c%20d"] {
        assert!(text.contains(&format!("\"{address}\"")), "{text}");
    }
}

#[test]
fn links_that_a_cell_does_not_hold_are_told() {
    let back = tells(
        &document(vec![
            line(vec![
                text("see "),
                link("https://example.org/a", "this"),
                link("#x", "that"),
            ]),
            line(vec![link("../other.docx", "file")]),
            line(vec![link("javascript:alert(1)", "script")]),
        ]),
        &expect![[r##"
            loss[link-dropped]: a cell has one link at most, over all of its text; "https://example.org/a" was left out
            loss[link-dropped]: a cell has one link at most, over all of its text; "#x" was left out
            loss[link-dropped]: the address "../other.docx" is none that a workbook takes; its text stands
            loss[link-dropped]: the address "javascript:alert(1)" is none that a workbook takes; its text stands
        "##]],
    );
    let texts: Vec<_> = back.body.iter().map(tabulary_ir::block_text).collect();
    assert_eq!(texts, ["see thisthat", "file", "script"]);
}

#[test]
fn an_address_that_is_too_long_is_told() {
    let long = format!("https://example.org/{}", "a".repeat(2100));
    let (_, told) = write(&document(vec![line(vec![link(&long, "long")])]));
    assert!(
        told.starts_with("loss[link-dropped]: the address"),
        "{told}"
    );
}

#[test]
fn comments_stand_on_their_cells() {
    let body = vec![
        Block::Heading(Heading {
            content: vec![text("title"), note_ref("comment-1")],
            level: 1,
            ..Heading::default()
        }),
        line(vec![text("line"), note_ref("comment-2")]),
        with(
            TableBuilder::new(),
            vec![
                cell(vec![text("a"), note_ref("comment-3")]).spanning(2, 2),
                cell(vec![note_ref("comment-4")]).at(0, 2),
            ],
        ),
    ];
    let comment = |number: u32, author| {
        let id = format!("comment-{number}");
        note(&id, NoteKind::Comment, author, "两行\n<the second>")
    };
    comes_back(&Document {
        notes: vec![
            comment(1, Some("某某")),
            comment(2, None),
            comment(3, Some("a & b")),
            comment(4, None),
        ],
        ..sheets(vec![sheet("s", body)])
    });
}

#[test]
fn what_comments_and_notes_lose_is_told() {
    let body = vec![
        line(vec![text("one"), note_ref("a"), note_ref("b")]),
        line(vec![text("two"), note_ref("f")]),
    ];
    let mut rich = note("b", NoteKind::Comment, None, "plain");
    rich.blocks.push(Block::heading(1, "loud"));
    let back = tells(
        &Document {
            notes: vec![
                note("a", NoteKind::Comment, Some("x"), "first"),
                rich,
                note("f", NoteKind::Footnote, None, "below"),
                note("lost", NoteKind::Comment, None, "on nothing"),
            ],
            ..document(body)
        },
        &expect![[r#"
            loss[mark-dropped]: comments were written as plain text
            loss[note-moved]: 2 notes were written as paragraphs below the text
        "#]],
    );
    let texts: Vec<_> = back.body.iter().map(tabulary_ir::block_text).collect();
    assert_eq!(texts, ["one", "two", "[f] below", "[lost] on nothing"]);
    let said: Vec<_> = back
        .notes
        .iter()
        .map(|note| tabulary_ir::blocks_text(&note.blocks))
        .collect();
    assert_eq!(said, ["first\nplain\nloud"]);
}

fn image(document: &mut Document, size: Option<[f64; 2]>) -> Inline {
    let resource = document.resources.add(PNG.to_vec(), "image/png", None);
    Inline::Image(Image {
        alt: "印章 <1>".to_owned(),
        resource: Some(resource),
        size: size.map(|size| size.map(Points::new)),
        ..Image::default()
    })
}

#[test]
fn images_of_cells_and_figures_come_back() {
    let mut document = Document::default();
    let small = image(&mut document, Some([12.0, 9.0]));
    let large = image(&mut document, Some([300.0, 90.0]));
    let cells = vec![
        cell(vec![text("a"), small.clone()]),
        cell(vec![small]).at(1, 1),
    ];
    let figure = Block::Figure(Figure {
        content: vec![large],
        ..Figure::default()
    });
    let body = vec![
        Block::paragraph("above"),
        figure,
        Block::paragraph("below"),
        table(cells),
    ];
    document.body = sheets(vec![sheet("s", body)]).body;
    comes_back(&document);
}

#[test]
fn images_that_a_workbook_does_not_hold_are_told() {
    let mut document = Document::default();
    let svg = document
        .resources
        .add(b"<svg/>".to_vec(), "image/svg+xml", None);
    let images = [
        image(&mut document, None),
        Inline::Image(Image {
            resource: Some(svg),
            ..Image::default()
        }),
        Inline::Image(Image {
            alt: "far".to_owned(),
            href: Some("https://example.org/a.png".to_owned()),
            ..Image::default()
        }),
    ];
    document.body = images.map(|image| line(vec![text("x"), image])).into();
    tells(
        &document,
        &expect![[r#"
        loss[style-dropped]: the sizes of images were brought to whole pixels of 96 to an inch
        loss[image-dropped]: an image was left out (without a description): a workbook shows only png, jpeg, gif and bmp
        loss[image-dropped]: an image was left out (far): its bytes are not in the document
    "#]],
    );
}

#[test]
fn what_lines_lose_is_told() {
    let hidden = Marks::NONE.with(Mark::Hidden).with(Mark::Highlight);
    tells(
        &document(vec![
            line(vec![Inline::text("secret", hidden)]),
            Block::PageBreak(tabulary_ir::PageBreak::default()),
            Block::Quote(tabulary_ir::Quote {
                blocks: vec![Block::paragraph("said")],
                origin: None,
            }),
            line(vec![Inline::Math(tabulary_ir::InlineMath {
                mathml: None,
                text: "x^2".to_owned(),
            })]),
        ]),
        &expect![[r#"
            loss[mark-dropped]: hidden, highlighted and small capital text was written without these marks
            loss[block-dropped]: rules and page breaks were left out
            loss[block-dropped]: quotes were written as paragraphs
            loss[math-as-text]: formulas of mathematics were written as text
        "#]],
    );
}
