//! Controls, boxes of old forms, places for links, and tracked changes.

use expect_test::expect;
use tabulary_ir::TrackedChanges;

use super::*;

const W14: &str = "http://schemas.microsoft.com/office/word/2010/wordml";

#[test]
fn controls_keep_their_names_and_state() {
    let tick =
        format!(r#"<w14:checkbox xmlns:w14="{W14}"><w14:checked w14:val="1"/></w14:checkbox>"#);
    let body = [
        r#"<w:p><w:r><w:t xml:space="preserve">Office: </w:t></w:r><w:sdt><w:sdtPr><w:alias w:val="Office"/><w:tag w:val="office"/></w:sdtPr><w:sdtContent><w:r><w:t>North</w:t></w:r></w:sdtContent></w:sdt></w:p>"#,
        r#"<w:p><w:sdt><w:sdtPr>"#,
        &tick,
        r#"</w:sdtPr><w:sdtContent><w:r><w:t>☒</w:t></w:r></w:sdtContent></w:sdt>"#,
        r#"<w:sdt><w:sdtPr><w:dropDownList><w:listItem w:displayText="yes" w:value="1"/><w:listItem w:value="no"/></w:dropDownList></w:sdtPr><w:sdtContent><w:r><w:t>yes</w:t></w:r></w:sdtContent></w:sdt>"#,
        r#"<w:sdt><w:sdtPr><w:tag w:val="pages"/><w:docPartObj/></w:sdtPr><w:sdtContent><w:r><w:t>gallery</w:t></w:r></w:sdtContent></w:sdt></w:p>"#,
        r#"<w:tbl><w:tr><w:sdt><w:sdtPr><w:date/></w:sdtPr><w:sdtContent><w:tc><w:p><w:r><w:t>today</w:t></w:r></w:p></w:tc></w:sdtContent></w:sdt></w:tr></w:tbl>"#,
    ];
    check(
        &body.concat(),
        &expect![[r#"
            {"content":[{"text":"Office: ","type":"text"},{"content":[{"text":"North","type":"text"}],"control":{"kind":"text","tag":"office","title":"Office"},"type":"field"}],"type":"paragraph"}
            {"content":[{"content":[{"text":"☒","type":"text"}],"control":{"checked":true,"kind":"checkbox"},"type":"field"},{"content":[{"text":"yes","type":"text"}],"control":{"choices":["yes","no"],"kind":"choice"},"type":"field"},{"text":"gallery","type":"text"}],"type":"paragraph"}
            {"cells":[{"blocks":[{"content":[{"content":[{"text":"today","type":"text"}],"control":{"kind":"date"},"type":"field"}],"type":"paragraph"}],"col":0,"row":0,"style":{"borders":{}}}],"columns":[{}],"rows":1,"type":"table"}
        "#]],
    );
}

#[test]
fn boxes_of_old_forms_are_drawn() {
    let field = |data: &str, name: &str, result: &str| {
        format!(
            r#"<w:r><w:fldChar w:fldCharType="begin"><w:ffData>{data}</w:ffData></w:fldChar></w:r><w:r><w:instrText> {name} </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>{result}</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>"#
        )
    };
    let body = [
        "<w:p>",
        &field(
            r#"<w:name w:val="agree"/><w:checkBox><w:default w:val="0"/><w:checked/></w:checkBox>"#,
            "FORMCHECKBOX",
            "",
        ),
        &field(
            r#"<w:ddList><w:result w:val="1"/><w:listEntry w:val="a"/><w:listEntry w:val="b"/></w:ddList>"#,
            "FORMDROPDOWN",
            "",
        ),
        &field(r#"<w:name w:val="who"/><w:textInput/>"#, "FORMTEXT", "Ann"),
        "</w:p>",
    ];
    check(
        &body.concat(),
        &expect![[r#"
        {"content":[{"content":[],"control":{"checked":true,"kind":"checkbox","tag":"agree"},"type":"field"},{"content":[{"text":"b","type":"text"}],"control":{"choices":["a","b"],"kind":"choice"},"type":"field"},{"content":[{"text":"Ann","type":"text"}],"control":{"kind":"text","tag":"who"},"type":"field"}],"type":"paragraph"}
    "#]],
    );
}

#[test]
fn places_stand_where_something_leads_to_them() {
    let body = concat!(
        r#"<w:bookmarkStart w:id="0" w:name="top"/><w:p><w:r><w:t>Top</w:t></w:r><w:bookmarkStart w:id="1" w:name="_GoBack"/></w:p>"#,
        r#"<w:p><w:hyperlink w:anchor="top"><w:r><w:t>up</w:t></w:r></w:hyperlink>"#,
        r#"<w:fldSimple w:instr=" REF part \h "><w:r><w:t>one</w:t></w:r></w:fldSimple>"#,
        r#"<w:bookmarkStart w:id="2" w:name="part"/><w:r><w:t>one</w:t></w:r></w:p>"#,
    );
    check(
        body,
        &expect![[r##"
        {"content":[{"name":"top","type":"anchor"},{"text":"Top","type":"text"}],"type":"paragraph"}
        {"content":[{"content":[{"text":"up","type":"text"}],"href":"#top","type":"link"},{"content":[{"text":"one","type":"text"}],"instruction":"REF part \\h","type":"field"},{"name":"part","type":"anchor"},{"text":"one","type":"text"}],"type":"paragraph"}
    "##]],
    );
}

#[test]
fn tracked_changes_have_three_views() {
    let body = concat!(
        r#"<w:p><w:r><w:t>is</w:t></w:r><w:ins><w:r><w:t>in</w:t></w:r></w:ins><w:del><w:r><w:delText>out</w:delText></w:r></w:del></w:p>"#,
        r#"<w:tbl><w:tr><w:trPr><w:ins/></w:trPr><w:tc><w:p><w:r><w:t>new</w:t></w:r></w:p></w:tc></w:tr>"#,
        r#"<w:tr><w:trPr><w:del/></w:trPr><w:tc><w:p><w:r><w:t>old</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"#,
    );
    let made = Made {
        body,
        ..Made::default()
    };
    let view = |tracked_changes| {
        let options = ReadOptions {
            tracked_changes,
            ..ReadOptions::default()
        };
        let outcome = DocxReader.read(Input::new(&made.bytes()), &options);
        let outcome = outcome.expect("a document");
        lines(outcome.value, &outcome.diagnostics)
    };
    expect![[r#"
        {"content":[{"text":"isin","type":"text"}],"type":"paragraph"}
        {"cells":[{"col":0,"row":0,"style":{"borders":{}},"text":"new"}],"columns":[{}],"rows":1,"type":"table"}
        word/document.xml p[1]: loss[content-skipped]: text that was marked as deleted was left out, and text marked as inserted kept
    "#]].assert_eq(&view(TrackedChanges::Accept));
    expect![[r#"
        {"content":[{"text":"isout","type":"text"}],"type":"paragraph"}
        {"cells":[{"col":0,"row":0,"style":{"borders":{}},"text":"old"}],"columns":[{}],"rows":1,"type":"table"}
        word/document.xml p[1]: loss[content-skipped]: text that was marked as inserted was left out, and text marked as deleted kept
    "#]].assert_eq(&view(TrackedChanges::Reject));
    expect![[r#"
        {"content":[{"text":"is","type":"text"},{"marks":["underline"],"text":"in","type":"text"},{"marks":["strike"],"text":"out","type":"text"}],"type":"paragraph"}
        {"cells":[{"col":0,"row":0,"style":{"borders":{}},"text":"new"},{"col":0,"row":1,"style":{"borders":{}},"text":"old"}],"columns":[{}],"rows":2,"type":"table"}
    "#]].assert_eq(&view(TrackedChanges::All));
}

#[test]
fn decoration_that_is_not_kept_is_told_once() {
    let body = concat!(
        r#"<w:p><w:pPr><w:tabs><w:tab w:val="right" w:leader="dot" w:pos="9000"/></w:tabs><w:shd w:val="clear" w:fill="FFEE00"/></w:pPr><w:r><w:rPr><w:color w:val="FF0000"/></w:rPr><w:t>red</w:t></w:r></w:p>"#,
        r#"<w:p><w:r><w:rPr><w:caps/></w:rPr><w:t>Small</w:t></w:r><w:r><w:rPr><w:color w:val="auto"/></w:rPr><w:t> plain</w:t></w:r><w:r><w:rPr><w:color w:val="00FF00"/></w:rPr><w:t> green</w:t></w:r></w:p>"#,
    );
    check(
        body,
        &expect![[r#"
        {"content":[{"text":"red","type":"text"}],"type":"paragraph"}
        {"content":[{"text":"Smallplaingreen","type":"text"}],"type":"paragraph"}
        word/document.xml p[1]: warning[looks-dropped]: colours of letters are not kept
        word/document.xml p[1]: warning[looks-dropped]: grounds of paragraphs are not kept
        word/document.xml p[1]: warning[looks-dropped]: places and leaders of tabulators are not kept
        word/document.xml p[2]: warning[looks-dropped]: small letters that are shown as capitals are small letters
    "#]],
    );
}

#[test]
fn text_without_its_end_goes_on_in_the_next_paragraph_of_its_place() {
    let gone = |text: &str| {
        format!(r#"<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"#)
    };
    let body = [
        gone("one "),
        "<w:p><w:r><w:t>two</w:t></w:r></w:p>".to_owned(),
        gone("above"),
        format!(
            "<w:tbl><w:tr><w:tc>{}</w:tc><w:tc><w:p><w:r><w:t>b</w:t></w:r></w:p></w:tc></w:tr></w:tbl>",
            gone("a")
        ),
        gone("last"),
    ];
    check(
        &body.concat(),
        &expect![[r#"
        {"content":[{"text":"onetwo","type":"text"}],"type":"paragraph"}
        {"content":[{"text":"above","type":"text"}],"type":"paragraph"}
        {"cells":[{"col":0,"row":0,"style":{"borders":{}},"text":"a"},{"col":1,"row":0,"style":{"borders":{}},"text":"b"}],"columns":[{},{}],"rows":1,"type":"table"}
        {"content":[{"text":"last","type":"text"}],"type":"paragraph"}
    "#]],
    );
}
