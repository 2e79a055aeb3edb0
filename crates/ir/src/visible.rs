//! What is left of a document when what its source hides is taken out.

use crate::{
    Block, Cell, Code, Column, Content, Diagnostics, Document, Furniture, RowSetting, Section,
    Table,
};

impl Document {
    /// Whether a sheet, row or column of it is hidden; headers and footers do not count
    /// ([`Document::leave_out_hidden_furniture`]).
    pub fn has_hidden(&self) -> bool {
        let mut found = false;
        self.for_each_block(|block| {
            found |= match block {
                Block::Section(section) => section.hidden,
                Block::Table(table) => has_hidden(table),
                _ => false,
            };
        });
        found
    }

    /// The headers and footers of the document; not those of its sections.
    fn furniture(&self) -> impl Iterator<Item = &Furniture> {
        self.headers.iter().chain(&self.footers)
    }

    /// Takes hidden sheets, rows and columns out, and tells which.
    pub fn leave_out_hidden(&mut self, diagnostics: &mut Diagnostics) {
        leave_out(&mut self.body, diagnostics);
    }

    /// Whether a header or footer of it is on no page.
    pub fn has_hidden_furniture(&self) -> bool {
        self.furniture().any(|furniture| furniture.hidden)
    }

    /// Takes headers and footers that no page shows out, and tells how many.
    pub fn leave_out_hidden_furniture(&mut self, diagnostics: &mut Diagnostics) {
        let hidden = self.furniture().filter(|one| one.hidden).count();
        if hidden > 0 {
            let message = format!("{hidden} headers and footers that no page shows were left out");
            diagnostics.add(Code::HiddenDropped, message, None);
            self.headers.retain(|header| !header.hidden);
            self.footers.retain(|footer| !footer.hidden);
        }
    }

    /// Makes hidden sheets, rows and columns such as can be seen.
    pub fn show_hidden(&mut self) {
        show(&mut self.body);
        for furniture in self.headers.iter_mut().chain(&mut self.footers) {
            furniture.hidden = false;
        }
    }
}

fn has_hidden(table: &Table) -> bool {
    table.columns().iter().any(|column| column.hidden)
        || table.row_settings().iter().any(|row| row.hidden)
}

fn leave_out(blocks: &mut Vec<Block>, diagnostics: &mut Diagnostics) {
    blocks.retain_mut(|block| match block {
        Block::Section(section) if section.hidden => {
            tell_section(section, diagnostics);
            false
        }
        Block::Section(section) => {
            leave_out(&mut section.body, diagnostics);
            true
        }
        Block::Quote(quote) => {
            leave_out(&mut quote.blocks, diagnostics);
            true
        }
        Block::List(list) => {
            for item in &mut list.items {
                leave_out(&mut item.blocks, diagnostics);
            }
            true
        }
        Block::Table(table) => {
            for (content, _) in table.contents_mut() {
                if let Content::Blocks(blocks) = content {
                    leave_out(blocks, diagnostics);
                }
            }
            if !has_hidden(table) {
                return true;
            }
            **table = visible(std::mem::take(&mut **table), diagnostics);
            table.rows() > 0 && table.width() > 0
        }
        _ => true,
    });
}

fn tell_section(section: &Section, diagnostics: &mut Diagnostics) {
    let message = format!("the hidden section {:?} was left out", section.name);
    diagnostics.add(Code::HiddenDropped, message, section.origin.clone());
}

/// The table without its hidden rows and columns. A merged cell of which a part is seen stays.
fn visible(table: Table, diagnostics: &mut Diagnostics) -> Table {
    let hidden_rows = table.row_settings().iter().filter(|row| row.hidden);
    let rows = Kept::new(table.rows(), hidden_rows.map(|setting| setting.row));
    let hidden = (0..)
        .zip(table.columns())
        .filter(|(_, column)| column.hidden);
    let columns = Kept::new(table.width(), hidden.map(|(col, _)| col));
    let lost = table.cells().iter().filter(|cell| {
        let is_seen =
            rows.span(cell.row, cell.row_span) > 0 && columns.span(cell.col, cell.col_span) > 0;
        !is_seen && !cell.is_blank()
    });
    let message = format!(
        "{} hidden rows and {} hidden columns of a table were left out, with {} cells that are not blank",
        rows.left_out.len(),
        columns.left_out.len(),
        lost.count()
    );
    diagnostics.add(Code::HiddenDropped, message, table.origin.clone());
    let (header_rows, header_columns) = (
        rows.span(0, table.header_rows),
        columns.span(0, table.header_columns),
    );
    let settings = table
        .row_settings()
        .iter()
        .filter(|setting| !setting.hidden);
    let settings: Vec<RowSetting> = settings
        .map(|setting| RowSetting {
            row: rows.place(setting.row),
            ..*setting
        })
        .collect();
    let kept: Vec<Column> = table
        .columns()
        .iter()
        .filter(|column| !column.hidden)
        .copied()
        .collect();
    let origin = table.origin.clone();
    let cells = table.cells().iter().filter_map(|cell| {
        let mut seen = Cell {
            row: rows.place(cell.row),
            col: columns.place(cell.col),
            row_span: rows.span(cell.row, cell.row_span),
            col_span: columns.span(cell.col, cell.col_span),
            ..cell.clone()
        };
        // The place of a cell no longer follows from that of its table.
        if seen.origin.is_none() {
            let place = origin.as_ref().and_then(|origin| {
                origin.of_cell(cell.row, cell.col, cell.row_span, cell.col_span)
            });
            seen.origin = place.map(Box::new);
        }
        (seen.row_span > 0 && seen.col_span > 0).then_some(seen)
    });
    let cells: Vec<Cell> = cells.collect();
    let mut builder = crate::TableBuilder::new()
        .size(rows.count(), 0)
        .columns(kept)
        .row_settings(settings)
        .headers(header_rows, header_columns)
        .caption(table.caption)
        .name(table.name)
        .rtl(table.rtl)
        .origin(table.origin);
    for cell in cells {
        builder.place(cell);
    }
    builder.finish(diagnostics)
}

