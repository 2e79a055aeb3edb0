//! What others saw Excel show: cases of Apache POI, and CSV files that Excel wrote
//! (`data/SOURCES.md`).

use tabulary_numfmt::{FormatCode, Setting};

/// Cases of `poi.tsv` that differ from Excel: code, value, what is shown here.
const UNLIKE_EXCEL: [(&str, &str, &str); 8] = [
    // A text is shown as it stands unless a section is for texts.
    ("\"h\"\"I\"", "jello", "jello"),
    // A section that only negative numbers pass says itself what becomes of the sign, and so does what is
    // left to General where it fails. SheetJS and borgar/numfmt saw so in Excel.
    ("[<-10]#\" Wow\"", "-10", "10"),
    ("[>-10]#\" Big\"", "-10", "10"),
    ("[<=-10]#\" Wow\"", "-10", "10 Wow"),
    ("[=-10]#\" Wow\"", "-10", "10 Wow"),
    ("[<-10]#\" Wow\"", "-10", "10"),
    ("[< -10]#\" Wow\"", "-10", "10"),
    ("[<      -10]#\" Wow\"", "-10", "10"),
];

struct Case<'a> {
    kind: &'a str,
    value: &'a str,
    code: &'a str,
    wanted: &'a str,
}

fn cases(table: &str) -> impl Iterator<Item = Case<'_>> {
    table.lines().map(|line| {
        let mut columns = line.split('\t');
        let mut next = || columns.next().expect("four columns");
        Case {
            kind: next(),
            value: next(),
            code: next(),
            wanted: next(),
        }
    })
}

fn shown(case: &Case<'_>) -> String {
    let code = FormatCode::parse(case.code);
    if case.kind == "text" {
        return code.text(case.value).unwrap_or(case.value.to_owned());
    }
    let setting = Setting {
        is_1904: case.kind == "1904",
        ..Setting::default()
    };
    let mut out = String::new();
    code.write_number(case.value, &setting, &mut out);
    out
}

#[test]
fn cases_of_poi_are_shown_alike() {
    for case in cases(include_str!("data/poi.tsv")) {
        let known = UNLIKE_EXCEL
            .iter()
            .find(|(code, value, _)| (*code, *value) == (case.code, case.value));
        let wanted = known.map_or(case.wanted, |(_, _, shown)| shown);
        assert_eq!(shown(&case), wanted, "{} under {}", case.value, case.code);
    }
}

#[test]
fn what_excel_wrote_is_shown() {
    for case in cases(include_str!("data/excel.tsv")) {
        let shown = shown(&case);
        assert_eq!(shown, case.wanted, "{} under {}", case.value, case.code);
    }
}
