use expect_test::{Expect, expect};
use tabulary_ir::{
    Block, Document, ErrorKind, Input, ReadOptions, Reader, WriteOptions, Writer, json,
};
use tabulary_read_text::{CsvReader, MarkdownReader};

use crate::{CsvWriter, MarkdownWriter, PlainTextWriter, TsvWriter};

#[path = "../../../markup/testing/arbitrary.rs"]
mod arbitrary;

fn written(document: &Document) -> String {
    let mut text = Vec::new();
    MarkdownWriter
        .write(document, &mut text, &WriteOptions::default())
        .expect("the text is written");
    String::from_utf8(text).expect("the text is UTF-8")
}

fn read(text: &str) -> Document {
    let options = ReadOptions::default();
    let outcome = MarkdownReader.read(Input::new(text.as_bytes()), &options);
    let mut document = outcome.expect("the text is read").value;
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
    for seed in 0..1500 {
        let mut document = arbitrary::document(seed, arbitrary::Can { all: false });
        let text = written(&document);
        let mut back = read(&text);
        // The reader sorts notes by their first reference.
        document.notes.sort_by(|a, b| a.id.cmp(&b.id));
        back.notes.sort_by(|a, b| a.id.cmp(&b.id));
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
fn a_note_of_a_table_in_html_is_that_of_the_text() {
    let text = r#"{"tabulary":"document/1","body":[{"type":"table","rows":1,"columns":[{},{}],"cells":[
        {"row":0,"col":0,"col_span":2,"blocks":[{"type":"paragraph","content":[{"type":"text","text":"x"},{"type":"note_ref","note":"comment-1"},{"type":"note_ref","note":"n 2"}]}]}]}],
        "notes":[{"id":"comment-1","kind":"comment","label":"甲","blocks":[{"type":"paragraph","content":[{"type":"text","text":"first"}]}]},
        {"id":"n 2","kind":"footnote","blocks":[{"type":"paragraph","content":[{"type":"text","text":"second"}]}]}]}"#;
    let outcome = json::from_slice(text.as_bytes(), &ReadOptions::default());
    let document = outcome.expect("the example is a document").value;
    check(
        &MarkdownWriter,
        &document,
        expect![[r##"
        <table>
        <tbody>
        <tr><td colspan="2">
        <p>x<sup><a role="doc-noteref" data-note="comment-1" href="#fn-comment-1">comment-1</a></sup><sup><a role="doc-noteref" data-note="note-2" href="#fn-note-2">note-2</a></sup></p>
        </td></tr>
        </tbody>
        </table>

        [^comment-1]: first
        [^note-2]: second

        loss[note-moved]: endnotes, comments and notes with signs of their own were written as numbered footnotes"##]],
    );
    let back = read(&written(&document));
    let mut referred = json::to_string(&back);
    referred.retain(|c| !c.is_whitespace());
    for note in &back.notes {
        assert!(
            referred.contains(&format!("\"note\":\"{}\"", note.id)),
            "{referred}"
        );
    }
}

fn example() -> Document {
    let table = r#"{"type":"table","rows":3,"columns":[{},{},{}],"header_rows":1,"cells":[
        {"row":0,"col":0,"text":"项目"},{"row":0,"col":1,"col_span":2,"text":"数量"},
        {"row":1,"col":0,"row_span":2,"text":"a, \"b\""},{"row":1,"col":1,"text":"7.5%","value":{"number":"0.075"},"format":"0.0%"},{"row":1,"col":2,"text":"=1+1"},
        {"row":2,"col":1,"text":"x|y"},{"row":2,"col":2,"blocks":[{"type":"paragraph","content":[{"type":"text","text":"one"}]},{"type":"paragraph","content":[{"type":"text","text":"two"}]}]}]}"#;
    let text = format!(
        r##"{{"tabulary":"document/1","meta":{{"title":"标题","fields":{{"索引号":"1/2","分类":""}}}},
        "body":[{{"type":"heading","level":1,"content":[{{"type":"text","text":"一、情况"}}]}},
        {{"type":"paragraph","content":[{{"type":"text","text":"1. *x*","marks":["bold"]}},{{"type":"link","href":"https://a.b/","content":[{{"type":"text","text":"l"}}]}},{{"type":"note_ref","note":"n 1"}}]}},
        {{"type":"list","ordered":true,"items":[{{"label":"（一）","blocks":[{{"type":"paragraph","content":[{{"type":"text","text":"甲"}}]}}]}}]}},
        {{"type":"list","ordered":true,"items":[{{"label":"2)","blocks":[{{"type":"paragraph","content":[{{"type":"text","text":"b"}}]}},{{"type":"paragraph","content":[{{"type":"text","text":"more"}}]}}]}}]}},
        {table},
        {{"type":"table","rows":2,"columns":[{{}},{{}}],"header_rows":1,"cells":[{{"row":0,"col":0,"text":"h"}},{{"row":0,"col":1,"text":"n"}},{{"row":1,"col":0,"text":"a\nb"}},{{"row":1,"col":1,"text":"1","value":{{"number":"1"}}}}]}},
        {{"type":"code","text":"x\n\ny"}},{{"type":"page_break"}}],
        "notes":[{{"id":"n 1","kind":"footnote","blocks":[{{"type":"paragraph","content":[{{"type":"text","text":"note"}}]}}]}}]}}"##
    );
    let outcome = json::from_slice(text.as_bytes(), &ReadOptions::default());
    outcome.expect("the example is a document").value
}

