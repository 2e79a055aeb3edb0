//! Tables over several pages.

use crate::support::{Sketch, TEXT, XS, told};
use expect_test::expect;

#[test]
fn a_table_over_pages_is_one() {
    let header: &[&str] = &["Name", "Says", "Count"];
    let first = Sketch::new(1)
        .text(
            50.0,
            60.0,
            10.0,
            "Text before the table, on a line of its own.",
        )
        .grid(&XS, &[500.0, 520.0, 540.0, 560.0])
        .rows(514.0, &TEXT, &[header])
        .rows(534.0, &TEXT, &[&["alpha", "whole", "1"]])
        .rows(554.0, &TEXT, &[&["beta", "begins and", "2"]]);
    let second = Sketch::new(2)
        .grid(&XS, &[100.0, 120.0, 140.0, 160.0])
        .rows(114.0, &TEXT, &[header])
        .rows(134.0, &TEXT, &[&["", "goes on", ""]])
        .rows(154.0, &TEXT, &[&["gamma", "whole", "3"]]);
    expect![[r#"
        paragraph Text before the table, on a line of its own.
        table 4x3 on pages [1, 2]
          0:Name | 1:Says | 2:Count
          0:alpha | 1:whole | 2:1
          0:beta | 1:begins and goes on | 2:2
          0:gamma | 1:whole | 2:3
    "#]]
    .assert_eq(&told([first, second]));
}

#[test]
fn what_stands_above_the_header_is_not_repeated_with_it() {
    let header: &[&str] = &["Name", "Says", "Count"];
    let first = Sketch::new(1)
        .grid(&XS, &[500.0, 520.0, 540.0])
        .level(XS[0], XS[3], 480.0)
        .upright(480.0, 500.0, XS[0])
        .upright(480.0, 500.0, XS[3])
        .text(120.0, 494.0, 10.0, "The title of all")
        .rows(514.0, &TEXT, &[header])
        .rows(534.0, &TEXT, &[&["alpha", "whole", "1"]]);
    let second = Sketch::new(2)
        .grid(&XS, &[100.0, 120.0, 140.0])
        .rows(114.0, &TEXT, &[header])
        .rows(134.0, &TEXT, &[&["gamma", "whole", "3"]]);
    expect![[r#"
        table 4x3 on pages [1, 2]
          0:The title of all (1x3)
          0:Name | 1:Says | 2:Count
          0:alpha | 1:whole | 2:1
          0:gamma | 1:whole | 2:3
    "#]]
    .assert_eq(&told([first, second]));
}

#[test]
fn the_rest_of_a_row_on_the_next_page_may_have_text_in_one_cell() {
    let first = Sketch::new(1)
        .grid(&XS, &[500.0, 520.0, 560.0])
        .rows(514.0, &TEXT, &[&["Name", "Says", "Count"]])
        .rows(
            534.0,
            &TEXT,
            &[&["alpha", "something", "1"], &["", "that is"]],
        );
    let second = Sketch::new(2)
        .grid(&XS, &[60.0, 80.0])
        .rows(74.0, &TEXT, &[&["", "long", ""]])
        .text(
            50.0,
            120.0,
            10.0,
            "Text behind the table, on a line of its own.",
        );
    expect![[r#"
        table 2x3 on pages [1, 2]
          0:Name | 1:Says | 2:Count
          0:alpha | 1:something that is long | 2:1
        paragraph Text behind the table, on a line of its own.
    "#]]
    .assert_eq(&told([first, second]));
}

#[test]
fn a_page_may_lack_an_edge_that_none_of_its_cells_needs() {
    let first = Sketch::new(1)
        .grid(&[50.0, 100.0, 150.0, 290.0], &[500.0, 520.0, 540.0])
        .rows(514.0, &[55.0, 105.0, 155.0], &[&["a", "b", "c"]])
        .rows(534.0, &[55.0, 105.0, 155.0], &[&["d", "e", "f"]]);
    let second = Sketch::new(2)
        .grid(&[50.0, 150.0, 290.0], &[100.0, 120.0, 140.0])
        .rows(114.0, &[55.0, 155.0], &[&["whole", "x"]])
        .rows(134.0, &[55.0, 155.0], &[&["last", "y"]]);
    expect![[r#"
        table 4x3 on pages [1, 2]
          0:a | 1:b | 2:c
          0:d | 1:e | 2:f
          0:whole (1x2) | 2:x
          0:last (1x2) | 2:y
    "#]]
    .assert_eq(&told([first, second]));
}

#[test]
fn a_title_that_is_said_again_parts_no_table() {
    let header: &[&str] = &["Name", "Says", "Count"];
    let pages_from = |top: f32, again: &str| {
        let first = Sketch::new(1)
            .text(60.0, top - 20.0, 10.0, "表1 What the table is about")
            .grid(&XS, &[top, top + 20.0, top + 40.0])
            .rows(top + 14.0, &TEXT, &[header])
            .rows(top + 34.0, &TEXT, &[&["alpha", "whole", "1"]]);
        let second = Sketch::new(2)
            .text(60.0, 90.0, 10.0, again)
            .grid(&XS, &[100.0, 120.0, 140.0])
            .rows(114.0, &TEXT, &[header])
            .rows(134.0, &TEXT, &[&["gamma", "whole", "3"]]);
        told([first, second])
    };
    let pages = |again| pages_from(500.0, again);
    let whole = pages("表1 What the table is about");
    expect![[r#"
        table 3x3 on pages [1, 2] 表1 What the table is about
          0:Name | 1:Says | 2:Count
          0:alpha | 1:whole | 2:1
          0:gamma | 1:whole | 2:3
    "#]]
    .assert_eq(&whole);
    assert_eq!(pages("续表1"), whole);
    assert_eq!(pages("表1 What the table is about (continued)"), whole);
    assert_eq!(
        pages("表2 What another table is about")
            .matches("table 2x3")
            .count(),
        2
    );
    let forms = pages_from(100.0, "表1 What the table is about");
    assert_eq!(
        forms.matches("table 2x3").count(),
        2,
        "a form after another"
    );
}

#[test]
fn a_row_of_one_text_that_comes_again_is_no_header() {
    let first = Sketch::new(1)
        .grid(&XS, &[500.0, 520.0, 540.0, 560.0])
        .rows(514.0, &TEXT, &[&["Date"]])
        .rows(534.0, &TEXT, &[&["Place"]])
        .rows(554.0, &TEXT, &[&["Signature"]]);
    let second = Sketch::new(2)
        .grid(&XS, &[100.0, 120.0, 140.0])
        .rows(114.0, &TEXT, &[&["Place"]])
        .rows(134.0, &TEXT, &[&["Witness", "and", "more"]]);
    assert_eq!(told([first, second]).matches("Place").count(), 2);
}
