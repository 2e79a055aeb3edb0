//! Workbooks of Excel up to 2003 ([MS-XLS]), and what is known of those before Excel 97.
//!
//! A workbook is a stream of records in a compound file; before Excel 5 it was the file itself.
//! calamine, which the project began with, gives no formats and takes references of formulas for
//! others, so that the records are read here.

mod art;
mod cells;
mod compound;
mod formats;
mod globals;
mod hyperlink;
mod objects;
mod properties;
mod records;
mod strings;
mod supporting;
mod version;
mod worksheet;

use tabulary_ir::{Budget, Code, Diagnostics, Error, Origin, Resources};

use crate::biff::text_of;
use crate::display::Display;
use crate::ooxml::names;
use crate::sheet::{Sheet, Workbook};
use compound::Compound;
use globals::{Bound, Globals};
use records::Records;
use version::beginning;
use worksheet::Shared;

/// With what a compound file begins ([MS-CFB] 2.2).
const COMPOUND: [u8; 8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];

/// Whether bytes are a workbook: a compound file that names the stream of one, or, as before Excel 5,
/// the records themselves.
pub(crate) fn is_xls(bytes: &[u8]) -> bool {
    if bytes.starts_with(&COMPOUND) {
        let names = ["Workbook\0", "Book\0"].map(|name| -> Vec<u8> {
            let units = name.encode_utf16();
            units.flat_map(u16::to_le_bytes).collect()
        });
        // Names of streams stand in directory entries of 128 bytes, at the start of each. Programs
        // write them in capitals too.
        let is_named = |entry: &[u8], name: &Vec<u8>| {
            let begin = entry.get(..name.len());
            begin.is_some_and(|begin| begin.eq_ignore_ascii_case(name))
        };
        let mut entries = bytes.chunks(128);
        return entries.any(|entry| names.iter().any(|name| is_named(entry, name)));
    }
    is_bare(bytes)
}

/// Whether bytes begin with the record that begins a workbook. Its length and content tell it from
/// other files that begin with the same bytes.
fn is_bare(bytes: &[u8]) -> bool {
    let first = Records::new(bytes, 0).take();
    first.is_some_and(|record| {
        let is_short = (4..=16).contains(&record.data.len());
        let content = beginning(record).map(|(_, content)| content);
        is_short && content.is_some_and(|content| content != version::Substream::Other)
    })
}

/// Reads a workbook.
pub(crate) fn read(
    bytes: &[u8],
    budget: &Budget,
    diagnostics: &mut Diagnostics,
) -> Result<Workbook, Error> {
    if !bytes.starts_with(&COMPOUND) {
        return workbook(bytes, true, budget, diagnostics);
    }
    let damaged = |what: &str| {
        Error::input(format!("the xls workbook is damaged: {what}"))
            .help("open and save it in the program that made it")
    };
    let file = Compound::open(bytes).ok_or_else(|| damaged("it has no directory"))?;
    let stream = file.stream("Workbook").or_else(|| file.stream("Book"));
    let stream = stream.ok_or_else(|| damaged("it has no stream of a workbook"))?;
    let mut workbook = workbook(&stream.bytes, stream.is_whole, budget, diagnostics)?;
    let property = |name: &str| file.stream(name).map(|stream| stream.bytes);
    let summary = property("\u{5}SummaryInformation");
    let more = property("\u{5}DocumentSummaryInformation");
    properties::read(summary.as_deref(), more.as_deref(), &mut workbook.meta);
    Ok(workbook)
}

fn workbook(
    stream: &[u8],
    is_whole: bool,
    budget: &Budget,
    diagnostics: &mut Diagnostics,
) -> Result<Workbook, Error> {
    let globals = Globals::read(stream, budget)?;
    if globals.sheets.is_empty() {
        return Err(Error::input("the workbook lists no sheet")
            .help("open and save it in the program that made it"));
    }
    if !is_whole || !globals.is_whole {
        let message = "the workbook is cut short or damaged; what stands before the fault was read";
        diagnostics.add(Code::PackageDamaged, message, None);
    }
    let mut display = Display::new(globals.is_1904);
    let looks = globals.looks(&mut display);
    let pictures = art::pictures(&globals.drawings.concat());
    let shared = Shared {
        stream,
        globals: &globals,
        looks: &looks,
        display: &display,
        budget,
        pictures: &pictures,
    };
    let mut workbook = Workbook {
        is_1904: globals.is_1904,
        ..Workbook::default()
    };
    for bound in &globals.sheets {
        budget.tick()?;
        let resources = &mut workbook.resources;
        let sheet = sheet(bound, &shared, resources, diagnostics)?;
        workbook.sheets.push(sheet);
    }
    names::give(entries(&globals), &mut workbook);
    Ok(workbook)
}

fn sheet(
    bound: &Bound,
    shared: &Shared<'_, '_>,
    resources: &mut Resources,
    diagnostics: &mut Diagnostics,
) -> Result<Sheet, Error> {
    let kind = match bound.kind {
        0 => return worksheet::read(bound, shared, resources, diagnostics),
        1 => "macro sheet",
        2 => "chartsheet",
        6 => "module",
        _ => "unknown",
    };
    let message = format!("a sheet of the kind {kind} holds no cells that are read");
    let place = Origin::cells(&bound.name, "A1");
    diagnostics.add(Code::ContentSkipped, message, place);
    Ok(Sheet {
        name: bound.name.clone(),
        // Excel has not shown modules since 1997.
        hidden: bound.hidden || bound.kind == 6,
        ..Sheet::default()
    })
}

/// The names of the workbook whose formulas are known.
fn entries(globals: &Globals<'_>) -> Vec<names::Entry> {
    let dialect = globals.codec.biff.dialect();
    let entry = |name: &globals::Name<'_>| {
        let target = text_of(name.formula, dialect, (0, 0), &globals.links)?;
        Some(names::Entry {
            name: name.name.clone(),
            sheet: name.sheet,
            target,
            hidden: name.is_of_program,
        })
    };
    globals.names.iter().filter_map(entry).collect()
}

#[cfg(test)]
mod tests;
