//! Styles of publication, tables of contents, and documents whose look is taken.

use expect_test::expect;
use tabulary_ir::{ErrorKind, PublicationStyle};

use super::*;

const REPORT: &str = concat!(
    r#"{"content":[{"text":"年度报告","type":"text"}],"style":{"role":"title"},"type":"paragraph"},"#,
    r#"{"content":[{"text":"一、总体情况","type":"text"}],"level":1,"type":"heading"},"#,
    r#"{"content":[{"text":"正文。","type":"text"}],"type":"paragraph"}"#,
);

fn styled(document: &Document, options: &WriteOptions) -> Vec<u8> {
    let mut bytes = Vec::new();
    DocxWriter
        .write(document, &mut bytes, options)
        .expect("a document can be written");
    bytes
}

fn of_style(style: PublicationStyle) -> WriteOptions {
    WriteOptions {
        style,
        ..WriteOptions::default()
    }
}

#[test]
fn official_documents_have_a_grid_and_numbers_at_the_outer_side() {
    let bytes = styled(&body(REPORT), &of_style(PublicationStyle::Gongwen));
    let main = part(&bytes, "word/document.xml");
    let section = &main[main.find("<w:sectPr").expect("a section")..];
    expect![[r#"<w:sectPr><w:footerReference w:type="default" r:id="rId1"/><w:footerReference w:type="even" r:id="rId2"/><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="2098" w:right="1474" w:bottom="1984" w:left="1588" w:header="720" w:footer="1388" w:gutter="0"/><w:docGrid w:type="lines" w:linePitch="579"/></w:sectPr></w:body></w:document>"#]].assert_eq(section);
    assert!(
        part(&bytes, "word/footer1.xml").contains(r#"<w:ind w:right="280"/><w:jc w:val="right"/>"#)
    );
    assert!(
        part(&bytes, "word/footer2.xml").contains(r#"<w:ind w:left="280"/><w:jc w:val="left"/>"#)
    );
    assert!(part(&bytes, "word/settings.xml").contains("<w:evenAndOddHeaders/>"));
    let styles = part(&bytes, "word/styles.xml");
    assert!(styles.contains("方正小标宋简体") && styles.contains(r#"w:firstLineChars="200""#));
    assert_eq!(
        json::to_string(&back(&bytes)),
        json::to_string(&body(REPORT))
    );
}

#[test]
fn plain_documents_have_neither() {
    let bytes = styled(&body(REPORT), &of_style(PublicationStyle::Plain));
    let main = part(&bytes, "word/document.xml");
    assert!(!main.contains("docGrid"));
    let styles = part(&bytes, "word/styles.xml");
    assert!(styles.contains("宋体") && !styles.contains("仿宋"));
    assert_eq!(
        json::to_string(&back(&bytes)),
        json::to_string(&body(REPORT))
    );
}

#[test]
fn a_table_of_contents_leads_to_the_headings() {
    let options = WriteOptions {
        contents: true,
        ..WriteOptions::default()
    };
    let bytes = styled(&body(REPORT), &options);
    let main = part(&bytes, "word/document.xml");
    let (title, contents) = (main.find("年度报告"), main.find("w:docPartGallery"));
    assert!(title < contents, "the title stands above");
    for piece in [
        r#"<w:hyperlink w:anchor="_Contents1"><w:r><w:t>一、总体情况</w:t></w:r>"#,
        r#"<w:bookmarkStart w:id="0" w:name="_Contents1"/>"#,
        r" TOC \o &quot;1-3&quot; \h \z \u ",
    ] {
        assert!(main.contains(piece), "{piece}");
    }
    assert_eq!(
        json::to_string(&back(&bytes)),
        json::to_string(&body(REPORT))
    );
}

/// A document with a style, a page and a header of its own.
fn template() -> Vec<u8> {
    const W: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
    const R: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    const TYPE: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.";
    let mut package = tabulary_package::PackageWriter::new();
    package.relate(
        "",
        &format!("{R}/officeDocument"),
        "word/document.xml",
        false,
    );
    let main = format!(
        r#"<w:document xmlns:w="{W}" xmlns:r="{R}"><w:body><w:p/><w:sectPr><w:headerReference w:type="default" r:id="rId2"/><w:pgSz w:w="10000" w:h="14000"/><w:pgMar w:top="1000" w:right="900" w:bottom="1000" w:left="900" w:header="500" w:footer="500"/></w:sectPr></w:body></w:document>"#
    );
    package.part(
        "word/document.xml",
        &format!("{TYPE}document.main+xml"),
        main,
    );
    let styles = format!(
        r#"<w:styles xmlns:w="{W}"><w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/></w:style><w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/><w:basedOn w:val="a"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr><w:rPr><w:color w:val="C00000"/></w:rPr></w:style></w:styles>"#
    );
    package.part("word/styles.xml", &format!("{TYPE}styles+xml"), styles);
    package.relate(
        "word/document.xml",
        &format!("{R}/styles"),
        "styles.xml",
        false,
    );
    package.relate(
        "word/document.xml",
        &format!("{R}/header"),
        "header1.xml",
        false,
    );
    let header = format!(
        r#"<w:hdr xmlns:w="{W}" xmlns:r="{R}"><w:p><w:hyperlink r:id="rId1"><w:r><w:t>Our Office</w:t></w:r></w:hyperlink></w:p></w:hdr>"#
    );
    package.part("word/header1.xml", &format!("{TYPE}header+xml"), header);
    package.relate(
        "word/header1.xml",
        &format!("{R}/hyperlink"),
        "http://a.example/",
        true,
    );
    let mut bytes = Vec::new();
    package.finish(&mut bytes).expect("a Vec takes all bytes");
    bytes
}

#[test]
fn the_look_of_another_document_is_taken() {
    let options = WriteOptions {
        reference: Some(template().into()),
        ..WriteOptions::default()
    };
    let bytes = styled(&body(REPORT), &options);
    let main = part(&bytes, "word/document.xml");
    assert!(main.contains(r#"<w:pStyle w:val="1"/>"#), "{main}");
    assert!(main.contains(r#"<w:pgSz w:w="10000" w:h="14000"/>"#));
    let styles = part(&bytes, "word/styles.xml");
    assert!(styles.contains("C00000") && !styles.contains("w:numPr"));
    assert!(styles.contains(r#"<w:basedOn w:val="a"/>"#) && !styles.contains(r#""Heading1""#));
    assert!(styles.contains(r#"w:styleId="Title""#), "ours stand behind");
    let read = back(&bytes);
    let header = read.headers.first().expect("a header");
    assert_eq!(tabulary_ir::blocks_text(&header.blocks), "Our Office");
    let all: Vec<_> = read.body.iter().map(tabulary_ir::block_text).collect();
    assert_eq!(all, ["年度报告", "一、总体情况", "正文。"]);
}

#[test]
fn a_reference_that_is_no_document_is_refused() {
    let options = WriteOptions {
        reference: Some((*b"no package").into()),
        ..WriteOptions::default()
    };
    let outcome = DocxWriter.write(&body(REPORT), &mut Vec::new(), &options);
    let error = outcome.expect_err("no document");
    assert_eq!(error.kind(), ErrorKind::Caller);
}

#[test]
fn labelled_fields_stand_above_the_text_where_a_portal_prints_them() {
    let meta = |more: &str| {
        format!(
            r#"{{"body":[{REPORT}],"meta":{{"fields":{{"发文日期":"2020-01-20","文号":""}},"title":"某某局年度报告"{more}}},"tabulary":"document/1"}}"#
        )
    };
    let document = parse(&meta(""));
    let (bytes, _) = write(&document);
    let main = part(&bytes, "word/document.xml");
    assert!(main.contains("<w:t>发文日期：2020-01-20</w:t>"), "{main}");
    assert!(main.contains("<w:t>某某局年度报告</w:t>") && !main.contains("文号"));
    comes_back(&document);
    let document = parse(&meta(r#","unseen":true"#));
    let (bytes, _) = write(&document);
    assert!(!part(&bytes, "word/document.xml").contains("某某局年度报告"));
    comes_back(&document);
}
