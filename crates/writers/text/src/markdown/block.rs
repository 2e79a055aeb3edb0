//! Blocks.

use tabulary_ir::{
    Block, Code, CodeBlock, Error, Heading, Inline, List, Paragraph, ParagraphStyle,
};

use super::Markdown;
use super::line::Kind;

/// What stands between two blocks. Two lists, or two quotes, would be one without a comment.
pub(super) fn between(before: Option<&Block>, block: &Block) -> &'static str {
    match (before, block) {
        (None, _) => "",
        (Some(Block::List(_)), Block::List(_)) | (Some(Block::Quote(_)), Block::Quote(_)) => {
            "\n<!-- -->\n\n"
        }
        _ => "\n",
    }
}

/// The text with `prefix` before every line that is not blank.
pub(super) fn indent(text: &str, prefix: &str) -> String {
    let lines = text.split('\n').map(|line| match line {
        "" => prefix.trim_end().to_owned(),
        line => format!("{prefix}{line}"),
    });
    lines.collect::<Vec<_>>().join("\n")
}

impl<'a> Markdown<'a> {
    /// Blocks, without a line end behind the last.
    pub(super) fn blocks(&mut self, blocks: &'a [Block]) -> Result<String, Error> {
        let mut text = String::new();
        let mut before = None;
        for block in blocks {
            if before.is_some() {
                text.push('\n');
            }
            text.push_str(between(before, block));
            text.push_str(&self.block(block)?);
            before = Some(block);
        }
        Ok(text)
    }

    /// A block, without a line end behind it.
    pub(super) fn block(&mut self, block: &'a Block) -> Result<String, Error> {
        self.budget.tick()?;
        Ok(match block {
            Block::Heading(heading) => return self.heading(heading, block),
            Block::Paragraph(paragraph) => return self.paragraph(paragraph, block),
            Block::List(list) => match marker(list) {
                Some(first) => self.list(list, first)?,
                None => self.as_html(block)?,
            },
            Block::Table(table) => match self.pipe_table(table)? {
                Some(text) => text,
                None => self.as_html(block)?,
            },
            Block::Quote(quote) => {
                let inner = self.blocks(&quote.blocks)?;
                indent(&inner, "> ")
            }
            Block::Code(code) => self.code(code, block)?,
            Block::Math(math) if fits_dollars(&math.text) => {
                if math.mathml.is_some() {
                    let message =
                        "the MathML of formulas was left out; their LaTeX notation stands";
                    self.html.diagnostics.once(Code::MathAsText, message, None);
                }
                format!("$$\n{}\n$$", math.text)
            }
            Block::Rule(_) => "***".to_owned(),
            Block::Section(section) => {
                self.html.open_section(section);
                let start = self.html.take();
                let body = self.blocks(&section.body)?;
                let gap = if body.is_empty() { "" } else { "\n\n" };
                format!("{start}{gap}{body}\n\n</section>")
            }
            Block::Figure(_) | Block::PageBreak(_) | Block::Math(_) => self.as_html(block)?,
        })
    }

    /// A block in HTML, in which no line may be blank.
    fn as_html(&mut self, block: &'a Block) -> Result<String, Error> {
        self.html.block(block)?;
        let mut text = self.html.take().trim_end_matches('\n').to_owned();
        while text.contains("\n\n") {
            text = text.replace("\n\n", "\n");
        }
        Ok(text)
    }

    fn heading(&mut self, heading: &'a Heading, block: &'a Block) -> Result<String, Error> {
        self.tell_style(heading.style);
        if heading.level > 6 {
            return self.as_html(block);
        }
        let text = self.line(&heading.content, Kind::Heading);
        let marks = "#".repeat(usize::from(heading.level.max(1)));
        let label = self.label(heading.label.as_deref(), false);
        Ok(format!("{marks} {label}{text}").trim_end().to_owned())
    }

