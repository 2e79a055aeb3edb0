//! From the parts of all pages to the blocks of the document.

use std::collections::BTreeMap;

use tabulary_ir::ordinal::ordinal;
use tabulary_ir::{
    Align, Block, Code, Diagnostics, Figure, Heading, Image, Inline, List, ListItem, Origin,
    Paragraph, ParagraphRole, ParagraphStyle, Points, push_text,
};

use crate::draft::Draft;
use crate::heading::Rank;
use crate::prose::{blank_between, go_on, parts_a_word};
use crate::spread;
use crate::table::{Sheet, SheetCell, place};
use crate::wording::{is_caption, is_continued, is_item_sign};

/// A part of a page.
#[derive(Clone, Debug)]
pub(crate) enum Part {
    Text(Draft),
    Table(Sheet),
    Figure(Origin, Image),
}

impl Part {
    fn page(&self) -> u32 {
        match self {
            Self::Text(draft) => draft.page,
            Self::Table(sheet) => sheet.pages[0],
            Self::Figure(origin, _) => match origin {
                Origin::Page { page, .. } => *page,
                _ => 0,
            },
        }
    }
}

/// Puts together what pages parted: tables, and paragraphs that go on over the end of a column or page.
pub(crate) fn rejoined(
    parts: Vec<Option<Part>>,
    ranks: &BTreeMap<usize, Rank>,
) -> Vec<(Part, Option<Rank>)> {
    let mut made: Vec<(Part, Option<Rank>)> = Vec::new();
    for (number, part) in parts.into_iter().enumerate() {
        let Some(part) = part else {
            continue;
        };
        let rank = ranks.get(&number).copied();
        if let Part::Table(below) = &part {
            made.truncate(made.len() - repeated_titles(&made, below));
        }
        match (made.last_mut(), part) {
            (Some((Part::Table(above), _)), Part::Table(below))
                if spread::goes_on(above, &below) =>
            {
                spread::append(above, below);
            }
            (Some((Part::Text(above), None)), Part::Text(below))
                if rank.is_none() && runs_on(above, &below) =>
            {
                join(above, below);
            }
            (_, part) => made.push((part, rank)),
        }
    }
    made
}

/// How many paragraphs between a table and its part on the next page only say its title once more, or that it goes on.
fn repeated_titles(made: &[(Part, Option<Rank>)], below: &Sheet) -> usize {
    const MOST: usize = 3;
    fn text((part, _): &(Part, Option<Rank>)) -> Option<&Draft> {
        match part {
            Part::Text(draft) => Some(draft),
            _ => None,
        }
    }
    fn says(part: &(Part, Option<Rank>)) -> Option<&str> {
        text(part).map(|draft| draft.text.as_str())
    }
    let on_page = |part: &&(Part, _)| text(part).is_some_and(|draft| draft.page == below.pages[0]);
    let count = made.iter().rev().take_while(on_page).count();
    let (before, titles) = made.split_at(made.len() - count);
    let Some(((Part::Table(above), _), before)) = before.split_last() else {
        return 0;
    };
    if !(1..=MOST).contains(&count) || !spread::goes_on(above, below) {
        return 0;
    }
    let again = before[before.len().saturating_sub(count)..].iter();
    let same = again.map(says).eq(titles.iter().map(says));
    // One form after another has the same title and header too, and ends where it ends.
    let is_again = same && above.ends_low && spread::repeated_header(above, below).is_some();
    let title = before.last().and_then(says).unwrap_or_default();
    let goes_on = count == 1
        && titles[0].1.is_none()
        && says(&titles[0]).is_some_and(|said| is_continued(said, title));
    if is_again || goes_on { count } else { 0 }
}

/// Whether a paragraph goes on with one in the next column or on the next page.
fn runs_on(above: &Draft, below: &Draft) -> bool {
    let is_elsewhere = below.page > above.page || below.bbox.y0 < above.bbox.y0;
    is_elsewhere
        && above.fills
        && (above.size - below.size).abs() < 0.08 * above.size
        && above.bold == below.bold
        && below.indent < 0.8 * below.size
        && above.align.is_none()
        && below.align.is_none()
        && !starts_item(&below.text)
        && !is_caption(&below.text)
        && !above
            .text
            .trim_end()
            .ends_with(['。', '．', '.', '！', '!', '？', '?', '；', ':', '：'])
}

fn join(above: &mut Draft, below: Draft) {
    let mut content = std::mem::take(&mut above.content);
    let hyphened = above.text.ends_with('-') && parts_a_word(&above.text, &below.text);
    let blank = if hyphened && let Some(Inline::Text(run)) = content.last_mut() {
        run.text.pop();
        false
    } else {
        blank_between(&above.text, &below.text)
    };
    go_on(&mut content, below.content, blank);
    above.text = tabulary_ir::inline_text(&content);
    above.content = content;
    above.lines += below.lines;
    above.fills = below.fills;
    above.bbox = if below.page == above.page {
        above.bbox.union(&below.bbox)
    } else {
        above.bbox
    };
}

