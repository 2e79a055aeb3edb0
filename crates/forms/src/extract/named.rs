//! Values by the names that a form gave to its cells: defined names of a workbook, tags of controls.

use std::collections::{BTreeMap, BTreeSet};

use tabulary_ir::{Area, Block, Content, Document, Inline, Origin, Table, inline_text};

use super::Extraction;
use crate::definition::FieldType;
use crate::form::{Field, Form};
use crate::report::Found;
use crate::value::{FieldValue, of_cell, of_text};
use crate::view::{Item, items_of};

/// The defined name that says which form and edition a workbook is.
pub(crate) const FORM_NAME: &str = "tabulary_form";
/// What stands before the name of a field in the defined name of its cell.
const PREFIX: &str = "f_";

/// The defined name of the cell of a field. A dot would be read as that between sheet and cell by some
/// programs.
pub(crate) fn defined_name(id: &str) -> String {
    format!("{PREFIX}{}", id.replace(['.', '-'], "_"))
}

/// The form and edition that a workbook says it is.
pub(crate) fn edition_of(document: &Document) -> Option<(String, String)> {
    let name = document.names.iter().find(|name| name.name == FORM_NAME)?;
    let text = name.refers_to.trim_start_matches('=').trim_matches('"');
    let (form, edition) = text.split_once('/')?;
    Some((form.to_owned(), edition.to_owned()))
}

/// Takes every value whose cell has its name. Which they were is given back.
pub(super) fn take(
    form: &Form,
    document: &Document,
    extraction: &mut Extraction,
) -> BTreeSet<String> {
    let mut taken = BTreeSet::new();
    by_names(form, document, extraction, &mut taken);
    by_tags(form, document, extraction, &mut taken);
    taken
}

fn by_names(
    form: &Form,
    document: &Document,
    extraction: &mut Extraction,
    taken: &mut BTreeSet<String>,
) {
    let is_own = edition_of(document)
        .is_some_and(|(id, edition)| id == form.id() && edition == form.edition());
    if !is_own {
        return;
    }
    let ids: BTreeMap<String, &Field> = form
        .fields()
        .iter()
        .map(|field| (defined_name(&field.id).to_lowercase(), field))
        .collect();
    let items = items_of(document);
    let cells = Cells::new(&items);
    for name in &document.names {
        let Some(field) = ids.get(&name.name.to_lowercase()) else {
            continue;
        };
        let Some((sheet, area)) = refers_to(&name.refers_to) else {
            continue;
        };
        let origin = Origin::cells(sheet.as_str(), area.to_string());
        let found = Found {
            origin: Some(origin),
            sure: 100,
            by: format!("the name {}", name.name),
            written: None,
        };
        taken.insert(field.id.clone());
        if field.kind == FieldType::Prose {
            let text = cells.text(&sheet, &area);
            take_prose(&field.id, &text, found, extraction);
            continue;
        }
        let value = cells.value(&sheet, &area, field);
        let written = cells.text(&sheet, &area).trim().to_owned();
        let written = Some(written).filter(|written| written != value.shown());
        extraction.set(&field.id, value, Found { written, ..found });
    }
}

fn take_prose(id: &str, text: &str, found: Found, extraction: &mut Extraction) {
    let lines = text
        .lines()
        .map(str::trim_end)
        .filter(|line| !line.trim().is_empty());
    let blocks: Vec<Block> = lines.map(Block::paragraph).collect();
    if !blocks.is_empty() {
        extraction.report.prose.insert(id.to_owned(), blocks);
        extraction.report.places.insert(id.to_owned(), found);
    }
}

/// The sheet and range of a formula such as `'2019'!$B$3`.
fn refers_to(formula: &str) -> Option<(String, Area)> {
    let (sheet, range) = formula.trim_start_matches('=').rsplit_once('!')?;
    let sheet = match sheet
        .strip_prefix('\'')
        .and_then(|rest| rest.strip_suffix('\''))
    {
        Some(quoted) => quoted.replace("''", "'"),
        None => sheet.to_owned(),
    };
    Some((sheet, Area::parse(range)?))
}

