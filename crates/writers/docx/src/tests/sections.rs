//! Sections with pages, columns, headers and footers of their own, and text from right to left.

use super::*;

/// A document in whose body and headers something stands on other pages than most.
const SECTIONS: &str = r#"{"body":[
    {"content":[{"text":"one","type":"text"}],"type":"paragraph"},
    {"body":[{"content":[{"text":"two","type":"text"}],"type":"paragraph"}],"continuous":true,"kind":"part","page":{"columns":{"count":2,"gap":20,"ruled":true},"height":792,"margins":[72,72,72,72],"width":612},"type":"section"},
    {"content":[{"text":"three","type":"text"}],"type":"paragraph"},
    {"body":[{"content":[{"text":"four","type":"text"}],"type":"paragraph"}],"kind":"part","page":{"height":612,"margins":[72,72,72,72],"width":792},"type":"section"},
    {"body":[{"content":[{"text":"five","type":"text"}],"type":"paragraph"}],"kind":"part","type":"section"}],
    "footers":[{"blocks":[{"content":[{"text":"foot","type":"text"}],"type":"paragraph"}],"kind":"default"},
        {"blocks":[{"content":[{"text":"unseen","type":"text"}],"type":"paragraph"}],"hidden":true,"kind":"even"},
        {"blocks":[],"kind":"default","section":"/body/4"}],
    "headers":[{"blocks":[{"content":[{"text":"head","type":"text"}],"type":"paragraph"}],"kind":"default"},
        {"blocks":[{"content":[{"text":"other","type":"text"}],"type":"paragraph"}],"kind":"default","section":"/body/3"},
        {"blocks":[],"kind":"first","section":"/body/3"}],
    "page":{"height":792,"margins":[72,72,72,72],"width":612},"tabulary":"document/1"}"#;

#[test]
fn sections_come_back_with_their_pages() {
    comes_back(&parse(SECTIONS));
}

