//! Values, texts and formulas of cells.

use expect_test::expect;

use crate::book::{Book, fixture, read, texts};

#[test]
fn numbers_keep_the_digits_that_a_workbook_has() {
    let number = |text: &str| format!("<c><v>{text}</v></c>");
    let row: String = [
        "7.4999999999999997E-2",
        "0.10000000000000001",
        "1.1000000000000001",
        "123456789012345678",
        "430321199001011234",
        "-0",
        "1E+22",
        "1.7976931348623157E+308",
    ]
    .map(number)
    .concat();
    Book::of_rows(&format!("<row>{row}</row>")).check(&expect![[r#"
        {"body":[{"body":[{"cells":[
          {"col":0,"row":0,"text":"0.075","value":{"number":"0.075"}},
          {"col":1,"row":0,"text":"0.1","value":{"number":"0.1"}},
          {"col":2,"row":0,"text":"1.1","value":{"number":"1.1"}},
          {"col":3,"row":0,"text":"123456789012345678","value":{"number":"123456789012345678"}},
          {"col":4,"row":0,"text":"430321199001011234","value":{"number":"430321199001011234"}},
          {"col":5,"row":0,"text":"0","value":{"number":"0"}},
          {"col":6,"row":0,"text":"1E+22","value":{"number":"10000000000000000000000"}},
          {"col":7,"row":0,"text":"1.7977E+308","value":{"number":"1.7976931348623157e308"}}
        ],"columns":[{},{},{},{},{},{},{},{}],"rows":1,"type":"table"}],"kind":"sheet","name":"表","type":"section"}]}
    "#]]);
}

#[test]
fn errors_truths_and_texts_have_their_types() {
    let row = r#"<row><c t="e"><v>#N/A</v></c><c t="e"><v>#DIV/0!</v></c><c t="b"><v>0</v></c><c t="b"><v>true</v></c><c t="str"><f>"a"</f><v>a</v></c><c t="n"><v> 5 </v></c><c t="n"><v/></c></row>"#;
    Book::of_rows(row).check(&expect![[r##"
        {"body":[{"body":[{"cells":[
          {"col":0,"row":0,"text":"#N/A","value":{"error":"#N/A"}},
          {"col":1,"row":0,"text":"#DIV/0!","value":{"error":"#DIV/0!"}},
          {"col":2,"row":0,"text":"FALSE","value":{"bool":false}},
          {"col":3,"row":0,"text":"TRUE","value":{"bool":true}},
          {"col":4,"formula":"\"a\"","row":0,"text":"a"},
          {"col":5,"row":0,"text":"5","value":{"number":"5"}}
        ],"columns":[{},{},{},{},{},{}],"rows":1,"type":"table"}],"kind":"sheet","name":"表","type":"section"}]}
    "##]]);
}

#[test]
fn days_are_counted_from_1900_and_from_1904() {
    let row = r#"<row><c s="1"><v>0</v></c><c s="1"><v>1</v></c><c s="1"><v>59</v></c><c s="1"><v>60</v></c><c s="1"><v>61</v></c><c s="1"><v>45292.5</v></c><c s="1"><v>-1</v></c><c s="2"><v>0.75</v></c><c s="3"><v>1.25</v></c><c s="1"><v>2958466</v></c></row>"#;
    let book = || Book::of_rows(row).formats(&["yyyy-mm-dd", "hh:mm", "[h]:mm"]);
    book().check(&expect![[r#########"
        {"body":[{"body":[{"cells":[
          {"col":0,"format":"yyyy-mm-dd","row":0,"text":"1900-01-00","value":{"time":"00:00:00"}},
          {"col":1,"format":"yyyy-mm-dd","row":0,"text":"1900-01-01","value":{"date":"1900-01-01"}},
          {"col":2,"format":"yyyy-mm-dd","row":0,"text":"1900-02-28","value":{"date":"1900-02-28"}},
          {"col":3,"format":"yyyy-mm-dd","row":0,"text":"1900-02-29","value":{"date":"1900-02-28"}},
          {"col":4,"format":"yyyy-mm-dd","row":0,"text":"1900-03-01","value":{"date":"1900-03-01"}},
          {"col":5,"format":"yyyy-mm-dd","row":0,"text":"2024-01-01","value":{"datetime":"2024-01-01T12:00:00"}},
          {"col":6,"format":"yyyy-mm-dd","row":0,"text":"########","value":{"date":"1899-12-29"}},
          {"col":7,"format":"hh:mm","row":0,"text":"18:00","value":{"time":"18:00:00"}},
          {"col":8,"format":"[h]:mm","row":0,"text":"30:00","value":{"duration":"PT30H"}},
          {"col":9,"format":"yyyy-mm-dd","row":0,"text":"########","value":{"number":"2958466"}}
        ],"columns":[{},{},{},{},{},{},{},{},{},{}],"rows":1,"type":"table"}],"kind":"sheet","name":"表","type":"section"}]}
    "#########]]);
    let of_1904 = book().properties(r#"<workbookPr date1904="1"/>"#);
    of_1904.check(&expect![[r#########"
        {"body":[{"body":[{"cells":[
          {"col":0,"format":"yyyy-mm-dd","row":0,"text":"1904-01-01","value":{"date":"1904-01-01"}},
          {"col":1,"format":"yyyy-mm-dd","row":0,"text":"1904-01-02","value":{"date":"1904-01-02"}},
          {"col":2,"format":"yyyy-mm-dd","row":0,"text":"1904-02-29","value":{"date":"1904-02-29"}},
          {"col":3,"format":"yyyy-mm-dd","row":0,"text":"1904-03-01","value":{"date":"1904-03-01"}},
          {"col":4,"format":"yyyy-mm-dd","row":0,"text":"1904-03-02","value":{"date":"1904-03-02"}},
          {"col":5,"format":"yyyy-mm-dd","row":0,"text":"2028-01-02","value":{"datetime":"2028-01-02T12:00:00"}},
          {"col":6,"format":"yyyy-mm-dd","row":0,"text":"-1904-01-02","value":{"date":"1903-12-31"}},
          {"col":7,"format":"hh:mm","row":0,"text":"18:00","value":{"time":"18:00:00"}},
          {"col":8,"format":"[h]:mm","row":0,"text":"30:00","value":{"duration":"PT30H"}},
          {"col":9,"format":"yyyy-mm-dd","row":0,"text":"########","value":{"number":"2958466"}}
        ],"columns":[{},{},{},{},{},{},{},{},{},{}],"rows":1,"type":"table"}],"kind":"sheet","name":"表","type":"section"}]}
    "#########]]);
}

#[test]
fn days_in_letters_are_shown_as_their_numbers_would_be() {
    let row = r#"<row><c t="d" s="1"><v>2024-02-29</v></c><c t="d"><v>2024-02-29T06:00:00</v></c><c t="d" s="1"><v>1900-01-01</v></c><c t="d"><v>12:30:00</v></c><c t="d"><v>2014-02-14T08:27:48.765Z</v></c></row>"#;
    let book = || Book::of_rows(row).formats(&["yyyy\"年\"m\"月\"d\"日\""]);
    let of_1904 = book().properties("<workbookPr date1904='true'/>");
    expect![[r#"
        2024年2月29日 | 2024-02-29 | 1900年1月1日 | 12:30:00 | 2014-02-14
    "#]]
    .assert_eq(&texts(&book().bytes()));
    expect![[r#"
        2024年2月29日 | 2024-02-29 | -1907年12月31日 | 12:30:00 | 2014-02-14
    "#]]
    .assert_eq(&texts(&of_1904.bytes()));
}

#[test]
fn days_that_are_none_are_told() {
    let row = r#"<row><c t="d"><v>yesterday</v></c><c t="d"><v>12:30:00</v></c><c t="d"><v/></c><c t="d"><v>2024-02-30</v></c></row>"#;
    expect![[r#"
        yesterday | 12:30:00 |  | 2024-02-30
        表!A1: repair[value-invalid]: "yesterday" is stored as a day and is none; it was read as text
        表!D1: repair[value-invalid]: "2024-02-30" is stored as a day and is none; it was read as text
    "#]].assert_eq(&texts(&Book::of_rows(row).bytes()));
}

#[test]
fn chinese_formats_show_what_excel_shows() {
    let row = r#"<row><c s="1"><v>1234.5</v></c><c s="2"><v>1234.5</v></c><c s="3"><v>45292</v></c><c s="4"><v>45292</v></c><c s="5"><v>-1234.5</v></c><c s="6"><v>45292</v></c></row>"#;
    let book = Book::of_rows(row).formats(&[
        "[DBNum1][$-804]General",
        "[DBNum2][$-804]General",
        "[$-804]yyyy\"年\"m\"月\"d\"日\";@",
        "[DBNum1][$-804]yyyy\"年\"m\"月\"d\"日\";@",
        "\"￥\"#,##0.00;\"￥\"\\-#,##0.00",
        "[$-804]aaaa;@",
    ]);
    expect![[r#"
        一千二百三十四.五 | 壹仟贰佰叁拾肆.伍 | 2024年1月1日 | 二〇二四年一月一日 | ￥-1,234.50 | 星期一
    "#]]
    .assert_eq(&texts(&book.bytes()));
}

#[test]
fn texts_keep_blanks_line_ends_and_characters_by_number() {
    let strings = r#"<si><t xml:space="preserve"> a </t></si><si><t>b_x000D_
c</t></si><si><t>_x005F_x0041_ _x4E2D_</t></si><si/><si><t>a&#10;b&amp;</t></si><si><r><t xml:space="preserve">no </t></r><r><rPr><b/></rPr><t>bold</t></r><rPh sb="0" eb="1"><t>phonetic</t></rPh></si>"#;
    let row = r#"<row><c t="s"><v>0</v></c><c t="s"><v>1</v></c><c t="s"><v>2</v></c><c t="s"><v>3</v></c><c t="s"><v>4</v></c><c t="s"><v>5</v></c><c t="inlineStr"><is><t xml:space="preserve"> _x0041_
</t></is></c><c t="str"><v xml:space="preserve"> x_x000D_</v></c></row>"#;
    Book::of_rows(row).strings(strings).check(&expect![[r#"
        {"body":[{"body":[{"cells":[
          {"col":0,"row":0,"text":" a "},
          {"col":1,"row":0,"text":"b\nc"},
          {"col":2,"row":0,"text":"_x0041_ 中"},
          {"col":4,"row":0,"text":"a\nb&"},
          {"blocks":[{"content":[{"text":"no ","type":"text"},{"marks":["bold"],"text":"bold","type":"text"}],"type":"paragraph"}],"col":5,"row":0},
          {"col":6,"row":0,"text":" A\n"},
          {"col":7,"row":0,"text":" x\n"}
        ],"columns":[{},{},{},{},{},{},{},{}],"rows":1,"type":"table"}],"kind":"sheet","name":"表","type":"section"}]}
    "#]]);
}

#[test]
fn runs_of_a_text_keep_their_marks() {
    let strings = r#"<si><r><rPr><b/><i val="0"/><u val="double"/></rPr><t>a</t></r><r><rPr><vertAlign val="superscript"/><strike/></rPr><t>2</t></r><r><t xml:space="preserve"> c</t></r></si><si><r><rPr><b/></rPr><t>all</t></r></si>"#;
    let row = r#"<row><c t="s"><v>0</v></c><c t="s"><v>1</v></c><c t="inlineStr"><is><r><rPr><i/></rPr><t>x</t></r><r><t>y</t></r></is></c></row>"#;
    Book::of_rows(row).strings(strings).check(&expect![[r#"
        {"body":[{"body":[{"cells":[
          {"blocks":[{"content":[{"marks":["bold","underline"],"text":"a","type":"text"},{"marks":["strike","superscript"],"text":"2","type":"text"},{"text":" c","type":"text"}],"type":"paragraph"}],"col":0,"row":0},
          {"col":1,"row":0,"style":{"marks":["bold"]},"text":"all"},
          {"blocks":[{"content":[{"marks":["italic"],"text":"x","type":"text"},{"text":"y","type":"text"}],"type":"paragraph"}],"col":2,"row":0}
        ],"columns":[{},{},{}],"rows":1,"type":"table"}],"kind":"sheet","name":"表","type":"section"}]}
    "#]]);
}

#[test]
fn a_shared_formula_moves_with_its_cells() {
    let cell = |at: &str, formula: &str| format!(r#"<c r="{at}">{formula}<v>0</v></c>"#);
    let master = r#"<f t="shared" ref="B2:C3" si="0">SUM(E:F)+$A1*B$1+LOG10(A1)&amp;"A1"+合计!A1+1:1+_xlfn.XLOOKUP(A1,A:A,$B:$B)</f>"#;
    let used = r#"<f t="shared" si="0"/>"#;
    let rows = format!(
        r#"<row r="2">{}{}</row><row r="3">{}{}</row>"#,
        cell("B2", master),
        cell("C2", used),
        cell("B3", used),
        cell("C3", r#"<f t="shared" si="7"/>"#),
    );
    Book::of_rows(&rows).check(&expect![[r#"
        {"body":[{"body":[{"cells":[
          {"col":0,"formula":"SUM(E:F)+$A1*B$1+LOG10(A1)&\"A1\"+合计!A1+1:1+_xlfn.XLOOKUP(A1,A:A,$B:$B)","row":0,"text":"0","value":{"number":"0"}},
          {"col":1,"formula":"SUM(F:G)+$A1*C$1+LOG10(B1)&\"A1\"+合计!B1+1:1+_xlfn.XLOOKUP(B1,B:B,$B:$B)","row":0,"text":"0","value":{"number":"0"}},
          {"col":0,"formula":"SUM(E:F)+$A2*B$1+LOG10(A2)&\"A1\"+合计!A2+2:2+_xlfn.XLOOKUP(A2,A:A,$B:$B)","row":1,"text":"0","value":{"number":"0"}},
          {"col":1,"row":1,"text":"0","value":{"number":"0"}}
        ],"columns":[{},{}],"rows":2,"type":"table"}],"kind":"sheet","name":"表","type":"section"}]}
    "#]]);
}

#[test]
fn arrays_and_data_tables_keep_their_values() {
    let rows = r#"<row r="1"><c r="A1"><f t="array" ref="A1:A2">B1:B2*2</f><v>2</v></c><c r="B1"><v>1</v></c><c r="C1"><f t="dataTable" ref="C1:C2" dt2D="0" dtr="0" r1="B1"/><v>9</v></c></row><row r="2"><c r="A2"><v>4</v></c><c r="B2"><v>2</v></c><c r="C2"><v>8</v></c></row>"#;
    Book::of_rows(rows).check(&expect![[r#"
        {"body":[{"body":[{"cells":[
          {"col":0,"formula":"B1:B2*2","row":0,"text":"2","value":{"number":"2"}},
          {"col":1,"row":0,"text":"1","value":{"number":"1"}},
          {"col":2,"row":0,"text":"9","value":{"number":"9"}},
          {"col":0,"row":1,"text":"4","value":{"number":"4"}},
          {"col":1,"row":1,"text":"2","value":{"number":"2"}},
          {"col":2,"row":1,"text":"8","value":{"number":"8"}}
        ],"columns":[{},{},{}],"rows":2,"type":"table"}],"kind":"sheet","name":"表","type":"section"}]}
        表!A1: loss[formula-dropped]: 1 formulas were entered for a range, and stand as formulas of its first cell
        表!C1: loss[formula-dropped]: 1 data tables have formulas that were left out; their values stand
    "#]]);
}

#[test]
fn arrays_are_told_in_every_format() {
    let open_document = r#"<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:mimetype="application/vnd.oasis.opendocument.spreadsheet"><office:body><office:spreadsheet><table:table table:name="s"><table:table-row><table:table-cell table:formula="of:=[.B1:.B2]*2" table:number-matrix-columns-spanned="1" table:number-matrix-rows-spanned="2" office:value-type="float" office:value="2"><text:p>2</text:p></table:table-cell></table:table-row></table:table></office:spreadsheet></office:body></office:document>"#;
    expect![[r#"
        2
        s!A1: loss[formula-dropped]: 1 formulas were entered for a range, and stand as formulas of its first cell
    "#]].assert_eq(&texts(open_document.as_bytes()));
    let xml = r#"<?mso-application progid="Excel.Sheet"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="s"><Table><Row><Cell ss:ArrayRange="RC:R[1]C" ss:Formula="=RC[1]:R[1]C[1]*2"><Data ss:Type="Number">2</Data></Cell></Row></Table></Worksheet></Workbook>"#;
    expect![[r#"
        2
        s!A1: loss[formula-dropped]: 1 formulas were entered for a range, and stand as formulas of its first cell
    "#]].assert_eq(&texts(xml.as_bytes()));
}

/// The formulas of all cells of the first sheet, a line a row.
fn formulas(name: &str) -> String {
    let outcome = read(&fixture(name));
    let cells = outcome.value.tables()[0].cells();
    let rows = cells.chunk_by(|a, b| a.row == b.row).map(|row| {
        let formulas = row.iter().filter_map(|cell| cell.formula.as_deref());
        formulas.collect::<Vec<_>>().join(" | ") + "\n"
    });
    rows.collect()
}

#[test]
fn real_workbooks_have_the_formulas_and_dates_of_their_programs() {
    expect![[r#"
        SUM(E:F) | SUM(F:G) | SUM(G:H)
        SUM(E:F) | SUM(F:G) | SUM(G:H)
        SUM(E:F) | SUM(F:G) | SUM(G:H)
        SUM(E:F) | SUM(F:G) | SUM(G:H)
        SUM(E:F) | SUM(F:G) | SUM(G:H)
    "#]]
    .assert_eq(&formulas("whole_columns.xlsx"));
    expect![[r#"
        A1

    "#]]
    .assert_eq(&formulas("array_formula.xlsx"));
    expect![[r#"
        TEXT(B1,"YYYY-MM-DD") | T(C1)
        TEXT(B2,"YYYY-MM-DD") | T(C2)
        TEXT(B3,"YYYY-MM-DD") | T(C3)
        TEXT(B4,"YYYY-MM-DD") | T(C4)
        TEXT(B5,"YYYY-MM-DD") | T(C5)
    "#]]
    .assert_eq(&formulas("1904.xlsx"));
    expect![[r#"
        1 | 1904-01-02 | 1904-01-02 | 1904-01-02
        11 | 1904-01-12 | 1904-01-12 | 1904-01-12
        111 | 1904-04-21 | 1904-04-21 | 1904-04-21
        1111 | 1907-01-16 | 1907-01-16 | 1907-01-16
        11111 | 1934-06-03 | 1934-06-03 | 1934-06-03
    "#]]
    .assert_eq(&texts(&fixture("1904.xlsx")));
    expect![[r#"
        String | てすと | &'";<> | &amp;
        Integer | 1 | 2 | -3
        Float | 1.5 | 0.3 | 1.23457E+22
        Boolean | TRUE | FALSE | 
        Date | 2/14/14 |  | 
        2 Decimals Built-in format #2 | 1.50 |  | 
        Time Built-in format #18 | 12:00 PM |  | 
        Percentage Built-in format #9 | 50.00% |  | 
        Percentage Custom format | 50.000% |  | 
        Duration 36 hours format #46 | 36:00:00 |  | 
        Formula | String1 |  | 
        A simple comment | cell with comment |  | 
        A full comment | cell with comment |  | 
    "#]]
    .assert_eq(&texts(&fixture("iso_dates.xlsx")));
}
