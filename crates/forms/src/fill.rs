//! Data and a template become the document that is published.

use tabulary_ir::{
    Block, Cell, Content, Decimal, Diagnostics, Document, Heading, Inline, Paragraph, Table, Value,
    push_text,
};

use crate::definition::FieldType;
use crate::form::Form;
use crate::report::Report;
use crate::template::{fields_of, replace_fields};
use crate::value::FieldValue;

/// The document that a report is published as.
pub fn fill(form: &Form, report: &Report) -> Document {
    let template = &form.template.document;
    let mut document = Document {
        body: Filler { form, report }.blocks(&template.body),
        page: template.page,
        ..Document::default()
    };
    document.meta.language.clone_from(&form.definition.language);
    document.meta.fields = report.meta.clone();
    document.meta.unseen = report.meta.is_empty();
    let title = template.meta.title.as_deref().unwrap_or_default();
    let title = Filler { form, report }.text(title);
    document.meta.title = Some(title).filter(|title| !title.trim().is_empty());
    document.strip_origins();
    document
}

struct Filler<'a> {
    form: &'a Form,
    report: &'a Report,
}

impl Filler<'_> {
    fn blocks(&self, blocks: &[Block]) -> Vec<Block> {
        let mut filled = Vec::with_capacity(blocks.len());
        for block in blocks {
            match block {
                Block::Paragraph(paragraph) => {
                    let text = tabulary_ir::inline_text(&paragraph.content);
                    let ids = fields_of(&text);
                    match ids.as_slice() {
                        [id] if self.is_prose(id) => {
                            filled.extend(self.report.prose.get(id).into_iter().flatten().cloned());
                        }
                        [] => filled.push(block.clone()),
                        _ => filled.push(Block::Paragraph(Paragraph {
                            content: self.content(&paragraph.content),
                            ..paragraph.clone()
                        })),
                    }
                }
                Block::Heading(heading) => {
                    let content = self.content(&heading.content);
                    if !content.is_empty() {
                        filled.push(Block::Heading(Heading {
                            content,
                            ..heading.clone()
                        }));
                    }
                }
                Block::Table(table) => filled.push(Block::Table(Box::new(self.table(table)))),
                Block::Section(section) => {
                    let mut section = section.clone();
                    section.body = self.blocks(&section.body);
                    filled.push(Block::Section(section));
                }
                other => filled.push(other.clone()),
            }
        }
        filled
    }

    fn is_prose(&self, id: &str) -> bool {
        self.form
            .field(id)
            .is_some_and(|field| field.kind == FieldType::Prose)
    }

    fn text(&self, text: &str) -> String {
        replace_fields(text, |id| self.shown(id))
    }

    fn content(&self, content: &[Inline]) -> Vec<Inline> {
        let mut filled = Vec::new();
        for inline in content {
            match inline {
                Inline::Text(run) => push_text(&mut filled, &self.text(&run.text), run.marks),
                other => filled.push(other.clone()),
            }
        }
        filled
    }

    fn shown(&self, id: &str) -> String {
        let value = self.report.fields.get(id);
        value
            .map(|value| value.shown().to_owned())
            .unwrap_or_default()
    }

    fn table(&self, table: &Table) -> Table {
        let fill = |cell: &Cell| {
            let text = cell.plain_text();
            let ids = fields_of(&text);
            let Some(id) = ids.first() else {
                return cell.clone();
            };
            let value = self.report.fields.get(id);
            let is_alone = text.trim().starts_with("{{") && text.trim().ends_with("}}");
            let mut filled = Cell {
                content: Content::Text(self.text(&text).into()),
                ..cell.clone()
            };
            if let Some(FieldValue::Number(number)) = value
                && is_alone
            {
                filled.value = Some(Value::Number(number.clone()));
            }
            if self.is_prose(id) {
                let blocks = self.report.prose.get(id).cloned().unwrap_or_default();
                filled = Cell {
                    row_span: cell.row_span,
                    col_span: cell.col_span,
                    style: cell.style.clone(),
                    ..Cell::blocks(blocks)
                }
                .at(cell.row, cell.col);
            }
            filled
        };
        rebuild(table, fill)
    }
}

/// The same table with other cells on the same squares.
pub(crate) fn rebuild(table: &Table, change: impl Fn(&Cell) -> Cell) -> Table {
    let mut builder = tabulary_ir::TableBuilder::new()
        .size(table.rows(), table.width())
        .columns(table.columns().to_vec())
        .row_settings(table.row_settings().to_vec())
        .headers(table.header_rows, table.header_columns)
        .caption(table.caption.clone())
        .name(table.name.clone())
        .rtl(table.rtl)
        .origin(table.origin.clone());
    for cell in table.cells() {
        builder.place(change(cell));
    }
    builder.finish(&mut Diagnostics::new())
}

/// A number as a person reads it in a cell.
pub(crate) fn number_cell(number: &Decimal) -> Cell {
    Cell {
        value: Some(Value::Number(number.clone())),
        ..Cell::text(number.as_str())
    }
}
