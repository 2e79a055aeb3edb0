//! A sheet as a section of a document.

use std::vec::IntoIter;

use tabulary_ir::{
    Block, Budget, Cell, Code, Column, Content, Diagnostics, Error, Heading, Inline, Marks, Note,
    Origin, Paragraph, ParagraphStyle, Points, RowSetting, Section, SectionKind, SheetAs,
    SheetSettings, Table, TableBuilder, Validation, push_text,
};

use crate::header::{self, Headers};
use crate::own;
use crate::place::{Area, letters};
use crate::sheet::Sheet;
use crate::{attach, lines, merge, used};

/// The section of a sheet. Comments on its cells are added to `notes`.
///
/// # Errors
/// Of kind `Limit` where a bound is passed.
pub(crate) fn section(
    mut sheet: Sheet,
    shape: SheetAs,
    notes: &mut Vec<Note>,
    budget: &Budget,
    diagnostics: &mut Diagnostics,
) -> Result<Section, Error> {
    sheet.range_formulas.tell(&sheet.name, diagnostics);
    let marks = own::marks(&sheet);
    own::forget_usual_settings(&mut sheet);
    merge::spread(&mut sheet, diagnostics);
    attach::attach(&mut sheet, notes, budget, diagnostics)?;
    let used = used::drop_unseen(&mut sheet);
    let floating = attach::floating(&mut sheet);
    let settings = settings(&mut sheet);
    let mut section = Section {
        footers: std::mem::take(&mut sheet.footers),
        headers: std::mem::take(&mut sheet.headers),
        hidden: sheet.hidden,
        kind: SectionKind::Sheet,
        name: sheet.name.clone(),
        page: sheet.page,
        sheet: (!settings.is_empty()).then(|| Box::new(settings)),
        ..Section::default()
    };
    let blocks = match (shape, used) {
        (SheetAs::Blocks, _) if !marks.is_empty() => own::blocks(sheet, &marks, diagnostics),
        (_, None) => Vec::new(),
        (SheetAs::Table, Some(area)) => whole(sheet, area, diagnostics),
        (SheetAs::Blocks, Some(area)) => lines::blocks(sheet, area, diagnostics),
    };
    section.body = with_floating(blocks, floating);
    Ok(section)
}

fn settings(sheet: &mut Sheet) -> SheetSettings {
    // Their order means nothing, and programs keep different ones.
    let place = |validation: &Validation| {
        let first = validation
            .ranges
            .first()
            .and_then(|range| Area::parse(range));
        first.map(|area| (area.row, area.col))
    };
    sheet.validations.sort_by_key(place);
    let rows = |(first, last): (u32, u32)| format!("{}:{}", first + 1, last + 1);
    let columns = |(first, last): (u32, u32)| format!("{}:{}", letters(first), letters(last));
    SheetSettings {
        entry: None,
        frozen_columns: sheet.frozen.1,
        frozen_rows: sheet.frozen.0,
        print_areas: sheet.print_areas.iter().map(Area::to_string).collect(),
        title_columns: sheet.title_columns.map(columns),
        title_rows: sheet.title_rows.map(rows),
        validations: std::mem::take(&mut sheet.validations),
    }
}

/// The length in whole pixels of 96 an inch, in which spreadsheets show columns and rows.
fn pixels(length: Points) -> Points {
    Points::new((length.to_f64() / 0.75).round() * 0.75)
}

/// Blocks in the order of their rows, with those that lie over the sheet behind the block in whose
/// rows they begin.
fn with_floating(blocks: Vec<Block>, floating: Vec<(u32, Block)>) -> Vec<Block> {
    if floating.is_empty() {
        return blocks;
    }
    let mut floating = floating.into_iter().peekable();
    let mut all = Vec::with_capacity(blocks.len() + floating.len());
    for block in blocks {
        let first_row = match block.origin() {
            Some(Origin::Cells { range, .. }) => Area::parse(range).map(|area| area.row),
            _ => None,
        };
        while let Some((_, lying)) =
            floating.next_if(|(row, _)| first_row.is_some_and(|first| *row < first))
        {
            all.push(lying);
        }
        all.push(block);
    }
    all.extend(floating.map(|(_, lying)| lying));
    all
}

/// The used range as one table.
fn whole(sheet: Sheet, area: Area, diagnostics: &mut Diagnostics) -> Vec<Block> {
    let headers = header::headers(&sheet, area);
    // Without knowing what is title and what is table, only what the workbook itself names counts.
    let headers = if headers.guessed {
        Headers {
            rows: 0,
            guessed: false,
            ..headers
        }
    } else {
        headers
    };
    let mut cells = Parts::new(sheet, area);
    vec![cells.table(area, headers, true, None, diagnostics)]
}

