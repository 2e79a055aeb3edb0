//! What stands side by side in a row of MathML, without the elements that only group.

use tabulary_package::xml::Element;

/// Function application, as MathML marks it.
pub(super) const APPLIED: &str = "\u{2061}";

/// Elements that group stand no deeper in one another than this before they are left as they are.
const NESTING: u32 = 100;

/// The items of elements that stand side by side. A group that says what belongs together stays one:
/// a sum with what it sums up, a function with what it is applied to.
pub(super) fn of<'e>(elements: &[&'e Element]) -> Vec<&'e Element> {
    let mut items = Vec::new();
    collect(elements, 0, &mut items);
    items
}

/// The items of the children of an element.
pub(super) fn inside(element: &Element) -> Vec<&Element> {
    let children: Vec<&Element> = element.elements().collect();
    of(&children)
}

fn collect<'e>(elements: &[&'e Element], depth: u32, items: &mut Vec<&'e Element>) {
    for (index, &element) in elements.iter().enumerate() {
        let is_name = elements.get(index + 1).is_some_and(|next| is_applied(next));
        if is_name && element.local == "mrow" {
            items.push(element);
            continue;
        }
        let children: Vec<&'e Element> = match element.local.as_str() {
            "annotation" | "annotation-xml" | "none" | "mprescripts" | "malignmark"
            | "maligngroup" => continue,
            "semantics" | "maction" => element.elements().take(1).collect(),
            "mrow" | "mstyle" | "mpadded" | "merror" | "math" => element.elements().collect(),
            _ => {
                items.push(element);
                continue;
            }
        };
        if depth >= NESTING {
            items.push(element);
            continue;
        }
        let mut inner = Vec::new();
        collect(&children, depth + 1, &mut inner);
        if element.local == "mrow" && belongs_together(&inner) {
            items.push(element);
        } else {
            items.append(&mut inner);
        }
    }
}

fn belongs_together(items: &[&Element]) -> bool {
    let applied = items.get(1).is_some_and(|second| is_applied(second));
    applied || items.first().is_some_and(|first| nary(first).is_some())
}

/// Whether it marks what follows as what a function is applied to.
pub(super) fn is_applied(element: &Element) -> bool {
    element.local == "mo" && text(element) == APPLIED
}

/// The text of an element without blanks that say nothing.
pub(super) fn text(element: &Element) -> String {
    let text = element.text();
    let words = text.split(|c: char| c.is_ascii_whitespace());
    let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
    words.join(" ")
}

/// A sum, an integral or the like with its limits.
pub(super) struct Nary<'e> {
    pub(super) sign: String,
    pub(super) stacked: bool,
    pub(super) sub: Option<&'e Element>,
    pub(super) sup: Option<&'e Element>,
}

/// What sums up, of an element that is its sign or has it as its base.
pub(super) fn nary(element: &Element) -> Option<Nary<'_>> {
    let mut children = element.elements();
    let (sign, first, second) = match element.local.as_str() {
        "mo" => (element, None, None),
        "munder" | "mover" | "munderover" | "msub" | "msup" | "msubsup" => {
            let sign = children.next().filter(|sign| sign.local == "mo")?;
            (sign, children.next(), children.next())
        }
        _ => return None,
    };
    let shown = text(sign);
    let large = match sign.plain("largeop") {
        Some("true") => shown.chars().count() <= 1,
        Some("false") => false,
        _ => is_nary(&shown) && sign.plain("fence").is_none() && sign.plain("separator").is_none(),
    };
    let integral = shown.starts_with(|c: char| matches!(c, '∫'..='∳' | '⨋'..='⨜'));
    let (sub, sup) = match element.local.as_str() {
        "mover" | "msup" => (None, first),
        _ => (first, second),
    };
    large.then_some(Nary {
        sign: shown,
        stacked: match element.local.as_str() {
            "mo" => !integral,
            name => name.starts_with("mu") || name == "mover",
        },
        sub,
        sup,
    })
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

/// Which side of a pair of delimiters an item is.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    Open,
    Close,
}

/// The side of an item that is a growing delimiter, with the item before it.
fn side(item: &Element, before: Option<&Element>) -> Option<Side> {
    if item.local != "mo" || item.plain("separator") == Some("true") {
        return None;
    }
    let fence = item.plain("fence") == Some("true");
    if !fence && item.plain("stretchy") == Some("false") {
        return None;
    }
    let shown = text(item);
    let usual = match shown.as_str() {
        "(" | "[" | "{" | "⌊" | "⌈" | "⟨" | "⟦" => Some(Side::Open),
        ")" | "]" | "}" | "⌋" | "⌉" | "⟩" | "⟧" => Some(Side::Close),
        _ => None,
    };
    let formed = match item.plain("form") {
        Some("prefix") => Some(Side::Open),
        Some("postfix") => Some(Side::Close),
        _ => None,
    };
    let by_place = match before {
        Some(before) if before.local != "mo" => Side::Close,
        _ => Side::Open,
    };
    match (usual, formed) {
        (_, Some(formed)) if fence || usual.is_some() || is_bar(&shown) => Some(formed),
        (Some(usual), _) => Some(usual),
        (None, None) if fence && is_bar(&shown) => Some(by_place),
        _ => None,
    }
}

fn is_bar(sign: &str) -> bool {
    matches!(sign, "|" | "‖" | "∣" | "∥")
}

/// The places of the partners of delimiters that open. An open brace before a table at the end has
/// none, and ends behind it.
pub(super) fn partners(items: &[&Element]) -> Vec<Option<usize>> {
    let mut partners = vec![None; items.len()];
    let mut open = Vec::new();
    let mut before = None;
    for (at, &item) in items.iter().enumerate() {
        match side(item, before) {
            Some(Side::Open) => open.push(at),
            Some(Side::Close) => {
                if let Some(partner) = open.pop().and_then(|open| partners.get_mut(open)) {
                    *partner = Some(at);
                }
            }
            None => {}
        }
        before = Some(item);
    }
    if let [.., brace, table] = items
        && table.local == "mtable"
        && open.last() == Some(&(items.len() - 2))
        && text(brace) == "{"
    {
        partners[items.len() - 2] = Some(items.len());
    }
    partners
}

/// Where what stands at a place ends: behind its partner for a delimiter, else behind it.
pub(super) fn end(partners: &[Option<usize>], at: usize) -> usize {
    let partner = partners.get(at).copied().flatten();
    partner.map_or(at + 1, |partner| partners.len().min(partner + 1))
}
