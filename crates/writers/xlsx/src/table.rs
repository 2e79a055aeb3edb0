//! Tables as ranges of cells.

use rust_xlsxwriter::{Format, Formula, Table as List, TableColumn, TableStyle, Worksheet};
use tabulary_ir::{
    Block, Cell, Code, Content, Decimal, Error, Inline, Marks, Origin, Points, Slot, Table,
    VerticalAlign,
};
use unicode_width::UnicodeWidthStr;

use crate::attach::{attach, whole_link, write_link};
use crate::content::{fit, write_line, write_text};
use crate::look::{Around, Look, TEXT_SIZE, can_turn, fit_size};
use crate::refused;
use crate::shared::Shared;
use crate::sheet::{HIGHEST, LINE_HEIGHT, LOWEST, has_plain_headers};
use crate::value::{Stored, bare_text, store};

/// The longest formula that a workbook takes (Excel's limit, in UTF-16 code units).
const LONGEST_FORMULA: usize = 8192;

/// A table that is being written.
struct Job<'a, 'b> {
    worksheet: &'a mut Worksheet,
    table: &'a Table,
    /// The row and column of its first cell.
    corner: (u32, u32),
    is_usual: bool,
    /// Whether its headers are made to look like headers.
    marks_headers: bool,
    shared: &'a mut Shared<'b>,
}

/// Writes a table with its first cell at `corner`, and gives the row behind it. Where `is_usual`, its
/// cells have lines around them and its headers stand out; else they look as they say.
pub(crate) fn write_table(
    worksheet: &mut Worksheet,
    table: &Table,
    corner: (u32, u32),
    is_usual: bool,
    shared: &mut Shared<'_>,
) -> Result<u32, Error> {
    // A table that is nearly empty is a sparse sheet: its blank squares get no border.
    let dense = table.area() <= 64 * (table.cells().len() as u64 + 64);
    let mut job = Job {
        worksheet,
        table,
        corner,
        is_usual,
        marks_headers: is_usual && !has_plain_headers(table),
        shared,
    };
    job.list_object()?;
    job.rows()?;
    if !dense || !is_usual {
        for cell in table.cells() {
            job.cell(cell)?;
        }
        return Ok(corner.0 + table.rows());
    }
    for (row, slots) in (0..).zip(table.row_slots()) {
        for slot in slots {
            match slot {
                Slot::Anchor(cell) => job.cell(cell)?,
                Slot::Blank(col) => job.blank(row, col)?,
                Slot::Covered(_) => {}
            }
        }
    }
    Ok(corner.0 + table.rows())
}

/// A column as the library counts it; a table that is wider is refused before.
pub(crate) fn narrow(col: u32) -> u16 {
    u16::try_from(col).unwrap_or(u16::MAX)
}

impl Job<'_, '_> {
    fn around(&self, row: u32, col: u32) -> Around {
        let in_header = row < self.table.header_rows || col < self.table.header_columns;
        Around {
            is_usual: self.is_usual,
            is_header: in_header && self.marks_headers,
        }
    }

    fn place(&self, row: u32, col: u32) -> (u32, u16) {
        (self.corner.0 + row, narrow(self.corner.1 + col))
    }

    /// Heights of rows, and rows that are hidden.
    fn rows(&mut self) -> Result<(), Error> {
        for setting in self.table.row_settings() {
            let row = self.corner.0 + setting.row;
            if let Some(height) = setting.height {
                let mut tell = |message: &str| {
                    let place = self.table.origin.clone();
                    let diagnostics = &mut self.shared.diagnostics;
                    diagnostics.once(Code::StyleDropped, message, place);
                };
                if height == Points::new(LINE_HEIGHT) {
                    tell("rows of 15 points are as high as a row that says nothing of its height");
                }
                let given = height.to_f64();
                if given < LOWEST && !setting.hidden {
                    tell("rows of no height that are not hidden were made a pixel high");
                }
                if given > HIGHEST {
                    tell("rows of more than 409.5 points were made that high");
                }
                let height = given.clamp(LOWEST, HIGHEST);
                self.worksheet
                    .set_row_height(row, height)
                    .map_err(refused)?;
            }
            if setting.hidden {
                self.worksheet.set_row_hidden(row).map_err(refused)?;
            }
        }
        Ok(())
    }

