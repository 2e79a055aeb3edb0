//! The blank form as a workbook: a sheet for each table, and one for what stands in no table.

use std::collections::BTreeMap;

use tabulary_ir::{
    Align, Area, Block, Borders, Cell, CellStyle, Column, Condition, DefinedName, Diagnostics,
    Document, Entry, Heading, Mark, Marks, Origin, PageSetup, Points, Rgb, RowSetting, Section,
    SectionKind, SheetSettings, Stroke, Table, TableBuilder, VerticalAlign, push_text,
};

use super::formula::{Formulas, Spot, absolute};
use super::prompt;
use crate::definition::{FieldType, Gravity};
use crate::extract::{FORM_NAME, defined_name};
use crate::form::{Field, Form, Rule};
use crate::rules::{Comparison, Node, Reference, references};
use crate::template::fields_of;
use crate::view::{Item, items};

/// The ground of cells that are filled in, of those that are reckoned, and of wrong ones.
const INPUT: Rgb = Rgb([0xff, 0xfd, 0xe7]);
const RECKONED: Rgb = Rgb([0xef, 0xef, 0xef]);
const WRONG: Rgb = Rgb([0xff, 0x9c, 0x9c]);
const DOUBTFUL: Rgb = Rgb([0xff, 0xd9, 0x8f]);
/// The row of the first cell of a table: a heading and a blank row stand above it.
const TOP: u32 = 2;
/// The width of the column beside a table in which messages stand, in points.
const MESSAGES: f64 = 260.0;

/// The width of a table from which on its page lies on its side, in points.
const WIDEST_UPRIGHT: f64 = 720.0;

/// The blank workbook of a form.
pub(super) fn blank(form: &Form) -> Document {
    let book = Book::new(form);
    let mut document = Document {
        body: book.sheets(),
        names: book.names(),
        ..Document::default()
    };
    document.meta.title = Some(form.title().to_owned());
    document.meta.language.clone_from(&form.definition.language);
    document.meta.unseen = true;
    document
}

/// A rule that a cell is reckoned by.
struct Reckoned<'a> {
    value: &'a Node,
    rule: usize,
}

struct Book<'a> {
    form: &'a Form,
    is_chinese: bool,
    /// Name, heading and table of each sheet of a table.
    tables: Vec<(String, String, &'a Table)>,
    /// The name of the sheet of what stands in no table, and its fields.
    front: String,
    loose: Vec<&'a Field>,
    spots: BTreeMap<usize, Spot>,
    reckoned: BTreeMap<usize, Reckoned<'a>>,
}

impl<'a> Book<'a> {
    fn new(form: &'a Form) -> Self {
        let is_chinese = form
            .definition
            .language
            .as_deref()
            .is_none_or(|language| language.starts_with("zh"));
        let mut book = Self {
            form,
            is_chinese,
            tables: Vec::new(),
            front: if is_chinese {
                "基本情况".into()
            } else {
                "Report".into()
            },
            loose: Vec::new(),
            spots: BTreeMap::new(),
            reckoned: BTreeMap::new(),
        };
        let found: Vec<&'a Table> = items(&form.template.document.body)
            .into_iter()
            .filter_map(|item| match item {
                Item::Table(table) => Some(table),
                Item::Line(_) => None,
            })
            .collect();
        for (table, after) in found.into_iter().zip(&form.template.sections_of_shapes) {
            let heading = after
                .checked_sub(1)
                .and_then(|index| form.template.headings.get(index));
            let heading = heading.map_or(form.title(), |heading| &heading.text);
            let name = book.free_name(heading);
            for cell in table.cells() {
                if let Some(place) = fields_of(&cell.plain_text())
                    .first()
                    .and_then(|id| form.place(id))
                {
                    let area = Area::new(
                        TOP + cell.row,
                        cell.col,
                        TOP + cell.row + cell.row_span - 1,
                        cell.col + cell.col_span - 1,
                    );
                    let sheet = name.clone();
                    book.spots.insert(place, Spot { sheet, area });
                }
            }
            book.tables.push((name, heading.to_owned(), table));
        }
        let loose = form.fields.iter().enumerate();
        let loose = loose.filter(|(place, _)| !book.spots.contains_key(place));
        let loose: Vec<(usize, &Field)> = loose.collect();
        for ((place, field), row) in loose.into_iter().zip(TOP..) {
            let sheet = book.front.clone();
            let area = Area::new(row, 1, row, 1);
            book.spots.insert(place, Spot { sheet, area });
            book.loose.push(field);
        }
        book.reckon();
        book
    }

