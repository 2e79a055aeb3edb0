//! Plain text: lines as a person reads them, tables between pipes with their columns aligned.

use std::io;

use tabulary_ir::{
    Block, Budget, Capabilities, Cell, Code, Diagnostics, Document, Error, Feature, Format, Inline,
    List, Marks, Outcome, Slot, Table, WriteOptions, Writer, labelled,
};
use unicode_width::UnicodeWidthStr;

use crate::put;

/// Plain text.
pub static PLAIN_TEXT: Format = Format {
    id: "txt",
    name: "plain text",
    extensions: &["txt", "text"],
    media_type: "text/plain",
};

/// The widest that a column is filled up with blanks.
const WIDEST: usize = 60;

/// Writes plain text.
#[derive(Clone, Copy, Debug, Default)]
pub struct PlainTextWriter;

impl Writer for PlainTextWriter {
    fn format(&self) -> &'static Format {
        &PLAIN_TEXT
    }

    fn capabilities(&self) -> Capabilities {
        let partial = [
            Feature::Paragraphs,
            Feature::Headings,
            Feature::Lists,
            Feature::Labels,
            Feature::Tables,
            Feature::Spans,
            Feature::Code,
            Feature::Quotes,
            Feature::Fields,
            Feature::Notes,
        ];
        Capabilities::new(&[], &partial)
    }

    fn write(
        &self,
        document: &Document,
        output: &mut dyn io::Write,
        options: &WriteOptions,
    ) -> Result<Outcome<()>, Error> {
        let budget = options.budget();
        let mut plain = Plain {
            document,
            budget: &budget,
            diagnostics: Diagnostics::new(),
        };
        let top = plain.top();
        put(output, &top)?;
        let mut first = top.is_empty();
        for block in &document.body {
            if !std::mem::take(&mut first) {
                put(output, "\n")?;
            }
            let text = plain.block(block)?;
            put(output, &text)?;
            put(output, "\n")?;
        }
        let notes = plain.notes()?;
        put(output, &notes)?;
        if !document.headers.is_empty() || !document.footers.is_empty() {
            let message = "running headers and footers were left out";
            plain
                .diagnostics
                .add(Code::HeaderFooterDropped, message, None);
        }
        Ok(Outcome {
            value: (),
            diagnostics: plain.diagnostics.into_vec(),
        })
    }
}

struct Plain<'a> {
    document: &'a Document,
    budget: &'a Budget,
    diagnostics: Diagnostics,
}

