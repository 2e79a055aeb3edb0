//! Tables out of lines, grounds and places of text.

use crate::support::{Sketch, TEXT, XS, analysed, first_table, told};
use expect_test::expect;
use tabulary_ir::{Block, Content};
use tabulary_pages::{Hints, Rect};

#[test]
fn missing_lines_are_spans() {
    let page = Sketch::new(1)
        .level(50.0, 290.0, 100.0)
        .level(150.0, 290.0, 120.0)
        .level(50.0, 290.0, 140.0)
        .level(50.0, 290.0, 160.0)
        .upright(100.0, 160.0, 50.0)
        .upright(100.0, 160.0, 150.0)
        .upright(120.0, 160.0, 220.0)
        .upright(100.0, 160.0, 290.0)
        .text(55.0, 124.0, 10.0, "Name")
        .text(200.0, 114.0, 10.0, "Amount")
        .text(155.0, 134.0, 10.0, "2018")
        .text(225.0, 134.0, 10.0, "2019")
        .rows(154.0, &TEXT, &[&["Rent", "7", ""]]);
    expect![[r#"
        table 3x3
          0:Name (2x1) | 1:Amount (1x2)
          1:2018 | 2:2019
          0:Rent | 1:7
    "#]]
    .assert_eq(&told([page]));
}

#[test]
fn dashes_doubles_and_open_sides_rule_a_table() {
    let mut page = Sketch::new(1);
    for y in [100.0, 120.0, 140.0] {
        // Dashes of two points, and each line twice.
        for step in 0..80 {
            let x = 50.0 + 3.0 * step as f32;
            page = page.level(x, x + 2.0, y).level(x, x + 2.0, y + 1.5);
        }
    }
    let page = page
        .upright(100.0, 140.0, 150.0)
        .upright(100.0, 140.0, 220.0)
        .rows(114.0, &TEXT, &[&["a", "b", "c"]])
        .rows(134.0, &TEXT, &[&["d", "e", "f"]]);
    expect![[r#"
        table 2x3
          0:a | 1:b | 2:c
          0:d | 1:e | 2:f
    "#]]
    .assert_eq(&told([page]));
}

#[test]
fn grounds_of_other_colours_are_cells() {
    let mut page = Sketch::new(1);
    for row in 0..4 {
        for col in 0..3 {
            let (x, y) = (50.0 + 70.0 * col as f32, 100.0 + 20.0 * row as f32);
            let color = if (row + col) % 2 == 0 {
                [200, 220, 255]
            } else {
                [220, 255, 200]
            };
            page = page
                .ground(Rect::new(x, y, x + 70.0, y + 20.0), color)
                .text(x + 5.0, y + 14.0, 10.0, &format!("r{row}c{col}"));
        }
    }
    expect![[r#"
        table 4x3
          0:r0c0 | 1:r0c1 | 2:r0c2
          0:r1c0 | 1:r1c1 | 2:r1c2
          0:r2c0 | 1:r2c1 | 2:r2c2
          0:r3c0 | 1:r3c1 | 2:r3c2
    "#]]
    .assert_eq(&told([page]));
}

#[test]
fn blank_cells_and_blank_rows_of_a_ruled_table_stay() {
    let page = Sketch::new(1)
        .grid(&XS, &[100.0, 120.0, 140.0, 160.0])
        .rows(114.0, &TEXT, &[&["项目", "数量", ""]])
        .rows(134.0, &TEXT, &[&["合计", "", ""]]);
    expect![[r#"
        table 3x3
          0:项目 | 1:数量
          0:合计

    "#]]
    .assert_eq(&told([page]).replace("  \n", "\n"));
}

#[test]
fn rows_of_numbers_between_lines_are_rows() {
    let page = Sketch::new(1)
        .grid(&XS, &[100.0, 120.0, 180.0])
        .rows(114.0, &TEXT, &[&["Cohort", "Head", "Total"]])
        .rows(
            134.0,
            &TEXT,
            &[
                &["3 years", "1,530", "2,559"],
                &["4 years", "1,253", "2,108"],
                &["All", "2,783", "4,667"],
            ],
        );
    expect![[r#"
        table 4x3
          0:Cohort | 1:Head | 2:Total
          0:3 years | 1:1,530 | 2:2,559
          0:4 years | 1:1,253 | 2:2,108
          0:All | 1:2,783 | 2:4,667
    "#]]
    .assert_eq(&told([page]));
}

#[test]
fn wrapped_text_between_lines_is_one_cell() {
    let page = Sketch::new(1)
        .grid(&XS, &[100.0, 120.0, 165.0])
        .rows(114.0, &TEXT, &[&["Type", "Use", "Note"]])
        .rows(
            134.0,
            &TEXT,
            &[
                &["a line of a", "first", "it ends"],
                &["label that", "and then", ""],
                &["goes on", "", ""],
            ],
        );
    expect![[r#"
        table 2x3
          0:Type | 1:Use | 2:Note
          0:a line of a label that goes on | 1:first and then | 2:it ends
    "#]]
    .assert_eq(&told([page]));
}

#[test]
fn columns_of_numbers_are_a_table() {
    let page = Sketch::new(1).rows(
        100.0,
        &[50.0, 160.0, 240.0],
        &[
            &["Region", "2018", "2019"],
            &["North", "1,200", "7.5%"],
            &["South", "900", "8.0%"],
            &["East", "40", "12.5%"],
        ],
    );
    expect![[r#"
        table 4x3
          0:Region | 1:2018 | 2:2019
          0:North | 1:1,200 | 2:7.5%
          0:South | 1:900 | 2:8.0%
          0:East | 1:40 | 2:12.5%
    "#]]
    .assert_eq(&told([page]));
}

#[test]
fn a_line_below_a_heading_of_columns_says_how_far_it_reaches() {
    let page = Sketch::new(1)
        .level(50.0, 350.0, 88.0)
        .text(215.0, 100.0, 10.0, "Amount")
        .level(150.0, 350.0, 104.0)
        .rows(
            114.0,
            &[50.0, 160.0, 240.0, 310.0],
            &[&["Region", "2017", "2018", "2019"]],
        )
        .level(50.0, 350.0, 118.0)
        .rows(
            130.0,
            &[50.0, 160.0, 240.0, 310.0],
            &[
                &["North", "11", "12", "13"],
                &["South", "21", "22", "23"],
                &["East", "31", "32", "33"],
            ],
        )
        .level(50.0, 350.0, 166.0);
    expect![[r#"
        table 5x4
          0:Region (2x1) | 1:Amount (1x3)
          1:2017 | 2:2018 | 3:2019
          0:North | 1:11 | 2:12 | 3:13
          0:South | 1:21 | 2:22 | 3:23
          0:East | 1:31 | 2:32 | 3:33
    "#]]
    .assert_eq(&told([page]));
}

#[test]
fn one_line_across_several_opens_a_table_at_its_top_and_foot() {
    let page = Sketch::new(1)
        .upright(80.0, 170.0, 150.0)
        .level(50.0, 300.0, 110.0)
        .level(50.0, 300.0, 140.0)
        .rows(
            100.0,
            &[60.0, 160.0],
            &[
                &["a", "first"],
                &[""],
                &["b", "second"],
                &[""],
                &["c", "third"],
            ],
        );
    expect![[r#"
        table 3x2
          0:a | 1:first
          0:b | 1:second
          0:c | 1:third
    "#]]
    .assert_eq(&told([page]));
}

#[test]
fn white_lines_on_a_ground_end_where_the_ground_does() {
    let mut page = Sketch::new(1)
        .ground(Rect::new(50.0, 80.0, 300.0, 100.0), [120; 3])
        .ground(Rect::new(50.0, 100.0, 300.0, 160.0), [220; 3]);
    for y in [100.0, 120.0, 140.0] {
        page = page.level(50.0, 300.0, y);
    }
    page = page.upright(80.0, 160.0, 150.0);
    for ruling in &mut page.0.rulings {
        ruling.color = [255; 3];
    }
    let page = page
        .rows(94.0, &[60.0, 160.0], &[&["kind", "rate"]])
        .rows(114.0, &[60.0, 160.0], &[&["a", "first"]])
        .rows(134.0, &[60.0, 160.0], &[&["b", "second"]])
        .rows(154.0, &[60.0, 160.0], &[&["c", "third"]]);
    expect![[r#"
        table 4x2
          0:kind | 1:rate
          0:a | 1:first
          0:b | 1:second
          0:c | 1:third
    "#]]
    .assert_eq(&told([page]));
}

#[test]
fn lines_below_each_row_say_what_belongs_to_it() {
    let mut page = Sketch::new(1).rows(
        100.0,
        &[50.0, 120.0],
        &[
            &["Author", "A. Gal"],
            &["Since", "Version 4 of"],
            &["", "2023"],
            &["Source", "a.example"],
            &["", "slash source"],
            &["", "slash tree"],
            &["", "slash main"],
            &["", "slash pages"],
            &["Size", "4 megabytes"],
            &["Licence", "free"],
        ],
    );
    for y in [89.0, 103.0, 131.0, 201.0, 215.0, 229.0] {
        page = page.level(48.0, 240.0, y);
    }
    expect![[r#"
        table 5x2
          0:Author | 1:A. Gal
          0:Since | 1:Version 4 of 2023
          0:Source | 1:a.example slash source slash tree slash main slash pages
          0:Size | 1:4 megabytes
          0:Licence | 1:free
    "#]]
    .assert_eq(&told([page]));
}

#[test]
fn a_label_may_run_up_to_the_number_behind_it() {
    let page = Sketch::new(1)
        .rows(
            100.0,
            &[50.0, 152.0, 220.0],
            &[
                &["Name", "Number", "Share"],
                &["alpha", "11", "20"],
                &["beta", "12", "30"],
                &["gamma", "13", "40"],
                &["delta", "14", "50"],
                &["epsilon", "15", "60"],
                &["zeta", "16", "70"],
                &["eta", "17", "80"],
                &["theta", "18", "90"],
                &["iota", "19", "92"],
                &["kappa", "20", "94"],
                &["lambda", "21", "96"],
            ],
        )
        .rows(
            268.0,
            &[50.0, 152.0, 220.0],
            &[&["a rather long label", "22", "98"]],
        );
    let text = told([page]);
    assert!(
        text.contains("0:a rather long label | 1:22 | 2:98"),
        "{text}"
    );
}

#[test]
fn text_in_a_turned_cell_is_read_as_it_runs() {
    let page = Sketch::new(1)
        .grid(&[50.0, 80.0, 150.0], &[100.0, 160.0, 220.0])
        .upwards(70.0, 150.0, "upward")
        .text(85.0, 130.0, 10.0, "first row")
        .text(55.0, 190.0, 10.0, "x")
        .text(85.0, 190.0, 10.0, "second");
    expect![[r#"
        table 2x2
          0:upward | 1:first row
          0:x | 1:second
    "#]]
    .assert_eq(&told([page]));
}

#[test]
fn a_row_over_the_whole_width_may_be_the_caption_or_a_note() {
    let page = Sketch::new(1)
        .grid(&[50.0, 290.0], &[100.0, 120.0])
        .grid(&XS, &[120.0, 140.0, 160.0])
        .grid(&[50.0, 290.0], &[160.0, 180.0])
        .text(55.0, 114.0, 10.0, "Table 3. What was found")
        .rows(134.0, &TEXT, &[&["a", "b", "c"]])
        .rows(154.0, &TEXT, &[&["d", "e", "f"]])
        .text(55.0, 174.0, 10.0, "Note: it is so");
    expect![[r#"
        table 2x3 Table 3. What was found
          0:a | 1:b | 2:c
          0:d | 1:e | 2:f
        paragraph Note: it is so
    "#]]
    .assert_eq(&told([page]));
}

#[test]
fn a_ruled_table_in_a_script_from_the_right_begins_there() {
    let page = Sketch::new(1)
        .grid(&XS, &[86.0, 106.0, 126.0])
        .rows(100.0, &TEXT, &[&["2019", "12", "ש"]])
        .rows(120.0, &TEXT, &[&["2020", "14", "מ"]]);
    expect![[r#"
        table 2x3
          0:ש | 1:12 | 2:2019
          0:מ | 1:14 | 2:2020
    "#]]
    .assert_eq(&told([page]));
}

#[test]
fn a_table_close_to_the_lines_of_the_cell_that_it_stands_in_is_its_own() {
    let page = Sketch::new(1)
        .grid(&[50.0, 150.0, 350.0], &[80.0, 100.0, 180.0, 200.0])
        .grid(&[153.0, 250.0, 347.0], &[103.0, 140.0, 177.0])
        .rows(94.0, &[55.0, 155.0], &[&["a", "b"]])
        .rows(120.0, &[55.0, 158.0, 255.0], &[&["c", "d", "e"]])
        .rows(160.0, &[158.0, 255.0], &[&["f", "g"]])
        .rows(194.0, &[55.0, 155.0], &[&["h", "i"]]);
    let analysis = analysed([page], Hints::default());
    let outer = first_table(&analysis);
    assert_eq!((outer.rows(), outer.width()), (3, 2));
    let inner: Vec<_> = outer
        .cells()
        .iter()
        .filter_map(|cell| match &cell.content {
            Content::Blocks(blocks) => blocks.iter().find_map(|block| match block {
                Block::Table(table) => Some((cell.row, cell.col, table.rows(), table.width())),
                _ => None,
            }),
            Content::Text(_) => None,
        })
        .collect();
    assert_eq!(inner, [(1, 1, 2, 2)]);
}

#[test]
fn a_number_that_a_narrow_cell_breaks_is_one_number() {
    // Numbers of five points a digit, in cells that have room for four and a half.
    let broken = [
        ["1234", "5"],
        ["2019", "2020"],
        ["3.00", "00"],
        ["1,23", "4.5%"],
    ];
    let mut page = Sketch::new(1).grid(&[50.0, 150.0, 176.5], &[86.0, 120.0, 154.0, 188.0, 222.0]);
    for (row, lines) in broken.into_iter().enumerate() {
        let y = 100.0 + 34.0 * row as f32;
        page = page.text(55.0, y, 10.0, "a label").lines(152.0, y, &lines);
    }
    let wide = Sketch::new(2)
        .grid(&[50.0, 150.0, 300.0], &[86.0, 120.0, 154.0])
        .lines(55.0, 100.0, &["another label"])
        .lines(152.0, 100.0, &["1234", "5"])
        .lines(55.0, 134.0, &["and one more"])
        .lines(152.0, 134.0, &["6"]);
    expect![[r#"
        table 5x2
          0:a label | 1:12345
          0:a label | 1:2019
          1:2020
          0:a label | 1:3.0000
          0:a label | 1:1,234.5%
        table 3x2
          0:another label | 1:1234
          1:5
          0:and one more | 1:6
    "#]]
    .assert_eq(&told([page, wide]));
}

#[test]
fn numbers_below_one_another_beside_other_lines_stay_two() {
    // Rows without a line between them, in a column as wide as its widest number and its margins.
    let page = Sketch::new(1)
        .grid(&[50.0, 150.0, 182.0], &[80.0, 100.0, 130.0])
        .rows(94.0, &[55.0, 156.0], &[&["Name", "Sum"]])
        .rows(112.0, &[55.0], &[&["Alpha"], &["Beta"]])
        .text(156.0, 112.0, 10.0, "1200")
        .text(161.0, 126.0, 10.0, "800");
    expect![[r#"
        table 3x2
          0:Name | 1:Sum
          0:Alpha | 1:1200
          0:Beta | 1:800
    "#]]
    .assert_eq(&told([page]));
}

#[test]
fn boxes_to_be_ticked_are_no_lines_of_the_table() {
    let page = Sketch::new(1)
        .grid(&[50.0, 150.0, 300.0], &[80.0, 100.0, 120.0])
        .rows(94.0, &[55.0, 170.0], &[&["Is it so?", "yes"]])
        .text(220.0, 94.0, 10.0, "no")
        .grid(&[155.0, 166.0], &[83.0, 94.5])
        .grid(&[205.0, 216.0], &[83.0, 94.5])
        .rows(114.0, &[55.0, 155.0], &[&["Name", "someone"]]);
    expect![[r#"
        table 2x2
          0:Is it so? | 1:yes no
          0:Name | 1:someone
    "#]]
    .assert_eq(&told([page]));
}
