//! Damaged and hostile documents: they end in what could be read, or in an error.

use expect_test::expect;
use tabulary_ir::{Code, ErrorKind, Limits};

use super::*;

const BODY: &str = concat!(
    r#"<w:p><w:pPr><w:outlineLvl w:val="0"/></w:pPr><w:r><w:t>heading</w:t></w:r></w:p>"#,
    r#"<w:p><w:r><w:t>one</w:t></w:r><w:hyperlink w:anchor="a"><w:r><w:fldChar w:fldCharType="begin"/></w:r></w:hyperlink></w:p>"#,
    r#"<w:tbl><w:tblGrid><w:gridCol w:w="9"/></w:tblGrid><w:tr><w:tc><w:tcPr><w:gridSpan w:val="2"/></w:tcPr><w:p><w:r><w:t>cell</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"#,
    r#"<w:p><m:oMath><m:r><m:t>x</m:t></m:r></m:oMath></w:p><w:sectPr><w:pgSz w:w="9" w:h="9"/></w:sectPr>"#,
);

fn made() -> Made<'static> {
    Made {
        body: BODY,
        ..Made::default()
    }
}

#[test]
fn what_stands_before_damage_is_read() {
    let main = made().main_part();
    let cut = main.find("cell").expect("the word is there");
    let outcome = read(&made().package(&main[..cut])).expect("a document");
    expect![[r#"
        {"content":[{"text":"heading","type":"text"}],"level":1,"type":"heading"}
        {"content":[{"text":"one","type":"text"}],"type":"paragraph"}
        {"cells":[{"col":0,"col_span":2,"row":0,"style":{"borders":{}}}],"columns":[{"width":0.45},{}],"rows":1,"type":"table"}
        word/document.xml: repair[xml-damaged]: the XML is damaged at byte 891: the text ends inside of an element; what stands before was read
    "#]].assert_eq(&lines(outcome.value, &outcome.diagnostics));
    let error = read(&made().package(&main[..40])).expect_err("no body");
    assert_eq!(error.kind(), ErrorKind::Input);
    let error = read(&made().package("<x/>")).expect_err("no body");
    assert!(error.to_string().contains("no body"), "{error}");
}

#[test]
fn every_prefix_ends_well() {
    let made = made();
    let main = made.main_part();
    for end in (0..main.len()).filter(|&end| main.is_char_boundary(end)) {
        let _ = read(&made.package(&main[..end]));
    }
    let bytes = made.bytes();
    for end in 0..bytes.len() {
        assert!(
            read(&bytes[..end]).is_err(),
            "a package without its end is none"
        );
    }
}

/// A small generator of numbers (xorshift), the same in every run.
fn next(state: &mut u64) -> usize {
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    usize::try_from(*state >> 33).unwrap_or_default()
}

#[test]
fn mutations_end_well() {
    let made = made();
    let main = made.main_part().into_bytes();
    let package = made.bytes();
    let mut state = 0x7AB0_1A27_u64;
    for _ in 0..600 {
        let mut mutated = main.clone();
        for _ in 0..3 {
            let at = next(&mut state) % mutated.len();
            mutated[at] = *b"<>/\"'=:0 9\0\xFFwp"
                .get(next(&mut state) % 14)
                .unwrap_or(&b' ');
        }
        let text = String::from_utf8_lossy(&mutated).into_owned();
        let _ = read(&made.package(&text));
        let mut bytes = package.clone();
        let at = next(&mut state) % bytes.len();
        bytes[at] ^= 1 << (next(&mut state) % 8);
        let _ = read(&bytes);
    }
}

fn nested_tables(count: usize) -> String {
    let open = "<w:tbl><w:tr><w:tc>".repeat(count);
    let close = "<w:p/></w:tc></w:tr></w:tbl>".repeat(count);
    format!("<w:p/>{open}<w:p><w:r><w:t>deep</w:t></w:r></w:p>{close}")
}

#[test]
fn depth_is_bounded() {
    let of_depth = |count| {
        let body = nested_tables(count);
        let made = Made {
            body: &body,
            ..Made::default()
        };
        read(&made.bytes())
    };
    let error = of_depth(20_000).expect_err("the limit is passed");
    assert_eq!(error.kind(), ErrorKind::Limit);
    let outcome = of_depth(60).expect("a document");
    assert_eq!(outcome.value.tables().len(), 47);
    assert!(json::to_string(&outcome.value).contains("deep"));
    let told: Vec<_> = outcome.diagnostics.iter().map(|d| d.code).collect();
    assert_eq!(told, [Code::CellBlocksFlattened]);
    let again = json::from_slice(
        json::to_string(&outcome.value).as_bytes(),
        &ReadOptions::default(),
    );
    assert!(again.is_ok());
}

#[test]
fn deep_lines_are_cut() {
    let open = "<w:smartTag>".repeat(300);
    let close = "</w:smartTag>".repeat(300);
    let body = format!("<w:p>{open}<w:r><w:t>x</w:t></w:r>{close}<w:r><w:t>y</w:t></w:r></w:p>");
    check(
        &body,
        &expect![[r#"
        {"content":[{"text":"y","type":"text"}],"type":"paragraph"}
        word/document.xml p[1]: loss[content-skipped]: elements stand more than 120 deep in a line; the inner ones were left out
    "#]],
    );
}

#[test]
fn spans_do_not_run_away() {
    let cell = r#"<w:tc><w:tcPr><w:gridSpan w:val="2000000000"/></w:tcPr><w:p/></w:tc>"#;
    let body = format!("<w:tbl><w:tr>{cell}{cell}</w:tr></w:tbl>");
    let made = Made {
        body: &body,
        ..Made::default()
    };
    let outcome = read(&made.bytes()).expect("a document");
    assert_eq!(outcome.value.tables()[0].width(), 126);
    assert_eq!(outcome.diagnostics[0].code, Code::MergeInvalid);
}

#[test]
fn limits_are_kept() {
    let limits = Limits {
        blocks: 2,
        ..Limits::default()
    };
    let options = ReadOptions {
        limits,
        ..ReadOptions::default()
    };
    let bytes = made().bytes();
    let error = DocxReader
        .read(Input::new(&bytes), &options)
        .expect_err("the limit is passed");
    assert_eq!(error.kind(), ErrorKind::Limit);
}
