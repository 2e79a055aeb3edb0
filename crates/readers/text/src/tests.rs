use expect_test::{Expect, expect};
use tabulary_ir::{
    Block, Code, Confidence, Document, Input, Outcome, ReadOptions, Reader, Table, json,
};

use crate::{CsvReader, MarkdownReader, PlainTextReader, TsvReader};

mod csv;
mod markdown;
mod plain;
mod seed;

fn read(reader: &dyn Reader, bytes: &[u8]) -> Outcome<Document> {
    let outcome = reader.read(Input::new(bytes), &ReadOptions::default());
    let mut outcome = outcome.expect("the text is read");
    outcome.value.strip_origins();
    outcome
}

/// The canonical JSON of a text, and what was told about it.
fn check(reader: &dyn Reader, text: &str, wanted: Expect) {
    let outcome = read(reader, text.as_bytes());
    let mut found = json::to_string(&outcome.value);
    for diagnostic in &outcome.diagnostics {
        found.push_str(&format!("\n{diagnostic}"));
    }
    wanted.assert_eq(&found);
}

/// A table as a picture: each cell on a line with its place and span.
fn picture(table: &Table) -> String {
    let mut lines = vec![format!(
        "{}x{}, header {}x{}",
        table.rows(),
        table.width(),
        table.header_rows,
        table.header_columns
    )];
    for cell in table.cells() {
        let span = if cell.is_merged() {
            format!(" {}x{}", cell.row_span, cell.col_span)
        } else {
            String::new()
        };
        lines.push(format!(
            "{},{}{span} {}",
            cell.row,
            cell.col,
            cell.plain_text()
        ));
    }
    lines.join("\n")
}

fn check_tables(text: &str, wanted: Expect) {
    let outcome = read(&PlainTextReader, text.as_bytes());
    let pictures: Vec<_> = outcome.value.tables().into_iter().map(picture).collect();
    wanted.assert_eq(&pictures.join("\n"));
}

/// Reads every prefix of a text and many mutations of it.
fn torture(reader: &dyn Reader, bytes: &[u8]) {
    for end in 0..bytes.len().min(3000) {
        read(reader, &bytes[..end]);
    }
    let mut state = 11_u64;
    let mut next = |bound: usize| {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        (state >> 33) as usize % bound
    };
    for _ in 0..300 {
        let mut mutated = bytes.to_vec();
        for _ in 0..8 {
            let at = next(mutated.len());
            match next(3) {
                0 => mutated[at] = next(256) as u8,
                1 => drop(mutated.remove(at)),
                _ => {
                    let from = next(mutated.len() - 20);
                    let piece = mutated[from..from + 20].to_vec();
                    mutated.splice(at..at, piece);
                }
            }
        }
        if let Ok(outcome) = reader.read(Input::new(&mutated), &ReadOptions::default()) {
            let again = reader.read(Input::new(&mutated), &ReadOptions::default());
            let again = again.expect("it was read before");
            assert_eq!(outcome.value, again.value);
        }
    }
}

#[test]
fn hostile_texts_are_read() {
    torture(
        &PlainTextReader,
        include_bytes!("../../../../fixtures/txt/county-notice.txt"),
    );
    torture(
        &PlainTextReader,
        include_bytes!("../../../../fixtures/txt/agency-report.txt"),
    );
    torture(
        &MarkdownReader,
        include_bytes!("../../../../fixtures/md/handbook.md"),
    );
    torture(
        &CsvReader,
        include_bytes!("../../../../fixtures/csv/register-gb18030.csv"),
    );
    torture(
        &TsvReader,
        include_bytes!("../../../../fixtures/csv/budget.csv"),
    );
}

#[test]
fn names_decide_among_texts() {
    let told = |name: &str, text: &str| {
        let input = Input::named(text.as_bytes(), name);
        let readers: [&dyn Reader; 4] = [&PlainTextReader, &MarkdownReader, &CsvReader, &TsvReader];
        readers.map(|reader| reader.sniff(input))
    };
    let (no, possible, likely) = (Confidence::No, Confidence::Possible, Confidence::Likely);
    assert_eq!(told("a.txt", "a,b\n1,2\n"), [likely, no, no, no]);
    assert_eq!(told("a.txt", "# a\n"), [likely, no, no, no]);
    assert_eq!(told("a.md", "a"), [no, likely, no, no]);
    assert_eq!(told("a.csv", "a"), [no, no, likely, no]);
    assert_eq!(told("a.tsv", "a"), [no, no, no, likely]);
    assert_eq!(told("", "a,b\n1,2\n"), [possible, no, possible, no]);
    assert_eq!(told("", "# a\n\nb"), [possible, possible, no, no]);
    assert_eq!(told("a.txt", "\0\u{1}"), [no; 4]);
    assert_eq!(told("a.log", "a,b\n1,2"), [possible, no, no, no]);
    assert_eq!(told("a.xls", "a,b\n1,2"), [possible, no, likely, no]);
    assert_eq!(told("a.xls", "a\tb\n1\t2"), [possible, no, no, likely]);
    assert_eq!(told("a.xls", "prose"), [possible, no, no, no]);
    assert_eq!(told("", ""), [no; 4]);
}