    /// A name for a sheet that no other has and that a workbook allows.
    fn free_name(&self, wanted: &str) -> String {
        let allowed = |c: &char| !"[]:*?/\\'".contains(*c);
        let base: String = wanted.chars().filter(allowed).take(27).collect();
        let is_taken = |name: &str| self.tables.iter().any(|(other, ..)| other == name);
        let mut name = base.clone();
        let mut number = 2;
        while is_taken(&name) || name == self.front {
            name = format!("{base} {number}");
            number += 1;
        }
        name
    }

    /// Finds the cells that follow from others: those that a rule says are equal to something, as long
    /// as nothing of that follows from them.
    fn reckon(&mut self) {
        let form = self.form;
        for (index, rule) in form.rules.iter().enumerate() {
            let Node::Compare(Comparison::Equal, left, right) = &rule.node else {
                continue;
            };
            let Node::Field(field) = **left else { continue };
            let is_sum = matches!(**right, Node::Sum(_) | Node::Plus(..) | Node::Minus(..));
            if !is_sum || rule.severity != Gravity::Error || rule.needs_previous() {
                continue;
            }
            if self.reckoned.contains_key(&field) || self.follows_from(right, field) {
                continue;
            }
            let reckoned = Reckoned {
                value: right,
                rule: index,
            };
            self.reckoned.insert(field, reckoned);
        }
    }

    fn follows_from(&self, node: &Node, field: usize) -> bool {
        references(node).iter().any(|reference| {
            reference.field == field
                || self
                    .reckoned
                    .get(&reference.field)
                    .is_some_and(|other| self.follows_from(other.value, field))
        })
    }

    fn spot(&self, field: usize) -> Option<Spot> {
        self.spots.get(&field).cloned()
    }

    fn sheets(&self) -> Vec<Block> {
        let mut sheets = Vec::new();
        if !self.loose.is_empty() {
            sheets.push(self.front_sheet());
        }
        for (name, heading, table) in &self.tables {
            sheets.push(self.table_sheet(name, heading, table));
        }
        sheets
    }

    fn names(&self) -> Vec<DefinedName> {
        let name = |name: String, refers_to: String| DefinedName {
            name,
            refers_to,
            sheet: None,
        };
        let form = format!("\"{}/{}\"", self.form.id(), self.form.edition());
        let mut names = vec![name(FORM_NAME.into(), form)];
        for (place, spot) in &self.spots {
            let sheet = spot.sheet.replace('\'', "''");
            let first = Area::new(spot.area.row, spot.area.col, spot.area.row, spot.area.col);
            let refers_to = format!("'{sheet}'!{}", absolute(&first));
            names.push(name(defined_name(&self.form.fields[*place].id), refers_to));
        }
        names
    }

    /// The sheet of what stands in no table: a line for each field.
    fn front_sheet(&self) -> Block {
        let mut builder = TableBuilder::new()
            .columns(vec![column(150.0), column(430.0)])
            .headers(0, 1)
            .origin(Origin::cells(
                self.front.as_str(),
                Area::new(TOP, 0, TOP + count(self.loose.len()) - 1, 1).to_string(),
            ));
        let mut entry = Entry::default();
        let mut settings = Vec::new();
        for (row, field) in (0..).zip(&self.loose) {
            let mut label = Cell::text(field.label.as_str()).at(row, 0);
            dress(&mut label, None, true);
            let mut input = Cell::default().at(row, 1);
            dress(&mut input, Some(INPUT), false);
            input.restyle(|style| {
                style.align = Some(Align::Left);
                style.vertical_align = Some(VerticalAlign::Top);
            });
            builder.place(label);
            builder.place(input);
            let height = if field.kind == FieldType::Prose {
                110.0
            } else {
                24.0
            };
            settings.push(RowSetting {
                height: Some(Points::new(height)),
                hidden: false,
                row,
            });
            let range = Area::new(TOP + row, 1, TOP + row, 1).to_string();
            entry.unlocked.push(range.clone());
            entry
                .checks
                .push(prompt::check(field, vec![range], self.is_chinese));
        }
        let table = builder
            .row_settings(settings)
            .finish(&mut Diagnostics::new());
        self.section(&self.front, self.form.title(), 2, table, entry, false)
    }