    /// Makes the range a table of records, where its name, headers and cells are such as these allow.
    fn list_object(&mut self) -> Result<(), Error> {
        let Some(name) = &self.table.name else {
            return Ok(());
        };
        let (row, col) = self.place(0, 0);
        let (last_row, last_col) = self.place(self.table.rows() - 1, self.table.width() - 1);
        let headers = headers(self.table);
        let made = match headers {
            Some(headers) if self.shared.take_name(name) => {
                let columns: Vec<TableColumn> = headers
                    .iter()
                    .map(|text| TableColumn::new().set_header(text.as_str()))
                    .collect();
                let list = List::new()
                    .set_name(name.as_str())
                    .set_columns(&columns)
                    .set_style(TableStyle::None)
                    .set_autofilter(false);
                self.worksheet
                    .add_table(row, col, last_row, last_col, &list)
                    .is_ok()
            }
            _ => false,
        };
        if !made {
            let message = format!(
                "the list object {name:?} was written as a plain range: its first row does not name each column, or cells are merged"
            );
            let place = self.table.origin.clone();
            self.shared
                .diagnostics
                .add(Code::StyleDropped, message, place);
        }
        Ok(())
    }

    fn blank(&mut self, row: u32, col: u32) -> Result<(), Error> {
        let mut look = Look::of_cell(None, self.around(row, col), None);
        let (row, col) = self.place(row, col);
        look.unlocked = self.shared.is_unlocked(row, col);
        let format = self.shared.formats.get(look);
        self.worksheet
            .write_blank(row, col, &format)
            .map_err(refused)?;
        Ok(())
    }

    /// Tells what of the style of a cell is other than it says.
    fn tell_style(&mut self, cell: &Cell) {
        let Some(style) = cell.style.as_deref() else {
            return;
        };
        let mut tell = |message: &str| {
            let place = place_of(self.table, cell);
            let diagnostics = &mut self.shared.diagnostics;
            diagnostics.once(Code::StyleDropped, message, place);
        };
        if style.font_size == Some(Points::new(TEXT_SIZE)) {
            tell("characters of 11 points are of the usual size of the workbook");
        }
        if !self.is_usual && style.vertical_align == Some(VerticalAlign::Bottom) {
            tell("cells that are set at the bottom are as those that say nothing of it");
        }
        if style.borders.is_some_and(|borders| borders.is_empty()) {
            tell("cells without lines are as those that say nothing of lines");
        }
        if style.font_size.is_some_and(|size| fit_size(size) != size) {
            tell("sizes of characters were brought between 1 and 409 points");
        }
        if !can_turn(style) {
            tell("text that is turned by more than a right angle, or stands, was not turned");
        }
    }

    fn cell(&mut self, cell: &Cell) -> Result<(), Error> {
        let (stored, code) = store(cell);
        let around = self.around(cell.row, cell.col);
        self.tell_style(cell);
        let mut look = Look::of_cell(cell.style.as_deref(), around, code.as_deref());
        let (sheet_row, sheet_col) = self.place(cell.row, cell.col);
        look.unlocked = self.shared.is_unlocked(sheet_row, sheet_col);
        if look.fit_indent(is_text(&stored, cell)) {
            let message = "indents of cells that are set in the middle and at no side were written as those at the left, or left out";
            let place = place_of(self.table, cell);
            let diagnostics = &mut self.shared.diagnostics;
            diagnostics.once(Code::StyleDropped, message, place);
        }
        let line = only_line(cell);
        if let Some(marks) = line
            .and_then(even_marks)
            .filter(|_| !is_text(&stored, cell))
        {
            // What is no text has one look alone: that of the text that stands for it.
            let style = cell
                .style
                .as_deref()
                .map_or(marks, |style| style.marks.union(marks));
            look = look.marked(style);
        }
        let format = self.shared.formats.get(look.clone());
        let (row, col) = self.place(cell.row, cell.col);
        if cell.is_merged() {
            let (last_row, last_col) =
                self.place(cell.row + cell.row_span - 1, cell.col + cell.col_span - 1);
            self.worksheet
                .merge_range(row, col, last_row, last_col, "", &format)
                .map_err(refused)?;
        }
        if let Some(content) = line {
            if let Some(href) = whole_link(content).filter(|_| !is_text(&stored, cell)) {
                write_link(self.worksheet, (row, col), href, look.clone(), self.shared)?;
            }
            attach(self.worksheet, (row, col), content, self.shared)?;
        }
        if self.formula(cell, &stored, (row, col), &format)? {
            return Ok(());
        }
        match stored {
            Stored::Number(number) => {
                self.worksheet
                    .write_number_with_format(row, col, number, &format)
                    .map_err(refused)?;
            }
            Stored::Bool(truth) => {
                self.worksheet
                    .write_boolean_with_format(row, col, truth, &format)
                    .map_err(refused)?;
            }
            // A workbook holds an error that nobody calculated as the formula of that error.
            Stored::Error(error) => {
                let formula = Formula::new(&error).set_result(&error);
                self.worksheet
                    .write_formula_with_format(row, col, formula, &format)
                    .map_err(refused)?;
            }
            Stored::Text { lossy } => {
                if let Some(why) = lossy {
                    let message = format!("{:?} was written as text: {why}", cell.plain_text());
                    let place = place_of(self.table, cell);
                    self.shared
                        .diagnostics
                        .add(Code::NumberAsText, message, place);
                }
                self.content((row, col), cell, look)?;
            }
        }
        Ok(())
    }