/// The cells of a workbook by their place.
struct Cells<'a> {
    tables: Vec<(&'a str, Area, &'a Table)>,
    lines: Vec<(&'a str, Area, String)>,
}

impl<'a> Cells<'a> {
    fn new(items: &'a [Item<'a>]) -> Self {
        let mut cells = Self {
            tables: Vec::new(),
            lines: Vec::new(),
        };
        for item in items {
            let origin = match item {
                Item::Table(table) => table.origin.as_ref(),
                Item::Line(line) => line.origin,
            };
            let Some(Origin::Cells { range, sheet }) = origin else {
                continue;
            };
            let Some(area) = Area::parse(range) else {
                continue;
            };
            match item {
                Item::Table(table) => cells.tables.push((sheet, area, table)),
                Item::Line(line) => cells.lines.push((sheet, area, line.text.clone())),
            }
        }
        cells
    }

    fn cell(&self, sheet: &str, area: &Area) -> Option<&'a tabulary_ir::Cell> {
        let holds = |(name, whole, _): &&(&str, Area, &Table)| {
            *name == sheet && whole.contains(area.row, area.col)
        };
        let (_, whole, table) = self.tables.iter().find(holds)?;
        table.at(area.row - whole.row, area.col - whole.col)
    }

    fn value(&self, sheet: &str, area: &Area, field: &Field) -> FieldValue {
        let unit = field.unit.as_deref();
        match self.cell(sheet, area) {
            Some(cell) => of_cell(cell, field.kind, unit),
            None => of_text(&self.text(sheet, area), field.kind, unit),
        }
    }

    fn text(&self, sheet: &str, area: &Area) -> String {
        if let Some(cell) = self.cell(sheet, area) {
            return cell.plain_text().to_string();
        }
        let holds = |(name, whole, _): &&(&str, Area, String)| {
            *name == sheet && whole.contains(area.row, area.col)
        };
        let line = self.lines.iter().find(holds);
        line.map(|(_, _, text)| text.clone()).unwrap_or_default()
    }
}

/// Values of controls whose tag is the name of a field.
fn by_tags(
    form: &Form,
    document: &Document,
    extraction: &mut Extraction,
    taken: &mut BTreeSet<String>,
) {
    document.for_each_block(|block| match block {
        Block::Paragraph(paragraph) => {
            let origin = paragraph.origin.as_ref();
            by_tags_of_line(form, &paragraph.content, origin, extraction, taken);
        }
        Block::Heading(heading) => {
            let origin = heading.origin.as_ref();
            by_tags_of_line(form, &heading.content, origin, extraction, taken);
        }
        Block::Table(table) => {
            for cell in table.cells() {
                let Content::Blocks(blocks) = &cell.content else {
                    continue;
                };
                for block in blocks {
                    if let Block::Paragraph(paragraph) = block {
                        let origin = cell.origin.as_deref();
                        by_tags_of_line(form, &paragraph.content, origin, extraction, taken);
                    }
                }
            }
        }
        _ => {}
    });
}

fn by_tags_of_line(
    form: &Form,
    content: &[Inline],
    origin: Option<&Origin>,
    extraction: &mut Extraction,
    taken: &mut BTreeSet<String>,
) {
    for inline in content {
        let Inline::Field(control) = inline else {
            continue;
        };
        let tag = control
            .control
            .as_ref()
            .and_then(|control| control.tag.as_deref());
        let Some(field) = tag.and_then(|tag| form.field(tag)) else {
            continue;
        };
        let text = inline_text(&control.content);
        let found = Found {
            origin: origin.cloned(),
            sure: 100,
            by: format!("the control {}", field.id),
            written: None,
        };
        taken.insert(field.id.clone());
        if field.kind == FieldType::Prose {
            take_prose(&field.id, &text, found, extraction);
        } else {
            let value = of_text(&text, field.kind, field.unit.as_deref());
            let written = Some(text.trim().to_owned()).filter(|text| text != value.shown());
            extraction.set(&field.id, value, Found { written, ..found });
        }
    }
}
