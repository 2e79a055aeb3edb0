//! Tables that the structure of a document names, and how sure each table is.

use crate::support::{Sketch, TEXT, XS, analysed, first_table, tell};
use expect_test::expect;
use tabulary_ir::{Block, Origin};
use tabulary_pages::{Child, Element, Hints, Role};

fn cell(role: Role, mark: u32, col_span: u32) -> Child {
    cell_on(&[1], role, mark, [1, col_span])
}

/// A cell that has the same mark on several pages.
fn cell_on(pages: &[u32], role: Role, mark: u32, [row_span, col_span]: [u32; 2]) -> Child {
    let marks = pages.iter().map(|page| Child::Mark { page: *page, mark });
    Child::Element(Element {
        role,
        col_span,
        row_span,
        children: marks.collect(),
        ..Element::default()
    })
}

fn tagged(rows: Vec<Vec<Child>>) -> Hints {
    let rows = rows.into_iter().map(|children| {
        Child::Element(Element {
            role: Role::Row,
            children,
            ..Element::default()
        })
    });
    let table = Element {
        role: Role::Table,
        children: rows.collect(),
        ..Element::default()
    };
    Hints {
        structure: Some(Element {
            children: vec![Child::Element(table)],
            ..Element::default()
        }),
        ..Hints::default()
    }
}

