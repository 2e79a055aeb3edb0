//! Markdown (CommonMark 0.31, GitHub's tables and footnotes) that reads back as the same document.
//!
//! What Markdown has no notation for is written as HTML: tables with spans, typed values or blocks,
//! lists with labels of their own, figures, page breaks. Metadata stand in a block at the top.

mod block;
mod escape;
mod front;
mod line;
mod table;

use std::collections::{BTreeMap, BTreeSet};
use std::io;

use tabulary_ir::{
    Block, Budget, Capabilities, Code, Document, Error, Feature, Format, NoteKind, Outcome,
    Support, WriteOptions, Writer,
};
use tabulary_markup::write::Html;

use crate::put;

/// Markdown.
pub static MARKDOWN: Format = Format {
    id: "md",
    name: "Markdown",
    extensions: &["md", "markdown"],
    media_type: "text/markdown",
};

/// Writes Markdown.
#[derive(Clone, Copy, Debug, Default)]
pub struct MarkdownWriter;

impl Writer for MarkdownWriter {
    fn format(&self) -> &'static Format {
        &MARKDOWN
    }

    fn capabilities(&self) -> Capabilities {
        let partial = [Feature::Labels, Feature::Math, Feature::Notes, Feature::Rtl];
        let none = [Feature::ParagraphStyles, Feature::Furniture];
        let full: Vec<Feature> = Feature::ALL
            .iter()
            .copied()
            .filter(|feature| Capabilities::of_pages().support(*feature) == Support::Full)
            .filter(|feature| !partial.contains(feature) && !none.contains(feature))
            .collect();
        Capabilities::new(&full, &partial)
    }

    fn write(
        &self,
        document: &Document,
        output: &mut dyn io::Write,
        options: &WriteOptions,
    ) -> Result<Outcome<()>, Error> {
        let budget = options.budget();
        let notes = note_labels(document);
        let mut markdown = Markdown {
            document,
            budget: &budget,
            html: Html::dense(document, &budget, notes.clone()),
            notes,
        };
        put(output, &front::matter(&document.meta))?;
        let mut before: Option<&Block> = None;
        for block in &document.body {
            put(output, block::between(before, block))?;
            let text = markdown.block(block)?;
            put(output, &text)?;
            put(output, "\n")?;
            before = Some(block);
        }
        if document.body.is_empty() && document.meta.is_empty() {
            // A file of no bytes is taken for one that went wrong.
            put(output, "\n")?;
        }
        let notes = markdown.notes()?;
        if !notes.is_empty() && before.is_some() {
            put(output, "\n")?;
        }
        put(output, &notes)?;
        markdown.tell_left_out();
        Ok(Outcome {
            value: (),
            diagnostics: markdown.html.diagnostics.into_vec(),
        })
    }
}

/// A document while it is written.
struct Markdown<'a> {
    document: &'a Document,
    budget: &'a Budget,
    html: Html<'a>,
    /// The label of each note, by its identifier.
    notes: BTreeMap<&'a str, String>,
}

/// Labels of notes: their identifiers, where those can be labels.
fn note_labels(document: &Document) -> BTreeMap<&str, String> {
    let plain = |id: &str| {
        let fits = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_');
        !id.is_empty() && id.chars().all(fits)
    };
    let mut taken: BTreeSet<String> = BTreeSet::new();
    for note in document.notes.iter().filter(|note| plain(&note.id)) {
        taken.insert(note.id.clone());
    }
    let mut labels = BTreeMap::new();
    for (index, note) in document.notes.iter().enumerate() {
        let label = if plain(&note.id) {
            note.id.clone()
        } else {
            let mut label = format!("note-{}", index + 1);
            while !taken.insert(label.clone()) {
                label.push('x');
            }
            label
        };
        labels.insert(note.id.as_str(), label);
    }
    labels
}

impl<'a> Markdown<'a> {
    /// The notes, each as a definition.
    fn notes(&mut self) -> Result<String, Error> {
        let mut text = String::new();
        for note in &self.document.notes {
            let label = self
                .notes
                .get(note.id.as_str())
                .cloned()
                .unwrap_or_default();
            if note.kind != NoteKind::Footnote || note.label.is_some() {
                let message = "endnotes, comments and notes with signs of their own were written as numbered footnotes";
                self.html.diagnostics.once(Code::NoteMoved, message, None);
            }
            let blocks = self.blocks(&note.blocks)?;
            let inner = block::indent(&blocks, "    ");
            text.push_str(&format!("[^{label}]: {}\n", inner.trim_start()));
        }
        Ok(text)
    }

    fn tell_left_out(&mut self) {
        let document = self.document;
        let diagnostics = &mut self.html.diagnostics;
        if !document.headers.is_empty() || !document.footers.is_empty() {
            let message = "running headers and footers were left out";
            diagnostics.add(Code::HeaderFooterDropped, message, None);
        }
        if document.page.is_some() {
            let message = "the size of the page was left out";
            diagnostics.add(Code::StyleDropped, message, None);
        }
    }
}
