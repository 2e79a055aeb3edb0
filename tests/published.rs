//! PDFs as they are published: what they keep, what they carry, and that no table loses anything on paper.

mod support;

use support::{read_file, seed_report};
use tabulary::ir::{
    Block, Cell, Code, Diagnostic, Diagnostics, Document, ErrorKind, Feature, Inline, Mark, Marks,
    Note, NoteKind, NoteRef, PageStandard, Paragraph, ParagraphStyle, PublicationStyle, Support,
    TableBuilder, block_text,
};
use tabulary::{Options, convert_bytes, formats, read_bytes, view_pages, write_bytes};

/// A document as a PDF that does not carry it, and what the reader makes of its pages.
fn on_paper(document: &Document, options: &Options) -> (Vec<u8>, Document, Vec<String>) {
    let mut options = options.clone();
    options.write.embed = false;
    let written = write_bytes(document, "pdf", &options.write).expect("a PDF");
    let told = written.diagnostics.iter().map(ToString::to_string);
    let told = told.collect();
    let back = read_bytes(&written.value, None, &options).expect("a document");
    (written.value, back.value, told)
}

fn styled(style: PublicationStyle) -> Options {
    let mut options = Options::default();
    options.write.style = style;
    options
}

/// Letters and digits, in order of their codes: the layout changes the rest.
fn letters(document: &Document) -> String {
    let mut letters: Vec<char> = document
        .body
        .iter()
        .flat_map(|block| block_text(block).chars().collect::<Vec<_>>())
        .filter(|c| c.is_alphanumeric())
        .collect();
    letters.sort_unstable();
    letters.into_iter().collect()
}

fn table(builder: TableBuilder) -> Document {
    let table = builder.finish(&mut Diagnostics::new());
    Document {
        body: vec![Block::Table(Box::new(table))],
        ..Document::default()
    }
}

#[test]
fn the_report_is_whole_in_every_style() {
    let report = read_file(&seed_report()).value;
    for style in [
        PublicationStyle::Gongwen,
        PublicationStyle::Plain,
        PublicationStyle::Report,
    ] {
        let (_, back, _) = on_paper(&report, &styled(style));
        let texts = |document: &Document| {
            let tables = document.tables().into_iter();
            tables.map(|table| table.cells().len()).collect::<Vec<_>>()
        };
        assert_eq!(texts(&back), texts(&report), "{style:?}");
        let missing = |wanted: &str, found: &str| {
            let mut found: Vec<char> = found.chars().collect();
            wanted
                .chars()
                .filter(|c| match found.binary_search(c) {
                    Ok(at) => {
                        found.remove(at);
                        false
                    }
                    Err(_) => true,
                })
                .collect::<String>()
        };
        assert_eq!(missing(&letters(&report), &letters(&back)), "", "{style:?}");
    }
}

#[test]
fn what_was_laid_out_before_changes_no_byte() {
    let report = read_file(&seed_report()).value;
    let mut other = report.clone();
    other.meta.title = Some("another title".into());
    other.body.truncate(other.body.len() / 2);
    let options = Options::default();
    let write = |document: &Document| {
        let written = write_bytes(document, "pdf", &options.write);
        written.expect("a PDF").value
    };
    let (first, second) = (write(&report), write(&other));
    assert!(first != second);
    assert!(write(&report) == first && write(&other) == second);
}

/// How many letters each line has that is set in type of that size.
fn lines_of(pdf: &[u8], size: &str) -> Vec<usize> {
    let view = view_pages(pdf, None, &Options::default()).expect("a view");
    let mut lines: Vec<(String, usize)> = Vec::new();
    for glyph in view.lines().filter(|line| line.starts_with("<text")) {
        let value = |key: &str| {
            let start = glyph.find(key).expect("the key") + key.len();
            glyph[start..]
                .split('"')
                .next()
                .unwrap_or_default()
                .to_owned()
        };
        if value("font-size=\"") != size {
            continue;
        }
        let place = value(" y=\"");
        match lines.last_mut() {
            Some((last, count)) if *last == place => *count += 1,
            _ => lines.push((place, 1)),
        }
    }
    lines.into_iter().map(|(_, count)| count).collect()
}

#[test]
fn the_title_on_a_cover_has_lines_of_one_length() {
    let mut options = styled(PublicationStyle::Report);
    options.write.embed = false;
    for (letters, wanted) in [(10, 1), (17, 2), (18, 2), (33, 3)] {
        let mut document = Document::default();
        document.meta.title = Some("公".repeat(letters));
        document.meta.language = Some("zh-CN".into());
        let pdf = write_bytes(&document, "pdf", &options.write).expect("a PDF");
        let lines = lines_of(&pdf.value, "28.0");
        assert_eq!(lines.len(), wanted, "{letters}: {lines:?}");
        let (least, most) = (lines.iter().min(), lines.iter().max());
        let differ = most.unwrap_or(&0) - least.unwrap_or(&0);
        assert!(differ <= wanted, "{letters}: {lines:?}");
    }
}

