//! Ranges as the engine takes them, laid out by columns.

use std::collections::BTreeMap;
use std::sync::PoisonError;

use formualizer_eval::engine::range_view::RangeView;
use formualizer_parse::{ExcelErrorKind, LiteralValue};

use super::book::{Book, Result, Stop};
use super::plan::Place;
use super::reason::Reason;
use crate::place::Area;

/// The most cells of a range.
const LARGEST: u64 = 1 << 20;
/// The most cells that are kept for the next formula.
const KEPT: u64 = 1 << 20;

/// Ranges that were laid out. They do not change, since all of their cells have their values.
#[derive(Default)]
pub(super) struct Views {
    of: BTreeMap<Place, Laid>,
    cells: u64,
    /// How many cells were asked for of the whole height of these columns.
    asked: BTreeMap<Place, u64>,
}

/// A range that was laid out.
#[derive(Clone)]
struct Laid {
    view: RangeView<'static>,
    errors: Vec<ExcelErrorKind>,
    /// The bytes of its texts.
    bytes: u64,
}

/// How many cells a range has.
pub(super) fn squares(area: Area) -> u64 {
    u64::from(area.height()) * u64::from(area.width())
}

/// The work of laying out a range, in billionths of a second.
fn layout_work(area: Area) -> u64 {
    300 * squares(area) + 2000 * u64::from(area.width()) + 2000
}

/// The work of going through a range, in billionths of a second.
fn scan_work(area: Area, bytes: u64) -> u64 {
    4 * squares(area) + 700 * u64::from(area.width()) + bytes / 4
}

impl Book<'_> {
    /// The cells of a range.
    pub(super) fn view(&self, (sheet, whole): Place) -> Result<RangeView<'static>> {
        let mut area = whole;
        if Self::is_cut((sheet, whole)) {
            self.trace.cuts();
            let here = Area::new(whole.row, whole.col, whole.row, whole.col);
            area = self.grid.used(sheet, whole).unwrap_or(here);
        }
        if squares(area) > LARGEST {
            return Err(self.refuse(Reason::Limit));
        }
        let mut views = self.views.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((view, bytes)) = self.part(&mut views, sheet, area) {
            self.read(area, bytes)?;
            return Ok(view);
        }
        let laid = self
            .laid(&mut views, (sheet, area))
            .map_err(|stop| self.stop(stop))?;
        self.read(area, laid.bytes)?;
        for error in laid.errors {
            self.trace.reads_error(error);
        }
        Ok(laid.view)
    }

    /// Counts the work of reading a range.
    fn read(&self, area: Area, bytes: u64) -> Result<()> {
        self.trace.reads_text(bytes);
        match self.trace.work_of_parts(scan_work(area, bytes)) {
            true => Ok(()),
            false => Err(self.refuse(Reason::Limit)),
        }
    }

    /// A range as part of its columns, which are laid out in their whole height once much of them was
    /// asked for; none while one of their cells has no value.
    fn part(
        &self,
        views: &mut Views,
        sheet: usize,
        area: Area,
    ) -> Option<(RangeView<'static>, u64)> {
        let used = self.grid.height(sheet);
        if area.height() < 2 || area.row >= used {
            return None;
        }
        let columns = (sheet, Area::new(0, area.col, used - 1, area.last_col));
        if squares(columns.1) > LARGEST || !self.grid.is_settled(columns) {
            return None;
        }
        let asked = views.asked.entry(columns).or_default();
        *asked = asked.saturating_add(squares(area));
        if *asked < squares(columns.1) / 4 {
            return None;
        }
        let laid = self.laid(views, columns).ok()?;
        if !laid.errors.is_empty() {
            return None;
        }
        let (row, rows) = (area.row as usize, area.height() as usize);
        let part = laid.view.sub_view(row, 0, rows, area.width() as usize);
        let bytes = laid.bytes * u64::from(area.height()) / u64::from(used);
        Some((part, bytes.min(laid.bytes)))
    }

    /// A range that was laid out before, or is now.
    fn laid(&self, views: &mut Views, place: Place) -> std::result::Result<Laid, Stop> {
        if let Some(laid) = views.of.get(&place) {
            return Ok(laid.clone());
        }
        if !self.trace.work(layout_work(place.1)) {
            return Err(Stop::Refused(Reason::Limit));
        }
        let laid = self.lay_out(place)?;
        let cells = squares(place.1);
        if views.cells + cells > KEPT {
            *views = Views::default();
        }
        views.cells += cells;
        views.of.insert(place, laid.clone());
        Ok(laid)
    }

    fn lay_out(&self, (sheet, area): Place) -> std::result::Result<Laid, Stop> {
        let width = area.width() as usize;
        let blank = || vec![LiteralValue::Empty; width];
        let mut rows: Vec<_> = (0..area.height()).map(|_| blank()).collect();
        let mut errors = Vec::new();
        let mut bytes = 0;
        let mut from = 0;
        while let Some(index) = self.grid.next(sheet, area, from) {
            from = index + 1;
            let Some((row, col)) = self.grid.place(sheet, index) else {
                break;
            };
            let value = self.value(sheet, index)?;
            match &value {
                LiteralValue::Error(error) if !errors.contains(&error.kind) => {
                    errors.push(error.kind);
                }
                LiteralValue::Text(text) => bytes += text.len() as u64,
                _ => {}
            }
            let square = rows
                .get_mut((row - area.row) as usize)
                .and_then(|row| row.get_mut((col - area.col) as usize));
            if let Some(square) = square {
                *square = value;
            }
        }
        Ok(Laid {
            view: RangeView::from_owned_rows(rows, self.dates),
            errors,
            bytes,
        })
    }
}
