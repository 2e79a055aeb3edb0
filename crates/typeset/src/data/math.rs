//! Formulas in presentation MathML as trees for the styles: texts, and lists whose first entry says what they are.

use serde::Serialize;
use tabulary_ir::Budget;
use tabulary_package::mathml::{self, has_no_bar};
use tabulary_package::xml::Element;

use crate::clean::Cleaner;

/// Structures stand no deeper in one another; a deeper formula is its text.
const NESTING: u32 = 40;

/// A piece of a formula.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(untagged)]
pub(super) enum Tree {
    Text(String),
    Number(f64),
    Flag(bool),
    List(Vec<Tree>),
    Nothing,
}

/// The tree of a formula; none where it is no MathML, says nothing, or is too deep.
pub(super) fn tree(formula: &str, budget: &Budget, cleaner: &mut Cleaner<'_>) -> Option<Tree> {
    let math = mathml::root(formula, budget)?;
    let mut growing = Growing { cleaner };
    let children: Vec<&Element> = math.elements().collect();
    let tree = growing.row(&children, 0)?;
    (tree != node("row", [])).then_some(tree)
}

fn node(kind: &str, parts: impl IntoIterator<Item = Tree>) -> Tree {
    let kind = Tree::Text(kind.to_owned());
    Tree::List(std::iter::once(kind).chain(parts).collect())
}

fn text(text: &str) -> Tree {
    Tree::Text(text.to_owned())
}

struct Growing<'c, 'f> {
    cleaner: &'c mut Cleaner<'f>,
}

impl Growing<'_, '_> {
    /// Elements side by side; delimiters grow with what stands between them.
    fn row(&mut self, elements: &[&Element], depth: u32) -> Option<Tree> {
        if depth > NESTING {
            return None;
        }
        if let [one] = elements {
            return self.element(one, depth);
        }
        // What stands between delimiters, with them; the last list is the row itself.
        let mut open: Vec<Vec<Tree>> = vec![Vec::new()];
        for element in elements {
            let class = if element.local == "mo" {
                class_of(element.text().trim())
            } else {
                "normal"
            };
            if class == "opening" {
                open.push(Vec::new());
            }
            let tree = self.element(element, depth + 1)?;
            open.last_mut()?.push(tree);
            if class == "closing" && open.len() > 1 {
                let fenced = node("fenced", open.pop()?);
                open.last_mut()?.push(fenced);
            }
        }
        // A delimiter that nothing closes stands as it is.
        let mut parts = open.into_iter().flatten().collect::<Vec<_>>();
        Some(match parts.len() {
            1 => parts.remove(0),
            _ => node("row", parts),
        })
    }

    fn inside(&mut self, element: &Element, depth: u32) -> Option<Tree> {
        let children: Vec<&Element> = element.elements().collect();
        self.row(&children, depth + 1)
    }

    fn element(&mut self, element: &Element, depth: u32) -> Option<Tree> {
        if depth > NESTING {
            return None;
        }
        let children: Vec<&Element> = element.elements().collect();
        let below = depth + 1;
        Some(match (element.local.as_str(), children.as_slice()) {
            ("mi", _) => self.name(element),
            ("mn" | "mtext" | "ms", _) => Tree::Text(self.clean(element)),
            ("mo", _) => self.sign(element),
            ("mspace", _) => node("space", [Tree::Number(space(element))]),
            (
                "mprescripts" | "none" | "annotation" | "annotation-xml" | "maligngroup"
                | "malignmark",
                _,
            ) => Tree::Nothing,
            ("semantics", [first, ..]) => self.element(first, below)?,
            ("mfrac", [over, under]) => {
                let parts = [self.element(over, below)?, self.element(under, below)?];
                if has_no_bar(element) {
                    let rows = parts.into_iter().map(|part| Tree::List(vec![part]));
                    node("matrix", rows)
                } else {
                    node("fraction", parts)
                }
            }
            ("msqrt", _) => node("root", [self.inside(element, depth)?]),
            ("mroot", [inner, degree]) => {
                let (inner, degree) = (self.element(inner, below)?, self.element(degree, below)?);
                node("root", [degree, inner])
            }
            ("msub", [base, sub]) => self.scripts("scripts", base, Some(sub), None, below)?,
            ("msup", [base, sup]) => self.scripts("scripts", base, None, Some(sup), below)?,
            ("msubsup", [base, sub, sup]) => {
                self.scripts("scripts", base, Some(sub), Some(sup), below)?
            }
            ("munder", [base, under]) => self.under(base, under, below)?,
            ("mover", [base, over]) => self.over(base, over, below)?,
            ("munderover", [base, under, over]) => {
                self.scripts("limits", base, Some(under), Some(over), below)?
            }
            ("mmultiscripts", [base, scripts @ ..]) => self.multiscripts(base, scripts, below)?,
            ("mtable", _) => self.table(&children, below)?,
            ("mfenced", _) => self.mfenced(element, &children, below)?,
            ("menclose", _)
                if element
                    .plain("notation")
                    .is_some_and(|n| n.contains("strike")) =>
            {
                node("cancel", [self.inside(element, depth)?])
            }
            (_, []) => Tree::Text(self.clean(element)),
            _ => self.inside(element, depth)?,
        })
    }

