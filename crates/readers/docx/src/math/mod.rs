//! Office mathematics (ECMA-376-1 22.1) as MathML Core and in the notation of LaTeX.
//!
//! A formula is read into a tree (`parse`, with the characters of runs told apart by `token`), and the
//! tree is written twice (`mathml`, `latex`).

mod latex;
mod letters;
mod mathml;
mod parse;
mod symbols;
mod token;

use tabulary_ir::{Code, TrackedChanges};
use tabulary_package::xml::{Element, Ns};

use crate::changes::is_change;

const CUT: &str = "parts of a formula stand too deep in one another; their text was kept";
const CHANGED: &str = "tracked changes in a formula were read as the view of the document says";
const BOTH: &str = "what was deleted from a formula and what was inserted stand side by side";
const UNKNOWN: &str = "a sign of a formula has no Unicode; it was left out";

/// A formula, both ways.
pub(crate) struct Formula {
    pub(crate) mathml: Option<String>,
    /// LaTeX notation.
    pub(crate) text: String,
    /// What is to be told of it.
    pub(crate) told: Vec<(Code, &'static str)>,
}

/// Nodes that stand side by side.
type Row = Vec<Node>;

/// A piece of a formula, as it is seen.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Node {
    /// A name: one letter, or a word. A single letter is slanted unless it is upright.
    Name { text: String, upright: bool },
    /// Digits with at most one dot.
    Number(String),
    /// A sign.
    Operator(String),
    /// Words that are no mathematics.
    Text(String),
    /// Blanks.
    Space(String),
    /// One over the other.
    Fraction {
        kind: FractionKind,
        over: Row,
        under: Row,
    },
    /// Scripts behind.
    Script {
        base: Row,
        sub: Option<Row>,
        sup: Option<Row>,
    },
    /// Scripts in front.
    Prescript { base: Row, sub: Row, sup: Row },
    /// A root.
    Root { degree: Option<Row>, inner: Row },
    /// A sum, an integral or the like.
    Nary {
        sign: String,
        /// The limits stand below and above, and not behind.
        stacked: bool,
        sub: Option<Row>,
        sup: Option<Row>,
        inner: Row,
    },
    /// Something between delimiters that grow.
    Fence {
        open: String,
        separator: String,
        close: String,
        parts: Vec<Row>,
    },
    /// Rows of cells, and the alignments of the columns where one is not in the middle.
    Matrix { align: String, rows: Vec<Vec<Row>> },
    /// Lines that stand below one another, each in pieces that are aligned.
    Lines(Vec<Vec<Row>>),
    /// An accent above.
    Accent { sign: String, inner: Row },
    /// A line above or below.
    Bar { below: bool, inner: Row },
    /// A sign that stretches above or below.
    Group {
        sign: String,
        below: bool,
        inner: Row,
    },
    /// A function and what it is applied to.
    Function { name: Row, inner: Row },
    /// Something small below or above.
    Limit { below: bool, base: Row, limit: Row },
    /// A box around, or lines through: the notations of `menclose`.
    Enclosed { notation: String, inner: Row },
    /// What takes room and is not seen.
    Phantom(Row),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum FractionKind {
    Bar,
    NoBar,
    Skewed,
}

/// The formulas in an element: itself, or those of a paragraph of mathematics.
pub(crate) fn formulas(element: &Element) -> Vec<&Element> {
    if element.is(Ns::M, "oMath") {
        return vec![element];
    }
    let mut found = Vec::new();
    let mut open = vec![element];
    while let Some(next) = open.pop() {
        if next.is(Ns::M, "oMath") {
            found.push(next);
        } else {
            open.extend(next.elements().rev());
        }
    }
    found
}

/// Reads a formula in a view of its tracked changes. One that is a single run as it was typed is its text
/// alone.
pub(crate) fn read(formula: &Element, changes: TrackedChanges) -> Formula {
    if let Some(typed) = typed(formula) {
        return Formula {
            mathml: None,
            text: typed,
            told: Vec::new(),
        };
    }
    let found = parse::Findings::new(changes);
    let row = parse::formula(formula, &found);
    let mut told = Vec::new();
    if found.is_cut.get() {
        told.push((Code::ContentSkipped, CUT));
    }
    if found.is_changed.get() {
        told.push((Code::ContentSkipped, CHANGED));
    }
    if changes == TrackedChanges::All && formula.descendants().any(is_change) {
        told.push((Code::MarkDropped, BOTH));
    }
    if found.is_unknown.get() {
        told.push((Code::CharacterDropped, UNKNOWN));
    }
    Formula {
        mathml: (!row.is_empty()).then(|| mathml::write(&row)),
        text: latex::write(&row),
        told,
    }
}

/// The MathML of a formula that stands on lines of its own.
pub(crate) fn as_block(mathml: &str) -> String {
    mathml.replacen("\">", "\" display=\"block\">", 1)
}

/// The text of a formula that nothing was built of: one run that is literal (ECMA-376-1 22.1.2.58), or
/// a plain one in the notation of LaTeX.
fn typed(formula: &Element) -> Option<String> {
    let mut inside = formula.elements();
    let run = inside.next().filter(|run| run.is(Ns::M, "r"))?;
    let texts = run.elements().filter(|inner| inner.is(Ns::M, "t"));
    let text: String = texts.map(Element::text).collect();
    let is_typed = match run.child(Ns::M, "rPr") {
        Some(properties) => {
            let said: Vec<&str> = properties
                .elements()
                .map(|said| said.local.as_str())
                .collect();
            matches!(said.as_slice(), ["lit"] | ["lit", "nor"])
        }
        None => text.contains(['\\', '^', '_', '{']),
    };
    (inside.next().is_none() && is_typed).then(|| text.trim().to_owned())
}

/// Whether a sign stands before what it sums up (MathML Core, appendix B: operators that are `largeop`).
fn is_nary(sign: &str) -> bool {
    let mut characters = sign.chars();
    let sign = characters.next().filter(|_| characters.next().is_none());
    sign.is_some_and(|sign| {
        matches!(sign,
            '∏'..='∑' | '∫'..='∳' | '⋀'..='⋃' | '⨀'..='⨉' | '⨊'..='⨜' | '⫼' | '⫿')
    })
}

/// Whether a sum sets its limits behind where nothing is said (ECMA-376-1 22.1.2.49, `intLim`).
fn is_integral(sign: &str) -> bool {
    sign.starts_with(|sign: char| matches!(sign, '∫'..='∳' | '⨋'..='⨜'))
}