fn starts_item(text: &str) -> bool {
    let first = text.split_whitespace().next().unwrap_or_default();
    is_item_sign(first) || ordinal(text).is_some()
}

/// The blocks of a document.
pub(crate) fn blocks(
    parts: Vec<(Part, Option<Rank>)>,
    diagnostics: &mut Diagnostics,
) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    let mut parts = parts.into_iter().peekable();
    while let Some((part, rank)) = parts.next() {
        match part {
            Part::Text(draft) => {
                let next_is_table = matches!(parts.peek(), Some((Part::Table(sheet), _))
                    if sheet.caption.is_empty() && stands_above(&draft, sheet));
                if rank.is_none() && next_is_table && is_caption(&draft.text) {
                    if let Some((Part::Table(sheet), _)) = parts.peek_mut() {
                        sheet.caption = draft.content;
                    }
                    continue;
                }
                let goes_on = matches!(parts.peek(), Some((Part::Text(next), None)) if counts_on(&draft, next));
                text(draft, rank, goes_on, &mut blocks);
            }
            Part::Table(sheet) => {
                let (sheet, notes) = without_notes(sheet);
                blocks.push(Block::Table(Box::new(sheet.table(diagnostics))));
                blocks.extend(notes);
            }
            Part::Figure(origin, image) => blocks.push(Block::Figure(Figure {
                content: vec![Inline::Image(image)],
                origin: Some(origin),
                ..Figure::default()
            })),
        }
    }
    blocks
}

/// Whether a paragraph stands right above a table.
fn stands_above(draft: &Draft, sheet: &Sheet) -> bool {
    draft.page == sheet.pages[0]
        && sheet.bbox.y0 - draft.bbox.y1 < 2.5 * draft.size
        && draft.bbox.overlap_x(&sheet.bbox) > 0.0
}

fn text(draft: Draft, rank: Option<Rank>, goes_on: bool, blocks: &mut Vec<Block>) {
    let origin = Some(place(draft.page, &draft.bbox));
    match rank {
        Some(Rank::Heading(level)) => {
            let paragraph = Paragraph {
                content: draft.content,
                origin,
                style: ParagraphStyle {
                    align: draft.align,
                    ..ParagraphStyle::default()
                },
                ..Paragraph::default()
            };
            blocks.push(Block::Heading(Heading::of(paragraph, level)));
        }
        Some(Rank::Title) => blocks.push(Block::Paragraph(Paragraph {
            content: draft.content,
            origin,
            style: ParagraphStyle {
                align: draft.align,
                role: Some(ParagraphRole::Title),
                ..ParagraphStyle::default()
            },
            ..Paragraph::default()
        })),
        None => match item(&draft, goes_on || in_list(blocks)) {
            Some((label, ordered, content)) => {
                push_item(blocks, label, ordered, content, origin);
            }
            None => blocks.push(Block::Paragraph(paragraph(draft, origin))),
        },
    }
}

fn paragraph(draft: Draft, origin: Option<Origin>) -> Paragraph {
    let set_in = |length: f32| {
        (length.abs() > 0.8 * draft.size && draft.align.is_none())
            .then(|| Points::new(f64::from(length).round()))
    };
    let several = draft.lines > 1;
    let (indent, first_line) = if several {
        (set_in(draft.hang), set_in(draft.indent - draft.hang))
    } else {
        (None, set_in(draft.indent))
    };
    Paragraph {
        content: draft.content,
        origin,
        style: ParagraphStyle {
            align: draft.align.filter(|align| *align != Align::Left),
            first_line,
            indent,
            ..ParagraphStyle::default()
        },
        ..Paragraph::default()
    }
}

/// The label of an item, whether it is counted, and what it says; none where a paragraph is no item of a list.
fn item(draft: &Draft, is_listed: bool) -> Option<(Option<String>, bool, Vec<Inline>)> {
    let first = draft.text.split_whitespace().next()?;
    let sign = first.chars().next()?;
    const BULLETS: &str = "•●○■□▪▫·◦►➢✓❖\u{f0b7}\u{f0a7}\u{f0d8}";
    if BULLETS.contains(sign) {
        let label =
            (sign != '•' && !('\u{f000}'..='\u{f0ff}').contains(&sign)).then(|| sign.to_string());
        return Some((label, false, without(&draft.content, sign.len_utf8())));
    }
    let is_dash = ["-", "–", "—"].contains(&first);
    let hangs = draft.lines > 1 && draft.hang > draft.indent + 0.8 * draft.size;
    if is_dash && draft.text.chars().count() > 2 && (hangs || draft.indent > 0.5 * draft.size) {
        return Some((
            Some(first.to_owned()),
            false,
            without(&draft.content, first.len()),
        ));
    }
    if first == "o" && is_listed {
        return Some((Some(first.to_owned()), false, without(&draft.content, 1)));
    }
    let is_short = draft.lines == 1 && is_listed;
    if (hangs || is_short) && is_item_sign(first) && draft.text.len() > first.len() {
        return Some((
            Some(first.to_owned()),
            true,
            without(&draft.content, first.len()),
        ));
    }
    None
}