    fn clean(&mut self, element: &Element) -> String {
        self.cleaner.clean(element.text().trim())
    }

    /// A name: a letter is slanted, a word stands upright.
    fn name(&mut self, element: &Element) -> Tree {
        let name = self.clean(element);
        let variant = element.plain("mathvariant").unwrap_or_default();
        let mut letters = name.chars();
        let single = letters.next().is_some() && letters.next().is_none();
        let tree = if single && variant != "normal" {
            node("letter", [text(&name)])
        } else if LIMITS.contains(&name.as_str()) {
            node("function", [text(&name), Tree::Flag(true)])
        } else if !single && name.is_ascii() && !name.is_empty() {
            node("function", [text(&name), Tree::Flag(false)])
        } else {
            node("upright", [text(&name)])
        };
        if variant.starts_with("bold") {
            node("bold", [tree])
        } else {
            tree
        }
    }

    fn sign(&mut self, element: &Element) -> Tree {
        let sign = match self.clean(element) {
            hyphen if hyphen == "-" => "\u{2212}".to_owned(),
            sign => sign,
        };
        // Signs that are not seen: application, multiplication, separators (Unicode U+2061 to U+2064).
        if sign.chars().all(|c| matches!(c, '\u{2061}'..='\u{2064}')) {
            return Tree::Nothing;
        }
        match class_of(&sign) {
            "large" => node("big", [text(&sign)]),
            class => node("sign", [text(class), text(&sign)]),
        }
    }

    fn scripts(
        &mut self,
        kind: &str,
        base: &Element,
        below: Option<&Element>,
        above: Option<&Element>,
        depth: u32,
    ) -> Option<Tree> {
        let base = self.element(base, depth)?;
        let mut script = |element: Option<&Element>| match element {
            Some(element) => self.element(element, depth),
            None => Some(Tree::Nothing),
        };
        let scripts = [script(below)?, script(above)?];
        Some(node(kind, std::iter::once(base).chain(scripts)))
    }

    fn under(&mut self, base: &Element, under: &Element, depth: u32) -> Option<Tree> {
        let kind = match under.text().trim() {
            "_" | "\u{332}" | "\u{AF}" | "\u{203E}" => "underline",
            "\u{23DF}" => "underbrace",
            _ => return self.scripts("limits", base, Some(under), None, depth),
        };
        Some(node(kind, [self.element(base, depth)?]))
    }

    fn over(&mut self, base: &Element, over: &Element, depth: u32) -> Option<Tree> {
        let sign = over.text();
        let kind = match sign.trim() {
            "\u{AF}" | "\u{203E}" | "\u{305}" | "\u{304}" | "_" => "overline",
            "\u{23DE}" => "overbrace",
            sign => {
                let Some(accent) = accent(sign) else {
                    return self.scripts("limits", base, None, Some(over), depth);
                };
                return Some(node("accent", [self.element(base, depth)?, text(accent)]));
            }
        };
        Some(node(kind, [self.element(base, depth)?]))
    }

