//! Trees in the notation of LaTeX. What is simple stays simple: `a+b`, `mc^2`, `f(x)`.

use super::letters::{self, Alphabet};
use super::token::is_mark;
use super::{FractionKind, Node, Row, is_integral, symbols};

/// No command is longer than this, with its backslash.
const LONGEST_COMMAND: usize = 32;

/// A formula.
pub(super) fn write(nodes: &Row) -> String {
    row(nodes)
}

fn row(nodes: &[Node]) -> String {
    let mut text = String::new();
    for (index, node) in nodes.iter().enumerate() {
        match node {
            Node::Space(blanks) => {
                let before = index.checked_sub(1).and_then(|before| nodes.get(before));
                push(&mut text, &space(blanks, before, nodes.get(index + 1)));
            }
            node => push(&mut text, &piece(node)),
        }
    }
    text
}

/// Adds a piece. A letter or digit must not run into the name of a command.
fn push(text: &mut String, piece: &str) {
    let mut tail = text.bytes().rev().take(LONGEST_COMMAND);
    let before = tail.find(|byte| !byte.is_ascii_alphabetic());
    let is_command = before == Some(b'\\') && text.ends_with(|c: char| c.is_ascii_alphabetic());
    if is_command && piece.starts_with(|c: char| c.is_ascii_alphanumeric()) {
        text.push(' ');
    }
    text.push_str(piece);
}

/// Blanks. One beside a sign says nothing, one between letters is kept as such.
fn space(blanks: &str, before: Option<&Node>, after: Option<&Node>) -> String {
    let letter = |node: Option<&Node>| {
        let sign = matches!(node, None | Some(Node::Operator(_)));
        !sign
    };
    match blanks.chars().next() {
        Some(' ') if blanks.len() == 1 && letter(before) && letter(after) => "\\ ".to_owned(),
        Some(' ') if blanks.len() == 1 => " ".to_owned(),
        Some(' ') if blanks.chars().all(|c| c == ' ') => "\\quad ".to_owned(),
        _ => blanks.chars().map(blank).collect(),
    }
}

fn blank(blank: char) -> &'static str {
    match blank {
        '\u{2001}' | '\u{2003}' | '\u{3000}' => "\\quad ",
        '\u{2000}' | '\u{2002}' => "\\enspace ",
        '\u{2004}' => "\\;",
        '\u{2005}' | '\u{205F}' => "\\:",
        '\u{2006}' | '\u{2009}' | '\u{200A}' => "\\,",
        _ => "\\ ",
    }
}

fn braced(nodes: &[Node]) -> String {
    format!("{{{}}}", row(nodes))
}

fn command(name: &str, nodes: &[Node]) -> String {
    format!("{name}{}", braced(nodes))
}

fn piece(node: &Node) -> String {
    match node {
        Node::Name { text, upright } => name(text, *upright),
        Node::Number(text) => characters(text),
        Node::Operator(sign) | Node::Space(sign) => characters(sign),
        Node::Text(text) => format!("\\text{{{}}}", escaped(text)),
        Node::Fraction { kind, over, under } => fraction(*kind, over, under),
        Node::Script { base, sub, sup } => {
            format!("{}{}", atom(base), scripts(sub.as_ref(), sup.as_ref()))
        }
        Node::Prescript { base, sub, sup } => {
            let mut text = format!("{{}}{}", scripts(Some(sub), Some(sup)));
            push(&mut text, &atom(base));
            text
        }
        Node::Root { degree, inner } => match degree {
            Some(degree) => format!("\\sqrt[{}]{}", row(degree), braced(inner)),
            None => command("\\sqrt", inner),
        },
        Node::Nary { .. } => nary(node),
        Node::Fence { .. } => fence(node),
        Node::Matrix { rows, .. } => environment("matrix", rows),
        Node::Lines(rows) => environment("aligned", rows),
        Node::Accent { sign, inner } => match symbols::accent(sign) {
            Some((one, more)) => {
                let single = matches!(inner.as_slice(), [node] if is_single(node));
                command(if single { one } else { more }, inner)
            }
            None => format!("\\overset{{{}}}{}", characters(sign), braced(inner)),
        },
        Node::Bar { below, inner } => {
            command(if *below { "\\underline" } else { "\\overline" }, inner)
        }
        Node::Group { sign, below, inner } => match symbols::group(sign, *below) {
            Some(name) => command(name, inner),
            None => set(*below, &characters(sign), inner),
        },
        Node::Function { name, inner } => function(name, inner),
        Node::Limit { below, base, limit } => limited(*below, base, limit),
        Node::Enclosed { notation, inner } => enclosed(notation, inner),
        Node::Phantom(inner) => command("\\phantom", inner),
    }
}

