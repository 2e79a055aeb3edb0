//! Charts (ECMA-376-1 21.2): figures with the data that a chart keeps of its workbook.

use std::collections::BTreeMap;

use tabulary_ir::{
    Block, Cell, Code, Column, Decimal, Diagnostics, Error, Figure, Inline, Marks, NumberFormat,
    Table, TableBuilder, Value, push_text,
};
use tabulary_numfmt::{FormatCode, Setting, write_general};
use tabulary_package::xml::{Element, Ns};

use crate::reading::Reading;
use crate::run::LineReading;

/// More categories than a chart shows.
const MOST_POINTS: u32 = 100_000;

/// A line of data.
#[derive(Default)]
struct Series {
    name: String,
    categories: Points,
    values: Points,
}

/// The points that a chart keeps, by their index.
#[derive(Default)]
struct Points {
    points: BTreeMap<u32, Point>,
    count: u32,
}

struct Point {
    text: String,
    is_number: bool,
    format: String,
}

impl Reading<'_> {
    /// Reads a chart as a figure with its data, behind the paragraph that holds it.
    pub(crate) fn chart(&mut self, id: &str, cx: &mut LineReading<'_>) -> Result<(), Error> {
        let part = self.scope.relationship(id).map(|r| r.target.clone());
        let root = match part {
            Some(part) => self.root(&part)?,
            None => None,
        };
        let series = root.as_ref().map(series).unwrap_or_default();
        if series.is_empty() {
            let message = "a chart that keeps no data was left out";
            self.tell(Code::ContentSkipped, message, cx.path);
            return Ok(());
        }
        let message = "a chart was read as the table of its data";
        self.tell(Code::ContentSkipped, message, cx.path);
        let mut data = self.data(&series)?;
        data.caption = root.as_ref().map(title).unwrap_or_default();
        cx.line.boxes.push(Block::Figure(Figure {
            data: Some(Box::new(data)),
            origin: Some(self.origin(cx.path)),
            ..Figure::default()
        }));
        Ok(())
    }

    /// Categories down the first column, a column for each series.
    fn data(&mut self, series: &[Series]) -> Result<Table, Error> {
        let counts = series
            .iter()
            .map(|one| one.values.count.max(one.categories.count));
        let rows = counts.max().unwrap_or(0) + 1;
        let columns = u32::try_from(series.len()).unwrap_or(u32::MAX) + 1;
        self.budget.cells(u64::from(rows) * u64::from(columns))?;
        let mut builder = TableBuilder::new()
            .size(rows, columns)
            .columns((0..columns).map(|_| Column::default()).collect())
            .headers(1, 1);
        // Series nearly always share their categories.
        let categories = series.iter().map(|one| &one.categories);
        if let Some(categories) = categories.max_by_key(|points| points.points.len()) {
            for (index, point) in &categories.points {
                builder.place(point.cell().at(index + 1, 0));
            }
        }
        for (col, one) in (1..).zip(series) {
            if !one.name.is_empty() {
                builder.place(Cell::text(one.name.as_str()).at(0, col));
            }
            for (index, point) in &one.values.points {
                builder.place(point.cell().at(index + 1, col));
            }
        }
        let mut repairs = Diagnostics::new();
        let table = builder.finish(&mut repairs);
        self.diagnostics.extend(repairs.into_vec());
        Ok(table)
    }
}

impl Point {
    fn cell(&self) -> Cell {
        let number = Decimal::from_double_text(&self.text).ok();
        let Some(number) = number.filter(|_| self.is_number) else {
            return Cell::text(self.text.as_str());
        };
        let code = FormatCode::parse(&self.format);
        let mut shown = String::new();
        if code.is_general() || !code.is_valid() {
            write_general(number.as_str(), &mut shown);
        } else {
            code.write_number(number.as_str(), &Setting::default(), &mut shown);
        }
        let mut cell = Cell::text(shown);
        if code.time_kind(number.to_f64()).is_none() {
            cell.value = Some(Value::Number(number));
            cell.format = (!code.is_general()).then(|| NumberFormat::new(self.format.as_str()));
        }
        cell
    }
}

