use expect_test::{Expect, expect};
use tabulary_ir::{Cancel, Limits};
use tabulary_package::PackageWriter;

use super::*;

const NAMESPACES: &str = concat!(
    r#"xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" "#,
    r#"xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" "#,
    r#"xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" "#,
    r#"xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" "#,
    r#"xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" "#,
    r#"xmlns:number="urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0" "#,
    r#"xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" "#,
    r#"xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0" "#,
    r#"xmlns:xlink="http://www.w3.org/1999/xlink" "#,
    r#"xmlns:dc="http://purl.org/dc/elements/1.1/" "#,
    r#"xmlns:meta="urn:oasis:names:tc:opendocument:xmlns:meta:1.0" "#,
    r#"xmlns:config="urn:oasis:names:tc:opendocument:xmlns:config:1.0" "#,
    r#"xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0""#,
);

/// A document in one XML text, with these styles and this in its `office:spreadsheet`.
fn flat(styles: &str, body: &str) -> String {
    format!(
        r#"<?xml version="1.0"?><office:document {NAMESPACES} office:mimetype="application/vnd.oasis.opendocument.spreadsheet"><office:automatic-styles>{styles}</office:automatic-styles><office:body><office:spreadsheet>{body}</office:spreadsheet></office:body></office:document>"#
    )
}

