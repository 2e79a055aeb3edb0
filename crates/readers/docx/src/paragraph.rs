//! Paragraphs (ECMA-376 17.3.1): which block a line becomes.

use tabulary_encoding::symbol;
use tabulary_ir::{
    Block, Code, Error, Heading, Inline, Math, Origin, PageBreak, Paragraph, ParagraphRole,
    ParagraphStyle, Points, Rule, inline_text,
};
use tabulary_package::xml::{Element, Ns};

use crate::control;
use crate::flow::{Flow, Item};
use crate::looks::ParagraphTrim;
use crate::markup::child_val;
use crate::math;
use crate::numbering::Label;
use crate::reading::Reading;
use crate::role::Role;
use crate::run::{Line, join};
use crate::styles::{ParagraphLook, ParagraphProperties, RunProperties, mirrored};

/// What is known of a paragraph beside its line.
struct Setting {
    role: Role,
    /// The level of a heading, from 1.
    heading: Option<u8>,
    style: ParagraphStyle,
    numbered: Option<Numbered>,
    page_break_before: bool,
    ruled: bool,
    trim: ParagraphTrim,
    origin: Option<Origin>,
}

struct Numbered {
    num: String,
    level: u8,
    label: Label,
}

impl Reading<'_> {
    /// Reads a paragraph into a flow. What its text boxes hold stands behind it.
    pub(crate) fn paragraph(
        &mut self,
        element: &Element,
        path: &str,
        flow: &mut Flow,
    ) -> Result<(), Error> {
        let nothing = ParagraphLook::default();
        let own = element.child(Ns::W, "pPr");
        let look = self
            .styles
            .paragraph(own.and_then(|own| child_val(own, "pStyle")))
            .unwrap_or(&nothing)
            .clone();
        let mut setting = self.setting(own, &look, path);
        let plain = RunProperties::default();
        // How the letters of a heading or of code look goes without saying.
        let run = match (setting.heading, setting.role) {
            (Some(_), _) | (_, Role::Code) => &plain,
            _ => &look.run,
        };
        let mut line = self.line(element, run, path)?;
        self.tell_trim(setting.trim, has_something(&line.content), path);
        let outer = flow.take_joined();
        if !outer.is_empty() {
            let behind = std::mem::replace(&mut line.content, outer);
            join(&mut line.content, behind);
        }
        let mark = own.and_then(|own| own.child(Ns::W, "rPr"));
        let mut changes = mark.into_iter().flat_map(Element::elements);
        let ends_more = own.is_some_and(|own| own.child(Ns::W, "sectPr").is_some())
            || !line.boxes.is_empty()
            || !line.before_breaks.is_empty();
        if changes.any(|change| self.is_gone(change)) && !ends_more {
            // Without its end a paragraph goes on in the next one (ECMA-376-1 17.13.5.15).
            flow.join(line.content);
            return Ok(());
        }
        if let Some(control) = self.control().filter(|_| has_something(&line.content)) {
            let content = std::mem::take(&mut line.content);
            line.content.push(control::around(control.clone(), content));
        }
        if let Some((face, _)) = line.faces.drain(..).max_by_key(|(_, count)| *count) {
            self.faces.insert(path.to_owned(), face);
        }
        if let (Some(numbered), Some(typed)) = (&mut setting.numbered, line.typed_label.take()) {
            numbered.label.text = Some(typed).filter(|typed| typed != symbol::BULLET);
            numbered.label.unseen = false;
        }
        self.place(line, setting, flow);
        if let Some(section) = own.and_then(|own| own.child(Ns::W, "sectPr")) {
            self.end_pages(section, flow);
        }
        Ok(())
    }

    fn setting(&mut self, own: Option<&Element>, look: &ParagraphLook, path: &str) -> Setting {
        let direct = own.map(ParagraphProperties::of).unwrap_or_default();
        let styled = &look.properties;
        let outline = direct.outline.or(styled.outline);
        let mut trim = direct.trim;
        trim.inherit(styled.trim);
        let rtl = direct.rtl.or(styled.rtl).unwrap_or(false);
        let align = direct.look.align.or(styled.look.align);
        let style = ParagraphStyle {
            align: if rtl { align.map(mirrored) } else { align },
            first_line: said(direct.look.first_line.or(styled.look.first_line)),
            indent: said(direct.look.indent.or(styled.look.indent)),
            role: match look.role {
                Role::Title => Some(ParagraphRole::Title),
                Role::Subtitle => Some(ParagraphRole::Subtitle),
                _ => None,
            },
            rtl,
        };
        let ruled = own.is_some_and(|own| {
            own.child(Ns::W, "pBdr").is_some_and(|borders| {
                borders.elements().any(|border| {
                    matches!(border.local.as_str(), "top" | "bottom" | "between")
                        && crate::markup::val(border) != Some("nil")
                        && crate::markup::val(border) != Some("none")
                })
            })
        });
        Setting {
            role: look.role,
            heading: outline.filter(|&level| level < 9).map(|level| level + 1),
            style,
            numbered: self.numbered(&direct, look, path),
            page_break_before: direct
                .page_break_before
                .or(styled.page_break_before)
                .unwrap_or(false),
            ruled,
            trim,
            origin: Some(self.origin(path)),
        }
    }

    /// The label of a paragraph: the numbering that it names itself, else that of its style
    /// (ECMA-376 17.9.18). The instance 0 takes numbering away.
    fn numbered(
        &mut self,
        direct: &ParagraphProperties,
        look: &ParagraphLook,
        path: &str,
    ) -> Option<Numbered> {
        let named = |properties: &ParagraphProperties| properties.numbering.clone();
        let (direct, styled) = (named(direct), named(&look.properties));
        let num = direct.as_ref().and_then(|numbering| numbering.num.clone());
        let by_style = num.is_none();
        let num = num.or_else(|| styled.as_ref().and_then(|numbering| numbering.num.clone()))?;
        if num == "0" || num.is_empty() {
            return None;
        }
        if !self.numbering.has(&num) {
            let message = format!("the numbering {num} is not defined; its paragraph has no label");
            self.tell(Code::ReferenceMissing, message, path);
            return None;
        }
        let level = direct.and_then(|numbering| numbering.level);
        let of_style = || {
            let linked = self.numbering.level_of_style(&num, &look.id);
            linked.or_else(|| styled.and_then(|numbering| numbering.level))
        };
        let level = match level {
            Some(level) => level,
            None if by_style => of_style().unwrap_or(0),
            None => 0,
        };
        let label = self.numbering.next(&mut self.counters, &num, level)?;
        Some(Numbered { num, level, label })
    }

    /// Puts a line into the flow as the block that it is.
    fn place(&mut self, mut line: Line, setting: Setting, flow: &mut Flow) {
        let origin = setting.origin.clone();
        if setting.page_break_before {
            flow.block(page_break(false, origin.clone()));
        }
        let boxes = std::mem::take(&mut line.boxes);
        let broken = !line.before_breaks.is_empty();
        for (content, column) in std::mem::take(&mut line.before_breaks) {
            if !content.is_empty() {
                self.place_content(content, line.display_math, &setting, Vec::new(), flow);
            }
            flow.block(page_break(column, origin.clone()));
        }
        let content = std::mem::take(&mut line.content);
        let says_nothing = content.is_empty() && setting.numbered.is_none();
        if says_nothing && (broken || !boxes.is_empty() || line.rule) {
            if line.rule {
                flow.block(Block::Rule(Rule { origin }));
            }
            for block in boxes {
                flow.block(block);
            }
            return;
        }
        self.place_content(content, line.display_math, &setting, boxes, flow);
    }

    fn place_content(
        &mut self,
        content: Vec<Inline>,
        display_math: bool,
        setting: &Setting,
        mut boxes: Vec<Block>,
        flow: &mut Flow,
    ) {
        let blank = content.is_empty();
        if let Some(level) = setting.heading
            && has_something(&content)
        {
            flow.block(Block::Heading(Heading {
                label: setting.numbered.as_ref().and_then(|n| n.label.text.clone()),
                content,
                level,
                origin: setting.origin.clone(),
                style: setting.style,
            }));
        } else if let Some(numbered) = setting.numbered.as_ref().filter(|_| is_item(setting)) {
            self.place_item(content, numbered, setting, &mut boxes, flow);
        } else if display_math && is_math(&content) {
            for inline in content {
                if let Inline::Math(formula) = inline {
                    flow.block(Block::Math(Math {
                        mathml: formula.mathml.map(|mathml| math::as_block(&mathml)),
                        origin: setting.origin.clone(),
                        text: formula.text,
                    }));
                }
            }
        } else if blank && (setting.role == Role::Rule || setting.ruled) {
            flow.block(Block::Rule(Rule {
                origin: setting.origin.clone(),
            }));
        } else {
            self.place_by_role(content, setting, flow);
        }
        for block in boxes {
            flow.block(block);
        }
    }

    fn place_by_role(&mut self, content: Vec<Inline>, setting: &Setting, flow: &mut Flow) {
        let blank = content.is_empty();
        let origin = setting.origin.clone();
        let mut paragraph = Paragraph {
            content,
            label: None,
            origin: origin.clone(),
            style: setting.style,
        };
        match setting.role {
            Role::Separator | Role::SectionEnd if blank => {
                if setting.role == Role::SectionEnd {
                    flow.end_section();
                } else {
                    flow.separate();
                }
            }
            Role::PageNumber | Role::Contents | Role::Front if self.record.own => {}
            Role::Section(kind) if self.record.own => {
                flow.section(kind, inline_text(&paragraph.content), origin);
            }
            Role::Quote => flow.quote(Block::Paragraph(paragraph)),
            Role::Code if is_plain(&paragraph.content) => {
                flow.code(&inline_text(&paragraph.content), origin);
            }
            Role::Figure if has_image(&paragraph.content) => {
                flow.figure(paragraph.content, origin);
            }
            Role::Caption => {
                if let Some(content) = flow.figure_caption(paragraph.content) {
                    paragraph.content = content;
                    flow.block(Block::Paragraph(paragraph));
                }
            }
            Role::TableCaption => flow.table_caption(paragraph.content),
            Role::Continuation(level) => {
                paragraph.style.indent = None;
                paragraph.style.first_line = None;
                flow.continuation(level, Block::Paragraph(paragraph));
            }
            _ => {
                if let Some(numbered) = &setting.numbered {
                    paragraph.label.clone_from(&numbered.label.text);
                }
                flow.block(Block::Paragraph(paragraph));
            }
        }
    }

    /// Items stand where their level puts them, so that their indents are not said again.
    fn place_item(
        &self,
        content: Vec<Inline>,
        numbered: &Numbered,
        setting: &Setting,
        boxes: &mut Vec<Block>,
        flow: &mut Flow,
    ) {
        let mut blocks = Vec::new();
        if !content.is_empty() {
            blocks.push(Block::Paragraph(Paragraph {
                content,
                label: None,
                origin: setting.origin.clone(),
                style: ParagraphStyle {
                    align: setting.style.align,
                    rtl: setting.style.rtl,
                    ..ParagraphStyle::default()
                },
            }));
        }
        if boxes
            .iter()
            .all(|block| matches!(block, Block::Paragraph(_)))
        {
            blocks.append(boxes);
        }
        flow.item(Item {
            num: numbered.num.clone(),
            level: numbered.level,
            label: numbered.label.text.clone(),
            ordered: numbered.label.ordered,
            blocks,
            origin: setting.origin.clone(),
        });
    }
}

