//! Trees as presentation MathML (MathML Core). `bevelled`, `menclose` and `columnalign` are of MathML 3,
//! and are passed over by programs that know the core alone.

use super::token::is_mark;
use super::{FractionKind, Node, Row, is_nary};

/// A formula in a line.
pub(super) fn write(row: &Row) -> String {
    let mut out = String::from(r#"<math xmlns="http://www.w3.org/1998/Math/MathML">"#);
    nodes(row, &mut out);
    out.push_str("</math>");
    out
}

fn nodes(row: &Row, out: &mut String) {
    row.iter().for_each(|inner| node(inner, out));
}

/// A row as one element.
fn one(row: &Row, out: &mut String) {
    match row.as_slice() {
        [single] => node(single, out),
        _ => around("mrow", "", out, |out| nodes(row, out)),
    }
}

fn around(name: &str, attributes: &str, out: &mut String, inner: impl FnOnce(&mut String)) {
    out.push_str(&format!("<{name}{attributes}>"));
    inner(out);
    out.push_str(&format!("</{name}>"));
}

fn leaf(name: &str, attributes: &str, text: &str, out: &mut String) {
    around(name, attributes, out, |out| {
        for character in text.chars() {
            match character {
                '&' => out.push_str("&amp;"),
                '<' => out.push_str("&lt;"),
                '>' => out.push_str("&gt;"),
                character => out.push(character),
            }
        }
    });
}

fn node(node: &Node, out: &mut String) {
    match node {
        Node::Name { text, upright } => {
            let letters = text.chars().filter(|&c| !is_mark(c)).count();
            let normal = *upright && letters == 1;
            let variant = if normal {
                " mathvariant=\"normal\""
            } else {
                ""
            };
            leaf("mi", variant, text, out);
        }
        Node::Number(text) => leaf("mn", "", text, out),
        Node::Operator(sign) => typed_operator(sign, out),
        Node::Text(text) => leaf("mtext", "", &kept_blanks(text), out),
        Node::Space(text) => leaf("mtext", "", &text.replace(' ', "\u{A0}"), out),
        Node::Fraction { kind, over, under } => {
            let attributes = match kind {
                FractionKind::Bar => "",
                FractionKind::NoBar => " linethickness=\"0\"",
                FractionKind::Skewed => " bevelled=\"true\"",
            };
            several("mfrac", attributes, &[over, under], out);
        }
        Node::Script { base, sub, sup } => match (sub, sup) {
            (Some(sub), Some(sup)) => several("msubsup", "", &[base, sub, sup], out),
            (Some(sub), None) => several("msub", "", &[base, sub], out),
            (None, Some(sup)) => several("msup", "", &[base, sup], out),
            (None, None) => one(base, out),
        },
        Node::Prescript { base, sub, sup } => around("mmultiscripts", "", out, |out| {
            one(base, out);
            out.push_str("<mprescripts></mprescripts>");
            one(sub, out);
            one(sup, out);
        }),
        Node::Root { degree, inner } => match degree {
            Some(degree) => several("mroot", "", &[inner, degree], out),
            None => around("msqrt", "", out, |out| nodes(inner, out)),
        },
        Node::Nary { .. } => nary(node, out),
        Node::Fence { .. } => fence(node, out),
        Node::Matrix { align, rows } if align.is_empty() => table("", rows, out),
        Node::Matrix { align, rows } => {
            table(&format!(" columnalign=\"{align}\""), rows, out);
        }
        Node::Lines(rows) => table(
            " displaystyle=\"true\" columnalign=\"right left\"",
            rows,
            out,
        ),
        Node::Accent { sign, inner } => above_or_below(false, inner, "", sign, out),
        Node::Bar { below, inner } => {
            above_or_below(*below, inner, "", if *below { "_" } else { "‾" }, out);
        }
        Node::Group { sign, below, inner } => {
            above_or_below(*below, inner, " stretchy=\"true\"", sign, out);
        }
        Node::Function { name, inner } => around("mrow", "", out, |out| {
            one(name, out);
            leaf("mo", "", "\u{2061}", out);
            nodes(inner, out);
        }),
        Node::Limit { below, base, limit } => {
            let name = if *below { "munder" } else { "mover" };
            let is_sign = matches!(limit.as_slice(), [Node::Operator(_)]);
            let attributes = match (is_sign, *below) {
                (false, _) => "",
                (true, true) => " accentunder=\"false\"",
                (true, false) => " accent=\"false\"",
            };
            several(name, attributes, &[base, limit], out);
        }
        Node::Enclosed { notation, inner } => {
            let notation = format!(" notation=\"{notation}\"");
            around("menclose", &notation, out, |out| nodes(inner, out));
        }
        Node::Phantom(inner) => around("mphantom", "", out, |out| nodes(inner, out)),
    }
}

fn several(name: &str, attributes: &str, rows: &[&Row], out: &mut String) {
    around(name, attributes, out, |out| {
        rows.iter().for_each(|row| one(row, out));
    });
}

/// A sign that was typed neither grows as a delimiter nor as a sum.
fn typed_operator(sign: &str, out: &mut String) {
    let attributes = match sign {
        "(" | ")" | "[" | "]" | "{" | "}" | "|" | "‖" | "⌊" | "⌋" | "⌈" | "⌉" | "⟨" | "⟩" => {
            " stretchy=\"false\""
        }
        sign if is_nary(sign) => " largeop=\"false\"",
        _ => "",
    };
    leaf("mo", attributes, sign, out);
}

/// Text whose blanks are not taken away by MathML, at its ends or beside one another.
fn kept_blanks(text: &str) -> String {
    let blank = |c: Option<char>| c.is_none_or(|c| c == ' ');
    let characters: Vec<char> = text.chars().collect();
    let kept = characters.iter().enumerate().map(|(at, &c)| {
        let before = at.checked_sub(1).and_then(|at| characters.get(at).copied());
        if c == ' ' && (blank(before) || blank(characters.get(at + 1).copied())) {
            '\u{A0}'
        } else {
            c
        }
    });
    kept.collect()
}

fn nary(node: &Node, out: &mut String) {
    let Node::Nary {
        sign,
        stacked,
        sub,
        sup,
        inner,
    } = node
    else {
        return;
    };
    let large = if is_nary(sign) {
        ""
    } else {
        " largeop=\"true\""
    };
    let names = match stacked {
        true => ["munder", "mover", "munderover"],
        false => ["msub", "msup", "msubsup"],
    };
    let (name, limits) = match (sub, sup) {
        (Some(sub), Some(sup)) => (Some(names[2]), vec![sub, sup]),
        (Some(sub), None) => (Some(names[0]), vec![sub]),
        (None, Some(sup)) => (Some(names[1]), vec![sup]),
        (None, None) => (None, Vec::new()),
    };
    around("mrow", "", out, |out| {
        match name {
            Some(name) => around(name, "", out, |out| {
                leaf("mo", large, sign, out);
                limits.iter().for_each(|limit| one(limit, out));
            }),
            None => leaf("mo", large, sign, out),
        }
        nodes(inner, out);
    });
}

fn fence(node: &Node, out: &mut String) {
    let Node::Fence {
        open,
        separator,
        close,
        parts,
    } = node
    else {
        return;
    };
    around("mrow", "", out, |out| {
        leaf("mo", " fence=\"true\" form=\"prefix\"", open, out);
        for (index, part) in parts.iter().enumerate() {
            if index > 0 {
                leaf("mo", " separator=\"true\"", separator, out);
            }
            nodes(part, out);
        }
        leaf("mo", " fence=\"true\" form=\"postfix\"", close, out);
    });
}

fn table(attributes: &str, rows: &[Vec<Row>], out: &mut String) {
    around("mtable", attributes, out, |out| {
        for row in rows {
            around("mtr", "", out, |out| {
                for cell in row {
                    around("mtd", "", out, |out| nodes(cell, out));
                }
            });
        }
    });
}

/// A sign above or below that belongs to its base.
fn above_or_below(below: bool, inner: &Row, stretchy: &str, sign: &str, out: &mut String) {
    let (name, attributes) = match below {
        true => ("munder", " accentunder=\"true\""),
        false => ("mover", " accent=\"true\""),
    };
    around(name, attributes, out, |out| {
        one(inner, out);
        leaf("mo", stretchy, sign, out);
    });
}
