//! The parts of worksheets (ECMA-376-1 18.3.1): what stands around the rows.

use std::collections::BTreeMap;

use tabulary_ir::{
    Budget, Code, Diagnostics, Error, ErrorKind, FurnitureKind, Origin, Points, Validation,
};
use tabulary_package::xml::{Element, Event, Ns, Pull, Start};

use super::cell::Cells;
use super::rows::Rows;
use super::{Shared, is_true};
use crate::furniture::furniture;
use crate::page::PrintSetup;
use crate::place::{Area, COLUMNS};
use crate::sheet::{ColumnInfo, Sheet};

/// Points to a unit of column width: 7 pixels of 1/96 inch, with the usual font (ECMA-376-1 18.3.1.13).
const POINTS_PER_WIDTH: f64 = 5.25;

/// What a worksheet refers to by its relationships.
#[derive(Debug, Default)]
pub(crate) struct References {
    /// Ranges that lead to the target of a relationship, with the place in it.
    pub(crate) links: Vec<(Area, String, Option<String>)>,
    /// The relationship of the drawing.
    pub(crate) drawing: Option<String>,
}

/// Reads a worksheet.
pub(super) fn read(
    text: &str,
    sheet: Sheet,
    shared: &Shared,
    budget: &Budget,
    diagnostics: &mut Diagnostics,
) -> Result<(Sheet, References), Error> {
    let mut reading = Reading {
        cells: Cells::new(sheet, shared, budget, diagnostics),
        references: References::default(),
        print: PrintSetup::default(),
        unread: BTreeMap::new(),
    };
    let mut pull = Pull::new(text, budget);
    loop {
        let done = match pull.next_event() {
            Ok(Event::Start(start)) => reading.element(start, &mut pull),
            Ok(Event::Eof) => break,
            Ok(_) => Ok(()),
            Err(error) => Err(error),
        };
        if let Err(error) = done {
            reading.damaged(error)?;
            break;
        }
    }
    Ok(reading.finish())
}

struct Reading<'a> {
    cells: Cells<'a>,
    references: References,
    print: PrintSetup,
    /// What is there and is not read, with how often.
    unread: BTreeMap<&'static str, usize>,
}

