//! Formulas, from the tokens of their parse to text ([MS-XLS] 2.5.198, [MS-XLSB] 2.5.98).

use super::Bytes;
use super::constants::number;
use super::functions::USER_DEFINED;
use super::links::Links;
use super::reference::Edge;
use super::values::error_text;

/// Bytes of the longest formula that is read; Excel writes 8,192 characters.
pub(super) const LONGEST: usize = 1 << 16;

/// The versions whose tokens differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Dialect {
    /// Excel 3 and earlier: functions have a number of one byte.
    Biff3,
    /// Excel 4 and 5.
    Biff5,
    /// Excel 97 to 2003.
    Biff8,
    /// Binary workbooks of Excel 2007 and later.
    Biff12,
}

impl Dialect {
    pub(super) fn edge(self) -> Edge {
        let (row, col) = match self {
            Self::Biff3 | Self::Biff5 => (0x3FFF, 0xFF),
            Self::Biff8 => (0xFFFF, 0xFF),
            Self::Biff12 => (0xF_FFFF, 0x3FFF),
        };
        Edge { row, col }
    }
}

/// A formula as it is stored.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Formula<'a> {
    /// Its tokens, in the order in which they are worked out.
    pub(crate) tokens: &'a [u8],
    /// What some of the tokens have beside themselves.
    pub(crate) extra: &'a [u8],
}

impl Formula<'_> {
    /// The cell whose shared or array formula this one stands for.
    pub(crate) fn stands_for(&self, dialect: Dialect) -> Option<(u32, u32)> {
        self.first_cell(0x01, dialect)
    }

    /// The first cell of the table of several results that the cell is of ([MS-XLS] 2.5.198.92).
    pub(crate) fn table(&self, dialect: Dialect) -> Option<(u32, u32)> {
        self.first_cell(0x02, dialect)
    }

    fn first_cell(&self, token: u8, dialect: Dialect) -> Option<(u32, u32)> {
        let mut tokens = Bytes::new(self.tokens);
        if tokens.u8()? != token {
            return None;
        }
        match dialect {
            Dialect::Biff12 => Some((tokens.u32()?, Bytes::new(self.extra).u32()?)),
            Dialect::Biff3 => Some((tokens.u16()?.into(), tokens.u8()?.into())),
            _ => Some((tokens.u16()?.into(), tokens.u16()?.into())),
        }
    }
}

/// The text of a formula in the cell `base`; none where it holds what is not known.
pub(crate) fn text_of(
    formula: Formula<'_>,
    dialect: Dialect,
    base: (u32, u32),
    links: &Links,
) -> Option<String> {
    let mut writing = Writing {
        tokens: Bytes::new(formula.tokens),
        extra: Bytes::new(formula.extra),
        dialect,
        base,
        links,
        stack: Vec::new(),
        length: 0,
        spaces: Spaces::default(),
    };
    while !writing.tokens.is_empty() {
        writing.token()?;
    }
    match writing.stack.as_mut_slice() {
        [text] => Some(std::mem::take(text)),
        _ => None,
    }
}

/// Blanks and line ends that stand before the next token.
#[derive(Debug, Default)]
struct Spaces {
    before: String,
    before_opening: String,
    before_closing: String,
}

/// A formula while its text is put together.
pub(super) struct Writing<'a> {
    pub(super) tokens: Bytes<'a>,
    pub(super) extra: Bytes<'a>,
    pub(super) dialect: Dialect,
    pub(super) base: (u32, u32),
    pub(super) links: &'a Links,
    stack: Vec<String>,
    length: usize,
    spaces: Spaces,
}

