//! Links, comments and pictures: put into the cells that they belong to.

use tabulary_ir::{
    Block, Budget, Cell, Code, Content, Diagnostics, Error, Figure, Image, Inline, Link, Marks,
    Note, NoteKind, NoteRef, Origin, Paragraph,
};

use crate::place::Area;
use crate::sheet::{Picture, Sheet, SheetLink};

/// Puts links, comments, and pictures that lie within one cell into the cells of the sheet. Comments
/// are added to `notes`.
///
/// # Errors
/// Of kind `Limit` where there are too many.
pub(crate) fn attach(
    sheet: &mut Sheet,
    notes: &mut Vec<Note>,
    budget: &Budget,
    diagnostics: &mut Diagnostics,
) -> Result<(), Error> {
    for link in std::mem::take(&mut sheet.links) {
        link_cells(sheet, &link, budget, diagnostics)?;
    }
    for picture in std::mem::take(&mut sheet.pictures) {
        match holder(sheet, picture.area) {
            Some((row, col)) => {
                let cell = cell_at(sheet, row, col, budget)?;
                line_of(cell).push(Inline::Image(picture.image));
            }
            None => sheet.pictures.push(picture),
        }
    }
    for note in std::mem::take(&mut sheet.notes) {
        budget.blocks(note.blocks.len() as u64 + 1)?;
        let id = format!("comment-{}", notes.len() + 1);
        let cell = cell_at(sheet, note.row, note.col, budget)?;
        let reference = NoteRef { note: id.clone() };
        line_of(cell).push(Inline::NoteRef(reference));
        notes.push(Note {
            blocks: note.blocks,
            id,
            kind: NoteKind::Comment,
            label: note.author,
        });
    }
    Ok(())
}

/// Makes the text of all cells of a range a link. A cell keeps the first link that it is given.
fn link_cells(
    sheet: &mut Sheet,
    link: &SheetLink,
    budget: &Budget,
    diagnostics: &mut Diagnostics,
) -> Result<(), Error> {
    let area = link.area;
    if (area.row, area.col) == (area.last_row, area.last_col) {
        cell_at(sheet, area.row, area.col, budget)?;
    }
    let start = sheet.cells.partition_point(|cell| cell.row < area.row);
    let end = sheet
        .cells
        .partition_point(|cell| cell.row <= area.last_row);
    let cells = sheet.cells.get_mut(start..end).unwrap_or_default();
    for cell in cells
        .iter_mut()
        .filter(|cell| area.contains(cell.row, cell.col))
    {
        let content = std::mem::take(line_of(cell));
        let other = content.iter().find_map(|inline| match inline {
            Inline::Link(other) => Some(other.href.as_str()),
            _ => None,
        });
        if let Some(other) = other {
            if other != link.href {
                let message = format!(
                    "a cell has one link: it leads to {other:?}, and {:?} was left out",
                    link.href
                );
                let place = Area::new(cell.row, cell.col, cell.row, cell.col).to_string();
                let place = Origin::cells(&sheet.name, place);
                diagnostics.add(Code::LinkDropped, message, place);
            }
            *line_of(cell) = content;
            continue;
        }
        *line_of(cell) = vec![Inline::Link(Link {
            content,
            href: link.href.clone(),
        })];
    }
    Ok(())
}

/// The cell that holds the whole of a range.
fn holder(sheet: &Sheet, area: Area) -> Option<(u32, u32)> {
    if (area.row, area.col) == (area.last_row, area.last_col) {
        return Some((area.row, area.col));
    }
    let start = sheet
        .cells
        .partition_point(|cell| cell.row + 200 < area.row);
    let end = sheet.cells.partition_point(|cell| cell.row <= area.row);
    let cells = sheet.cells.get(start..end).unwrap_or_default();
    let holds = |cell: &&Cell| {
        let own = Area::new(
            cell.row,
            cell.col,
            cell.row + cell.row_span - 1,
            cell.col + cell.col_span - 1,
        );
        own.contains(area.row, area.col) && own.contains(area.last_row, area.last_col)
    };
    cells
        .iter()
        .rev()
        .find(holds)
        .map(|cell| (cell.row, cell.col))
}

/// The cell of a square, made where there is none; where a merged cell covers the square, that cell.
fn cell_at<'a>(
    sheet: &'a mut Sheet,
    row: u32,
    col: u32,
    budget: &Budget,
) -> Result<&'a mut Cell, Error> {
    let (row, col) = covering(sheet, row, col).unwrap_or((row, col));
    let index = match sheet
        .cells
        .binary_search_by_key(&(row, col), |cell| (cell.row, cell.col))
    {
        Ok(index) => index,
        Err(index) => {
            budget.cells(1)?;
            sheet.cells.insert(index, Cell::default().at(row, col));
            index
        }
    };
    Ok(&mut sheet.cells[index])
}

fn covering(sheet: &Sheet, row: u32, col: u32) -> Option<(u32, u32)> {
    if sheet
        .cells
        .binary_search_by_key(&(row, col), |cell| (cell.row, cell.col))
        .is_ok()
    {
        return None;
    }
    let end = sheet
        .cells
        .partition_point(|cell| (cell.row, cell.col) <= (row, col));
    let before = sheet.cells.get(end.saturating_sub(2000)..end)?;
    let covers = |cell: &&Cell| {
        cell.is_merged()
            && row < cell.row + cell.row_span
            && (cell.col..cell.col + cell.col_span).contains(&col)
    };
    before
        .iter()
        .rev()
        .find(covers)
        .map(|cell| (cell.row, cell.col))
}

/// The only line of a cell, as it can be changed. What a cell shows as plain text becomes a line with
/// the marks of its style.
fn line_of(cell: &mut Cell) -> &mut Vec<Inline> {
    if let Content::Text(_) = &cell.content {
        let marks = cell
            .style
            .as_deref()
            .map_or(Marks::NONE, |style| style.marks);
        let is_empty = cell.content.is_empty();
        let blocks = if is_empty {
            vec![Block::Paragraph(Paragraph::default())]
        } else {
            cell.content.to_blocks(marks)
        };
        cell.content = Content::Blocks(blocks);
        if !is_empty && !marks.is_empty() {
            cell.restyle(|style| style.marks = Marks::NONE);
        }
    }
    let Content::Blocks(blocks) = &mut cell.content else {
        unreachable!("plain text was made blocks above");
    };
    if !matches!(blocks.last(), Some(Block::Paragraph(_))) {
        blocks.push(Block::Paragraph(Paragraph::default()));
    }
    match blocks.last_mut() {
        Some(Block::Paragraph(paragraph)) => &mut paragraph.content,
        _ => unreachable!("a paragraph was put last above"),
    }
}

/// Pictures and texts that lie over several cells, as blocks with the row where they begin.
pub(crate) fn floating(sheet: &mut Sheet) -> Vec<(u32, Block)> {
    let mut floating = Vec::new();
    for Picture { area, image } in std::mem::take(&mut sheet.pictures) {
        floating.push((area.row, figure(&sheet.name, area, image)));
    }
    for (area, blocks) in std::mem::take(&mut sheet.shapes) {
        for mut block in blocks {
            if let Block::Paragraph(paragraph) = &mut block {
                paragraph.origin = Some(Origin::cells(&sheet.name, area.to_string()));
            }
            floating.push((area.row, block));
        }
    }
    floating.sort_by_key(|(row, _)| *row);
    floating
}

fn figure(sheet: &str, area: Area, image: Image) -> Block {
    Block::Figure(Figure {
        content: vec![Inline::Image(image)],
        origin: Some(Origin::cells(sheet, area.to_string())),
        ..Figure::default()
    })
}
