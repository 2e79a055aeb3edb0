//! A document as a format is to have it that cannot hold all of it: hidden parts, settings of sheets,
//! pages of sections, charts.

use tabulary_ir::{
    Block, Capabilities, CellStyle, Code, Diagnostics, Document, Feature, Section, Support,
};

/// The document as a format that cannot mark what is hidden is to have it: without it, or with it in
/// sight where `hidden` asks for that; with the running lines and the page of its sheets as those of
/// the document. What such a format has no place for is told. None where the document is right as it
/// is.
pub(crate) fn published(
    document: &Document,
    capabilities: &Capabilities,
    hidden: bool,
    diagnostics: &mut Diagnostics,
) -> Option<Document> {
    let holds = |feature| capabilities.support(feature) != Support::None;
    let charts = document.charts();
    if charts > 0 && !holds(Feature::Charts) {
        let message = format!("{charts} charts were written as tables of their data");
        diagnostics.add(Code::ContentSkipped, message, None);
        let mut changed = document.clone();
        changed.charts_as_tables();
        return published(&changed, capabilities, hidden, diagnostics).or(Some(changed));
    }
    if !hidden && !holds(Feature::HiddenText) && document.has_hidden_text() {
        let mut changed = document.clone();
        changed.leave_out_hidden_text(diagnostics);
        return published(&changed, capabilities, hidden, diagnostics).or(Some(changed));
    }
    if !holds(Feature::Rtl) {
        tell_directions(document, diagnostics);
    }
    if holds(Feature::Hidden) {
        return None;
    }
    if !holds(Feature::SheetSettings) {
        tell_settings(document, diagnostics);
    }
    if !holds(Feature::CellLooks) {
        tell_looks(document, diagnostics);
    }
    let has_hidden = document.has_hidden();
    let has_pages = sections(document).any(has_page);
    // What knows pages of sections knows that some show no header.
    let has_furniture = document.has_hidden_furniture() && !holds(Feature::SectionPages);
    if !has_hidden && !has_pages && !has_furniture {
        return None;
    }
    let mut changed = document.clone();
    if has_furniture && !hidden {
        changed.leave_out_hidden_furniture(diagnostics);
    }
    if hidden {
        changed.show_hidden();
    } else if has_hidden {
        changed.leave_out_hidden(diagnostics);
    }
    if has_pages && holds(Feature::SectionPages) {
        join_pages(&mut changed);
    } else if has_pages {
        lift_pages(&mut changed, diagnostics);
    }
    Some(changed)
}

/// Tells what runs from right to left where a format knows no such thing.
fn tell_directions(document: &Document, diagnostics: &mut Diagnostics) {
    let mut count = 0;
    document.for_each_block(|block| {
        count += u32::from(match block {
            Block::Heading(heading) => heading.style.rtl,
            Block::Paragraph(paragraph) => paragraph.style.rtl,
            Block::Table(table) => table.rtl,
            _ => false,
        });
    });
    if count > 0 {
        let message = format!(
            "{count} paragraphs and tables that run from right to left are set from left to right"
        );
        diagnostics.add(Code::StyleDropped, message, None);
    }
}

fn sections(document: &Document) -> impl Iterator<Item = &Section> {
    document.body.iter().filter_map(|block| match block {
        Block::Section(section) => Some(section),
        _ => None,
    })
}

fn has_page(section: &Section) -> bool {
    section.page.is_some() || !section.headers.is_empty() || !section.footers.is_empty()
}

/// Says once what all of a document says: the page of its sheets and their running lines, where it is made
/// of sheets and these are all alike.
fn join_pages(document: &mut Document) {
    let all = document.body.len();
    let Some(Block::Section(first)) = document.body.first().cloned() else {
        return;
    };
    let alike = |same: &dyn Fn(&Section) -> bool| {
        sections(document).filter(|section| same(section)).count() == all
    };
    let has_own = !document.headers.is_empty() || !document.footers.is_empty();
    let joins_lines = !has_own
        && alike(&|other| other.headers == first.headers && other.footers == first.footers);
    let joins_page = document.page.is_none() && alike(&|other| other.page == first.page);
    for block in &mut document.body {
        if let Block::Section(section) = block {
            if joins_lines {
                section.headers.clear();
                section.footers.clear();
            }
            if joins_page {
                section.page = None;
            }
        }
    }
    if joins_lines {
        (document.headers, document.footers) = (first.headers, first.footers);
    }
    document.page = document.page.or(first.page.filter(|_| joins_page));
}

