use super::*;

#[test]
fn a_handbook_has_all_its_parts() {
    let text = include_str!("../../../../../fixtures/md/handbook.md");
    check(
        &MarkdownReader,
        text,
        expect![[
            r#"{"body":[{"content":[{"text":"Records Handbook","type":"text"}],"level":1,"type":"heading"},{"content":[{"text":"Records are kept ","type":"text"},{"marks":["italic"],"text":"as they were made","type":"text"},{"text":".","type":"text"},{"note":"law","type":"note_ref"},{"text":" See the ","type":"text"},{"content":[{"text":"schedule","type":"text"}],"href":"https://example.org/schedule","type":"link"},{"text":" and ","type":"text"},{"marks":["code"],"text":"retention.csv","type":"text"},{"text":".","type":"text"}],"type":"paragraph"},{"content":[{"text":"Steps","type":"text"}],"level":2,"type":"heading"},{"items":[{"blocks":[{"content":[{"text":"Collect","type":"text"}],"type":"paragraph"}],"label":"1."},{"blocks":[{"content":[{"text":"Describe","type":"text"}],"type":"paragraph"},{"items":[{"blocks":[{"content":[{"text":"title","type":"text"}],"type":"paragraph"}]},{"blocks":[{"content":[{"text":"date","type":"text"}],"type":"paragraph"}]}],"ordered":false,"type":"list"}],"label":"2."},{"blocks":[{"content":[{"text":"Deposit","type":"text"}],"type":"paragraph"}],"label":"3."}],"ordered":true,"type":"list"},{"blocks":[{"content":[{"text":"What is not described cannot be found.","type":"text"}],"type":"paragraph"}],"type":"quote"},{"cells":[{"col":0,"row":0,"style":{"align":"left"},"text":"Series"},{"col":1,"row":0,"style":{"align":"right"},"text":"Years"},{"col":2,"row":0,"text":"Note"},{"col":0,"row":1,"style":{"align":"left"},"text":"Minutes"},{"col":1,"row":1,"style":{"align":"right"},"text":"30","value":{"number":"30"}},{"col":2,"row":1,"text":"permanent | open"},{"col":0,"row":2,"style":{"align":"left"},"text":"Invoices"},{"col":1,"row":2,"style":{"align":"right"},"text":"7","value":{"number":"7"}},{"col":2,"row":2,"style":{"marks":["bold"]},"text":"destroy"}],"columns":[{},{},{}],"header_rows":1,"rows":3,"type":"table"},{"cells":[{"col":0,"row":0,"row_span":2,"text":"Office"},{"col":1,"col_span":2,"row":0,"text":"Boxes"},{"col":1,"row":1,"text":"In"},{"col":2,"row":1,"text":"Out"},{"col":0,"row":2,"text":"North"},{"col":1,"row":2,"text":"12","value":{"number":"12"}},{"col":2,"row":2,"text":"3","value":{"number":"3"}}],"columns":[{},{},{}],"header_rows":2,"rows":3,"type":"table"},{"language":"toml","text":"keep = \"30y\"","type":"code"},{"content":[{"text":"The rate is ","type":"text"},{"text":"r = \\frac{n}{t}","type":"math"},{"text":" a year, ","type":"text"},{"marks":["strike"],"text":"not","type":"text"},{"text":" more","type":"text"},{"type":"line_break"},{"text":"or less.","type":"text"}],"type":"paragraph"},{"items":[{"blocks":[{"content":[{"text":"☑ checked","type":"text"}],"type":"paragraph"}]},{"blocks":[{"content":[{"text":"☐ open","type":"text"}],"type":"paragraph"}]}],"ordered":false,"type":"list"}],"meta":{"creators":["Records Office"],"issued":"2021-03-05","subjects":["records","retention"],"title":"Records Handbook"},"notes":[{"blocks":[{"content":[{"text":"Archives Act, section 3.","type":"text"}],"type":"paragraph"}],"id":"law","kind":"footnote"}],"tabulary":"document/1"}"#
        ]],
    );
}

