//! Blocks: paragraphs and what is written as paragraphs of a style.

use tabulary_ir::{
    Align, Block, Code, CodeBlock, Error, Figure, Heading, Inline, InlineMath, Marks, Math,
    Paragraph, ParagraphRole, ParagraphStyle, Points, Quote, Text,
};

use crate::inline::RunSetting;
use crate::label::{self, Scheme};
use crate::numbering::Purpose;
use crate::writing::{Place, Setting, Writing, alignment};
use crate::xml::Xml;

/// The style of the run in which a label is typed that no numbering can make.
const TYPED_LABEL: &str = "ListLabel";
/// The style of empty paragraphs that the format asks for.
pub(crate) const SEPARATOR: &str = "TableSeparator";

/// The properties of a paragraph, as they are written.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct ParagraphSetting {
    pub(crate) style: Option<&'static str>,
    /// The numbering instance and the level.
    pub(crate) numbering: Option<(usize, u8)>,
    pub(crate) look: ParagraphStyle,
    /// The style indents the first line, and this paragraph must not be.
    pub(crate) flush: bool,
}

/// Styles of headings by their level.
const HEADINGS: [&str; 9] = [
    "Heading1", "Heading2", "Heading3", "Heading4", "Heading5", "Heading6", "Heading7", "Heading8",
    "Heading9",
];

/// The style of headings of a level, from 1.
pub(crate) fn heading_style(level: u8) -> &'static str {
    HEADINGS[usize::from(level.clamp(1, 9) - 1)]
}

