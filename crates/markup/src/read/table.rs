//! Tables (HTML 4.9): row groups, spans, header cells, typed values.

use std::collections::BTreeSet;

use tabulary_ir::{
    Cell, CellError, Code, Column, Content, Decimal, Error, Marks, NumberFormat, Origin, Table,
    TableBuilder, Value,
};

use super::flow::Flow;
use super::style::{self, Css};
use crate::dom::NodeId;
use crate::plain_number;

/// The most columns that a cell may span: those of a worksheet. Where a page gives more, browsers and
/// we take the bound of HTML 4.9.11.
const MOST_COLUMNS: u32 = 16_384;
const USUAL_MOST_COLUMNS: u32 = 1000;
/// The most rows that a cell may span: those of a worksheet.
const MOST_ROWS: u32 = 1_048_576;

/// Rows that stand together; no cell reaches out of its group.
struct Group {
    rows: Vec<NodeId>,
    is_head: bool,
}

impl Flow<'_, '_, '_> {
    /// Reads a table.
    pub(super) fn table(&mut self, table: NodeId) -> Result<Table, Error> {
        let dom = self.dom;
        let groups = self.groups(table);
        let mut builder = TableBuilder::new().columns(self.columns(table));
        let mut heads = BTreeSet::new();
        let mut head_rows = Vec::new();
        let mut width = 0_u64;
        for group in &groups {
            for (index, &row) in group.rows.iter().enumerate() {
                builder.row();
                self.reading.budget.tick()?;
                let below = u32::try_from(group.rows.len() - index).unwrap_or(MOST_ROWS);
                let (mut all_head, mut any) = (true, false);
                for node in dom.children(row) {
                    let is_head = dom.name(node) == "th";
                    if !is_head && dom.name(node) != "td" {
                        continue;
                    }
                    let square = builder.next_square();
                    let cell = self.cell(node, row, below)?;
                    width = width.max(u64::from(square.1) + u64::from(cell.col_span));
                    builder.push(cell);
                    if is_head {
                        heads.insert(square);
                    }
                    (all_head, any) = (all_head && is_head, true);
                }
                head_rows.push(group.is_head || (any && all_head));
                self.reading.budget.cells(width)?;
            }
        }
        let given = |name| {
            dom.attribute(table, name)
                .and_then(|n| n.parse::<u32>().ok())
        };
        let header_rows = given("data-header-rows").unwrap_or_else(|| {
            // Our writer says how many columns are headers, and then a row of nothing but header cells
            // is none outside of the head.
            let all = given("data-header-columns").is_none();
            header_rows(&groups, if all { &head_rows } else { &[] })
        });
        let caption = dom.children(table).find(|&n| dom.name(n) == "caption");
        let caption = match caption {
            Some(caption) => self.line_under(caption)?,
            None => Vec::new(),
        };
        let mut table_read = builder
            .caption(caption)
            .headers(header_rows, 0)
            .rtl(dom.is_rtl(table).unwrap_or_default())
            .origin(self.origin(table))
            .finish(&mut self.reading.diagnostics);
        table_read.header_columns = given("data-header-columns")
            .unwrap_or_else(|| header_columns(&table_read, &heads))
            .min(table_read.width());
        Ok(table_read)
    }

    /// The rows of a table, those of its head first and those of its foot last.
    fn groups(&self, table: NodeId) -> Vec<Group> {
        let dom = self.dom;
        let (mut head, mut body, mut foot) = (Vec::new(), Vec::new(), Vec::new());
        for child in dom.children(table) {
            let name = dom.name(child);
            let rows = || {
                let rows = dom.children(child).filter(|&row| dom.name(row) == "tr");
                rows.filter(|&row| !self.is_hidden(row)).collect()
            };
            let group = |is_head| Group {
                rows: rows(),
                is_head,
            };
            match name {
                "thead" => head.push(group(true)),
                "tbody" => body.push(group(false)),
                "tfoot" => foot.push(group(false)),
                _ => {}
            }
        }
        head.into_iter().chain(body).chain(foot).collect()
    }

    fn is_hidden(&self, node: NodeId) -> bool {
        let css = Css::new(self.dom.attribute(node, "style").unwrap_or_default());
        self.dom.attribute(node, "hidden").is_some() || css.hides()
    }

    /// What `col` elements say about the columns.
    fn columns(&self, table: NodeId) -> Vec<Column> {
        let dom = self.dom;
        let groups = dom.children(table).filter(|&n| dom.name(n) == "colgroup");
        let mut columns = Vec::new();
        for col in groups.flat_map(|group| dom.children(group)) {
            if dom.name(col) != "col" || columns.len() >= MOST_COLUMNS as usize {
                continue;
            }
            let css = Css::new(dom.attribute(col, "style").unwrap_or_default());
            let width = css
                .length("width")
                .or_else(|| style::length(dom.attribute(col, "width")?));
            let column = Column {
                hidden: dom.attribute(col, "data-tabulary") == Some("hidden"),
                width: width.filter(|w| w.thousandths() > 0),
            };
            let span = dom
                .attribute(col, "span")
                .and_then(|s| s.parse::<usize>().ok());
            let span = span.unwrap_or(1).clamp(1, 1000);
            columns.extend(std::iter::repeat_n(column, span));
        }
        if columns.iter().all(|c| *c == Column::default())
            && dom.attribute(table, "data-tabulary") != Some("bare")
        {
            columns.clear();
        }
        columns
    }

    /// Reads a cell of a row that has `below` rows in its group, itself included.
    fn cell(&mut self, node: NodeId, row: NodeId, below: u32) -> Result<Cell, Error> {
        let dom = self.dom;
        let css = Css::new(dom.attribute(node, "style").unwrap_or_default());
        let (row_span, col_span) = self.spans(node, below);
        let mut cell = if self.is_hidden(node) {
            self.reading
                .leave_out("a part that the page hides", dom.line(node));
            Cell::default()
        } else {
            let (blocks, _) = self.under(node)?;
            Cell::blocks(blocks)
        };
        (cell.row_span, cell.col_span) = (row_span, col_span);
        self.read_value(node, &mut cell);
        let align = css.align().or_else(|| {
            let named = |n| dom.attribute(n, "align").and_then(style::align);
            named(node).or_else(|| named(row))
        });
        let vertical = css.vertical_align().or_else(|| {
            let named = |n| dom.attribute(n, "valign").and_then(style::vertical_align);
            named(node).or_else(|| named(row))
        });
        let fill = css
            .fill()
            .or_else(|| style::colour(dom.attribute(node, "bgcolor")?));
        let mut marks = css.marks(Marks::NONE);
        let names = dom.attribute(node, "data-marks").unwrap_or_default();
        marks = marks.union(crate::write::marks_named(names));
        let upright = css.is_vertical_text();
        if align.is_some() || vertical.is_some() || fill.is_some() || !marks.is_empty() || upright {
            cell.restyle(|style| {
                style.align = style.align.or(align);
                style.vertical_align = vertical;
                style.fill = fill;
                style.marks = style.marks.union(marks);
                style.vertical_text = upright;
            });
        }
        cell.origin = self.origin(node).map(Box::new);
        Ok(cell)
    }

    /// Row and column span (HTML 4.9.11), told where they are nonsense.
    fn spans(&mut self, node: NodeId, below: u32) -> (u32, u32) {
        let number = |name: &str| {
            let text = self.dom.attribute(node, name)?.trim();
            let digits = text.bytes().take_while(u8::is_ascii_digit).count();
            (digits > 0).then(|| text[..digits].parse::<u32>().unwrap_or(u32::MAX))
        };
        let rows = match number("rowspan") {
            Some(0) => below,
            rows => rows.unwrap_or(1),
        };
        let columns = number("colspan").unwrap_or(1).max(1);
        let most = match columns {
            0..=MOST_COLUMNS => columns,
            _ => USUAL_MOST_COLUMNS,
        };
        let clipped = (rows.min(below), most);
        if clipped != (rows, columns) {
            let message = format!(
                "a cell spans {rows} rows and {columns} columns; it was cut to {} and {}",
                clipped.0, clipped.1
            );
            let origin = Origin::line(self.dom.line(node));
            self.reading
                .diagnostics
                .add(Code::TableSpanClipped, message, origin);
        }
        clipped
    }

    /// The value that the attributes of a cell give, else that of a plain number.
    fn read_value(&mut self, node: NodeId, cell: &mut Cell) {
        let dom = self.dom;
        cell.format = dom.attribute(node, "data-format").map(NumberFormat::new);
        cell.formula = dom.attribute(node, "data-formula").map(Into::into);
        let Some(kind) = dom.attribute(node, "data-type") else {
            if let Content::Text(text) = &cell.content {
                cell.value = plain_number(text);
            }
            return;
        };
        if kind == "text" {
            return;
        }
        let text = dom.attribute(node, "data-value").unwrap_or_default();
        cell.value = typed(kind, text);
        if cell.value.is_none() {
            let message = format!("{text:?} is no value of the type {kind:?}; the text stands");
            let origin = Origin::line(dom.line(node));
            self.reading
                .diagnostics
                .add(Code::ValueInvalid, message, origin);
        }
    }
}

