//! Workbooks that are not SpreadsheetML, read by calamine: [MS-XLS], [MS-XLSB] and OpenDocument.

use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};

use calamine::{Data, Dimensions, Ods, Reader, SheetVisible, Xls, Xlsb};
use tabulary_ir::{
    Budget, Cell, CellError, CompactString, Content, Decimal, Diagnostics, Error, Value,
};

use crate::date::{self, TimeKind};
use crate::display::Display;
use crate::place::Area;
use crate::sheet::{Sheet, Workbook};

/// Whether bytes are a compound file with a workbook stream ([MS-CFB] 2.2, [MS-XLS] 2.1.2).
pub(crate) fn is_xls(bytes: &[u8]) -> bool {
    let compound = bytes.starts_with(&[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]);
    let utf16 =
        |name: &str| -> Vec<u8> { name.encode_utf16().flat_map(u16::to_le_bytes).collect() };
    compound
        && ["Workbook", "Book"]
            .iter()
            .any(|name| contains(bytes, &utf16(&format!("{name}\0"))))
}

fn contains(bytes: &[u8], wanted: &[u8]) -> bool {
    // Names of streams stand in directory entries of 128 bytes, at the start of each.
    bytes.chunks(128).any(|entry| entry.starts_with(wanted))
}

/// Reads a workbook of a kind. calamine panics on some damaged files, which is damage like any other.
pub(crate) fn read(
    kind: Kind,
    bytes: &[u8],
    budget: &Budget,
    diagnostics: &mut Diagnostics,
) -> Result<Workbook, Error> {
    let work = || match kind {
        Kind::Xls => xls(bytes, budget, diagnostics),
        Kind::Xlsb => xlsb(bytes, budget, diagnostics),
        Kind::Ods => ods(bytes, budget, diagnostics),
    };
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|_| {
        Err(
            Error::input("the workbook is damaged, in a way that cannot be told more closely")
                .help("open and save it in the program that made it"),
        )
    })
}

/// The kinds of workbooks that are not SpreadsheetML.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Excel 97 to 2003.
    Xls,
    /// Binary workbooks of Excel 2007 and later.
    Xlsb,
    /// OpenDocument spreadsheets.
    Ods,
}

fn xls(bytes: &[u8], budget: &Budget, diagnostics: &mut Diagnostics) -> Result<Workbook, Error> {
    let mut book: Xls<_> = Xls::new(Cursor::new(bytes)).map_err(|error| refused("xls", error))?;
    let is_1904 = book.has_1904_epoch();
    let mut merges =
        |book: &mut Xls<_>, name: &str| book.merge_cells_by_sheet_name(name).unwrap_or_default();
    sheets(&mut book, is_1904, &mut merges, budget, diagnostics)
}

fn xlsb(bytes: &[u8], budget: &Budget, diagnostics: &mut Diagnostics) -> Result<Workbook, Error> {
    let mut book: Xlsb<_> =
        Xlsb::new(Cursor::new(bytes)).map_err(|error| refused("xlsb", error))?;
    let is_1904 = book.has_1904_epoch();
    tell_no_merges("binary", diagnostics);
    sheets(
        &mut book,
        is_1904,
        &mut |_, _| Vec::new(),
        budget,
        diagnostics,
    )
}

fn ods(bytes: &[u8], budget: &Budget, diagnostics: &mut Diagnostics) -> Result<Workbook, Error> {
    let mut book: Ods<_> = Ods::new(Cursor::new(bytes)).map_err(|error| refused("ods", error))?;
    tell_no_merges("OpenDocument", diagnostics);
    sheets(
        &mut book,
        false,
        &mut |_, _| Vec::new(),
        budget,
        diagnostics,
    )
}

fn tell_no_merges(kind: &str, diagnostics: &mut Diagnostics) {
    let message = format!(
        "merged ranges and number formats of {kind} workbooks are not read; save it as xlsx to keep them"
    );
    diagnostics.add(tabulary_ir::Code::ContentSkipped, message, None);
}

fn refused(kind: &str, error: impl std::error::Error + Send + Sync + 'static) -> Error {
    let text = error.to_string();
    if text.to_lowercase().contains("password") {
        return Error::unsupported(format!("the {kind} workbook is encrypted"))
            .help("remove the password");
    }
    Error::input(format!("the {kind} workbook is damaged"))
        .caused_by(error)
        .help("open and save it in the program that made it")
}