#[test]
fn a_table_of_forty_columns_loses_nothing() {
    let mut builder = TableBuilder::new().headers(1, 1);
    for row in 0..6 {
        for col in 0..40 {
            builder.place(Cell::text(format!("r{row}c{col}value")).at(row, col));
        }
    }
    let document = table(builder);
    let (_, back, told) = on_paper(&document, &styled(PublicationStyle::Plain));
    assert!(
        told.iter()
            .any(|one| one.contains("parts, one below another")),
        "{told:?}"
    );
    let found: String = back
        .body
        .iter()
        .map(block_text)
        .collect::<Vec<_>>()
        .join(" ");
    for row in 0..6 {
        for col in 0..40 {
            let wanted = format!("r{row}c{col}value");
            assert!(found.contains(&wanted), "{wanted} in {found}");
        }
    }
}

#[test]
fn a_long_span_and_a_long_cell_lose_nothing() {
    let mut builder = TableBuilder::new();
    builder.place(Cell::text("all of it").spanning(200, 1));
    for row in 0..200 {
        builder.place(Cell::text(format!("row{row}")).at(row, 1));
    }
    let document = table(builder);
    let (_, back, _) = on_paper(&document, &styled(PublicationStyle::Plain));
    let found: String = back
        .body
        .iter()
        .map(block_text)
        .collect::<Vec<_>>()
        .join(" ");
    assert!((0..200).all(|row| found.contains(&format!("row{row}"))));

    let long: String = (0..1000).map(|at| format!("w{at:03} ")).collect();
    let mut builder = TableBuilder::new();
    builder.place(Cell::text(long.trim()));
    builder.place(Cell::text("beside").at(0, 1));
    let document = table(builder);
    let (_, back, _) = on_paper(&document, &styled(PublicationStyle::Plain));
    assert_eq!(letters(&back), letters(&document));
}

#[test]
fn a_pdf_that_carries_its_document_is_for_archives() {
    let report = read_file(&seed_report()).value;
    let options = Options::default();
    let pdf = write_bytes(&report, "pdf", &options.write).expect("a PDF");
    let text = String::from_utf8_lossy(&pdf.value).into_owned();
    assert!(text.contains("<pdfaid:part>3</pdfaid:part>"));
    assert!(text.contains("/AFRelationship/Data"));

    let unknown = Document {
        body: vec![Block::paragraph("\u{E000}")],
        ..Document::default()
    };
    let pdf = write_bytes(&unknown, "pdf", &options.write).expect("a PDF");
    let told: Vec<_> = pdf.diagnostics.iter().map(ToString::to_string).collect();
    assert_eq!(
        told,
        [
            "/body/0: loss[glyph-missing]: no font has a glyph for \u{E000} U+E000; give a font that has them with \
             --font-path; the PDF is none for archives (PDF/A) without them"
        ]
    );
    assert!(!String::from_utf8_lossy(&pdf.value).contains("pdfaid"));
}

fn paragraph(content: Vec<Inline>) -> Block {
    Block::Paragraph(Paragraph {
        content,
        ..Paragraph::default()
    })
}

fn text(text: &str) -> Inline {
    Inline::text(text, Marks::NONE)
}

#[test]
fn hidden_text_is_published_only_where_it_is_asked_for() {
    let hidden = Inline::text("secret", Marks::NONE.with(Mark::Hidden));
    let document = Document {
        body: vec![paragraph(vec![text("seen "), hidden])],
        ..Document::default()
    };
    let mut options = styled(PublicationStyle::Plain);
    let (pdf, back, told) = on_paper(&document, &options);
    assert_eq!(letters(&back), "eens");
    assert_eq!(
        told,
        ["loss[hidden-dropped]: hidden text was left out, 6 characters"]
    );
    let carried = write_bytes(&document, "pdf", &options.write).expect("a PDF");
    assert!(carried.value.len() > pdf.len());
    let carried = read_bytes(&carried.value, None, &options).expect("a document");
    assert_eq!(letters(&carried.value), "eens");
    options.write.hidden = true;
    let (_, back, told) = on_paper(&document, &options);
    assert_eq!(letters(&back).len(), "seensecret".len());
    assert_eq!(told, [""; 0]);
}

#[test]
fn formats_that_mark_hidden_text_keep_it() {
    let hidden = Inline::text("secret", Marks::NONE.with(Mark::Hidden));
    let document = Document {
        body: vec![paragraph(vec![text("seen "), hidden])],
        ..Document::default()
    };
    for row in formats() {
        let Some(writer) = row.writer else { continue };
        let marks = writer.capabilities().support(Feature::HiddenText);
        let Ok(written) = write_bytes(&document, row.format.id, &Options::default().write) else {
            continue;
        };
        let dropped = |one: &Diagnostic| one.code == Code::HiddenDropped;
        let told = written.diagnostics.iter().any(dropped);
        assert_eq!(told, marks == Support::None, "{}", row.format.id);
    }
}

