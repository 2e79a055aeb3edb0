//! Cutting a sheet into headings, tables and paragraphs.

use std::collections::BTreeSet;

use tabulary_ir::{
    Align, Block, Cell, Code, Column, Content, Diagnostics, Heading, Inline, Mark, Marks, Origin,
    Paragraph, ParagraphStyle, Section, SectionKind, SheetAs, TableBuilder, VerticalAlign,
    push_text,
};

use crate::own::{self, Mark as Named};
use crate::place::Area;
use crate::sheet::Sheet;

/// A title is at most this many characters long; a longer line is a paragraph.
const LONGEST_TITLE: usize = 60;
/// The most squares of a merged range: four whole columns.
const MOST_MERGED: u64 = 1 << 22;

/// The sheet as a section of blocks.
pub(crate) fn section(mut sheet: Sheet, shape: SheetAs, diagnostics: &mut Diagnostics) -> Section {
    let marks = own::marks(&sheet);
    spread_merges(&mut sheet, diagnostics);
    let body = match shape {
        _ if sheet.cells.is_empty() && marks.is_empty() => Vec::new(),
        SheetAs::Table => whole(&sheet, diagnostics),
        SheetAs::Blocks if !marks.is_empty() => by_names(&mut sheet, &marks, diagnostics),
        SheetAs::Blocks => by_content(&sheet, diagnostics),
    };
    Section {
        body,
        hidden: sheet.hidden,
        kind: SectionKind::Sheet,
        name: sheet.name,
        origin: None,
    }
}

/// Gives merged ranges to the cells at their corners, and drops the cells that they hide.
fn spread_merges(sheet: &mut Sheet, diagnostics: &mut Diagnostics) {
    if sheet.merges.is_empty() {
        return;
    }
    let mut merges = std::mem::take(&mut sheet.merges);
    merges.sort_unstable();
    merges.dedup();
    cut_endless(sheet, &mut merges, diagnostics);
    // A probe table finds the merge that covers a square, and repairs those that overlap.
    let mut builder = TableBuilder::new();
    for area in &merges {
        builder.place(
            Cell::default()
                .at(area.row, area.col)
                .spanning(area.height(), area.width()),
        );
    }
    let mut faults = Diagnostics::new();
    let probe = builder.finish(&mut faults);
    let overlaps = faults.count(Code::TableOverlap);
    if overlaps > 0 {
        let message = format!("{overlaps} merged ranges overlap others; they were cut");
        diagnostics.add(
            Code::MergeInvalid,
            message,
            Origin::cells(&sheet.name, merges[0].to_string()),
        );
    }
    let mut seen = BTreeSet::new();
    let mut hidden_text = 0_usize;
    let mut first_hidden = None;
    sheet.cells.retain_mut(|cell| {
        let Some(merge) = probe.at(cell.row, cell.col) else {
            return true;
        };
        if (merge.row, merge.col) == (cell.row, cell.col) {
            (cell.row_span, cell.col_span) = (merge.row_span, merge.col_span);
            seen.insert((cell.row, cell.col));
            return true;
        }
        if !cell.is_blank() {
            hidden_text += 1;
            first_hidden.get_or_insert((cell.row, cell.col));
        }
        false
    });
    if let Some((row, col)) = first_hidden {
        let message =
            format!("{hidden_text} cells that merged ranges hide hold values, which were left out");
        let place = Area::new(row, col, row, col).to_string();
        diagnostics.add(
            Code::ContentSkipped,
            message,
            Origin::cells(&sheet.name, place),
        );
    }
    let missing = probe
        .cells()
        .iter()
        .filter(|merge| !seen.contains(&(merge.row, merge.col)));
    sheet.cells.extend(missing.cloned());
    sheet.cells.sort_by_key(|cell| (cell.row, cell.col));
}

