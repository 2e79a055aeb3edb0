//! What is read of a document, and what all of its sheets share.

use std::collections::BTreeMap;

use tabulary_ir::{Budget, Code, Diagnostics, Error, ErrorKind, Origin};
use tabulary_package::xml::{Element, Event, Ns, Pull, Start};

use super::names::{self, Check, Names};
use super::page::Pages;
use super::pictures::Drawing;
use super::styles::Styles;
use super::table;
use super::{meta, settings};
use crate::display::Display;
use crate::place::Area;
use crate::sheet::Workbook;

/// Cells, rows and columns that repetition may make beyond those that are written out. A count of
/// repetitions costs nothing to write.
const MOST_COPIES: u64 = if cfg!(test) { 1 << 12 } else { 1 << 21 };

/// Which of the XML texts of a document is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Text {
    Styles,
    Content,
    /// All in one.
    Flat,
}

/// A document while it is read.
pub(super) struct Book<'a> {
    pub(super) budget: &'a Budget,
    pub(super) diagnostics: &'a mut Diagnostics,
    pub(super) workbook: Workbook,
    pub(super) styles: Styles,
    /// The styles of running headers and footers.
    pub(super) page_styles: Styles,
    pub(super) pages: Pages,
    pub(super) display: Display,
    pub(super) checks: BTreeMap<String, Check>,
    pub(super) names: Names,
    /// Frozen rows and columns by sheet.
    pub(super) frozen: BTreeMap<String, (u32, u32)>,
    /// Drawings that are still to be given to their sheets.
    pub(super) drawings: Vec<Drawing>,
    /// The sheet and cell that are read.
    pub(super) at: (String, u32, u32),
    /// What is there and is not read, with how often and where first.
    unread: BTreeMap<&'static str, (usize, Option<Origin>)>,
    copies: u64,
}

impl<'a> Book<'a> {
    pub(super) fn new(budget: &'a Budget, diagnostics: &'a mut Diagnostics) -> Self {
        Self {
            budget,
            diagnostics,
            workbook: Workbook::default(),
            styles: Styles::default(),
            page_styles: Styles::default(),
            pages: Pages::default(),
            display: Display::new(false),
            checks: BTreeMap::new(),
            names: Names::default(),
            frozen: BTreeMap::new(),
            drawings: Vec::new(),
            at: (String::new(), 0, 0),
            unread: BTreeMap::new(),
            copies: 0,
        }
    }

    /// The cell that is read.
    pub(super) fn place(&self) -> Option<Origin> {
        let (sheet, row, col) = &self.at;
        let area = Area::new(*row, *col, *row, *col).to_string();
        (!sheet.is_empty()).then(|| Origin::cells(sheet.as_str(), area))
    }

    /// Counts something that is there and is not read.
    pub(super) fn unread(&mut self, what: &'static str) {
        let place = self.place();
        let (count, _) = self.unread.entry(what).or_insert((0, place));
        *count += 1;
    }

    /// Takes room for copies of what is repeated, and tells how many of them there is room for.
    pub(super) fn room(&mut self, wanted: u64) -> Result<u64, Error> {
        self.budget.tick()?;
        let given = wanted.min(MOST_COPIES - self.copies);
        self.copies += given;
        if given < wanted {
            let place = self.place();
            let message =
                format!("cells repeat more than {MOST_COPIES} times; those beyond were left out");
            self.diagnostics.once(Code::ContentSkipped, message, place);
        }
        Ok(given)
    }