/// The cells of a sheet, to be taken block by block from the top.
pub(crate) struct Parts {
    sheet: Sheet,
    /// What is used of the sheet.
    used: Area,
    cells: IntoIter<Cell>,
    /// Formulas whose text became a line, and the first of them.
    formulas: (usize, Option<Origin>),
    /// Cells of the rows that were reached last, which no block has taken yet.
    left: Vec<Cell>,
}

impl Parts {
    pub(crate) fn new(mut sheet: Sheet, used: Area) -> Self {
        let cells = std::mem::take(&mut sheet.cells);
        Self {
            sheet,
            used,
            cells: cells.into_iter(),
            formulas: (0, None),
            left: Vec::new(),
        }
    }

    /// Takes the cells of a range. Ranges come by their first row.
    fn take(&mut self, area: Area) -> Vec<Cell> {
        let rest = self.cells.as_slice();
        let first = rest.first().is_none_or(|cell| cell.row >= area.row);
        let last = rest.last().is_none_or(|cell| cell.row <= area.last_row);
        let is_wide = area.col <= self.used.col && area.last_col >= self.used.last_col;
        if self.left.is_empty() && first && last && is_wide {
            return std::mem::take(&mut self.cells).collect();
        }
        let count = rest.partition_point(|cell| cell.row <= area.last_row);
        self.left.extend(self.cells.by_ref().take(count));
        let is_taken = |cell: &mut Cell| area.contains(cell.row, cell.col);
        self.left.extract_if(.., is_taken).collect()
    }

    /// A range as a table.
    pub(crate) fn table(
        &mut self,
        area: Area,
        headers: Headers,
        widths: bool,
        caption: Option<Vec<Inline>>,
        diagnostics: &mut Diagnostics,
    ) -> Block {
        let sheet = &self.sheet;
        let columns = (area.col..=area.last_col).map(|col| {
            let info = sheet.columns.get(&col).copied().unwrap_or_default();
            Column {
                hidden: info.hidden || info.width.map(pixels) == Some(Points::default()),
                width: info
                    .width
                    .map(pixels)
                    .filter(|width| widths && *width > Points::default()),
            }
        });
        let rows = sheet.rows.range(area.row..=area.last_row);
        let rows = rows.map(|(row, info)| RowSetting {
            height: info
                .height
                .map(pixels)
                .filter(|height| widths && *height > Points::default()),
            hidden: info.hidden || info.height.map(pixels) == Some(Points::default()),
            row: row - area.row,
        });
        let list = sheet.lists.iter().find(|list| {
            (list.area.row, list.area.col) == (area.row, area.col) || list.area == area
        });
        let mut builder = TableBuilder::new()
            .size(area.height(), area.width())
            .columns(columns.collect())
            .row_settings(rows.collect())
            .headers(headers.rows, headers.columns)
            .name(list.and_then(|list| list.name.clone()))
            .caption(caption.unwrap_or_default())
            .origin(Origin::cells(&sheet.name, area.to_string()));
        let mut cells = self.take(area);
        for cell in &mut cells {
            (cell.row, cell.col) = (cell.row - area.row, cell.col - area.col);
        }
        builder.place_all(cells);
        let table = builder.finish(diagnostics);
        if headers.guessed {
            self.tell_guess(area, &table, diagnostics);
        }
        Block::Table(Box::new(table))
    }

    fn tell_guess(&self, area: Area, table: &Table, diagnostics: &mut Diagnostics) {
        let message = format!(
            "the first {} rows of the table were taken for headers by their content and look",
            table.header_rows
        );
        let place = Origin::cells(&self.sheet.name, area.to_string());
        diagnostics.add(Code::HeaderRowGuessed, message, place);
    }

    /// Each filled cell of some rows as a paragraph.
    pub(crate) fn paragraphs(&mut self, first_row: u32, end_row: u32, blocks: &mut Vec<Block>) {
        let Some(last_row) = end_row.checked_sub(1).filter(|last| *last >= first_row) else {
            return;
        };
        for cell in self.take(Area::new(first_row, 0, last_row, u32::MAX)) {
            if !cell.content.is_empty() {
                blocks.push(Block::Paragraph(self.paragraph(&cell)));
            }
        }
    }