/// Whether a numbered paragraph is an item of a list. One whose numbering shows nothing is none.
fn is_item(setting: &Setting) -> bool {
    let shown = setting.numbered.as_ref().is_some_and(|n| !n.label.unseen);
    let role = matches!(
        setting.role,
        Role::Labelled | Role::Caption | Role::TableCaption | Role::Figure
    );
    shown && !role
}

/// An indent of nothing is none.
fn said(length: Option<Points>) -> Option<Points> {
    length.filter(|length| *length != Points::default())
}

fn page_break(column: bool, origin: Option<Origin>) -> Block {
    Block::PageBreak(PageBreak { column, origin })
}

fn has_something(content: &[Inline]) -> bool {
    !inline_text(content).trim().is_empty() || has_image(content)
}

fn has_image(content: &[Inline]) -> bool {
    content.iter().any(|inline| match inline {
        Inline::Image(_) => true,
        Inline::Link(link) => has_image(&link.content),
        _ => false,
    })
}

/// Whether a line is text alone.
fn is_plain(content: &[Inline]) -> bool {
    content
        .iter()
        .all(|inline| matches!(inline, Inline::Text(_) | Inline::Tab | Inline::LineBreak))
}

/// Whether a line is formulas alone, with blanks between.
fn is_math(content: &[Inline]) -> bool {
    content.iter().all(|inline| match inline {
        Inline::Math(_) | Inline::Tab | Inline::LineBreak => true,
        Inline::Text(run) => run.text.trim().is_empty(),
        _ => false,
    })
}
