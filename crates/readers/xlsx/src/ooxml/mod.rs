//! SpreadsheetML (ECMA-376-1 18): the workbook part, and what it refers to.

mod anchor;
pub(crate) mod attached;
mod cell;
mod comments;
pub(crate) mod drawing;
mod formula;
pub(crate) mod lost;
pub(crate) mod names;
mod rows;
mod scan;
mod strings;
pub(crate) mod styles;
pub(crate) mod worksheet;

use std::sync::Arc;

use tabulary_ir::{Budget, Cell, Code, Diagnostics, Error, ErrorKind, Origin, Value};
use tabulary_package::xml::{Event, Ns, Pull, decode};
use tabulary_package::{Package, Relationship};

use crate::colour::Colours;
use crate::display::{Display, Format};
use crate::sheet::{Sheet, Workbook};
use attached::Attached;
use strings::Strings;
use styles::Styles;

/// What `workbook.xml` says.
#[derive(Default)]
struct Parts {
    is_1904: bool,
    /// Whether all formulas are to be worked out when it is opened (ECMA-376-1 18.2.2).
    is_to_calculate: bool,
    sheets: Vec<SheetEntry>,
    names: Vec<names::Entry>,
}

struct SheetEntry {
    name: String,
    relationship: String,
    hidden: bool,
}

/// What all sheets of a workbook share.
struct Shared {
    strings: Strings,
    styles: Styles,
    display: Display,
    is_1904: bool,
    /// The format of days that are stored as such and have none of their own.
    iso_date: Option<Arc<Format>>,
}

/// Reads a workbook.
pub(crate) fn read(
    bytes: &[u8],
    budget: &Budget,
    diagnostics: &mut Diagnostics,
) -> Result<Workbook, Error> {
    let mut package = Package::open(bytes, budget)?;
    let main = package.main_part()?.filter(|part| package.has(part));
    let main = main.unwrap_or_else(|| "xl/workbook.xml".to_owned());
    let mut parts = workbook(&mut package, &main, diagnostics)?;
    let sheets = parts.sheets.iter_mut();
    let sheets = sheets.map(|sheet| &mut sheet.relationship);
    let relationships = lost::relationships(&mut package, &main, sheets, diagnostics)?;
    let shared = shared(&mut package, &relationships, &parts, diagnostics)?;
    let mut workbook = Workbook {
        meta: tabulary_package::metadata(&mut package, false, diagnostics)?,
        is_1904: parts.is_1904,
        ..Workbook::default()
    };
    let mut attached = Attached::new(&mut package, &relationships)?;
    for entry in &parts.sheets {
        let sheet = sheet(
            &mut package,
            entry,
            &relationships,
            &shared,
            &mut attached,
            diagnostics,
        )?;
        workbook.sheets.push(sheet);
    }
    if parts.is_to_calculate {
        workbook.are_zeros_doubted = are_all_zero(&workbook);
    }
    workbook.resources = attached.resources;
    names::give(parts.names, &mut workbook);
    tell_unread(&package, diagnostics);
    Ok(workbook)
}

/// Strings, styles and the theme. What is damaged beyond use is told and left out.
fn shared(
    package: &mut Package<'_>,
    relationships: &[Relationship],
    parts: &Parts,
    diagnostics: &mut Diagnostics,
) -> Result<Shared, Error> {
    let budget = package.budget();
    let mut optional = |kind: &str, diagnostics: &mut Diagnostics| {
        let found = relationships.iter().find(|r| r.kind == kind && !r.external);
        match found {
            Some(found) => part(package, &found.target, diagnostics),
            None => Ok(None),
        }
    };
    let strings = match optional("sharedStrings", diagnostics)? {
        Some(bytes) => Strings::read(&decode(&bytes), budget, diagnostics)?,
        None => Strings::default(),
    };
    let mut colours = Colours::default();
    if let Some(bytes) = optional("theme", diagnostics)? {
        colours.set_theme(styles::theme(&decode(&bytes), budget));
    }
    let mut display = Display::new(parts.is_1904);
    let styles = match optional("styles", diagnostics)? {
        Some(bytes) => Styles::read(&decode(&bytes), colours, &mut display, budget, diagnostics)?,
        None => Styles::default(),
    };
    Ok(Shared {
        strings,
        styles,
        is_1904: parts.is_1904,
        iso_date: display.format("yyyy-mm-dd"),
        display,
    })
}

/// The bytes of a part; none, and a diagnostic, where it is damaged.
pub(crate) fn part(
    package: &mut Package<'_>,
    name: &str,
    diagnostics: &mut Diagnostics,
) -> Result<Option<Vec<u8>>, Error> {
    if !package.has(name) {
        return Ok(None);
    }
    match package.read(name) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if error.kind() == ErrorKind::Limit => Err(error),
        Err(error) => {
            diagnostics.add(
                Code::PackageDamaged,
                error.to_string(),
                Origin::part(name, ""),
            );
            Ok(None)
        }
    }
}