fn check(writer: &dyn Writer, document: &Document, wanted: Expect) {
    let mut text = Vec::new();
    let outcome = writer.write(document, &mut text, &WriteOptions::default());
    let outcome = outcome.expect("the text is written");
    let mut text = String::from_utf8(text).expect("the text is UTF-8");
    for diagnostic in outcome.diagnostics {
        text.push_str(&format!("\n{diagnostic}"));
    }
    wanted.assert_eq(&text.replace('\r', "␍"));
}

#[test]
fn markdown_takes_html_for_what_it_has_no_notation_for() {
    check(
        &MarkdownWriter,
        &example(),
        expect![[r#"
        ---
        title: "标题"
        fields:
          "索引号": "1/2"
          "分类": ""
        ---

        # 一、情况

        <strong>1. \*x\*</strong>[l](<https://a.b/>)[^note-1]

        <ol style="list-style:none">
        <li style="list-style:none"><span data-tabulary="label">（一）</span> 
        <p>甲</p>
        </li>
        </ol>

        <!-- -->

        2) b

           more

        <table>
        <thead>
        <tr><th scope="col">项目</th><th scope="colgroup" colspan="2">数量</th></tr>
        </thead>
        <tbody>
        <tr><td rowspan="2">a, "b"</td><td data-type="number" data-value="0.075" data-format="0.0%">7.5%</td><td>=1+1</td></tr>
        <tr><td>x|y</td><td>
        <p>one</p>
        <p>two</p>
        </td></tr>
        </tbody>
        </table>

        | h | n |
        | --- | --- |
        | a<br>b | 1 |

        ```
        x

        y
        ```

        <div data-tabulary="page-break"></div>

        [^note-1]: note
    "#]],
    );
}

#[test]
fn csv_holds_the_tables_alone() {
    check(
        &CsvWriter,
        &example(),
        expect![[r#"
            项目,数量,␍
            "a, ""b""",7.5%,=1+1␍
            ,"x|y","one
            two"␍
            ␍
            h,n␍
            "a
            b",1␍

            loss[block-dropped]: 6 blocks that are no tables were left out
            loss[block-dropped]: 2 tables were written one below the other with a blank line between
            loss[metadata-dropped]: what is known about the document was left out
            loss[note-moved]: 1 notes were left out
            loss[span-dropped]: 2 merged cells were written as single cells; their text stands in the first one
            loss[cell-blocks-flattened]: the blocks in 1 cells were written as text"#]],
    );
    check(
        &TsvWriter,
        &example(),
        expect![[r#"
            项目	数量	␍
            "a, ""b"""	7.5%	=1+1␍
            	"x|y"	"one
            two"␍
            ␍
            h	n␍
            "a
            b"	1␍

            loss[block-dropped]: 6 blocks that are no tables were left out
            loss[block-dropped]: 2 tables were written one below the other with a blank line between
            loss[metadata-dropped]: what is known about the document was left out
            loss[note-moved]: 1 notes were left out
            loss[span-dropped]: 2 merged cells were written as single cells; their text stands in the first one
            loss[cell-blocks-flattened]: the blocks in 1 cells were written as text"#]],
    );
    let prose = Document {
        body: vec![Block::paragraph("x")],
        ..Document::default()
    };
    let error = CsvWriter.write(&prose, &mut Vec::new(), &WriteOptions::default());
    let error = error.map(drop).expect_err("CSV holds no prose");
    assert_eq!(error.kind(), ErrorKind::NotRepresentable);
}

#[test]
fn plain_text_aligns_its_tables() {
    check(
        &PlainTextWriter,
        &example(),
        expect![[r#"
                标题
        索引号:1/2
        分类:

        一、情况

        1. *x*l (https://a.b/)[1]

        （一） 甲

        2) b
           more

        | 项目   | 数量 |         |
        | a, "b" | 7.5% | =1+1    |
        |        | x\|y | one two |

        | h   | n |
        | --- | - |
        | a b | 1 |

        x

        y



        [1] note

        loss[mark-dropped]: character marks were left out
        loss[cell-blocks-flattened]: the blocks in cells were written as a line of text
        loss[span-dropped]: 2 merged cells were written as single cells with blank squares beside them
        loss[note-moved]: the notes were written behind the text"#]],
    );
}

#[test]
fn what_csv_writes_csv_reads() {
    for seed in 0..300 {
        let document = arbitrary::document(seed, arbitrary::Can { all: true });
        let mut text = Vec::new();
        let written = CsvWriter.write(&document, &mut text, &WriteOptions::default());
        let tables = document.tables();
        let Some(table) = tables
            .first()
            .filter(|_| written.is_ok() && tables.len() == 1)
        else {
            continue;
        };
        let back = CsvReader.read(Input::new(&text), &ReadOptions::default());
        let back = back.expect("the records are read").value;
        let back = back.tables();
        for cell in table.cells() {
            let found = back.first().and_then(|table| table.at(cell.row, cell.col));
            let found = found.map(|cell| cell.plain_text()).unwrap_or_default();
            assert_eq!(found, cell.plain_text(), "seed {seed}");
        }
    }
}

#[test]
fn characters_that_no_text_holds_are_told() {
    let document = Document {
        body: vec![Block::paragraph("a\u{1}b")],
        ..Document::default()
    };
    check(
        &MarkdownWriter,
        &document,
        expect![[r#"
        ab

        loss[character-dropped]: the character U+0001 cannot stand in Markdown and was left out"#]],
    );
}
