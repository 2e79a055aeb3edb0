//! Rules: expressions in CEL over the fields of a form, compiled once and reckoned with exact numbers.
//!
//! The grammar is that of CEL (the `cel` crate parses it, macros such as `map` and `all` included).
//! The values are not: a field is an exact decimal number, a text, or blank, and a comparison with
//! what is blank can neither hold nor be broken. So the expression is compiled here into a tree over
//! the places of fields, with all lists unrolled.

mod compile;
mod eval;
mod node;

pub(crate) use compile::{Scope, compile};
pub(crate) use eval::{Datum, Facts, Outcome, evaluate, sides};
pub(crate) use node::{Comparison, Node, Reference, references};
