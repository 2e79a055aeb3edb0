//! Binary workbooks of Excel 2007 and later ([MS-XLSB]): a package as that of SpreadsheetML, whose main
//! parts are records. Drawings, themes and properties are the same XML.

mod cells;
mod comments;
mod records;
mod strings;
mod styles;
mod workbook;
mod worksheet;

use std::collections::BTreeMap;

use tabulary_ir::{Budget, Code, Diagnostics, Error, Origin};
use tabulary_package::xml::decode;
use tabulary_package::{Package, Relationship};

use crate::biff::{Dialect, Font, Links, text_of};
use crate::colour::Colours;
use crate::display::Display;
use crate::look::Look;
use crate::ooxml::attached::Attached;
use crate::ooxml::{lost, names, part, styles as ooxml_styles, tell_unread};
use crate::sheet::{ListObject, Sheet, Workbook};
use crate::text::Text;
use styles::Styles;
use workbook::{Bundled, Parts};

/// What all sheets of a workbook need.
struct Shared<'a> {
    strings: Vec<Text>,
    fonts: Vec<Font>,
    looks: Vec<Look>,
    links: Links,
    display: Display,
    budget: &'a Budget,
}

/// The tables of records of each sheet's part.
type Tables = BTreeMap<String, Vec<ListObject>>;

/// Reads a workbook.
pub(crate) fn read(
    bytes: &[u8],
    budget: &Budget,
    diagnostics: &mut Diagnostics,
) -> Result<Workbook, Error> {
    let mut package = Package::open(bytes, budget)?;
    let main = package.main_part()?.filter(|part| package.has(part));
    let main = main.unwrap_or_else(|| "xl/workbook.bin".to_owned());
    let main_bytes = package.read(&main)?;
    let mut parts = Parts::read(&main_bytes);
    if parts.sheets.is_empty() {
        return Err(Error::input("the workbook lists no sheet")
            .at(Origin::part(&main, ""))
            .help("open and save it in the program that made it"));
    }
    let sheets = parts.sheets.iter_mut();
    let sheets = sheets.map(|sheet| &mut sheet.relationship);
    let relationships = lost::relationships(&mut package, &main, sheets, diagnostics)?;
    let tables = linked(&mut package, &relationships, &mut parts, diagnostics)?;
    let shared = shared(&mut package, &relationships, &mut parts, diagnostics)?;
    let mut workbook = Workbook {
        meta: tabulary_package::metadata(&mut package, false, diagnostics)?,
        is_1904: parts.is_1904,
        ..Workbook::default()
    };
    let mut attached = Attached::new(&mut package, &relationships)?;
    for entry in &parts.sheets {
        budget.tick()?;
        let found = relationships
            .iter()
            .find(|r| r.id == entry.relationship && !r.external);
        let found = found.filter(|found| package.has(&found.target));
        let mut reading = SheetReading {
            package: &mut package,
            shared: &shared,
            tables: &tables,
            attached: &mut attached,
        };
        let sheet = reading.sheet(entry, found, diagnostics)?;
        workbook.sheets.push(sheet);
    }
    workbook.resources = attached.resources;
    names::give(entries(&parts, &shared.links), &mut workbook);
    tell_unread(&package, diagnostics);
    Ok(workbook)
}

/// Other workbooks and tables, which formulas name by a number.
fn linked(
    package: &mut Package<'_>,
    relationships: &[Relationship],
    parts: &mut Parts<'_>,
    diagnostics: &mut Diagnostics,
) -> Result<Tables, Error> {
    for (book, id) in &parts.others {
        let found = relationships.iter().find(|r| r.id == *id && !r.external);
        let Some(found) = found else {
            continue;
        };
        let bytes = part(package, &found.target, diagnostics)?;
        if let (Some(bytes), Some(book)) = (bytes, parts.links.books.get_mut(*book)) {
            workbook::other(&bytes, book);
        }
    }
    let mut tables = Tables::new();
    for sheet in relationships.iter().filter(|r| r.kind == "worksheet") {
        for found in package.relationships(&sheet.target)? {
            if found.kind != "table" || found.external {
                continue;
            }
            let bytes = part(package, &found.target, diagnostics)?;
            if let Some((number, table, list)) = bytes.as_deref().and_then(workbook::table) {
                parts.links.tables.insert(number, table);
                tables.entry(sheet.target.clone()).or_default().push(list);
            }
        }
    }
    Ok(tables)
}

