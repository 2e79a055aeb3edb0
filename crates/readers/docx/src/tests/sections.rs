//! Sections with pages of their own, and text that runs from right to left.

use super::*;

const LETTER: &str = r#"<w:pgSz w:w="12240" w:h="15840"/>"#;
const MARGINS: &str = r#"<w:pgMar w:top="1440" w:right="1440" w:bottom="1440" w:left="1440"/>"#;

fn paragraph(text: &str, section: &str) -> String {
    let section = match section {
        "" => String::new(),
        inner => format!("<w:pPr><w:sectPr>{inner}</w:sectPr></w:pPr>"),
    };
    format!("<w:p>{section}<w:r><w:t>{text}</w:t></w:r></w:p>")
}

fn whole(made: &Made<'_>) -> String {
    let mut document = read(&made.bytes()).expect("a document").value;
    document.strip_origins();
    json::to_string(&document)
}

#[test]
fn columns_and_paper_of_sections_are_kept() {
    let plain = format!("{LETTER}{MARGINS}");
    let columns = format!(
        r#"<w:type w:val="continuous"/>{LETTER}{MARGINS}<w:cols w:num="2" w:space="400" w:sep="1"/>"#
    );
    let runs_on = format!(r#"<w:type w:val="continuous"/>{plain}"#);
    let lying = format!(r#"<w:pgSz w:w="15840" w:h="12240" w:orient="landscape"/>{MARGINS}"#);
    let body = [
        paragraph("one", ""),
        paragraph("two", &plain),
        paragraph("three", &columns),
        paragraph("four", &runs_on),
        paragraph("five", &plain),
        paragraph("six", &lying),
        paragraph("seven", ""),
        format!("<w:sectPr>{plain}</w:sectPr>"),
    ];
    let made = Made {
        body: &body.concat(),
        ..Made::default()
    };
    let text = |text: &str| {
        format!(r#"{{"content":[{{"text":"{text}","type":"text"}}],"type":"paragraph"}}"#)
    };
    let margins = r#""margins":[72,72,72,72]"#;
    let wanted = format!(
        concat!(
            r#"{{"body":[{},{},"#,
            r#"{{"body":[{}],"continuous":true,"kind":"part","page":{{"columns":{{"count":2,"gap":20,"ruled":true}},"height":792,{margins},"width":612}},"type":"section"}},"#,
            r#"{},{{"type":"page_break"}},{},"#,
            r#"{{"body":[{}],"kind":"part","page":{{"height":612,{margins},"width":792}},"type":"section"}},"#,
            r#"{}],"page":{{"height":792,{margins},"width":612}},"tabulary":"document/1"}}"#,
        ),
        text("one"),
        text("two"),
        text("three"),
        text("four"),
        text("five"),
        text("six"),
        text("seven"),
        margins = margins,
    );
    assert_eq!(whole(&made), wanted);
}

#[test]
fn columns_of_other_widths_and_what_is_said_of_pages_are_told() {
    let section = format!(
        r#"{LETTER}{MARGINS}<w:pgBorders/><w:pgNumType w:start="5"/><w:cols w:num="2" w:equalWidth="0"><w:col w:w="3000" w:space="300"/><w:col w:w="6000"/></w:cols><w:textDirection w:val="tbRl"/>"#
    );
    check_made(
        &Made {
            body: &format!("<w:p/><w:sectPr>{section}</w:sectPr>"),
            ..Made::default()
        },
        &expect![[r#"
            {"content":[],"type":"paragraph"}
            word/document.xml: loss[style-dropped]: how the pages of a section are numbered is not kept
            word/document.xml: loss[style-dropped]: pages whose lines run from top to bottom are set as usual
            word/document.xml: warning[looks-dropped]: lines around pages, numbers of lines and the height at which text stands are not kept
            word/document.xml: loss[style-dropped]: columns of text that are not of the same width become so
        "#]],
    );
}

#[test]
fn sections_have_headers_of_their_own() {
    let page = format!("{LETTER}{MARGINS}");
    let refers =
        |kind: &str, id: &str| format!(r#"<w:headerReference w:type="{kind}" r:id="{id}"/>"#);
    let cover = format!("{page}<w:titlePg/>");
    let body = [
        paragraph("cover", &page),
        paragraph("one", ""),
        paragraph("two", &format!("{}{page}", refers("default", "rId1"))),
        paragraph("three", &format!("{}{cover}", refers("even", "rId2"))),
        format!(
            "<w:p/><w:sectPr>{}{page}</w:sectPr>",
            refers("default", "rId3")
        ),
    ];
    let header = |text: &str| {
        format!(r#"<w:hdr xmlns:w="{W}"><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:hdr>"#)
    };
    let (first, even, last) = (header("first"), header("even"), header("last"));
    let made = Made {
        body: &body.concat(),
        raw: &[
            ("header", "header1.xml", &first),
            ("header", "header2.xml", &even),
            ("header", "header3.xml", &last),
        ],
        ..Made::default()
    };
    expect![[r#"{"body":[{"body":[{"content":[{"text":"cover","type":"text"}],"type":"paragraph"}],"kind":"part","type":"section"},{"type":"page_break"},{"content":[{"text":"one","type":"text"}],"type":"paragraph"},{"content":[{"text":"two","type":"text"}],"type":"paragraph"},{"body":[{"content":[{"text":"three","type":"text"}],"type":"paragraph"}],"kind":"part","type":"section"},{"body":[{"content":[],"type":"paragraph"}],"kind":"part","type":"section"}],"headers":[{"blocks":[{"content":[{"text":"first","type":"text"}],"type":"paragraph"}],"kind":"default"},{"blocks":[{"content":[{"text":"even","type":"text"}],"type":"paragraph"}],"hidden":true,"kind":"even"},{"blocks":[],"kind":"default","section":"/body/0"},{"blocks":[{"content":[{"text":"first","type":"text"}],"type":"paragraph"}],"kind":"default","section":"/body/4"},{"blocks":[],"kind":"first","section":"/body/4"},{"blocks":[{"content":[{"text":"last","type":"text"}],"type":"paragraph"}],"kind":"default","section":"/body/5"}],"page":{"height":792,"margins":[72,72,72,72],"width":612},"tabulary":"document/1"}"#]].assert_eq(&whole(&made));
}

#[test]
fn text_runs_from_right_to_left() {
    let body = concat!(
        r#"<w:p><w:pPr><w:bidi/><w:jc w:val="right"/></w:pPr><w:r><w:rPr><w:b/><w:rtl/></w:rPr><w:t>שלום</w:t></w:r>"#,
        r#"<w:r><w:rPr><w:bCs/><w:rtl/></w:rPr><w:t>עולם</w:t></w:r></w:p>"#,
        r#"<w:p><w:pPr><w:pStyle w:val="R"/></w:pPr></w:p>"#,
        r#"<w:p><w:pPr><w:pStyle w:val="R"/><w:bidi w:val="0"/></w:pPr></w:p>"#,
        r#"<w:tbl><w:tblPr><w:bidiVisual/></w:tblPr><w:tr><w:tc><w:p><w:pPr><w:bidi/></w:pPr><w:r><w:t>א</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"#,
    );
    check_made(
        &Made {
            body,
            parts: &[(
                "styles",
                r#"<w:style w:type="paragraph" w:styleId="R"><w:name w:val="R"/><w:pPr><w:bidi/><w:jc w:val="start"/></w:pPr></w:style>"#,
            )],
            ..Made::default()
        },
        &expect![[r#"
            {"content":[{"text":"שלום","type":"text"},{"marks":["bold"],"text":"עולם","type":"text"}],"style":{"align":"left","rtl":true},"type":"paragraph"}
            {"content":[],"style":{"align":"right","rtl":true},"type":"paragraph"}
            {"content":[],"style":{"align":"left"},"type":"paragraph"}
            {"cells":[{"blocks":[{"content":[{"text":"א","type":"text"}],"style":{"rtl":true},"type":"paragraph"}],"col":0,"row":0,"style":{"borders":{}}}],"columns":[{}],"rows":1,"rtl":true,"type":"table"}
        "#]],
    );
}

#[test]
fn formulas_have_signs_of_symbol_fonts_and_tracked_changes() {
    let body = concat!(
        r#"<w:p><m:oMath><m:r><w:sym w:font="Symbol" w:char="F061"/></m:r><m:r><m:t>=</m:t></m:r>"#,
        r#"<w:del w:id="1"><m:r><m:t>1</m:t></m:r></w:del><w:ins w:id="2"><m:r><m:t>2</m:t></m:r></w:ins>"#,
        r#"<m:r><w:rPr><w:del w:id="3"/></w:rPr><m:t>3</m:t></m:r></m:oMath></w:p>"#,
    );
    let bytes = Made {
        body,
        ..Made::default()
    }
    .bytes();
    let formula = |changes| {
        let options = ReadOptions {
            tracked_changes: changes,
            ..ReadOptions::default()
        };
        let outcome = DocxReader.read(Input::new(&bytes), &options);
        let outcome = outcome.expect("a document");
        let told: Vec<_> = outcome
            .diagnostics
            .iter()
            .map(|d| d.code.as_str())
            .collect();
        (json::to_string(&outcome.value), told.join(" "))
    };
    for (changes, wanted, told) in [
        (
            tabulary_ir::TrackedChanges::Accept,
            r"\\alpha=2",
            "content-skipped",
        ),
        (
            tabulary_ir::TrackedChanges::Reject,
            r"\\alpha=13",
            "content-skipped",
        ),
        (
            tabulary_ir::TrackedChanges::All,
            r"\\alpha=123",
            "mark-dropped",
        ),
    ] {
        let (json, codes) = formula(changes);
        assert!(json.contains(&format!(r#""text":"{wanted}""#)), "{json}");
        assert_eq!(codes, told);
    }
}

#[test]
fn tables_that_text_runs_around_and_boxes_around_paragraphs_are_told() {
    check_made(
        &Made {
            body: concat!(
                r#"<w:tbl><w:tblPr><w:tblpPr w:tblpX="10"/><w:tblInd w:w="300" w:type="dxa"/></w:tblPr><w:tr><w:tc><w:p/></w:tc></w:tr></w:tbl>"#,
                r#"<w:p><w:pPr><w:framePr w:w="100"/><w:pBdr><w:left w:val="single"/></w:pBdr></w:pPr><w:r><w:rPr><w:sz w:val="44"/><w:em w:val="dot"/></w:rPr><w:t>x</w:t></w:r></w:p>"#,
            ),
            ..Made::default()
        },
        &expect![[r#"
            {"cells":[{"col":0,"row":0,"style":{"borders":{}}}],"columns":[{}],"rows":1,"type":"table"}
            {"content":[{"text":"x","type":"text"}],"type":"paragraph"}
            word/document.xml tbl[1]: loss[style-dropped]: a table that text runs around stands between paragraphs
            word/document.xml tbl[1]: warning[looks-dropped]: where tables stand between the margins is not kept
            word/document.xml p[1]: warning[looks-dropped]: distances, boxes, dots and the like of letters are not kept
            word/document.xml p[1]: warning[looks-dropped]: fonts and sizes of letters are not kept
            word/document.xml p[1]: warning[looks-dropped]: boxes and lines around paragraphs are not kept
            word/document.xml p[1]: warning[looks-dropped]: paragraphs that text runs around stand between the others
        "#]],
    );
}

#[test]
fn columns_end_where_that_is_said() {
    check_made(
        &Made {
            body: r#"<w:p><w:r><w:t>a</w:t><w:br w:type="column"/><w:t>b</w:t></w:r></w:p>"#,
            ..Made::default()
        },
        &expect![[r#"
            {"content":[{"text":"a","type":"text"}],"type":"paragraph"}
            {"column":true,"type":"page_break"}
            {"content":[{"text":"b","type":"text"}],"type":"paragraph"}
        "#]],
    );
}

#[test]
fn white_lines_are_none_and_colours_are_told() {
    let line = |side: &str, colour: &str| {
        format!(r#"<w:{side} w:val="single" w:sz="4" w:color="{colour}"/>"#)
    };
    let borders = [line("top", "FFFFFF"), line("bottom", "FF0000")].concat();
    let body = format!(
        r#"<w:tbl><w:tblPr><w:tblStyle w:val="T"/></w:tblPr><w:tr><w:tc><w:tcPr><w:tcBorders>{borders}</w:tcBorders></w:tcPr><w:p/></w:tc></w:tr></w:tbl>"#
    );
    check_made(
        &Made {
            body: &body,
            parts: &[(
                "styles",
                r#"<w:style w:type="table" w:styleId="T"><w:name w:val="T"/><w:tblStylePr w:type="firstRow"><w:tcPr><w:shd w:val="clear" w:fill="4F81BD"/></w:tcPr></w:tblStylePr></w:style>"#,
            )],
            ..Made::default()
        },
        &expect![[r#"
            {"cells":[{"col":0,"row":0,"style":{"borders":{"bottom":"thin"}}}],"columns":[{}],"rows":1,"type":"table"}
            word/document.xml tbl[1]: warning[looks-dropped]: grounds that the style of a table gives to its cells are not kept
            word/document.xml tbl[1]/tr[1]/tc[1]: warning[looks-dropped]: colours of lines are not kept
        "#]],
    );
}