    /// Writes the formula of a cell with its result; whether it has one that could be written.
    fn formula(
        &mut self,
        cell: &Cell,
        stored: &Stored,
        (row, col): (u32, u16),
        format: &Format,
    ) -> Result<bool, Error> {
        let Some(formula) = &cell.formula else {
            return Ok(false);
        };
        let place = || place_of(self.table, cell);
        if cell.computed {
            let message =
                "values that were worked out from formulas are stored as those of the workbook";
            self.shared
                .diagnostics
                .once(Code::FormulaComputed, message, place());
        }
        if cell.plain_text() == formula.as_ref() && matches!(stored, Stored::Error(_)) {
            let message = format!(
                "the formula {formula:?} is the error that it gives, and is read as that alone"
            );
            self.shared
                .diagnostics
                .once(Code::FormulaDropped, message, place());
        }
        let code = cell.format.as_ref().map_or("", |format| format.as_str());
        let is_short = formula.encode_utf16().count() <= LONGEST_FORMULA;
        if let Some(result) = result_of(stored, cell, code).filter(|_| is_short) {
            let formula = Formula::new(formula.as_ref()).set_result(result);
            self.worksheet
                .write_formula_with_format(row, col, formula, format)
                .map_err(refused)?;
            return Ok(true);
        }
        let message = if is_short {
            format!(
                "the formula {formula:?} was left out: a workbook would show another result of it"
            )
        } else {
            "a formula was left out: it is longer than the 8192 characters of a workbook".to_owned()
        };
        self.shared
            .diagnostics
            .add(Code::FormulaDropped, message, place());
        Ok(false)
    }

    fn content(&mut self, place: (u32, u16), cell: &Cell, look: Look) -> Result<(), Error> {
        match &cell.content {
            Content::Blocks(blocks) => match blocks.as_slice() {
                [Block::Paragraph(paragraph)] if paragraph.label.is_none() => {
                    write_line(self.worksheet, place, &paragraph.content, look, self.shared)
                }
                _ => {
                    let message =
                        "paragraphs, lists or tables in a cell were written as plain text";
                    let origin = place_of(self.table, cell);
                    let diagnostics = &mut self.shared.diagnostics;
                    diagnostics.add(Code::CellBlocksFlattened, message, origin);
                    let text = fit(&cell.plain_text(), diagnostics);
                    let format = self.shared.formats.get(look);
                    write_text(
                        self.worksheet,
                        place,
                        &text,
                        &format,
                        &mut self.shared.diagnostics,
                    )
                }
            },
            Content::Text(text) if !text.is_empty() || !cell.is_merged() => {
                let code = look.code.clone().unwrap_or_default();
                let text = bare_text(text, &code);
                let format = self.shared.formats.get(look);
                write_text(
                    self.worksheet,
                    place,
                    text,
                    &format,
                    &mut self.shared.diagnostics,
                )
            }
            Content::Text(_) => Ok(()),
        }
    }
}

