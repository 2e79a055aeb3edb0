//! Tables for the template: how wide each column is, and how large the type.

use serde::Serialize;
use tabulary_ir::{
    Align, Block, Cell, Code, Content, Error, Slot, Stroke, Table, Value, VerticalAlign,
};
use unicode_width::UnicodeWidthChar;

use super::blocks::{BlockData, Builder, Piece, align};

/// Sizes of type that are tried, in points, the first that fits being taken.
const SIZES: [f64; 6] = [10.5, 9.0, 8.0, 7.0, 6.0, 5.0];
/// What a cell takes beside its text, in units of half the size of its type.
const PADDING: f64 = 1.6;
/// The widest that a column asks for on its own account, in half-widths.
const WIDEST: f64 = 64.0;
/// Chinese text breaks anywhere, but a column of single characters cannot be read.
const NARROWEST_CJK: f64 = 4.0;
/// What a letter of Latin text takes, in half-widths.
const LATIN: f64 = 1.15;
/// Longer words have places to break.
const UNBROKEN: f64 = 28.0;
/// What the labels of a list take, in half-widths.
const LABEL: f64 = 7.0;
/// Repeated header rows must leave room for the rows that they head.
const MOST_HEADER_ROWS: u32 = 12;

#[derive(Serialize)]
pub(super) struct TableData {
    caption: Vec<Piece>,
    cells: Vec<CellData>,
    /// How many of the cells stand in header rows.
    header: usize,
    landscape: bool,
    rtl: bool,
    size: f64,
    /// Widths in points.
    widths: Vec<f64>,
}

#[derive(Serialize)]
struct CellData {
    #[serde(skip_serializing_if = "Option::is_none")]
    align: Option<&'static str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    blocks: Vec<BlockData>,
    #[serde(skip_serializing_if = "is_one")]
    colspan: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    fill: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    line: Vec<Piece>,
    /// The lines above, at the right, below and at the left, in words of the template.
    #[serde(skip_serializing_if = "Option::is_none")]
    lines: Option<[&'static str; 4]>,
    #[serde(skip_serializing_if = "is_one")]
    rowspan: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    valign: Option<&'static str>,
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde asks for a reference"
)]
fn is_one(count: &u32) -> bool {
    *count == 1
}

impl<'a> Builder<'a, '_> {
    /// A table; none for one without squares.
    pub(super) fn table(&mut self, table: &'a Table) -> Result<Option<TableData>, Error> {
        self.budget
            .laid_out_cells(table.area())
            .map_err(|error| error.at(table.origin.clone()))?;
        if table.area() == 0 {
            return Ok(None);
        }
        let fit = Fit::new(table, self.text_width, self.is_outermost());
        if let Some(message) = fit.message() {
            self.diagnostics
                .add(Code::StyleDropped, message, table.origin.clone());
        }
        table.tell_settings_of_cells(self.diagnostics);
        let header_rows = header_rows(table);
        let alignments = number_alignments(table);
        let mut cells = Vec::new();
        let mut header = 0;
        let saved = std::mem::replace(&mut self.text_width, fit.narrowest());
        for (row, slots) in (0..).zip(table.row_slots()) {
            for slot in slots {
                match slot {
                    Slot::Covered(_) => continue,
                    Slot::Blank(_) => cells.push(CellData::blank()),
                    Slot::Anchor(cell) => {
                        let in_header = row < table.header_rows || cell.col < table.header_columns;
                        let by_type = alignments[cell.col as usize];
                        cells.push(self.cell(cell, in_header, by_type)?);
                    }
                }
                header += usize::from(row < header_rows);
            }
        }
        self.text_width = saved;
        Ok(Some(TableData {
            caption: self.line(&table.caption)?,
            cells,
            header,
            landscape: fit.landscape,
            rtl: table.rtl,
            size: fit.size,
            widths: fit.widths,
        }))
    }

    fn cell(
        &mut self,
        cell: &'a Cell,
        in_header: bool,
        by_type: &'static str,
    ) -> Result<CellData, Error> {
        let style = cell.style.as_deref();
        let own = style.and_then(|style| style.align);
        let usual = match (&cell.value, own) {
            (_, Some(own)) => align(Some(own)),
            (Some(Value::Number(_)), None) => Some(by_type),
            (Some(_), None) => align(Some(Align::Center)),
            (None, None) if in_header => align(Some(Align::Center)),
            (None, None) => None,
        };
        let mut data = CellData {
            align: usual,
            colspan: cell.col_span,
            rowspan: cell.row_span,
            fill: style
                .and_then(|style| style.fill)
                .map(|fill| format!("#{}", fill.hex())),
            lines: style.and_then(|style| style.borders).map(|borders| {
                [borders.top, borders.right, borders.bottom, borders.left].map(line_name)
            }),
            valign: style
                .and_then(|style| style.vertical_align)
                .map(|valign| match valign {
                    VerticalAlign::Top => "top",
                    VerticalAlign::Middle => "horizon",
                    VerticalAlign::Bottom => "bottom",
                }),
            ..CellData::blank()
        };
        match &cell.content {
            Content::Text(text) => {
                let marks = style.map(|style| style.marks).unwrap_or_default();
                data.line = if style.is_some_and(|style| style.vertical_text) {
                    let below: Vec<_> = text.chars().map(String::from).collect();
                    self.text(&below.join("\n"), marks)
                } else {
                    self.text(text, marks)
                };
            }
            Content::Blocks(blocks) => data.blocks = self.inner(blocks)?,
        }
        Ok(data)
    }
}

