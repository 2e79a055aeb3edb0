//! Cutting a sheet that a person or another program made into headings, tables and lines.
//!
//! A sheet is rarely one table: titles stand above it, signatures and notes below it, and a second
//! table may follow. Rows are told apart by what they hold, by borders and by blank rows. Where nothing
//! speaks for a cut, there is none: one table in two pieces is worse than two tables in one.

use tabulary_ir::{
    Align, Block, Cell, Code, Diagnostics, Inline, Mark, Origin, Points, inline_text,
};

use crate::header::{Headers, headers};
use crate::place::Area;
use crate::section::{Parts, heading};
use crate::sheet::Sheet;

/// A title is at most this many characters long; a longer line is a paragraph.
const LONGEST_TITLE: usize = 60;
/// The note above a table that says its unit is at most this many characters long.
const LONGEST_NOTE: usize = 40;
/// Blank rows with borders that are kept below the last filled row.
const MOST_BLANK_ROWS: u32 = 1000;
/// Texts of a sheet of one column that are longer than this on average are prose.
const PROSE: usize = 30;

/// Whether a cell shows that a square is in use.
pub(crate) fn counts(cell: &Cell) -> bool {
    !cell.is_blank() || cell.is_merged() || cell.formula.is_some()
}

fn has_borders(cell: &Cell) -> bool {
    cell.style.as_deref().is_some_and(|style| {
        let sides = style.borders.unwrap_or_default();
        let sides = [sides.top, sides.bottom, sides.left, sides.right];
        sides.iter().flatten().count() >= 2
    })
}

/// The cells of some rows.
pub(crate) fn rows_of(sheet: &Sheet, first_row: u32, last_row: u32) -> &[Cell] {
    let start = sheet.cells.partition_point(|cell| cell.row < first_row);
    let end = sheet.cells.partition_point(|cell| cell.row <= last_row);
    sheet.cells.get(start..end).unwrap_or_default()
}

/// The range of the cells of some rows that show a use.
pub(crate) fn used(sheet: &Sheet, first_row: u32, last_row: u32) -> Option<Area> {
    let cells = rows_of(sheet, first_row, last_row).iter();
    cells.fold(None, |area: Option<Area>, cell| {
        let (row, col) = (cell.row + cell.row_span - 1, cell.col + cell.col_span - 1);
        Some(match area {
            None => Area::new(cell.row, cell.col, row, col),
            Some(area) => Area::new(
                area.row,
                area.col.min(cell.col),
                area.last_row.max(row),
                area.last_col.max(col),
            ),
        })
    })
}

/// Drops blank cells that stand outside of what is used. Blank rows with borders right below it are
/// there to be filled in, and stay. What is used is returned.
pub(crate) fn drop_unseen(sheet: &mut Sheet) -> Option<Area> {
    let mut area: Option<Area> = None;
    let mut has_blank = false;
    for cell in &sheet.cells {
        if !counts(cell) {
            has_blank = true;
            continue;
        }
        let (row, col) = (cell.row + cell.row_span - 1, cell.col + cell.col_span - 1);
        let known = area.get_or_insert(Area::new(cell.row, cell.col, row, col));
        known.col = known.col.min(cell.col);
        known.last_row = known.last_row.max(row);
        known.last_col = known.last_col.max(col);
    }
    let Some(mut area) = area else {
        sheet.cells.clear();
        return None;
    };
    if !has_blank {
        return Some(area);
    }
    let start = sheet
        .cells
        .partition_point(|cell| cell.row <= area.last_row);
    let filled_to = area.last_row;
    let below = sheet.cells.get(start..).unwrap_or_default();
    for row in below.chunk_by(|a, b| a.row == b.row) {
        let bordered = row
            .iter()
            .filter(|cell| has_borders(cell) && (area.col..=area.last_col).contains(&cell.col));
        let is_wide = bordered.count() as u64 * 2 > u64::from(area.width());
        match row.first() {
            Some(first)
                if is_wide
                    && first.row == area.last_row + 1
                    && first.row - filled_to <= MOST_BLANK_ROWS =>
            {
                area.last_row = first.row;
            }
            _ => break,
        }
    }
    sheet
        .cells
        .retain(|cell| counts(cell) || area.contains(cell.row, cell.col));
    Some(area)
}

