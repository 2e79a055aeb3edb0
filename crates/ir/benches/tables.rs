//! Building tables and their JSON: the cost grows with the cells.

use divan::Bencher;
use tabulary_ir::{Cell, Diagnostics, Document, ReadOptions, Table, TableBuilder, json};

fn main() {
    divan::main();
}

const COUNTS: [u32; 3] = [1_000, 10_000, 100_000];

/// Merged cells of 2 × 2 squares, 50 in a row.
fn merges(count: u32) -> TableBuilder {
    let mut builder = TableBuilder::new();
    for index in 0..count {
        builder.place(
            Cell::text("x")
                .at(index / 50 * 2, index % 50 * 2)
                .spanning(2, 2),
        );
    }
    builder
}

fn plain(count: u32) -> Table {
    let mut builder = TableBuilder::new();
    for index in 0..count {
        builder.place(Cell::text(index.to_string()).at(index / 10, index % 10));
    }
    builder.finish(&mut Diagnostics::new())
}

#[divan::bench(args = COUNTS)]
fn build_merges(bencher: Bencher<'_, '_>, count: u32) {
    bencher
        .with_inputs(|| merges(count))
        .bench_values(|builder| builder.finish(&mut Diagnostics::new()));
}

#[divan::bench(args = COUNTS)]
fn find_merges(bencher: Bencher<'_, '_>, count: u32) {
    let table = merges(count).finish(&mut Diagnostics::new());
    bencher.bench(|| {
        (0..table.rows())
            .filter(|row| table.at(*row, 51).is_some())
            .count()
    });
}

#[divan::bench(args = COUNTS)]
fn write_json(bencher: Bencher<'_, '_>, count: u32) {
    let document = Document {
        body: vec![tabulary_ir::Block::Table(Box::new(plain(count)))],
        ..Document::default()
    };
    bencher.bench(|| json::to_string(&document).len());
}

#[divan::bench(args = COUNTS)]
fn read_json(bencher: Bencher<'_, '_>, count: u32) {
    let document = Document {
        body: vec![tabulary_ir::Block::Table(Box::new(plain(count)))],
        ..Document::default()
    };
    let text = json::to_string(&document);
    bencher
        .bench(|| json::from_slice(text.as_bytes(), &ReadOptions::default()).expect("a document"));
}
