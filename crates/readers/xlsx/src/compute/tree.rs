//! Formulas as trees.

use formualizer_parse::parser::{ASTNode, ASTNodeType, ReferenceType};
use formualizer_parse::{Parser, ParserLimits};

use super::operators;
use super::reason::Reason;

/// The longest formula (ECMA-376-1 leaves it to the program; Excel: 8,192 characters).
pub(super) const LENGTH: usize = 8192;
/// How deep a formula may nest, names included. The engine recurs once for each level.
pub(super) const DEPTH: usize = 250;
/// How many parts a formula may have, names included.
pub(super) const PARTS: usize = 8192;

/// Reads a formula.
pub(super) fn parse(formula: &str) -> Result<ASTNode, Reason> {
    let limits = ParserLimits::default()
        .with_source_bytes(4 * LENGTH + 1)
        .with_ast_nodes(PARTS)
        .with_ast_height(DEPTH);
    let formula = formula.trim_start_matches('=');
    Parser::builder()
        .limits(limits)
        .parse(format!("={formula}"))
        .map_err(
            |_| match formula.contains(".xls") || formula.contains("]") {
                true => Reason::External,
                false => Reason::Syntax,
            },
        )
}

/// Makes an operator a call, where it is worked out here.
pub(super) fn call(node: &mut ASTNode) {
    let kind = std::mem::replace(&mut node.node_type, ASTNodeType::Omitted);
    node.node_type = match kind {
        ASTNodeType::BinaryOp { op, left, right } => match operators::name(op) {
            Some(name) => ASTNodeType::Function {
                name: name.to_owned(),
                args: vec![*left, *right],
            },
            None => ASTNodeType::BinaryOp { op, left, right },
        },
        other => other,
    };
}

/// Whether a formula names cells by their distance from the one that it stands in.
pub(super) fn is_relative(node: &ASTNode) -> bool {
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
