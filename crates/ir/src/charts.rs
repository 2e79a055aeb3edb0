//! Charts for formats that cannot draw them: the tables of their data.

use crate::{Block, Content, Document};

impl Document {
    /// How many charts it has.
    pub fn charts(&self) -> usize {
        let mut count = 0;
        self.for_each_block(|block| {
            count += usize::from(matches!(block, Block::Figure(figure) if figure.data.is_some()));
        });
        count
    }

    /// Puts the data of each chart in its place, as a table; one without a caption takes
    /// that of the figure.
    pub fn charts_as_tables(&mut self) {
        replace(&mut self.body);
    }
}

fn replace(blocks: &mut Vec<Block>) {
    let mut at = 0;
    while let Some(block) = blocks.get_mut(at) {
        at += 1;
        match block {
            Block::Figure(figure) => {
                let Some(mut table) = figure.data.take() else {
                    continue;
                };
                if table.caption.is_empty() {
                    table.caption = std::mem::take(&mut figure.caption);
                }
                table.origin = table.origin.or_else(|| figure.origin.clone());
                let table = Block::Table(table);
                if figure.content.is_empty() && figure.caption.is_empty() {
                    *block = table;
                } else {
                    blocks.insert(at, table);
                    at += 1;
                }
            }
            Block::List(list) => {
                for item in &mut list.items {
                    replace(&mut item.blocks);
                }
            }
            Block::Table(table) => {
                for (content, _) in table.contents_mut() {
                    if let Content::Blocks(blocks) = content {
                        replace(blocks);
                    }
                }
            }
            Block::Quote(quote) => replace(&mut quote.blocks),
            Block::Section(section) => replace(&mut section.body),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::{Block, Cell, Diagnostics, Document, Figure, Inline, Marks, Section, TableBuilder};

    #[test]
    fn a_chart_becomes_the_table_of_its_data() {
        let mut builder = TableBuilder::new();
        builder.place(Cell::text("7"));
        let data = builder.finish(&mut Diagnostics::new());
        let caption = vec![Inline::text("Shares", Marks::NONE)];
        let chart = Block::Figure(Figure {
            caption: caption.clone(),
            data: Some(Box::new(data)),
            ..Figure::default()
        });
        let section = Section {
            body: vec![chart, Block::paragraph("behind")],
            ..Section::default()
        };
        let mut document = Document {
            body: vec![Block::Section(section)],
            ..Document::default()
        };
        assert_eq!(document.charts(), 1);
        document.charts_as_tables();
        assert_eq!(document.charts(), 0);
        let tables = document.tables();
        assert_eq!(tables.len(), 1);
        assert_eq!(tables[0].caption, caption);
    }
}