#[test]
fn lines_of_chinese_join_without_a_blank() {
    check(
        &MarkdownReader,
        "政府信息\n公开\nand more\n中文",
        expect![[
            r#"{"body":[{"content":[{"text":"政府信息公开 and more 中文","type":"text"}],"type":"paragraph"}],"tabulary":"document/1"}"#
        ]],
    );
}

#[test]
fn html_in_lines_and_blocks() {
    check(
        &MarkdownReader,
        "a <u>b **c**</u> d<br>e <!-- x --> <img src=\"p.png\" alt=\"q\">\n\n<p align=center>f</p>\n\n<script>x</script>\n",
        expect![[r#"
            {"body":[{"content":[{"text":"a ","type":"text"},{"marks":["underline"],"text":"b ","type":"text"},{"marks":["bold","underline"],"text":"c","type":"text"},{"text":" d","type":"text"},{"type":"line_break"},{"text":"e  ","type":"text"},{"alt":"q","href":"p.png","type":"image"}],"type":"paragraph"},{"content":[{"text":"f","type":"text"}],"style":{"align":"center"},"type":"paragraph"}],"tabulary":"document/1"}
            line 1: warning[external-resource]: images that the page only points to were not fetched; their addresses stand"#]],
    );
}

#[test]
fn sections_take_the_blocks_between_their_tags() {
    check(
        &MarkdownReader,
        "<section data-kind=\"sheet\" data-name=\"表一\"><p data-tabulary=\"name\">表一</p>\n\n# a\n\n</section>\n\nb\n",
        expect![[
            r#"{"body":[{"body":[{"content":[{"text":"a","type":"text"}],"level":1,"type":"heading"}],"kind":"sheet","name":"表一","type":"section"},{"content":[{"text":"b","type":"text"}],"type":"paragraph"}],"tabulary":"document/1"}"#
        ]],
    );
}

#[test]
fn lists_keep_their_delimiter_and_columns_their_alignment() {
    check(
        &MarkdownReader,
        "3) a\n4) b\n\n| x | y |\n|:-:|--:|\n| 1 | |\n",
        expect![[
            r#"{"body":[{"items":[{"blocks":[{"content":[{"text":"a","type":"text"}],"type":"paragraph"}],"label":"3)"},{"blocks":[{"content":[{"text":"b","type":"text"}],"type":"paragraph"}],"label":"4)"}],"ordered":true,"type":"list"},{"cells":[{"col":0,"row":0,"style":{"align":"center"},"text":"x"},{"col":1,"row":0,"style":{"align":"right"},"text":"y"},{"col":0,"row":1,"style":{"align":"center"},"text":"1","value":{"number":"1"}},{"col":1,"row":1,"style":{"align":"right"}}],"columns":[{},{}],"header_rows":1,"rows":2,"type":"table"}],"tabulary":"document/1"}"#
        ]],
    );
}

#[test]
fn metadata_stand_at_the_top() {
    check(
        &MarkdownReader,
        "---\ntitle: 'It''s'\nauthor: [A, B]\ntags:\n  - x\nfields:\n  \"文 号\": \"a\\\"b\\u3000\"\nodd:\n  deep:\n    er: 1\n---\n\ntext\n",
        expect![[r#"
            {"body":[{"content":[{"text":"text","type":"text"}],"type":"paragraph"}],"meta":{"creators":["A","B"],"fields":{"文 号":"a\"b　"},"subjects":["x"],"title":"It's"},"tabulary":"document/1"}
            line 8: warning[unknown-key]: the metadata "odd" are more than a text and were passed over"#]],
    );
    check(
        &MarkdownReader,
        "---\n\nno metadata\n",
        expect![[
            r#"{"body":[{"type":"rule"},{"content":[{"text":"no metadata","type":"text"}],"type":"paragraph"}],"tabulary":"document/1"}"#
        ]],
    );
}

#[test]
fn depth_is_bounded() {
    for start in ["> ", "- ", "1. "] {
        let text = start.repeat(5000) + "x";
        let outcome = read(&MarkdownReader, text.as_bytes());
        assert!(json::to_string(&outcome.value).contains('x'));
    }
    let text = format!("{}<table><tr><td>x</table>", "> ".repeat(60));
    read(&MarkdownReader, text.as_bytes());
}
