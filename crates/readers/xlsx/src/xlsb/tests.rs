use expect_test::{Expect, expect};
use tabulary_ir::{Diagnostics, ReadOptions};

use super::*;
use crate::biff::testing::{shown, survives};

const DATES: &[u8] = include_bytes!("../../../../../fixtures/xlsx/dates.xlsb");
const COMMENTS: &[u8] = include_bytes!("../../../../../fixtures/xlsx/comments.xlsb");
const FROZEN: &[u8] = include_bytes!("../../../../../fixtures/xlsx/frozen.xlsb");

fn check(bytes: &[u8], expected: &Expect) {
    let mut diagnostics = Diagnostics::new();
    let budget = ReadOptions::default().budget();
    let workbook = read(bytes, &budget, &mut diagnostics).expect("a workbook");
    expected.assert_eq(&shown(&workbook, diagnostics));
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

#[test]
fn frozen_panes_are_read() {
    check(
        FROZEN,
        &expect![[r#"
        [B2]
        frozen (1, 1)
        A1 B2
        [B3]
        frozen (2, 1)
        A1 B3
        [A2]
        frozen (1, 0)
        [B1]
        frozen (0, 1)
    "#]],
    );
}

/// A record.
fn record(kind: u16, data: &[u8]) -> Vec<u8> {
    let [low, high] = [kind & 0x7F, kind >> 7].map(|seven| seven as u8);
    let mut bytes = if high == 0 {
        vec![low]
    } else {
        vec![low | 0x80, high]
    };
    bytes.push(u8::try_from(data.len()).expect("a short record"));
    bytes.extend_from_slice(data);
    bytes
}

fn string(text: &str) -> Vec<u8> {
    let units: Vec<u16> = text.encode_utf16().collect();
    let count = u32::try_from(units.len()).expect("a short text");
    let units = units.iter().flat_map(|unit| unit.to_le_bytes());
    count.to_le_bytes().into_iter().chain(units).collect()
}

/// A formula of these tokens.
fn tokens(tokens: &[u8], extra: &[u8]) -> Vec<u8> {
    let size = |bytes: &[u8]| u32::try_from(bytes.len()).expect("short").to_le_bytes();
    [&size(tokens)[..], tokens, &size(extra), extra].concat()
}

/// Four numbers of four bytes.
fn range(row: u32, last_row: u32, col: u32, last_col: u32) -> Vec<u8> {
    let corners = [row, last_row, col, last_col];
    corners.iter().flat_map(|n| n.to_le_bytes()).collect()
}

fn cell(kind: u16, col: u8, rest: &[u8]) -> Vec<u8> {
    record(kind, &[&[col, 0, 0, 0, 0, 0, 0, 0][..], rest].concat())
}

/// The part of a sheet.
fn part() -> Vec<u8> {
    let flags = [0, 0];
    let shared = tokens(&[0x4C, 0, 0, 0, 0, 0xFF, 0xFF], &[]);
    let stands = tokens(&[0x01, 0, 0, 0, 0], &[3, 0, 0, 0]);
    let array = tokens(
        &[&[0x60][..], &[0; 14]].concat(),
        &[
            &[1, 0, 0, 0, 2, 0, 0, 0, 0][..],
            &1.5_f64.to_le_bytes(),
            &[1, 1, 0, b'a', 0],
        ]
        .concat(),
    );
    let list = [
        &[0x83, 0, 0, 0, 1, 0, 0, 0][..],
        &range(4, 5, 0, 0),
        &[0xFF; 16],
        &tokens(&[0x17, 3, 0, b'a', 0, b',', 0, b'b', 0], &[]),
        &tokens(&[], &[]),
    ]
    .concat();
    [
        record(129, &[]),
        record(60, &[&range(1, 2, 0x800, 0)[..], &[2, 0]].concat()),
        record(0, &[&[0; 8][..], &[0x2C, 1, 0, 0x20, 0]].concat()),
        cell(2, 0, &[6, 0, 0, 0]),
        cell(5, 1, &0.075_f64.to_le_bytes()),
        record(13, &[0, 0, 0, 0, 7, 0, 0, 0]),
        cell(9, 3, &[&2_f64.to_le_bytes()[..], &flags, &stands].concat()),
        record(427, &[range(0, 1, 3, 3), shared].concat()),
        cell(7, 9, &[9, 0, 0, 0]),
        record(
            0,
            &[&[1, 0, 0, 0, 0, 0, 0, 0][..], &[0, 0, 0, 0x10, 0]].concat(),
        ),
        cell(8, 3, &[&string("ok")[..], &flags, &stands].concat()),
        cell(10, 4, &[&[1][..], &flags, &array].concat()),
        cell(3, 5, &[0x2A]),
        record(176, &range(2, 3, 0, 1)),
        record(64, &list),
        record(130, &[]),
    ]
    .concat()
}

fn shared(budget: &Budget) -> Shared<'_> {
    Shared {
        strings: Vec::new(),
        fonts: Vec::new(),
        looks: Vec::new(),
        links: Links::default(),
        display: Display::new(false),
        budget,
    }
}

#[test]
fn a_sheet_is_read_record_by_record() {
    let budget = ReadOptions::default().budget();
    let mut diagnostics = Diagnostics::new();
    let shared = shared(&budget);
    let sheet = Sheet {
        name: "S".to_owned(),
        ..Sheet::default()
    };
    let (sheet, _) = worksheet::read(&part(), sheet, &shared, &mut diagnostics).expect("a sheet");
    assert_eq!((sheet.rows.len(), sheet.columns.len()), (2, 2));
    let workbook = Workbook {
        sheets: vec![sheet],
        ..Workbook::default()
    };
    let expected = expect![[r##"
        [S]
        merged A3:B4
        A5:A6 from a/b
        A1 1 Number(Decimal("1"))
        B1 0.075 Number(Decimal("0.075"))
        C1 0.01 Number(Decimal("0.01"))
        D1 2 Number(Decimal("2")) =C1
        D2 ok =C2
        E2 TRUE Bool(true) ={1.5,"a"}
        F2 #N/A Error(CellError("#N/A"))
        S!J1: repair[reference-missing]: 1 cells name a string that is not in the workbook; they are blank
    "##]];
    expected.assert_eq(&shown(&workbook, diagnostics));
}

#[test]
fn formulas_of_ranges_are_counted() {
    let budget = ReadOptions::default().budget();
    let mut diagnostics = Diagnostics::new();
    let shared = shared(&budget);
    let formula = |token: u8| {
        let stands = tokens(&[token, 0, 0, 0, 0], &[3, 0, 0, 0]);
        [&2_f64.to_le_bytes()[..], &[0, 0], &stands].concat()
    };
    let rows = |token: u8| {
        let array = tokens(&[0x1E, 2, 0], &[]);
        let whole = record(426, &[&range(0, 0, 3, 4)[..], &[0], &array].concat());
        [
            record(129, &[]),
            record(0, &[&[0; 8][..], &[0x2C, 1, 0, 0, 0]].concat()),
            cell(9, 3, &formula(token)),
            if token == 0x01 { whole } else { Vec::new() },
            cell(9, 4, &formula(token)),
            record(130, &[]),
        ]
        .concat()
    };
    for token in [0x01, 0x02] {
        let sheet = Sheet::default();
        let (sheet, _) =
            worksheet::read(&rows(token), sheet, &shared, &mut diagnostics).expect("a sheet");
        sheet.range_formulas.tell("S", &mut diagnostics);
    }
    let told = diagnostics.into_vec();
    let told: Vec<String> = told.iter().map(ToString::to_string).collect();
    expect![[r#"
        S!D1: loss[formula-dropped]: 1 formulas were entered for a range, and stand as formulas of its first cell
        S!D1: loss[formula-dropped]: 1 data tables have formulas that were left out; their values stand"#]].assert_eq(&told.join("\n"));
}

#[test]
fn damage_never_ends_in_a_panic() {
    survives(&part(), 1, &|bytes, budget, diagnostics| {
        let shared = shared(budget);
        worksheet::read(bytes, Sheet::default(), &shared, diagnostics).map(|_| ())
    });
    let mut package_parts = Vec::new();
    let budget = ReadOptions::default().budget();
    let mut package = Package::open(COMMENTS, &budget).expect("a package");
    for name in package.names().to_vec() {
        if name.ends_with(".bin") {
            package_parts.push(package.read(&name).expect("a part"));
        }
    }
    assert!(package_parts.len() >= 4);
    for bytes in &package_parts {
        survives(bytes, 3, &|bytes, budget, _| {
            let parts = Parts::read(bytes);
            entries(&parts, &parts.links);
            let styles = Styles::read(bytes);
            styles.looks(Colours::default(), &mut Display::new(false));
            strings::shared(bytes, &styles.fonts, budget)?;
            workbook::table(bytes);
            comments::read(bytes, &styles.fonts, budget).map(|_| ())
        });
    }
    survives(COMMENTS, 301, &|bytes, budget, diagnostics| {
        read(bytes, budget, diagnostics).map(|_| ())
    });
}
