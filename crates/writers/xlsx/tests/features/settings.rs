//! Settings of sheets: print ranges, titles, panes, pages, running lines, lists of values, names.

use expect_test::expect;
use tabulary_ir::{
    Align, Block, Cell, DefinedName, Document, Field, Furniture, FurnitureKind, Inline, Mark,
    Marks, PageSetup, Paragraph, ParagraphStyle, Points, Section, SheetSettings, Validation,
};

use crate::book::{comes_back, sheet, sheets, table, tells, texts};

fn grid() -> Block {
    table(texts(&[["a", "b", "c"], ["d", "e", "f"], ["g", "h", "i"]]))
}

fn set(settings: SheetSettings) -> Section {
    Section {
        sheet: Some(Box::new(settings)),
        ..sheet("a b", vec![grid()])
    }
}

fn choice(ranges: &[&str], values: &[&str], formula: Option<&str>) -> Validation {
    Validation {
        formula: formula.map(str::to_owned),
        ranges: ranges.iter().map(|range| (*range).to_owned()).collect(),
        values: values.iter().map(|value| (*value).to_owned()).collect(),
    }
}

#[test]
fn settings_of_a_sheet_come_back() {
    let areas = |areas: &[&str]| areas.iter().map(|area| (*area).to_owned()).collect();
    let full = SheetSettings {
        entry: None,
        frozen_columns: 1,
        frozen_rows: 2,
        print_areas: areas(&["A1:B2"]),
        title_columns: Some("A:A".to_owned()),
        title_rows: Some("1:2".to_owned()),
        validations: vec![
            choice(&["A1", "B2:C3"], &["是", "否"], None),
            choice(&["A2"], &[], Some("'a b'!$A$1:$A$3")),
            choice(&["A3"], &["say \"hi\""], None),
        ],
    };
    let single = SheetSettings {
        print_areas: areas(&["B2:C3"]),
        ..SheetSettings::default()
    };
    let frozen = SheetSettings {
        frozen_rows: 1,
        ..SheetSettings::default()
    };
    let mut all: Vec<Section> = [full, single, frozen].map(set).into();
    all[1].name = "it's".to_owned();
    all[2].name = "表".to_owned();
    comes_back(&sheets(all));
}

