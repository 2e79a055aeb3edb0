//! A worksheet: prose a row a paragraph, tables as ranges.

use rust_xlsxwriter::{Worksheet, column_number_to_name};
use tabulary_ir::{
    Align, Block, Budget, Code, Diagnostics, Error, ErrorKind, Heading, Inline, List, Mark, Note,
    Points, Table,
};

use crate::content::{lines, write_line};
use crate::look::{Formats, Look};
use crate::refused;
use crate::table::{narrow, widths, write_table};

/// The rows and columns of a worksheet.
const ROWS: u64 = 1 << 20;
const COLUMNS: usize = 1 << 14;
/// Lines of prose are merged over as many columns as take this width, in characters.
const LINE_WIDTH: f64 = 80.0;
/// The columns of a sheet of prose and tables together take at most this width, in characters: what
/// is wider wraps, so that a page can be read when it is printed.
const SHEET_WIDTH: f64 = 110.0;
/// Such a column is never made narrower than this, in characters.
const NARROWEST: f64 = 5.0;
/// The usual width of a column, in characters.
const COLUMN_WIDTH: f64 = 9.0;
/// Points to a line of text.
const LINE_HEIGHT: f64 = 15.0;
/// The highest row that a worksheet allows, in points.
const HIGHEST: f64 = 409.0;
/// Points to a character of column width.
const POINTS_PER_WIDTH: f64 = 5.25;
/// What a workbook stores of a column's width beyond its characters: 5 pixels of 7 to a character.
const PADDING: f64 = 5.0 / 7.0;
/// Header rows that start below this row are not frozen: little else would be seen.
const LAST_FROZEN: u32 = 12;

/// Writes one worksheet.
pub(crate) struct SheetWriter<'a> {
    worksheet: Worksheet,
    name: String,
    budget: &'a Budget,
    row: u32,
    /// Widths of columns in characters.
    widths: Vec<f64>,
    /// Which columns have a width of their own in the document.
    own_widths: Vec<bool>,
    /// How many columns a line of prose is merged over.
    line_columns: u16,
    names: Vec<(String, String)>,
    tables: Vec<(u32, u32)>,
    is_body: bool,
}

impl<'a> SheetWriter<'a> {
    /// A worksheet of that name. `is_body` is whether it holds what stood outside of all sheets.
    pub(crate) fn new(name: &str, budget: &'a Budget, is_body: bool) -> Self {
        let mut names = Vec::new();
        if is_body {
            names.push(("body".to_owned(), "$A$1".to_owned()));
        }
        Self {
            worksheet: Worksheet::new(),
            name: name.to_owned(),
            budget,
            row: 0,
            widths: Vec::new(),
            own_widths: Vec::new(),
            line_columns: 1,
            names,
            tables: Vec::new(),
            is_body,
        }
    }

    pub(crate) fn blocks(
        &mut self,
        blocks: &[&Block],
        formats: &mut Formats,
        diagnostics: &mut Diagnostics,
    ) -> Result<(), Error> {
        self.measure(blocks)?;
        if self.is_body {
            self.narrow();
        }
        self.measure_lines();
        for block in blocks {
            self.block(block, 0, formats, diagnostics)?;
        }
        Ok(())
    }

    /// Finds the width of every column before anything is written.
    fn measure(&mut self, blocks: &[&Block]) -> Result<(), Error> {
        for block in blocks {
            match block {
                Block::Table(table) => self.measure_table(table)?,
                Block::Section(section) => {
                    self.measure(&section.body.iter().collect::<Vec<_>>())?
                }
                Block::Quote(quote) => self.measure(&quote.blocks.iter().collect::<Vec<_>>())?,
                _ => {}
            }
        }
        Ok(())
    }

