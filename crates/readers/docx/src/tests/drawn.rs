//! Charts, diagrams and embedded objects.

use expect_test::expect;

use super::*;

const C: &str = "http://schemas.openxmlformats.org/drawingml/2006/chart";
const A: &str = "http://schemas.openxmlformats.org/drawingml/2006/main";
const DGM: &str = "http://schemas.openxmlformats.org/drawingml/2006/diagram";

fn series(order: u32, name: &str, values: &str) -> String {
    format!(
        r#"<c:ser><c:order val="{order}"/><c:tx><c:strRef><c:strCache><c:pt idx="0"><c:v>{name}</c:v></c:pt></c:strCache></c:strRef></c:tx><c:cat><c:strRef><c:strCache><c:ptCount val="2"/><c:pt idx="0"><c:v>2018</c:v></c:pt><c:pt idx="1"><c:v>2019</c:v></c:pt></c:strCache></c:strRef></c:cat><c:val><c:numRef><c:numCache><c:formatCode>0.0%</c:formatCode>{values}</c:numCache></c:numRef></c:val></c:ser>"#
    )
}

#[test]
fn charts_are_tables_of_their_data() {
    let chart = format!(
        r#"<c:chartSpace xmlns:c="{C}" xmlns:a="{A}"><c:chart><c:title><c:tx><c:rich><a:p><a:r><a:t>Shares</a:t></a:r></a:p></c:rich></c:tx></c:title><c:plotArea><c:lineChart>{}</c:lineChart><c:barChart>{}</c:barChart></c:plotArea></c:chart></c:chartSpace>"#,
        series(1, "South", r#"<c:pt idx="1"><c:v>0.075</c:v></c:pt>"#),
        series(
            0,
            "North",
            r#"<c:pt idx="0"><c:v>0.5</c:v></c:pt><c:pt idx="1"><c:v>0.25</c:v></c:pt>"#
        ),
    );
    let body = format!(
        r#"<w:p><w:r><w:t>before</w:t></w:r><w:r><w:drawing><wp:inline><a:graphic><a:graphicData><c:chart xmlns:c="{C}" r:id="rId1"/></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>"#
    );
    check_made(
        &Made {
            body: &body,
            raw: &[("chart", "charts/chart1.xml", &chart)],
            ..Made::default()
        },
        &expect![[r#"
            {"content":[{"text":"before","type":"text"}],"type":"paragraph"}
            {"content":[],"data":{"caption":[{"text":"Shares","type":"text"}],"cells":[{"col":1,"row":0,"text":"North"},{"col":2,"row":0,"text":"South"},{"col":0,"row":1,"text":"2018"},{"col":1,"format":"0.0%","row":1,"text":"50.0%","value":{"number":"0.5"}},{"col":0,"row":2,"text":"2019"},{"col":1,"format":"0.0%","row":2,"text":"25.0%","value":{"number":"0.25"}},{"col":2,"format":"0.0%","row":2,"text":"7.5%","value":{"number":"0.075"}}],"columns":[{},{},{}],"header_columns":1,"header_rows":1,"rows":3,"type":"table"},"type":"figure"}
            word/document.xml p[1]: loss[content-skipped]: a chart was read as the table of its data
        "#]],
    );
}

#[test]
fn diagrams_are_lists_of_their_texts() {
    let point = |id: u32, kind: &str, text: &str| {
        format!(
            r#"<dgm:pt modelId="{id}" {kind}><dgm:t><a:p><a:r><a:t>{text}</a:t></a:r></a:p></dgm:t></dgm:pt>"#
        )
    };
    let line = |from: u32, to: u32, order: u32| {
        format!(r#"<dgm:cxn srcId="{from}" destId="{to}" srcOrd="{order}"/>"#)
    };
    let data = format!(
        r#"<dgm:dataModel xmlns:dgm="{DGM}" xmlns:a="{A}"><dgm:ptLst>{}{}{}{}{}</dgm:ptLst><dgm:cxnLst>{}{}{}{}</dgm:cxnLst></dgm:dataModel>"#,
        point(1, r#"type="doc""#, ""),
        point(2, "", "second"),
        point(3, "", "first"),
        point(4, "", "below"),
        point(5, r#"type="pres""#, "shown"),
        line(1, 2, 1),
        line(1, 3, 0),
        line(3, 4, 0),
        line(4, 3, 0),
    );
    let body = format!(
        r#"<w:p><w:r><w:drawing><wp:inline><a:graphic><a:graphicData><dgm:relIds xmlns:dgm="{DGM}" r:dm="rId1"/></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>"#
    );
    check_made(
        &Made {
            body: &body,
            raw: &[("diagramData", "diagrams/data1.xml", &data)],
            ..Made::default()
        },
        &expect![[r#"
            {"items":[{"blocks":[{"content":[{"text":"first","type":"text"}],"type":"paragraph"},{"items":[{"blocks":[{"content":[{"text":"below","type":"text"}],"type":"paragraph"}]}],"ordered":false,"type":"list"}]},{"blocks":[{"content":[{"text":"second","type":"text"}],"type":"paragraph"}]}],"ordered":false,"type":"list"}
            word/document.xml p[1]: loss[content-skipped]: a diagram was read as the list of its texts
        "#]],
    );
}

#[test]
fn embedded_objects_are_named() {
    let body = r#"<w:p><w:r><w:object xmlns:o="urn:schemas-microsoft-com:office:office"><o:OLEObject ProgID="Excel.Sheet.12" r:id="rId1"/></w:object></w:r></w:p>"#;
    check_made(
        &Made {
            body,
            raw: &[("package", "embeddings/Book1.xlsx", "PK")],
            ..Made::default()
        },
        &expect![[r#"
            {"content":[],"type":"paragraph"}
            word/document.xml p[1]: loss[content-skipped]: the embedded object word/embeddings/Book1.xlsx of Excel.Sheet.12 was left out
        "#]],
    );
}

#[test]
fn documents_inside_of_the_document_are_taken_in() {
    let body = r#"<w:p><w:r><w:t>before</w:t></w:r></w:p><w:altChunk r:id="rId1"/><w:altChunk r:id="rId2"/><w:altChunk r:id="rId3"/><w:altChunk r:id="rId4"/><w:p><w:r><w:t>behind</w:t></w:r></w:p>"#;
    let inner = r#"<pkg:package xmlns:pkg="http://schemas.microsoft.com/office/2006/xmlPackage"><pkg:part pkg:name="/word/document.xml" pkg:contentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"><pkg:xmlData><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>inner</w:t></w:r></w:p></w:body></w:document></pkg:xmlData></pkg:part></pkg:package>"#;
    check_made(
        &Made {
            body,
            raw: &[
                ("aFChunk", "chunk1.html", "<h1>page</h1><p>text</p>"),
                ("aFChunk", "chunk2.txt", "one\ntwo"),
                ("aFChunk", "chunk3.docx", inner),
                ("aFChunk", "chunk4.rtf", r"{\rtf1}"),
            ],
            ..Made::default()
        },
        &expect![[r#"
            {"content":[{"text":"before","type":"text"}],"type":"paragraph"}
            {"content":[{"text":"page","type":"text"}],"level":1,"type":"heading"}
            {"content":[{"text":"text","type":"text"}],"type":"paragraph"}
            {"content":[{"text":"one","type":"text"}],"type":"paragraph"}
            {"content":[{"text":"two","type":"text"}],"type":"paragraph"}
            {"content":[{"text":"inner","type":"text"}],"type":"paragraph"}
            {"content":[{"text":"behind","type":"text"}],"type":"paragraph"}
            word/document.xml altChunk[4]: loss[content-skipped]: the document word/chunk4.rtf inside of the document, of the type "application/xml", was left out
        "#]],
    );
}
