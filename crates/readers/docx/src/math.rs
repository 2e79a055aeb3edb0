//! Office mathematics (ECMA-376 22.1) as one line of text, in the notation of LaTeX where structure
//! needs it.

use tabulary_package::xml::{Element, Ns};

/// Structures stand no deeper in one another than this before their text alone is taken.
const NESTING: u32 = 40;

/// The formulas in an element: itself, or those of a paragraph of mathematics.
pub(crate) fn formulas(element: &Element) -> Vec<&Element> {
    if element.is(Ns::M, "oMath") {
        return vec![element];
    }
    let inside = element.descendants();
    inside.filter(|inner| inner.is(Ns::M, "oMath")).collect()
}

/// A formula as text.
pub(crate) fn linear(formula: &Element) -> String {
    let mut text = String::new();
    children(formula, 0, &mut text);
    text.trim().to_owned()
}

fn children(element: &Element, depth: u32, out: &mut String) {
    for child in element.elements() {
        structure(child, depth + 1, out);
    }
}

fn structure(element: &Element, depth: u32, out: &mut String) {
    if depth > NESTING {
        let texts = element.descendants().filter(|e| e.local == "t");
        texts.for_each(|text| out.push_str(&text.text()));
        return;
    }
    if element.ns != Ns::M {
        return other(element, depth, out);
    }
    let part = |name: &str| group(element.child(Ns::M, name), depth);
    let property = |container: &str, name: &str| {
        let found = element.child(Ns::M, container)?.child(Ns::M, name)?;
        Some(found.attribute(Ns::M, "val").unwrap_or_default().to_owned())
    };
    match element.local.as_str() {
        "t" => out.push_str(&element.text()),
        "f" => fraction(
            property("fPr", "type").as_deref(),
            &part("num"),
            &part("den"),
            out,
        ),
        "sSup" => out.push_str(&format!("{}^{{{}}}", atom(&part("e")), part("sup"))),
        "sSub" => out.push_str(&format!("{}_{{{}}}", atom(&part("e")), part("sub"))),
        "sSubSup" => out.push_str(&format!(
            "{}_{{{}}}^{{{}}}",
            atom(&part("e")),
            part("sub"),
            part("sup")
        )),
        "sPre" => {
            out.push_str("{}");
            limits(&part("sub"), &part("sup"), out);
            out.push_str(&part("e"));
        }
        "rad" => match part("deg") {
            degree if degree.is_empty() => out.push_str(&format!("\\sqrt{{{}}}", part("e"))),
            degree => out.push_str(&format!("\\sqrt[{degree}]{{{}}}", part("e"))),
        },
        "nary" => {
            let sign = property("naryPr", "chr").unwrap_or_else(|| "∫".to_owned());
            out.push_str(operator(&sign));
            limits(&part("sub"), &part("sup"), out);
            out.push(' ');
            out.push_str(&part("e"));
        }
        "d" => delimited(element, depth, out),
        "func" => out.push_str(&format!("{} {}", function(&part("fName")), part("e"))),
        "limLow" => out.push_str(&format!("{}_{{{}}}", atom(&part("e")), part("lim"))),
        "limUpp" => out.push_str(&format!("{}^{{{}}}", atom(&part("e")), part("lim"))),
        "bar" => {
            let below = property("barPr", "pos").as_deref() != Some("top");
            let name = if below { "underline" } else { "overline" };
            out.push_str(&format!("\\{name}{{{}}}", part("e")));
        }
        "acc" => {
            let sign = property("accPr", "chr").unwrap_or_else(|| "\u{302}".to_owned());
            out.push_str(&format!("\\{}{{{}}}", accent(&sign), part("e")));
        }
        "m" => matrix(element, depth, out),
        "eqArr" => {
            let rows = element.elements().filter(|row| row.is(Ns::M, "e"));
            let rows: Vec<_> = rows.map(|row| group(Some(row), depth)).collect();
            match rows.as_slice() {
                [row] => out.push_str(row),
                rows => out.push_str(&format!(
                    "\\begin{{aligned}}{}\\end{{aligned}}",
                    rows.join(" \\\\ ")
                )),
            }
        }
        name if name.ends_with("Pr") => {}
        _ => children(element, depth, out),
    }
}

