use tabulary_ir::{Cell, CompactString, Content, Diagnostics, NumberFormat, ReadOptions, Value};

use super::fill;
use crate::place::parse_cell;
use crate::sheet::{Sheet, Workbook};

/// A cell as its text says: a formula, a number or a text.
fn cell(place: &str, text: &str) -> Cell {
    let (row, col) = parse_cell(place).expect("a place");
    let mut cell = Cell::default().at(row, col);
    match (text.strip_prefix('='), text.parse()) {
        (Some(formula), _) => cell.formula = Some(formula.into()),
        (None, Ok(number)) => cell.value = Some(Value::Number(number)),
        (None, Err(_)) => {}
    }
    if cell.formula.is_none() {
        cell.content = Content::Text(text.into());
    }
    cell
}

fn sheet(name: &str, cells: &[(&str, &str)]) -> Sheet {
    let mut cells: Vec<_> = cells
        .iter()
        .map(|(place, text)| cell(place, text))
        .collect();
    cells.sort_by_key(|cell| (cell.row, cell.col));
    Sheet {
        name: name.to_owned(),
        cells,
        ..Sheet::default()
    }
}

fn run(sheets: Vec<Sheet>) -> (Workbook, Vec<String>) {
    let mut workbook = Workbook {
        sheets,
        ..Workbook::default()
    };
    let mut diagnostics = Diagnostics::new();
    fill(
        &mut workbook,
        &ReadOptions::default().budget(),
        &mut diagnostics,
    )
    .expect("within the limits");
    let told = diagnostics.into_vec().into_iter();
    let told = told.map(|told| format!("{}: {}", told.code, told.message));
    (workbook, told.collect())
}

/// What a cell shows; none where it was not worked out.
fn shown(workbook: &Workbook, place: &str) -> Option<CompactString> {
    let (row, col) = parse_cell(place).expect("a place");
    let mut cells = workbook.sheets[0].cells.iter();
    let cell = cells.find(|cell| (cell.row, cell.col) == (row, col))?;
    cell.computed.then(|| cell.plain_text())
}

fn check(given: &[(&str, &str)], formulas: &[(&str, Option<&str>)]) {
    for (formula, wanted) in formulas {
        let mut cells = given.to_vec();
        cells.push(("Z99", formula));
        let other = sheet("My Sheet", &[("A1", "7")]);
        let (workbook, told) = run(vec![sheet("S", &cells), other]);
        assert_eq!(
            shown(&workbook, "Z99").as_deref(),
            *wanted,
            "{formula} {told:?}"
        );
    }
}

const GIVEN: &[(&str, &str)] = &[
    ("A1", "1"),
    ("A2", "2"),
    ("A3", "3.5"),
    ("B1", "ant"),
    ("B2", "bee"),
    ("B3", "cat"),
    ("C1", "1,234"),
];

#[test]
fn formulas_are_worked_out() {
    check(
        GIVEN,
        &[
            ("=A1+A2*2", Some("5")),
            ("=0.1+0.2", Some("0.3")),
            ("=0.1+0.2=0.3", Some("TRUE")),
            ("=SUM(A1:A3)", Some("6.5")),
            ("=ROUND(A3/3,2)", Some("1.17")),
            ("=IF(A1>A2,\"more\",\"less\")", Some("less")),
            ("=VLOOKUP(2,A1:B3,2,FALSE)", Some("bee")),
            ("=COUNTIF(A1:A3,\">1\")", Some("2")),
            ("=SUMPRODUCT((A1:A3>1)*A1:A3)", Some("5.5")),
            ("=B1&\" \"&2/3", Some("ant 0.666666666666667")),
            ("=UPPER(\"été\")", Some("ÉTÉ")),
            ("=TEXT(0.256,\"0.0%\")", Some("25.6%")),
            ("=YEAR(DATE(2020,1,20))", Some("2020")),
            ("='My Sheet'!A1*2", Some("14")),
            ("=\"\"", Some("")),
            ("=SUM(A:A)", Some("6.5")),
        ],
    );
}

