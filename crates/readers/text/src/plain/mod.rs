//! Plain text: labelled lines at the top, headings, paragraphs, pipe tables.
//!
//! A line is a paragraph, as in texts that were copied out of a page or an editor. Lines of Latin text
//! that were broken at a width are joined: none of them is longer than 80 characters, the longest has 55 at least,
//! and the first word of each would not have fitted on the line before it.

mod fields;
mod header;
mod in_place;
mod lines;
mod numbering;
mod packed;
mod pipe;

use tabulary_ir::{
    Block, Capabilities, Code, Confidence, Diagnostics, Document, Error, Feature, Format, Heading,
    Inline, Input, Marks, Metadata, Origin, Outcome, PageBreak, Paragraph, ReadOptions, Reader,
    push_text,
};
use tabulary_markup::in_source_order;

use crate::{head_of, named_otherwise, text_of};
pub(crate) use fields::date;
use pipe::Grid;

/// Plain text.
pub static PLAIN_TEXT: Format = Format {
    id: "txt",
    name: "plain text",
    extensions: &["txt", "text"],
    media_type: "text/plain",
};

/// Steps that the search for the headers of all tables of a text may take: enough for a thousand tables
/// of the usual size.
const EFFORT: u64 = 200_000_000;

/// Reads plain text.
#[derive(Clone, Copy, Debug, Default)]
pub struct PlainTextReader;

impl Reader for PlainTextReader {
    fn format(&self) -> &'static Format {
        &PLAIN_TEXT
    }

    fn capabilities(&self) -> Capabilities {
        let full = [Feature::Paragraphs];
        let partial = [
            Feature::Headings,
            Feature::Tables,
            Feature::Spans,
            Feature::HeaderRows,
            Feature::Values,
            Feature::Metadata,
            Feature::Fields,
        ];
        Capabilities::new(&full, &partial)
    }

    fn sniff(&self, input: Input<'_>) -> Confidence {
        if head_of(input).is_none() || named_otherwise(input, PLAIN_TEXT.extensions) {
            Confidence::No
        } else if PLAIN_TEXT.has_extension(&input.extension()) {
            Confidence::Likely
        } else {
            Confidence::Possible
        }
    }

    fn read(&self, input: Input<'_>, options: &ReadOptions) -> Result<Outcome<Document>, Error> {
        let budget = options.budget();
        let mut diagnostics = Diagnostics::new();
        let text = text_of(input, &budget, &mut diagnostics)?;
        let lines: Vec<&str> = text.lines().collect();
        let mut meta = Metadata::default();
        let skipped = fields::read(&lines, &mut meta, &mut diagnostics);
        let mut reading = Reading {
            budget: &budget,
            diagnostics,
            body: Vec::new(),
            effort: EFFORT,
        };
        let mut at = skipped;
        while at < lines.len() {
            at = reading.block(&lines, at)?;
        }
        reading.tell_headings();
        if meta.title.is_none()
            && let Some((line, title)) = lines::centred_title(&lines[skipped..])
        {
            let message = "the title was told from a short line in the middle";
            let place = origin(skipped + line);
            reading
                .diagnostics
                .add(Code::MetadataGuessed, message, place);
            meta.title = Some(title);
        }
        meta.language = lines::language(&text).map(str::to_owned);
        if let Some(language) = &meta.language {
            let message = format!("the language was told from the characters: {language}");
            reading
                .diagnostics
                .add(Code::MetadataGuessed, message, None);
        }
        Ok(Outcome {
            value: Document {
                body: reading.body,
                meta,
                ..Document::default()
            },
            diagnostics: in_source_order(reading.diagnostics),
        })
    }
}

struct Reading<'a> {
    budget: &'a tabulary_ir::Budget,
    diagnostics: Diagnostics,
    body: Vec<Block>,
    /// Steps of the search for the headers of tables that are left.
    effort: u64,
}

fn origin(index: usize) -> Origin {
    Origin::line(u32::try_from(index + 1).unwrap_or(u32::MAX))
}

impl Reading<'_> {
    /// Reads the block that begins at a line; gives the line behind it.
    fn block(&mut self, lines: &[&str], at: usize) -> Result<usize, Error> {
        self.budget.tick()?;
        let mut line = lines[at];
        if let Some(behind) = line.strip_prefix('\x0c') {
            self.push(Block::PageBreak(PageBreak {
                column: false,
                origin: Some(origin(at)),
            }))?;
            line = behind;
        }
        if line.trim().is_empty() {
            return Ok(at + 1);
        }
        if pipe::is_row(line) {
            let end = lines[at..].iter().position(|line| !pipe::is_row(line));
            let end = end.map_or(lines.len(), |count| at + count);
            let mut grid = Grid {
                line: u32::try_from(at + 1).unwrap_or(u32::MAX),
                ..Grid::default()
            };
            lines[at..end].iter().for_each(|line| grid.push(line));
            let table = grid.into_table(self.budget, &mut self.effort, &mut self.diagnostics)?;
            self.push(Block::Table(Box::new(table)))?;
            return Ok(end);
        }
        if let Some(level) = lines::heading_level(line) {
            self.push(Block::Heading(Heading {
                content: run(line),
                level,
                origin: Some(origin(at)),
                ..Heading::default()
            }))?;
            return Ok(at + 1);
        }
        let count = lines::wrapped(&lines[at..]);
        let joined;
        let text = if count > 1 {
            let parts: Vec<_> = lines[at..at + count].iter().map(|l| l.trim()).collect();
            joined = parts.join(" ");
            joined.as_str()
        } else {
            line
        };
        self.push(Block::Paragraph(Paragraph {
            content: run(text),
            origin: Some(origin(at)),
            ..Paragraph::default()
        }))?;
        Ok(at + count)
    }

    fn push(&mut self, block: Block) -> Result<(), Error> {
        self.budget.blocks(1)?;
        self.body.push(block);
        Ok(())
    }

    fn tell_headings(&mut self) {
        let headings = self.body.iter().filter_map(|block| match block {
            Block::Heading(heading) => Some(heading),
            _ => None,
        });
        let count = headings.clone().count();
        if let Some(first) = headings.clone().next() {
            let message = format!(
                "{count} short lines that begin with a number such as 一、 or （一） were taken for headings"
            );
            let place = first.origin.clone();
            self.diagnostics.add(Code::HeadingGuessed, message, place);
        }
    }
}

/// A line without the blanks at its ends; an indent of wide blanks is text.
fn run(line: &str) -> Vec<Inline> {
    let mut content = Vec::new();
    let text = line.trim_matches([' ', '\t', '\x0c']);
    push_text(&mut content, text, Marks::NONE);
    content
}
