//! What Excel keeps of a sheet beside its cells.

use tabulary_ir::{FurnitureKind, Validation};
use tabulary_package::xml::{Element, Ns};

use super::formula::a1;
use crate::furniture::furniture;
use crate::page::PrintSetup;
use crate::place::Area;
use crate::sheet::Sheet;

/// Takes up `x:WorksheetOptions`.
pub(super) fn options(element: &Element, sheet: &mut Sheet) {
    let item = |name: &str| element.child(Ns::Excel, name);
    let number = |name: &str| item(name).and_then(|n| n.text().trim().parse::<u32>().ok());
    sheet.hidden = item("Visible").is_some_and(|state| state.text().trim() != "SheetVisible");
    if item("FreezePanes").is_some() {
        let rows = number("SplitHorizontal").unwrap_or_default();
        sheet.frozen = (rows, number("SplitVertical").unwrap_or_default());
    }
    let setup = item("PageSetup");
    let part = |name: &str| setup.and_then(|setup| setup.child(Ns::Excel, name));
    let mut print = PrintSetup::default();
    if let Some(margins) = part("PageMargins") {
        let named = [
            ("top", "Top"),
            ("right", "Right"),
            ("bottom", "Bottom"),
            ("left", "Left"),
        ];
        print.margins(|wanted| {
            let (_, name) = named.iter().find(|(name, _)| *name == wanted)?;
            margins.attribute(Ns::Excel, name)
        });
    }
    let paper = item("Print").and_then(|print| print.child(Ns::Excel, "PaperSizeIndex"));
    let paper = paper.and_then(|paper| paper.text().trim().parse().ok());
    let layout = part("Layout").and_then(|layout| layout.attribute(Ns::Excel, "Orientation"));
    if paper.is_some() || layout.is_some() {
        print.paper(paper, layout == Some("Landscape"));
    }
    sheet.page = print.page();
    let codes = |name: &str| part(name)?.attribute(Ns::Excel, "Data").map(str::to_owned);
    let line = |codes: Option<String>, sheet: &Sheet| {
        furniture(&codes?, FurnitureKind::Default, &sheet.name)
    };
    let header = line(codes("Header"), sheet);
    let footer = line(codes("Footer"), sheet);
    sheet.headers.extend(header);
    sheet.footers.extend(footer);
}

/// The list of values of `x:DataValidation`; none where cells are checked another way.
pub(super) fn validation(element: &Element) -> Option<Validation> {
    let item = |name: &str| element.child(Ns::Excel, name).map(Element::text);
    if item("Type")?.trim() != "List" {
        return None;
    }
    let ranges: Vec<Area> = item("Range")?
        .split(',')
        .filter_map(|range| Area::parse(&a1(range.trim(), 0, 0)))
        .collect();
    let first = ranges.first()?;
    let value = item("Value")?;
    let value = value.trim();
    let (values, formula) = match value.strip_prefix('"') {
        Some(list) => {
            let list = list.strip_suffix('"').unwrap_or(list).replace("\"\"", "\"");
            let values = list.split(',').map(|value| value.trim().to_owned());
            (values.collect(), None)
        }
        None => (Vec::new(), Some(a1(value, first.row, first.col))),
    };
    Some(Validation {
        formula,
        ranges: ranges.iter().map(Area::to_string).collect(),
        values,
    })
}