    /// Scripts in pairs behind the base, and behind `mprescripts` those in front of it.
    fn multiscripts(&mut self, base: &Element, scripts: &[&Element], depth: u32) -> Option<Tree> {
        let base = self.element(base, depth)?;
        let cut = scripts
            .iter()
            .position(|element| element.local == "mprescripts");
        let (behind, front) = scripts.split_at(cut.unwrap_or(scripts.len()));
        let mut column = |scripts: &[&Element], odd: usize| {
            let mut parts = Vec::new();
            for element in scripts.iter().skip(odd).step_by(2) {
                parts.push(self.element(element, depth)?);
            }
            parts.retain(|part| *part != Tree::Nothing);
            Some(if parts.is_empty() {
                Tree::Nothing
            } else {
                node("row", parts)
            })
        };
        let front = front.get(1..).unwrap_or_default();
        let parts = [
            column(behind, 0)?,
            column(behind, 1)?,
            column(front, 0)?,
            column(front, 1)?,
        ];
        Some(node("around", std::iter::once(base).chain(parts)))
    }

    fn table(&mut self, rows: &[&Element], depth: u32) -> Option<Tree> {
        let mut all = Vec::new();
        for row in rows
            .iter()
            .filter(|row| row.local == "mtr" || row.local == "mlabeledtr")
        {
            let label = usize::from(row.local == "mlabeledtr");
            let cells: Option<Vec<_>> = row
                .elements()
                .skip(label)
                .map(|cell| self.inside(cell, depth))
                .collect();
            all.push(Tree::List(cells?));
        }
        Some(node("matrix", all))
    }

    fn mfenced(&mut self, element: &Element, children: &[&Element], depth: u32) -> Option<Tree> {
        let open = element.plain("open").unwrap_or("(");
        let close = element.plain("close").unwrap_or(")");
        let separators: Vec<char> = element
            .plain("separators")
            .unwrap_or(",")
            .chars()
            .filter(|c| !c.is_whitespace())
            .collect();
        let mut parts = vec![node(
            "sign",
            [text("opening"), Tree::Text(self.cleaner.clean(open))],
        )];
        for (index, child) in children.iter().enumerate() {
            let separator = separators.get(index.wrapping_sub(1)).or(separators.last());
            if let Some(separator) = separator.filter(|_| index > 0) {
                let separator = self.cleaner.clean(&separator.to_string());
                parts.push(node("sign", [text("punctuation"), Tree::Text(separator)]));
            }
            parts.push(self.element(child, depth)?);
        }
        parts.push(node(
            "sign",
            [text("closing"), Tree::Text(self.cleaner.clean(close))],
        ));
        Some(node("fenced", parts))
    }
}

/// Names below which limits stand.
const LIMITS: [&str; 10] = [
    "lim", "max", "min", "sup", "inf", "liminf", "limsup", "gcd", "det", "Pr",
];

/// What a sign is to its neighbours (MathML Core, the operator dictionary), in words of the layout engine.
fn class_of(sign: &str) -> &'static str {
    let mut letters = sign.chars();
    let (Some(first), None) = (letters.next(), letters.next()) else {
        return if sign.is_empty() {
            "normal"
        } else {
            "relation"
        };
    };
    match first {
        '(' | '[' | '{' | '⟨' | '⌈' | '⌊' | '⟦' => "opening",
        ')' | ']' | '}' | '⟩' | '⌉' | '⌋' | '⟧' => "closing",
        ',' | ';' | '，' | '；' => "punctuation",
        '∑' | '∏' | '∐' | '∫'..='∳' | '⋀'..='⋃' | '⨀'..='⨌' => "large",
        '+'
        | '-'
        | '−'
        | '±'
        | '∓'
        | '×'
        | '÷'
        | '⋅'
        | '·'
        | '∗'
        | '*'
        | '∘'
        | '•'
        | '∪'
        | '∩'
        | '∧'
        | '∨'
        | '∖'
        | '⊓'..='⊡' => "binary",
        '='
        | '<'
        | '>'
        | ':'
        | '≔'
        | '←'..='⇿'
        | '∈'..='∍'
        | '∝'
        | '∣'..='∦'
        | '∼'..='⊏'
        | '⊐'..='⊒'
        | '⊢'..='⊫'
        | '⟵'..='⟿'
        | '⪅'..='⪌'
        | '⩽'
        | '⩾' => "relation",
        _ => "normal",
    }
}

