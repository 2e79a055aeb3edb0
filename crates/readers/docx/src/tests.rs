mod damage;
mod drawn;
mod fixtures;
mod forms;
mod outline;
mod sections;

use expect_test::{Expect, expect};
use tabulary_ir::{Diagnostic, Document, Outcome, json};
use tabulary_package::PackageWriter;

use super::*;

const W: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const RELATIONSHIPS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/";
const MAIN: &str =
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml";

/// The parts of a small document.
#[derive(Default)]
pub(crate) struct Made<'a> {
    body: &'a str,
    /// Styles, numbering, footnotes and so on: kind of relationship, and what stands in the root.
    parts: &'a [(&'a str, &'a str)],
    /// Addresses that the body refers to as rId1, rId2 and so on: kind and target.
    links: &'a [(&'a str, &'a str)],
    /// Parts that it refers to behind these: kind, name below `word`, and bytes.
    raw: &'a [(&'a str, &'a str, &'a str)],
}

impl Made<'_> {
    pub(crate) fn main_part(&self) -> String {
        format!(
            concat!(
                r#"<w:document xmlns:w="{}" xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" "#,
                r#"xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" "#,
                r#"xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" "#,
                r#"xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" "#,
                r#"xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" "#,
                r#"xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" "#,
                r#"xmlns:v="urn:schemas-microsoft-com:vml"><w:body>{}</w:body></w:document>"#,
            ),
            W, self.body
        )
    }

    pub(crate) fn package(&self, main: &str) -> Vec<u8> {
        let mut package = PackageWriter::new();
        let kind = format!("{RELATIONSHIPS}officeDocument");
        package.relate("", &kind, "word/document.xml", false);
        package.part("word/document.xml", MAIN, main);
        for (kind, target) in self.links {
            let external = target.contains(':');
            let kind = format!("{RELATIONSHIPS}{kind}");
            package.relate("word/document.xml", &kind, target, external);
            if !external {
                package.part(&format!("word/{target}"), "image/png", *b"\x89PNG");
            }
        }
        for (kind, name, text) in self.raw {
            let kind = format!("{RELATIONSHIPS}{kind}");
            package.relate("word/document.xml", &kind, name, false);
            package.part(&format!("word/{name}"), "application/xml", *text);
        }
        for (kind, inner) in self.parts {
            let root = match *kind {
                "header" => "hdr",
                "footer" => "ftr",
                kind => kind,
            };
            let xml = format!(r#"<w:{root} xmlns:w="{W}">{inner}</w:{root}>"#);
            let relationship = format!("{RELATIONSHIPS}{kind}");
            package.relate(
                "word/document.xml",
                &relationship,
                &format!("{kind}.xml"),
                false,
            );
            package.part(&format!("word/{kind}.xml"), "application/xml", xml);
        }
        let mut bytes = Vec::new();
        package.finish(&mut bytes).expect("a Vec takes all bytes");
        bytes
    }

    fn bytes(&self) -> Vec<u8> {
        self.package(&self.main_part())
    }
}

pub(crate) fn read(bytes: &[u8]) -> Result<Outcome<Document>, Error> {
    DocxReader.read(Input::new(bytes), &ReadOptions::default())
}

