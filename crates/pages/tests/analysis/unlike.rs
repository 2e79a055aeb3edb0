//! What stands in columns and is no table.

use crate::support::{Sketch, told};
use tabulary_pages::{Picture, Rect};

#[test]
fn prose_lists_contents_and_charts_are_no_tables() {
    let prose = [
        "The first of two columns of prose with",
        "lines that run to the margin of their",
        "column, one below the other, as prose",
        "does when it is set in narrow columns",
        "on a page that is wide enough for two",
        "of them and has nothing else to show.",
    ];
    let columns = Sketch::new(1)
        .lines(10.0, 100.0, &prose)
        .lines(208.0, 100.0, &prose);
    assert!(!told([columns]).contains("table"));

    let list = Sketch::new(1).rows(
        100.0,
        &[50.0, 70.0],
        &[
            &["1.", "the first thing of several"],
            &["2.", "the second of them"],
            &["3.", "and the third"],
        ],
    );
    assert!(!told([list]).contains("table"));

    let contents = Sketch::new(1).rows(
        100.0,
        &[50.0, 340.0],
        &[
            &["Introduction ..........................", "1"],
            &["Methods ...............................", "4"],
            &["Results ...............................", "9"],
        ],
    );
    assert!(!told([contents]).contains("table"));

    let mut chart = Sketch::new(1).grid(&[50.0, 100.0, 150.0, 200.0], &[100.0, 150.0, 200.0]);
    chart = chart.rows(114.0, &[55.0, 105.0, 155.0], &[&["10", "20", "30"]]);
    chart.0.drawings.push(Rect::new(60.0, 110.0, 190.0, 190.0));
    assert!(!told([chart]).contains("table"));
}

#[test]
fn boxes_beside_one_another_are_no_table() {
    let page = Sketch::new(1)
        .ground(Rect::new(50.0, 80.0, 150.0, 160.0), [220, 220, 255])
        .ground(Rect::new(150.0, 80.0, 250.0, 160.0), [220, 255, 220])
        .rows(100.0, &[60.0, 160.0], &[&["to the left", "to the right"]]);
    assert!(!told([page]).contains("table"));
}

#[test]
fn text_on_a_picture_is_no_table() {
    let page = |width: f32| {
        let mut page = Sketch::new(1).rows(
            100.0,
            &[50.0, 110.0, 170.0],
            &[
                &["12", "7", "31"],
                &["14", "9", "25"],
                &["15", "3", "21"],
                &["a", "b", "c"],
            ],
        );
        page.0.images.push(Picture {
            bbox: Rect::new(20.0, 60.0, 20.0 + width, 200.0),
            ..Picture::default()
        });
        page
    };
    assert!(!told([page(250.0)]).contains("table"));
    let whole = page(370.0);
    assert!(
        told([whole]).contains("table"),
        "a ground of the page is no picture"
    );
}

#[test]
fn ticks_of_upright_axes_are_no_tables() {
    let page = |last: [&str; 2]| {
        let rows = [
            ["450", "90"],
            ["400", "80"],
            ["350", "70"],
            ["300", "60"],
            ["250", "50"],
            last,
        ];
        let rows: Vec<&[&str]> = rows.iter().map(|row| row.as_slice()).collect();
        Sketch::new(1)
            .rows(88.0, &[50.0, 200.0], &[&["Italy", "France"]])
            .rows(100.0, &[50.0, 200.0], &rows)
            .rows(
                172.0,
                &[50.0, 200.0],
                &[&["in points", "in points"], &["2010", "2010"]],
            )
    };
    assert!(!told([page(["200", "40"])]).contains("table"));
    let uneven = Sketch::new(1).rows(
        100.0,
        &[50.0, 200.0],
        &[
            &["Italy", "France"],
            &["450", "81"],
            &["400", "80"],
            &["320", "70"],
            &["300", "61"],
            &["250", "50"],
        ],
    );
    assert!(told([uneven]).contains("table"));
}

#[test]
fn charts_keys_and_formulas_are_no_tables() {
    let bars = |last: &[&str]| {
        Sketch::new(1)
            .rows(
                100.0,
                &[50.0, 160.0, 210.0, 260.0],
                &[
                    &["never", "3 %"],
                    &["at times", "", "25 %"],
                    &["each day", "", "", "60 %"],
                ],
            )
            .rows(142.0, &[150.0, 190.0, 230.0, 270.0], &[last])
            .level(50.0, 290.0, 85.0)
            .level(50.0, 290.0, 150.0)
    };
    assert!(!told([bars(&["0%", "20%", "40%", "60%"])]).contains("table"));
    assert!(!told([bars(&["1", "2", "3", "4"])]).contains("table"));
    assert!(told([bars(&["7%", "20%", "45%", "60%"])]).contains("table"));

    let key = |sign: &str| {
        Sketch::new(1).rows(
            100.0,
            &[50.0, 160.0, 250.0],
            &[
                &["staff", &format!("$ {sign} 1000"), "25"],
                &["tools", &format!("$$ {sign} 2000"), "35"],
                &["rooms", &format!("$$$ {sign} 3000"), "45"],
            ],
        )
    };
    assert!(!told([key("=")]).contains("table"));
    assert!(told([key("to")]).contains("table"));

    let formula = |first: &str| {
        Sketch::new(1).rows(
            100.0,
            &[50.0, 110.0, 150.0],
            &[&["", "nx", "x2"], &[first, "1 +", "2 +"], &["", "1", "2"]],
        )
    };
    assert!(!told([formula("y = 1 +")]).contains("table"));
    assert!(told([formula("y is 1")]).contains("table"));
}

#[test]
fn words_at_even_distances_are_prose() {
    // The same distance between all words of a line, or one that is larger where a column would begin.
    let page = |more: f32| {
        let rows = [
            ["Greim", "wrote", "about", "signs"],
            ["which", "older", "books", "named"],
            ["after", "those", "towns", "where"],
        ];
        let mut page = Sketch::new(1);
        for (row, words) in rows.iter().enumerate() {
            let letters: usize = words.iter().map(|word| word.len()).sum();
            let blank = (154.0 - 5.0 * letters as f32) / 3.0;
            let mut x = 50.0;
            for (col, word) in words.iter().enumerate() {
                page = page.text(x, 100.0 + 14.0 * row as f32, 10.0, word);
                let wider = if col == 1 { more } else { 0.0 };
                x += 5.0 * word.len() as f32 + blank + wider;
            }
        }
        page
    };
    assert!(!told([page(0.0)]).contains("table"));
    assert!(told([page(60.0)]).contains("table"));
}

#[test]
fn bars_below_a_line_part_a_footer_and_no_table() {
    let page = Sketch::new(1)
        .level(50.0, 300.0, 550.0)
        .upright(550.0, 562.0, 250.0)
        .upright(550.0, 562.0, 280.0)
        .rows(
            560.0,
            &[60.0, 252.0, 285.0],
            &[&["The name of the report", "2007", "5"]],
        );
    assert!(!told([page]).contains("table"));
}
