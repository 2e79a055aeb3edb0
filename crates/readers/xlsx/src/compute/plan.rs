//! A formula made ready: read, its names put in, and looked through for what is not worked out.

use std::collections::BTreeSet;

use formualizer_parse::parser::{ASTNode, ASTNodeType, ReferenceType};
use formualizer_parse::{BinaryOperator, LiteralValue, Parser, ParserLimits, UnaryOperator};

use super::arguments;
use super::functions::{is_volatile, signature};
use super::reason::Reason;
use super::scope::{Scope, area};
use super::text::{AsNumber, as_number};
use crate::place::Area;

/// The longest formula (ECMA-376-1 leaves it to the program; Excel: 8,192 characters).
const LENGTH: usize = 8192;
/// How deep a formula may nest, names included. The engine recurs once for each level.
const DEPTH: usize = 128;
/// How many parts a formula may have, names included.
const PARTS: usize = 8192;

/// A cell or range of a sheet.
pub(super) type Place = (usize, Area);

/// What stands around a formula.
pub(super) struct Surroundings<'a> {
    pub(super) scope: &'a Scope,
    /// The names of the sheets, in their order.
    pub(super) sheets: &'a [&'a str],
    pub(super) sheet: usize,
    pub(super) row: u32,
    /// Whether rows of a range are hidden or hold totals of their own.
    pub(super) has_subtotals: &'a dyn Fn(Place) -> bool,
    /// Whether a range is larger than what is looked at of it.
    pub(super) is_cut: &'a dyn Fn(Place) -> bool,
}

/// A formula that can be evaluated.
pub(super) struct Plan {
    pub(super) node: ASTNode,
    /// What it names, in order.
    pub(super) reads: Vec<Place>,
    /// Cells that it takes as numbers.
    pub(super) numbers: Vec<(usize, u32, u32)>,
    pub(super) functions: BTreeSet<String>,
    pub(super) divides: bool,
    pub(super) powers: bool,
    pub(super) calculates: bool,
    /// Errors that stand in it.
    pub(super) errors: Vec<String>,
    /// How often it goes through what it reads.
    pub(super) weight: u64,
    /// Whether it takes what `INDIRECT` gives as one value.
    pub(super) one_indirect: bool,
}

/// What a part of a formula is taken as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Want {
    /// One value.
    One,
    /// A range, an array or a value.
    Range,
    /// The same, where operators work on each cell.
    Array,
}

/// How many values a part of a formula has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    One,
    Many,
}

/// Reads a formula.
pub(super) fn plan(formula: &str, around: &Surroundings<'_>) -> Result<Plan, Reason> {
    if formula.chars().nth(LENGTH).is_some() {
        return Err(Reason::Limit);
    }
    let mut planner = Planner {
        around,
        parts: 0,
        depth: 0,
        texts_as_numbers: false,
        plan: Plan {
            node: parse(formula)?,
            reads: Vec::new(),
            numbers: Vec::new(),
            functions: BTreeSet::new(),
            divides: false,
            powers: false,
            calculates: false,
            errors: Vec::new(),
            weight: 1,
            one_indirect: false,
        },
    };
    let mut node = ASTNode::new(ASTNodeType::Omitted, None);
    std::mem::swap(&mut node, &mut planner.plan.node);
    let shape = planner.check(&mut node, Want::One, false)?;
    planner.plan.node = node;
    if shape == Shape::Many {
        return Err(Reason::Array);
    }
    planner.judge()
}

fn parse(formula: &str) -> Result<ASTNode, Reason> {
    let limits = ParserLimits::default()
        .with_source_bytes(4 * LENGTH + 1)
        .with_ast_nodes(PARTS)
        .with_ast_height(DEPTH);
    let formula = formula.trim_start_matches('=');
    Parser::builder()
        .limits(limits)
        .parse(format!("={formula}"))
        .map_err(|_| match formula.contains(".xls") || formula.contains("]") {
            true => Reason::External,
            false => Reason::Syntax,
        })
}

/// Goes through a formula.
pub(super) struct Planner<'a> {
    pub(super) around: &'a Surroundings<'a>,
    pub(super) plan: Plan,
    parts: usize,
    depth: usize,
    /// Whether text that it puts together is taken as a number.
    texts_as_numbers: bool,
}