impl Writing<'_> {
    /// Writes blocks, with separators where two would be read as one.
    pub(crate) fn blocks(
        &mut self,
        blocks: &[Block],
        setting: Setting,
        out: &mut Xml,
    ) -> Result<(), Error> {
        self.enter()?;
        let mut before = None;
        for (index, block) in blocks.iter().enumerate() {
            self.budget.blocks(1)?;
            self.budget.tick()?;
            if before.is_some_and(|before| join_by_mistake(before, block)) {
                self.separator(out);
            }
            if let Block::Section(section) = block {
                self.section(section, setting, blocks.get(index + 1), out)?;
            } else {
                self.block(block, setting, out)?;
                self.has_begun = true;
            }
            before = Some(block);
        }
        self.depth -= 1;
        Ok(())
    }

    fn block(&mut self, block: &Block, setting: Setting, out: &mut Xml) -> Result<(), Error> {
        match block {
            Block::Heading(heading) => self.heading(heading, setting, out),
            Block::Paragraph(paragraph) => self.paragraph(paragraph, setting, out),
            Block::List(list) => self.list(list, 0, setting, out)?,
            Block::Table(table) => self.table(table, setting, out)?,
            Block::Figure(figure) => self.figure(figure, setting, out),
            Block::Quote(quote) => self.quote(quote, setting, out)?,
            Block::Code(code) => self.code(code, setting, out),
            Block::Math(math) => self.math_block(math, out),
            Block::Rule(_) => self.open_and_close("HorizontalLine", out),
            Block::PageBreak(page_break) if setting.place == Place::Body => {
                out.raw("<w:p><w:r>");
                let kind = if page_break.column { "column" } else { "page" };
                out.empty("w:br", &[("w:type", kind)]);
                out.raw("</w:r></w:p>");
            }
            Block::PageBreak(page_break) => {
                let message = "a page break outside of the body was left out";
                self.tell(Code::BlockDropped, message, page_break.origin.as_ref());
            }
            Block::Section(section) => self.blocks(&section.body, setting, out)?,
        }
        Ok(())
    }

    /// An empty paragraph that says nothing.
    pub(crate) fn separator(&mut self, out: &mut Xml) {
        self.open_and_close(SEPARATOR, out);
    }

    pub(crate) fn open_and_close(&mut self, style: &'static str, out: &mut Xml) {
        let setting = ParagraphSetting {
            style: Some(style),
            ..ParagraphSetting::default()
        };
        open_paragraph(setting, out);
        out.close("w:p");
    }

    fn heading(&mut self, heading: &Heading, setting: Setting, out: &mut Xml) {
        let level = heading.level.clamp(1, 9);
        let (numbering, typed) = self.label(heading.label.as_deref(), Purpose::Heading(level));
        let flush = matches!(heading.style.align, Some(Align::Center | Align::Right));
        open_paragraph(
            ParagraphSetting {
                style: Some(heading_style(level)),
                numbering,
                look: heading.style,
                flush: flush || setting.place == Place::Cell,
            },
            out,
        );
        self.note_heading(heading, setting, out);
        self.typed_label(typed, out);
        // A heading of the first level in the middle is the title of the whole (GB/T 9704 7.3.1).
        let is_title = level == 1 && heading.style.align == Some(Align::Center);
        let setting = Setting {
            size: if is_title && setting.place == Place::Body {
                Some(self.look.title_size)
            } else {
                setting.size
            },
            ..setting
        };
        let line = RunSetting::of(setting, heading.style.rtl);
        self.line(&heading.content, line, out);
        out.close("w:p");
    }

    fn paragraph(&mut self, paragraph: &Paragraph, setting: Setting, out: &mut Xml) {
        let (numbering, typed) = self.label(paragraph.label.as_deref(), Purpose::Paragraph);
        let style = match paragraph.style.role {
            Some(ParagraphRole::Title) => Some("Title"),
            Some(ParagraphRole::Subtitle) => Some("Subtitle"),
            None if numbering.is_some() => Some("LabelledParagraph"),
            None => self.paragraph_style(paragraph, setting),
        };
        open_paragraph(
            ParagraphSetting {
                style,
                numbering,
                look: ParagraphStyle {
                    align: paragraph.style.align.or(setting.align),
                    ..paragraph.style
                },
                flush: false,
            },
            out,
        );
        self.typed_label(typed, out);
        let line = RunSetting::of(setting, paragraph.style.rtl);
        self.line(&paragraph.content, line, out);
        out.close("w:p");
    }

    /// In the body, a paragraph is set as text with its first line set in, unless it says how it is
    /// set, begins with typed blanks, or stands in the middle.
    fn paragraph_style(&self, paragraph: &Paragraph, setting: Setting) -> Option<&'static str> {
        if setting.place != Place::Body || setting.style.is_some() {
            return setting.style;
        }
        let style = paragraph.style;
        let set = style.first_line.is_some() || style.indent.is_some();
        let aligned = matches!(style.align, Some(Align::Center | Align::Right));
        let is_text = |inline: &&Inline| !matches!(inline, Inline::Anchor(_));
        let typed = match paragraph.content.iter().find(is_text) {
            Some(Inline::Text(Text { text, .. })) => text.starts_with(['\u{3000}', ' ']),
            None => false,
            Some(inline) => !matches!(inline, Inline::Link(_) | Inline::Field(_)),
        };
        (!set && !aligned && !typed).then_some("BodyText")
    }

    /// The numbering that makes a label, and the label where it must be typed.
    fn label<'l>(
        &mut self,
        label: Option<&'l str>,
        purpose: Purpose,
    ) -> (Option<(usize, u8)>, Option<&'l str>) {
        let Some(label) = label else {
            return (None, None);
        };
        let (scheme, number) = label::of_label(label);
        let typed = matches!(scheme, Scheme::Typed { .. });
        let num = self.numbering.next(purpose, scheme, number);
        (Some((num, 0)), typed.then_some(label))
    }

    /// Types a label, with a tabulator behind it.
    pub(crate) fn typed_label(&mut self, label: Option<&str>, out: &mut Xml) {
        let Some(label) = label else {
            return;
        };
        self.check_text(label);
        out.open("w:r", &[]);
        out.open("w:rPr", &[]);
        out.val("w:rStyle", TYPED_LABEL);
        out.close("w:rPr");
        out.leaf("w:t", label);
        out.empty("w:tab", &[]);
        out.close("w:r");
    }

    fn figure(&mut self, figure: &Figure, setting: Setting, out: &mut Xml) {
        let styled = |style| ParagraphSetting {
            style: Some(style),
            ..ParagraphSetting::default()
        };
        open_paragraph(styled("Figure"), out);
        self.line(&figure.content, setting.into(), out);
        out.close("w:p");
        if !figure.caption.is_empty() {
            open_paragraph(styled("Caption"), out);
            self.line(&figure.caption, setting.into(), out);
            out.close("w:p");
        }
    }

    /// Paragraphs of a quote are set as such; what else stands in it is written as it is.
    fn quote(&mut self, quote: &Quote, setting: Setting, out: &mut Xml) -> Result<(), Error> {
        let inside = Setting {
            style: Some("Quote"),
            ..setting
        };
        let only_text = quote
            .blocks
            .iter()
            .all(|block| matches!(block, Block::Paragraph(p) if p.label.is_none()));
        if !only_text {
            let message = "a quote holds more than paragraphs; these were written as they are";
            self.tell(Code::StyleDropped, message, quote.origin.as_ref());
        }
        self.blocks(&quote.blocks, inside, out)
    }

    fn code(&mut self, code: &CodeBlock, setting: Setting, out: &mut Xml) {
        if let Some(language) = &code.language {
            let message = format!("the language {language:?} of a piece of code was left out");
            self.tell(Code::StyleDropped, message, code.origin.as_ref());
        }
        let style = ParagraphSetting {
            style: Some("Code"),
            ..ParagraphSetting::default()
        };
        open_paragraph(style, out);
        let mut content = Vec::new();
        tabulary_ir::push_text(&mut content, &code.text, Marks::NONE);
        self.line(&content, setting.into(), out);
        out.close("w:p");
    }

    fn math_block(&mut self, math: &Math, out: &mut Xml) {
        out.raw("<w:p><m:oMathPara>");
        let formula = InlineMath {
            mathml: math.mathml.clone(),
            text: math.text.clone(),
        };
        self.math(&formula, out);
        out.raw("</m:oMathPara></w:p>");
    }
}