#[test]
fn comments_are_printed_only_where_it_is_asked_for() {
    let reference = Inline::NoteRef(NoteRef { note: "c1".into() });
    let comment = |id: &str, says: &str| Note {
        blocks: vec![paragraph(vec![text(says)])],
        id: id.into(),
        kind: NoteKind::Comment,
        label: Some("Reviewer".into()),
    };
    let document = Document {
        body: vec![paragraph(vec![text("text"), reference])],
        notes: vec![comment("c1", "wrong"), comment("c2", "unclear")],
        ..Document::default()
    };
    let mut options = styled(PublicationStyle::Plain);
    let (_, back, told) = on_paper(&document, &options);
    assert_eq!(letters(&back), "ettx");
    assert_eq!(told, ["loss[note-moved]: 2 comments were left out"]);
    let carried = write_bytes(&document, "pdf", &options.write).expect("a PDF");
    let carried = read_bytes(&carried.value, None, &options).expect("a document");
    assert!(carried.value.notes.is_empty());

    options.write.comments = true;
    let (_, back, told) = on_paper(&document, &options);
    let texts: Vec<_> = back.body.iter().map(block_text).collect();
    let all = texts.join("|");
    for part in ["[1]", "Comments", "Reviewer", "wrong", "[2]", "unclear"] {
        assert!(all.contains(part), "{part} in {all}");
    }
    assert_eq!(told, [""; 0]);
}

#[test]
fn arabic_and_hebrew_have_their_letters() {
    let lines = ["تقرير سنوي عن الشفافية ٢٠٢٦", "דין וחשבון שנתי"];
    let rtl = |line: &str| {
        let style = ParagraphStyle {
            rtl: true,
            ..ParagraphStyle::default()
        };
        Block::Paragraph(Paragraph {
            content: vec![text(line)],
            style,
            ..Paragraph::default()
        })
    };
    let document = Document {
        body: lines.iter().map(|line| rtl(line)).collect(),
        ..Document::default()
    };
    for style in [PublicationStyle::Plain, PublicationStyle::Gongwen] {
        let (_, back, told) = on_paper(&document, &styled(style));
        assert!(
            !told.iter().any(|one| one.contains("glyph-missing")),
            "{told:?}"
        );
        assert_eq!(letters(&back), letters(&document));
    }
}

#[test]
fn a_standard_without_attached_files_leaves_the_document_out() {
    let report = read_file(&seed_report()).value;
    let mut options = Options::default();
    options.write.standards = vec![PageStandard::A2b];
    let pdf = write_bytes(&report, "pdf", &options.write).expect("a PDF");
    assert!(
        pdf.diagnostics
            .iter()
            .any(|one| one.code == Code::DocumentNotCarried)
    );
    assert!(!String::from_utf8_lossy(&pdf.value).contains("/EmbeddedFiles"));

    options.write.standards = vec![PageStandard::A4f];
    options.write.embed = false;
    let error = write_bytes(&report, "pdf", &options.write).expect_err("no file is attached");
    assert_eq!(error.kind(), ErrorKind::Caller);
}

#[test]
fn the_source_goes_along_where_it_is_asked_for() {
    let source = "# One\n\ntext\n";
    let mut options = Options {
        to: Some("pdf".into()),
        attach_source: true,
        ..Options::default()
    };
    let name = Some("报告.md");
    let (pdf, _) = convert_bytes(source.as_bytes(), name, &options).expect("a PDF");
    let text = String::from_utf8_lossy(&pdf).into_owned();
    assert!(text.contains("/AFRelationship/Source") && text.contains("/Subtype/text#2Fmarkdown"));
    let back = read_bytes(&pdf, None, &Options::default()).expect("a document");
    let own = read_bytes(source.as_bytes(), name, &Options::default()).expect("a document");
    assert_eq!(back.value.body.len(), own.value.body.len());

    options.write.standards = vec![PageStandard::A2b];
    let error = convert_bytes(source.as_bytes(), name, &options).expect_err("no attached files");
    assert_eq!(error.kind(), ErrorKind::Caller);
}

#[test]
fn every_standard_gives_the_same_bytes_again() {
    let report = read_file(&seed_report()).value;
    for standard in PageStandard::ALL {
        let mut options = Options::default();
        options.write.standards = vec![standard];
        let write = || {
            write_bytes(&report, "pdf", &options.write)
                .expect("a PDF")
                .value
        };
        assert!(write() == write(), "{}", standard.as_str());
    }
}
