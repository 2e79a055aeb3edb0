//! The pieces of a sheet as blocks: headings, paragraphs, and tables with their captions.

use std::sync::Arc;

use tabulary_ir::{Block, CellStyle, Code, Diagnostics, Heading, Inline, Origin, inline_text};

use crate::header::Headers;
use crate::place::Area;
use crate::section::Parts;
use crate::sheet::Sheet;
use crate::split::{Line, Piece, pieces};

/// A title is at most this many characters long; a longer line is a paragraph.
const LONGEST_TITLE: usize = 60;

/// The blocks of a sheet.
pub(crate) fn blocks(sheet: Sheet, area: Area, diagnostics: &mut Diagnostics) -> Vec<Block> {
    let pieces = pieces(&sheet, area);
    let is_table = |piece: &Piece| matches!(piece, Piece::Table(..));
    let last_table = pieces.iter().rposition(is_table);
    let tables = pieces.iter().filter(|piece| is_table(piece)).count();
    let lines = pieces.len() - tables;
    if lines > 0 || tables > 1 {
        let message =
            format!("the sheet was cut into {tables} tables and {lines} lines outside of them");
        let place = Origin::cells(&sheet.name, area.to_string());
        diagnostics.add(Code::SheetSplit, message, place);
    }
    let mut making = Making {
        parts: Parts::new(sheet, area),
        blocks: Vec::with_capacity(pieces.len()),
        caption: None,
        title: None,
        is_below_title: false,
    };
    for (index, piece) in pieces.iter().enumerate() {
        match piece {
            Piece::Table(area, headers) => making.table(*area, *headers, diagnostics),
            Piece::Line(line) => {
                let is_above_table = last_table.is_some_and(|last| index < last);
                let leads_text = match pieces.get(index + 1) {
                    Some(Piece::Line(next)) => line.is_strong && !next.is_strong,
                    _ => false,
                };
                making.line(line, is_above_table || leads_text);
            }
        }
    }
    making.parts.tell_formulas(diagnostics);
    making.blocks
}

/// The blocks that are made so far.
struct Making {
    parts: Parts,
    blocks: Vec<Block>,
    /// What belongs to the table that comes next.
    caption: Option<Vec<Inline>>,
    /// How the first title is set.
    title: Option<Option<Arc<CellStyle>>>,
    /// Whether only lines follow a title so far.
    is_below_title: bool,
}

impl Making {
    /// A line; `leads` is whether it stands above what it may be the title of.
    fn line(&mut self, line: &Line, leads: bool) {
        if let Some((row, col)) = line.unit {
            self.caption = self.parts.text(row, col);
        }
        let Some(made) = self.parts.line(line.first_row, line.last_row) else {
            return;
        };
        let text = inline_text(&made.content);
        let is_short = text.chars().count() <= LONGEST_TITLE && !text.contains(['\n', '\t']);
        let is_title = leads && is_short && line.is_lone && line.stands_out;
        // A line right below a title, or as usual as one below it, says more of what the title says.
        let follows_title = matches!(self.blocks.last(), Some(Block::Heading(_)))
            || self.is_below_title && !line.is_strong;
        match made.block {
            Block::Paragraph(paragraph) if is_title && !follows_title => {
                self.is_below_title = true;
                let title = self.title.get_or_insert_with(|| line.style.clone());
                let level = if *title == line.style { 1 } else { 2 };
                self.blocks
                    .push(Block::Heading(Heading::of(paragraph, level)));
            }
            block => self.blocks.push(block),
        }
    }

    fn table(&mut self, area: Area, headers: Headers, diagnostics: &mut Diagnostics) {
        let caption = self.caption.take();
        let table = self.parts.table(area, headers, true, caption, diagnostics);
        self.blocks.push(table);
        self.is_below_title = false;
    }
}
