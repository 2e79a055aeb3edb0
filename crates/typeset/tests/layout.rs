//! Documents laid out: what is told, and that nothing in a text is taken for markup.

use tabulary_ir::{
    Block, Budget, Cancel, Cell, Diagnostics, Document, ErrorKind, Furniture, Image, Inline,
    Limits, Note, NoteRef, PageBreak, PageSetup, Paragraph, ParagraphStyle, Points, Resources,
    Section, TableBuilder, TextColumns, WriteOptions,
};
use tabulary_typeset::lay_out;

fn budget() -> Budget {
    Budget::new(&Limits::default(), &Cancel::default())
}

fn document(body: Vec<Block>) -> Document {
    Document {
        body,
        ..Document::default()
    }
}

/// The number of pages, the PDF and what was told.
fn pages(document: &Document) -> (usize, Vec<u8>, Vec<String>) {
    let outcome = lay_out(document, &WriteOptions::default(), &budget()).expect("pages");
    let pdf = outcome.value.to_pdf(&[]).expect("a PDF");
    let told = outcome
        .diagnostics
        .iter()
        .map(ToString::to_string)
        .collect();
    (outcome.value.count(), pdf, told)
}

fn grid(rows: u32, columns: u32, text: &str, header_rows: u32) -> Block {
    let mut builder = TableBuilder::new().headers(header_rows, 0);
    for row in 0..rows {
        for col in 0..columns {
            builder.place(Cell::text(text).at(row, col));
        }
    }
    Block::Table(Box::new(builder.finish(&mut Diagnostics::new())))
}

#[test]
fn an_empty_document_is_one_page() {
    assert_eq!(pages(&document(Vec::new())).0, 1);
}

#[test]
fn long_tables_break_over_pages_and_wide_ones_turn_them() {
    let (count, _, told) = pages(&document(vec![grid(200, 3, "cell", 1)]));
    assert!(count > 3);
    assert!(told.is_empty(), "{told:?}");
    let (_, _, told) = pages(&document(vec![grid(3, 16, "unbreakable", 1)]));
    assert!(told[0].contains("stands on turned pages"), "{told:?}");
    let (_, _, told) = pages(&document(vec![grid(3, 60, "unbreakable", 1)]));
    assert!(told[0].contains("parts, one below another"), "{told:?}");
}

#[test]
fn a_span_over_pages_keeps_its_rows() {
    let mut builder = TableBuilder::new();
    builder.place(Cell::text("all of it").spanning(120, 1));
    for row in 0..120 {
        builder.place(Cell::text(format!("row {row}")).at(row, 1));
    }
    let table = Block::Table(Box::new(builder.finish(&mut Diagnostics::new())));
    assert!(pages(&document(vec![table])).0 >= 3);
}

#[test]
fn a_table_beyond_the_limit_is_refused_before_it_is_laid_out() {
    let error = lay_out(
        &document(vec![grid(1, 1, "x", 0), {
            let mut builder = TableBuilder::new();
            builder.place(Cell::text("z").at(1_000_000, 10));
            Block::Table(Box::new(builder.finish(&mut Diagnostics::new())))
        }]),
        &WriteOptions::default(),
        &budget(),
    );
    let error = error.err().expect("too large");
    assert_eq!(error.kind(), ErrorKind::Limit);
    assert!(error.to_string().contains("laid_out_cells"), "{error}");
}

#[test]
fn a_bad_image_costs_itself() {
    let mut resources = Resources::default();
    let id = resources.add(b"no image".to_vec(), "image/png", None);
    let image = Image {
        alt: "a seal".into(),
        resource: Some(id),
        ..Image::default()
    };
    let paragraph = Paragraph {
        content: vec![Inline::Image(image)],
        ..Paragraph::default()
    };
    let document = Document {
        body: vec![Block::Paragraph(paragraph)],
        resources,
        ..Document::default()
    };
    let (_, _, told) = pages(&document);
    assert_eq!(
        told,
        ["loss[image-dropped]: an image was left out: it is damaged"]
    );
}

#[test]
fn a_note_that_names_itself_ends() {
    let reference = || Inline::NoteRef(NoteRef { note: "n".into() });
    let paragraph = |inline| {
        Block::Paragraph(Paragraph {
            content: vec![Inline::text("a", tabulary_ir::Marks::NONE), inline],
            ..Paragraph::default()
        })
    };
    let note = Note {
        blocks: vec![paragraph(reference())],
        id: "n".into(),
        ..Note::default()
    };
    let document = Document {
        body: vec![paragraph(reference())],
        notes: vec![note],
        ..Document::default()
    };
    assert_eq!(pages(&document).0, 1);
}

#[test]
fn the_same_document_is_the_same_bytes_in_any_thread() {
    let document = document(vec![
        Block::heading(1, "一、总体情况"),
        grid(30, 5, "数 12", 1),
    ]);
    let first = pages(&document).1;
    let others = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..2).map(|_| scope.spawn(|| pages(&document).1)).collect();
        threads
            .into_iter()
            .map(|thread| thread.join().expect("a PDF"))
            .collect::<Vec<_>>()
    });
    assert!(others.iter().all(|other| *other == first));
}

#[test]
fn sections_have_pages_columns_and_headers() {
    let paper = PageSetup {
        columns: None,
        height: Points::new(300.0),
        margins: [Points::new(50.0); 4],
        width: Points::new(400.0),
    };
    let columns = TextColumns {
        count: 2,
        gap: Points::new(20.0),
        ruled: false,
    };
    let lines = |count| vec![Block::paragraph("line"); count];
    let mut broken = lines(1);
    broken.push(Block::PageBreak(PageBreak {
        column: true,
        ..PageBreak::default()
    }));
    broken.extend(lines(1));
    let section = |body, continuous, columns| Section {
        body,
        continuous,
        page: Some(PageSetup { columns, ..paper }),
        ..Section::default()
    };
    let mut sheet = document(vec![
        Block::paragraph("above"),
        Block::Section(section(broken, true, Some(columns))),
        Block::paragraph("below"),
    ]);
    sheet.page = Some(paper);
    let (count, _, told) = pages(&sheet);
    assert_eq!((count, told.as_slice()), (1, &[][..]));

    let mut other = section(lines(1), false, Some(columns));
    other.headers = vec![Furniture {
        blocks: lines(1),
        ..Furniture::default()
    }];
    sheet.body.push(Block::Section(other));
    assert_eq!(pages(&sheet).0, 2);

    // In two columns twice as many lines stand on a page.
    let in_columns = |columns| {
        let mut sheet = document(lines(60));
        sheet.page = Some(PageSetup { columns, ..paper });
        pages(&sheet).0
    };
    assert!(in_columns(Some(columns)) * 2 <= in_columns(None) + 1);
}

#[test]
fn text_from_right_to_left_is_laid_out() {
    let mut builder = TableBuilder::new().rtl(true);
    builder.place(Cell::text("1"));
    let table = builder.finish(&mut Diagnostics::new());
    let paragraph = Paragraph {
        style: ParagraphStyle {
            indent: Some(Points::new(20.0)),
            rtl: true,
            ..ParagraphStyle::default()
        },
        ..Paragraph::plain("12 (a)")
    };
    let ltr = document(vec![Block::paragraph("12 (a)"), grid(1, 1, "1", 0)]);
    let rtl = document(vec![
        Block::Paragraph(paragraph),
        Block::Table(Box::new(table)),
    ]);
    let ((_, rtl, told), (_, ltr, _)) = (pages(&rtl), pages(&ltr));
    assert!(told.is_empty() && rtl != ltr, "{told:?}");
}
