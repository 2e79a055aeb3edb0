//! Values as a person sees them.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::sync::Arc;

use tabulary_ir::{
    Block, Cell, CellError, CompactString, Content, Decimal, NumberFormat, Paragraph, Value,
};
use tabulary_numfmt::{FormatCode, Language, Setting, built_in, write_general};

use crate::date;
use crate::look::Look;
use crate::text::Text;

/// Characters that `General` shows of a number, its sign not counted (ECMA-376-1 18.8.30 leaves it to
/// the program; Excel: 11).
const GENERAL_WIDTH: usize = 11;
/// Digits that a spreadsheet keeps of a number.
const KEPT_DIGITS: usize = 15;

/// A number format other than `General`, made once for each code.
#[derive(Debug)]
pub(crate) struct Format {
    pub(crate) code: NumberFormat,
    parsed: FormatCode,
}

/// Fills cells with values, and with the text that a person sees of them.
pub(crate) struct Display {
    setting: Setting,
    formats: BTreeMap<String, Arc<Format>>,
    /// Where a text is put together before it is stored.
    scratch: RefCell<String>,
}

impl Display {
    pub(crate) fn new(is_1904: bool) -> Self {
        Self {
            setting: Setting {
                is_1904,
                ..Setting::default()
            },
            formats: BTreeMap::new(),
            scratch: RefCell::default(),
        }
    }

    /// Shows days and times as programs in that language do, where a format leaves it to them.
    pub(crate) fn set_language(&mut self, language: Language) {
        self.setting.language = language;
    }

    /// The format of a code; none for `General`.
    pub(crate) fn format(&mut self, code: &str) -> Option<Arc<Format>> {
        if let Some(format) = self.formats.get(code) {
            return Some(Arc::clone(format));
        }
        let parsed = FormatCode::parse(code);
        if parsed.is_general() {
            return None;
        }
        let format = Arc::new(Format {
            code: NumberFormat::new(code),
            parsed,
        });
        self.formats.insert(code.to_owned(), Arc::clone(&format));
        Some(format)
    }

    /// The format that a workbook names by its number alone (ECMA-376-1 18.8.30); none for `General`.
    pub(crate) fn built_in(&mut self, id: u16) -> Option<Arc<Format>> {
        let code = built_in(id, self.setting.language)?;
        self.format(code)
    }

    /// Fills a cell with a number, or with the day or time that its format makes of it.
    pub(crate) fn number(&self, cell: &mut Cell, number: Decimal, look: &Look) {
        let Some(format) = &look.format else {
            cell.content = Content::Text(self.general(&number));
            cell.value = Some(Value::Number(number));
            return;
        };
        let mut text = self.scratch.borrow_mut();
        text.clear();
        format
            .parsed
            .write_number(number.as_str(), &self.setting, &mut text);
        cell.content = Content::Text(text.as_str().into());
        cell.format = Some(format.code.clone());
        cell.value = Some(match format.parsed.time_kind(number.to_f64()) {
            Some(kind) => date::value(&number, kind, self.setting.is_1904),
            None => Value::Number(number),
        });
    }

    /// A number in the format `General`.
    fn general(&self, number: &Decimal) -> CompactString {
        let text = number.as_str();
        let width = text.trim_start_matches('-').len();
        if width <= GENERAL_WIDTH && !text.contains('e') {
            return text.into();
        }
        // A plain integer beyond the digits of a spreadsheet was written by a program that meant an
        // identifier, and keeps them.
        if !text.contains(['.', 'e']) && number.significant_digits() > KEPT_DIGITS {
            return text.into();
        }
        let mut shown = self.scratch.borrow_mut();
        shown.clear();
        write_general(text, &mut shown);
        shown.as_str().into()
    }

    /// Fills a cell with a text.
    pub(crate) fn text(&self, cell: &mut Cell, text: Text, look: &Look) {
        match text {
            Text::Plain(text) => {
                let shown = look
                    .format
                    .as_ref()
                    .and_then(|format| Some((format, format.parsed.text(&text)?)));
                match shown {
                    Some((format, shown)) => {
                        cell.format = Some(format.code.clone());
                        cell.content = Content::Text(shown.into());
                    }
                    None => cell.content = Content::Text(text),
                }
            }
            Text::Rich(content) => {
                let paragraph = Paragraph {
                    content,
                    ..Paragraph::default()
                };
                cell.content = Content::Blocks(vec![Block::Paragraph(paragraph)]);
            }
        }
    }

    /// Fills a cell with a truth value.
    pub(crate) fn truth(&self, cell: &mut Cell, truth: bool) {
        cell.value = Some(Value::Bool(truth));
        cell.content = Content::Text(if truth { "TRUE" } else { "FALSE" }.into());
    }

    /// Fills a cell with an error such as `#N/A`.
    pub(crate) fn error(&self, cell: &mut Cell, text: &str) {
        cell.value = Some(Value::Error(CellError(text.into())));
        cell.content = Content::Text(text.into());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tabulary_ir::CellStyle;

    fn shown(number: &str, code: &str) -> String {
        let mut display = Display::new(false);
        let look = Look::new(display.format(code), CellStyle::default());
        let mut cell = Cell::default();
        display.number(&mut cell, number.parse().expect("a number"), &look);
        cell.plain_text().to_string()
    }

    #[test]
    fn texts_are_shown_by_the_section_for_texts() {
        for (code, wanted) in [
            ("@", None),
            ("\"（一） \"@", Some("（一） 甲")),
            ("0;0;0;\\<@\\>", Some("<甲>")),
            ("0.00", None),
        ] {
            let mut display = Display::new(false);
            let look = Look::new(display.format(code), CellStyle::default());
            let mut cell = Cell::default();
            display.text(&mut cell, Text::Plain("甲".into()), &look);
            assert_eq!(cell.plain_text(), wanted.unwrap_or("甲"), "{code}");
        }
    }

    #[test]
    fn numbers_are_shown_as_a_spreadsheet_shows_them() {
        for (number, code, wanted) in [
            ("0.075", "0.0%", "7.5%"),
            ("1234567.8", "#,##0.00", "1,234,567.80"),
            ("-12", "0_);(0)", "(12)"),
            ("43850", "yyyy\"年\"m\"月\"d\"日\"", "2020年1月20日"),
            ("0.1", "General", "0.1"),
            ("123456789012", "", "1.23457E+11"),
            ("123456789012345678", "", "123456789012345678"),
            ("0.333333333333333", "", "0.333333333"),
            ("-1.2345678912", "", "-1.234567891"),
        ] {
            assert_eq!(shown(number, code), wanted, "{number} {code}");
        }
    }
}