fn workbook(
    package: &mut Package<'_>,
    main: &str,
    diagnostics: &mut Diagnostics,
) -> Result<Parts, Error> {
    let bytes = package.read(main)?;
    let text = decode(&bytes);
    let mut pull = Pull::new(&text, package.budget());
    let mut parts = Parts::default();
    loop {
        let start = match pull.next_event() {
            Ok(Event::Start(start)) => start,
            Ok(Event::Eof) => break,
            Ok(_) => continue,
            Err(error) if error.kind() == ErrorKind::Limit => return Err(error),
            Err(error) if parts.sheets.is_empty() => return Err(error.at(Origin::part(main, ""))),
            Err(error) => {
                diagnostics.add(Code::XmlDamaged, error.to_string(), Origin::part(main, ""));
                break;
            }
        };
        if start.is(Ns::S, "workbookPr") {
            parts.is_1904 = start.plain("date1904").is_some_and(is_true);
        } else if start.is(Ns::S, "calcPr") {
            parts.is_to_calculate = start.plain("fullCalcOnLoad").is_some_and(is_true);
        } else if start.is(Ns::S, "sheet") {
            parts.sheets.push(SheetEntry {
                name: start.plain("name").unwrap_or_default().to_owned(),
                relationship: start.attribute(Ns::R, "id").unwrap_or_default().to_owned(),
                hidden: start.plain("state").is_some_and(|state| state != "visible"),
            });
        } else if start.is(Ns::S, "definedName") {
            let (element, _) = pull.partial_element(start);
            parts.names.push(names::Entry {
                name: element.plain("name").unwrap_or_default().to_owned(),
                sheet: element.plain("localSheetId").and_then(|id| id.parse().ok()),
                target: element.text(),
                hidden: element.plain("hidden").is_some_and(is_true),
            });
        }
    }
    if parts.sheets.is_empty() {
        return Err(Error::input("the workbook lists no sheet")
            .at(Origin::part(main, ""))
            .help("open and save it in the program that made it"));
    }
    Ok(parts)
}

/// Whether there are formulas and all have the value 0. Programs that work nothing out, XlsxWriter among
/// them, store this 0 for a value, and ask for all formulas to be worked out on opening.
fn are_all_zero(workbook: &Workbook) -> bool {
    let is_zero =
        |cell: &Cell| matches!(&cell.value, Some(Value::Number(number)) if number.as_str() == "0");
    let cells = workbook.sheets.iter().flat_map(|sheet| &sheet.cells);
    let mut formulas = cells.filter(|cell| cell.formula.is_some()).peekable();
    formulas.peek().is_some() && formulas.all(is_zero)
}

/// The truth values of ECMA-376-1 22.9.2.7 and XML Schema.
fn is_true(text: &str) -> bool {
    matches!(text, "1" | "true" | "on")
}

fn sheet(
    package: &mut Package<'_>,
    entry: &SheetEntry,
    relationships: &[Relationship],
    shared: &Shared,
    attached: &mut Attached,
    diagnostics: &mut Diagnostics,
) -> Result<Sheet, Error> {
    let empty = Sheet {
        name: entry.name.clone(),
        hidden: entry.hidden,
        ..Sheet::default()
    };
    let place = || Origin::cells(&entry.name, "A1");
    let found = relationships
        .iter()
        .find(|r| r.id == entry.relationship && !r.external);
    let Some(found) = found.filter(|found| package.has(&found.target)) else {
        let message = "the part of the sheet is not in the package";
        diagnostics.add(Code::ReferenceMissing, message, place());
        return Ok(empty);
    };
    if found.kind != "worksheet" {
        let message = format!(
            "a sheet of the kind {} holds no cells that are read",
            found.kind
        );
        diagnostics.add(Code::ContentSkipped, message, place());
        return Ok(empty);
    }
    let bytes = match package.read(&found.target) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == ErrorKind::Limit => return Err(error),
        Err(error) => {
            diagnostics.add(Code::PackageDamaged, error.to_string(), place());
            return Ok(empty);
        }
    };
    let budget = package.budget();
    let (mut sheet, references) =
        worksheet::read(&decode(&bytes), empty, shared, budget, diagnostics)?;
    attached.read(package, &found.target, references, &mut sheet, diagnostics)?;
    Ok(sheet)
}

/// Names the kinds of parts that hold something to see and are not read.
pub(crate) fn tell_unread(package: &Package<'_>, diagnostics: &mut Diagnostics) {
    const KINDS: &[(&str, &str)] = &[
        ("xl/charts/chart", "charts"),
        ("xl/pivottables/", "pivot tables"),
        ("xl/embeddings/", "embedded objects"),
        ("xl/richdata/richvaluerel", "pictures in cells"),
    ];
    for (start, what) in KINDS {
        let count = package
            .names()
            .iter()
            .filter(|name| name.to_lowercase().starts_with(start))
            .count();
        if count > 0 {
            diagnostics.add(
                Code::ContentSkipped,
                format!("{what} are not read ({count} parts)"),
                None,
            );
        }
    }
}