fn typed(kind: &str, text: &str) -> Option<Value> {
    Some(match kind {
        "number" => Value::Number(text.parse::<Decimal>().ok()?),
        "bool" => Value::Bool(text.parse().ok()?),
        "date" => Value::Date(text.parse().ok()?),
        "time" => Value::Time(text.parse().ok()?),
        "datetime" => Value::DateTime(text.parse().ok()?),
        "duration" => Value::Duration(text.parse().ok()?),
        "error" => Value::Error(CellError(text.into())),
        _ => return None,
    })
}

/// The rows of the head; without one, the first rows that hold nothing but header cells, unless all
/// rows do.
fn header_rows(groups: &[Group], head_rows: &[bool]) -> u32 {
    let in_head: usize = groups
        .iter()
        .filter(|g| g.is_head)
        .map(|g| g.rows.len())
        .sum();
    let leading = head_rows.iter().take_while(|&&head| head).count();
    let rows = if in_head > 0 {
        in_head
    } else if leading < head_rows.len() {
        leading
    } else {
        0
    };
    u32::try_from(rows).unwrap_or(u32::MAX)
}

/// The first columns that hold nothing but header cells below the header rows.
fn header_columns(table: &Table, heads: &BTreeSet<(u32, u32)>) -> u32 {
    if heads.is_empty() || table.header_rows >= table.rows() {
        return 0;
    }
    let mut least = table.width();
    for row in table.header_rows..table.rows() {
        let mut col = 0;
        while col < least {
            col = match table.at(row, col) {
                Some(cell) if cell.row < table.header_rows => break,
                Some(cell) if heads.contains(&(cell.row, cell.col)) => cell.col + cell.col_span,
                None if heads.contains(&(row, col)) => col + 1,
                _ => break,
            };
        }
        least = least.min(col);
        if least == 0 {
            break;
        }
    }
    if least == table.width() { 0 } else { least }
}