/// Makes the running lines of the sheets those of the document, where all that have any have the
/// same, and the page of the first sheet that of the document.
fn lift_pages(document: &mut Document, diagnostics: &mut Diagnostics) {
    let mut lines = sections(document)
        .filter(|section| !section.headers.is_empty() || !section.footers.is_empty())
        .map(|section| (section.headers.clone(), section.footers.clone()));
    let first = lines.next();
    let others = lines.filter(|other| Some(other) != first.as_ref()).count();
    let page = sections(document).find_map(|section| section.page);
    let has_own = !document.headers.is_empty() || !document.footers.is_empty();
    if others > 0 || has_own && first.is_some() {
        let message = "sections have running headers and footers of their own; those of the first were taken for all";
        diagnostics.add(Code::HeaderFooterDropped, message, None);
    }
    if let Some((headers, footers)) = first.filter(|_| !has_own) {
        (document.headers, document.footers) = (headers, footers);
    }
    document.page = document.page.or(page);
    let pages = sections(document).filter(|section| section.page.is_some());
    let others = pages
        .filter(|section| section.page != document.page)
        .count();
    if others > 0 {
        let message = format!(
            "{others} sections have pages of their own, whose size, margins and columns of text were left out"
        );
        diagnostics.add(Code::StyleDropped, message, None);
    }
}

fn tell_settings(document: &Document, diagnostics: &mut Diagnostics) {
    let sheets = sections(document).filter(|section| section.sheet.is_some());
    let sheets = sheets.count();
    let names = document.names.len();
    if sheets + names > 0 {
        let message = format!(
            "frozen panes, print ranges and lists of values of {sheets} sheets and {names} names of ranges have no place in the format"
        );
        diagnostics.add(Code::SheetSettingsDropped, message, None);
    }
}

fn tell_looks(document: &Document, diagnostics: &mut Diagnostics) {
    let says = |style: &CellStyle| style.borders.is_some() || style.is_set();
    let tables = document.tables();
    let cells = tables.iter().flat_map(|table| table.cells());
    let count = cells
        .filter(|cell| cell.style.as_deref().is_some_and(says))
        .count();
    if count > 0 {
        let message = format!(
            "borders, font sizes, indents, wrapping and rotation of {count} cells are not those of the source"
        );
        diagnostics.add(Code::SheetSettingsDropped, message, None);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tabulary_ir::{Cell, Furniture, FurnitureKind, SectionKind, SheetSettings, TableBuilder};

    fn sheet(name: &str, footer: &str) -> Section {
        let furniture = Furniture {
            blocks: vec![Block::paragraph(footer)],
            kind: FurnitureKind::Default,
            ..Furniture::default()
        };
        let mut builder = TableBuilder::new();
        let mut cell = Cell::text("x");
        cell.restyle(|style| style.wrap = true);
        builder.place(cell);
        let table = builder.finish(&mut Diagnostics::new());
        Section {
            body: vec![Block::Table(Box::new(table))],
            footers: vec![furniture],
            kind: SectionKind::Sheet,
            name: name.to_owned(),
            sheet: Some(Box::new(SheetSettings {
                frozen_rows: 1,
                ..SheetSettings::default()
            })),
            ..Section::default()
        }
    }

    fn check(sheets: Vec<Section>, told: &[&str]) -> Document {
        let document = Document {
            body: sheets.into_iter().map(Block::Section).collect(),
            ..Document::default()
        };
        let mut diagnostics = Diagnostics::new();
        let capabilities = Capabilities::default();
        let changed = published(&document, &capabilities, false, &mut diagnostics);
        let codes: Vec<_> = diagnostics
            .into_vec()
            .iter()
            .map(|d| d.code.as_str())
            .collect();
        assert_eq!(codes, told);
        changed.expect("a change")
    }

    #[test]
    fn running_lines_of_sheets_become_those_of_the_document() {
        let told = ["sheet-settings-dropped", "sheet-settings-dropped"];
        let changed = check(vec![sheet("a", "f"), sheet("b", "f")], &told);
        assert_eq!(changed.footers.len(), 1);
        let told = [&told[..], &["header-footer-dropped"]].concat();
        check(vec![sheet("a", "f"), sheet("b", "g")], &told);
    }

    #[test]
    fn hidden_sheets_are_told() {
        let hidden = Section {
            hidden: true,
            ..sheet("b", "f")
        };
        let told = [
            "sheet-settings-dropped",
            "sheet-settings-dropped",
            "hidden-dropped",
        ];
        let changed = check(vec![sheet("a", "f"), hidden], &told);
        assert_eq!(changed.body.len(), 1);
    }
}
