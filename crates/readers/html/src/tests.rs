use expect_test::{Expect, expect};
use tabulary_ir::{Code, ErrorKind, Limits, json};

use super::*;

fn read(html: &[u8]) -> Outcome<Document> {
    let options = ReadOptions::default();
    let mut outcome = HtmlReader
        .read(Input::new(html), &options)
        .expect("the page is read");
    outcome.value.strip_origins();
    outcome
}

/// The canonical JSON of a page, and what was told about it.
fn check(html: &str, wanted: Expect) {
    let outcome = read(html.as_bytes());
    let mut found = json::to_string(&outcome.value);
    for diagnostic in &outcome.diagnostics {
        found.push_str(&format!("\n{diagnostic}"));
    }
    wanted.assert_eq(&found);
}

#[test]
fn prose_with_its_blocks_and_lines() {
    check(
        "<h1>一、总体 情况</h1><p>One\n  <b>two</b> three.<br>four<div>bare<div>inner</div>after</div><h6 aria-level=8>x</h6>",
        expect![[
            r#"{"body":[{"content":[{"text":"一、总体 情况","type":"text"}],"level":1,"type":"heading"},{"content":[{"text":"One ","type":"text"},{"marks":["bold"],"text":"two","type":"text"},{"text":" three.","type":"text"},{"type":"line_break"},{"text":"four","type":"text"}],"type":"paragraph"},{"content":[{"text":"bare","type":"text"}],"type":"paragraph"},{"content":[{"text":"inner","type":"text"}],"type":"paragraph"},{"content":[{"text":"after","type":"text"}],"type":"paragraph"},{"content":[{"text":"x","type":"text"}],"level":8,"type":"heading"}],"tabulary":"document/1"}"#
        ]],
    );
    check(
        "<p> </p><p><br></p><p>&nbsp;</p><p>　　缩进<br></p>",
        expect![[
            r#"{"body":[{"content":[],"type":"paragraph"},{"content":[{"text":" ","type":"text"}],"type":"paragraph"},{"content":[{"text":"　　缩进","type":"text"}],"type":"paragraph"}],"tabulary":"document/1"}"#
        ]],
    );
}

#[test]
fn marks_come_from_elements_and_styles() {
    check(
        "<p><strong>a<em>b</em></strong><u>c</u><s>d</s><sub>e</sub><sup>f</sup><mark>g</mark><code>h</code><span style='font-weight:700; text-decoration: underline'>i</span></p>",
        expect![[
            r#"{"body":[{"content":[{"marks":["bold"],"text":"a","type":"text"},{"marks":["bold","italic"],"text":"b","type":"text"},{"marks":["underline"],"text":"c","type":"text"},{"marks":["strike"],"text":"d","type":"text"},{"marks":["subscript"],"text":"e","type":"text"},{"marks":["superscript"],"text":"f","type":"text"},{"marks":["highlight"],"text":"g","type":"text"},{"marks":["code"],"text":"h","type":"text"},{"marks":["bold","underline"],"text":"i","type":"text"}],"type":"paragraph"}],"tabulary":"document/1"}"#
        ]],
    );
}

#[test]
fn lists_have_the_labels_that_a_browser_shows() {
    check(
        "<ol start=3 type=a><li>x<li value=7>y<ul><li>z</ul></ol><ol reversed><li>p<li>q</ol><ol style='list-style-type:cjk-ideographic'><li>甲</ol>",
        expect![[
            r#"{"body":[{"items":[{"blocks":[{"content":[{"text":"x","type":"text"}],"type":"paragraph"}],"label":"c."},{"blocks":[{"content":[{"text":"y","type":"text"}],"type":"paragraph"},{"items":[{"blocks":[{"content":[{"text":"z","type":"text"}],"type":"paragraph"}]}],"ordered":false,"type":"list"}],"label":"g."}],"ordered":true,"type":"list"},{"items":[{"blocks":[{"content":[{"text":"p","type":"text"}],"type":"paragraph"}],"label":"2."},{"blocks":[{"content":[{"text":"q","type":"text"}],"type":"paragraph"}],"label":"1."}],"ordered":true,"type":"list"},{"items":[{"blocks":[{"content":[{"text":"甲","type":"text"}],"type":"paragraph"}],"label":"一、"}],"ordered":true,"type":"list"}],"tabulary":"document/1"}"#
        ]],
    );
}

