//! Cells of a table.

use std::sync::Arc;

use compact_str::CompactString;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    Block, Borders, Inline, Marks, NumberFormat, Origin, ParagraphStyle, Points, Value, block_text,
    push_text,
};

/// A cell of a table: the square where it starts, how far it reaches, and what it holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell {
    /// The row where it starts, from 0.
    pub row: u32,
    /// The column where it starts, from 0.
    pub col: u32,
    /// How many rows it takes, at least 1.
    pub row_span: u32,
    /// How many columns it takes, at least 1.
    pub col_span: u32,
    /// The typed value; none for text and for a blank cell.
    pub value: Option<Value>,
    /// What a person sees.
    pub content: Content,
    /// How the value is shown.
    pub format: Option<NumberFormat>,
    /// The formula that gave the value, without an equals sign.
    pub formula: Option<Box<str>>,
    /// Whether the value was worked out from the formula on reading, since the source had none.
    pub computed: bool,
    /// How the cell is set; shared among cells.
    pub style: Option<Arc<CellStyle>>,
    /// Where it stood, where that does not follow from the place of its table.
    pub origin: Option<Box<Origin>>,
}

impl Default for Cell {
    fn default() -> Self {
        Self {
            row: 0,
            col: 0,
            row_span: 1,
            col_span: 1,
            value: None,
            content: Content::default(),
            format: None,
            formula: None,
            computed: false,
            style: None,
            origin: None,
        }
    }
}

impl Cell {
    /// A cell of plain text; line feeds are line ends.
    pub fn text(text: impl Into<CompactString>) -> Self {
        Self {
            content: Content::Text(text.into()),
            ..Self::default()
        }
    }

    /// A cell of blocks. One paragraph whose marks are the same throughout becomes plain text with a
    /// style, so that the same cell has the same form whatever it was read from.
    pub fn blocks(blocks: Vec<Block>) -> Self {
        let mut cell = Self {
            content: Content::Blocks(blocks),
            ..Self::default()
        };
        cell.simplify();
        cell
    }

    /// The same cell at a place.
    #[must_use]
    pub fn at(mut self, row: u32, col: u32) -> Self {
        (self.row, self.col) = (row, col);
        self
    }

    /// The same cell over several rows and columns.
    #[must_use]
    pub fn spanning(mut self, row_span: u32, col_span: u32) -> Self {
        (self.row_span, self.col_span) = (row_span, col_span);
        self
    }

    /// Whether it takes more than one square.
    pub fn is_merged(&self) -> bool {
        self.row_span > 1 || self.col_span > 1
    }

    /// Whether a person sees nothing in it, and it has no value. A blank cell is not 0.
    pub fn is_blank(&self) -> bool {
        self.value.is_none() && self.content.is_empty()
    }

    /// The text that a person sees, with line feeds between lines and blocks.
    pub fn plain_text(&self) -> CompactString {
        self.content.plain_text()
    }

    /// Sets part of the style.
    pub fn restyle(&mut self, change: impl FnOnce(&mut CellStyle)) {
        let mut style = self.style.as_deref().cloned().unwrap_or_default();
        change(&mut style);
        self.style = (style != CellStyle::default()).then(|| Arc::new(style));
    }

    /// Whether it says no more than that its square is there.
    pub(crate) fn is_plain_blank(&self) -> bool {
        self.is_blank()
            && !self.is_merged()
            && self.format.is_none()
            && self.formula.is_none()
            && self.style.is_none()
    }

    /// Brings the content into its normal form.
    pub(crate) fn simplify(&mut self) {
        let Content::Blocks(blocks) = &self.content else {
            return;
        };
        match blocks.as_slice() {
            [] => self.content = Content::default(),
            [Block::Paragraph(paragraph)] => {
                let align = paragraph.style.align;
                let plain = paragraph.label.is_none()
                    && paragraph.style
                        == ParagraphStyle {
                            align,
                            ..ParagraphStyle::default()
                        };
                let Some((text, marks)) = plain.then(|| uniform(&paragraph.content)).flatten()
                else {
                    return;
                };
                self.content = Content::Text(text);
                if !marks.is_empty() || align.is_some() {
                    self.restyle(|style| {
                        style.marks = style.marks.union(marks);
                        style.align = align.or(style.align);
                    });
                }
            }
            _ => {}
        }
    }
}

/// The text of a line whose runs all have the same marks.
fn uniform(content: &[Inline]) -> Option<(CompactString, Marks)> {
    let mut text = CompactString::default();
    let mut marks = None;
    for inline in content {
        match inline {
            Inline::Text(run) if *marks.get_or_insert(run.marks) == run.marks => {
                text.push_str(&run.text);
            }
            Inline::Tab => text.push('\t'),
            Inline::LineBreak => text.push('\n'),
            _ => return None,
        }
    }
    Some((text, marks.unwrap_or_default()))
}

/// What a cell shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Content {
    /// Plain text; line feeds are line ends. Empty for a blank cell.
    Text(CompactString),
    /// Anything that is more than one paragraph of evenly marked text.
    Blocks(Vec<Block>),
}

impl Default for Content {
    fn default() -> Self {
        Self::Text(CompactString::default())
    }
}

