//! What stands in a line: runs of text, links, images, references.

use std::sync::LazyLock;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Marks, Points, ResourceId};

/// A piece of a line.
#[derive(Clone, Debug, PartialEq, Eq, JsonSchema)]
#[schemars(tag = "type", rename_all = "snake_case")]
pub enum Inline {
    /// A run of text with the same marks.
    Text(Text),
    /// A link.
    Link(Link),
    /// An image in the line.
    Image(Image),
    /// The place that a note belongs to.
    NoteRef(NoteRef),
    /// A formula of mathematics in the line.
    Math(InlineMath),
    /// A field, with the result that a person sees.
    Field(Field),
    /// A place that links may lead to.
    Anchor(Anchor),
    /// A tabulator.
    Tab,
    /// A line end inside a paragraph.
    LineBreak,
}

impl Inline {
    /// A run of text; it holds no line end and no tabulator (see [`push_text`]).
    pub fn text(text: impl Into<String>, marks: Marks) -> Self {
        Self::Text(Text {
            marks,
            text: text.into(),
        })
    }
}

/// A run of text with the same marks, without line ends and tabulators.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Text {
    /// How the run is set apart.
    #[serde(skip_serializing_if = "Marks::is_empty")]
    pub marks: Marks,
    /// The characters.
    pub text: String,
}

/// A link to an address or to a place of the document.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Link {
    /// What a person sees of it.
    pub content: Vec<Inline>,
    /// The address; `#` and a name for a place of the document.
    pub href: String,
}

/// An image. Its bytes are a resource of the document; where it has only an address, nothing was fetched.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Image {
    /// What it shows, for who cannot see it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub alt: String,
    /// The address of an image outside of the document.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub href: Option<String>,
    /// The resource that holds its bytes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub resource: Option<ResourceId>,
    /// Width and height on paper.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub size: Option<[Points; 2]>,
}

/// A reference to a note.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct NoteRef {
    /// The identifier of the note.
    pub note: String,
}

/// A formula of mathematics in a line.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct InlineMath {
    /// The formula as MathML.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mathml: Option<String>,
    /// The formula in LaTeX notation, or as plain text.
    pub text: String,
}

/// A field: text that a program works out, or that a person fills in.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Field {
    /// The result that a person sees; see [`Field::shown`] for a box without one.
    pub content: Vec<Inline>,
    /// How a person fills it in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub control: Option<Box<Control>>,
    /// What works it out, in the words of its source: `PAGE`, `REF figure1`.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub instruction: String,
}

impl Field {
    /// What a person sees of it: its result, or `☒` and `☐` for a box to tick that has none.
    pub fn shown(&self) -> &[Inline] {
        static BOXES: LazyLock<[[Inline; 1]; 2]> =
            LazyLock::new(|| ["☐", "☒"].map(|sign| [Inline::text(sign, Marks::NONE)]));
        match &self.control {
            Some(control) if self.content.is_empty() && control.kind == ControlKind::Checkbox => {
                &BOXES[usize::from(control.checked)]
            }
            _ => &self.content,
        }
    }
}

/// A part of a form that a person fills in (ECMA-376 17.5.2).
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
pub struct Control {
    /// Whether its box is ticked.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub checked: bool,
    /// What may be chosen.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub choices: Vec<String>,
    /// What it takes.
    #[serde(default)]
    pub kind: ControlKind,
    /// The name by which programs know it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tag: Option<String>,
    /// The name by which a person knows it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
}

/// What a control takes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ControlKind {
    /// Text.
    #[default]
    Text,
    /// Yes or no.
    Checkbox,
    /// One of several texts.
    Choice,
    /// A day.
    Date,
}

/// A place that links may lead to, as `#` and its name.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Anchor {
    /// Its name.
    pub name: String,
}

/// Appends text to a line in the normal form of the model: a line end (CR LF, CR or LF) becomes
/// [`Inline::LineBreak`], a tabulator [`Inline::Tab`], and text with the same marks as the run before joins it.
pub fn push_text(content: &mut Vec<Inline>, text: &str, marks: Marks) {
    let mut rest = text;
    while let Some(at) = rest.find(['\n', '\r', '\t']) {
        push_run(content, &rest[..at], marks);
        let (inline, width) = match &rest[at..] {
            tail if tail.starts_with('\t') => (Inline::Tab, 1),
            tail if tail.starts_with("\r\n") => (Inline::LineBreak, 2),
            _ => (Inline::LineBreak, 1),
        };
        content.push(inline);
        rest = &rest[at + width..];
    }
    push_run(content, rest, marks);
}

fn push_run(content: &mut Vec<Inline>, text: &str, marks: Marks) {
    if text.is_empty() {
        return;
    }
    match content.last_mut() {
        Some(Inline::Text(run)) if run.marks == marks => run.text.push_str(text),
        _ => content.push(Inline::text(text, marks)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Mark;

    #[test]
    fn runs_join_and_controls_stand_apart() {
        let mut content = Vec::new();
        push_text(&mut content, "a", Marks::NONE);
        push_text(&mut content, "b\r\nc\td", Marks::NONE);
        push_text(&mut content, "", Mark::Bold.into());
        push_text(&mut content, "e", Mark::Bold.into());
        let text = |text: &str| Inline::text(text, Marks::NONE);
        let bold = Inline::text("e", Mark::Bold.into());
        let wanted = [
            text("ab"),
            Inline::LineBreak,
            text("c"),
            Inline::Tab,
            text("d"),
            bold,
        ];
        assert_eq!(content, wanted);
    }
}