#[test]
fn lists_that_a_workbook_does_not_take_are_told() {
    let long: Vec<String> = (0..60).map(|n| format!("值{n:03}")).collect();
    let long: Vec<&str> = long.iter().map(String::as_str).collect();
    let longest = "x".repeat(255);
    let settings = SheetSettings {
        validations: vec![
            choice(&["A1"], &long, None),
            choice(&["A2"], &["a,b"], None),
            choice(&["nonsense"], &["a"], None),
            choice(&["A3"], &[&longest], None),
        ],
        ..SheetSettings::default()
    };
    let back = tells(
        &sheets(vec![set(settings)]),
        &expect![[r#"
            a b!A1: loss[style-dropped]: a list of the values that cells may have was left out: it is longer than 255 characters, or a value has a comma
            a b!A2: loss[style-dropped]: a list of the values that cells may have was left out: it is longer than 255 characters, or a value has a comma
            a b!A1: loss[style-dropped]: a list of the values that cells may have was left out: "nonsense" is no range
        "#]],
    );
    let Some(Block::Section(section)) = back.body.first() else {
        panic!("a sheet");
    };
    let kept = section.sheet.as_deref().expect("settings");
    assert_eq!(kept.validations, [choice(&["A3"], &[&longest], None)]);
}

#[test]
fn several_printed_ranges_are_told() {
    let settings = SheetSettings {
        print_areas: vec!["A1:B2".to_owned(), "C3".to_owned()],
        ..SheetSettings::default()
    };
    tells(
        &sheets(vec![set(settings)]),
        &expect![[r#"
        loss[style-dropped]: the printed ranges of the sheet "a b" were left out
    "#]],
    );
}

#[test]
fn ranges_that_are_none_cost_nothing_else() {
    let settings = SheetSettings {
        print_areas: vec!["A1:B2".to_owned(), "all".to_owned()],
        title_columns: Some("B:A".to_owned()),
        title_rows: Some("0:x".to_owned()),
        validations: vec![choice(&["A1", "\"><x", "B1:B2"], &["a"], None)],
        ..SheetSettings::default()
    };
    let back = tells(
        &sheets(vec![set(settings)]),
        &expect![[r#"
        a b!A1: loss[style-dropped]: "0:x" is no range that is printed, and was left out
        a b!A1: loss[style-dropped]: "B:A" is no range that is printed, and was left out
        a b!A1: loss[style-dropped]: "all" is no range that is printed, and was left out
        a b!A1: loss[style-dropped]: a list of the values that cells may have was left out: "\"><x" is no range
    "#]],
    );
    let Some(Block::Section(section)) = back.body.first() else {
        panic!("a sheet");
    };
    let kept = SheetSettings {
        print_areas: vec!["A1:B2".to_owned()],
        validations: vec![choice(&["A1", "B1:B2"], &["a"], None)],
        ..SheetSettings::default()
    };
    assert_eq!(section.sheet.as_deref(), Some(&kept));
}

fn name(name: &str, refers_to: &str, sheet: Option<&str>) -> DefinedName {
    DefinedName {
        name: name.to_owned(),
        refers_to: refers_to.to_owned(),
        sheet: sheet.map(str::to_owned),
    }
}

#[test]
fn names_of_ranges_come_back() {
    comes_back(&Document {
        names: vec![
            name("rate", "0.5", None),
            name("两处", "'a b'!$A$1,'a b'!$B$2", None),
            name("合计", "'a b'!$B$2", None),
            name("合计", "'a b'!$C$3", Some("a b")),
        ],
        ..sheets(vec![sheet("a b", vec![grid()])])
    });
}

#[test]
fn names_that_a_workbook_does_not_take_are_told() {
    for (given, expected) in [
        (
            vec![name("A1", "1", None)],
            expect![[r#"
            loss[metadata-dropped]: the name "A1" is none that a workbook takes
        "#]],
        ),
        (
            vec![name("two words", "1", None)],
            expect![[r#"
            loss[metadata-dropped]: the name "two words" is none that a workbook takes
        "#]],
        ),
        (
            vec![name("", "1", None)],
            expect![[r#"
            loss[metadata-dropped]: the name "" is none that a workbook takes
        "#]],
        ),
    ] {
        let document = Document {
            names: given,
            ..sheets(vec![sheet("s", vec![grid()])])
        };
        let back = tells(&document, &expected);
        assert!(back.names.is_empty());
    }
}

fn paper(width: f64, height: f64) -> PageSetup {
    PageSetup {
        columns: None,
        height: Points::from_mm(height),
        margins: [72.0, 36.0, 54.0, 18.0].map(Points::new),
        width: Points::from_mm(width),
    }
}

#[test]
fn pages_come_back() {
    let mut all = Vec::new();
    for (index, (width, height)) in [
        (210.0, 297.0),
        (297.0, 210.0),
        (420.0, 297.0),
        (215.9, 279.4),
        (176.0, 250.0),
    ]
    .into_iter()
    .enumerate()
    {
        let mut section = sheet(&format!("s{index}"), vec![grid()]);
        section.page = Some(paper(width, height));
        all.push(section);
    }
    comes_back(&sheets(all));
    let mut odd = sheet("odd", vec![grid()]);
    odd.page = Some(paper(100.0, 100.0));
    tells(
        &sheets(vec![odd]),
        &expect![[r#"
        loss[style-dropped]: a workbook has no number for paper of 283.465 by 283.465 points; A4 was written
    "#]],
    );
}

fn running(align: Align, content: Vec<Inline>) -> Block {
    Block::Paragraph(Paragraph {
        content,
        style: ParagraphStyle {
            align: Some(align),
            ..ParagraphStyle::default()
        },
        ..Paragraph::default()
    })
}

fn field(instruction: &str) -> Inline {
    Inline::Field(Field {
        instruction: instruction.to_owned(),
        ..Field::default()
    })
}

fn furniture(kind: FurnitureKind, blocks: Vec<Block>) -> Furniture {
    Furniture {
        blocks,
        kind,
        ..Furniture::default()
    }
}

#[test]
fn running_lines_come_back() {
    let text = |text: &str| Inline::text(text, Marks::NONE);
    let header = vec![
        running(
            Align::Left,
            vec![
                text("R&D && <甲>"),
                Inline::text("粗", Mark::Bold.into()),
                text(" 12"),
            ],
        ),
        running(
            Align::Center,
            vec![text("第"), field("PAGE"), text("页，共"), field("NUMPAGES")],
        ),
        running(
            Align::Right,
            vec![
                field("DATE"),
                text(" "),
                field("TIME"),
                text(" "),
                field("FILENAME"),
            ],
        ),
    ];
    let footer = vec![running(
        Align::Center,
        vec![text("- "), field("PAGE"), text(" -")],
    )];
    let mut section = sheet("s", vec![grid()]);
    section.headers = vec![furniture(FurnitureKind::Default, header)];
    section.footers = vec![furniture(FurnitureKind::Default, footer)];
    comes_back(&sheets(vec![section]));
}

#[test]
fn running_lines_that_a_workbook_does_not_take_are_told() {
    let text = |text: &str| {
        vec![running(
            Align::Center,
            vec![Inline::text(text, Marks::NONE)],
        )]
    };
    let mut section = sheet("s", vec![grid()]);
    section.headers = vec![
        furniture(FurnitureKind::Default, text(&"长".repeat(300))),
        furniture(FurnitureKind::First, text("first")),
        furniture(FurnitureKind::Even, text("even")),
    ];
    tells(
        &sheets(vec![section]),
        &expect![[r#"
            loss[header-footer-dropped]: headers and footers of more than 255 characters were left out
            loss[header-footer-dropped]: headers and footers of the first and of even pages were left out
        "#]],
    );
}

#[test]
fn names_of_sheets_that_a_workbook_does_not_take_are_told() {
    let named = |name: &str| sheet(name, vec![table(vec![Cell::text("x")])]);
    let long = "很".repeat(40);
    let back = tells(
        &sheets(vec![
            named("a/b"),
            named("A B"),
            named(""),
            named(&long),
            named("'q'"),
        ]),
        &expect![[r#"
            repair[name-changed]: the sheet name "a/b" is not allowed or taken; the sheet is named "a b"
            repair[name-changed]: the sheet name "A B" is not allowed or taken; the sheet is named "A B (2)"
            repair[name-changed]: the sheet name "" is not allowed or taken; the sheet is named "Sheet3"
            repair[name-changed]: the sheet name "很很很很很很很很很很很很很很很很很很很很很很很很很很很很很很很很很很很很很很很很" is not allowed or taken; the sheet is named "很很很很很很很很很很很很很很很很很很很很很很很很很很很很很很很"
            repair[name-changed]: the sheet name "'q'" is not allowed or taken; the sheet is named "q"
        "#]],
    );
    let names: Vec<&str> = back
        .body
        .iter()
        .filter_map(|block| match block {
            Block::Section(section) => Some(section.name.as_str()),
            _ => None,
        })
        .collect();
    expect!["a b | A B (2) | Sheet3 | 很很很很很很很很很很很很很很很很很很很很很很很很很很很很很很很 | q"].assert_eq(&names.join(" | "));
}