fn sheets<'a, B: Reader<Cursor<&'a [u8]>>>(
    book: &mut B,
    is_1904: bool,
    merges: &mut dyn FnMut(&mut B, &str) -> Vec<Dimensions>,
    budget: &Budget,
    diagnostics: &mut Diagnostics,
) -> Result<Workbook, Error>
where
    B::Error: std::error::Error + Send + Sync + 'static,
{
    let mut display = Display::new(is_1904);
    let mut workbook = Workbook::default();
    for entry in book.sheets_metadata().to_vec() {
        budget.tick()?;
        let mut sheet = Sheet {
            name: entry.name.clone(),
            hidden: entry.visible != SheetVisible::Visible,
            ..Sheet::default()
        };
        match book.worksheet_range(&entry.name) {
            Ok(range) => {
                let formulas = book.worksheet_formula(&entry.name).ok();
                let (first_row, first_col) = range.start().unwrap_or_default();
                for (row, col, data) in range.used_cells() {
                    budget.cells(1)?;
                    let place = (first_row + small(row), first_col + small(col));
                    let mut cell = cell(data, &mut display, is_1904).at(place.0, place.1);
                    let formula = formulas
                        .as_ref()
                        .and_then(|formulas| formulas.get_value(place));
                    cell.formula = formula
                        .filter(|formula| !formula.is_empty())
                        .map(|formula| formula.as_str().into());
                    sheet.cells.push(cell);
                }
            }
            Err(error) => {
                let place = tabulary_ir::Origin::cells(&entry.name, "A1");
                let message = format!("the sheet cannot be read ({error})");
                diagnostics.add(tabulary_ir::Code::PackageDamaged, message, place);
            }
        }
        let areas = merges(book, &entry.name).into_iter();
        let areas =
            areas.map(|merge| Area::new(merge.start.0, merge.start.1, merge.end.0, merge.end.1));
        sheet.merges = areas
            .filter(|area| area.last_row >= area.row && area.last_col >= area.col)
            .collect();
        workbook.sheets.push(sheet);
    }
    Ok(workbook)
}

fn small(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(u32::MAX)
}

fn cell(data: &Data, display: &mut Display, is_1904: bool) -> Cell {
    let mut cell = Cell::default();
    let text: CompactString = match data {
        Data::Empty => CompactString::default(),
        Data::String(text) => text.as_str().into(),
        Data::Bool(truth) => {
            cell.value = Some(Value::Bool(*truth));
            if *truth { "TRUE" } else { "FALSE" }.into()
        }
        Data::Error(error) => {
            let text: CompactString = error.to_string().into();
            cell.value = Some(Value::Error(CellError(text.clone())));
            text
        }
        Data::Int(number) => {
            let shown = display.number(Decimal::from(*number), "");
            cell.value = Some(shown.value);
            shown.text
        }
        Data::Float(number) => match Decimal::from_f64(*number) {
            Some(number) => {
                let shown = display.number(number, "");
                cell.value = Some(shown.value);
                shown.text
            }
            None => CompactString::default(),
        },
        Data::DateTime(moment) => match Decimal::from_f64(moment.as_f64()) {
            Some(number) => {
                let kind = if moment.is_duration() {
                    TimeKind::Elapsed
                } else {
                    TimeKind::Calendar
                };
                let value = date::value(&number, kind, is_1904);
                let code = usual_code(&value);
                let shown = display.number(number, code);
                cell.value = Some(value);
                shown.text
            }
            None => CompactString::default(),
        },
        Data::DateTimeIso(text) => {
            cell.value = iso_value(text);
            text.replace('T', " ").into()
        }
        Data::DurationIso(text) => {
            cell.value = text.parse().ok().map(Value::Duration);
            text.as_str().into()
        }
    };
    cell.content = Content::Text(text);
    cell
}

/// The format code in which a day or time is shown where its own is not known.
fn usual_code(value: &Value) -> &'static str {
    match value {
        Value::Date(_) => "yyyy-mm-dd",
        Value::Time(_) => "hh:mm:ss",
        Value::Duration(_) => "[h]:mm:ss",
        Value::DateTime(_) => "yyyy-mm-dd hh:mm:ss",
        _ => "",
    }
}

fn iso_value(text: &str) -> Option<Value> {
    let text = text.trim_end_matches('Z');
    if let Ok(moment) = text.parse::<tabulary_ir::civil::DateTime>() {
        let midnight = moment.time() == tabulary_ir::civil::Time::midnight();
        return Some(if midnight {
            Value::Date(moment.date())
        } else {
            Value::DateTime(moment)
        });
    }
    text.parse().ok().map(Value::Time)
}