#[test]
fn tables_are_grids() {
    check(
        "<table><caption>C</caption><thead><tr><th rowspan=2>项目<th colspan=2>数量<tr><th>甲<th>乙<tbody><tr><th>x<td>1<td>2.50<tr><th>y<td colspan=2>007</table>",
        expect![[
            r#"{"body":[{"caption":[{"text":"C","type":"text"}],"cells":[{"col":0,"row":0,"row_span":2,"text":"项目"},{"col":1,"col_span":2,"row":0,"text":"数量"},{"col":1,"row":1,"text":"甲"},{"col":2,"row":1,"text":"乙"},{"col":0,"row":2,"text":"x"},{"col":1,"row":2,"text":"1","value":{"number":"1"}},{"col":2,"row":2,"text":"2.50","value":{"number":"2.5"}},{"col":0,"row":3,"text":"y"},{"col":1,"col_span":2,"row":3,"text":"007"}],"columns":[{},{},{}],"header_columns":1,"header_rows":2,"rows":4,"type":"table"}],"tabulary":"document/1"}"#
        ]],
    );
    check(
        "<table><tr><td align=right style='background:#ff0; vertical-align:top; font-weight:bold'>x<td><p>one<p>two<td><table><tr><td>in</table></table>",
        expect![[
            r##"{"body":[{"cells":[{"col":0,"row":0,"style":{"align":"right","fill":"#ffff00","marks":["bold"],"vertical_align":"top"},"text":"x"},{"blocks":[{"content":[{"text":"one","type":"text"}],"type":"paragraph"},{"content":[{"text":"two","type":"text"}],"type":"paragraph"}],"col":1,"row":0},{"blocks":[{"cells":[{"col":0,"row":0,"text":"in"}],"columns":[{}],"rows":1,"type":"table"}],"col":2,"row":0}],"columns":[{},{},{}],"rows":1,"type":"table"}],"tabulary":"document/1"}"##
        ]],
    );
}

