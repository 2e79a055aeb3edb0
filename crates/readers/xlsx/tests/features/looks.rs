//! How cells look, and rows and columns that are sized or hidden.

use expect_test::expect;

use tabulary_ir::Block;

use crate::book::{Book, fixture, read};

#[test]
fn rows_and_columns_have_their_sizes_and_may_be_hidden() {
    let sheet = r#"<cols><col min="1" max="1" width="10.7109375" customWidth="1"/><col min="2" max="2" width="20" hidden="1" customWidth="1"/><col min="3" max="3" width="0" customWidth="1"/><col min="4" max="4" width="30"/><col min="6" max="16384" hidden="1"/></cols><sheetData><row r="1" ht="30" customHeight="1"><c><v>1</v></c><c><v>2</v></c><c><v>3</v></c><c><v>4</v></c><c><v>5</v></c><c><v>6</v></c></row><row r="2" hidden="1"><c><v>1</v></c></row><row r="3" ht="0" customHeight="1"><c><v>1</v></c></row><row r="4" ht="20"><c><v>1</v></c></row><row r="5" ht="25.5" customHeight="1" hidden="1"><c><v>1<!-- odd --></v></c></row></sheetData>"#;
    Book::of_sheet(sheet).check(&expect![[r#"
        {"body":[{"body":[{"cells":[
          {"col":0,"row":0,"text":"1","value":{"number":"1"}},
          {"col":1,"row":0,"text":"2","value":{"number":"2"}},
          {"col":2,"row":0,"text":"3","value":{"number":"3"}},
          {"col":3,"row":0,"text":"4","value":{"number":"4"}},
          {"col":4,"row":0,"text":"5","value":{"number":"5"}},
          {"col":5,"row":0,"text":"6","value":{"number":"6"}},
          {"col":0,"row":1,"text":"1","value":{"number":"1"}},
          {"col":0,"row":2,"text":"1","value":{"number":"1"}},
          {"col":0,"row":3,"text":"1","value":{"number":"1"}},
          {"col":0,"row":4,"text":"1","value":{"number":"1"}}
        ],"columns":[{"width":56.25},{"hidden":true,"width":105},{"hidden":true},{"width":157.5},{},{"hidden":true}],"row_settings":[{"height":30,"row":0},{"hidden":true,"row":1},{"hidden":true,"row":2},{"height":25.5,"hidden":true,"row":4}],"rows":5,"type":"table"}],"kind":"sheet","name":"表","type":"section"}]}
    "#]]);
}

#[test]
fn a_real_workbook_keeps_what_it_hides() {
    let outcome = read(&fixture("hidden_rows.xlsx"));
    let table = outcome.value.tables()[0];
    let hidden = (0..)
        .zip(table.columns())
        .filter(|(_, column)| column.hidden);
    let columns: Vec<u32> = hidden.map(|(col, _)| col).collect();
    let hidden = table.row_settings().iter().filter(|row| row.hidden);
    let rows: Vec<u32> = hidden.map(|row| row.row + 1).collect();
    expect!["[2, 3, 4] [5, 6, 7, 8, 9]"].assert_eq(&format!("{columns:?} {rows:?}"));
}

#[test]
fn sheets_may_be_hidden() {
    let rows = "<sheetData><row><c><v>1</v></c></row></sheetData>";
    let book = Book::of_sheet(rows)
        .sheet("h", r#"state="hidden""#, rows)
        .sheet("v", r#"state="veryHidden""#, rows)
        .sheet("s", r#"state="visible""#, rows);
    book.check(&expect![[r#"
        {"body":[{"body":[{"cells":[
          {"col":0,"row":0,"text":"1","value":{"number":"1"}}
        ],"columns":[{}],"rows":1,"type":"table"}],"kind":"sheet","name":"表","type":"section"},
        {"body":[{"cells":[
          {"col":0,"row":0,"text":"1","value":{"number":"1"}}
        ],"columns":[{}],"rows":1,"type":"table"}],"hidden":true,"kind":"sheet","name":"h","type":"section"},
        {"body":[{"cells":[
          {"col":0,"row":0,"text":"1","value":{"number":"1"}}
        ],"columns":[{}],"rows":1,"type":"table"}],"hidden":true,"kind":"sheet","name":"v","type":"section"},
        {"body":[{"cells":[
          {"col":0,"row":0,"text":"1","value":{"number":"1"}}
        ],"columns":[{}],"rows":1,"type":"table"}],"kind":"sheet","name":"s","type":"section"}]}
    "#]]);
    let strict = read(&fixture("strict.xlsx")).value;
    let sections = strict.body.iter().filter_map(|block| match block {
        Block::Section(section) => Some((section.name.as_str(), section.hidden)),
        _ => None,
    });
    let sections: Vec<_> = sections.collect();
    assert_eq!(
        sections,
        [("Visible", false), ("Hidden", true), ("VeryHidden", true)]
    );
    let cell = strict.tables()[1].at(1, 5).expect("a cell");
    assert_eq!(cell.formula.as_deref(), Some("CODE(F1)"));
    assert_eq!(cell.plain_text(), "110");
}

#[test]
fn borders_alignment_and_fonts_are_told_apart() {
    let styles = r#"<fonts><font><sz val="11"/></font><font><b/><sz val="16"/></font><font><i/><sz val="11"/></font></fonts><fills><fill/></fills><borders><border/><border><left style="thin"/><right style="thin"/><top style="thin"/><bottom style="thin"/><diagonal/></border><border><start style="double"/><end style="slantDashDot"/><top/><bottom style="hair"/></border></borders><cellXfs><xf/><xf fontId="1" borderId="1"><alignment horizontal="centerContinuous" vertical="center" wrapText="1"/></xf><xf fontId="2" borderId="2"><alignment horizontal="left" indent="3" textRotation="45"/></xf><xf><alignment textRotation="135" vertical="top"/></xf><xf><alignment textRotation="255" horizontal="distributed"/></xf><xf><alignment textRotation="90" vertical="bottom" horizontal="right"/></xf></cellXfs>"#;
    let cell = |index: u32| format!(r#"<c s="{index}"><v>{index}</v></c>"#);
    let row: String = (0..7).map(cell).collect();
    Book::of_rows(&format!("<row>{row}</row>"))
        .styles(styles)
        .check(&expect![[r#"
            {"body":[{"body":[{"cells":[
              {"col":0,"row":0,"text":"0","value":{"number":"0"}},
              {"col":1,"row":0,"style":{"align":"center","borders":"thin","font_size":16,"marks":["bold"],"vertical_align":"middle","wrap":true},"text":"1","value":{"number":"1"}},
              {"col":2,"row":0,"style":{"align":"left","borders":{"bottom":"hair","left":"double","right":"dashed"},"indent":3,"marks":["italic"],"rotation":45},"text":"2","value":{"number":"2"}},
              {"col":3,"row":0,"style":{"rotation":-45,"vertical_align":"top"},"text":"3","value":{"number":"3"}},
              {"col":4,"row":0,"style":{"align":"justify","vertical_text":true},"text":"4","value":{"number":"4"}},
              {"col":5,"row":0,"style":{"align":"right","rotation":90},"text":"5","value":{"number":"5"}},
              {"col":6,"row":0,"text":"6","value":{"number":"6"}}
            ],"columns":[{},{},{},{},{},{},{}],"rows":1,"type":"table"}],"kind":"sheet","name":"表","type":"section"}]}
        "#]]);
}

#[test]
fn grounds_have_the_colours_of_theme_palette_and_tint() {
    let solid = |colour: &str| {
        format!(
            r#"<fill><patternFill patternType="solid"><fgColor {colour}/></patternFill></fill>"#
        )
    };
    let colours = [
        r#"rgb="FFFF8000""#,
        r#"theme="4" tint="0.79998168889431442""#,
        r#"theme="0" tint="-0.249977111117893""#,
        r#"indexed="13""#,
        r#"rgb="FFFFFFFF""#,
        r#"auto="1""#,
        r#"theme="1""#,
    ];
    let fills: String = colours.map(solid).concat();
    let grey = r#"<fill><patternFill patternType="gray125"/></fill>"#;
    let formats: String = (0..8).map(|id| format!(r#"<xf fillId="{id}"/>"#)).collect();
    let cell = |index: u32| format!(r#"<c s="{index}"><v>{index}</v></c>"#);
    let row: String = (0..8).map(cell).collect();
    let theme = r#"<a:dk1><a:sysClr val="windowText" lastClr="000000"/></a:dk1><a:lt1><a:sysClr val="window" lastClr="FFFFFF"/></a:lt1><a:dk2><a:srgbClr val="1F497D"/></a:dk2><a:lt2><a:srgbClr val="EEECE1"/></a:lt2><a:accent1><a:srgbClr val="4F81BD"/></a:accent1>"#;
    Book::of_rows(&format!("<row>{row}</row>"))
        .styles(&format!(
            "<fills>{fills}{grey}</fills><cellXfs>{formats}</cellXfs>"
        ))
        .theme(theme)
        .check(&expect![[r##"
            {"body":[{"body":[{"cells":[
              {"col":0,"row":0,"style":{"fill":"#ff8000"},"text":"0","value":{"number":"0"}},
              {"col":1,"row":0,"style":{"fill":"#dce6f2"},"text":"1","value":{"number":"1"}},
              {"col":2,"row":0,"style":{"fill":"#bfbfbf"},"text":"2","value":{"number":"2"}},
              {"col":3,"row":0,"style":{"fill":"#ffff00"},"text":"3","value":{"number":"3"}},
              {"col":4,"row":0,"style":{"fill":"#ffffff"},"text":"4","value":{"number":"4"}},
              {"col":5,"row":0,"text":"5","value":{"number":"5"}},
              {"col":6,"row":0,"style":{"fill":"#000000"},"text":"6","value":{"number":"6"}},
              {"col":7,"row":0,"text":"7","value":{"number":"7"}}
            ],"columns":[{},{},{},{},{},{},{},{}],"rows":1,"type":"table"}],"kind":"sheet","name":"表","type":"section"}]}
        "##]]);
}

#[test]
fn blank_cells_that_are_seen_stay() {
    let styles = r#"<fonts><font/></fonts><fills><fill/><fill/><fill><patternFill patternType="solid"><fgColor rgb="FFFFCC00"/></patternFill></fill></fills><borders><border/><border><left style="thin"/><right style="thin"/></border></borders><cellXfs><xf/><xf borderId="1"/><xf fillId="2"/><xf><alignment wrapText="1"/></xf></cellXfs>"#;
    let rows = r#"<row><c><v>1</v></c><c s="1"/><c s="2"/><c s="3"/><c><v>2</v></c></row>"#;
    Book::of_rows(rows).styles(styles).check(&expect![[r##"
        {"body":[{"body":[{"cells":[
          {"col":0,"row":0,"text":"1","value":{"number":"1"}},
          {"col":1,"row":0,"style":{"borders":{"left":"thin","right":"thin"}}},
          {"col":2,"row":0,"style":{"fill":"#ffcc00"}},
          {"col":4,"row":0,"text":"2","value":{"number":"2"}}
        ],"columns":[{},{},{},{},{}],"rows":1,"type":"table"}],"kind":"sheet","name":"表","type":"section"}]}
    "##]]);
}