/// A document as lines: a block, a note, a header each, as canonical JSON without places.
fn lines(mut document: Document, diagnostics: &[Diagnostic]) -> String {
    document.strip_origins();
    let mut text = String::new();
    let mut add = |prefix: &str, document: Document| {
        let json = json::to_string(&document);
        let inner = json.split_once(r#""body":["#).map_or("", |(_, rest)| rest);
        let inner = inner
            .rsplit_once(r#"],"tabulary""#)
            .map_or(inner, |(inner, _)| inner);
        text.push_str(&format!("{prefix}{inner}\n"));
    };
    let one = |blocks| Document {
        body: blocks,
        ..Document::default()
    };
    for block in document.body {
        add("", one(vec![block]));
    }
    for note in document.notes {
        let label = note.label.unwrap_or_default();
        add(&format!("{} {label}: ", note.id), one(note.blocks));
    }
    for header in document.headers {
        add(&format!("{:?} header: ", header.kind), one(header.blocks));
    }
    for footer in document.footers {
        add(&format!("{:?} footer: ", footer.kind), one(footer.blocks));
    }
    for diagnostic in diagnostics {
        text.push_str(&format!("{diagnostic}\n"));
    }
    text
}

fn check_made(made: &Made<'_>, wanted: &Expect) {
    let outcome = read(&made.bytes()).expect("a document");
    wanted.assert_eq(&lines(outcome.value, &outcome.diagnostics));
}

fn check(body: &str, wanted: &Expect) {
    let made = Made {
        body,
        ..Made::default()
    };
    check_made(&made, wanted);
}

#[test]
fn marks_come_from_runs_and_their_styles() {
    check_made(
        &Made {
            body: concat!(
                r#"<w:p><w:pPr><w:pStyle w:val="P"/></w:pPr><w:r><w:t>by paragraph</w:t></w:r>"#,
                r#"<w:r><w:rPr><w:rStyle w:val="C"/></w:rPr><w:t>by both</w:t></w:r>"#,
                r#"<w:r><w:rPr><w:b w:val="0"/><w:u w:val="single"/></w:rPr><w:t>off</w:t></w:r></w:p>"#,
                r#"<w:p><w:r><w:rPr><w:rStyle w:val="D"/><w:vertAlign w:val="superscript"/></w:rPr><w:t> a </w:t></w:r>"#,
                r#"<w:r><w:rPr><w:rStyle w:val="V"/></w:rPr><w:t>unseen</w:t></w:r>"#,
                r#"<w:r><w:t xml:space="preserve"> b </w:t><w:tab/><w:noBreakHyphen/><w:br/><w:sym w:font="Wingdings" w:char="F0FC"/></w:r></w:p>"#,
            ),
            parts: &[(
                "styles",
                concat!(
                    r#"<w:style w:type="paragraph" w:styleId="P"><w:name w:val="Strong Text"/><w:pPr><w:jc w:val="center"/></w:pPr><w:rPr><w:b/></w:rPr></w:style>"#,
                    r#"<w:style w:type="character" w:styleId="C"><w:name w:val="Strong"/><w:rPr><w:b/></w:rPr></w:style>"#,
                    r#"<w:style w:type="character" w:styleId="D"><w:name w:val="Stronger"/><w:basedOn w:val="C"/><w:rPr><w:i/></w:rPr></w:style>"#,
                    r#"<w:style w:type="character" w:styleId="V"><w:name w:val="Secret"/><w:rPr><w:vanish/></w:rPr></w:style>"#,
                ),
            )],
            ..Made::default()
        },
        &expect![[r#"
            {"content":[{"marks":["bold"],"text":"by paragraph","type":"text"},{"text":"by both","type":"text"},{"marks":["underline"],"text":"off","type":"text"}],"style":{"align":"center"},"type":"paragraph"}
            {"content":[{"marks":["bold","italic","superscript"],"text":"a","type":"text"},{"text":" b ","type":"text"},{"type":"tab"},{"text":"-","type":"text"},{"type":"line_break"},{"text":"✓","type":"text"}],"type":"paragraph"}
            word/document.xml p[2]: loss[content-skipped]: hidden text was left out
        "#]],
    );
}

#[test]
fn headings_have_levels_and_labels() {
    check_made(
        &Made {
            body: concat!(
                r#"<w:p><w:pPr><w:pStyle w:val="1"/></w:pPr><w:r><w:t>总体情况</w:t></w:r></w:p>"#,
                r#"<w:p><w:pPr><w:pStyle w:val="2"/></w:pPr><w:r><w:t>基本情况</w:t></w:r></w:p>"#,
                r#"<w:p><w:pPr><w:pStyle w:val="2"/></w:pPr><w:r><w:t>其他</w:t></w:r></w:p>"#,
                r#"<w:p><w:pPr><w:pStyle w:val="1"/><w:outlineLvl w:val="9"/></w:pPr><w:r><w:t>body text</w:t></w:r></w:p>"#,
                r#"<w:p><w:pPr><w:outlineLvl w:val="4"/></w:pPr><w:r><w:t>direct</w:t></w:r></w:p>"#,
                r#"<w:p><w:pPr><w:pStyle w:val="a3"/></w:pPr><w:r><w:t>by name</w:t></w:r></w:p>"#,
                r#"<w:p><w:pPr><w:pStyle w:val="2"/><w:numPr><w:numId w:val="0"/></w:numPr></w:pPr><w:r><w:t>no number</w:t></w:r></w:p>"#,
            ),
            parts: &[
                (
                    "styles",
                    concat!(
                        r#"<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/><w:pPr><w:numPr><w:numId w:val="7"/></w:numPr><w:outlineLvl w:val="0"/></w:pPr><w:rPr><w:b/></w:rPr></w:style>"#,
                        r#"<w:style w:type="paragraph" w:styleId="2"><w:name w:val="Part"/><w:basedOn w:val="1"/><w:pPr><w:outlineLvl w:val="1"/></w:pPr></w:style>"#,
                        r#"<w:style w:type="paragraph" w:styleId="a3"><w:name w:val="标题 3"/></w:style>"#,
                    ),
                ),
                (
                    "numbering",
                    concat!(
                        r#"<w:abstractNum w:abstractNumId="3"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:pStyle w:val="1"/><w:lvlText w:val="%1、"/></w:lvl>"#,
                        r#"<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:pStyle w:val="2"/><w:isLgl/><w:lvlText w:val="%1.%2"/></w:lvl></w:abstractNum>"#,
                        r#"<w:num w:numId="7"><w:abstractNumId w:val="3"/></w:num>"#,
                    ),
                ),
            ],
            ..Made::default()
        },
        &expect![[r#"
            {"content":[{"text":"总体情况","type":"text"}],"label":"一、","level":1,"type":"heading"}
            {"content":[{"text":"基本情况","type":"text"}],"label":"1.1","level":2,"type":"heading"}
            {"content":[{"text":"其他","type":"text"}],"label":"1.2","level":2,"type":"heading"}
            {"items":[{"blocks":[{"content":[{"marks":["bold"],"text":"body text","type":"text"}],"type":"paragraph"}],"label":"二、"}],"ordered":true,"type":"list"}
            {"content":[{"text":"direct","type":"text"}],"level":5,"type":"heading"}
            {"content":[{"text":"by name","type":"text"}],"level":3,"type":"heading"}
            {"content":[{"text":"no number","type":"text"}],"level":2,"type":"heading"}
        "#]],
    );
}

fn item(num: u32, level: u32, text: &str) -> String {
    format!(
        r#"<w:p><w:pPr><w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{num}"/></w:numPr></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"#
    )
}

#[test]
fn lists_have_the_labels_that_a_person_sees() {
    let body = [
        item(1, 0, "a"),
        item(1, 1, "b"),
        item(1, 1, "c"),
        item(1, 2, "d"),
        item(1, 0, "e"),
        item(1, 1, "f"),
        item(2, 0, "restarted"),
        "<w:p/>".to_owned(),
        item(1, 0, "goes on"),
        item(3, 0, "bullet"),
        item(3, 1, "arrow"),
        item(9, 0, "undefined"),
    ];
    check_made(
        &Made {
            body: &body.concat(),
            parts: &[(
                "numbering",
                concat!(
                    r#"<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>"#,
                    r#"<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%1.%2)"/></w:lvl>"#,
                    r#"<w:lvl w:ilvl="2"><w:start w:val="3"/><w:numFmt w:val="decimalEnclosedCircle"/><w:lvlText w:val="%3"/></w:lvl></w:abstractNum>"#,
                    r#"<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:lvlText w:val="&#xF0B7;"/><w:rPr><w:rFonts w:ascii="Symbol"/></w:rPr></w:lvl>"#,
                    r#"<w:lvl w:ilvl="1"><w:numFmt w:val="bullet"/><w:lvlText w:val="&#xF0D8;"/><w:rPr><w:rFonts w:ascii="Wingdings"/></w:rPr></w:lvl></w:abstractNum>"#,
                    r#"<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>"#,
                    r#"<w:num w:numId="2"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="7"/></w:lvlOverride></w:num>"#,
                    r#"<w:num w:numId="3"><w:abstractNumId w:val="1"/></w:num>"#,
                ),
            )],
            ..Made::default()
        },
        &expect![[r#"
            {"items":[{"blocks":[{"content":[{"text":"a","type":"text"}],"type":"paragraph"},{"items":[{"blocks":[{"content":[{"text":"b","type":"text"}],"type":"paragraph"}],"label":"1.a)"},{"blocks":[{"content":[{"text":"c","type":"text"}],"type":"paragraph"},{"items":[{"blocks":[{"content":[{"text":"d","type":"text"}],"type":"paragraph"}],"label":"③"}],"ordered":true,"type":"list"}],"label":"1.b)"}],"ordered":true,"type":"list"}],"label":"1."},{"blocks":[{"content":[{"text":"e","type":"text"}],"type":"paragraph"},{"items":[{"blocks":[{"content":[{"text":"f","type":"text"}],"type":"paragraph"}],"label":"2.a)"}],"ordered":true,"type":"list"}],"label":"2."}],"ordered":true,"type":"list"}
            {"items":[{"blocks":[{"content":[{"text":"restarted","type":"text"}],"type":"paragraph"}],"label":"7."}],"ordered":true,"type":"list"}
            {"content":[],"type":"paragraph"}
            {"items":[{"blocks":[{"content":[{"text":"goes on","type":"text"}],"type":"paragraph"}],"label":"8."}],"ordered":true,"type":"list"}
            {"items":[{"blocks":[{"content":[{"text":"bullet","type":"text"}],"type":"paragraph"},{"items":[{"blocks":[{"content":[{"text":"arrow","type":"text"}],"type":"paragraph"}],"label":"➢"}],"ordered":false,"type":"list"}]}],"ordered":false,"type":"list"}
            {"content":[{"text":"undefined","type":"text"}],"type":"paragraph"}
            word/document.xml p[12]: repair[reference-missing]: the numbering 9 is not defined; its paragraph has no label
        "#]],
    );
}

#[test]
fn fields_stand_as_their_result() {
    let field = |instruction: &str, result: &str| {
        format!(
            concat!(
                r#"<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>{}</w:instrText></w:r>"#,
                r#"<w:r><w:fldChar w:fldCharType="separate"/></w:r>{}<w:r><w:fldChar w:fldCharType="end"/></w:r>"#
            ),
            instruction, result
        )
    };
    let run = |text: &str| format!(r#"<w:r><w:t xml:space="preserve">{text}</w:t></w:r>"#);
    let nested = field("PAGEREF _Toc1", &run("12"));
    let body = [
        "<w:p>".to_owned(),
        run("see "),
        field(r#" HYPERLINK "http://a.example/" \l "x" "#, &run("there")),
        run(", page "),
        field("PAGE  \\* MERGEFORMAT", &run("3")),
        field("TOC", &(run("; one ") + &nested)),
        field("EQ \\f(1,2)", ""),
        r#"<w:fldSimple w:instr="AUTHOR"><w:r><w:t>Ann</w:t></w:r></w:fldSimple>"#.to_owned(),
        r#"<w:hyperlink w:anchor="top"><w:r><w:t>up</w:t></w:r></w:hyperlink>"#.to_owned(),
        r#"<w:hyperlink r:id="rId1"><w:r><w:t>out</w:t></w:r></w:hyperlink>"#.to_owned(),
        r#"<w:hyperlink r:id="rId8"><w:r><w:t>nowhere</w:t></w:r></w:hyperlink>"#.to_owned(),
        "</w:p>".to_owned(),
    ];
    check_made(
        &Made {
            body: &body.concat(),
            links: &[("hyperlink", "http://b.example/")],
            ..Made::default()
        },
        &expect![[r##"
            {"content":[{"text":"see ","type":"text"},{"content":[{"text":"there","type":"text"}],"href":"http://a.example/#x","type":"link"},{"text":", page ","type":"text"},{"content":[{"text":"3","type":"text"}],"instruction":"PAGE \\* MERGEFORMAT","type":"field"},{"text":"; one ","type":"text"},{"content":[{"text":"12","type":"text"}],"instruction":"PAGEREF _Toc1","type":"field"},{"content":[{"text":"Ann","type":"text"}],"instruction":"AUTHOR","type":"field"},{"content":[{"text":"up","type":"text"}],"href":"#top","type":"link"},{"content":[{"text":"out","type":"text"}],"href":"http://b.example/","type":"link"},{"text":"nowhere","type":"text"}],"type":"paragraph"}
            word/document.xml p[1]: loss[content-skipped]: the field "EQ \\f(1,2)" has no result; it was left out
            word/document.xml p[1]: repair[reference-missing]: the link rId8 leads nowhere; its text stands
        "##]],
    );
}

#[test]
fn the_accepted_view_is_read() {
    check(
        concat!(
            r#"<w:p><w:ins><w:r><w:t>in</w:t></w:r></w:ins><w:del><w:r><w:delText>out</w:delText></w:r></w:del>"#,
            r#"<w:moveFrom><w:r><w:t>from</w:t></w:r></w:moveFrom><w:smartTag><w:r><w:t> tagged</w:t></w:r></w:smartTag>"#,
            r#"<w:sdt><w:sdtPr/><w:sdtContent><w:r><w:t> held</w:t></w:r></w:sdtContent></w:sdt></w:p>"#,
            r#"<w:sdt><w:sdtPr><w:alias w:val="not text"/></w:sdtPr><w:sdtContent><w:p><w:r><w:t>block</w:t></w:r></w:p></w:sdtContent></w:sdt>"#,
            r#"<w:p><w:r><w:t>a</w:t><w:br w:type="page"/><w:t>b</w:t></w:r></w:p>"#,
            r#"<w:p><w:r><w:br w:type="page"/></w:r></w:p><w:altChunk/>"#,
        ),
        &expect![[r#"
            {"content":[{"text":"intaggedheld","type":"text"}],"type":"paragraph"}
            {"content":[{"content":[{"text":"block","type":"text"}],"control":{"kind":"text","title":"not text"},"type":"field"}],"type":"paragraph"}
            {"content":[{"text":"a","type":"text"}],"type":"paragraph"}
            {"type":"page_break"}
            {"content":[{"text":"b","type":"text"}],"type":"paragraph"}
            {"type":"page_break"}
            word/document.xml p[1]: loss[content-skipped]: text that was marked as deleted was left out, and text marked as inserted kept
            word/document.xml altChunk[1]: repair[reference-missing]: the document "" inside of the document is not there
        "#]],
    );
}

#[test]
fn text_boxes_and_images_are_read_once() {
    check_made(
        &Made {
            body: concat!(
                r#"<w:p><w:r><w:t>anchor</w:t></w:r><w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:anchor><a:graphic><a:graphicData>"#,
                r#"<wps:wsp><wps:txbx><w:txbxContent><w:p><w:r><w:t>boxed</w:t></w:r></w:p></w:txbxContent></wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice>"#,
                r#"<mc:Fallback><w:pict><v:shape><v:textbox><w:txbxContent><w:p><w:r><w:t>boxed</w:t></w:r></w:p></w:txbxContent></v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>"#,
                r#"<w:p><w:r><w:drawing><wp:inline><wp:extent cx="127000" cy="254000"/><wp:docPr id="1" name="n" descr="a map"/><a:graphic><a:graphicData><a:blip r:embed="rId1"/></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>"#,
                r#"<w:p><w:r><w:pict><v:shape style="width:30pt;height:20pt" alt="old"><v:imagedata r:id="rId2"/></v:shape></w:pict></w:r><w:r><w:drawing><a:blip r:embed="rId7"/></w:drawing></w:r></w:p>"#,
            ),
            links: &[
                ("image", "media/a.png"),
                ("image", "http://a.example/b.png"),
            ],
            ..Made::default()
        },
        &expect![[r#"
            {"content":[{"text":"anchor","type":"text"}],"type":"paragraph"}
            {"content":[{"text":"boxed","type":"text"}],"type":"paragraph"}
            {"content":[{"alt":"a map","resource":"sha256:0f4636c78f65d3639ece5a064b5ae753e3408614a14fb18ab4d7540d2c248543","size":[10,20],"type":"image"}],"type":"paragraph"}
            {"content":[{"alt":"old","href":"http://a.example/b.png","size":[30,20],"type":"image"},{"type":"image"}],"type":"paragraph"}
            word/document.xml p[3]: warning[external-resource]: the image http://a.example/b.png was not fetched
            word/document.xml p[3]: repair[reference-missing]: the image rId7 is not in the package; its description stands
        "#]],
    );
}

#[test]
fn tables_are_grids() {
    let cell = |properties: &str, text: &str| {
        format!("<w:tc><w:tcPr>{properties}</w:tcPr><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>")
    };
    let body = [
        r#"<w:tbl><w:tblPr/><w:tblGrid><w:gridCol w:w="1000"/><w:gridCol w:w="2000"/></w:tblGrid>"#.to_owned(),
        r#"<w:tr><w:trPr><w:tblHeader/></w:trPr>"#.to_owned(),
        cell(r#"<w:vMerge w:val="restart"/><w:shd w:fill="FFFF00"/><w:vAlign w:val="center"/>"#, "tall"),
        cell(r#"<w:gridSpan w:val="2"/>"#, "wide"),
        "</w:tr><w:tr>".to_owned(),
        cell("<w:vMerge/>", "swallowed"),
        format!("<w:sdt><w:sdtContent>{}</w:sdtContent></w:sdt>", cell("", "held")),
        cell(r#"<w:hMerge w:val="restart"/>"#, "h"),
        cell("<w:hMerge/>", ""),
        "</w:tr><w:sdt><w:sdtContent><w:tr><w:trPr><w:gridBefore w:val=\"1\"/></w:trPr>".to_owned(),
        cell("<w:vMerge/>", "starts nothing"),
        "<w:tc><w:tbl><w:tr><w:tc><w:p><w:r><w:t>inner</w:t></w:r></w:p></w:tc></w:tr></w:tbl><w:p/></w:tc>".to_owned(),
        "</w:tr></w:sdtContent></w:sdt><w:tr><w:trPr><w:del/></w:trPr>".to_owned(),
        cell("", "deleted"),
        "</w:tr></w:tbl>".to_owned(),
    ];
    check(
        &body.concat(),
        &expect![[r##"
            {"cells":[{"col":0,"row":0,"row_span":2,"style":{"borders":{},"fill":"#ffff00","vertical_align":"middle"},"text":"tall"},{"col":1,"col_span":2,"row":0,"style":{"borders":{}},"text":"wide"},{"col":1,"row":1,"style":{"borders":{}},"text":"held"},{"col":2,"col_span":2,"row":1,"style":{"borders":{}},"text":"h"},{"col":1,"row":2,"style":{"borders":{}},"text":"starts nothing"},{"blocks":[{"cells":[{"col":0,"row":0,"style":{"borders":{}},"text":"inner"}],"columns":[{}],"rows":1,"type":"table"}],"col":2,"row":2,"style":{"borders":{}}}],"columns":[{"width":50},{"width":100},{},{}],"header_rows":1,"rows":3,"type":"table"}
            word/document.xml tbl[1]/tr[2]/tc[1]: loss[content-skipped]: the text of a cell that a merged cell covers was left out
            word/document.xml tbl[1]: loss[content-skipped]: text that was marked as deleted was left out, and text marked as inserted kept
        "##]],
    );
}

#[test]
fn places_are_paths() {
    let made = Made {
        body: "<w:p/><w:tbl><w:tr><w:tc><w:p/><w:p/></w:tc></w:tr></w:tbl><w:tbl><w:tr><w:tc><w:p><w:r><w:t>x</w:t></w:r></w:p></w:tc></w:tr></w:tbl>",
        ..Made::default()
    };
    let document = read(&made.bytes()).expect("a document").value;
    let tables = document.tables();
    let cell = tables[1].cells()[0].origin.as_ref().expect("a place");
    assert_eq!(cell.to_string(), "word/document.xml tbl[2]/tr[1]/tc[1]");
    let place = document.body[0].origin().expect("a place");
    assert_eq!(place.to_string(), "word/document.xml p[1]");
}

#[test]
fn notes_stand_in_the_order_of_their_references() {
    check_made(
        &Made {
            body: concat!(
                r#"<w:p><w:r><w:t>a</w:t><w:footnoteReference w:id="5"/></w:r><w:r><w:commentReference w:id="0"/></w:r>"#,
                r#"<w:r><w:footnoteReference w:id="2"/><w:footnoteReference w:id="8"/></w:r></w:p>"#,
            ),
            parts: &[
                (
                    "footnotes",
                    concat!(
                        r#"<w:footnote w:type="separator" w:id="0"><w:p/></w:footnote>"#,
                        r#"<w:footnote w:id="2"><w:p><w:r><w:footnoteRef/></w:r><w:r><w:t xml:space="preserve"> second</w:t></w:r></w:p></w:footnote>"#,
                        r#"<w:footnote w:id="3"><w:p><w:r><w:t>unused</w:t></w:r></w:p></w:footnote>"#,
                        r#"<w:footnote w:id="5"><w:p><w:r><w:footnoteRef/><w:t xml:space="preserve"> first</w:t></w:r></w:p></w:footnote>"#,
                    ),
                ),
                (
                    "comments",
                    r#"<w:comment w:id="0" w:author="Ann"><w:p><w:r><w:t>why?</w:t></w:r></w:p></w:comment>"#,
                ),
                (
                    "settings",
                    r#"<w:footnotePr><w:numFmt w:val="decimalEnclosedCircle"/></w:footnotePr>"#,
                ),
            ],
            ..Made::default()
        },
        &expect![[r#"
            {"content":[{"text":"a","type":"text"},{"note":"fn1","type":"note_ref"},{"note":"c1","type":"note_ref"},{"note":"fn2","type":"note_ref"}],"type":"paragraph"}
            fn1 ①: {"content":[{"text":"first","type":"text"}],"type":"paragraph"}
            c1 Ann: {"content":[{"text":"why?","type":"text"}],"type":"paragraph"}
            fn2 ②: {"content":[{"text":"second","type":"text"}],"type":"paragraph"}
            word/document.xml p[1]: repair[reference-missing]: the note 8 is not there; its reference was left out
            word/footnotes.xml: loss[content-skipped]: 1 footnotes that nothing refers to were left out
        "#]],
    );
}

#[test]
fn mathematics_is_mathml_and_latex() {
    let run = |text: &str| format!("<m:r><m:t>{text}</m:t></m:r>");
    let e = |inner: &str| format!("<m:e>{inner}</m:e>");
    let body = [
        "<w:p><w:r><w:t>so </w:t></w:r><m:oMath>".to_owned(),
        format!(
            "<m:f><m:num>{}</m:num><m:den>{}</m:den></m:f>",
            run("a"),
            run("b")
        ),
        format!(
            "<m:sSup>{}<m:sup>{}</m:sup></m:sSup>",
            e(&run("x")),
            run("2")
        ),
        format!("<m:rad><m:deg/>{}</m:rad>", e(&run("y"))),
        format!(
            r#"<m:nary><m:naryPr><m:chr m:val="∑"/></m:naryPr><m:sub>{}</m:sub><m:sup>{}</m:sup>{}</m:nary>"#,
            run("i=1"),
            run("n"),
            e(&run("i"))
        ),
        format!("<m:d>{}{}</m:d>", e(&run("p")), e(&run("q"))),
        format!(
            "<m:func><m:fName>{}</m:fName>{}</m:func>",
            run("sin"),
            e(&run("t"))
        ),
        format!(
            "<m:m><m:mr>{}{}</m:mr><m:mr>{}{}</m:mr></m:m>",
            e(&run("1")),
            e(&run("0")),
            e(&run("0")),
            e(&run("1"))
        ),
        "</m:oMath></w:p>".to_owned(),
        format!(
            "<w:p><m:oMathPara><m:oMath>{}</m:oMath><m:oMath>{}</m:oMath></m:oMathPara></w:p>",
            run("c=d"),
            run("e")
        ),
    ];
    check(
        &body.concat(),
        &expect![[r#"
        {"content":[{"text":"so","type":"text"},{"mathml":"<math xmlns=\"http://www.w3.org/1998/Math/MathML\"><mfrac><mi>a</mi><mi>b</mi></mfrac><msup><mi>x</mi><mn>2</mn></msup><msqrt><mi>y</mi></msqrt><mrow><munderover><mo>∑</mo><mrow><mi>i</mi><mo>=</mo><mn>1</mn></mrow><mi>n</mi></munderover><mi>i</mi></mrow><mrow><mo fence=\"true\" form=\"prefix\">(</mo><mi>p</mi><mo separator=\"true\">|</mo><mi>q</mi><mo fence=\"true\" form=\"postfix\">)</mo></mrow><mrow><mi>sin</mi><mo>⁡</mo><mi>t</mi></mrow><mtable><mtr><mtd><mn>1</mn></mtd><mtd><mn>0</mn></mtd></mtr><mtr><mtd><mn>0</mn></mtd><mtd><mn>1</mn></mtd></mtr></mtable></math>","text":"\\frac{a}{b}x^2\\sqrt{y}\\sum_{i=1}^{n} i(p|q)\\sin t\\begin{matrix}1 & 0 \\\\ 0 & 1\\end{matrix}","type":"math"}],"type":"paragraph"}
        {"mathml":"<math xmlns=\"http://www.w3.org/1998/Math/MathML\" display=\"block\"><mi>c</mi><mo>=</mo><mi>d</mi></math>","text":"c=d","type":"math"}
        {"mathml":"<math xmlns=\"http://www.w3.org/1998/Math/MathML\" display=\"block\"><mi>e</mi></math>","text":"e","type":"math"}
    "#]],
    );
}

#[test]
fn sections_have_a_page_and_furniture() {
    let made = Made {
        body: r#"<w:p/><w:sectPr><w:headerReference w:type="default" r:id="rId1"/><w:footerReference w:type="first" r:id="rId2"/><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1440" w:right="25.4mm" w:bottom="-720" w:left="0"/></w:sectPr>"#,
        parts: &[
            ("header", r#"<w:p><w:r><w:t>head</w:t></w:r></w:p>"#),
            ("footer", r#"<w:p><w:r><w:pgNum/></w:r></w:p>"#),
        ],
        ..Made::default()
    };
    check_made(
        &made,
        &expect![[r#"
        {"content":[],"type":"paragraph"}
        Default header: {"content":[{"text":"head","type":"text"}],"type":"paragraph"}
        First footer: {"content":[{"content":[],"instruction":"PAGE","type":"field"}],"type":"paragraph"}
    "#]],
    );
    let page = read(&made.bytes())
        .expect("a document")
        .value
        .page
        .expect("a page");
    let sides = [page.width, page.height].map(|side| side.to_string());
    let margins = page.margins.map(|margin| margin.to_string());
    assert_eq!(sides.join(" "), "595.3 841.9");
    assert_eq!(margins.join(" "), "72 72 36 0");
}

#[test]
fn properties_are_metadata() {
    let mut package = PackageWriter::new();
    let kind = format!("{RELATIONSHIPS}officeDocument");
    package.relate("", &kind, "word/document.xml", false);
    package.part("word/document.xml", MAIN, Made::default().main_part());
    for (kind, name, xml) in [
        (
            "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties",
            "docProps/core.xml",
            concat!(
                r#"<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/">"#,
                r#"<dc:title>年报</dc:title><dc:creator>甲; 乙</dc:creator><cp:keywords>a, b</cp:keywords><dcterms:created>2020-01-20T00:00:00Z</dcterms:created></cp:coreProperties>"#,
            ),
        ),
        (
            "http://schemas.openxmlformats.org/officeDocument/2006/relationships/extended-properties",
            "docProps/app.xml",
            r#"<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"><Company>某局</Company></Properties>"#,
        ),
        (
            "http://schemas.openxmlformats.org/officeDocument/2006/relationships/custom-properties",
            "docProps/custom.xml",
            concat!(
                r#"<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">"#,
                r#"<property name="文号"><vt:lpwstr>〔2020〕1号</vt:lpwstr></property><property name="n"><vt:i4>7</vt:i4></property><property name="v"><vt:vector><vt:i4>1</vt:i4></vt:vector></property></Properties>"#,
            ),
        ),
    ] {
        package.relate("", kind, name, false);
        package.part(name, "application/xml", xml);
    }
    let mut bytes = Vec::new();
    package.finish(&mut bytes).expect("a Vec takes all bytes");
    let outcome = read(&bytes).expect("a document");
    expect![[r#"{"body":[],"meta":{"created":"2020-01-20T00:00:00Z","creators":["甲","乙"],"field_order":["文号","n"],"fields":{"n":"7","文号":"〔2020〕1号"},"publisher":"某局","subjects":["a","b"],"title":"年报","unseen":true},"tabulary":"document/1"}"#]].assert_eq(&json::to_string(&outcome.value));
    expect![[r#"
        docProps/custom.xml: loss[metadata-dropped]: the property "v" is of a type that is not read
    "#]]
    .assert_eq(&lines(Document::default(), &outcome.diagnostics));
}

#[test]
fn strict_documents_and_other_prefixes_are_the_same() {
    let main = concat!(
        r#"<x:document xmlns:x="http://purl.oclc.org/ooxml/wordprocessingml/main"><x:body><x:p><x:pPr><x:outlineLvl x:val="0"/></x:pPr>"#,
        r#"<x:r><x:t>strict</x:t></x:r></x:p></x:body></x:document>"#,
    );
    let outcome = read(&Made::default().package(main)).expect("a document");
    expect![[r#"
        {"content":[{"text":"strict","type":"text"}],"level":1,"type":"heading"}
    "#]]
    .assert_eq(&lines(outcome.value, &outcome.diagnostics));
}

#[test]
fn only_word_documents_are_taken() {
    let made = Made::default();
    let sniff = |bytes: &[u8]| DocxReader.sniff(Input::named(bytes, "a.docx"));
    assert_eq!(sniff(&made.bytes()), Confidence::Certain);
    assert_eq!(sniff(b"<html>"), Confidence::No);
    let mut package = PackageWriter::new();
    package.part("xl/workbook.xml", "application/xml", "<workbook/>");
    let mut bytes = Vec::new();
    package.finish(&mut bytes).expect("a Vec takes all bytes");
    assert_eq!(sniff(&bytes), Confidence::No);
    let error = read(&bytes).expect_err("no document");
    assert!(error.to_string().contains("no main part"), "{error}");
}