/// One letter, as a command takes it that accents.
fn is_single(node: &Node) -> bool {
    matches!(node, Node::Name { text, .. } if text.chars().count() == 1)
}

/// A name: a letter, the name of a function, or a word.
fn name(text: &str, upright: bool) -> String {
    let bare: String = text.chars().filter(|&c| !is_mark(c)).collect();
    if symbols::is_function(text) {
        return format!("\\{text}");
    }
    let marked = text.len() > bare.len();
    match bare.chars().count() {
        1 if marked => marks(text),
        1 if upright && bare.is_ascii() => format!("\\mathrm{{{bare}}}"),
        1 => characters(text),
        _ if text.is_ascii() => format!("\\mathrm{{{text}}}"),
        _ if text.chars().all(|c| letters::plain(c).is_some()) => characters(text),
        _ => format!("\\text{{{}}}", escaped(text)),
    }
}

/// A letter with marks upon it.
fn marks(text: &str) -> String {
    let mut text = text.chars();
    let base = text.next().map(|c| characters(&c.to_string()));
    text.fold(base.unwrap_or_default(), |base, mark| {
        let name = match mark {
            '\u{300}' => "\\grave",
            '\u{301}' => "\\acute",
            '\u{302}' => "\\hat",
            '\u{303}' => "\\tilde",
            '\u{304}' | '\u{305}' => "\\bar",
            '\u{306}' => "\\breve",
            '\u{307}' => "\\dot",
            '\u{308}' => "\\ddot",
            '\u{30C}' => "\\check",
            '\u{332}' => "\\underline",
            '\u{338}' => "\\not",
            '\u{20D7}' => "\\vec",
            mark => return format!("{base}{mark}"),
        };
        format!("{name}{{{base}}}")
    })
}

/// Characters one by one, those of an alphabet as its command sets them.
fn characters(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text.chars().peekable();
    while let Some(character) = rest.next() {
        if let Some(name) = symbols::name(character) {
            push(&mut out, name);
        } else if let Some((alphabet, plain)) = letters::plain(character) {
            let mut inner = plain_name(plain);
            while let Some((_, plain)) = rest
                .peek()
                .and_then(|&next| letters::plain(next))
                .filter(|(next, _)| *next == alphabet)
            {
                push(&mut inner, &plain_name(plain));
                rest.next();
            }
            push(&mut out, &in_alphabet(alphabet, &inner));
        } else {
            push(&mut out, &character.to_string());
        }
    }
    out
}

fn plain_name(character: char) -> String {
    symbols::name(character).map_or_else(|| character.to_string(), str::to_owned)
}

fn in_alphabet(alphabet: Alphabet, text: &str) -> String {
    match alphabet {
        Alphabet::Bold if text.contains('\\') => format!("\\boldsymbol{{{text}}}"),
        Alphabet::Bold => format!("\\mathbf{{{text}}}"),
        Alphabet::Italic => text.to_owned(),
        Alphabet::BoldItalic => format!("\\boldsymbol{{{text}}}"),
        Alphabet::Script => format!("\\mathcal{{{text}}}"),
        Alphabet::BoldScript => format!("\\boldsymbol{{\\mathcal{{{text}}}}}"),
        Alphabet::Fraktur => format!("\\mathfrak{{{text}}}"),
        Alphabet::BoldFraktur => format!("\\boldsymbol{{\\mathfrak{{{text}}}}}"),
        Alphabet::DoubleStruck => format!("\\mathbb{{{text}}}"),
        Alphabet::Sans | Alphabet::SansItalic => format!("\\mathsf{{{text}}}"),
        Alphabet::SansBold | Alphabet::SansBoldItalic => {
            format!("\\boldsymbol{{\\mathsf{{{text}}}}}")
        }
        Alphabet::Mono => format!("\\mathtt{{{text}}}"),
    }
}

