//! From CEL to compiled expressions.

use std::collections::BTreeMap;

use cel::common::ast::{
    CallExpr, ComprehensionExpr, Expr, IdedExpr, LiteralValue, operators as op,
};
use cel::parser::Parser;
use tabulary_ir::Decimal;

use super::node::{Comparison, Node, Reference};
use crate::exact::Exact;

/// The most nodes that an expression may unroll into.
const MOST_STEPS: u32 = 100_000;

/// What an expression may name.
pub(crate) struct Scope<'a> {
    /// The place of every field by its name.
    pub(crate) fields: &'a BTreeMap<String, usize>,
    /// Lists by their name.
    pub(crate) sets: &'a BTreeMap<String, Vec<String>>,
    /// Values of the variables that a rule goes through.
    pub(crate) variables: BTreeMap<String, String>,
    /// Whether `number` is known.
    pub(crate) has_number: bool,
}

/// Compiles an expression.
///
/// # Errors
/// What is wrong with it, in a sentence.
pub(crate) fn compile(source: &str, scope: &Scope<'_>) -> Result<Node, String> {
    let parsed = Parser::default().parse(source).map_err(|errors| {
        let told: Vec<_> = errors.errors.iter().map(|error| error.msg.trim()).collect();
        format!("it is no expression in CEL: {}", told.join("; "))
    })?;
    let mut compiler = Compiler {
        scope,
        local: BTreeMap::new(),
        steps: 0,
    };
    let node = compiler.node(&parsed)?;
    compiler.value(node)
}

struct Compiler<'a> {
    scope: &'a Scope<'a>,
    /// Variables of macros.
    local: BTreeMap<String, Node>,
    steps: u32,
}

impl Compiler<'_> {
    fn node(&mut self, expr: &IdedExpr) -> Result<Node, String> {
        self.steps += 1;
        if self.steps > MOST_STEPS {
            return Err(format!("it unrolls into more than {MOST_STEPS} steps"));
        }
        match &expr.expr {
            Expr::Literal(literal) => literal_node(literal),
            Expr::Ident(name) => Ok(self.name(name)),
            Expr::Select(select) => {
                let operand = self.node(&select.operand)?;
                let path = join(operand, &select.field)?;
                if !select.test {
                    return Ok(path);
                }
                match self.value(path)? {
                    Node::Field(field) => Ok(Node::Has(Reference {
                        field,
                        previous: false,
                    })),
                    Node::Previous(field) => Ok(Node::Has(Reference {
                        field,
                        previous: true,
                    })),
                    _ => Err("has() asks for a field".into()),
                }
            }
            Expr::List(list) => {
                let elements = list.elements.iter().map(|element| self.node(element));
                Ok(Node::List(elements.collect::<Result<_, _>>()?))
            }
            Expr::Call(call) => self.call(call),
            Expr::Comprehension(comprehension) => self.unroll(comprehension),
            Expr::Map(_) | Expr::Struct(_) | Expr::Unspecified => {
                Err("maps and structures are not understood".into())
            }
        }
    }

    fn name(&self, name: &str) -> Node {
        if let Some(node) = self.local.get(name) {
            return node.clone();
        }
        if let Some(text) = self.scope.variables.get(name) {
            return Node::Text(text.clone());
        }
        if let Some(set) = self.scope.sets.get(name) {
            return Node::List(set.iter().cloned().map(Node::Text).collect());
        }
        if name == "number" && self.scope.has_number {
            return Node::Found;
        }
        let previous = name == "previous";
        Node::Path {
            previous,
            parts: if previous {
                Vec::new()
            } else {
                vec![name.to_owned()]
            },
        }
    }

    /// A node that has a value: a name must be that of a field.
    fn value(&self, node: Node) -> Result<Node, String> {
        let Node::Path { previous, parts } = node else {
            return Ok(node);
        };
        let name = parts.join(".");
        match self.scope.fields.get(&name) {
            Some(&field) if previous => Ok(Node::Previous(field)),
            Some(&field) => Ok(Node::Field(field)),
            None => Err(format!(
                "it names {name:?}, which is no field, no set and no variable"
            )),
        }
    }

    fn valued(&mut self, expr: &IdedExpr) -> Result<Node, String> {
        let node = self.node(expr)?;
        self.value(node)
    }

    fn call(&mut self, call: &CallExpr) -> Result<Node, String> {
        let all: Vec<&IdedExpr> = call
            .target
            .as_deref()
            .into_iter()
            .chain(&call.args)
            .collect();
        match (call.func_name.as_str(), all.as_slice()) {
            (op::INDEX, [list, key]) => {
                let list = self.node(list)?;
                match (list, self.node(key)?) {
                    (path @ Node::Path { .. }, Node::Text(key)) => join(path, &key),
                    _ => Err("only names are indexed, and by a text".into()),
                }
            }
            (op::ADD, [a, b]) => match (self.valued(a)?, self.valued(b)?) {
                (Node::List(mut a), Node::List(b)) => {
                    a.extend(b);
                    Ok(Node::List(a))
                }
                (a, b) => Ok(Node::Plus(Box::new(a), Box::new(b))),
            },
            (op::CONDITIONAL, [condition, a, b]) => {
                let condition = self.valued(condition)?;
                match condition {
                    Node::Bool(true) => self.valued(a),
                    Node::Bool(false) => self.valued(b),
                    condition => Ok(Node::If(
                        Box::new(condition),
                        Box::new(self.valued(a)?),
                        Box::new(self.valued(b)?),
                    )),
                }
            }
            (op::NEGATE, [a]) => Ok(Node::Negated(Box::new(self.valued(a)?))),
            (op::LOGICAL_NOT, [a]) => Ok(Node::Not(Box::new(self.valued(a)?))),
            ("abs", [a]) => Ok(Node::Magnitude(Box::new(self.valued(a)?))),
            (op::NOT_STRICTLY_FALSE, [a]) => self.node(a),
            ("sum", _) => Ok(Node::Sum(self.list(&all)?)),
            ("min", _) => Ok(Node::Least(self.list(&all)?)),
            ("max", _) => Ok(Node::Greatest(self.list(&all)?)),
            (op::IN, [a, b]) => {
                let (a, list) = (self.valued(a)?, self.list(&[b])?);
                let equal = list
                    .into_iter()
                    .map(|b| compare(Comparison::Equal, a.clone(), b));
                let any = equal.reduce(|a, b| Node::Or(Box::new(a), Box::new(b)));
                Ok(any.unwrap_or(Node::Bool(false)))
            }
            (name, [a, b]) => {
                let (a, b) = (self.valued(a)?, self.valued(b)?);
                let two = |make: fn(Box<Node>, Box<Node>) -> Node, a, b| {
                    Ok(make(Box::new(a), Box::new(b)))
                };
                match name {
                    op::SUBSTRACT => two(Node::Minus, a, b),
                    op::MULTIPLY => two(Node::Times, a, b),
                    op::LOGICAL_AND => Ok(match (a, b) {
                        (Node::Bool(true), b) => b,
                        (a, b) => Node::And(Box::new(a), Box::new(b)),
                    }),
                    op::LOGICAL_OR => Ok(match (a, b) {
                        (Node::Bool(false), b) => b,
                        (a, b) => Node::Or(Box::new(a), Box::new(b)),
                    }),
                    op::EQUALS => Ok(compare(Comparison::Equal, a, b)),
                    op::NOT_EQUALS => Ok(compare(Comparison::NotEqual, a, b)),
                    op::LESS => Ok(compare(Comparison::Less, a, b)),
                    op::LESS_EQUALS => Ok(compare(Comparison::LessOrEqual, a, b)),
                    op::GREATER => Ok(compare(Comparison::Greater, a, b)),
                    op::GREATER_EQUALS => Ok(compare(Comparison::GreaterOrEqual, a, b)),
                    op::DIVIDE | op::MODULO => {
                        Err("it divides, which is seldom exact: multiply the other side".into())
                    }
                    other => Err(unknown(other)),
                }
            }
            (name, _) => Err(unknown(name)),
        }
    }

    /// The arguments of a function over many values: one list, or each by itself.
    fn list(&mut self, all: &[&IdedExpr]) -> Result<Vec<Node>, String> {
        let mut list = Vec::new();
        for expr in all {
            match self.valued(expr)? {
                Node::List(nodes) => {
                    for node in nodes {
                        list.push(self.value(node)?);
                    }
                }
                node => list.push(node),
            }
        }
        Ok(list)
    }

    /// A macro such as `list.map(x, …)`: its steps one after the other.
    fn unroll(&mut self, macro_: &ComprehensionExpr) -> Result<Node, String> {
        let Node::List(range) = self.node(&macro_.iter_range)? else {
            return Err("map, all and exists go through sets and lists alone".into());
        };
        let names = [&macro_.iter_var, &macro_.accu_var];
        let before = names.map(|name| self.local.remove(name));
        let mut accu = self.valued(&macro_.accu_init)?;
        for value in range {
            self.local.insert(macro_.iter_var.clone(), value);
            self.local.insert(macro_.accu_var.clone(), accu);
            accu = self.valued(&macro_.loop_step)?;
        }
        self.local.insert(macro_.accu_var.clone(), accu);
        let result = self.node(&macro_.result);
        for (name, node) in names.into_iter().zip(before) {
            self.local.remove(name);
            if let Some(node) = node {
                self.local.insert(name.clone(), node);
            }
        }
        result
    }
}

