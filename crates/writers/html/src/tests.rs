use expect_test::expect;
use tabulary_ir::{
    Block, Code, Document, Inline, Input, Link, ReadOptions, Reader, WriteOptions, Writer, json,
};
use tabulary_read_html::HtmlReader;

use crate::HtmlWriter;

#[path = "../../../markup/testing/arbitrary.rs"]
mod arbitrary;

fn written(document: &Document) -> String {
    let mut page = Vec::new();
    HtmlWriter
        .write(document, &mut page, &WriteOptions::default())
        .expect("the page is written");
    String::from_utf8(page).expect("the page is UTF-8")
}

fn read(page: &str) -> Document {
    let options = ReadOptions::default();
    let outcome = HtmlReader.read(Input::new(page.as_bytes()), &options);
    let mut document = outcome.expect("the page is read").value;
    document.strip_origins();
    document
}

/// Where two texts begin to differ, with what stands around.
fn difference(a: &str, b: &str) -> String {
    let same = a.bytes().zip(b.bytes()).take_while(|(x, y)| x == y).count();
    let window = |text: &str| {
        let start = text.floor_char_boundary(same.saturating_sub(200));
        let end = text.ceil_char_boundary((same + 200).min(text.len()));
        text[start..end].to_owned()
    };
    format!("wanted …{}…\nfound  …{}…", window(a), window(b))
}

#[test]
fn what_is_written_reads_back() {
    let mut failed: Option<(usize, String)> = None;
    for seed in 0..2000 {
        let document = arbitrary::document(seed, arbitrary::Can { all: true });
        let page = written(&document);
        let back = read(&page);
        if back != document {
            let (a, b) = (json::to_string(&document), json::to_string(&back));
            let message = format!("seed {seed}\n{}", difference(&a, &b));
            if failed.as_ref().is_none_or(|(length, _)| *length > a.len()) {
                failed = Some((a.len(), message));
            }
        }
    }
    assert!(
        failed.is_none(),
        "{}",
        failed.map_or(String::new(), |(_, message)| message)
    );
}

#[test]
fn a_page_is_whole_and_semantic() {
    let text = r#"{"tabulary":"document/1","meta":{"title":"标题 <&>","language":"zh-CN","fields":{"文号":""}},
        "body":[{"type":"section","kind":"sheet","name":"表一","body":[{"type":"table","rows":2,"columns":[{"width":72},{}],"header_rows":1,"header_columns":1,
        "cells":[{"row":0,"col":0,"col_span":2,"text":"头"},{"row":1,"col":0,"text":"a  b"},{"row":1,"col":1,"text":"7.5%","value":{"number":"0.075"},"format":"0.0%","formula":"A1/2"}]}]},
        {"type":"list","ordered":true,"items":[{"label":"c.","blocks":[]},{"label":"d.","blocks":[]}]},
        {"type":"paragraph","label":"1.","style":{"align":"center","first_line":24},"content":[{"type":"text","text":"x"},{"type":"line_break"}]}]}"#;
    let document = json::from_slice(text.as_bytes(), &ReadOptions::default());
    let page = written(&document.expect("the text is a document").value);
    let body = page.split("<body>").nth(1).unwrap_or_default();
    expect![[r#"

        <div data-tabulary="head">
        <p data-tabulary="title">标题 &lt;&amp;&gt;</p>
        <dl data-tabulary="fields">
        <div><dt>文号</dt><dd></dd></div>
        </dl>
        </div>
        <section data-kind="sheet" data-name="表一"><p data-tabulary="name">表一</p>
        <table data-header-columns="1">
        <colgroup><col style="width:72pt"><col></colgroup>
        <thead>
        <tr><th scope="colgroup" colspan="2">头</th></tr>
        </thead>
        <tbody>
        <tr><th scope="row"><span style="white-space:pre-wrap">a  b</span></th><td data-type="number" data-value="0.075" data-format="0.0%" data-formula="A1/2">7.5%</td></tr>
        </tbody>
        </table>
        </section>
        <ol type="a" start="3">
        <li></li>
        <li></li>
        </ol>
        <p style="text-align:center;text-indent:24pt"><span data-tabulary="label">1.</span> x<br><br></p>
        </body>
        </html>
    "#]].assert_eq(body);
    assert!(
        page.starts_with(
            "<!DOCTYPE html>\n<html lang=\"zh-CN\">\n<head>\n<meta charset=\"utf-8\">"
        )
    );
    assert!(page.contains("<title>标题 &lt;&amp;&gt;</title>"));
}

#[test]
fn what_cannot_stand_in_a_page_is_told() {
    let link = Inline::Link(Link {
        content: vec![Inline::text("go\u{2}", Default::default())],
        href: " JavaScript:alert(1)".to_owned(),
    });
    let mut document = Document {
        body: vec![Block::paragraph("")],
        ..Document::default()
    };
    if let Some(Block::Paragraph(paragraph)) = document.body.first_mut() {
        paragraph.content.push(link);
    }
    let mut page = Vec::new();
    let outcome = HtmlWriter.write(&document, &mut page, &WriteOptions::default());
    let codes: Vec<Code> = outcome
        .expect("the page is written")
        .diagnostics
        .iter()
        .map(|diagnostic| diagnostic.code)
        .collect();
    assert_eq!(codes, [Code::LinkDropped, Code::CharacterDropped]);
    let page = String::from_utf8(page).expect("the page is UTF-8");
    assert!(!page.to_lowercase().contains("javascript"));
}

#[test]
fn the_same_document_gives_the_same_bytes() {
    let document = arbitrary::document(42, arbitrary::Can { all: true });
    assert_eq!(written(&document), written(&document));
}
