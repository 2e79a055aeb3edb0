//! Blocks.

use tabulary_ir::{
    Block, CodeBlock, Error, Figure, Heading, Inline, ParagraphRole, ParagraphStyle, Section,
    SectionKind,
};

use super::{Html, align_name};

impl<'a> Html<'a> {
    /// Writes a block on lines of its own.
    ///
    /// # Errors
    /// Of kind `Limit` where a bound is passed.
    pub fn block(&mut self, block: &'a Block) -> Result<(), Error> {
        self.budget.tick()?;
        match block {
            Block::Heading(heading) => self.heading(heading),
            Block::Paragraph(paragraph) => {
                self.own_line(
                    "p",
                    "",
                    &paragraph.content,
                    paragraph.label.as_deref(),
                    paragraph.style,
                );
            }
            Block::List(list) => self.list(list)?,
            Block::Table(table) => self.table(table)?,
            Block::Figure(figure) => self.figure(figure),
            Block::Quote(quote) => {
                self.raw("<blockquote>\n");
                self.blocks(&quote.blocks)?;
                self.raw("</blockquote>\n");
            }
            Block::Code(code) => self.code(code),
            Block::Math(math) => {
                self.math("div", math.mathml.as_deref(), &math.text);
                self.raw("\n");
            }
            Block::Rule(_) => self.raw("<hr>\n"),
            Block::PageBreak(page_break) => {
                let name = match page_break.column {
                    true => "column-break",
                    false => "page-break",
                };
                self.raw("<div");
                self.attribute("data-tabulary", name);
                self.raw("></div>\n");
            }
            Block::Section(section) => {
                self.open_section(section);
                self.raw("\n");
                self.blocks(&section.body)?;
                self.raw("</section>\n");
            }
        }
        Ok(())
    }

    fn heading(&mut self, heading: &'a Heading) {
        let (name, more) = match heading.level {
            0..=1 => ("h1", ""),
            2 => ("h2", ""),
            3 => ("h3", ""),
            4 => ("h4", ""),
            5 => ("h5", ""),
            6 => ("h6", ""),
            7 => ("h6", " aria-level=\"7\""),
            8 => ("h6", " aria-level=\"8\""),
            _ => ("h6", " aria-level=\"9\""),
        };
        self.own_line(
            name,
            more,
            &heading.content,
            heading.label.as_deref(),
            heading.style,
        );
    }

    fn own_line(
        &mut self,
        name: &str,
        more: &str,
        content: &'a [Inline],
        label: Option<&str>,
        style: ParagraphStyle,
    ) {
        self.raw("<");
        self.raw(name);
        self.raw(more);
        match style.role {
            Some(ParagraphRole::Title) => self.attribute("class", "title"),
            Some(ParagraphRole::Subtitle) => self.attribute("class", "subtitle"),
            None => {}
        }
        if style.rtl {
            self.attribute("dir", "rtl");
        }
        let mut css = Vec::new();
        if let Some(align) = style.align {
            css.push(format!("text-align:{}", align_name(align)));
        }
        if let Some(first_line) = style.first_line {
            css.push(format!("text-indent:{first_line}pt"));
        }
        if let Some(indent) = style.indent {
            let side = if style.rtl { "right" } else { "left" };
            css.push(format!("margin-{side}:{indent}pt"));
        }
        if !css.is_empty() {
            self.attribute("style", &css.join(";"));
        }
        self.raw(">");
        if let Some(label) = label {
            self.label(label);
        }
        if content.is_empty() {
            // An element without a line end in it would not be shown at all.
            self.raw("<br>");
        } else {
            self.line(content);
        }
        self.raw("</");
        self.raw(name);
        self.raw(">\n");
    }

    pub(super) fn label(&mut self, label: &str) {
        self.raw("<span data-tabulary=\"label\">");
        self.text(label);
        self.raw("</span> ");
    }

    fn figure(&mut self, figure: &'a Figure) {
        self.raw("<figure data-tabulary=\"figure\">");
        self.line(&figure.content);
        if !figure.caption.is_empty() {
            self.raw("<figcaption>");
            self.line(&figure.caption);
            self.raw("</figcaption>");
        }
        self.raw("</figure>\n");
    }

    fn code(&mut self, code: &CodeBlock) {
        self.raw("<pre><code");
        if let Some(language) = &code.language {
            self.attribute("class", &format!("language-{language}"));
        }
        self.raw(">");
        self.text(&code.text);
        self.raw("</code></pre>\n");
    }

    /// Writes the start tag of a section, and its name for who reads the page.
    pub fn open_section(&mut self, section: &Section) {
        self.raw("<section");
        let kind = match section.kind {
            SectionKind::Sheet => "sheet",
            SectionKind::Page => "page",
            SectionKind::Part => "part",
        };
        self.attribute("data-kind", kind);
        if !section.name.is_empty() {
            self.attribute("data-name", &section.name);
        }
        if section.hidden {
            self.raw(" hidden");
        }
        self.raw(">");
        if !section.name.is_empty() {
            self.raw("<p data-tabulary=\"name\">");
            self.text(&section.name);
            self.raw("</p>");
        }
    }
}
