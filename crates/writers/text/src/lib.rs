//! Writes the document model as Markdown, CSV, TSV or plain text.

mod delimited;
mod markdown;
mod plain;

pub use delimited::{CSV, CsvWriter, TSV, TsvWriter};
pub use markdown::{MARKDOWN, MarkdownWriter};
pub use plain::{PLAIN_TEXT, PlainTextWriter};

use std::io;

use tabulary_ir::Error;

fn put(output: &mut dyn io::Write, text: &str) -> Result<(), Error> {
    let written = output.write_all(text.as_bytes());
    written.map_err(|error| Error::io("the text could not be written", error))
}

#[cfg(test)]
mod tests;