#[test]
fn every_section_names_its_headers_and_how_it_begins() {
    let (bytes, diagnostics) = write(&parse(SECTIONS));
    assert!(diagnostics.is_empty(), "{diagnostics:?}");
    let main = part(&bytes, "word/document.xml");
    let sections: Vec<String> = main
        .split("<w:sectPr>")
        .skip(1)
        .map(|rest| rest.split_once("<w:pgMar").map_or(rest, |(start, _)| start))
        .map(|start| start.replace("/><", "/>\n<") + "\n")
        .collect();
    expect![[r#"
        <w:headerReference w:type="default" r:id="rId1"/>
        <w:footerReference w:type="default" r:id="rId2"/>
        <w:footerReference w:type="even" r:id="rId3"/>
        <w:pgSz w:w="12240" w:h="15840"/>

        <w:headerReference w:type="default" r:id="rId1"/>
        <w:footerReference w:type="default" r:id="rId2"/>
        <w:type w:val="continuous"/>
        <w:pgSz w:w="12240" w:h="15840"/>

        <w:headerReference w:type="default" r:id="rId1"/>
        <w:footerReference w:type="default" r:id="rId2"/>
        <w:type w:val="continuous"/>
        <w:pgSz w:w="12240" w:h="15840"/>

        <w:headerReference w:type="default" r:id="rId4"/>
        <w:headerReference w:type="first" r:id="rId5"/>
        <w:footerReference w:type="default" r:id="rId2"/>
        <w:footerReference w:type="first" r:id="rId2"/>
        <w:pgSz w:w="15840" w:h="12240" w:orient="landscape"/>

        <w:headerReference w:type="default" r:id="rId1"/>
        <w:footerReference w:type="default" r:id="rId6"/>
        <w:pgSz w:w="12240" w:h="15840"/>
    "#]]
    .assert_eq(&sections.join("\n"));
}

#[test]
fn text_from_right_to_left_comes_back() {
    let blocks = r#"{"content":[{"text":"שלום","type":"text"}],"level":1,"style":{"rtl":true},"type":"heading"},
        {"content":[{"marks":["bold"],"text":"שלום 12","type":"text"},{"text":" abc ","type":"text"},{"marks":["italic"],"text":"(1)","type":"text"}],"style":{"align":"left","indent":20,"rtl":true},"type":"paragraph"},
        {"items":[{"blocks":[{"content":[{"text":"א","type":"text"}],"style":{"rtl":true},"type":"paragraph"}]}],"ordered":false,"type":"list"},
        {"cells":[{"blocks":[{"content":[{"text":"א","type":"text"}],"style":{"rtl":true},"type":"paragraph"}],"col":0,"row":0}],"columns":[{}],"rows":1,"rtl":true,"type":"table"}"#;
    comes_back(&body(blocks));
    check_body(
        blocks,
        &expect![[r#"
        <w:p><w:pPr><w:pStyle w:val="Heading1"/><w:bidi/></w:pPr><w:r><w:rPr><w:rtl/></w:rPr><w:t>שלום</w:t></w:r></w:p>
        <w:p><w:pPr><w:bidi/><w:ind w:left="400"/><w:jc w:val="right"/></w:pPr><w:r><w:rPr><w:b/><w:bCs/><w:rtl/></w:rPr><w:t>שלום 12</w:t></w:r><w:r><w:t xml:space="preserve"> abc </w:t></w:r><w:r><w:rPr><w:i/><w:iCs/><w:rtl/></w:rPr><w:t>(1)</w:t></w:r></w:p>
        <w:p><w:pPr><w:pStyle w:val="ListParagraph"/><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr><w:bidi/></w:pPr><w:r><w:rPr><w:rtl/></w:rPr><w:t>א</w:t></w:r></w:p><w:tbl><w:tblPr><w:tblStyle w:val="ReportTable"/><w:bidiVisual/><w:tblW w:w="9026" w:type="dxa"/><w:jc w:val="center"/><w:tblLayout w:type="autofit"/><w:tblLook w:val="0600" w:firstRow="0" w:lastRow="0" w:firstColumn="0" w:lastColumn="0" w:noHBand="1" w:noVBand="1"/></w:tblPr><w:tblGrid><w:gridCol w:w="9026"/></w:tblGrid>
        <w:tr><w:trPr><w:cantSplit/></w:trPr><w:tc><w:tcPr><w:tcW w:w="9026" w:type="dxa"/></w:tcPr>
        <w:p><w:pPr><w:pStyle w:val="TableText"/><w:bidi/></w:pPr><w:r><w:rPr><w:rtl/></w:rPr><w:t>א</w:t></w:r></w:p></w:tc></w:tr></w:tbl>
        <w:p><w:pPr><w:pStyle w:val="TableSeparator"/></w:pPr></w:p>
    "#]],
    );
}

#[test]
fn ends_of_columns_come_back() {
    comes_back(&body(
        r#"{"content":[{"text":"a","type":"text"}],"type":"paragraph"},{"column":true,"type":"page_break"},{"content":[{"text":"b","type":"text"}],"type":"paragraph"}"#,
    ));
}

#[test]
fn cells_with_several_paragraphs_stand_at_the_top() {
    let paragraph = r#"{"content":[{"text":"a","type":"text"}],"type":"paragraph"}"#;
    let table = format!(
        r#"{{"cells":[{{"blocks":[{paragraph},{paragraph}],"col":0,"row":0}}],"columns":[{{}}],"rows":1,"type":"table"}}"#
    );
    let (bytes, _) = write(&body(&table));
    assert!(part(&bytes, "word/document.xml").contains(r#"<w:tblStyle w:val="TextTable"/>"#));
    comes_back(&body(&table));
}

#[test]
fn headers_are_no_blocks_before_the_first_section() {
    let document = parse(
        r#"{"body":[{"body":[{"content":[],"type":"paragraph"}],"kind":"part","page":{"height":612,"margins":[72,72,72,72],"width":792},"type":"section"},{"content":[],"type":"paragraph"}],"headers":[{"blocks":[{"content":[{"text":"head","type":"text"}],"type":"paragraph"}],"kind":"default"}],"tabulary":"document/1"}"#,
    );
    let (bytes, _) = write(&document);
    let main = part(&bytes, "word/document.xml");
    assert_eq!(main.matches("<w:sectPr>").count(), 2);
    comes_back(&document);
}
