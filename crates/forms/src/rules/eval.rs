//! Reckoning compiled expressions.

use std::cmp::Ordering;

use super::node::{Comparison, Node, Reference};
use crate::exact::Exact;

/// The value of a field as rules see it.
#[derive(Clone, Debug, Default)]
pub(crate) enum Datum {
    #[default]
    Blank,
    Number(Exact),
    Text(Box<str>),
}

/// What a rule is reckoned over.
#[derive(Clone, Copy)]
pub(crate) struct Facts<'a> {
    pub(crate) values: &'a [Datum],
    pub(crate) previous: &'a [Datum],
    pub(crate) found: Option<Exact>,
    pub(crate) tolerance: Exact,
}

/// What a rule comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    Holds,
    Violated,
    /// A value that it turns on is blank.
    Undecided,
}

/// Whether an expression holds.
pub(crate) fn evaluate(node: &Node, facts: &Facts<'_>) -> Outcome {
    match truth(node, facts) {
        Some(true) => Outcome::Holds,
        Some(false) => Outcome::Violated,
        None => Outcome::Undecided,
    }
}

/// The two sides of the comparisons that a broken expression turns on.
pub(crate) fn sides(node: &Node, facts: &Facts<'_>) -> Vec<(Exact, Comparison, Exact)> {
    match node {
        Node::Compare(comparison, a, b) => match (number(a, facts), number(b, facts)) {
            (Some(a), Some(b)) => vec![(a, *comparison, b)],
            _ => Vec::new(),
        },
        Node::And(a, b) => {
            let is_broken = |node: &Node| truth(node, facts) == Some(false);
            let broken = [a, b].into_iter().filter(|node| is_broken(node));
            broken.flat_map(|node| sides(node, facts)).collect()
        }
        Node::Or(a, b) => [a, b]
            .into_iter()
            .flat_map(|node| sides(node, facts))
            .collect(),
        Node::If(condition, a, b) => match truth(condition, facts) {
            Some(true) => sides(a, facts),
            Some(false) => sides(b, facts),
            None => Vec::new(),
        },
        _ => Vec::new(),
    }
}

fn datum<'a>(reference: Reference, facts: &Facts<'a>) -> Option<&'a Datum> {
    let all = if reference.previous {
        facts.previous
    } else {
        facts.values
    };
    all.get(reference.field)
}

/// Truth with three values: what a blank could turn is none.
fn truth(node: &Node, facts: &Facts<'_>) -> Option<bool> {
    match node {
        Node::Bool(value) => Some(*value),
        Node::Has(reference) => Some(!matches!(
            datum(*reference, facts),
            None | Some(Datum::Blank)
        )),
        Node::Not(a) => truth(a, facts).map(|value| !value),
        Node::And(a, b) => match (truth(a, facts), truth(b, facts)) {
            (Some(false), _) | (_, Some(false)) => Some(false),
            (Some(true), Some(true)) => Some(true),
            _ => None,
        },
        Node::Or(a, b) => match (truth(a, facts), truth(b, facts)) {
            (Some(true), _) | (_, Some(true)) => Some(true),
            (Some(false), Some(false)) => Some(false),
            _ => None,
        },
        Node::If(condition, a, b) => match truth(condition, facts)? {
            true => truth(a, facts),
            false => truth(b, facts),
        },
        Node::Compare(comparison, a, b) => {
            if let (Some(a), Some(b)) = (text(a, facts), text(b, facts)) {
                return Some(agrees(*comparison, a.cmp(b)));
            }
            let (a, b) = (number(a, facts)?, number(b, facts)?);
            let apart = a.minus(b)?.magnitude();
            let is_near = apart.order(facts.tolerance)? != Ordering::Greater;
            let order = if is_near {
                Ordering::Equal
            } else {
                a.order(b)?
            };
            Some(agrees(*comparison, order))
        }
        _ => None,
    }
}

fn agrees(comparison: Comparison, order: Ordering) -> bool {
    match comparison {
        Comparison::Equal => order.is_eq(),
        Comparison::NotEqual => order.is_ne(),
        Comparison::Less => order.is_lt(),
        Comparison::LessOrEqual => order.is_le(),
        Comparison::Greater => order.is_gt(),
        Comparison::GreaterOrEqual => order.is_ge(),
    }
}

fn text<'a>(node: &'a Node, facts: &Facts<'a>) -> Option<&'a str> {
    let reference = match node {
        Node::Text(text) => return Some(text),
        Node::Field(field) => Reference {
            field: *field,
            previous: false,
        },
        Node::Previous(field) => Reference {
            field: *field,
            previous: true,
        },
        _ => return None,
    };
    match datum(reference, facts) {
        Some(Datum::Text(text)) => Some(text),
        _ => None,
    }
}

fn number(node: &Node, facts: &Facts<'_>) -> Option<Exact> {
    let of = |field: usize, all: &[Datum]| match all.get(field) {
        Some(Datum::Number(number)) => Some(*number),
        _ => None,
    };
    match node {
        Node::Number(number) => Some(*number),
        Node::Field(field) => of(*field, facts.values),
        Node::Previous(field) => of(*field, facts.previous),
        Node::Found => facts.found,
        Node::Negated(a) => number(a, facts).map(Exact::negated),
        Node::Magnitude(a) => number(a, facts).map(Exact::magnitude),
        Node::Plus(a, b) => number(a, facts)?.plus(number(b, facts)?),
        Node::Minus(a, b) => number(a, facts)?.minus(number(b, facts)?),
        Node::Times(a, b) => number(a, facts)?.times(number(b, facts)?),
        Node::Sum(list) => {
            let mut sum = Exact::whole(0);
            for node in list {
                sum = sum.plus(number(node, facts)?)?;
            }
            Some(sum)
        }
        Node::Least(list) => extreme(list, facts, Ordering::Less),
        Node::Greatest(list) => extreme(list, facts, Ordering::Greater),
        Node::If(condition, a, b) => match truth(condition, facts)? {
            true => number(a, facts),
            false => number(b, facts),
        },
        _ => None,
    }
}

fn extreme(list: &[Node], facts: &Facts<'_>, wanted: Ordering) -> Option<Exact> {
    let mut best = None;
    for node in list {
        let value = number(node, facts)?;
        best = match best {
            Some(best) if value.order(best)? != wanted => Some(best),
            _ => Some(value),
        };
    }
    best
}
