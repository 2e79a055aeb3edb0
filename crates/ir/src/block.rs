//! What stands below one another: headings, paragraphs, lists, tables.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    Align, Furniture, Inline, Mark, Marks, Origin, PageSetup, Points, SheetSettings, Table,
    push_text,
};

/// A piece of a document that takes lines of its own.
#[derive(Clone, Debug, PartialEq, Eq, JsonSchema)]
#[schemars(tag = "type", rename_all = "snake_case")]
pub enum Block {
    /// A heading.
    Heading(Heading),
    /// A paragraph.
    Paragraph(Paragraph),
    /// A list.
    List(List),
    /// A table.
    Table(Box<Table>),
    /// An image or more, or a chart, with a caption.
    Figure(Figure),
    /// Words of someone else.
    Quote(Quote),
    /// Typed text in which blanks and line ends count.
    Code(Code),
    /// A formula of mathematics on lines of its own.
    Math(Math),
    /// A line between two parts.
    Rule(Rule),
    /// The start of a new page.
    PageBreak(PageBreak),
    /// A sheet, a page or a part with its name.
    Section(Section),
}

impl Block {
    /// A paragraph of plain text.
    pub fn paragraph(text: &str) -> Self {
        Self::Paragraph(Paragraph::plain(text))
    }

    /// A heading of plain text.
    pub fn heading(level: u8, text: &str) -> Self {
        let mut content = Vec::new();
        push_text(&mut content, text, Marks::NONE);
        Self::Heading(Heading {
            content,
            level,
            ..Heading::default()
        })
    }

    /// Where it stood.
    pub fn origin(&self) -> Option<&Origin> {
        match self {
            Self::Heading(block) => block.origin.as_ref(),
            Self::Paragraph(block) => block.origin.as_ref(),
            Self::List(block) => block.origin.as_ref(),
            Self::Table(block) => block.origin.as_ref(),
            Self::Figure(block) => block.origin.as_ref(),
            Self::Quote(block) => block.origin.as_ref(),
            Self::Code(block) => block.origin.as_ref(),
            Self::Math(block) => block.origin.as_ref(),
            Self::Rule(block) => block.origin.as_ref(),
            Self::PageBreak(block) => block.origin.as_ref(),
            Self::Section(block) => block.origin.as_ref(),
        }
    }
}

/// A heading. Level 1 is the highest, 9 the lowest.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Heading {
    /// The line.
    pub content: Vec<Inline>,
    /// The number that a person sees before it, where it is not part of the line.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// 1 to 9.
    #[schemars(range(min = 1, max = 9))]
    pub level: u8,
    /// Where it stood.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub origin: Option<Origin>,
    /// How it is set.
    #[serde(skip_serializing_if = "ParagraphStyle::is_default")]
    pub style: ParagraphStyle,
}

impl Heading {
    /// A paragraph as a heading of a level. A heading is bold by being one, so that its runs are not.
    pub fn of(paragraph: Paragraph, level: u8) -> Self {
        let mut content = Vec::with_capacity(paragraph.content.len());
        for inline in paragraph.content {
            match inline {
                Inline::Text(run) => {
                    push_text(&mut content, &run.text, run.marks.without(Mark::Bold));
                }
                other => content.push(other),
            }
        }
        Self {
            content,
            label: paragraph.label,
            level,
            origin: paragraph.origin,
            style: paragraph.style,
        }
    }
}

/// A paragraph.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Paragraph {
    /// The line.
    pub content: Vec<Inline>,
    /// The number that a person sees before it, where it is not part of the line.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// Where it stood.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub origin: Option<Origin>,
    /// How it is set.
    #[serde(skip_serializing_if = "ParagraphStyle::is_default")]
    pub style: ParagraphStyle,
}

impl Paragraph {
    /// A paragraph of plain text.
    pub fn plain(text: &str) -> Self {
        let mut content = Vec::new();
        push_text(&mut content, text, Marks::NONE);
        Self {
            content,
            ..Self::default()
        }
    }
}

/// How a paragraph or heading is set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct ParagraphStyle {
    /// Where its lines stand.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub align: Option<Align>,
    /// How far its first line is set in, beyond the other lines; negative for a hanging indent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub first_line: Option<Points>,
    /// How far its lines are set in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub indent: Option<Points>,
    /// What it is to the document, where it is more than text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub role: Option<ParagraphRole>,
    /// Whether it is read from right to left: its lines begin at the right, and its indents count from
    /// there. Which way letters run inside of a line follows from what they are (Unicode, annex 9).
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub rtl: bool,
}

/// What a paragraph is to its document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ParagraphRole {
    /// The title of the whole, or a line of it.
    Title,
    /// What stands below the title and says more.
    Subtitle,
}

impl ParagraphStyle {
    /// Whether nothing is said.
    pub fn is_default(&self) -> bool {
        *self == Self::default()
    }
}

/// A list.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct List {
    /// Its items.
    pub items: Vec<ListItem>,
    /// Whether the items are counted.
    pub ordered: bool,
    /// Where it stood.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub origin: Option<Origin>,
}

/// An item of a list.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct ListItem {
    /// What it says; a list among them is a list inside the item.
    pub blocks: Vec<Block>,
    /// The label that a person sees: `1.`, `（一）`. None for the usual bullet.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
}

/// An image or more, with a caption.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Figure {
    /// The line under it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub caption: Vec<Inline>,
    /// The images.
    pub content: Vec<Inline>,
    /// What a chart shows, with its title as the caption.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub data: Option<Box<Table>>,
    /// Where it stood.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub origin: Option<Origin>,
}

/// Words of someone else.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Quote {
    /// What was said.
    pub blocks: Vec<Block>,
    /// Where it stood.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub origin: Option<Origin>,
}

/// Typed text in which blanks and line ends count.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Code {
    /// The language it is written in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// Where it stood.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub origin: Option<Origin>,
    /// The text, with line feeds between its lines and none at the end.
    pub text: String,
}

/// A formula of mathematics on lines of its own.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Math {
    /// The formula as MathML.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mathml: Option<String>,
    /// Where it stood.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub origin: Option<Origin>,
    /// The formula in LaTeX notation, or as plain text.
    pub text: String,
}

/// A line between two parts.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Rule {
    /// Where it stood.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub origin: Option<Origin>,
}

/// The start of a new page, or of the next column of text.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct PageBreak {
    /// Whether only a column of text ends; where text runs in none, its page does.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub column: bool,
    /// Where it stood.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub origin: Option<Origin>,
}

/// A sheet, a page or a part with its name.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Section {
    /// What stands in it.
    pub body: Vec<Block>,
    /// Whether it begins below what stands before it, and not on a page of its own.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub continuous: bool,
    /// Running footers of its own pages, where they are not those of the document; one of the usual kind
    /// that says nothing stands for none. In JSON they stand among those of the document.
    #[serde(skip_serializing)]
    #[schemars(skip)]
    pub footers: Vec<Furniture>,
    /// Running headers of its own pages, in the same way.
    #[serde(skip_serializing)]
    #[schemars(skip)]
    pub headers: Vec<Furniture>,
    /// Whether its source hides it.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub hidden: bool,
    /// What it is.
    pub kind: SectionKind,
    /// Its name.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub name: String,
    /// Where it stood.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub origin: Option<Origin>,
    /// The page it is meant for, where it has its own.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub page: Option<PageSetup>,
    /// What its workbook says of it beside its cells.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sheet: Option<Box<SheetSettings>>,
}

/// What a section is in its source.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum SectionKind {
    /// A sheet of a workbook.
    Sheet,
    /// A page.
    Page,
    /// Any other part.
    #[default]
    Part,
}
