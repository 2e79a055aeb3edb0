//! Markdown: CommonMark 0.31 with the tables, footnotes, strikethrough and task lists of GitHub, formulas between
//! dollar signs, and a block of YAML metadata at the top. HTML in it is read as on a page.

mod front;
mod inlines;
mod notes;
mod reading;

use tabulary_ir::{
    Capabilities, Confidence, Diagnostics, Document, Error, Feature, Format, Input, Metadata,
    Outcome, ReadOptions, Reader, Support,
};
use tabulary_markup::in_source_order;

use crate::{head_of, named_otherwise, text_of};
use reading::Reading;

/// Markdown.
pub static MARKDOWN: Format = Format {
    id: "md",
    name: "Markdown",
    extensions: &["md", "markdown"],
    media_type: "text/markdown",
};

/// Reads Markdown.
#[derive(Clone, Copy, Debug, Default)]
pub struct MarkdownReader;

impl Reader for MarkdownReader {
    fn format(&self) -> &'static Format {
        &MARKDOWN
    }

    fn capabilities(&self) -> Capabilities {
        let partial = [
            Feature::Labels,
            Feature::ParagraphStyles,
            Feature::Furniture,
        ];
        let full: Vec<Feature> = Feature::ALL
            .iter()
            .copied()
            .filter(|feature| Capabilities::of_pages().support(*feature) == Support::Full)
            .filter(|feature| !partial.contains(feature))
            .collect();
        Capabilities::new(&full, &partial[..2])
    }

    fn sniff(&self, input: Input<'_>) -> Confidence {
        let Some(head) = head_of(input) else {
            return Confidence::No;
        };
        if named_otherwise(input, MARKDOWN.extensions) {
            return Confidence::No;
        }
        if MARKDOWN.has_extension(&input.extension()) {
            return Confidence::Likely;
        }
        let marked = head.lines().any(|line| {
            line.starts_with("# ")
                || line.starts_with("## ")
                || line.starts_with("```")
                || line.starts_with("|-")
                || line.starts_with("| -")
                || line.starts_with("| :-")
        });
        if marked && input.extension().is_empty() {
            Confidence::Possible
        } else {
            Confidence::No
        }
    }

    fn read(&self, input: Input<'_>, options: &ReadOptions) -> Result<Outcome<Document>, Error> {
        let budget = options.budget();
        let mut diagnostics = Diagnostics::new();
        let text = text_of(input, &budget, &mut diagnostics)?;
        let mut meta = Metadata::default();
        let (front, body) = front::split(&text);
        if let Some(front) = front {
            front::read(front, &mut meta, &mut diagnostics);
        }
        let first_line = text[..text.len() - body.len()].matches('\n').count();
        let mut reading = Reading::new(body, first_line, &budget);
        reading.run()?;
        let (mut document, found) = reading.finish();
        document.meta = meta;
        diagnostics.extend(found.into_vec());
        Ok(Outcome {
            value: document,
            diagnostics: in_source_order(diagnostics),
        })
    }
}
