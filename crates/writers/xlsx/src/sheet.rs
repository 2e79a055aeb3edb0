//! A worksheet: prose a row a paragraph, tables as ranges.

use rust_xlsxwriter::{Worksheet, column_number_to_name};
use tabulary_ir::{
    Align, Area, Block, Budget, Cell, CellStyle, Code, Error, ErrorKind, Furniture, Mark, Origin,
    PageSetup, Points, SheetSettings, Table,
};

use crate::attach::tell_inner_links;
use crate::look::Look;
use crate::refused;
use crate::running;
use crate::setup;
use crate::shared::Shared;
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
/// The widest column that a worksheet allows, in characters.
const WIDEST: f64 = 255.0;
/// The usual width of a column, in characters.
pub(crate) const COLUMN_WIDTH: f64 = 9.0;
/// Points to a line of text.
pub(crate) const LINE_HEIGHT: f64 = 15.0;
/// The highest row that a worksheet allows, in points.
pub(crate) const HIGHEST: f64 = 409.5;
/// A pixel, in points: a row that is lower is a hidden one.
pub(crate) const LOWEST: f64 = 0.75;
/// Points to a character of column width.
const POINTS_PER_WIDTH: f64 = 5.25;
/// Pixels of 1/96 inch to a character of column width.
const PIXELS_PER_WIDTH: f64 = 7.0;
/// Pixels of a column that says nothing of its width.
const USUAL_PIXELS: u32 = 64;
/// Header rows that start below this row are not frozen: little else would be seen.
const LAST_FROZEN: u32 = 12;

/// Writes one worksheet.
pub(crate) struct SheetWriter<'a> {
    pub(crate) worksheet: Worksheet,
    name: String,
    /// The name of the sheet of the source whose blocks are written.
    pub(crate) source: Option<String>,
    budget: &'a Budget,
    pub(crate) row: u32,
    /// Widths of columns in characters.
    pub(crate) widths: Vec<f64>,
    /// Which columns have a width of their own in the document.
    own_widths: Vec<bool>,
    /// Which columns a table shows; another table that hides one of them does not.
    shown: Vec<bool>,
    /// Whether a column is wider in the document than a worksheet allows.
    is_cut: bool,
    /// How many columns a line of prose is merged over.
    pub(crate) line_columns: u16,
    pub(crate) names: Vec<(String, String)>,
    tables: Vec<(u32, u32)>,
    is_body: bool,
}

impl<'a> SheetWriter<'a> {
    /// A worksheet of that name. `is_body` is whether it holds what stood outside of all sheets.
    pub(crate) fn new(
        mut worksheet: Worksheet,
        name: &str,
        budget: &'a Budget,
        is_body: bool,
    ) -> Self {
        // A formula whose value is blank or not known does not stand for 0.
        worksheet.set_formula_result_default("");
        let mut names = Vec::new();
        if is_body {
            names.push(("body".to_owned(), "$A$1".to_owned()));
        }
        Self {
            worksheet,
            name: name.to_owned(),
            source: None,
            budget,
            row: 0,
            widths: Vec::new(),
            own_widths: Vec::new(),
            shown: Vec::new(),
            is_cut: false,
            line_columns: 1,
            names,
            tables: Vec::new(),
            is_body,
        }
    }