/// Words as LaTeX takes them outside of mathematics.
fn escaped(text: &str) -> String {
    let mut out = String::new();
    for character in text.chars() {
        match character {
            '#' | '$' | '%' | '&' | '_' | '{' | '}' => {
                out.push('\\');
                out.push(character);
            }
            '\\' => out.push_str("\\textbackslash{}"),
            '^' => out.push_str("\\textasciicircum{}"),
            '~' => out.push_str("\\textasciitilde{}"),
            character => out.push(character),
        }
    }
    out
}

fn fraction(kind: FractionKind, over: &[Node], under: &[Node]) -> String {
    match kind {
        FractionKind::Bar => format!("\\frac{}{}", braced(over), braced(under)),
        FractionKind::NoBar => format!("\\substack{{{} \\\\ {}}}", row(over), row(under)),
        FractionKind::Skewed => format!("{}/{}", atom(over), atom(under)),
    }
}

/// What a script stands at, in braces where it is more than one piece.
fn atom(nodes: &[Node]) -> String {
    match nodes {
        [
            node @ (Node::Name { .. }
            | Node::Number(_)
            | Node::Operator(_)
            | Node::Text(_)
            | Node::Fence { .. }
            | Node::Accent { .. }
            | Node::Bar { .. }),
        ] => piece(node),
        nodes => braced(nodes),
    }
}

fn scripts(sub: Option<&Row>, sup: Option<&Row>) -> String {
    let script = |mark: char, nodes: Option<&Row>| {
        let nodes = nodes.filter(|nodes| !nodes.is_empty());
        nodes.map_or_else(String::new, |nodes| {
            let text = row(nodes);
            if text.chars().count() == 1 {
                format!("{mark}{text}")
            } else {
                format!("{mark}{{{text}}}")
            }
        })
    };
    format!("{}{}", script('_', sub), script('^', sup))
}

fn nary(node: &Node) -> String {
    let Node::Nary {
        sign,
        stacked,
        sub,
        sup,
        inner,
    } = node
    else {
        return String::new();
    };
    let mut text = characters(sign);
    if sub.is_some() || sup.is_some() {
        match (is_integral(sign), stacked) {
            (true, true) => text.push_str("\\limits"),
            (false, false) => text.push_str("\\nolimits"),
            _ => {}
        }
    }
    let limit = |mark: char, nodes: &Option<Row>| {
        let nodes = nodes.as_ref();
        nodes.map_or_else(String::new, |nodes| format!("{mark}{}", braced(nodes)))
    };
    text.push_str(&limit('_', sub));
    text.push_str(&limit('^', sup));
    if !inner.is_empty() {
        text.push(' ');
        text.push_str(&row(inner));
    }
    text
}

/// Whether it is higher than a line, so that delimiters around it grow.
fn is_tall(nodes: &[Node]) -> bool {
    nodes.iter().any(|node| match node {
        Node::Fraction { .. }
        | Node::Nary { .. }
        | Node::Matrix { .. }
        | Node::Lines(_)
        | Node::Limit { .. }
        | Node::Group { .. } => true,
        Node::Script { base, .. } | Node::Prescript { base, .. } => is_tall(base),
        Node::Fence { parts, .. } => parts.iter().any(|part| is_tall(part)),
        Node::Function { name, inner } => is_tall(name) || is_tall(inner),
        Node::Root { inner, .. }
        | Node::Accent { inner, .. }
        | Node::Bar { inner, .. }
        | Node::Enclosed { inner, .. }
        | Node::Phantom(inner) => is_tall(inner),
        _ => false,
    })
}

fn fence(node: &Node) -> String {
    let Node::Fence {
        open,
        separator,
        close,
        parts,
    } = node
    else {
        return String::new();
    };
    if let Some(text) = known_fence(open, close, parts) {
        return text;
    }
    let tall = parts.iter().any(|part| is_tall(part));
    let grown = |command: &str, sign: &str| match (tall, sign) {
        (true, "") => format!("{command}."),
        (true, sign) => format!("{command}{}", characters(sign)),
        (false, sign) => characters(sign),
    };
    let mut text = grown("\\left", open);
    for (index, part) in parts.iter().enumerate() {
        if index > 0 && !separator.is_empty() {
            let bar = matches!(separator.as_str(), "|" | "‖" | "∣" | "∥" | "/");
            let sign = if bar {
                grown("\\middle", separator)
            } else {
                characters(separator)
            };
            push(&mut text, &sign);
        }
        push(&mut text, &row(part));
    }
    push(&mut text, &grown("\\right", close));
    text
}

