//! Workbooks as one XML text, as Excel 2002 and 2003 write them (the XML Spreadsheet reference of
//! Microsoft, "SpreadsheetML 2003").

mod cell;
mod codes;
mod formula;
mod meta;
mod options;
mod root;
mod styles;
mod table;
mod text;

use tabulary_ir::{Budget, Code, Diagnostics, Error, ErrorKind, Origin};
use tabulary_package::xml::{Attribute, Element, Event, Ns, Pull, Start, decode};

use crate::display::Display;
use crate::ooxml::names::{self, Entry};
use crate::place::Area;
use crate::sheet::{Sheet, Workbook};
use styles::Styles;

pub(crate) use root::root;

/// Whether bytes are such a workbook: its root element says so.
pub(crate) fn is_xml2003(bytes: &[u8]) -> bool {
    root(bytes).is_some_and(|(name, tag)| {
        name == "Workbook" && tag.contains("urn:schemas-microsoft-com:office:spreadsheet")
    })
}

/// Reads a workbook.
pub(crate) fn read(
    bytes: &[u8],
    budget: &Budget,
    diagnostics: &mut Diagnostics,
) -> Result<Workbook, Error> {
    let text = decode(bytes);
    let mut book = Book {
        budget,
        diagnostics,
        workbook: Workbook::default(),
        display: Display::new(false),
        styles: Styles::default(),
        names: Vec::new(),
    };
    let mut pull = Pull::new(&text, budget);
    loop {
        let result = match pull.next_event() {
            Ok(Event::Start(start)) => book.element(start, &mut pull),
            Ok(Event::Eof) => break,
            Ok(_) => Ok(()),
            Err(error) => Err(error),
        };
        if let Err(error) = result {
            book.damaged(error)?;
            break;
        }
    }
    if book.workbook.sheets.is_empty() {
        return Err(Error::input("the workbook holds no sheet")
            .help("open and save it in the program that made it"));
    }
    names::give(std::mem::take(&mut book.names), &mut book.workbook);
    Ok(book.workbook)
}

/// A workbook while it is read.
struct Book<'a> {
    budget: &'a Budget,
    diagnostics: &'a mut Diagnostics,
    workbook: Workbook,
    display: Display,
    styles: Styles,
    names: Vec<Entry>,
}

