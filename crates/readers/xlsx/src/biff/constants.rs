//! Values that stand in formulas ([MS-XLS] 2.5.198.32, [MS-XLSB] 2.5.98.39).

use tabulary_ir::Decimal;

use super::Bytes;
use super::formula::{Dialect, LONGEST, Writing};
use super::operands::{decoded, unicode};
use super::values::error_text;

impl Writing<'_> {
    /// Values that stand in the formula itself ([MS-XLS] 2.5.198.32, [MS-XLSB] 2.5.98.39).
    pub(super) fn array(&mut self) -> Option<()> {
        let is_new = self.dialect == Dialect::Biff12;
        self.tokens.skip(if is_new { 14 } else { 7 })?;
        let (columns, rows) = match self.dialect {
            Dialect::Biff12 => {
                let rows = self.extra.length()?;
                (self.extra.length()?, rows)
            }
            Dialect::Biff8 => (
                usize::from(self.extra.u8()?) + 1,
                usize::from(self.extra.u16()?) + 1,
            ),
            Dialect::Biff3 | Dialect::Biff5 => {
                let columns = self.extra.u8()?;
                let columns = if columns == 0 { 256 } else { columns.into() };
                (columns, self.extra.u16()?.into())
            }
        };
        let mut text = String::from("{");
        for index in 0..rows.checked_mul(columns)? {
            if index > 0 {
                text.push(if index % columns == 0 { ';' } else { ',' });
            }
            text.push_str(&self.element()?);
            (text.len() <= LONGEST).then_some(())?;
        }
        text.push('}');
        self.push(&text)
    }

    fn element(&mut self) -> Option<String> {
        let kind = self.extra.u8()?;
        if self.dialect == Dialect::Biff12 {
            return match kind {
                0 => number(self.extra.f64()?),
                1 => {
                    let count = self.extra.u16()?;
                    let text = self.extra.utf16(count.into())?;
                    Some(format!("\"{}\"", text.replace('"', "\"\"")))
                }
                2 => Some(truth(self.extra.u8()?).to_owned()),
                4 => {
                    let error = error_text(self.extra.u8()?)?;
                    self.extra.skip(3)?;
                    Some(error.to_owned())
                }
                _ => None,
            };
        }
        if kind == 2 {
            let text = if self.dialect == Dialect::Biff8 {
                let count = self.extra.u16()?;
                unicode(&mut self.extra, count.into())?
            } else {
                let count = self.extra.u8()?;
                decoded(self.extra.take(count.into())?, self.links)
            };
            return Some(format!("\"{}\"", text.replace('"', "\"\"")));
        }
        let mut value = Bytes::new(self.extra.take(8)?);
        match kind {
            0 => Some(String::new()),
            1 => number(value.f64()?),
            4 => Some(truth(value.u8()?).to_owned()),
            0x10 => error_text(value.u8()?).map(str::to_owned),
            _ => None,
        }
    }
}

fn truth(byte: u8) -> &'static str {
    if byte == 0 { "FALSE" } else { "TRUE" }
}

/// A number as it stands in a formula.
pub(super) fn number(number: f64) -> Option<String> {
    let text = Decimal::from_f64(number)?.to_string();
    Some(text.replace("e-", "E-").replace('e', "E+"))
}
