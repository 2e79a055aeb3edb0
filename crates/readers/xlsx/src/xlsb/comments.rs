//! Comments on cells ([MS-XLSB] 2.1.7.8).

use tabulary_ir::{Budget, Error};

use super::records::Records;
use super::strings::{rich, wide};
use super::workbook::area;
use crate::biff::{Bytes, Font, note};
use crate::sheet::SheetNote;
use crate::text::Text;

/// The comments of a part.
pub(super) fn read(part: &[u8], fonts: &[Font], budget: &Budget) -> Result<Vec<SheetNote>, Error> {
    let mut authors = Vec::new();
    let mut notes = Vec::new();
    let mut now: Option<(u32, u32, Option<String>)> = None;
    let mut text = Text::default();
    for record in Records::new(part) {
        let mut data = Bytes::new(record.data);
        match record.kind {
            632 => authors.push(wide(&mut data).unwrap_or_default()),
            635 => {
                text = Text::default();
                now = data
                    .length()
                    .zip(area(&mut data))
                    .map(|(author, area)| (area.row, area.col, authors.get(author).cloned()));
            }
            637 => text = rich(&mut data, fonts).unwrap_or_default(),
            636 => {
                if let Some((row, col, author)) = now.take() {
                    budget.blocks(1)?;
                    notes.push(note(row, col, author, std::mem::take(&mut text)));
                }
            }
            _ => {}
        }
    }
    Ok(notes)
}