/// What stands in a formula and is no mathematics: insertions, line ends, runs of words.
fn other(element: &Element, depth: u32, out: &mut String) {
    match (element.ns, element.local.as_str()) {
        (Ns::W, "del" | "moveFrom" | "rPr" | "delText") => {}
        (Ns::W, "t") => out.push_str(&element.text()),
        (Ns::W, "br" | "tab" | "cr") => out.push(' '),
        _ => children(element, depth, out),
    }
}

fn group(element: Option<&Element>, depth: u32) -> String {
    let mut text = String::new();
    if let Some(element) = element {
        children(element, depth, &mut text);
    }
    text.trim().to_owned()
}

/// A base of a script, in braces where it is more than one character.
fn atom(text: &str) -> String {
    if text.chars().count() <= 1 {
        text.to_owned()
    } else {
        format!("{{{text}}}")
    }
}

fn fraction(kind: Option<&str>, numerator: &str, denominator: &str, out: &mut String) {
    match kind {
        Some("lin" | "skw") => out.push_str(&format!("{numerator}/{denominator}")),
        Some("noBar") => out.push_str(&format!("\\binom{{{numerator}}}{{{denominator}}}")),
        _ => out.push_str(&format!("\\frac{{{numerator}}}{{{denominator}}}")),
    }
}

fn limits(sub: &str, sup: &str, out: &mut String) {
    if !sub.is_empty() {
        out.push_str(&format!("_{{{sub}}}"));
    }
    if !sup.is_empty() {
        out.push_str(&format!("^{{{sup}}}"));
    }
}

/// Something between brackets (ECMA-376 22.1.2.24): parentheses and a bar where nothing is said.
fn delimited(element: &Element, depth: u32, out: &mut String) {
    let properties = element.child(Ns::M, "dPr");
    let said = |name: &str, usual: &str| {
        let found = properties.and_then(|properties| properties.child(Ns::M, name));
        found.map_or_else(
            || usual.to_owned(),
            |sign| sign.attribute(Ns::M, "val").unwrap_or_default().to_owned(),
        )
    };
    let inner = element.elements().filter(|part| part.is(Ns::M, "e"));
    let inner: Vec<_> = inner.map(|part| group(Some(part), depth)).collect();
    out.push_str(&said("begChr", "("));
    out.push_str(&inner.join(&said("sepChr", "|")));
    out.push_str(&said("endChr", ")"));
}

fn matrix(element: &Element, depth: u32, out: &mut String) {
    let rows = element.elements().filter(|row| row.is(Ns::M, "mr"));
    let rows: Vec<String> = rows
        .map(|row| {
            let cells = row.elements().filter(|cell| cell.is(Ns::M, "e"));
            let cells: Vec<_> = cells.map(|cell| group(Some(cell), depth)).collect();
            cells.join(" & ")
        })
        .collect();
    out.push_str(&format!(
        "\\begin{{matrix}}{}\\end{{matrix}}",
        rows.join(" \\\\ ")
    ));
}

fn operator(sign: &str) -> &str {
    match sign {
        "∑" => "\\sum",
        "∏" => "\\prod",
        "∐" => "\\coprod",
        "∫" => "\\int",
        "∬" => "\\iint",
        "∭" => "\\iiint",
        "∮" => "\\oint",
        "⋃" => "\\bigcup",
        "⋂" => "\\bigcap",
        "⋁" => "\\bigvee",
        "⋀" => "\\bigwedge",
        sign => sign,
    }
}

fn function(name: &str) -> String {
    const KNOWN: [&str; 22] = [
        "arccos", "arcsin", "arctan", "cos", "cosh", "cot", "csc", "det", "exp", "gcd", "inf",
        "lim", "ln", "log", "max", "min", "sec", "sin", "sinh", "sup", "tan", "tanh",
    ];
    let base = name.split(['_', '^']).next().unwrap_or_default();
    let bare = base.trim_matches(['{', '}']);
    if KNOWN.contains(&bare) {
        format!("\\{bare}{}", &name[base.len()..])
    } else {
        name.to_owned()
    }
}

fn accent(sign: &str) -> &'static str {
    match sign {
        "\u{302}" | "^" => "hat",
        "\u{303}" | "~" => "tilde",
        "\u{304}" | "\u{305}" | "¯" => "bar",
        "\u{307}" => "dot",
        "\u{308}" => "ddot",
        "\u{20D7}" | "→" => "vec",
        "\u{30C}" => "check",
        _ => "hat",
    }
}
