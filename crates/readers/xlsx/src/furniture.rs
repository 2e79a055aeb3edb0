//! Running headers and footers of sheets (ECMA-376-1 18.3.1.39; [MS-XLS] 2.4.136).

use tabulary_ir::{
    Align, Block, Field, Furniture, FurnitureKind, Inline, Mark, Marks, Paragraph, ParagraphStyle,
    push_text,
};

/// A header or footer out of its codes: `&L`, `&C` and `&R` begin the left, middle and right line,
/// `&P` is the page, `&A` the sheet's name, and so on. None where it says nothing.
pub(crate) fn furniture(codes: &str, kind: FurnitureKind, sheet: &str) -> Option<Furniture> {
    let mut lines = Lines {
        lines: [const { Vec::new() }; 3],
        at: 1,
        marks: Marks::NONE,
    };
    lines.read(codes, sheet);
    let aligns = [Align::Left, Align::Center, Align::Right];
    let filled = lines.lines.into_iter().zip(aligns);
    let blocks = filled.filter(|(content, _)| !content.is_empty());
    let blocks: Vec<Block> = blocks
        .map(|(content, align)| {
            Block::Paragraph(Paragraph {
                content,
                style: ParagraphStyle {
                    align: Some(align),
                    ..ParagraphStyle::default()
                },
                ..Paragraph::default()
            })
        })
        .collect();
    (!blocks.is_empty()).then_some(Furniture {
        blocks,
        kind,
        ..Furniture::default()
    })
}

struct Lines {
    lines: [Vec<Inline>; 3],
    at: usize,
    marks: Marks,
}

impl Lines {
    fn read(&mut self, codes: &str, sheet: &str) {
        let mut rest = codes;
        while let Some(at) = rest.find('&') {
            self.text(&rest[..at]);
            rest = &rest[at + 1..];
            let Some(code) = rest.chars().next() else {
                return;
            };
            rest = &rest[code.len_utf8()..];
            match code {
                'L' => self.open(0),
                'C' => self.open(1),
                'R' => self.open(2),
                'P' => self.field("PAGE"),
                'N' => self.field("NUMPAGES"),
                'D' => self.field("DATE"),
                'T' => self.field("TIME"),
                'F' => self.field("FILENAME"),
                'A' => self.text(sheet),
                '&' => self.text("&"),
                'B' => self.turn(Mark::Bold),
                'I' => self.turn(Mark::Italic),
                'U' | 'E' => self.turn(Mark::Underline),
                'S' => self.turn(Mark::Strike),
                'X' => self.turn(Mark::Superscript),
                'Y' => self.turn(Mark::Subscript),
                // A font and its style, in quotes.
                '"' => rest = rest.split_once('"').map_or("", |(_, rest)| rest),
                // A colour of six characters: RRGGBB, or TTSNNN of the theme.
                'K' => rest = rest.get(6..).unwrap_or_default(),
                digit if digit.is_ascii_digit() => {
                    rest = rest.trim_start_matches(|c: char| c.is_ascii_digit());
                }
                _ => {}
            }
        }
        self.text(rest);
    }

    fn open(&mut self, line: usize) {
        (self.at, self.marks) = (line, Marks::NONE);
    }

    fn turn(&mut self, mark: Mark) {
        self.marks = if self.marks.has(mark) {
            self.marks.without(mark)
        } else {
            self.marks.with(mark)
        };
    }

    fn text(&mut self, text: &str) {
        if let Some(line) = self.lines.get_mut(self.at) {
            push_text(line, text, self.marks);
        }
    }

    fn field(&mut self, instruction: &str) {
        if let Some(line) = self.lines.get_mut(self.at) {
            line.push(Inline::Field(Field {
                instruction: instruction.to_owned(),
                ..Field::default()
            }));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tabulary_ir::inline_text;

    #[test]
    fn codes_make_up_to_three_lines() {
        let made = furniture(
            "&L&\"宋体,Bold\"&12单位：&A&C&B年报&B A&&B&R第&P页/&N",
            FurnitureKind::Default,
            "表一",
        )
        .expect("a header");
        let lines: Vec<_> = made
            .blocks
            .iter()
            .map(|block| match block {
                Block::Paragraph(paragraph) => {
                    (inline_text(&paragraph.content), paragraph.style.align)
                }
                _ => Default::default(),
            })
            .collect();
        assert_eq!(
            lines,
            [
                ("单位：表一".to_owned(), Some(Align::Left)),
                ("年报 A&B".to_owned(), Some(Align::Center)),
                ("第页/".to_owned(), Some(Align::Right)),
            ]
        );
        assert_eq!(furniture("&C", FurnitureKind::First, "s"), None);
        assert!(furniture("&", FurnitureKind::First, "s").is_none());
    }
}
