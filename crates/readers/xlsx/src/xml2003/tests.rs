use expect_test::expect;
use tabulary_ir::{Cancel, Limits, blocks_text};

use super::*;

/// A workbook as Excel writes one, with these styles and this in its only worksheet.
fn workbook(styles: &str, worksheet: &str) -> String {
    format!(
        r##"<?xml version="1.0"?>
<?mso-application progid="Excel.Sheet"?>
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"
 xmlns:o="urn:schemas-microsoft-com:office:office"
 xmlns:x="urn:schemas-microsoft-com:office:excel"
 xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"
 xmlns:html="http://www.w3.org/TR/REC-html40">
 <DocumentProperties xmlns="urn:schemas-microsoft-com:office:office"><Title>年报</Title><Author>甲;乙</Author><Keywords>a, b</Keywords><Created>2020-01-20T08:30:00Z</Created><Company>县</Company></DocumentProperties>
 <CustomDocumentProperties xmlns="urn:schemas-microsoft-com:office:office"><索引号_x0020_1>x</索引号_x0020_1></CustomDocumentProperties>
 <Styles>
  <Style ss:ID="Default" ss:Name="Normal"><Alignment ss:Vertical="Bottom"/><Font ss:Size="11"/></Style>
  {styles}
 </Styles>
 <Names><NamedRange ss:Name="total" ss:RefersTo="=表!R1C1:R2C2"/></Names>
 <Worksheet ss:Name="表">{worksheet}</Worksheet>
</Workbook>"##
    )
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
            let place = Area::new(cell.row, cell.col, cell.row, cell.col);
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

const STYLES: &str = concat!(
    r#"<Style ss:ID="p"><NumberFormat ss:Format="Percent"/></Style>"#,
    r#"<Style ss:ID="d"><NumberFormat ss:Format="yyyy&quot;年&quot;m&quot;月&quot;"/></Style>"#,
    r#"<Style ss:ID="y"><NumberFormat ss:Format="Yes/No"/></Style>"#,
    r##"<Style ss:ID="look"><Alignment ss:Horizontal="Center" ss:Vertical="Center" ss:WrapText="1" ss:Indent="1" ss:Rotate="45"/><Borders><Border ss:Position="Bottom" ss:LineStyle="Continuous" ss:Weight="2"/><Border ss:Position="Left" ss:LineStyle="Double" ss:Weight="3"/></Borders><Font ss:Bold="1" ss:Underline="Single" ss:Size="14"/><Interior ss:Color="#FFFF00" ss:Pattern="Solid"/></Style>"##,
    r#"<Style ss:ID="child" ss:Parent="look"><NumberFormat ss:Format="0.0"/></Style>"#,
);

#[test]
fn cells_are_read_by_their_type() {
    let rows = concat!(
        r#"<Table ss:StyleID="Default"><Column ss:Index="2" ss:StyleID="p" ss:Span="1"/>"#,
        r#"<Row><Cell><Data ss:Type="Number">7.4999999999999997E-2</Data></Cell><Cell><Data ss:Type="Number">0.5</Data></Cell><Cell ss:Index="4" ss:StyleID="d"><Data ss:Type="DateTime">2020-01-20T00:00:00.000</Data></Cell><Cell ss:StyleID="y"><Data ss:Type="Number">1</Data></Cell></Row>"#,
        r#"<Row ss:Index="3"><Cell ss:Formula="=R[-2]C*2"><Data ss:Type="Boolean">1</Data></Cell><Cell ss:StyleID="Default"><Data ss:Type="Error">#N/A</Data></Cell><Cell ss:MergeAcross="1" ss:MergeDown="1"><Data ss:Type="String">a&#13;b&#10;c</Data></Cell><Cell><Data ss:Type="Number">one</Data></Cell></Row>"#,
        r#"<Row ss:Span="2"/><Row><Cell><ss:Data ss:Type="String" xmlns="http://www.w3.org/TR/REC-html40">x<B>y</B><Font html:Size="8"> z</Font></ss:Data></Cell><Cell ss:Formula="=RC[-1]"/></Row></Table>"#,
    );
    expect![[r##"
        A1: 0.075 | Number(Decimal("0.075"))
        B1: 50.00% | Number(Decimal("0.5")) | 0.00%
        D1: 2020年1月 | Date(2020-01-20) | yyyy"年"m"月"
        E1: Yes | Number(Decimal("1")) | "Yes";"Yes";"No"
        A3: TRUE | Bool(true) | =A1*2
        B3: #N/A | Error(CellError("#N/A"))
        C3: a / b / c
        E3: one
        A7: xy z
        B7:  | =A7
        表!E3: repair[value-invalid]: "one" is stored as a Number and is none; it was read as text
    "##]]
    .assert_eq(&told(workbook(STYLES, rows).as_bytes()));
}

#[test]
fn styles_are_those_of_the_chain() {
    let rows = r#"<Table><Row><Cell ss:StyleID="look"><Data ss:Type="String">a</Data></Cell><Cell ss:StyleID="child"/><Cell ss:StyleID="none"><Data ss:Type="String">c</Data></Cell></Row></Table>"#;
    let (workbook, _) = book(workbook(STYLES, rows).as_bytes()).expect("a workbook");
    let styles: Vec<_> = workbook.sheets[0]
        .cells
        .iter()
        .map(|cell| &cell.style)
        .collect();
    assert_eq!(styles.len(), 3);
    assert_eq!(styles[0], styles[1]);
    assert_eq!(*styles[2], None);
    expect![[r#"
        Some(
            CellStyle {
                align: Some(
                    Center,
                ),
                borders: Some(
                    Borders {
                        bottom: Some(
                            Medium,
                        ),
                        left: Some(
                            Double,
                        ),
                        right: None,
                        top: None,
                    },
                ),
                fill: Some(
                    Rgb(
                        [
                            255,
                            255,
                            0,
                        ],
                    ),
                ),
                font_size: Some(
                    Points(
                        14000,
                    ),
                ),
                indent: 1,
                marks: Marks(
                    513,
                ),
                rotation: 45,
                vertical_align: Some(
                    Middle,
                ),
                vertical_text: false,
                wrap: true,
            },
        )
    "#]]
    .assert_debug_eq(&styles[0]);
}

#[test]
fn what_stands_around_cells_is_read() {
    let worksheet = concat!(
        r#"<Names><NamedRange ss:Name="Print_Titles" ss:RefersTo="=表!R1:R2"/><NamedRange ss:Name="Print_Area" ss:RefersTo="=表!R1C1:R9C3"/><NamedRange ss:Name="_FilterDatabase" ss:RefersTo="=表!R1C1" ss:Hidden="1"/></Names>"#,
        r##"<Table><Column ss:Width="120"/><Column ss:Index="3" ss:Hidden="1"/><Row ss:AutoFitHeight="0" ss:Height="30"><Cell ss:HRef="#表!B2"><Data ss:Type="String">t</Data><Comment ss:Author="甲"><ss:Data xmlns="http://www.w3.org/TR/REC-html40"><B>甲:</B>&#10;note</ss:Data></Comment></Cell></Row><Row ss:Hidden="1" ss:Height="12"><Cell ss:Index="3"><Data ss:Type="String">u</Data></Cell></Row></Table>"##,
        r#"<WorksheetOptions xmlns="urn:schemas-microsoft-com:office:excel"><PageSetup><Layout x:Orientation="Landscape"/><Header x:Margin="0.3" x:Data="&amp;L第&amp;P页"/><PageMargins x:Bottom="1" x:Left="0.5" x:Right="0.5" x:Top="1"/></PageSetup><Print><ValidPrinterInfo/><PaperSizeIndex>9</PaperSizeIndex></Print><Visible>SheetHidden</Visible><FreezePanes/><SplitHorizontal>2</SplitHorizontal><SplitVertical>1</SplitVertical></WorksheetOptions>"#,
        r#"<DataValidation xmlns="urn:schemas-microsoft-com:office:excel"><Range>R1C1:R5C1,R7C2</Range><Type>List</Type><Value>&quot;是, 否&quot;</Value></DataValidation><DataValidation xmlns="urn:schemas-microsoft-com:office:excel"><Range>R1C3</Range><Type>List</Type><Value>R1C5:R3C5</Value></DataValidation><DataValidation xmlns="urn:schemas-microsoft-com:office:excel"><Range>R1C3</Range><Type>Whole</Type></DataValidation>"#,
    );
    let (workbook, diagnostics) = book(workbook("", worksheet).as_bytes()).expect("a workbook");
    let sheet = &workbook.sheets[0];
    let lines = [
        format!("hidden {} frozen {:?}", sheet.hidden, sheet.frozen),
        format!(
            "titles {:?} print {:?}",
            sheet.title_rows, sheet.print_areas
        ),
        format!("columns {:?}", sheet.columns),
        format!("rows {:?}", sheet.rows),
        format!("links {:?}", sheet.links),
        format!(
            "notes {:?} {}",
            sheet.notes[0].author,
            blocks_text(&sheet.notes[0].blocks)
        ),
        format!("checks {:?}", sheet.validations),
        format!(
            "page {:?} header {}",
            sheet.page,
            blocks_text(&sheet.headers[0].blocks)
        ),
        format!("names {:?}", workbook.names),
        format!("meta {:?}", workbook.meta),
        format!(
            "told {:?}",
            diagnostics
                .into_vec()
                .iter()
                .map(ToString::to_string)
                .collect::<Vec<_>>()
        ),
    ];
    expect![[r##"
        hidden true frozen (2, 1)
        titles Some((0, 1)) print [Area { row: 0, col: 0, last_row: 8, last_col: 2 }]
        columns {0: ColumnInfo { width: Some(Points(120000)), hidden: false }, 2: ColumnInfo { width: None, hidden: true }}
        rows {0: RowInfo { height: Some(Points(30000)), hidden: false }, 1: RowInfo { height: None, hidden: true }}
        links [SheetLink { area: Area { row: 0, col: 0, last_row: 0, last_col: 0 }, href: "#表!B2" }]
        notes Some("甲") 甲:
        note
        checks [Validation { formula: None, ranges: ["A1:A5", "B7"], values: ["是", "否"] }, Validation { formula: Some("$E$1:$E$3"), ranges: ["C1"], values: [] }]
        page Some(PageSetup { columns: None, height: Points(595276), margins: [Points(72000), Points(36000), Points(72000), Points(36000)], width: Points(841890) }) header 第页
        names [DefinedName { name: "total", refers_to: "表!$A$1:$B$2", sheet: None }]
        meta Metadata { created: Some("2020-01-20T08:30:00Z"), creators: ["甲", "乙"], description: None, fields: Fields([("索引号 1", "x")]), identifiers: [], issued: None, language: None, modified: None, publisher: Some("县"), subjects: ["a", "b"], title: Some("年报"), unseen: false }
        told ["表!A1: loss[content-skipped]: checks of what is typed other than lists of the sheet \"表\" are not read"]"##]].assert_eq(&lines.join("\n"));
}

#[test]
fn workbooks_are_told_from_other_xml() {
    let text = workbook("", "");
    assert!(is_xml2003(text.as_bytes()));
    let utf16: Vec<u8> = format!("\u{FEFF}{text}")
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    assert!(is_xml2003(&utf16));
    assert_eq!(book(&utf16).expect("a workbook").0.sheets[0].name, "表");
    let prefixed = r#"<ss:Workbook xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><ss:Worksheet ss:Name="a"/></ss:Workbook>"#;
    assert!(is_xml2003(prefixed.as_bytes()));
    for other in [
        "<Workbook/>",
        "<html><!-- urn:schemas-microsoft-com:office:spreadsheet --></html>",
        "a,b",
    ] {
        assert!(!is_xml2003(other.as_bytes()), "{other}");
    }
    assert!(book(b"<Workbook xmlns='urn:schemas-microsoft-com:office:spreadsheet'/>").is_err());
}

/// Every prefix and every changed byte of a workbook ends in a workbook or an error.
#[test]
fn damaged_workbooks_end() {
    let rows = r#"<Table><Column ss:Span="99999999"/><Row ss:Index="9" ss:Span="4000000000"><Cell ss:Index="2" ss:MergeDown="4000000000" ss:MergeAcross="4000000000" ss:Formula="=R[-4000000000]C[99999999999]:R"><Data ss:Type="DateTime">9999-12-31T23:59:59.999</Data></Cell></Row></Table>"#;
    let real = include_bytes!("../../../../../fixtures/xlsx/types.xml");
    for whole in [workbook(STYLES, rows).as_bytes(), real] {
        for at in 0..whole.len() {
            if at % 7 == 0 {
                let _ = book(&whole[..at]);
            }
            let mut changed = whole.to_vec();
            changed[at] = b"<\"9\xFF"[at % 4];
            let _ = book(&changed);
        }
    }
}

#[test]
fn a_real_workbook_is_read() {
    let bytes = include_bytes!("../../../../../fixtures/xlsx/types.xml");
    assert!(is_xml2003(bytes));
    // How a short date is shown is left to the display of all formats.
    let told = told(bytes);
    let lines: Vec<&str> = told
        .split_inclusive('\n')
        .filter(|line| !line.contains("Date(2016-10-20)"))
        .collect();
    expect![[r#"
        A1: 1 | Number(Decimal("1"))
        A2: 1.5 | Number(Decimal("1.5"))
        A3: ab | =CONCATENATE("a","b")
        A4: FALSE | Bool(false) | =A1>A2
        A5: test
        A2: 0 | Number(Decimal("0")) | =B1+OneRange
        A1: 1 | Number(Decimal("1"))
        B1: a
        A2: 2 | Number(Decimal("2"))
        B2: b
        A3: 3 | Number(Decimal("3"))
        B3: c
        A1: 1 | Number(Decimal("0.5")) | 0
        A1: 1 | Number(Decimal("1"))
        A2: 2 | Number(Decimal("2"))
        A3: ab | =CONCATENATE("a","b")
        A4: FALSE | Bool(false) | =A1>A2
        A1: &
        A2: <
        A3: >
        A4: aaa ' aaa
        A5: "
        A6: ☺
        A7: ֍
        A8: àâéêèçöïî«»
    "#]]
    .assert_eq(&lines.concat());
}