impl Book<'_> {
    /// Tells of damage behind something that was read.
    fn damaged(&mut self, error: Error) -> Result<(), Error> {
        let Some(sheet) = self.workbook.sheets.last() else {
            return Err(error);
        };
        if error.kind() == ErrorKind::Limit {
            return Err(error);
        }
        let last = sheet.cells.last().map(|cell| (cell.row, cell.col));
        let (row, col) = last.unwrap_or_default();
        let place = Origin::cells(&sheet.name, Area::new(row, col, row, col).to_string());
        let message = format!("{error}; the cells before it were read");
        self.diagnostics.add(Code::XmlDamaged, message, place);
        Ok(())
    }

    fn element(&mut self, start: Start<'_>, pull: &mut Pull<'_>) -> Result<(), Error> {
        match (start.ns, start.local.as_ref()) {
            (Ns::Ss, "Workbook") => Ok(()),
            (Ns::O, "DocumentProperties") => {
                meta::properties(&pull.element(start)?, &mut self.workbook.meta);
                Ok(())
            }
            (Ns::O, "CustomDocumentProperties") => {
                meta::custom(&pull.element(start)?, &mut self.workbook.meta);
                Ok(())
            }
            (Ns::Excel, "ExcelWorkbook") => {
                let element = pull.element(start)?;
                self.workbook.is_1904 = element.child(Ns::Excel, "Date1904").is_some();
                self.display = Display::new(self.workbook.is_1904);
                Ok(())
            }
            (Ns::Ss, "Styles") => {
                self.styles = Styles::new(&pull.element(start)?);
                Ok(())
            }
            (Ns::Ss, "Names") => {
                let element = pull.element(start)?;
                self.names(&element, None);
                Ok(())
            }
            (Ns::Ss, "Worksheet") => self.worksheet(&start, pull),
            _ => pull.skip(),
        }
    }

    fn names(&mut self, element: &Element, sheet: Option<usize>) {
        for child in element
            .elements()
            .filter(|child| child.is(Ns::Ss, "NamedRange"))
        {
            let target = of(child, "RefersTo").unwrap_or_default();
            let name = of(child, "Name").unwrap_or_default();
            // Names of Excel's own have a prefix in its other formats.
            let own = ["Print_Area", "Print_Titles", "_FilterDatabase"].contains(&name);
            let prefix = if own { "_xlnm." } else { "" };
            self.names.push(Entry {
                name: format!("{prefix}{name}"),
                sheet,
                target: formula::a1(target, 0, 0),
                hidden: of(child, "Hidden").is_some_and(is_true),
            });
        }
    }

    fn worksheet(&mut self, start: &Start<'_>, pull: &mut Pull<'_>) -> Result<(), Error> {
        let name = in_start(start, "Name").unwrap_or_default().to_owned();
        let index = self.workbook.sheets.len();
        self.workbook.sheets.push(Sheet {
            name,
            ..Sheet::default()
        });
        let outside = pull.depth() - 1;
        while pull.depth() > outside {
            let Event::Start(start) = pull.next_event()? else {
                continue;
            };
            match (start.ns, start.local.as_ref()) {
                (Ns::Ss, "Names") => {
                    let element = pull.element(start)?;
                    self.names(&element, Some(index));
                }
                (Ns::Ss, "Table") => table::read(&start, pull, self)?,
                (Ns::Excel, "WorksheetOptions") => {
                    options::options(&pull.element(start)?, self.sheet());
                }
                (Ns::Excel, "DataValidation") => {
                    let element = pull.element(start)?;
                    match options::validation(&element) {
                        Some(list) => self.sheet().validations.push(list),
                        None => self.unread("checks of what is typed other than lists"),
                    }
                }
                (Ns::Excel, "ConditionalFormatting") => {
                    self.unread("conditional formats");
                    pull.skip()?;
                }
                (Ns::Excel, "PivotTable") => {
                    self.unread("pivot tables, but for the cells that they show,");
                    pull.skip()?;
                }
                _ => pull.skip()?,
            }
        }
        Ok(())
    }

    /// The sheet that is read.
    fn sheet(&mut self) -> &mut Sheet {
        if self.workbook.sheets.is_empty() {
            self.workbook.sheets.push(Sheet::default());
        }
        let last = self.workbook.sheets.len() - 1;
        &mut self.workbook.sheets[last]
    }

    /// Tells of something that is there and is not read, once for each sheet.
    fn unread(&mut self, what: &str) {
        let place = Origin::cells(&self.sheet().name, "A1");
        let message = format!("{what} of the sheet {:?} are not read", self.sheet().name);
        self.diagnostics.once(Code::ContentSkipped, message, place);
    }
}

/// An attribute of SpreadsheetML. Some writers leave its prefix out.
fn of<'e>(element: &'e Element, name: &str) -> Option<&'e str> {
    attribute(&element.attributes, name)
}

fn in_start<'e>(start: &'e Start<'_>, name: &str) -> Option<&'e str> {
    attribute(&start.attributes, name)
}

fn attribute<'e>(attributes: &'e [Attribute], name: &str) -> Option<&'e str> {
    let named = |a: &&Attribute| a.local == name && matches!(a.ns, Ns::Ss | Ns::None);
    attributes.iter().find(named).map(|a| a.value.as_str())
}

/// The truth values of XML Schema.
fn is_true(text: &str) -> bool {
    matches!(text, "1" | "true" | "True")
}

#[cfg(test)]
mod tests;
