//! Rules as formulas of a workbook.

use tabulary_ir::Area;

use crate::rules::{Comparison, Node, Reference};

/// Where the cell of a field stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Spot {
    pub(super) sheet: String,
    pub(super) area: Area,
}

/// Makes formulas that stand on one sheet.
pub(super) struct Formulas<'a> {
    pub(super) sheet: &'a str,
    pub(super) spot: &'a dyn Fn(usize) -> Option<Spot>,
}

impl Formulas<'_> {
    /// Whether a rule is broken, as a formula: it is not as long as a cell that it names is blank. None
    /// where it names what no cell holds.
    pub(super) fn is_broken(&self, node: &Node, fields: &[Reference]) -> Option<String> {
        let holds = self.truth(node)?;
        Some(format!("AND({},NOT({holds}))", self.all_filled(fields)?))
    }

    /// A value as a formula that is blank as long as a cell that it names is.
    pub(super) fn value(&self, node: &Node, fields: &[Reference]) -> Option<String> {
        let value = self.number(node)?;
        Some(format!("IF({},{value},\"\")", self.all_filled(fields)?))
    }

    fn all_filled(&self, fields: &[Reference]) -> Option<String> {
        if fields.iter().any(|reference| reference.previous) {
            return None;
        }
        let spots: Option<Vec<Spot>> = fields
            .iter()
            .map(|reference| (self.spot)(reference.field))
            .collect();
        Some(format!("COUNT({})={}", self.ranges(&spots?), fields.len()))
    }

    fn truth(&self, node: &Node) -> Option<String> {
        Some(match node {
            Node::Bool(true) => "TRUE".into(),
            Node::Bool(false) => "FALSE".into(),
            Node::Not(a) => format!("NOT({})", self.truth(a)?),
            Node::And(a, b) => format!("AND({},{})", self.truth(a)?, self.truth(b)?),
            Node::Or(a, b) => format!("OR({},{})", self.truth(a)?, self.truth(b)?),
            Node::If(c, a, b) => {
                format!(
                    "IF({},{},{})",
                    self.truth(c)?,
                    self.truth(a)?,
                    self.truth(b)?
                )
            }
            Node::Compare(comparison, a, b) => {
                // A workbook reckons with doubles, so that tenths do not add up.
                let apart = format!("ROUND({}-({}),6)", self.number(a)?, self.number(b)?);
                let sign = match comparison {
                    Comparison::Equal => "=",
                    Comparison::NotEqual => "<>",
                    Comparison::Less => "<",
                    Comparison::LessOrEqual => "<=",
                    Comparison::Greater => ">",
                    Comparison::GreaterOrEqual => ">=",
                };
                format!("{apart}{sign}0")
            }
            _ => return None,
        })
    }

    fn number(&self, node: &Node) -> Option<String> {
        Some(match node {
            Node::Number(number) => number.to_decimal().to_string(),
            Node::Field(field) => self.address(&(self.spot)(*field)?),
            Node::Negated(a) => format!("-({})", self.number(a)?),
            Node::Magnitude(a) => format!("ABS({})", self.number(a)?),
            Node::Plus(a, b) => format!("{}+{}", self.number(a)?, self.number(b)?),
            Node::Minus(a, b) => format!("{}-({})", self.number(a)?, self.number(b)?),
            Node::Times(a, b) => format!("({})*({})", self.number(a)?, self.number(b)?),
            Node::Sum(list) => format!("SUM({})", self.list(list)?),
            Node::Least(list) => format!("MIN({})", self.list(list)?),
            Node::Greatest(list) => format!("MAX({})", self.list(list)?),
            Node::If(c, a, b) => {
                format!(
                    "IF({},{},{})",
                    self.truth(c)?,
                    self.number(a)?,
                    self.number(b)?
                )
            }
            _ => return None,
        })
    }

    fn list(&self, list: &[Node]) -> Option<String> {
        let spots: Option<Vec<Spot>> = list
            .iter()
            .map(|node| match node {
                Node::Field(field) => (self.spot)(*field),
                _ => None,
            })
            .collect();
        if let Some(spots) = spots {
            return Some(self.ranges(&spots));
        }
        let numbers: Option<Vec<String>> = list.iter().map(|node| self.number(node)).collect();
        numbers.map(|numbers| numbers.join(","))
    }

    fn address(&self, spot: &Spot) -> String {
        let area = Area::new(spot.area.row, spot.area.col, spot.area.row, spot.area.col);
        self.range(&spot.sheet, &area)
    }

    fn range(&self, sheet: &str, area: &Area) -> String {
        let range = absolute(area);
        if sheet == self.sheet {
            range
        } else {
            format!("'{}'!{range}", sheet.replace('\'', "''"))
        }
    }

    /// Cells as ranges: those that stand beside or below one another are one.
    fn ranges(&self, spots: &[Spot]) -> String {
        let mut joined: Vec<(String, Area)> = Vec::new();
        for spot in spots {
            let at = &spot.area;
            if let Some((sheet, last)) = joined.last_mut()
                && *sheet == spot.sheet
            {
                let is_beside =
                    last.row == at.row && last.last_row == at.row && last.last_col + 1 == at.col;
                let is_below = last.col == at.col
                    && last.last_col == at.last_col
                    && last.last_row + 1 == at.row;
                if is_beside || is_below {
                    (last.last_row, last.last_col) = (at.last_row, at.last_col);
                    continue;
                }
            }
            joined.push((spot.sheet.clone(), *at));
        }
        let ranges: Vec<String> = joined
            .iter()
            .map(|(sheet, area)| self.range(sheet, area))
            .collect();
        ranges.join(",")
    }
}

/// A range whose rows and columns are fixed: `$B$3:$C$4`.
pub(super) fn absolute(area: &Area) -> String {
    let place = |row: u32, col: u32| format!("${}${}", tabulary_ir::column_letters(col), row + 1);
    let first = place(area.row, area.col);
    if (area.row, area.col) == (area.last_row, area.last_col) {
        return first;
    }
    format!("{first}:{}", place(area.last_row, area.last_col))
}
