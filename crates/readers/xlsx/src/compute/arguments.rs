//! What single functions ask of their arguments before they are worked out.

use formualizer_parse::LiteralValue;
use formualizer_parse::parser::{ASTNode, ASTNodeType, ReferenceType};

use super::plan::{Planner, Shape, Surroundings, Want};
use super::reason::Reason;

/// Whether a function gives text.
pub(super) fn gives_text(name: &str) -> bool {
    [
        "CHAR",
        "CLEAN",
        "CONCAT",
        "CONCATENATE",
        "LEFT",
        "LOWER",
        "MID",
        "PROPER",
        "REPLACE",
        "REPT",
        "RIGHT",
        "SUBSTITUTE",
        "T",
        "TEXT",
        "TEXTJOIN",
        "TRIM",
        "UNICHAR",
        "UPPER",
    ]
    .contains(&name)
}

/// Excel takes a text that stands in the formula as a number, or gives an error; one in a cell it passes
/// over.
pub(super) fn no_bare_text(name: &str, arg: &ASTNode) -> Result<(), Reason> {
    let is_text = matches!(
        &arg.node_type,
        ASTNodeType::Literal(LiteralValue::Text(_) | LiteralValue::Error(_))
    );
    if is_text && !matches!(name, "CONCAT" | "TEXTJOIN" | "COUNTA") {
        return Err(Reason::Unsure(format!("{name} of a text")));
    }
    Ok(())
}

/// Puts the cells of each sheet in the place of a reference through several, `Jan:Mar!B2`.
pub(super) fn spread(around: &Surroundings<'_>, args: &mut Vec<ASTNode>) -> Result<(), Reason> {
    let is_deep = |node: &ASTNode| {
        matches!(
            &node.node_type,
            ASTNodeType::Reference {
                reference: ReferenceType::Cell3D { .. } | ReferenceType::Range3D { .. },
                ..
            }
        )
    };
    if !args.iter().any(is_deep) {
        return Ok(());
    }
    let mut spread = Vec::with_capacity(args.len());
    for arg in args.drain(..) {
        match &arg.node_type {
            ASTNodeType::Reference { reference, .. } if is_deep(&arg) => {
                spread.extend(through(around, reference)?);
            }
            _ => spread.push(arg),
        }
    }
    *args = spread;
    Ok(())
}

fn through(around: &Surroundings<'_>, reference: &ReferenceType) -> Result<Vec<ASTNode>, Reason> {
    let (first, last) = match reference {
        ReferenceType::Cell3D {
            sheet_first,
            sheet_last,
            ..
        }
        | ReferenceType::Range3D {
            sheet_first,
            sheet_last,
            ..
        } => (sheet_first, sheet_last),
        _ => return Err(Reason::Syntax),
    };
    let index = |name: &String| {
        let index = around.scope.sheet(name);
        index.ok_or_else(|| Reason::Name(name.clone()))
    };
    let (first, last) = (index(first)?, index(last)?);
    let (first, last) = (first.min(last), first.max(last));
    let node = |sheet: usize| {
        let sheet = around.sheets.get(sheet).map(|&name| name.to_owned());
        let reference = match reference.clone() {
            ReferenceType::Cell3D {
                row,
                col,
                row_abs,
                col_abs,
                ..
            } => ReferenceType::Cell {
                sheet,
                row,
                col,
                row_abs,
                col_abs,
            },
            ReferenceType::Range3D {
                start_row,
                start_col,
                end_row,
                end_col,
                start_row_abs,
                start_col_abs,
                end_row_abs,
                end_col_abs,
                ..
            } => ReferenceType::Range {
                sheet,
                start_row,
                start_col,
                end_row,
                end_col,
                start_row_abs,
                start_col_abs,
                end_row_abs,
                end_col_abs,
            },
            other => other,
        };
        let original = String::new();
        let node = ASTNodeType::Reference {
            original,
            reference,
        };
        ASTNode::new(node, None)
    };
    Ok((first..=last).map(node).collect())
}

impl Planner<'_> {
    /// What a function asks beside its arguments, and how many values it gives. What it reads begins at
    /// `start`.
    pub(super) fn special(
        &mut self,
        name: &str,
        args: &[ASTNode],
        start: usize,
        want: Want,
    ) -> Result<Shape, Reason> {
        let unsure = |what: &str| Err(Reason::Unsure(what.to_owned()));
        let reads = self.plan.reads.get(start..).unwrap_or_default();
        match name {
            "SUBTOTAL"
                if reads
                    .iter()
                    .any(|&place| (self.around.has_subtotals)(place)) =>
            {
                unsure("SUBTOTAL over rows that are hidden or totals")
            }
            "COUNTBLANK" | "ROWS" | "COLUMNS"
                if reads.iter().any(|&place| (self.around.is_cut)(place)) =>
            {
                Err(Reason::Limit)
            }
            "ROW" | "COLUMN" if want == Want::Array => Err(Reason::Array),
            "DATEDIF" => match args.get(2).and_then(literal_text) {
                Some("y" | "Y" | "m" | "M" | "d" | "D" | "ym" | "YM") => Ok(Shape::One),
                _ => unsure("DATEDIF with such a unit"),
            },
            "INDEX" if args.iter().skip(1).any(is_whole) => many(want),
            "OFFSET" => {
                let base = args.first().map(|arg| &arg.node_type);
                let is_cell = matches!(
                    base,
                    Some(ASTNodeType::Reference {
                        reference: ReferenceType::Cell { .. },
                        ..
                    })
                );
                match is_cell && args.len() <= 3 {
                    true => Ok(Shape::One),
                    false => many(want),
                }
            }
            "INDIRECT" => {
                self.plan.one_indirect |= want != Want::Range;
                Ok(Shape::One)
            }
            _ => Ok(Shape::One),
        }
    }
}

fn many(want: Want) -> Result<Shape, Reason> {
    match want {
        Want::Range => Ok(Shape::Many),
        Want::One | Want::Array => Err(Reason::Array),
    }
}

/// Whether an index stands for all rows or columns.
fn is_whole(arg: &ASTNode) -> bool {
    match &arg.node_type {
        ASTNodeType::Omitted => true,
        ASTNodeType::Literal(LiteralValue::Number(number)) => *number < 1.0,
        ASTNodeType::Literal(LiteralValue::Int(number)) => *number < 1,
        _ => false,
    }
}

fn literal_text(arg: &ASTNode) -> Option<&str> {
    match &arg.node_type {
        ASTNodeType::Literal(LiteralValue::Text(text)) => Some(text),
        _ => None,
    }
}
