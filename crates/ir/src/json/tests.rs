use expect_test::{Expect, expect};

use super::*;
use crate::{Block, Document, ReadOptions};

fn problems(json: &str, expected: &Expect) {
    let text = match from_slice(json.as_bytes(), &ReadOptions::default()) {
        Ok(outcome) => outcome
            .diagnostics
            .iter()
            .map(|d| format!("{d}\n"))
            .collect(),
        Err(error) => format!("{:?}: {error}\n", error.kind()),
    };
    expected.assert_eq(&text);
}

#[test]
fn the_contract() {
    let text = r#"{"body":[{"content":[{"text":"一、总体情况","type":"text"}],"level":1,"type":"heading"},{"content":[{"marks":["bold"],"text":"…","type":"text"}],"type":"paragraph"},{"items":[{"blocks":[],"label":"（一）"}],"ordered":true,"type":"list"},{"cells":[{"col":0,"col_span":2,"row":0,"text":"收入"},{"col":0,"format":"0.0%","row":1,"text":"7.5%","value":{"number":"0.075"}}],"columns":[{},{}],"header_rows":1,"rows":3,"type":"table"},{"body":[],"kind":"sheet","name":"表一","type":"section"}],"meta":{"field_order":["索引号","文号"],"fields":{"文号":"","索引号":"1"},"issued":"2020-01-20","language":"zh-CN"},"tabulary":"document/1"}"#;
    let outcome = from_slice(text.as_bytes(), &ReadOptions::default()).expect("a document");
    assert!(outcome.diagnostics.is_empty(), "{:?}", outcome.diagnostics);
    assert_eq!(to_string(&outcome.value), text);
    let names: Vec<_> = outcome
        .value
        .meta
        .fields
        .iter()
        .map(|(name, _)| name)
        .collect();
    assert_eq!(names, ["索引号", "文号"]);
}

#[test]
fn what_is_wrong_is_told_with_its_place() {
    problems(
        r#"{"tabulary":"document/1","body":[{"type":"heading","level":12,"content":[]},{"type":"sonnet"},
            {"type":"table","rows":1,"columns":[{}],"cells":[{"row":0,"col":0,"row_span":9,"text":"x"}]},
            {"type":"paragraph","rows":2,"colour":"red","content":[{"type":"blink","text":"x"}]}]}"#,
        &expect![[r#"
            /body/3/colour: warning[unknown-key]: the key "colour" is not known and was passed over
            /body/0: repair[heading-level-changed]: a heading of level 12 was read as level 9
            /body/1: loss[content-skipped]: a block of the type "sonnet" is not known and was left out
            /body/2: repair[table-span-clipped]: the cell at row 1, column 1 spans 9 rows and 1 columns and leaves the table of 1 rows and 1 columns; the span was cut
            /body/3/content/0: loss[content-skipped]: an inline of the type "blink" is not known; its text stands
            /body/3: warning[unknown-key]: the key "rows" means nothing on a paragraph and was passed over
        "#]],
    );
}

#[test]
fn what_is_no_document_is_refused() {
    problems(
        r#"{"tabulary":"document/2","body":{"new":"shape"}}"#,
        &expect![[r#"
            Unsupported: the JSON is of version "document/2", and this program reads "document/1"; use a newer Tabulary
        "#]],
    );
    problems(
        r#"{"tabulary":"report/1","fields":{}}"#,
        &expect![[r#"
            Unsupported: the JSON is of version "report/1", and this program reads "document/1"; give a document, as `tabulary convert -t json` writes it
        "#]],
    );
    problems(
        r#"{"tabulary":"document/1","body":[{"type":"heading","level":"one"}]}"#,
        &expect![[r#"
            Input: line 1, column 64: the JSON has not the shape of a document: invalid type: string "one", expected u8; `tabulary schema` prints the shape that is expected
        "#]],
    );
    problems(
        r#"{"tabulary":"document/1","body":["#,
        &expect![[r#"
            Input: line 1, column 33: the text is not valid JSON: EOF while parsing a list; `tabulary schema` prints the shape that is expected
        "#]],
    );
    problems(
        r#"{"hello":1}"#,
        &expect![[r#"
            Input: the JSON is no Tabulary document; a document is an object with "tabulary":"document/1" and "body"
        "#]],
    );
}

#[test]
fn depth_is_bounded_before_anything_is_built() {
    let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    problems(
        &format!(r#"{{"tabulary":"document/1","body":{deep}}}"#),
        &expect![[r#"
            Limit: the JSON stands more than 232 levels deep; raise it with --limit block_depth=N if the input can be trusted
        "#]],
    );
}

#[test]
fn a_document_at_the_bound_of_depth_is_read() {
    let mut body = vec![Block::paragraph("deep")];
    for _ in 0..48 {
        let mut builder = crate::TableBuilder::new();
        body.push(Block::paragraph("beside"));
        builder.place(crate::Cell::blocks(body));
        body = vec![Block::Table(Box::new(
            builder.finish(&mut crate::Diagnostics::new()),
        ))];
    }
    let document = Document {
        body,
        ..Document::default()
    };
    let read = from_slice(to_string(&document).as_bytes(), &ReadOptions::default());
    assert_eq!(read.expect("a document").value, document);
}

#[test]
fn headers_of_sections_stand_among_those_of_the_document() {
    let text = r#"{"body":[{"body":[{"body":[],"continuous":true,"kind":"part","type":"section"}],"kind":"sheet","type":"section"}],"footers":[{"blocks":[],"hidden":true,"kind":"even"},{"blocks":[],"kind":"default","section":"/body/0"}],"headers":[{"blocks":[{"content":[],"type":"paragraph"}],"kind":"first","section":"/body/0/body/0"}],"tabulary":"document/1"}"#;
    let outcome = from_slice(text.as_bytes(), &ReadOptions::default()).expect("a document");
    assert!(outcome.diagnostics.is_empty(), "{:?}", outcome.diagnostics);
    assert_eq!(to_string(&outcome.value), text);
    let Block::Section(outer) = &outcome.value.body[0] else {
        panic!("a section");
    };
    assert_eq!((outer.headers.len(), outer.footers.len()), (0, 1));
    assert_eq!(outcome.value.footers.len(), 1);
    problems(
        r#"{"tabulary":"document/1","body":[],"headers":[{"blocks":[],"section":"/body/3"}]}"#,
        &expect![[r#"
            /: repair[reference-missing]: there is no section at "/body/3"; its headers and footers were left out
        "#]],
    );
}
