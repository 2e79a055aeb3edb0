//! The plain text of things.

use crate::{Block, Inline};

/// The text of a line: tabulators and line ends as characters, an image as nothing, a formula as its text.
pub fn inline_text(content: &[Inline]) -> String {
    let mut text = String::new();
    collect(content, &mut text);
    text
}

fn collect(content: &[Inline], text: &mut String) {
    for inline in content {
        match inline {
            Inline::Text(run) => text.push_str(&run.text),
            Inline::Link(link) => collect(&link.content, text),
            Inline::Field(field) => collect(field.shown(), text),
            Inline::Math(math) => text.push_str(&math.text),
            Inline::Tab => text.push('\t'),
            Inline::LineBreak => text.push('\n'),
            Inline::Image(_) | Inline::NoteRef(_) | Inline::Anchor(_) => {}
        }
    }
}

/// The text of blocks, with a line feed between two.
pub fn blocks_text(blocks: &[Block]) -> String {
    let texts: Vec<_> = blocks.iter().map(block_text).collect();
    texts.join("\n")
}

/// The text of a block: labels before their lines, cells of a row with tabulators between, rows and
/// items on lines of their own.
pub fn block_text(block: &Block) -> String {
    match block {
        Block::Heading(heading) => {
            labelled(heading.label.as_deref(), inline_text(&heading.content))
        }
        Block::Paragraph(paragraph) => {
            labelled(paragraph.label.as_deref(), inline_text(&paragraph.content))
        }
        Block::List(list) => {
            let items = list.items.iter();
            let texts: Vec<_> = items
                .map(|item| labelled(item.label.as_deref(), blocks_text(&item.blocks)))
                .collect();
            texts.join("\n")
        }
        Block::Table(table) => {
            let mut text = inline_text(&table.caption);
            let mut row = None;
            for cell in table.cells() {
                if row == Some(cell.row) {
                    text.push('\t');
                } else if !text.is_empty() {
                    text.push('\n');
                }
                row = Some(cell.row);
                text.push_str(&cell.plain_text());
            }
            text
        }
        Block::Figure(figure) => inline_text(&figure.caption),
        Block::Quote(quote) => blocks_text(&quote.blocks),
        Block::Code(code) => code.text.clone(),
        Block::Math(math) => math.text.clone(),
        Block::Rule(_) | Block::PageBreak(_) => String::new(),
        Block::Section(section) => blocks_text(&section.body),
    }
}

/// A text behind its label, with a blank between.
pub fn labelled(label: Option<&str>, text: String) -> String {
    match label {
        Some(label) => format!("{label} {text}"),
        None => text,
    }
}