impl Content {
    /// Whether there is nothing to see.
    pub fn is_empty(&self) -> bool {
        match self {
            Self::Text(text) => text.is_empty(),
            Self::Blocks(blocks) => blocks.is_empty(),
        }
    }

    /// The text that a person sees, with line feeds between lines and blocks.
    pub fn plain_text(&self) -> CompactString {
        match self {
            Self::Text(text) => text.clone(),
            Self::Blocks(blocks) => {
                let texts: Vec<_> = blocks.iter().map(block_text).collect();
                texts.join("\n").into()
            }
        }
    }

    /// The content as blocks: plain text becomes one paragraph with the given marks.
    pub fn to_blocks(&self, marks: Marks) -> Vec<Block> {
        match self {
            Self::Blocks(blocks) => blocks.clone(),
            Self::Text(text) => {
                let mut paragraph = crate::Paragraph::default();
                push_text(&mut paragraph.content, text, marks);
                vec![Block::Paragraph(paragraph)]
            }
        }
    }
}

/// How a cell is set. What a person would miss is kept; what only decorates is not.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct CellStyle {
    /// Where its lines stand.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub align: Option<Align>,
    /// The lines around it; none where nothing is said of them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub borders: Option<Borders>,
    /// The colour of its ground.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fill: Option<Rgb>,
    /// The size of its characters, where it is not the usual one of its source.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub font_size: Option<Points>,
    /// How many steps its text is set in, each of about three characters (ECMA-376-1 18.8.1).
    #[serde(skip_serializing_if = "is_zero")]
    pub indent: u8,
    /// Marks of all of its plain text.
    #[serde(skip_serializing_if = "Marks::is_empty")]
    pub marks: Marks,
    /// How far its lines are turned against the clock, in degrees from -90 to 90.
    #[serde(skip_serializing_if = "is_level")]
    pub rotation: i8,
    /// Where its lines stand between top and bottom.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub vertical_align: Option<VerticalAlign>,
    /// Whether its characters stand below one another.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub vertical_text: bool,
    /// Whether its lines are broken at its width.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub wrap: bool,
}

impl CellStyle {
    /// Whether size, indent, wrapping or rotation are said.
    pub fn is_set(&self) -> bool {
        self.font_size.is_some() || self.indent > 0 || self.rotation != 0 || self.wrap
    }
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde passes a reference"
)]
fn is_zero(number: &u8) -> bool {
    *number == 0
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde passes a reference"
)]
fn is_level(degrees: &i8) -> bool {
    *degrees == 0
}

/// Where lines stand between left and right.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Align {
    /// At the left.
    Left,
    /// In the middle.
    Center,
    /// At the right.
    Right,
    /// At both sides.
    Justify,
}

/// Where lines stand between top and bottom.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum VerticalAlign {
    /// At the top.
    Top,
    /// In the middle.
    Middle,
    /// At the bottom.
    Bottom,
}

/// A colour, in JSON as `#rrggbb`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, JsonSchema)]
#[schemars(with = "String", extend("pattern" = "^#[0-9a-f]{6}$"))]
pub struct Rgb(pub [u8; 3]);

impl Rgb {
    /// The colour of six hexadecimal digits, with or without a number sign.
    pub fn from_hex(text: &str) -> Option<Self> {
        let digits = text.strip_prefix('#').unwrap_or(text);
        if digits.len() != 6 || !digits.bytes().all(|b| b.is_ascii_hexdigit()) {
            return None;
        }
        let number = u32::from_str_radix(digits, 16).ok()?;
        let [_, r, g, b] = number.to_be_bytes();
        Some(Self([r, g, b]))
    }

    /// Six hexadecimal digits in lower case.
    pub fn hex(self) -> String {
        let Self([r, g, b]) = self;
        format!("{r:02x}{g:02x}{b:02x}")
    }
}

impl Serialize for Rgb {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&format!("#{}", self.hex()))
    }
}

impl<'de> Deserialize<'de> for Rgb {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::from_hex(&text).ok_or_else(|| {
            serde::de::Error::custom(format!("{text:?} is no colour such as #ff0000"))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Mark, Paragraph};

    #[test]
    fn an_evenly_marked_paragraph_is_text_with_a_style() {
        let mut paragraph = Paragraph::default();
        push_text(&mut paragraph.content, "两\n行", Mark::Bold.into());
        let cell = Cell::blocks(vec![Block::Paragraph(paragraph.clone())]);
        assert_eq!(cell.content, Content::Text("两\n行".into()));
        assert_eq!(cell.style.map(|style| style.marks), Some(Mark::Bold.into()));

        push_text(&mut paragraph.content, "plain", Marks::NONE);
        let cell = Cell::blocks(vec![Block::Paragraph(paragraph)]);
        assert!(matches!(cell.content, Content::Blocks(_)));
    }

    #[test]
    fn colours_are_six_digits() {
        assert_eq!(Rgb::from_hex("#FF8000"), Some(Rgb([255, 128, 0])));
        assert_eq!(Rgb::from_hex("+f8000"), None);
        assert_eq!(Rgb::from_hex("auto"), None);
    }
}
