use expect_test::{Expect, expect};
use rust_xlsxwriter::{Format, FormatAlign, Workbook, Worksheet};
use tabulary_ir::{
    Block, Confidence, Document, Input, Outcome, ReadOptions, Reader, SheetAs, block_text,
};
use tabulary_package::PackageWriter;

use super::*;

const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// A workbook of one sheet with this markup in its `worksheet` element, and these shared strings.
fn package(sheet: &str, strings: &str) -> Vec<u8> {
    let mut package = PackageWriter::new();
    let kind = |name: &str| {
        format!("application/vnd.openxmlformats-officedocument.spreadsheetml.{name}+xml")
    };
    let workbook = format!(
        r#"<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets><sheet name="表" sheetId="1" r:id="rId1"/></sheets></workbook>"#
    );
    package.part("xl/workbook.xml", &kind("sheet.main"), workbook);
    package.part(
        "xl/worksheets/sheet1.xml",
        &kind("worksheet"),
        format!(r#"<worksheet xmlns="{MAIN}">{sheet}"#),
    );
    package.part(
        "xl/sharedStrings.xml",
        &kind("sharedStrings"),
        format!(r#"<sst xmlns="{MAIN}">{strings}</sst>"#),
    );
    package.relate(
        "",
        &format!("{OFFICE}/officeDocument"),
        "xl/workbook.xml",
        false,
    );
    package.relate(
        "xl/workbook.xml",
        &format!("{OFFICE}/worksheet"),
        "worksheets/sheet1.xml",
        false,
    );
    package.relate(
        "xl/workbook.xml",
        &format!("{OFFICE}/sharedStrings"),
        "sharedStrings.xml",
        false,
    );
    let mut bytes = Vec::new();
    package.finish(&mut bytes).expect("a Vec takes all writing");
    bytes
}

fn read(bytes: &[u8], sheet_as: SheetAs) -> Outcome<Document> {
    let options = ReadOptions {
        sheet_as,
        ..ReadOptions::default()
    };
    XlsxReader
        .read(Input::new(bytes), &options)
        .expect("a workbook")
}

/// The blocks of the first sheet and the diagnostics, a line each.
fn check(bytes: &[u8], expected: &Expect) {
    let outcome = read(bytes, SheetAs::Blocks);
    let mut text = String::new();
    for block in outcome.value.body.iter().filter_map(|block| match block {
        Block::Section(section) => Some(&section.body),
        _ => None,
    }) {
        for block in block {
            let kind = match block {
                Block::Heading(_) => "heading",
                Block::Table(_) => "table",
                _ => "paragraph",
            };
            text.push_str(&format!(
                "{kind}: {}\n",
                block_text(block).replace('\n', " / ")
            ));
        }
    }
    for diagnostic in &outcome.diagnostics {
        text.push_str(&format!("{diagnostic}\n"));
    }
    expected.assert_eq(&text);
}

#[test]
fn rows_behind_a_stray_text_are_read() {
    let row = |number: u32| {
        format!(
            r#"<row r="{number}"><c r="A{number}"><v>{number}</v></c><c r="B{number}"><v>7</v></c></row>"#
        )
    };
    let sheet = format!(
        "<sheetData>{} stray &amp; text {}{}\n</sheetData></worksheet>",
        row(1),
        row(2),
        row(3)
    );
    let outcome = read(&package(&sheet, ""), SheetAs::Table);
    let tables = outcome.value.tables();
    let texts: Vec<_> = tables[0]
        .cells()
        .iter()
        .map(|cell| cell.plain_text())
        .collect();
    assert_eq!(texts, ["1", "7", "2", "7", "3", "7"]);
}

#[test]
fn cells_are_read_by_their_type() {
    let row = r#"<row r="1"><c r="A1" t="s"><v>0</v></c><c t="inlineStr"><is><t> in </t></is></c><c><v>7.4999999999999997E-2</v></c><c t="b"><v>1</v></c><c t="e"><v>#DIV/0!</v></c><c t="str"><f>A1&amp;"x"</f><v>ax</v></c><c><v>123456789012345678</v></c></row>"#;
    check(
        &package(
            &format!("<sheetData>{row}</sheetData></worksheet>"),
            "<si><t>a</t></si>",
        ),
        &expect![[r#"
            table: a	 in 	0.075	TRUE	#DIV/0!	ax	123456789012345678
        "#]],
    );
}

#[test]
fn what_is_broken_costs_no_more_than_itself() {
    let row = r#"<row><c t="s"><v>9</v></c><c><v>1</v></c><c><v>one</v></c></row><row><c><v>2</v></c><c><f>A1</f></c></row>"#;
    let merges = r#"<mergeCells><mergeCell ref="A1:B2"/><mergeCell ref="B2:C3"/><mergeCell ref="nonsense"/></mergeCells>"#;
    check(
        &package(
            &format!("<sheetData>{row}</sheetData>{merges}</worksheet>"),
            "",
        ),
        &expect![[r#"
            paragraph: one
            table: 2	0
            表!A1: repair[reference-missing]: the string 9 is not in the workbook; the cell is blank
            表!C1: repair[value-invalid]: "one" is stored as a number and is none; it was read as text
            表!A1: repair[merge-invalid]: the merged range "nonsense" is no range and was left out
            表!B2: guess[formula-computed]: 1 formulas have no value stored; their values were worked out
            表!A1:B2: repair[merge-invalid]: 1 merged ranges overlap others; they were cut
            表!B1: loss[content-skipped]: 1 cells that merged ranges hide hold values, which were left out
            表!A1:C3: guess[sheet-split]: the sheet was cut into 1 tables and 1 lines outside of them
        "#]],
    );
    check(
        &package("<sheetData><row><c><v>1</v></c><c><v>2</v></row>", ""),
        &expect![[r#"
            table: 1
            表!A1: repair[xml-damaged]: the XML is damaged at byte 125: ill-formed document: expected `</c>`, but `</row>` was found; the cells before it were read
        "#]],
    );
}

fn made(fill: impl FnOnce(&mut Worksheet)) -> Vec<u8> {
    let mut workbook = Workbook::new();
    fill(workbook.add_worksheet());
    workbook.save_to_buffer().expect("a workbook")
}

#[test]
fn a_title_and_notes_around_a_table_are_no_rows_of_it() {
    let bytes = made(|sheet| {
        let title = Format::new().set_bold().set_align(FormatAlign::Center);
        sheet
            .merge_range(0, 0, 0, 2, "收支总表", &title)
            .expect("a title");
        sheet
            .merge_range(1, 0, 1, 2, "单位：万元", &Format::new())
            .expect("a line");
        for (row, texts) in (2..).zip([
            ["项目", "本年", "上年"],
            ["收入", "a", "b"],
            ["支出", "c", "d"],
        ]) {
            for (col, text) in (0..).zip(texts) {
                sheet.write(row, col, text).expect("a cell");
            }
        }
        sheet.write(6, 0, "填表人：某某").expect("a cell");
    });
    check(
        &bytes,
        &expect![[r#"
            heading: 收支总表
            table: 单位：万元 / 项目	本年	上年 / 收入	a	b / 支出	c	d
            paragraph: 填表人：某某
            Sheet1!A1:C7: guess[sheet-split]: the sheet was cut into 1 tables and 3 lines outside of them
        "#]],
    );
    let whole = read(&bytes, SheetAs::Table).value;
    assert_eq!(
        whole
            .tables()
            .iter()
            .map(|table| table.rows())
            .collect::<Vec<_>>(),
        [7]
    );
}

#[test]
fn a_claim_of_a_million_rows_costs_the_cells_that_are_there() {
    let rows = r#"<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>2</v></c></row>"#;
    let bytes = package(
        &format!(r#"<dimension ref="A1:XFD1048576"/><sheetData>{rows}</sheetData></worksheet>"#),
        "",
    );
    let document = read(&bytes, SheetAs::Table).value;
    assert_eq!(document.tables()[0].cells().len(), 2);
}

#[test]
fn a_merge_of_the_whole_sheet_is_cut_to_what_is_used() {
    let rows = r#"<row r="1"><c r="A1"><v>1</v></c></row><row r="3"><c r="C3"><v>2</v></c></row>"#;
    let merge = r#"<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>"#;
    let bytes = package(
        &format!("<sheetData>{rows}</sheetData>{merge}</worksheet>"),
        "",
    );
    let outcome = read(&bytes, SheetAs::Table);
    let table = outcome.value.tables()[0];
    assert_eq!((table.rows(), table.width()), (3, 3));
    assert_eq!(outcome.diagnostics[0].code, tabulary_ir::Code::MergeInvalid);
}

#[test]
fn a_workbook_is_told_by_its_content() {
    let sniff = |bytes: &[u8]| XlsxReader.sniff(Input::named(bytes, "report.xlsx"));
    assert_eq!(
        sniff(&package("<sheetData/></worksheet>", "")),
        Confidence::Certain
    );
    assert_eq!(sniff(b"PK\x03\x04 and no more"), Confidence::No);
    assert_eq!(sniff(b"a,b"), Confidence::No);
}
