//! Documents laid out: what is told, and that nothing in a text is taken for markup.

use tabulary_ir::{
    Block, Budget, Cancel, Cell, Diagnostics, Document, ErrorKind, Image, Inline, Limits, Note,
    NoteRef, Paragraph, Resources, TableBuilder,
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
    let outcome = lay_out(document, &[], &budget()).expect("pages");
    let pdf = outcome.value.to_pdf().expect("a PDF");
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
    ];
    let mut body: Vec<Block> = hostile.iter().map(|text| Block::paragraph(text)).collect();
    body.extend(hostile.iter().map(|text| Block::heading(1, text)));
    body.extend(hostile.iter().map(|text| grid(2, 2, text, 1)));
    let mut hostile_meta = document(body);
    hostile_meta.meta.title = Some("#panic()".to_owned());
    hostile_meta.meta.fields.set("#a", "#b");
    let (count, pdf, _) = pages(&hostile_meta);
    assert!(count >= 1 && pdf.starts_with(b"%PDF-1.7"));
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
        &[],
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