    fn table_sheet(&self, name: &str, heading: &str, template: &Table) -> Block {
        let form = self.form;
        let width = template.width();
        let widths = widths(template);
        let mut columns: Vec<Column> = widths.iter().map(|width| column(*width)).collect();
        columns.push(column(MESSAGES));
        let area = Area::new(TOP, 0, TOP + template.rows() - 1, width);
        let mut builder = TableBuilder::new()
            .size(template.rows(), width + 1)
            .columns(columns)
            .row_settings(heights(template, &widths))
            .headers(template.header_rows, template.header_columns)
            .origin(Origin::cells(name, area.to_string()));
        let spot = |field: usize| self.spot(field);
        let formulas = Formulas {
            sheet: name,
            spot: &spot,
        };
        let mut entry = Entry::default();
        for cell in template.cells() {
            let ids = fields_of(&cell.plain_text());
            let place = ids.first().and_then(|id| form.place(id));
            let mut made = Cell::text(cell.plain_text())
                .at(cell.row, cell.col)
                .spanning(cell.row_span, cell.col_span);
            let Some(place) = place else {
                dress(&mut made, None, true);
                builder.place(made);
                continue;
            };
            made = Cell::default()
                .at(cell.row, cell.col)
                .spanning(cell.row_span, cell.col_span);
            let formula = self
                .reckoned
                .get(&place)
                .and_then(|reckoned| formulas.value(reckoned.value, &references(reckoned.value)));
            let first = Area::new(TOP + cell.row, cell.col, TOP + cell.row, cell.col);
            if let Some(formula) = formula {
                made.formula = Some(formula.into());
                dress(&mut made, Some(RECKONED), false);
            } else {
                dress(&mut made, Some(INPUT), false);
                let all = Area::new(
                    first.row,
                    first.col,
                    TOP + cell.row + cell.row_span - 1,
                    cell.col + cell.col_span - 1,
                );
                entry.unlocked.push(all.to_string());
                let field = &form.fields[place];
                entry.checks.push(prompt::check(
                    field,
                    vec![first.to_string()],
                    self.is_chinese,
                ));
            }
            builder.place(made);
        }
        for (row, message) in self.messages(name, &formulas, &mut entry) {
            let mut cell = Cell::default().at(row - TOP, width);
            cell.formula = Some(message.into());
            cell.restyle(|style| {
                style.marks = style.marks.with(Mark::Bold);
                style.align = Some(Align::Left);
                style.vertical_align = Some(VerticalAlign::Middle);
                style.borders = Some(Borders::default());
                style.wrap = true;
                style.font_size = Some(Points::new(9.0));
            });
            builder.place(cell);
        }
        let mut table = builder.finish(&mut Diagnostics::new());
        table.header_columns = 0;
        let lies = widths.iter().sum::<f64>() > WIDEST_UPRIGHT;
        self.section(name, heading, width, table, entry, lies)
    }

    /// What turns red, and the messages beside it by their row.
    fn messages(
        &self,
        sheet: &str,
        formulas: &Formulas<'_>,
        entry: &mut Entry,
    ) -> BTreeMap<u32, String> {
        let mut messages: BTreeMap<u32, Vec<String>> = BTreeMap::new();
        for (index, rule) in self.form.rules.iter().enumerate() {
            let is_reckoned = self
                .reckoned
                .values()
                .any(|reckoned| reckoned.rule == index);
            if rule.needs_previous() || is_reckoned {
                continue;
            }
            let Some((place, spot)) = self.anchor(rule).filter(|(_, spot)| spot.sheet == sheet)
            else {
                continue;
            };
            let Some(broken) = formulas.is_broken(&rule.node, &rule.fields) else {
                continue;
            };
            let says = if self.is_chinese { &rule.zh } else { &rule.en };
            let says = says.as_deref().unwrap_or(&rule.source);
            let label = &self.form.fields[place].label;
            let name = label.rsplit(" · ").next().unwrap_or(label);
            let text = format!("✗ {name}：{says}；").replace('"', "\"\"");
            let message = format!("IF({broken},\"{text}\",\"\")");
            messages.entry(spot.area.row).or_default().push(message);
            let fill = if rule.severity == Gravity::Error {
                WRONG
            } else {
                DOUBTFUL
            };
            let at = Area::new(spot.area.row, spot.area.col, spot.area.row, spot.area.col);
            entry.conditions.push(Condition {
                fill,
                formula: broken,
                ranges: vec![at.to_string()],
            });
        }
        messages
            .into_iter()
            .map(|(row, all)| (row, all.join("&")))
            .collect()
    }

    /// The cell that a broken rule is shown at: the first that it names.
    fn anchor(&self, rule: &Rule) -> Option<(usize, Spot)> {
        let Reference { field, .. } = *rule.fields.first()?;
        Some((field, self.spot(field)?))
    }