/// What a row that is in use is like.
struct Row {
    row: u32,
    /// The row behind the last that its cells reach into.
    end: u32,
    col: u32,
    end_col: u32,
    /// Cells that hold something or are merged.
    cells: u32,
    /// Cells that hold something.
    filled: u32,
    /// Cells with borders, blank ones too.
    bordered: u32,
    /// Whether all that it holds is text.
    is_text: bool,
    /// Whether most of what it holds is bold or has a ground.
    is_marked: bool,
    /// Whether its only filled cell is merged over several columns or centred.
    is_spread: bool,
    /// Whether the sheet hides it, or a column in which it holds something.
    is_hidden: bool,
    /// Whether its characters are larger than usual.
    is_large: bool,
    /// Characters that it holds.
    length: usize,
}

impl Row {
    fn new(cells: &[Cell], sheet: &Sheet) -> Option<Self> {
        let first = cells.first()?;
        let mut row = Self {
            row: first.row,
            end: first.row + 1,
            col: u32::MAX,
            end_col: 0,
            cells: 0,
            filled: 0,
            bordered: 0,
            is_text: true,
            is_marked: false,
            is_spread: false,
            is_hidden: sheet.rows.get(&first.row).is_some_and(|row| row.hidden),
            is_large: false,
            length: 0,
        };
        let mut marked = 0;
        for cell in cells {
            row.bordered += u32::from(has_borders(cell));
            if !counts(cell) {
                continue;
            }
            row.cells += 1;
            row.end = row.end.max(cell.row + cell.row_span);
            row.col = row.col.min(cell.col);
            row.end_col = row.end_col.max(cell.col + cell.col_span);
            if cell.is_blank() && cell.formula.is_none() {
                continue;
            }
            row.filled += 1;
            let column = sheet.columns.get(&cell.col);
            row.is_hidden |= column.is_some_and(|column| column.hidden);
            row.is_text &= cell.value.is_none() && cell.formula.is_none();
            let style = cell.style.as_deref();
            marked += u32::from(
                style.is_some_and(|style| style.marks.has(Mark::Bold) || style.fill.is_some()),
            );
            row.length += cell.plain_text().chars().count();
            row.is_large |= style
                .and_then(|style| style.font_size)
                .is_some_and(|size| size > Points::new(11.0));
            row.is_spread =
                cell.col_span > 1 || style.is_some_and(|style| style.align == Some(Align::Center));
        }
        row.is_marked = row.filled > 0 && marked * 5 >= row.filled * 3;
        (row.end_col > 0 || row.bordered > 0).then_some(row)
    }

    /// One text alone in its row.
    fn is_lone(&self) -> bool {
        self.cells == 1 && self.filled == 1 && self.is_text && self.end == self.row + 1
    }
}

/// A piece of a sheet: rows `first` to `end` of those in use.
enum Piece {
    Line(usize),
    Table(usize, usize),
}

/// The rows of a sheet that are in use, and how they are cut.
struct Plan {
    rows: Vec<Row>,
    area: Area,
    /// Whether the tables of the sheet have borders, so that what has none stands outside of them.
    is_bordered: bool,
}

impl Plan {
    fn new(sheet: &Sheet, area: Area) -> Self {
        let rows: Vec<Row> = sheet
            .cells
            .chunk_by(|a, b| a.row == b.row)
            .filter_map(|cells| Row::new(cells, sheet))
            .collect();
        let several = rows.iter().filter(|row| row.filled > 1).count();
        let bordered = rows.iter().filter(|row| row.filled > 1 && row.bordered > 1);
        let bordered = bordered.count();
        Self {
            is_bordered: bordered >= 2 && bordered * 5 >= several * 3,
            rows,
            area,
        }
    }

    fn pieces(&self) -> Vec<Piece> {
        let mut pieces = Vec::new();
        let mut at = 0;
        while at < self.rows.len() {
            if self.is_line(at) {
                pieces.push(Piece::Line(at));
                at += 1;
                continue;
            }
            let first = at;
            let mut reach = 0;
            while at < self.rows.len() {
                let row = &self.rows[at];
                if at > first && row.row >= reach && self.breaks(first, at) {
                    break;
                }
                reach = reach.max(row.end);
                at += 1;
            }
            pieces.push(Piece::Table(first, at));
        }
        pieces
    }

