//! What a workbook says of its sheets beside their cells.

use expect_test::expect;

use tabulary_ir::{Block, ReadOptions};
use tabulary_package::{Package, PackageWriter};

use crate::book::{Book, MAIN, OFFICE, check, fixture, read, texts};

const ROWS: &str = "<sheetData><row><c><v>1</v></c><c><v>2</v></c></row><row><c><v>3</v></c><c><v>4</v></c></row></sheetData>";
const SHEET: &str = "xl/worksheets/sheet1.xml";

fn sheet(markup: &str) -> Book {
    Book::of_sheet(&format!("{ROWS}{markup}"))
}

#[test]
fn lists_of_values_are_named_or_looked_up() {
    let validations = r#"<dataValidations count="4"><dataValidation type="list" sqref="A1 B2:B9"><formula1>"是, 否,""也许"""</formula1></dataValidation><dataValidation type="list" sqref="C1"><formula1>$A$1:$A$2</formula1></dataValidation><dataValidation type="whole" operator="between" sqref="D1"><formula1>1</formula1><formula2>9</formula2></dataValidation><dataValidation type="list" sqref="A3"><formula1>OFFSET(A1,0,0,2)</formula1></dataValidation></dataValidations><extLst><ext uri="{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}" xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"><x14:dataValidations xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main"><x14:dataValidation type="list"><x14:formula1><xm:f>Sheet2!$A$1:$A$3</xm:f></x14:formula1><xm:sqref>B1</xm:sqref></x14:dataValidation></x14:dataValidations></ext></extLst>"#;
    sheet(validations).check(&expect![[r#"
        {"body":[{"body":[{"cells":[
          {"col":0,"row":0,"text":"1","value":{"number":"1"}},
          {"col":1,"row":0,"text":"2","value":{"number":"2"}},
          {"col":0,"row":1,"text":"3","value":{"number":"3"}},
          {"col":1,"row":1,"text":"4","value":{"number":"4"}}
        ],"columns":[{},{}],"rows":2,"type":"table"}],"kind":"sheet","name":"表","sheet":{"validations":[{"ranges":["A1","B2:B9"],"values":["是","否","\"也许\""]},{"formula":"Sheet2!$A$1:$A$3","ranges":["B1"]},{"formula":"$A$1:$A$2","ranges":["C1"]},{"formula":"OFFSET(A1,0,0,2)","ranges":["A3"]}]},"type":"section"}]}
        表!A1: loss[content-skipped]: checks of what is typed other than lists of the sheet are not read (1)
    "#]]);
    let real = read(&fixture("choices.xlsx")).value;
    let settings = real.body.iter().filter_map(|block| match block {
        Block::Section(section) => section.sheet.as_deref(),
        _ => None,
    });
    let lists = settings.flat_map(|settings| &settings.validations);
    let lists: Vec<String> = lists
        .map(|list| {
            let formula = list.formula.as_deref().unwrap_or_default();
            format!(
                "{} {formula}{}",
                list.ranges.join(","),
                list.values.join("|")
            )
        })
        .collect();
    expect![[r#"
        B2 IN|US|UK
        C2 $D$1:$F$1"#]]
    .assert_eq(&lists.join("\n"));
}

#[test]
fn names_are_of_the_workbook_or_of_a_sheet() {
    let names = r#"<definedName name="合计">表!$B$2</definedName><definedName name="rate" localSheetId="0">0.5</definedName><definedName name="secret" hidden="1">表!$A$1</definedName><definedName name="_xlnm._FilterDatabase" localSheetId="0" hidden="1">表!$A$1:$B$2</definedName><definedName name="Area">表!$A$1,表!$B$2</definedName><definedName name="gone">#REF!</definedName><definedName name="void"></definedName>"#;
    sheet("").names(names).check(&expect![[r##"
        {"body":[{"body":[{"cells":[
          {"col":0,"row":0,"text":"1","value":{"number":"1"}},
          {"col":1,"row":0,"text":"2","value":{"number":"2"}},
          {"col":0,"row":1,"text":"3","value":{"number":"3"}},
          {"col":1,"row":1,"text":"4","value":{"number":"4"}}
        ],"columns":[{},{}],"rows":2,"type":"table"}],"kind":"sheet","name":"表","type":"section"}],"names":[{"name":"Area","refers_to":"表!$A$1,表!$B$2"},{"name":"gone","refers_to":"#REF!"},{"name":"rate","refers_to":"0.5","sheet":"表"},{"name":"合计","refers_to":"表!$B$2"}]}
    "##]]);
}

#[test]
fn print_ranges_titles_and_panes_are_of_their_sheet() {
    let view = r#"<sheetViews><sheetView workbookViewId="0"><pane xSplit="1" ySplit="2" topLeftCell="B3" state="frozen"/></sheetView></sheetViews>"#;
    let split = r#"<sheetViews><sheetView workbookViewId="0"><pane xSplit="2010" ySplit="300" topLeftCell="B3"/></sheetView></sheetViews>"#;
    let rows = r#"<sheetData><row r="1"><c r="A1"><v>1</v></c></row><row r="9"><c r="F9"><v>2</v></c></row></sheetData>"#;
    let names = r#"<definedName name="_xlnm.Print_Area" localSheetId="0">'it''s, 1'!$A$1:$B$4,'it''s, 1'!$C$6:$D$9</definedName><definedName name="_xlnm.Print_Titles" localSheetId="0">'it''s, 1'!$A:$B,'it''s, 1'!$1:$3</definedName><definedName name="_xlnm.Print_Area" localSheetId="1">s!$B:$C</definedName><definedName name="_xlnm.Print_Titles" localSheetId="1">s!$2:$2</definedName>"#;
    Book::default()
        .sheet("it's, 1", "", &format!("{view}{rows}"))
        .sheet("s", "", &format!("{split}{rows}"))
        .names(names)
        .check(&expect![[r#"
            {"body":[{"body":[{"cells":[
              {"col":0,"row":0,"text":"1","value":{"number":"1"}},
              {"col":5,"row":8,"text":"2","value":{"number":"2"}}
            ],"columns":[{},{},{},{},{},{}],"header_columns":2,"header_rows":3,"rows":9,"type":"table"}],"kind":"sheet","name":"it's, 1","sheet":{"frozen_columns":1,"frozen_rows":2,"print_areas":["A1:B4","C6:D9"],"title_columns":"A:B","title_rows":"1:3"},"type":"section"},
            {"body":[{"cells":[
              {"col":0,"row":0,"text":"1","value":{"number":"1"}},
              {"col":5,"row":8,"text":"2","value":{"number":"2"}}
            ],"columns":[{},{},{},{},{},{}],"header_rows":2,"rows":9,"type":"table"}],"kind":"sheet","name":"s","sheet":{"print_areas":["B1:C1048576"],"title_rows":"2:2"},"type":"section"}]}
        "#]]);
}

#[test]
fn a_page_has_its_paper_and_margins() {
    let page = r#"<pageMargins left="0.5" right="0.25" top="1" bottom="0.75" header="0.3" footer="0.3"/><pageSetup paperSize="8" orientation="landscape"/>"#;
    sheet(page).check(&expect![[r#"
        {"body":[{"body":[{"cells":[
          {"col":0,"row":0,"text":"1","value":{"number":"1"}},
          {"col":1,"row":0,"text":"2","value":{"number":"2"}},
          {"col":0,"row":1,"text":"3","value":{"number":"3"}},
          {"col":1,"row":1,"text":"4","value":{"number":"4"}}
        ],"columns":[{},{}],"rows":2,"type":"table"}],"kind":"sheet","name":"表","page":{"height":841.89,"margins":[72,18,54,36],"width":1190.551},"type":"section"}]}
    "#]]);
    sheet(
        r#"<pageMargins left="0.5" right="0.25" top="1" bottom="0.75" header="0.3" footer="0.3"/>"#,
    )
    .check(&expect![[r#"
        {"body":[{"body":[{"cells":[
          {"col":0,"row":0,"text":"1","value":{"number":"1"}},
          {"col":1,"row":0,"text":"2","value":{"number":"2"}},
          {"col":0,"row":1,"text":"3","value":{"number":"3"}},
          {"col":1,"row":1,"text":"4","value":{"number":"4"}}
        ],"columns":[{},{}],"rows":2,"type":"table"}],"kind":"sheet","name":"表","type":"section"}]}
    "#]]);
}

#[test]
fn running_lines_have_their_codes_and_pages() {
    let lines = r#"<headerFooter differentOddEven="1" differentFirst="1"><oddHeader>&amp;L&amp;"宋体,Bold"&amp;12单位：&amp;A&amp;C&amp;B年报&amp;B A&amp;&amp;B&amp;R第&amp;P页/&amp;N</oddHeader><oddFooter>&amp;C- &amp;P -</oddFooter><evenHeader>&amp;R&amp;KFF0000even</evenHeader><evenFooter>&amp;L&amp;D &amp;T &amp;F</evenFooter><firstHeader>first
line</firstHeader></headerFooter>"#;
    sheet(lines).check(&expect![[r#"
        {"body":[{"body":[{"cells":[
          {"col":0,"row":0,"text":"1","value":{"number":"1"}},
          {"col":1,"row":0,"text":"2","value":{"number":"2"}},
          {"col":0,"row":1,"text":"3","value":{"number":"3"}},
          {"col":1,"row":1,"text":"4","value":{"number":"4"}}
        ],"columns":[{},{}],"rows":2,"type":"table"}],"kind":"sheet","name":"表","type":"section"}],"footers":[
          {"blocks":[{"content":[{"text":"- ","type":"text"},
        {"content":[],"instruction":"PAGE","type":"field"},{"text":" -","type":"text"}],"style":{"align":"center"},"type":"paragraph"}],"kind":"default","section":"/body/0"},
          {"blocks":[{"content":[{"content":[],"instruction":"DATE","type":"field"},{"text":" ","type":"text"},
        {"content":[],"instruction":"TIME","type":"field"},{"text":" ","type":"text"},
        {"content":[],"instruction":"FILENAME","type":"field"}],"style":{"align":"left"},"type":"paragraph"}],"kind":"even","section":"/body/0"}],"headers":[
          {"blocks":[{"content":[{"text":"单位：表","type":"text"}],"style":{"align":"left"},"type":"paragraph"},
        {"content":[{"marks":["bold"],"text":"年报","type":"text"},{"text":" A&B","type":"text"}],"style":{"align":"center"},"type":"paragraph"},
        {"content":[{"text":"第","type":"text"},
        {"content":[],"instruction":"PAGE","type":"field"},{"text":"页/","type":"text"},
        {"content":[],"instruction":"NUMPAGES","type":"field"}],"style":{"align":"right"},"type":"paragraph"}],"kind":"default","section":"/body/0"},
          {"blocks":[{"content":[{"text":"even","type":"text"}],"style":{"align":"right"},"type":"paragraph"}],"kind":"even","section":"/body/0"},
          {"blocks":[{"content":[{"text":"first","type":"text"},{"type":"line_break"},{"text":"line","type":"text"}],"style":{"align":"center"},"type":"paragraph"}],"kind":"first","section":"/body/0"}]}
    "#]]);
    let off = lines.replace(r#" differentOddEven="1" differentFirst="1""#, "");
    let outcome = read(&sheet(&off).bytes());
    let text = tabulary_ir::json::to_string(&outcome.value);
    assert!(!text.contains("even") && !text.contains("first"), "{text}");
}

#[test]
fn a_list_object_names_its_table_and_headers() {
    let list = |rows: &str| {
        let part = format!(
            r#"<table xmlns="{MAIN}" id="1" name="t" displayName="收支" ref="A1:B2" {rows}><tableColumns count="2"><tableColumn id="1" name="a"/><tableColumn id="2" name="b"/></tableColumns></table>"#
        );
        let kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.table+xml";
        sheet(r#"<tableParts count="1"><tablePart r:id="rId1"/></tableParts>"#)
            .part("xl/tables/table1.xml", kind, part)
            .relate(SHEET, "table", "../tables/table1.xml")
    };
    list("").check(&expect![[r#"
        {"body":[{"body":[{"cells":[
          {"col":0,"row":0,"text":"1","value":{"number":"1"}},
          {"col":1,"row":0,"text":"2","value":{"number":"2"}},
          {"col":0,"row":1,"text":"3","value":{"number":"3"}},
          {"col":1,"row":1,"text":"4","value":{"number":"4"}}
        ],"columns":[{},{}],"header_rows":1,"name":"收支","rows":2,"type":"table"}],"kind":"sheet","name":"表","type":"section"}]}
    "#]]);
    list(r#"headerRowCount="0""#).check(&expect![[r#"
        {"body":[{"body":[{"cells":[
          {"col":0,"row":0,"text":"1","value":{"number":"1"}},
          {"col":1,"row":0,"text":"2","value":{"number":"2"}},
          {"col":0,"row":1,"text":"3","value":{"number":"3"}},
          {"col":1,"row":1,"text":"4","value":{"number":"4"}}
        ],"columns":[{},{}],"name":"收支","rows":2,"type":"table"}],"kind":"sheet","name":"表","type":"section"}]}
    "#]]);
}

#[test]
fn what_is_there_and_not_read_is_told() {
    let odd = r#"<conditionalFormatting sqref="A1"><cfRule type="expression"><formula>A1&gt;1</formula></cfRule></conditionalFormatting><conditionalFormatting sqref="B1"/><oleObjects><oleObject progId="x" shapeId="1"/></oleObjects><controls><control shapeId="2"/></controls>"#;
    sheet(odd).check(&expect![[r#"
        {"body":[{"body":[{"cells":[
          {"col":0,"row":0,"text":"1","value":{"number":"1"}},
          {"col":1,"row":0,"text":"2","value":{"number":"2"}},
          {"col":0,"row":1,"text":"3","value":{"number":"3"}},
          {"col":1,"row":1,"text":"4","value":{"number":"4"}}
        ],"columns":[{},{}],"rows":2,"type":"table"}],"kind":"sheet","name":"表","type":"section"}]}
        表!A1: loss[content-skipped]: conditional formats of the sheet are not read (2)
        表!A1: loss[content-skipped]: embedded objects of the sheet are not read (1)
        表!A1: loss[content-skipped]: form controls of the sheet are not read (1)
    "#]]);
    check(
        &fixture("chart_sheet.xlsx"),
        &expect![[r#"
            {"body":[{"body":[{"cells":[
              {"col":0,"row":0,"text":"soap"},
              {"col":1,"row":0,"text":"1","value":{"number":"1"}},
              {"col":2,"row":0,"text":"2","value":{"number":"2"}},
              {"col":3,"row":0,"text":"3","value":{"number":"3"}},
              {"col":4,"row":0,"text":"4","value":{"number":"4"}},
              {"col":0,"row":1,"text":"shampoo"},
              {"col":1,"row":1,"text":"1","value":{"number":"1"}},
              {"col":2,"row":1,"text":"2","value":{"number":"2"}},
              {"col":3,"row":1,"text":"2","value":{"number":"2"}},
              {"col":4,"row":1,"text":"6","value":{"number":"6"}}
            ],"columns":[{},{},{},{},{}],"rows":2,"type":"table"}],"kind":"sheet","name":"Sheet1","type":"section"},
            {"body":[],"kind":"sheet","name":"Sheet2","type":"section"},
            {"body":[],"kind":"sheet","name":"Chart1","type":"section"},
            {"body":[],"kind":"sheet","name":"Sheet3","type":"section"}]}
            Chart1!A1: loss[content-skipped]: a sheet of the kind chartsheet holds no cells that are read
            loss[content-skipped]: charts are not read (1 parts)
        "#]],
    );
}

#[test]
fn merged_ranges_keep_their_corner() {
    sheet(r#"<mergeCells><mergeCell ref="A1:B1"/><mergeCell ref="B3:C4"/></mergeCells>"#)
        .check(&expect![[r#"
            {"body":[{"body":[{"cells":[
              {"col":0,"col_span":2,"row":0,"text":"1","value":{"number":"1"}},
              {"col":0,"row":1,"text":"3","value":{"number":"3"}},
              {"col":1,"row":1,"text":"4","value":{"number":"4"}},
              {"col":1,"col_span":2,"row":2,"row_span":2}
            ],"columns":[{},{},{}],"rows":4,"type":"table"}],"kind":"sheet","name":"表","type":"section"}]}
            表!B1: loss[content-skipped]: 1 cells that merged ranges hide hold values, which were left out
        "#]]);
}

#[test]
fn sheets_of_lost_relationships_are_taken_by_their_numbers() {
    let string = r#"<sheetData><row><c t="s" s="1"><v>0</v></c></row></sheetData>"#;
    let book = Book::default()
        .sheet("first", "", ROWS)
        .sheet("second", "", string)
        .strings("<si><t>shared</t></si>")
        .formats(&["\"<\"@\">\""]);
    book.unrelated().check(&expect![[r#"
        {"body":[{"body":[{"cells":[
          {"col":0,"row":0,"text":"1","value":{"number":"1"}},
          {"col":1,"row":0,"text":"2","value":{"number":"2"}},
          {"col":0,"row":1,"text":"3","value":{"number":"3"}},
          {"col":1,"row":1,"text":"4","value":{"number":"4"}}
        ],"columns":[{},{}],"rows":2,"type":"table"}],"kind":"sheet","name":"first","type":"section"},
        {"body":[{"cells":[
          {"col":0,"format":"\"<\"@\">\"","row":0,"text":"<shared>"}
        ],"columns":[{}],"rows":1,"type":"table"}],"kind":"sheet","name":"second","type":"section"}]}
        xl/workbook.xml: repair[reference-missing]: the relationships of the workbook are lost; 2 sheets were taken by the numbers of their parts
    "#]]);
}

#[test]
fn sheets_of_a_binary_workbook_are_taken_by_their_numbers_too() {
    let bytes = fixture("comments.xlsb");
    let budget = ReadOptions::default().budget();
    let mut package = Package::open(&bytes, &budget).expect("a package");
    let mut lost = PackageWriter::default();
    for name in package.names().to_vec() {
        if !name.contains("_rels/") && name != "[Content_Types].xml" {
            let part = package.read(&name).expect("a part");
            let kind = package.content_type(&name).to_owned();
            lost.part(&name, &kind, part);
        }
    }
    lost.relate(
        "",
        &format!("{OFFICE}/officeDocument"),
        "xl/workbook.bin",
        false,
    );
    let mut made = Vec::new();
    lost.finish(&mut made).expect("a Vec takes all writing");
    let read = texts(&made);
    let cells = texts(&bytes);
    let first = cells.lines().next().expect("a row");
    assert!(read.starts_with(first), "{read}");
    expect!["xl/workbook.bin: repair[reference-missing]: the relationships of the workbook are lost; 1 sheets were taken by the numbers of their parts"].assert_eq(read.lines().last().expect("what is told"));
}