    fn section(
        &self,
        name: &str,
        heading: &str,
        width: u32,
        table: Table,
        entry: Entry,
        lies: bool,
    ) -> Block {
        let mut content = Vec::new();
        push_text(&mut content, heading, Marks::NONE);
        let above = Area::new(0, 0, 0, width - 1);
        let mut title = Heading {
            content,
            level: 1,
            origin: Some(Origin::cells(name, above.to_string())),
            ..Heading::default()
        };
        title.style.align = Some(Align::Center);
        let last = TOP + table.rows() - 1;
        let settings = SheetSettings {
            entry: Some(Box::new(entry)),
            print_areas: vec![Area::new(0, 0, last, width - 1).to_string()],
            title_rows: (table.header_rows > 0).then(|| format!("1:{}", TOP + table.header_rows)),
            ..SheetSettings::default()
        };
        let (short, long) = (Points::from_mm(210.0), Points::from_mm(297.0));
        let margin = Points::from_mm(18.0);
        Block::Section(Section {
            kind: SectionKind::Sheet,
            name: name.to_owned(),
            body: vec![Block::Heading(title), Block::Table(Box::new(table))],
            sheet: Some(Box::new(settings)),
            page: Some(PageSetup {
                columns: None,
                width: if lies { long } else { short },
                height: if lies { short } else { long },
                margins: [margin; 4],
            }),
            ..Section::default()
        })
    }
}

/// The look of a cell of the form.
fn dress(cell: &mut Cell, fill: Option<Rgb>, is_label: bool) {
    cell.restyle(|style: &mut CellStyle| {
        style.borders = Some(Borders::all(Stroke::Thin));
        style.align = Some(Align::Center);
        style.vertical_align = Some(VerticalAlign::Middle);
        style.wrap = true;
        style.fill = fill;
        if is_label {
            style.font_size = Some(Points::new(10.5));
        }
    });
}

/// The size of labels, in points: that of a Chinese character in both directions.
const LETTER: f64 = 10.5;

/// Widths of columns by what stands in them, in points. Where a table has few columns they take the
/// width of a page, else long labels are set on several lines.
fn widths(table: &Table) -> Vec<f64> {
    let is_narrow = table.width() <= 6;
    (0..table.width())
        .map(|col| {
            let own = table
                .cells()
                .iter()
                .filter(|cell| cell.col == col && cell.col_span == 1);
            let width = own.map(|cell| {
                let text = cell.plain_text();
                if !fields_of(&text).is_empty() {
                    return if is_narrow { 100.0 } else { 48.0 };
                }
                let whole = letters(&text) * LETTER + 14.0;
                match (is_narrow, holds_fields(table, col)) {
                    (true, _) => whole.min(200.0),
                    (false, false) => whole.min(190.0),
                    (false, true) => whole.min(58.0_f64.max(whole / 2.0)),
                }
            });
            width.fold(24.0, f64::max)
        })
        .collect()
}

fn holds_fields(table: &Table, col: u32) -> bool {
    let mut own = table.cells().iter().filter(|cell| cell.col == col);
    own.any(|cell| !fields_of(&cell.plain_text()).is_empty())
}

/// How wide a text is, in Chinese characters.
fn letters(text: &str) -> f64 {
    let wide = text.chars().filter(|c| !c.is_ascii()).count() as f64;
    let narrow = text.chars().filter(char::is_ascii).count() as f64;
    wide + narrow / 2.0
}

/// Heights of rows in which the labels have room.
fn heights(table: &Table, widths: &[f64]) -> Vec<RowSetting> {
    let mut lines = vec![1.0_f64; table.rows() as usize];
    for cell in table.cells() {
        let text = cell.plain_text();
        if !fields_of(&text).is_empty() {
            continue;
        }
        let columns = cell.col as usize..(cell.col + cell.col_span) as usize;
        let width: f64 = widths.get(columns).unwrap_or_default().iter().sum();
        let needed = (letters(&text) * LETTER / (width - 8.0).max(LETTER)).ceil();
        let rows = f64::from(cell.row_span);
        if let Some(most) = lines.get_mut(cell.row as usize) {
            *most = most.max(needed / rows);
        }
    }
    (0..)
        .zip(lines)
        .map(|(row, lines)| RowSetting {
            height: Some(Points::new((lines * 14.0 + 6.0).round().max(20.0))),
            hidden: false,
            row,
        })
        .collect()
}

fn column(width: f64) -> Column {
    Column {
        hidden: false,
        width: Some(Points::new(width)),
    }
}

fn count(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}
