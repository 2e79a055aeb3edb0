//! What of a document a feature is about, as texts to compare.

use tabulary::ir::{
    Block, Cell, Content, Document, Feature, Inline, List, Mark, Marks, Table, block_text,
    blocks_text, inline_text, json,
};

/// The traces of a feature. Where something depends on another feature, it counts only where that is
/// held too.
pub(crate) fn traces(feature: Feature, document: &Document, held: &[Feature]) -> Vec<String> {
    let meta = &document.meta;
    match feature {
        Feature::Paragraphs => paragraphs(document),
        Feature::Charts => of_blocks(document, |block| match block {
            Block::Figure(figure) => figure.data.as_ref().map(|data| format!("{data:?}")),
            _ => None,
        }),
        Feature::Headings => of_blocks(document, |block| match block {
            Block::Heading(heading) => Some(format!(
                "{} {}",
                heading.level,
                fold(&inline_text(&heading.content))
            )),
            _ => None,
        }),
        Feature::Marks => of_runs(document, |inline| match inline {
            Inline::Text(run) if !run.marks.is_empty() => {
                Some(format!("{:?} {}", names(run.marks), run.text))
            }
            _ => None,
        }),
        Feature::Lists => of_blocks(document, |block| match block {
            Block::List(list) => Some(shape(list)),
            _ => None,
        }),
        Feature::Labels => of_blocks(document, |block| match block {
            Block::List(list) if list.ordered => Some(
                list.items
                    .iter()
                    .map(|item| item.label.clone().unwrap_or_default() + "|")
                    .collect(),
            ),
            Block::Heading(heading) => heading.label.clone(),
            _ => None,
        }),
        Feature::Tables => of_tables(document, held, |table| {
            let filled = table.cells().iter().filter(|cell| !cell.is_blank());
            let cells = filled
                .map(|cell| format!("; {},{} {}", cell.row, cell.col, fold(&cell.plain_text())));
            format!("{} x {}", table.rows(), table.width()) + &cells.collect::<String>()
        }),
        Feature::Spans => of_tables(document, held, |table| {
            let merged = table.cells().iter().filter(|cell| cell.is_merged());
            merged
                .map(|cell| {
                    format!(
                        "{},{} {}x{}; ",
                        cell.row, cell.col, cell.row_span, cell.col_span
                    )
                })
                .collect()
        }),
        Feature::HeaderRows => of_tables(document, held, |table| table.header_rows.to_string()),
        Feature::CellBlocks => of_cells(document, held, |cell| match &cell.content {
            Content::Blocks(blocks) => Some(fold(&blocks_text(blocks))),
            Content::Text(_) => None,
        }),
        Feature::Values => of_cells(document, held, |cell| {
            let value = cell.value.as_ref()?;
            Some(format!("{value:?} {}", cell.plain_text()))
        }),
        Feature::NumberFormats => of_cells(document, held, |cell| {
            let format = cell.format.as_ref().filter(|_| cell.value.is_some())?;
            Some(format.as_str().to_owned())
        }),
        Feature::Formulas => of_cells(document, held, |cell| {
            cell.formula.as_deref().map(str::to_owned)
        }),
        Feature::Links => of_runs(document, |inline| match inline {
            Inline::Link(link) => Some(format!("{} {}", link.href, inline_text(&link.content))),
            _ => None,
        }),
        Feature::Images => {
            let ids = document.resources.iter().map(|(id, _)| id.to_string());
            // Images of headers go where these go.
            let shown = match held.contains(&Feature::Furniture) {
                true => None,
                false => Some(json::to_string(&Document {
                    body: document.body.clone(),
                    notes: document.notes.clone(),
                    ..Document::default()
                })),
            };
            let is_shown = |id: &String| shown.as_ref().is_none_or(|shown| shown.contains(id));
            ids.filter(is_shown).collect()
        }
        Feature::Notes => document
            .notes
            .iter()
            .map(|note| fold(&blocks_text(&note.blocks)))
            .collect(),
        Feature::Quotes => of_blocks(document, |block| match block {
            Block::Quote(_) => Some(fold(&block_text(block))),
            _ => None,
        }),
        Feature::Code => of_blocks(document, |block| match block {
            Block::Code(code) => Some(code.text.clone()),
            _ => None,
        }),
        Feature::Math => of_blocks(document, |block| match block {
            Block::Math(math) => Some(math.text.clone()),
            _ => None,
        }),
        Feature::Rules => of_blocks(document, |block| match block {
            Block::Rule(_) => Some("rule".to_owned()),
            Block::PageBreak(_) => Some("page".to_owned()),
            _ => None,
        }),
        Feature::Sections => of_blocks(document, |block| match block {
            Block::Section(section) if !section.name.is_empty() => Some(format!(
                "{:?} {} {}",
                section.kind, section.name, section.hidden
            )),
            _ => None,
        }),
        Feature::Metadata => {
            let known = (
                &meta.title,
                &meta.creators,
                &meta.publisher,
                &meta.description,
                &meta.language,
                &meta.issued,
            );
            vec![format!("{known:?}")]
        }
        Feature::Fields => meta
            .fields
            .iter()
            .map(|(name, text)| format!("{name}: {text}"))
            .collect(),
        Feature::CellStyles => of_cells(document, held, |cell| {
            let style = cell.style.as_deref()?;
            let align = (style.align, style.vertical_align, style.vertical_text);
            let says = format!("{align:?} {:?} {:?}", style.fill, names(style.marks));
            (style.marks != Marks::NONE || style.fill.is_some() || align != Default::default())
                .then_some(says)
        }),
        Feature::CellLooks => of_cells(document, held, |cell| {
            let style = cell.style.as_deref()?;
            let turned = (style.rotation, style.indent, style.wrap);
            Some(format!(
                "{:?} {:?} {turned:?}",
                style.borders, style.font_size
            ))
        }),
        Feature::Hidden => of_tables(document, held, |table| {
            let rows = table.row_settings().iter().filter(|row| row.hidden);
            let rows: Vec<u32> = rows.map(|row| row.row).collect();
            let columns: Vec<bool> = table.columns().iter().map(|column| column.hidden).collect();
            format!("{rows:?} {columns:?}")
        }),
        Feature::HiddenText => of_runs(document, |inline| match inline {
            Inline::Text(run) if run.marks.has(Mark::Hidden) => Some(fold(&run.text)),
            _ => None,
        }),
        Feature::SheetSettings => of_blocks(document, |block| match block {
            Block::Section(section) => Some(format!("{:?}", section.sheet)),
            _ => None,
        }),
        Feature::ParagraphStyles => of_blocks(document, |block| match block {
            Block::Paragraph(paragraph) if !paragraph.style.is_default() => {
                Some(format!("{:?}", paragraph.style))
            }
            _ => None,
        }),
        Feature::Rtl => of_blocks(document, |block| {
            let is_rtl = match block {
                Block::Heading(heading) => heading.style.rtl,
                Block::Paragraph(paragraph) => paragraph.style.rtl,
                Block::Table(table) => table.rtl,
                _ => false,
            };
            is_rtl.then(|| fold(&block_text(block)))
        }),
        Feature::SectionPages => of_blocks(document, |block| match block {
            Block::Section(section) => {
                let lines = section.headers.iter().chain(&section.footers);
                let lines = lines.map(|one| fold(&blocks_text(&one.blocks)));
                let lines: Vec<String> = lines.collect();
                Some(format!(
                    "{:?} {} {lines:?}",
                    section.page, section.continuous
                ))
            }
            _ => None,
        }),
        Feature::Furniture => {
            let all = document.headers.iter().chain(&document.footers);
            all.map(|furniture| fold(&blocks_text(&furniture.blocks)))
                .collect()
        }
    }
}