/// A sheet of these rows.
fn sheet(rows: &str) -> String {
    format!(r#"<table:table table:name="表">{rows}</table:table>"#)
}

fn book(bytes: &[u8]) -> Result<(Workbook, Diagnostics), Error> {
    let budget = Budget::new(&Limits::default(), &Cancel::default());
    let mut diagnostics = Diagnostics::new();
    read(bytes, &budget, &mut diagnostics).map(|workbook| (workbook, diagnostics))
}

/// The cells of all sheets and the diagnostics, a line each.
fn told(bytes: &[u8]) -> String {
    let (workbook, diagnostics) = book(bytes).expect("a workbook");
    let mut text = String::new();
    for sheet in &workbook.sheets {
        for cell in &sheet.cells {
            let place = crate::place::Area::new(cell.row, cell.col, cell.row, cell.col);
            text.push_str(&format!(
                "{place}: {}",
                cell.plain_text().replace('\n', " / ")
            ));
            if let Some(value) = &cell.value {
                text.push_str(&format!(" | {value:?}"));
            }
            if let Some(format) = &cell.format {
                text.push_str(&format!(" | {}", format.as_str()));
            }
            if let Some(formula) = &cell.formula {
                text.push_str(&format!(" | ={formula}"));
            }
            text.push('\n');
        }
    }
    for diagnostic in diagnostics.into_vec() {
        text.push_str(&format!("{diagnostic}\n"));
    }
    text
}

fn check(styles: &str, body: &str, expected: &Expect) {
    expected.assert_eq(&told(flat(styles, body).as_bytes()));
}

const STYLES: &str = concat!(
    r#"<number:percentage-style style:name="N1"><number:number number:decimal-places="1" number:min-integer-digits="1"/><number:text>%</number:text></number:percentage-style>"#,
    r#"<number:date-style style:name="N2"><number:year number:style="long"/><number:text>年</number:text><number:month/><number:text>月</number:text><number:day/><number:text>日</number:text></number:date-style>"#,
    r#"<number:time-style style:name="N3" number:truncate-on-overflow="false"><number:hours/><number:text>:</number:text><number:minutes number:style="long"/></number:time-style>"#,
    r#"<style:style style:name="c1" style:family="table-cell" style:data-style-name="N1"/>"#,
    r#"<style:style style:name="c2" style:family="table-cell" style:data-style-name="N2"/>"#,
    r#"<style:style style:name="c3" style:family="table-cell" style:data-style-name="N3"/>"#,
    r##"<style:style style:name="seen" style:family="table-cell"><style:table-cell-properties fo:background-color="#ffff00"/></style:style>"##,
    r#"<style:style style:name="b" style:family="text"><style:text-properties fo:font-weight="bold"/></style:style>"#,
);

#[test]
fn cells_are_read_by_their_type() {
    let row = concat!(
        r#"<table:table-row><table:table-cell office:value-type="percentage" office:value="0.0750000000000000001" table:style-name="c1"><text:p>7.5%</text:p></table:table-cell>"#,
        r#"<table:table-cell office:value-type="date" office:date-value="2020-01-20" table:style-name="c2"><text:p>2020年1月20日</text:p></table:table-cell>"#,
        r#"<table:table-cell office:value-type="time" office:time-value="PT36H30M00S" table:style-name="c3"><text:p>36:30</text:p></table:table-cell>"#,
        r#"<table:table-cell office:value-type="boolean" office:boolean-value="true" table:formula="of:=[.A1]&gt;0"><text:p>TRUE</text:p></table:table-cell>"#,
        r#"<table:table-cell office:value-type="string" calcext:value-type="error" table:formula="of:=1/0"><text:p>#DIV/0!</text:p></table:table-cell>"#,
        r#"<table:table-cell office:value-type="float" office:value="123456789012345678"><text:p>1.23456789012346E+017</text:p></table:table-cell>"#,
        r#"<table:table-cell office:value-type="float" office:value="x"><text:p>ten</text:p></table:table-cell>"#,
        r#"<table:table-cell office:value-type="date" office:date-value="2020-01-20" table:style-name="c1"><text:p>20. Januar</text:p></table:table-cell>"#,
        r#"<table:table-cell office:value-type="float" office:value="1.5" table:style-name="c1"><text:p>###</text:p></table:table-cell>"#,
        r#"<table:table-cell office:value-type="string" office:string-value="given"/><table:table-cell table:formula="of:=[.Z1]"/></table:table-row>"#,
    );
    check(
        STYLES,
        &sheet(row),
        &expect![[r##"
            A1: 7.5% | Number(Decimal("0.075")) | 0.0%
            B1: 2020年1月20日 | Date(2020-01-20) | yyyy"年"m"月"d"日"
            C1: 36:30 | Duration(36h 30m) | [h]:mm
            D1: TRUE | Bool(true) | =A1>0
            E1: #DIV/0! | Error(CellError("#DIV/0!")) | =1/0
            F1: 123456789012345678 | Number(Decimal("123456789012345678"))
            G1: ten
            H1: 20. Januar | Date(2020-01-20)
            I1: 150.0% | Number(Decimal("1.5")) | 0.0%
            J1: given
            K1:  | =Z1
            表!G1: repair[value-invalid]: "x" is stored as a float and is none; it was read as text
        "##]],
    );
}

#[test]
fn repetition_costs_what_it_shows() {
    let rows = concat!(
        r#"<table:table-column table:number-columns-repeated="16384" table:default-cell-style-name="seen"/>"#,
        r#"<table:table-row table:number-rows-repeated="2"><table:table-cell table:number-columns-repeated="2" office:value-type="float" office:value="1"><text:p>1</text:p></table:table-cell><table:table-cell table:number-columns-repeated="16382"/></table:table-row>"#,
        r#"<table:table-row><table:table-cell/><table:table-cell table:number-columns-repeated="2"/><table:table-cell office:value-type="string"><text:p>x</text:p></table:table-cell></table:table-row>"#,
        r#"<table:table-row table:number-rows-repeated="1048573"><table:table-cell table:number-columns-repeated="16384" table:style-name="seen"/></table:table-row>"#,
    );
    check(
        STYLES,
        &sheet(rows),
        &expect![[r#"
        A1: 1 | Number(Decimal("1"))
        B1: 1 | Number(Decimal("1"))
        C1: 
        D1: 
        A2: 1 | Number(Decimal("1"))
        B2: 1 | Number(Decimal("1"))
        C2: 
        D2: 
        A3: 
        B3: 
        C3: 
        D3: x
    "#]],
    );
    let filled = r#"<table:table-row table:number-rows-repeated="1048576"><table:table-cell table:number-columns-repeated="16384" office:value-type="float" office:value="1"/></table:table-row>"#;
    let (workbook, diagnostics) = book(flat("", &sheet(filled)).as_bytes()).expect("a workbook");
    assert!((4096..4200).contains(&workbook.sheets[0].cells.len()));
    assert_eq!(diagnostics.count(Code::ContentSkipped), 1);
}

#[test]
fn text_is_read_with_its_marks_and_links() {
    let cells = [
        "<text:p>  a\n   b<text:s text:c=\"2\"/>c <text:tab/>d<text:line-break/>e</text:p><text:p/><text:p>f</text:p>",
        r#"<text:p>all <text:span text:style-name="b">bold</text:span></text:p>"#,
        r#"<text:p><text:span text:style-name="b">bold</text:span></text:p>"#,
        r##"<text:p><text:a xlink:href="#表.B2">there</text:a></text:p>"##,
        r#"<text:p>see <text:a xlink:href="../a.ods">here</text:a></text:p>"#,
        r#"<office:annotation><dc:creator>甲</dc:creator><dc:date>2020-01-20</dc:date><text:p>note</text:p></office:annotation><text:p>noted</text:p>"#,
    ];
    let cells = cells.map(|text| {
        format!(r#"<table:table-cell office:value-type="string">{text}</table:table-cell>"#)
    });
    let row = format!("<table:table-row>{}</table:table-row>", cells.concat());
    let bytes = flat(STYLES, &sheet(&row));
    let (workbook, _) = book(bytes.as_bytes()).expect("a workbook");
    let sheet = &workbook.sheets[0];
    let mut text = String::new();
    for cell in &sheet.cells {
        text.push_str(&format!(
            "{:?} {:?}\n",
            cell.content,
            cell.style.as_deref().map(|s| s.marks)
        ));
    }
    let links = sheet
        .links
        .iter()
        .map(|link| format!("{} {}\n", link.area, link.href));
    text.extend(links);
    let notes = sheet.notes.iter().map(|note| {
        format!(
            "{} {:?} {:?}\n",
            note.col,
            note.author,
            tabulary_ir::blocks_text(&note.blocks)
        )
    });
    text.extend(notes);
    expect![[r#"
        Text("a b  c \td\ne\n\nf") None
        Blocks([Paragraph(Paragraph { content: [Text(Text { marks: Marks(0), text: "all " }), Text(Text { marks: Marks(1), text: "bold" })], label: None, origin: None, style: ParagraphStyle { align: None, first_line: None, indent: None, role: None, rtl: false } })]) None
        Text("bold") Some(Marks(1))
        Text("there") None
        Blocks([Paragraph(Paragraph { content: [Text(Text { marks: Marks(0), text: "see " }), Link(Link { content: [Text(Text { marks: Marks(0), text: "here" })], href: "a.ods" })], label: None, origin: None, style: ParagraphStyle { align: None, first_line: None, indent: None, role: None, rtl: false } })]) None
        Text("noted") None
        D1 #表!B2
        5 Some("甲") "note"
    "#]].assert_eq(&text);
}

#[test]
fn what_stands_around_cells_is_read() {
    let styles = concat!(
        r#"<style:style style:name="co1" style:family="table-column"><style:table-column-properties style:column-width="2in"/></style:style>"#,
        r#"<style:style style:name="co2" style:family="table-column"><style:table-column-properties style:column-width="0.9in"/></style:style>"#,
        r#"<style:style style:name="ro1" style:family="table-row"><style:table-row-properties style:row-height="0.3752in" style:use-optimal-row-height="false"/></style:style>"#,
        r#"<style:style style:name="ta1" style:family="table" style:master-page-name="mp"><style:table-properties table:display="false"/></style:style>"#,
        r#"<style:page-layout style:name="pm"><style:page-layout-properties fo:page-width="8.2681in" fo:page-height="11.6929in" fo:margin="0.5in" fo:margin-top="1in"/><style:header-style><style:header-footer-properties fo:min-height="0.25in"/></style:header-style></style:page-layout>"#,
        r#"</office:automatic-styles><office:master-styles><style:master-page style:name="mp" style:page-layout-name="pm"><style:header><style:region-left><text:p>第<text:page-number>1</text:page-number>页</text:p></style:region-left><style:region-right><text:p><text:sheet-name>???</text:sheet-name></text:p></style:region-right></style:header><style:footer style:display="false"><text:p>x</text:p></style:footer></style:master-page></office:master-styles>"#,
        r#"<office:settings><config:config-item-set config:name="ooo:view-settings"><config:config-item-map-indexed config:name="Views"><config:config-item-map-entry><config:config-item-map-named config:name="Tables"><config:config-item-map-entry config:name="a b"><config:config-item config:name="HorizontalSplitMode" config:type="short">0</config:config-item><config:config-item config:name="HorizontalSplitPosition" config:type="int">5</config:config-item><config:config-item config:name="VerticalSplitMode" config:type="short">2</config:config-item><config:config-item config:name="VerticalSplitPosition" config:type="int">2</config:config-item></config:config-item-map-entry></config:config-item-map-named></config:config-item-map-entry></config:config-item-map-indexed></config:config-item-set></office:settings><office:automatic-styles>"#,
    );
    let body = concat!(
        r#"<table:content-validations><table:content-validation table:name="v1" table:condition="of:cell-content-is-in-list(&quot;是&quot;;&quot;否&quot;)"/><table:content-validation table:name="v2" table:condition="of:cell-content()&gt;1"/></table:content-validations>"#,
        r#"<table:table table:name="a b" table:style-name="ta1" table:print-ranges="'a b'.A1:'a b'.C9 'a b'.E1">"#,
        r#"<table:table-header-columns><table:table-column table:style-name="co1"/></table:table-header-columns><table:table-column table:visibility="collapse"/><table:table-column table:style-name="co2" table:number-columns-repeated="1000"/>"#,
        r#"<table:table-header-rows><table:table-row table:style-name="ro1"><table:table-cell table:number-columns-spanned="3" table:number-rows-spanned="1"><text:p>t</text:p></table:table-cell><table:covered-table-cell table:number-columns-repeated="2"/></table:table-row></table:table-header-rows>"#,
        r#"<table:table-row-group table:display="false"><table:table-row table:number-rows-repeated="3"><table:table-cell table:content-validation-name="v1" table:number-columns-repeated="2"/><table:table-cell table:content-validation-name="v2"/></table:table-row></table:table-row-group>"#,
        r#"<table:table-row><table:table-cell table:content-validation-name="v1" table:number-columns-repeated="2" office:value-type="string"><text:p>是</text:p></table:table-cell></table:table-row>"#,
        r#"<table:named-expressions><table:named-range table:name="own" table:cell-range-address="$'a b'.$A$1"/></table:named-expressions></table:table>"#,
        r#"<table:named-expressions><table:named-range table:name="total" table:cell-range-address="$'a b'.$A$1:.$B$2"/><table:named-expression table:name="rate" table:expression="of:=[.A1]*2"/><table:named-range table:name="_xlnm._FilterDatabase" table:cell-range-address="$'a b'.$A$1"/><table:named-range table:name="_tabulary.1.table.h1.c0" table:cell-range-address="$'a b'.$A$1:$'a b'.$C$5"/></table:named-expressions>"#,
        r#"<table:database-ranges><table:database-range table:name="records" table:target-range-address="'a b'.A1:'a b'.C5"/><table:database-range table:name="__Anonymous_Sheet_DB__0" table:target-range-address="'a b'.A1:'a b'.C5"/></table:database-ranges>"#,
    );
    let (workbook, diagnostics) = book(flat(styles, body).as_bytes()).expect("a workbook");
    let sheet = &workbook.sheets[0];
    let lines = [
        format!("hidden {} frozen {:?}", sheet.hidden, sheet.frozen),
        format!("titles {:?} {:?}", sheet.title_rows, sheet.title_columns),
        format!("merges {:?}", sheet.merges),
        format!("columns {:?}", sheet.columns),
        format!("rows {:?}", sheet.rows),
        format!(
            "print {:?}",
            sheet
                .print_areas
                .iter()
                .map(ToString::to_string)
                .collect::<Vec<_>>()
        ),
        format!("checks {:?}", sheet.validations),
        format!("page {:?}", sheet.page),
        format!(
            "headers {:?} footers {}",
            sheet
                .headers
                .iter()
                .map(|h| tabulary_ir::blocks_text(&h.blocks))
                .collect::<Vec<_>>(),
            sheet.footers.len()
        ),
        format!("names {:?}", workbook.names),
        format!("own {:?} lists {:?}", sheet.names, sheet.lists),
        format!(
            "told {:?}",
            diagnostics
                .into_vec()
                .iter()
                .map(ToString::to_string)
                .collect::<Vec<_>>()
        ),
    ];
    expect![[r#"
        hidden true frozen (2, 0)
        titles Some((0, 0)) Some((0, 0))
        merges [Area { row: 0, col: 0, last_row: 0, last_col: 2 }]
        columns {0: ColumnInfo { width: Some(Points(144000)), hidden: false }, 1: ColumnInfo { width: None, hidden: true }}
        rows {0: RowInfo { height: Some(Points(27000)), hidden: false }, 1: RowInfo { height: None, hidden: true }, 2: RowInfo { height: None, hidden: true }, 3: RowInfo { height: None, hidden: true }}
        print ["A1:C9", "E1"]
        checks [Validation { formula: None, ranges: ["A2:B5"], values: ["是", "否"] }]
        page Some(PageSetup { columns: None, height: Points(841890), margins: [Points(90000), Points(36000), Points(36000), Points(36000)], width: Points(595276) })
        headers ["第页\na b"] footers 0
        names [DefinedName { name: "own", refers_to: "'a b'!$A$1", sheet: Some("a b") }, DefinedName { name: "total", refers_to: "'a b'!$A$1:$B$2", sheet: None }, DefinedName { name: "rate", refers_to: "A1*2", sheet: None }]
        own [("_tabulary.1.table.h1.c0", Area { row: 0, col: 0, last_row: 4, last_col: 2 })] lists [ListObject { area: Area { row: 0, col: 0, last_row: 4, last_col: 2 }, header_rows: 1, name: Some("records") }]
        told ["a b!C2: loss[content-skipped]: checks of what is typed other than lists are not read (1)"]"#]].assert_eq(&lines.join("\n"));
}

#[test]
fn drawings_are_read_or_told() {
    let row = concat!(
        r#"<table:table-row><table:table-cell><draw:frame svg:width="1in" svg:height="0.5in" table:end-cell-address="表.B3"><draw:image><office:binary-data>iVBO Rw==</office:binary-data></draw:image><svg:title>t</svg:title><svg:desc>a seal</svg:desc></draw:frame>"#,
        r#"<draw:g><draw:custom-shape><text:p>in a box</text:p><text:p/></draw:custom-shape><draw:line/></draw:g>"#,
        r#"<draw:frame><draw:object xlink:href="./Object 1" draw:notify-on-update-of-ranges="表.A1"/><draw:image xlink:href="./ObjectReplacements/Object 1"/></draw:frame><draw:frame><draw:image xlink:href="Pictures/none.png"/></draw:frame></table:table-cell></table:table-row>"#,
    );
    let (workbook, diagnostics) = book(flat("", &sheet(row)).as_bytes()).expect("a workbook");
    let sheet = &workbook.sheets[0];
    let mut lines: Vec<String> = sheet
        .pictures
        .iter()
        .map(|picture| {
            format!(
                "{} {:?} {:?}",
                picture.area, picture.image.alt, picture.image.size
            )
        })
        .collect();
    lines.extend(workbook.resources.iter().map(|(_, r)| format!("{r:?}")));
    lines.extend(
        sheet
            .shapes
            .iter()
            .map(|(area, blocks)| format!("{area} {}", tabulary_ir::blocks_text(blocks))),
    );
    lines.extend(diagnostics.into_vec().iter().map(ToString::to_string));
    expect![[r#"
        A1:B3 "a seal" Some([Points(72000), Points(36000)])
        A1 "" None
        Resource(image/png, 4 bytes)
        A1 in a box
        表!A1: repair[reference-missing]: the bytes of a picture cannot be read: there is no part "Pictures/none.png"
        表!A1: loss[content-skipped]: charts are not read (1)"#]].assert_eq(&lines.join("\n"));
}

#[test]
fn damage_costs_what_stands_behind_it() {
    let whole = flat(
        "",
        &sheet(
            r#"<table:table-row><table:table-cell office:value-type="string"><text:p>one</text:p></table:table-cell></table:table-row><table:table-row><table:table-cell/><table:table-cell office:value-type="string"><text:p>two</text:p>"#,
        ),
    );
    let cut = whole
        .split("</table:table></office")
        .next()
        .expect("the start");
    expect![[r#"
        A1: one
        B2: two
        表!B2: repair[xml-damaged]: the XML is damaged at byte 1251: the text ends inside of an element; what stands before it was read
    "#]].assert_eq(&told(cut.as_bytes()));
    assert!(book(b"<office:document").is_err());
    let error = book(flat("", "").as_bytes()).expect_err("no sheet");
    assert_eq!(error.kind(), ErrorKind::Input);
}

#[test]
fn encrypted_packages_are_refused_with_a_reason() {
    let mut package = PackageWriter::new();
    let manifest = r#"<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><m:file-entry m:full-path="content.xml"><m:encryption-data/></m:file-entry></m:manifest>"#;
    package.part("META-INF/manifest.xml", "text/xml", manifest.to_owned());
    package.part("content.xml", "text/xml", "\u{1}\u{2}".to_owned());
    let mut bytes = Vec::new();
    package.finish(&mut bytes).expect("a Vec takes all writing");
    let error = book(&bytes).expect_err("it is encrypted");
    assert_eq!(error.kind(), ErrorKind::Unsupported);
}

#[test]
fn metadata_are_those_of_the_document() {
    let meta = concat!(
        "</office:automatic-styles><office:meta><dc:title>年报</dc:title><dc:subject>a</dc:subject><meta:keyword>b, c</meta:keyword>",
        "<meta:initial-creator>甲</meta:initial-creator><dc:creator>乙</dc:creator><meta:creation-date>2020-01-20T08:30:00</meta:creation-date>",
        "<dc:date>2020-02-01</dc:date><dc:language>zh-CN</dc:language><meta:user-defined meta:name=\"索引号\">1</meta:user-defined>",
        "<meta:user-defined meta:name=\"_tabulary.issued\">2020-01-31</meta:user-defined></office:meta><office:automatic-styles>",
    );
    let bytes = flat(meta, &sheet(""));
    let (workbook, _) = book(bytes.as_bytes()).expect("a workbook");
    expect![[r#"
        Metadata {
            created: Some(
                "2020-01-20T08:30:00",
            ),
            creators: [
                "甲",
            ],
            description: None,
            fields: Fields(
                [
                    (
                        "索引号",
                        "1",
                    ),
                ],
            ),
            identifiers: [],
            issued: Some(
                "2020-01-31",
            ),
            language: Some(
                "zh-CN",
            ),
            modified: Some(
                "2020-02-01",
            ),
            publisher: None,
            subjects: [
                "a",
                "b",
                "c",
            ],
            title: Some(
                "年报",
            ),
            unseen: false,
        }
    "#]]
    .assert_debug_eq(&workbook.meta);
}

#[test]
fn only_spreadsheets_are_flat_ones() {
    assert!(is_flat(flat("", "").as_bytes()));
    assert!(!is_flat(
        flat("", "").replace("spreadsheet", "text").as_bytes()
    ));
    assert!(!is_flat(b"<document/>"));
}

/// Every prefix and every changed byte of a document ends in a document or an error.
#[test]
fn damaged_documents_end() {
    let files: [&[u8]; 3] = [
        include_bytes!("../../../../../fixtures/xlsx/rich_text.ods"),
        include_bytes!("../../../../../fixtures/xlsx/comments.ods"),
        include_bytes!("../../../../../fixtures/xlsx/dates.ods"),
    ];
    for whole in files {
        for step in 0..60 {
            let _ = book(&whole[..whole.len() * step / 60]);
            let mut changed = whole.to_vec();
            let at = (whole.len() - 1) * step / 60;
            changed[at] ^= 0x55;
            let _ = book(&changed);
        }
    }
    let whole = flat(
        STYLES,
        &sheet(
            r#"<table:table-row table:number-rows-repeated="3"><table:table-cell table:style-name="c2" office:value-type="date" office:date-value="2020-01-20T01:00:00"><text:p>x<text:span text:style-name="b">y</text:span></text:p></table:table-cell></table:table-row>"#,
        ),
    );
    let bytes = whole.as_bytes();
    for at in 0..bytes.len() {
        let _ = book(&bytes[..at]);
        for wrong in *b"<\"9\xFF" {
            let mut changed = bytes.to_vec();
            changed[at] = wrong;
            let _ = book(&changed);
        }
    }
}

#[test]
fn real_documents_are_read() {
    let rich = told(include_bytes!("../../../../../fixtures/xlsx/rich_text.ods"));
    assert!(
        rich.starts_with("A1: normal\nB1: this text is normal, sure enough\n"),
        "{rich}"
    );
    let dates = told(include_bytes!("../../../../../fixtures/xlsx/dates.ods"));
    expect![[r#"
        A1: 01/01/2021 | Date(2021-01-01) | mm/dd/yyyy
        B1: 15 | Number(Decimal("15"))
        A2: 01/01/2021 10:10 AM | DateTime(2021-01-01T10:10:10) | mm/dd/yyyy hh:mm AM/PM
        B2: 16 | Number(Decimal("16"))
        A3: 10:10:10 | Time(10:10:10) | hh:mm:ss
        B3: 17 | Number(Decimal("17"))
        A4: 10:10:10.12 | Time(10:10:10.123) | hh:mm:ss.00
        B4: 18 | Number(Decimal("18"))
    "#]]
    .assert_eq(&dates);
    let (workbook, _) =
        book(include_bytes!("../../../../../fixtures/xlsx/comments.ods")).expect("a workbook");
    let notes: Vec<String> = workbook.sheets[0]
        .notes
        .iter()
        .map(|note| {
            format!(
                "{} {} {:?} {}",
                note.row,
                note.col,
                note.author,
                tabulary_ir::blocks_text(&note.blocks).replace('\n', " / ")
            )
        })
        .collect();
    expect![[r#"
        0 0 Some("Author") Author: / God thinks this is good
        0 2 Some("Author") I really hope that xlsx decides not to use magic like rPr
        1 0 Some("Author") ⾘⾘⾘⾘⾘⾘⾘⾘⾘⾘⾘⾘芝芝
        1 1 Some("Author") Colors come in three: / ARR / GEE / BEE
        1 3 Some("Author") Unicode airplane: ✈  / 
        2 0 Some("Author") Satan: / Satan approves of odd primes
        2 1 Some("Author") Apparently we forgot the fifth of November / 
        3 0 Some("Author") Zeus: / Zeus is always flipping the script 
        3 1 Some("Author") I'm a sneaky little comment
        3 2 Some("Author") I don't want to grow up, because maybe if I did, I wouldn't be a ________ kid"#]].assert_eq(&notes.join("\n"));
}