    fn paragraph(&mut self, paragraph: &'a Paragraph, block: &'a Block) -> Result<String, Error> {
        if paragraph.style.role.is_some() {
            return self.as_html(block);
        }
        self.tell_style(paragraph.style);
        let is_blank = |inline: &Inline| match inline {
            Inline::LineBreak => true,
            Inline::Text(run) => run.text.is_empty(),
            _ => false,
        };
        if paragraph.content.iter().all(is_blank) {
            return self.as_html(block);
        }
        let text = self.line(&paragraph.content, Kind::Paragraph);
        let label = self.label(paragraph.label.as_deref(), true);
        Ok(format!("{label}{text}"))
    }

    fn tell_style(&mut self, style: ParagraphStyle) {
        if !style.is_default() {
            let message = "alignment, indents and direction of paragraphs were left out";
            self.html
                .diagnostics
                .once(Code::StyleDropped, message, None);
        }
    }

    /// A label as part of the line.
    fn label(&mut self, label: Option<&str>, begins_line: bool) -> String {
        let Some(label) = label else {
            return String::new();
        };
        let message = "the numbers of headings and paragraphs were written as part of their text";
        self.html
            .diagnostics
            .once(Code::StyleDropped, message, None);
        let place = super::escape::Place {
            begins_line,
            ends_line: false,
        };
        // With the blank, so that `1.` is not taken for an item of a list.
        super::escape::text(&format!("{label} "), place)
    }

    fn code(&mut self, code: &CodeBlock, block: &'a Block) -> Result<String, Error> {
        let language = code.language.as_deref().unwrap_or_default();
        let odd = |c: char| c.is_whitespace() || c.is_control() || ",{`&\\".contains(c);
        if language.contains(odd) || code.text.contains('\r') {
            return self.as_html(block);
        }
        let mut fence = String::from("```");
        while code.text.contains(&fence) {
            fence.push('`');
        }
        let gap = if code.text.is_empty() { "" } else { "\n" };
        Ok(format!("{fence}{language}\n{}{gap}{fence}", code.text))
    }

    fn list(&mut self, list: &'a List, first: Marker) -> Result<String, Error> {
        let tight = list.items.iter().all(|item| item.blocks.len() <= 1);
        let mut text = String::new();
        for (index, item) in list.items.iter().enumerate() {
            if index > 0 {
                text.push_str(if tight { "\n" } else { "\n\n" });
            }
            let marker = match first {
                Marker::Bullet => "- ".to_owned(),
                Marker::Number(start, delimiter) => {
                    format!("{}{delimiter} ", start.saturating_add(index as u64))
                }
            };
            let blocks = self.blocks(&item.blocks)?;
            let inner = indent(&blocks, &" ".repeat(marker.len()));
            text.push_str(format!("{marker}{}", inner.trim_start_matches(' ')).trim_end());
        }
        Ok(text)
    }
}

/// How the items of a list begin.
#[derive(Clone, Copy, Debug)]
enum Marker {
    Bullet,
    /// The first number, and what stands behind it.
    Number(u64, char),
}

/// The marker of the first item, where Markdown shows the same labels from it on. An empty item would
/// take what follows the list into itself.
fn marker(list: &List) -> Option<Marker> {
    if list.items.is_empty() || list.items.iter().any(|item| item.blocks.is_empty()) {
        return None;
    }
    if !list.ordered {
        let plain = list.items.iter().all(|item| item.label.is_none());
        return plain.then_some(Marker::Bullet);
    }
    let first = list.items.first()?.label.as_deref()?;
    let delimiter = first
        .chars()
        .next_back()
        .filter(|c| matches!(c, '.' | ')'))?;
    let start: u64 = first.strip_suffix(delimiter)?.parse().ok()?;
    let last = start.saturating_add(list.items.len() as u64);
    let follows = (start..).zip(&list.items).all(|(number, item)| {
        item.label.as_deref() == Some(format!("{number}{delimiter}").as_str())
    });
    (follows && last < 1_000_000_000).then_some(Marker::Number(start, delimiter))
}

fn fits_dollars(text: &str) -> bool {
    let blank_line = text.split('\n').any(|line| line.trim().is_empty());
    !blank_line
        && !text.contains(['$', '\r', '`'])
        && text.trim().len() == text.len()
        && !text.ends_with('\\')
}