/// The accent that a sign above a letter stands for.
fn accent(sign: &str) -> Option<&'static str> {
    Some(match sign {
        "^" | "ˆ" | "\u{302}" => "\u{302}",
        "~" | "˜" | "\u{303}" => "\u{303}",
        "˙" | "." | "\u{307}" => "\u{307}",
        "¨" | ".." | "\u{308}" => "\u{308}",
        "→" | "⃗" => "\u{20D7}",
        "ˇ" | "\u{30C}" => "\u{30C}",
        "´" | "\u{301}" => "\u{301}",
        "`" | "\u{300}" => "\u{300}",
        "˘" | "\u{306}" => "\u{306}",
        "˚" | "\u{30A}" => "\u{30A}",
        _ => return None,
    })
}

/// The width of a space in ems; where it is in no unit of letters, a narrow one.
fn space(element: &Element) -> f64 {
    let width = element.plain("width").unwrap_or_default();
    let number = width
        .strip_suffix("em")
        .and_then(|number| number.trim().parse::<f64>().ok());
    number.map_or(0.17, |number| number.clamp(-1.0, 10.0))
}

#[cfg(test)]
mod tests {
    use tabulary_ir::{Cancel, Diagnostics, Limits};

    use super::*;
    use crate::fonts::Fonts;

    fn shown(inner: &str) -> Option<String> {
        let fonts = Fonts::new(&[], &[], &mut Diagnostics::new());
        let budget = Budget::new(&Limits::default(), &Cancel::default());
        tree(
            &format!("<math>{inner}</math>"),
            &budget,
            &mut Cleaner::new(&fonts),
        )
        .map(|tree| words(&tree))
    }

    fn words(tree: &Tree) -> String {
        match tree {
            Tree::Text(text) => text.clone(),
            Tree::Number(number) => number.to_string(),
            Tree::Flag(flag) => flag.to_string(),
            Tree::List(parts) => {
                let parts: Vec<_> = parts.iter().map(words).collect();
                format!("({})", parts.join(" "))
            }
            Tree::Nothing => "-".into(),
        }
    }

    #[test]
    fn structures_keep_their_parts() {
        for (mathml, wanted) in [
            (
                "<mfrac><mi>a</mi><mn>2</mn></mfrac>",
                "(fraction (letter a) 2)",
            ),
            (
                "<msup><mi>x</mi><mn>2</mn></msup>",
                "(scripts (letter x) - 2)",
            ),
            ("<mroot><mi>x</mi><mn>3</mn></mroot>", "(root 3 (letter x))"),
            (
                "<munder><mi>lim</mi><mi>n</mi></munder>",
                "(limits (function lim true) (letter n) -)",
            ),
            ("<mo>-</mo>", "(sign binary \u{2212})"),
            (
                "<mover><mi>x</mi><mo>¯</mo></mover>",
                "(overline (letter x))",
            ),
            (
                "<mfrac linethickness='0'><mi>n</mi><mi>k</mi></mfrac>",
                "(matrix ((letter n)) ((letter k)))",
            ),
        ] {
            assert_eq!(shown(mathml).as_deref(), Some(wanted), "{mathml}");
        }
    }

    #[test]
    fn delimiters_grow_with_what_they_hold() {
        let inner = "<mi>f</mi><mo>(</mo><mi>x</mi><mo>)</mo>";
        let wanted = "(row (letter f) (fenced (sign opening () (letter x) (sign closing ))))";
        assert_eq!(shown(inner).as_deref(), Some(wanted));
        assert_eq!(
            shown("<mo>(</mo><mi>x</mi>").as_deref(),
            Some("(row (sign opening () (letter x))")
        );
    }

    #[test]
    fn what_is_no_formula_is_none() {
        assert_eq!(shown(""), None);
        assert_eq!(
            shown(&format!(
                "{}<mi>x</mi>{}",
                "<mrow><mi>y</mi>".repeat(80),
                "</mrow>".repeat(80)
            )),
            None
        );
        assert_eq!(shown("<mi>x"), None);
    }
}