    /// Reads an XML text. Damage costs what stands behind it, and is told.
    ///
    /// # Errors
    /// Of kind `Limit`; of kind `Input` where nothing of the text could be read.
    pub(super) fn read(&mut self, text: &str, kind: Text, part: &str) -> Result<(), Error> {
        let mut pull = Pull::new(text, self.budget);
        let mut any = false;
        loop {
            let result = match pull.next_event() {
                Ok(Event::Start(start)) => {
                    any = true;
                    self.element(start, &mut pull, kind)
                }
                Ok(Event::Eof) => return Ok(()),
                Ok(_) => Ok(()),
                Err(error) => Err(error),
            };
            if let Err(error) = result {
                if error.kind() == ErrorKind::Limit || !any {
                    return Err(error.at(Origin::part(part, "")));
                }
                let message = format!("{error}; what stands before it was read");
                let place = self.place().unwrap_or_else(|| Origin::part(part, ""));
                self.diagnostics.add(Code::XmlDamaged, message, place);
                return Ok(());
            }
        }
    }

    fn element(&mut self, start: Start<'_>, pull: &mut Pull<'_>, kind: Text) -> Result<(), Error> {
        let local = start.local.as_ref();
        match (start.ns, local) {
            (Ns::OdfOffice, "styles" | "master-styles") if kind != Text::Content => {
                self.styles(pull, kind, false)
            }
            (Ns::OdfOffice, "automatic-styles") => self.styles(pull, kind, true),
            (Ns::OdfOffice, "meta") => {
                let element = pull.element(start)?;
                self.workbook.meta = meta::metadata(&element);
                Ok(())
            }
            (Ns::OdfOffice, "settings") => {
                self.frozen = settings::frozen(&pull.element(start)?);
                Ok(())
            }
            // What holds the rest.
            (
                Ns::OdfOffice,
                "document" | "document-content" | "document-meta" | "document-settings"
                | "document-styles" | "body" | "spreadsheet",
            ) => Ok(()),
            (Ns::OdfTable, "calculation-settings") => {
                self.calculation(&pull.element(start)?);
                Ok(())
            }
            (Ns::OdfTable, "content-validations") => {
                self.checks = names::checks(&pull.element(start)?);
                Ok(())
            }
            (Ns::OdfTable, "named-expressions") => {
                self.names.expressions(&pull.element(start)?, None);
                Ok(())
            }
            (Ns::OdfTable, "database-ranges") => {
                self.names.databases(&pull.element(start)?);
                Ok(())
            }
            (Ns::OdfTable, "table") => table::read(&start, pull, self),
            (Ns::OdfTable, "tracked-changes") => {
                self.unread("tracked changes");
                pull.skip()
            }
            (Ns::OdfTable, "data-pilot-tables") => {
                self.unread("pivot tables, but for the cells that they show,");
                pull.skip()
            }
            _ => pull.skip(),
        }
    }

    fn calculation(&mut self, element: &Element) {
        let null = element.child(Ns::OdfTable, "null-date");
        let day = null.and_then(|null| null.attribute(Ns::OdfTable, "date-value"));
        self.workbook.is_1904 = day.is_some_and(|day| day.starts_with("1904-01-01"));
        self.display = Display::new(self.workbook.is_1904);
    }

    fn styles(&mut self, pull: &mut Pull<'_>, kind: Text, automatic: bool) -> Result<(), Error> {
        let outside = pull.depth() - 1;
        while pull.depth() > outside {
            let Event::Start(start) = pull.next_event()? else {
                continue;
            };
            let element = pull.element(start)?;
            if element.is(Ns::OdfStyle, "page-layout") || element.is(Ns::OdfStyle, "master-page") {
                self.pages.add(element);
                continue;
            }
            // The automatic styles of one part are not those of the other.
            match (kind, automatic) {
                (Text::Content, _) => self.styles.add(element),
                (Text::Styles, true) => self.page_styles.add(element),
                _ => {
                    self.page_styles.add(element.clone());
                    self.styles.add(element);
                }
            }
        }
        Ok(())
    }

    /// Tells what was there and was not read.
    pub(super) fn tell(&mut self) {
        for (what, (count, place)) in std::mem::take(&mut self.unread) {
            let message = format!("{what} are not read ({count})");
            self.diagnostics.add(Code::ContentSkipped, message, place);
        }
    }
}
