//! Reads plain text with pipe tables, Markdown, CSV and TSV into the document model.
//!
//! The encoding of all of them is told by `tabulary-encoding`. Which of the formats a text is in, its name
//! decides; without a name its shape does.

mod delimited;
mod markdown;
mod plain;

pub use delimited::{CSV, CsvReader, TSV, TsvReader};
pub use markdown::{MARKDOWN, MarkdownReader};
pub use plain::{PLAIN_TEXT, PlainTextReader};

use tabulary_encoding::{decode, is_binary};
use tabulary_ir::{Budget, Diagnostics, Error, Input};

/// How many bytes are looked at to tell a format.
const HEAD: usize = 16 << 10;

/// The text of an input, with line feeds at its line ends and without zero characters.
fn text_of(
    input: Input<'_>,
    budget: &Budget,
    diagnostics: &mut Diagnostics,
) -> Result<String, Error> {
    budget.limits().admit(input.bytes.len() as u64)?;
    let decoded = decode(input.bytes, None);
    decoded.report(diagnostics);
    if decoded.text.contains(['\r', '\0']) {
        let text = decoded.text.replace("\r\n", "\n").replace('\r', "\n");
        return Ok(text.replace('\0', "\u{fffd}"));
    }
    Ok(decoded.text)
}

/// The beginning of an input as text; `None` where it is no text.
fn head_of(input: Input<'_>) -> Option<String> {
    if input.bytes.is_empty() || is_binary(input.bytes) {
        return None;
    }
    let cut = input.bytes.len() > HEAD;
    let mut text = decode(&input.bytes[..input.bytes.len().min(HEAD)], None).text;
    if cut {
        // The last line may be half a line.
        text.truncate(text.rfind('\n').unwrap_or(text.len()));
    }
    Some(text)
}

/// Extensions that names of the text formats have; a name with one of them decides.
const TEXT_EXTENSIONS: &[&str] = &["txt", "text", "md", "markdown", "csv", "tsv", "tab"];

/// Whether the name says that the input is in a text format other than those of `own`.
fn named_otherwise(input: Input<'_>, own: &[&str]) -> bool {
    let extension = input.extension();
    TEXT_EXTENSIONS.contains(&extension.as_str()) && !own.contains(&extension.as_str())
}

#[cfg(test)]
mod tests;
