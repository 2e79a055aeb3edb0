//! Styles: their grids, what a user's own is given, and that no text of a document is taken for markup in any of them.

use std::sync::Arc;

use tabulary_ir::{
    Block, Budget, Cancel, Cell, Diagnostics, Document, Error, ErrorKind, Furniture, FurnitureKind,
    Image, Inline, Limits, Outcome, PageStandard, Paragraph, ParagraphRole, ParagraphStyle, Points,
    PublicationStyle, Resources, Setting, StyleFile, TableBuilder, WriteOptions,
};
use tabulary_typeset::{Pages, lay_out};

const STYLES: [PublicationStyle; 3] = [
    PublicationStyle::Gongwen,
    PublicationStyle::Plain,
    PublicationStyle::Report,
];

fn laid_out(document: &Document, options: &WriteOptions) -> Result<Outcome<Pages>, Error> {
    let budget = Budget::new(&Limits::default(), &Cancel::default());
    lay_out(document, options, &budget)
}

fn count(document: &Document, options: &WriteOptions) -> usize {
    laid_out(document, options).expect("pages").value.count()
}

fn styled(style: PublicationStyle) -> WriteOptions {
    WriteOptions {
        style,
        ..WriteOptions::default()
    }
}

fn own(text: &str) -> WriteOptions {
    WriteOptions {
        style_file: Some(Arc::new(StyleFile {
            name: "ours.typ".into(),
            text: text.into(),
        })),
        ..WriteOptions::default()
    }
}

fn document(body: Vec<Block>) -> Document {
    Document {
        body,
        ..Document::default()
    }
}

fn paragraph(text: &str, style: ParagraphStyle) -> Block {
    Block::Paragraph(Paragraph {
        style,
        ..Paragraph::plain(text)
    })
}

/// A document with a text in everything that takes one.
fn full_of(text: &str) -> Document {
    let title = ParagraphStyle {
        role: Some(ParagraphRole::Title),
        ..ParagraphStyle::default()
    };
    let mut builder = TableBuilder::new().headers(1, 1);
    for row in 0..2 {
        for col in 0..2 {
            builder.place(Cell::text(text).at(row, col));
        }
    }
    let table = builder.finish(&mut Diagnostics::new());
    let mut document = document(vec![
        paragraph(text, title),
        Block::heading(1, text),
        Block::paragraph(text),
        Block::Table(Box::new(table)),
    ]);
    let furniture = |kind| Furniture {
        blocks: vec![Block::paragraph(text)],
        kind,
        ..Furniture::default()
    };
    document.headers = vec![
        furniture(FurnitureKind::Default),
        furniture(FurnitureKind::Even),
    ];
    document.footers = vec![furniture(FurnitureKind::First)];
    document.meta.title = Some(text.to_owned());
    document.meta.publisher = Some(text.to_owned());
    document.meta.description = Some(text.to_owned());
    document.meta.creators = vec![text.to_owned()];
    document.meta.subjects = vec![text.to_owned()];
    document.meta.fields.set(text, text);
    document
}

#[test]
fn text_is_never_markup() {
    let hostile = [
        "#panic()",
        "$x",
        "*a",
        "_b",
        "`c",
        "<label>",
        "@ref",
        "= Title",
        "#import \"/x\"",
        "\\",
        "//",
        "/*",
        "[",
        "]",
        "{{",
        "\"",
        "#",
        "\u{0}",
        "<tabulary-title>",
    ];
    for text in hostile {
        let mut alike = full_of(text);
        for style in STYLES {
            let options = WriteOptions {
                contents: true,
                ..styled(style)
            };
            let pages = laid_out(&alike, &options).expect(text).value;
            assert!(pages.to_pdf(&[]).is_ok(), "{text} {style:?}");
        }
        // A text is no longer than it is: markup would have made it another.
        alike.body.truncate(1);
        assert_eq!(count(&alike, &styled(PublicationStyle::Plain)), 1, "{text}");
    }
}

#[test]
fn a_page_of_official_documents_has_22_lines_of_28_characters() {
    let flush = ParagraphStyle {
        first_line: Some(Points::new(0.0)),
        ..ParagraphStyle::default()
    };
    let text = |characters| document(vec![paragraph(&"政".repeat(characters), flush)]);
    let options = styled(PublicationStyle::Gongwen);
    assert_eq!(count(&text(22 * 28), &options), 1);
    assert_eq!(count(&text(22 * 28 + 1), &options), 2);
    assert_eq!(count(&text(3 * 22 * 28), &options), 3);
    let lines = |count: usize| document(vec![paragraph("政", flush); count]);
    assert_eq!(count(&lines(22), &options), 1);
    assert_eq!(count(&lines(23), &options), 2);
}

