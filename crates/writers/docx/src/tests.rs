mod equations;
mod publish;
mod sections;
mod structure;

use docx_rs::{
    DocumentChild, ParagraphChild, RunChild, TableCellContent, TableChild, TableRowChild,
};
use expect_test::{Expect, expect};
use tabulary_ir::{
    Diagnostic, Document, ErrorKind, Input, Limits, ReadOptions, Reader, WriteOptions, Writer, json,
};
use tabulary_package::Package;
use tabulary_read_docx::DocxReader;

use super::*;

/// A document of nearly everything that the model can say.
const EVERYTHING: &str = include_str!("../tests/everything.json");

fn parse(text: &str) -> Document {
    let read = json::from_slice(text.as_bytes(), &ReadOptions::default()).expect("a document");
    assert!(read.diagnostics.is_empty(), "{:?}", read.diagnostics);
    read.value
}

fn body(blocks: &str) -> Document {
    parse(&format!(r#"{{"body":[{blocks}],"tabulary":"document/1"}}"#))
}

fn write(document: &Document) -> (Vec<u8>, Vec<Diagnostic>) {
    let mut bytes = Vec::new();
    let outcome = DocxWriter
        .write(document, &mut bytes, &WriteOptions::default())
        .expect("a document can be written");
    (bytes, outcome.diagnostics)
}

fn part(bytes: &[u8], name: &str) -> String {
    let budget = ReadOptions::default().budget();
    let mut package = Package::open(bytes, &budget).expect("a package");
    String::from_utf8(package.read(name).expect("the part is there")).expect("XML is UTF-8")
}

fn back(bytes: &[u8]) -> Document {
    let outcome = DocxReader
        .read(Input::new(bytes), &ReadOptions::default())
        .expect("what was written can be read");
    let mut document = outcome.value;
    document.strip_origins();
    document
}

fn comes_back(document: &Document) {
    let (bytes, _) = write(document);
    let read = back(&bytes);
    let (read, wanted) = (json::to_string(&read), json::to_string(document));
    let mut places = read.chars().zip(wanted.chars());
    let same = places.position(|(a, b)| a != b);
    let from = same.unwrap_or_default().saturating_sub(60);
    let near = |text: &str| text.chars().skip(from).take(160).collect::<String>();
    assert_eq!(near(&read), near(&wanted));
    assert!(read == wanted, "the one is the start of the other");
}

fn check_body(blocks: &str, wanted: &Expect) {
    let (bytes, _) = write(&body(blocks));
    let main = part(&bytes, "word/document.xml");
    let start = main.find("<w:body>").expect("a body") + "<w:body>".len();
    let end = main.find("<w:sectPr>").expect("a section");
    let lines = main[start..end]
        .replace("<w:p>", "\n<w:p>")
        .replace("<w:tr>", "\n<w:tr>");
    wanted.assert_eq(&format!("{}\n", lines.trim()));
}

fn check_problems(blocks: &str, wanted: &Expect) {
    let (_, diagnostics) = write(&body(blocks));
    let lines = diagnostics.iter().map(|d| format!("{d}\n"));
    wanted.assert_eq(&lines.collect::<String>());
}

#[test]
fn paragraphs_and_marks() {
    check_body(
        r#"{"content":[{"text":" a","type":"text"},{"marks":["bold","superscript"],"text":"b","type":"text"},{"type":"tab"},{"type":"line_break"}],"type":"paragraph"},
           {"content":[{"text":"“中”","type":"text"}],"style":{"align":"right","first_line":-10,"indent":20},"type":"paragraph"},
           {"content":[{"text":"Part","type":"text"}],"label":"1.","level":2,"type":"heading"}"#,
        &expect![[r#"
            <w:p><w:r><w:t xml:space="preserve"> a</w:t></w:r><w:r><w:rPr><w:b/><w:vertAlign w:val="superscript"/></w:rPr><w:t>b</w:t></w:r><w:r><w:rPr><w:b/><w:vertAlign w:val="superscript"/></w:rPr><w:tab/></w:r><w:r><w:rPr><w:b/><w:vertAlign w:val="superscript"/></w:rPr><w:br/></w:r></w:p>
            <w:p><w:pPr><w:ind w:left="400" w:hanging="200"/><w:jc w:val="right"/></w:pPr><w:r><w:rPr><w:rFonts w:hint="eastAsia"/></w:rPr><w:t>“中”</w:t></w:r></w:p>
            <w:p><w:pPr><w:pStyle w:val="Heading2"/><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr><w:r><w:t>Part</w:t></w:r></w:p>
        "#]],
    );
}

#[test]
fn tables_with_spans() {
    check_body(
        r#"{"cells":[{"col":0,"row":0,"row_span":2,"text":"a"},{"col":1,"col_span":2,"row":0,"text":"b"},{"col":1,"row":1,"text":"7.5%","value":{"number":"0.075"}}],"columns":[{},{},{}],"header_rows":1,"rows":2,"type":"table"}"#,
        &expect![[r#"
            <w:tbl><w:tblPr><w:tblStyle w:val="ReportTable"/><w:tblW w:w="9026" w:type="dxa"/><w:jc w:val="center"/><w:tblLayout w:type="autofit"/><w:tblLook w:val="0620" w:firstRow="1" w:lastRow="0" w:firstColumn="0" w:lastColumn="0" w:noHBand="1" w:noVBand="1"/></w:tblPr><w:tblGrid><w:gridCol w:w="2530"/><w:gridCol w:w="3965"/><w:gridCol w:w="2531"/></w:tblGrid>
            <w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr><w:tc><w:tcPr><w:tcW w:w="2530" w:type="dxa"/><w:vMerge w:val="restart"/></w:tcPr>
            <w:p><w:pPr><w:pStyle w:val="TableHeading"/></w:pPr><w:r><w:t>a</w:t></w:r></w:p></w:tc><w:tc><w:tcPr><w:tcW w:w="6496" w:type="dxa"/><w:gridSpan w:val="2"/></w:tcPr>
            <w:p><w:pPr><w:pStyle w:val="TableHeading"/></w:pPr><w:r><w:t>b</w:t></w:r></w:p></w:tc></w:tr>
            <w:tr><w:trPr><w:cantSplit/></w:trPr><w:tc><w:tcPr><w:tcW w:w="2530" w:type="dxa"/><w:vMerge/></w:tcPr>
            <w:p><w:pPr><w:pStyle w:val="TableText"/></w:pPr></w:p></w:tc><w:tc><w:tcPr><w:tcW w:w="3965" w:type="dxa"/></w:tcPr>
            <w:p><w:pPr><w:pStyle w:val="TableCentre"/></w:pPr><w:bookmarkStart w:id="0" w:name="_Cell1"/><w:r><w:t>7.5%</w:t></w:r><w:bookmarkEnd w:id="0"/></w:p></w:tc><w:tc><w:tcPr><w:tcW w:w="2531" w:type="dxa"/></w:tcPr>
            <w:p><w:pPr><w:pStyle w:val="TableText"/></w:pPr></w:p></w:tc></w:tr></w:tbl>
            <w:p><w:pPr><w:pStyle w:val="TableSeparator"/></w:pPr></w:p>
        "#]],
    );
}

#[test]
fn what_word_cannot_say_is_told() {
    check_problems(
        r#"{"content":[{"text":"a\u0001","type":"text"},{"content":[{"text":"x","type":"text"}],"instruction":"DDEAUTO c","type":"field"},{"alt":"a map","type":"image"},{"note":"n9","type":"note_ref"}],"type":"paragraph"},
           {"language":"rust","text":"fn","type":"code"},
           {"text":"\\frac{1}{2}","type":"math"},
           {"cells":[],"columns":[],"rows":0,"type":"table"},
           {"body":[],"hidden":true,"kind":"sheet","name":"h","type":"section"},
           {"items":[{"blocks":[{"cells":[],"columns":[{}],"rows":1,"type":"table"}]}],"ordered":false,"type":"list"}"#,
        &expect![[r#"
            loss[character-dropped]: the character U+0001 cannot stand in XML and was left out
            loss[content-skipped]: the instruction of the field DDEAUTO was left out; its result stands
            loss[image-dropped]: an image without bytes cannot stand in a Word document; its description stands
            repair[reference-missing]: the note "n9" is not there; its reference was left out
            loss[style-dropped]: the language "rust" of a piece of code was left out
            loss[math-as-text]: the formula "\\frac{1}{2}" was written as one line of text
            loss[block-dropped]: a table without rows or columns was left out
            loss[block-dropped]: the hidden section "h" was left out
            loss[style-dropped]: a block inside of a list item stands behind the item
        "#]],
    );
}

#[test]
fn everything_comes_back() {
    comes_back(&parse(EVERYTHING));
}

#[test]
fn the_same_document_gives_the_same_bytes() {
    let document = parse(EVERYTHING);
    assert_eq!(write(&document).0, write(&document).0);
}

#[test]
fn labels_come_back_whatever_they_are() {
    for labels in [
        &["1.", "2.", "3."][..],
        &["（一）", "（二）"],
        &["3)", "4)"],
        &["1.1", "1.2"],
        &["①", "②"],
        &["a.", "c.", "b."],
        &["注1：", "*", "100%", " x "],
        &["第十条", "第十一条"],
    ] {
        let items: Vec<_> = labels
            .iter()
            .map(|label| {
                format!(
                    r#"{{"blocks":[{{"content":[{{"text":"t","type":"text"}}],"type":"paragraph"}}],"label":{label:?}}}"#
                )
            })
            .collect();
        let items = items.join(",");
        comes_back(&body(&format!(
            r#"{{"items":[{items}],"ordered":true,"type":"list"}}"#
        )));
    }
}

#[test]
fn a_value_that_was_changed_does_not_count() {
    let document = body(
        r#"{"cells":[{"col":0,"format":"0.0%","row":0,"text":"7.5%","value":{"number":"0.075"}}],"columns":[{}],"rows":1,"type":"table"}"#,
    );
    let (bytes, _) = write(&document);
    let budget = ReadOptions::default().budget();
    let mut package = Package::open(&bytes, &budget).expect("a package");
    let mut edited = tabulary_package::PackageWriter::new();
    for name in package.names().to_vec() {
        let bytes = package.read(&name).expect("a part");
        if name == "word/document.xml" {
            let text = String::from_utf8(bytes).expect("XML is UTF-8");
            edited.part(
                &name,
                package.content_type(&name),
                text.replace("7.5%", "8%"),
            );
        } else if name != "[Content_Types].xml" {
            edited.part(&name, package.content_type(&name), bytes);
        }
    }
    let mut bytes = Vec::new();
    edited.finish(&mut bytes).expect("a Vec takes all bytes");
    let outcome = DocxReader
        .read(Input::new(&bytes), &ReadOptions::default())
        .expect("a document");
    let tables = outcome.value.tables();
    let cell = &tables[0].cells()[0];
    assert_eq!((cell.plain_text().as_str(), &cell.value), ("8%", &None));
    let told: Vec<_> = outcome
        .diagnostics
        .iter()
        .map(|d| d.code.as_str())
        .collect();
    assert_eq!(told, ["value-invalid"]);
}

#[test]
fn too_deep_a_document_is_refused() {
    let mut blocks = String::from(r#"{"content":[],"type":"paragraph"}"#);
    for _ in 0..40 {
        blocks = format!(r#"{{"blocks":[{blocks}],"type":"quote"}}"#);
    }
    let document = body(&blocks);
    let limits = Limits {
        block_depth: 20,
        ..Limits::default()
    };
    let options = WriteOptions {
        limits,
        ..WriteOptions::default()
    };
    let error = DocxWriter
        .write(&document, &mut Vec::new(), &options)
        .expect_err("the limit is passed");
    assert_eq!(error.kind(), ErrorKind::Limit);
}

/// The texts of paragraphs as docx-rs reads them, those of tables behind a bar.
fn as_docx_rs_reads(bytes: &[u8]) -> Vec<String> {
    let read = docx_rs::read_docx(bytes).expect("docx-rs reads it");
    let mut lines = Vec::new();
    for child in &read.document.children {
        match child {
            DocumentChild::Paragraph(paragraph) => lines.push(paragraph_text(paragraph)),
            DocumentChild::Table(table) => table_lines(table, &mut lines),
            _ => {}
        }
    }
    lines
}

fn paragraph_text(paragraph: &docx_rs::Paragraph) -> String {
    let mut text = String::new();
    let mut run_text = |run: &docx_rs::Run| {
        for child in &run.children {
            if let RunChild::Text(piece) = child {
                text.push_str(&piece.text);
            }
        }
    };
    for child in &paragraph.children {
        match child {
            ParagraphChild::Run(run) => run_text(run),
            ParagraphChild::Hyperlink(link) => {
                for child in &link.children {
                    if let ParagraphChild::Run(run) = child {
                        run_text(run);
                    }
                }
            }
            _ => {}
        }
    }
    text
}

fn table_lines(table: &docx_rs::Table, lines: &mut Vec<String>) {
    for TableChild::TableRow(row) in &table.rows {
        let cells = row.cells.iter().map(|TableRowChild::TableCell(cell)| {
            let texts = cell.children.iter().filter_map(|content| match content {
                TableCellContent::Paragraph(paragraph) => Some(paragraph_text(paragraph)),
                _ => None,
            });
            texts.collect::<Vec<_>>().join("/")
        });
        lines.push(format!("| {}", cells.collect::<Vec<_>>().join(" | ")));
    }
}

#[test]
fn an_independent_reader_sees_text_and_tables() {
    let document = body(
        r#"{"content":[{"text":"一、总体情况","type":"text"}],"level":1,"type":"heading"},
           {"content":[{"text":"see ","type":"text"},{"content":[{"text":"there","type":"text"}],"href":"http://a.example/","type":"link"}],"type":"paragraph"},
           {"cells":[{"col":0,"col_span":2,"row":0,"text":"收入"},{"col":0,"row":1,"text":"7","value":{"number":"7"}},{"blocks":[{"content":[{"text":"x","type":"text"}],"type":"paragraph"},{"content":[{"text":"y","type":"text"}],"type":"paragraph"}],"col":1,"row":1}],"columns":[{},{}],"rows":2,"type":"table"},
           {"cells":[{"col":0,"row":0,"text":"z"}],"columns":[{}],"rows":1,"type":"table"}"#,
    );
    let (bytes, _) = write(&document);
    expect![[r#"
        [
            "一、总体情况",
            "see there",
            "| 收入",
            "| 7 | x/y",
            "",
            "| z",
            "",
        ]
    "#]]
    .assert_debug_eq(&as_docx_rs_reads(&bytes));
}