/// Which of a number of rows or columns stay.
struct Kept {
    all: u32,
    left_out: Vec<u32>,
}

impl Kept {
    fn new(all: u32, hidden: impl Iterator<Item = u32>) -> Self {
        let left_out: Vec<u32> = hidden.filter(|index| *index < all).collect();
        Self { all, left_out }
    }

    fn count(&self) -> u32 {
        self.all - u32::try_from(self.left_out.len()).unwrap_or(self.all)
    }

    /// Where one stands after the change; for one that is left out, the next that stays.
    fn place(&self, index: u32) -> u32 {
        let before = self.left_out.partition_point(|hidden| *hidden < index);
        index - u32::try_from(before).unwrap_or(index)
    }

    /// How many of a span stay.
    fn span(&self, first: u32, count: u32) -> u32 {
        self.place(first.saturating_add(count)) - self.place(first)
    }
}

fn show(blocks: &mut [Block]) {
    for block in blocks {
        match block {
            Block::Section(section) => {
                section.hidden = false;
                show(&mut section.body);
            }
            Block::Quote(quote) => show(&mut quote.blocks),
            Block::List(list) => list
                .items
                .iter_mut()
                .for_each(|item| show(&mut item.blocks)),
            Block::Table(table) => {
                table.show_hidden();
                for (content, _) in table.contents_mut() {
                    if let Content::Blocks(blocks) = content {
                        show(blocks);
                    }
                }
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Origin, TableBuilder};

    /// Three rows and three columns; the second of each is hidden, and a merge reaches over both.
    fn document() -> Document {
        let mut builder = TableBuilder::new()
            .columns(vec![
                Column::default(),
                Column {
                    hidden: true,
                    width: None,
                },
                Column::default(),
            ])
            .row_settings(vec![RowSetting {
                hidden: true,
                row: 1,
                height: None,
            }])
            .headers(2, 2)
            .origin(Origin::cells("s", "B2:D4"));
        builder.place(Cell::text("merged").at(0, 0).spanning(2, 2));
        builder.place(Cell::text("c").at(0, 2));
        builder.place(Cell::text("gone").at(1, 2));
        builder.place(Cell::text("gone too").at(2, 1));
        builder.place(Cell::text("d").at(2, 2));
        let table = builder.finish(&mut Diagnostics::new());
        let hidden = Section {
            hidden: true,
            name: "h".into(),
            ..Section::default()
        };
        Document {
            body: vec![Block::Table(Box::new(table)), Block::Section(hidden)],
            ..Document::default()
        }
    }

    #[test]
    fn hidden_rows_columns_and_sections_are_taken_out_and_told() {
        let mut document = document();
        assert!(document.has_hidden());
        let mut diagnostics = Diagnostics::new();
        document.leave_out_hidden(&mut diagnostics);
        assert!(!document.has_hidden());
        let table = document.tables()[0];
        assert_eq!((table.rows(), table.width()), (2, 2));
        assert_eq!((table.header_rows, table.header_columns), (1, 1));
        let cells: Vec<_> = table
            .cells()
            .iter()
            .map(|cell| {
                (
                    cell.row,
                    cell.col,
                    cell.row_span,
                    cell.col_span,
                    cell.plain_text(),
                )
            })
            .collect();
        assert_eq!(
            cells,
            [
                (0, 0, 1, 1, "merged".into()),
                (0, 1, 1, 1, "c".into()),
                (1, 1, 1, 1, "d".into())
            ]
        );
        assert_eq!(
            table.cells()[2].origin.as_deref(),
            Some(&Origin::cells("s", "D4"))
        );
        let told: Vec<_> = diagnostics
            .into_vec()
            .iter()
            .map(|diagnostic| diagnostic.message.clone())
            .collect();
        assert_eq!(
            told,
            [
                "1 hidden rows and 1 hidden columns of a table were left out, with 2 cells that are not blank",
                "the hidden section \"h\" was left out",
            ]
        );
    }

    #[test]
    fn hidden_things_can_be_shown() {
        let mut document = document();
        document.show_hidden();
        assert!(!document.has_hidden());
        assert_eq!(document.tables()[0].rows(), 3);
    }
}