#[test]
fn a_report_has_a_cover_and_contents() {
    let body = document(vec![Block::heading(1, "One"), Block::paragraph("text")]);
    assert_eq!(count(&body, &styled(PublicationStyle::Plain)), 1);
    assert_eq!(count(&body, &styled(PublicationStyle::Report)), 3);
}

#[test]
fn paper_and_margins_are_those_asked_for() {
    let lines = document(vec![Block::paragraph("line"); 60]);
    let setting = |paper, margin: f64| WriteOptions {
        setting: Setting {
            margins: Some([Points::from_mm(margin); 4]),
            paper: Some(paper),
            ..Setting::default()
        },
        ..WriteOptions::default()
    };
    let a4 = [210.0, 297.0].map(Points::from_mm);
    let a6 = [105.0, 148.0].map(Points::from_mm);
    assert!(count(&lines, &setting(a6, 10.0)) > count(&lines, &setting(a4, 10.0)));
    let error = laid_out(&lines, &setting(a6, 50.0)).err().expect("no room");
    assert_eq!(error.kind(), ErrorKind::Caller);
}

#[test]
fn a_style_of_the_user_gets_the_document_as_data() {
    let style = "#import \"/tabulary.typ\": *\n#show: paper\n\
                 #assert(json(\"/document.json\").body.len() == 2)\n\
                 #assert(doc.title == \"One\")\n#front()\n#head()\n#pagebreak()\n#body()";
    let body = document(vec![Block::heading(1, "One"), Block::paragraph("#panic()")]);
    assert_eq!(count(&body, &own(style)), 2);
}

#[test]
fn a_fault_in_a_style_is_told_with_its_line() {
    for (style, told) in [
        (
            "#import \"/tabulary.typ\": *\n\n#nothere",
            "ours.typ:3: unknown variable",
        ),
        ("#read(\"/etc/passwd\")", "ours.typ:1: file not found"),
        ("#import \"@preview/x:1.0.0\": *", "ours.typ:1"),
        ("#let x = ", "ours.typ:1"),
    ] {
        let error = laid_out(&document(Vec::new()), &own(style))
            .err()
            .expect(style);
        assert_eq!(error.kind(), ErrorKind::Caller);
        assert!(error.to_string().contains(told), "{error}");
    }
}

#[test]
fn first_and_even_pages_have_headers_of_their_own() {
    let header = |kind, lines: usize| Furniture {
        blocks: vec![Block::paragraph("line"); lines],
        kind,
        ..Furniture::default()
    };
    let mut body = document(vec![Block::paragraph("text"); 200]);
    body.headers = vec![
        header(FurnitureKind::Default, 1),
        header(FurnitureKind::First, 2),
        header(FurnitureKind::Even, 3),
    ];
    let outcome = laid_out(&body, &styled(PublicationStyle::Plain)).expect("pages");
    assert!(outcome.value.count() > 3 && outcome.diagnostics.is_empty());
}

#[test]
fn what_stands_in_the_way_of_a_standard_is_named_with_its_place() {
    let plain = document(vec![Block::heading(1, "One"), Block::paragraph("text")]);
    for standard in PageStandard::ALL {
        let pages = laid_out(&plain, &WriteOptions::default())
            .expect("pages")
            .value;
        assert!(pages.to_pdf(&[standard]).is_ok(), "{}", standard.as_str());
    }
    let private = document(vec![Block::paragraph("text"), Block::paragraph("\u{E000}")]);
    let pages = laid_out(&private, &WriteOptions::default())
        .expect("pages")
        .value;
    let error = pages.to_pdf(&[PageStandard::A2b]).expect_err("no glyph");
    assert!(error.to_string().starts_with("/body/1: "), "{error}");

    let mut resources = Resources::default();
    let svg = b"<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>".to_vec();
    let image = Image {
        resource: Some(resources.add(svg, "image/svg+xml", None)),
        ..Image::default()
    };
    let mut pictured = document(vec![Block::Paragraph(Paragraph {
        content: vec![Inline::Image(image)],
        ..Paragraph::default()
    })]);
    pictured.resources = resources;
    let pages = laid_out(&pictured, &WriteOptions::default())
        .expect("pages")
        .value;
    assert!(pages.to_pdf(&[PageStandard::A2u]).is_ok());
    let error = pages
        .to_pdf(&[PageStandard::Ua1])
        .expect_err("no alternative");
    assert!(
        error.to_string().contains("no text in its place"),
        "{error}"
    );
}

#[test]
fn headings_leave_no_level_out_for_pdf_ua() {
    let skipping = document(vec![Block::heading(1, "One"), Block::heading(4, "Four")]);
    let options = WriteOptions {
        standards: vec![PageStandard::Ua1],
        ..WriteOptions::default()
    };
    let outcome = laid_out(&skipping, &options).expect("pages");
    let told = outcome
        .diagnostics
        .iter()
        .map(ToString::to_string)
        .collect::<String>();
    assert!(told.contains("heading-level-changed"), "{told}");
}
