//! How cells look, from the numbers by which binary workbooks store it.

use std::sync::Arc;

use tabulary_ir::{
    Align, Block, Borders, CellStyle, CompactString, Mark, Marks, Paragraph, Points, Rgb, Stroke,
    VerticalAlign, push_text,
};

use crate::display::Format;
use crate::look::Look;
use crate::ooxml::styles::rotation;
use crate::sheet::SheetNote;
use crate::text::Text;

/// How characters look ([MS-XLS] 2.4.122, [MS-XLSB] 2.4.148).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Font {
    pub(crate) marks: Marks,
    /// Twentieths of a point.
    pub(crate) height: u16,
}

impl Font {
    /// A font of these properties, as Excel 5 and later store them.
    pub(crate) fn new(height: u16, bits: u16, weight: u16, script: u16, underline: u8) -> Self {
        let marks = [
            (weight >= 600, Mark::Bold),
            (bits & 0x02 != 0, Mark::Italic),
            (bits & 0x08 != 0, Mark::Strike),
            (script == 1, Mark::Superscript),
            (script == 2, Mark::Subscript),
            (underline != 0, Mark::Underline),
        ];
        let marks = marks.into_iter().filter(|(is_set, _)| *is_set);
        Self {
            marks: marks.map(|(_, mark)| mark).collect(),
            height,
        }
    }
}

/// A cell format ([MS-XLS] 2.4.353, [MS-XLSB] 2.4.861).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Xf {
    pub(crate) font: u16,
    pub(crate) format: u16,
    /// [MS-XLS] 2.5.128.
    pub(crate) horizontal: u8,
    /// [MS-XLS] 2.5.276.
    pub(crate) vertical: u8,
    pub(crate) wrap: bool,
    /// Degrees against the clock up to 90, with the clock from 91; 255 for characters below one another.
    pub(crate) rotation: u8,
    pub(crate) indent: u8,
    /// The lines at the left, right, top and bottom ([MS-XLS] 2.5.11).
    pub(crate) borders: [u8; 4],
    pub(crate) fill: Option<Rgb>,
}

impl Xf {
    /// The look of cells of this format. `usual` is the font of text that says nothing of its font.
    pub(crate) fn look(self, format: Option<Arc<Format>>, font: Font, usual: Font) -> Look {
        let [left, right, top, bottom] = self.borders.map(stroke);
        let borders = Borders {
            bottom,
            left,
            right,
            top,
        };
        let differs = font.height != usual.height && font.height != 0;
        let style = CellStyle {
            align: match self.horizontal {
                1 => Some(Align::Left),
                2 | 6 => Some(Align::Center),
                3 => Some(Align::Right),
                5 | 7 => Some(Align::Justify),
                _ => None,
            },
            borders: (!borders.is_empty()).then_some(borders),
            fill: self.fill,
            font_size: differs.then(|| Points::from_twips(font.height.into())),
            indent: self.indent,
            marks: font.marks,
            rotation: rotation(self.rotation.into()),
            vertical_align: match self.vertical {
                0 => Some(VerticalAlign::Top),
                1 => Some(VerticalAlign::Middle),
                _ => None,
            },
            vertical_text: self.rotation == 255,
            wrap: self.wrap,
        };
        Look::new(format, style)
    }
}

/// How a line is drawn, by its number ([MS-XLS] 2.5.11).
fn stroke(number: u8) -> Option<Stroke> {
    Some(match number {
        1 => Stroke::Thin,
        2 => Stroke::Medium,
        3 | 8..=13 => Stroke::Dashed,
        4 => Stroke::Dotted,
        5 => Stroke::Thick,
        6 => Stroke::Double,
        7 => Stroke::Hair,
        _ => return None,
    })
}

/// A comment on a cell.
pub(crate) fn note(row: u32, col: u32, author: Option<String>, text: Text) -> SheetNote {
    let mut content = Vec::new();
    match text {
        Text::Plain(text) => push_text(&mut content, &text, Marks::NONE),
        Text::Rich(runs) => content = runs,
    }
    let paragraph = Paragraph {
        content,
        ..Paragraph::default()
    };
    SheetNote {
        row,
        col,
        author: author.filter(|author| !author.trim().is_empty()),
        blocks: vec![Block::Paragraph(paragraph)],
    }
}

/// A text of runs, each from a UTF-16 code unit on and with the marks of its font.
pub(crate) fn rich_text(text: String, runs: &[(u32, Marks)]) -> Text {
    if runs.iter().all(|(_, marks)| marks.is_empty()) {
        return Text::Plain(plain(text));
    }
    let mut content = Vec::new();
    let mut runs = runs.iter().peekable();
    let (mut marks, mut begin, mut unit) = (Marks::NONE, 0, 0);
    for (at, character) in text.char_indices() {
        while let Some((_, next)) = runs.next_if(|(first, _)| *first <= unit) {
            push_text(&mut content, text.get(begin..at).unwrap_or_default(), marks);
            (marks, begin) = (*next, at);
        }
        unit += if u32::from(character) > 0xFFFF { 2 } else { 1 };
    }
    push_text(&mut content, text.get(begin..).unwrap_or_default(), marks);
    Text::Rich(content)
}

/// A text with line feeds for all line ends.
fn plain(text: String) -> CompactString {
    if text.contains('\r') {
        return text.replace("\r\n", "\n").replace('\r', "\n").into();
    }
    text.into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use tabulary_ir::Inline;

    #[test]
    fn runs_begin_at_code_units() {
        let runs = [(0, Marks::NONE), (3, Mark::Bold.into())];
        let text = rich_text("a𝄞b".to_owned(), &runs);
        let bold = Mark::Bold.into();
        let wanted = vec![Inline::text("a𝄞", Marks::NONE), Inline::text("b", bold)];
        assert_eq!(text, Text::Rich(wanted));
        let text = rich_text("a\r\nb".to_owned(), &[(1, Marks::NONE)]);
        assert_eq!(text, Text::Plain("a\nb".into()));
    }

    #[test]
    fn numbers_say_how_a_cell_looks() {
        let xf = Xf {
            horizontal: 2,
            vertical: 1,
            rotation: 135,
            borders: [1, 6, 0, 9],
            ..Xf::default()
        };
        let style = xf.look(None, Font::default(), Font::default()).style;
        let style = style.expect("a style");
        assert_eq!(style.align, Some(Align::Center));
        assert_eq!(style.vertical_align, Some(VerticalAlign::Middle));
        assert_eq!(style.rotation, -45);
        let borders = style.borders.expect("borders");
        assert_eq!(borders.right, Some(Stroke::Double));
        assert_eq!((borders.top, borders.bottom), (None, Some(Stroke::Dashed)));
        let plain = Xf {
            vertical: 2,
            ..Xf::default()
        };
        assert_eq!(
            plain.look(None, Font::default(), Font::default()).style,
            None
        );
    }
}