/// Delimiters that LaTeX has a name for together with what stands between them.
fn known_fence(open: &str, close: &str, parts: &[Row]) -> Option<String> {
    let [part] = parts else {
        return None;
    };
    let ([node], sides) = (part.as_slice(), (open, close)) else {
        return None;
    };
    Some(match (node, sides) {
        (Node::Matrix { rows, .. }, ("(", ")")) => environment("pmatrix", rows),
        (Node::Matrix { rows, .. }, ("[", "]")) => environment("bmatrix", rows),
        (Node::Matrix { rows, .. }, ("{", "}")) => environment("Bmatrix", rows),
        (Node::Matrix { rows, .. }, ("|", "|")) => environment("vmatrix", rows),
        (Node::Matrix { rows, .. }, ("‖", "‖")) => environment("Vmatrix", rows),
        (Node::Matrix { rows, .. } | Node::Lines(rows), ("{", ""))
            if rows.iter().all(|row| row.len() <= 2) =>
        {
            environment("cases", rows)
        }
        (
            Node::Fraction {
                kind: FractionKind::NoBar,
                over,
                under,
            },
            ("(", ")"),
        ) => format!("\\binom{}{}", braced(over), braced(under)),
        _ => return None,
    })
}

fn environment(name: &str, rows: &[Vec<Row>]) -> String {
    let rows: Vec<String> = rows
        .iter()
        .map(|cells| {
            let cells: Vec<_> = cells.iter().map(|cell| row(cell)).collect();
            cells.join(" & ")
        })
        .collect();
    format!(
        "\\begin{{{name}}}{}\\end{{{name}}}",
        rows.join(" \\\\ ").trim()
    )
}

/// A function with its scripts and limits, and what it is applied to.
fn function(name: &[Node], inner: &[Node]) -> String {
    let mut text = match name {
        [Node::Name { text, .. }] => operator(text, false),
        [Node::Script { base, sub, sup }] => match base.as_slice() {
            [Node::Name { text, .. }] => {
                let scripts = scripts(sub.as_ref(), sup.as_ref());
                format!("{}{scripts}", operator(text, false))
            }
            _ => row(name),
        },
        name => row(name),
    };
    let inner = row(inner);
    let delimited = inner.starts_with(['(', '[', '|']) || inner.starts_with("\\left");
    if !inner.is_empty() && !delimited {
        text.push(' ');
    }
    text.push_str(&inner);
    text
}

/// The name of a function as a command.
fn operator(text: &str, limits: bool) -> String {
    if text.chars().count() == 1 || symbols::is_function(text) {
        name(text, false)
    } else if text.is_ascii() {
        let star = if limits { "*" } else { "" };
        format!("\\operatorname{star}{{{text}}}")
    } else {
        name(text, true)
    }
}

fn limited(below: bool, base: &[Node], limit: &[Node]) -> String {
    let mark = if below { '_' } else { '^' };
    match base {
        [Node::Name { text, .. }] if text.chars().count() > 1 && text.is_ascii() => {
            let takes = symbols::takes_limits(text) || !symbols::is_function(text);
            if takes {
                return format!("{}{mark}{}", operator(text, true), braced(limit));
            }
            set(below, &row(limit), base)
        }
        [
            node @ Node::Group {
                sign,
                below: group_below,
                ..
            },
        ] if *group_below == below && matches!(sign.as_str(), "⏞" | "⏟") => {
            format!("{}{mark}{}", piece(node), braced(limit))
        }
        [node @ Node::Nary { inner, .. }] if inner.is_empty() => {
            format!("{}\\limits{mark}{}", piece(node), braced(limit))
        }
        base => set(below, &row(limit), base),
    }
}

/// Something small above or below.
fn set(below: bool, small: &str, base: &[Node]) -> String {
    let name = if below { "underset" } else { "overset" };
    format!("\\{name}{{{small}}}{}", braced(base))
}

fn enclosed(notation: &str, inner: &[Node]) -> String {
    let has = |word: &str| notation.split(' ').any(|found| found == word);
    let struck = match (has("updiagonalstrike"), has("downdiagonalstrike")) {
        (true, true) => command("\\xcancel", inner),
        (true, false) => command("\\cancel", inner),
        (false, true) => command("\\bcancel", inner),
        (false, false) => row(inner),
    };
    if has("box") {
        format!("\\boxed{{{struck}}}")
    } else {
        struck
    }
}