    fn paragraph(&self, cell: &Cell) -> Paragraph {
        Paragraph {
            content: content(cell),
            label: label(cell),
            origin: Some(self.origin(cell)),
            style: ParagraphStyle {
                align: cell.style.as_deref().and_then(|style| style.align),
                ..ParagraphStyle::default()
            },
        }
    }

    /// Each filled cell of some rows as a heading.
    pub(crate) fn headings(
        &mut self,
        first_row: u32,
        last_row: u32,
        level: u8,
        blocks: &mut Vec<Block>,
    ) {
        for cell in self.take(Area::new(first_row, 0, last_row, u32::MAX)) {
            if !cell.content.is_empty() {
                let line = self.paragraph(&cell);
                blocks.push(Block::Heading(Heading::of(line, level)));
            }
        }
    }

    /// The text of one cell.
    pub(crate) fn text(&mut self, row: u32, col: u32) -> Option<Vec<Inline>> {
        let cells = self.take(Area::new(row, col, row, col));
        cells.first().map(content)
    }

    /// The filled cells of some rows as one line, a tabulator between cells.
    pub(crate) fn line(&mut self, first_row: u32, last_row: u32) -> Option<Line> {
        let cells = self.take(Area::new(first_row, 0, last_row, u32::MAX));
        let filled: Vec<&Cell> = cells
            .iter()
            .filter(|cell| !cell.content.is_empty())
            .collect();
        let formulas = cells.iter().filter(|cell| cell.formula.is_some());
        if let Some(first) = formulas.clone().next() {
            let place = self.origin(first);
            self.formulas.0 += formulas.count();
            self.formulas.1.get_or_insert(place);
        }
        let mut line = Vec::new();
        for cell in &filled {
            if !line.is_empty() {
                line.push(Inline::Tab);
            }
            line.extend(content(cell));
        }
        let (first, last) = (filled.first()?, filled.last()?);
        let area = Area::new(
            first.row,
            first.col,
            last.row + last.row_span - 1,
            (last.col + last.col_span - 1).max(first.col),
        );
        let align = match filled.as_slice() {
            [cell] => cell.style.as_deref().and_then(|style| style.align),
            _ => None,
        };
        Some(Line {
            block: Block::Paragraph(Paragraph {
                content: line.clone(),
                label: match filled.as_slice() {
                    [cell] => label(cell),
                    _ => None,
                },
                origin: Some(Origin::cells(&self.sheet.name, area.to_string())),
                style: ParagraphStyle {
                    align,
                    ..ParagraphStyle::default()
                },
            }),
            content: line,
        })
    }

    /// Says that lines have no formulas.
    pub(crate) fn tell_formulas(&mut self, diagnostics: &mut Diagnostics) {
        if let (count, Some(place)) = std::mem::take(&mut self.formulas) {
            let message = format!(
                "{count} formulas of lines outside of tables were left out; their text stands"
            );
            diagnostics.add(Code::FormulaDropped, message, place);
        }
    }

    fn origin(&self, cell: &Cell) -> Origin {
        let area = Area::new(
            cell.row,
            cell.col,
            cell.row + cell.row_span - 1,
            cell.col + cell.col_span - 1,
        );
        Origin::cells(&self.sheet.name, area.to_string())
    }
}

/// A line of a sheet outside of its tables.
pub(crate) struct Line {
    pub(crate) block: Block,
    pub(crate) content: Vec<Inline>,
}

/// The label that a number format such as `"（一） "@` puts before a text.
fn label(cell: &Cell) -> Option<String> {
    let code = cell.format.as_ref()?.as_str();
    let quoted = code.strip_prefix('"')?.strip_suffix("\"@")?;
    Some(quoted.trim_end().replace("\"\\\"\"", "\"")).filter(|label| !label.is_empty())
}

fn content(cell: &Cell) -> Vec<Inline> {
    let marks = cell
        .style
        .as_deref()
        .map_or(Marks::NONE, |style| style.marks);
    match &cell.content {
        Content::Blocks(blocks) => match blocks.as_slice() {
            [Block::Paragraph(paragraph)] => paragraph.content.clone(),
            _ => plain(cell, marks),
        },
        Content::Text(_) => plain(cell, marks),
    }
}

fn plain(cell: &Cell, marks: Marks) -> Vec<Inline> {
    let mut content = Vec::new();
    // A label in the number format is part of what is shown, and no part of the text.
    let text = cell.plain_text();
    let text = match label(cell) {
        Some(label) => text
            .strip_prefix(label.as_str())
            .map_or(&*text, |rest| rest.strip_prefix(' ').unwrap_or(rest)),
        None => &text,
    };
    push_text(&mut content, text, marks);
    content
}