/// Strings, styles and the theme. What is damaged beyond use is told and left out.
fn shared<'a>(
    package: &mut Package<'a>,
    relationships: &[Relationship],
    parts: &mut Parts<'_>,
    diagnostics: &mut Diagnostics,
) -> Result<Shared<'a>, Error> {
    let budget = package.budget();
    let mut optional = |kind: &str| {
        let found = relationships.iter().find(|r| r.kind == kind && !r.external);
        match found {
            Some(found) => part(package, &found.target, diagnostics),
            None => Ok(None),
        }
    };
    let style_bytes = optional("styles")?.unwrap_or_default();
    let styles = Styles::read(&style_bytes);
    let string_bytes = optional("sharedStrings")?.unwrap_or_default();
    let strings = strings::shared(&string_bytes, &styles.fonts, budget)?;
    let mut colours = Colours::default();
    if let Some(bytes) = optional("theme")? {
        colours.set_theme(ooxml_styles::theme(&decode(&bytes), budget));
    }
    let mut display = Display::new(parts.is_1904);
    let looks = styles.looks(colours, &mut display);
    Ok(Shared {
        strings,
        looks,
        fonts: styles.fonts,
        links: std::mem::take(&mut parts.links),
        display,
        budget,
    })
}

struct SheetReading<'a, 'p> {
    package: &'a mut Package<'p>,
    shared: &'a Shared<'p>,
    tables: &'a Tables,
    attached: &'a mut Attached,
}

impl SheetReading<'_, '_> {
    fn sheet(
        &mut self,
        entry: &Bundled,
        found: Option<&Relationship>,
        diagnostics: &mut Diagnostics,
    ) -> Result<Sheet, Error> {
        let mut sheet = Sheet {
            name: entry.name.clone(),
            hidden: entry.hidden,
            ..Sheet::default()
        };
        let place = || Origin::cells(&entry.name, "A1");
        let Some(found) = found else {
            let message = "the part of the sheet is not in the package";
            diagnostics.add(Code::ReferenceMissing, message, place());
            return Ok(sheet);
        };
        if found.kind != "worksheet" {
            let kind = &found.kind;
            let message = format!("a sheet of the kind {kind} holds no cells that are read");
            diagnostics.add(Code::ContentSkipped, message, place());
            return Ok(sheet);
        }
        let Some(bytes) = part(self.package, &found.target, diagnostics)? else {
            return Ok(sheet);
        };
        let list = self.tables.get(&found.target);
        sheet.lists.extend(list.into_iter().flatten().cloned());
        let (mut sheet, references) = worksheet::read(&bytes, sheet, self.shared, diagnostics)?;
        for comments in self.package.relationships(&found.target)? {
            if comments.kind != "comments" || comments.external {
                continue;
            }
            if let Some(bytes) = part(self.package, &comments.target, diagnostics)? {
                let shared = self.shared;
                let notes = comments::read(&bytes, &shared.fonts, shared.budget)?;
                sheet.notes.extend(notes);
            }
        }
        let attached = &mut self.attached;
        attached.read(
            self.package,
            &found.target,
            references,
            &mut sheet,
            diagnostics,
        )?;
        Ok(sheet)
    }
}

/// The names of the workbook whose formulas are known.
fn entries(parts: &Parts<'_>, links: &Links) -> Vec<names::Entry> {
    let entry = |name: &workbook::Name<'_>| {
        let target = text_of(name.formula, Dialect::Biff12, (0, 0), links)?;
        Some(names::Entry {
            name: name.name.clone(),
            sheet: name.sheet,
            target,
            hidden: name.is_of_program,
        })
    };
    parts.names.iter().filter_map(entry).collect()
}

#[cfg(test)]
mod tests;