#[test]
fn spans_that_are_nonsense_are_cut() {
    let outcome = read(b"<table><tr><td rowspan=0>a<td colspan=99999>b<tr><td rowspan=5>c</table>");
    let tables = outcome.value.tables();
    let spans = tables[0]
        .cells()
        .iter()
        .map(|cell| (cell.row_span, cell.col_span));
    assert_eq!(spans.collect::<Vec<_>>(), [(2, 1), (1, 1000), (1, 1)]);
    let told: Vec<String> = outcome
        .diagnostics
        .iter()
        .map(ToString::to_string)
        .collect();
    expect![[r#"
        line 1: repair[table-span-clipped]: a cell spans 1 rows and 99999 columns; it was cut to 1 and 1000
        line 1: repair[table-span-clipped]: a cell spans 5 rows and 1 columns; it was cut to 1 and 1
        line 1: repair[table-ragged]: 1 of 2 rows fill fewer than 1001 columns, the first of them row 2 with 2; the rest is blank"#]].assert_eq(&told.join("\n"));
}

#[test]
fn typed_values_stand_in_attributes() {
    check(
        "<table><tr><td data-type=number data-value=0.075 data-format='0.0%'>7.5%<td data-type=text>5<td data-type=date data-value=2020-01-20>x<td data-type=date data-value=2020-13-20>y</table>",
        expect![[r#"
            {"body":[{"cells":[{"col":0,"format":"0.0%","row":0,"text":"7.5%","value":{"number":"0.075"}},{"col":1,"row":0,"text":"5"},{"col":2,"row":0,"text":"x","value":{"date":"2020-01-20"}},{"col":3,"row":0,"text":"y"}],"columns":[{},{},{},{}],"rows":1,"type":"table"}],"tabulary":"document/1"}
            line 1: repair[value-invalid]: "2020-13-20" is no value of the type "date"; the text stands"#]],
    );
}

#[test]
fn links_images_quotes_code_and_rules() {
    check(
        "<p><a href='https://a.b/'>l</a> <a href='javascript:x()'>j</a><img src='data:image/png;base64,AAEC' alt=i width=96 height=48><img src=pic.png></p><blockquote>q</blockquote><pre><code class=language-rust>a\n  b</code></pre><hr><figure><img src=f.png alt=f><figcaption>F</figcaption></figure>",
        expect![[r#"
            {"body":[{"content":[{"content":[{"text":"l","type":"text"}],"href":"https://a.b/","type":"link"},{"text":" j","type":"text"},{"alt":"i","resource":"sha256:ae4b3280e56e2faf83f414a6e3dabe9d5fbe18976544c05fed121accb85b53fc","size":[72,36],"type":"image"},{"href":"pic.png","type":"image"}],"type":"paragraph"},{"blocks":[{"content":[{"text":"q","type":"text"}],"type":"paragraph"}],"type":"quote"},{"language":"rust","text":"a\n  b","type":"code"},{"type":"rule"},{"caption":[{"text":"F","type":"text"}],"content":[{"alt":"f","href":"f.png","type":"image"}],"type":"figure"}],"resources":{"sha256:ae4b3280e56e2faf83f414a6e3dabe9d5fbe18976544c05fed121accb85b53fc":{"data":"AAEC","media_type":"image/png"}},"tabulary":"document/1"}
            line 1: loss[link-dropped]: links that run a script were left out; their text stands
            line 1: warning[external-resource]: images that the page only points to were not fetched; their addresses stand"#]],
    );
}

#[test]
fn what_is_not_content_is_left_out() {
    check(
        "<head><title>T</title><style>x</style></head><script>y</script><nav>menu</nav><p hidden>h<p>seen<span style='display:none'>n</span><noscript>no</noscript><template>t</template><svg><text>s</text></svg>",
        expect![[r#"
            {"body":[{"content":[{"text":"seen","type":"text"}],"type":"paragraph"}],"meta":{"title":"T"},"tabulary":"document/1"}
            line 1: loss[content-skipped]: a drawing was left out
            line 1: loss[content-skipped]: a navigation block was left out
            line 1: loss[content-skipped]: a part that the page hides was left out (2 times)"#]],
    );
}

#[test]
fn form_controls_show_their_values() {
    check(
        "<p><input value='v 1'><input type=checkbox checked><select><option>a<option selected>b</select><textarea>t\nu</textarea><input type=hidden value=h></p>",
        expect![[
            r#"{"body":[{"content":[{"text":"v 1☑bt","type":"text"},{"type":"line_break"},{"text":"u","type":"text"}],"type":"paragraph"}],"tabulary":"document/1"}"#
        ]],
    );
}

#[test]
fn terms_details_ruby_and_formulas() {
    check(
        "<dl><dt>T<dd>D</dl><details><summary>S</summary>more</details><p><ruby>漢<rt>かん</ruby> <math><msup><mi>x</mi><mn>2</mn></msup><annotation encoding='application/x-tex'>x^2</annotation></math></p><math display=block alttext='y'><mi onclick='a()'>y</mi></math>",
        expect![[
            r#"{"body":[{"content":[{"marks":["bold"],"text":"T","type":"text"}],"type":"paragraph"},{"content":[{"text":"D","type":"text"}],"style":{"indent":24},"type":"paragraph"},{"content":[{"text":"S","type":"text"}],"type":"paragraph"},{"content":[{"text":"more","type":"text"}],"type":"paragraph"},{"content":[{"text":"漢(かん) ","type":"text"},{"mathml":"<math><msup><mi>x</mi><mn>2</mn></msup><annotation encoding=\"application/x-tex\">x^2</annotation></math>","text":"x^2","type":"math"}],"type":"paragraph"},{"mathml":"<math display=\"block\" alttext=\"y\"><mi>y</mi></math>","text":"y","type":"math"}],"tabulary":"document/1"}"#
        ]],
    );
}

#[test]
fn the_head_tells_about_the_document() {
    check(
        "<html lang=zh-CN><head><title>页 - 站</title><meta name=ArticleTitle content='年度报告'><meta name=PubDate content='2020-01-20 10:04'><meta name=ContentSource content='某局'><meta name=keywords content='公开,年报'><meta name=description content=d></head><header>上</header><p>x</p><footer>下</footer>",
        expect![[
            r#"{"body":[{"content":[{"text":"x","type":"text"}],"type":"paragraph"}],"footers":[{"blocks":[{"content":[{"text":"下","type":"text"}],"type":"paragraph"}],"kind":"default"}],"headers":[{"blocks":[{"content":[{"text":"上","type":"text"}],"type":"paragraph"}],"kind":"default"}],"meta":{"description":"d","issued":"2020-01-20","language":"zh-CN","publisher":"某局","subjects":["公开","年报"],"title":"年度报告"},"tabulary":"document/1"}"#
        ]],
    );
}

#[test]
fn encodings_are_told() {
    let page = "<meta charset=gb2312><p>政府信息公开</p>";
    let (bytes, _, _) = encoding_rs::GB18030.encode(page);
    assert!(json::to_string(&read(&bytes).value).contains("政府信息公开"));
    let page = "<p>政府信息公开年度报告</p>";
    let (bytes, _, _) = encoding_rs::GB18030.encode(page);
    let outcome = read(&bytes);
    assert!(json::to_string(&outcome.value).contains("年度报告"));
    assert_eq!(outcome.diagnostics[0].code, Code::EncodingGuessed);
    let outcome = read(b"<meta charset=utf-8><p>a\xffb</p>");
    assert_eq!(outcome.diagnostics[0].code, Code::EncodingError);
}

#[test]
fn blocks_and_cells_have_their_line() {
    let html = "<p>a</p>\n<table>\n<tr><td>b</td>\n<td>c</td></tr></table>";
    let options = ReadOptions::default();
    let outcome = HtmlReader.read(Input::new(html.as_bytes()), &options);
    let document = outcome.expect("the page is read").value;
    expect![[r#"{"body":[{"content":[{"text":"a","type":"text"}],"origin":{"line":1},"type":"paragraph"},{"cells":[{"col":0,"origin":{"line":3},"row":0,"text":"b"},{"col":1,"origin":{"line":4},"row":0,"text":"c"}],"columns":[{},{}],"origin":{"line":2},"rows":1,"type":"table"}],"tabulary":"document/1"}"#]].assert_eq(&json::to_string(&document));
}

const MIXED: &str = include_str!("../../../../fixtures/html/annual-report.html");

#[test]
fn every_prefix_is_read() {
    let bytes = MIXED.as_bytes();
    for end in 0..bytes.len() {
        read(&bytes[..end]);
    }
}

#[test]
fn mutations_are_read() {
    let mut state = 7_u64;
    let mut next = |bound: usize| {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        (state >> 33) as usize % bound
    };
    for _ in 0..400 {
        let mut bytes = MIXED.as_bytes().to_vec();
        for _ in 0..8 {
            let at = next(bytes.len());
            match next(3) {
                0 => bytes[at] = next(256) as u8,
                1 => drop(bytes.remove(at)),
                _ => {
                    let from = next(bytes.len() - 40);
                    let piece = bytes[from..from + 40].to_vec();
                    bytes.splice(at..at, piece);
                }
            }
        }
        read(&bytes);
    }
}

#[test]
fn depth_is_bounded() {
    for tag in [
        "div",
        "b",
        "span",
        "ul><li",
        "table><tr><td",
        "blockquote",
        "a href=x",
        "section data-kind=part",
    ] {
        let html = format!("<{tag}>").repeat(20_000) + "x";
        let outcome = read(html.as_bytes());
        assert!(json::to_string(&outcome.value).contains("\"x\""), "{tag}");
    }
}

#[test]
fn a_page_that_makes_too_many_elements_is_refused() {
    let formats: String = (0..300).map(|n| format!("<font a{n}>")).collect();
    let html = String::from("<p>") + &formats + &"<p>x".repeat(20_000);
    let error = HtmlReader
        .read(Input::new(html.as_bytes()), &ReadOptions::default())
        .map(drop)
        .expect_err("the limit is passed");
    assert_eq!(error.kind(), ErrorKind::Limit);
}

#[test]
fn cells_are_counted() {
    let options = ReadOptions {
        limits: Limits {
            cells: 100,
            ..Limits::default()
        },
        ..ReadOptions::default()
    };
    let html = "<table><tr><td colspan=60>x<tr><td>y</table>";
    let error = HtmlReader
        .read(Input::new(html.as_bytes()), &options)
        .map(drop)
        .expect_err("the limit is passed");
    assert_eq!(error.kind(), ErrorKind::Limit);
}

#[test]
fn a_web_page_in_gb18030_keeps_its_table() {
    let page = include_bytes!("../../../../fixtures/html/notice-gb18030.html");
    let outcome = read(page);
    let tables = outcome.value.tables();
    assert!(tables.iter().any(|table| table.has_spans()));
    assert_eq!(
        outcome.value.meta.publisher.as_deref(),
        Some("双桥县人民政府办公室")
    );
}

#[test]
fn html_is_told_from_other_texts() {
    let told = |text: &str, name: &str| HtmlReader.sniff(Input::named(text.as_bytes(), name));
    assert_eq!(told("<!DOCTYPE html><p>x", "x.xls"), Confidence::Certain);
    assert_eq!(told("\u{feff}<html>", ""), Confidence::Certain);
    assert_eq!(
        told("<?xml version='1.0'?><html xmlns='x'>", ""),
        Confidence::Certain
    );
    assert_eq!(told("<table><tr><td>x", "x.xls"), Confidence::Likely);
    assert_eq!(told("hello", "x.html"), Confidence::Likely);
    assert_eq!(told("hello", "x.txt"), Confidence::No);
    assert_eq!(
        told("<?xml version='1.0'?><book/>", "x.xml"),
        Confidence::No
    );
    assert_eq!(told("PK\u{3}\u{4}", "x.html"), Confidence::No);
}

#[test]
fn directions_are_read() {
    let page = r#"<body dir="rtl"><p style="margin-right:9pt">a</p><p dir="ltr">b</p><table dir="rtl"><tr><td>c</td></tr></table></body>"#;
    let outcome = HtmlReader.read(Input::new(page.as_bytes()), &ReadOptions::default());
    let json = tabulary_ir::json::to_string(&outcome.expect("a page").value);
    assert_eq!(json.matches(r#""rtl":true"#).count(), 2, "{json}");
    assert!(
        json.contains(r#""style":{"indent":9,"rtl":true}"#),
        "{json}"
    );
}
