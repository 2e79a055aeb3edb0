//! A formula made ready: read, its names put in, and looked through for what is not worked out.

use std::collections::BTreeSet;

use formualizer_parse::parser::{ASTNode, ASTNodeType, ReferenceType};
use formualizer_parse::{BinaryOperator, LiteralValue, UnaryOperator};

use super::arguments;
use super::functions::{is_volatile, signature};
use super::reason::Reason;
use super::scope::Scope;
use super::text::{AsNumber, as_number};
use super::tree::{DEPTH, LENGTH, PARTS, call, parse};
use crate::place::Area;

/// How much more work an operator takes over a range than a function does.
const ARRAY: u64 = 10;

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
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
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
    let sum = [BinaryOperator::Add, BinaryOperator::Subtract];
    if matches!(&node.node_type, ASTNodeType::BinaryOp { op, .. } if sum.contains(op)) {
        call(&mut node);
    }
    planner.plan.node = node;
    if shape == Shape::Many {
        return Err(Reason::Array);
    }
    planner.judge()
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
                let arithmetic = self.operator(*op)?;
                let texts = *op == BinaryOperator::Concat;
                self.texts_as_numbers |= numeric && texts;
                let left = self.check(left, operand(want), arithmetic)?;
                let right = self.check(right, operand(want), arithmetic)?;
                let shape = left.max(right);
                self.weigh(shape);
                // The last sum is put in by `plan`.
                if !arithmetic {
                    match shape {
                        Shape::One => call(node),
                        Shape::Many if texts => return Err(Reason::Array),
                        Shape::Many => {}
                    }
                }
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
            self.plan.weight += ARRAY;
        }
    }

    /// Whether an operator takes numbers.
    fn operator(&mut self, op: BinaryOperator) -> Result<bool, Reason> {
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
            _ => return Err(Reason::Array),
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
        if signature.is_of_ranges() {
            arguments::spread(self.around, args)?;
        }
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
