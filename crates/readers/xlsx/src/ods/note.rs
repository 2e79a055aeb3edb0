//! Annotations of cells (OpenDocument 1.3 part 3, 14.1).

use tabulary_ir::{Block, Marks, Paragraph};
use tabulary_package::xml::{Element, Ns};

use super::styles::Styles;
use super::text::Shown;
use crate::sheet::SheetNote;

/// Reads the annotation of a cell; none where it says nothing.
pub(super) fn read(element: &Element, row: u32, col: u32, styles: &Styles) -> Option<SheetNote> {
    let author = element.child(Ns::Dc, "creator").map(Element::text);
    let shown = Shown::read(element, styles, Marks::NONE);
    if shown.plain().trim().is_empty() {
        return None;
    }
    let paragraph = Paragraph {
        content: shown.content,
        ..Paragraph::default()
    };
    Some(SheetNote {
        row,
        col,
        author: author.filter(|author| !author.trim().is_empty()),
        blocks: vec![Block::Paragraph(paragraph)],
    })
}