#[test]
fn errors_are_results_where_the_formula_gives_them() {
    check(
        GIVEN,
        &[
            ("=A1/0", Some("#DIV/0!")),
            ("=VLOOKUP(9,A1:B3,2,FALSE)", Some("#N/A")),
            ("=B1+1", Some("#VALUE!")),
            ("=SQRT(-1)", Some("#NUM!")),
            // Excel makes a number of this text, by the settings of its user.
            ("=C1+1", None),
        ],
    );
}

#[test]
fn what_is_not_certain_stays_blank_and_is_told() {
    for (formula, reason) in [
        ("=NOW()", "call NOW, whose value changes"),
        ("=CUBEVALUE(\"a\")", "call CUBEVALUE, which is not built"),
        (
            "=unknown_name+1",
            "use the name unknown_name, which is not known",
        ),
        ("=[1]Sheet1!A1", "read another workbook"),
        ("=A1:A3", "give or take more than one value"),
        ("=Z99+1", "read themselves"),
        ("=1+", "are not understood"),
    ] {
        let mut cells = GIVEN.to_vec();
        cells.extend([("Z99", formula), ("Z100", "=Z99+1")]);
        let (workbook, told) = run(vec![sheet("S", &cells)]);
        assert_eq!(shown(&workbook, "Z99"), None, "{formula}");
        assert_eq!(shown(&workbook, "Z100"), None, "{formula}");
        assert_eq!(told.len(), 1, "{formula} {told:?}");
        assert!(told[0].contains(reason), "{formula} {told:?}");
        assert!(told[0].contains("1 read such cells"), "{formula} {told:?}");
    }
}

#[test]
fn results_are_shown_by_the_format_of_their_cell() {
    let mut given = sheet("S", &[("A1", "1"), ("B1", "=A1/8")]);
    given.cells[1].format = Some(NumberFormat::new("0.0%"));
    let (workbook, told) = run(vec![given]);
    assert_eq!(shown(&workbook, "B1").as_deref(), Some("12.5%"));
    assert!(told[0].starts_with("formula-computed: 1 "), "{told:?}");
}

#[test]
fn stored_values_are_taken_as_they_are() {
    let mut given = sheet("S", &[("A1", "=1+1"), ("A2", "=A1+1")]);
    given.cells[0].value = "9".parse().ok().map(Value::Number);
    let (workbook, _) = run(vec![given]);
    assert_eq!(shown(&workbook, "A1"), None);
    assert_eq!(shown(&workbook, "A2").as_deref(), Some("10"));
}

#[test]
fn much_work_is_refused() {
    let doubled: Vec<_> = (2..60)
        .map(|row| (format!("A{row}"), format!("=A{0}&A{0}", row - 1)))
        .collect();
    let mut cells = vec![("A1", "xxxxxxxx"), ("B1", "=REPT(\"x\",1E9)")];
    cells.extend(doubled.iter().map(|(place, text)| (&**place, &**text)));
    let (workbook, told) = run(vec![sheet("S", &cells)]);
    assert_eq!(shown(&workbook, "B1"), None);
    assert_eq!(shown(&workbook, "A59"), None);
    assert!(
        told.iter().any(|told| told.contains("too much work")),
        "{told:?}"
    );
}

#[test]
fn long_chains_are_followed_either_way() {
    let chain: Vec<_> = (1..20_000)
        .map(|row| (format!("A{row}"), format!("=A{}+1", row + 1)))
        .collect();
    let mut cells: Vec<_> = chain
        .iter()
        .map(|(place, text)| (&**place, &**text))
        .collect();
    cells.push(("A20000", "1"));
    let (workbook, _) = run(vec![sheet("S", &cells)]);
    assert_eq!(shown(&workbook, "A1").as_deref(), Some("20000"));
}
