//! Running headers and footers as the codes of a workbook (ECMA-376-1 18.3.1.39).

use rust_xlsxwriter::Worksheet;
use tabulary_ir::{
    Align, Block, Code, Diagnostics, Furniture, FurnitureKind, Inline, Mark, Marks, block_text,
    push_text,
};

/// The longest header or footer that a workbook takes, in UTF-16 code units.
const LONGEST: usize = 255;
/// Codes that change nothing, and keep apart what would be read as one code.
const APART: &str = "&I&I";

/// Sets running headers and footers. What is not of the usual pages is told.
pub(crate) fn furniture(
    worksheet: &mut Worksheet,
    headers: &[Furniture],
    footers: &[Furniture],
    diagnostics: &mut Diagnostics,
) {
    let mut usual = |all: &[Furniture]| {
        let found = all.iter().find(|one| one.kind == FurnitureKind::Default);
        let codes = found.map(|one| Codes::of(&one.blocks, diagnostics))?;
        if codes.encode_utf16().count() > LONGEST {
            let message = "headers and footers of more than 255 characters were left out";
            diagnostics.once(Code::HeaderFooterDropped, message, None);
            return None;
        }
        Some(codes)
    };
    let (header, footer) = (usual(headers), usual(footers));
    let others = headers.iter().chain(footers);
    let others = others
        .filter(|one| one.kind != FurnitureKind::Default)
        .count();
    if others > 0 {
        let message = "headers and footers of the first and of even pages were left out";
        diagnostics.once(Code::HeaderFooterDropped, message, None);
    }
    if let Some(header) = header.filter(|codes| !codes.is_empty()) {
        worksheet.set_header(header);
    }
    if let Some(footer) = footer.filter(|codes| !codes.is_empty()) {
        worksheet.set_footer(footer);
    }
}

/// The codes of a line that is being written.
struct Codes<'a> {
    line: String,
    /// Whether the number of the page was written last: a number with a sign would be added to it.
    is_behind_page: bool,
    diagnostics: &'a mut Diagnostics,
}

impl Codes<'_> {
    fn of(blocks: &[Block], diagnostics: &mut Diagnostics) -> String {
        let mut parts = [String::new(), String::new(), String::new()];
        for block in blocks {
            let (content, align) = match block {
                Block::Paragraph(paragraph) => (paragraph.content.clone(), paragraph.style.align),
                other => {
                    let mut content = Vec::new();
                    push_text(&mut content, &block_text(other), Marks::NONE);
                    (content, None)
                }
            };
            let part = match align {
                Some(Align::Left) => &mut parts[0],
                Some(Align::Right) => &mut parts[2],
                _ => &mut parts[1],
            };
            if !part.is_empty() {
                part.push('\n');
            }
            let mut codes = Codes {
                line: std::mem::take(part),
                is_behind_page: false,
                diagnostics,
            };
            codes.inlines(&content);
            *part = codes.line;
        }
        let mut codes = String::new();
        for (sign, part) in ["&L", "&C", "&R"].iter().zip(&parts) {
            if !part.is_empty() {
                codes.push_str(sign);
                codes.push_str(part);
            }
        }
        codes
    }

    fn inlines(&mut self, content: &[Inline]) {
        for inline in content {
            match inline {
                Inline::Text(run) => self.run(&run.text, run.marks),
                Inline::Field(field) => match field.instruction.split_whitespace().next() {
                    Some("PAGE") => self.code("&P"),
                    Some("NUMPAGES" | "SECTIONPAGES") => self.code("&N"),
                    Some("DATE") => self.code("&D"),
                    Some("TIME") => self.code("&T"),
                    Some("FILENAME") => self.code("&F"),
                    _ => self.inlines(field.shown()),
                },
                Inline::Link(link) => {
                    let message = "links in headers and footers were left out; their text stands";
                    self.diagnostics.once(Code::LinkDropped, message, None);
                    self.inlines(&link.content);
                }
                Inline::Tab => self.text(" "),
                Inline::LineBreak => self.text("\n"),
                Inline::Math(math) => self.text(&math.text),
                Inline::Image(_) => {
                    let message = "images in headers and footers were left out";
                    self.diagnostics.once(Code::ImageDropped, message, None);
                }
                Inline::NoteRef(_) | Inline::Anchor(_) => {}
            }
        }
    }

    fn code(&mut self, code: &str) {
        self.line.push_str(code);
        self.is_behind_page = code == "&P";
    }

    /// A text whose marks are turned on before it and off behind it.
    fn run(&mut self, text: &str, marks: Marks) {
        let toggles: Vec<Option<&str>> = marks.iter().map(toggle).collect();
        if toggles.contains(&None) {
            let message = "marks in headers and footers that have no code were left out";
            self.diagnostics.once(Code::MarkDropped, message, None);
        }
        let toggles: String = toggles.into_iter().flatten().collect();
        self.is_behind_page &= toggles.is_empty();
        self.line.push_str(&toggles);
        self.text(text);
        self.line.push_str(&toggles);
    }

    fn text(&mut self, text: &str) {
        if self.is_behind_page && text.starts_with(['+', '-']) {
            self.line.push_str(APART);
        }
        self.is_behind_page &= text.is_empty();
        // The library takes `&[` for the start of a code of its own.
        let text = text.replace('&', "&&");
        self.line
            .push_str(&text.replace("&[", &format!("&{APART}[")));
    }
}

fn toggle(mark: Mark) -> Option<&'static str> {
    Some(match mark {
        Mark::Bold => "&B",
        Mark::Italic => "&I",
        Mark::Underline => "&U",
        Mark::Strike => "&S",
        Mark::Superscript => "&X",
        Mark::Subscript => "&Y",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use tabulary_ir::{Field, Paragraph};

    #[test]
    fn codes_keep_apart_what_would_be_read_as_one() {
        let text = |text: &str| Inline::text(text, Marks::NONE);
        let bold = |text: &str| Inline::text(text, Mark::Bold.into());
        let page = || {
            Inline::Field(Field {
                instruction: "PAGE".to_owned(),
                ..Field::default()
            })
        };
        for (content, wanted) in [
            (vec![bold("12"), text(" 34")], "&C&B12&B 34"),
            (vec![text("2024")], "&C2024"),
            (vec![text("R&D &B A&")], "&CR&&D &&B A&&"),
            (vec![page(), text("-1")], "&C&P&I&I-1"),
            (vec![page(), text(" - "), page()], "&C&P - &P"),
            (vec![page(), bold("+2")], "&C&P&B+2&B"),
            (vec![text("&[Page]")], "&C&&&I&I[Page]"),
        ] {
            let paragraph = Paragraph {
                content,
                ..Paragraph::default()
            };
            let mut diagnostics = Diagnostics::new();
            let codes = Codes::of(&[Block::Paragraph(paragraph)], &mut diagnostics);
            assert_eq!(codes, wanted);
        }
    }
}