impl CellData {
    fn blank() -> Self {
        Self {
            align: None,
            blocks: Vec::new(),
            colspan: 1,
            fill: None,
            line: Vec::new(),
            lines: None,
            rowspan: 1,
            valign: None,
        }
    }
}

/// How a line is drawn, in a word of the template.
fn line_name(line: Option<Stroke>) -> &'static str {
    match line {
        None => "none",
        Some(Stroke::Hair) => "hair",
        Some(Stroke::Thin) => "thin",
        Some(Stroke::Medium) => "medium",
        Some(Stroke::Thick | Stroke::Double) => "thick",
        Some(Stroke::Dotted) => "dotted",
        Some(Stroke::Dashed) => "dashed",
    }
}

/// The header rows, with those that a header cell reaches into; none where nothing would be left.
fn header_rows(table: &Table) -> u32 {
    let mut rows = table.header_rows;
    for cell in table.cells() {
        if cell.row >= rows {
            break;
        }
        rows = rows.max(cell.row + cell.row_span);
    }
    if rows >= table.rows() || rows > MOST_HEADER_ROWS {
        0
    } else {
        rows
    }
}

/// Numbers with decimals or thousands stand at the right of their column, so that they can be
/// compared; plain counts stand in the middle.
fn number_alignments(table: &Table) -> Vec<&'static str> {
    let mut alignments = vec!["center"; table.columns().len()];
    for cell in table.cells() {
        if let (Some(Value::Number(_)), Content::Text(text)) = (&cell.value, &cell.content)
            && text.contains(['.', ','])
        {
            alignments[cell.col as usize] = "right";
        }
    }
    alignments
}

/// How a table fits on the page.
struct Fit {
    widths: Vec<f64>,
    size: f64,
    landscape: bool,
    crowded: bool,
}

impl Fit {
    fn new(table: &Table, text_width: f64, may_turn: bool) -> Self {
        let needs = Needs::of(table);
        for size in SIZES {
            if let Some(widths) = needs.widths(text_width, size) {
                // Nothing is turned that fits as it is at a size that can be read.
                if size >= 7.0 || !may_turn {
                    return Self {
                        widths,
                        size,
                        landscape: false,
                        crowded: false,
                    };
                }
            }
        }
        if may_turn {
            // The page is turned: its height, less the margins, is taken to be 1.44 times its text width.
            let turned = text_width * 1.44;
            for size in SIZES {
                if let Some(widths) = needs.widths(turned, size) {
                    return Self {
                        widths,
                        size,
                        landscape: true,
                        crowded: false,
                    };
                }
            }
        }
        let available = if may_turn {
            text_width * 1.44
        } else {
            text_width
        };
        let size = SIZES[SIZES.len() - 1];
        let total: f64 = needs.least.iter().sum();
        let widths = needs
            .least
            .iter()
            .map(|least| least / total * available)
            .collect();
        Self {
            widths,
            size,
            landscape: may_turn,
            crowded: true,
        }
    }

    /// The width of the narrowest column, as the widest that an image in a cell may be.
    fn narrowest(&self) -> f64 {
        self.widths
            .iter()
            .copied()
            .fold(f64::INFINITY, f64::min)
            .max(4.0)
    }

    fn message(&self) -> Option<String> {
        let columns = self.widths.len();
        if self.crowded {
            return Some(format!(
                "a table of {columns} columns is wider than the page; its columns are narrower than their words"
            ));
        }
        match (self.landscape, self.size < SIZES[0]) {
            (true, _) => Some(format!(
                "a table of {columns} columns stands on turned pages in type of {} points",
                self.size
            )),
            (false, true) => Some(format!(
                "a table of {columns} columns is set in type of {} points",
                self.size
            )),
            (false, false) => None,
        }
    }
}