    /// Takes from the wide columns what the sheet is too wide.
    fn narrow(&mut self) {
        let total: f64 = self.widths.iter().sum();
        let spare: f64 = self
            .widths
            .iter()
            .map(|width| (width - NARROWEST).max(0.0))
            .sum();
        if total > SHEET_WIDTH && spare > 0.0 {
            let share = ((total - SHEET_WIDTH) / spare).min(1.0);
            for width in &mut self.widths {
                *width -= (*width - NARROWEST).max(0.0) * share;
            }
        }
    }

    /// Finds how many columns a line of prose is merged over.
    fn measure_lines(&mut self) {
        let mut total = 0.0;
        let mut columns = 0_u16;
        while total < LINE_WIDTH && columns < 60 {
            total += self
                .widths
                .get(usize::from(columns))
                .copied()
                .unwrap_or(COLUMN_WIDTH);
            columns += 1;
        }
        let of_tables = u16::try_from(self.widths.len()).unwrap_or(u16::MAX);
        self.line_columns = columns.max(of_tables.min(30));
    }

    fn measure_table(&mut self, table: &Table) -> Result<(), Error> {
        if table.columns().len() > COLUMNS || u64::from(table.rows()) > ROWS {
            let message = format!(
                "a table of {} rows and {} columns is larger than a worksheet",
                table.rows(),
                table.columns().len()
            );
            return Err(Error::new(ErrorKind::NotRepresentable, message)
                .at(table.origin.clone())
                .help("convert to csv, html or json"));
        }
        let texts = widths(table);
        for (index, (column, text)) in table.columns().iter().zip(texts).enumerate() {
            let own = column
                .width
                .map(|width: Points| width.to_f64() / POINTS_PER_WIDTH);
            if self.widths.len() <= index {
                self.widths.push(0.0);
                self.own_widths.push(false);
            }
            self.own_widths[index] |= own.is_some();
            self.widths[index] = self.widths[index].max(own.unwrap_or(text).clamp(1.0, 255.0));
        }
        Ok(())
    }

    fn block(
        &mut self,
        block: &Block,
        depth: u8,
        formats: &mut Formats,
        diagnostics: &mut Diagnostics,
    ) -> Result<(), Error> {
        self.budget.tick()?;
        match block {
            Block::Heading(heading) => self.heading(heading, formats, diagnostics),
            Block::Paragraph(paragraph) => {
                let look = Look::of_line(paragraph.label.as_deref(), paragraph.style.align, depth);
                self.line(&paragraph.content, look, formats, diagnostics)
            }
            Block::List(list) => self.list(list, depth, formats, diagnostics),
            Block::Table(table) => self.table(table, formats, diagnostics),
            Block::Figure(figure) => {
                for content in [&figure.content, &figure.caption] {
                    let look = Look::of_line(None, Some(Align::Center), 0);
                    self.line(content, look, formats, diagnostics)?;
                }
                Ok(())
            }
            Block::Quote(quote) => {
                diagnostics.once(
                    Code::BlockDropped,
                    "quotes were written as paragraphs",
                    quote.origin.clone(),
                );
                for block in &quote.blocks {
                    self.block(block, depth.saturating_add(1).min(15), formats, diagnostics)?;
                }
                Ok(())
            }
            Block::Code(code) => {
                let look = Look::of_line(None, None, depth).marked(Mark::Code.into());
                self.text(&code.text, look, formats, diagnostics)
            }
            Block::Math(math) => {
                diagnostics.once(
                    Code::MathAsText,
                    "formulas of mathematics were written as text",
                    math.origin.clone(),
                );
                self.text(
                    &math.text,
                    Look::of_line(None, None, depth),
                    formats,
                    diagnostics,
                )
            }
            Block::Rule(_) | Block::PageBreak(_) => {
                diagnostics.once(
                    Code::BlockDropped,
                    "rules and page breaks were left out",
                    block.origin().cloned(),
                );
                Ok(())
            }
            Block::Section(section) => {
                diagnostics.once(
                    Code::BlockDropped,
                    "the names of inner sections were left out",
                    section.origin.clone(),
                );
                for block in &section.body {
                    self.block(block, depth, formats, diagnostics)?;
                }
                Ok(())
            }
        }
    }

