//! Pipe tables: for tables of one header row, without spans, with nothing in a cell but a line.

use tabulary_ir::{
    Align, Block, Cell, CellStyle, Column, Content, Error, Inline, Marks, Paragraph, Slot, Table,
    push_text,
};
use tabulary_markup::plain_number;

use super::Markdown;
use super::line::Kind;

impl<'a> Markdown<'a> {
    /// The table between pipes; `None` where it would not read back as it is.
    pub(super) fn pipe_table(&mut self, table: &'a Table) -> Result<Option<String>, Error> {
        let plain = table.header_rows == 1
            && table.header_columns == 0
            && table.width() > 0
            && table.caption.is_empty()
            && !table.rtl
            && table
                .columns()
                .iter()
                .all(|column| *column == Column::default())
            && table.cells().iter().all(is_plain);
        let Some(aligns) = plain.then(|| aligns(table)).flatten() else {
            return Ok(None);
        };
        self.budget.cells(table.area())?;
        let mut text = String::new();
        for (row, slots) in table.row_slots().enumerate() {
            self.budget.tick()?;
            if row > 0 {
                text.push('\n');
            }
            text.push('|');
            for slot in slots {
                if let Slot::Anchor(cell) = slot {
                    let content = self.cell(cell);
                    text.push(' ');
                    text.push_str(&content);
                }
                text.push_str(" |");
            }
            if row == 0 {
                text.push_str("\n|");
                for align in &aligns {
                    text.push_str(match align {
                        Some(Align::Left) => " :-- |",
                        Some(Align::Center) => " :-: |",
                        Some(Align::Right) => " --: |",
                        _ => " --- |",
                    });
                }
            }
        }
        Ok(Some(text))
    }

    fn cell(&mut self, cell: &'a Cell) -> String {
        match &cell.content {
            Content::Blocks(blocks) => match blocks.as_slice() {
                [Block::Paragraph(paragraph)] => self.line(&paragraph.content, Kind::Cell),
                _ => String::new(),
            },
            Content::Text(text) => {
                let marks = cell.style.as_ref().map_or(Marks::NONE, |style| style.marks);
                let mut content = Vec::new();
                push_text(&mut content, text, marks);
                self.line(&content, Kind::Cell)
            }
        }
    }
}

/// Whether a cell says nothing that a pipe table cannot hold.
fn is_plain(cell: &Cell) -> bool {
    let line = match &cell.content {
        Content::Text(text) => cell.value == plain_number(text) && has_text(text, cell),
        Content::Blocks(blocks) => {
            let plain = |p: &Paragraph| p.label.is_none() && p.style.is_default();
            cell.value.is_none()
                && cell
                    .style
                    .as_ref()
                    .is_none_or(|style| style.marks.is_empty())
                && matches!(blocks.as_slice(), [Block::Paragraph(p)] if plain(p) && !has_wide(p))
        }
    };
    let only_marks = cell.style.as_deref().is_none_or(|style| {
        let rest = CellStyle {
            align: None,
            marks: Marks::NONE,
            ..style.clone()
        };
        rest == CellStyle::default()
    });
    line && only_marks && !cell.is_merged() && cell.format.is_none() && cell.formula.is_none()
}

/// Whether the marks of a cell have text to stand on.
fn has_text(text: &str, cell: &Cell) -> bool {
    let marked = cell
        .style
        .as_ref()
        .is_some_and(|style| !style.marks.is_empty());
    !marked || text.chars().any(|c| !matches!(c, '\n' | '\r' | '\t'))
}

/// Whether a paragraph holds what is written better outside of pipes.
fn has_wide(paragraph: &Paragraph) -> bool {
    paragraph
        .content
        .iter()
        .any(|inline| matches!(inline, Inline::Math(m) if m.text.contains('|')))
}

/// The alignment of each column, where all of its squares have the same.
fn aligns(table: &Table) -> Option<Vec<Option<Align>>> {
    let align = |cell: Option<&Cell>| cell.and_then(|cell| cell.style.as_ref()?.align);
    let any = table.cells().iter().any(|cell| align(Some(cell)).is_some());
    if !any {
        return Some(vec![None; table.columns().len()]);
    }
    let columns = 0..table.width();
    let of_column = |col: u32| {
        let first = align(table.at(0, col));
        let same = (0..table.rows()).all(|row| align(table.at(row, col)) == first);
        (same && first != Some(Align::Justify)).then_some(first)
    };
    columns.map(of_column).collect()
}