impl Reading<'_> {
    fn sheet(&mut self) -> &mut Sheet {
        &mut self.cells.sheet
    }

    fn damaged(&mut self, error: Error) -> Result<(), Error> {
        if error.kind() == ErrorKind::Limit {
            return Err(error);
        }
        let message = format!("{error}; the cells before it were read");
        let place = self.cells.last_place();
        self.cells.diagnostics.add(Code::XmlDamaged, message, place);
        Ok(())
    }

    fn element(&mut self, start: Start<'_>, pull: &mut Pull<'_>) -> Result<(), Error> {
        if start.ns == Ns::X14 && start.local == "dataValidation" {
            let (element, fault) = pull.partial_element(start);
            self.extended_validation(&element);
            return fault.map_or(Ok(()), Err);
        }
        if start.ns != Ns::S {
            return Ok(());
        }
        match &*start.local {
            "sheetData" => self.plain_rows(pull)?,
            "row" => self.cells.row(&start, pull)?,
            "col" => self.column(&start),
            "sheetFormatPr" => self.usual_sizes(&start),
            "mergeCell" => self.merge(&start),
            "pane" => self.pane(&start),
            "hyperlink" => self.link(&start),
            "dataValidation" => {
                let (element, fault) = pull.partial_element(start);
                self.validation(&element);
                return fault.map_or(Ok(()), Err);
            }
            "pageMargins" => self.print.margins(|name| start.plain(name)),
            "pageSetup" => self.print.paper(
                start.plain("paperSize").and_then(|size| size.parse().ok()),
                start.plain("orientation") == Some("landscape"),
            ),
            "headerFooter" => {
                let (element, fault) = pull.partial_element(start);
                self.running_lines(&element);
                return fault.map_or(Ok(()), Err);
            }
            "drawing" => {
                let id = start.attribute(Ns::R, "id").map(str::to_owned);
                self.references.drawing = id.or(self.references.drawing.take());
            }
            "conditionalFormatting" => self.unread("conditional formats"),
            "control" => self.unread("form controls"),
            "oleObject" => self.unread("embedded objects"),
            _ => {}
        }
        Ok(())
    }

    /// Counts something that is there and is not read.
    fn unread(&mut self, what: &'static str) {
        *self.unread.entry(what).or_default() += 1;
    }

    /// Reads plain rows at the speed of a scan; the first that is not plain stays for the parser.
    fn plain_rows(&mut self, pull: &mut Pull<'_>) -> Result<(), Error> {
        let prefix = pull.prefix();
        self.rows_behind(prefix, pull)
    }

    fn rows_behind(&mut self, prefix: &str, pull: &mut Pull<'_>) -> Result<(), Error> {
        loop {
            // Behind a text there is none.
            if let Some(rest) = pull.rest() {
                let mut rows = Rows::new(rest, prefix);
                self.cells.expect(rest.len());
                let mut cells = Vec::new();
                while let Some(row) = rows.next(&mut cells) {
                    self.cells.plain_row(row, &mut cells)?;
                }
                pull.advance(rows.position());
            }
            // Whatever stopped the scan is read by the parser, and behind it the scan goes on.
            match pull.next_event()? {
                Event::Start(start) if start.is(Ns::S, "row") => self.cells.row(&start, pull)?,
                Event::Start(_) => pull.skip()?,
                Event::Text(_) => {}
                Event::End | Event::Eof => return Ok(()),
            }
        }
    }

    fn pane(&mut self, start: &Start<'_>) {
        let is_frozen = start
            .plain("state")
            .is_some_and(|state| state.starts_with("frozen"));
        if is_frozen {
            let split = |name| start.plain(name).and_then(|text| text.parse::<f64>().ok());
            let whole = |split: Option<f64>| split.unwrap_or_default().clamp(0.0, 1e6) as u32;
            self.sheet().frozen = (whole(split("ySplit")), whole(split("xSplit")));
        }
    }

    /// The sizes of columns and rows that have none of their own (ECMA-376-1 18.3.1.81).
    fn usual_sizes(&mut self, start: &Start<'_>) {
        let length = |name| {
            let length = start.plain(name)?.parse::<f64>().ok()?;
            (0.0..=409.5).contains(&length).then_some(length)
        };
        let width = length("defaultColWidth").map(|width| Points::new(width * POINTS_PER_WIDTH));
        let height = length("defaultRowHeight").map(Points::new);
        let sheet = self.sheet();
        (sheet.usual_width, sheet.usual_height) = (width, height);
    }

    fn column(&mut self, start: &Start<'_>) {
        let number = |name| start.plain(name).and_then(|text| text.parse::<u32>().ok());
        let (Some(first), Some(last)) = (number("min"), number("max")) else {
            return;
        };
        let width = start
            .plain("width")
            .and_then(|width| width.parse::<f64>().ok());
        let info = ColumnInfo {
            hidden: start.plain("hidden").is_some_and(is_true),
            width: width
                .filter(|width| (0.0..=255.0).contains(width))
                .map(|w| Points::new(w * POINTS_PER_WIDTH)),
        };
        if info.hidden || info.width.is_some() {
            // A setting for all columns up to the last is that of the sheet.
            for col in first.max(1)..=last.min(COLUMNS).min(first.saturating_add(1024)) {
                self.sheet().columns.insert(col - 1, info);
            }
        }
    }

    fn merge(&mut self, start: &Start<'_>) {
        let text = start.plain("ref").unwrap_or_default();
        match Area::parse(text) {
            Some(area) if area.height() > 1 || area.width() > 1 => self.sheet().merges.push(area),
            Some(_) => {}
            None => {
                let message = format!("the merged range {text:?} is no range and was left out");
                let place = Origin::cells(&self.cells.sheet.name, "A1");
                let diagnostics = &mut self.cells.diagnostics;
                diagnostics.add(Code::MergeInvalid, message, place);
            }
        }
    }

    /// A link of cells (ECMA-376-1 18.3.1.47).
    fn link(&mut self, start: &Start<'_>) {
        let text = start.plain("ref").unwrap_or_default();
        let Some(area) = Area::parse(text) else {
            let message = format!("a link of {text:?}, which is no range, was left out");
            let place = Origin::cells(&self.cells.sheet.name, "A1");
            let diagnostics = &mut self.cells.diagnostics;
            return diagnostics.add(Code::LinkDropped, message, place);
        };
        let id = start.attribute(Ns::R, "id").unwrap_or_default().to_owned();
        let location = start.plain("location").map(str::to_owned);
        self.references.links.push((area, id, location));
    }

    /// The values that cells may be filled with (ECMA-376-1 18.3.1.32).
    fn validation(&mut self, element: &Element) {
        let child = |name: &str| element.child(Ns::S, name).map(Element::text);
        let ranges = element.plain("sqref").unwrap_or_default().to_owned();
        self.list(element, &ranges, child("formula1"));
    }

    /// The same in the extension for lists of other sheets ([MS-XLSX] 2.6.4).
    fn extended_validation(&mut self, element: &Element) {
        let formula = element.child(Ns::X14, "formula1").map(Element::text);
        let ranges = element.child(Ns::Xm, "sqref").map(Element::text);
        self.list(element, &ranges.unwrap_or_default(), formula);
    }

    fn list(&mut self, element: &Element, ranges: &str, formula: Option<String>) {
        if element.plain("type") != Some("list") {
            return self.unread("checks of what is typed other than lists");
        }
        let formula = formula.unwrap_or_default();
        let quoted = formula
            .trim()
            .strip_prefix('"')
            .and_then(|text| text.strip_suffix('"'));
        let values = quoted.map(|text| text.replace("\"\"", "\""));
        let values = values.map(|text| text.split(',').map(|v| v.trim().to_owned()).collect());
        self.sheet().validations.push(Validation {
            formula: values.is_none().then(|| formula.trim().to_owned()),
            ranges: ranges.split_whitespace().map(str::to_owned).collect(),
            values: values.unwrap_or_default(),
        });
    }

    /// Running headers and footers (ECMA-376-1 18.3.1.46).
    fn running_lines(&mut self, element: &Element) {
        let is_on = |name: &str| element.plain(name).is_some_and(is_true);
        for (name, kind, counts) in [
            ("odd", FurnitureKind::Default, true),
            ("even", FurnitureKind::Even, is_on("differentOddEven")),
            ("first", FurnitureKind::First, is_on("differentFirst")),
        ] {
            let line = |end: &str| {
                let found = element.child(Ns::S, &format!("{name}{end}"));
                found.filter(|_| counts).map(Element::text)
            };
            let (header, footer) = (line("Header"), line("Footer"));
            let sheet = self.sheet();
            let header = header.and_then(|text| furniture(&text, kind, &sheet.name));
            let footer = footer.and_then(|text| furniture(&text, kind, &sheet.name));
            sheet.headers.extend(header);
            sheet.footers.extend(footer);
        }
    }

    fn finish(mut self) -> (Sheet, References) {
        for (what, count) in std::mem::take(&mut self.unread) {
            let place = Origin::cells(&self.cells.sheet.name, "A1");
            let message = format!("{what} of the sheet are not read ({count})");
            let diagnostics = &mut self.cells.diagnostics;
            diagnostics.add(Code::ContentSkipped, message, place);
        }
        let mut sheet = self.cells.finish();
        sheet.page = self.print.page();
        (sheet, self.references)
    }
}
