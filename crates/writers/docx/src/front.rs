//! Title and labelled fields above the text, as a portal prints them.

use tabulary_ir::{Inline, Marks, block_text};

use crate::block::{ParagraphSetting, open_paragraph};
use crate::writing::{Setting, Writing};
use crate::xml::Xml;

/// Blocks at the start that may say the title.
const FIRST: usize = 3;

impl Writing<'_> {
    /// Writes the title, where the text does not begin with it, and a line for each field that says
    /// something. Where there are no fields nothing is above the text.
    pub(crate) fn front(&mut self, setting: Setting, out: &mut Xml) {
        let document = self.document;
        let meta = &document.meta;
        self.record.unseen = meta.unseen;
        if meta.unseen || meta.fields.is_empty() {
            return;
        }
        let mut first = document.body.iter().take(FIRST).map(block_text);
        let title = meta.title.as_deref().map(str::trim);
        if let Some(title) = title.filter(|title| !first.any(|text| text.trim() == *title)) {
            self.front_line("FrontTitle", title, setting, out);
        }
        for (name, text) in meta.fields.iter().filter(|(_, text)| !text.is_empty()) {
            let between = if name.is_ascii() { ": " } else { "：" };
            self.front_line(
                "FrontMatter",
                &format!("{name}{between}{text}"),
                setting,
                out,
            );
        }
    }

    fn front_line(&mut self, style: &'static str, text: &str, setting: Setting, out: &mut Xml) {
        let styled = ParagraphSetting {
            style: Some(style),
            ..ParagraphSetting::default()
        };
        open_paragraph(styled, out);
        let mut content: Vec<Inline> = Vec::new();
        tabulary_ir::push_text(&mut content, text, Marks::NONE);
        self.line(&content, setting.into(), out);
        out.close("w:p");
        self.has_begun = true;
    }
}