    /// Whether a row where a piece begins is a line of its own.
    fn is_line(&self, at: usize) -> bool {
        let row = &self.rows[at];
        // What is hidden stays in a table, which says so; a line cannot.
        if row.is_hidden || !row.is_text {
            return false;
        }
        if self.area.width() == 1 {
            return self.is_prose();
        }
        if row.end > row.row + 1 || row.filled == 0 {
            return false;
        }
        let has_table_below = self.rows[at..].iter().any(|row| row.filled > 1);
        if self.is_bordered {
            let is_title = row.is_lone() && self.spans_all_below(at);
            return row.bordered == 0 || is_title;
        }
        if !row.is_lone() {
            return false;
        }
        if !has_table_below {
            return at > 0 || row.is_spread || self.rows.iter().all(Row::is_lone);
        }
        // A label at the left of blank squares is a row of the table, unless it stands at the top or
        // reaches over the table.
        let is_first = at == 0 || self.rows[..at].iter().all(Row::is_lone);
        let is_apart = self
            .rows
            .get(at + 1)
            .is_some_and(|next| next.row > row.end || next.is_lone());
        row.col == self.area.col && (self.spans_all_below(at) || is_first)
            || is_first && (row.is_spread || is_apart)
            || self.starts_table(at)
    }

    /// Whether a sheet of one column holds prose.
    fn is_prose(&self) -> bool {
        let length: usize = self.rows.iter().map(|row| row.length).sum();
        let is_text = |row: &Row| row.is_text && row.bordered == 0;
        self.rows.iter().all(is_text) && length > PROSE * self.rows.len()
    }

    /// The range and headers of a table; none for a line.
    fn table(&self, piece: &Piece, sheet: &Sheet) -> Option<(Area, Headers)> {
        let Piece::Table(first, end) = *piece else {
            return None;
        };
        let rows = self.rows.get(first..end)?;
        let last_row = rows.iter().map(|row| row.end - 1).max()?;
        let area = used(sheet, rows.first()?.row, last_row)?;
        Some((area, headers(sheet, area)))
    }

    /// Whether the only cell of a row reaches over all columns of the rows below it, up to the next
    /// blank row.
    fn spans_all_below(&self, at: usize) -> bool {
        let row = &self.rows[at];
        let mut end = row.end;
        let mut below = self.rows[at + 1..].iter().take_while(|next| {
            let joins = next.row <= end + 1;
            end = end.max(next.end);
            joins
        });
        row.end_col - row.col > 1
            && below
                .all(|next| next.filled == 0 || row.col <= next.col && next.end_col <= row.end_col)
    }

    /// Whether a table that begins at row `first` ends before row `at`.
    fn breaks(&self, first: usize, at: usize) -> bool {
        let row = &self.rows[at];
        let before = &self.rows[at - 1];
        let gap = row.row.saturating_sub(before.end);
        let rest_is_lines = self.rows[at..].iter().all(|row| self.could_be_line(row));
        if self.is_bordered {
            if row.bordered > 0 {
                let is_cut = gap > 0 && self.looks_like_header(at);
                return is_cut || gap > 0 && row.is_lone() && self.starts_table(at);
            }
            return row.filled > 0 && (rest_is_lines || row.filled <= 3 && row.is_text);
        }
        if rest_is_lines && row.is_lone() {
            let is_wide = row.end_col - row.col > 1;
            return gap > 0 || is_wide && row.col == self.area.col;
        }
        if gap == 0 {
            return false;
        }
        if row.is_lone() {
            return self.starts_table(at);
        }
        let other_columns = self.rows[first..at]
            .iter()
            .all(|above| (above.col, above.end_col) != (row.col, row.end_col));
        self.looks_like_header(at) && (gap > 1 || other_columns)
    }

    fn could_be_line(&self, row: &Row) -> bool {
        if self.is_bordered {
            row.bordered == 0 && row.is_text && row.end == row.row + 1
        } else {
            row.is_lone()
        }
    }

    /// Whether a row names the columns of the rows below it: texts above values, or texts set apart.
    fn looks_like_header(&self, at: usize) -> bool {
        let row = &self.rows[at];
        let Some(next) = self.rows.get(at + 1).filter(|next| next.row <= row.end) else {
            return false;
        };
        row.filled > 1 && row.is_text && (!next.is_text || row.is_marked && !next.is_marked)
    }