    fn heading(
        &mut self,
        heading: &Heading,
        formats: &mut Formats,
        diagnostics: &mut Diagnostics,
    ) -> Result<(), Error> {
        let size = match heading.level {
            1 => 16,
            2 => 14,
            _ => 12,
        };
        let look = Look {
            size,
            ..Look::of_line(heading.label.as_deref(), heading.style.align, 0)
        };
        self.names.push((
            format!("heading.{}", heading.level),
            format!("$A${}", self.row + 1),
        ));
        self.line(
            &heading.content,
            look.marked(Mark::Bold.into()),
            formats,
            diagnostics,
        )
    }

    fn list(
        &mut self,
        list: &List,
        depth: u8,
        formats: &mut Formats,
        diagnostics: &mut Diagnostics,
    ) -> Result<(), Error> {
        diagnostics.once(
            Code::BlockDropped,
            "lists were written as paragraphs with their labels",
            list.origin.clone(),
        );
        let inner = depth.saturating_add(1).min(15);
        for (index, item) in list.items.iter().enumerate() {
            let usual = if list.ordered {
                format!("{}.", index + 1)
            } else {
                "•".to_owned()
            };
            let mut label = Some(item.label.as_deref().unwrap_or(&usual));
            for block in &item.blocks {
                match (block, label.take()) {
                    (Block::Paragraph(paragraph), Some(label)) if paragraph.label.is_none() => {
                        let look = Look::of_line(Some(label), paragraph.style.align, inner);
                        self.line(&paragraph.content, look, formats, diagnostics)?;
                    }
                    (block, _) => self.block(block, inner, formats, diagnostics)?,
                }
            }
        }
        Ok(())
    }

    fn text(
        &mut self,
        text: &str,
        look: Look,
        formats: &mut Formats,
        diagnostics: &mut Diagnostics,
    ) -> Result<(), Error> {
        let mut content = Vec::new();
        tabulary_ir::push_text(&mut content, text, tabulary_ir::Marks::NONE);
        self.line(&content, look, formats, diagnostics)
    }

    /// A line of prose: one cell over as many columns as a line is wide. An empty one is a blank row.
    fn line(
        &mut self,
        content: &[Inline],
        look: Look,
        formats: &mut Formats,
        diagnostics: &mut Diagnostics,
    ) -> Result<(), Error> {
        self.reserve(1)?;
        if tabulary_ir::inline_text(content).is_empty() {
            // What is left out of the line is told all the same.
            if !content.is_empty() {
                write_line(
                    &mut self.worksheet,
                    (self.row, 0),
                    content,
                    look,
                    formats,
                    diagnostics,
                )?;
            }
            self.row += 1;
            return Ok(());
        }
        let columns = (0..usize::from(self.line_columns))
            .map(|i| self.widths.get(i).copied().unwrap_or(COLUMN_WIDTH));
        let width: f64 = columns.sum::<f64>()
            - f64::from(look.indent) * 1.5
            - look
                .code
                .as_ref()
                .map_or(0.0, |code| code.len() as f64 / 2.0);
        let scale = if look.size > 0 {
            f64::from(look.size) / 11.0
        } else {
            1.0
        };
        let height = lines(content, (width / scale).max(10.0)) * LINE_HEIGHT * scale;
        if self.line_columns > 1 {
            let format = formats.get(look.clone());
            let last = self.line_columns - 1;
            self.worksheet
                .merge_range(self.row, 0, self.row, last, "", &format)
                .map_err(refused)?;
        }
        write_line(
            &mut self.worksheet,
            (self.row, 0),
            content,
            look,
            formats,
            diagnostics,
        )?;
        self.worksheet
            .set_row_height(self.row, height.min(HIGHEST))
            .map_err(refused)?;
        self.row += 1;
        Ok(())
    }

