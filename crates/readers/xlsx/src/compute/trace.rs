//! What is noted while a formula is evaluated.

use std::sync::{Mutex, MutexGuard, PoisonError};

use formualizer_parse::ExcelErrorKind;

use super::plan::Place;
use super::reason::Reason;

/// The work for all formulas of a workbook. Work is estimated, in billionths of a second.
const WORK: u64 = 8_000_000_000;
/// The work for one formula.
const WORK_OF_FORMULA: u64 = 2_000_000_000;
/// How much text one formula may put together, in bytes.
const TEXT: u64 = 1 << 20;

/// What is noted while a formula is evaluated. The engine shares it with its functions.
#[derive(Debug, Default)]
pub(super) struct Trace(Mutex<Notes>);

#[derive(Debug, Default)]
struct Notes {
    found: Found,
    weight: u64,
    one_indirect: bool,
    work: u64,
    text: u64,
    /// The bytes of text that are looked through.
    read: u64,
    /// The work of all formulas.
    all_work: u64,
}

/// What was found out about a formula.
#[derive(Debug, Default)]
pub(super) struct Found {
    /// What it reads that has to be worked out first.
    pub(super) needs: Option<Place>,
    pub(super) refused: Option<Reason>,
    /// The errors that it read.
    pub(super) errors: Vec<ExcelErrorKind>,
    /// Whether it read less than the whole of a range.
    pub(super) is_cut: bool,
}

impl Trace {
    fn notes(&self) -> MutexGuard<'_, Notes> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Begins with a formula that goes through what it reads so many times.
    pub(super) fn begin(&self, weight: u64, one_indirect: bool) {
        let mut notes = self.notes();
        *notes = Notes {
            weight,
            one_indirect,
            all_work: notes.all_work,
            ..Notes::default()
        };
    }

    /// What was found out about the formula.
    pub(super) fn end(&self) -> Found {
        std::mem::take(&mut self.notes().found)
    }

    /// Whether all work is used up.
    pub(super) fn is_exhausted(&self) -> bool {
        self.notes().all_work > WORK
    }

    /// Counts work; whether there is room for it.
    pub(super) fn work(&self, work: u64) -> bool {
        let mut notes = self.notes();
        notes.work = notes.work.saturating_add(work);
        notes.all_work = notes.all_work.saturating_add(work);
        notes.work <= WORK_OF_FORMULA && notes.all_work <= WORK
    }

    /// Counts the work of going through a range, as often as the formula does; whether there is room.
    pub(super) fn work_of_parts(&self, work: u64) -> bool {
        let weight = self.notes().weight.max(1);
        self.work(work.saturating_mul(weight))
    }

    /// Notes that text of so many bytes is looked through.
    pub(super) fn reads_text(&self, bytes: u64) {
        let mut notes = self.notes();
        notes.read = notes.read.saturating_add(bytes);
    }

    /// The bytes of text that are looked through.
    pub(super) fn text_read(&self) -> u64 {
        self.notes().read
    }

    /// Counts text that is put together; whether there is room for it.
    pub(super) fn text(&self, bytes: u64) -> bool {
        let fits = {
            let mut notes = self.notes();
            notes.text = notes.text.saturating_add(bytes);
            notes.text <= TEXT
        };
        self.work(20 * bytes) && fits
    }

    /// Notes why the formula is not worked out.
    pub(super) fn refuse(&self, reason: Reason) {
        self.notes().found.refused.get_or_insert(reason);
    }

    /// Notes what has to be worked out first.
    pub(super) fn needs(&self, place: Place) {
        self.notes().found.needs.get_or_insert(place);
    }

    pub(super) fn reads_error(&self, error: ExcelErrorKind) {
        let errors = &mut self.notes().found.errors;
        if !errors.contains(&error) {
            errors.push(error);
        }
    }

    pub(super) fn cuts(&self) {
        self.notes().found.is_cut = true;
    }

    pub(super) fn is_cut(&self) -> bool {
        self.notes().found.is_cut
    }

    pub(super) fn is_one_indirect(&self) -> bool {
        self.notes().one_indirect
    }
}