fn names(marks: Marks) -> Vec<String> {
    marks.iter().map(|mark| format!("{mark:?}")).collect()
}

/// Blanks at the ends of lines and several in a row are layout in half of the formats.
fn fold(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn shape(list: &List) -> String {
    let items = list.items.iter().map(|item| {
        let blocks = item.blocks.iter().map(|block| match block {
            Block::List(list) => shape(list),
            block => fold(&block_text(block)),
        });
        blocks.collect::<Vec<_>>().join(" / ")
    });
    let kind = if list.ordered { "ordered" } else { "bulleted" };
    format!("{kind}({})", items.collect::<Vec<_>>().join("; "))
}

fn of_blocks(document: &Document, trace: impl Fn(&Block) -> Option<String>) -> Vec<String> {
    let mut all = Vec::new();
    document.for_each_block(|block| all.extend(trace(block)));
    all
}

fn of_runs(document: &Document, trace: impl Fn(&Inline) -> Option<String>) -> Vec<String> {
    let mut all = Vec::new();
    document.for_each_block(|block| match block {
        Block::Heading(heading) => all.extend(heading.content.iter().filter_map(&trace)),
        Block::Paragraph(paragraph) => all.extend(paragraph.content.iter().filter_map(&trace)),
        _ => {}
    });
    all
}

/// Paragraphs outside of tables, wherever else they stand.
fn paragraphs(document: &Document) -> Vec<String> {
    fn collect(blocks: &[Block], all: &mut Vec<String>) {
        for block in blocks {
            match block {
                Block::Paragraph(paragraph) => all.push(fold(&inline_text(&paragraph.content))),
                Block::List(list) => list
                    .items
                    .iter()
                    .for_each(|item| collect(&item.blocks, all)),
                Block::Quote(quote) => collect(&quote.blocks, all),
                Block::Section(section) => collect(&section.body, all),
                _ => {}
            }
        }
    }
    let mut all = Vec::new();
    collect(&document.body, &mut all);
    all.retain(|text| !text.is_empty());
    all
}

/// Tables; those inside of cells only where the format holds them.
fn tables<'a>(document: &'a Document, held: &[Feature]) -> Vec<&'a Table> {
    fn outer<'a>(blocks: &'a [Block], all: &mut Vec<&'a Table>) {
        for block in blocks {
            match block {
                Block::Table(table) => all.push(table),
                Block::List(list) => list.items.iter().for_each(|item| outer(&item.blocks, all)),
                Block::Quote(quote) => outer(&quote.blocks, all),
                Block::Section(section) => outer(&section.body, all),
                _ => {}
            }
        }
    }
    if held.contains(&Feature::CellBlocks) {
        return document.tables();
    }
    let mut all = Vec::new();
    outer(&document.body, &mut all);
    all
}

fn of_tables(
    document: &Document,
    held: &[Feature],
    trace: impl Fn(&Table) -> String,
) -> Vec<String> {
    tables(document, held).into_iter().map(trace).collect()
}

fn of_cells(
    document: &Document,
    held: &[Feature],
    trace: impl Fn(&Cell) -> Option<String>,
) -> Vec<String> {
    let tables = tables(document, held);
    tables
        .into_iter()
        .flat_map(|table| table.cells().iter().filter_map(&trace))
        .collect()
}
