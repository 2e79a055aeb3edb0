//! The blank form as a document to fill in: a control for every field.

use tabulary_ir::{
    Block, Cell, Control, ControlKind, Document, Field as Blank, Heading, Inline, Paragraph,
    inline_text,
};

use crate::definition::FieldType;
use crate::fill::rebuild;
use crate::form::Form;
use crate::template::fields_of;

/// The blank form with controls.
pub(super) fn blank(form: &Form) -> Document {
    let template = &form.template.document;
    let mut document = Document {
        body: blocks(form, &template.body),
        page: template.page,
        ..Document::default()
    };
    document.meta.language.clone_from(&form.definition.language);
    document.meta.title = Some(form.title().to_owned());
    document.meta.unseen = true;
    document.strip_origins();
    document
}

fn blocks(form: &Form, all: &[Block]) -> Vec<Block> {
    all.iter()
        .map(|block| match block {
            Block::Paragraph(paragraph) => Block::Paragraph(Paragraph {
                content: line(form, &paragraph.content),
                ..paragraph.clone()
            }),
            Block::Heading(heading) => Block::Heading(Heading {
                content: line(form, &heading.content),
                ..heading.clone()
            }),
            Block::Table(table) => Block::Table(Box::new(rebuild(table, |cell| {
                if fields_of(&cell.plain_text()).is_empty() {
                    return cell.clone();
                }
                let paragraph = Paragraph {
                    content: line(form, &paragraph_of(cell)),
                    ..Paragraph::default()
                };
                Cell {
                    style: cell.style.clone(),
                    ..Cell::blocks(vec![Block::Paragraph(paragraph)])
                }
                .at(cell.row, cell.col)
                .spanning(cell.row_span, cell.col_span)
            }))),
            Block::Section(section) => {
                let mut section = section.clone();
                section.body = blocks(form, &section.body);
                Block::Section(section)
            }
            other => other.clone(),
        })
        .collect()
}

fn paragraph_of(cell: &Cell) -> Vec<Inline> {
    let mut content = Vec::new();
    tabulary_ir::push_text(&mut content, &cell.plain_text(), tabulary_ir::Marks::NONE);
    content
}

/// A line in which every field is a control.
fn line(form: &Form, content: &[Inline]) -> Vec<Inline> {
    let text = inline_text(content);
    let ids = fields_of(&text);
    if ids.is_empty() {
        return content.to_vec();
    }
    let marks = content.iter().find_map(|inline| match inline {
        Inline::Text(run) => Some(run.marks),
        _ => None,
    });
    let marks = marks.unwrap_or_default();
    let mut filled = Vec::new();
    let mut rest = text.as_str();
    for id in ids {
        let Some((before, behind)) = rest.split_once("{{") else {
            break;
        };
        tabulary_ir::push_text(&mut filled, before, marks);
        filled.push(control(form, &id));
        rest = behind.split_once("}}").map_or("", |(_, rest)| rest);
    }
    tabulary_ir::push_text(&mut filled, rest, marks);
    filled
}

fn control(form: &Form, id: &str) -> Inline {
    let field = form.field(id);
    let kind = match field.map(|field| field.kind) {
        Some(FieldType::Choice) => ControlKind::Choice,
        Some(FieldType::Date) => ControlKind::Date,
        _ => ControlKind::Text,
    };
    Inline::Field(Blank {
        content: Vec::new(),
        control: Some(Box::new(Control {
            checked: false,
            choices: field.map(|field| field.choices.clone()).unwrap_or_default(),
            kind,
            tag: Some(id.to_owned()),
            title: field.map(|field| field.label.clone()),
        })),
        instruction: String::new(),
    })
}