#[test]
fn the_structure_is_believed_where_the_page_agrees() {
    let page = || {
        Sketch::new(1)
            .marked(90.0, 100.0, 0, "over both")
            .marked(50.0, 130.0, 1, "left words")
            .marked(200.0, 130.0, 2, "right words")
    };
    let hints = tagged(vec![
        vec![cell(Role::HeaderCell, 0, 2)],
        vec![cell(Role::DataCell, 1, 1), cell(Role::DataCell, 2, 1)],
    ]);
    expect![[r#"
        table 2x2
          0:over both (1x2)
          0:left words | 1:right words
    "#]]
    .assert_eq(&tell(&analysed([page()], hints)));

    // The second row stands above the first one on the page, and the spans do not add up.
    let wrong = tagged(vec![
        vec![cell(Role::DataCell, 1, 1)],
        vec![cell(Role::DataCell, 0, 1), cell(Role::DataCell, 2, 1)],
    ]);
    assert!(!tell(&analysed([page()], wrong)).contains("table"));
}

#[test]
fn columns_of_the_structure_without_text_of_their_own_have_a_width() {
    let page = Sketch::new(1)
        .marked(50.0, 100.0, 0, "over three")
        .marked(200.0, 100.0, 1, "over two")
        .marked(300.0, 100.0, 2, "one")
        .marked(50.0, 130.0, 3, "over four columns")
        .marked(300.0, 130.0, 4, "two");
    let hints = tagged(vec![
        vec![
            cell(Role::DataCell, 0, 2),
            cell(Role::DataCell, 1, 2),
            cell(Role::DataCell, 2, 1),
        ],
        vec![cell(Role::DataCell, 3, 4), cell(Role::DataCell, 4, 1)],
    ]);
    let analysis = analysed([page], hints);
    let table = first_table(&analysis);
    // From 50 to 100 runs the first text, from 200 to 240 the second, from 300 to 315 the third; no text tells where
    // the first two columns meet, and the next two.
    let widths: Vec<String> = table
        .columns()
        .iter()
        .filter_map(|column| column.width.as_ref().map(ToString::to_string))
        .collect();
    expect!["50 50 60 60 45"].assert_eq(&widths.join(" "));
}

#[test]
fn the_first_column_may_be_the_rightmost_one() {
    let page = Sketch::new(1)
        .marked(220.0, 100.0, 0, "ا")
        .marked(150.0, 100.0, 1, "ب")
        .marked(60.0, 100.0, 2, "ج")
        .marked(220.0, 130.0, 3, "2019")
        .marked(60.0, 130.0, 4, "over two");
    let hints = tagged(vec![
        vec![
            cell(Role::HeaderCell, 0, 1),
            cell(Role::HeaderCell, 1, 1),
            cell(Role::HeaderCell, 2, 1),
        ],
        vec![cell(Role::DataCell, 3, 1), cell(Role::DataCell, 4, 2)],
    ]);
    let analysis = analysed([page], hints);
    expect![[r#"
        table 2x3
          0:ا | 1:ب | 2:ج
          0:2019 | 1:over two (1x2)
    "#]]
    .assert_eq(&tell(&analysis));
    let table = first_table(&analysis);
    assert!(table.rtl);
}

#[test]
fn a_footnote_of_a_cell_is_no_part_of_the_table() {
    let page = Sketch::new(1)
        .marked(50.0, 100.0, 0, "first")
        .marked(200.0, 100.0, 1, "second")
        .marked(50.0, 130.0, 2, "third")
        .marked(200.0, 130.0, 3, "fourth")
        .marked(50.0, 560.0, 4, "a note that runs along all of the page");
    let mut noted = cell(Role::DataCell, 1, 1);
    if let Child::Element(cell) = &mut noted {
        cell.children.push(Child::Element(Element {
            role: Role::Note,
            children: vec![Child::Mark { page: 1, mark: 4 }],
            ..Element::default()
        }));
    }
    let hints = tagged(vec![
        vec![cell(Role::DataCell, 0, 1), noted],
        vec![cell(Role::DataCell, 2, 1), cell(Role::DataCell, 3, 1)],
    ]);
    expect![[r#"
        table 2x2
          0:first | 1:second
          0:third | 1:fourth
        paragraph a note that runs along all of the page
    "#]]
    .assert_eq(&tell(&analysed([page], hints)));
}

#[test]
fn text_in_columns_is_no_table_where_tables_are_named_and_it_is_not() {
    let page = || {
        let mut page =
            Sketch::new(1)
                .marked(50.0, 500.0, 0, "a table")
                .marked(200.0, 500.0, 1, "elsewhere");
        for row in 0..4u32 {
            for (col, x) in [50.0, 150.0, 250.0].into_iter().enumerate() {
                let y = 100.0 + 14.0 * row as f32;
                page = page.marked(x, y, 2, &format!("{}", 7 * row + 13 * col as u32));
            }
        }
        page
    };
    let mut hints = tagged(vec![vec![
        cell(Role::DataCell, 0, 1),
        cell(Role::DataCell, 1, 1),
    ]]);
    assert_eq!(
        tell(&analysed([page()], hints.clone()))
            .matches("table")
            .count(),
        3
    );
    if let Some(root) = &mut hints.structure {
        root.children.push(Child::Element(Element {
            role: Role::Paragraph,
            children: vec![Child::Mark { page: 1, mark: 2 }],
            ..Element::default()
        }));
    }
    assert_eq!(tell(&analysed([page()], hints)).matches("table").count(), 2);
}

#[test]
fn blank_rows_at_the_end_and_the_cells_that_reach_into_them_stay() {
    let page =
        Sketch::new(1)
            .marked(50.0, 100.0, 0, "left")
            .marked(200.0, 100.0, 1, "over three rows");
    let on = |mark, spans| cell_on(&[1], Role::DataCell, mark, spans);
    let hints = tagged(vec![
        vec![on(0, [1, 2]), on(1, [3, 1])],
        vec![on(2, [1, 1]), on(3, [1, 1])],
        vec![on(4, [1, 2])],
    ]);
    let analysis = analysed([page], hints);
    let table = first_table(&analysis);
    let cells: Vec<[u32; 4]> = table
        .cells()
        .iter()
        .map(|cell| [cell.row, cell.col, cell.row_span, cell.col_span])
        .collect();
    expect!["3 rows, [[0, 0, 1, 2], [0, 2, 3, 1], [2, 0, 1, 2]]"]
        .assert_eq(&format!("{} rows, {cells:?}", table.rows()));
}

#[test]
fn a_cell_of_the_structure_goes_on_over_pages() {
    let single = |page, mark| cell_on(&[page], Role::DataCell, mark, [1, 1]);
    let hints = tagged(vec![
        vec![
            cell_on(&[1, 2], Role::DataCell, 0, [4, 1]),
            single(1, 1),
            single(1, 2),
        ],
        vec![cell_on(&[1, 2, 3], Role::DataCell, 3, [1, 1]), single(1, 4)],
        vec![single(3, 5), single(3, 6)],
        vec![single(3, 7), single(3, 8)],
    ]);
    let first = Sketch::new(1)
        .marked(50.0, 500.0, 0, "tall begins")
        .marked(150.0, 500.0, 1, "a")
        .marked(300.0, 500.0, 2, "b")
        .marked(150.0, 530.0, 3, "one")
        .marked(300.0, 530.0, 4, "c");
    let second = Sketch::new(2)
        .marked(50.0, 100.0, 0, "and ends")
        .marked(150.0, 100.0, 3, "two");
    let third = Sketch::new(3)
        .marked(150.0, 100.0, 3, "three")
        .marked(150.0, 130.0, 5, "d")
        .marked(300.0, 130.0, 6, "e")
        .marked(150.0, 160.0, 7, "f")
        .marked(300.0, 160.0, 8, "g");
    expect![[r#"
        table 4x3 on pages [1, 2, 3]
          0:tall begins and ends (4x1) | 1:a | 2:b
          1:one two three | 2:c
          1:d | 2:e
          1:f | 2:g
    "#]]
    .assert_eq(&tell(&analysed([first, second, third], hints)));
}

/// How the tables of a page were found.
fn found(page: Sketch, hints: Hints) -> Vec<String> {
    let analysis = analysed([page], hints);
    let origins = analysis.body.iter().filter_map(Block::origin);
    origins
        .filter_map(|origin| match origin {
            Origin::Page { found, .. } => found.map(|found| found.to_string()),
            _ => None,
        })
        .collect()
}

#[test]
fn a_table_says_how_it_was_found_and_how_sure_it_is() {
    let ys = [100.0, 120.0, 140.0, 160.0];
    let rows: &[&[&str]] = &[&["a", "b", "c"], &["d", "e", "f"], &["g", "h", "i"]];
    let filled = |page: Sketch| {
        let filled = page.rows(114.0, &TEXT, &rows[..1]);
        let filled = filled.rows(134.0, &TEXT, &rows[1..2]);
        filled.rows(154.0, &TEXT, &rows[2..])
    };
    let ruled = filled(Sketch::new(1).grid(&XS, &ys));
    // The line below the second row ends within its last cell.
    let mut worn = Sketch::new(1).grid(&XS, &ys);
    for ruling in &mut worn.0.rulings {
        if !ruling.upright && (ruling.bbox.center_y() - 140.0).abs() < 0.01 {
            ruling.bbox.x1 = 260.0;
        }
    }
    let numbers = |page: Sketch| {
        page.rows(
            114.0,
            &TEXT,
            &[
                &["Name", "First", "Last"],
                &["alpha", "1.5", "20"],
                &["beta", "2.5", "30"],
                &["gamma", "3.5", "40"],
                &["delta", "4.5", "50"],
            ],
        )
    };
    let framed = numbers(
        Sketch::new(1)
            .level(50.0, 290.0, 100.0)
            .level(50.0, 290.0, 119.0)
            .level(50.0, 290.0, 176.0),
    );
    let marked =
        Sketch::new(1)
            .marked(50.0, 100.0, 0, "left words")
            .marked(200.0, 100.0, 1, "right words");
    let structure = tagged(vec![vec![
        cell(Role::DataCell, 0, 1),
        cell(Role::DataCell, 1, 1),
    ]]);
    let all: Vec<String> = [
        (ruled, Hints::default()),
        (filled(worn), Hints::default()),
        (framed, Hints::default()),
        (numbers(Sketch::new(1)), Hints::default()),
        (marked, structure),
    ]
    .into_iter()
    .flat_map(|(page, hints)| found(page, hints))
    .collect();
    expect![[r#"
        by lines around its cells, 100 % sure
        by lines around its cells, 97 % sure
        by some lines and where its text stands, 68 % sure
        by where its text stands alone, 29 % sure
        by the structure that its maker gives, 100 % sure"#]]
    .assert_eq(&all.join("\n"));
}

#[test]
fn a_page_with_one_column_keeps_the_side_from_which_columns_count() {
    let first = Sketch::new(1)
        .marked(220.0, 100.0, 0, "ا")
        .marked(60.0, 100.0, 1, "ب");
    let second = Sketch::new(2).marked(220.0, 100.0, 0, "ج");
    let on = |page, mark| cell_on(&[page], Role::DataCell, mark, [1, 1]);
    let hints = tagged(vec![vec![on(1, 0), on(1, 1)], vec![on(2, 0), on(2, 1)]]);
    expect![[r#"
        table 2x2 on pages [1, 2]
          0:ا | 1:ب
          0:ج
    "#]]
    .assert_eq(&tell(&analysed([first, second], hints)));
}
