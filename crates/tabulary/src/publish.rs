//! A document as a format is to have it that cannot hold all of it: hidden parts, settings of sheets,
//! charts.

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
    if !has_hidden && !has_pages {
        return None;
    }
    let mut changed = document.clone();
    if hidden {
        changed.show_hidden();
    } else if has_hidden {
        changed.leave_out_hidden(diagnostics);
    }
    if has_pages {
        lift_pages(&mut changed, diagnostics);
    }
    Some(changed)
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
        let message = "sheets have running headers and footers of their own; those of the first were taken for all";
        diagnostics.add(Code::HeaderFooterDropped, message, None);
    }
    if let Some((headers, footers)) = first.filter(|_| !has_own) {
        (document.headers, document.footers) = (headers, footers);
    }
    document.page = document.page.or(page);
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