/// What each column needs, in half-widths: the least that breaks no word, and the most that it can use.
struct Needs {
    least: Vec<f64>,
    most: Vec<f64>,
}

impl Needs {
    fn of(table: &Table) -> Self {
        let columns = table.columns().len();
        let mut needs = Self {
            least: vec![2.0 + PADDING; columns],
            most: vec![2.0 + PADDING; columns],
        };
        for cell in table.cells().iter().filter(|cell| cell.col_span == 1) {
            let (least, most) = measure(cell);
            let column = cell.col as usize;
            needs.least[column] = needs.least[column].max(least);
            needs.most[column] = needs.most[column].max(most);
        }
        for cell in table.cells().iter().filter(|cell| cell.col_span > 1) {
            let (least, most) = measure(cell);
            let columns = cell.col as usize..(cell.col + cell.col_span) as usize;
            // What a wide cell needs beyond its columns is shared among them; it may break more freely.
            stretch(&mut needs.least[columns.clone()], least.min(WIDEST / 2.0));
            stretch(&mut needs.most[columns], most.min(WIDEST));
        }
        needs
    }

    /// The widths in points at a size of type; none where words would be broken.
    fn widths(&self, available: f64, size: f64) -> Option<Vec<f64>> {
        let half = size / 2.0;
        let least: f64 = self.least.iter().sum::<f64>() * half;
        let most: f64 = self.most.iter().sum::<f64>() * half;
        if least > available {
            return None;
        }
        if most <= available {
            // A table that nearly fills the text fills it; a small one keeps its size.
            let scale = if most > available * 0.6 {
                available / most
            } else {
                1.0
            };
            return Some(self.most.iter().map(|most| most * half * scale).collect());
        }
        let share = (available - least) / (most - least);
        let widths = self.least.iter().zip(&self.most);
        Some(
            widths
                .map(|(least, most)| (least + (most - least) * share) * half)
                .collect(),
        )
    }
}

fn stretch(columns: &mut [f64], wanted: f64) {
    let total: f64 = columns.iter().sum();
    if total < wanted {
        let more = (wanted - total) / columns.len() as f64;
        columns.iter_mut().for_each(|column| *column += more);
    }
}

/// The least and the most width that a cell can use, in half-widths.
fn measure(cell: &Cell) -> (f64, f64) {
    if cell
        .style
        .as_deref()
        .is_some_and(|style| style.vertical_text)
    {
        return (2.0 + PADDING, 2.0 + PADDING);
    }
    let (least, most) = match &cell.content {
        Content::Text(text) => measure_text(text),
        Content::Blocks(blocks) => blocks.iter().map(measure_block).fold((0.0, 0.0), widest),
    };
    (least + PADDING, most.min(WIDEST) + PADDING)
}

fn widest(a: (f64, f64), b: (f64, f64)) -> (f64, f64) {
    (a.0.max(b.0), a.1.max(b.1))
}

/// The widths of a block in a cell: a table takes the sum of its columns, a list its labels.
fn measure_block(block: &Block) -> (f64, f64) {
    match block {
        Block::Table(table) => {
            let needs = Needs::of(table);
            (needs.least.iter().sum(), needs.most.iter().sum())
        }
        Block::List(list) => {
            let blocks = list.items.iter().flat_map(|item| &item.blocks);
            let (least, most) = blocks.map(measure_block).fold((0.0, 0.0), widest);
            (least + LABEL, most + LABEL)
        }
        block => measure_text(&tabulary_ir::block_text(block)),
    }
}

fn measure_text(text: &str) -> (f64, f64) {
    let (mut least, mut most): (f64, f64) = (0.0, 0.0);
    for line in text.lines() {
        let (mut whole, mut word) = (0.0, 0.0);
        let mut widest_word: f64 = 0.0;
        let mut cjk = false;
        for character in line.chars() {
            let width = if character >= '\u{2E80}' {
                2.0
            } else {
                LATIN * character.width().unwrap_or_default() as f64
            };
            whole += width;
            if character >= '\u{2E80}' || character.is_whitespace() || character == '-' {
                cjk |= character >= '\u{2E80}';
                word = 0.0;
            } else {
                word += width;
                widest_word = widest_word.max(word);
            }
        }
        most = most.max(whole);
        least = least
            .max(widest_word)
            .max(if cjk { NARROWEST_CJK.min(whole) } else { 0.0 });
    }
    (least.min(UNBROKEN), most)
}
