//! MathML: the one form in which it is kept, and the formula in LaTeX notation inside of it.

use tabulary_ir::{Budget, Diagnostics};

use crate::dom::{Dom, NodeId};
use crate::parse;
use crate::write::escape;

/// A formula: its MathML in normal form, and its text.
pub(crate) struct Formula {
    pub(crate) mathml: String,
    pub(crate) text: String,
    pub(crate) is_block: bool,
}

/// The formula that a `math` element holds.
pub(crate) fn read(dom: &Dom, math: NodeId) -> Formula {
    let tex = dom.descendants(math).find(|&node| {
        dom.math_name(node) == Some("annotation")
            && dom
                .attribute(node, "encoding")
                .is_some_and(|e| e.to_ascii_lowercase().contains("tex"))
    });
    let text = match (tex, dom.attribute(math, "alttext")) {
        (Some(tex), _) => dom.text_under(tex).trim().to_owned(),
        (None, Some(text)) => text.to_owned(),
        (None, None) => squeeze(&dom.text_under(math)),
    };
    Formula {
        mathml: serialize(dom, math),
        text,
        is_block: dom.attribute(math, "display") == Some("block"),
    }
}

fn squeeze(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// MathML from elsewhere in normal form: elements and attributes of MathML only, so that nothing in it
/// can act in a page. `None` where it is no MathML.
pub(crate) fn normal(mathml: &str, budget: &Budget) -> Option<String> {
    let dom = parse::fragment(mathml, 1, budget, &mut Diagnostics::new()).ok()?;
    let math = dom
        .descendants(Dom::ROOT)
        .find(|&node| dom.math_name(node) == Some("math"))?;
    Some(serialize(&dom, math))
}

fn serialize(dom: &Dom, math: NodeId) -> String {
    let mut text = String::new();
    open(dom, math, &mut text);
    let mut node = math;
    'walk: loop {
        if let Some(child) = dom.first_child(node).filter(|_| is_kept(dom, node)) {
            node = child;
        } else {
            close(dom, node, &mut text);
            loop {
                if node == math {
                    break 'walk;
                }
                if let Some(next) = dom.next_sibling(node) {
                    node = next;
                    break;
                }
                let Some(parent) = dom.parent(node) else {
                    break 'walk;
                };
                node = parent;
                close(dom, node, &mut text);
            }
        }
        open(dom, node, &mut text);
    }
    text
}

fn is_kept(dom: &Dom, node: NodeId) -> bool {
    dom.math_name(node)
        .is_some_and(|name| name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-'))
}

fn open(dom: &Dom, node: NodeId, text: &mut String) {
    if let Some(run) = dom.text(node) {
        escape::text(run, text);
    } else if let Some(name) = dom.math_name(node).filter(|_| is_kept(dom, node)) {
        text.push('<');
        text.push_str(name);
        for (name, value) in dom.attributes(node) {
            let safe = !name.starts_with("on")
                && !matches!(name, "href" | "src" | "style" | "actiontype")
                && name.bytes().all(|b| b.is_ascii_alphabetic() || b == b'-');
            if safe {
                escape::attribute(name, value, text);
            }
        }
        text.push('>');
    }
}

fn close(dom: &Dom, node: NodeId, text: &mut String) {
    if let Some(name) = dom.math_name(node).filter(|_| is_kept(dom, node)) {
        text.push_str("</");
        text.push_str(name);
        text.push('>');
    }
}