/// Whether the next paragraph has the next number, and both stand alike.
fn counts_on(draft: &Draft, next: &Draft) -> bool {
    let number = |draft: &Draft| ordinal(&draft.text).map(|ordinal| (ordinal.kind, ordinal.number));
    let (Some((kind, first)), Some((other, second))) = (number(draft), number(next)) else {
        return false;
    };
    kind == other
        && !kind.is_of_headings()
        && second == first + 1
        && (draft.indent - next.indent).abs() < 2.0
        && next.lines <= 2
}

fn in_list(blocks: &[Block]) -> bool {
    matches!(blocks.last(), Some(Block::List(_)))
}

/// A line without its first bytes of text and the blanks behind them.
fn without(content: &[Inline], mut bytes: usize) -> Vec<Inline> {
    let mut rest = Vec::new();
    let mut begun = false;
    for inline in content {
        match inline {
            Inline::Text(run) if !begun => {
                let cut = bytes.min(run.text.len());
                bytes -= cut;
                let text = run.text.get(cut..).unwrap_or_default();
                let text = if bytes == 0 { text.trim_start() } else { text };
                if bytes == 0 && !text.is_empty() {
                    begun = true;
                    push_text(&mut rest, text, run.marks);
                }
            }
            other => {
                begun = true;
                rest.push(other.clone());
            }
        }
    }
    rest
}

fn push_item(
    blocks: &mut Vec<Block>,
    label: Option<String>,
    ordered: bool,
    content: Vec<Inline>,
    origin: Option<Origin>,
) {
    let item = ListItem {
        blocks: vec![Block::Paragraph(Paragraph {
            content,
            origin: origin.clone(),
            ..Paragraph::default()
        })],
        label,
    };
    match blocks.last_mut() {
        Some(Block::List(list)) if list.ordered == ordered => list.items.push(item),
        _ => blocks.push(Block::List(List {
            items: vec![item],
            ordered,
            origin,
        })),
    }
}

/// A table without rows over its whole width that are its caption or its notes, and these notes.
fn without_notes(mut sheet: Sheet) -> (Sheet, Vec<Block>) {
    let is_whole = |sheet: &Sheet, cell: &SheetCell, row: usize| {
        cell.row == row && cell.row_span == 1 && cell.col_span == sheet.columns()
    };
    if sheet.rows > 2 && sheet.columns() > 1 && sheet.caption.is_empty() {
        let first = sheet.cells.first();
        if first.is_some_and(|cell| is_whole(&sheet, cell, 0) && is_caption(&cell.text)) {
            sheet.caption = sheet.cells.remove(0).content;
            for cell in &mut sheet.cells {
                cell.row -= 1;
            }
            sheet.rows -= 1;
            sheet.header_rows = sheet.header_rows.saturating_sub(1);
        }
    }
    let mut notes = Vec::new();
    while sheet.rows > 2 && sheet.columns() > 1 {
        let last = sheet.rows - 1;
        let is_note = |cell: &&SheetCell| is_whole(&sheet, cell, last) && is_note(&cell.text);
        if sheet.cells.last().filter(is_note).is_none() {
            break;
        }
        sheet.rows -= 1;
        notes.extend(sheet.cells.pop().map(|cell| {
            Block::Paragraph(Paragraph {
                content: cell.content,
                origin: Some(place(cell.page, &cell.bbox)),
                ..Paragraph::default()
            })
        }));
    }
    notes.reverse();
    (sheet, notes)
}

/// Whether a row says something of the table instead of belonging to it.
fn is_note(text: &str) -> bool {
    let lower = text.trim_start().to_lowercase();
    [
        "note",
        "source",
        "exhibit reads",
        "table reads",
        "figure reads",
        "注：",
        "注:",
        "说明：",
        "资料来源",
        "数据来源",
        "备注：",
    ]
    .iter()
    .any(|start| lower.starts_with(start))
}

/// Tells how many paragraphs were taken for headings by their look.
pub(crate) fn tell(parts: &[(Part, Option<Rank>)], looked: bool, diagnostics: &mut Diagnostics) {
    let guessed = parts.iter().filter(|(_, rank)| rank.is_some()).count();
    if looked && guessed > 0 {
        let message = format!("{guessed} paragraphs were taken for headings by how they are set");
        let first = parts.iter().find(|(_, rank)| rank.is_some());
        let origin = first.map(|(part, _)| Origin::Page {
            bbox: None,
            found: None,
            page: part.page(),
            pages: Vec::new(),
        });
        diagnostics.add(Code::HeadingGuessed, message, origin);
    }
}
