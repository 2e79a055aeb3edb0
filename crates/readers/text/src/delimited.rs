//! CSV (RFC 4180) and TSV: one table.

use tabulary_ir::{
    Block, Capabilities, Cell, Code, Confidence, Diagnostics, Document, Error, Feature, Format,
    Input, Origin, Outcome, ReadOptions, Reader, TableBuilder,
};
use tabulary_markup::plain_number;

use crate::{head_of, named_otherwise, text_of};

/// Comma-separated values.
pub static CSV: Format = Format {
    id: "csv",
    name: "comma-separated values",
    extensions: &["csv"],
    media_type: "text/csv",
};

/// Tabulator-separated values.
pub static TSV: Format = Format {
    id: "tsv",
    name: "tabulator-separated values",
    extensions: &["tsv", "tab"],
    media_type: "text/tab-separated-values",
};

/// The most columns of a table: those of a worksheet.
const MOST_COLUMNS: usize = 16_384;
/// How many records are looked at to tell the delimiter and the header.
const SAMPLE: usize = 100;

/// Reads comma-separated values; the delimiter may be a comma, a semicolon, a tabulator or a pipe.
#[derive(Clone, Copy, Debug, Default)]
pub struct CsvReader;

/// Reads tabulator-separated values.
#[derive(Clone, Copy, Debug, Default)]
pub struct TsvReader;

fn capabilities() -> Capabilities {
    let full = [Feature::Tables];
    Capabilities::new(&full, &[Feature::HeaderRows, Feature::Values])
}

impl Reader for CsvReader {
    fn format(&self) -> &'static Format {
        &CSV
    }

    fn capabilities(&self) -> Capabilities {
        capabilities()
    }

    fn sniff(&self, input: Input<'_>) -> Confidence {
        sniff(input, &CSV, |head| {
            delimiter(head).is_some_and(|d| d == b',' || d == b';')
        })
    }

    fn read(&self, input: Input<'_>, options: &ReadOptions) -> Result<Outcome<Document>, Error> {
        read(input, options, |text| delimiter(text).unwrap_or(b','))
    }
}

impl Reader for TsvReader {
    fn format(&self) -> &'static Format {
        &TSV
    }

    fn capabilities(&self) -> Capabilities {
        capabilities()
    }

    fn sniff(&self, input: Input<'_>) -> Confidence {
        sniff(input, &TSV, |head| delimiter(head) == Some(b'\t'))
    }

    fn read(&self, input: Input<'_>, options: &ReadOptions) -> Result<Outcome<Document>, Error> {
        read(input, options, |_| b'\t')
    }
}

fn sniff(input: Input<'_>, format: &Format, looks: impl Fn(&str) -> bool) -> Confidence {
    let Some(head) = head_of(input).filter(|_| !named_otherwise(input, format.extensions)) else {
        return Confidence::No;
    };
    if format.has_extension(&input.extension()) {
        Confidence::Likely
    } else if input.extension().is_empty() && looks(&head) {
        Confidence::Possible
    } else if matches!(input.extension().as_str(), "xls" | "xlsx") && looks(&head) {
        // Programs that export records often name them as the workbooks that they are opened as.
        Confidence::Likely
    } else {
        Confidence::No
    }
}

fn records(text: &str, delimiter: u8) -> csv::Reader<&[u8]> {
    csv::ReaderBuilder::new()
        .delimiter(delimiter)
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes())
}

/// The delimiter that parts the first records into the same count of fields, more than one; the one
/// that gives most fields where several do.
fn delimiter(text: &str) -> Option<u8> {
    let fields = |delimiter: u8| {
        let mut records = records(text, delimiter);
        let counts: Vec<usize> = records
            .byte_records()
            .take(SAMPLE)
            .map_while(Result::ok)
            .map(|record| record.len())
            .collect();
        let most = counts.iter().copied().max().unwrap_or_default();
        let usual = counts.iter().filter(|&&count| count == most).count();
        (most > 1).then_some((usual * 100 / counts.len().max(1), most, delimiter))
    };
    let found = [b'|', b'\t', b';', b','].into_iter().filter_map(fields);
    found.max().map(|(_, _, delimiter)| delimiter)
}

fn read(
    input: Input<'_>,
    options: &ReadOptions,
    delimiter: impl Fn(&str) -> u8,
) -> Result<Outcome<Document>, Error> {
    let budget = options.budget();
    let mut diagnostics = Diagnostics::new();
    let text = text_of(input, &budget, &mut diagnostics)?;
    // Excel writes and reads a first line that names the delimiter.
    let named = text
        .split('\n')
        .next()
        .and_then(|line| line.strip_prefix("sep="));
    let named = named.filter(|d| d.len() == 1 && d.is_ascii());
    let (delimiter, text, first_line) = match named {
        Some(named) => (named.as_bytes()[0], text.get(6..).unwrap_or_default(), 2),
        None => (delimiter(&text), text.as_str(), 1),
    };
    let mut builder = TableBuilder::new().origin(Origin::line(first_line));
    let mut records = records(text, delimiter);
    let (mut row, mut width) = (0_u32, 0_u64);
    let mut shapes: Vec<Vec<Shape>> = Vec::new();
    for record in records.byte_records() {
        let record =
            record.map_err(|error| Error::input("the records cannot be read").caused_by(error))?;
        budget.tick()?;
        let line = record.position().map_or(0, csv::Position::line);
        let line = u32::try_from(line)
            .unwrap_or(u32::MAX)
            .saturating_add(first_line - 1);
        if record.len() > MOST_COLUMNS {
            return Err(
                Error::limit(format!("a record has more than {MOST_COLUMNS} fields"))
                    .at(Origin::line(line)),
            );
        }
        width = width.max(record.len() as u64);
        budget.cells(width)?;
        builder.row();
        let mut shape = Vec::new();
        for field in &record {
            let text = String::from_utf8_lossy(field);
            let mut cell = Cell::text(text.as_ref());
            cell.value = plain_number(&text);
            if shapes.len() < SAMPLE {
                shape.push(match cell.value {
                    Some(_) => Shape::Number,
                    None if text.is_empty() => Shape::Blank,
                    None => Shape::Text,
                });
            }
            cell.origin = Some(Box::new(Origin::line(line)));
            builder.push(cell);
        }
        if shapes.len() < SAMPLE {
            shapes.push(shape);
        }
        row += 1;
    }
    let header = u32::from(has_header(&shapes));
    if header > 0 {
        let message = "the first record holds names alone and was taken for a header row";
        diagnostics.add(Code::HeaderRowGuessed, message, Origin::line(first_line));
    }
    let table = builder.headers(header, 0).finish(&mut diagnostics);
    let body = if row > 0 {
        budget.blocks(1)?;
        vec![Block::Table(Box::new(table))]
    } else {
        Vec::new()
    };
    Ok(Outcome {
        value: Document {
            body,
            ..Document::default()
        },
        diagnostics: diagnostics.into_vec(),
    })
}

/// What a field holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shape {
    Blank,
    Number,
    Text,
}

/// Whether the first record names the columns: all of its fields hold texts, and a column below one
/// holds numbers and no text.
fn has_header(shapes: &[Vec<Shape>]) -> bool {
    let Some((first, rest)) = shapes.split_first() else {
        return false;
    };
    let named = !first.is_empty() && first.iter().all(|&shape| shape == Shape::Text);
    let of_numbers = |col: usize| {
        let column = || rest.iter().filter_map(move |row| row.get(col));
        column().any(|&shape| shape == Shape::Number) && column().all(|&shape| shape != Shape::Text)
    };
    named && (0..first.len()).any(of_numbers)
}