    /// Whether a lone line has the header of a table right below it, or other lines and then one.
    fn starts_table(&self, at: usize) -> bool {
        let mut below = at + 1;
        while self.rows.get(below).is_some_and(Row::is_lone) && below < at + 4 {
            below += 1;
        }
        below < self.rows.len() && self.looks_like_header(below)
    }
}

/// The blocks of a sheet.
pub(crate) fn blocks(sheet: Sheet, area: Area, diagnostics: &mut Diagnostics) -> Vec<Block> {
    let plan = Plan::new(&sheet, area);
    let pieces = plan.pieces();
    let tables: Vec<Option<(Area, Headers)>> = pieces
        .iter()
        .map(|piece| plan.table(piece, &sheet))
        .collect();
    let count = tables.iter().flatten().count();
    let lines = pieces.len() - count;
    let name = sheet.name.clone();
    let mut making = Making {
        parts: Parts::new(sheet, area),
        blocks: Vec::new(),
        caption: None,
        has_title: false,
    };
    for (index, (piece, table)) in pieces.iter().zip(&tables).enumerate() {
        match (piece, table) {
            (_, Some((area, headers))) => making.table(*area, *headers, diagnostics),
            (Piece::Line(at), None) => {
                let below = tables.get(index + 1..).unwrap_or_default();
                let place = LinePlace {
                    is_right_above: matches!(below.first(), Some(Some(_))),
                    is_above: below.iter().any(Option::is_some),
                };
                making.line(&plan.rows[*at], place);
            }
            (Piece::Table(..), None) => {}
        }
    }
    if lines > 0 || count > 1 {
        let message =
            format!("the sheet was cut into {count} tables and {lines} lines outside of them");
        let place = Origin::cells(name, plan.area.to_string());
        diagnostics.add(Code::SheetSplit, message, place);
    }
    making.blocks
}

/// Where a line stands.
#[derive(Clone, Copy)]
struct LinePlace {
    /// Right above a table.
    is_right_above: bool,
    /// Somewhere above a table.
    is_above: bool,
}

/// The blocks that are made so far.
struct Making {
    parts: Parts,
    blocks: Vec<Block>,
    /// A line that belongs to the table below it.
    caption: Option<Vec<Inline>>,
    has_title: bool,
}

impl Making {
    fn line(&mut self, row: &Row, place: LinePlace) {
        let Some(line) = self.parts.line(row.row, row.end - 1) else {
            return;
        };
        let text = inline_text(&line.content);
        if place.is_right_above && row.filled == 1 && is_unit_note(&text) {
            self.caption = Some(line.content);
            return;
        }
        let is_short = text.chars().count() <= LONGEST_TITLE && !text.contains(['\n', '\t']);
        let is_set_apart = row.is_spread || row.is_marked || row.is_large;
        let is_title = place.is_above && is_short && row.is_lone() && is_set_apart;
        let follows_title = matches!(self.blocks.last(), Some(Block::Heading(_)));
        match line.block {
            Block::Paragraph(paragraph) if is_title && !follows_title => {
                let level = if self.has_title { 2 } else { 1 };
                self.blocks.push(heading(paragraph, level));
                self.has_title = true;
            }
            block => self.blocks.push(block),
        }
    }

    fn table(&mut self, area: Area, headers: Headers, diagnostics: &mut Diagnostics) {
        let caption = self.caption.take();
        let table = self.parts.table(area, headers, true, caption, diagnostics);
        self.blocks.push(table);
    }
}

/// Whether a line says in what unit the numbers of the table below it are.
fn is_unit_note(text: &str) -> bool {
    const WORDS: [&str; 9] = [
        "单位",
        "计量单位",
        "金额单位",
        "货币单位",
        "數量單位",
        "單位",
        "unit:",
        "units:",
        "in thousands",
    ];
    let text = text
        .trim()
        .trim_start_matches(['(', '（', '[', '【'])
        .to_lowercase();
    let text: String = text
        .chars()
        .filter(|c| !c.is_whitespace() || c.is_ascii())
        .collect();
    let short = text.chars().count() <= LONGEST_NOTE;
    short && WORDS.iter().any(|word| text.starts_with(word))
}
