//! What Tabulary's own writer noted in a part of its own: a part of custom XML (ECMA-376 15.2.5)
//! in the namespace of [`Ns::Record`]. Programs that edit the document carry it along.
//!
//! A note counts only where the document still is what it was written for: the typed value of a cell
//! only where the cell still shows the text that was noted with it, the page only where it still has
//! the size that was noted.

use std::collections::BTreeMap;

use tabulary_ir::{CellError, CompactString, NumberFormat, Value};
use tabulary_package::xml::{Element, Ns};

/// The notes of the writer.
#[derive(Debug, Default)]
pub(crate) struct Record {
    /// Whether the document was written by Tabulary, so that its styles hold only a look.
    pub(crate) own: bool,
    /// The page that the writer chose, since the document named none: the attributes of its size and
    /// margins in order.
    pub(crate) chosen_page: Option<String>,
    /// The first of the sections whose pages are those of the document.
    pub(crate) usual: Option<usize>,
    /// Whether title and fields stand on no page.
    pub(crate) unseen: bool,
    cells: BTreeMap<String, CellRecord>,
}

/// What was noted of a cell.
#[derive(Clone, Debug)]
pub(crate) struct CellRecord {
    pub(crate) text: CompactString,
    pub(crate) value: Option<Value>,
    pub(crate) format: Option<NumberFormat>,
    pub(crate) formula: Option<Box<str>>,
}

impl Record {
    /// Reads the part; none where it is custom XML of someone else.
    pub(crate) fn of(root: &Element) -> Option<Self> {
        if !root.is(Ns::Record, "record") {
            return None;
        }
        let mut record = Self {
            own: true,
            unseen: root.plain("unseen").is_some(),
            ..Self::default()
        };
        for element in root.elements() {
            if element.is(Ns::Record, "page") {
                record.chosen_page = element.plain("chosen").map(str::to_owned);
                record.usual = element.plain("usual").and_then(|usual| usual.parse().ok());
            } else if element.is(Ns::Record, "cell")
                && let Some(bookmark) = element.plain("bookmark")
            {
                record
                    .cells
                    .insert(bookmark.to_owned(), CellRecord::of(element));
            }
        }
        Some(record)
    }

    /// What was noted of the cell that holds a bookmark of that name.
    pub(crate) fn cell(&self, bookmark: &str) -> Option<&CellRecord> {
        self.cells.get(bookmark)
    }
}

impl CellRecord {
    fn of(element: &Element) -> Self {
        Self {
            text: element.plain("text").unwrap_or_default().into(),
            value: value(element),
            format: element.plain("format").map(NumberFormat::new),
            formula: element.plain("formula").map(Into::into),
        }
    }
}

fn value(element: &Element) -> Option<Value> {
    let text = |name| element.plain(name);
    if let Some(number) = text("number") {
        return number.parse().ok().map(Value::Number);
    }
    if let Some(truth) = text("bool") {
        return truth.parse().ok().map(Value::Bool);
    }
    if let Some(date) = text("date") {
        return date.parse().ok().map(Value::Date);
    }
    if let Some(time) = text("time") {
        return time.parse().ok().map(Value::Time);
    }
    if let Some(moment) = text("datetime") {
        return moment.parse().ok().map(Value::DateTime);
    }
    if let Some(duration) = text("duration") {
        return duration.parse().ok().map(Value::Duration);
    }
    text("error").map(|error| Value::Error(CellError(error.into())))
}
