//! Rows whose markup is allowed and rarely seen.

use expect_test::expect;

use crate::book::{Book, MAIN, fixture, read, texts};

/// A row of one plain cell.
fn plain(row: u32, text: &str) -> String {
    format!(r#"<row r="{row}"><c r="A{row}"><v>{text}</v></c></row>"#)
}

#[test]
fn odd_rows_between_plain_ones_cost_nothing() {
    let odd = [
        r#"<!-- before --><row r="2"><c r="A2"><v>2<!-- inside --></v></c></row>"#,
        r#"<row r="4"><c r="A4" t="str"><v><![CDATA[<4>]]></v></c></row>"#,
        r#"<row r="6"><c r="A6"><v>&#54;</v></c><c r="B&#54;"><v>66</v></c></row>"#,
        r#"<row r="8"><c r="A8"><v>8</v><extLst><ext uri="x"><y>no</y></ext></extLst></c></row>"#,
        r#"<row r="10"><c r="A10" t="inlineStr"><is><r><t>1</t></r><r><t>0</t></r></is></c></row>"#,
        r#"<?target data?><row r="12"><c r = "A12"><v >12</v ></c></row >"#,
        "<unknown><row><c><v>no</v></c></row></unknown>",
    ];
    let rows: String = (0..)
        .zip(odd)
        .map(|(index, odd)| plain(index * 2 + 1, &(index * 2 + 1).to_string()) + odd)
        .collect();
    expect![[r#"
        1 | 
        2 | 
        3 | 
        <4> | 
        5 | 
        6 | 66
        7 | 
        8 | 
        9 | 
        10 | 
        11 | 
        12 | 
        13 | 
    "#]]
    .assert_eq(&texts(&Book::of_rows(&rows).bytes()));
}

#[test]
fn blanks_around_the_signs_of_attributes_cost_nothing() {
    let rows = r#"<row r ="2"><c r ="B2" t= "str"><v>b</v></c><c
 r
=
'D2' ><f t ="shared" si ="0" ref ="D2:E2">1+1</f><v>2</v></c><c r ="E2"><f t ="shared" si= "0"/><v>2</v></c></row>"#;
    let outcome = read(&Book::of_rows(rows).bytes());
    let cells = outcome.value.tables()[0].cells();
    let seen = cells.iter().map(|cell| {
        let formula = cell.formula.as_deref().unwrap_or_default();
        format!(
            "{},{} {} {formula}\n",
            cell.row,
            cell.col,
            cell.plain_text()
        )
    });
    expect![[r#"
        0,0 b 
        0,2 2 1+1
        0,3 2 1+1
    "#]]
    .assert_eq(&seen.collect::<String>());
}

#[test]
fn extensions_of_a_cell_are_no_part_of_it() {
    let rows = r#"<row><c><v>1</v><extLst><ext uri="x"><v>9</v><f>2+2</f><is><t>no</t></is></ext></extLst></c><c><extLst><ext uri="x"><v>9</v></ext></extLst></c></row>"#;
    let outcome = read(&Book::of_rows(rows).bytes());
    let cells = outcome.value.tables()[0].cells();
    assert_eq!(cells.len(), 1);
    assert_eq!((&*cells[0].plain_text(), &cells[0].formula), ("1", &None));
}

#[test]
fn cells_without_places_follow_one_another() {
    let rows = r#"<row><c><v>1</v></c><c/><c><v>3</v></c></row><row/><row><c r="C3"><v>33</v></c><c><v>34</v></c></row><row r="9"><c><v>9</v></c></row><row><c><v>10</v></c></row>"#;
    expect![[r#"
        1 |  | 3 | 
         |  |  | 
         |  | 33 | 34
         |  |  | 
         |  |  | 
         |  |  | 
         |  |  | 
         |  |  | 
        9 |  |  | 
        10 |  |  | 
    "#]]
    .assert_eq(&texts(&Book::of_rows(rows).bytes()));
    let real = texts(&fixture("no_row_numbers.xlsx"));
    assert_eq!(real.lines().count(), 71);
    expect![[r#"
        Checked | Ion | Charge | Molecular Weight | m/z | RT [min] | FWHM [min] | # MI | Area | Parent Area [%] | Study File ID
        TRUE | [M+Na]+1 | 1 | 644.24222 | 667.23145 | 8.346 | 0.177 | 3 | 259103.2486 | 98.495 | F1
         | Checked | Molecular Weight | RT [min] | FWHM [min] | Max. # MI | # Adducts | Area | Study File ID |  | 
         | TRUE | 644.24221 | 8.346 | 0.177 | 3 | 2 | 263061.9986 | F1 |  | "#]].assert_eq(&real.lines().take(4).collect::<Vec<_>>().join("\n"));
}

#[test]
fn cells_out_of_order_stand_where_they_say() {
    let rows = r#"<row r="2"><c r="B2"><v>22</v></c><c r="A2"><v>21</v></c></row><row r="1"><c r="A1"><v>11</v></c><c r="B3"><v>32</v></c></row>"#;
    expect![[r#"
        11 | 
        21 | 22
         | 32
    "#]]
    .assert_eq(&texts(&Book::of_rows(rows).bytes()));
}

#[test]
fn a_place_that_is_given_twice_is_told() {
    let rows =
        r#"<row r="1"><c r="A1"><v>1</v></c><c r="A1"><v>2</v></c><c r="B1"><v>3</v></c></row>"#;
    expect![[r#"
        1
        2 | 3
        表!A1:B1: repair[table-overlap]: two cells start at row 1, column 1; their contents were joined
    "#]].assert_eq(&texts(&Book::of_rows(rows).bytes()));
}

#[test]
fn elements_may_have_a_prefix() {
    let sheet = format!(
        r#"<x:worksheet xmlns:x="{MAIN}"><x:sheetData><x:row r="2"><x:c r="A2" t="str"><x:v>a</x:v></x:c><x:c r="B2"><x:f>1+1</x:f><x:v>2</x:v></x:c></x:row><row xmlns="{MAIN}"><c><v>3</v></c></row></x:sheetData><x:mergeCells><x:mergeCell ref="A2:A3"/></x:mergeCells></x:worksheet>"#
    );
    let book = Book::default().whole_sheet("s", "", &sheet);
    expect![[r#"
        a | 2
        ^ | 
        s!A3: loss[content-skipped]: 1 cells that merged ranges hide hold values, which were left out
    "#]].assert_eq(&texts(&book.bytes()));
}

#[test]
fn places_beyond_a_sheet_are_left_out() {
    let rows = r#"<row r="1048576"><c r="XFD1048576"><v>1</v></c><c><v>2</v></c></row><row><c><v>3</v></c></row><row r="0"><c r="A0"><v>4</v></c></row>"#;
    let book = Book::of_rows(rows).bytes();
    let outcome = crate::book::read(&book);
    assert_eq!(outcome.value.tables()[0].cells().len(), 1);
}
