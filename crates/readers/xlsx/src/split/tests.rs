use expect_test::{Expect, expect};
use tabulary_ir::Cell;

use crate::place::Area;
use crate::sheet::ListObject;
use crate::testing::{cut, sheet};

fn check(rows: &[&str], expected: &Expect) {
    expected.assert_eq(&cut(sheet(rows)));
}

#[test]
fn a_title_over_all_columns_is_a_heading() {
    check(
        &["*^Budget|<|<", "Item|Now|Then", "a|=1|=2", "b|=3|=4"],
        &expect![[r#"
            heading 1: Budget
            table A2:C4, 1 header rows
        "#]],
    );
    // With borders too, and over two rows.
    check(
        &[
            "+Budget|<|<",
            "'",
            "+Item|+Now|+Then",
            "+a|+=1|+=2",
            "+b|+=3|+=4",
        ],
        &expect![[r#"
            heading 1: Budget
            table A3:C5, 1 header rows
        "#]],
    );
}

#[test]
fn a_line_of_labels_above_a_table_is_a_paragraph_and_its_unit_a_caption() {
    check(
        &[
            "!收支表|<|<",
            "编制单位：某某局||单位：万元",
            "+项目|+本年|+上年",
            "+收入|+=1|+=2",
            "+支出|+=3|+=4",
        ],
        &expect![[r#"
            heading 1: 收支表
            paragraph: 编制单位：某某局
            table A3:C5, 1 header rows, caption 单位：万元
        "#]],
    );
}

#[test]
fn signatures_and_notes_below_a_table_are_paragraphs() {
    check(
        &[
            "+Item|+Now|+Then",
            "+a|+=1|+=2",
            "+b|+=3|+=4",
            "Made by: Ann||Checked by:",
            "Sums are rounded",
        ],
        &expect![[r#"
            table A1:C3, 1 header rows
            paragraph: Made by: Ann / Checked by:
            paragraph: Sums are rounded
        "#]],
    );
    // Without borders, a sentence, a label or a blank row sets them apart.
    check(
        &["Item|Now", "a|=1", "b|=2", "Source: the offices"],
        &expect![[r#"
            table A1:B3, 1 header rows
            paragraph: Source: the offices
        "#]],
    );
    check(
        &["Item|Now", "a|=1", "b|=2", "", "Rounded"],
        &expect![[r#"
        table A1:B3, 1 header rows
        paragraph: Rounded
    "#]],
    );
    check(
        &["Item|Now", "a|=1", "b|=2", "Rounded"],
        &expect![[r#"
        table A1:B4, 1 header rows
    "#]],
    );
}

#[test]
fn a_row_of_values_without_borders_stays_in_its_table() {
    check(
        &[
            "+Item|+Now|+Then",
            "+a|+=1|+=2",
            "+b|+=3|+=4",
            "Total|=4|=6",
        ],
        &expect![[r#"
            table A1:C4, 1 header rows
        "#]],
    );
}

#[test]
fn a_header_without_borders_stays_in_its_table() {
    check(
        &["Item|Now|Then", "+a|+=1|+=2", "+b|+=3|+=4", "+c|+=3|+=4"],
        &expect![[r#"
            table A1:C4, 1 header rows
        "#]],
    );
}

#[test]
fn labels_of_parts_are_rows() {
    check(
        &["+Item|+Now", "+Income|+", "+a|+=1", "+Costs|+", "+b|+=3"],
        &expect![[r#"
            table A1:B5, 1 header rows
        "#]],
    );
    check(
        &["+*Income|<", "+a|+=1", "+b|+=1", "+*Costs|<", "+c|+=3"],
        &expect![[r#"
            table A1:B5, 0 header rows
        "#]],
    );
    check(
        &[
            "Fruit", "apple|=1", "pear|=2", "Leaves", "mint|=1", "sage|=2",
        ],
        &expect![[r#"
            table A1:B6, 0 header rows
        "#]],
    );
    // Without borders among rows with borders.
    check(
        &[
            "+Item|+Now",
            "+a|+=1",
            "+b|+=1",
            "*Costs",
            "+c|+=3",
            "+d|+=3",
        ],
        &expect![[r#"
            table A1:B6, 1 header rows
        "#]],
    );
}

#[test]
fn tables_below_one_another_are_told_by_their_titles() {
    check(
        &["*One", "Item|Now", "a|=1", "", "*Two", "Item|Now", "b|=2"],
        &expect![[r#"
            heading 1: One
            table A2:B3, 1 header rows
            heading 1: Two
            table A6:B7, 1 header rows
        "#]],
    );
    check(
        &["+*Item|+*Now", "+a|+=1", "Two", "+*Item|+*Now", "+b|+=2"],
        &expect![[r#"
            table A1:B2, 1 header rows
            paragraph: Two
            table A4:B5, 1 header rows
        "#]],
    );
}

#[test]
fn tables_below_one_another_are_told_by_their_headers() {
    // Two blank rows, or a header with the look of the first.
    check(
        &["Item|Now", "a|=1", "", "", "Name|Age", "b|=2"],
        &expect![[r#"
            table A1:B2, 1 header rows
            table A5:B6, 1 header rows
        "#]],
    );
    check(
        &["*Item|*Now", "a|=1", "", "*Name|*Age", "b|=2"],
        &expect![[r#"
            table A1:B2, 1 header rows
            table A4:B5, 1 header rows
        "#]],
    );
    check(
        &["Item|Now", "a|=1", "", "b|=2", "c|=2"],
        &expect![[r#"
        table A1:B5, 1 header rows
    "#]],
    );
}

#[test]
fn blank_rows_do_not_cut_a_table() {
    check(
        &["Name|Town", "a|x", "b|y", "", "c|x", "d|y", "", "Total|=4"],
        &expect![[r#"
            table A1:B8, 0 header rows
        "#]],
    );
    check(
        &["+Item|+Now", "+a|+=1", "", "+b|+=1", "+c|+=2"],
        &expect![[r#"
            table A1:B5, 1 header rows
        "#]],
    );
}

#[test]
fn answers_below_one_another_are_a_table_of_their_own() {
    check(
        &[
            "Client:|Ann",
            "Date:|today",
            "Number:|=7",
            "",
            "Item|Now",
            "a|=1",
        ],
        &expect![[r#"
            table A1:B3, 0 header rows
            table A5:B6, 1 header rows
        "#]],
    );
    // One such row is a line.
    check(
        &["Client:|Ann", "", "Item|Now", "a|=1"],
        &expect![[r#"
        paragraph: Client: / Ann
        table A3:B4, 1 header rows
    "#]],
    );
}

#[test]
fn a_table_of_records_is_a_table() {
    let mut sheet = sheet(&["Who|What", "a|b", "", "Whom|When", "c|d", "", "e|f"]);
    let list = |row, last_row| ListObject {
        area: Area::new(row, 0, last_row, 1),
        header_rows: 1,
        name: None,
    };
    sheet.lists = vec![list(0, 1), list(3, 4)];
    expect![[r#"
        table A1:B2, 1 header rows
        table A4:B5, 1 header rows
        table A7:B7, 0 header rows
    "#]]
    .assert_eq(&cut(sheet));
}

#[test]
fn texts_of_one_column_are_prose_or_a_list() {
    check(
        &["apple", "pear", "plum"],
        &expect![[r#"
        table A1:A3, 0 header rows
    "#]],
    );
    check(
        &[
            "*About",
            "This workbook holds the returns of all offices for the year.",
            "Ask the office of statistics about any number before it is used.",
        ],
        &expect![[r#"
            heading 1: About
            paragraph: This workbook holds the returns of all offices for the year.
            paragraph: Ask the office of statistics about any number before it is used.
        "#]],
    );
}

#[test]
fn squares_for_answers_stay() {
    check(
        &["!Form", "", "+Name|+", "+Town|+", "+Age|+"],
        &expect![[r#"
        heading 1: Form
        table A3:B5, 0 header rows
    "#]],
    );
}

#[test]
fn a_text_that_a_formula_gives_is_a_title() {
    let mut sheet = sheet(&["*Budget|<", "Item|Now", "a|=1"]);
    if let Some(Cell { formula, .. }) = sheet.cells.first_mut() {
        *formula = Some("Title1".into());
    }
    expect![[r#"
        heading 1: Budget
        table A2:B3, 1 header rows
    "#]]
    .assert_eq(&cut(sheet));
}

#[test]
fn equal_titles_have_equal_levels() {
    check(
        &[
            "!Report|<",
            "",
            "*One",
            "Item|Now",
            "a|=1",
            "",
            "*Two",
            "Item|Now",
            "b|=2",
        ],
        &expect![[r#"
            heading 1: Report
            paragraph: One
            table A4:B5, 1 header rows
            heading 2: Two
            table A8:B9, 1 header rows
        "#]],
    );
}
