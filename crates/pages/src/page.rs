//! What stands on a page, before anyone has made sense of it.

use compact_str::CompactString;
use tabulary_ir::ResourceId;

use crate::Rect;

/// A page: everything that is painted on it, in the order of painting.
#[derive(Clone, Debug, Default)]
pub struct Page {
    /// Counted from 1.
    pub number: u32,
    /// The width in points, as the page is shown.
    pub width: f32,
    /// The height in points, as the page is shown.
    pub height: f32,
    /// The faces that glyphs are set in.
    pub faces: Vec<Face>,
    /// The characters.
    pub glyphs: Vec<Glyph>,
    /// Lines that are drawn, thin boxes among them.
    pub rulings: Vec<Ruling>,
    /// Boxes that are painted.
    pub fills: Vec<Fill>,
    /// Boxes around shapes with slanted or curved edges, as charts and drawings have them.
    pub drawings: Vec<Rect>,
    /// Images.
    pub images: Vec<Picture>,
    /// Places that lead elsewhere.
    pub links: Vec<LinkArea>,
}

/// A typeface as the page uses it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Face {
    /// Its name, without the tag of a subset.
    pub name: String,
    /// Whether it is bold.
    pub bold: bool,
    /// Whether it is italic or slanted.
    pub italic: bool,
    /// Whether all of its characters have the same width.
    pub mono: bool,
}

/// Where the line that a glyph stands in runs to, as the page is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Turn {
    /// To the right, as usual.
    #[default]
    Right,
    /// Downwards: turned by a quarter with the clock.
    Down,
    /// To the left: upside down.
    Left,
    /// Upwards: turned by a quarter against the clock.
    Up,
    /// Aslant.
    Aslant,
}

/// What belongs to a page and not to the document, as its maker says (ISO 32000-1 14.8.2.2).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Artifact {
    /// The page's number, a line, what is said no more of.
    Page,
    /// A running header.
    Header,
    /// A running footer.
    Footer,
}

/// A character, or several that one sign stands for, at its place.
#[derive(Clone, Debug, Default)]
pub struct Glyph {
    /// What it says; empty where nobody can tell.
    pub text: CompactString,
    /// The box of its line's height around it, as wide as it moves the pen.
    pub bbox: Rect,
    /// Where the pen stood: on the base line, at the start of the glyph.
    pub origin: [f32; 2],
    /// The size of the type in points, as shown.
    pub size: f32,
    /// Which of the page's faces it is set in.
    pub face: u16,
    /// Where its line runs to.
    pub turn: Turn,
    /// Whether characters of its line stand below one another, upright.
    pub vertical: bool,
    /// Whether it is not painted, as the text behind a scanned page.
    pub hidden: bool,
    /// What its maker says that it is, where it belongs to the page and not to the document.
    pub artifact: Option<Artifact>,
    /// Its colour.
    pub color: [u8; 3],
    /// The number that ties it to an element of the document's structure.
    pub mark: Option<u32>,
}

/// A straight line between left and right or top and bottom.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Ruling {
    /// Where it is; the height of a level line and the width of an upright one are its thickness.
    pub bbox: Rect,
    /// Whether it runs from top to bottom.
    pub upright: bool,
    /// Its colour.
    pub color: [u8; 3],
}

/// A box that is painted with a colour.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Fill {
    /// Where it is.
    pub bbox: Rect,
    /// Its colour.
    pub color: [u8; 3],
}

/// An image on the page.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Picture {
    /// Where it is.
    pub bbox: Rect,
    /// What it shows, in words, where the page says so.
    pub alt: String,
    /// The number by which its maker knows it.
    pub id: u32,
    /// Its bytes, where they were taken.
    pub resource: Option<ResourceId>,
    /// The number that ties it to an element of the document's structure.
    pub mark: Option<u32>,
}

/// A place on the page that leads elsewhere.
#[derive(Clone, Debug, PartialEq)]
pub struct LinkArea {
    /// Where it is.
    pub bbox: Rect,
    /// The address.
    pub href: String,
}

/// An entry of an outline.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct OutlineItem {
    /// What it says.
    pub title: String,
    /// How deep it stands, from 1.
    pub level: u8,
    /// The page that it leads to, counted from 1.
    pub page: u32,
    /// How far below the top of the page, in points, where it says so.
    pub y: Option<f32>,
}
