//! The structure that a page's maker says it has, as tagged PDF does (ISO 32000-1 14.8).

/// An element of the structure.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Element {
    /// What it is.
    pub role: Role,
    /// What it holds, in reading order.
    pub children: Vec<Child>,
    /// What it shows, for who cannot see it.
    pub alt: Option<String>,
    /// How many rows a cell takes; at least 1.
    pub row_span: u32,
    /// How many columns a cell takes; at least 1.
    pub col_span: u32,
}

/// What an element holds.
#[derive(Clone, Debug, PartialEq)]
pub enum Child {
    /// Another element.
    Element(Element),
    /// What a page paints under a number.
    Mark {
        /// The page, counted from 1.
        page: u32,
        /// The number that glyphs and images of that page give as their mark.
        mark: u32,
    },
}

/// What an element of the structure is (ISO 32000-1 14.8.4).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Role {
    /// A part that only groups others, or one whose name says nothing.
    #[default]
    Group,
    /// A heading with its level, from 1.
    Heading(u8),
    /// A paragraph.
    Paragraph,
    /// A list.
    List,
    /// An item of a list.
    ListItem,
    /// The label of an item.
    Label,
    /// What an item says.
    ListBody,
    /// A table.
    Table,
    /// A row of a table.
    Row,
    /// A cell that names its row or column.
    HeaderCell,
    /// Any other cell.
    DataCell,
    /// An image or drawing.
    Figure,
    /// The line above or below a table or figure.
    Caption,
    /// A formula.
    Formula,
    /// A footnote or endnote.
    Note,
    /// Typed text.
    Code,
    /// Words of someone else.
    Quote,
    /// A table of contents.
    Contents,
    /// A piece of a line.
    Span,
    /// A link.
    Link,
}
