//! Values, texts and formulas of cells.

use expect_test::expect;
use tabulary_ir::civil::{Date, DateTime, SignedDuration, Time};
use tabulary_ir::{Cell, CellError, NumberFormat, Value};

use crate::book::{comes_back, number, sheet, sheets, table, tells};

fn one_row(cells: Vec<Cell>) -> tabulary_ir::Document {
    let cells = (0..)
        .zip(cells)
        .map(|(col, cell)| cell.at(0, col))
        .collect();
    sheets(vec![sheet("s", vec![table(cells)])])
}

fn valued(text: &str, value: Value) -> Cell {
    Cell {
        value: Some(value),
        ..Cell::text(text)
    }
}

fn formatted(text: &str, value: Value, code: &str) -> Cell {
    Cell {
        format: Some(NumberFormat::new(code)),
        ..valued(text, value)
    }
}

/// The texts of the cells of the first table.
fn shown(document: &tabulary_ir::Document) -> Vec<String> {
    let cells = document.tables()[0].cells().iter();
    cells.map(|cell| cell.plain_text().to_string()).collect()
}

#[test]
fn values_of_all_types_come_back() {
    let parse = |text: &str| Value::Number(text.parse().expect("a number"));
    let noon = DateTime::constant(2024, 2, 29, 12, 30, 0, 0);
    comes_back(&one_row(vec![
        number("7", "7"),
        number("-0.5", "-0.5"),
        formatted("1,234.50", parse("1234.5"), "#,##0.00"),
        formatted("7.50%", parse("0.075"), "0.00%"),
        valued("TRUE", Value::Bool(true)),
        valued("FALSE", Value::Bool(false)),
        valued("#N/A", Value::Error(CellError("#N/A".into()))),
        formatted(
            "2024-02-29",
            Value::Date(Date::constant(2024, 2, 29)),
            "yyyy-mm-dd",
        ),
        formatted(
            "1900-01-01",
            Value::Date(Date::constant(1900, 1, 1)),
            "yyyy-mm-dd",
        ),
        formatted(
            "2024-02-29 12:30",
            Value::DateTime(noon),
            "yyyy-mm-dd hh:mm",
        ),
        formatted("08:30", Value::Time(Time::constant(8, 30, 0, 0)), "hh:mm"),
        formatted(
            "36:00",
            Value::Duration(SignedDuration::from_hours(36)),
            "[h]:mm",
        ),
        formatted(
            "2024年2月29日",
            Value::Date(Date::constant(2024, 2, 29)),
            "yyyy\"年\"m\"月\"d\"日\"",
        ),
        formatted("一千二百三十四", parse("1234"), "[DBNum1][$-804]General"),
    ]));
}

