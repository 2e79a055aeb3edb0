//! Tables: looks, sizes, what is hidden, list objects.

use expect_test::expect;
use tabulary_ir::{
    Align, Block, Borders, Cell, CellStyle, Column, Mark, Marks, Points, Rgb, RowSetting, Stroke,
    Table, TableBuilder, VerticalAlign,
};

use crate::book::{comes_back, document, number, sheet, sheets, table, tells, texts, with};

fn styled(change: impl FnOnce(&mut CellStyle)) -> Cell {
    let mut cell = Cell::text("x");
    cell.restyle(change);
    cell
}

fn first_table(document: &tabulary_ir::Document) -> &Table {
    document.tables()[0]
}

#[test]
fn looks_of_cells_come_back() {
    let sides = Borders {
        bottom: Some(Stroke::Hair),
        left: None,
        right: Some(Stroke::Double),
        top: Some(Stroke::Dashed),
    };
    let strokes = [Stroke::Dotted, Stroke::Thin, Stroke::Medium, Stroke::Thick];
    let mut cells = vec![
        styled(|style| style.borders = Some(sides)),
        styled(|style| (style.align, style.indent) = (Some(Align::Left), 3)),
        styled(|style| style.rotation = 90),
        styled(|style| style.rotation = -45),
        styled(|style| style.vertical_text = true),
        styled(|style| style.wrap = true),
        styled(|style| style.font_size = Some(Points::new(16.0))),
        styled(|style| style.fill = Some(Rgb([255, 204, 0]))),
        styled(|style| style.fill = Some(Rgb([255; 3]))),
        styled(|style| style.marks = Marks::NONE.with(Mark::Bold).with(Mark::Strike)),
        styled(|style| style.align = Some(Align::Justify)),
        styled(|style| style.align = Some(Align::Left)),
        styled(|style| style.vertical_align = Some(VerticalAlign::Top)),
        styled(|style| style.vertical_align = Some(VerticalAlign::Middle)),
    ];
    cells.extend(strokes.map(|line| styled(|style| style.borders = Some(Borders::all(line)))));
    let cells = (0..)
        .zip(cells)
        .map(|(col, cell)| cell.at(0, col))
        .collect();
    comes_back(&sheets(vec![sheet("s", vec![table(cells)])]));
}