/// Whether two blocks that follow one another would be read as one.
fn join_by_mistake(before: &Block, block: &Block) -> bool {
    matches!(
        (before, block),
        (Block::Table(_), Block::Table(_))
            | (Block::Quote(_), Block::Quote(_))
            | (Block::Code(_), Block::Code(_))
    )
}

/// Opens a paragraph, with its properties in the order of their schema (ECMA-376 17.3.1.26).
pub(crate) fn open_paragraph(setting: ParagraphSetting, out: &mut Xml) {
    out.open("w:p", &[]);
    let look = setting.look;
    if setting.style.is_none() && setting.numbering.is_none() && look.is_default() {
        return;
    }
    out.open("w:pPr", &[]);
    if let Some(style) = setting.style {
        out.val("w:pStyle", style);
    }
    if let Some((num, level)) = setting.numbering {
        out.open("w:numPr", &[]);
        out.val("w:ilvl", &level.to_string());
        out.val("w:numId", &num.to_string());
        out.close("w:numPr");
    }
    if look.rtl {
        out.empty("w:bidi", &[]);
    }
    indent(look, setting.flush, out);
    if let Some(align) = look.align {
        out.val("w:jc", alignment(align, look.rtl));
    }
    out.close("w:pPr");
}

fn indent(look: ParagraphStyle, flush: bool, out: &mut Xml) {
    let twips = |length: Option<Points>| length.map(Points::to_twips);
    let mut attributes = Vec::new();
    if let Some(left) = twips(look.indent) {
        attributes.push(("w:left", left.to_string()));
    }
    match twips(look.first_line) {
        Some(first) if first < 0 => attributes.push(("w:hanging", (-first).to_string())),
        Some(first) => attributes.push(("w:firstLine", first.to_string())),
        None if flush => attributes.push(("w:firstLine", "0".to_owned())),
        None => {}
    }
    if !attributes.is_empty() {
        let attributes: Vec<_> = attributes
            .iter()
            .map(|(name, value)| (*name, value.as_str()))
            .collect();
        out.empty("w:ind", &attributes);
    }
}
