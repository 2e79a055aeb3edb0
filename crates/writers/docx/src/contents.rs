//! The table of contents (ECMA-376 17.16.5.68): a field whose entries lead to the headings.

use tabulary_ir::{Align, Block, Code, Heading, ParagraphRole, inline_text, labelled};

use crate::writing::{Place, Setting, Writing};
use crate::xml::Xml;

/// Headings of deeper levels have no entry.
pub(crate) const DEEPEST: u8 = 3;

/// A heading that has an entry.
#[derive(Debug)]
pub(crate) struct ContentsEntry {
    level: u8,
    text: String,
    /// The place that stands before its text.
    name: String,
}

/// How many blocks at the start are the title of the whole: a table of contents stands below them.
pub(crate) fn title_length(blocks: &[Block]) -> usize {
    let is_title = |block: &Block| match block {
        Block::Paragraph(paragraph) => matches!(
            paragraph.style.role,
            Some(ParagraphRole::Title | ParagraphRole::Subtitle)
        ),
        Block::Heading(heading) => heading.level == 1 && heading.style.align == Some(Align::Center),
        _ => false,
    };
    blocks.iter().take_while(|block| is_title(block)).count()
}

impl Writing<'_> {
    /// Notes a heading, and marks its place.
    pub(crate) fn note_heading(&mut self, heading: &Heading, setting: Setting, out: &mut Xml) {
        let Some(entries) = &mut self.contents else {
            return;
        };
        if heading.level > DEEPEST || setting.place != Place::Body {
            return;
        }
        let name = format!("_Contents{}", entries.len() + 1);
        entries.push(ContentsEntry {
            level: heading.level.max(1),
            text: labelled(heading.label.as_deref(), inline_text(&heading.content))
                .replace(['\n', '\t'], " "),
            name: name.clone(),
        });
        self.anchor(&name, out);
    }

    /// The table of contents with the headings that were noted. Numbers of pages are worked out by the
    /// program that lays the document out.
    pub(crate) fn contents(&mut self) -> Xml {
        let mut out = Xml::default();
        let entries = self.contents.take().unwrap_or_default();
        if entries.is_empty() {
            let message = "the document has no headings; it has no table of contents";
            self.tell(Code::BlockDropped, message, None);
            return out;
        }
        out.raw(concat!(
            r#"<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/>"#,
            r#"<w:docPartUnique/></w:docPartObj></w:sdtPr><w:sdtContent>"#,
        ));
        out.raw(r#"<w:p><w:pPr><w:pStyle w:val="TOCHeading"/></w:pPr><w:r>"#);
        out.leaf("w:t", self.look.contents_title());
        out.raw("</w:r></w:p>");
        let width = self.text_width().to_string();
        for (index, entry) in entries.iter().enumerate() {
            out.open("w:p", &[]);
            out.open("w:pPr", &[]);
            out.val("w:pStyle", &format!("TOC{}", entry.level));
            out.open("w:tabs", &[]);
            let tab = [("w:val", "right"), ("w:leader", "dot"), ("w:pos", &width)];
            out.empty("w:tab", &tab);
            out.close("w:tabs");
            out.close("w:pPr");
            if index == 0 {
                out.raw(r#"<w:r><w:fldChar w:fldCharType="begin" w:dirty="true"/></w:r>"#);
                instruction(&format!("TOC \\o \"1-{DEEPEST}\" \\h \\z \\u"), &mut out);
                out.raw(r#"<w:r><w:fldChar w:fldCharType="separate"/></w:r>"#);
            }
            out.open("w:hyperlink", &[("w:anchor", &entry.name)]);
            out.open("w:r", &[]);
            out.leaf("w:t", &entry.text);
            out.close("w:r");
            out.raw("<w:r><w:tab/></w:r>");
            out.raw(r#"<w:r><w:fldChar w:fldCharType="begin"/></w:r>"#);
            instruction(&format!("PAGEREF {} \\h", entry.name), &mut out);
            out.raw(r#"<w:r><w:fldChar w:fldCharType="separate"/></w:r>"#);
            out.raw(r#"<w:r><w:fldChar w:fldCharType="end"/></w:r>"#);
            out.close("w:hyperlink");
            if index + 1 == entries.len() {
                out.raw(r#"<w:r><w:fldChar w:fldCharType="end"/></w:r>"#);
            }
            out.close("w:p");
        }
        out.raw("</w:sdtContent></w:sdt>");
        out
    }
}

fn instruction(text: &str, out: &mut Xml) {
    out.open("w:r", &[]);
    out.open("w:instrText", &[("xml:space", "preserve")]);
    out.text(&format!(" {text} "));
    out.close("w:instrText");
    out.close("w:r");
}
