//! Strings ([MS-XLSB] 2.5.122, 2.5.169, 2.5.170), and those that cells share.

use tabulary_ir::{Budget, Error};

use super::records::Records;
use crate::biff::{Bytes, Font, rich_text};
use crate::text::Text;

/// A string whose length has four bytes.
pub(super) fn wide(data: &mut Bytes<'_>) -> Option<String> {
    let count = data.length()?;
    data.utf16(count)
}

/// The same, where it may be none at all.
pub(super) fn nullable(data: &mut Bytes<'_>) -> Option<Option<String>> {
    let count = data.u32()?;
    if count == u32::MAX {
        return Some(None);
    }
    data.utf16(usize::try_from(count).ok()?).map(Some)
}

/// A string with the runs of its fonts.
pub(super) fn rich(data: &mut Bytes<'_>, fonts: &[Font]) -> Option<Text> {
    let bits = data.u8()?;
    let text = wide(data)?;
    let mut runs = Vec::new();
    if bits & 1 != 0 {
        for _ in 0..data.u32()? {
            let (at, font) = (data.u16()?, usize::from(data.u16()?));
            let font = fonts.get(font).copied().unwrap_or_default();
            runs.push((at.into(), font.marks));
        }
    }
    Some(rich_text(text, &runs))
}

/// The strings that cells share, up to the first that is not all there.
pub(super) fn shared(part: &[u8], fonts: &[Font], budget: &Budget) -> Result<Vec<Text>, Error> {
    let mut strings = Vec::new();
    for record in Records::new(part).filter(|record| record.kind == 19) {
        if strings.len().is_multiple_of(64) {
            budget.blocks(1)?;
            budget.tick()?;
        }
        strings.push(rich(&mut Bytes::new(record.data), fonts).unwrap_or_default());
    }
    Ok(strings)
}
