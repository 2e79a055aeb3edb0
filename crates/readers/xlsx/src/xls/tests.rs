use expect_test::{Expect, expect};
use tabulary_ir::{Diagnostics, ErrorKind, ReadOptions};

use super::*;
use crate::biff::testing::{shown, survives};

const MERGED: &[u8] = include_bytes!("../../../../../fixtures/xlsx/merged.xls");
const DATES: &[u8] = include_bytes!("../../../../../fixtures/xlsx/dates.xls");
const EXCEL_95: &[u8] = include_bytes!("../../../../../fixtures/xlsx/excel95.xls");
const NAMES: &[u8] = include_bytes!("../../../../../fixtures/xlsx/names.xls");
const COMMENTS: &[u8] = include_bytes!("../../../../../fixtures/xlsx/comments.xls");

fn check(bytes: &[u8], expected: &Expect) {
    let mut diagnostics = Diagnostics::new();
    let budget = ReadOptions::default().budget();
    let workbook = read(bytes, &budget, &mut diagnostics).expect("a workbook");
    expected.assert_eq(&shown(&workbook, diagnostics));
}

#[test]
fn merged_ranges_are_read() {
    check(
        MERGED,
        &expect![[r#"
        [Sheet1]
        merged A1:B1
        merged A2:A4
        merged B2:D4
        A1 Row Merge Center
        C1 Not Merged
        A2 Column Merge Center
        B2 Chunk Merged Center Middle
    "#]],
    );
}

#[test]
fn days_are_told_by_their_formats() {
    check(
        DATES,
        &expect![[r#"
        [Sheet1]
        A1 2021-01-01 Date(2021-01-01) in yyyy\-mm\-dd
        B1 15 Number(Decimal("15"))
        A2 2021-01-02 Date(2021-01-02) in yyyy\-mm\-dd
        B2 16 Number(Decimal("16"))
        A3 255:10:10 Duration(255h 10m 10s) in [hh]:mm:ss
        B3 17 Number(Decimal("17"))
    "#]],
    );
}

#[test]
fn a_workbook_of_excel_95_is_read() {
    check(
        EXCEL_95,
        &expect![[r#"
        [SheetJS]
        A1 1 Number(Decimal("1"))
        B1 2 Number(Decimal("2"))
        C1 3 Number(Decimal("3"))
        A2 TRUE Bool(true)
        B2 FALSE Bool(false)
        D2 sheetjs
        A3 foo
        B3 bar
        C3 2/19/14 DateTime(2014-02-19T14:30:00) in m/d/yy
        D3 0.3
        A4 baz
        B4 1 Number(Decimal("1")) =$A$1
        C4 qux
    "#]],
    );
}

#[test]
fn names_and_lists_of_values_are_read() {
    check(
        NAMES,
        &expect![[r#"
        [Sheet1]
        A1 from 日本語
        B1 from EngName
        A1 あ Middle
        B1 b Middle
        A2 あ Middle
        B2 a Middle
        A3 い Middle
        B3 b Middle
        A4 う Middle
        B4 c Middle
        [Sheet2]
        [Sheet3]
        EngName = Sheet1!$B$2:$B$4
        日本語 = Sheet1!$A$2:$A$4
    "#]],
    );
}

#[test]
fn comments_and_values_of_all_kinds_are_read() {
    check(
        COMMENTS,
        &expect![[r#"
        [Sheet1]
        note 11,1 of Joe: very simple comment
        note 12,1 of Joe: bold text / plain text
        A1 String
        B1 てすと
        C1 &'";<>
        D1 &amp;
        A2 Integer
        B2 1 Number(Decimal("1"))
        C2 2 Number(Decimal("2"))
        D2 -3 Number(Decimal("-3"))
        A3 Float
        B3 1.5 Number(Decimal("1.5"))
        C3 0.3 Number(Decimal("0.3"))
        D3 1.23457E+22 Number(Decimal("12345678900000000000000"))
        A4 Boolean
        B4 TRUE Bool(true)
        C4 FALSE Bool(false)
        A5 Date
        B5 2/14/14 DateTime(2014-02-14T08:27:48.765) in m/d/yy
        A6 2 Decimals Built-in format #2
        B6 1.50 Number(Decimal("1.5")) in 0.00
        A7 Time Built-in format #18
        B7 12:00 PM DateTime(1900-01-01T12:00:00) in h:mm AM/PM
        A8 Percentage Built-in format #9
        B8 50.00% Number(Decimal("0.5")) in 0.00%
        A9 Percentage Custom format
        B9 50.000% Number(Decimal("0.5")) in 00.000%
        A10 Duration 36 hours format #46
        B10 36:00:00 Duration(36h) in [h]:mm:ss
        A11 Formula
        B11 String1 =CONCATENATE(A1,B2)
        A12 A simple comment
        B12 cell with comment
        A13 A full comment
        B13 cell with comment
    "#]],
    );
}

/// A record.
fn record(kind: u16, data: &[u8]) -> Vec<u8> {
    let size = u16::try_from(data.len()).expect("a short record");
    [&kind.to_le_bytes()[..], &size.to_le_bytes(), data].concat()
}

/// A workbook of Excel 97 of one sheet with these records.
fn stream(globals: &[Vec<u8>], sheet: &[Vec<u8>]) -> Vec<u8> {
    let begin = |content: u8| record(0x0809, &[0, 6, content, 0, 0, 0, 0, 0]);
    let end = record(0x000A, &[]);
    let head = [begin(5), globals.concat()].concat();
    let at = u32::try_from(head.len() + 4 + 10 + end.len()).expect("a short stream");
    let bound = [&at.to_le_bytes()[..], &[0, 0, 2, 0, b'S', b'1']].concat();
    let parts = [head, record(0x0085, &bound), end.clone(), begin(0x10)];
    [parts.concat(), sheet.concat(), end].concat()
}

/// A formula in a cell, with a value and tokens.
fn formula(row: u8, col: u8, value: [u8; 8], tokens: &[u8]) -> Vec<u8> {
    let size = u8::try_from(tokens.len()).expect("a short formula");
    let head = [row, 0, col, 0, 0, 0];
    record(
        0x0006,
        &[&head[..], &value, &[0; 6], &[size, 0], tokens].concat(),
    )
}

#[test]
fn shared_formulas_move_with_their_cells() {
    let number = 5_f64.to_le_bytes();
    let text = [0, 0, 0, 0, 0, 0, 0xFF, 0xFF];
    // The cell at the left, times two.
    let tokens = [0x4C, 0, 0, 0xFF, 0xC0, 0x1E, 2, 0, 0x05];
    let shared = [&[0, 0, 1, 0, 1, 1, 0, 2, 9, 0][..], &tokens].concat();
    let stream = stream(
        &[],
        &[
            formula(0, 1, number, &[0x01, 0, 0, 1, 0]),
            record(0x04BC, &shared),
            formula(1, 1, text, &[0x01, 0, 0, 1, 0]),
            record(0x0207, &[2, 0, 0, b'o', b'k']),
            formula(2, 1, number, &[0x44, 0, 0, 0, 0x80, 0x19, 0x40, 0, 1, 0x15]),
            formula(3, 1, number, &[0x7F]),
        ],
    );
    check(
        &stream,
        &expect![[r#"
            [S1]
            B1 5 Number(Decimal("5")) =A1*2
            B2 ok =A2*2
            B3 5 Number(Decimal("5")) = ($A1)
            B4 5 Number(Decimal("5"))
            S1!B4: loss[formula-dropped]: 1 formulas are of a form that is not read; their values stand
        "#]],
    );
}

#[test]
fn what_is_outside_of_a_sheet_is_told() {
    let blank = record(0x0201, &[0, 0, 0, 0, 0, 0]);
    let inside = record(
        0x0203,
        &[&[1, 0, 1, 0, 0, 0][..], &2.5_f64.to_le_bytes()].concat(),
    );
    let outside = record(0x027E, &[0, 0, 0, 1, 0, 0, 6, 0, 0, 0]);
    let string = record(0x00FD, &[0, 0, 2, 0, 0, 0, 9, 0, 0, 0]);
    let stream = stream(&[], &[blank, inside, outside, string]);
    check(
        &stream,
        &expect![[r#"
        [S1]
        B2 2.5 Number(Decimal("2.5"))
        S1!IW1: loss[content-skipped]: 1 cells outside of the sheet were left out
        S1!C1: repair[reference-missing]: 1 cells name a string that is not in the workbook; they are blank
    "#]],
    );
    check(
        &stream[..stream.len() - 20],
        &expect![[r#"
        [S1]
        B2 2.5 Number(Decimal("2.5"))
        S1!A1: repair[package-damaged]: the sheet is cut short or damaged; what stands before the fault was read
    "#]],
    );
}

#[test]
fn an_encrypted_workbook_is_refused() {
    let stream = stream(&[record(0x002F, &[1, 0])], &[]);
    let budget = ReadOptions::default().budget();
    let error = read(&stream, &budget, &mut Diagnostics::new()).expect_err("encrypted");
    assert_eq!(error.kind(), ErrorKind::Unsupported);
}

#[test]
fn a_workbook_is_told_by_its_content() {
    assert!(is_xls(MERGED) && is_xls(EXCEL_95));
    assert!(is_xls(&stream(&[], &[])));
    assert!(is_xls(&[9, 4, 6, 0, 0, 0, 0x10, 0, 0, 0]));
    assert!(!is_xls(b"\t\x04text") && !is_xls(b"") && !is_xls(&COMPOUND));
}

#[test]
fn damage_never_ends_in_a_panic() {
    for (bytes, step) in [(MERGED, 97), (EXCEL_95, 29), (NAMES, 53), (COMMENTS, 101)] {
        survives(bytes, step, &|bytes, budget, diagnostics| {
            read(bytes, budget, diagnostics).map(|_| ())
        });
    }
}
