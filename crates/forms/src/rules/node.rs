//! Compiled expressions.

use crate::exact::Exact;

/// A compiled expression.
#[derive(Clone, Debug)]
pub(crate) enum Node {
    Number(Exact),
    Text(String),
    Bool(bool),
    /// A value of the report, by the place of its field.
    Field(usize),
    /// A value of the report before.
    Previous(usize),
    /// The number that a pattern found in text.
    Found,
    /// Whether a field is filled in.
    Has(Reference),
    Negated(Box<Node>),
    Plus(Box<Node>, Box<Node>),
    Minus(Box<Node>, Box<Node>),
    Times(Box<Node>, Box<Node>),
    Sum(Vec<Node>),
    Least(Vec<Node>),
    Greatest(Vec<Node>),
    Magnitude(Box<Node>),
    Compare(Comparison, Box<Node>, Box<Node>),
    And(Box<Node>, Box<Node>),
    Or(Box<Node>, Box<Node>),
    Not(Box<Node>),
    If(Box<Node>, Box<Node>, Box<Node>),
    /// A list, and a part of a name: they are gone when all is compiled.
    List(Vec<Node>),
    Path {
        previous: bool,
        parts: Vec<String>,
    },
}

/// How two values are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Comparison {
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

impl Comparison {
    /// The sign that a person reads.
    pub(crate) const fn sign(self) -> &'static str {
        match self {
            Self::Equal => "=",
            Self::NotEqual => "≠",
            Self::Less => "<",
            Self::LessOrEqual => "≤",
            Self::Greater => ">",
            Self::GreaterOrEqual => "≥",
        }
    }
}

/// A field of the report or of the one before.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Reference {
    pub(crate) field: usize,
    pub(crate) previous: bool,
}

/// Every field that an expression names, in the order in which they stand, each once.
pub(crate) fn references(node: &Node) -> Vec<Reference> {
    let mut all = Vec::new();
    collect(node, &mut all);
    all
}

fn collect(node: &Node, all: &mut Vec<Reference>) {
    let mut add = |field, previous| {
        let reference = Reference { field, previous };
        if !all.contains(&reference) {
            all.push(reference);
        }
    };
    match node {
        Node::Field(field) => add(*field, false),
        Node::Previous(field) => add(*field, true),
        Node::Has(reference) => add(reference.field, reference.previous),
        Node::Number(_) | Node::Text(_) | Node::Bool(_) | Node::Found | Node::Path { .. } => {}
        Node::Negated(a) | Node::Magnitude(a) | Node::Not(a) => collect(a, all),
        Node::Plus(a, b)
        | Node::Minus(a, b)
        | Node::Times(a, b)
        | Node::Compare(_, a, b)
        | Node::And(a, b)
        | Node::Or(a, b) => {
            collect(a, all);
            collect(b, all);
        }
        Node::If(a, b, c) => {
            collect(a, all);
            collect(b, all);
            collect(c, all);
        }
        Node::Sum(list) | Node::Least(list) | Node::Greatest(list) | Node::List(list) => {
            list.iter().for_each(|node| collect(node, all));
        }
    }
}
