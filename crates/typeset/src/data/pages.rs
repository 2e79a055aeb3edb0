//! The body on its pages: what stands on other paper than most, and columns of text.

use tabulary_ir::{Block, Code, Document, Error, PageSetup, Section, TextColumns};

use super::blocks::{BlockData, Builder};
use super::{NARROWEST_TEXT, PageData, not_on_paper, sheets_are_named};

impl<'a> Builder<'a, '_> {
    /// The blocks of the body. What stands between page breaks and sections shares its columns.
    pub(super) fn document_body(&mut self, body: &'a [Block]) -> Result<Vec<BlockData>, Error> {
        let named = sheets_are_named(body);
        let columns = columns_of(self.document);
        let mut all = Vec::new();
        let mut run = Vec::new();
        for block in body {
            match block {
                Block::Section(section) => {
                    self.end_run(&mut run, columns, &mut all)?;
                    self.section(section, named, &mut all)?;
                }
                Block::PageBreak(page_break) if columns.is_none() || !page_break.column => {
                    self.end_run(&mut run, columns, &mut all)?;
                    self.block(block, &mut all)?;
                }
                _ => run.push(block),
            }
        }
        self.end_run(&mut run, columns, &mut all)?;
        Ok(all)
    }

    fn end_run(
        &mut self,
        run: &mut Vec<&'a Block>,
        columns: Option<TextColumns>,
        all: &mut Vec<BlockData>,
    ) -> Result<(), Error> {
        let blocks = std::mem::take(run);
        self.in_columns(blocks.into_iter(), columns, all)
    }

    /// Lays blocks out in columns, where there are columns that are wide enough.
    fn in_columns(
        &mut self,
        mut blocks: impl Iterator<Item = &'a Block>,
        columns: Option<TextColumns>,
        all: &mut Vec<BlockData>,
    ) -> Result<(), Error> {
        let width = |columns: TextColumns| {
            let count = f64::from(columns.count);
            (self.text_width - columns.gap.to_f64().max(0.0) * (count - 1.0)) / count
        };
        let fits = columns.filter(|columns| columns.count > 1);
        let fits = fits.map(|columns| (columns, width(columns)));
        let Some((columns, width)) = fits.filter(|(_, width)| *width >= NARROWEST_TEXT / 2.0)
        else {
            return blocks.try_for_each(|block| self.block(block, all));
        };
        if columns.ruled {
            let message = "the lines between columns of text were left out";
            self.diagnostics.once(Code::StyleDropped, message, None);
        }
        let outer = std::mem::replace(&mut self.text_width, width);
        self.depth += 1;
        let around = std::mem::replace(&mut self.columns, self.depth);
        let mut inner = Vec::new();
        blocks.try_for_each(|block| self.block(block, &mut inner))?;
        self.columns = around;
        self.depth -= 1;
        self.text_width = outer;
        if !inner.is_empty() {
            all.push(BlockData::Columns {
                count: columns.count,
                gap: columns.gap.to_f64().max(0.0),
                blocks: inner,
            });
        }
        Ok(())
    }

    fn section(
        &mut self,
        section: &'a Section,
        named: bool,
        all: &mut Vec<BlockData>,
    ) -> Result<(), Error> {
        if section.hidden {
            let what = format!("the hidden sheet {:?}", section.name);
            not_on_paper(self.diagnostics, Code::BlockDropped, &what);
            return Ok(());
        }
        if named && !section.name.is_empty() {
            let text = self.cleaner.clean(&section.name);
            all.push(BlockData::Name {
                text,
                first: all.is_empty(),
            });
        }
        let setup = section.page.or(self.document.page);
        let columns = setup.and_then(|setup| setup.columns);
        let runs_on = section.headers.is_empty() && section.footers.is_empty();
        let same_paper = setup.is_none_or(|setup| is_same_paper(setup, self.document.page));
        let page = setup.as_ref().and_then(PageData::usable);
        let page = page.filter(|_| !(runs_on && same_paper));
        let Some(page) = page else {
            if section.page.is_some() && !section.continuous && !all.is_empty() {
                all.push(BlockData::PageBreak);
            }
            return self.in_columns(section.body.iter(), columns, all);
        };
        let outer = (self.text_width, self.turned_width);
        self.set_page(&page);
        self.depth += 1;
        let mut blocks = Vec::new();
        self.in_columns(section.body.iter(), columns, &mut blocks)?;
        self.depth -= 1;
        (self.text_width, self.turned_width) = outer;
        let header = self.running(&section.headers)?;
        let footer = self.running(&section.footers)?;
        // A name on the page before would stand alone.
        let name = all.pop_if(|block| matches!(block, BlockData::Name { .. }));
        let name = name.map(|name| match name {
            BlockData::Name { text, .. } => BlockData::Name { text, first: true },
            other => other,
        });
        let blocks = name.into_iter().chain(blocks).collect();
        self.pages += 1;
        all.push(BlockData::Pages {
            number: self.pages,
            page,
            header,
            footer,
            blocks,
        });
        Ok(())
    }
}

fn columns_of(document: &Document) -> Option<TextColumns> {
    document.page?.columns
}

/// Whether two pages differ in nothing but their columns.
fn is_same_paper(page: PageSetup, other: Option<PageSetup>) -> bool {
    other.is_some_and(|other| {
        let columns = page.columns;
        page == PageSetup { columns, ..other }
    })
}