/// The series of all the kinds of charts that are drawn into one another.
fn series(root: &Element) -> Vec<Series> {
    let all = root.descendants().filter(|e| e.is(Ns::C, "ser"));
    let mut found: Vec<(i64, Series)> = all
        .map(|element| {
            let order = element.child(Ns::C, "order");
            let order = order.and_then(|order| order.plain("val")?.parse().ok());
            let points = |names: [&str; 2]| {
                let found = names.iter().find_map(|name| element.child(Ns::C, name));
                found.map(points).unwrap_or_default()
            };
            let name = element.child(Ns::C, "tx").map(label).unwrap_or_default();
            let series = Series {
                name,
                categories: points(["cat", "xVal"]),
                values: points(["val", "yVal"]),
            };
            (order.unwrap_or(0), series)
        })
        .filter(|(_, series)| !series.values.points.is_empty())
        .collect();
    found.sort_by_key(|(order, _)| *order);
    found.into_iter().map(|(_, series)| series).collect()
}

/// The points of a reference or of a literal; of several levels of categories, those of the lowest
/// with the others before them.
fn points(element: &Element) -> Points {
    let mut all = Points::default();
    let levels = element.descendants().filter(|e| e.is(Ns::C, "lvl"));
    let levels: Vec<&Element> = levels.collect();
    if let Some((lowest, others)) = levels.split_first() {
        all.add(lowest, false);
        for (index, point) in &mut all.points {
            for level in others {
                let text = last_before(level, *index);
                point.text = format!("{text} {}", point.text).trim().to_owned();
            }
        }
        return all;
    }
    for cache in element.descendants() {
        match cache.local.as_str() {
            "numCache" | "numLit" if cache.ns == Ns::C => all.add(cache, true),
            "strCache" | "strLit" if cache.ns == Ns::C => all.add(cache, false),
            _ => {}
        }
    }
    all
}

impl Points {
    fn add(&mut self, cache: &Element, is_number: bool) {
        let format = cache.child(Ns::C, "formatCode").map(Element::text);
        let format = format.unwrap_or_default();
        let count = cache.child(Ns::C, "ptCount");
        let count = count.and_then(|count| count.plain("val")?.parse::<u32>().ok());
        for point in cache.elements().filter(|e| e.is(Ns::C, "pt")) {
            let index = point.plain("idx").and_then(|index| index.parse().ok());
            let text = point.child(Ns::C, "v").map(Element::text);
            let Some((index, text)) = index.zip(text).filter(|(at, _)| *at < MOST_POINTS) else {
                continue;
            };
            self.count = self.count.max(index + 1);
            let own = point.plain("formatCode").unwrap_or(&format);
            let format = own.to_owned();
            let point = Point {
                text,
                is_number,
                format,
            };
            self.points.insert(index, point);
        }
        // A claim of points that are not there makes no rows.
        let bound = self.points.len() as u32 * 2 + 16;
        self.count = self.count.max(count.unwrap_or(0).min(bound));
    }
}

/// The text of the last point of a level at or before an index.
fn last_before(level: &Element, index: u32) -> String {
    let mut points = Points::default();
    points.add(level, false);
    let mut before = points.points.range(..=index);
    let last = before.next_back();
    last.map(|(_, point)| point.text.clone())
        .unwrap_or_default()
}

/// The text of a name: a cell of the workbook, or text of its own.
fn label(element: &Element) -> String {
    let cells = element.descendants().filter(|e| e.is(Ns::C, "v"));
    let texts = cells.chain(element.descendants().filter(|e| e.is(Ns::A, "t")));
    texts.map(Element::text).collect()
}

fn title(root: &Element) -> Vec<Inline> {
    let chart = root.child(Ns::C, "chart");
    let title = chart.and_then(|chart| chart.child(Ns::C, "title"));
    let mut content = Vec::new();
    if let Some(text) = title.and_then(|title| title.child(Ns::C, "tx")).map(label) {
        push_text(&mut content, &text, Marks::NONE);
    }
    content
}
