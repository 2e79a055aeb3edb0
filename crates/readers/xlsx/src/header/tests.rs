use crate::place::Area;
use crate::sheet::{ListObject, Sheet};
use crate::testing::sheet;
use crate::used::used;

use super::{Headers, headers};

fn found(sheet: &Sheet) -> Headers {
    let area = used(sheet, 0, u32::MAX).expect("cells");
    headers(sheet, area)
}

fn rows(rows: &[&str]) -> u32 {
    found(&sheet(rows)).rows
}

#[test]
fn words_above_values_are_a_header() {
    assert_eq!(rows(&["Item|Now", "a|=1", "b|=2"]), 1);
    // Numbers stored as text are numbers.
    assert_eq!(rows(&["Item|Now", "a|1", "b|2"]), 1);
    assert_eq!(rows(&["a|=1", "b|=2", "c|=3"]), 0);
    assert_eq!(rows(&["a|1", "b|2", "c|3"]), 0);
    // One row of texts above values is enough.
    assert_eq!(
        rows(&["Name|Town|Score", "a|x|absent", "b|y|=3", "c|y|=4"]),
        1
    );
}

#[test]
fn a_form_has_no_header() {
    assert_eq!(
        rows(&[
            "Name|Ann|Age|old",
            "Born|=1990|Town|Rome",
            "Job|cook|Car|none"
        ]),
        0
    );
    assert_eq!(rows(&["Name:|Ann", "Age:|=31", "Cars:|=2"]), 0);
}

#[test]
fn a_row_that_is_set_apart_is_a_header() {
    assert_eq!(rows(&["*Name|*Town", "a|x", "b|y"]), 1);
    assert_eq!(rows(&["~Name|~Town", "a|x", "b|y"]), 1);
    assert_eq!(rows(&["^Name|^Town", "a|x", "b|y"]), 1);
    assert_eq!(rows(&["Name|Town", "a|x", "b|y"]), 0);
    assert_eq!(rows(&["*Name|*Town", "*a|*x", "*b|*y"]), 0);
    // A ground in every other row sets nothing apart.
    assert_eq!(rows(&["~a|~x", "b|y", "~c|~x"]), 0);
    assert_eq!(rows(&["*Names", "a", "b"]), 1);
}

#[test]
fn rows_of_one_look_are_one_header() {
    assert_eq!(rows(&["*Town|*Men", "*Ville|*Hommes", "a|=1", "b|=1"]), 2);
    assert_eq!(
        rows(&["*Item|*Share|*Sum", "*|*of hires|*net", "||*pay", "a|=1|=2"]),
        3
    );
    // The label of a part below a header is none.
    assert_eq!(rows(&["*Item|*Now", "*Income", "a|=1", "b|=1"]), 1);
}

#[test]
fn spans_make_a_header_of_several_rows() {
    assert_eq!(rows(&["Item|Now|<", "'|Plan|Fact", "a|=1|=2"]), 2);
    assert_eq!(
        rows(&[
            "Item|Who|<|<|Sum",
            "'|Man|Firm|<|'",
            "'|'|Shop|Farm|'",
            "a|=1|=2|=3|=6"
        ]),
        3
    );
    // Without the span over rows.
    assert_eq!(rows(&["|Now|<", "Item|Plan|Fact", "a|=1|=2"]), 2);
    // A group of rows below is no header.
    assert_eq!(rows(&["Kind|Item|Now", "A|a|=1", "'|b|=2"]), 1);
    // A row over all columns is no header, and what it is above neither.
    assert_eq!(
        rows(&["Part one|<|<|<", "Name||Town|", "Age|=3|Cars|=2"]),
        0
    );
}

#[test]
fn years_and_numbers_that_are_set_apart_name_columns() {
    assert_eq!(rows(&["Item|=2019|=2020", "a|=1|=2", "b|=3|=4"]), 1);
    assert_eq!(rows(&["*Item|*=1|*=2", "a|=1|=2", "b|=3|=4"]), 1);
    assert_eq!(rows(&["*a|*=1.5|*=2.5", "b|=1|=2", "c|=3|=4"]), 0);
    assert_eq!(rows(&["Item|=2019|=2035", "a|=1|=2", "b|=3|=4"]), 0);
}

#[test]
fn a_header_is_as_wide_as_its_table() {
    assert_eq!(
        rows(&["Item|Now", "a|=1|=2|=3|=4|=5", "b|=1|=2|=3|=4|=5"]),
        0
    );
    assert_eq!(rows(&["|Bus|Car", "Mon|=1|=2", "Tue|=3|=4"]), 1);
}

#[test]
fn a_row_above_blank_squares_is_a_header() {
    assert_eq!(rows(&["+No|+Name|+Town", "+|+|+", "+|+|+"]), 1);
    assert_eq!(rows(&["+Name|+|+Town|+", "+|+|+|+", "+|+|+|+"]), 0);
}

#[test]
fn the_workbook_names_headers() {
    let mut told = sheet(&["a|b|c", "d|e|f", "g|h|i", "j|k|l"]);
    let headers = |rows, columns| Headers {
        rows,
        columns,
        guessed: false,
    };
    assert_eq!(found(&told), headers(0, 0));
    told.frozen = (2, 1);
    assert_eq!(found(&told), headers(2, 1));
    told.lists = vec![ListObject {
        area: Area::new(0, 0, 3, 2),
        header_rows: 1,
        name: None,
    }];
    assert_eq!(found(&told), headers(1, 1));
    told.title_rows = Some((0, 2));
    told.title_columns = Some((0, 1));
    assert_eq!(found(&told), headers(3, 2));
}
