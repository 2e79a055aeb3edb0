//! Findings shown where they stand: red cells with comments.

use std::collections::BTreeMap;

use tabulary_ir::{
    Block, Cell, Diagnostics, Document, Inline, Note, NoteKind, NoteRef, Origin, Paragraph, Rgb,
    Table, push_text,
};

use crate::fill::rebuild;
use crate::finding::{Finding, Language};

/// The ground of a cell that a finding stands at, and of the other cells that it turns on.
const WRONG: Rgb = Rgb([0xff, 0x9c, 0x9c]);
const INVOLVED: Rgb = Rgb([0xff, 0xe3, 0xe0]);

/// The document with every finding as a comment at its cell, which is red, and the other cells that
/// the finding turns on in a paler red.
pub fn annotate(document: &Document, findings: &[Finding], language: Language) -> Document {
    let mut marks: BTreeMap<String, Mark> = BTreeMap::new();
    for finding in findings {
        let text = finding.line(language);
        // The place stands before the text, and says nothing at the place itself.
        let text = match finding.place() {
            Some(place) => text.trim_start_matches(&format!("{place}: ")).to_owned(),
            None => text,
        };
        let mut own = finding.cells.iter().filter(|cell| !cell.previous);
        let first = match &finding.origin {
            Some(origin) => Some(origin.clone()),
            None => own.next().and_then(|cell| cell.origin.clone()),
        };
        if let Some(origin) = first {
            let mark = marks.entry(origin.to_string()).or_default();
            mark.texts.push(text);
        }
        for origin in own.filter_map(|cell| cell.origin.as_ref()) {
            marks.entry(origin.to_string()).or_default();
        }
    }
    let mut annotated = document.clone();
    let mut annotator = Annotator {
        marks,
        notes: Vec::new(),
    };
    annotator.blocks(&mut annotated.body);
    annotated.notes.extend(annotator.notes);
    annotated
}

/// What stands at a place.
#[derive(Debug, Default)]
struct Mark {
    texts: Vec<String>,
}

struct Annotator {
    marks: BTreeMap<String, Mark>,
    notes: Vec<Note>,
}

impl Annotator {
    fn blocks(&mut self, blocks: &mut [Block]) {
        for block in blocks {
            match block {
                Block::Section(section) => self.blocks(&mut section.body),
                Block::Quote(quote) => self.blocks(&mut quote.blocks),
                Block::Table(table) => **table = self.table(table),
                Block::Paragraph(Paragraph {
                    content, origin, ..
                }) => {
                    let found = origin
                        .as_ref()
                        .and_then(|origin| self.marks.remove(&origin.to_string()));
                    if let Some(mark) = found {
                        content.extend(self.note(&mark));
                    }
                }
                _ => {}
            }
        }
    }

    fn table(&mut self, table: &Table) -> Table {
        let mut cells: BTreeMap<(u32, u32), Cell> = BTreeMap::new();
        for cell in table.cells() {
            if let Some(origin) = place_of(table, cell)
                && let Some(mark) = self.marks.remove(&origin.to_string())
            {
                cells.insert((cell.row, cell.col), self.marked(cell, &mark));
            }
        }
        // Blank squares have no cell of their own.
        let mut blanks: Vec<Cell> = Vec::new();
        if let Some(origin) = &table.origin {
            for row in 0..table.rows() {
                for col in 0..table.width() {
                    if table.at(row, col).is_some() {
                        continue;
                    }
                    let place = origin.of_cell(row, col, 1, 1);
                    let mark = place.and_then(|place| self.marks.remove(&place.to_string()));
                    if let Some(mark) = mark {
                        blanks.push(self.marked(&Cell::default().at(row, col), &mark));
                    }
                }
            }
        }
        if cells.is_empty() && blanks.is_empty() {
            return table.clone();
        }
        let changed = rebuild(table, |cell| {
            cells.get(&(cell.row, cell.col)).unwrap_or(cell).clone()
        });
        let mut builder = changed.into_builder();
        builder.place_all(blanks);
        builder.finish(&mut Diagnostics::new())
    }

    fn marked(&mut self, cell: &Cell, mark: &Mark) -> Cell {
        let mut marked = cell.clone();
        marked.restyle(|style| {
            style.fill = Some(if mark.texts.is_empty() {
                INVOLVED
            } else {
                WRONG
            });
        });
        if mark.texts.is_empty() {
            return marked;
        }
        let style = marked.style.clone();
        let marks = style.as_ref().map(|style| style.marks).unwrap_or_default();
        let mut blocks = marked.content.to_blocks(marks);
        let note = self.note(mark);
        match blocks.last_mut() {
            Some(Block::Paragraph(paragraph)) => paragraph.content.extend(note),
            _ => blocks.push(Block::Paragraph(Paragraph {
                content: note.into_iter().collect(),
                ..Paragraph::default()
            })),
        }
        let with_note = Cell::blocks(blocks);
        marked.content = with_note.content;
        marked
    }

    fn note(&mut self, mark: &Mark) -> Option<Inline> {
        if mark.texts.is_empty() {
            return None;
        }
        let id = format!("finding-{}", self.notes.len() + 1);
        let mut paragraph = Paragraph::default();
        push_text(
            &mut paragraph.content,
            &mark.texts.join("\n"),
            tabulary_ir::Marks::NONE,
        );
        self.notes.push(Note {
            blocks: vec![Block::Paragraph(paragraph)],
            id: id.clone(),
            kind: NoteKind::Comment,
            label: Some("tabulary".into()),
        });
        Some(Inline::NoteRef(NoteRef { note: id }))
    }
}

fn place_of(table: &Table, cell: &Cell) -> Option<Origin> {
    if let Some(origin) = cell.origin.as_deref() {
        return Some(origin.clone());
    }
    table
        .origin
        .as_ref()?
        .of_cell(cell.row, cell.col, cell.row_span, cell.col_span)
}