/// The marks that all runs of a line have.
fn even_marks(content: &[Inline]) -> Option<Marks> {
    let mut marks = None;
    for inline in content {
        let own = match inline {
            Inline::Text(run) => Some(run.marks),
            Inline::Link(link) => even_marks(&link.content),
            _ => continue,
        };
        if own? != *marks.get_or_insert(own?) {
            return None;
        }
    }
    marks
}

/// The only line of a cell that is more than plain text.
fn only_line(cell: &Cell) -> Option<&[Inline]> {
    match &cell.content {
        Content::Blocks(blocks) => match blocks.as_slice() {
            [Block::Paragraph(paragraph)] => Some(&paragraph.content),
            _ => None,
        },
        Content::Text(_) => None,
    }
}

/// Whether a cell is written as the text of its line.
fn is_text(stored: &Stored, cell: &Cell) -> bool {
    matches!(stored, Stored::Text { .. }) && cell.formula.is_none()
}

/// The names of the columns of a list object, where its first row gives each its own.
fn headers(table: &Table) -> Option<Vec<String>> {
    if table.header_rows != 1 || table.rows() < 2 || table.has_spans() {
        return None;
    }
    let mut headers: Vec<String> = Vec::new();
    for col in 0..table.width() {
        let cell = table.at(0, col)?;
        let text = cell.plain_text();
        let is_taken = headers
            .iter()
            .any(|other| other.to_lowercase() == text.to_lowercase());
        if text.is_empty() || cell.value.is_some() || cell.formula.is_some() || is_taken {
            return None;
        }
        headers.push(text.into());
    }
    Some(headers)
}

/// The result of a formula as the library writes it; none where it would be taken for another: a
/// text of digits for a number, blocks for nothing.
fn result_of(stored: &Stored, cell: &Cell, code: &str) -> Option<String> {
    match stored {
        Stored::Number(number) => Decimal::from_f64(*number).map(|number| number.to_string()),
        Stored::Bool(truth) => Some(if *truth { "TRUE" } else { "FALSE" }.to_owned()),
        Stored::Error(error) => Some(error.clone()),
        Stored::Text { lossy: Some(_) } => None,
        Stored::Text { lossy: None } => {
            let shown = cell.plain_text();
            let text = bare_text(&shown, code);
            let is_plain = match only_line(cell) {
                Some(content) => {
                    whole_link(content).is_some() || content.iter().all(is_plain_inline)
                }
                None => matches!(cell.content, Content::Text(_)),
            };
            let is_other = text.parse::<f64>().is_ok()
                || text.starts_with('#')
                || matches!(text, "TRUE" | "FALSE");
            (is_plain && !is_other).then(|| text.into())
        }
    }
}

/// Whether an inline is text without marks, or stands on its cell and not in its text.
fn is_plain_inline(inline: &Inline) -> bool {
    match inline {
        Inline::Text(run) => run.marks.is_empty(),
        Inline::NoteRef(_) | Inline::Image(_) | Inline::LineBreak => true,
        _ => false,
    }
}

fn place_of(table: &Table, cell: &Cell) -> Option<Origin> {
    cell.origin.as_deref().or(table.origin.as_ref()).cloned()
}

/// The widths that the texts of a table ask for, in characters.
pub(crate) fn widths(table: &Table) -> Vec<f64> {
    const NARROWEST: f64 = 6.0;
    const WIDEST: f64 = 40.0;
    let mut widths = vec![NARROWEST; table.columns().len()];
    let width = |cell: &Cell| {
        let text = cell.plain_text();
        let longest = text
            .lines()
            .map(UnicodeWidthStr::width)
            .max()
            .unwrap_or_default();
        longest as f64 + 2.0
    };
    for cell in table.cells().iter().filter(|cell| cell.col_span == 1) {
        let column = &mut widths[cell.col as usize];
        *column = column.max(width(cell).min(WIDEST));
    }
    for cell in table.cells().iter().filter(|cell| cell.col_span > 1) {
        let columns = &mut widths[cell.col as usize..(cell.col + cell.col_span) as usize];
        let total: f64 = columns.iter().sum();
        let wanted = width(cell).min(WIDEST);
        if total < wanted {
            let more = (wanted - total) / columns.len() as f64;
            columns.iter_mut().for_each(|column| *column += more);
        }
    }
    widths
}