    pub(crate) fn blocks(
        &mut self,
        blocks: &[&Block],
        shared: &mut Shared<'_>,
    ) -> Result<(), Error> {
        self.measure(blocks)?;
        if self.is_body {
            self.narrow();
        }
        self.measure_lines();
        for block in blocks {
            self.block(block, 0, shared)?;
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
        let offset = match &table.origin {
            Some(Origin::Cells { range, sheet }) if self.source.as_deref() == Some(sheet) => {
                Area::parse(range).map_or(0, |area| area.col as usize)
            }
            _ => 0,
        };
        for (index, (column, text)) in (offset..).zip(table.columns().iter().zip(texts)) {
            let own = column
                .width
                .map(|width: Points| width.to_f64() / POINTS_PER_WIDTH);
            if self.widths.len() <= index {
                self.widths.resize(index + 1, 0.0);
                self.own_widths.resize(index + 1, false);
                self.shown.resize(index + 1, false);
            }
            self.shown[index] |= !column.hidden;
            self.is_cut |= own.is_some_and(|own| own > WIDEST);
            self.own_widths[index] |= own.is_some();
            let width = match own {
                Some(own) => own.clamp(0.0, WIDEST),
                None => text.clamp(1.0, WIDEST),
            };
            self.widths[index] = self.widths[index].max(width);
        }
        Ok(())
    }

    pub(crate) fn block(
        &mut self,
        block: &Block,
        depth: u8,
        shared: &mut Shared<'_>,
    ) -> Result<(), Error> {
        self.budget.tick()?;
        match block {
            Block::Heading(heading) => self.heading(heading, shared),
            Block::Paragraph(paragraph) => self.paragraph(paragraph, depth, shared),
            Block::List(list) => self.list(list, depth, shared),
            Block::Table(table) => self.table(table, shared),
            Block::Figure(figure) => self.figure(figure, shared),
            Block::Quote(quote) => {
                shared.diagnostics.once(
                    Code::BlockDropped,
                    "quotes were written as paragraphs",
                    quote.origin.clone(),
                );
                for block in &quote.blocks {
                    self.block(block, depth.saturating_add(1).min(15), shared)?;
                }
                Ok(())
            }
            Block::Code(code) => {
                let look = Look::of_line(None, None, depth).marked(Mark::Code.into());
                self.text(&code.text, look, shared)
            }
            Block::Math(math) => {
                shared.diagnostics.once(
                    Code::MathAsText,
                    "formulas of mathematics were written as text",
                    math.origin.clone(),
                );
                self.text(&math.text, Look::of_line(None, None, depth), shared)
            }
            Block::Rule(_) | Block::PageBreak(_) => {
                shared.diagnostics.once(
                    Code::BlockDropped,
                    "rules and page breaks were left out",
                    block.origin().cloned(),
                );
                Ok(())
            }
            Block::Section(section) => {
                shared.diagnostics.once(
                    Code::BlockDropped,
                    "the names of inner sections were left out",
                    section.origin.clone(),
                );
                for block in &section.body {
                    self.block(block, depth, shared)?;
                }
                Ok(())
            }
        }
    }

    fn table(&mut self, table: &Table, shared: &mut Shared<'_>) -> Result<(), Error> {
        let place = self.place(table.origin.as_ref());
        if !table.caption.is_empty() {
            self.caption(table, place, shared)?;
        }
        if table.area() == 0 {
            return Ok(());
        }
        // A caption may have taken the row.
        self.row = place.map_or(self.row, |area| area.row.max(self.row));
        self.reserve(u64::from(table.rows()) + 1)?;
        let corner = (self.row, place.map_or(0, |area| area.col));
        let stood = match &table.origin {
            Some(Origin::Cells { range, .. }) => {
                Area::parse(range).map(|area| (area.row, area.col))
            }
            _ => None,
        };
        let has_formulas = table.cells().iter().any(|cell| cell.formula.is_some());
        if has_formulas && corner != stood.unwrap_or_default() {
            let message =
                "formulas name cells by their place, and their table stands at another than before";
            let place = table.origin.clone();
            shared.diagnostics.once(Code::FormulaMoved, message, place);
        }
        let is_usual = !has_own_look(table, place.is_some());
        let next = write_table(&mut self.worksheet, table, corner, is_usual, shared)?;
        let own_sizes = table.columns().iter().any(|column| column.width.is_some())
            || table.row_settings().iter().any(|row| row.height.is_some());
        let name = format!(
            "table.h{}.c{}{}{}{}",
            table.header_rows,
            table.header_columns,
            if own_sizes { ".w" } else { "" },
            if is_usual { "" } else { ".s" },
            if is_usual && has_plain_headers(table) {
                ".p"
            } else {
                ""
            },
        );
        let (first, col) = corner;
        let letters = |col: u32| column_number_to_name(narrow(col));
        let range = format!(
            "${}${}:${}${next}",
            letters(col),
            first + 1,
            letters(col + table.width() - 1)
        );
        self.names.push((name, range));
        self.hide_columns(table, col, shared)?;
        self.tables.push((first, table.header_rows));
        // A blank row sets a table apart from what stands below it.
        self.row = if self.source.is_some() {
            next
        } else {
            next + 1
        };
        Ok(())
    }

    /// Hides the columns that a table hides, but for those that other tables show.
    fn hide_columns(
        &mut self,
        table: &Table,
        col: u32,
        shared: &mut Shared<'_>,
    ) -> Result<(), Error> {
        for (index, column) in (col..).zip(table.columns()) {
            if !column.hidden {
                continue;
            }
            if self.shown.get(index as usize).copied().unwrap_or_default() {
                let message =
                    "columns that one table hides and another shows were written as shown";
                let place = table.origin.clone();
                shared.diagnostics.once(Code::HiddenDropped, message, place);
                continue;
            }
            self.worksheet
                .set_column_hidden(narrow(index))
                .map_err(refused)?;
        }
        Ok(())
    }

    /// The line above a table.
    fn caption(
        &mut self,
        table: &Table,
        place: Option<Area>,
        shared: &mut Shared<'_>,
    ) -> Result<(), Error> {
        let above = place
            .filter(|area| area.row > self.row)
            .map(|area| Area::new(area.row - 1, area.col, area.row - 1, area.last_col));
        let first = above.map_or(self.row, |area| area.row);
        let column = column_number_to_name(narrow(above.map_or(0, |area| area.col)));
        self.names
            .push(("caption".to_owned(), format!("${column}${}", first + 1)));
        tell_inner_links(&table.caption, shared);
        let look = Look::of_line(None, Some(Align::Center), 0);
        self.line(&table.caption, above, look, shared)
    }

    pub(crate) fn reserve(&self, rows: u64) -> Result<(), Error> {
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
    pub(crate) fn finish(
        mut self,
        given: &Setup<'_>,
        shared: &mut Shared<'_>,
    ) -> Result<(Worksheet, Vec<(String, String)>), Error> {
        self.worksheet.set_name(&self.name).map_err(refused)?;
        self.set_widths(shared)?;
        // What the document does not say is set as it is printed best, and named as such.
        let mut usual = String::new();
        match given.settings {
            Some(settings) => setup::settings(&mut self.worksheet, settings, &self.name, shared)?,
            None if self.source.is_none() => self.usual_titles(&mut usual)?,
            None => {}
        }
        self.worksheet.set_print_fit_to_pages(1, 0);
        match given.page {
            Some(page) => setup::page(&mut self.worksheet, page, shared),
            None => self.usual_page(&mut usual),
        }
        if given.headers.is_empty() && given.footers.is_empty() {
            self.worksheet.set_footer("&C- &P -");
            usual.push('n');
        } else {
            let diagnostics = &mut shared.diagnostics;
            running::furniture(
                &mut self.worksheet,
                given.headers,
                given.footers,
                diagnostics,
            );
        }
        self.names
            .push((format!("usual.{usual}"), "$A$1".to_owned()));
        Ok((self.worksheet, self.names))
    }

    fn set_widths(&mut self, shared: &mut Shared<'_>) -> Result<(), Error> {
        // Where the document gives widths, a column without one has the usual width of a workbook.
        let has_own = self.own_widths.contains(&true) || self.source.is_some();
        for ((index, width), is_own) in (0_u16..).zip(&self.widths).zip(&self.own_widths) {
            if has_own && !is_own {
                continue;
            }
            if *is_own {
                let pixels = (width * PIXELS_PER_WIDTH).round().clamp(0.0, 1790.0) as u32;
                if *width >= WIDEST && self.is_cut {
                    let message = "columns of more than 1338.75 points were made that wide";
                    shared.diagnostics.once(Code::StyleDropped, message, None);
                }
                if pixels == 0 && self.shown.get(usize::from(index)) == Some(&true) {
                    let message = "columns of no width that are not hidden were made a pixel wide";
                    shared.diagnostics.once(Code::StyleDropped, message, None);
                }
                if pixels == USUAL_PIXELS {
                    let message =
                        "columns of 64 pixels are as wide as one that says nothing of its width";
                    shared.diagnostics.once(Code::StyleDropped, message, None);
                }
                self.worksheet
                    .set_column_width_pixels(index, pixels.max(1))
                    .map_err(refused)?;
            } else if *width > 0.0 {
                self.worksheet
                    .set_column_width(index, *width)
                    .map_err(refused)?;
            }
        }
        Ok(())
    }

    /// Repeats and freezes the header rows of the only table.
    fn usual_titles(&mut self, usual: &mut String) -> Result<(), Error> {
        if let [(first, header_rows)] = self.tables.as_slice()
            && *header_rows > 0
        {
            let below = first + header_rows;
            self.worksheet
                .set_repeat_rows(*first, below - 1)
                .map_err(refused)?;
            usual.push('t');
            if below <= LAST_FROZEN {
                self.worksheet.set_freeze_panes(below, 0).map_err(refused)?;
                usual.push('f');
            }
        }
        Ok(())
    }

    /// A4, upright or lying as the sheet is wide.
    fn usual_page(&mut self, usual: &mut String) {
        self.worksheet.set_paper_size(9);
        let total: f64 = self.widths.iter().sum();
        if total > 110.0 {
            self.worksheet.set_landscape();
        }
        self.worksheet
            .set_margins(0.6, 0.6, 0.7, 0.7, 0.3, 0.3)
            .set_print_center_horizontally(true);
        usual.push('p');
    }
}

/// What the document says of how a sheet is printed and seen.
pub(crate) struct Setup<'a> {
    pub(crate) settings: Option<&'a SheetSettings>,
    pub(crate) page: Option<&'a PageSetup>,
    pub(crate) headers: &'a [Furniture],
    pub(crate) footers: &'a [Furniture],
}

/// Whether the cells of a table are to look as they say and no other way: where the table stands as in
/// its workbook, or where a cell says what only workbooks say.
fn has_own_look(table: &Table, is_placed: bool) -> bool {
    let says = |style: &CellStyle| style.borders.is_some() || style.is_set();
    is_placed
        || table
            .cells()
            .iter()
            .any(|cell| cell.style.as_deref().is_some_and(says))
}

/// Whether a header cell is bold or centred by its own style, so that all say so themselves.
pub(crate) fn has_plain_headers(table: &Table) -> bool {
    let in_header = |cell: &&Cell| cell.row < table.header_rows || cell.col < table.header_columns;
    table.cells().iter().filter(in_header).any(|cell| {
        cell.style
            .as_deref()
            .is_some_and(|style| style.marks.has(Mark::Bold) || style.align == Some(Align::Center))
    })
}
