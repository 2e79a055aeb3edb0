//! SpreadsheetML (ECMA-376-1 18): the workbook part, and what it refers to.

mod formula;
mod strings;
mod styles;
mod worksheet;

use std::collections::BTreeMap;

use tabulary_ir::{Budget, Code, Diagnostics, Error, Origin};
use tabulary_package::xml::{Event, Ns, Pull, decode};
use tabulary_package::{Package, Relationship};

use crate::display::Display;
use crate::own;
use crate::place::Area;
use crate::sheet::{Sheet, Workbook};
use strings::Strings;
use styles::Styles;

/// What `workbook.xml` says.
#[derive(Default)]
struct Parts {
    is_1904: bool,
    sheets: Vec<SheetEntry>,
    names: Vec<DefinedName>,
}

struct SheetEntry {
    name: String,
    relationship: String,
    hidden: bool,
}

struct DefinedName {
    name: String,
    sheet: Option<usize>,
    target: String,
}

/// What all sheets of a workbook share.
struct Shared {
    strings: Strings,
    styles: Styles,
    display: Display,
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
    let parts = workbook(&mut package, &main, diagnostics)?;
    let relationships = package.relationships(&main)?;
    let mut optional = |kind: &str| -> Result<Option<Vec<u8>>, Error> {
        let found = relationships.iter().find(|r| r.kind == kind && !r.external);
        match found {
            Some(found) if package.has(&found.target) => package.read(&found.target).map(Some),
            _ => Ok(None),
        }
    };
    let strings = match optional("sharedStrings")? {
        Some(bytes) => Strings::read(&decode(&bytes), budget, diagnostics)?,
        None => Strings::default(),
    };
    let styles = match optional("styles")? {
        Some(bytes) => Styles::read(&decode(&bytes), budget, diagnostics),
        None => Styles::default(),
    };
    let mut shared = Shared {
        strings,
        styles,
        display: Display::new(parts.is_1904),
    };
    let mut workbook = Workbook {
        meta: tabulary_package::metadata(&mut package, false, diagnostics)?,
        sheets: Vec::with_capacity(parts.sheets.len()),
    };
    for entry in &parts.sheets {
        let sheet = sheet(
            &mut package,
            entry,
            &relationships,
            &mut shared,
            diagnostics,
        )?;
        workbook.sheets.push(sheet);
    }
    give_names(&parts.names, &mut workbook.sheets);
    tell_unread(&package, diagnostics);
    Ok(workbook)
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
            Err(error) if error.kind() == tabulary_ir::ErrorKind::Limit => return Err(error),
            Err(error) if parts.sheets.is_empty() => return Err(error.at(Origin::part(main, ""))),
            Err(error) => {
                diagnostics.add(Code::XmlDamaged, error.to_string(), Origin::part(main, ""));
                break;
            }
        };
        if start.is(Ns::S, "workbookPr") {
            parts.is_1904 = start.plain("date1904").is_some_and(is_true);
        } else if start.is(Ns::S, "sheet") {
            parts.sheets.push(SheetEntry {
                name: start.plain("name").unwrap_or_default().to_owned(),
                relationship: start.attribute(Ns::R, "id").unwrap_or_default().to_owned(),
                hidden: start.plain("state").is_some_and(|state| state != "visible"),
            });
        } else if start.is(Ns::S, "definedName") {
            let (element, _) = pull.partial_element(start);
            parts.names.push(DefinedName {
                name: element.plain("name").unwrap_or_default().to_owned(),
                sheet: element.plain("localSheetId").and_then(|id| id.parse().ok()),
                target: element.text(),
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

/// The truth values of ECMA-376-1 22.9.2.7 and XML Schema.
fn is_true(text: &str) -> bool {
    matches!(text, "1" | "true" | "on")
}

fn sheet(
    package: &mut Package<'_>,
    entry: &SheetEntry,
    relationships: &[Relationship],
    shared: &mut Shared,
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
        diagnostics.add(
            Code::ReferenceMissing,
            "the part of the sheet is not in the package",
            place(),
        );
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
        Err(error) if error.kind() == tabulary_ir::ErrorKind::Limit => return Err(error),
        Err(error) => {
            diagnostics.add(Code::PackageDamaged, error.to_string(), place());
            return Ok(empty);
        }
    };
    let mut sheet = worksheet::read(
        &decode(&bytes),
        empty,
        shared,
        package.budget(),
        diagnostics,
    )?;
    let part = found.target.clone();
    for relationship in package.relationships(&part)? {
        if relationship.kind == "table" && package.has(&relationship.target) {
            let bytes = package.read(&relationship.target)?;
            sheet
                .lists
                .extend(list_object(&decode(&bytes), package.budget()));
        }
    }
    Ok(sheet)
}

/// The range of a list object and its header rows (ECMA-376-1 18.5.1.2).
fn list_object(text: &str, budget: &Budget) -> Option<(Area, u32)> {
    let mut pull = Pull::new(text, budget);
    while let Ok(event) = pull.next_event() {
        match event {
            Event::Start(start) if start.is(Ns::S, "table") => {
                let area = Area::parse(start.plain("ref")?)?;
                let rows = start
                    .plain("headerRowCount")
                    .and_then(|rows| rows.parse().ok())
                    .unwrap_or(1);
                return Some((area, rows));
            }
            Event::Eof => return None,
            _ => {}
        }
    }
    None
}

/// Gives each sheet the defined names that say something of its blocks.
fn give_names(names: &[DefinedName], sheets: &mut [Sheet]) {
    let index: BTreeMap<String, usize> = sheets
        .iter()
        .enumerate()
        .map(|(i, sheet)| (sheet.name.clone(), i))
        .collect();
    for defined in names {
        let titles = defined.name == "_xlnm.Print_Titles";
        if !titles && !defined.name.starts_with(own::PREFIX) {
            continue;
        }
        for target in split_targets(&defined.target) {
            let Some((sheet, range)) = split_sheet(&target) else {
                continue;
            };
            let Some(sheet) = index
                .get(&sheet)
                .copied()
                .or(defined.sheet)
                .and_then(|i| sheets.get_mut(i))
            else {
                continue;
            };
            if titles {
                sheet.title_rows = rows(&range).or(sheet.title_rows);
            } else if let Some(area) = Area::parse(&range) {
                sheet.names.push((defined.name.clone(), area));
            }
        }
    }
}

/// The parts of a union such as `'a,b'!$A:$B,'a,b'!$1:$2`.
fn split_targets(text: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut quoted = false;
    for character in text.chars() {
        quoted ^= character == '\'';
        if character == ',' && !quoted {
            parts.push(String::new());
        } else if let Some(part) = parts.last_mut() {
            part.push(character);
        }
    }
    parts
}

/// The sheet and range of `'a b'!$A$1:$B$2`.
fn split_sheet(target: &str) -> Option<(String, String)> {
    let (sheet, range) = target.trim().rsplit_once('!')?;
    let sheet = match sheet
        .strip_prefix('\'')
        .and_then(|sheet| sheet.strip_suffix('\''))
    {
        Some(quoted) => quoted.replace("''", "'"),
        None => sheet.to_owned(),
    };
    Some((sheet, range.to_owned()))
}

/// The rows of `$1:$3`, from 0.
fn rows(range: &str) -> Option<(u32, u32)> {
    let (first, last) = range.split_once(':')?;
    let number = |text: &str| {
        text.trim_start_matches('$')
            .parse::<u32>()
            .ok()?
            .checked_sub(1)
    };
    Some((number(first)?, number(last)?))
}

/// Names the kinds of parts that hold something to see and are not read.
fn tell_unread(package: &Package<'_>, diagnostics: &mut Diagnostics) {
    const KINDS: &[(&str, &str)] = &[
        ("xl/media/", "images"),
        ("xl/charts/chart", "charts"),
        ("xl/comments", "comments"),
        ("xl/threadedcomments/", "threaded comments"),
        ("xl/pivottables/", "pivot tables"),
        ("xl/embeddings/", "embedded objects"),
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
