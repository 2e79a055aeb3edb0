//! A template: a document in which `{{field.id}}` stands where a value goes, and what follows from it.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use regex::Regex;
use tabulary_ir::{Document, Origin, Slot, Table};

use crate::fold::Aliases;
use crate::view::{Item, items};

/// A place of a template that names a field.
#[derive(Clone, Debug)]
pub(crate) struct Placeholder {
    pub(crate) id: String,
    pub(crate) origin: Option<Origin>,
}

/// A template, taken apart.
#[derive(Clone, Debug)]
pub(crate) struct Template {
    pub(crate) document: Document,
    pub(crate) headings: Vec<Heading>,
    pub(crate) prose: Vec<Prose>,
    pub(crate) lines: Vec<LineShape>,
    pub(crate) shapes: Vec<Shape>,
    /// How many headings stand before each table.
    pub(crate) sections_of_shapes: Vec<usize>,
}

/// A heading that the form prints.
#[derive(Clone, Debug)]
pub(crate) struct Heading {
    pub(crate) text: String,
    pub(crate) key: String,
}

/// A field of text of many paragraphs: it reaches from one heading to the next.
#[derive(Clone, Debug)]
pub(crate) struct Prose {
    pub(crate) id: String,
    /// How many headings stand before it.
    pub(crate) after: usize,
}

/// A line of text with fields in it.
#[derive(Clone, Debug)]
pub(crate) struct LineShape {
    pub(crate) ids: Vec<String>,
    pub(crate) regex: Regex,
}

/// A table of the form.
#[derive(Clone, Debug, Default)]
pub(crate) struct Shape {
    pub(crate) rows: Vec<ShapeRow>,
    /// Every label, folded.
    pub(crate) keys: BTreeSet<String>,
}

/// A row of a table of the form.
#[derive(Clone, Debug, Default)]
pub(crate) struct ShapeRow {
    /// What it says itself, from left to right.
    pub(crate) labels: Vec<Label>,
    /// What says of it what it is: labels at its left, those that reach down to it included.
    pub(crate) path: Vec<Label>,
    pub(crate) cells: Vec<ShapeCell>,
    /// What stands behind its label: cells, and texts that the form prints between them.
    pub(crate) items: Vec<RowItem>,
}

/// What stands in a row of the form behind its label.
#[derive(Clone, Debug)]
pub(crate) enum RowItem {
    /// A cell, by its place among those of the row.
    Cell,
    /// A text that the form prints, such as the number of a line.
    Text(Label),
}

/// A text that the form prints.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Label {
    pub(crate) text: String,
    pub(crate) key: String,
    /// The same without what stands in brackets.
    pub(crate) bare: Option<String>,
}

/// A cell that a field stands in.
#[derive(Clone, Debug)]
pub(crate) struct ShapeCell {
    pub(crate) id: String,
    /// The labels above it, from top to bottom.
    pub(crate) heads: Vec<Label>,
    /// What stands before and behind the value in the cell.
    pub(crate) around: (String, String),
    /// The name by which a person knows it.
    pub(crate) label: String,
}

static PLACEHOLDER: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"\{\{\s*([A-Za-z_][A-Za-z0-9_.\-]*)\s*\}\}").expect("a valid expression")
});

/// Every field that a text names, in order.
pub(crate) fn fields_of(text: &str) -> Vec<String> {
    PLACEHOLDER
        .captures_iter(text)
        .map(|found| found[1].to_owned())
        .collect()
}

