//! Headings that no style names.

use expect_test::expect;
use tabulary_ir::HeadingsFrom;

use super::*;

/// A paragraph of a size in half points, in bold where its text begins with `*`, in the middle with `^`.
fn line(size: u32, text: &str) -> String {
    let (bold, text) = match text.strip_prefix('*') {
        Some(text) => ("<w:b/>", text),
        None => ("", text),
    };
    let (place, text) = match text.strip_prefix('^') {
        Some(text) => (r#"<w:jc w:val="center"/>"#, text),
        None => ("", text),
    };
    format!(
        r#"<w:p><w:pPr>{place}</w:pPr><w:r><w:rPr>{bold}<w:sz w:val="{size}"/></w:rPr><w:t>{text}</w:t></w:r></w:p>"#
    )
}

fn report() -> String {
    let text = "根据条例要求，现公布本单位年度报告，内容包括总体情况、主动公开情况、依申请公开情况、存在的主要问题及改进情况，所列数据的统计期限自一月一日起。";
    [
        line(44, "^某某局政府信息公开工作年度报告"),
        line(32, text),
        line(32, "一、总体情况"),
        line(32, text),
        line(32, "（一）主动公开情况"),
        line(32, text),
        line(32, "1.加强领导，明确责任；"),
        line(32, "2.健全制度，规范程序；"),
        line(32, "（二）依申请公开情况"),
        line(32, text),
        line(32, "二、存在的主要问题"),
        line(32, text),
    ]
    .concat()
}

#[test]
fn numbered_lines_of_a_report_are_headings() {
    check(
        &report(),
        &expect![[r#"
            {"content":[{"text":"某某局政府信息公开工作年度报告","type":"text"}],"style":{"align":"center","role":"title"},"type":"paragraph"}
            {"content":[{"text":"根据条例要求，现公布本单位年度报告，内容包括总体情况、主动公开情况、依申请公开情况、存在的主要问题及改进情况，所列数据的统计期限自一月一日起。","type":"text"}],"type":"paragraph"}
            {"content":[{"text":"一、总体情况","type":"text"}],"level":1,"type":"heading"}
            {"content":[{"text":"根据条例要求，现公布本单位年度报告，内容包括总体情况、主动公开情况、依申请公开情况、存在的主要问题及改进情况，所列数据的统计期限自一月一日起。","type":"text"}],"type":"paragraph"}
            {"content":[{"text":"（一）主动公开情况","type":"text"}],"level":2,"type":"heading"}
            {"content":[{"text":"根据条例要求，现公布本单位年度报告，内容包括总体情况、主动公开情况、依申请公开情况、存在的主要问题及改进情况，所列数据的统计期限自一月一日起。","type":"text"}],"type":"paragraph"}
            {"content":[{"text":"1.加强领导，明确责任；","type":"text"}],"type":"paragraph"}
            {"content":[{"text":"2.健全制度，规范程序；","type":"text"}],"type":"paragraph"}
            {"content":[{"text":"（二）依申请公开情况","type":"text"}],"level":2,"type":"heading"}
            {"content":[{"text":"根据条例要求，现公布本单位年度报告，内容包括总体情况、主动公开情况、依申请公开情况、存在的主要问题及改进情况，所列数据的统计期限自一月一日起。","type":"text"}],"type":"paragraph"}
            {"content":[{"text":"二、存在的主要问题","type":"text"}],"level":1,"type":"heading"}
            {"content":[{"text":"根据条例要求，现公布本单位年度报告，内容包括总体情况、主动公开情况、依申请公开情况、存在的主要问题及改进情况，所列数据的统计期限自一月一日起。","type":"text"}],"type":"paragraph"}
            word/document.xml p[1]: warning[looks-dropped]: fonts and sizes of letters are not kept
            word/document.xml: guess[heading-guessed]: no style says what is a heading; 4 paragraphs were taken for headings by their number and look
        "#]],
    );
}

#[test]
fn styles_alone_count_where_that_is_asked() {
    let body = report();
    let made = Made {
        body: &body,
        ..Made::default()
    };
    let options = ReadOptions {
        headings: HeadingsFrom::Styles,
        ..ReadOptions::default()
    };
    let outcome = DocxReader.read(Input::new(&made.bytes()), &options);
    let outcome = outcome.expect("a document");
    let is_heading = |block: &tabulary_ir::Block| matches!(block, tabulary_ir::Block::Heading(_));
    assert!(!outcome.value.body.iter().any(is_heading));
    let told = |told: &tabulary_ir::Diagnostic| told.code == tabulary_ir::Code::HeadingGuessed;
    assert!(!outcome.diagnostics.iter().any(told));
}

#[test]
fn numbered_sentences_are_none() {
    let sentence = "一项工作要经过研究、部署、落实、检查、总结等几个阶段，每个阶段都要有人负责，有时间要求，有结果。";
    let body = [
        line(32, &format!("一、{sentence}")),
        line(32, &format!("二、{sentence}")),
        line(32, &format!("三、{sentence}")),
        line(32, "四、其他"),
    ];
    check(
        &body.concat(),
        &expect![[r#"
            {"content":[{"text":"一、一项工作要经过研究、部署、落实、检查、总结等几个阶段，每个阶段都要有人负责，有时间要求，有结果。","type":"text"}],"type":"paragraph"}
            {"content":[{"text":"二、一项工作要经过研究、部署、落实、检查、总结等几个阶段，每个阶段都要有人负责，有时间要求，有结果。","type":"text"}],"type":"paragraph"}
            {"content":[{"text":"三、一项工作要经过研究、部署、落实、检查、总结等几个阶段，每个阶段都要有人负责，有时间要求，有结果。","type":"text"}],"type":"paragraph"}
            {"content":[{"text":"四、其他","type":"text"}],"type":"paragraph"}
            word/document.xml p[1]: warning[looks-dropped]: fonts and sizes of letters are not kept
        "#]],
    );
}

#[test]
fn lines_in_bold_above_text_are_headings() {
    let text = "The office has answered all requests that were made within the year, and has told where it refused.";
    let body = [
        line(28, "*Requests"),
        line(22, text),
        line(22, "*In writing"),
        line(22, text),
        line(28, "*Complaints"),
        line(22, text),
        line(22, "*Signed in May"),
    ];
    check(
        &body.concat(),
        &expect![[r#"
            {"content":[{"text":"Requests","type":"text"}],"level":1,"type":"heading"}
            {"content":[{"text":"The office has answered all requests that were made within the year, and has told where it refused.","type":"text"}],"type":"paragraph"}
            {"content":[{"text":"In writing","type":"text"}],"level":2,"type":"heading"}
            {"content":[{"text":"The office has answered all requests that were made within the year, and has told where it refused.","type":"text"}],"type":"paragraph"}
            {"content":[{"text":"Complaints","type":"text"}],"level":1,"type":"heading"}
            {"content":[{"text":"The office has answered all requests that were made within the year, and has told where it refused.","type":"text"}],"type":"paragraph"}
            {"content":[{"marks":["bold"],"text":"Signed in May","type":"text"}],"type":"paragraph"}
            word/document.xml p[1]: warning[looks-dropped]: fonts and sizes of letters are not kept
            word/document.xml: guess[heading-guessed]: no style says what is a heading; 3 paragraphs were taken for headings by their number and look
        "#]],
    );
}
