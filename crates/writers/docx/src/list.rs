//! Lists: numbered paragraphs, and the paragraphs that go on in an item (ECMA-376 17.9).

use tabulary_ir::{Block, Code, Error, List, ListItem, Origin, Paragraph, ParagraphStyle};

use crate::block::{ParagraphSetting, open_paragraph};
use crate::inline::RunSetting;
use crate::label::{self, BULLET, Scheme};
use crate::numbering::Purpose;
use crate::writing::{Setting, Writing};
use crate::xml::Xml;

/// Levels that numbering has.
const LEVELS: u8 = 9;

/// Styles of paragraphs that go on in an item, by its level.
const CONTINUE: [&str; LEVELS as usize] = [
    "ListContinue",
    "ListContinue2",
    "ListContinue3",
    "ListContinue4",
    "ListContinue5",
    "ListContinue6",
    "ListContinue7",
    "ListContinue8",
    "ListContinue9",
];

impl Writing<'_> {
    /// Writes a list whose items stand at a level, from 0.
    pub(crate) fn list(
        &mut self,
        list: &List,
        level: u8,
        setting: Setting,
        out: &mut Xml,
    ) -> Result<(), Error> {
        self.enter()?;
        if level >= LEVELS {
            let message = format!(
                "lists stand more than {LEVELS} deep; the inner ones were brought to the level above"
            );
            self.tell(Code::StyleDropped, message, list.origin.as_ref());
        }
        let level = level.min(LEVELS - 1);
        let labels: Vec<_> = list
            .items
            .iter()
            .map(|item| item.label.as_deref())
            .collect();
        let (scheme, start) = label::scheme(&labels, list.ordered);
        let typed = matches!(scheme, Scheme::Typed { .. });
        let num = self.numbering.list(Purpose::List, level, scheme, start);
        for item in &list.items {
            let label = typed.then(|| item.label.as_deref().unwrap_or(BULLET));
            self.item(
                item,
                (num, level),
                label,
                setting,
                list.origin.as_ref(),
                out,
            )?;
        }
        self.depth -= 1;
        Ok(())
    }

    /// An item: its first paragraph has the label, the others go on in it.
    fn item(
        &mut self,
        item: &ListItem,
        numbering: (usize, u8),
        label: Option<&str>,
        setting: Setting,
        origin: Option<&Origin>,
        out: &mut Xml,
    ) -> Result<(), Error> {
        self.budget.blocks(1)?;
        let nothing = Paragraph::default();
        let (first, rest) = match item.blocks.split_first() {
            Some((Block::Paragraph(first), rest)) if first.label.is_none() => (first, rest),
            _ => (&nothing, item.blocks.as_slice()),
        };
        self.item_paragraph(first, "ListParagraph", Some(numbering), label, setting, out);
        let level = numbering.1;
        for block in rest {
            match block {
                Block::Paragraph(paragraph) if paragraph.label.is_none() => {
                    let style = CONTINUE[usize::from(level)];
                    self.item_paragraph(paragraph, style, None, None, setting, out);
                }
                Block::List(list) => self.list(list, level + 1, setting, out)?,
                other => {
                    let message = "a block inside of a list item stands behind the item";
                    let origin = other.origin().or(origin);
                    self.tell(Code::StyleDropped, message, origin);
                    self.blocks(std::slice::from_ref(other), setting, out)?;
                }
            }
        }
        Ok(())
    }

    fn item_paragraph(
        &mut self,
        paragraph: &Paragraph,
        style: &'static str,
        numbering: Option<(usize, u8)>,
        label: Option<&str>,
        setting: Setting,
        out: &mut Xml,
    ) {
        if paragraph.style.indent.is_some() || paragraph.style.first_line.is_some() {
            let message = "the indents of a list item follow from its level";
            self.tell(Code::StyleDropped, message, paragraph.origin.as_ref());
        }
        let look = ParagraphStyle {
            align: paragraph.style.align.or(setting.align),
            rtl: paragraph.style.rtl,
            ..ParagraphStyle::default()
        };
        open_paragraph(
            ParagraphSetting {
                style: Some(style),
                numbering,
                look,
                flush: false,
            },
            out,
        );
        self.typed_label(label, out);
        let line = RunSetting::of(setting, paragraph.style.rtl);
        self.line(&paragraph.content, line, out);
        out.close("w:p");
    }
}