/// A text with every field replaced.
pub(crate) fn replace_fields(text: &str, mut with: impl FnMut(&str) -> String) -> String {
    PLACEHOLDER
        .replace_all(text, |found: &regex::Captures<'_>| with(&found[1]))
        .into_owned()
}

impl Template {
    /// Takes a template apart. `is_prose` says of a field whether it is text of many paragraphs.
    pub(crate) fn new(
        document: Document,
        aliases: &Aliases,
        is_prose: &dyn Fn(&str) -> bool,
    ) -> (Self, Vec<Placeholder>) {
        let mut template = Self {
            document: Document::default(),
            headings: Vec::new(),
            prose: Vec::new(),
            lines: Vec::new(),
            shapes: Vec::new(),
            sections_of_shapes: Vec::new(),
        };
        let mut placeholders = Vec::new();
        for id in document
            .meta
            .title
            .iter()
            .flat_map(|title| fields_of(title))
        {
            placeholders.push(Placeholder { id, origin: None });
        }
        for item in items(&document.body) {
            match item {
                Item::Line(line) => {
                    let ids = fields_of(&line.text);
                    placeholders.extend(ids.iter().map(|id| Placeholder {
                        id: id.clone(),
                        origin: line.origin.cloned(),
                    }));
                    template.line(&line.text, line.is_heading, ids, aliases, is_prose);
                }
                Item::Table(table) => {
                    let (shape, found) = Shape::new(table, aliases);
                    placeholders.extend(found);
                    let headings = template.headings.len();
                    template.sections_of_shapes.push(headings);
                    template.shapes.push(shape);
                }
            }
        }
        template.document = document;
        (template, placeholders)
    }

    fn line(
        &mut self,
        text: &str,
        is_heading: bool,
        ids: Vec<String>,
        aliases: &Aliases,
        is_prose: &dyn Fn(&str) -> bool,
    ) {
        match ids.as_slice() {
            [] if is_heading => self.headings.push(Heading {
                text: text.to_owned(),
                key: aliases.key(text),
            }),
            [] => {}
            [id] if is_prose(id) => self.prose.push(Prose {
                id: id.clone(),
                after: self.headings.len(),
            }),
            _ => {
                if let Some(regex) = line_regex(text) {
                    self.lines.push(LineShape { ids, regex });
                }
            }
        }
    }
}

/// The expression that finds a line of the template in a document; none where it holds fields alone.
fn line_regex(text: &str) -> Option<Regex> {
    let mut source = String::from("^");
    let mut from = 0;
    let mut letters = 0;
    let mut groups = 0;
    for found in PLACEHOLDER.find_iter(text) {
        letters += literal(&text[from..found.start()], &mut source);
        groups += 1;
        source.push_str("(.*?)");
        from = found.end();
    }
    letters += literal(&text[from..], &mut source);
    source.push('$');
    (letters > 0 && groups > 0)
        .then(|| Regex::new(&source).ok())
        .flatten()
}

fn literal(text: &str, source: &mut String) -> usize {
    let mut count = 0;
    for c in crate::fold::plain(text).chars() {
        if c.is_whitespace() {
            continue;
        }
        count += 1;
        source.push_str(&regex::escape(&c.to_string()));
        source.push_str(r"\s*");
    }
    count
}

impl Shape {
    fn new(table: &Table, aliases: &Aliases) -> (Self, Vec<Placeholder>) {
        let label = |text: &str| Label {
            text: text.split_whitespace().collect::<Vec<_>>().join(" "),
            key: aliases.key(text),
            bare: aliases.bare_key(text),
        };
        let is_number = |label: &Label| crate::value::is_number_like(&label.text);
        let mut shape = Self::default();
        let mut placeholders = Vec::new();
        for (row, slots) in (0..).zip(table.row_slots()) {
            let mut shape_row = ShapeRow::default();
            for slot in &slots {
                let (cell, is_anchor) = match slot {
                    Slot::Anchor(cell) => (*cell, true),
                    Slot::Covered(cell) => (*cell, false),
                    Slot::Blank(_) => continue,
                };
                let text = cell.plain_text();
                let ids = fields_of(&text);
                if let Some(id) = ids.into_iter().next() {
                    if !is_anchor {
                        continue;
                    }
                    let (before, behind) = text
                        .split_once("{{")
                        .map(|(before, rest)| {
                            (
                                before,
                                rest.split_once("}}").map_or("", |(_, behind)| behind),
                            )
                        })
                        .unwrap_or_default();
                    let origin = cell.origin.as_deref().cloned().or_else(|| {
                        let table = table.origin.as_ref()?;
                        table
                            .of_cell(cell.row, cell.col, 1, 1)
                            .or_else(|| Some(table.clone()))
                    });
                    placeholders.push(Placeholder {
                        id: id.clone(),
                        origin,
                    });
                    shape_row.items.push(RowItem::Cell);
                    shape_row.cells.push(ShapeCell {
                        id,
                        heads: heads(table, row, cell.col, cell.col_span, &label),
                        around: (before.trim().to_owned(), behind.trim().to_owned()),
                        label: String::new(),
                    });
                } else if !text.trim().is_empty() {
                    let label = label(&text);
                    shape.keys.insert(label.key.clone());
                    if is_anchor {
                        shape_row.labels.push(label.clone());
                        shape_row.items.push(RowItem::Text(label.clone()));
                    }
                    if shape_row.cells.is_empty() {
                        shape_row.path.push(label);
                    }
                }
            }
            shape_row.settle(&is_number);
            shape.rows.push(shape_row);
        }
        shape.name_cells();
        (shape, placeholders)
    }

    /// Gives every cell the name by which a person knows it: its labels, without those that stand above
    /// all cells of its row.
    fn name_cells(&mut self) {
        for row in &mut self.rows {
            let all = row.cells.len();
            let shared: Vec<Label> = match row.cells.as_slice() {
                [first, others @ ..] if !others.is_empty() => first
                    .heads
                    .iter()
                    .filter(|head| others.iter().all(|cell| cell.heads.contains(head)))
                    .cloned()
                    .collect(),
                _ => Vec::new(),
            };
            let path: Vec<&str> = row.path.iter().map(|label| label.text.as_str()).collect();
            for cell in &mut row.cells {
                let heads = cell.heads.iter().filter(|head| !shared.contains(head));
                let mut names = path.clone();
                let heads: Vec<&str> = heads.map(|head| head.text.as_str()).collect();
                let from = if all > 1 {
                    0
                } else {
                    heads.len().saturating_sub(1)
                };
                names.extend(&heads[from..]);
                cell.label = names.join(" · ");
            }
        }
    }
}

impl ShapeRow {
    /// Takes the label of the row out of what stands behind it. The number of a line is no label.
    fn settle(&mut self, is_number: &dyn Fn(&Label) -> bool) {
        self.path.retain(|label| !is_number(label));
        let Some(leaf) = self.path.last() else {
            return;
        };
        let first_cell = self
            .items
            .iter()
            .position(|item| matches!(item, RowItem::Cell));
        let before = &self.items[..first_cell.unwrap_or(self.items.len())];
        let is_leaf = |item: &RowItem| matches!(item, RowItem::Text(label) if label == leaf);
        if let Some(place) = before.iter().rposition(is_leaf) {
            self.items.drain(..=place);
        }
    }
}

/// The labels above a cell: those of the nearest run of rows in which nothing above it is a field.
fn heads(
    table: &Table,
    row: u32,
    col: u32,
    width: u32,
    label: &dyn Fn(&str) -> Label,
) -> Vec<Label> {
    let mut heads: Vec<Label> = Vec::new();
    let mut last = None;
    for above in (0..row).rev() {
        let mut found = None;
        let mut most = 0;
        for x in col..col + width {
            let Some(cell) = table.at(above, x) else {
                continue;
            };
            let shared = (cell.col + cell.col_span).min(col + width) - cell.col.max(col);
            if shared > most {
                (found, most) = (Some(cell), shared);
            }
        }
        let Some(cell) = found else { continue };
        let text = cell.plain_text();
        if !fields_of(&text).is_empty() {
            if heads.is_empty() {
                continue;
            }
            break;
        }
        let place = (cell.row, cell.col);
        if last != Some(place) && !text.trim().is_empty() {
            heads.push(label(&text));
        }
        last = Some(place);
    }
    heads.reverse();
    heads
}
