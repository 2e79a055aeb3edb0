//! Links, comments, pictures and texts that lie on a sheet.

use expect_test::expect;

use crate::book::{Book, DRAWING, MAIN, check, fixture, read};

/// A picture of one square.
const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR";
const SHEET: &str = "xl/worksheets/sheet1.xml";

fn rows() -> &'static str {
    r#"<sheetData><row r="1"><c r="A1" t="str"><v>a</v></c><c r="B1" t="str"><v>b</v></c></row><row r="2"><c r="A2"><v>2</v></c><c r="C2"><v>3</v></c></row></sheetData>"#
}

#[test]
fn links_lead_out_and_within_and_over_ranges() {
    let links = r##"<hyperlinks><hyperlink ref="A1" r:id="rId1" tooltip="t"/><hyperlink ref="B1" location="'表 二'!A1" display="x"/><hyperlink ref="A2:C2" r:id="rId2" location="part"/><hyperlink ref="D4" r:id="rId1"/><hyperlink ref="A1" location="#again"/></hyperlinks>"##;
    Book::of_sheet(&format!("{}{links}", rows()))
        .relate(SHEET, "hyperlink", "https://example.org/a?b=1&c")
        .relate(SHEET, "hyperlink", "mailto:a@example.org")
        .check(&expect![[r##"
            {"body":[{"body":[{"cells":[
              {"blocks":[{"content":[{"content":[{"text":"a","type":"text"}],"href":"https://example.org/a?b=1&c","type":"link"}],"type":"paragraph"}],"col":0,"row":0},
              {"blocks":[{"content":[{"content":[{"text":"b","type":"text"}],"href":"#'表 二'!A1","type":"link"}],"type":"paragraph"}],"col":1,"row":0},
              {"blocks":[{"content":[{"content":[{"text":"2","type":"text"}],"href":"mailto:a@example.org#part","type":"link"}],"type":"paragraph"}],"col":0,"row":1,"value":{"number":"2"}},
              {"blocks":[{"content":[{"content":[{"text":"3","type":"text"}],"href":"mailto:a@example.org#part","type":"link"}],"type":"paragraph"}],"col":2,"row":1,"value":{"number":"3"}},
              {"blocks":[{"content":[{"content":[],"href":"https://example.org/a?b=1&c","type":"link"}],"type":"paragraph"}],"col":3,"row":3}
            ],"columns":[{},{},{},{}],"rows":4,"type":"table"}],"kind":"sheet","name":"表","type":"section"}]}
            表!A1: loss[link-dropped]: a cell has one link: it leads to "https://example.org/a?b=1&c", and "#again" was left out
        "##]]);
    check(
        &fixture("links.xlsx"),
        &expect![[r##"
            {"body":[{"body":[{"cells":[
              {"blocks":[{"content":[{"content":[{"marks":["underline"],"text":"calamine repo","type":"text"}],"href":"https://github.com/tafia/calamine","type":"link"}],"type":"paragraph"}],"col":0,"row":0},
              {"blocks":[{"content":[{"content":[{"text":"mail link","type":"text"}],"href":"mailto:foo@example.com","type":"link"}],"type":"paragraph"}],"col":1,"col_span":2,"row":0,"row_span":2},
              {"blocks":[{"content":[{"content":[{"text":"Rust Programming Language","type":"text"}],"href":"https://www.rust-lang.org/","type":"link"}],"type":"paragraph"}],"col":0,"row":1},
              {"blocks":[{"content":[{"content":[{"text":"go to other sheet","type":"text"}],"href":"#'Sheet2'!B5","type":"link"}],"type":"paragraph"}],"col":0,"row":2},
              {"blocks":[{"content":[{"content":[{"text":"book2","type":"text"}],"href":"file:///Book2.xlsx","type":"link"}],"type":"paragraph"}],"col":0,"row":3},
              {"blocks":[{"content":[{"content":[{"text":"sales book2","type":"text"}],"href":"file:///..\\Sales\\Book2.xlsx","type":"link"}],"type":"paragraph"}],"col":0,"row":4},
              {"blocks":[{"content":[{"content":[{"text":"temp book1","type":"text"}],"href":"file:///C:\\Temp\\Book1.xlsx","type":"link"}],"type":"paragraph"}],"col":0,"row":5},
              {"blocks":[{"content":[{"content":[{"text":"book2 sheet1 a1","type":"text"}],"href":"file:///Book2.xlsx#Sheet1!A1","type":"link"}],"type":"paragraph"}],"col":0,"row":6},
              {"blocks":[{"content":[{"content":[{"text":"sales data range","type":"text"}],"href":"file:///Book2.xlsx#'Sales Data'!A1:G5","type":"link"}],"type":"paragraph"}],"col":0,"row":7}
            ],"columns":[{},{},{}],"rows":8,"type":"table"}],"kind":"sheet","name":"Links","type":"section"},
            {"body":[{"cells":[
              {"col":0,"row":0,"text":"target cell"}
            ],"columns":[{}],"rows":1,"type":"table"}],"kind":"sheet","name":"Sheet2","type":"section"}]}
        "##]],
    );
}

#[test]
fn links_that_lead_nowhere_are_told() {
    let links = r##"<hyperlinks><hyperlink ref="A1" r:id="rId9"/><hyperlink ref="B1" r:id="rId9" location="x"/><hyperlink ref="A2"/><hyperlink ref="nowhere" location="x"/><hyperlink ref="C2" location="first"/><hyperlink ref="C2" location="second"/><hyperlink ref="C2" location="first"/></hyperlinks>"##;
    let outcome = read(&Book::of_sheet(&format!("{}{links}", rows())).bytes());
    let told: Vec<String> = outcome
        .diagnostics
        .iter()
        .map(ToString::to_string)
        .collect();
    expect![[r##"
        表!A1: loss[link-dropped]: a link of "nowhere", which is no range, was left out
        表!A1: repair[reference-missing]: the relationship "rId9" of a link is not there; its text stands
        表!B1: repair[reference-missing]: the relationship "rId9" of a link is not there; its text stands
        表!A2: repair[reference-missing]: a link that leads nowhere was left out
        表!C2: loss[link-dropped]: a cell has one link: it leads to "#first", and "#second" was left out"##]].assert_eq(&told.join("\n"));
    let text = tabulary_ir::json::to_string(&outcome.value);
    assert_eq!(text.matches("\"href\"").count(), 1, "{text}");
}

#[test]
fn comments_of_no_cell_are_told() {
    let items = r#"<comment ref="A0" authorId="0"><text><t>a</t></text></comment><comment authorId="0"><text><t>b</t></text></comment><comment ref="A1" authorId="0"><text><t>c</t></text></comment>"#;
    let book = Book::of_sheet(rows())
        .part("xl/comments1.xml", "application/xml", comments(items))
        .relate(SHEET, "comments", "../comments1.xml");
    let outcome = read(&book.bytes());
    assert_eq!(outcome.value.notes.len(), 1);
    let told: Vec<String> = outcome
        .diagnostics
        .iter()
        .map(ToString::to_string)
        .collect();
    expect!["表!A1: loss[note-moved]: 2 comments name no cell and were left out"]
        .assert_eq(&told.join("\n"));
}

#[test]
fn damage_of_comments_and_drawings_is_told() {
    let items = r#"<comment ref="A1" authorId="0"><text><t>a</t></text></comment><comment ref="B1"><text><t>b</wrong>"#;
    let from = corner("from", 0, 1, 0) + &corner("to", 0, 1, 9);
    let anchors = anchor("twoCell", &(from + &picture("rId1", "印章"))) + "<xdr:twoCellAnchor><";
    let book = drawn(&anchors)
        .part("xl/comments1.xml", "application/xml", comments(items))
        .relate(SHEET, "comments", "../comments1.xml");
    let outcome = read(&book.bytes());
    assert_eq!(outcome.value.notes.len(), 2);
    assert_eq!(outcome.value.resources.iter().count(), 1);
    let told: Vec<String> = outcome
        .diagnostics
        .iter()
        .map(ToString::to_string)
        .collect();
    expect![[r#"
        xl/drawings/drawing1.xml: repair[xml-damaged]: the XML is damaged at byte 753: the text ends inside of an element; what stands before it was read
        xl/comments1.xml: repair[xml-damaged]: the XML is damaged at byte 246: ill-formed document: expected `</t>`, but `</wrong>` was found; what stands before it was read"#]].assert_eq(&told.join("\n"));
}

fn comments(items: &str) -> String {
    format!(
        r#"<comments xmlns="{MAIN}"><authors><author>某某</author><author></author></authors><commentList>{items}</commentList></comments>"#
    )
}

#[test]
fn comments_have_their_authors() {
    let items = r#"<comment ref="A1" authorId="0"><text><r><rPr><b/></rPr><t>某某:</t></r><r><t xml:space="preserve">
对吗？</t></r></text></comment><comment ref="D3" authorId="1"><text><t>alone</t></text></comment><comment ref="A2" authorId="7"><text/></comment>"#;
    Book::of_sheet(rows())
        .part("xl/comments1.xml", "application/xml", comments(items))
        .relate(SHEET, "comments", "../comments1.xml")
        .check(&expect![[r#"
            {"body":[{"body":[{"cells":[
              {"blocks":[{"content":[{"text":"a","type":"text"},{"note":"comment-1","type":"note_ref"}],"type":"paragraph"}],"col":0,"row":0},
              {"col":1,"row":0,"text":"b"},
              {"blocks":[{"content":[{"text":"2","type":"text"},{"note":"comment-2","type":"note_ref"}],"type":"paragraph"}],"col":0,"row":1,"value":{"number":"2"}},
              {"col":2,"row":1,"text":"3","value":{"number":"3"}},
              {"blocks":[{"content":[{"note":"comment-3","type":"note_ref"}],"type":"paragraph"}],"col":3,"row":2}
            ],"columns":[{},{},{},{}],"rows":3,"type":"table"}],"kind":"sheet","name":"表","type":"section"}],"notes":[
              {"blocks":[{"content":[{"marks":["bold"],"text":"某某:","type":"text"},{"type":"line_break"},{"text":"对吗？","type":"text"}],"type":"paragraph"}],"id":"comment-1","kind":"comment","label":"某某"},
              {"blocks":[{"content":[],"type":"paragraph"}],"id":"comment-2","kind":"comment"},
              {"blocks":[{"content":[{"text":"alone","type":"text"}],"type":"paragraph"}],"id":"comment-3","kind":"comment"}]}
        "#]]);
}

#[test]
fn a_thread_takes_the_place_of_its_placeholder() {
    const NS: &str = "http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments";
    const KIND: &str = "http://schemas.microsoft.com/office/2017/10/relationships";
    let placeholder = r#"<comment ref="A1" authorId="0"><text><t>[Threaded comment] Your version of Excel allows you to read this</t></text></comment><comment ref="B1" authorId="0"><text><t>plain</t></text></comment>"#;
    let threads = format!(
        r#"<ThreadedComments xmlns="{NS}"><threadedComment ref="A1" personId="{{1}}" id="{{a}}"><text>first</text></threadedComment><threadedComment ref="A1" personId="{{2}}" id="{{b}}" parentId="{{a}}"><text>answer</text></threadedComment><threadedComment ref="A1" personId="{{1}}" id="{{c}}" parentId="{{a}}"><text>thanks</text></threadedComment></ThreadedComments>"#
    );
    let persons = format!(
        r#"<personList xmlns="{NS}"><person displayName="甲" id="{{1}}"/><person displayName="乙" id="{{2}}"/></personList>"#
    );
    Book::of_sheet(rows())
        .part("xl/comments1.xml", "application/xml", comments(placeholder))
        .part("xl/threads.xml", "application/xml", threads)
        .part("xl/persons.xml", "application/xml", persons)
        .relate(SHEET, "comments", "../comments1.xml")
        .relate(SHEET, &format!("{KIND}/threadedComment"), "../threads.xml")
        .relate("xl/workbook.xml", &format!("{KIND}/person"), "persons.xml")
        .check(&expect![[r#"
            {"body":[{"body":[{"cells":[
              {"blocks":[{"content":[{"text":"a","type":"text"},{"note":"comment-1","type":"note_ref"}],"type":"paragraph"}],"col":0,"row":0},
              {"blocks":[{"content":[{"text":"b","type":"text"},{"note":"comment-2","type":"note_ref"}],"type":"paragraph"}],"col":1,"row":0},
              {"col":0,"row":1,"text":"2","value":{"number":"2"}},
              {"col":2,"row":1,"text":"3","value":{"number":"3"}}
            ],"columns":[{},{},{}],"rows":2,"type":"table"}],"kind":"sheet","name":"表","type":"section"}],"notes":[
              {"blocks":[{"content":[{"text":"first","type":"text"}],"type":"paragraph"},
            {"content":[{"text":"乙: answer","type":"text"}],"type":"paragraph"},
            {"content":[{"text":"thanks","type":"text"}],"type":"paragraph"}],"id":"comment-1","kind":"comment","label":"甲"},
              {"blocks":[{"content":[{"text":"plain","type":"text"}],"type":"paragraph"}],"id":"comment-2","kind":"comment","label":"某某"}]}
        "#]]);
}

/// A workbook with these anchors in the drawing of its sheet.
fn drawn(anchors: &str) -> Book {
    on_sheet(&format!("{}<drawing r:id=\"rId1\"/>", rows()), anchors)
}

/// A workbook of a sheet that has a drawing with these anchors.
fn on_sheet(sheet: &str, anchors: &str) -> Book {
    Book::of_sheet(sheet)
        .part(
            "xl/drawings/drawing1.xml",
            "application/vnd.openxmlformats-officedocument.drawing+xml",
            format!("<xdr:wsDr {DRAWING}>{anchors}</xdr:wsDr>"),
        )
        .part("xl/media/image1.png", "image/png", PNG)
        .relate(SHEET, "drawing", "../drawings/drawing1.xml")
        .relate("xl/drawings/drawing1.xml", "image", "../media/image1.png")
}

/// The corner of an anchor, with how far into the cell it reaches.
fn corner(name: &str, row: u32, col: u32, inside: u32) -> String {
    format!(
        "<xdr:{name}><xdr:col>{col}</xdr:col><xdr:colOff>{inside}</xdr:colOff><xdr:row>{row}</xdr:row><xdr:rowOff>{inside}</xdr:rowOff></xdr:{name}>"
    )
}

fn picture(id: &str, alt: &str) -> String {
    format!(
        r#"<xdr:pic><xdr:nvPicPr><xdr:cNvPr id="2" name="p" descr="{alt}"/></xdr:nvPicPr><xdr:blipFill><a:blip r:embed="{id}"/></xdr:blipFill><xdr:spPr><a:xfrm><a:ext cx="127000" cy="254000"/></a:xfrm></xdr:spPr></xdr:pic>"#
    )
}

fn anchor(kind: &str, inside: &str) -> String {
    format!("<xdr:{kind}Anchor>{inside}<xdr:clientData/></xdr:{kind}Anchor>")
}

#[test]
fn a_picture_within_a_cell_is_part_of_it() {
    let from = corner("from", 0, 1, 0);
    let picture = picture("rId1", "印章");
    let anchors = anchor("twoCell", &(from + &corner("to", 0, 1, 9) + &picture))
        + &anchor(
            "oneCell",
            &(corner("from", 1, 0, 5) + r#"<xdr:ext cx="63500" cy="63500"/>"# + &picture),
        )
        // What ends at the edge of the next cell lies within its own.
        + &anchor("twoCell", &(corner("from", 4, 4, 0) + &corner("to", 5, 5, 0) + &picture));
    drawn(&anchors).check(&expect![[r#"
        {"body":[{"body":[{"cells":[
          {"col":0,"row":0,"text":"a"},
          {"blocks":[{"content":[{"text":"b","type":"text"},{"alt":"印章","resource":"sha256:02a3e298f1533f62558c58e4c70edcab9af5a50d62d925fd5390942020fb0fb8","size":[10,20],"type":"image"}],"type":"paragraph"}],"col":1,"row":0},
          {"blocks":[{"content":[{"text":"2","type":"text"},{"alt":"印章","resource":"sha256:02a3e298f1533f62558c58e4c70edcab9af5a50d62d925fd5390942020fb0fb8","size":[5,5],"type":"image"}],"type":"paragraph"}],"col":0,"row":1,"value":{"number":"2"}},
          {"col":2,"row":1,"text":"3","value":{"number":"3"}},
          {"blocks":[{"content":[{"alt":"印章","resource":"sha256:02a3e298f1533f62558c58e4c70edcab9af5a50d62d925fd5390942020fb0fb8","size":[10,20],"type":"image"}],"type":"paragraph"}],"col":4,"row":4}
        ],"columns":[{},{},{},{},{}],"rows":5,"type":"table"}],"kind":"sheet","name":"表","type":"section"}],"resources":{"sha256:02a3e298f1533f62558c58e4c70edcab9af5a50d62d925fd5390942020fb0fb8":{"data":"iVBORw0KGgoAAAANSUhEUg==","media_type":"image/png"}}}
    "#]]);
}

#[test]
fn a_picture_of_one_corner_covers_the_cells_that_its_size_reaches() {
    let size = |width: u32, height: u32| {
        let (width, height) = (width * 12_700, height * 12_700);
        format!(r#"<xdr:ext cx="{width}" cy="{height}"/>"#)
    };
    let one = |row, col, width, height| {
        let inside = corner("from", row, col, 0) + &size(width, height) + &picture("rId1", "one");
        anchor("oneCell", &inside)
    };
    let absolute = |x: u32, y: u32, width, height| {
        let at = format!(r#"<xdr:pos x="{}" y="{}"/>"#, x * 12_700, y * 12_700);
        anchor(
            "absolute",
            &(at + &size(width, height) + &picture("rId1", "far")),
        )
    };
    let anchors = one(3, 1, 60, 20) + &one(5, 0, 21, 41) + &absolute(69, 20, 53, 12);
    let sheet = format!(
        r#"<sheetFormatPr defaultRowHeight="20" defaultColWidth="10"/><cols><col min="1" max="1" width="4"/><col min="2" max="2" hidden="1"/></cols>{}<drawing r:id="rId1"/>"#,
        rows().replace(
            "</sheetData>",
            r#"<row r="4" ht="15" customHeight="1"/></sheetData>"#
        ),
    );
    let outcome = read(&on_sheet(&sheet, &anchors).bytes());
    let places = outcome.value.body.iter().flat_map(|block| match block {
        tabulary_ir::Block::Section(section) => section.body.as_slice(),
        _ => &[],
    });
    let places = places.filter_map(|block| block.origin());
    let places: Vec<String> = places.map(ToString::to_string).collect();
    expect!["表!A1:C2 表!C2:D2 表!B4:D5 表!A6:A8"].assert_eq(&places.join(" "));
}

#[test]
fn a_picture_over_several_cells_stands_behind_the_table() {
    let over = corner("from", 0, 0, 0) + &corner("to", 3, 2, 9) + &picture("rId1", "图");
    let group = format!("<xdr:grpSp>{}</xdr:grpSp>", picture("rId1", "in a group"));
    let anchors = anchor("twoCell", &over)
        + &anchor(
            "twoCell",
            &(corner("from", 5, 0, 0) + &corner("to", 9, 2, 9) + &group),
        )
        + &anchor(
            "twoCell",
            &(corner("from", 5, 0, 0) + &corner("to", 9, 2, 9) + &picture("rId8", "lost")),
        );
    drawn(&anchors).check(&expect![[r#"
        {"body":[{"body":[{"cells":[
          {"col":0,"row":0,"text":"a"},
          {"col":1,"row":0,"text":"b"},
          {"col":0,"row":1,"text":"2","value":{"number":"2"}},
          {"col":2,"row":1,"text":"3","value":{"number":"3"}}
        ],"columns":[{},{},{}],"rows":2,"type":"table"},
        {"content":[{"alt":"图","resource":"sha256:02a3e298f1533f62558c58e4c70edcab9af5a50d62d925fd5390942020fb0fb8","size":[10,20],"type":"image"}],"type":"figure"},
        {"content":[{"alt":"in a group","resource":"sha256:02a3e298f1533f62558c58e4c70edcab9af5a50d62d925fd5390942020fb0fb8","size":[10,20],"type":"image"}],"type":"figure"},
        {"content":[{"alt":"lost","size":[10,20],"type":"image"}],"type":"figure"}],"kind":"sheet","name":"表","type":"section"}],"resources":{"sha256:02a3e298f1533f62558c58e4c70edcab9af5a50d62d925fd5390942020fb0fb8":{"data":"iVBORw0KGgoAAAANSUhEUg==","media_type":"image/png"}}}
        表!A6:C10: repair[reference-missing]: the bytes of a picture are not in the package
    "#]]);
}

#[test]
fn texts_that_lie_on_a_sheet_are_paragraphs() {
    let shape = r#"<xdr:sp><xdr:txBody><a:p><a:r><a:rPr lang="zh-CN"/><a:t>一行</a:t></a:r><a:br/><a:r><a:t>又一行</a:t></a:r></a:p><a:p/><a:p><a:fld><a:t>三</a:t></a:fld></a:p></xdr:txBody></xdr:sp>"#;
    let over = corner("from", 3, 1, 0) + &corner("to", 6, 3, 9) + shape;
    let choice = format!(
        r#"<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><mc:Choice>{}</mc:Choice><mc:Fallback>{}</mc:Fallback></mc:AlternateContent>"#,
        shape.replace("三", "new"),
        shape.replace("三", "old")
    );
    let anchors = anchor("twoCell", &over)
        + &anchor(
            "twoCell",
            &(corner("from", 0, 0, 0) + &corner("to", 1, 1, 0) + &choice),
        );
    drawn(&anchors).check(&expect![[r#"
        {"body":[{"body":[{"cells":[
          {"col":0,"row":0,"text":"a"},
          {"col":1,"row":0,"text":"b"},
          {"col":0,"row":1,"text":"2","value":{"number":"2"}},
          {"col":2,"row":1,"text":"3","value":{"number":"3"}}
        ],"columns":[{},{},{}],"rows":2,"type":"table"},
        {"content":[{"text":"一行","type":"text"},{"type":"line_break"},{"text":"又一行","type":"text"}],"type":"paragraph"},
        {"content":[{"text":"new","type":"text"}],"type":"paragraph"},
        {"content":[{"text":"一行","type":"text"},{"type":"line_break"},{"text":"又一行","type":"text"}],"type":"paragraph"},
        {"content":[{"text":"三","type":"text"}],"type":"paragraph"}],"kind":"sheet","name":"表","type":"section"}]}
    "#]]);
}

#[test]
fn a_linked_picture_keeps_its_address() {
    let linked = picture("rId2", "far").replace("r:embed", "r:link");
    let anchors = anchor(
        "twoCell",
        &(corner("from", 0, 0, 0) + &corner("to", 0, 0, 9) + &linked),
    );
    drawn(&anchors)
        .relate(
            "xl/drawings/drawing1.xml",
            "image",
            "https://example.org/a.png",
        )
        .check(&expect![[r#"
            {"body":[{"body":[{"cells":[
              {"blocks":[{"content":[{"text":"a","type":"text"},{"alt":"far","href":"https://example.org/a.png","size":[10,20],"type":"image"}],"type":"paragraph"}],"col":0,"row":0},
              {"col":1,"row":0,"text":"b"},
              {"col":0,"row":1,"text":"2","value":{"number":"2"}},
              {"col":2,"row":1,"text":"3","value":{"number":"3"}}
            ],"columns":[{},{},{}],"rows":2,"type":"table"}],"kind":"sheet","name":"表","type":"section"}]}
        "#]]);
}

#[test]
fn a_real_picture_is_a_resource() {
    let outcome = read(&fixture("picture.xlsx"));
    let resources: Vec<String> = outcome
        .value
        .resources
        .iter()
        .map(|(_, resource)| format!("{resource:?}"))
        .collect();
    expect!["Resource(image/png, 6645 bytes)"].assert_eq(&resources.join("\n"));
}
