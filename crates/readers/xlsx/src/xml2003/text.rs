//! Texts with HTML in them.

use tabulary_ir::{Inline, Mark, Marks, push_text};
use tabulary_package::xml::{Element, Node, Ns};

use crate::text::Text;

/// The text of a `Data` element.
pub(super) fn text(data: &Element) -> Text {
    let mut content = Vec::new();
    let mut marked = false;
    runs(data, Marks::NONE, &mut content, &mut marked);
    if marked {
        Text::Rich(content)
    } else {
        // A carriage return is how Excel for Mac ends a line.
        Text::Plain(data.text().replace("\r\n", "\n").replace('\r', "\n").into())
    }
}

/// The line of an element such as that of a comment.
pub(super) fn line(data: &Element) -> Vec<Inline> {
    let mut content = Vec::new();
    runs(data, Marks::NONE, &mut content, &mut false);
    content
}

fn runs(element: &Element, marks: Marks, content: &mut Vec<Inline>, marked: &mut bool) {
    for node in &element.children {
        match node {
            Node::Text(text) => {
                push_text(content, text, marks);
                *marked |= !marks.is_empty() && !text.is_empty();
            }
            Node::Element(child) if child.is(Ns::Html40, "BR") || child.is(Ns::Html40, "br") => {
                push_text(content, "\n", marks);
            }
            Node::Element(child) => runs(child, with(marks, child), content, marked),
        }
    }
}

fn with(marks: Marks, element: &Element) -> Marks {
    let mark = match element.local.to_ascii_uppercase().as_str() {
        "B" => Mark::Bold,
        "I" => Mark::Italic,
        "U" => Mark::Underline,
        "S" => Mark::Strike,
        "SUP" => Mark::Superscript,
        "SUB" => Mark::Subscript,
        _ => return marks,
    };
    marks.with(mark)
}
