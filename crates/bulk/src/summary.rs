//! The books of a run as a document of tables, for the formats that have tables.

use tabulary::ir::{Block, Cell, Diagnostics, Document, Section, SectionKind, TableBuilder, Value};

use crate::totals::{CodeCount, Outcomes, Problem, Slow, Totals};

/// The books as four tables: the counts, formats, diagnostics, and inputs without a result with the slowest ones.
pub fn summary(totals: &Totals) -> Document {
    let mut document = Document::default();
    let number = |value: u64| value.to_string();
    let counts = [
        ("inputs", totals.inputs),
        ("done", totals.done),
        ("failed", totals.failed),
        ("skipped", totals.skipped),
        ("done by an earlier run", totals.kept),
        ("duplicates", totals.duplicates),
        ("renamed", totals.renamed),
        ("not reached", totals.left),
        ("bytes of inputs", totals.bytes),
        ("milliseconds of work", totals.milliseconds),
        ("most bytes of memory", totals.peak_memory),
    ];
    let rows = counts.map(|(name, value)| vec![name.to_owned(), number(value)]);
    add(&mut document, "totals", &["", "count"], rows);
    let rows = totals.formats.iter().map(|(format, of)| {
        let Outcomes {
            done,
            failed,
            skipped,
        } = *of;
        let counts = [done, failed, skipped].map(number);
        [vec![format.clone()], counts.to_vec()].concat()
    });
    let heads = ["format", "done", "failed", "skipped"];
    add(&mut document, "formats", &heads, rows);
    let rows = totals.codes.iter().map(|(code, count)| {
        let CodeCount {
            diagnostics,
            inputs,
        } = *count;
        vec![code.clone(), number(diagnostics), number(inputs)]
    });
    add(
        &mut document,
        "diagnostics",
        &["code", "diagnostics", "files"],
        rows,
    );
    let rows = totals.slowest.iter().map(|slow| {
        let Slow { milliseconds, path } = slow;
        vec![path.clone(), number(*milliseconds)]
    });
    add(&mut document, "slowest", &["file", "milliseconds"], rows);
    let rows = totals.problems.iter().map(|problem| {
        let Problem {
            path,
            outcome,
            failure,
        } = problem;
        vec![
            path.clone(),
            (*outcome).to_owned(),
            failure.kind.as_str().to_owned(),
            failure.message.clone(),
        ]
    });
    let heads = ["file", "outcome", "kind", "reason"];
    add(&mut document, "problems", &heads, rows);
    document
}

fn add(
    document: &mut Document,
    name: &str,
    heads: &[&str],
    rows: impl IntoIterator<Item = Vec<String>>,
) {
    let mut table = TableBuilder::new().headers(1, 0);
    table.row();
    for head in heads {
        table.push(Cell::text(*head));
    }
    for row in rows {
        table.row();
        for text in row {
            table.push(cell(text));
        }
    }
    let table = table.finish(&mut Diagnostics::new());
    document.body.push(Block::Section(Section {
        kind: SectionKind::Sheet,
        name: name.into(),
        body: vec![Block::Table(Box::new(table))],
        ..Section::default()
    }));
}

/// A count as a number, anything else as text.
fn cell(text: String) -> Cell {
    let is_count = text.bytes().all(|byte| byte.is_ascii_digit());
    let number = text.parse().ok().filter(|_| is_count);
    Cell {
        value: number.map(Value::Number),
        ..Cell::text(text)
    }
}