#[test]
fn indents_need_no_side() {
    let indented = |change: fn(&mut CellStyle)| {
        styled(|style| {
            style.indent = 2;
            change(style);
        })
    };
    let centred = |style: &mut CellStyle| style.align = Some(Align::Center);
    let top = |style: &mut CellStyle| style.vertical_align = Some(VerticalAlign::Top);
    let middle = |style: &mut CellStyle| style.vertical_align = Some(VerticalAlign::Middle);
    let both = |style: &mut CellStyle| {
        style.align = Some(Align::Right);
        style.vertical_align = Some(VerticalAlign::Middle);
    };
    let kept = [
        indented(|_| {}),
        indented(centred),
        indented(top),
        indented(both),
    ];
    let cells = |cells: Vec<Cell>| {
        let cells = (0..).zip(cells).map(|(col, cell)| cell.at(0, col));
        sheets(vec![sheet("s", vec![table(cells.collect())])])
    };
    comes_back(&cells(kept.to_vec()));
    let mut counted = indented(middle);
    counted.value = number("7", "7").value;
    counted.content = number("7", "7").content;
    let back = tells(
        &cells(vec![indented(middle), counted]),
        &expect![[r#"
        loss[style-dropped]: indents of cells that are set in the middle and at no side were written as those at the left, or left out
    "#]],
    );
    let styles = first_table(&back).cells().iter().map(|cell| {
        let style = cell.style.as_deref().expect("a style");
        (style.align, style.indent)
    });
    let styles: Vec<_> = styles.collect();
    assert_eq!(styles, [(Some(Align::Left), 2), (None, 0)]);
}

#[test]
fn what_a_workbook_says_by_saying_nothing_is_told() {
    let bottom = || styled(|style| style.vertical_align = Some(VerticalAlign::Bottom));
    let bare = || styled(|style| style.borders = Some(Borders::default()));
    // In a table of the usual look, what is set at the bottom is said.
    comes_back(&sheets(vec![sheet("s", vec![table(vec![bottom()])])]));
    let cells = vec![bottom(), bare().at(0, 1)];
    tells(
        &sheets(vec![sheet("s", vec![table(cells)])]),
        &expect![[r#"
            loss[style-dropped]: cells that are set at the bottom are as those that say nothing of it
            loss[style-dropped]: cells without lines are as those that say nothing of lines
        "#]],
    );
}

#[test]
fn a_blank_cell_keeps_its_look() {
    let mut blank = styled(|style| style.fill = Some(Rgb([1, 2, 3])));
    blank.content = tabulary_ir::Content::default();
    let cells = vec![Cell::text("a"), blank.at(0, 1), Cell::text("b").at(0, 2)];
    comes_back(&sheets(vec![sheet("s", vec![table(cells)])]));
}

#[test]
fn a_table_that_says_nothing_has_the_usual_look() {
    let rows = texts(&[["项目", "本年"], ["收入", "a"]]);
    let builder = || TableBuilder::new().headers(1, 1);
    let plain = document(vec![with(builder(), rows.clone())]);
    comes_back(&plain);
    let (bytes, _) = crate::book::write(&plain);
    let seen = crate::book::read_placed(&bytes, tabulary_ir::SheetAs::Table).value;
    let style = |row: u32, col: u32| {
        let cell = first_table(&seen).at(row, col).expect("a cell");
        cell.style.as_deref().cloned().expect("a style")
    };
    let (header, inner) = (style(0, 1), style(1, 1));
    assert_eq!(header.borders, Some(Borders::all(Stroke::Thin)));
    assert!(header.marks.has(Mark::Bold) && header.align == Some(Align::Center));
    assert!(inner.wrap && inner.marks.is_empty() && inner.align.is_none());
    // Headers of which one is bold by itself are left as they are.
    let mut own = rows;
    own[0].restyle(|style| style.marks = Mark::Bold.into());
    comes_back(&document(vec![with(builder(), own)]));
}

#[test]
fn what_is_hidden_stays_hidden_and_sizes_stay() {
    let column = |hidden, width: Option<f64>| Column {
        hidden,
        width: width.map(Points::new),
    };
    let row = |row, hidden, height: Option<f64>| RowSetting {
        row,
        hidden,
        height: height.map(Points::new),
    };
    let builder = || {
        TableBuilder::new()
            .columns(vec![
                column(false, Some(60.0)),
                column(true, Some(30.0)),
                column(true, None),
                column(false, None),
            ])
            .row_settings(vec![
                row(0, false, Some(30.0)),
                row(1, true, None),
                row(2, true, Some(45.75)),
            ])
    };
    let rows = texts(&[["a"; 4], ["b"; 4], ["c"; 4], ["d"; 4]]);
    let mut hidden = sheet("h", vec![with(builder(), rows.clone())]);
    hidden.hidden = true;
    let seen = sheet("s", vec![with(builder(), rows)]);
    comes_back(&sheets(vec![hidden.clone(), seen]));
    let back = tells(
        &sheets(vec![hidden]),
        &expect![[r#"
        loss[style-dropped]: all sheets are hidden, and a workbook needs one that is seen: they are shown
    "#]],
    );
    assert!(matches!(&back.body[..], [Block::Section(section)] if !section.hidden));
}

#[test]
fn narrow_columns_stay_narrow() {
    let of_width = |width: f64| {
        let column = Column {
            hidden: false,
            width: Some(Points::new(width)),
        };
        let builder = TableBuilder::new().columns(vec![column]);
        let rows = texts(&[["a"]]);
        sheets(vec![sheet("s", vec![with(builder, rows)])])
    };
    for width in [3.0, 0.75, 5.25, 1338.75] {
        comes_back(&of_width(width));
    }
    let back = tells(
        &of_width(0.0),
        &expect![[r#"
        loss[style-dropped]: columns of no width that are not hidden were made a pixel wide
    "#]],
    );
    assert_eq!(back, of_width(0.75));
}

#[test]
fn low_and_high_rows_stay_so() {
    let of_height = |height: f64| {
        let setting = RowSetting {
            row: 0,
            hidden: false,
            height: Some(Points::new(height)),
        };
        let column = Column {
            hidden: false,
            width: Some(Points::new(60.0)),
        };
        let builder = TableBuilder::new()
            .columns(vec![column])
            .row_settings(vec![setting]);
        sheets(vec![sheet("s", vec![with(builder, texts(&[["a"]]))])])
    };
    for height in [0.75, 3.0, 409.5] {
        comes_back(&of_height(height));
    }
    let back = tells(
        &of_height(0.0),
        &expect![[r#"
        loss[style-dropped]: rows of no height that are not hidden were made a pixel high
    "#]],
    );
    assert_eq!(back, of_height(0.75));
    let back = tells(
        &of_height(500.0),
        &expect![[r#"
        loss[style-dropped]: rows of more than 409.5 points were made that high
    "#]],
    );
    assert_eq!(back, of_height(409.5));
}

#[test]
fn a_table_hides_no_column_of_another() {
    let hiding = |hidden: &[bool]| {
        let columns = hidden.iter().map(|hidden| Column {
            hidden: *hidden,
            width: None,
        });
        TableBuilder::new().columns(columns.collect())
    };
    let rows = texts(&[["a"; 3], ["b"; 3]]);
    let narrow = texts(&[["c"; 2]]);
    let body = vec![
        with(hiding(&[true, true, true]), rows),
        with(hiding(&[false, true]), narrow),
    ];
    let back = tells(
        &sheets(vec![sheet("s", body)]),
        &expect![[r#"
        loss[hidden-dropped]: columns that one table hides and another shows were written as shown
    "#]],
    );
    let hidden = |table: &Table| table.columns().iter().map(|c| c.hidden).collect::<Vec<_>>();
    assert_eq!(hidden(back.tables()[0]), [false, true, true]);
    assert_eq!(hidden(back.tables()[1]), [false, true]);
}

fn list(name: &str, rows: Vec<Cell>) -> Block {
    let builder = TableBuilder::new()
        .headers(1, 0)
        .name(Some(name.to_owned()));
    with(builder, rows)
}

#[test]
fn a_table_of_records_keeps_its_name() {
    let mut rows = texts(&[["项目", "本年"], ["收入", ""], ["支出", "x"]]);
    rows[3] = number("7", "7").at(1, 1);
    comes_back(&sheets(vec![sheet("s", vec![list("收支", rows)])]));
}

#[test]
fn names_of_tables_that_a_workbook_does_not_take_are_told() {
    let good = || texts(&[["a", "b"], ["1", "2"]]);
    let twice = texts(&[["a", "A"], ["1", "2"]]);
    for (name, rows, expected) in [
        (
            "twice",
            twice,
            expect![[r#"
            loss[style-dropped]: the list object "twice" was written as a plain range: its first row does not name each column, or cells are merged
        "#]],
        ),
        (
            "single",
            texts(&[["a", "b"]]),
            expect![[r#"
            loss[style-dropped]: the list object "single" was written as a plain range: its first row does not name each column, or cells are merged
        "#]],
        ),
        (
            "two words",
            good(),
            expect![[r#"
            loss[style-dropped]: the list object "two words" was written as a plain range: its first row does not name each column, or cells are merged
        "#]],
        ),
        (
            "A1",
            good(),
            expect![[r#"
            loss[style-dropped]: the list object "A1" was written as a plain range: its first row does not name each column, or cells are merged
        "#]],
        ),
    ] {
        tells(&sheets(vec![sheet("s", vec![list(name, rows)])]), &expected);
    }
}

#[test]
fn merged_cells_and_captions_come_back() {
    let caption = vec![tabulary_ir::Inline::text("单位：万元", Marks::NONE)];
    let cells = vec![
        Cell::text("a").spanning(2, 2),
        Cell::text("").at(2, 0).spanning(1, 3),
        Cell::text("b").at(0, 2),
    ];
    let captioned = with(TableBuilder::new().caption(caption), cells);
    comes_back(&sheets(vec![sheet(
        "s",
        vec![captioned.clone(), captioned],
    )]));
}