    fn table(
        &mut self,
        table: &Table,
        formats: &mut Formats,
        diagnostics: &mut Diagnostics,
    ) -> Result<(), Error> {
        if !table.caption.is_empty() {
            self.line(
                &table.caption,
                Look::of_line(None, Some(Align::Center), 0),
                formats,
                diagnostics,
            )?;
        }
        if table.area() == 0 {
            return Ok(());
        }
        self.reserve(u64::from(table.rows()) + 1)?;
        let first = self.row;
        let next = write_table(&mut self.worksheet, table, first, formats, diagnostics)?;
        let own_widths = table.columns().iter().any(|column| column.width.is_some());
        let mark = if own_widths { ".w" } else { "" };
        let name = format!(
            "table.h{}.c{}{mark}",
            table.header_rows, table.header_columns
        );
        let last = column_number_to_name(narrow(table.width() - 1));
        self.names
            .push((name, format!("$A${}:${last}${next}", first + 1)));
        for (index, column) in (0_u16..).zip(table.columns()) {
            if column.hidden {
                self.worksheet.set_column_hidden(index).map_err(refused)?;
            }
        }
        self.tables.push((first, table.header_rows));
        // A blank row sets a table apart from what stands below it.
        self.row = next + 1;
        Ok(())
    }

    /// A note, below the text.
    pub(crate) fn note(
        &mut self,
        note: &Note,
        formats: &mut Formats,
        diagnostics: &mut Diagnostics,
    ) -> Result<(), Error> {
        let label = note.label.as_deref().unwrap_or(&note.id);
        for block in &note.blocks {
            match block {
                Block::Paragraph(paragraph) => {
                    let look = Look::of_line(Some(&format!("[{label}]")), None, 0);
                    self.line(&paragraph.content, look, formats, diagnostics)?;
                }
                block => self.block(block, 0, formats, diagnostics)?,
            }
        }
        Ok(())
    }

    fn reserve(&self, rows: u64) -> Result<(), Error> {
        if u64::from(self.row) + rows > ROWS {
            let message = format!(
                "the sheet {:?} takes more rows than the {ROWS} of a worksheet",
                self.name
            );
            return Err(Error::new(ErrorKind::NotRepresentable, message)
                .help("convert to csv, html or json"));
        }
        Ok(())
    }

    /// The worksheet, and the names of its ranges.
    pub(crate) fn finish(mut self) -> Result<(Worksheet, Vec<(String, String)>), Error> {
        let worksheet = &mut self.worksheet;
        worksheet.set_name(&self.name).map_err(refused)?;
        // Where the document gives widths, a column without one has the usual width of a workbook.
        let has_own = self.own_widths.contains(&true);
        for ((index, width), is_own) in (0_u16..).zip(&self.widths).zip(&self.own_widths) {
            if has_own && !is_own {
                continue;
            }
            let width = if *is_own {
                (width - PADDING).max(0.0)
            } else {
                *width
            };
            worksheet.set_column_width(index, width).map_err(refused)?;
        }
        if let [(first, header_rows)] = self.tables.as_slice()
            && *header_rows > 0
        {
            let below = first + header_rows;
            worksheet
                .set_repeat_rows(*first, below - 1)
                .map_err(refused)?;
            if below <= LAST_FROZEN {
                worksheet.set_freeze_panes(below, 0).map_err(refused)?;
            }
        }
        // A4, as wide as one page and as long as it takes.
        worksheet.set_paper_size(9).set_print_fit_to_pages(1, 0);
        let total: f64 = self.widths.iter().sum();
        if total > 110.0 {
            worksheet.set_landscape();
        }
        worksheet
            .set_margins(0.6, 0.6, 0.7, 0.7, 0.3, 0.3)
            .set_print_center_horizontally(true);
        worksheet.set_footer("&C- &P -");
        Ok((self.worksheet, self.names))
    }
}