/// Cuts merged ranges of more squares than any person has merged to what the sheet uses of them.
fn cut_endless(sheet: &Sheet, merges: &mut [Area], diagnostics: &mut Diagnostics) {
    let filled = || sheet.cells.iter().filter(|cell| !cell.is_blank());
    let last_row = filled().map(|cell| cell.row).max().unwrap_or_default();
    let last_col = filled().map(|cell| cell.col).max().unwrap_or_default();
    for area in merges {
        if u64::from(area.height()) * u64::from(area.width()) <= MOST_MERGED {
            continue;
        }
        let message = format!(
            "the merged range {area} is larger than any table; it was cut to the cells in use"
        );
        let place = Origin::cells(&sheet.name, area.to_string());
        diagnostics.add(Code::MergeInvalid, message, place);
        area.last_row = area.last_row.min(last_row.max(area.row));
        area.last_col = area.last_col.min(last_col.max(area.col));
    }
}

/// The used range as one table.
fn whole(sheet: &Sheet, diagnostics: &mut Diagnostics) -> Vec<Block> {
    match used(sheet, 0, u32::MAX) {
        Some(area) => vec![table(
            sheet,
            area,
            header_rows(sheet, area),
            0,
            true,
            diagnostics,
        )],
        None => Vec::new(),
    }
}