#[test]
fn digits_that_a_workbook_does_not_keep_stay_as_text() {
    let back = tells(
        &one_row(vec![
            number("430321199001011234", "430321199001011234"),
            number("123456789012345", "123456789012345"),
            number("007", "7"),
            number("0.1234567890123456789", "0.1234567890123456789"),
            number("12 件", "12"),
            Cell::text("430321199001011234"),
            Cell::text("007"),
            Cell::text("=1+1"),
        ]),
        &expect![[r#"
            loss[number-as-text]: "430321199001011234" was written as text: its digits are more than a workbook keeps
            loss[number-as-text]: "007" was written as text: no number format shows its text
            loss[number-as-text]: "0.1234567890123456789" was written as text: its digits are more than a workbook keeps
            loss[number-as-text]: "12 件" was written as text: no number format shows its text
        "#]],
    );
    let texts = shown(&back);
    expect!["430321199001011234 | 123456789012345 | 007 | 0.1234567890123456789 | 12 件 | 430321199001011234 | 007 | =1+1"].assert_eq(&texts.join(" | "));
}

#[test]
fn texts_come_back_character_by_character() {
    comes_back(&one_row(
        [
            " a ",
            "two\nlines",
            "_x0041_",
            "_x000D_",
            "<&>\"'",
            "tab\tin",
            "\n",
            "#N/A",
            "TRUE",
            "12",
            "https://example.org",
            "mailto:a@example.org",
            "😀",
            "\u{1}",
            "{=A1}",
            " ",
        ]
        .map(Cell::text)
        .to_vec(),
    ));
}

fn formula(formula: &str, cell: Cell) -> Cell {
    Cell {
        formula: Some(formula.into()),
        ..cell
    }
}

#[test]
fn formulas_come_back_with_their_results() {
    let parse = |text: &str| Value::Number(text.parse().expect("a number"));
    comes_back(&one_row(vec![
        formula("1+1", number("2", "2")),
        formula("\"a\"&\"<b>\"", Cell::text("a<b>")),
        formula("\" a\"", Cell::text(" a")),
        formula("1=1", valued("TRUE", Value::Bool(true))),
        formula(
            "1/0",
            valued("#DIV/0!", Value::Error(CellError("#DIV/0!".into()))),
        ),
        formula(
            "SUM('a b'!A1:B2,合计)",
            formatted("0.50", parse("0.5"), "0.00"),
        ),
        formula(
            "DATE(2024,2,29)",
            formatted(
                "2024-02-29",
                Value::Date(Date::constant(2024, 2, 29)),
                "yyyy-mm-dd",
            ),
        ),
        formula("_xlfn.XLOOKUP(A1,A:A,B:B)", number("3", "3")),
        formula("CHAR(10)", Cell::text("\n")),
    ]));
}

#[test]
fn results_that_would_be_taken_for_others_cost_the_formula() {
    let back = tells(
        &one_row(vec![
            formula("\"12\"", Cell::text("12")),
            formula("\"TRUE\"", Cell::text("TRUE")),
            formula("A1", number("430321199001011234", "430321199001011234")),
            formula(
                "#N/A",
                valued("#N/A", Value::Error(CellError("#N/A".into()))),
            ),
        ]),
        &expect![[r##"
            loss[formula-dropped]: the formula "\"12\"" was left out: a workbook would show another result of it
            loss[formula-dropped]: the formula "\"TRUE\"" was left out: a workbook would show another result of it
            loss[formula-dropped]: the formula "A1" was left out: a workbook would show another result of it
            loss[number-as-text]: "430321199001011234" was written as text: its digits are more than a workbook keeps
            loss[formula-dropped]: the formula "#N/A" is the error that it gives, and is read as that alone
        "##]],
    );
    let texts = shown(&back);
    assert_eq!(texts, ["12", "TRUE", "430321199001011234", "#N/A"]);
}

#[test]
fn days_that_no_workbook_has_stay_as_text() {
    let date = |text: &str, year| valued(text, Value::Date(Date::constant(year, 12, 31)));
    let before = Value::Date(Date::constant(1850, 1, 1));
    let moment = DateTime::constant(1899, 12, 29, 6, 0, 0, 0);
    let back = tells(
        &one_row(vec![
            date("1899-12-31", 1899),
            date("9999-12-31", 9999),
            formatted("1850-01-01", before, "yyyy-mm-dd"),
            valued("1899-12-29 06:00:00", Value::DateTime(moment)),
            valued("-1:00:00", Value::Duration(SignedDuration::from_hours(-1))),
        ]),
        &expect![[r#"
            loss[number-as-text]: "1899-12-31" was written as text: no day or time of a workbook stands for it
            loss[number-as-text]: "1850-01-01" was written as text: no day or time of a workbook stands for it
            loss[number-as-text]: "1899-12-29 06:00:00" was written as text: no day or time of a workbook stands for it
            loss[number-as-text]: "-1:00:00" was written as text: no day or time of a workbook stands for it
        "#]],
    );
    let texts = shown(&back);
    expect!["1899-12-31 | 9999-12-31 | 1850-01-01 | 1899-12-29 06:00:00 | -1:00:00"]
        .assert_eq(&texts.join(" | "));
}

#[test]
fn days_and_times_without_a_format_are_shown_as_their_text() {
    let date = || Value::Date(Date::constant(2024, 2, 9));
    let noon = || Value::DateTime(DateTime::constant(2024, 2, 9, 12, 30, 5, 0));
    let time = || Value::Time(Time::constant(8, 30, 0, 0));
    let length = || Value::Duration(SignedDuration::from_mins(36 * 60 + 5));
    let cells = vec![
        valued("2024-02-09", date()),
        valued("2024/2/9", date()),
        valued("2024年2月9日", date()),
        valued("2024-02-09 12:30:05", noon()),
        valued("2024-02-09T12:30:05", noon()),
        valued("08:30:00", time()),
        valued("08:30", time()),
        valued("8:30", time()),
        valued("36:05:00", length()),
        valued("36:05", length()),
    ];
    let document = one_row(cells.clone());
    let back = tells(&document, &expect![""]);
    for (before, after) in cells.iter().zip(back.tables()[0].cells()) {
        assert_eq!(after.plain_text(), before.plain_text());
        assert_eq!(after.value, before.value);
    }
    let odd = tells(
        &one_row(vec![
            valued("9 Feb 2024", date()),
            formatted("2024-02-09", date(), "0.00"),
        ]),
        &expect![[r#"
            loss[number-as-text]: "9 Feb 2024" was written as text: no number format shows its text
            loss[number-as-text]: "2024-02-09" was written as text: its number format shows no day and no time
        "#]],
    );
    assert_eq!(shown(&odd), ["9 Feb 2024", "2024-02-09"]);
}