impl Writing<'_> {
    /// Adds an operand.
    pub(super) fn push(&mut self, text: &str) -> Option<()> {
        let text = std::mem::take(&mut self.spaces.before) + text;
        self.length += text.len();
        self.stack.push(text);
        (self.length <= LONGEST).then_some(())
    }

    fn token(&mut self) -> Option<()> {
        let token = self.tokens.u8()?;
        // The three classes of an operand are written alike.
        let token = match token {
            0x20..0x80 => token & 0x1F | 0x20,
            _ => token,
        };
        match token {
            0x03..=0x11 => self.binary(token),
            0x12 => self.unary("+"),
            0x13 => self.unary("-"),
            0x14 => {
                let mark = std::mem::take(&mut self.spaces.before) + "%";
                self.stack.last_mut()?.push_str(&mark);
                Some(())
            }
            0x15 => self.parentheses(),
            0x16 => self.push(""),
            0x17 => {
                let text = self.string()?;
                self.push(&format!("\"{}\"", text.replace('"', "\"\"")))
            }
            0x18 => self.table(),
            0x19 => self.attribute(),
            0x1C => {
                let error = error_text(self.tokens.u8()?)?;
                self.push(error)
            }
            0x1D => {
                let truth = self.tokens.u8()? != 0;
                self.push(if truth { "TRUE" } else { "FALSE" })
            }
            0x1E => {
                let number = self.tokens.u16()?;
                self.push(&number.to_string())
            }
            0x1F => {
                let number = number(self.tokens.f64()?)?;
                self.push(&number)
            }
            0x20.. => self.operand(token),
            _ => None,
        }
    }

    fn binary(&mut self, token: u8) -> Option<()> {
        const SIGNS: [&str; 15] = [
            "+", "-", "*", "/", "^", "&", "<", "<=", "=", ">=", ">", "<>", " ", ",", ":",
        ];
        let sign = SIGNS.get(usize::from(token).checked_sub(3)?)?;
        let right = self.stack.pop()?;
        let left = self.stack.last_mut()?;
        left.push_str(&std::mem::take(&mut self.spaces.before));
        left.push_str(sign);
        left.push_str(&right);
        Some(())
    }

    fn unary(&mut self, sign: &str) -> Option<()> {
        let sign = std::mem::take(&mut self.spaces.before) + sign;
        self.stack.last_mut()?.insert_str(0, &sign);
        Some(())
    }

    fn parentheses(&mut self) -> Option<()> {
        let spaces = std::mem::take(&mut self.spaces);
        let inner = self.stack.last_mut()?;
        inner.insert_str(0, &(spaces.before + &spaces.before_opening + "("));
        inner.push_str(&spaces.before_closing);
        inner.push(')');
        Some(())
    }

    /// [MS-XLS] 2.5.198.34 to 2.5.198.40, 2.5.198.79.
    fn attribute(&mut self) -> Option<()> {
        match self.tokens.u8()? {
            0x04 => {
                let count = usize::from(self.tokens.u16()?) + 1;
                self.tokens.skip(2 * count)
            }
            0x10 => {
                self.tokens.skip(2)?;
                self.call("SUM", 1)
            }
            0x40 | 0x41 => {
                let kind = self.tokens.u8()?;
                let count = usize::from(self.tokens.u8()?);
                let text = if kind & 1 == 0 { " " } else { "\n" }.repeat(count);
                self.length += count;
                match kind {
                    0 | 1 => self.spaces.before.push_str(&text),
                    2 | 3 => self.spaces.before_opening.push_str(&text),
                    4 | 5 => self.spaces.before_closing.push_str(&text),
                    _ => {}
                }
                (self.length <= LONGEST).then_some(())
            }
            // Hints for working it out.
            _ => self.tokens.skip(2),
        }
    }

    pub(super) fn function(&mut self, has_count: bool) -> Option<()> {
        let count = if has_count {
            Some(usize::from(self.tokens.u8()? & 0x7F))
        } else {
            None
        };
        let number = if self.dialect == Dialect::Biff3 {
            self.tokens.u8()?.into()
        } else {
            self.tokens.u16()?
        };
        if number == USER_DEFINED {
            let count = count?.checked_sub(1)?;
            let name = self.stack.len().checked_sub(count + 1)?;
            let name = self.stack.remove(name);
            return self.call(name.trim_start(), count);
        }
        let (name, fixed) = self.links.functions.get(number & 0x7FFF)?;
        self.call(name, count.or(fixed)?)
    }

    /// Joins the last operands to the call of a function.
    fn call(&mut self, name: &str, count: usize) -> Option<()> {
        let first = self.stack.len().checked_sub(count)?;
        let arguments = self.stack.split_off(first).join(",");
        let spaces = std::mem::take(&mut self.spaces);
        self.length += name.len() + count;
        self.stack.push(format!(
            "{}{name}({arguments}{})",
            spaces.before, spaces.before_closing
        ));
        (self.length <= LONGEST).then_some(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::biff::{Book, LinkedName, Target};

    fn links() -> Links {
        let sheets = ["S1", "a b"].map(str::to_owned).to_vec();
        let target = |book, first, last| Target { book, first, last };
        Links {
            names: vec![LinkedName {
                name: "rate".to_owned(),
                sheet: None,
            }],
            books: vec![
                Book::Own,
                Book::AddIn {
                    names: vec!["EDATE".to_owned()],
                },
                Book::Other {
                    name: "b.xls".to_owned(),
                    sheets: sheets.clone(),
                    names: Vec::new(),
                },
            ],
            targets: vec![
                target(0, 1, 1),
                target(1, -2, -2),
                target(2, 0, 0),
                target(0, 0, 1),
                target(0, -1, -1),
            ],
            sheets,
            ..Links::default()
        }
    }

    fn text(dialect: Dialect, tokens: &[u8], extra: &[u8]) -> Option<String> {
        let formula = Formula { tokens, extra };
        text_of(formula, dialect, (4, 2), &links())
    }

    #[test]
    fn tokens_of_excel_97_become_text() {
        let cell = [0x44, 1, 0, 0, 0xC0];
        let join = |parts: &[&[u8]]| parts.concat();
        for (tokens, wanted) in [
            (join(&[&cell, &[0x1E, 2, 0, 0x05]]), "A2*2"),
            (join(&[&cell, &[0x13, 0x14]]), "-A2%"),
            (join(&[&cell, &[0x15, 0x22, 1, 4, 0]]), "SUM((A2))"),
            (join(&[&cell, &cell, &[0x41, 97, 0]]), "ATAN2(A2,A2)"),
            (vec![0x17, 2, 0, b'"', b'a'], "\"\"\"a\""),
            (vec![0x1D, 1], "TRUE"),
            (vec![0x1C, 0x2A], "#N/A"),
            (vec![0x25, 0, 0, 0xFF, 0xFF, 0, 0, 1, 0], "$A:$B"),
            (vec![0x4C, 0xFF, 0xFF, 0, 0xC0], "C4"),
            (vec![0x43, 1, 0, 0, 0], "rate"),
            (vec![0x5A, 0, 0, 0, 0, 0, 0xC0], "'a b'!A1"),
            (vec![0x5A, 2, 0, 0, 0, 0, 0], "'[b.xls]S1'!$A$1"),
            (vec![0x5A, 3, 0, 0, 0, 0, 0], "'S1:a b'!$A$1"),
            (vec![0x5A, 4, 0, 0, 0, 0, 0], "#REF!$A$1"),
            (vec![0x4A, 0, 0, 0, 0], "#REF!"),
            (
                join(&[&[0x39, 1, 0, 1, 0, 0, 0], &cell, &[0x42, 2, 0xFF, 0]]),
                "EDATE(A2)",
            ),
            (
                join(&[&cell, &[0x19, 0x40, 0, 1], &cell, &[0x03]]),
                "A2+ A2",
            ),
            (join(&[&cell, &[0x16, 0x42, 2, 1, 0]]), "IF(A2,)"),
        ] {
            let found = text(Dialect::Biff8, &tokens, &[]);
            assert_eq!(found.as_deref(), Some(wanted), "{tokens:x?}");
        }
    }

    #[test]
    fn tokens_differ_by_version() {
        let old = [0x44, 1, 0xC0, 2];
        assert_eq!(text(Dialect::Biff5, &old, &[]).as_deref(), Some("C2"));
        let new = [0x44, 1, 0, 0, 0, 2, 0xC0];
        assert_eq!(text(Dialect::Biff12, &new, &[]).as_deref(), Some("C2"));
        let array = [&[0x60][..], &[0; 7]].concat();
        let values = [
            &[1, 0, 0, 1][..],
            &1e30_f64.to_le_bytes(),
            &[4, 1, 0, 0, 0, 0, 0, 0, 0],
        ]
        .concat();
        let found = text(Dialect::Biff8, &array, &values);
        assert_eq!(
            found.as_deref(),
            Some("{1000000000000000000000000000000,TRUE}")
        );
    }

    #[test]
    fn what_is_not_known_is_not_guessed() {
        for tokens in [
            &[][..],
            &[0x03],
            &[0x1E, 1],
            &[0x1E, 1, 0, 0x1E, 1, 0],
            &[0x21, 202, 0],
            &[0x22, 9, 4, 0],
            &[0x43, 9, 0, 0, 0],
            &[0xFF],
            &[0x18, 0x19],
        ] {
            assert_eq!(text(Dialect::Biff8, tokens, &[]), None, "{tokens:x?}");
        }
        // Each of the names is short, and all of them together are not.
        let long = [&[0x17, 255, 0][..], &[b'a'; 255]].concat().repeat(300);
        let joined = [long, [0x08].repeat(299)].concat();
        assert_eq!(text(Dialect::Biff8, &joined, &[]), None);
    }
}