/// The range of the cells of some rows that hold something or are merged.
fn used(sheet: &Sheet, first_row: u32, last_row: u32) -> Option<Area> {
    let cells = rows_of(sheet, first_row, last_row)
        .iter()
        .filter(|cell| counts(cell));
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

fn counts(cell: &Cell) -> bool {
    !cell.is_blank() || cell.is_merged() || cell.formula.is_some()
}

fn rows_of(sheet: &Sheet, first_row: u32, last_row: u32) -> &[Cell] {
    let start = sheet.cells.partition_point(|cell| cell.row < first_row);
    let end = sheet.cells.partition_point(|cell| cell.row <= last_row);
    &sheet.cells[start..end]
}

/// A range as a table.
fn table(
    sheet: &Sheet,
    area: Area,
    header_rows: u32,
    header_columns: u32,
    widths: bool,
    diagnostics: &mut Diagnostics,
) -> Block {
    let columns = (area.col..=area.last_col).map(|col| {
        let info = sheet.columns.get(&col).copied().unwrap_or_default();
        Column {
            hidden: info.hidden,
            width: info.width.filter(|_| widths),
        }
    });
    let mut builder = TableBuilder::new()
        .size(area.height(), area.width())
        .columns(columns.collect())
        .headers(header_rows, header_columns)
        .origin(Origin::cells(&sheet.name, area.to_string()));
    for cell in rows_of(sheet, area.row, area.last_row) {
        if area.contains(cell.row, cell.col) {
            let mut cell = cell.clone();
            (cell.row, cell.col) = (cell.row - area.row, cell.col - area.col);
            builder.place(cell);
        }
    }
    Block::Table(Box::new(builder.finish(diagnostics)))
}

/// Rows at the top of a range that print titles, a frozen pane or a list object name as headers.
fn header_rows(sheet: &Sheet, area: Area) -> u32 {
    if let Some((first, last)) = sheet.title_rows
        && (area.row..=area.last_row).contains(&last)
        && first <= area.row
    {
        return last - area.row + 1;
    }
    if let Some((_, rows)) = sheet
        .lists
        .iter()
        .find(|(list, _)| list.row == area.row && list.col <= area.col)
    {
        return *rows;
    }
    let (frozen, _) = sheet.frozen;
    if frozen > area.row && frozen <= area.last_row && frozen - area.row <= 6 {
        frozen - area.row
    } else {
        0
    }
}

/// The blocks of a sheet that this program wrote.
fn by_names(
    sheet: &mut Sheet,
    marks: &[(Area, Named)],
    diagnostics: &mut Diagnostics,
) -> Vec<Block> {
    for (area, mark) in marks {
        if let Named::Table {
            header_rows,
            header_columns,
            ..
        } = *mark
        {
            forget_usual_style(sheet, *area, header_rows, header_columns);
        }
    }
    let mut blocks = Vec::new();
    let mut row = 0;
    for (area, mark) in marks {
        if area.row < row {
            let message = "a named range overlaps another and was passed over";
            let place = Origin::cells(&sheet.name, area.to_string());
            diagnostics.add(Code::MergeInvalid, message, place);
            continue;
        }
        paragraphs(sheet, row, area.row, &mut blocks);
        match *mark {
            Named::Body => {
                row = row.max(area.row);
                continue;
            }
            Named::Table {
                header_rows,
                header_columns,
                widths,
            } => {
                blocks.push(table(
                    sheet,
                    *area,
                    header_rows,
                    header_columns,
                    widths,
                    diagnostics,
                ));
            }
            Named::Heading(level) => {
                for cell in rows_of(sheet, area.row, area.row)
                    .iter()
                    .filter(|cell| !cell.is_blank())
                {
                    blocks.push(heading(sheet, cell, level));
                }
            }
        }
        row = area.last_row + 1;
    }
    paragraphs(sheet, row, u32::MAX, &mut blocks);
    blocks
}

/// Takes back what the writer gives every cell of a table, so that it is not taken for a choice.
fn forget_usual_style(sheet: &mut Sheet, area: Area, header_rows: u32, header_columns: u32) {
    let start = sheet.cells.partition_point(|cell| cell.row < area.row);
    let end = sheet
        .cells
        .partition_point(|cell| cell.row <= area.last_row);
    let inside = |cell: &&mut Cell| area.contains(cell.row, cell.col);
    let header_end = (
        area.row.saturating_add(header_rows),
        area.col.saturating_add(header_columns),
    );
    for cell in sheet.cells[start..end].iter_mut().filter(inside) {
        let in_header = cell.row < header_end.0 || cell.col < header_end.1;
        cell.restyle(|style| {
            if style.vertical_align == Some(VerticalAlign::Middle) {
                style.vertical_align = None;
            }
            if in_header {
                style.marks = style.marks.without(Mark::Bold);
                if style.align == Some(Align::Center) {
                    style.align = None;
                }
            }
        });
    }
}

/// Each cell of some rows as a paragraph.
fn paragraphs(sheet: &Sheet, first_row: u32, end_row: u32, blocks: &mut Vec<Block>) {
    let Some(last_row) = end_row.checked_sub(1).filter(|last| *last >= first_row) else {
        return;
    };
    for cell in rows_of(sheet, first_row, last_row)
        .iter()
        .filter(|cell| !cell.is_blank())
    {
        blocks.push(Block::Paragraph(Paragraph {
            content: content(cell),
            label: label(cell),
            origin: Some(origin(sheet, cell)),
            style: ParagraphStyle {
                align: cell.style.as_deref().and_then(|style| style.align),
                ..ParagraphStyle::default()
            },
        }));
    }
}

fn heading(sheet: &Sheet, cell: &Cell, level: u8) -> Block {
    let mut content = content(cell);
    // A heading is bold by being one.
    for inline in &mut content {
        if let Inline::Text(run) = inline {
            run.marks = run.marks.without(Mark::Bold);
        }
    }
    Block::Heading(Heading {
        content,
        label: label(cell),
        level,
        origin: Some(origin(sheet, cell)),
        style: ParagraphStyle {
            align: cell.style.as_deref().and_then(|style| style.align),
            ..ParagraphStyle::default()
        },
    })
}

fn origin(sheet: &Sheet, cell: &Cell) -> Origin {
    let area = Area::new(
        cell.row,
        cell.col,
        cell.row + cell.row_span - 1,
        cell.col + cell.col_span - 1,
    );
    Origin::cells(&sheet.name, area.to_string())
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

/// The blocks of a sheet that a person or another program made: lines above the table that stand
/// alone in their row are headings and paragraphs, lines below it paragraphs.
fn by_content(sheet: &Sheet, diagnostics: &mut Diagnostics) -> Vec<Block> {
    let Some(area) = used(sheet, 0, u32::MAX) else {
        return Vec::new();
    };
    let mut first = area.row;
    let mut before = Vec::new();
    while let Some(cell) = lone_line(sheet, area, first) {
        before.push(cell);
        first = cell.row + cell.row_span;
    }
    let (last, after) = lines_below(sheet, first);
    let mut blocks = Vec::new();
    for (index, cell) in before.iter().enumerate() {
        blocks.push(line_above(sheet, area, cell, index == 0));
    }
    if let Some(inner) = used(sheet, first, last) {
        blocks.push(table(
            sheet,
            inner,
            header_rows(sheet, inner),
            0,
            true,
            diagnostics,
        ));
    }
    for cell in &after {
        paragraphs(sheet, cell.row, cell.row + 1, &mut blocks);
    }
    if !before.is_empty() || !after.is_empty() {
        let message = format!(
            "{} lines above and {} below the table were read as headings and paragraphs",
            before.len(),
            after.len()
        );
        diagnostics.add(
            Code::SheetSplit,
            message,
            Origin::cells(&sheet.name, area.to_string()),
        );
    }
    blocks
}

/// The only cell of a row, where it is text and starts at the left edge of what is used.
fn lone_line(sheet: &Sheet, area: Area, row: u32) -> Option<&Cell> {
    let mut cells = rows_of(sheet, row, row).iter().filter(|cell| counts(cell));
    let cell = cells.next()?;
    let alone =
        cells.next().is_none() && cell.row_span == 1 && cell.value.is_none() && !cell.is_blank();
    // A label at the left of blank squares is a row of the table, unless it is merged over them.
    let wide = cell.col == area.col
        && (cell.col_span >= area.width() || area.width() == 1 || row == area.row);
    (alone && wide && area.width() > 1).then_some(cell)
}

/// The last row of the table that begins at `first`, and the lines below it: rows that hold one text
/// at its left edge, behind a blank row or merged over all of its columns.
fn lines_below(sheet: &Sheet, first: u32) -> (u32, Vec<&Cell>) {
    let start = sheet.cells.partition_point(|cell| cell.row < first);
    let rows: Vec<Vec<&Cell>> = sheet.cells[start..]
        .chunk_by(|a, b| a.row == b.row)
        .map(|row| row.iter().filter(|cell| counts(cell)).collect())
        .filter(|row: &Vec<&Cell>| !row.is_empty())
        .collect();
    // The first and the last column, and the row behind the last, of each row and all above it.
    let mut reach = (u32::MAX, 0, 0);
    let reaches: Vec<(u32, u32, u32)> = rows
        .iter()
        .map(|row| {
            for cell in row {
                reach.0 = reach.0.min(cell.col);
                reach.1 = reach.1.max(cell.col + cell.col_span);
                reach.2 = reach.2.max(cell.row + cell.row_span);
            }
            reach
        })
        .collect();
    let mut after = Vec::new();
    let mut kept = rows.len();
    while kept > 1 {
        let [cell] = rows[kept - 1].as_slice() else {
            break;
        };
        let (first_col, end_col, _) = reaches[kept - 1];
        let (_, _, end_above) = reaches[kept - 2];
        let is_text = cell.value.is_none() && !cell.is_blank() && cell.row_span == 1;
        let is_wide = cell.col_span == end_col - first_col && cell.col_span > 1;
        let is_apart = is_wide || end_above < cell.row;
        if !is_text || !is_apart || cell.col != first_col || end_above > cell.row {
            break;
        }
        after.push(*cell);
        kept -= 1;
    }
    after.reverse();
    let last = kept
        .checked_sub(1)
        .map_or(first, |index| reaches[index].2 - 1);
    (last, after)
}

fn line_above(sheet: &Sheet, area: Area, cell: &Cell, first: bool) -> Block {
    let short =
        cell.plain_text().chars().count() <= LONGEST_TITLE && !cell.plain_text().contains('\n');
    let set_apart = cell.col_span >= area.width()
        || cell
            .style
            .as_deref()
            .is_some_and(|style| style.align == Some(Align::Center) || style.marks.has(Mark::Bold));
    if first && short && set_apart {
        return heading(sheet, cell, 1);
    }
    let mut blocks = Vec::new();
    paragraphs(sheet, cell.row, cell.row + 1, &mut blocks);
    blocks.pop().unwrap_or_else(|| heading(sheet, cell, 1))
}