impl Plain<'_> {
    /// The labelled fields, and the title where neither they nor the first line of the body hold it.
    fn top(&mut self) -> String {
        let meta = &self.document.meta;
        let mut text = String::new();
        let begins = self.document.body.first().map(tabulary_ir::block_text);
        let shown = |title: &str| {
            begins.as_deref() == Some(title) || meta.fields.iter().any(|(_, text)| text == title)
        };
        if let Some(title) = meta.title.as_deref().filter(|title| !shown(title)) {
            text.push_str(&format!("        {}\n", one_line(title)));
        }
        for (name, value) in meta.fields.iter() {
            text.push_str(&format!("{}:{}\n", one_line(name), one_line(value)));
        }
        let mut rest = meta.clone();
        rest.title = None;
        rest.language = None;
        rest.fields = Default::default();
        if !rest.is_empty() {
            let message =
                "what is known about the document beside its title and fields was left out";
            self.diagnostics.add(Code::MetadataDropped, message, None);
        }
        text
    }

    fn blocks(&mut self, blocks: &[Block], gap: &str) -> Result<String, Error> {
        let texts: Result<Vec<_>, _> = blocks.iter().map(|block| self.block(block)).collect();
        Ok(texts?.join(gap))
    }

    fn block(&mut self, block: &Block) -> Result<String, Error> {
        self.budget.tick()?;
        Ok(match block {
            Block::Heading(heading) => {
                labelled(heading.label.as_deref(), self.line(&heading.content))
            }
            Block::Paragraph(paragraph) => {
                labelled(paragraph.label.as_deref(), self.line(&paragraph.content))
            }
            Block::List(list) => self.list(list)?,
            Block::Table(table) => self.table(table)?,
            Block::Figure(figure) => {
                let content = self.line(&figure.content);
                let caption = self.line(&figure.caption);
                [content, caption].join("\n").trim_matches('\n').to_owned()
            }
            Block::Quote(quote) => indent(&self.blocks(&quote.blocks, "\n\n")?, "    "),
            Block::Code(code) => code.text.clone(),
            Block::Math(math) => math.text.clone(),
            Block::Rule(_) => "-".repeat(40),
            Block::PageBreak(page_break) if page_break.column => String::new(),
            Block::PageBreak(_) => "\x0c".to_owned(),
            Block::Section(section) => {
                let body = self.blocks(&section.body, "\n\n")?;
                if section.name.is_empty() {
                    body
                } else {
                    format!("{}\n\n{body}", section.name)
                }
            }
        })
    }

    fn list(&mut self, list: &List) -> Result<String, Error> {
        let mut lines = Vec::new();
        for item in &list.items {
            let marker = match &item.label {
                Some(label) => format!("{label} "),
                None => "- ".to_owned(),
            };
            let blocks = self.blocks(&item.blocks, "\n")?;
            let inner = indent(&blocks, &" ".repeat(marker.width()));
            lines.push(format!("{marker}{}", inner.trim_start_matches(' ')));
        }
        Ok(lines.join("\n"))
    }

    /// The text of a line; links with their address behind them, images as their description.
    fn line(&mut self, content: &[Inline]) -> String {
        let mut text = String::new();
        for inline in content {
            match inline {
                Inline::Text(run) => {
                    if run.marks != Marks::NONE {
                        let message = "character marks were left out";
                        self.diagnostics.once(Code::MarkDropped, message, None);
                    }
                    text.push_str(&run.text);
                }
                Inline::Link(link) => {
                    let shown = self.line(&link.content);
                    text.push_str(&shown);
                    if shown != link.href && !link.href.starts_with('#') {
                        text.push_str(&format!(" ({})", link.href));
                    }
                }
                Inline::Field(field) => text.push_str(&self.line(field.shown())),
                Inline::Anchor(_) => {}
                Inline::Image(image) => {
                    let message = "images were left out; their descriptions stand";
                    self.diagnostics.once(Code::ImageDropped, message, None);
                    if !image.alt.is_empty() {
                        text.push_str(&format!("[{}]", image.alt));
                    }
                }
                Inline::NoteRef(reference) => {
                    text.push_str(&format!("[{}]", self.note_label(&reference.note)));
                }
                Inline::Math(math) => text.push_str(&math.text),
                Inline::Tab => text.push('\t'),
                Inline::LineBreak => text.push('\n'),
            }
        }
        text
    }

    fn note_label(&self, id: &str) -> String {
        let notes = &self.document.notes;
        match notes.iter().position(|note| note.id == id) {
            Some(index) => notes[index]
                .label
                .clone()
                .unwrap_or_else(|| (index + 1).to_string()),
            None => "*".to_owned(),
        }
    }

    fn notes(&mut self) -> Result<String, Error> {
        let document = self.document;
        let mut text = String::new();
        for note in &document.notes {
            let label = self.note_label(&note.id);
            let blocks = self.blocks(&note.blocks, "\n")?;
            text.push_str(&format!("\n[{label}] {blocks}\n"));
        }
        if !document.notes.is_empty() {
            let message = "the notes were written behind the text";
            self.diagnostics.add(Code::NoteMoved, message, None);
        }
        Ok(text)
    }

    /// A table between pipes. A merged cell stands on its first square; the others are blank.
    fn table(&mut self, table: &Table) -> Result<String, Error> {
        self.budget.cells(table.area())?;
        let mut rows: Vec<Vec<String>> = Vec::new();
        for slots in table.row_slots() {
            let mut row = vec![String::new(); table.columns().len()];
            for slot in slots {
                if let Slot::Anchor(cell) = slot
                    && let Some(square) = row.get_mut(cell.col as usize)
                {
                    *square = self.cell(cell);
                }
            }
            rows.push(row);
        }
        self.tell_spans(table);
        let widths: Vec<usize> = (0..table.columns().len())
            .map(|col| {
                rows.iter()
                    .map(|row| row[col].width())
                    .max()
                    .unwrap_or_default()
            })
            .map(|width| width.clamp(1, WIDEST))
            .collect();
        let dashes = table.header_rows == 1 && !table.has_spans();
        let mut lines = Vec::new();
        if !table.caption.is_empty() {
            lines.push(self.line(&table.caption));
            lines.push(String::new());
        }
        for (index, row) in rows.iter().enumerate() {
            let squares = row.iter().zip(&widths).map(|(text, &width)| {
                let fill = " ".repeat(width.saturating_sub(text.width()));
                format!(" {text}{fill} |")
            });
            lines.push(format!("|{}", squares.collect::<String>()));
            if index == 0 && dashes {
                let dashes = widths
                    .iter()
                    .map(|width| format!(" {} |", "-".repeat(*width)));
                lines.push(format!("|{}", dashes.collect::<String>()));
            }
        }
        Ok(lines.join("\n"))
    }

    fn cell(&mut self, cell: &Cell) -> String {
        let text = match &cell.content {
            tabulary_ir::Content::Text(text) => text.to_string(),
            tabulary_ir::Content::Blocks(blocks) => {
                let message = "the blocks in cells were written as a line of text";
                let place = cell.origin.as_deref().cloned();
                self.diagnostics
                    .once(Code::CellBlocksFlattened, message, place);
                tabulary_ir::blocks_text(blocks)
            }
        };
        one_line(&text).replace('|', "\\|")
    }

    fn tell_spans(&mut self, table: &Table) {
        let merged = table.cells().iter().filter(|cell| cell.is_merged()).count();
        if merged > 0 {
            let message = format!(
                "{merged} merged cells were written as single cells with blank squares beside them"
            );
            self.diagnostics
                .add(Code::SpanDropped, message, table.origin.clone());
        }
    }
}

/// The text on one line.
fn one_line(text: &str) -> String {
    text.replace(['\n', '\r', '\t'], " ")
}

fn indent(text: &str, prefix: &str) -> String {
    let lines = text.split('\n').map(|line| match line {
        "" => String::new(),
        line => format!("{prefix}{line}"),
    });
    lines.collect::<Vec<_>>().join("\n")
}