impl Planner<'_> {
    /// Looks through a part, and puts in what its names stand for.
    pub(super) fn check(
        &mut self,
        node: &mut ASTNode,
        want: Want,
        numeric: bool,
    ) -> Result<Shape, Reason> {
        self.parts += 1;
        self.depth += 1;
        if self.parts > PARTS || self.depth > DEPTH {
            return Err(Reason::Limit);
        }
        let shape = self.check_part(node, want, numeric);
        self.depth -= 1;
        shape
    }

    fn check_part(
        &mut self,
        node: &mut ASTNode,
        want: Want,
        numeric: bool,
    ) -> Result<Shape, Reason> {
        match &mut node.node_type {
            ASTNodeType::Literal(value) => self.literal(value, numeric),
            ASTNodeType::Omitted => Ok(Shape::One),
            ASTNodeType::Reference { reference, .. } => {
                if let ReferenceType::NamedRange(name) = reference {
                    *node = self.named(name)?;
                    return self.check(node, want, numeric);
                }
                self.reference(reference, want, numeric)
            }
            ASTNodeType::UnaryOp { op, expr } => {
                if !matches!(
                    op,
                    UnaryOperator::Plus | UnaryOperator::Minus | UnaryOperator::Percent
                ) {
                    return Err(Reason::Array);
                }
                self.plan.calculates = true;
                let shape = self.check(expr, operand(want), true)?;
                self.weigh(shape);
                Ok(shape)
            }
            ASTNodeType::BinaryOp { op, left, right } => {
                let arithmetic = self.operator(op)?;
                self.texts_as_numbers |= numeric && *op == BinaryOperator::Concat;
                let left = self.check(left, operand(want), arithmetic)?;
                let right = self.check(right, operand(want), arithmetic)?;
                let many = left == Shape::Many || right == Shape::Many;
                let shape = if many { Shape::Many } else { Shape::One };
                self.weigh(shape);
                Ok(shape)
            }
            ASTNodeType::Function { name, args } => self.function(name, args, want, numeric),
            ASTNodeType::Array(rows) => {
                if want == Want::One {
                    return Err(Reason::Array);
                }
                for node in rows.iter_mut().flatten() {
                    self.check(node, Want::One, false)?;
                }
                Ok(Shape::Many)
            }
            ASTNodeType::Call { .. } => Err(Reason::Function("LAMBDA".to_owned())),
        }
    }

    fn weigh(&mut self, shape: Shape) {
        if shape == Shape::Many {
            self.plan.weight += 2;
        }
    }

    /// Whether an operator takes numbers.
    fn operator(&mut self, op: &BinaryOperator) -> Result<bool, Reason> {
        use BinaryOperator as B;
        let arithmetic = match op {
            B::Divide => {
                self.plan.divides = true;
                true
            }
            B::Power => {
                self.plan.powers = true;
                true
            }
            B::Add | B::Subtract | B::Multiply => true,
            B::Concat => false,
            B::Equal | B::NotEqual | B::Less | B::Greater | B::LessEqual | B::GreaterEqual => false,
            B::Range | B::Union | B::Intersection => return Err(Reason::Array),
        };
        self.plan.calculates |= arithmetic;
        Ok(arithmetic)
    }

    fn literal(&mut self, value: &LiteralValue, numeric: bool) -> Result<Shape, Reason> {
        match value {
            LiteralValue::Error(error) => self.plan.errors.push(error.kind.to_string()),
            LiteralValue::Text(text) if numeric && as_number(text) == AsNumber::Unsure => {
                return Err(Reason::Unsure("text as a number".to_owned()));
            }
            LiteralValue::Array(_) => return Err(Reason::Array),
            _ => {}
        }
        Ok(Shape::One)
    }

    /// What a defined name stands for.
    fn named(&self, name: &str) -> Result<ASTNode, Reason> {
        let unknown = || Reason::Name(name.to_owned());
        let target = self
            .around
            .scope
            .name(name, self.around.sheet)
            .ok_or_else(unknown)?;
        if target.chars().nth(LENGTH).is_some() {
            return Err(Reason::Limit);
        }
        let node = parse(target)?;
        // A name that is relative to the cell that uses it does not say to which cell it was given.
        if is_relative(&node) {
            return Err(Reason::Unsure(format!("the relative name {name}")));
        }
        Ok(node)
    }

    fn reference(
        &mut self,
        reference: &mut ReferenceType,
        want: Want,
        numeric: bool,
    ) -> Result<Shape, Reason> {
        let place = match &*reference {
            ReferenceType::Table(list) => {
                let around = self.around;
                around.scope.list(list, around.sheet, around.row)?
            }
            ReferenceType::External(_) => return Err(Reason::External),
            other => {
                let (sheet, area) = area(other).ok_or(Reason::Array)?;
                let index = match sheet {
                    Some(name) => self
                        .around
                        .scope
                        .sheet(name)
                        .ok_or_else(|| Reason::Name(name.to_owned()))?,
                    None => self.around.sheet,
                };
                (index, area)
            }
        };
        *reference = self.absolute(place);
        self.plan.reads.push(place);
        let (sheet, area) = place;
        if (area.row, area.col) == (area.last_row, area.last_col) {
            if numeric {
                self.plan.numbers.push((sheet, area.row, area.col));
            }
            return Ok(Shape::One);
        }
        if want == Want::One {
            return Err(Reason::Array);
        }
        Ok(Shape::Many)
    }

    /// The reference to a place.
    pub(super) fn absolute(&self, (sheet, area): Place) -> ReferenceType {
        let name = self.around.sheets.get(sheet).map(|&name| name.to_owned());
        if (area.row, area.col) == (area.last_row, area.last_col) {
            return ReferenceType::Cell {
                sheet: name,
                row: area.row + 1,
                col: area.col + 1,
                row_abs: true,
                col_abs: true,
            };
        }
        ReferenceType::Range {
            sheet: name,
            start_row: Some(area.row + 1),
            start_col: Some(area.col + 1),
            end_row: Some(area.last_row + 1),
            end_col: Some(area.last_col + 1),
            start_row_abs: true,
            start_col_abs: true,
            end_row_abs: true,
            end_col_abs: true,
        }
    }

    fn function(
        &mut self,
        name: &mut String,
        args: &mut Vec<ASTNode>,
        want: Want,
        numeric: bool,
    ) -> Result<Shape, Reason> {
        let capital = name.to_uppercase();
        let plain = capital.trim_start_matches("_XLFN.");
        let plain = plain.trim_start_matches("_XLWS.");
        if is_volatile(plain) {
            return Err(Reason::Volatile(plain.to_owned()));
        }
        let Some(signature) = signature(plain) else {
            return Err(Reason::Function(plain.to_owned()));
        };
        self.plan.functions.insert(plain.to_owned());
        *name = plain.to_owned();
        self.texts_as_numbers |= numeric && arguments::gives_text(name);
        arguments::spread(self.around, args)?;
        let start = self.plan.reads.len();
        let mut shapes = Vec::with_capacity(args.len());
        for (index, arg) in args.iter_mut().enumerate() {
            let letter = signature.argument(index).ok_or(Reason::Syntax)?;
            let want = match letter {
                'r' => Want::Range,
                'a' => Want::Array,
                _ => Want::One,
            };
            if letter == 'r' {
                arguments::no_bare_text(name, arg)?;
            }
            shapes.push(self.check(arg, want, letter == 'n')?);
        }
        self.special(name, args, start, want)
    }

    /// Errors that a formula catches must be those that Excel gives.
    fn judge(self) -> Result<Plan, Reason> {
        let catches = ["IFERROR", "ISERR", "ISERROR"]
            .iter()
            .any(|name| self.plan.functions.contains(*name));
        if catches && (self.texts_as_numbers || self.plan.functions.contains("VALUE")) {
            return Err(Reason::Unsure("text as a number".to_owned()));
        }
        Ok(self.plan)
    }
}

/// What the operands of an operator are taken as.
fn operand(want: Want) -> Want {
    match want {
        Want::Array => Want::Array,
        Want::One | Want::Range => Want::One,
    }
}

fn is_relative(node: &ASTNode) -> bool {
    match &node.node_type {
        ASTNodeType::Reference { reference, .. } => match reference {
            ReferenceType::Cell {
                row_abs, col_abs, ..
            } => !(*row_abs && *col_abs),
            ReferenceType::Range {
                start_row,
                start_col,
                start_row_abs,
                start_col_abs,
                end_row_abs,
                end_col_abs,
                ..
            } => {
                (start_row.is_some() && !(*start_row_abs && *end_row_abs))
                    || (start_col.is_some() && !(*start_col_abs && *end_col_abs))
            }
            _ => false,
        },
        ASTNodeType::UnaryOp { expr, .. } => is_relative(expr),
        ASTNodeType::BinaryOp { left, right, .. } => is_relative(left) || is_relative(right),
        ASTNodeType::Function { args, .. } => args.iter().any(is_relative),
        _ => false,
    }
}
