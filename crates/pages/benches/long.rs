//! How long the analysis of one table over many pages takes: ten times the pages are to take ten times as long.

use divan::Bencher;
use tabulary_ir::Diagnostics;
use tabulary_pages::{Analyzer, Child, Element, Glyph, Hints, Page, Rect, Role, Ruling};

const PAGES: [u32; 3] = [20, 200, 2000];
/// The rows of a page, the first of which is the header.
const ROWS: u32 = 31;
const COLUMNS: u32 = 5;
const WIDTH: f32 = 100.0;
const HEIGHT: f32 = 20.0;
const LEFT: f32 = 40.0;
const TOP: f32 = 60.0;

fn main() {
    divan::main();
}

fn ruling(bbox: Rect, upright: bool) -> Ruling {
    Ruling {
        bbox,
        upright,
        color: [0; 3],
    }
}

/// A page of the table; each cell has a mark of its own.
fn page(number: u32) -> Page {
    let mut page = Page {
        number,
        width: 600.0,
        height: 800.0,
        ..Page::default()
    };
    let (right, bottom) = (LEFT + WIDTH * COLUMNS as f32, TOP + HEIGHT * ROWS as f32);
    for row in 0..=ROWS {
        let y = TOP + HEIGHT * row as f32;
        page.rulings
            .push(ruling(Rect::new(LEFT, y - 0.25, right, y + 0.25), false));
    }
    for column in 0..=COLUMNS {
        let x = LEFT + WIDTH * column as f32;
        page.rulings
            .push(ruling(Rect::new(x - 0.25, TOP, x + 0.25, bottom), true));
    }
    for row in 0..ROWS {
        for column in 0..COLUMNS {
            let (x, y) = (
                LEFT + 5.0 + WIDTH * column as f32,
                TOP + 14.0 + HEIGHT * row as f32,
            );
            let text = match row {
                0 => format!("Column {column}"),
                _ => format!("{number}.{row}.{column}"),
            };
            for (at, c) in text.chars().enumerate() {
                let x = x + 5.0 * at as f32;
                page.glyphs.push(Glyph {
                    text: c.to_string().into(),
                    bbox: Rect::new(x, y - 8.0, x + 5.0, y + 2.0),
                    origin: [x, y],
                    size: 10.0,
                    mark: Some(row * COLUMNS + column),
                    ..Glyph::default()
                });
            }
        }
    }
    page
}

/// The structure that calls the pages one table.
fn tagged(pages: u32) -> Element {
    let element = |role, children| Element {
        role,
        row_span: 1,
        col_span: 1,
        children,
        ..Element::default()
    };
    let row = |page: u32, row: u32| {
        let cells = (0..COLUMNS).map(|column| {
            let mark = Child::Mark {
                page,
                mark: row * COLUMNS + column,
            };
            Child::Element(element(Role::DataCell, vec![mark]))
        });
        Child::Element(element(Role::Row, cells.collect()))
    };
    let rows = (1..=pages).flat_map(|page| (0..ROWS).map(move |number| row(page, number)));
    let table = element(Role::Table, rows.collect());
    element(Role::Group, vec![Child::Element(table)])
}

fn analyse(bencher: Bencher<'_, '_>, pages: u32, structure: impl Fn() -> Option<Element> + Sync) {
    bencher
        .counter(pages)
        .with_inputs(structure)
        .bench_values(|structure| {
            let mut diagnostics = Diagnostics::new();
            let mut analyzer = Analyzer::new(Hints {
                structure,
                ..Hints::default()
            });
            for number in 1..=pages {
                analyzer.page(page(number), &mut diagnostics);
            }
            let analysis = analyzer.finish(&mut diagnostics);
            assert_eq!(analysis.body.len(), 1);
            analysis
        });
}

#[divan::bench(args = PAGES, max_time = 5)]
fn ruled_table(bencher: Bencher<'_, '_>, pages: u32) {
    analyse(bencher, pages, || None);
}

#[divan::bench(args = PAGES, max_time = 5)]
fn tagged_table(bencher: Bencher<'_, '_>, pages: u32) {
    analyse(bencher, pages, || Some(tagged(pages)));
}