fn unknown(name: &str) -> String {
    format!("the function {name:?} is not known; sum, min, max, abs and has are")
}

fn join(node: Node, part: &str) -> Result<Node, String> {
    match node {
        Node::Path {
            previous,
            mut parts,
        } => {
            parts.push(part.to_owned());
            Ok(Node::Path { previous, parts })
        }
        _ => Err(format!("{part:?} is asked of what is no name of fields")),
    }
}

fn compare(comparison: Comparison, a: Node, b: Node) -> Node {
    match (comparison, &a, &b) {
        (Comparison::Equal, Node::Text(a), Node::Text(b)) => Node::Bool(a == b),
        (Comparison::NotEqual, Node::Text(a), Node::Text(b)) => Node::Bool(a != b),
        _ => Node::Compare(comparison, Box::new(a), Box::new(b)),
    }
}

fn literal_node(literal: &LiteralValue) -> Result<Node, String> {
    match literal {
        LiteralValue::Boolean(value) => Ok(Node::Bool(*value.inner())),
        LiteralValue::Int(value) => Ok(Node::Number(Exact::whole(*value.inner()))),
        LiteralValue::UInt(value) => i64::try_from(*value.inner())
            .map(|number| Node::Number(Exact::whole(number)))
            .map_err(|_| "a number is too large".into()),
        LiteralValue::Double(value) => Decimal::from_f64(*value.inner())
            .and_then(|number| Exact::new(&number))
            .map(Node::Number)
            .ok_or_else(|| "a number is too large".into()),
        LiteralValue::String(value) => Ok(Node::Text(value.inner().to_string())),
        LiteralValue::Bytes(_) | LiteralValue::Null => {
            Err("bytes and null are no values of fields; has() asks whether one is blank".into())
        }
    }
}
